"""What is wrong with a label: each field that cannot be meant as it stands, with the repair."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

__all__ = ["Fault", "is_true", "label_faults", "number"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?")
_TRUE, _FALSE = frozenset({"true", "yes", "1", "1.0"}), frozenset({"false", "no", "0", "0.0", ""})
_DEGREES = {"lat": 90.0, "lon": 180.0}
_COUNTS = ("fatalities_low", "fatalities", "fatalities_high")


class Fault(NamedTuple):
    """What is wrong with a field."""

    field: str
    words: str
    """What, and how to mend it."""


def number(value: Any) -> float | None:
    """Return a number as a float, or None for what is none."""
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) else None


def is_true(value: Any) -> bool:
    """Whether a field that is true or false says true."""
    return str(value).strip().casefold() in _TRUE


def label_faults(row: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with a label and how to mend it; fields that are not there or blank are not stated, which is no fault."""
    told = {name: value for name, value in row.items() if value is not None and str(value).strip()}
    if "no_event" in told and str(told["no_event"]).strip().casefold() not in _TRUE | _FALSE:
        yield Fault(
            "no_event",
            f"no_event {_shown(told['no_event'])} is neither true nor false; write one of them, or leave it out",
        )
    yield from _of_days(told)
    for name, limit in _DEGREES.items():
        found = number(told.get(name, 0))
        if found is None:
            yield Fault(name, f"{name} {_shown(told[name])} is not a number; write degrees with a point, such as 39.82")
        elif abs(found) > limit:
            yield Fault(
                name,
                f"{name} {_shown(told[name])} is not from {-limit:g} to {limit:g}; write degrees, and look whether lat and lon are swapped",
            )
    alone = sorted({"lat", "lon"} & told.keys())
    if len(alone) == 1:
        yield Fault(
            alone[0], f"{alone[0]} stands without {'lon' if alone[0] == 'lat' else 'lat'}; give both, or neither"
        )
    yield from _of_deaths(told)


def _of_days(told: Mapping[str, Any]) -> Iterator[Fault]:
    days: dict[str, str] = {}
    for name in ("published", "date", "date_end"):
        if name not in told:
            continue
        text = str(told[name]).strip()
        try:
            dt.date.fromisoformat(text[:10] if _DAY.fullmatch(text) else "")
        except ValueError:
            yield Fault(name, f"{name} {_shown(told[name])} is not a day; write it like 2025-01-26")
        else:
            days[name] = text[:10]
    if "date" in days and days.get("date_end", days["date"]) < days["date"]:
        yield Fault(
            "date_end", f"date_end {days['date_end']} lies before date {days['date']}; give the first day and the last"
        )
    precision = number(told.get("date_prec", 1))
    if precision is None or precision < 0 or precision != int(precision):
        yield Fault(
            "date_prec",
            f"date_prec {_shown(told['date_prec'])} is not a whole number; write 1 for a day, or leave it out",
        )


def _of_deaths(told: Mapping[str, Any]) -> Iterator[Fault]:
    for name in _COUNTS:
        if name not in told:
            continue
        count = None if isinstance(told[name], bool) else number(told[name])
        if count is None or count < 0 or count != int(count):
            yield Fault(
                name,
                f"{name} {_shown(told[name])} is not a number of people; write it in digits, or leave it out where it is not stated",
            )


def _shown(value: Any) -> str:
    return repr(value)[:60]
