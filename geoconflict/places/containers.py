"""What the text says a place lies in: whether a candidate lies clearly outside of it, and the container as a stand-in.

An explicit container that no candidate lies in speaks for "none of them". The place is then unknown, yet what the text says
of it is not: the container, with its own precision, is a true answer to where it lies.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import re
from collections.abc import Callable, Mapping, Sequence

from geoconflict.geo import distance_m
from geoconflict.models import Place, PlacePrecision, Resolution
from geoconflict.places.context import TextContext
from geoconflict.places.countries import country_table
from geoconflict.places.groups import NameGroup
from geoconflict.places.names import fold
from geoconflict.places.relative.grammar import tables
from geoconflict.places.relative.places import near_place
from geoconflict.places.scoring import same_spot
from geoconflict.places.stated_containment import Containment
from geoconflict.places.units import has_districts, part_of_town, unit_around
from geoconflict.places.words import UNIT_KINDS, is_building, kind_words, quarter_words, town_part_words, unit_reach

__all__ = ["NO_SHARE", "container_of", "outside_of", "placed_in"]

NO_SHARE = 0.02
"""Up to such a share of a name, a candidate is hardly what it means; very many of them would add up to something."""

_OF_A_HAMLET = 0.5
"""What is kept of it where the unit is only the ground around a place of its name of which no source counts the people."""
_CONTAINER_SHARE = 0.8
"""What is kept of a container's score where it stands for an unknown place in it."""
_CONTAINERS = ("country", *UNIT_KINDS)
_LANDS = ("country", "admin1", "area")
"""Whose north is a part of them, as often as not."""
_MARGIN_KM = 100.0
"""Units and areas are known by a point and a rough radius: so far beyond half as much again may still be in them."""
_MARGIN_ABROAD_KM = 30.0
_MARGIN_SMALL_KM = 10.0
"""The same for a district whose extent was entered by hand."""
_EDGE = 0.8
"""Of the way from the middle of a province to its farthest point: beyond lies mostly other ground."""
_MARGIN_OF_TOWN_KM = 25.0
"""And for a district or a town: its quarters lie no farther beyond its rough radius, those of the largest cities included."""
_SIDE = re.compile(r"\b(?:north|south|east|west)[ -]?(?:east|west)? of ")
_TIMES_THE_TOWN = 3
_MOST_STEPS = 8
"""A village, district, province: no text means more than a few steps; a list of hundreds of names is read as such a chain."""

_CITY = 100_000
"""People from which on what lies in a town is a part of it, or by it."""
_DISTRICT = "district"
_LIKE_THE_CITY = 2.0
"""So many times a city's radius a province of its name may have and be that city."""
_MENTIONS_AROUND = 50
"""Mentions of one name before and behind, whose words tell what it lies in; only a very long text has more."""


def outside_of(
    place: Place,
    link: Containment,
    by_mention: Mapping[int, NameGroup],
    is_inside: Callable[[Place, Place], bool],
    *,
    unit_word: str = "",
) -> float:
    """Return how probable it is that a place lies clearly outside of what the text says it lies in.

    `unit_word` is the word that the text calls the outer place a unit by, such as "territory": a town of that name stands
    for the land around it.
    """
    if link.country is not None:
        return float(place.country is not None and not _one_land(place.country, link.country))
    outer = by_mention[link.outer] if link.outer is not None else None
    if outer is None:
        return 0.0
    areas = [one.place for one in outer.candidates if one.place.kind in _CONTAINERS]
    outside = 0.0
    for one, share in zip(outer.candidates, outer.shares, strict=True):
        around = unit_around(one.place, unit_word) if unit_word in unit_reach() else one.place
        if share <= NO_SHARE:
            continue
        # "The X University of Y" lies in the city X, which "the X Church in Y" does not, and no "X quarter of Y".
        is_quarter = _is_called_quarter(link.phrase)
        if _is_quarter(link.phrase) and not is_quarter and not _says_in(link.phrase) and _outgrows(place, around):
            continue
        # "X, Arauca": the province, though its capital bears the name, too; a quarter is the town's, and "north of" is of it.
        if around.kind not in _CONTAINERS and not is_quarter and not _says_beside(link.phrase):
            around = next((area for area in areas if same_spot(around, area)), around)
        holds = around.kind in _CONTAINERS or _is_quarter(link.phrase)
        if not holds:  # a town holds no towns, but a village that is said to lie in it lies in its land
            outside += share * _far_abroad(place, around)
            continue
        if place.place_id != one.place.place_id and not is_inside(place, around):
            is_part = _is_quarter(link.phrase)
            sure = _OF_A_HAMLET if around is not one.place and not one.place.population else 1.0
            outside += (
                sure * share * (_clearly_apart(place, around) or (is_part and _is_of_another_unit(place, around)))
            )
    return outside


