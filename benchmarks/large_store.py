"""A store of 100,000 to a million events: frames, a snapshot, and a build after one new report.

    python benchmarks/large_store.py [--events N] [--keep FOLDER] [--write]

The store is the sample's, with its events told again on other days of three years (seeded), the words of their quotes shuffled, each
with the rows that merging keeps of it. Seconds are CPU time: of this process for reading, of a whole process for a build, beside one that finds nothing to
do. ``--keep`` keeps the store in a folder and takes it from there.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import hashlib
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from harness import ROOT, conditions, publish_lines, run

from geoconflict.frame_blocks import encode
from geoconflict.frames import events_to_frame
from geoconflict.geo import Bounds
from geoconflict.ledger import Changes, CoreRow, VersionRow
from geoconflict.models import Event
from geoconflict.pipeline import ingest
from geoconflict.store import EventStore
from geoconflict.tools import Tools

SEED = 20201110
DAYS = 1000
AT_ONCE = 20_000
ROUNDS = 3
MONTH = (dt.date(2021, 6, 1), dt.date(2021, 6, 30))
BOX = Bounds(46.0, 39.0, 47.5, 40.5)
NEW = "Date: 2020-10-12\n\nShells struck the town of Martuni on Monday, killing two civilians, officials said.\n"
TOML = '[store]\npath = "events.sqlite"\n\n[[maps]]\nname = "all"\n\n[[maps]]\nname = "autumn"\nstarts_on = "2020-09-27"\nends_on = "2020-11-10"\n'


def make_store(path: Path, n: int) -> None:
    """Make a store of the sample's events and `n` more."""
    with EventStore(path) as store:
        ingest([ROOT / "data" / "reports"], store, Tools())
        told = [event for event in store.event_records() if event.place and event.when.starts_on and event.when.ends_on]
        rng = random.Random(SEED)
        for start in range(0, n, AT_ONCE):
            with store.transaction():
                changes = [_again(rng, rng.choice(told), k) for k in range(start, min(n, start + AT_ONCE))]
                store.ledger.apply(
                    Changes(
                        versions=[version for _, _, versions in changes for version in versions],
                        cores=[core for _, core, _ in changes],
                        events=[event for event, _, _ in changes],
                    )
                )
        with store.transaction():
            store.shelf.refresh()


def _again(rng: random.Random, event: Event, k: int) -> tuple[Event, CoreRow, list[VersionRow]]:
    """Return an event told again some days later, with the rows of merging; its reports are not in the store."""
    later = dt.timedelta(days=rng.randrange(1, DAYS))
    when = dataclasses.replace(event.when, starts_on=event.when.starts_on + later, ends_on=event.when.ends_on + later)
    sources = [
        dataclasses.replace(
            one,
            quote=_shuffled(rng, one.quote),
            mention=dataclasses.replace(one.mention, mention_id=f"{one.mention.mention_id}{k:06x}"),
        )
        for one in event.sources
    ]
    event_id = hashlib.sha256(f"{event.event_id} {k}".encode()).hexdigest()[:20]
    made = dataclasses.replace(event, event_id=event_id, when=when, sources=tuple(sources))
    first, last = when.starts_on.toordinal(), when.ends_on.toordinal()
    core_id = sources[0].mention.mention_id
    core = CoreRow(
        core_id, f"again {event.event_type.value}", "sharp", first, last, event.place.lon, event.place.lat, event.place.radius_m,
        tuple(one.mention.report_id for one in sources), None, event_id,
    )  # fmt: skip
    versions = [VersionRow(one.mention.mention_id, "elsewhere", f"again {k}", first, last, core_id) for one in sources]
    return made, core, versions


def _shuffled(rng: random.Random, quote: str) -> str:
    """Return a sentence of the same words, which no other event has, or compression would flatter."""
    words = quote.split(" ")
    return " ".join(rng.sample(words, len(words)))


