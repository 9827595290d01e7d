"""The places that phrases make: each derived from one place or two, with an id made of its content.

A derived place comes as a :class:`~geoconflict.models.ScoredPlace` whose score is the share that it keeps of its
anchor's, and whose reasons say in words what was done.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Sequence

from geoconflict.geo import bearing_deg, distance_m, offset
from geoconflict.models import Place, PlacePrecision, ScoredPlace
from geoconflict.places.relative.borders import crosses_border
from geoconflict.places.relative.geometry import (
    band,
    corridor,
    half_extent_m,
    label_point,
    nearest_on,
    part_of,
    point_wkt,
    stretch_within,
)
from geoconflict.places.relative.grammar import tables
from geoconflict.places.relative.words import Phrase, PhraseKind

__all__ = [
    "FACILITY_PREFIX",
    "beside_line",
    "beside_point",
    "between_places",
    "is_pointlike",
    "lie_at_one_spot",
    "line_stretch",
    "near_place",
    "near_ring",
    "part_place",
    "wind_of",
]

FACILITY_PREFIX = "relative:by:"
"""Ids of ground by a town, such as of its dam, begin so; phrases such as "10 km north of the X dam" are counted from it."""
_LARGEST_POINT_M = 30_000.0
"""An area with a greater radius is too large to count a distance from."""
_LARGEST_RING_M = 30_000.0
"""A ring with a greater radius is an area."""
_HALF_DISC = 4 / (3 * math.pi)
"""How far from the middle of a disc the middle of its half lies, as a share of the radius."""
_WINDS = (
    "north", "north-northeast", "northeast", "east-northeast", "east", "east-southeast", "southeast", "south-southeast",
    "south", "south-southwest", "southwest", "west-southwest", "west", "west-northwest", "northwest", "north-northwest",
)  # fmt: skip
_ONE_SPOT_M = 500.0
_DERIVED = "derived from the words of the report"


def is_pointlike(place: Place) -> bool:
    """Return whether a distance can be counted from a place: it is a settlement, a landmark or a small area."""
    if place.kind in ("line", "country", "water"):
        return False
    return place.kind in ("settlement", "landmark") or place.radius_m <= _LARGEST_POINT_M


def _vaguer(precision: PlacePrecision, anchor: PlacePrecision) -> PlacePrecision:
    """Return the vaguer of two precisions: nothing is sharper than what it is counted from."""
    return max(precision, anchor, key=lambda precision: precision.vagueness)


def near_ring(radius_m: float, anchor: PlacePrecision) -> PlacePrecision:
    """Return how precise a ring around a place is: near it, or an area where it is wide."""
    return _vaguer(PlacePrecision.NEAR if radius_m <= _LARGEST_RING_M else PlacePrecision.AREA, anchor)


def wind_of(bearing: float) -> str:
    """Return the one of 16 winds that a bearing is nearest to: "north-northeast"."""
    return _WINDS[round(bearing / 22.5) % 16]


def _code(bearing: float) -> str:
    return (
        wind_of(bearing)
        .replace("-", "")
        .replace("north", "N")
        .replace("south", "S")
        .replace("east", "E")
        .replace("west", "W")
    )


def _score(name: str) -> float:
    return float(tables()["scores"][name])


def _id(anchor: Place, code: str) -> str:
    return f"relative:{anchor.place_id.removeprefix('relative:')}:{code}"


def _derived(
    anchor: Place, code: str, name: str, lon: float, lat: float, radius_m: float, precision: PlacePrecision
) -> Place:
    """Return a place at a point with a radius, counted from `anchor`."""
    moved = (lon, lat) != (anchor.lon, anchor.lat)
    away = moved and anchor.country is not None and crosses_border(anchor.country, (anchor.lon, anchor.lat), (lon, lat))
    return dataclasses.replace(
        anchor,
        place_id=_id(anchor, code),
        name=name,
        lon=round(lon, 5),
        lat=round(lat, 5),
        geometry=point_wkt(lon, lat),
        kind="area",
        precision=_vaguer(precision, anchor.precision),
        radius_m=float(round(max(radius_m, anchor.radius_m))),
        country=None if away else anchor.country,
        admin1=None if moved else anchor.admin1,
        admin2=None if moved else anchor.admin2,
        population=0,
        source=f"{anchor.source}; {_DERIVED}",
    )


def _shaped(anchor: Place, code: str, name: str, wkt: str, kind: str, precision: PlacePrecision) -> Place:
    """Return a place with a line or an area, derived from `anchor`."""
    lon, lat = label_point(wkt)
    return dataclasses.replace(
        anchor,
        place_id=_id(anchor, code),
        name=name,
        lon=round(lon, 5),
        lat=round(lat, 5),
        geometry=wkt,
        kind=kind,
        precision=_vaguer(precision, anchor.precision),
        radius_m=float(round(half_extent_m(wkt, lon, lat))),
        population=0,
        source=f"{anchor.source}; {_DERIVED}",
    )


def _said(phrase: Phrase) -> tuple[str, str]:
    """Return a phrase's distance for a person, and for an id: what differs in figure or kind has another id."""
    low = phrase.high_km if phrase.is_bound else phrase.low_km
    figures = dict.fromkeys(f"{km:.6g}" for km in (low, phrase.high_km))
    return _distance_text(low, phrase.high_km), f"{'in' if phrase.is_bound else ''}{'-'.join(figures)}km"