@functools.lru_cache(maxsize=1_024)  # asked of each candidate of a name, and again as names are settled
def _is_quarter(phrase: str) -> bool:
    """Return whether the text calls the inner place a part of a town: "the X neighbourhood in Y", "X district of Y"."""
    return _is_called_quarter(phrase) or _part_of_town().search(fold(phrase)) is not None


@functools.lru_cache(maxsize=1_024)
def _is_called_quarter(phrase: str) -> bool:
    """Return whether the text calls the inner place what lies in a town alone: "the X quarter of Y", and no "district"."""
    return not quarter_words().isdisjoint(re.findall(r"\w+", fold(phrase)))


def _says_in(phrase: str) -> bool:
    """Return whether the last preposition of a phrase says that something stands in a town: "the X Church in Y"."""
    prepositions = [word for word in fold(phrase).split() if word in ("in", "of")]
    return prepositions[-1:] == ["in"]


@functools.lru_cache(maxsize=1_024)
def _says_beside(phrase: str) -> bool:
    """Return whether a phrase puts a place to one side of another: "X, north of Y" lies in no Y, unless that is a land."""
    return _SIDE.search(fold(phrase)) is not None


def _outgrows(place: Place, town: Place) -> bool:
    """Return whether a town has far more people than another, and so is no part of it."""
    both = place.kind == town.kind == "settlement"
    return both and (place.population or 0) > _TIMES_THE_TOWN * max(town.population or 0, 1)


@functools.cache
def _part_of_town() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, town_part_words())))
    return re.compile(rf"\w (?:{words}) (?:of|in) ")


def _clearly_apart(place: Place, around: Place) -> bool:
    abroad = bool(place.country and around.country and not _one_land(place.country, around.country))
    if around.kind == "country":
        return abroad and place.kind != "country"
    if place.kind == "admin1" and around.kind in ("settlement", "admin1", "admin2"):
        return not same_spot(place, around)  # the greater unit lies in no town or district, nor in another of its kind
    is_known_district = around.kind == "area" and around.precision is PlacePrecision.ADMIN2
    if around.kind in ("settlement", "admin2"):
        margin_km = _MARGIN_OF_TOWN_KM
    else:
        margin_km = _MARGIN_SMALL_KM if is_known_district else _MARGIN_KM
    margin = _MARGIN_ABROAD_KM if abroad else margin_km + around.radius_m / 2000
    return (
        distance_m(place.lon, place.lat, around.lon, around.lat) / 1000
        > margin + (around.radius_m + (place.radius_m if place.kind in (*_CONTAINERS, "line", "water") else 0.0)) / 1000
    )


def _is_of_another_unit(place: Place, around: Place) -> bool:
    """Return whether a place is known to be of another province, and lies at or beyond the edge of this one.

    That is enough against "the X district of Y"; of what is only said to be "in Y" it is not, for news takes provinces widely.
    """
    if around.kind != "admin1" or place.admin1 is None or place.country != around.country:
        return False
    return distance_m(place.lon, place.lat, around.lon, around.lat) > _EDGE * around.radius_m


