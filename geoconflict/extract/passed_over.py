"""What might have been a place name and was not taken for one, so that nothing is left out in silence."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from geoconflict.extract.language import Document
from geoconflict.extract.name_index import NameIndex
from geoconflict.extract.toponyms import score_proposals, split_words
from geoconflict.models import Report, Toponym

__all__ = ["PassedOver", "find_passed_over"]

_LEAST_SCORE = 0.05
"""Spans less likely than this, such as "The" at the start of a sentence, are not worth a line."""
_LONGEST_NAME = 100
"""Code points; what is longer is not proposed as a name."""
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|[\u0300-\u036f'\u2019-])*")


_LATIN = ("LATIN", "MODIFIER", "FEMININE", "MASCULINE", "MICRO", "KELVIN", "ANGSTROM")
"""What the Unicode names of the letters of Latin texts begin with."""


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
    lexicons: tuple[str, ...] = (),
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
    lexicons
        The user's TOML files that add to the built-in lexicons.
    """
    taken = [(one.start, one.end) for one in toponyms]
    found: list[PassedOver] = []
    words = split_words(document.cased)
    scored = score_proposals(document, words, names, start=report.body_start, lexicons=lexicons)
    for log_odds, one in sorted(scored, key=lambda item: (-item[0], item[1].start, -item[1].end)):
        score = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
        if score >= _LEAST_SCORE and _is_free(one.start, one.end, taken):
            taken.append((one.start, one.end))
            surface = report.text[one.start : one.end]
            found.append(
                PassedOver(one.start, one.end, surface, round(score, 4), "too unlikely to be a place name here")
            )
    found += _unread(report, taken)
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _unread(report: Report, taken: Sequence[tuple[int, int]]) -> Iterator[PassedOver]:
    """Yield runs of words in one script that is not Latin, and words longer than any name."""
    runs: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(report.text, report.body_start):
        start, end = match.span()
        script = _other_script(match.group())
        if not script and end - start <= _LONGEST_NAME:
            continue
        if runs and script and runs[-1][2] == script and report.text[runs[-1][1] : start].isspace():
            runs[-1] = (runs[-1][0], end, script)
        else:
            runs.append((start, end, script))
    for start, end, script in runs:
        if script:
            why = f"written in the {script} script; names are looked for in Latin letters"
        else:
            why = f"a word of {end - start:,} characters, longer than any place name"
        if _is_free(start, end, taken):
            yield PassedOver(start, end, report.text[start:end], None, why)


def _other_script(word: str) -> str:
    """Return the script of the first letter of a word, or nothing where that is Latin."""
    name = unicodedata.name(word[0], "")
    return "" if word[0].isascii() or not name or name.startswith(_LATIN) else name.split()[0].title()


def _is_free(start: int, end: int, taken: Iterable[tuple[int, int]]) -> bool:
    return all(end <= first or last <= start for first, last in taken)
