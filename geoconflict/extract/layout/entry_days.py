"""The days of the entries of a timeline: "26 August 2022: A school is hit by an air strike", "## 11 July", then the text.

The parser takes such a heading for a sentence of its own, or for the end of the one before. What an entry tells without a day
of its own happened on the day that heads it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.models import DateBasis, DatePrecision, TimeExpression, TimexType

__all__ = ["Entries", "find_entries"]

_OPENS = re.compile(
    r"(?:^|\n|(?<=[.!?])[^\S\n])(?:[^\S\n]|[#>*_•·\-–—(\[])*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?[^\S\n]+|day[^\S\n]+\d{1,4}[^\S\n]*[(:,–-][^\S\n]*)?$",
    re.IGNORECASE,
)
"""What stands before a date that heads an entry, back to the start of the line or the sentence."""
_LONGEST_OPENING = 40
_CLOSES = re.compile(r"[)\]*_]*(?:[^\S\n]*[:|][)\]*_]*|\.(?=[^\S\n]|\n|$)|[^\S\n]+[–—-](?=\s)|[^\S\n]*(?=\n|$))")
"""What stands behind it: a colon, a bar, a dash, a full stop, or the end of the line."""
_HAS_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(?P<year>\d{4})(?:-\d{2})?$")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Entries:
    """The headings of a text, in its order."""

    heads: tuple[TimeExpression, ...]
    """Each with the day, the month or the year that it says."""

    def of(self, offset: int) -> TimeExpression | None:
        """Return the heading of the entry that a place of the text lies in, if any."""
        at = bisect_right(self.heads, offset, key=lambda head: head.start) - 1
        return self.heads[at] if at >= 0 else None

    def without(self, times: Sequence[TimeExpression]) -> tuple[TimeExpression, ...]:
        """Return the dates of a text that are no headings: only these belong to a sentence."""
        starts = {head.start for head in self.heads}
        return tuple(time for time in times if time.start not in starts)


def find_entries(text: str, times: Sequence[TimeExpression], published_on: dt.date | None) -> Entries:
    """Return the entries that dates head.

    Parameters
    ----------
    text
        The report.
    times
        Its dates, in text order.
    published_on
        Its day. One heading alone that says nothing but this day is a mark of the page, and heads no entry.

    Notes
    -----
    A heading without a year is of the year of the last heading that has one ("August 2022", then "26 August"), unless that
    lies ahead of publication.
    """
    heads: list[TimeExpression] = []
    year: int | None = None
    for time in times:
        if time.timex_type is not TimexType.DATE or not _heads(text, time):
            continue
        told = _MONTH.match(time.value[:7])
        if told is not None and _HAS_YEAR.search(time.surface):
            year = int(told["year"])
        span = time.span
        if told is not None and span is not None and not _DAY.match(time.value):
            heads.append(time)  # a month or a year: of what follows, until a day is told
            continue
        if span is None or span.precision is not DatePrecision.DAY or not _DAY.match(time.value):
            continue
        day = dt.date.fromisoformat(time.value)
        if year is not None and not _HAS_YEAR.search(time.surface):
            day = _in_year(day, year, published_on)
        if published_on is not None and day > published_on:
            continue
        on = dataclasses.replace(span, starts_on=day, ends_on=day, basis=DateBasis.STATED, surface=time.surface)
        heads.append(dataclasses.replace(time, value=day.isoformat(), span=on))
    if len(heads) == 1 and heads[0].span is not None and heads[0].span.starts_on == published_on:
        return Entries(())
    return Entries(tuple(heads))


def _heads(text: str, time: TimeExpression) -> bool:
    """Whether a date opens a line or a sentence and nothing else stands in that but its mark."""
    if _OPENS.search(text, max(0, time.start - _LONGEST_OPENING), time.start) is None:
        return False
    return _CLOSES.match(text, time.end) is not None


def _in_year(day: dt.date, year: int, published_on: dt.date | None) -> dt.date:
    try:
        moved = day.replace(year=year)
    except ValueError:  # 29 February
        return day
    return day if published_on is not None and moved > published_on else moved