def _far_abroad(place: Place, town: Place) -> bool:
    if town.kind != "settlement" or place.kind not in ("settlement", "landmark"):
        return False
    abroad = bool(place.country and town.country and not _one_land(place.country, town.country))
    return abroad and distance_m(place.lon, place.lat, town.lon, town.lat) / 1000 > _MARGIN_KM


def _one_land(a: str, b: str) -> bool:
    """Return whether two countries are one, or sources count one of them, or land of it, to the other."""
    table = country_table()
    return a == b or (a in table and b in table[a].also) or (b in table and a in table[b].also)


def container_of(
    index: int,
    group: NameGroup,
    context: TextContext,
    own: Mapping[int, Resolution],
    by_mention: Mapping[int, NameGroup],
) -> Resolution | None:
    """Return the narrowest placed area, less than a country, that the text says a mention lies in; of a quarter, its town.

    A container that is itself unplaced passes the question on to what it lies in, some steps up. Where it is a town, what
    lies in it is in the unit of its name, of which `by_mention` has the candidates: "the hamlet of X, Y" lies in no town.
    """
    # What is said of this very mention comes before what is said of its name elsewhere in the report.
    asked = {index}
    at = group.mentions.index(index)
    around = group.mentions[max(0, at - _MENTIONS_AROUND) : at + _MENTIONS_AROUND + 1]
    return _container([index], context, own, by_mention, asked) or _container(around, context, own, by_mention, asked)


def _container(
    inners: Sequence[int],
    context: TextContext,
    own: Mapping[int, Resolution],
    by_mention: Mapping[int, NameGroup],
    asked: set[int],
    steps: int = 0,
) -> Resolution | None:
    """Answer for the links of `inners`; each mention of `asked` passes its question on once, however many lead to it."""
    found: list[Resolution] = []
    for link in context.links_into(inners):
        building = is_building(own[link.inner].toponym.surface)
        # "The X Hotel at the crossroads in Y": what stands between tells where a house is, and no origin of people.
        if link.outer is None or (link.strength if building else link.binding) < 0.7:
            continue
        outer: Resolution | None = own[link.outer]
        if (city := _city_of_districts(link, own[link.outer].place, by_mention.get(link.outer), context)) is not None:
            outer = dataclasses.replace(own[link.outer], place=part_of_town(city, own[link.inner].toponym.surface))
        if outer is not None and outer.place is None:
            if link.outer in asked or steps == _MOST_STEPS:
                continue
            asked.add(link.outer)
            outer = _container([link.outer], context, own, by_mention, asked, steps + 1)
        if (
            outer is not None
            and outer.place is not None
            and outer.place.kind not in _LANDS
            and _says_beside(link.phrase)
        ):
            continue
        unit = _unit_of_town(outer.place, by_mention.get(link.outer)) if outer is not None and outer.place else None
        is_in_town = building or _is_quarter(link.phrase) or _is_district_of(link, outer, unit, context)
        kinds = (*UNIT_KINDS, "settlement", "landmark") if is_in_town else UNIT_KINDS
        if outer is None or outer.place is None:
            continue
        if outer.place.kind in kinds:
            found.append(outer)
        elif unit is not None:
            found.append(dataclasses.replace(outer, place=unit))
        elif (ground := _ground_of_town(link, outer, context)) is not None:
            found.append(dataclasses.replace(outer, place=ground))
    return (
        min(found, key=lambda one: (one.place.radius_m, one.place.place_id) if one.place else (math.inf, ""))
        if found
        else None
    )


