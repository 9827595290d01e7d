"""What keeps happening is of no day, and makes no event; what happened on a day, or cost lives, does."""

import pytest
from few_names import mentions_of


@pytest.mark.parametrize(
    "text",
    [
        "Gao has seen many attacks in recent years.",
        "Gao has witnessed a string of bombings in recent months.",
        "Gao has been the scene of numerous bombings.",
        "There have been frequent clashes between the army and rebels in Gao in recent months.",
        "Rebels regularly attack army posts in Gao.",
        "The town of Gao has often been attacked by rebels.",
        "Rebels have repeatedly shelled the airport in Gao.",
        "Attacks on aid workers are common in Gao.",
        "Kidnappings and attacks remain frequent in Gao.",
        "Gao has been plagued by attacks of rebels.",
        "Gao has seen some of the heaviest fighting of the war.",
    ],
)
def test_a_habit_is_no_event(text):
    assert mentions_of(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Gao saw heavy fighting on Monday.",
        "Gao has seen many attacks since Monday.",
        "Rebels repeatedly shelled the airport in Gao on Monday.",
        "Rebels repeatedly shelled the airport in Gao.",
        "Gao has been hit by a series of explosions.",
        "There have been several attacks on army posts in Gao, in which 12 soldiers were killed.",
        "Rebels who regularly attack convoys killed nine soldiers near Gao on Monday.",
        "The worst attack in Gao in recent months killed 12 people on Monday.",
    ],
)
def test_what_happened_on_a_day_or_cost_lives_is_one(text):
    assert len(mentions_of(text)) == 1


@pytest.mark.parametrize(("adverb", "is_event"), [("often", False), ("twice", True)])
def test_only_how_often_makes_a_habit_of_a_deed_in_the_past(adverb, is_event):
    assert bool(mentions_of(f"Rebels {adverb} attacked army posts in Gao.")) is is_event


@pytest.mark.parametrize(
    "text",
    [
        "At least 40 shops have been looted in Gao since a curfew was imposed on May 2.",
        "Rebels have burned dozens of farms near Gao since the emergency was declared.",
    ],
)
def test_a_count_since_something_is_of_no_day(text):
    assert mentions_of(text) == ()


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("At least 40 shops have been looted in Gao since Tuesday.", 1),
        ("On Tuesday 40 shops were looted in Gao after a curfew was imposed.", 1),
        ("A curfew has been imposed in Gao since Tuesday.", 1),
        ("The army has retaken two towns, Gao and Menaka, since a curfew was imposed.", 2),
    ],
)
def test_what_is_told_of_days_is_no_count_since_something(text, n):
    assert len([one for one in mentions_of(text) if one.place is not None]) == n
