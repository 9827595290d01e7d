"""The text of a report as words that are compared: typography, case and spelled numbers make no difference."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from geoconflict.events.copies.rules import copy_rules
from geoconflict.models import Report

__all__ = ["Kind", "Words", "words_of"]

_TOKEN = re.compile(r"\d+(?:[.,'\u2019 ]\d{3})+(?!\d)|\d+|[^\W\d_]+(?:['\u2019\u02bc`\u00b4][^\W\d_]+)*")
_APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4]")
_SENTENCE_END = re.compile(r"[.!?\u2026:\u2022*\n][\s\"'\u201c\u201d\u2018\u2019()\[\]-]*$")
_DATELINE = re.compile(
    r"\s*[^\n.!?]{2,90}?(?:\(.{2,40}?\)\s*)?\s(?:[-\u2010-\u2015]{1,2})\s|\s*[^\W\d_a-z][^\n.!?a-z:]{2,60}:\s"
)
_HEADLINE = re.compile(r"[^\n]{2,120}(?<![.!?,;\u2026\"\u201d])[ \t]*\n\s*(?=\S)")
_MOSTLY = 0.6
"""Above this share of capitals among its words a text is written in capitals, and they tell no names."""


class Kind(Enum):
    """What a word says that a copy does not change."""

    NUMBER = "number"
    DAY = "day"
    NAME = "name"


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of a report, its heading and dateline left out.

    What tells facts is found when it is asked for: of most reports only the words themselves are, for their sketch.
    """

    report_id: str
    norms: tuple[str, ...]
    """As they are compared."""
    shown: tuple[str, ...]
    """As the report has them."""
    starts: tuple[int, ...]
    """Where each begins in `text`."""
    text: str
    first: int
    """Where the text begins, behind heading and dateline."""
    published_on: dt.date | None
    origin: tuple[str, str] | None
    """The outlet and the address, where both are known: two texts of one origin are versions of one article."""

    @functools.cached_property
    def begins(self) -> tuple[bool, ...]:
        """Whether each begins a sentence or a line."""
        return tuple([_begins(self.text, at, self.first) for at in self.starts])

    @functools.cached_property
    def kinds(self) -> tuple[Kind | None, ...]:
        """What each says that a copy does not change."""
        return _kinds(self.norms, self.shown, self.begins)


def words_of(report: Report) -> Words:
    """Return the words of a report.

    Names are words with a capital that do not only begin a sentence; in a script without capitals no word is known for a
    name. Months, weekdays and number words are known in English alone.
    """
    text = unicodedata.normalize("NFKC", report.text[report.body_start :])
    if not text.isascii():
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")  # soft hyphens, marks of direction
    start = _start(text, report.title)
    norms, shown, starts = [], [], []
    for norm, match in _numbers_joined(_TOKEN.finditer(text, start)):
        norms.append(norm)
        shown.append(match.group())
        starts.append(match.start())
    return Words(
        report_id=report.report_id,
        norms=tuple(norms),
        shown=tuple(shown),
        starts=tuple(starts),
        text=text,
        first=start,
        published_on=report.published_on,
        origin=(report.source, report.url) if report.source and report.url else None,
    )


def _start(text: str, title: str | None) -> int:
    """Return where the text begins behind a headline (a first line that ends no sentence) and a dateline."""
    at = len(text) - len(text.lstrip())
    heading = unicodedata.normalize("NFKC", title or "").strip()
    if heading and text.startswith(heading, at):
        at += len(heading)
    elif found := _HEADLINE.match(text, at):
        at = found.end()
    found = _DATELINE.match(text, at)
    return found.end() if found and _is_dateline(found.group()) else at


def _is_dateline(head: str) -> bool:
    """Whether what stands before a dash names a place or an agency: it has hardly a word without a capital."""
    words = [match.group() for match in _TOKEN.finditer(head) if not match.group().isdigit()]
    small = [word for word in words if word[0].islower()]
    return bool(words) and len(small) <= len(words) // 3


def _norm(token: str) -> str:
    if token.isascii() and token.isalpha():  # most words
        return token.casefold()
    if token[0].isdigit():
        # By character: a trap has more digits than an integer is read from.
        return "".join(str(unicodedata.decimal(one)) for one in token if one.isdecimal()).lstrip("0") or "0"
    return _APOSTROPHES.sub("", token).casefold()


def _numbers_joined(matches: Iterator[re.Match[str]]) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield words as they are compared; "twenty-five" is one word, 25, shown by its first."""
    rules = copy_rules()
    waiting: tuple[int, re.Match[str]] | None = None
    for match in matches:
        norm = _norm(match.group())
        if waiting is not None:
            ten, first = waiting
            waiting = None
            if norm in rules.units:
                yield str(ten + rules.units[norm]), first
                continue
            yield str(ten), first
        if norm in rules.tens:
            waiting = rules.tens[norm], match
        else:
            yield str(rules.units.get(norm, rules.numbers.get(norm, norm))), match
    if waiting is not None:
        yield str(waiting[0]), waiting[1]


def _begins(text: str, at: int, start: int) -> bool:
    """Whether a word begins a sentence or a line."""
    return at == start or _SENTENCE_END.search(text, max(start, at - 6), at) is not None


def _kinds(norms: Sequence[str], shown: Sequence[str], begins: Sequence[bool]) -> tuple[Kind | None, ...]:
    rules = copy_rules()
    inside = {norm for norm, word, first in zip(norms, shown, begins, strict=True) if word[0].isupper() and not first}
    small = {norm for norm, word in zip(norms, shown, strict=True) if word[0].islower()}
    capitals = sum(word[0].isupper() for word in shown)
    names = set() if capitals > _MOSTLY * len(shown) else inside - small

    def kind(norm: str, word: str, *, first: bool) -> Kind | None:
        if norm.isdigit():
            return None if norm == "1" and word.isalpha() else Kind.NUMBER  # "one of them" counts nothing
        if norm in rules.weekdays or norm in rules.days_before:
            return Kind.DAY
        if norm in rules.months:
            # "may" is a verb, "march" a walk, unless a capital within a sentence says otherwise.
            return Kind.DAY if word[0].isupper() and not first else None
        return Kind.NAME if len(norm) > 1 and norm in names and word[0].isupper() else None

    return tuple(kind(norm, word, first=first) for norm, word, first in zip(norms, shown, begins, strict=True))
