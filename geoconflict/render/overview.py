"""What a map shows before anybody filters: which events, which not and why, from when to when, and how many dead they add up to.

The page says it with ``assets/model.js`` by the same rules; the gallery says it without opening the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from geoconflict.render.payload import Codes

__all__ = ["TOLD_STATUSES", "Overview", "Places", "Span", "Where", "overview"]

TOLD_STATUSES: Final = frozenset({"occurred", "claimed", "unstated"})
"""Whose dead are counted: what is denied, planned or feared has none yet."""

Span: TypeAlias = tuple[int | None, int | None]
"""First and last day of the timeline, days since 1970-01-01; None where the events say."""

IntArray = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class Where(IntEnum):
    """Where an event is told: on the map, or in the list of what is not, with the reason."""

    ON_MAP = 0
    COUNTRY = 1
    UNLOCATED = 2
    UNDATED = 3
    UNSURE = 4
    OUTSIDE = 5
    """Wholly before or after the timeline."""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a map, each once, in the order of its place columns: shape (n,) each."""

    lon: Floats
    """EPSG:4326 degrees; beyond 180 where the map crosses the date line."""
    lat: Floats
    radius_m: IntArray
    precision: list[str]


@dataclass(frozen=True, slots=True)
class Overview:
    """What a map shows at first."""

    where: IntArray
    """A :class:`Where` for each event, shape (n,)."""
    place: IntArray
    """The row of its place, -1 for none, shape (n,)."""
    event_type: Codes
    first_day: int | None
    """First day of the timeline, days since 1970-01-01; None where no event has a day within its bounds."""
    last_day: int | None
    killed_low: int
    """Sum of the lowest figures of the events on the map that are told to have happened; 0 for one that gives no lowest."""
    killed_high: int
    n_with_killed: int
    """Events of these that give any figure."""

    def on_map(self) -> IntArray:
        """Return the rows of the events on the map, shape (n_on_map,)."""
        return np.flatnonzero(self.where == Where.ON_MAP)


def overview(
    *,
    day: IntArray,
    days: IntArray,
    dated: Mask,
    unsure: Mask,
    place: IntArray,
    precision: list[str],
    event_type: Codes,
    status: Codes,
    killed: tuple[IntArray, IntArray, IntArray],
    span: Span,
) -> Overview:
    """Return what a map of these events shows.

    Parameters
    ----------
    day, days
        First day of each event, and how many more it lasts, shape (n,).
    dated
        Whether any day is known.
    unsure
        Whether it scores too little to be drawn.
    place, precision
        The row of its place, -1 for none; how precise each place is.
    event_type, status
        Of each event.
    killed
        The lowest, likeliest and highest figure of each, moved up by one: 0 is "not stated".
    span
        Bounds of the timeline.
    """
    last = day + days
    outside = np.zeros(len(day), bool)
    if span[0] is not None:
        outside |= dated & (last < span[0])
    if span[1] is not None:
        outside |= dated & (day > span[1])
    is_country = np.array([*(one == "country" for one in precision), False], bool)[place]
    where = np.select(
        [outside, place < 0, is_country, ~dated, unsure],
        [Where.OUTSIDE, Where.UNLOCATED, Where.COUNTRY, Where.UNDATED, Where.UNSURE],
        Where.ON_MAP,
    ).astype(np.int64)
    first_day, last_day = _timeline(day[dated], last[dated], span)
    is_told = np.array([one in TOLD_STATUSES for one in status.dictionary], bool)
    told = np.flatnonzero(where == Where.ON_MAP)
    told = told[is_told[np.asarray(status.codes)[told]]]
    low, best, high = (figures[told] for figures in killed)
    least = np.where(low > 0, low, best)
    most = np.select([high > 0, best > 0], [high, best], low)
    return Overview(
        where=where,
        place=place,
        event_type=event_type,
        first_day=first_day,
        last_day=last_day,
        killed_low=int(np.maximum(least - 1, 0).sum()),
        killed_high=int(np.maximum(most - 1, 0).sum()),
        n_with_killed=int((most > 0).sum()),
    )


def _timeline(first: IntArray, last: IntArray, span: Span) -> Span:
    """Return the days that the timeline goes from and to."""
    if not len(first):
        return None, None
    start, end = int(first.min()), int(last.max())
    start = start if span[0] is None else max(start, span[0])
    end = end if span[1] is None else min(end, span[1])
    return (start, end) if start <= end else (None, None)
