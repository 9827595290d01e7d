"""Place names against third-party labels: floors a little under what was measured.

The weights were fitted on these sets, so the floors stand under the cross-validated figures that
``scripts/train_toponyms.py`` prints, not under those on the training data.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.toponyms.recognition import find_toponyms
from geoconflict.extract.toponyms.roles import assign_roles
from geoconflict.models import Report, Toponym
from geoconflict.places.gazetteer import Gazetteer

SETS = Path(__file__).resolve().parents[3] / "shared" / "evaluation" / "toponyms"
pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not SETS.is_dir(), reason="../shared/evaluation/toponyms is not here"),
]
SAMPLE = 3
"""Every third report of the large sets, chosen by a hash of its id."""


def read_set(name: str, sample: int = 1):
    rows = [json.loads(line) for line in (SETS / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]
    return [row for row in rows if int(hashlib.sha256(row["doc_id"].encode()).hexdigest(), 16) % sample == 0]


def is_set_aside(mention) -> bool:
    """Whether a label is no place with coordinates: demonyms, adjectives, languages, names of products."""
    return (
        mention["lat"] is None
        or mention.get("type") in ("Demonym", "Language")
        or mention.get("modifier") == "Adjective"
    )


def figures(rows) -> tuple[float, float, float]:
    """Return precision, recall and F1 of exact spans."""
    gazetteer = Gazetteer.open()
    hits = n_found = n_gold = 0
    documents = load_language_model().read_many((row["text"] for row in rows), names=gazetteer)
    for row, document in zip(rows, documents, strict=True):
        report = Report(report_id=row["doc_id"], text=row["text"])
        found = {(one.start, one.end) for one in find_toponyms(document, gazetteer, report=report)}
        gold = {(one["start"], one["end"]) for one in row["toponyms"] if not is_set_aside(one)}
        aside = [one for one in row["toponyms"] if is_set_aside(one)]
        found = {
            (start, end)
            for start, end in found
            if (start, end) in gold or not any(one["start"] < end and start < one["end"] for one in aside)
        }
        hits += len(found & gold)
        n_found += len(found)
        n_gold += len(gold)
    precision, recall = hits / n_found, hits / n_gold
    return precision, recall, 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(
    ("name", "sample", "precision", "recall", "f1"),
    [
        ("geovirus", SAMPLE, 0.90, 0.92, 0.915),
        ("geowebnews_dev", SAMPLE, 0.90, 0.76, 0.83),
        ("nk_2020_toponyms_dev", 1, 0.95, 0.93, 0.95),
    ],
)
def test_places_are_found_as_labelled(name, sample, precision, recall, f1):
    measured = figures(read_set(name, sample))
    assert all(value >= floor for value, floor in zip(measured, (precision, recall, f1), strict=True)), measured


def test_roles_agree_with_the_labels():
    right = total = 0
    for row in read_set("nk_2020_toponyms_dev"):
        labels = sorted(row["toponyms"], key=lambda one: one["start"])
        toponyms = tuple(
            Toponym(start=one["start"], end=one["end"], surface=one["phrase"], score=1.0) for one in labels
        )
        for label, one in zip(labels, assign_roles(load_language_model().read(row["text"]), toponyms), strict=True):
            right += label["role"] == one.role.value
            total += 1
    assert right / total >= 0.86, f"{right} of {total}"
