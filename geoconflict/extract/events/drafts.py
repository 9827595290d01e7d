"""An event on its way, and what the events of one report share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.event_places.place_names import PlaceNames
from geoconflict.extract.events.arguments import Arguments
from geoconflict.extract.events.deciding import Verdict
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.extract.telling.attribution import Attribution, AttributionReader
from geoconflict.extract.toponyms.capital_phrases import is_capital_phrase
from geoconflict.models import Blame, TimeExpression, Toponym

__all__ = ["INHERITED_COST", "Draft", "Scene", "is_definite", "is_since"]

_SINCE = re.compile(r"\bsince\s+(?:the\s+|early\s+|late\s+|mid-?\s*|about\s+)*$")

INHERITED_COST = 1.5
"""A place at this cost or above was not said of the predicate but taken from what stands beside or before it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the events of one report share."""

    clauses: Clauses
    toponyms: tuple[Toponym, ...]
    names: PlaceNames
    figures: tuple[CasualtyMention, ...]
    speakers: AttributionReader
    countries: Callable[[Toponym], frozenset[str]]
    """Toponym -> the countries (ISO 3166-1 alpha-3) in which it may lie; empty when that may be any."""
    filed_abroad: frozenset[int] = frozenset()
    """The datelines that name the capital of a country of which the report tells nothing."""

    def may_be_capital(self, index: int, country: str | None = None) -> bool:
        """Whether a toponym may be what the report calls "the capital", or that of a country (ISO 3166-1 alpha-3)."""
        if not self.is_capital(index) or index in self.filed_abroad:
            return False
        return country is None or country in self.countries(self.toponyms[index])

    def is_capital(self, index: int) -> bool:
        """Whether a toponym names the capital of a country."""
        name = " ".join(self.toponyms[index].surface.lower().split())
        return name in lexicon_words("places", "capital_cities") or is_capital_phrase(name)

    @property
    def is_large(self) -> tuple[bool, ...]:
        """For each toponym, whether it names a country, a province or a region."""
        return self.names.large


@dataclass(slots=True)
class Draft:
    """An event on its way: a predicate with its arguments, its status and its type."""

    predicate: Predicate
    arguments: Arguments
    attribution: Attribution
    verdict: Verdict
    likelihood: float | None = None
    """How likely it tells of a conflict event, 0 to 1; None where that is not weighed."""
    doubts: tuple[str, ...] = ()
    """What speaks against that, where it is doubtful."""
    denied_in: tuple[int, int] | None = None
    """Where a sentence of its own denies it, as a range of code points."""
    blamed: tuple[Blame, ...] = ()
    version_of: Draft | None = None
    """The event told before that this is the denier's own account of: "and said it had attacked army positions"."""

    def blame(self, names: Iterable[str], by: str | None) -> None:
        """Add whom somebody blames for it, by their normalised names; who is blamed already stays so on the first one's word."""
        known = {one.name for one in self.blamed}
        self.blamed += tuple(Blame(name=name, by=by) for name in dict.fromkeys(names) if name not in known)


def is_since(scene: Scene, time: TimeExpression) -> bool:
    """Whether the date only begins a period: "since 3 June"."""
    return _SINCE.search(scene.clauses.document.text[max(0, time.start - 24) : time.start].lower()) is not None or (
        scene.clauses.document.text[time.start : time.start + 6].lower() == "since "
    )


def is_definite(scene: Scene, predicate: Predicate) -> bool:
    """Whether the noun points back: "the attack", "this crime"."""
    determiners = {child.text.lower() for child in scene.clauses.children(predicate.token, "det")}
    return bool(determiners & {"the", "this", "that", "these", "those"})
