"""Publication dates: the written forms that can mean one day only, and the window they must fall into."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from geoconflict.errors import ConfigError
from geoconflict.reports._rejection import Rejection

__all__ = ["DateWindow", "Publication", "date_in_name", "parse_publication"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_CLOCK = r"(?:,?\s+(?:at\s+)?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<month>[a-z]{{3,9}})\.?,?[\s-]+"
    rf"(?P<year>[0-9]{{4}}){_CLOCK}"
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<month>[a-z]{{3,9}})\.?\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[0-9]{{4}}){_CLOCK}"
)
_YEAR_FIRST = re.compile(
    r"(?P<year>[0-9]{4})(?P<sep>[-/._])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?P<rest>.*)"
)
_COMPACT = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?P<time>[0-9]{6})?")
_RFC_2822 = re.compile(
    r"(?:[a-z]{3},\s+)?[0-9]{1,2}\s+[a-z]{3}\s+[0-9]{4}\s+[0-9]{2}:[0-9]{2}(?::[0-9]{2})?\s+(?:[+-][0-9]{4}|[a-z]{1,5})"
)
_AMBIGUOUS = re.compile(r"(?P<first>[0-9]{1,2})[/.\- ](?P<second>[0-9]{1,2})[/.\- ](?P<year>[0-9]{4}|[0-9]{2})\b.*")
_NAME_DATE = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>[0-9]{4})(?P<sep>[-_.]?)(?P<month>[0-9]{2})(?P=sep)(?P<day>[0-9]{2})(?=[^0-9A-Za-z]|T[0-9]|$)"
)
_REPAIR = "write it as YYYY-MM-DD"
_ABSENT = frozenset({"", "null", "none", "nan", "nat", "n/a"})


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication date: the civil day as written, and the instant where the input has a time with a zone."""

    on: dt.date
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class DateWindow:
    """The days a publication date may fall on, both inclusive."""

    earliest: dt.date
    latest: dt.date

    @classmethod
    def from_settings(cls, earliest: str, latest: str, today: dt.date) -> DateWindow:
        """Return the window of the settings; an empty `latest` is the day after `today`, for zones ahead of ours.

        Raises
        ------
        ConfigError
            If a bound is not an ISO date, or the window is empty.
        """
        bounds = []
        for key, value in (("earliest", earliest), ("latest", latest)):
            try:
                bounds.append(dt.date.fromisoformat(value) if value else today + dt.timedelta(days=1))
            except ValueError:
                msg = f"reports.{key} is {value!r}, which is no date; {_REPAIR}"
                raise ConfigError(msg) from None
        if bounds[0] > bounds[1]:
            msg = f"reports.earliest {bounds[0]} lies after reports.latest {bounds[1]}; no report could be read"
            raise ConfigError(msg)
        return cls(bounds[0], bounds[1])

    def check(self, day: dt.date) -> None:
        """Raise a :class:`Rejection` if `day` lies outside."""
        if day < self.earliest:
            repair = "mend the date, or set reports.earliest in geoconflict.toml to an earlier day"
            msg = f"dated {day}, before the earliest day allowed, {self.earliest}"
            raise Rejection(msg, repair)
        if day > self.latest:
            repair = "mend the date, or set reports.latest in geoconflict.toml to a later day"
            msg = f"dated {day}, after the latest day allowed, {self.latest}"
            raise Rejection(msg, repair)


def parse_publication(written: object) -> Publication | None:
    """Return the publication date that `written` names; None if it names nothing ("", "null", "NaN").

    Accepted are ISO 8601 dates and timestamps, the year first with slashes, dots or underscores, YYYYMMDD and
    YYYYMMDDhhmmss, RFC 2822, and English with the month in letters. A date in digits that does not begin with the year
    is refused, since 04/10 is April in one country and October in the next.

    The civil day is the one written: 23:30 at -05:00 on 4 October is 4 October, though already the 5th in UTC.

    Raises
    ------
    Rejection
        If it is no date, names no day, is ambiguous, or is a day that no calendar has.
    """
    if written is None:
        return None
    if isinstance(written, bool) or not isinstance(written, str | int):
        msg = f"the date is {written!r:.60}, which is not a string"
        raise Rejection(msg, _REPAIR)
    text = " ".join(str(written).split())
    if text.casefold() in _ABSENT:
        return None
    if len(text) > 100:
        msg = f"{text[:60]!r}... is no date"
        raise Rejection(msg, _REPAIR)
    try:
        return _parse(text)
    except (ValueError, OverflowError):
        msg = f"there is no such date as {text!r}"
        raise Rejection(msg, _REPAIR) from None


