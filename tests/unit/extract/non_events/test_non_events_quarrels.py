"""Quarrels in the words of war, each beside arms in the same words."""

import pytest
from few_names import reading_of

VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots")


def violent(text):
    reading = reading_of(text)
    return [one for one in (*reading.mentions, *reading.unlikely) if one.event_type.value in VIOLENT]


PAIRS = [
    (
        "The commissioner attacked Ukraine over its veto on Tuesday.",
        "Russia attacked Ukraine over its veto with missiles on Tuesday.",
    ),
    (
        "Senators battled over the budget in Paris until dawn on Friday.",
        "Soldiers battled over the bridge in Gao until dawn on Friday.",
    ),
    ("Flemish politicians clash over the law in Paris.", "Rebels clash over the goldmine in Gao."),
    (
        "Rebel shareholders ambushed the chairman in Geneva on Tuesday.",
        "Rebels ambushed the chairman in Gao on Tuesday.",
    ),
    (
        "Two parties clash in Gao over the budget on Monday.",
        "Two militias clash in Gao over the budget on Monday.",
    ),
    (
        "Paris: brewers under attack over prices on Monday.",
        "Gao: villages under attack by rebels on Monday.",
    ),
    ("His party conquered Gao and won the seat.", "His militia conquered Gao and won the day."),
    (
        "Twenty lawmakers battled over the bill in Ankara on Monday.",
        "Twenty lawmakers clashed with police in Ankara on Monday.",
    ),
]


@pytest.mark.parametrize(("quarrel", "fight"), PAIRS)
def test_a_quarrel_is_no_event_and_a_fight_is(quarrel, fight):
    assert violent(quarrel) == []
    assert violent(fight)


def test_clashes_over_a_bill_of_whom_is_not_said_are_an_event():
    assert violent("Clashes over the pension reform broke out in Paris on Monday.")


@pytest.mark.parametrize("text", ["Wolves attacked a flock near Gao on Monday.", "Troops fight wildfires near Gao."])
def test_neither_beasts_nor_flames_are_fought_with(text):
    assert violent(text) == []


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("The two premiers exchanged fire over taxes in Paris on Monday.", 0),
        ("A dispute over wages blew up in Paris on Monday.", 0),
        ("The two armies exchanged fire over the border near Gao on Monday.", 1),
    ],
)
def test_fire_over_taxes_is_of_words(text, n):
    assert len(violent(text)) == n
