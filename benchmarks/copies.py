"""What it costs to look for copies of a report in a store of 1,000 reports, and in one of 100,000.

    python benchmarks/copies.py [--largest 100000] [--write]

Synthetic reports of some 140 words, 100 a day: one in five is a copy of another with edits, one in ten a bulletin of one form
with new figures, the others have sentences of their own. Into the small and the large store go, in turn, the same 500 reports
of the next days; CPU seconds of this process, user and system, without making the texts. Whether the same copies are
found in both is checked before a ratio is printed. ``--write`` puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from harness import Row, publish, single_thread

single_thread()

from geoconflict.copy_stage import find_copies  # noqa: E402
from geoconflict.ids import content_id  # noqa: E402
from geoconflict.models import Report  # noqa: E402
from geoconflict.settings import CopiesSettings  # noqa: E402
from geoconflict.store import EventStore  # noqa: E402

SMALL = 1_000
A_DAY = 100
NEW = 500
ROUNDS = 5
SINCE = dt.date(2000, 1, 1)
SYLLABLES = (
    "ba",
    "be",
    "do",
    "fa",
    "gi",
    "ho",
    "ka",
    "li",
    "mo",
    "na",
    "pe",
    "ri",
    "sa",
    "to",
    "vu",
    "wa",
    "xe",
    "yo",
    "zu",
)


def sentence(chance: random.Random) -> str:
    words = ["".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(chance.randint(12, 24))]
    words[chance.randrange(1, len(words))] = str(chance.randint(2, 500))
    words[0] = words[0].capitalize()
    words[-2] = words[-2].capitalize()
    return " ".join(words) + "."


def reports(first: int, last: int) -> Iterator[Report]:
    """Yield reports number `first` to `last`, in the order of their days; those that are copies are of texts among them."""
    recent: list[str] = []
    for number in range(first, last):
        chance = random.Random(number)
        kind = chance.random()
        if kind < 0.2 and recent:
            parts = chance.choice(recent[-A_DAY:]).split("\n\n")
            text = (
                "CITY (Agency) - " + "\n\n".join(parts[: chance.randint(3, len(parts))]) + " It could not be checked."
            )
        elif kind < 0.3:
            text = f"Over the past day the enemy shelled {chance.randint(3, 90)} villages. " + " ".join(
                f"In the direction of {sentence(chance).split()[0]} our soldiers repelled {chance.randint(2, 90)} attacks, and "
                "the enemy, with the support of aviation, kept shelling the positions of our troops along the line of contact."
                for _ in range(4)
            )
        else:
            text = "\n\n".join(" ".join(sentence(chance) for _ in range(2)) for _ in range(4))
            recent.append(text)
        on = SINCE + dt.timedelta(days=number // A_DAY)
        outlet = f"Outlet {chance.randint(1, 60)}"
        yield Report(report_id=content_id("report", [text, outlet, number]), text=text, published_on=on, source=outlet)


def add(store: EventStore, new: list[Report]) -> None:
    with store.transaction():
        for report in new:
            store.put_report(report)


def filled(path: Path, n: int) -> EventStore:
    """Return a store of `n` reports that end where the new ones begin, with their copies found."""
    store = EventStore(path)
    store._db.execute("PRAGMA synchronous=OFF")  # noqa: SLF001  # of disks, which many share, nothing is measured
    end = FIRST_NEW
    for start in range(end - n, end, 5_000):
        add(store, list(reports(start, min(end, start + 5_000))))
        find_copies(store, CopiesSettings())
    return store


FIRST_NEW = 200_000


def measure(largest: int) -> list[Row]:
    new = list(reports(FIRST_NEW, FIRST_NEW + NEW))
    best = {SMALL: float("inf"), largest: float("inf")}
    idle = dict(best)
    found: dict[int, set[tuple[str, str]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        stores = {n: filled(Path(folder) / f"{n}.sqlite", n) for n in best}
        ids = {report.report_id for report in new}
        for _ in range(ROUNDS):
            for n, store in stores.items():
                add(store, new)
                assert store.counts()["reports"] == n + NEW
                started = time.process_time()
                copies = find_copies(store, CopiesSettings())
                best[n] = min(best[n], time.process_time() - started)
                found[n] = {(one, of) for one, of in copies.items() if one in ids}
                with store.transaction():
                    store._db.executemany("DELETE FROM report WHERE report_id = ?", [(one,) for one in ids])  # noqa: SLF001
                find_copies(store, CopiesSettings())
                started = time.process_time()
                find_copies(store, CopiesSettings())
                idle[n] = min(idle[n], time.process_time() - started)
        size = {n: (Path(folder) / f"{n}.sqlite").stat().st_size for n in best}
        bands = stores[largest]._db.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%text%'")  # noqa: SLF001
        try:
            share = f"{bands.fetchone()[0] / size[largest]:.0%} of the file"
        except Exception:  # noqa: BLE001  # a SQLite without this table
            share = "an unknown share of the file"
        for store in stores.values():
            store.close()
    if found[SMALL] != found[largest]:
        raise SystemExit("the two stores found different copies: no ratio")
    print(
        f"{len(found[SMALL])} of {NEW} new reports are copies in both; sketches and bands are {share} without readings and events"
    )
    return [
        Row(
            f"{NEW} new reports, {largest:,} in the store",
            best[largest],
            f"the same, {SMALL:,} in the store",
            best[SMALL],
        ),
        Row(f"nothing new, {largest:,} in the store", idle[largest], f"the same, {SMALL:,} in the store", idle[SMALL]),
        Row(
            f"{NEW} new reports without what a run costs anyway, {largest:,}",
            best[largest] - idle[largest],
            f"the same, {SMALL:,}",
            best[SMALL] - idle[SMALL],
        ),
    ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=100_000, help="reports in the large store")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    chosen = parser.parse_args()
    load = os.getloadavg()[0]
    publish(measure(chosen.largest), ROUNDS, load, marks="copies", write=chosen.write)
