"""Fighters who are taken in a fight make no event beside it; who else is taken, and towns, do."""

import pytest
from few_names import mentions_of


def told(text):
    found = []
    for one in mentions_of(text):
        killed = one.casualties.killed if one.casualties else None
        found.append((one.sub_event_type, one.place.surface if one.place else None, killed.best if killed else None))
    return found


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "Rebels overran the barracks at Gao, killing 40 and capturing 25 soldiers.",
            ("Non-state actor overtakes territory", "Gao", 40),
        ),
        (
            "Rebels overran the barracks at Gao, killing or capturing 65 soldiers.",
            ("Non-state actor overtakes territory", "Gao", None),
        ),
        ("Rebels attacked the barracks at Gao, capturing nine soldiers.", ("Armed clash", "Gao", None)),
        (
            "The army said 65 rebels were killed, wounded or captured at Gao on Monday.",
            ("Armed clash", "Gao", None),
        ),
        (
            "Nine policemen were killed, 15 hurt and 20 captured at Gao on Monday.",
            ("Armed clash", "Gao", 9),
        ),
    ],
)  # fmt: skip
def test_prisoners_are_part_of_the_fight(text, event):
    assert told(text) == [event]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rebels attacked Gao on Monday, capturing nine soldiers and the town of Nyala.", "Non-state actor overtakes territory"),
        ("Rebels attacked a school in Gao on Monday, seizing nine students.", "Abduction/forced disappearance"),
        ("Rebels captured nine soldiers in Gao on Monday.", "Abduction/forced disappearance"),
    ],
)  # fmt: skip
def test_towns_and_who_is_no_fighter_are_taken_in_an_event_of_their_own(text, kind):
    assert kind in {event for event, _, _ in told(text)}
