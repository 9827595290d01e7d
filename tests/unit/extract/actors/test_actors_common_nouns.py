import pytest
from few_names import mentions_of

from geoconflict.models import ActorKind

PERSONS = [
    ("A Moroccan", "Morocco"),
    ("The Jordanian", "Jordan"),
    ("A Kenyan", "Kenya"),
    ("The Pakistani", "Pakistan"),
    ("A Dutchman", "the Netherlands"),
    ("The Englishman", "the United Kingdom"),
    ("A Swede", "Sweden"),
    ("The Spaniard", "Spain"),
    ("A Filipino", "the Philippines"),
    ("An Israeli", "Israel"),
    ("Another Saudi", "Saudi Arabia"),
    ("A South African", "South Africa"),
    ("The North Korean", "North Korea"),
    ("A Vietnamese", "Vietnam"),
    ("Two Lebanese", "Lebanon"),
    ("Three Croats", "Croatia"),
    ("Four Iranians", "Iran"),
    ("A young Tajik", "Tajikistan"),
    ("Some Nigerians", "Nigeria"),
    ("An American and his wife", "the United States"),
]


@pytest.mark.parametrize(("who", "nation"), PERSONS)
def test_some_of_a_nation_who_attack_are_not_its_army(who, nation):
    [mention] = mentions_of(f"{who} killed three villagers in Gao on Monday.")
    agents = {actor.name for actor in mention.actors if actor.part == "agent"}
    assert f"Unidentified Armed Group ({nation})" in agents
    assert not any(actor.kind is ActorKind.STATE_FORCES for actor in mention.actors)


@pytest.mark.parametrize(
    ("who", "nation"),
    [
        ("The Jordanians", "Jordan"),
        ("The Spanish", "Spain"),
        ("The Vietnamese", "Vietnam"),
        ("The Lebanese", "Lebanon"),
        ("Pakistan", "Pakistan"),
        ("The United States", "the United States"),
        ("A Jordanian warplane", "Jordan"),
        ("Two Turkish jets", "Turkey"),
    ],
)
def test_a_nation_as_a_whole_and_its_weapons_are_its_army(who, nation):
    [mention] = mentions_of(f"{who} bombed Gao on Monday.")
    assert [actor.name for actor in mention.actors] == [f"Military Forces of {nation}"]


def test_some_of_a_nation_who_are_killed_are_civilians():
    [mention] = mentions_of("Gunmen killed the Jordanian in Gao on Monday.")
    assert "Civilians (Jordan)" in {actor.name for actor in mention.actors if actor.part == "target"}


def test_an_adjective_that_shares_its_noun_is_no_person():
    [mention] = mentions_of("In Gao there were clashes between Nigerian and Malian forces on Monday.")
    assert not any(actor.kind is ActorKind.CIVILIANS for actor in mention.actors)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("REBELS BLEW UP THREE POLES IN GAO ON MONDAY.", []),
        ("Rebels killed three Poles in Gao on Monday.", ["Civilians (Poland)"]),
    ],
)
def test_poles_in_a_text_in_capitals_are_of_no_nation(text, targets):
    [mention] = mentions_of(text)
    assert [actor.name for actor in mention.actors if actor.part == "target"] == targets


@pytest.mark.parametrize(
    ("who", "suffering"),
    [
        ("two ferrymen", {"Civilians"}),
        ("six salt sellers", {"Civilians"}),
        ("a Togolese surgeon", {"Civilians (Togo)"}),
        # of them it is not said whether they bear arms
        ("four bodyguards", set()),
        ("two suspects", set()),
    ],
)
def test_who_suffers_and_bears_no_arms_is_a_civilian(who, suffering):
    (mention,) = mentions_of(f"Gunmen killed {who} in Gao on Monday.")
    assert {actor.name for actor in mention.actors if actor.part == "target"} == suffering


@pytest.mark.parametrize(
    ("who", "agents"),
    [
        ("The paramilitary force", {"Unidentified Armed Group"}),
        ("Paramilitary troops", {"Unidentified Armed Group"}),
        ("Malian paramilitary troops", {"Military Forces of Mali"}),
        ("Government paramilitary forces", {"Military Forces"}),
    ],
)
def test_paramilitary_forces_are_a_states_where_it_is_said_so(who, agents):
    (mention,) = mentions_of(f"{who} attacked a village near Gao on Monday.")
    assert {actor.name for actor in mention.actors if actor.part == "agent"} == agents
