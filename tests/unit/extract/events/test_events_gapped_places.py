"""What was done at a second place on a day of its own, with the verb left out, is an event of its own."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places.gazetteer import Gazetteer

ON = dt.date(2021, 8, 11)  # a Wednesday


@pytest.fixture(scope="module")
def read():
    reader = Reader(Gazetteer.open())
    return lambda text: reader.read(Report(report_id="r1", text=text, published_on=ON)).mentions


def told(mentions):
    return sorted((one.place.surface, one.when.starts_on.day) for one in mentions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Taliban captured Kunduz on Sunday and Taloqan on Monday.", [("Kunduz", 8), ("Taloqan", 9)]),
        ("Kunduz was captured by the Taliban on Sunday and Taloqan on Monday.", [("Kunduz", 8), ("Taloqan", 9)]),
        (
            "Kunduz fell to the Taliban on Sunday, Taloqan on Monday and Aybak on Tuesday.",
            [("Aybak", 10), ("Kunduz", 8), ("Taloqan", 9)],
        ),
        ("Planes bombed Kharkiv on Monday, and Sumy the next day.", [("Kharkiv", 9), ("Sumy", 10)]),
        # a clause of its own, no day of its own, a place where somebody speaks
        ("The Taliban captured Kunduz on Sunday and Taloqan was quiet on Monday.", [("Kunduz", 8)]),
        ("The Taliban captured Kunduz on Sunday and Taloqan on Monday asked for help.", [("Kunduz", 8)]),
        ("The Taliban captured Kunduz on Sunday, Kabul said on Monday.", [("Kunduz", 8)]),
    ],
)
def test_places_with_days_of_their_own(read, text, expected):
    assert told(read(text)) == expected


def test_the_second_has_who_did_it_and_no_figures_of_the_first(read):
    first, second = read("Russian planes bombed Kharkiv on Monday and Sumy on Tuesday. Four people died in Kharkiv.")
    assert [one.name for one in second.actors if one.part == "agent"] == ["Military Forces of Russia"]
    assert first.casualties.killed.low == 4
    assert second.casualties is None


def test_what_is_to_come_has_the_days_by_which_it_is_to_be_done(read):
    found = read("Armenia is to hand over Kalbajar by 15 November, Aghdam by 20 November and Lachin by 1 December.")
    assert sorted((one.place.surface, one.status.value) for one in found) == [
        ("Aghdam", "scheduled"),
        ("Kalbajar", "scheduled"),
        ("Lachin", "scheduled"),
    ]
