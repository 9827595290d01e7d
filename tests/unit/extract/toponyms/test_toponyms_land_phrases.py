"""A country called by the adjective of its people and a word for its land is a place."""

import datetime as dt

import pytest
from few_names import reading_of

from geoconflict.extract.reader import Reader
from geoconflict.extract.toponyms.land_phrases import land_of
from geoconflict.models import Report
from geoconflict.places import Gazetteer


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rockets were fired into Egyptian territory on Monday.", ["Egyptian territory"]),
        ("A rocket fell on South Sudanese soil.", ["South Sudanese soil"]),
        ("TWO JETS WERE SHOT DOWN IN MALIAN AIRSPACE.", ["MALIAN AIRSPACE"]),
        ("Two jets were shot down in Malian-held territory.", []),
        ("Two jets were shot down in the Egyptian territory of Halaib.", []),
        ("Clashes broke out over Malian soil samples.", []),
        ("Clashes broke out in Kurdish territory.", []),
        ("Shells fired from Malian territory killed two people.", []),
        # nothing is told of it
        ("Malian territory is wide.", []),
    ],
)
def test_a_phrase_is_a_place_where_it_is_the_whole_country_and_something_happened_there(text, found):
    assert [one.surface for one in reading_of(text).toponyms if land_of(one.surface)] == found


@pytest.fixture(scope="module")
def places():
    gazetteer = Gazetteer.open()
    reader = Reader(gazetteer)

    def find(text):
        report = Report(report_id="r", text=text, published_on=dt.date(2023, 4, 12))
        return [one.place.surface if one.place else None for one in reader.read(report).mentions]

    return find


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hezbollah fired rockets into Israeli territory on Monday.", ["Israeli territory"]),
        ("Sudanese forces shelled Chadian territory near Adre on Monday.", ["Adre"]),
        ("Rockets fired from Lebanese territory hit Metula on Monday.", ["Metula"]),
    ],
)
def test_what_happens_there_is_told_of_the_country_and_of_a_town_before_it(places, text, told):
    assert places(text) == told
