"""Names that a text enumerates: "Martuni, Hadrut and Askeran". What is enumerated together is mostly of one kind and land."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from geoconflict.models import Toponym

__all__ = ["enumerations"]

_LONGEST_GAP = 25
_COMMA = re.compile(r"^\s*[,;/]\s*(?:in\s+|the\s+|in the\s+)?$")
_CONJUNCTION = re.compile(
    r"^\s*,?\s*(?:and|or|&|as well as|et|y)\s+(?:in\s+|also\s+)?(?:the\s+|nearby\s+|neighbouring\s+|neighboring\s+)?$"
)


def enumerations(text: str, toponyms: Sequence[Toponym]) -> tuple[tuple[int, ...], ...]:
    """Return the enumerations of place names in a text, each as indexes into `toponyms` in text order.

    Names joined by commas count only where a conjunction ends the row ("A, B and C"): "A, B" alone more often says that
    A lies in B.
    """
    order = sorted(range(len(toponyms)), key=lambda index: (toponyms[index].start, -toponyms[index].end))
    found: list[tuple[int, ...]] = []
    row: list[int] = order[:1]
    joined = False
    for first, second in itertools.pairwise(order):
        a, b = toponyms[first], toponyms[second]
        gap = text[a.end : b.start] if a.end <= b.start <= a.end + _LONGEST_GAP else "."
        conjunction = _CONJUNCTION.match(gap) is not None
        if conjunction or _COMMA.match(gap):
            row.append(second)
            joined = joined or conjunction
            continue
        if joined:
            found.append(tuple(row))
        row, joined = [second], False
    if joined:
        found.append(tuple(row))
    return tuple(found)
