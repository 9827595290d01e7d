"""Texts for labels of our own: ids and kinds lie in ``tests/quality``, the texts beside the checkout.

The labels were made by reading, before geoconflict was run on any of the texts. A label that is a `kind` of negative
(accident, court, diplomacy, ...) says that the report tells of no conflict event; `event` says that it tells of one.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["LABELLED", "Labelled", "labelled_reports", "write_labelled"]

LABELS = Path(__file__).resolve().parent.parent / "tests" / "quality"
SOURCES = {
    "wiki_current_events": "reports/wiki_current_events.jsonl",
    "gum_wikinews": "evaluation/dates/gum_wikinews.jsonl",
}


class Labelled(NamedTuple):
    """One set of labelled reports."""

    file: str
    sample: str
    """``1``, ``2`` or ``3``: when it was drawn; ``4`` was chosen where the evidence left doubt, for fitting alone."""
    half: str | None
    """``first`` or ``second``; None for all."""


LABELLED = {
    "negatives_first_half": Labelled("negative_labels.csv", "1", "first"),
    "negatives_second_half": Labelled("negative_labels.csv", "1", "second"),
    "events_told": Labelled("event_labels.csv", "1", None),
    "fresh_negatives_tuning": Labelled("negative_labels.csv", "2", "first"),
    "fresh_negatives_held_back": Labelled("negative_labels.csv", "2", "second"),
    "fresh_events_tuning": Labelled("event_labels.csv", "2", "first"),
    "fresh_events_held_back": Labelled("event_labels.csv", "2", "second"),
    "third_negatives_tuning": Labelled("negative_labels.csv", "3", "first"),
    "third_negatives_held_back": Labelled("negative_labels.csv", "3", "second"),
    "third_events_tuning": Labelled("event_labels.csv", "3", "first"),
    "third_events_held_back": Labelled("event_labels.csv", "3", "second"),
    "doubtful_negatives": Labelled("negative_labels.csv", "4", None),
    "doubtful_events": Labelled("event_labels.csv", "4", None),
}


def labelled_reports(name: str, shared: Path) -> list[dict[str, Any]]:
    """Return the reports of a set as rows of the scorer: `id`, `text`, `published` and the label as `event_type`.

    Raises
    ------
    KeyError
        If there is no such set, or a labelled report is not among the texts.
    """
    chosen = LABELLED[name]
    with (LABELS / chosen.file).open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(file) if row["sample"] == chosen.sample and chosen.half in (None, row["half"])
        ]
    texts = {source: _texts(shared / SOURCES[source]) for source in sorted({row["source"] for row in rows})}
    return [{"id": row["id"], **texts[row["source"]][row["id"]], "event_type": row["kind"]} for row in rows]


def write_labelled(name: str, shared: Path, path: Path) -> None:
    """Write a set as JSON lines, for the scorer."""
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in labelled_reports(name, shared)]
    path.write_text("".join(lines), encoding="utf-8")


def _texts(path: Path) -> dict[str, dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row.get("doc_id") or row["id"]: {"text": row["text"], "published": row.get("published")} for row in rows}