def _distance_text(low_km: float, high_km: float) -> str:
    def figure(km: float) -> str:
        return f"{km:.0f}" if km >= 3 or km == round(km) else f"{km:.1f}"

    if high_km < 1:
        return f"{1000 * high_km:.0f} m"
    return f"{figure(low_km)} to {figure(high_km)} km" if figure(low_km) != figure(high_km) else f"{figure(high_km)} km"


# ---------------------------------------------------------------- beside a point
def near_place(place: Place, reach_km: float) -> ScoredPlace | None:
    """Return a settlement or a spot as "near" it: the same point, with the reach of the words; None for larger places.

    It keeps its id: what happened near a town and what happened in it may be one event.
    """
    if place.precision not in (PlacePrecision.EXACT, PlacePrecision.TOWN):
        return None
    radius_m = max(2 * place.radius_m, place.radius_m + reach_km * 1000)
    near = dataclasses.replace(place, precision=PlacePrecision.NEAR, radius_m=float(round(radius_m)))
    return ScoredPlace(
        place=near, score=_score("near"), reasons=(f"within about {radius_m / 1000:.0f} km of {place.name}",)
    )


def beside_point(anchor: Place, phrase: Phrase) -> ScoredPlace:
    """Return what lies at a distance from a place, in a direction from it, or at one edge of it."""
    words = tables()
    if phrase.kind is PhraseKind.OFFSET:
        return _offset(anchor, phrase)
    bearing = phrase.bearing_deg or 0.0
    if phrase.kind is PhraseKind.EDGE:
        away_m, off_m = words["edges"]["away"] * 1000, words["edges"]["off"] * 1000
        away_m = max(away_m, 0.8 * anchor.radius_m)
        name, code, score = f"{wind_of(bearing)}ern edge of {anchor.name}", f"edge-{_code(bearing)}", "side"
    else:
        just = phrase.is_just
        away_m = words["side"]["just_away" if just else "away"] * 1000 + anchor.radius_m
        off_m = words["side"]["just_off" if just else "off"] * 1000
        name, code, score = (
            f"{wind_of(bearing)} of {anchor.name}",
            f"{'just' if just else 'side'}-{_code(bearing)}",
            "side",
        )
    lon, lat = offset(anchor.lon, anchor.lat, distance_m=away_m, bearing_deg=bearing)
    radius_m = anchor.radius_m + off_m
    place = _derived(anchor, code, name, lon, lat, radius_m, PlacePrecision.NEAR)
    reason = f"the distance is not said: about {away_m / 1000:.0f} km to the {wind_of(bearing)}, give or take {radius_m / 1000:.0f} km"
    return ScoredPlace(place=place, score=_score(score), reasons=(reason,))


def _offset(anchor: Place, phrase: Phrase) -> ScoredPlace:
    low, high = phrase.low_km, phrase.high_km
    said, figure = _said(phrase)
    score = _score("bounds" if phrase.is_bound else "offset")
    if phrase.bearing_deg is None:
        radius_m = 1000 * high * (1.0 if phrase.is_bound else 1 + phrase.share) + anchor.radius_m
        precision = near_ring(radius_m, anchor.precision)
        name = f"within {said} of {anchor.name}" if phrase.is_bound else f"about {said} from {anchor.name}"
        place = _derived(anchor, figure, name, anchor.lon, anchor.lat, radius_m, precision)
        reason = f"the direction is not said: anywhere around {anchor.name} within {radius_m / 1000:.0f} km"
        return ScoredPlace(place=place, score=score, reasons=(reason,))
    bearing = phrase.bearing_deg
    away = 0.7 * high if phrase.is_bound else (low + high) / 2
    along = 0.5 * high if phrase.is_bound else (high - low) / 2 + phrase.share * away
    across = away * math.sin(math.radians(phrase.sector_deg))
    radius_m = anchor.radius_m + 1000 * math.hypot(along, across)
    lon, lat = offset(anchor.lon, anchor.lat, distance_m=1000 * away, bearing_deg=bearing)
    precision = near_ring(radius_m, anchor.precision)
    name = f"{'up to' if phrase.is_bound else 'about'} {said} {wind_of(bearing)} of {anchor.name}"
    place = _derived(anchor, f"{figure}-{_code(bearing)}", name, lon, lat, radius_m, precision)
    reason = f"counted {_distance_text(away, away)} to the {wind_of(bearing)} from {anchor.name}, give or take {radius_m / 1000:.0f} km"
    return ScoredPlace(place=place, score=score, reasons=(reason,))


