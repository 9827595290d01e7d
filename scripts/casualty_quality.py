"""Score casualty figures on short items whose dead and wounded were labelled by hand before the code was tuned.

    python scripts/casualty_quality.py [--sample 1|2|3|4|all] [--half 1|2|both] [--texts FILE] [--show]

The labels (tests/quality/casualty_labels.csv) hold ids and numbers; the texts lie beside the checkout and are not part
of the project. There are four samples, 150 items, 117, 102 and 116, drawn one after the other. The items are split into halves by a
hash of their id: the first is for tuning, the second is scored once, when the work is done. Both halves of the first two
samples are spent.

A labelled event is exact when an event of the item carries the very same low, best and high; each event counts once.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geoconflict.extract.reader import Reader
from geoconflict.models import Count, Reading, Report
from geoconflict.places.gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parent.parent
LABELS = ROOT / "tests" / "quality" / "casualty_labels.csv"
TEXTS = ROOT.parent / "shared" / "reports" / "wiki_current_events.jsonl"
MEASURES = ("killed", "wounded")

Bounds = tuple[int | None, int | None, int | None]


@dataclass
class Item:
    """One short item with its labelled figures, in the order of the text."""

    item_id: str
    sample: int
    events: list[dict[str, Bounds]] = field(default_factory=list)
    totals: list[dict[str, Bounds]] = field(default_factory=list)

    @property
    def half(self) -> int:
        """1 or 2, by a hash of the id."""
        return 1 + int(hashlib.sha256(self.item_id.encode()).hexdigest(), 16) % 2


@dataclass
class Score:
    """How many labelled figures came out exactly, and how many figures were given that no label has."""

    labelled: int = 0
    exact: int = 0
    given: int = 0

    def __str__(self) -> str:
        recall = self.exact / self.labelled if self.labelled else 0.0
        precision = self.exact / self.given if self.given else 0.0
        return f"{self.exact}/{self.labelled} exact ({recall:.3f}); of {self.given} given {precision:.3f} are labelled"


def read_labels(path: Path = LABELS) -> list[Item]:
    """Return the labelled items in the order of the file."""
    items: dict[str, Item] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            item = items.setdefault(row["item"], Item(row["item"], int(row["sample"])))
            figures = {}
            for measure in MEASURES:
                low, best, high = (
                    int(row[f"{measure}_{bound}"]) if row[f"{measure}_{bound}"] else None
                    for bound in ("low", "best", "high")
                )
                if (low, best, high) != (None, None, None):
                    figures[measure] = (low, best, high)
            (item.events if row["scope"] == "event" else item.totals).append(figures)
    return list(items.values())


def read_texts(wanted: set[str], path: Path = TEXTS) -> dict[str, Report]:
    """Return the reports of these ids."""
    found = {}
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if row["id"] in wanted:
                day = dt.date.fromisoformat(row["published"])
                found[row["id"]] = Report(report_id=row["id"], text=row["text"], published_on=day)
    return found


def bounds_of(count: Count | None) -> Bounds | None:
    """Return low, best and high, or None for a figure that is not stated."""
    return None if count is None else (count.low, count.best, count.high)


def given_figures(reading: Reading, measure: str) -> list[Bounds]:
    """Return what the events of a reading say of a measure."""
    figures = (
        bounds_of(getattr(mention.casualties, measure))
        for mention in reading.mentions
        if mention.casualties is not None
    )
    return [figure for figure in figures if figure is not None]


def score(items: list[Item], readings: dict[str, Reading]) -> tuple[dict[str, Score], dict[str, list[str]]]:
    """Return the scores by measure, with "total killed" for cumulative figures, and what went wrong by item."""
    scores: dict[str, Score] = defaultdict(Score)
    wrong: dict[str, list[str]] = defaultdict(list)
    for item in items:
        reading = readings[item.item_id]
        for name, labelled, given in _pairs(item, reading):
            one = scores[name]
            one.labelled += len(labelled)
            one.given += len(given)
            left = list(given)
            for figure in labelled:
                if figure in left:
                    left.remove(figure)
                    one.exact += 1
                else:
                    wrong[item.item_id].append(f"{name}: {figure} not among {given}")
            if left and len(given) > len(labelled):
                wrong[item.item_id].append(f"{name}: beyond the labels {left}")
    return dict(scores), dict(wrong)


def _pairs(item: Item, reading: Reading) -> Iterator[tuple[str, list[Bounds], list[Bounds]]]:
    for measure in MEASURES:
        labelled = [figures[measure] for figures in item.events if measure in figures]
        yield measure, labelled, given_figures(reading, measure)
    totals = [figures["killed"] for figures in item.totals if "killed" in figures]
    told = [(toll.count.low, toll.count.best, toll.count.high) for toll in reading.tolls if toll.measure == "killed"]
    yield "total killed", totals, told


def read_all(items: list[Item], texts: Path = TEXTS) -> tuple[dict[str, Report], dict[str, Reading]]:
    """Return the reports and what extraction makes of them, by item."""
    reports = read_texts({item.item_id for item in items}, texts)
    reader = Reader(Gazetteer.open())
    readings = {}
    for reading in reader.read_many(reports.values()):
        if not isinstance(reading, Reading):
            msg = f"{reading.where}: {reading.what}"
            raise TypeError(msg)
        readings[reading.report_id] = reading
    return reports, readings


def main() -> None:
    """Print the figures, and with --show what went wrong beside the texts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", choices=("1", "2", "3", "4", "all"), default="1")
    parser.add_argument("--half", choices=("1", "2", "both"), default="1")
    parser.add_argument("--texts", type=Path, default=TEXTS, help="the file of the short items")
    parser.add_argument("--show", action="store_true", help="print what went wrong, with the text")
    options = parser.parse_args()
    items = [
        item
        for item in read_labels()
        if options.sample in ("all", str(item.sample)) and options.half in ("both", str(item.half))
    ]
    reports, readings = read_all(items, options.texts)
    scores, wrong = score(items, readings)
    if options.show:
        for item_id, lines in wrong.items():
            print(f"\n{item_id}: {reports[item_id].text}")
            for line in lines:
                print(f"    {line}")
        print()
    print(f"{len(items)} items")
    for name, one in scores.items():
        print(f"{name}: {one}")


if __name__ == "__main__":
    main()
