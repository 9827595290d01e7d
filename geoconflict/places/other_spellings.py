"""Names that no place is known by, tried in other spellings within one country: "Um Ruwaba" for "Umm Ruwaba".

A name alone proves little then. Who asks for it says the country; a report must lie clearly in one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

from geoconflict.geo import distance_m
from geoconflict.models import Place, Toponym
from geoconflict.places.context import TextContext
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.groups import NameGroup
from geoconflict.places.names import fold
from geoconflict.places.relative.borders import names_border
from geoconflict.places.scoring import Lookup, same_spot
from geoconflict.places.words import name_readings, quarter_words

__all__ = ["LEAST_LIKENESS", "PLAIN_COST", "add_other_spellings", "spelled_otherwise"]

PLAIN_COST = 0.35
"""Readings of a name up to this cost leave out no more than words of kind and what stands in parentheses."""
LEAST_LIKENESS = 0.7
"""Names of one skeleton that share fewer letters in order than this are too far apart, whoever asks."""
_LEAST_LIKENESS_IN_REPORT = 0.85
"""In a report, whose country is only inferred: one letter in seven may differ, or one be doubled in four."""
_LEAST_SHARE = 0.6
"""Of the votes of a report's places and peoples, which the country of another spelling must have."""
_LEAST_SUPPORT = 2
"""So many other names must surely lie in that country, unless the report names it."""
_SURE_PLACE = 0.4
"""What is less surely a place name is tried in no other spelling: persons' names have villages that sound like them."""
_SHORTEST_IN_REPORT = 6
"""Letters; shorter names sound like too many villages."""
_FARTHEST_M = 300_000.0
"""From all towns and units of the report, where it has any: a village that sounds like the one told of lies anywhere in a large country."""
_TELLING = ("settlement", "admin1", "admin2")
_COST_IN_REPORT = -8.0
"""What a candidate of another spelling loses, in the logarithm of odds: alone in its country it is not sure enough to be
taken; near other places of the report it is."""


def spelled_otherwise(
    name: str,
    country: str,
    gazetteer: Lookup,
    on: dt.date | None,
    *,
    least: float = LEAST_LIKENESS,
    fits: Callable[[Place], bool] = lambda _: True,
) -> tuple[list[Candidate], str]:
    """Return the settlements of a country whose names may be this one transliterated otherwise, and words on it.

    Parameters
    ----------
    name
        As somebody writes it.
    country
        ISO 3166-1 alpha-3.
    gazetteer, on
        Where names are looked up, and the day for which they should be valid.
    least
        The likeness that names must have, 0 to 1.
    fits
        Says which places may be meant.
    """
    for reading in name_readings(name):
        if reading.cost > PLAIN_COST or (reading.kinds and "settlement" not in reading.kinds):
            continue
        found: dict[str, Candidate] = {}
        for key, likeness in gazetteer.spelled_like(reading.name):
            for candidate in gazetteer.lookup(key, on=on) if likeness >= least else ():
                place = candidate.place
                if place.country == country and place.kind == "settlement" and fits(place):
                    found.setdefault(place.place_id, candidate)
        if found:
            first = next(iter(found.values())).place
            return list(found.values()), f"{reading.name!r} taken for {first.name!r} spelled otherwise"
    return [], ""


def add_other_spellings(
    groups: Sequence[NameGroup],
    toponyms: Sequence[Toponym],
    context: TextContext,
    gazetteer: Lookup,
    on: dt.date | None,
    *,
    votes: Mapping[str, float],
    named: Collection[str],
) -> bool:
    """Give candidates of another spelling to the names of a report that have none; return whether any was given.

    Nothing is given where no country clearly holds the report, or where the spellings fit places at different spots.

    Parameters
    ----------
    groups
        The names, settled; those without a candidate are changed.
    toponyms, context
        The mentions that the groups count in, and what the text says of them.
    gazetteer, on
        Where names are looked up, and the day of the report.
    votes
        How much the report's places and peoples speak for each country (ISO 3166-1 alpha-3).
    named
        The countries that the report names.
    """
    lacking = [one for one in groups if _may_be_spelled_otherwise(one, toponyms, context)]
    country = max(votes, key=lambda code: (votes[code], code), default=None) if lacking else None
    if country is None or votes[country] < _LEAST_SHARE * sum(votes.values()):
        return False
    if country not in named and _support(groups, country) < _LEAST_SUPPORT:
        return False
    told = _told_within(groups, country)

    def fits(place: Place) -> bool:
        apart = ((distance_m(place.lon, place.lat, one.lon, one.lat), one.radius_m) for one in told)
        return not told or any(far <= _FARTHEST_M + radius for far, radius in apart)

    given = False
    for group in lacking:
        found, note = spelled_otherwise(
            group.surface, country, gazetteer, on, least=_LEAST_LIKENESS_IN_REPORT, fits=fits
        )
        if found and all(same_spot(found[0].place, one.place) for one in found):
            group.candidates, group.costs = found, [_COST_IN_REPORT] * len(found)
            group.note, group.respelled = note, True
            given = True
    return given


def _may_be_spelled_otherwise(group: NameGroup, toponyms: Sequence[Toponym], context: TextContext) -> bool:
    if group.candidates or group.decided is not None or group.generic or names_border(group.surface):
        return False
    if any(context.kind_words[index] in quarter_words() for index in group.mentions):
        return False  # a part of a town that is told of, and no village some way off
    kinds = [context.kinds[index] for index in group.mentions if context.kinds[index]]
    if any("settlement" not in one for one in kinds) or len(fold(group.surface).replace(" ", "")) < _SHORTEST_IN_REPORT:
        return False
    return max(toponyms[index].score for index in group.mentions) >= _SURE_PLACE


def _told_within(groups: Sequence[NameGroup], country: str) -> list[Place]:
    """Return the towns and units of a country that the names of a report surely mean."""
    return [
        one.place
        for group in groups
        for one, share in zip(group.candidates, group.shares, strict=True)
        if share > 0.5 and one.place.country == country and one.place.kind in _TELLING
    ]


def _support(groups: Sequence[NameGroup], country: str) -> int:
    """Return how many names surely mean places in a country."""
    return sum(
        sum(share for one, share in zip(group.candidates, group.shares, strict=True) if one.place.country == country)
        > 0.5
        for group in groups
    )
