"""Points that reviewers type: one order with both named, the country that they lie in, and what speaks against them."""

import dataclasses
import functools

import pytest
from builders import place, report, source

from geoconflict.events import merge_sources
from geoconflict.models import PlacePrecision
from geoconflict.places import Gazetteer
from geoconflict.reviewing.points import TOWN_REACH_M, doubts_of_point, placed, point_words, typed_point

MASISI = place("Masisi", 28.82, -1.4, country="COD")


@pytest.fixture(scope="module")
def towns_near():
    return functools.partial(Gazetteer.open().towns_near, within_m=TOWN_REACH_M)


def event_at(at):
    (event,) = merge_sources([source(report("Shells fell."), at=at)])
    return event


def doubts(value, towns_near, *, at=MASISI, countries=()):
    point = typed_point(value)
    there, _ = placed(point, towns_near(point.lon, point.lat))
    return doubts_of_point(event_at(at), there, countries, towns_near)


@pytest.mark.parametrize(
    "value",
    [
        "28.95, -1.60",
        "28.95 -1.60",
        "lon 28.95, lat -1.60",
        "lat -1.60, lon 28.95",
        "LAT=-1.60; LON=28.95",
        "28,95; -1,60",
        "latitude: -1.6, 28.95",
    ],
)
def test_a_point_is_read_however_it_is_written(value):
    point = typed_point(value)
    assert (point.lon, point.lat, point.precision) == (28.95, -1.6, "town")
    assert typed_point(point_words(point.lon, point.lat)) == point


def test_what_is_typed_behind_a_point_is_taken():
    assert typed_point("lon 28.95, lat -1.60, near, 5000, A hill") == (28.95, -1.6, "near", 5000.0, "A hill")
    assert typed_point("28.95, -1.60, near, near").precision == "near"
    assert typed_point("geonames:1") is None


def test_swapped_numbers_are_asked_about(towns_near):
    assert doubts("28.95, -1.60", towns_near) == []
    said = doubts("-1.60, 28.95", towns_near)
    assert said[0] == "it lies in Algeria, and the event is told of Democratic Republic of the Congo"
    assert "km from Masisi" in said[1]
    assert said[2] == "were the numbers swapped? lon 28.9500, lat -1.6000 would fit"


def test_a_point_far_away_in_the_same_country_is_asked_about(towns_near):
    assert "km from Masisi, where the event is now" in " ".join(doubts("15.3, -4.4", towns_near))
    whole = dataclasses.replace(MASISI, precision=PlacePrecision.COUNTRY, radius_m=3_000_000.0)
    assert doubts("15.3, -4.4", towns_near, at=whole) == []


def test_of_an_event_without_a_place_the_countries_of_the_settings_count(towns_near):
    assert doubts("28.95, -1.60", towns_near, at=None) == []
    assert doubts("28.95, -1.60", towns_near, at=None, countries=("COD",)) == []
    said = doubts("-1.60, 28.95", towns_near, at=None, countries=("COD",))
    assert said[0] == "it lies in Algeria, which is none of places.countries"
    assert "swapped" in said[1]


def test_what_lies_far_from_all_towns_has_no_country(towns_near):
    point = typed_point("-30, 0")
    there, known_by = placed(point, towns_near(-30, 0))
    assert (there.country, known_by) == (None, "")
    assert doubts("-30, 0, country", towns_near, at=None) == ["no town is known within 300 km of it"]
    assert doubts("-30, 0, sea", towns_near, at=None) == []


def test_the_country_is_that_of_the_nearest_town_on_the_same_side_of_the_border(towns_near):
    # West of Goma; the nearest town of all may be Gisenyi, across the border in Rwanda.
    point = typed_point("29.20, -1.67")
    there, known_by = placed(point, towns_near(29.20, -1.67))
    assert (there.country, there.admin1) == ("COD", "North Kivu")
    assert known_by.startswith("country and province as of Goma, ")
    across = dataclasses.replace(place("Elsewhere", 29.21, -1.67), country="RWA")
    far = dataclasses.replace(place("Gisenyi", 29.35, -1.67), country="RWA")
    assert placed(point, [far, *towns_near(29.20, -1.67)])[0].country == "COD"
    assert placed(point, [across])[0].country == "RWA"
