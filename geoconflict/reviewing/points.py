"""Points that a reviewer types: what they say, which country they lie in, and what speaks against them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from geoconflict.geo import distance_m
from geoconflict.models import Event, Place, PlacePrecision
from geoconflict.places.countries import country_table
from geoconflict.places.overrides import override_point
from geoconflict.places.relative.borders import crosses_border

__all__ = ["TOWN_REACH_M", "PointDoubtError", "TypedPoint", "doubts_of_point", "placed", "point_words", "typed_point"]

TOWN_REACH_M = 300_000.0
"""A point farther than this from every town has no country that can be told."""
_ADMIN1_REACH_M = 50_000.0
"""A province is taken from a town of at most this distance."""
_FAR_M = 300_000.0
"""A point farther than this from where the event is said to be is asked about."""
_LABEL = r"(?:(lon|lat)(?:gitude|itude)?\s*[:=]?\s*)?"
_REST = r"(?:[,;]\s*(.*))?"
_POINT = re.compile(
    rf"\s*{_LABEL}([-+]?\d+(?:\.\d+)?)\s*[,; ]\s*{_LABEL}([-+]?\d+(?:\.\d+)?)\s*{_REST}", re.DOTALL | re.IGNORECASE
)
_POINT_WITH_COMMAS = re.compile(
    rf"\s*{_LABEL}([-+]?\d+,\d+)\s*[; ]\s*{_LABEL}([-+]?\d+,\d+)\s*(?:;\s*(.*))?", re.DOTALL | re.IGNORECASE
)
"""Numbers as some spreadsheets write them; a comma that parts two numbers as well would make one point of another."""


class PointDoubtError(ValueError):
    """A point that is taken only if the reviewer says that it is meant."""


class TypedPoint(NamedTuple):
    """What stands for a point."""

    lon: float
    lat: float
    """Degrees, EPSG:4326."""
    precision: str
    radius_m: float | None
    name: str


def point_words(lon: float, lat: float) -> str:
    """Return a point as it is written everywhere in reviewing, and may be typed: longitude first, both named."""
    return f"lon {lon:.4f}, lat {lat:.4f}"


def typed_point(value: str) -> TypedPoint | None:
    """Return the point that a value is; None if it is none.

    Raises
    ------
    ValueError
        If it cannot be on the Earth, or says two things at once.
    """
    found = _POINT_WITH_COMMAS.fullmatch(value) or _POINT.fullmatch(value)
    if found is None:
        return None
    first, a, second, b, rest = found.groups()
    labels = [label.casefold() if label else "" for label in (first, second)]
    if labels[0] and labels[0] == labels[1]:
        msg = f"{value[:60]!r} has {labels[0]} twice; write lon 28.95, lat -1.60"
        raise ValueError(msg)
    lon, lat = (float(number.replace(",", ".")) for number in (a, b))
    if labels[0] == "lat" or labels[1] == "lon":
        lon, lat = lat, lon
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        msg = (
            f"{lon:g}, {lat:g} is not LON, LAT in degrees: longitude comes first, -180 to 180, then latitude, -90 to 90"
        )
        raise ValueError(msg)
    return TypedPoint(lon, lat, *_details(rest or ""))


def _details(said: str) -> tuple[str, float | None, str]:
    """Return precision, radius and name from what stands behind a point: any of them, parted by commas."""
    precisions: list[str] = []
    radius, name = None, ""
    for part in (one.strip() for one in re.split("[,;]", said)):
        if not part:
            continue
        if part.casefold() in set(PlacePrecision):
            precisions.append(part.casefold())
        elif re.fullmatch(r"\d+(\.\d+)?", part):
            radius = float(part)
            if not math.isfinite(radius) or radius > 20_000_000:
                msg = f"radius {part} metres is larger than the Earth"
                raise ValueError(msg)
        else:
            name = part
    if len(set(precisions)) > 1:
        msg = f"the point is said to be {' and '.join(dict.fromkeys(precisions))}; give one of them"
        raise ValueError(msg)
    return precisions[0] if precisions else PlacePrecision.TOWN.value, radius, name


def placed(point: TypedPoint, towns: Iterable[Place]) -> tuple[Place, str]:
    """Return the place that a point is, with the country and the province of the nearest town on its side of the border.

    Parameters
    ----------
    point
        As typed.
    towns
        Those around it, the nearest first.

    Returns
    -------
    tuple
        The place, and in words from what its country is known; empty where it is not.

    Raises
    ------
    ValueError
        If its precision is none of a point.
    """
    lon, lat, precision, radius, name = point
    try:
        place = override_point(name or point_words(lon, lat), lon, lat, precision=precision, radius_m=radius)
    except (KeyError, ValueError):
        msg = f"precision {precision!r} is unknown for a point; there are exact, town, near, area, admin2, admin1, region, country, sea"
        raise ValueError(msg) from None
    if place.precision is PlacePrecision.SEA:
        return place, ""
    for town in towns:
        if town.country and not crosses_border(town.country, (lon, lat), (town.lon, town.lat)):
            apart = distance_m(lon, lat, town.lon, town.lat)
            has_admin1 = apart <= _ADMIN1_REACH_M and place.precision is not PlacePrecision.COUNTRY
            place = replace(place, country=town.country, admin1=town.admin1 if has_admin1 else None)
            what = "country and province" if place.admin1 else "country"
            return place, f"{what} as of {town.name}, {apart / 1000:.0f} km away"
    return place, ""


def doubts_of_point(
    event: Event, place: Place, countries: Iterable[str], towns_near: Callable[[float, float], Iterable[Place]]
) -> list[str]:
    """Return what speaks against an event being at a point, one clause each; none where nothing does.

    Parameters
    ----------
    event
        As it is now.
    place
        The point, with its country where that is known.
    countries
        Those that the settings say the reports are about, ISO 3166-1 alpha-3.
    towns_near
        Returns the towns around a point, the nearest first.
    """
    found = []
    told = {event.place.country} if event.place and event.place.country else _countries_of(event)
    told &= country_table().keys()
    mine = set(countries)
    if place.country is None:
        if place.precision is not PlacePrecision.SEA:
            found.append(f"no town is known within {TOWN_REACH_M / 1000:.0f} km of it")
    elif told and not _is_among(place.country, told):
        found.append(
            f"it lies in {_name(place.country)}, and the event is told of {' and '.join(map(_name, sorted(told)))}"
        )
    elif mine and not _is_among(place.country, mine):
        found.append(f"it lies in {_name(place.country)}, which is none of places.countries")
    now = event.place
    if now is not None:
        apart = distance_m(place.lon, place.lat, now.lon, now.lat)
        if apart > max(_FAR_M, now.radius_m):
            found.append(f"it is {apart / 1000:.0f} km from {now.name}, where the event is now")
    if found and _is_nearer_swapped(event, place, told | mine, towns_near):
        found.append(f"were the numbers swapped? {point_words(place.lat, place.lon)} would fit")
    return found


def _is_nearer_swapped(
    event: Event, place: Place, countries: set[str], towns_near: Callable[[float, float], Iterable[Place]]
) -> bool:
    lon, lat, now = place.lat, place.lon, event.place
    if abs(lat) > 90:
        return False
    if now is not None:
        return distance_m(lon, lat, now.lon, now.lat) <= max(_FAR_M, now.radius_m)
    nearest = next(iter(towns_near(lon, lat)), None)
    return nearest is not None and nearest.country is not None and _is_among(nearest.country, countries)


def _countries_of(event: Event) -> set[str]:
    """Return the countries that an event without a place is told of."""
    return {one.country.country for one in event.sources if one.country is not None and one.country.country}


def _is_among(country: str, others: set[str]) -> bool:
    """Whether a country is one of others, or is counted to one of them by some."""
    table = country_table()
    also = {one for other in others if other in table for one in table[other].also}
    return country in others | also or (country in table and bool(others & set(table[country].also)))


def _name(country: str) -> str:
    known = country_table().get(country)
    return known.name if known else country
