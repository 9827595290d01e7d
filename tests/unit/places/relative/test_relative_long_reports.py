"""Texts of one phrase again and again: the work grows with their length and not with its square."""

import cProfile
import pstats

import pytest
from builders import place
from relative_cases import answer, mentions
from tiny_gazetteer import TinyGazetteer

from geoconflict.places.relative.placing import place_relatives
from geoconflict.places.relative.words import read_phrases

TOWNS = {"Hadrut": place("Hadrut", lon=47.03, lat=39.52), "Martuni": place("Martuni", lon=47.11, lat=39.80)}


def work_of(text):
    """Return how many functions are called to place the names of a text."""
    answers = [answer(one, TOWNS[one.surface]) for one in mentions(text, *TOWNS)]
    profile = cProfile.Profile()
    profile.runcall(place_relatives, answers, text, gazetteer=TinyGazetteer())
    return pstats.Stats(profile).total_calls


@pytest.mark.parametrize(
    "passage",
    ["north of Hadrut ", "Martuni, north of Hadrut, was calm. ", "Hadrut-Martuni-", "They met 3 km from Hadrut. "],
)
def test_the_work_grows_with_the_length(passage):
    work_of(passage)  # whatever is loaded once
    assert work_of(passage * 800) < 6 * work_of(passage * 200)


def test_what_is_told_of_a_name_very_often_still_counts_for_each_of_its_mentions():
    text = "Martuni is calm. " + "Martuni, north of Hadrut, was hit. " * 60
    answers = [answer(one, TOWNS[one.surface]) for one in mentions(text, *TOWNS)]
    found = place_relatives(answers, text, gazetteer=TinyGazetteer())
    towns = [one for one in found if one.toponym.surface == "Martuni"]
    assert len(towns) == 61
    assert all("north of Hadrut" in " ".join(one.reasons) for one in towns)
    assert {one.place.place_id for one in towns} == {TOWNS["Martuni"].place_id}


def test_of_a_row_of_names_that_goes_on_a_road_has_the_last():
    def n_on_it(n):
        text = f"a convoy on the {'-'.join(['Hadrut', 'Martuni'] * n)} road"
        (road,) = set(read_phrases(text, mentions(text, *TOWNS)))
        return len(road.via) + 2

    assert n_on_it(3) == 6
    assert n_on_it(40) == 20
