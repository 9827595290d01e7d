"""How far names support each other: all together in a report, the next ones and the frequent ones in a long list."""

import dataclasses

import pytest
from tiny_gazetteer import TinyGazetteer, tiny_place

from geoconflict.models import Role, Toponym
from geoconflict.places import support
from geoconflict.places.context import read_context
from geoconflict.places.groups import NameGroup, certain_candidate
from geoconflict.places.support import Support


def weighed(n_names, *, n_mentions_of_first=1):
    """Return the features of the last of many names, of which the first alone lies near it."""
    groups = []
    for number in range(n_names):
        near = number in (0, n_names - 1)
        place = tiny_place(f"p{number}", f"Name{number}", *((40.0, 40.0) if near else (-60.0, -30.0)))
        mentions = [number] if number else [0, *range(n_names, n_names + n_mentions_of_first - 1)]
        groups.append(NameGroup(f"Name{number}", mentions, [certain_candidate(place, "")], shares=[1.0]))
    no_words = ("",) * (n_names + n_mentions_of_first)
    context = dataclasses.replace(read_context("", ()), kind_words=no_words)
    ((features, _),) = Support(groups, context, TinyGazetteer()).of_all(explain=False)[-1]
    return features


@pytest.mark.parametrize(
    ("n_names", "n_mentions_of_first", "near"), [(250, 1, True), (251, 1, False), (251, 3, True), (2_000, 3, True)]
)
def test_a_name_at_the_other_end_of_a_report_counts_unless_it_is_one_of_a_long_list(n_names, n_mentions_of_first, near):
    features = weighed(n_names, n_mentions_of_first=n_mentions_of_first)
    assert (features["near_50_km"] > 0.5) is near


def test_the_work_grows_with_the_length_of_a_list_and_not_with_its_square(monkeypatch):
    calls = []
    measure = support.effective_distance_km
    monkeypatch.setattr(support, "effective_distance_km", lambda *places: calls.append(1) or measure(*places))
    counts = []
    for n_names in (1_000, 2_000):
        calls.clear()
        weighed(n_names)
        counts.append(len(calls))
    assert 1.9 < counts[1] / counts[0] < 2.1


def listing(n_names):
    names = [f"Name{number:04}" for number in range(n_names)]
    text = ", ".join(names[:-1]) + f" and {names[-1]}."
    found = [
        Toponym(start=10 * at, end=10 * at + 8, surface=name, score=0.9, role=Role.EVENT_PLACE)
        for at, name in enumerate(names[:-1])
    ]
    last = text.index(names[-1])
    return text, [*found, Toponym(start=last, end=last + 8, surface=names[-1], score=0.9)]


def test_of_a_very_long_enumeration_the_next_names_count():
    assert read_context(*listing(100)).enumerated_with([50]) == [tuple(range(100))]
    assert read_context(*listing(101)).enumerated_with([50]) == [tuple(range(30, 71))]
    assert read_context(*listing(101)).enumerated_with([0, 100]) == [tuple(range(21)), tuple(range(80, 101))]


def test_what_the_text_says_of_a_mention_is_found_by_either_end():
    text = "Shells fell on Adir in Kesh. In Kesh, Borun in Adir was hit."
    spans = [(15, 19), (23, 27), (32, 36), (38, 43), (47, 51)]
    context = read_context(text, [Toponym(start=a, end=b, surface=text[a:b], score=0.9) for a, b in spans])
    told = [(link.inner, link.outer) for link in context.containments]
    assert (0, 1) in told
    assert (3, 4) in told
    assert [(link.inner, link.outer) for link in context.links_into([3, 0])] == [
        one for one in told if one[0] in (0, 3)
    ]
    assert [(link.inner, link.outer) for link in context.links_out_of([4])] == [(3, 4)]
    assert context.links_into([1, 4]) == []
