"""What the text calls a unit is no town: "X territory" is the unit of that name, or else honest ground around the town.

The gazetteer has few districts with their extent. Where it has only the town of a unit's name, or a point for the unit,
the answer reaches as far as units that are called so usually do.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Mapping

from geoconflict.geo import distance_m
from geoconflict.models import Place, PlacePrecision, Resolution
from geoconflict.places.context import TextContext
from geoconflict.places.groups import NameGroup
from geoconflict.places.names import fold
from geoconflict.places.scoring import same_spot
from geoconflict.places.words import UNIT_KINDS, unit_reach

__all__ = ["as_unit", "has_districts", "is_in_town", "part_of_town", "unit_around", "unit_of", "unit_word_in"]

_QUARTER_FEATURE = "PPLX"
"""GeoNames' code of a part of a town, which is called a district and is none of a country's."""
_POINT_M = 5_000.0
"""The radius that units have of whose extent nothing is known,"""
_DISTRICT_M = 35_000.0
"""and how far such a unit reaches."""
_TELLING = 0.7
"""The strength of words that say where a place lies, and are no list."""
_OF_ONE_TOWN_M = 50_000.0
"""No quarter lies farther from the middle of its town."""
_CITY = 500_000
"""People from which on a city is divided into districts."""


def has_districts(town: Place) -> bool:
    """Return whether a place is a city so large that its districts are parts of it, and of no province."""
    return town.kind == "settlement" and (town.population or 0) >= _CITY


def part_of_town(town: Place, name: str) -> Place:
    """Return a town as where a part of it lies that no source has, with a name and an id of its own.

    What happened there is not one event with all else in the town.
    """
    name = " ".join(name.split())
    return dataclasses.replace(
        town, place_id=f"relative:{town.place_id}:in-{fold(name).replace(' ', '-')}", name=f"{name}, {town.name}"
    )


def as_unit(answer: Resolution, group: NameGroup, word: str) -> Resolution:
    """Return the answer to a name that stands beside a word of unit, such as "territory", as that unit.

    Parameters
    ----------
    answer
        The place as it was chosen.
    group
        The name's candidates; a unit among them that lies at the place chosen is taken before the town.
    word
        The folded word; one that is of no unit leaves the answer as it is.
    """
    if answer.place is None or word not in unit_reach() or group.decided is not None:
        return answer
    around, why = unit_of(answer.place, group, word)
    return dataclasses.replace(answer, place=around, reasons=(why, *answer.reasons)) if why else answer


def unit_of(chosen: Place, group: NameGroup, word: str) -> tuple[Place, str]:
    """Return what a place is as the unit that `word` calls it, and why; the place itself and "" where that changes nothing."""
    place = chosen
    if f" {fold(place.name)}".endswith(f" {word}"):
        return place, ""  # a place that is called so itself
    if place.kind == "settlement":
        if any(one.place.place_id == place.place_id and one.feature == _QUARTER_FEATURE for one in group.candidates):
            return place, ""
        units = [
            one.place
            for one in group.candidates
            if one.place.kind in UNIT_KINDS and one.place.country == place.country and same_spot(one.place, place)
        ]
        place = min(units, key=lambda one: (one.radius_m, one.place_id)) if units else place
    around = unit_around(place, word)
    if around == chosen:
        return chosen, ""
    if around == place:
        why = f"the text says {word!r}: the unit, not the town of its name"
    else:
        what = "only the town of its name" if place.kind == "settlement" else "only a point of it"
        why = f"the text says {word!r} and {what} is known: the ground within {around.radius_m / 1000:.0f} km, as such units are"
    return around, why


@functools.cache
def _name_of_unit() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, unit_reach()), key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:.+? ({words})|({words}) (?:of|de|du) .+)")


def unit_word_in(name: str) -> str:
    """Return the folded word by which a name, as records write it, is that of a unit: "X territory"; empty where none is."""
    match = _name_of_unit().fullmatch(fold(name))
    return (match[1] or match[2]) if match else ""


def is_in_town(index: int, context: TextContext, own: Mapping[int, Resolution]) -> bool:
    """Return whether the text says that a mention lies in a town: "the X district of Y" is a part of it."""
    place = own[index].place
    return place is not None and any(
        link.outer is not None
        and link.strength >= _TELLING
        and context.kind_words[link.outer] not in unit_reach()
        and (town := own[link.outer].place) is not None
        and town.kind == "settlement"
        and distance_m(town.lon, town.lat, place.lon, place.lat) <= _OF_ONE_TOWN_M
        for link in context.links_into([index])
    )


def unit_around(place: Place, word: str) -> Place:
    """Return the ground of the unit called `word` for a town, or for a unit that is known by a point; else the place itself."""
    level, reach_m = unit_reach()[word]
    if place.radius_m >= reach_m or "POLYGON" in place.geometry:
        return place
    if place.kind == "settlement":
        one = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")  # "X and Y districts" are two
        return dataclasses.replace(
            place,
            place_id=f"relative:{place.place_id}:{one.replace(' ', '-')}",
            name=f"{place.name} {one}",
            kind=level,
            precision=PlacePrecision(level),
            radius_m=reach_m,
            population=0,
        )
    if place.kind == "admin2" and place.radius_m <= _POINT_M:
        return dataclasses.replace(place, radius_m=_DISTRICT_M)
    return place
