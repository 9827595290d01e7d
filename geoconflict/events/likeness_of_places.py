"""What the places of two tellings are to each other: one, one within the other, or named beside what has none as sharp."""

from __future__ import annotations

import re

from geoconflict.codes import FROM_AFAR
from geoconflict.events.people import plain
from geoconflict.events.rules import rules
from geoconflict.events.surroundings import is_rare, one_name
from geoconflict.events.versions import Version
from geoconflict.models import EventType, PlacePrecision

__all__ = [
    "HOLD_PLACES",
    "in_one_sentence",
    "likeness_of_places",
    "name_one_place",
    "name_one_spot",
    "named_beside",
    "names_in_common",
    "sets_apart",
]

_CLAUSES = re.compile(r";|,\s+and\b|,\s+while\b")
_SAME_PLACE = {
    PlacePrecision.EXACT: "same_place",
    PlacePrecision.TOWN: "same_place",
    PlacePrecision.NEAR: "near_place",
    PlacePrecision.AREA: "same_district",
    PlacePrecision.ADMIN2: "same_district",
    PlacePrecision.ADMIN1: "same_province",
    PlacePrecision.LINE: "same_province",
    PlacePrecision.REGION: "same_region",
    PlacePrecision.COUNTRY: "same_country",
    PlacePrecision.SEA: "same_region",
}
_INSIDE = {
    PlacePrecision.NEAR: "inside_near",
    PlacePrecision.AREA: "inside_district",
    PlacePrecision.ADMIN2: "inside_district",
    PlacePrecision.ADMIN1: "inside_province",
    PlacePrecision.REGION: "inside_region",
    PlacePrecision.COUNTRY: "inside_country",
}
_WIDE = (PlacePrecision.ADMIN1, PlacePrecision.REGION, PlacePrecision.COUNTRY)
"""What holds villages that no source has."""
_OF_TOWNS = (PlacePrecision.NEAR, PlacePrecision.ADMIN2, PlacePrecision.ADMIN1)
"""What may have the name of a town in it."""
HOLD_PLACES = frozenset(_INSIDE)
"""Precisions of what may have the place of another telling in it: a town has none."""


def likeness_of_places(a: Version, b: Version) -> str:
    """Return what the places of two tellings are to each other, in the name of an evidence: one, or one within the other."""
    mine, others = a.source.place, b.source.place
    if mine is None or others is None:
        if mine is others:
            if a.mention.place is None or b.mention.place is None:
                return "same_words_no_place"
            return "same_unknown_place" if one_name(plain(_surface(a)), plain(_surface(b))) else "other_name"
        if name_one_place(a, b):
            return "same_name_placed"
        if (
            a.mention.report_id == b.mention.report_id
            and "" != _surface(a) != _surface(b) != ""
            and (not in_one_sentence(a, b) or sets_apart(a, b) or _are_two_deeds(a, b))
            and not (_is_wide(a) or _is_wide(b))
        ):
            return "other_name"  # in one sentence the one may be a station or a quarter of the other
        if _names_place_for_another_weapon(a, b):
            return "other_name"
        is_one = in_one_sentence(a, b) and (a.agents & b.agents or not (a.agents and b.agents))
        return "no_place_in_sentence" if is_one else "no_place"
    vaguer = max(mine.precision, others.precision, key=lambda precision: precision.vagueness)
    if mine.place_id == others.place_id:
        return _SAME_PLACE[vaguer]
    is_one_name = vaguer in _OF_TOWNS and _surface(a) == _surface(b) != ""
    return "inside_same_name" if is_one_name else _INSIDE[vaguer]


def _are_two_deeds(a: Version, b: Version) -> bool:
    """Whether two words, neither of which leaves the kind open, tell deeds of two kinds: "blew up a mine near X and shelled Y".

    Two weapons are two, too: "bombed the airport of X, and its warships shelled Y".
    """
    is_of_weapons = a.mention.event_type is b.mention.event_type is EventType.EXPLOSIONS
    if is_of_weapons and a.mention.sub_event_type != b.mention.sub_event_type:
        return True
    return a.family.name != b.family.name and not (a.generic or b.generic)


def _names_place_for_another_weapon(a: Version, b: Version) -> bool:
    """Whether one report tells of rockets somewhere and then of jets at a place: "had launched rockets. In X an air strike killed"."""
    if a.mention.report_id != b.mention.report_id or in_one_sentence(a, b) or a.generic or b.generic:
        return False
    is_of_weapons = a.mention.event_type is b.mention.event_type is EventType.EXPLOSIONS
    return is_of_weapons and {a.mention.sub_event_type, b.mention.sub_event_type} == FROM_AFAR


def named_beside(a: Version, b: Version) -> bool:
    """Return whether the report of one, which has no place or a wide one, names that of the other, told in another report.

    A report that names a district means it, whatever towns it names besides.
    """
    if a.mention.report_id == b.mention.report_id or not a.called.isdisjoint(b.called):
        return False
    pairs = [(one, two) for one, two in ((a, b), (b, a)) if one.source.place is None or _is_wide(one)]
    return any(one_name(name, called) for one, two in pairs for name in one.names for called in two.called)


def _is_wide(version: Version) -> bool:
    place = version.source.place
    return place is not None and place.precision in _WIDE


def names_in_common(a: Version, b: Version) -> frozenset[str]:
    """Return the names around two tellings of two reports, neither of a sharp place, that both have and few others."""
    if a.mention.report_id == b.mention.report_id or not a.names or not b.names:
        return frozenset()
    called = a.called | b.called
    rare = [[name for name in one.names if name not in called and is_rare(name)] for one in (a, b)]
    return frozenset(name for name in rare[0] if any(one_name(name, other) for other in rare[1]))


def name_one_spot(a: Version, b: Version) -> bool:
    """Return whether two reports name the same hotel, base or the like."""
    return a.mention.report_id != b.mention.report_id and not a.scenes.isdisjoint(b.scenes)


def name_one_place(a: Version, b: Version) -> bool:
    """Return whether two reports call their places by one name, which one of them could not place."""
    is_unknown = a.source.place is None or b.source.place is None
    if not is_unknown or a.mention.report_id == b.mention.report_id:
        return False
    mine, others = _surface(a), _surface(b)
    return bool(mine and others) and one_name(plain(mine), plain(others))


def in_one_sentence(a: Version, b: Version) -> bool:
    """Return whether one sentence of one report tells both."""
    return a.mention.report_id == b.mention.report_id and a.source.quote_start == b.source.quote_start


def sets_apart(a: Version, b: Version) -> bool:
    """Return whether the last clause of one sentence tells of another event than the first: "..., and a second bomb hit X"."""
    if not in_one_sentence(a, b):
        return False
    first, last = sorted(one.mention.trigger_start - one.source.quote_start for one in (a, b))
    _, *clauses = _CLAUSES.split(a.source.quote[max(0, first) : max(0, last)].casefold())
    return bool(clauses) and not rules().another_words.isdisjoint(clauses[-1].split())


def _surface(version: Version) -> str:
    place = version.mention.place
    return place.surface.casefold() if place is not None else ""
