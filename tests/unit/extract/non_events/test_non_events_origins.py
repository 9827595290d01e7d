"""How a war began is told at the end of a report, and is none of its news."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places import Gazetteer

NEWS = (
    "HOMS, Syria - Gunmen killed four people near Homs on Friday, police said. The attackers fled. Two men were "
    "questioned, police added. The market was closed. "
)


@pytest.fixture(scope="module")
def places():
    reader = Reader(Gazetteer.open())

    def run(text):
        found = reader.read(Report(report_id="r1", text=text, published_on=dt.date(2013, 5, 7))).mentions
        return {one.place.surface for one in found if one.place is not None}

    return run


@pytest.mark.parametrize(
    "origin",
    [
        "The uprising broke out after police shot dead six boys in Daraa.",
        "The army launched its crackdown after rebels attacked a convoy near Raqqa.",
        "Turkey sent tanks into Idlib after shells killed five people in Kilis.",
        "The insurgency began with bombings in Aleppo.",
    ],
)
def test_how_a_war_began_is_no_news(places, origin):
    assert places(NEWS + origin) == {"Homs"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # With a day, as what a report opens with, or told of something else, it is.
        (NEWS + "The army launched its crackdown on Thursday after rebels attacked a convoy near Raqqa.", "Raqqa"),
        ("Turkey sent tanks into Idlib after shells killed five people in Kilis.", "Kilis"),
        (NEWS + "Rebels attacked a convoy near Raqqa after the army sent tanks into Idlib.", "Raqqa"),
        (NEWS + "The army launched an operation against rebels near Raqqa, killing 12 of them.", "Raqqa"),
    ],
)
def test_what_has_a_day_or_opens_the_report_is_news(places, text, place):
    assert place in places(text)
