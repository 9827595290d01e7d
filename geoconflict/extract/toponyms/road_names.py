"""Roads named by the places they join: "the Mopti-Bandiagara road", "the A–B–C highway".

A hyphen or a dash ties the names together, so the detector of names takes them for one or finds the last alone. Before a
noun of roads each is a place of its own. Words are data, ``resources/lexicons/roads.toml``.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from geoconflict.extract.language.model import Document
from geoconflict.extract.lexicon import lexicon_words, read_demonyms
from geoconflict.extract.name_index import NameIndex
from geoconflict.models import NameMatch

__all__ = ["RoadEnd", "find_road_ends"]

_MOST_DASHES = 6
_PLAIN_TAIL = re.compile(r"(?:\s[a-z]+)+$")
"""Words of the sentence behind the last name: "supply" of "supply road"."""
_DASHES = r"\-\u2010\u2011\u2012\u2013\u2014"


class RoadEnd(NamedTuple):
    """A name that a road is named by."""

    start: int
    end: int
    match: NameMatch | None
    """What the gazetteer has under this name."""


@functools.cache
def _compound() -> re.Pattern[str]:
    never = "|".join(sorted(lexicon_words("roads", "not_before")))
    nouns = "|".join(sorted(map(re.escape, lexicon_words("roads", "nouns")), key=lambda noun: (-len(noun), noun)))
    word = r"[^\W\d_][\w'’]*"
    name = rf"{word}(?:[ \u00a0](?=[^\W\d_]){word}){{0,3}}"
    return re.compile(
        rf"(?<![\w{_DASHES}])(?P<names>{name}(?:\s?[{_DASHES}]\s?{name}){{1,{_MOST_DASHES}}})\s+(?:[a-z]+\s+)?(?:{nouns})\b(?!\s+(?:{never})\b)"
    )


def find_road_ends(document: Document, names: NameIndex, *, start: int = 0) -> tuple[tuple[RoadEnd, ...], ...]:
    """Return, for each road of the text from offset `start` on, the names it is named by, two or more, in text order.

    At least one of them must be known as a town or a landmark, and the others be capitalised; a compound that the
    gazetteer knows as one name stays one.
    """
    text = document.cased
    if not any(noun in text for noun in lexicon_words("roads", "nouns")):  # spares most reports the pattern
        return ()
    found = []
    for match in _compound().finditer(text, start):
        first = _first_capital(text, *match.span("names"))
        if first is None:
            continue
        last = _PLAIN_TAIL.sub("", match["names"])
        ends = _best_split(text, first, match.start("names") + len(last), names)
        if ends is not None:
            found.append(ends)
    return tuple(found)


def _first_capital(text: str, start: int, end: int) -> int | None:
    """Return where the names begin: the words in lower case before them are the sentence's own."""
    word = re.compile(r"(?<!\w)(?:[a-z]{2}[-\u2010\u2011])?[^\W\d_]")
    return next((one.start() for one in word.finditer(text, start, end) if text[one.end() - 1].isupper()), None)


def _best_split(text: str, start: int, end: int, names: NameIndex) -> tuple[RoadEnd, ...] | None:
    """Return the compound's parts: as many known as can be, and then as few parts as can be ("Deir ez-Zor" is one)."""
    dashes = list(re.finditer(rf"\s?[{_DASHES}]\s?", text[start:end]))
    best: tuple[tuple[int, int], tuple[RoadEnd, ...]] | None = None
    if _known(text, start, end, names) is not None:
        return None
    for splits in _choices(dashes):
        bounds = [(0, 0), *[one.span() for one in splits], (end - start, end - start)]
        parts = [(start + a[1], start + b[0]) for a, b in itertools.pairwise(bounds)]
        ends = [_end(text, at, to, names, is_first=number == 0) for number, (at, to) in enumerate(parts)]
        whole = tuple(one for one in ends if one is not None)
        n_unknown = sum(one.match is None for one in whole)
        if len(whole) < len(parts) or not any(_is_spot(one.match) for one in whole):
            continue
        rank = (n_unknown, len(parts))
        if best is None or rank < best[0]:
            best = (rank, whole)
    return best[1] if best is not None else None


def _choices(dashes: list[re.Match[str]]) -> Iterator[tuple[re.Match[str], ...]]:
    for count in range(1, len(dashes) + 1):
        yield from itertools.combinations(dashes, count)


def _end(text: str, start: int, end: int, names: NameIndex, *, is_first: bool) -> RoadEnd | None:
    """Return a part as a name; of the first, the longest known name that it ends in: "the key M4 Aleppo" is Aleppo."""
    match = _known(text, start, end, names)
    if match is None and is_first:
        for gap in re.finditer(r"[ \u00a0]", text[start:end]):
            later = start + gap.end()
            if (match := _known(text, later, end, names)) is not None:
                start = later
                break
    surface = text[start:end]
    words = surface.lower().split()
    if not surface[:1].isupper() and match is None:
        return None
    ruled_out = (lexicon_words("roads", "not_ends"), lexicon_words("places", "directions"), read_demonyms())
    if not words or (len(words) == 1 and any(words[0] in one for one in ruled_out)):
        return None
    return RoadEnd(start, end, match)


def _known(text: str, start: int, end: int, names: NameIndex) -> NameMatch | None:
    return next((one for one in names.match_at(text, start) if one.end == end), None)


def _is_spot(match: NameMatch | None) -> bool:
    return match is not None and not {"settlement", "landmark"}.isdisjoint(match.kinds)
