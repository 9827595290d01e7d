"""Merging against the hand-made key of the sample reports: floors a little below what was measured when they were set."""

import importlib.util
import sys

import pytest

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module")
def scorer(project_root):
    spec = importlib.util.spec_from_file_location("merging_scorer", project_root / "scripts" / "merging.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def compared(scorer):
    reports = scorer.sample_reports()
    return list(scorer.pairs(scorer.sources_of(reports), scorer.read_key(reports)))


def test_no_more_than_a_pair_in_ten_is_merged_wrongly(scorer, compared):
    assert scorer.score(compared).precision >= 0.9


def test_where_the_places_were_read_as_in_the_key_the_same_events_are_found(scorer, compared):
    assert scorer.score(pair for pair in compared if pair.placed).f1 >= 0.85


def test_over_all_mentions(scorer, compared):
    assert scorer.score(compared).f1 >= 0.65


def test_a_mention_is_found_in_the_key_by_its_trigger_and_its_place(scorer):
    from builders import mention, toponym

    tellings = [
        scorer.Telling(0, 20, "Riverton", "a"),
        scorer.Telling(0, 30, "Hilltown", "b"),
        scorer.Telling(40, 50, "", ""),
    ]
    assert scorer.event_in_key(mention(place=toponym("Riverton")), tellings) == ("a", True)
    assert scorer.event_in_key(mention(place=toponym("Hilltown")), tellings) == ("b", True)
    assert scorer.event_in_key(mention(place=None), tellings) is None
    assert scorer.event_in_key(mention(place=None), tellings[:1]) == ("a", False)
    assert scorer.event_in_key(mention(place=None, trigger_start=42), tellings) is None
