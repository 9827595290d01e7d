"""The predicates of labelled reports with their features, for ``train_events.py``.

Reports are read without the rules of ``extract/non_events/no_event.py``, ``figurative.py`` and ``borne_out.py`` too, so that what those rules take
away serves as examples. A report that tells of no conflict event makes each of its predicates a wrong one. Where a report tells
of one, each of its predicates is taken for right, with less weight: the label is of the report.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any, NamedTuple

from labelled_reports import LABELLED, LABELS, SOURCES, labelled_reports
from quality import EVALUATION

from geoconflict.extract.events import drafting, mentions
from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.events.features import WEIGHED, FeatureReader
from geoconflict.extract.reader import Reader
from geoconflict.models import Report

__all__ = ["N_FOLDS", "SETS", "Example", "LabelledSet", "examples"]

N_FOLDS = 5
CASUALTIES = "casualties"
RULES = ("is_another_matter", "is_only_a_thing", "is_figurative", "is_foiled", "is_not_borne_out")


class LabelledSet(NamedTuple):
    """Reports that all tell of a conflict event, or all of none."""

    name: str
    part: str
    """Under which name it is reported, with others."""
    weight: float
    """Of each of its predicates."""
    tells: bool


# The half of the third sample that was held back is not among them: it is what the result is tried on. Sets of other kinds of
# text, capitals and headlines, weigh less: they tell of events alone, so that their style would pass for evidence.
SETS = (
    LabelledSet("negatives_first_half", "of none", 1.0, tells=False),
    LabelledSet("negatives_second_half", "of none", 1.0, tells=False),
    LabelledSet("fresh_negatives_tuning", "of none", 1.0, tells=False),
    LabelledSet("fresh_negatives_held_back", "of none", 1.0, tells=False),
    LabelledSet("third_negatives_tuning", "of none", 1.0, tells=False),
    LabelledSet("doubtful_negatives", "of none, doubtful", 1.0, tells=False),
    LabelledSet("toponyms/geovirus", "epidemics", 0.5, tells=False),
    LabelledSet("events_told", "told", 1.0, tells=True),
    LabelledSet("fresh_events_tuning", "told", 1.0, tells=True),
    LabelledSet("fresh_events_held_back", "told", 1.0, tells=True),
    LabelledSet("third_events_tuning", "told", 1.0, tells=True),
    LabelledSet("doubtful_events", "told, doubtful", 1.0, tells=True),
    LabelledSet(CASUALTIES, "casualties", 1.0, tells=True),
    LabelledSet("events/silver_wce_ucdp_dev", "silver", 1.0, tells=True),
    LabelledSet("events/nk_2020_events_dev", "nk_2020", 1.0, tells=True),
    LabelledSet("events/ucdp_headlines", "headlines", 0.5, tells=True),
    LabelledSet("events/muc4_dev", "muc4", 0.15, tells=True),
)


class Example(NamedTuple):
    """One predicate of a labelled report."""

    part: str
    report_id: str
    features: frozenset[str]
    weight: float
    tells: bool
    is_ruled_out: bool
    """Whether the rules take it away before it is weighed."""

    def fold(self, salt: str) -> int:
        """Return the fold, by a hash of the report's id; another `salt` gives other folds."""
        return int(hashlib.sha256((salt + self.report_id).encode()).hexdigest(), 16) % N_FOLDS


def examples(one: LabelledSet, reader: Reader) -> Iterator[Example]:
    """Yield the predicates of a set that may be conflict events, each with its features."""
    for row in _rows(one.name):
        published = row.get("published")
        report = Report(
            report_id=row["id"],
            text=row["text"],
            published_on=dt.date.fromisoformat(published[:10]) if published else None,
        )
        with _gathering() as kept:
            reader.read(report)
        with _gathering(without_rules=True) as found:
            reader.read(report)
        for token, features in {**found, **kept}.items():
            yield Example(one.part, report.report_id, features, one.weight, one.tells, token not in kept)


def _rows(name: str) -> list[dict[str, Any]]:
    """Return the reports of a set, each text once."""
    if name in LABELLED:
        return labelled_reports(name, EVALUATION.parent)
    if name == CASUALTIES:  # the third sample is held back whole
        with (LABELS / "casualty_labels.csv").open(encoding="utf-8", newline="") as file:
            chosen = {row["item"] for row in csv.DictReader(file) if row["sample"] in "12" and row["scope"] == "event"}
        path = EVALUATION.parent / SOURCES["wiki_current_events"]
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return [row for row in rows if row["id"] in chosen]
    lines = (EVALUATION / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if not row.get("no_event")]
    return list({row["text"]: {**row, "id": row.get("doc_id") or row["id"]} for row in rows}.values())


@contextmanager
def _gathering(*, without_rules: bool = False) -> Iterator[dict[int, frozenset[str]]]:
    """Gather the features of what extraction weighs, by token, and let it pass; without the rules where asked to."""
    found: dict[int, frozenset[str]] = {}

    def gather(scene: Scene, drafts: Sequence[Draft]) -> tuple[Sequence[Draft], tuple[()]]:
        features = FeatureReader(scene, drafts)
        found.update(
            {one.predicate.token: features.features(one) for one in drafts if one.verdict.event_type in WEIGHED}
        )
        return drafts, ()

    def is_nothing(*_: object, **__: object) -> bool:
        return False

    replaced: dict[tuple[ModuleType, str], Callable[..., object]] = {(mentions, "sift"): gather}
    if without_rules:
        replaced |= dict.fromkeys([(drafting, name) for name in RULES], is_nothing)
    before = {(module, name): getattr(module, name) for module, name in replaced}
    try:
        for (module, name), other in replaced.items():
            setattr(module, name, other)
        yield found
    finally:
        for (module, name), own in before.items():
            setattr(module, name, own)
