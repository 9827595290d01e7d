"""Periods of the calendar that events are counted in, and how the days of an event lie in them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from geoconflict.civil_day import Day, civil_day
from geoconflict.errors import InputError
from geoconflict.event_extents import Days

__all__ = ["PeriodName", "Periods", "day_number", "periods_between"]

PeriodName = Literal["day", "week", "month", "quarter", "year"]

_EPOCH: Final = dt.date(1970, 1, 1)
_MOST: Final = 200_000


class Periods:
    """Periods one after the other, without gaps."""

    def __init__(self, edges: npt.NDArray[np.int64]) -> None:
        self.edges = edges
        """The first day of each period, and the day after the last: days since 1 January 1970."""

    def __len__(self) -> int:
        return len(self.edges) - 1

    @property
    def starts(self) -> Any:
        """The first day of each, as datetime64[s]."""
        return self.edges[:-1].astype("datetime64[D]").astype("datetime64[s]")

    def shares(self, days: Days) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
        """Return (event, period, share of the event's days) for every period that an event's days touch."""
        events = np.flatnonzero(days.known & (days.last >= self.edges[0]) & (days.first < self.edges[-1]))
        first, last = days.first[events], days.last[events]
        low = np.clip(np.searchsorted(self.edges, first, "right") - 1, 0, len(self) - 1)
        high = np.clip(np.searchsorted(self.edges, last, "right") - 1, 0, len(self) - 1)
        n = high - low + 1
        event = np.repeat(np.arange(len(events)), n)
        period = np.repeat(low, n) + np.arange(n.sum()) - np.repeat(np.cumsum(n) - n, n)
        from_, to = np.maximum(first[event], self.edges[period]), np.minimum(last[event], self.edges[period + 1] - 1)
        return events[event], period, (to - from_ + 1) / (last - first + 1)[event]


def periods_between(name: PeriodName, first: int, last: int) -> Periods:
    """Return the periods from the one of day `first` to the one of day `last` (days since 1970). Weeks begin on Monday.

    Raises
    ------
    InputError
        If `name` is none of these, there would be too many, or they reach beyond the years of the calendar.
    """
    if name not in get_args(PeriodName):
        msg = f"period is {name!r}; it is {', '.join(get_args(PeriodName))}"
        raise InputError(msg)
    try:
        return Periods(np.array(_edges(name, first, last), np.int64))
    except InputError:
        raise  # which is a ValueError too
    except (OverflowError, ValueError) as error:
        msg = f"{name}s from the first day to the last reach beyond the years 1 to 9999; give since= and until=, or mend those days"
        raise InputError(msg) from error


def _edges(name: PeriodName, first: int, last: int) -> list[int]:
    edges = [_start_of(name, first)]
    while edges[-1] <= last:
        edges.append(_next_after(name, edges[-1]))
        if len(edges) > _MOST:
            msg = f"{name}s from {_date(first)} to {_date(last)} are more than {_MOST}; give since= and until="
            raise InputError(msg)
    return edges


def day_number(day: Day, what: str) -> int:
    """Return a day, as a date, a time or an ISO text, as days since 1 January 1970.

    Raises
    ------
    InputError
        If it is no day.
    """
    return (civil_day(day, what) - _EPOCH).days


def _date(number: int) -> dt.date:
    return _EPOCH + dt.timedelta(days=number)


def _start_of(name: PeriodName, number: int) -> int:
    day = _date(number)
    if name == "day":
        return number
    if name == "week":
        return number - day.weekday()
    month = {"month": day.month, "quarter": (day.month - 1) // 3 * 3 + 1, "year": 1}[name]
    return (dt.date(day.year, month, 1) - _EPOCH).days


def _next_after(name: PeriodName, start: int) -> int:
    if name in ("day", "week"):
        return start + (1 if name == "day" else 7)
    day = _date(start)
    months = day.year * 12 + day.month - 1 + {"month": 1, "quarter": 3, "year": 12}[name]
    return (dt.date(months // 12, months % 12 + 1, 1) - _EPOCH).days
