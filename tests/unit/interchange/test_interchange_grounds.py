import pandas as pd
import pytest
import shapely
from varied_events import varied_frames

from geoconflict.interchange.grounds import (
    PRECISION_WORDS,
    days_in_words,
    drawn_shape,
    place_in_words,
    ring,
    span_of,
)
from geoconflict.models import PlacePrecision

SPOT = shapely.Point(30, 10)
NAN = float("nan")


@pytest.fixture(scope="module")
def rows():
    """The rows of all events by the name of their place; '' has none."""
    located, unlocated = varied_frames()
    every = [*located.itertuples(), *unlocated.itertuples()]
    return {row.place_name: row for row in every}


def test_every_precision_has_words():
    assert set(PRECISION_WORDS) == {*(one.value for one in PlacePrecision), "unstated"}


@pytest.mark.parametrize("precision", ["exact", "town", "unstated"])
def test_a_spot_is_a_point(precision):
    assert drawn_shape(SPOT, precision, 3000.0) is SPOT
    assert drawn_shape(SPOT, precision, NAN) is SPOT


@pytest.mark.parametrize("precision", [one.value for one in PlacePrecision if one not in ("exact", "town", "country")])
def test_a_point_that_stands_for_more_is_its_ring_and_nothing_where_its_size_is_unknown(precision):
    drawn = drawn_shape(SPOT, precision, 9000.0)
    assert drawn.geom_type == "Polygon"
    assert drawn.contains(SPOT)
    assert drawn_shape(SPOT, precision, NAN) is None
    assert drawn_shape(SPOT, precision, 0.0) is None


def test_lines_and_areas_are_themselves_and_a_country_is_nothing():
    line, area = shapely.LineString([(0, 0), (1, 1)]), shapely.box(0, 0, 1, 1)
    assert drawn_shape(line, "line", 9000.0) is line
    assert drawn_shape(area, "admin1", NAN) is area
    for shape in (SPOT, area):
        assert drawn_shape(shape, "country", 9000.0) is None
    assert drawn_shape(None, "", NAN) is None
    assert drawn_shape(shapely.Point(), "town", NAN) is None


def test_a_ring_is_cut_at_the_date_line_and_is_none_about_a_pole():
    cut = ring(179.9, -16.0, 50_000.0)
    assert cut.geom_type == "MultiPolygon"
    (west_of, east_of) = sorted(cut.geoms, key=lambda part: part.bounds[0])
    assert west_of.bounds[0] == -180
    assert east_of.bounds[2] == 180
    assert ring(0.0, 89.9, 50_000.0) is None


def test_days_are_told_with_how_well_they_are_known(rows):
    assert days_in_words(rows["Riverton"]) == "2021-08-29"
    assert days_in_words(rows["Hill"]) == "between 2021-10-08 and 2021-10-14"
    assert days_in_words(rows["Undated"]) == "day unknown"
    assert days_in_words(rows["Before"]) == ("on or before 2021-06-13 (the day of publication; the text names no day)")
    month = rows["Hill"]._replace(date_precision="month")
    assert days_in_words(month).endswith("(known to the month)")
    after = rows["Riverton"]._replace(ends_on=pd.NaT)
    assert days_in_words(after) == "on or after 2021-08-29"


def test_places_are_told_with_how_well_they_are_known(rows):
    assert place_in_words(rows["Hill"]) == "Hill (near this place), XXA"
    assert place_in_words(rows["Land"]) == "Land (only the country is known), XXA"
    assert place_in_words(rows[""]) == "no place found"


def test_a_span_that_is_open_on_one_side_stands_at_its_other_day():
    located, _ = varied_frames()
    first, last = span_of(located.set_index("place_name"))
    assert first["Before"] == last["Before"] == pd.Timestamp("2021-06-13")
    assert pd.isna(first["Undated"])
    assert pd.isna(last["Undated"])
    assert (first["Hill"], last["Hill"]) == (pd.Timestamp("2021-10-08"), pd.Timestamp("2021-10-14"))
