"""Score merging on hand-made keys: pairwise precision, recall and F1.

    python scripts/merging.py [--key sample|world|unseen|scenes|outlets|fresh|pairs] [--half odd|even|both] [--errors]

Every two event mentions that both stand in a key of ``tests/quality/data`` make a pair; it is right when merging puts them
into one event exactly where the key does. ``sample`` are the sample reports, ``world`` and ``unseen`` reports of 20 years that
lie beside the checkout; of ``unseen`` no error of even days was ever looked at, so that it prints those of odd days alone. How the keys
were made and halved: ``tests/quality/data/README.md``. ``scenes`` are made-up reports of 16 wars (``merging_scenes.toml``); of those of even
number no error was looked at either; ``outlets`` are 20 more scenes, each told by three outlets (``merging_outlets.toml``), halved likewise,
and ``fresh`` ten of which none was looked at (``merging_fresh.toml``). ``pairs`` are made-up pairs of reports (``merging_pairs.toml``): it prints those that
come out wrong.

The last line is of whole reports: of each two reports that the key has tell one event, how many have a mention in one
event, so that what extraction did not find counts as missed.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import itertools
import json
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from geoconflict.events import event_sources, merge_sources
from geoconflict.models import EventMention, EventSource, Report
from geoconflict.reports import read_reports
from geoconflict.tools import Tools

ROOT = Path(__file__).resolve().parent.parent
KEY = ROOT / "tests" / "quality" / "data" / "merging_key.csv"
KEY_OF_WORLD = KEY.with_name("merging_key_world.csv")
KEY_UNSEEN = KEY.with_name("merging_key_unseen.csv")
PAIRS = KEY.with_name("merging_pairs.toml")
SCENES = KEY.with_name("merging_scenes.toml")
OUTLETS = KEY.with_name("merging_outlets.toml")
FRESH = KEY.with_name("merging_fresh.toml")
MADE_UP = {"scenes": SCENES, "outlets": OUTLETS, "fresh": FRESH}
KEYS = ("sample", "world", "unseen", *MADE_UP, "pairs")
WORLD = ROOT.parent / "shared" / "reports" / "wiki_current_events.jsonl"


class Telling(NamedTuple):
    """One row of the key, with the offsets of its words in the text of the report."""

    start: int
    end: int
    place: str
    event: str


class Pair(NamedTuple):
    """Two mentions that stand in the key: whether the key and whether merging takes them for one event."""

    first: EventSource
    second: EventSource
    half: str
    placed: bool
    """Whether extraction took the places of both from the words that the key has."""
    in_key: bool
    merged: bool


class Score(NamedTuple):
    """Pairwise figures; a precision or recall of nothing is 1."""

    n_right: int
    n_merged: int
    n_in_key: int

    @property
    def precision(self) -> float:
        """Share of the merged pairs that the key has."""
        return self.n_right / self.n_merged if self.n_merged else 1.0

    @property
    def recall(self) -> float:
        """Share of the key's pairs that were merged."""
        return self.n_right / self.n_in_key if self.n_in_key else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_key(reports: Iterable[Report], path: Path = KEY) -> dict[str, list[Telling]]:
    """Return the tellings of each report by report_id.

    Raises
    ------
    ValueError
        If the words of a row are not found exactly once in the body of its report.
    """
    by_file = {Path(report.origin or "").name: report for report in reports}
    key: dict[str, list[Telling]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            report = by_file[row["report"]]
            start = report.text.find(row["words"], report.body_start)
            if start < 0 or report.text.find(row["words"], start + 1) >= 0:
                msg = f"{row['report']}: {row['words']!r} is not there exactly once"
                raise ValueError(msg)
            telling = Telling(start, start + len(row["words"]), row["place"], row["event"])
            key.setdefault(report.report_id, []).append(telling)
    return key


def read_key_of_world(reports: Iterable[Report], path: Path = KEY_OF_WORLD) -> dict[str, list[Telling]]:
    """Return the tellings of each report by report_id; the key has ids and offsets, and no words of third parties."""
    by_id = {report.external_id: report for report in reports}
    key: dict[str, list[Telling]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            telling = Telling(int(row["start"]), int(row["end"]), row["place"], row["event"])
            key.setdefault(by_id[row["id"]].report_id, []).append(telling)
    return key


def event_in_key(mention: EventMention, tellings: Sequence[Telling]) -> tuple[str, bool] | None:
    """Return the key's name of the event that a mention tells, and whether extraction took its place from the right words.

    None where the key does not have it or cannot say. The telling's words hold the mention's trigger; of several, the one
    with the mention's place is meant. Where none has the place, the words must name one event alone.
    """
    around = [one for one in tellings if one.start <= mention.trigger_start < one.end]
    surface = mention.place.surface if mention.place else ""
    named = [one for one in around if one.place == surface] or [
        one for one in around if _same_place(one.place, surface)
    ]
    events = {one.event for one in named or around}
    event = events.pop() if len(events) == 1 else ""
    return (event, bool(named)) if event else None


def _same_place(wanted: str, surface: str) -> bool:
    return wanted == surface or bool(wanted and surface and (wanted in surface or surface in wanted))


def pairs(
    sources: Iterable[EventSource], key: Mapping[str, Sequence[Telling]], halves: Mapping[str, str] | None = None
) -> Iterator[Pair]:
    """Yield every two sources that stand in the key, with what the key and what merging says of them.

    `halves` are the halves of reports by report_id; without it, the day of the month of the earlier report decides.
    """
    told = [
        (source, found, number)
        for number, merged in enumerate(merge_sources(sources))
        for source in merged.sources
        if (found := event_in_key(source.mention, key.get(source.mention.report_id, ())))
    ]
    for one, other in itertools.combinations(told, 2):
        first = min((one[0], other[0]), key=lambda source: source.published_on or dt.date.max)
        if halves is not None:
            half = halves[first.mention.report_id]
        else:
            half = "odd" if first.published_on and first.published_on.day % 2 else "even"
        (event_a, placed_a), (event_b, placed_b) = one[1], other[1]
        yield Pair(one[0], other[0], half, placed_a and placed_b, event_a == event_b, one[2] == other[2])


def score(compared: Iterable[Pair]) -> Score:
    """Return the figures of some pairs."""
    counts = Counter((pair.in_key, pair.merged) for pair in compared)
    right = counts[True, True]
    return Score(right, right + counts[False, True], right + counts[True, False])


def joined_reports(sources: Iterable[EventSource], key: Mapping[str, Sequence[Telling]]) -> tuple[int, int]:
    """Return of how many pairs of reports that tell one event both have a mention of it in one event, and how many there are."""
    telling: dict[str, set[str]] = defaultdict(set)
    for report_id, rows in key.items():
        for row in rows:
            if row.event:
                telling[row.event].add(report_id)
    wanted = {(name, *pair) for name, ids in telling.items() for pair in itertools.combinations(sorted(ids), 2)}
    joined = set()
    for merged in merge_sources(sources):
        found = defaultdict(set)
        for source in merged.sources:
            known = event_in_key(source.mention, key.get(source.mention.report_id, ()))
            if known:
                found[known[0]].add(source.mention.report_id)
        joined |= {(name, *pair) for name, ids in found.items() for pair in itertools.combinations(sorted(ids), 2)}
    return len(joined & wanted), len(wanted)


def made_up_pairs(tools: Tools | None = None, path: Path = PAIRS) -> list[tuple[str, bool, bool]]:
    """Return the name of each made-up pair of reports, whether both tell one event, and whether merging says so."""
    rows = tomllib.loads(path.read_text("utf-8"))["pair"]
    reports = _read(
        {"id": f"{number}-{which}", "published_on": row[which][0].isoformat(), "text": row[which][1]}
        for number, row in enumerate(rows)
        for which in ("one", "two")
    )
    tools = tools or Tools()
    found = []
    for number, row in enumerate(rows):
        events = merge_sources(sources_of(reports[2 * number : 2 * number + 2], tools))
        joined = any(len({one.mention.report_id for one in event.sources}) > 1 for event in events)
        found.append((row["name"], row["same"], joined))
    return found


def print_pairs() -> None:
    """Print how many of the made-up pairs come out right, and those that do not."""
    found = made_up_pairs()
    for name, same, joined in found:
        if same != joined:
            print(f"{'not merged' if same else 'wrongly merged'}: {name}")
    for same, what in ((True, "one event"), (False, "two events")):
        mine = [joined for _, told, joined in found if told is same]
        print(f"{mine.count(same)} of {len(mine)} pairs of {what} come out right")


def scenes(path: Path = SCENES) -> tuple[list[Report], dict[str, list[Telling]], dict[str, str]]:
    """Return the reports of the made-up scenes, their tellings and their halves by report_id.

    Raises
    ------
    ValueError
        If the words of a telling are not found exactly once in its report.
    """
    rows = [
        (number, row)
        for number, scene in enumerate(tomllib.loads(path.read_text("utf-8"))["scene"], start=1)
        for row in scene["report"]
    ]
    reports = _read(
        {"id": str(at), "published_on": row["on"].isoformat(), "text": row["text"], "source": row.get("outlet", "")}
        for at, (_, row) in enumerate(rows)
    )
    key: dict[str, list[Telling]] = {}
    halves: dict[str, str] = {}
    for report, (number, row) in zip(reports, rows, strict=True):
        halves[report.report_id] = "odd" if number % 2 else "even"
        for words, place, event in row["told"]:
            start = report.text.find(words)
            if start < 0 or report.text.find(words, start + 1) >= 0:
                msg = f"scene {number}: {words!r} is not there exactly once"
                raise ValueError(msg)
            key.setdefault(report.report_id, []).append(Telling(start, start + len(words), place, event))
    return reports, key, halves


def _read(lines: Iterable[Mapping[str, str]]) -> list[Report]:
    """Return reports from lines of JSON, in their order."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "reports.jsonl"
        written.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        return list(read_reports([written]))


def sample_reports() -> list[Report]:
    """Return the sample reports."""
    return list(read_reports([ROOT / "data" / "reports"]))


def reports_of_world(key: Path = KEY_OF_WORLD, path: Path = WORLD) -> list[Report]:
    """Return the reports of a key of the world, which lie beside the checkout.

    Raises
    ------
    FileNotFoundError
        If they do not.
    """
    with key.open(encoding="utf-8", newline="") as file:
        wanted = {row["id"] for row in csv.DictReader(file)}
    lines = [line for line in path.read_text("utf-8").splitlines() if json.loads(line)["id"] in wanted]
    return _read(map(json.loads, lines))


def sources_of(reports: Sequence[Report], tools: Tools | None = None) -> list[EventSource]:
    """Return every event mention of some reports with its place."""
    tools = tools or Tools()
    sources: list[EventSource] = []
    for report, reading in zip(reports, tools.reader.read_many(reports), strict=True):
        if not hasattr(reading, "mentions"):
            msg = f"{report.origin}: {reading}"
            raise TypeError(msg)
        answer = tools.geocoder.resolve_report(report, reading)
        sources += event_sources(report, reading, answer.all)
    return sources


def in_words(source: EventSource) -> str:
    """Return a mention in one line."""
    mention = source.mention
    where = source.place.place_id if source.place else "nowhere"
    return (
        f"{source.published_on} {mention.sub_event_type} at {where} {mention.when.starts_on}..{mention.when.ends_on} "
        f"{mention.status}: {' '.join(source.quote.split())[:140]}"
    )


def figures(got: Score) -> str:
    """Return the figures in one line."""
    return (
        f"precision {got.precision:.3f}, recall {got.recall:.3f}, F1 {got.f1:.3f} "
        f"({got.n_right} right of {got.n_merged} merged; {got.n_in_key} in the key)"
    )


def main() -> None:
    """Print the figures, and on request every pair on which merging and the key differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--key", choices=KEYS, default="sample")
    parser.add_argument("--half", choices=("odd", "even", "both"), default="both")
    parser.add_argument("--errors", action="store_true", help="print the pairs that differ")
    arguments = parser.parse_args()
    if arguments.key == "fresh" and arguments.errors:
        parser.error("errors of this key are not looked at: they would be unseen no more")
    if arguments.key in ("unseen", "scenes", "outlets") and arguments.errors and arguments.half != "odd":
        parser.error(
            "errors of the even half of this key are not looked at: they would be unseen no more; take --half odd"
        )
    if arguments.key == "pairs":
        print_pairs()
        return
    halves = None
    if arguments.key in MADE_UP:
        reports, key, halves = scenes(MADE_UP[arguments.key])
    elif arguments.key == "sample":
        reports = sample_reports()
        key = read_key(reports)
    else:
        path = KEY_UNSEEN if arguments.key == "unseen" else KEY_OF_WORLD
        reports = reports_of_world(path)
        key = read_key_of_world(reports, path)
    sources = sources_of(reports)
    known = sum(event_in_key(one.mention, key.get(one.mention.report_id, ())) is not None for one in sources)
    print(f"{len(sources)} event mentions in {len(reports)} reports, {known} of them in the key")
    compared = list(pairs(sources, key, halves))
    for half in ("odd", "even", "all") if arguments.half == "both" else (arguments.half,):
        mine = [pair for pair in compared if half in (pair.half, "all")]
        print(f"{half} half, all mentions: {figures(score(mine))}")
        print(
            f"{half} half, mentions with the place of the key: {figures(score(pair for pair in mine if pair.placed))}"
        )
        for pair in mine:
            if arguments.errors and pair.half == half and pair.in_key != pair.merged:
                what = "wrongly merged" if pair.merged else "not merged"
                print(
                    f"\n{what}{'' if pair.placed else ' (the place of one was taken from other words, or from none)'}"
                )
                print(f"  {in_words(pair.first)}\n  {in_words(pair.second)}")
    joined, wanted = joined_reports(sources, key)
    print(f"\n{joined} of {wanted} pairs of reports that tell one event have it in one event")


if __name__ == "__main__":
    main()
