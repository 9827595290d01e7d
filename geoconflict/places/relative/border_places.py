"""Border phrases of a report become places: "the Armenian-Azerbaijani border", "the border with Iran"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Mapping, Sequence

from geoconflict.geo import distance_m
from geoconflict.models import Place, PlacePrecision, Resolution
from geoconflict.places.countries import country_table
from geoconflict.places.relative.borders import (
    BORDER_SOURCE,
    Border,
    BorderSides,
    border_between,
    border_noun_after,
    border_sides,
    likely_partner,
    names_border,
)
from geoconflict.places.relative.geometry import half_extent_m, label_point, nearest_on, stretch_within
from geoconflict.places.relative.grammar import tables

__all__ = ["BORDER_PREFIX", "place_borders"]

BORDER_PREFIX = "relative:border:"
_BEYOND_M = 20_000.0
"""How far beyond the radius of an area named in the same sentence its part of a border reaches."""
_LARGEST_AREA_M = 250_000.0
_SENTENCE_END = re.compile(r"[.!?]\s|\n\s*\n")


def place_borders(
    answers: Sequence[Resolution],
    text: str,
    *,
    decided: Collection[int] = (),
    peoples: Mapping[str, int],
    min_score: float,
) -> tuple[Resolution, ...]:
    """Return the answers with the border phrases among them placed, and what borders say of other places as reasons.

    A phrase that names one country alone takes the neighbour that the rest of the report speaks of. Where that cannot be
    told, or the two share no land border, it stays without a place, with the reason.
    """
    found = list(answers)
    for index, one in enumerate(answers):
        if names_border(one.toponym.surface):
            if one.place is None and index not in decided:
                found[index] = _placed(one, answers, text, peoples, min_score)
        elif one.place is not None and one.place.kind in ("settlement", "landmark"):
            found[index] = _described(one, one.place, answers, text)
    return tuple(found)


def _placed(
    one: Resolution, answers: Sequence[Resolution], text: str, peoples: Mapping[str, int], min_score: float
) -> Resolution:
    sides = border_sides(text, _noun_start(one), one.toponym.end, answers)
    scores = tables()["scores"]
    if not sides.countries:
        return dataclasses.replace(one, reasons=("the text does not say whose border is meant",))
    if len(sides.countries) == 2:
        border, score = border_between(*sides.countries), scores["border_named"]
        why = "the text names both sides"
        if border is None:
            why = f"no land border of {_name(sides.countries[0])} and {_name(sides.countries[1])} is in the data"
    else:
        border, why = likely_partner(sides.countries[0], answers, peoples)
        score = scores["border_chosen"]
    if border is None:
        return dataclasses.replace(one, reasons=(why,))
    place, narrowed = _narrowed(_border_place(border), one, answers, text, sides)
    reasons = (why, *narrowed, f"the border is drawn as {BORDER_SOURCE}")
    if border.is_disputed:
        reasons = (*reasons, "most of this border is disputed or a line of control")
    if score < min_score:
        unsure = f"not sure enough: {place.name} has {score:.2f}, {min_score:.2f} is asked for"
        return dataclasses.replace(one, score=score, reasons=(unsure, *reasons))
    return dataclasses.replace(one, place=place, score=score, alternatives=(), reasons=reasons)


def _noun_start(one: Resolution) -> int:
    surface = one.toponym.surface
    return one.toponym.end - len(re.split(r"[\s-]", surface)[-1])


def _name(code: str) -> str:
    table = country_table()
    return table[code].name if code in table else code


def _border_place(border: Border) -> Place:
    lon, lat = label_point(border.wkt)
    return Place(
        place_id=f"{BORDER_PREFIX}{border.a}-{border.b}",
        name=f"{_name(border.a)}–{_name(border.b)} border",
        lon=round(lon, 5),
        lat=round(lat, 5),
        geometry=border.wkt,
        kind="line",
        precision=PlacePrecision.LINE,
        radius_m=float(round(half_extent_m(border.wkt, lon, lat))),
        source=BORDER_SOURCE,
    )


def _narrowed(
    place: Place, one: Resolution, answers: Sequence[Resolution], text: str, sides: BorderSides
) -> tuple[Place, tuple[str, ...]]:
    """Return the part of a border by the area that the phrase or its sentence names, and the reason."""
    start, end = _sentence(text, one)
    areas = [answers[index] for index in sides.areas]
    areas += [other for other in answers if start <= other.toponym.start < end and other not in areas]
    for other in areas:
        area = other.place
        if area is None or area.kind not in ("area", "admin1", "admin2") or area.radius_m > _LARGEST_AREA_M:
            continue
        wkt = stretch_within(place.geometry, area.lon, area.lat, area.radius_m + _BEYOND_M)
        if wkt is None:
            continue
        lon, lat = label_point(wkt)
        part = dataclasses.replace(
            place,
            place_id=f"{place.place_id}:by:{area.place_id}",
            name=f"{place.name} near {area.name}",
            lon=round(lon, 5),
            lat=round(lat, 5),
            geometry=wkt,
            radius_m=float(round(half_extent_m(wkt, lon, lat))),
        )
        return part, (f"the part of it by {area.name}, named beside it",)
    return place, ()


def _sentence(text: str, one: Resolution) -> tuple[int, int]:
    starts = [match.end() for match in _SENTENCE_END.finditer(text, 0, one.toponym.start)]
    stop = _SENTENCE_END.search(text, one.toponym.end)
    return (starts[-1] if starts else 0), (stop.start() if stop else len(text))


def _described(one: Resolution, place: Place, answers: Sequence[Resolution], text: str) -> Resolution:
    """Return an answer with what a border phrase behind the name says of it: "X, near the Y border"."""
    after = border_noun_after(text, one.toponym.end)
    if after is None:
        return one
    start, end, words = after
    borders = []
    sides = border_sides(text, start, end, answers).countries
    if len(sides) == 2:
        borders = [border_between(*sides)]
    elif len(sides) == 1 and place.country is not None:
        borders = [border_between(sides[0], place.country)]
    for border in borders:
        if border is not None:
            lon, lat = nearest_on(border.wkt, place.lon, place.lat)
            apart = distance_m(lon, lat, place.lon, place.lat) / 1000
            return dataclasses.replace(
                one, reasons=(*one.reasons, f"the text puts it {words!r}; it lies {apart:.0f} km from that border")
            )
    return one