def _is_district_of(link: Containment, outer: Resolution | None, unit: Place | None, context: TextContext) -> bool:
    """Return whether the text calls a place the district of a town, "Grozny's X district", and of no province.

    Where a province bears the town's name, it may be a district of either, unless the town is a great city and the province
    not much larger: "Baghdad's X district".
    """
    is_owned = context.kind_words[link.inner] == _DISTRICT and link.is_owned
    if not is_owned or outer is None or outer.place is None or outer.place.kind != "settlement":
        return False
    return unit is None or (has_districts(outer.place) and unit.radius_m <= _LIKE_THE_CITY * outer.place.radius_m)


def _city_of_districts(
    link: Containment, unit: Place | None, group: NameGroup | None, context: TextContext
) -> Place | None:
    """Return the city that is meant by "the X district of Baghdad" where the province of its name is hardly more than the city.

    What is called a quarter lies in a town alone, however wide the province of its name is.
    """
    if unit is None or unit.kind not in UNIT_KINDS or group is None:
        return None
    is_quarter = _is_called_quarter(link.phrase)
    if not is_quarter and context.kind_words[link.inner] != _DISTRICT:
        return None
    return next(
        (
            one.place
            for one in group.candidates
            if one.place.kind == "settlement"
            and one.place.country == unit.country
            and same_spot(unit, one.place)
            and (is_quarter or (has_districts(one.place) and unit.radius_m <= _LIKE_THE_CITY * one.place.radius_m))
        ),
        None,
    )


def _ground_of_town(link: Containment, outer: Resolution, context: TextContext) -> Place | None:
    """Return the ground around a town that the text says a place lies in, and no unit bears its name.

    What lies "in" a city may be a part of it or a village by it: "Mamba Point in Monrovia". What is called a village lies
    somewhere in the land, and so does what is in a small town, whose name is often that of its district. "X, Y" names the
    district of Y then: one that is as wide as such units are.
    """
    town = outer.place
    if town is None or town.kind != "settlement":
        return None
    is_village = "settlement" in kind_words().get(context.kind_words[link.inner], ())
    is_city = (town.population or 0) >= _CITY
    is_addressed = link.phrase.endswith(f", {' '.join(outer.toponym.surface.split())}")
    if is_city and not is_village and (is_addressed or _says_in(link.phrase)):
        around = near_place(town, tables()["near"]["nearby"])
        return around.place if around is not None else None
    return unit_around(town, _DISTRICT) if is_addressed else None


def _unit_of_town(town: Place, group: NameGroup | None) -> Place | None:
    """Return the unit that bears the name of a town and lies around it, the largest, for news gives the province mostly."""
    units = [
        one.place
        for one in (group.candidates if group is not None else ())
        if one.place.country == town.country
        and (
            (one.place.kind in ("admin1", "admin2") and same_spot(one.place, town))
            or (one.place.kind == "area" and one.curated and _reaches(one.place, town))
        )
    ]
    ranked = sorted(units, key=lambda one: (one.kind, -one.radius_m, one.place_id))
    return ranked[0] if ranked and town.kind == "settlement" else None


def _reaches(area: Place, town: Place) -> bool:
    return distance_m(area.lon, area.lat, town.lon, town.lat) <= area.radius_m


def placed_in(unplaced: Resolution, around: Resolution, group: NameGroup, min_score: float) -> Resolution:
    """Return the container as the answer, where it is sure enough to stand for the place in it."""
    score = round(_CONTAINER_SHARE * around.score, 4)
    place = around.place
    if place is None or score < min_score:
        return unplaced
    known = bool(group.candidates) and not group.nowhere_in and not group.generic
    why = "cannot be told from others of its name" if known else "is not known there"
    instead = f"{unplaced.toponym.surface!r} {why}; this is {place.name} ({place.kind}), in which the text says it lies"
    return dataclasses.replace(
        unplaced,
        place=place,
        score=score,
        alternatives=tuple(
            one for one in unplaced.alternatives if one.score <= score and one.place.place_id != place.place_id
        ),
        reasons=(instead, *unplaced.reasons),
    )
