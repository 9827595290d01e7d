"""What is still to come, or was only meant, is no fact."""

import pytest
from few_names import told


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The army is to withdraw from Izium by 1 June.", "scheduled"),
        ("The army was to withdraw from Izium on Monday.", "hypothetical"),
        ("The rebels' aim is to capture Izium.", "hypothetical"),
        ("The army withdrew from Izium on Monday.", "occurred"),
        ("The army had to withdraw from Izium on Monday.", "occurred"),
        ("Rebels could only capture Izium on Tuesday.", "occurred"),
        ("Only on Tuesday could the rebels capture Izium.", "occurred"),
        ("Rebels could only capture Izium on Tuesday if the bridge held.", "hypothetical"),
        ("Rebels could only capture Izium next Tuesday.", "hypothetical"),
        ("Rebels could capture Izium on Tuesday.", "hypothetical"),
    ],
)
def test_what_is_to_be_done(text, status):
    assert {one[2] for one in told(text)} == {status}


@pytest.mark.parametrize(
    "text",
    [
        "Two ministers initialled an accord that halted the shelling of Gao.",
        "The presidents signed a declaration late on Sunday that ended the fighting in Gao at midnight.",
        "The truce stopped the clashes in Gao.",
    ],
)
def test_what_an_agreement_ended_is_no_event_of_its_day(text):
    assert {one for one in told(text) if one[0] in ("Armed clash", "Shelling/artillery/missile attack")} == set()


@pytest.mark.parametrize(
    "text",
    ["Snow halted the fighting in Gao on Monday.", "The truce ended the fighting in Gao that broke out on Monday."],
)
def test_what_the_weather_ended_and_what_is_told_of_was_fought(text):
    assert ("Armed clash", "Gao", "occurred") in told(text)


def test_talks_that_ended_well_were_held():
    assert ("talks", "Geneva", "occurred") in told("The summit of presidents in Geneva ended with a success on Monday.")
