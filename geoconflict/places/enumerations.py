"""Names that a text enumerates: "Martuni, Hadrut and Askeran". What is enumerated together is mostly of one kind and land."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence

from geoconflict.models import Toponym
from geoconflict.places.words import enumeration_words

__all__ = ["enumerations"]

_LONGEST_GAP = 25


@functools.cache
def _joiners() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a gap that a comma makes, and of one that a conjunction makes."""
    conjunctions, fillers = (
        "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
        for words in enumeration_words()
    )
    filler = rf"(?:(?:{fillers})\s+)?"
    return re.compile(rf"\s*[,;/]\s*{filler}"), re.compile(rf"\s*+,?\s*+(?:{conjunctions})\s+{filler}")


def enumerations(text: str, toponyms: Sequence[Toponym]) -> tuple[tuple[int, ...], ...]:
    """Return the enumerations of place names in a text, each as indexes into `toponyms` in text order.

    Names joined by commas count only where a conjunction ends the row ("A, B and C"): "A, B" alone more often says that
    A lies in B.
    """
    comma, conjunction = _joiners()
    order = sorted(range(len(toponyms)), key=lambda index: (toponyms[index].start, -toponyms[index].end))
    found: list[tuple[int, ...]] = []
    row: list[int] = order[:1]
    joined = False
    for first, second in itertools.pairwise(order):
        a, b = toponyms[first], toponyms[second]
        gap = text[a.end : b.start] if a.end <= b.start <= a.end + _LONGEST_GAP else "."
        ends = conjunction.fullmatch(gap) is not None
        if ends or comma.fullmatch(gap):
            row.append(second)
            joined = joined or ends
            continue
        if joined:
            found.append(tuple(row))
        row, joined = [second], False
    if joined:
        found.append(tuple(row))
    return tuple(found)
