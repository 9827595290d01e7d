"""What is fuzzed, and what must hold of it whatever the input: each target takes bytes and raises if something does not."""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geoconflict.extract.casualties.reader import find_casualties
from geoconflict.extract.dates.reader import find_times
from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.numbers import find_quantities, read_number
from geoconflict.models import Report, RunFailure
from geoconflict.reports import known_suffixes, read_documents

__all__ = ["DICTIONARY", "TARGETS"]

TODAY = dt.date(2024, 5, 1)


def reports(data: bytes) -> None:
    """Read a file of any format: reports or failures, never an exception."""
    suffixes = known_suffixes()
    suffix, content = suffixes[data[0] % len(suffixes)] if data else ".txt", data[1:]
    path = _folder() / f"2021-03-04{suffix}"
    path.write_bytes(content)
    outcomes = list(read_documents(path, today=TODAY))
    _must(bool(outcomes), "a file gives something")
    for outcome in outcomes:
        _must(isinstance(outcome, Report | RunFailure), "a report or a failure")
        if isinstance(outcome, Report):
            _must(0 <= outcome.body_start <= len(outcome.text), "the body lies in the text")
            _must(Report.from_dict(outcome.to_dict()) == outcome, "a report survives its dict")


def dates(data: bytes) -> None:
    """Find the times of a text: in order, without overlaps, the first day not after the last."""
    published_on = None
    if data and data[0] % 4:
        published_on = dt.date.fromordinal(1 + int.from_bytes(data[:3], "big") % dt.date.max.toordinal())
    text = data[3:].decode("utf-8", "replace")
    position = 0
    for time in find_times(text, published_on=published_on):
        _must(position <= time.start < time.end <= len(text), "in order, without overlaps")
        _must(text[time.start : time.end] == time.surface, "the words are those of the text")
        position = time.end
        span = time.span
        if span is not None:
            first, last = span.starts_on, span.ends_on
            _must(first is not None or last is not None, "a span has an end")
            _must(first is None or last is None or first <= last, "the first day is not after the last")


def numbers(data: bytes) -> None:
    """Read numbers and quantities in words and figures: never negative, low to high."""
    text = data.decode("utf-8", "replace").lower()
    number = read_number(text)
    _must(number is None or number >= 0, "a number is not negative")
    for quantity in find_quantities(text):
        _must(0 <= quantity.start < quantity.end <= len(text), "in the text")
        _in_order(quantity.count)


def casualties(data: bytes) -> None:
    """Find the casualties of a text: bounds in order, words those of the text."""
    text = data.decode("utf-8", "replace")
    for mention in find_casualties(_model().read(text)):
        _must(text[mention.start : mention.end] == mention.surface, "the words are those of the text")
        _in_order(mention.count)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "reports": reports,
    "dates": dates,
    "numbers": numbers,
    "casualties": casualties,
}

DICTIONARY = [
    "on ", "Thursday", "last ", "next ", "week", " 27 ", "September", "October", "1994", "two ", "days ", "ago", "overnight", "night of ", "22-23 ",
    "since ", "until ", "before ", "from ", " to ", "between ", " and ", "May", "early ", "mid-", "late ", "this ", "month", "year", "will ", "was ",
    "hours", "following", "29 February", "31 February", "third quarter", "first week of ", "two or three ", "1990s", "19th century", "00:00",
    "9999", "0000", "2020-02-30", "31/12/2019", "01.05.21", "BC", "'92", "Christmas", "Thanksgiving", " killed", " wounded", "at least ", "dozens of ",
    "twenty-", "hundred", "thousand", "million", "a dozen ", "5,000", "more than ", "three to five ", "soldiers", "civilians", "---\n", "date: ", "title: ",
    '{"text": "', '"published": "', '"}', "\n", ",", ";", "\t", '"', "\r", "\x00", "\ufeff", "id,date,text\n", "2020-10-05",
    "<rss><channel><item>", "</item></channel></rss>", "<description>", "<![CDATA[", "]]>", "<!DOCTYPE html><html>", "<p>", "<time datetime='2020-10-05'>",
    "<!ENTITY a 'b'>", "&a;", "&nbsp;", "%PDF-1.4\n", "1 0 obj\n<< ", " >>\nendobj\n", "stream\n", "\nendstream", "WARC/1.0\r\n", "Content-Length: 9\r\n",
    "From a Thu Mar  4 23:30:00 2021\n", "Date: Thu, 04 Mar 2021 23:30:00 -0500\n", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n", "=?utf-8?q?",
]  # fmt: skip
"""Pieces of which inputs are put together."""


def _in_order(count: Any) -> None:
    given = [bound for bound in (count.low, count.best, count.high) if bound is not None]
    _must(bool(given), "a count says something")
    _must(given == sorted(given) and given[0] >= 0, "low, best, high")


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise AssertionError(what)


@functools.cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="geoconflict-fuzz-"))


@functools.cache
def _model() -> Any:
    return load_language_model()
