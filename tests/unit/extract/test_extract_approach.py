"""Forces on their way to a town, or around it, do not hold it; those that go into it do."""

import pytest
from few_names import mentions_of


def told(text):
    return [(one.sub_event_type, one.place.surface if one.place else None) for one in mentions_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels are advancing on Gao.",
        "The army advanced towards Izium on Tuesday.",
        "Insurgents have encircled Bakhmut.",
        "Soldiers surrounded Kidal on Monday.",
        "Fighters closed in on Menaka on Monday.",
        "The rebel advance on Nyala went on.",
    ],
)
def test_forces_before_a_town_have_not_taken_it(text):
    ((sub_event_type, _),) = told(text)
    assert sub_event_type == "Change to group/activity"


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Rebels entered Gao on Monday.", "Non-state actor overtakes territory"),
        ("Rebels advanced into Gao on Monday.", "Non-state actor overtakes territory"),
        ("The army pushed into Izium on Monday.", "Government regains territory"),
        ("Rebels advanced and captured Gao on Monday.", "Non-state actor overtakes territory"),
        ("Insurgents besieged Kidal on Monday.", "Armed clash"),
        ("Rebels surrounded an army base in Gao, killing nine soldiers.", "Armed clash"),
    ],
)
def test_forces_that_went_in_or_fought_are_told_so(text, sub_event_type):
    assert [one for one, _ in told(text)] == [sub_event_type]


def test_forces_that_advance_near_a_town_gain_ground_and_take_none():
    assert [one for one, _ in told("On Monday the army advanced near Bakhmut.")] == ["Armed clash"]


def test_what_was_taken_before_stays_taken():
    found = told("The insurgents have captured Gao and Menaka and are advancing on Kidal.")
    assert sorted(found, key=lambda one: one[1]) == [
        ("Non-state actor overtakes territory", "Gao"),
        ("Change to group/activity", "Kidal"),
        ("Non-state actor overtakes territory", "Menaka"),
    ]
