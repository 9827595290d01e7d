"""Names of places in a quote that no source at hand has: a hotel, a base, a market, "outside Kiryat Arba".

They tie a telling without a place to that which names the same one. A name is read by its capitals and the words around it
alone, since merging has no parse.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from geoconflict.events.people import plain
from geoconflict.events.rules import rules

__all__ = ["scenes_named", "spots_hit"]

_CAPITALISED = r"[^\W\d_a-z][\w’'-]*"
_PARTICLES = r"(?:al|el|bin|de|del|da|do|dos|la|of)"
_NAME = re.compile(rf"(?<![\w’'-]){_CAPITALISED}(?:[\s-]+(?:{_PARTICLES}[\s-]+)?{_CAPITALISED})*")
_POSSESSIVE = re.compile(r".*['’]s\s+", re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_LEAST_LETTERS = 3


def scenes_named(quote: str, words: frozenset[str]) -> frozenset[str]:
    """Return the names in a quote of something that stands at one spot, folded, each with the word that says what it is.

    `words` are the longer words of the quote, folded, that :class:`geoconflict.events.versions.Version` has: a quick sieve.
    """
    known = rules()
    if known.venues.isdisjoint(words) and not any(before in quote for before in known.beside):
        return frozenset()
    return frozenset(_scenes(quote))


def _scenes(quote: str) -> Iterator[str]:
    known = rules()
    for found in _NAME.finditer(quote):
        words = [plain(word) for word in _WORD.findall(_POSSESSIVE.sub("", found.group()))]
        after = _WORD.match(quote, found.end() + 1)
        if words and words[-1] not in known.venues and after and after.group() in known.venues:
            words.append(after.group())
        while words and words[0] in known.not_in_names:
            del words[0]
        if len(words) < 2:
            continue
        is_venue = words[-1] in known.venues
        if not is_venue and not quote.endswith(known.beside, 0, found.start()):
            continue
        name = words[: -1 if is_venue else None]
        if any(len(word) >= _LEAST_LETTERS and word not in known.no_people for word in name):
            yield " ".join((*name, known.spots.get(words[-1], words[-1])) if is_venue else words)


def spots_hit(quote: str, start: int, end: int) -> frozenset[str]:
    """Return what a quote says was hit, near [start, end), by common names: a market, a bus; of words for one thing the first."""
    known = rules()
    first, last = max(0, start - known.spots_near), end + known.spots_near
    return frozenset(known.spots[found.group(1).casefold()] for found in _spots().finditer(quote, first, last))


@functools.cache
def _spots() -> re.Pattern[str]:
    """Return what finds a spot, but for whose officials or doctors speak of it, and for where the wounded are taken."""
    words = "|".join(sorted(rules().spots, key=len, reverse=True))
    return re.compile(
        rf"\b(?<!to )(?<!to a )(?<!to the )(?<!in )({words})\b(?!\s+(?:officials?|sources?|workers|staff|spokes\w+|director|doctors?|said|says))",
        re.IGNORECASE,
    )
