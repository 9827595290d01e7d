"""One more event of the kind before, by a word that stands for its noun, has its own place, day and figures."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places.gazetteer import Gazetteer

ON = dt.date(2016, 7, 20)  # a Wednesday


@pytest.fixture(scope="module")
def read():
    reader = Reader(Gazetteer.open())
    return lambda text: reader.read(Report(report_id="r1", text=text, published_on=ON)).mentions


BOMB, AIR, SHELLS, SUICIDE = (
    "Remote explosive/landmine/IED",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Suicide bomb",
)


def told(mentions):
    return sorted((one.sub_event_type, one.place.surface, one.when.starts_on.day) for one in mentions)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        # one of several that were counted before
        (
            (
                "Troops killed 12 rebels in two air strikes over the weekend. The first took place in Jos on Saturday and left eight "
                "rebels dead; the second, on Sunday in Bauchi, left four dead."
            ),
            [(AIR, "Bauchi", 17), (AIR, "Jos", 16)],
        ),
        (
            (
                "Two car bombs exploded on Sunday, killing nine people. The first went off in Jos, killing five. The second hit a "
                "hotel in Bauchi, killing four."
            ),
            [(BOMB, "Bauchi", 17), (BOMB, "Jos", 17)],
        ),
        (
            "A car bomb killed six people in Jos on Sunday and another killed a guard in Bauchi on Tuesday.",
            [(BOMB, "Bauchi", 19), (BOMB, "Jos", 17)],
        ),
        (
            "A landmine killed six soldiers in Donetsk on Sunday and a second wounded three in Horlivka on Monday.",
            [(BOMB, "Donetsk", 17), (BOMB, "Horlivka", 18)],
        ),
        (
            "A suicide bomber killed six people in Jos on Sunday, while another killed four in Bauchi on Monday.",
            [(SUICIDE, "Bauchi", 18), (SUICIDE, "Jos", 17)],
        ),
        (
            "An air strike on Donetsk killed six people on Sunday and one on Horlivka killed four on Monday.",
            [(AIR, "Donetsk", 17), (AIR, "Horlivka", 18)],
        ),
        (
            "An air strike killed six people in Donetsk on Sunday. Another hit a school in Horlivka on Monday.",
            [(AIR, "Donetsk", 17), (AIR, "Horlivka", 18)],
        ),
        (
            "A mine killed six soldiers in Donetsk on Sunday, and another one wounded three in Horlivka on Monday.",
            [(BOMB, "Donetsk", 17), (BOMB, "Horlivka", 18)],
        ),
        (
            "One rocket killed two women in Donetsk on Sunday, another hit a house in Horlivka on Monday.",
            [(SHELLS, "Donetsk", 17), (SHELLS, "Horlivka", 18)],
        ),
    ],
)
def test_it_is_an_event_of_its_own(read, text, events):
    assert told(read(text)) == events


@pytest.mark.parametrize(
    "text",
    [
        "A car bomb killed six people in Jos on Sunday and another followed minutes later.",
        "A car bomb killed six people in Jos on Sunday and another was defused in time.",
        "A car bomb killed six people in Jos on Sunday. Another said he had seen nothing in Bauchi.",
    ],
)
def test_what_has_no_place_or_does_nothing_is_none(read, text):
    assert told(read(text)) == [(BOMB, "Jos", 17)]
