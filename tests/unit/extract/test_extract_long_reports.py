"""Reports of one word again and again: the work grows with the length of the text and not with its square."""

import cProfile
import dataclasses
import pstats

import pytest
from few_names import mentions_of, reading_of

from geoconflict.extract.events.coreference import fold_repeats
from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.predicates import joining, triggers
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.senses import load_trigger_lexicon


def calls(function, *arguments):
    """Return how many functions are called by a call of `function`."""
    profile = cProfile.Profile()
    profile.runcall(function, *arguments)
    return pstats.Stats(profile).total_calls


@pytest.mark.parametrize(
    "passage",
    [
        "shelled ",
        "killed ",
        "An airstrike and an ambush, ",
        "Rebels shelled Izium on Monday, killing 3 people. ",
        "A raid near Izium and Kharkiv, ",
        " and Ukraine shelled Izium",
        "The attack took place in Izium on Monday. ",
        "The attack killed 42 across Ukraine, including seven in Izium. ",
        "Its forces and its fighters and their troops attacked its troops near Izium. ",
    ],
)
def test_the_work_grows_with_the_length(passage):
    reading_of(passage)  # whatever is loaded once
    few, many = calls(reading_of, passage * 150), calls(reading_of, passage * 600)
    assert many < 6 * few


@pytest.mark.parametrize(
    "passage",
    [
        "The blast wounded nine, including two in Bakhmut. ",
        "15 km from Izium, rebels attacked a base. ",
        "Troops take Kidal; ",
    ],
)
def test_no_event_goes_through_the_whole_report(passage):
    reading_of(passage)
    few, many = calls(reading_of, passage * 150), calls(reading_of, passage * 600)
    assert many < 4.8 * few


@pytest.mark.parametrize("passage", ["Shelling hit Gao and ", "a raid on Nyala and "])
def test_places_far_from_a_predicate_in_a_sentence_without_end_are_not_all_weighed(passage):
    reading_of(passage)
    few, many = calls(reading_of, passage * 15), calls(reading_of, passage * 60)
    assert many < 8 * few


def test_all_names_of_a_long_list_are_still_places_of_its_one_predicate():
    names = ("Kidal", "Gao", "Menaka", "Nyala", "El Fasher", "Kharkiv", "Izium", "Bakhmut", "Khartoum", "Cairo")
    mentions = mentions_of(f"On Thursday rebels shelled {', '.join(names)} and Ankara.")
    assert {one.place.surface for one in mentions} == {*names, "Ankara"}


def test_events_of_many_places_are_not_all_compared():
    (mention,) = mentions_of("Rebels shelled Izium on Monday.")
    mentions = [
        dataclasses.replace(
            mention, mention_id=f"m{at}", place=dataclasses.replace(mention.place, surface=f"Place {at}")
        )
        for at in range(400)
    ]

    def fold(some):
        assert len(fold_repeats(some, frozenset(), lambda speaker: speaker)) == len(some)

    fold(mentions)  # names are folded once
    assert calls(fold, mentions) < 6 * calls(fold, mentions[:100])


def test_an_event_folded_into_one_without_a_place_is_found_again_by_its_place():
    (mention,) = mentions_of("Rebels shelled Izium on Monday.")
    bare, again = (dataclasses.replace(mention, mention_id=name) for name in ("bare", "again"))
    bare = dataclasses.replace(bare, place=None, start=0, trigger_start=0)
    again = dataclasses.replace(again, start=90, trigger_start=90)
    (folded,) = fold_repeats([again, bare, mention], frozenset(), lambda speaker: speaker)
    assert folded.place.surface == "Izium"


def test_a_predicate_is_not_compared_with_all_before_it(monkeypatch):
    class Counted(triggers.Predicate):
        n_looks = 0

        def __getattribute__(self, name):
            Counted.n_looks += 1
            return super().__getattribute__(name)

    monkeypatch.setattr(triggers, "Predicate", Counted)

    def looks(n_words):
        clauses = Clauses(load_language_model().read("killed " * n_words))
        Counted.n_looks = 0
        joining.find_predicates(clauses, load_trigger_lexicon())
        return Counted.n_looks

    assert looks(1_200) < 6 * looks(300)