# ---------------------------------------------------------------- beside a line
def beside_line(line: Place, phrase: Phrase) -> ScoredPlace | str:
    """Return the band at a distance from a line, on both sides or on the one that is said; or why there is none."""
    if phrase.kind is PhraseKind.OFFSET:
        away = (phrase.low_km + phrase.high_km) / 2
        said, figure = _said(phrase)
        if phrase.bearing_deg is None:
            half, away, code = phrase.high_km * (1 + (0 if phrase.is_bound else phrase.share)), 0.0, figure
            name = f"within {'' if phrase.is_bound else 'about '}{said} of the {line.name}"
        else:
            half = (phrase.high_km - phrase.low_km) / 2 + max(2.0, (phrase.share + 0.3) * away)
            code, name = (
                f"{figure}-{_code(phrase.bearing_deg)}",
                f"about {said} {wind_of(phrase.bearing_deg)} of the {line.name}",
            )
    elif phrase.kind is PhraseKind.SIDE and phrase.bearing_deg is not None:
        away, half = tables()["line"]["side_away"], tables()["line"]["side_off"]
        code, name = f"side-{_code(phrase.bearing_deg)}", f"{wind_of(phrase.bearing_deg)} of the {line.name}"
    else:
        return f"{line.name} is a line, which has no such edge"
    wkt = band(line.geometry, half_width_m=1000 * half, away_m=1000 * away, bearing=phrase.bearing_deg or 0.0)
    if wkt is None:
        return f"{line.name} comes too near a pole, or goes too far round the globe, for a band beside it"
    place = _shaped(line, code, name, wkt, "area", PlacePrecision.AREA)
    return ScoredPlace(place=place, score=_score("side"), reasons=(f"a band along the {line.name}",))


def line_stretch(line: Place, by: Place) -> ScoredPlace | None:
    """Return the part of a line that lies by a place, or None where the line is too far from it."""
    front = tables()["front"]
    if "LINESTRING" not in line.geometry:
        return None
    lon, lat = nearest_on(line.geometry, by.lon, by.lat)
    apart = distance_m(lon, lat, by.lon, by.lat)
    if apart > 1000 * front["line_within"]:
        return None
    wkt = stretch_within(line.geometry, by.lon, by.lat, apart + by.radius_m + 1000 * front["stretch"])
    if wkt is None:
        return None
    place = _shaped(line, f"by:{by.place_id}", f"{line.name} near {by.name}", wkt, "line", PlacePrecision.LINE)
    return ScoredPlace(
        place=place,
        score=_score("stretch"),
        reasons=(f"the part of the line by {by.name}, {apart / 1000:.0f} km from it",),
    )


# ---------------------------------------------------------------- parts and corridors
def part_place(area: Place, bearing: float) -> ScoredPlace | None:
    """Return the half of an area or a line that lies in a direction, no sharper than the whole; None for settlements.

    Without an outline a province or an area becomes a disc on that side, and a country stands for its part itself.
    """
    if area.kind not in ("area", "admin1", "admin2", "country", "line"):
        return None
    name = f"{wind_of(bearing)}ern {area.name}"
    code = f"part-{_code(bearing)}"
    wkt = part_of(area.geometry, bearing)
    score = _score("part")
    if wkt is not None:
        kind = "line" if area.kind == "line" else "area"
        place = _shaped(area, code, name, wkt, kind, area.precision)
        return ScoredPlace(place=place, score=score, reasons=(f"the {wind_of(bearing)}ern half of {area.name}",))
    # A country is no disc: what its middle and size say of its north may lie in the sea.
    centre = _shifted(area, bearing) if area.kind != "country" else None
    if centre is None:
        return ScoredPlace(
            place=area,
            score=1.0,
            reasons=(f"the outline of {area.name} is not in the data, so it stands for its part",),
        )
    place = _derived(area, code, name, *centre, 0.0, PlacePrecision.REGION)
    place = dataclasses.replace(place, country=area.country, radius_m=float(round(0.75 * area.radius_m)))
    reason = f"the outline of {area.name} is not in the data: a disc in its {wind_of(bearing)}, counted from its middle and its size"
    return ScoredPlace(place=place, score=score, reasons=(reason,))


