"""Quarters that no source has: "the X quarter" is one of the town told of, "Mogadishu's X district" of that which it is called after.

A report that has told of a town goes on with "shells fell on the X quarter". The quarter is then a part of that town, and
the town, with its own precision, is where it lies. Units of a province are called districts too: only of a large city that an
event was told of just before is "the X district" a part, and that less surely.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Sequence

from geoconflict.models import Place, PlacePrecision, Resolution, Role
from geoconflict.places.context import TextContext
from geoconflict.places.relative.grammar import tables
from geoconflict.places.relative.places import near_place
from geoconflict.places.scoring import effective_distance_km
from geoconflict.places.units import has_districts, part_of_town
from geoconflict.places.words import quarter_words

__all__ = ["placed_in_towns"]

_SCORE = 0.7
"""Of the town's score: what the phrase is worth, which does not name the town,"""
_SCORE_OF_DISTRICT = 0.6
"""and what it is where it may also be a unit of a province."""
_DISTRICT = "district"
_SURROUNDINGS = frozenset({"suburb", "suburbs"})
_REACH = 300
"""Characters before a quarter in which its town is named, a sentence or two."""
_NO_GROUND = frozenset({Role.ACTOR_METONYM, Role.TALKS_VENUE, Role.ORIGIN, Role.OTHER})
_TELLING = 0.7
"""The strength of words that say where a place lies, and are no list."""
_OF_ANOTHER = re.compile(r"['’]?s?(?:\s+[\w-]+)?\s+(?:of|in|near|outside)\s+(?!the\s+(?:city|town)\b)\w")
"""Behind a quarter: what it lies in, though that is no mention: "the X quarter of the capital"."""
_OF_TOWN = re.compile(r"\b(?:the|that)\s+(?:city|town)['’]s\s+(?:[a-z]+\s+)?$", re.IGNORECASE)
"""Before a quarter: that it is one of the town told of, "the city's western X district", whatever else bears its name."""
_LONGEST_OF_TOWN = 40
_FAR_KM = 60.0
_QUARTER = "quarter"
_PARAGRAPH = re.compile(r"\n\s*\n")


def placed_in_towns(
    resolutions: Sequence[Resolution], text: str, context: TextContext, min_score: float
) -> list[Resolution]:
    """Return the answers, an unplaced quarter taken to the town that the report tells of.

    Parameters
    ----------
    resolutions
        One for each mention, in the order of `context`.
    text
        The report.
    context
        What its words say of the mentions.
    min_score
        Below this score a quarter stays without a place.
    """
    towns = sorted(
        (one.toponym.start, at)
        for at, one in enumerate(resolutions)
        if one.place is not None and one.place.kind == "settlement" and one.toponym.role not in _NO_GROUND
    )
    if not towns:
        return list(resolutions)
    told = {place.place_id for _, at in towns if (place := resolutions[at].place) is not None}
    answers = list(resolutions)
    for index, one in enumerate(resolutions):
        word = context.kind_words[index]
        if one.toponym.role in _NO_GROUND or not (word in quarter_words() or word == _DISTRICT):
            continue
        is_of_town = _OF_TOWN.search(text, max(0, one.toponym.start - _LONGEST_OF_TOWN), one.toponym.start) is not None
        if one.place is not None and not is_of_town:
            continue
        town = _owner(index, word, resolutions, context)
        if town is None:
            if _is_said_elsewhere(index, context) or _OF_ANOTHER.match(text, one.toponym.end):
                continue
            part = _QUARTER if is_of_town else word
            town = _town_of(one.toponym.start, part, resolutions, towns, text, is_only=len(told) == 1)
        if town is not None and (one.place is None or _is_elsewhere(one.place, town.place)):
            answers[index] = _in_town(one, town, word, min_score)
    return answers


def _is_elsewhere(quarter: Place, town: Place | None) -> bool:
    """Return whether what bears the name of a town's quarter lies too far off to be one: a namesake."""
    return town is not None and effective_distance_km(quarter, town) > _FAR_KM


def _owner(index: int, word: str, resolutions: Sequence[Resolution], context: TextContext) -> Resolution | None:
    """Return the town whose part a mention is called: "Mogadishu's X district"."""
    owners = {
        link.outer
        for link in context.links_into([index])
        if link.outer is not None and link.strength >= _TELLING and link.is_owned
    }
    if len(owners) != 1:
        return None
    town = resolutions[owners.pop()]
    if town.place is None or town.place.kind != "settlement":
        return None
    return town if word != _DISTRICT or has_districts(town.place) else None


def _is_said_elsewhere(index: int, context: TextContext) -> bool:
    """Return whether the text says what a mention lies in or by."""
    return bool(context.besides_of([index])) or any(link.strength >= _TELLING for link in context.links_into([index]))


def _town_of(
    start: int,
    word: str,
    resolutions: Sequence[Resolution],
    towns: Sequence[tuple[int, int]],
    text: str,
    *,
    is_only: bool,
) -> Resolution | None:
    """Return the one town named just before; of a quarter also the only one of the report."""
    breaks = [match.end() for match in _PARAGRAPH.finditer(text, max(0, start - _REACH), start)]
    since = breaks[-1] if breaks else start - _REACH
    near = [resolutions[at] for _, at in towns[bisect.bisect(towns, (since,)) : bisect.bisect(towns, (start,))]]
    if word == _DISTRICT:
        near = [one for one in near if one.toponym.role is Role.EVENT_PLACE]
    surest_last = sorted(near, key=lambda one: one.score)
    places = {one.place.place_id: one for one in surest_last if one.place is not None}
    if len(places) == 1:
        (town,) = places.values()
    elif not near and is_only and word != _DISTRICT:
        town = resolutions[towns[0][1]]
    else:
        return None
    is_city = town.place is not None and has_districts(town.place)
    return town if word != _DISTRICT or is_city else None


def _in_town(one: Resolution, town: Resolution, word: str, min_score: float) -> Resolution:
    place: Place | None = town.place
    town_name = place.name if place is not None else ""
    share = _SCORE
    if place is not None and (word == _DISTRICT or word in _SURROUNDINGS) and place.precision is PlacePrecision.TOWN:
        around = near_place(place, tables()["near"]["nearby"])
        place, share = (around.place if around is not None else place), _SCORE_OF_DISTRICT
    score = round(share * town.score, 4)
    if place is None or score < min_score:
        return one
    place = part_of_town(place, one.toponym.surface)
    why = f"{one.toponym.surface!r} is not known; the text calls it a {word}, and {town_name} is the town that it tells of"
    fewer = tuple(
        other for other in one.alternatives if other.score <= score and other.place.place_id != place.place_id
    )
    return dataclasses.replace(one, place=place, score=score, alternatives=fewer, reasons=(why, *one.reasons))
