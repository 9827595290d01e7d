"""Which rows of two frames may tell one event at all: those whose places and days meet, give or take a tolerance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geoconflict.event_extents import STAND_INS, Days, Places, distances_m
from geoconflict.geo import METRES_A_DEGREE

__all__ = ["Found", "possible_pairs"]

_LONG_DAYS: Final = 31
"""Rows of a longer span are looked at apart, so that they do not widen the window of all others."""
_BLOCK_DAYS: Final = 31

Found = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
"""Numbers of left rows, and of the right rows beside them."""


def possible_pairs(
    left: tuple[Places, Days],
    right: tuple[Places, Days],
    *,
    within_m: float,
    within_days: int,
    countries: tuple[Any, Any],
) -> Found:
    """Return the pairs of rows whose spans of days lie at most `within_days` apart and whose reaches at most `within_m`.

    A stand-in for a country, a region or a sea meets what lies within its reach, and of a country also what bears its code.

    Parameters
    ----------
    left, right
        Places and days of each side; rows without days meet nothing.
    within_m
        Metres between the edges of the two reaches.
    within_days
        Days between the two spans; 0 asks for a day in common.
    countries
        The codes of each side, "" where unknown.
    """
    found = [np.empty((2, 0), np.int64)]
    for rows, others in _blocks(left[1], right[1], within_days):
        pairs = _meeting_boxes(left[0], rows, right[0], others, within_m)
        pairs = np.concatenate([pairs, _of_one_country(left[0], rows, right[0], others, countries)], axis=1)
        found.append(np.unique(pairs, axis=1))
    i, j = np.concatenate(found, axis=1)
    apart = np.maximum(right[1].first[j] - left[1].last[i], left[1].first[i] - right[1].last[j])
    i, j = i[apart <= within_days], j[apart <= within_days]
    distance = distances_m(left[0].lon[i], left[0].lat[i], right[0].lon[j], right[0].lat[j])
    same_country = (countries[0][i] == countries[1][j]) & (countries[0][i] != "")
    stands_for_country = same_country & ((left[0].precision[i] == "country") | (right[0].precision[j] == "country"))
    near = distance - _reach_m(left[0], i) - _reach_m(right[0], j) <= within_m
    kept = near | stands_for_country
    return i[kept], j[kept]


def _blocks(left: Days, right: Days, within_days: int) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Yield rows of about a month on the left with all rows on the right whose days may meet theirs."""
    known = np.flatnonzero(left.known)
    others = np.flatnonzero(right.known)
    if not len(known) or not len(others):
        return
    is_long = left.last[known] - left.first[known] > _LONG_DAYS
    block = np.where(is_long, np.iinfo(np.int64).max, left.first[known] // _BLOCK_DAYS)
    for one in np.unique(block):
        rows = known[block == one]
        first, last = left.first[rows].min() - within_days, left.last[rows].max() + within_days
        yield rows, others[(right.last[others] >= first) & (right.first[others] <= last)]


def _meeting_boxes(left: Places, rows: Any, right: Places, others: Any, within_m: float) -> npt.NDArray[np.int64]:
    import shapely

    tree = shapely.STRtree(_boxes(left, rows, within_m, 0.0))
    found = []
    # A box that reaches beyond the date line meets what lies behind it, once round the globe.
    for shift in (-360.0, 0.0, 360.0):
        other, row = tree.query(_boxes(right, others, 0.0, shift))
        found.append(np.stack([rows[row], others[other]]))
    return np.concatenate(found, axis=1)


def _reach_m(places: Places, rows: Any) -> Any:
    """Return how far from its point an event may be; the point of a line may lie at its end, half its length from the middle."""
    return np.where(places.drawn[rows], 2 * places.radius_m[rows], places.radius_m[rows])


def _boxes(places: Places, rows: Any, more_m: float, shift: float) -> Any:
    import shapely

    tall = (_reach_m(places, rows) + more_m) / METRES_A_DEGREE
    wide = np.minimum(
        180.0, tall / np.maximum(0.02, np.cos(np.radians(np.minimum(89.0, abs(places.lat[rows]) + tall))))
    )
    lon, lat = places.lon[rows] + shift, places.lat[rows]
    return shapely.box(lon - wide, lat - tall, lon + wide, lat + tall)


def _of_one_country(
    left: Places, rows: Any, right: Places, others: Any, countries: tuple[Any, Any]
) -> npt.NDArray[np.int64]:
    found = [np.empty((2, 0), np.int64)]
    stand_ins = {
        name: (rows[left.precision[rows] == name], others[right.precision[others] == name]) for name in STAND_INS
    }
    mine, theirs = stand_ins["country"]
    for some, all_others in ((mine, others), (rows, theirs)):
        for code in sorted(set(countries[0][some].tolist()) & set(countries[1][all_others].tolist()) - {""}):
            a, b = some[countries[0][some] == code], all_others[countries[1][all_others] == code]
            found.append(np.stack([np.repeat(a, len(b)), np.tile(b, len(a))]))
    return np.concatenate(found, axis=1)
