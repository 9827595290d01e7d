"""Periods of the civil calendar: days, weeks, months, seasons, years, with their TIMEX3 value and their first and last day.

Arithmetic only; nothing here reads text. Dates are proleptic Gregorian civil dates; a period ends on the last day that
belongs to it (inclusive).
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from geoconflict.models import DatePrecision

__all__ = [
    "Period",
    "between",
    "century",
    "clipped",
    "day",
    "days_of_month",
    "decade",
    "half",
    "length_of_month",
    "month",
    "nth_weekday",
    "part_of",
    "quarter",
    "reference",
    "season",
    "season_days",
    "shifted",
    "week",
    "weekend",
    "year",
]

_PRECISION = {
    "day": DatePrecision.DAY,
    "week": DatePrecision.WEEK,
    "month": DatePrecision.MONTH,
    "year": DatePrecision.YEAR,
    **dict.fromkeys(("weekend", "quarter", "season", "half", "decade", "century", "range"), DatePrecision.RANGE),
}


@dataclass(slots=True)  # not frozen, and no tuple: a text makes many, and each would take twice as long
class Period:
    """A stretch of days with its TIMEX3 value; nobody changes one."""

    value: str
    first: dt.date | None
    """None when nothing bounds it from below."""
    last: dt.date | None
    grain: str
    """day, weekend, week, month, quarter, season, half, year, decade, century or range."""

    @property
    def precision(self) -> DatePrecision:
        """How much of the calendar it leaves open."""
        if self.first is None or self.last is None:
            return DatePrecision.UNKNOWN
        return _PRECISION[self.grain]

    def called(self, value: str) -> Period:
        """Return the same days with another value."""
        return Period(value, self.first, self.last, self.grain)


def day(on: dt.date) -> Period:
    """Return one day, as 2020-09-27."""
    return Period(on.isoformat(), on, on, "day")


def week(on: dt.date) -> Period:
    """Return the ISO week, Monday to Sunday, that holds a day, as 2020-W39."""
    iso_year, iso_week, iso_day = on.isocalendar()
    monday = on - dt.timedelta(days=iso_day - 1)
    return Period(f"{iso_year:04d}-W{iso_week:02d}", monday, monday + dt.timedelta(days=6), "week")


def weekend(on: dt.date) -> Period:
    """Return Saturday and Sunday of the ISO week that holds a day, as 2020-W39-WE."""
    holder = week(on)
    saturday = on - dt.timedelta(days=on.weekday()) + dt.timedelta(days=5)
    return Period(f"{holder.value}-WE", saturday, saturday + dt.timedelta(days=1), "weekend")


def length_of_month(year_number: int, number: int) -> int:
    """Return how many days a month has; :func:`calendar.monthrange` finds the weekday of its first, too."""
    if number == 2:
        return 29 if calendar.isleap(year_number) else 28
    return 30 if number in {4, 6, 9, 11} else 31


def days_of_month(year_number: int, number: int) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a month."""
    last = dt.date(year_number, number, length_of_month(year_number, number))
    return dt.date(year_number, number, 1), last


def month(year_number: int, number: int) -> Period:
    """Return a calendar month, as 2020-09."""
    return Period(f"{year_number:04d}-{number:02d}", *days_of_month(year_number, number), "month")


