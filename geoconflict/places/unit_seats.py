"""Seats of provinces: "the North Darfur capital" is a town, and neither the land around it nor a town of the province's name.

It is the one that the gazetteer knows as the seat; of a province of which it knows none, the one town that the report names there.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from geoconflict.models import Place, Resolution
from geoconflict.places.groups import lies_in
from geoconflict.places.scoring import Lookup

__all__ = ["placed_at_seats"]

_UNITS = ("admin1", "area")
_SHARE = 0.9
"""Of the lesser score of the province and the town: the only town that is named there is mostly its seat."""
_TOWN = 30_000
"""People from which on a town is taken for the seat of a province; a village named there is mostly another place."""
_SEAT = re.compile(
    r"(?:['’]s|\s+(?:state|province|region))?\s+(?:(?:provincial|regional|state)\s+)?capital\b(?=\s+(?:on|in|at|and|as|after|when|late|early|last|where|to|from|by)\b|[.;]|,\s+[a-z])"
)
"""Behind the name of a province: its capital, which is not named there."""
_SEAT_OF = re.compile(r"\bcapital\s+of\s+(?:the\s+)?$")


def placed_at_seats(resolutions: Sequence[Resolution], text: str, gazetteer: Lookup) -> list[Resolution]:
    """Return the answers, a province by whose name its capital is called taken to the one town that is named there.

    Parameters
    ----------
    resolutions
        One for each mention of a report.
    text
        The report.
    gazetteer
        Says what lies in what.
    """
    answers = list(resolutions)
    for index, one in enumerate(resolutions):
        unit = _unit(one, gazetteer) if _is_of_seat(text, one) else None
        if unit is None:
            continue
        seat = gazetteer.seat_of(unit)
        if seat is not None:
            why = f"the text says the capital of {unit.name}, which is {seat.name}"
            answers[index] = dataclasses.replace(
                one, place=seat, score=round(_SHARE * one.score, 4), reasons=(why, *one.reasons)
            )
            continue
        towns = _towns_in(unit, resolutions, gazetteer)
        if len(towns) == 1 and one.place is unit:
            ((town, sure),) = towns
            why = f"the text says the capital of {unit.name}, and {town.name} is the one town that it names there"
            score = round(_SHARE * min(one.score, sure), 4)
            answers[index] = dataclasses.replace(one, place=town, score=score, reasons=(why, *one.reasons))
    return answers


def _unit(one: Resolution, gazetteer: Lookup) -> Place | None:
    """Return the province that a name means whose capital is told of, be it that of the town which the name was taken for."""
    if one.place is None or one.place.kind in _UNITS:
        return one.place
    named = (other.place for other in gazetteer.lookup(one.toponym.surface))
    return next((unit for unit in named if unit.kind in _UNITS and unit.country == one.place.country), None)


def _is_of_seat(text: str, one: Resolution) -> bool:
    before = text[max(0, one.toponym.start - 30) : one.toponym.start]
    return _SEAT.match(text, one.toponym.end) is not None or _SEAT_OF.search(before) is not None


def _towns_in(unit: Place, resolutions: Sequence[Resolution], gazetteer: Lookup) -> list[tuple[Place, float]]:
    """Return the towns of some size that are named within a unit, each once, with its best score."""
    towns: dict[str, tuple[Place, float]] = {}
    for one in sorted(resolutions, key=lambda one: one.score):
        town = one.place
        if town is None or town.kind != "settlement" or (town.population or 0) < _TOWN:
            continue
        if lies_in(town, unit, gazetteer):
            towns[town.place_id] = (town, one.score)
    return list(towns.values())
