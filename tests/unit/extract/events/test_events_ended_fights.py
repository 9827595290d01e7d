"""The fight in which ground changed hands is no event beside that."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def read():
    reader = Reader(Gazetteer.open())
    return lambda text: reader.read(Report(report_id="r1", text=text, published_on=dt.date(1995, 7, 13))).mentions


@pytest.mark.parametrize(
    "words", ["a five-day assault on the enclave", "a two-day battle", "55 days of fighting", "a siege"]
)
def test_a_fight_behind_after_is_that_of_the_capture(read, words):
    (mention,) = read(f"Rebels overran Gorazde on Tuesday after {words}.")
    assert mention.sub_event_type == "Non-state actor overtakes territory"


def test_its_dead_are_those_of_the_capture(read):
    (mention,) = read("Troops captured Gorazde on Tuesday after a two-day battle in which 12 people died.")
    assert mention.casualties.killed.best == 12


def test_a_fight_before_a_surrender_is_of_that_place(read):
    mentions = read("The garrison at Gorazde gave up its arms on Tuesday after a battle in which 47 soldiers died.")
    assert {(one.event_type.value, one.place.surface) for one in mentions} == {
        ("Strategic developments", "Gorazde"),
        ("Battles", "Gorazde"),
    }


def test_another_s_attack_stays_an_event_of_its_own(read):
    mentions = read("Police arrested ten men in Gorazde on Tuesday after an attack in Tuzla.")
    assert "Tuzla" in {one.place.surface for one in mentions if one.place is not None}


@pytest.mark.parametrize(
    "text", ["Truce in Gorazde after month of fighting", "Fragile ceasefire in Gorazde after days of clashes"]
)
def test_a_truce_that_heads_the_news_is_the_event_and_not_the_fight_before(read, text):
    assert [(one.sub_event_type, one.place.surface) for one in read(text)] == [("ceasefire", "Gorazde")]


@pytest.mark.parametrize(
    "text",
    [
        "No truce in Gorazde after month of fighting",
        "Calls for truce in Gorazde after month of fighting",
        "Fighting in Gorazde after ceasefire",
        "Truce in Gorazde",
    ],
)
def test_no_truce_is_none(read, text):
    assert "ceasefire" not in {one.sub_event_type for one in read(text)}