def best(work: Callable[[], Any]) -> float:
    """Return the least CPU seconds of some rounds, the first of which warms up."""
    seconds = []
    for _ in range(ROUNDS + 1):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return min(seconds[1:])


def reading(path: Path, folder: Path) -> list[tuple[str, str, str]]:
    """Return rows of what reading takes, beside decoding records."""
    with EventStore(path, read_only=True) as store:
        since, until = MONTH
        n = len(store.events())
        month = store.event_records(since=since, until=until)
        ready = best(lambda: store.events(since=since, until=until))
        decoded = best(lambda: events_to_frame(store.event_records(since=since, until=until)))
        boxed = best(lambda: store.events(since=since, until=until, bounds=BOX))
        whole = best(store.events)
        frame = store.events()
        target = folder / "all.parquet"
        snapshot = best(lambda: frame.to_parquet(target, compression="zstd", write_covering_bbox=True))
        made = best(lambda: encode(month[:500])) / min(len(month), 500)
    return [
        (f"s to read a month ({len(month):,} events) of {n:,} and a box", "0.5 at 1e6", f"{boxed:.3f}"),
        (
            "s to read the month, ready / from records",
            "-",
            f"{ready:.3f} / {decoded:.2f} ({decoded / ready:.0f} times)",
        ),
        (f"s to read all {n:,} to a GeoDataFrame", "-", f"{whole:.2f}"),
        (
            "s to write them as GeoParquet, zstd, with boxes (MB)",
            "3 at 1e6",
            f"{snapshot:.2f} ({target.stat().st_size / 1e6:.0f})",
        ),
        ("ms to make an event's row when it is written", "-", f"{1000 * made:.2f}"),
    ]


def building(path: Path, folder: Path) -> list[tuple[str, str, str]]:
    """Return rows of a build after one new report, in a project of its own."""
    project = folder / "project"
    shutil.copytree(ROOT / "data" / "reports", project / "reports")
    shutil.copy(path, project / "events.sqlite")
    (project / "geoconflict.toml").write_text(TOML, encoding="utf-8")
    command = (sys.executable, "-m", "geoconflict", "build", "--config", project / "geoconflict.toml", "--json")
    run(*command)
    time.sleep(3)  # files must be left alone for a while before their times are trusted
    run(*command)
    nothing = min(run(*command)[0] for _ in range(ROUNDS))
    load = "from geoconflict.tools import Tools; tools = Tools(); tools.reader.read_many([]); tools.geocoder"
    model, started = (
        min(run(sys.executable, "-c", code)[0] for _ in range(ROUNDS))
        for code in (load, f"{load}; import geopandas, folium")
    )
    texts, seconds = iter(range(100)), []
    for _ in range(ROUNDS):
        k = next(texts)
        (project / "reports" / f"2020-10-13-new-{k}.txt").write_text(NEW.replace("two", str(k + 2)), encoding="utf-8")
        seconds.append(run(*command)[0])
    return [
        ("CPU s of a build that finds nothing to do", "-", f"{nothing:.2f}"),
        ("CPU s of a build with one new report, two maps, one of all events", "2 and start-up", f"{min(seconds):.2f}"),
        ("of it, to start and load the model and the gazetteer", "-", f"{model:.2f}"),
        ("of it, to start and load these and the libraries of frames and maps", "-", f"{started:.2f}"),
    ]


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="folder for the store")
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        path = (options.keep or folder) / f"events_{options.events}.sqlite"
        if not path.exists():
            make_store(path, options.events)
        rows = reading(path, folder)
        if options.events <= 100_000:
            rows += building(path, folder)
        lines = [
            "| measure | must reach | measured |",
            "|---|---:|---:|",
            *(f"| {what} | {goal} | {seen} |" for what, goal, seen in rows),
        ]
        lines += ["", f"{conditions(load)}, best of {ROUNDS}; the store has {path.stat().st_size / 1e6:,.0f} MB."]
    publish_lines(lines, marks=f"large store {options.events}", write=options.write)


if __name__ == "__main__":
    main()
