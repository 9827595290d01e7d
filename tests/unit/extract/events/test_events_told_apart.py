"""What a sentence opens on as something else is none of the events told before it."""

import datetime as dt

import pytest
from few_names import mentions_of

from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places import Gazetteer


@pytest.fixture(scope="module")
def told():
    reader = Reader(Gazetteer.open())

    def run(text):
        found = reader.read(Report(report_id="r1", text=text, published_on=dt.date(2012, 5, 9))).mentions
        return [
            (
                one.place.surface if one.place is not None else None,
                one.casualties.killed.best if one.casualties and one.casualties.killed else None,
            )
            for one in found
        ]

    return run


BEFORE = "HOMS, May 9 - Mortar shells fell on a bakery, killing a woman."


@pytest.mark.parametrize(
    "opening",
    [
        "Separately, ",
        "In the north, ",
        "In the north-east of the country, ",
        "Further south, ",
        "In another incident, ",
    ],
)
def test_what_opens_on_another_takes_no_dead_of_what_was_told_before(told, opening):
    assert told(f"{BEFORE} {opening}jets bombed a depot near Raqqa on Tuesday.")[-1] == ("Raqqa", None)


@pytest.mark.parametrize(
    "opening",
    [
        "According to police, ",
        "In the attack, ",
        "In the south of the town, on Tuesday, the attack ",
    ],
)
def test_what_goes_on_or_points_back_is_the_event_told_before(told, opening):
    text = f"Jets bombed a depot near Raqqa on Tuesday. {opening}"
    goes_on = "killed two guards." if opening.endswith("attack ") else "a bomb hit a truck, killing two guards."
    assert told(text + goes_on) == [("Raqqa", 2)]


def test_shells_and_a_bomber_who_came_himself_are_two_events(told):
    text = "Shells fell on a school in Aleppo, killing a boy. A suicide bomber blew up a bus on Tuesday."
    assert [killed for _, killed in told(text)] == [1, None]


def test_shells_and_jets_may_be_one(told):
    text = "Jets bombed a school in Aleppo on Tuesday. Two bombs fell on it, killing a boy."
    assert told(text) == [("Aleppo", 1)]


def test_the_attack_there_is_none_that_was_told_of_nowhere_before_it(told):
    text = (
        "HOMS, May 9 - A rocket hit a clinic, killing two nurses.\n\n"
        "Rebels said that they had captured Raqqa on Tuesday. The army said that the attack there had been beaten back."
    )
    assert (None, 2) in told(text)
    assert ("Raqqa", 2) not in told(text)


TWO_TOWNS = "Clashes broke out in Gao on Monday and in Menaka on Tuesday.\n\n"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{TWO_TOWNS}On Wednesday, gunmen abducted nine traders.", None),
        (f"{TWO_TOWNS}On Wednesday, the gunmen abducted nine traders.", "Gao"),
        (f"{TWO_TOWNS}The next day, gunmen abducted nine traders.", "Gao"),
        (f"{TWO_TOWNS.rstrip()} On Wednesday, gunmen abducted nine traders.", "Gao"),
        ("Clashes broke out in Gao on Monday.\n\nOn Wednesday, gunmen abducted nine traders.", "Gao"),
    ],
)
def test_a_new_paragraph_of_another_day_tells_of_no_town_before_where_they_are_several(text, place):
    told = [one for one in mentions_of(text) if one.sub_event_type.startswith("Abduction")]
    assert [one.place.surface if one.place else None for one in told] == [place]
