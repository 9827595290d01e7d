"""The names of a report and what each may mean: mentions grouped by name, each group with its candidates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from geoconflict.models import Place, Role, Toponym
from geoconflict.places.context import TextContext
from geoconflict.places.countries import capital_called, country_table, land_called
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.names import fold
from geoconflict.places.overrides import Override, Overrides
from geoconflict.places.relative.borders import names_border
from geoconflict.places.scoring import Lookup
from geoconflict.places.stated_containment import Containment
from geoconflict.places.words import generic_lines, name_readings

__all__ = ["NameGroup", "candidates_of", "lies_in", "name_groups", "split_by_containment"]

_N_CANDIDATES = 30
_N_OF_A_COUNTRY = 3
"""Of a name that more places bear, so many more of each country that the report speaks of: small ones are meant there."""
_ROLE_WEIGHT = {Role.EVENT_PLACE: 1.0, Role.REGION_CONTEXT: 1.0, Role.ORIGIN: 0.8, Role.DATELINE: 0.6, Role.OTHER: 0.7}
_OTHER_ROLE_WEIGHT = 0.5
"""How much a mention's places say about where the others lie: venues of talks and capitals that speak say less."""


@dataclass(slots=True)
class NameGroup:
    """The mentions of a report that are taken to mean one place."""

    surface: str
    mentions: list[int]
    candidates: list[Candidate]
    features: list[dict[str, float]] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    """What a candidate loses because its name is a reading of the surface."""
    shares: list[float] = field(default_factory=list)
    reasons: list[list[str]] = field(default_factory=list)
    note: str = ""
    weight: float = 1.0
    decided: Override | None = None
    generic: bool = False
    respelled: bool = False
    """Whether the candidates are not known by the name but by one that is spelled otherwise."""
    nowhere_in: str = ""
    """Words of the text that put the name where none of the candidates lies."""


def candidates_of(
    surface: str, gazetteer: Lookup, on: dt.date | None, countries: frozenset[str] = frozenset()
) -> tuple[list[Candidate], list[float], str]:
    """Return the places that a name, or else the first of its readings that any place bears, may mean.

    The most probable are kept, and some of each of the `countries` (ISO 3166-1 alpha-3). With each candidate comes what it
    loses because the reading says less than the name, in the logarithm of odds.
    """
    called = capital_called(surface)
    if called is not None:
        country, city = called
        cities = [
            one for one in gazetteer.lookup(city) if one.place.kind == "settlement" and one.place.country == country
        ]
        seats = sorted(cities, key=lambda one: one.feature != "PPLC")[:1]
        return seats, [0.0] * len(seats), f"{city} is the capital"
    land = land_called(surface)
    if land is not None:
        name = country_table()[land].name
        lands = [one for one in gazetteer.lookup(name) if one.place.kind == "country" and one.place.country == land]
        return lands[:1], [0.0] * len(lands[:1]), f"the land of {name}"
    for reading in name_readings(surface):
        found = gazetteer.lookup(reading.name, on=on)
        if reading.kinds:
            found = tuple(one for one in found if one.place.kind in reading.kinds) or found
        if found:
            kept = list(found[:_N_CANDIDATES])
            kept += _more_of(countries, found[_N_CANDIDATES:])
            return kept, [-reading.cost] * len(kept), reading.note
    return [], [], ""


def _more_of(countries: frozenset[str], rest: Sequence[Candidate]) -> Iterator[Candidate]:
    left = dict.fromkeys(countries, _N_OF_A_COUNTRY)
    for one in rest:
        if one.place.country is not None and left.get(one.place.country, 0):
            left[one.place.country] -= 1
            yield one


def _spoken_of(surfaces: Iterable[str], context: TextContext, gazetteer: Lookup, on: dt.date | None) -> frozenset[str]:
    """Return the countries whose people the text names, and those that hold the foremost place of one of the names."""
    foremost = (gazetteer.lookup(surface, on=on)[:1] for surface in surfaces)
    held = {one.place.country for found in foremost for one in found if one.place.country is not None}
    return frozenset(held | context.countries.keys())


