"""A basemap that is kept is the one that would be made, and is made anew where anything that makes it has changed."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geoconflict.geo import Bounds
from geoconflict.ids import canonical_json
from geoconflict.render.basemap_around import KeptBasemap, basemap_around

FOCUS = Bounds(46.0, 39.0, 47.5, 40.5)
TOWNS = [("Riverton", 46.7, 39.8, 5.0, "town"), ("Hill", 47.1, 40.1, 7.0, "town")]


def events(*shapes):
    return gpd.GeoDataFrame(geometry=[shapely.from_wkt(one) for one in shapes], crs="EPSG:4326")


HERE = events("POINT (46.7 39.8)", "POLYGON ((46 39, 47 39, 47 40, 46 40, 46 39))", "LINESTRING (46 39, 47 40)")


class Counted:
    """The names of towns, and how often they were asked for."""

    def __init__(self):
        self.n = 0

    def __call__(self, box):
        self.n += 1
        return TOWNS


def test_what_was_kept_is_what_would_be_made():
    made = basemap_around(FOCUS, wanted=True, labels=Counted(), events=HERE)
    first = KeptBasemap("key")
    labels = Counted()
    assert basemap_around(FOCUS, first, labels, HERE) == made
    again = basemap_around(FOCUS, KeptBasemap("key", first.text), labels, HERE)
    assert labels.n == 1
    assert canonical_json(again) == canonical_json(made)


@pytest.mark.parametrize(
    ("key", "focus", "shown"),
    [
        ("another", FOCUS, HERE),
        ("key", Bounds(46.0, 39.0, 47.5, 40.6), HERE),
        ("key", FOCUS, events("POINT (46.7 39.8)", "POINT (46.1 40.4)")),
    ],
    ids=["program", "box", "events"],
)
def test_it_is_made_anew_where_something_changed(key, focus, shown):
    first = KeptBasemap("key")
    labels = Counted()
    basemap_around(FOCUS, first, labels, HERE)
    changed = KeptBasemap(key, first.text)
    basemap_around(focus, changed, labels, shown)
    assert labels.n == 2
    assert changed.text != first.text


def test_more_events_where_others_are_change_nothing():
    first = KeptBasemap("key")
    labels = Counted()
    basemap_around(FOCUS, first, labels, HERE)
    more = events(*(one.wkt for one in HERE.geometry), "POINT (46.71 39.81)")
    basemap_around(FOCUS, KeptBasemap("key", first.text), labels, more)
    assert labels.n == 1
