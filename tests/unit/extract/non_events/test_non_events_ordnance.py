"""Bombs of an old war that are blown up by sappers, and weapons that are tried out, beside those that are used."""

import pytest
from few_names import mentions_of

EXPLOSIONS = "Explosions/Remote violence"


def exploded(text):
    return [one for one in mentions_of(text) if one.event_type == EXPLOSIONS]


PAIRS = [
    (
        "Sappers blew up a wartime mine near Izium on Monday.",
        "Rebels blew up a mine shaft near Izium on Monday.",
    ),
    (
        "The missile struck a barge in a trial off Izium on Monday.",
        "The missile struck a barge in the harbour of Izium on Monday.",
    ),
    (
        "The missile, which struck a barge in a test off Izium on Monday, is new.",
        "The missile, which struck a barge off Izium on Monday, was new.",
    ),
    (
        "The new gun can fire shells from Gao to Kidal, its maker said.",
        "Rebels fired shells at Kidal from the new gun on Monday.",
    ),
    (
        "Egypt fired two rockets into the ocean off Cairo on Monday.",
        "Egypt fired two rockets into the ocean off Cairo on Monday, near a tanker.",
    ),
    (
        "The navy of Egypt fired missiles toward the sea near Cairo on Monday.",
        "The navy of Egypt fired missiles at Cairo from the sea on Monday.",
    ),
    (
        "Parts of a rocket of Egypt fell into the ocean west of Cairo on Monday.",
        "Parts of a rocket of Egypt fell on a house west of Cairo on Monday, killing two people.",
    ),
    (
        "The manoeuvres near Izium ended on Monday. Gunners shelled targets on a hill.",
        "The talks near Izium ended on Monday. Gunners shelled targets on a hill in Izium.",
    ),
    (
        "Warships fired rockets at dummy targets off Izium on Monday.",
        "Warships fired rockets at targets in Izium on Monday.",
    ),
    (
        "The army detonated a nuclear device under a hill near Izium on Monday.",
        "The army detonated a device under a bridge near Izium on Monday.",
    ),
    (
        "A Trishul missile hit its target in the Arabian Sea off Izium on Monday.",
        "A missile hit a tanker in the Arabian Sea off Izium on Monday.",
    ),
]


@pytest.mark.parametrize(("tried", "used"), PAIRS)
def test_what_is_cleared_or_tried_is_no_event(tried, used):
    assert exploded(tried) == []
    assert exploded(used)


def test_a_bomb_of_now_that_sappers_defuse_was_meant_to_go_off():
    (mention,) = mentions_of("Police found a car bomb near Gao on Monday. The device was later defused by sappers.")
    assert mention.sub_event_type == "Disrupted weapons use"
