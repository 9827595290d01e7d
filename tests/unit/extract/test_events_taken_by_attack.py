"""An attack that ends in the capture of what was attacked is one event."""

import pytest
from few_names import mentions_of

TAKEN = "Non-state actor overtakes territory"


def told(text):
    return {one.sub_event_type for one in mentions_of(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Insurgents attacked Kidal on Friday and captured it.",
        "Insurgents attacked the garrison in Kidal on Friday before overrunning it.",
        "Insurgents attacked and captured Kidal on Friday.",
        "Insurgents stormed Kidal on Friday and seized the town.",
    ],
)
def test_an_attack_that_ends_in_a_capture_is_the_capture(text):
    (mention,) = mentions_of(text)
    assert mention.sub_event_type == TAKEN


def test_its_dead_go_over_to_the_capture():
    text = "Insurgents stormed the base at Kidal on Friday, killing nine soldiers, and captured the town."
    (mention,) = mentions_of(text)
    assert (mention.sub_event_type, mention.casualties.killed.best) == (TAKEN, 9)
    assert "Military Forces" in {actor.name for actor in mention.actors if actor.part == "target"}


@pytest.mark.parametrize(
    ("text", "subs"),
    [
        ("Insurgents attacked Kidal on Friday and captured Gao.", {"Attack", TAKEN}),
        ("Insurgents attacked villagers in Kidal on Friday and captured the town.", {"Attack", TAKEN}),
        ("Insurgents shelled Kidal on Friday before capturing it.", {"Shelling/artillery/missile attack", TAKEN}),
    ],
)
def test_another_town_civilians_and_shells_are_another_event(text, subs):
    assert told(text) == subs


def test_what_else_was_done_in_the_attack_keeps_its_place_and_lends_its_day():
    told = mentions_of(
        "Insurgents attacked the base in Kidal on Friday, detonating a truck bomb before overrunning it."
    )
    assert {one.sub_event_type for one in told} == {"Remote explosive/landmine/IED", TAKEN}
    assert len({(one.when.starts_on, one.when.ends_on) for one in told}) == 1
