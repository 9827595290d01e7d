"""Who claims an event for himself is its agent; who takes the blame for something else is not."""

import pytest
from few_names import mentions_of


def agents(text):
    return [[actor.name for actor in mention.actors if actor.part == "agent"] for mention in mentions_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Boko Haram claimed responsibility for the attack on Gao on Monday that killed nine people.",
        "A bomb killed five people in Gao on Monday. Boko Haram claimed responsibility.",
        "The attack on a market in Gao on Monday was claimed by Boko Haram.",
        "Unidentified gunmen killed nine villagers in Gao on Monday. Boko Haram later claimed the attack.",
    ],
)
def test_an_armed_group_that_claims_an_event_is_its_agent(text):
    assert agents(text) == [["Boko Haram"]]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("A bomb killed five people in Gao on Monday. No group has claimed responsibility.", []),
        ("A bomb killed five people in Gao on Monday. Boko Haram did not claim the attack.", []),
        ("A bomb killed five people in Gao on Monday. The governor took responsibility.", []),
        (
            "Malian soldiers killed five people in Gao on Monday. Boko Haram claimed the attack.",
            ["Military Forces of Mali"],
        ),
    ],
)
def test_nobody_else_is_made_an_agent(text, named):
    assert agents(text)[0] == named


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Islamic State claimed on Monday an attack on a barracks in Gao that began on Saturday.", "Saturday"),
        ("Islamic State on Tuesday claimed Sunday's suicide attack in Gao, which killed 12 policemen.", "Sunday"),
    ],
)
def test_the_day_of_a_claim_is_not_that_of_the_deed(text, day):
    (mention,) = mentions_of(text)
    assert mention.when.starts_on.strftime("%A") == day
    assert ("Islamic State", "agent") in [(one.name, one.part) for one in mention.actors]


def test_a_deed_that_is_claimed_on_a_day_happened_up_to_it():
    (mention,) = mentions_of("Islamic State claimed on Monday the attack on Gao.")
    assert (mention.when.starts_on, mention.when.ends_on.strftime("%A")) == (None, "Monday")


def test_the_event_that_a_claim_names_is_meant_and_not_the_last():
    text = (
        "Suicide bombers killed 37 people at two mosques in Gao on Friday. Gunmen attacked the airport in Kidal on Saturday. "
        "Islamic State claimed the mosque attacks."
    )
    by_place = {
        one.place.surface: [actor.name for actor in one.actors if actor.part == "agent"] for one in mentions_of(text)
    }
    assert "Islamic State" in by_place["Gao"]
    assert "Islamic State" not in by_place["Kidal"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Islamic State said its members had planted it.", {"Islamic State"}),
        ("The Tamil Tigers said their fighters had carried out the attack.", {"Liberation Tigers of Tamil Eelam"}),
        ("Islamic State said it had not carried out the attack.", set()),
        ("Islamic State said its members had carried out a raid in Kidal.", set()),
        ("Islamic State said the army had planted it.", set()),
        ("Boko Haram said it was responsible for the bombing.", {"Boko Haram"}),
        ("Boko Haram said its fighters were behind the attack.", {"Boko Haram"}),
        ("Boko Haram said it was not behind the attack.", set()),
        ("Boko Haram denied that it was responsible for the attack.", set()),
        ("Boko Haram said soldiers were responsible for the attack.", set()),
        ("Boko Haram said it was responsible for the orphans.", set()),
    ],
)
def test_who_says_that_his_own_did_it_is_who_did(text, names):
    told = mentions_of(f"Four people were killed when a bomb exploded in Gao on Sunday. {text}")
    (gao,) = (one for one in told if one.place and one.place.surface == "Gao")
    assert {one.name for one in gao.actors if one.part == "agent"} == names


def test_of_both_attacks_the_last_two_are_meant():
    text = (
        "Gunmen attacked a market in Nyala on Friday, killing six. A bomb killed three people in Gao on Sunday. Another bomb "
        "killed nine people in Kidal on Monday. Boko Haram said it was behind both attacks."
    )
    of_dead = {
        one.casualties.killed.best: [actor.name for actor in one.actors if actor.part == "agent"]
        for one in mentions_of(text)
        if one.casualties
    }
    assert of_dead[3] == of_dead[9] == ["Boko Haram"]
    assert "Boko Haram" not in of_dead[6]
