import numpy as np
import pytest
import shapely
from few_events import few_events

from geoconflict.event_extents import FRESH_DAYS, NO_DAY, days_of_events, distances_m, places_of_events
from geoconflict.events.rules import rules
from geoconflict.geo import distance_m


def numbers(*days):
    return [NO_DAY if day is None else int(np.datetime64(day, "D").astype(int)) for day in days]


def test_days_are_as_wide_as_their_precision_says():
    frame = few_events(
        {"day": "2020-10-10"},
        {"day": "2020-10-10", "date_precision": "week"},
        {"days": ("2020-10-05", "2020-10-11"), "date_precision": "week"},
        {"day": "2020-10-16", "date_precision": "month"},
        {"days": (None, "2020-10-10"), "date_basis": "published", "date_precision": "unknown"},
        {"days": (None, "2020-10-10"), "date_precision": "unknown"},
        {"days": (None, None)},
    )
    days = days_of_events(frame)
    first = ("2020-10-10", "2020-10-07", "2020-10-05", "2020-10-01", "2020-10-08", None, None)
    last = ("2020-10-10", "2020-10-13", "2020-10-11", "2020-10-31", "2020-10-10", "2020-10-10", None)
    assert days.first.tolist() == numbers(*first)
    assert days.last.tolist() == numbers(*last)
    assert days.known.tolist() == [True, True, True, True, True, False, False]


def test_news_without_a_day_is_as_fresh_as_merging_takes_it_to_be():
    assert rules().fresh_days == FRESH_DAYS


def test_a_place_reaches_as_far_as_its_precision_says():
    frame = few_events(
        {"place_precision": "town", "radius_m": 0.0},
        {"place_precision": "town", "radius_m": None},
        {"place_precision": "near", "radius_m": None},
        {"place_precision": "admin1", "radius_m": 0.0},
        {"place_precision": "admin1", "radius_m": 45_000.0},
        {"place_precision": "line", "at": shapely.LineString([(46.0, 0.0), (47.0, 0.0)])},
    )
    places = places_of_events(frame)
    assert places.radius_m[:5].tolist() == [0.0, 3_000.0, 10_000.0, 60_000.0, 45_000.0]
    assert places.radius_m[5] == pytest.approx(55_597, abs=5)  # half a degree at the equator
    assert places.drawn.tolist() == [False] * 5 + [True]


def test_distances_of_arrays_are_those_of_points():
    assert distances_m(46.7, 39.8, 47.1, 39.9) == pytest.approx(distance_m(46.7, 39.8, 47.1, 39.9))
    assert distances_m(179.9, 0, -179.9, 0) == pytest.approx(22_239, abs=1)
