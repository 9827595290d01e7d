"""Rockets that were fired struck; who clashed in a town is no part of its name."""

import pytest
from test_language_misread_verbs import tokens

from geoconflict.extract.language.misread_subjects import (
    with_firing_by_letters,
    with_pasts_before_objects,
    with_second_ones_as_subjects,
    with_subjects_before_prepositions,
)
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


@pytest.mark.parametrize(
    ("text", "men", "lord", "deed"),
    [
        ("Forces loyal to the former president captured Mocha on Tuesday.", "Forces", "president", "captured"),
        ("Rebel troops loyal to former vice president Riek Machar have taken Bor, the capital of Jonglei state.", "troops", "Machar", "taken"),
        ("Troops loyal to General Haftar seized the port.", "Troops", "Haftar", "seized"),
    ],
)  # fmt: skip
def test_what_the_loyal_do_is_not_done_by_their_lord(text, men, lord, deed):
    found = tree(text)
    assert (found[men], found[lord], found[deed]) == (
        ("nsubj", deed),
        ("pobj", "to"),
        ("ROOT", deed),
    )


def test_whom_they_are_loyal_to_may_act_in_a_clause_of_its_own():
    found = tree("Troops loyal to the king fled when the president arrived.")
    assert (found["king"], found["president"]) == (("pobj", "to"), ("nsubj", "arrived"))


@pytest.mark.parametrize(
    ("text", "town", "doers"),
    [
        ("In Misrata government forces shelled the city centre, killing eight.", "Misrata", "forces"),
        ("In Gaza City gunmen shot two policemen.", "City", "gunmen"),
        ("In Deir ez-Zor rebels shelled the airport.", "Zor", "rebels"),
    ],
)
def test_the_place_before_who_did_it_is_where_and_no_part_of_their_name(text, town, doers):
    found = tree(text)
    assert (found[town], found[doers][0]) == (("pobj", "In"), "nsubj")


def test_a_people_before_what_they_did_is_no_place():
    assert tree("In Russian strikes on Kharkiv two people died.")["strikes"] == ("pobj", "In")


def test_who_is_called_by_age_is_a_noun():
    tokens = load_language_model().read("A 17-year-old was shot near a 300-year-old mosque.").tokens
    assert [one.pos for one in tokens if one.text == "old"] == ["NOUN", "ADJ"]


@pytest.mark.parametrize(
    ("text", "men", "guise"),
    [
        ("Gunmen disguised as police killed 58 tourists in Luxor on Monday.", "Gunmen", "police"),
        ("Men dressed as soldiers killed four people in Gao.", "Men", "soldiers"),
        ("Rebels posing as traders attacked a post in Gao.", "Rebels", "traders"),
    ],
)
def test_those_whose_guise_somebody_wears_did_nothing(text, men, guise):
    found = tree(text)
    assert found[men][0] == "nsubj"
    assert found[guise] == ("pobj", "as")


def test_what_goes_on_as_somebody_does_something_is_no_guise():
    assert tree("Soldiers fled as rebels attacked a post in Gao.")["rebels"] == ("nsubj", "attacked")


def test_two_who_clash_in_a_town_are_the_subject():
    found = tree("In Vitez, Croat HVO and Muslim army patrols clashed on Wednesday, killing three.")
    assert (found["HVO"], found["patrols"], found["Vitez"]) == (("nsubj", "clashed"), ("conj", "HVO"), ("pobj", "In"))


def test_places_in_a_row_stay_one():
    found = tree("In Aleppo, Homs and Hama, rebels fought the army.")
    assert found["rebels"] == ("nsubj", "fought")


def test_what_has_arms_struck_with_them():
    found = tree("Rockets with sarin hit Ein Tarma and Zamalka before dawn, activists said.")
    assert (found["Rockets"], found["sarin"], found["hit"]) == (("nsubj", "hit"), ("pobj", "with"), ("ccomp", "said"))


