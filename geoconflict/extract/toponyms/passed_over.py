"""What might have been a place name and was not taken for one, so that nothing is left out in silence."""

from __future__ import annotations

import bisect
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoconflict.extract.language.model import Document
from geoconflict.extract.name_index import NameIndex
from geoconflict.extract.toponyms.evidence_words import EvidenceWords
from geoconflict.extract.toponyms.recognition import score_proposals
from geoconflict.extract.toponyms.text_words import split_words
from geoconflict.models import Report, Toponym
from geoconflict.scripts import MARKS, script_of, why_mixed

__all__ = ["PassedOver", "find_passed_over", "find_unread"]

_LEAST_SCORE = 0.05
"""Spans less likely than this, such as "The" at the start of a sentence, are not worth a line."""
_LONGEST_NAME = 100
"""Code points; what is longer is not proposed as a name."""
_WORD = re.compile(rf"[^\W\d_](?:[^\W_]|[{MARKS}'\u2019-])*")


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A span that is no place name as far as can be told."""

    start: int
    end: int
    surface: str
    score: float | None
    """How surely it is a place name, 0 to 1; None where it was not weighed."""
    why: str


def find_passed_over(
    document: Document,
    names: NameIndex,
    toponyms: Sequence[Toponym],
    *,
    report: Report,
    lexicon: EvidenceWords | None = None,
) -> tuple[PassedOver, ...]:
    """Return the spans that were weighed and found too unlikely, and those that could not be weighed, in text order.

    Parameters
    ----------
    document
        ``report.text`` as the language model reads it.
    names
        The gazetteer's names.
    toponyms
        The mentions that were taken for places; what overlaps them is left out.
    report
        Text before its `body_start` is skipped.
    lexicon
        The word lists, where the user's files add to the built-in ones.
    """
    taken = _Taken(toponyms)
    found: list[PassedOver] = []
    words = split_words(document.cased)
    scored = score_proposals(document, words, names, start=report.body_start, lexicon=lexicon)
    for log_odds, one in sorted(scored, key=lambda item: (-item[0], item[1].start, -item[1].end)):
        score = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
        if score >= _LEAST_SCORE and taken.is_free(one.start, one.end):
            taken.add(one.start, one.end)
            surface = report.text[one.start : one.end]
            why = why_mixed(surface) or "too unlikely to be a place name here"
            found.append(PassedOver(one.start, one.end, surface, round(score, 4), why))
    found += _unread(report, taken)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def find_unread(report: Report, toponyms: Sequence[Toponym]) -> tuple[PassedOver, ...]:
    """Return what of a text could not be weighed as a name, in text order.

    That is runs of words in one script that is not Latin, words of letters of several scripts, and words longer than any
    name, as far as no mention overlaps them.

    Parameters
    ----------
    report
        Text before its `body_start` is skipped.
    toponyms
        The mentions that were taken for places.
    """
    return tuple(_unread(report, _Taken(toponyms)))


class _Taken:
    """Spans that do not overlap."""

    def __init__(self, toponyms: Sequence[Toponym]) -> None:
        self._spans = sorted((one.start, one.end) for one in toponyms)

    def add(self, start: int, end: int) -> None:
        bisect.insort(self._spans, (start, end))

    def is_free(self, start: int, end: int) -> bool:
        at = bisect.bisect_left(self._spans, (end, 0))
        return at == 0 or self._spans[at - 1][1] <= start


def _unread(report: Report, taken: _Taken) -> Iterator[PassedOver]:
    text = report.text
    run: tuple[int, int, str] | None = None
    for match in _WORD.finditer(text, report.body_start):
        start, end = match.span()
        if not taken.is_free(start, end):
            continue
        script = "" if why_mixed(match.group()) else script_of(match.group())
        if run is not None and script and run[2] == script and text[run[1] : start].isspace():
            run = (run[0], end, script)
            continue
        if run is not None:
            yield _of_script(text, run)
        run = (start, end, script) if script else None
        why = "" if script else why_mixed(match.group()) or _why_long(end - start)
        if why:
            yield PassedOver(start, end, text[start:end], None, why)
    if run is not None:
        yield _of_script(text, run)


def _of_script(text: str, run: tuple[int, int, str]) -> PassedOver:
    start, end, script = run
    why = f"written in the {script} script, in which no name was recognised here"
    return PassedOver(start, end, text[start:end], None, why)


def _why_long(n_letters: int) -> str:
    return f"a word of {n_letters:,} characters, longer than any place name" if n_letters > _LONGEST_NAME else ""
