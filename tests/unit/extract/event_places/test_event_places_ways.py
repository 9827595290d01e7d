"""Where people protest, and not where that lies which they protest about."""

import pytest
from few_names import told


@pytest.mark.parametrize(
    "text",
    [
        "Demonstrators in Cairo condemned the transfer of the consulate to Khartoum on Monday.",
        "Protesters in Cairo called on Monday for the release of students held in Gao.",
        "Demonstrators gathered outside the consulate in Cairo on Monday.",
        "A march in Cairo against the raids in Nyala drew hundreds on Monday.",
        "Hundreds in Cairo rallied against the raids in Nyala on Monday.",
        "Hundreds rallied in Cairo on Monday against the transfer of the consulate to Khartoum.",
        "In Cairo, protesters chanted slogans on Monday against French strikes in Gao.",
    ],
)
def test_a_protest_is_held_where_the_people_are(text):
    assert told(text) == {("Peaceful protest", "Cairo", "occurred")}


@pytest.mark.parametrize(
    "text",
    [
        "Hundreds rallied on Monday against the opening of a consulate in Khartoum.",
        "Hundreds marched on Monday in solidarity with the people of Nyala.",
        "Hundreds protested on Monday over the situation in Nyala.",
        "Demonstrators condemned the transfer of the consulate to Khartoum on Monday.",
        "The party held a rally in Cairo on Monday.",
        "Troops began their march against Gao on Monday.",
    ],
)
def test_where_nobody_says_where_they_are_there_is_no_protest(text):
    assert told(text) == set()


def test_those_in_charge_are_protested_against_at_home():
    text = "Hundreds rallied against the governor in Cairo on Monday."
    assert told(text) == {("Peaceful protest", "Cairo", "occurred")}


def test_what_is_under_fire_is_where_it_falls():
    text = "Gao, Nyala and Khartoum were still under shellfire on Monday, according to Cairo."
    assert told(text) == {
        ("Shelling/artillery/missile attack", name, "claimed") for name in ("Gao", "Nyala", "Khartoum")
    }


@pytest.mark.parametrize(
    "text",
    [
        "The village was shelled on Monday, according to Cairo.",
        "According to Cairo, the village was shelled on Monday.",
        "Cairo said the village had been shelled on Monday.",
    ],
)
def test_who_says_so_is_not_the_village_that_it_is_said_of(text):
    assert told(text) <= {("Shelling/artillery/missile attack", None, "claimed")}


def test_who_speaks_may_speak_of_a_town_named_before():
    text = "Troops shelled Gao on Sunday. Cairo said the town had been shelled again on Monday."
    assert ("Shelling/artillery/missile attack", "Gao", "claimed") in told(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A committee in Cairo put the number of dead in the attack in Gao at 44.", "Gao"),
        ("Doctors in Gao put the death toll from the shelling at 12.", "Gao"),
    ],
)
def test_who_counts_the_dead_elsewhere_is_not_where_they_died(text, place):
    assert {one[1] for one in told(text)} == {place}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels retook Gao, a town near the borders with Egypt and Sudan. Nine people were killed there.", "Gao"),
        ("Rebels left Gao for Egypt. Nine people were killed there.", "Egypt"),
    ],
)
def test_there_is_not_the_land_beyond_a_border_that_a_town_lies_near(text, place):
    assert place in {one[1] for one in told(text) if one[0] == "Attack"}