def nth_weekday(year_number: int, number: int, weekday: int, which: int) -> dt.date:
    """Return the `which`-th such weekday (Monday is 0) of a month, or its last for -1."""
    if which < 0:
        last = days_of_month(year_number, number)[1]
        return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
    first = dt.date(year_number, number, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def quarter(year_number: int, number: int) -> Period:
    """Return a calendar quarter, as 2020-Q3."""
    first, last = month(year_number, 3 * number - 2), month(year_number, 3 * number)
    return Period(f"{year_number:04d}-Q{number}", first.first, last.last, "quarter")


def half(year_number: int, number: int) -> Period:
    """Return half a year, as 2020-H1."""
    first, last = month(year_number, 6 * number - 5), month(year_number, 6 * number)
    return Period(f"{year_number:04d}-H{number}", first.first, last.last, "half")


def season_days(year_number: int, code: str) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a season of the northern hemisphere, in whole months.

    "Winter 2020" may mean the one that begins or the one that ends in 2020: it spans both, so that its bounds hold.
    """
    if code == "WI":
        return dt.date(year_number - 1, 12, 1), days_of_month(year_number + 1, 2)[1]
    first_month = {"SP": 3, "SU": 6, "FA": 9}[code]
    return dt.date(year_number, first_month, 1), days_of_month(year_number, first_month + 2)[1]


def season(year_number: int, code: str) -> Period:
    """Return the days of :func:`season_days`, as 2020-SU."""
    return Period(f"{year_number:04d}-{code}", *season_days(year_number, code), "season")


def year(number: int) -> Period:
    """Return a calendar year, as 2020."""
    return Period(f"{number:04d}", dt.date(number, 1, 1), dt.date(number, 12, 31), "year")


def decade(number: int) -> Period:
    """Return ten years by their leading digits (199 for the 1990s), as 199."""
    return Period(f"{number:03d}", dt.date(number * 10, 1, 1), dt.date(number * 10 + 9, 12, 31), "decade")


def century(number: int) -> Period:
    """Return a century by its ordinal (19 for the 19th), as 18: its years share the leading digits."""
    return Period(f"{number - 1:02d}", dt.date((number - 1) * 100 + 1, 1, 1), dt.date(number * 100, 12, 31), "century")


def between(first: dt.date, last: dt.date) -> Period:
    """Return a range of days, as 2020-09-27/2020-09-30."""
    if first == last:
        return day(first)
    return Period(f"{first.isoformat()}/{last.isoformat()}", first, last, "range")


def reference(value: str) -> Period:
    """Return a period without days: PAST_REF, XXXX-10-05 and the like."""
    return Period(value, None, None, "reference")


def clipped(period: Period, earliest: dt.date | None, latest: dt.date | None) -> Period:
    """Return the period cut to the days from `earliest` to `latest`; its value stays. Unchanged if nothing would be left."""
    first, last = period.first, period.last
    if earliest is not None and (first is None or first < earliest):
        first = earliest
    if latest is not None and (last is None or last > latest):
        last = latest
    if first is not None and last is not None and first > last:
        return period
    return Period(period.value, first, last, period.grain)


def part_of(period: Period, part: str) -> Period:
    """Return the early, mid or late part of a period, value kept: generous halves, as nobody agrees on thirds.

    early is the first half, late the second half, mid the second and third quarters of its days.
    """
    if period.first is None or period.last is None or period.grain == "day":
        return period
    n_days = (period.last - period.first).days + 1
    if part == "early":
        first, last = period.first, period.first + dt.timedelta(days=(n_days + 1) // 2 - 1)
    elif part == "late":
        first, last = period.last - dt.timedelta(days=(n_days + 1) // 2 - 1), period.last
    else:
        edge = dt.timedelta(days=n_days // 4)
        first, last = period.first + edge, period.last - edge
    return Period(period.value, first, last, "range")


def _month_after(on: dt.date, n_months: int) -> tuple[int, int]:
    index = on.year * 12 + on.month - 1 + n_months
    return index // 12, index % 12 + 1


def shifted(unit: str, on: dt.date, n: int) -> Period:
    """Return the `unit` (day, week, weekend, month, quarter, half, year, decade, century) `n` units after the one holding `on`.

    Raises
    ------
    OverflowError
        If it lies outside the years 1 to 9999.
    """
    try:
        if unit == "day":
            return day(on + dt.timedelta(days=n))
        if unit == "week":
            return week(on + dt.timedelta(weeks=n))
        if unit == "weekend":
            return weekend(on + dt.timedelta(weeks=n))
        if unit == "month":
            return month(*_month_after(on, n))
        if unit == "quarter":
            index = on.year * 4 + (on.month - 1) // 3 + n
            return quarter(index // 4, index % 4 + 1)
        if unit == "half":
            index = on.year * 2 + (on.month - 1) // 6 + n
            return half(index // 2, index % 2 + 1)
        if unit == "decade":
            return decade(on.year // 10 + n)
        if unit == "century":
            return century((on.year - 1) // 100 + 1 + n)
        return year(on.year + n)
    except ValueError as error:
        raise OverflowError(str(error)) from error
