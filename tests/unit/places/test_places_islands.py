"""Who is killed, or clashes, "on X" is on an island, and not in a town elsewhere of that name."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places import Gazetteer, resolve


@pytest.fixture(scope="module")
def place_of():
    gazetteer = Gazetteer.open()
    reader = Reader(gazetteer)

    def find(text):
        report = Report(report_id="r1", text=text, published_on=dt.date(2016, 7, 20))
        (place,) = {
            one.place.name: one.place
            for one in resolve(reader.read(report).toponyms, gazetteer=gazetteer, text=text)
            if one.place is not None
        }.values()
        return place.country, place.kind

    return find


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gunmen killed two policemen on Samar on Monday.", ("PHL", "admin2")),
        ("Marines clashed with rebels on Basilan on Monday.", ("PHL", "area")),
        ("Fighting on Masbate left four soldiers dead on Monday.", ("PHL", "admin2")),
        ("Gunmen killed two policemen on Buru island on Monday.", ("IDN", "area")),
        ("Gunmen killed two policemen on the island of Panay on Monday.", ("PHL", "area")),
        ("Rebels killed two policemen in Negros on Monday.", ("PHL", "area")),
        ("Rebels killed two policemen in Isabela City on Monday.", ("PHL", "settlement")),
    ],
)
def test_what_happens_on_it_happens_on_an_island(place_of, text, place):
    assert place_of(text) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels killed two policemen in an attack on Samara on Monday.", ("RUS", "settlement")),
        ("Gunmen killed two policemen on Jolo on Monday.", ("PHL", "settlement")),  # of no island is more known
    ],
)
def test_what_is_attacked_is_none_by_that_word(place_of, text, place):
    assert place_of(text) == place