def name_groups(
    toponyms: Sequence[Toponym],
    *,
    gazetteer: Lookup,
    text: str,
    context: TextContext,
    published_on: dt.date | None,
    overrides: Overrides | None = None,
    more: Callable[[str], Sequence[Candidate]] | None = None,
) -> list[NameGroup]:
    """Return the mentions grouped by name, each group with its candidates.

    "X province" and "X" are two names; "the town of X" and "X" are one.
    """
    by_name: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for index in sorted(range(len(toponyms)), key=lambda index: (toponyms[index].start, toponyms[index].end)):
        kinds = context.kinds[index]
        apart = () if "settlement" in kinds else tuple(sorted(kinds))
        by_name.setdefault((fold(toponyms[index].surface), apart), []).append(index)
    groups = []
    names = {fold(one.surface): one.surface for one in toponyms}
    countries = _spoken_of(names.values(), context, gazetteer, published_on)
    for (key, _), mentions in by_name.items():
        surface = toponyms[mentions[0]].surface
        override = overrides.match(surface, on=published_on, context=text) if overrides else None
        candidates, costs, note = (
            ([], [], "") if override else candidates_of(surface, gazetteer, published_on, countries)
        )
        group = NameGroup(surface, mentions, candidates, costs=costs, note=note, decided=override)
        if override:
            _decide(group, override, gazetteer)
        elif key in generic_lines():
            _keep_lines(group, gazetteer, published_on)
        elif names_border(surface):  # one that no line is called by is read from its words (relative.border_places)
            group.candidates = [one for one in gazetteer.lookup(surface, on=published_on) if one.place.kind == "line"]
            group.costs = [0.0] * len(group.candidates)
        elif not candidates and more is not None:
            group.candidates = list(more(surface))[:_N_CANDIDATES]
            group.costs = [0.0] * len(group.candidates)
        group.weight = max(_ROLE_WEIGHT.get(toponyms[index].role, _OTHER_ROLE_WEIGHT) for index in mentions)
        groups.append(group)
    return groups


def _decide(group: NameGroup, override: Override, gazetteer: Lookup) -> None:
    place = override.place or (gazetteer.place(override.place_id) if override.place_id else None)
    if place is not None:
        group.candidates = [certain_candidate(place, group.surface)]
        group.costs = [0.0]


def certain_candidate(place: Place, name: str) -> Candidate:
    """Return a place as a candidate that nothing speaks against."""
    return Candidate(
        place=place, matched_name=name, is_primary=True, name_valid=True, feature=place.kind,
        historical=False, curated=True, prior=1.0,
    )  # fmt: skip


def _keep_lines(group: NameGroup, gazetteer: Lookup, on: dt.date | None) -> None:
    """Keep the lines that bear any name such as "front line" and were there on that day."""
    found: dict[str, Candidate] = {}
    for name in (group.surface, *generic_lines()):
        for candidate in gazetteer.lookup(name, on=on):
            if candidate.place.kind == "line" and candidate.name_valid:
                found.setdefault(candidate.place.place_id, candidate)
    group.candidates = sorted(found.values(), key=lambda one: one.place.place_id)
    group.costs = [0.0] * len(group.candidates)
    group.generic = True


def split_by_containment(groups: Sequence[NameGroup], context: TextContext, gazetteer: Lookup) -> list[NameGroup]:
    """Split a name whose mentions the text puts in different places: "X in A ... X in B"."""
    by_mention = {index: group for group in groups for index in group.mentions}
    result: list[NameGroup] = []
    for group in groups:
        inside: dict[int, frozenset[str]] = {}
        for index in group.mentions if len(group.candidates) > 1 else ():
            for link in context.links_into([index]):
                if link.strength < 1.0:
                    continue
                outers = _outer_places(link, by_mention)
                held = frozenset(
                    one.place.place_id
                    for one in group.candidates
                    if any(lies_in(one.place, outer, gazetteer) for outer in outers)
                    or (link.country is not None and one.place.country == link.country)
                )
                if held:
                    inside[index] = inside.get(index, held) & held or held
        parts: list[tuple[frozenset[str], list[int]]] = []
        for index, held in inside.items():
            for number, (common, mentions) in enumerate(parts):
                if common & held:
                    parts[number] = (common & held, [*mentions, index])
                    break
            else:
                parts.append((held, [index]))
        if len(parts) < 2:
            result.append(group)
            continue
        for index in group.mentions:  # a mention without a word on it goes with the last one before it that has one
            if index not in inside:
                before = [other for other in inside if other < index] or [min(inside)]
                next(mentions for _, mentions in parts if max(before) in mentions).append(index)
        result += [
            NameGroup(
                group.surface,
                sorted(mentions),
                group.candidates,
                costs=group.costs,
                note=group.note,
                weight=group.weight,
            )
            for _, mentions in parts
        ]
    return result


def _outer_places(link: Containment, by_mention: Mapping[int, NameGroup]) -> list[Place]:
    outer = by_mention.get(link.outer) if link.outer is not None else None
    return [one.place for one in outer.candidates] if outer else []


def lies_in(inner: Place, outer: Place, gazetteer: Lookup) -> bool:
    """Return whether one place lies in another; no place lies in itself."""
    return inner.place_id != outer.place_id and gazetteer.is_within(inner, outer)
