import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.errors import InputError
from geoconflict.geo import Bounds, bearing_deg, bounds_of, checked_bounds, distance_m, offset, to_lat_lon

LON = st.floats(-180, 180)
LAT = st.floats(-89, 89)


def test_a_degree_of_latitude_is_111_km():
    assert distance_m(0, 0, 0, 1) == pytest.approx(111_195, abs=1)


@pytest.mark.parametrize("box", [(10, 20, 30, 40), [170.0, -20.0, 200.0, -10.0], Bounds(5, 5, 5, 5)])
def test_a_box_may_be_a_point_and_cross_the_date_line(box):
    assert checked_bounds(box) == Bounds(*map(float, box))


@pytest.mark.parametrize(
    "odd",
    [(30, 20, 10, 40), (10, 40, 30, 20), (10, 20, 30), (10, 20, 30, 95), (10, 20, float("nan"), 40), 7, "abcd", None],
)
def test_what_is_no_box_is_refused(odd):
    with pytest.raises(InputError, match="view: .* is no box; give west, south, east, north"):
        checked_bounds(odd, "view")


@given(LON, LAT, LON, LAT)
def test_distance_is_symmetric_and_not_negative(lon_a, lat_a, lon_b, lat_b):
    there = distance_m(lon_a, lat_a, lon_b, lat_b)
    assert there >= 0
    assert there == pytest.approx(distance_m(lon_b, lat_b, lon_a, lat_a), abs=1e-3)


@given(LON, st.floats(-80, 80), st.floats(1, 500_000), st.floats(0, 360))
def test_an_offset_lies_as_far_away_as_asked(lon, lat, metres, bearing):
    assert distance_m(lon, lat, *offset(lon, lat, distance_m=metres, bearing_deg=bearing)) == pytest.approx(
        metres, rel=1e-4, abs=0.1
    )


def test_north_goes_north():
    lon, lat = offset(47, 39, distance_m=10_000, bearing_deg=0)
    assert lon == pytest.approx(47)
    assert lat == pytest.approx(39.0899, abs=1e-3)


def test_bounds_and_padding():
    assert bounds_of([]) is None
    assert bounds_of([(47, 39), (46, 40)]) == Bounds(46, 39, 47, 40)
    assert Bounds(46, 39, 48, 40).padded(0.25, 1) == Bounds(45, 38, 49, 41)
    assert Bounds(-180, -90, 180, 90).padded(0.25, 1) == Bounds(-180, -90, 180, 90)


def test_latitude_comes_first_only_here():
    assert to_lat_lon(47.1, 39.8) == (39.8, 47.1)


@given(LON, st.floats(-80, 80), st.floats(1, 359), st.integers(1_000, 500_000))
def test_the_bearing_is_the_one_that_the_offset_was_made_with(lon, lat, bearing, metres):
    end = offset(lon, lat, distance_m=metres, bearing_deg=bearing)
    assert bearing_deg(lon, lat, *end) == pytest.approx(bearing, abs=0.01)
