"""What a report's words say about its place names, before any place is looked up: pure functions of text and offsets.

* containment, in :mod:`~geoconflict.places.stated_containment`;
* kind, in :mod:`~geoconflict.places.kind_cues`;
* countries whose people or adjectives the text names;
* what it enumerates together, and what it says lies by what.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoconflict.models import Toponym
from geoconflict.places.enumerations import enumerations
from geoconflict.places.kind_cues import apposed_village, kind_cue
from geoconflict.places.nearness import Beside, read_nearness
from geoconflict.places.peoples import Forces, forces_of_mentions, peoples_in, tokens_of
from geoconflict.places.stated_containment import Containment, adjectives, containments
from geoconflict.places.words import kind_words, war_words

__all__ = ["Containment", "TextContext", "read_context"]

_LONG_ROW = 100
"""Mentions of an enumeration that are all taken together."""
_N_NEXT = 20
"""Of a longer one, so many before and after a mention."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextContext:
    """What the words around the mentions of one report say."""

    containments: tuple[Containment, ...]
    kinds: tuple[frozenset[str], ...]
    """For each mention the kinds of place that words beside it allow; empty is any."""
    kind_words: tuple[str, ...]
    """For each mention the folded word of its own that says so ("territory"); empty where none does."""
    countries: dict[str, int]
    """How often the text names the people of each country (alpha-3), or uses its adjective."""
    forces: dict[str, Forces] = dataclasses.field(default_factory=dict)
    """How many of these name a country's forces, or arms, which may fight in other countries."""
    named_forces: dict[int, str] = dataclasses.field(default_factory=dict)
    """The mentions that stand for "troops" or for "arms" of a country: "X's army", "X-backed rebels"."""
    enumerations: tuple[tuple[int, ...], ...] = ()
    """Mentions that the text enumerates together: "A, B and C"."""
    tells_of_war: bool = False
    """Whether words of war stand anywhere in the report."""
    besides: tuple[Beside, ...] = ()
    """What the text says lies by what: "X, near Y"."""
    _links: tuple[dict[int, list[int]], dict[int, list[int]]] = dataclasses.field(init=False, repr=False, compare=False)
    """Mention -> the containments that it is the inner, or the outer, place of."""
    _rows: dict[int, tuple[int, int]] = dataclasses.field(init=False, repr=False, compare=False)
    """Mention -> the enumeration that it stands in, and where."""
    _besides: dict[int, list[Beside]] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        inner: dict[int, list[int]] = {}
        outer: dict[int, list[int]] = {}
        for number, link in enumerate(self.containments):
            inner.setdefault(link.inner, []).append(number)
            if link.outer is not None:
                outer.setdefault(link.outer, []).append(number)
        places = {index: (row, at) for row, one in enumerate(self.enumerations) for at, index in enumerate(one)}
        object.__setattr__(self, "_links", (inner, outer))
        besides: dict[int, list[Beside]] = {}
        for one in self.besides:
            besides.setdefault(one.index, []).append(one)
        object.__setattr__(self, "_rows", places)
        object.__setattr__(self, "_besides", besides)

    def links_into(self, mentions: Iterable[int]) -> list[Containment]:
        """Return the containments that say what one of the mentions lies in."""
        return self._of(self._links[0], mentions)

    def links_out_of(self, mentions: Iterable[int]) -> list[Containment]:
        """Return the containments that say what lies in one of the mentions."""
        return self._of(self._links[1], mentions)

    def besides_of(self, mentions: Iterable[int]) -> list[Beside]:
        """Return what the text says that one of the mentions lies by."""
        return [one for index in mentions for one in self._besides.get(index, ())]

    def _of(self, numbers: dict[int, list[int]], mentions: Iterable[int]) -> list[Containment]:
        return [self.containments[at] for at in sorted({at for index in mentions for at in numbers.get(index, ())})]

    def enumerated_with(self, mentions: Iterable[int]) -> list[tuple[int, ...]]:
        """Return the enumerations that the mentions stand in; of a very long one what is next to a mention."""
        whole: set[int] = set()
        parts: list[tuple[int, int]] = []
        for row, at in sorted({self._rows[index] for index in mentions if index in self._rows}):
            if len(self.enumerations[row]) <= _LONG_ROW:
                whole.add(row)
            else:
                parts.append((row, at))
        rows = [(row, self.enumerations[row]) for row in whole]
        rows += [(row, self.enumerations[row][max(0, at - _N_NEXT) : at + _N_NEXT + 1]) for row, at in parts]
        return [row for _, row in sorted(rows)]


def read_context(text: str, toponyms: Sequence[Toponym]) -> TextContext:
    """Return what the words of `text` say about its place names.

    Parameters
    ----------
    text
        The whole report.
    toponyms
        Its mentions; they may come in any order and may overlap.
    """
    tokens = tokens_of(text)
    kinds: list[frozenset[str]] = []
    kind_said: list[str] = []
    ends = {toponym.end for toponym in toponyms}
    for toponym in toponyms:
        found, word, start = kind_cue(tokens, toponym)
        if not word and (village := apposed_village(text, toponym.end)):
            word, found = village, kind_words()[village]
        kinds.append(found)
        kind_said.append("" if start - 1 in ends else word)  # "X district of Y" calls X a district
    spans = [(toponym.start, toponym.end) for toponym in toponyms]
    rows = enumerations(text, toponyms)
    peoples = peoples_in(text, frozenset(start for start, _ in spans))
    return TextContext(
        containments=tuple(containments(text, toponyms, rows)) + tuple(adjectives(text, tokens, toponyms)),
        kinds=tuple(kinds),
        kind_words=tuple(kind_said),
        countries={country: one.n for country, one in peoples.items()},
        forces={country: one for country, one in peoples.items() if one.troops or one.arms},
        named_forces=forces_of_mentions(text, spans),
        enumerations=rows,
        tells_of_war=not war_words().isdisjoint(tokens.words),
        besides=read_nearness(text, toponyms, rows),
    )
