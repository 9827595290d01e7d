"""The day that the first lines of a document state: a line that is a date, or the dateline of a report."""

from __future__ import annotations

import datetime as dt
import re

from geoconflict.reports._publication import parse_publication
from geoconflict.reports._rejection import Rejection

__all__ = ["day_in_first_lines"]

_MOST_LINES = 25
_LONGEST_PART = 80
_LONGEST_LINE = 400
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    r"(?<![0-9A-Za-z/.-])(?:"
    rf"[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\.?,?\s+[0-9]{{4}}"
    rf"|{_MONTH}\.?\s+[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+[0-9]{{4}}"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r")(?![0-9A-Za-z/-])",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?"
_CLOCK = r"[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:\s*[ap]\.?m\.?)?(?:\s*(?:[A-Z]{2,5}|[+-][0-9]{2}:?[0-9]{2}))?"
_LABEL = r"(?:date(?:\s+of\s+(?:issue|publication|release))?|dated|published(?:\s+on)?|issued(?:\s+on)?|released|posted|as\s+of)"
_BEFORE = re.compile(rf"[\s*_]*(?:{_LABEL}\s*:?\s*)?(?:{_WEEKDAY},?\s*)?(?:{_CLOCK},?\s*)?", re.IGNORECASE)
_AFTER = re.compile(rf"[\s,.*_]*(?:(?:at\s+)?{_CLOCK})?[\s.*_]*", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|•·;]\s*|\s+[–—-]\s+")
# "TARVAN, 23 October 2020 (Agency) — Gunners ...": a name, a comma unless it is in capitals, the day, a dash. What
# begins with a small word ("On Thursday, 4 March 2021 - a day after ...") is a sentence.
_PLACE_BEFORE = re.compile(
    r"(?!(?i:after|as|at|before|between|by|during|early|from|in|late|of|on|since|the|until)\b)"
    r"(?:[^\W\d_][\w.'’ /-]{0,50}(?:,\s*[\w.'’ -]{1,40})?(?:\s*\([^()]{1,40}\))?[,.:]|[^\W\d_a-z][^\W\d_a-z'’ -]{0,50})\s+"
)
_DASH_AFTER = re.compile(r"\s*(?:\([^()]{1,40}\)|/[^/]{1,30}/)?\s*[–—-]{1,2}\s")


def day_in_first_lines(text: str) -> dt.date | None:
    """Return the day that the first lines of `text` state as theirs; None if they state none.

    It is stated by a line, or a part of a line between bars or dashes, that is a date and nothing else but a label, a
    weekday and a time; or by a dateline before a dash. A day in a sentence is when something happened, and counts not.

    Raises
    ------
    Rejection
        If they state several days.
    """
    days: set[dt.date] = set()
    for line in [line[:_LONGEST_LINE] for line in text[:10_000].split("\n") if line.strip()][:_MOST_LINES]:
        for found in _DATE.finditer(line):
            if _is_stated(line, found) and (day := _day(found[0])) is not None:
                days.add(day)
    if len(days) > 1:
        names = " and ".join(day.isoformat() for day in sorted(days))
        msg = f"the first lines give several days, {names}"
        raise Rejection(msg, "rename the file to begin with the day of publication (YYYY-MM-DD)")
    return days.pop() if days else None


def _is_stated(line: str, found: re.Match[str]) -> bool:
    part_start = max((one.end() for one in _PARTS.finditer(line, 0, found.start())), default=0)
    part_end = next((one.start() for one in _PARTS.finditer(line, found.end())), len(line))
    before, after = line[part_start : found.start()], line[found.end() : part_end]
    if part_end - part_start <= _LONGEST_PART and _BEFORE.fullmatch(before) and _AFTER.fullmatch(after):
        return True
    head = line[: found.start()].lstrip()
    is_dateline = head[:1].isupper() and _PLACE_BEFORE.fullmatch(head) and _DASH_AFTER.match(line, found.end())
    return bool(is_dateline)


def _day(written: str) -> dt.date | None:
    try:
        publication = parse_publication(written)
    except Rejection:
        return None
    return publication.on if publication else None
