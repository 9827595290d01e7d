"""Distances between shapes against the nearest of many points sampled on each, wherever they lie."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.event_extents import distances_m
from geoconflict.shape_distances import nearest_m

_STEP_DEG = 0.02


@st.composite
def lines(draw, near=None):
    """A line of few legs, which is written with longitudes of -180 to 180 also where it crosses the date line."""
    lon = draw(st.floats(-180, 180)) if near is None else near[0] + draw(st.floats(-12, 12))
    lat = draw(st.floats(-75, 75)) if near is None else np.clip(near[1] + draw(st.floats(-12, 12)), -75, 75)
    points = [(lon, float(lat))]
    for _ in range(draw(st.integers(1, 3))):
        lon += draw(st.floats(-4, 4))
        points.append((lon, float(np.clip(points[-1][1] + draw(st.floats(-3, 3)), -80, 80))))
    return points


def wrapped(points):
    return shapely.LineString([((x + 180) % 360 - 180, y) for x, y in points])


def sampled(points):
    xy = np.array(points)
    at = np.linspace(0, len(xy) - 1, round(5 / _STEP_DEG) * (len(xy) - 1) + 1)
    return np.column_stack([np.interp(at, np.arange(len(xy)), xy[:, axis]) for axis in (0, 1)])


@given(lines(), st.floats(-180, 180), st.floats(-85, 85))
@settings(max_examples=60)
def test_from_a_point_it_is_the_nearest_of_all_samples(points, lon, lat):
    xy = sampled(points)
    brute = float(distances_m(lon, lat, xy[:, 0], xy[:, 1]).min())
    found = nearest_m(shapely.Point(lon, lat), wrapped(points))
    # Samples lie up to 1.6 km from the nearest point; the search may not be nearer than the line is.
    assert brute - 1700 <= found <= brute + 50


@given(st.data())
@settings(max_examples=60)
def test_between_two_lines_it_is_the_nearest_of_all_samples(data):
    points = data.draw(lines())
    others = data.draw(lines(near=points[0]))
    a, b = sampled(points), sampled(others)
    brute = float(distances_m(a[:, None, 0], a[:, None, 1], b[None, :, 0], b[None, :, 1]).min())
    found = nearest_m(wrapped(points), wrapped(others))
    assert brute - 3400 <= found <= brute * 1.01 + 100
    assert found == pytest.approx(nearest_m(wrapped(others), wrapped(points)), rel=0.01, abs=100)
