"""Which names of a large source are worth keeping, and what its free-text dates mean."""

from __future__ import annotations

import datetime as dt
import re

from geoconflict.places.gazetteer_format import NameFlag
from geoconflict.places.gazetteer_variants import without_admin_word
from geoconflict.places.names import fold, is_latin

__all__ = [
    "LEAST_FOR_TWO_LETTERS",
    "alternate_key",
    "bare_unit_keys",
    "is_language",
    "lenient_day",
    "primary_keys",
    "validity",
]

LEAST_FOR_TWO_LETTERS = 100_000
"""People of a place that a main name of one or two letters may stand for: the village of Us is no place for "us"."""
MAX_CHARACTERS = 200
_CODE_LIKE = re.compile(r"[A-Z]{3,4}")
_LANGUAGE = re.compile(r"(?:[a-z]{2,3}(?:[-_][A-Za-z]{2,8})*)?")
_DAY = re.compile(r"(?<!\d)(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?!\d)")
_MONTH = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")
_BEFORE_CHRIST = re.compile(r"\bB\.?\s?C", re.IGNORECASE)


def is_language(code: str) -> bool:
    """Return whether a GeoNames `isolanguage` is a language (ISO 639, with a region or script) or empty.

    The pseudo-codes for links, postcodes, airports, Wikidata ids, phonetics and so on have four letters or more.
    """
    return _LANGUAGE.fullmatch(code) is not None


def alternate_key(text: str) -> str | None:
    """Return the key of an alternate name, or None if the name is not to be kept.

    Left out are codes (``GAO`` is an airport), Latin strings under three letters, those without any capital (GeoNames
    keeps machine transliterations so: nobody writes them), other strings under two, and what is too long for a name.
    """
    if len(text) > MAX_CHARACTERS or _CODE_LIKE.fullmatch(text):
        return None
    key = fold(text)
    if is_latin(text):
        return None if len(key) < 3 or text == text.lower() else key
    return key if len(key) >= 2 and any(char.isalpha() for char in key) else None


def primary_keys(text: str, *, population: int) -> list[tuple[str, int]]:
    """Return the keys of a main name with flags: the name, and what stands before its comma ("Washington, D.C.").

    Keys of one or two letters are left out for a place of fewer than ``LEAST_FOR_TWO_LETTERS`` people.
    """
    if len(text) > MAX_CHARACTERS:
        return []
    found = [(fold(text), int(NameFlag.PRIMARY))]
    head, comma, _ = text.partition(", ")
    if comma:
        found.append((fold(head), NameFlag.PRIMARY | NameFlag.VARIANT))
    least = 1 if population >= LEAST_FOR_TWO_LETTERS else 3
    return [(key, flags) for key, flags in found if len(key) >= least]


def bare_unit_keys(key: str, kind: str) -> list[str]:
    """Return the keys of an administrative unit's name without its administrative word ("donetsk oblast": "donetsk")."""
    return [rest for rest, kinds in without_admin_word(key) if kind in kinds and len(rest) > 2]


def lenient_day(text: str, *, last: bool) -> str | None:
    """Return the ISO date that a free-text date means, or None if it tells none.

    GeoNames' and others' dates are mostly years. A year or month stands for its first day, or with `last` for its last
    one, so that a doubtful day counts as inside.

    >>> lenient_day("ca. 1924", last=False), lenient_day("2016", last=True), lenient_day("19.05.2016", last=True)
    ('1924-01-01', '2016-12-31', '2016-05-19')
    """
    if _BEFORE_CHRIST.search(text):
        return None
    for pattern, order in ((_DAY, (1, 2, 3)), (_DAY_FIRST, (3, 2, 1))):
        match = pattern.search(text)
        if match is not None:
            try:
                return dt.date(*(int(match[group]) for group in order)).isoformat()
            except ValueError:
                continue
    match = _MONTH.search(text)
    if match is not None and 1 <= int(match[2]) <= 12 and int(match[1]):
        year, month = int(match[1]), int(match[2])
        if not last:
            return dt.date(year, month, 1).isoformat()
        following = dt.date(year + month // 12, month % 12 + 1, 1)
        return (following - dt.timedelta(days=1)).isoformat()
    match = _YEAR.search(text)
    if match is None:
        return None
    return f"{match[1]}-12-31" if last else f"{match[1]}-01-01"


def validity(since: str, until: str) -> tuple[str | None, str | None]:
    """Return from when to when a name was in use, as ISO dates; (None, None) when the dates contradict each other."""
    first, last = lenient_day(since, last=False), lenient_day(until, last=True)
    return (None, None) if first and last and first > last else (first, last)