def test_a_past_before_what_was_done_to_is_the_verb():
    found = tree("Myanmar's military seized power on Monday, detaining Aung San Suu Kyi in Naypyitaw.")
    assert (found["military"], found["seized"], found["power"]) == (
        ("nsubj", "seized"),
        ("ROOT", "seized"),
        ("dobj", "seized"),
    )
    assert (found["Myanmar"], found["detaining"]) == (("poss", "military"), ("advcl", "seized"))


@pytest.mark.parametrize(
    "text",
    [
        "Tankers exploded in Gao on Monday, in what rebels said was an attack.",
        "The army destroyed seized weapons.",
    ],
)
def test_no_other_past_is_moved(text):
    tokens = list(load_language_model().read(text).tokens)
    assert with_subjects_before_prepositions(tokens) == tokens
    assert with_pasts_before_objects(tokens) == tokens


WOUNDED = (
    ("Mines", "NOUN", "NNS", "nsubj", 1),
    ("killed", "VERB", "VBD", "ROOT", 1),
    ("six", "NUM", "CD", "dobj", 1),
    ("and", "CCONJ", "CC", "cc", 1),
    ("a", "DET", "DT", "det", 6),
    ("third", "ADJ", "JJ", "advmod", 6),
    ("wounded", "VERB", "VBN", "amod", 7),
    ("three", "NUM", "CD", "npadvmod", 1),
    ("in", "ADP", "IN", "prep", 1),
    ("Yell", "PROPN", "NNP", "pobj", 8),
)


def test_a_third_one_acts_on_whom_is_counted_behind_it():
    found = with_second_ones_as_subjects(tokens(*WOUNDED))
    assert [(one.text, one.tag, one.dep, found[one.head].text) for one in found[4:]] == [
        ("a", "DT", "det", "third"),
        ("third", "JJ", "nsubj", "wounded"),
        ("wounded", "VBD", "conj", "killed"),
        ("three", "CD", "dobj", "wounded"),
        ("in", "IN", "prep", "wounded"),
        ("Yell", "NNP", "pobj", "in"),
    ]


def test_but_not_a_wounded_man():
    rows = list(WOUNDED)
    rows[5] = ("badly", "ADV", "RB", "advmod", 6)
    found = tokens(*rows)
    assert with_second_ones_as_subjects(found) == found


@pytest.mark.parametrize(
    ("text", "doers", "act", "verb"),
    [
        ("Hamas shelling of Sderot killed eight people on Monday.", "Hamas", "shelling", "killed"),
        ("ISIS bombing of a camp near Kirkuk killed eight people.", "ISIS", "bombing", "killed"),
    ],
)
def test_an_act_behind_its_doers_is_what_killed(text, doers, act, verb):
    found = tree(text)
    assert found[act] == ("nsubj", verb)
    assert found[doers] == ("compound", act)


def test_doers_in_the_midst_of_an_act_stay_its_doers():
    assert tree("Soldiers were seen shelling positions of the rebels.")["Soldiers"][0] in ("nsubj", "nsubjpass")


FIRED = (
    ("The", "DET", "DT", "det", 3),
    ("XLA", "PROPN", "NNP", "npadvmod", 2),
    ("fired", "VERB", "VBD", "amod", 3),
    ("mortars", "NOUN", "NNS", "ROOT", 3),
    ("at", "ADP", "IN", "prep", 3),
    ("Yell", "PROPN", "NNP", "pobj", 4),
)


def test_letters_of_a_group_before_what_they_fired_are_who_fired():
    mended = with_firing_by_letters(tokens(*FIRED, lemmas={2: "fire"}))
    assert [(one.dep, one.head) for one in mended] == [
        ("det", 1), ("nsubj", 2), ("ROOT", 2), ("dobj", 2), ("prep", 2), ("pobj", 4),
    ]  # fmt: skip


def test_what_was_fired_by_nobody_told_keeps_its_trait():
    given = tokens(*FIRED[:1], ("Xan", "PROPN", "NNP", "compound", 3), *FIRED[2:], lemmas={2: "fire"})
    assert with_firing_by_letters(given) == given
