"""What the text calls a dam or an airport is no town: "the X dam" is the dam of that name, or else ground by the town.

The gazetteer has few such things. Where it has only the town of its name, the answer reaches as far from the town as things
that are called so mostly lie, and is no sharper than that.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from geoconflict.geo import distance_m
from geoconflict.models import Place, Resolution
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.groups import NameGroup
from geoconflict.places.names import fold
from geoconflict.places.relative.places import FACILITY_PREFIX, near_ring
from geoconflict.places.scoring import Lookup
from geoconflict.places.words import facility_reach, town_part_words, unit_reach

__all__ = ["as_facility", "facility_of", "facility_word_in"]

_BY_ITS_TOWN_M = 100_000.0
"""Nothing that bears the name of a town lies farther from it."""
_ALONE = 0.8
"""The score of a thing that the gazetteer knows by its whole name alone."""
_ISLAND = "island"
"""What is called so lies where it lies, and by no town that bears its name elsewhere."""
_SPOKEN_OF = 0.2
"""The share of what a report says of countries from which on a town there may stand for an island of its name."""
_CHIEF_TOWN = 2_000
"""People from which on a town may be the chief one of an island of its name, whatever the report speaks of."""
_THINGS = ("landmark", "water")
_TOWNS = ("settlement", "admin2")


def as_facility(
    answer: Resolution, group: NameGroup, word: str, *, gazetteer: Lookup, on: dt.date | None = None
) -> Resolution:
    """Return the answer to a name that stands beside a word such as "dam" as that dam.

    Parameters
    ----------
    answer
        The place as it was chosen.
    group
        The name's candidates.
    word
        The folded word; one of nothing that has a name of its own leaves the answer as it is.
    gazetteer
        Asked whether it has the thing itself.
    on
        The day of the report.
    """
    if group.decided is not None or not _is_facility(word):
        return answer
    surface = answer.toponym.surface
    name = surface if f" {fold(surface)}".endswith(f" {word}") else f"{surface} {word}"
    if word == _ISLAND:
        islands = [one.place for one in _bearers(name, gazetteer, on) if one.place.kind == "area"]
        if len(islands) == 1 and answer.place != islands[0]:
            why = f"{name!r} is known itself"
            score = max(answer.score, _ALONE)
            return dataclasses.replace(answer, place=islands[0], score=score, reasons=(why, *answer.reasons))
    if answer.place is None:
        things = [one.place for one in _bearers(name, gazetteer, on) if one.place.kind in _THINGS]
        if len(things) != 1:
            return answer
        why = f"{name!r} is known, though no {surface} is chosen"
        return dataclasses.replace(answer, place=things[0], score=_ALONE, reasons=(why, *answer.reasons))
    place, why = facility_of(answer.place, name, word, gazetteer=gazetteer, on=on)
    if word == _ISLAND and place.place_id.startswith(FACILITY_PREFIX) and _is_village_elsewhere(answer.place, group):
        unknown = f"{name!r} is not known, and nothing else in the report speaks of {answer.place.name} ({answer.place.country})"
        return dataclasses.replace(answer, place=None, reasons=(unknown, *answer.reasons))
    return dataclasses.replace(answer, place=place, reasons=(why, *answer.reasons)) if why else answer


def _is_village_elsewhere(place: Place, group: NameGroup) -> bool:
    """Return whether a place is a village that none entered by hand, of a country that neither report nor settings speak of."""
    if place.kind != "settlement" or (place.population or 0) >= _CHIEF_TOWN:
        return False
    candidates = zip(group.candidates, group.features, strict=True)
    curated, row = next((one.curated, row) for one, row in candidates if one.place.place_id == place.place_id)
    return not curated and max(row.get("country_votes", 0.0), row.get("contained", 0.0)) <= _SPOKEN_OF


def facility_of(
    chosen: Place, name: str, word: str, *, gazetteer: Lookup, on: dt.date | None = None
) -> tuple[Place, str]:
    """Return what a place is as the thing `name` that `word` calls it, and why; itself and "" where that changes nothing."""
    near = [
        one.place
        for one in _bearers(name, gazetteer, on)
        if distance_m(one.place.lon, one.place.lat, chosen.lon, chosen.lat) <= _BY_ITS_TOWN_M
    ]
    itself = min(near, key=lambda one: (one.kind not in _THINGS, one.place_id != chosen.place_id), default=None)
    if itself is not None and itself.place_id != chosen.place_id:
        return itself, f"{name!r} is known itself, and is not the town of its name"
    if itself is not None or chosen.kind not in _TOWNS or word not in facility_reach():
        return chosen, ""
    radius_m = chosen.radius_m + facility_reach()[word]
    around = dataclasses.replace(
        chosen,
        place_id=f"{FACILITY_PREFIX}{chosen.place_id}:{word.replace(' ', '-')}",
        name=name,
        kind="landmark",
        precision=near_ring(radius_m, chosen.precision),
        radius_m=float(round(radius_m)),
        population=0,
    )
    why = (
        f"the text says {word!r} and only the town of its name is known: within about {radius_m / 1000:.0f} km of "
        f"{chosen.name}, as such places mostly lie"
    )
    return around, why


def facility_word_in(name: str) -> str:
    """Return the folded word by which a name, as records write it, is that of such a thing: "X dam"; empty where none is."""
    words = fold(name).split()
    ends = (" ".join(words[-n:]) for n in (3, 2, 1) if n < len(words))
    return next((word for word in ends if _is_facility(word)), "")


def _is_facility(word: str) -> bool:
    return word in facility_reach() or (word in town_part_words() and word not in unit_reach())


def _bearers(name: str, gazetteer: Lookup, on: dt.date | None) -> list[Candidate]:
    """Return what bears the whole name, word of kind and all; a lookup also finds towns without that word."""
    found = [one for one in gazetteer.lookup(name, on=on) if one.name_valid and fold(one.matched_name) == fold(name)]
    return [one for one in found if one.curated or one.place.kind in _THINGS]
