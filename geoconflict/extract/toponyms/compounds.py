"""Names tied together by hyphens: one name ("Port-au-Prince", "Novo-Petrivka"), or two beside each other ("the X-Y border").

What is tied to more is no place by itself: half a name is another town's. Of two names that a noun behind them, or a country
among them, tells apart, each is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geoconflict.extract.lexicon import lexicon_words, read_demonyms
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import HYPHENS, Word

__all__ = ["tied_words", "without_halves"]

_MOST_WORDS = 6
"""Of a compound; more are a table or a chain of names."""
_CITY = 100_000
"""People of a city that is spoken of together with another one, and seldom gives half its name to a town."""


def tied_words(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of each compound: capitalised words, small links between them ("X-sur-Y")."""
    links = lexicon_words("places", "compound_links")
    first = 0
    while first < len(words):
        last = first
        while last + 1 < len(words) and words[last + 1].gap in HYPHENS:
            last += 1
        while last > first and not words[last].capitalised:
            last -= 1  # "Ruritania-backed"
        inner = words[first + 1 : last]
        is_name = words[first].capitalised and all(one.capitalised or one.lower in links for one in inner)
        if is_name and 0 < last - first < _MOST_WORDS:
            yield first, last
        first = last + 1


def without_halves(proposals: list[Proposal], words: Sequence[Word]) -> list[Proposal]:
    """Leave out the proposals that are a part of a compound, where the whole is one name or may be."""
    whole: dict[int, tuple[int, int]] = {}
    for first, last in tied_words(words):
        inside = [one for one in proposals if first <= one.first and one.last <= last]
        known = any(one.match is not None and one.first <= first and last <= one.last for one in proposals)
        if known or not _are_beside(words, first, last, inside):
            whole.update(dict.fromkeys(range(first, last + 1), (first, last)))
    if not whole:
        return proposals
    return [one for one in proposals if not _is_cut(one, whole)]


def _is_cut(one: Proposal, whole: dict[int, tuple[int, int]]) -> bool:
    ends = [whole[at] for at in (one.first, one.last) if at in whole]
    return any(one.first > first or one.last < last for first, last in ends)


def _are_beside(words: Sequence[Word], first: int, last: int, inside: Sequence[Proposal]) -> bool:
    """Whether the words of a compound are names beside each other, or a name and what goes with it ("South-Kivu")."""
    if any(not one.capitalised for one in words[first : last + 1]):
        return False
    keys = ("directions", "hyphen_parts", "compound_prefixes")
    apart = (read_demonyms(), *(lexicon_words("places", key) for key in keys))
    if any(
        any(one.lower in some for some in apart) or one.text.isupper() or one.text[0].isdigit()
        for one in words[first : last + 1]
    ):
        return True
    if any(one.match is not None and "country" in one.match.kinds for one in inside):
        return True
    cities = [
        one for one in inside if one.match is not None and one.match.has_primary and one.match.max_population >= _CITY
    ]
    if {at for one in cities for at in range(one.first, one.last + 1)} == {*range(first, last + 1)}:
        return True
    behind = {one.lower for one in words[last + 1 : last + 4]}
    return bool(behind & lexicon_words("places", "between_two"))
