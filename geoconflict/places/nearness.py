"""What a report says lies by what: "the village of X, near Y", "X, 20 km east of Y", "A, B and C near Y", "Y and the nearby village of X".

Pure functions of text and offsets. Such words choose among places of one name: one that lies far from what is said to lie
beside it is not meant. How far off "near" is in kilometres is told in ``resources/places/relative.toml``.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geoconflict.models import Role, Toponym
from geoconflict.places.words import kind_words

__all__ = ["Beside", "read_nearness"]

_LONGEST_GAP = 80
_LONGEST_BACK = 250
"""Characters before "nearby X" in which the place that it is near to is named."""
_N_BACK = 3
"""Names before "nearby X", one of which it is near to."""
_OF_A_LIST = 0.5
"""How surely "near" holds for the names of a list before the one that it stands behind."""
_ON_ITS_ROAD = 0.2
"""The same of a road to Y: what lies on it lies mostly in the land of Y or not far from it, though some lead far abroad."""
SPEAKING = (Role.ACTOR_METONYM, Role.TALKS_VENUE)
_COMES_FROM = re.compile(r"\bfrom\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}(?:of\s+)?$", re.IGNORECASE)
_REACH = 40
"""Characters before a name in which such words stand."""
_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The text says that a place lies by one of others."""

    index: int
    """The mention that it says so of."""
    others: tuple[int, ...]
    """The mentions that it lies by: by one of them at least."""
    strength: float
    """1 where the words stand beside the name, less where they may hold for another name of its list alone."""
    phrase: str
    """The words, for a person."""
    is_on_road: bool = False
    """Whether it lies only on the road to the other, which may be far at home, and seldom leads abroad."""


@functools.cache
def _near() -> re.Pattern[str]:
    """Return the pattern of what stands between X and Y in "X, a village near Y"."""
    kinds = "|".join(sorted(map(re.escape, kind_words()), key=lambda word: (-len(word), word)))
    whose = r"(?:\s+for\s+(?:[a-z'’-]+\s+){0,2}?[a-z'’-]+)?"  # "the X camp for displaced people near Y"
    described = rf",?\s+(?:an?|the)\s+(?:[\w'’-]+\s+){{0,4}}?(?:{kinds}){whose}"
    lying = r"(?:,?\s+(?:which\s+|that\s+)?(?:is|was|lies|lying|located|situated|just|right))*"
    side = r"(?:(?:to\s+the\s+)?(?:north|south|east|west)[a-z-]*\s+)?(?:of|from|away\s+from)"
    counted = rf"(?P<counted>(?:(?:about|around|some|roughly|only|nearly|over|less\s+than)\s+)*(?:\d{{1,2}}|[a-z]+)\s?-?(?:km|kms|kilomet(?:er|re)s?|miles?)\s+{side})"
    near = rf"(?:{counted}|near|close\s+to|next\s+to|(?:just\s+)?outside(?:\s+of)?|not\s+far\s+from|on\s+the\s+outskirts\s+of|opposite|across(?:\s+the\s+river)?\s+from)"
    town = r"(?:(?:the|its|a)\s+(?:[\w'’-]+\s+){0,3}?(?:of\s+)?)?"
    return re.compile(rf"(?:\s+(?:{kinds}){whose})?(?:{described})?{lying},?\s+{near}\s+{town}", re.IGNORECASE)


@functools.cache
def _nearby() -> re.Pattern[str]:
    """Return the pattern of what stands before X in "the nearby town of X", "in nearby X"; not in "a raid nearby X"."""
    before = r"(?:\b(?:the|an?|in|at|on|of|to|into|from|for|over|and|two|three|several)|,)\s+"
    return re.compile(rf"{before}(?P<nearby>nearby|neighbou?ring)\s+(?:[a-z'’-]+\s+){{0,3}}(?:of\s+)?$", re.IGNORECASE)


_ON_ROAD = re.compile(
    r",?\s+(?:along|on)\s+(?:the|a)\s+(?:main\s+)?(?:road|highway|route)\s+(?:to|towards?|from)\s+", re.IGNORECASE
)


def read_nearness(text: str, toponyms: Sequence[Toponym], rows: Iterable[Sequence[int]]) -> tuple[Beside, ...]:
    """Return what the words of `text` say of which of its names lie by each other.

    Parameters
    ----------
    text
        The whole report.
    toponyms
        Its mentions, in any order.
    rows
        Those of them that the text enumerates together, each in text order.
    """
    order = sorted(range(len(toponyms)), key=lambda index: (toponyms[index].start, -toponyms[index].end))
    row_of = {index: row for row in rows for index in row}
    found: list[Beside] = []
    for first, second in itertools.pairwise(order):
        a, b = toponyms[first], toponyms[second]
        is_next = a.end <= b.start <= a.end + _LONGEST_GAP
        if is_next and _ON_ROAD.fullmatch(text, a.end, b.start):
            phrase = " ".join(text[a.start : b.end].split())
            found.append(Beside(index=first, others=(second,), strength=_ON_ITS_ROAD, phrase=phrase, is_on_road=True))
            continue
        words = _near().fullmatch(text, a.end, b.start) if is_next else None
        if words is None or (words["counted"] and text[b.end : b.end + 1] in ("'", "’")):
            continue  # "5 km from Y's airport" is counted from what Y has
        phrase = " ".join(text[a.start : b.end].split())
        if a.role in SPEAKING or _comes_from(text, a):
            continue
        found.append(Beside(index=first, others=(second,), strength=1.0, phrase=phrase))
        found += _of_list(first, second, row_of, phrase)
    for at, index in enumerate(order):
        if (nearby := _before(text, order[:at][-_N_BACK:], toponyms, toponyms[index])) is not None:
            found.append(Beside(index=index, others=nearby[0], strength=1.0, phrase=nearby[1]))
    return tuple(found)


def _of_list(last: int, other: int, row_of: Mapping[int, Sequence[int]], phrase: str) -> list[Beside]:
    """Return what "near Y" behind the last name of a list says of those before it: "A, B and C near Y"."""
    row = row_of.get(last, ())
    before = row[: row.index(last)] if last in row and other not in row else ()
    return [Beside(index=index, others=(other,), strength=_OF_A_LIST, phrase=phrase) for index in before]


def _before(
    text: str, before: Sequence[int], toponyms: Sequence[Toponym], one: Toponym
) -> tuple[tuple[int, ...], str] | None:
    """Return the mentions before "nearby X", and the words."""
    words = _nearby().search(text, max(0, one.start - _REACH), one.start)
    if words is None:
        return None
    start = max(0, one.start - _LONGEST_BACK)
    breaks = [match.end() for match in _BREAK.finditer(text, start, one.start)]
    start = breaks[-1] if breaks else start
    others = tuple(index for index in before if start <= toponyms[index].start and toponyms[index].end <= words.start())
    return (others, " ".join(text[words.start("nearby") : one.end].split())) if others else None


def _comes_from(text: str, one: Toponym) -> bool:
    """Whether people come from there: "fighters from X near Y"."""
    return _COMES_FROM.search(text, max(0, one.start - _REACH), one.start) is not None
