"""Reports that tell of no conflict event make none, and reports that do tell of one still make one.

The labels hold ids alone; the texts lie beside the checkout.
"""

import csv
import datetime as dt
import hashlib
import importlib.util
import sys

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report

pytestmark = pytest.mark.quality

KINDS = {"accident", "business", "court", "crime", "diplomacy", "disaster", "other", "politics", "science", "sport"}


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def labelled(project_root):
    return load(project_root / "scripts" / "labelled_reports.py")


@pytest.fixture(scope="module")
def measure(shared, labelled):
    from geoconflict.places.gazetteer import Gazetteer

    scorer = load(shared / "evaluation" / "score.py")
    reader = Reader(Gazetteer.open())

    def run(name, *, with_doubtful=True):
        gold = labelled.labelled_reports(name, shared)
        reports = [
            Report(report_id=row["id"], text=row["text"], published_on=dt.date.fromisoformat(row["published"][:10]))
            for row in gold
        ]
        predictions = [
            {
                "doc_id": reading.report_id,
                "events": [
                    {"event_type": mention.event_type.value}
                    for mention in reading.mentions
                    if with_doubtful or not mention.doubts
                ],
            }
            for reading in reader.read_many(reports)
        ]
        return scorer.score_negatives(gold, predictions)

    return run


def rows(project_root, name):
    with (project_root / "tests" / "quality" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_labels_are_ids_with_a_kind_and_the_half_that_their_hash_gives(project_root):
    negatives, events = rows(project_root, "negative_labels.csv"), rows(project_root, "event_labels.csv")
    ids = [row["id"] for row in negatives + events]
    assert [sum(row["sample"] == sample for row in negatives) for sample in "1234"] == [250, 173, 167, 97]
    assert [sum(row["sample"] == sample for row in events) for sample in "1234"] == [100, 70, 64, 103]
    assert len(set(ids)) == len(ids)
    assert {row["kind"] for row in negatives} == KINDS
    for row in negatives + events:
        even = hashlib.sha256(row["id"].encode()).digest()[0] % 2 == 0
        assert row["half"] == ("first" if even else "second"), row


# Bounds a little beside what was measured. The second sample's second half was held back until its rules were finished, and
# was 0.110 then. Rules were made on kinds of errors in the third sample's first half, none on its second. The weights of the
# event evidence were fitted on its first half and on the others; its second half took no part and its errors were not looked
# at: its figure is that of unseen text, short of the goal of 0.05.
@pytest.mark.parametrize(
    ("name", "docs", "most"),
    [
        ("negatives_first_half", 126, 0.01),
        ("negatives_second_half", 124, 0.02),
        ("fresh_negatives_tuning", 91, 0.04),
        ("fresh_negatives_held_back", 82, 0.06),
        ("third_negatives_tuning", 81, 0.05),
        ("third_negatives_held_back", 86, 0.13),
    ],
)
def test_reports_of_no_conflict_event_seldom_make_one(measure, name, docs, most):
    measured = measure(name)
    assert measured["docs"] == docs
    assert measured["false_alarm_share"] <= most, measured


@pytest.mark.parametrize(("name", "most"), [("third_negatives_tuning", 0.03), ("third_negatives_held_back", 0.09)])
def test_fewer_make_one_that_is_not_marked_as_doubtful(measure, name, most):
    measured = measure(name, with_doubtful=False)
    assert measured["false_alarm_share"] <= most, measured


@pytest.mark.parametrize("name", ["events_told", "third_events_held_back"])
def test_most_reports_of_an_event_make_one_that_is_not_marked(measure, name):
    assert measure(name, with_doubtful=False)["docs_with_any_event"] >= 0.93


@pytest.mark.parametrize(
    ("name", "docs", "least"),
    [
        ("events_told", 100, 0.96),
        ("fresh_events_tuning", 32, 0.96),
        ("fresh_events_held_back", 38, 0.86),
        ("third_events_tuning", 31, 0.96),
        ("third_events_held_back", 33, 0.96),
    ],
)
def test_reports_of_an_event_still_make_one(measure, name, docs, least):
    measured = measure(name)
    assert measured["docs"] == docs
    assert measured["docs_with_any_event"] >= least, measured
