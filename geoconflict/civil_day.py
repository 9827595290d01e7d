"""Days as arguments: a date, a time or an ISO text becomes a day in one way everywhere."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeAlias

from geoconflict.errors import InputError

__all__ = ["Day", "civil_day", "civil_span"]

Day: TypeAlias = dt.date | str
"""A day as it may be given: a date, a time of any kind (of which the day counts), or ISO text such as 2020-09-27."""


def civil_day(value: Any, what: str) -> dt.date:
    """Return a day that was given; of a time with a zone it is that of the zone.

    Parameters
    ----------
    value
        A :data:`Day`, or a ``datetime64`` of numpy.
    what
        What to call the argument in the error.

    Raises
    ------
    InputError
        If it is no day, or one that is missing.
    """
    given = value.astype("datetime64[D]").item() if type(value).__name__ == "datetime64" else value
    try:
        if isinstance(given, str):
            return dt.date.fromisoformat(given.strip())
        if isinstance(given, dt.date):
            return dt.date(given.year, given.month, given.day)  # the missing time of pandas has no year
    except (TypeError, ValueError):
        pass
    msg = f"{what}: {value!r} is no day; write it like '2020-09-27'"
    raise InputError(msg) from None


def civil_span(
    first: Day | None, last: Day | None, what: tuple[str, str] = ("since", "until")
) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of a span, None where it is open.

    Raises
    ------
    InputError
        If one is no day, or the span ends before it begins.
    """
    since, until = (
        None if day is None else civil_day(day, name) for day, name in zip((first, last), what, strict=True)
    )
    if since is not None and until is not None and since > until:
        msg = f"{what[0]} is {since}, after {what[1]} {until}; exchange them"
        raise InputError(msg)
    return since, until