def date_in_name(name: str) -> dt.date | None:
    """Return the date in a file's name (2020-10-04-foo, foo_2020_10_04, 20201004), or None if there is none.

    Digits without separators that no calendar has are a number and no date.

    Raises
    ------
    Rejection
        If two different dates stand in the name, or one with separators that no calendar has.
    """
    days = set()
    for found in _NAME_DATE.finditer(name):
        try:
            day = _date(found)
        except ValueError:
            if found["sep"]:
                what = f"there is no such date as {found[0]!r} in the file's name"
                raise Rejection(what, "rename the file, or give the date in front matter") from None
            continue
        if found["sep"] or 1800 <= day.year < 2200:
            days.add(day)
    if len(days) > 1:
        names = " and ".join(day.isoformat() for day in sorted(days))
        msg = f"the file's name holds several dates, {names}"
        raise Rejection(msg, "give the date in front matter")
    return days.pop() if days else None


def _parse(text: str) -> Publication:
    lowered = text.lower()
    if found := _COMPACT.fullmatch(text):
        time = found["time"]
        if time:
            dt.time.fromisoformat(time)
        return Publication(_date(found))
    if found := _YEAR_FIRST.fullmatch(text):
        return _year_first(found, text)
    if found := (_DAY_FIRST.fullmatch(lowered) or _MONTH_FIRST.fullmatch(lowered)):
        month = _month(found["month"], text)
        return Publication(dt.date(int(found["year"]), month, int(found["day"])))
    if _RFC_2822.fullmatch(lowered):
        import email.utils

        return _publication(email.utils.parsedate_to_datetime(text))
    if found := _AMBIGUOUS.fullmatch(text):
        if not (readings := _candidates(found)):
            msg = f"there is no such date as {text!r}"
            raise Rejection(msg, _REPAIR)
        msg = f"the date {text!r} does not say which number is the day"
        raise Rejection(msg, f"{_REPAIR}: {readings}")
    if re.fullmatch(r"[0-9]{9,13}(\.[0-9]+)?", text):
        msg = f"the date {text!r} is a bare number"
        raise Rejection(msg, _REPAIR)
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2})?|[A-Za-z]{3,9} [0-9]{4}", text):
        msg = f"the date {text!r} names no day"
        raise Rejection(msg, _REPAIR)
    msg = f"{text!r} is no date"
    raise Rejection(msg, _REPAIR)


def _year_first(found: re.Match[str], text: str) -> Publication:
    day, rest = _date(found), found["rest"].strip()
    if not rest:
        return Publication(day)
    clock = re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", rest, flags=re.IGNORECASE)
    clock = re.sub(r"\s+(?=[+-][0-9]{2}:?[0-9]{2}$)", "", clock).lstrip("Tt ,")
    try:
        return _publication(dt.datetime.fromisoformat(f"{day.isoformat()}T{clock}"))
    except ValueError:
        msg = f"{text!r} begins with a date, but what follows is no time"
        raise Rejection(msg, _REPAIR) from None


def _publication(moment: dt.datetime) -> Publication:
    if moment.tzinfo is None:
        return Publication(moment.date())
    return Publication(moment.date(), moment.astimezone(dt.UTC))


def _date(found: re.Match[str]) -> dt.date:
    return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))


def _month(word: str, text: str) -> int:
    for number, name in enumerate(_MONTHS, start=1):
        if word in (name, name[:3]) or (word == "sept" and number == 9):
            return number
    msg = f"{text!r} is no date: there is no month {word!r}"
    raise Rejection(msg, _REPAIR)


def _candidates(found: re.Match[str]) -> str:
    """Return the readings of a date in digits, for the message."""
    year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
    first, second = int(found["first"]), int(found["second"])
    readings = []
    for month, day in ((second, first), (first, second)):
        try:
            reading = dt.date(int(year), month, day).isoformat()
        except ValueError:
            continue
        if reading not in readings:
            readings.append(reading)
    return " or ".join(readings)
