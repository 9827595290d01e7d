"""What people march for is told of no march: of another day, and mostly of another place."""

import pytest
from few_names import mentions_of

PROTEST = "Peaceful protest"


def told(text):
    """Return what is told to have happened, with the dead."""
    return [
        (one.sub_event_type, one.casualties.killed.best if one.casualties and one.casualties.killed else None)
        for one in mentions_of(text)
    ]


@pytest.mark.parametrize(
    "aim",
    [
        "to protest the air strikes",
        "to protest against the shelling",
        "to support the military operation",
        "to denounce the killing of four traders",
        "to protest the killing of four traders",
        "over the bombing that killed nine people",
        "against the killing of nine people",
    ],
)
def test_what_people_rally_for_is_no_event_there_and_its_dead_are_not_theirs(aim):
    assert told(f"Hundreds of people rallied in Cairo on Monday {aim}.") == [(PROTEST, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Doctors met on Monday to protest Sunday's shelling of Gao.", ("Shelling/artillery/missile attack", None)),
        ("Hundreds rallied on Monday over the killing of nine people in Gao.", ("Attack", 9)),
        ("Two people were killed as hundreds rallied in Cairo on Monday.", ("Excessive force against protesters", 2)),
    ],
)
def test_with_a_day_or_a_place_of_its_own_it_is_told_and_so_are_the_dead_of_the_rally(text, expected):
    assert expected in told(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Hundreds gathered in Cairo on Monday to protest against the war.", "occurred"),
        ("Hundreds are to gather in Cairo on Monday to protest against the war.", "scheduled"),
        ("Hundreds travelled to Cairo on Monday to protest against the war.", "hypothetical"),
    ],
)
def test_who_gathered_to_protest_did(text, status):
    assert [str(one.status.value) for one in mentions_of(text)] == [status]


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Thousands marched in Cairo on Monday to demand elections.", PROTEST),
        ("Rebels marched on Cairo on Monday.", "Change to group/activity"),
    ],
)
def test_to_march_on_a_day_is_not_to_march_on_a_town(text, sub_event_type):
    assert [one.sub_event_type for one in mentions_of(text)] == [sub_event_type]


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("A car bomb killed nine people in Gao, the deadliest attack in Mali's history.", 1),
        ("A car bomb killed nine people in Gao, the most brutal bombing of the war in Mali.", 1),
        ("Gunmen killed nine people in Gao, and the worst attack of the day killed six in Kidal.", 2),
        ("A car bomb killed nine people in Gao. Boko Haram said it was avenging the offensive in Nyala.", 1),
        ("Boko Haram raided Gao on Monday in revenge for the attacks on Nyala.", 1),
        ("Boko Haram raided Gao on Monday in revenge for air strikes in Nyala.", 1),
        # one deed, or what has its dead or its day, is told
        ("Boko Haram raided Gao on Monday in revenge for two air strikes in Nyala.", 2),
        ("Boko Haram raided Gao on Monday in revenge for the attack on Nyala.", 2),
        ("Boko Haram raided Gao on Monday in revenge for the killing of six men in Nyala.", 2),
        ("Boko Haram raided Gao on Monday in revenge for a bombing in Nyala on Sunday.", 2),
        ("The army answered the attack on Nyala with the shelling of Gao on Monday.", 2),
    ],
)
def test_what_is_a_record_or_avenged_is_no_event_of_its_own(text, n):
    assert len(mentions_of(text)) == n


def test_nothing_happens_where_that_was_which_is_avenged():
    text = "Gunmen raided Gao on Monday. The group said the raid was revenge for French policy in Nyala."
    assert {one.place.surface for one in mentions_of(text)} == {"Gao"}
