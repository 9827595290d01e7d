"""What each name of a report says for the others, as probable as its candidates are: countries, and places to lie near to."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import NamedTuple

from geoconflict.models import Place
from geoconflict.places.context import TextContext
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.groups import NameGroup
from geoconflict.places.peoples import Forces
from geoconflict.places.relative.borders import neighbours

__all__ = ["LIKELY_SHARE", "Anchor", "Says", "Votes", "all_votes", "country_votes", "says_of"]

LIKELY_SHARE = 0.4
"""A candidate more probable than this is mostly the place meant, and one of the places that the report speaks of."""
_PEOPLE = 0.7
"""How strongly a people that is named once speaks for its country; a place that an event happened at has 1."""
_STUDIED = 1.0
"""How strongly the countries that the settings name speak, together;"""
_N_STUDIED = 5
"""more of them say nothing of where a place lies."""
_ACROSS = 0.4
"""What is left of it for a neighbour."""
_ANCHOR_SHARE = 0.15
"""A candidate less probable than this supports no other."""

Anchor = tuple[NameGroup, Candidate, float]
"""A name, a place that it may mean, and how strongly it does."""


class Says(NamedTuple):
    """What one name, as probable as its candidates are at the moment, says for others."""

    votes: tuple[tuple[str, float], ...]
    """(country, strength) of its candidates."""
    next_door: tuple[tuple[str, float], ...]
    """(country, strength) of the neighbours of the country that it names the forces of."""
    away: float
    named: tuple[str, ...]
    """The countries that it is the name of."""
    anchors: tuple[Anchor, ...]
    """Its probable candidates but countries, with their strength."""
    countries_too: tuple[Anchor, ...]
    units: tuple[Place, ...]
    """The provinces that it probably means."""


def says_of(group: NameGroup, context: TextContext) -> Says:
    """Return what a name says for others by what it probably means at the moment."""
    strength = group.weight * (1 + math.log(len(group.mentions)))
    weighed = list(zip(group.candidates, group.shares, strict=True))
    of_lands = [(one, share) for one, share in weighed if one.place.country is not None and share > 0.05]
    forces = Forces(0, 0, 0)
    for index in group.mentions:
        forces = forces.and_one(context.named_forces.get(index, ""))
    next_door: list[tuple[str, float]] = []
    at_home = 1.0
    land = next((one.place.country for one, share in of_lands if share > 0.5 and _is_of_a_state(one)), None)
    if land is not None and forces.troops + forces.arms:
        at_home = forces.at_home
        next_door = [(other, strength * forces.next_door) for other in neighbours(land)]
    anchors = [(group, one, share * group.weight) for one, share in weighed if share >= _ANCHOR_SHARE]
    return Says(
        votes=tuple((one.place.country, strength * share * at_home) for one, share in of_lands if one.place.country),
        next_door=tuple(next_door),
        away=strength * (1 - at_home),
        named=tuple(
            one.place.country
            for one, share in of_lands
            if one.place.kind == "country" and share > 0.5 and one.place.country
        ),
        anchors=tuple(anchor for anchor in anchors if anchor[1].place.kind != "country"),
        countries_too=tuple(anchors),
        units=tuple(
            one.place for one, share in weighed if share * group.weight > LIKELY_SHARE and one.place.kind == "admin1"
        ),
    )


def _is_of_a_state(candidate: Candidate) -> bool:
    return candidate.place.kind == "country" or candidate.feature == "PPLC"


class Votes(NamedTuple):
    """How strongly a report speaks for each country (ISO 3166-1 alpha-3)."""

    at_home: dict[str, float]
    """By its places, and its peoples as far as they are at home."""
    next_door: dict[str, float]
    """By the forces of its neighbours: any one of them may be where these are."""
    away: float
    """What arms say of no one country more than of others."""
    named: frozenset[str]
    """The countries that are named."""
    by_settings: frozenset[str]
    """The countries that the settings alone speak for."""

    @property
    def total(self) -> float:
        """All that is said for any country."""
        return sum(self.at_home.values()) + self.away

    def of(self, country: str) -> float:
        """Return what is said for one country."""
        return max(self.at_home.get(country, 0.0), min(self.total, self.next_door.get(country, 0.0)))


def country_votes(groups: Iterable[NameGroup], context: TextContext) -> tuple[dict[str, float], frozenset[str]]:
    """Return how strongly the names of a report speak for each country (alpha-3), and the countries that are named."""
    votes = all_votes((says_of(group, context) for group in groups), context)
    return votes.at_home, votes.named


def all_votes(others: Iterable[Says], context: TextContext, studied: Collection[str] = ()) -> Votes:
    """Return how strongly some names, the peoples and forces of the text, and the settings speak for each country.

    Parameters
    ----------
    studied
        ISO 3166-1 alpha-3 codes of the countries under study.
    """
    votes: dict[str, float] = {}
    next_door: dict[str, float] = {}
    named: set[str] = set()
    away = 0.0
    for one in others:
        for country, strength in one.votes:
            votes[country] = votes.get(country, 0.0) + strength
        for country, strength in one.next_door:
            next_door[country] = next_door.get(country, 0.0) + strength
        away += one.away
        named.update(one.named)
    for country, count in context.countries.items():
        strength = _PEOPLE * (1 + math.log(count))
        forces = context.forces.get(country, Forces(count, 0, 0))
        votes[country] = votes.get(country, 0.0) + strength * forces.at_home
        away += strength * (1 - forces.at_home)
        for other in neighbours(country) if forces.next_door else ():
            next_door[other] = next_door.get(other, 0.0) + strength * forces.next_door
        named.add(country)
    by_settings = frozenset(studied).difference(votes) if len(studied) <= _N_STUDIED else frozenset()
    for country in studied if len(studied) <= _N_STUDIED else ():
        strength = _STUDIED / len(studied)
        votes[country] = votes.get(country, 0.0) + strength
        for other in neighbours(country):  # what is told of a war may happen just across its borders
            next_door[other] = next_door.get(other, 0.0) + strength * _ACROSS
    return Votes(votes, next_door, away, frozenset(named), by_settings)
