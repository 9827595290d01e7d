"""The precision of a date as other event data say it: UCDP's ``date_prec`` and ACLED's ``time_precision``.

| DateSpan.precision | UCDP date_prec | ACLED time_precision |
|---|---|---|
| DAY | 1 | 1 |
| RANGE of 1 day; 2 to 6; 7; 8 to 30 days or a calendar month; more | 1; 2; 3; 4; 5 | 1; 2; 2; 3; none |
| WEEK | 3 | 2 |
| MONTH | 4 | 3 |
| YEAR, RANGE of more than a month up to a year | 5 | none |
| UNKNOWN, RANGE of more than a year, no first or last day | none | none |

UCDP: 1 the exact day, 2 a range of 2 to 6 days, 3 the week, 4 a range of 8 to 30 days or the month, 5 more than a month up
to a year. ACLED: 1 the day, 2 the week, 3 the month. "None" means that such a row has no place in those data.
"""

from __future__ import annotations

import datetime as dt

from geoconflict.models import DatePrecision, DateSpan

__all__ = ["acled_time_precision", "ucdp_date_prec"]

_DAYS_OF_A_YEAR = 366
_OF_CLASS = {DatePrecision.DAY: 1, DatePrecision.WEEK: 3, DatePrecision.MONTH: 4, DatePrecision.YEAR: 5}
_ACLED_OF_UCDP = {1: 1, 2: 2, 3: 2, 4: 3}


def ucdp_date_prec(span: DateSpan) -> int | None:
    """Return UCDP's ``date_prec`` of a span, from 1 (the day) to 5 (up to a year), or None where UCDP has no such row.

    A range is judged by its length in days, both ends included; the other precisions by what they say.
    """
    if span.starts_on is None or span.ends_on is None or span.precision is DatePrecision.UNKNOWN:
        return None
    if span.precision is not DatePrecision.RANGE:
        return _OF_CLASS[span.precision]
    n_days = (span.ends_on - span.starts_on).days + 1
    if n_days > _DAYS_OF_A_YEAR:
        return None
    if n_days <= 7:
        return 1 if n_days == 1 else 2 if n_days < 7 else 3
    return 4 if n_days <= 30 or _is_month(span.starts_on, span.ends_on) else 5


def acled_time_precision(span: DateSpan) -> int | None:
    """Return ACLED's ``time_precision`` of a span, 1 (the day), 2 (the week) or 3 (the month), or None where ACLED has no such row."""
    prec = ucdp_date_prec(span)
    return None if prec is None else _ACLED_OF_UCDP.get(prec)


def _is_month(first: dt.date, last: dt.date) -> bool:
    """Whether a range of more than 30 days is one calendar month; shorter months need no rule, being 30 days or fewer."""
    same = (first.year, first.month) == (last.year, last.month)
    return same and first.day == 1 and last.day == 31
