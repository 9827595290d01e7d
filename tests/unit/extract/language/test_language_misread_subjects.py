"""Rockets that were fired struck; who clashed in a town is no part of its name."""

import pytest

from geoconflict.extract.language.model import load_language_model


def tree(text):
    tokens = load_language_model().read(text).tokens
    return {one.text: (one.dep, tokens[one.head].text) for one in tokens}


@pytest.mark.parametrize(
    ("text", "munition", "fired", "struck"),
    [
        ("Rockets fired from Gaza struck Ashkelon on Monday.", "Rockets", "fired", "struck"),
        ("Shells fired at Donetsk killed two on Monday.", "Shells", "fired", "killed"),
        ("Shells fired from Croat positions hit Mostar on Monday, killing two.", "Shells", "fired", "hit"),
    ],
)
def test_what_was_fired_struck(text, munition, fired, struck):
    found = tree(text)
    assert (found[munition], found[fired], found[struck]) == (("nsubj", struck), ("acl", munition), ("ROOT", struck))


@pytest.mark.parametrize(
    "text",
    [
        "Troops fired from the hills and hit two men.",
        "Soldiers fired from a roof, killing two.",
        "Drones fired missiles and hit the base.",
    ],
)
def test_who_fires_goes_on_firing(text):
    assert tree(text)["fired"] == ("ROOT", "fired")


def test_two_who_clash_in_a_town_are_the_subject():
    found = tree("In Vitez, Croat HVO and Muslim army patrols clashed on Wednesday, killing three.")
    assert (found["HVO"], found["patrols"], found["Vitez"]) == (("nsubj", "clashed"), ("conj", "HVO"), ("pobj", "In"))


def test_places_in_a_row_stay_one():
    found = tree("In Aleppo, Homs and Hama, rebels fought the army.")
    assert found["rebels"] == ("nsubj", "fought")