def _shifted(area: Place, bearing: float) -> tuple[float, float] | None:
    """Return the (lon, lat) of the middle of one half of an area that has no outline; None where that is abroad."""
    lon, lat = offset(area.lon, area.lat, distance_m=_HALF_DISC * area.radius_m, bearing_deg=bearing)
    abroad = area.country is not None and crosses_border(area.country, (area.lon, area.lat), (lon, lat))
    return None if abroad or abs(lat) > 85.0 or abs(lon - area.lon) > 180.0 else (lon, lat)


def lie_at_one_spot(ends: Sequence[Place]) -> bool:
    """Whether two that follow each other on a way are too close for any ground between them."""
    return min(_legs(ends)) < _ONE_SPOT_M


def _legs(ends: Sequence[Place]) -> list[float]:
    return [distance_m(one.lon, one.lat, two.lon, two.lat) for one, two in itertools.pairwise(ends)]


def between_places(ends: Sequence[Place], *, is_road: bool) -> ScoredPlace | str:
    """Return the ground between two places, or along the road through two or more, as one place; or why there is none."""
    words = tables()["road" if is_road else "between"]
    a, b = ends[0], ends[-1]
    large = next((place for place in ends if not is_pointlike(place)), None)
    if large is not None:
        return f"{large.name} is too large for a place between the two"
    legs = _legs(ends)
    length = sum(legs)
    if lie_at_one_spot(ends):
        return f"{a.name} and {b.name} lie at one spot"
    if length > 1000 * words["longest"]:
        return f"{a.name} and {b.name} lie {length / 1000:.0f} km apart, too far to say anything"
    half = min(max(words["share"] * length, 1000 * words["least"]), 1000 * words["most"])
    half = max(half, *(place.radius_m for place in ends))
    first, second = sorted((a, b), key=lambda place: place.place_id)
    named = " and ".join([", ".join(place.name for place in ends[:-1]), b.name])
    name = f"road between {named}" if is_road else f"between {named}"
    joined = dataclasses.replace(
        a,
        country=a.country if {place.country for place in ends} == {a.country} else None,
        source="; ".join(dict.fromkeys(place.source for place in ends)),
        precision=max((place.precision for place in ends), key=lambda precision: precision.vagueness),
    )
    lon, lat = _half_way(ends, legs)
    reach = max(distance_m(lon, lat, place.lon, place.lat) for place in ends) + half
    wkt = corridor([(place.lon, place.lat) for place in ends], half_width_m=half)
    if length <= 10_000.0 or wkt is None:
        precision = PlacePrecision.NEAR if length <= 10_000.0 else PlacePrecision.AREA
        place = _derived(joined, "", name, lon, lat, reach, precision)
    else:
        place = _shaped(joined, "", name, wkt, "area", PlacePrecision.AREA)
        place = dataclasses.replace(place, lon=round(lon, 5), lat=round(lat, 5), radius_m=float(round(reach)))
    ids = [first.place_id, *(one.place_id for one in (ends[1:-1] if first is a else ends[-2:0:-1])), second.place_id]
    place = dataclasses.replace(
        place,
        place_id=f"relative:{'road' if is_road else 'between'}:{':'.join(ids)}",
        country=joined.country,
        admin1=a.admin1 if {place.admin1 for place in ends} == {a.admin1} else None,
        admin2=None,
        valid_from=None,
        valid_to=None,
    )
    direction = wind_of(bearing_deg(a.lon, a.lat, b.lon, b.lat))
    straight = "the data have no roads: a straight corridor" if is_road else "a straight corridor"
    through = f" through {', '.join(place.name for place in ends[1:-1])}" if len(ends) > 2 else ""
    reason = f"{straight} from {a.name} {length / 1000:.0f} km {direction} to {b.name}{through}, {half / 1000:.0f} km to either side"
    return ScoredPlace(place=place, score=_score("road" if is_road else "between"), reasons=(reason,))


def _half_way(ends: Sequence[Place], legs: Sequence[float]) -> tuple[float, float]:
    """Return the (lon, lat) half way along the legs from place to place."""
    left = sum(legs) / 2
    for (one, two), leg in zip(itertools.pairwise(ends), legs, strict=True):
        if left <= leg or two is ends[-1]:
            bearing = bearing_deg(one.lon, one.lat, two.lon, two.lat)
            return offset(one.lon, one.lat, distance_m=min(left, leg), bearing_deg=bearing)
        left -= leg
    return ends[-1].lon, ends[-1].lat
