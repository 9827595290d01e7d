"""Whether a place lies within another, from what a report's place stands for: a polygon, a province, a circle."""

from __future__ import annotations

import functools
import re

from geoconflict.geo import distance_m
from geoconflict.models import Place, PlacePrecision

__all__ = ["holds"]

_RING = re.compile(r"\(([^()]+)\)")


def holds(vague: Place, sharp: Place) -> bool:
    """Return whether the representative point of `sharp` lies within the extent of `vague`.

    A polygon decides where there is one. For a province or district without one, the name that the gazetteer gives for the
    province or district of `sharp` decides; where it gives none, and for all else, the circle of ``radius_m`` does.
    """
    if vague.country and sharp.country and vague.country != sharp.country:
        return False
    if vague.precision is PlacePrecision.COUNTRY:
        return vague.country is not None and vague.country == sharp.country
    if vague.geometry.startswith(("POLYGON", "MULTIPOLYGON")):
        return _in_polygon(vague.geometry, sharp.lon, sharp.lat)
    named = {PlacePrecision.ADMIN1: sharp.admin1, PlacePrecision.ADMIN2: sharp.admin2}.get(vague.precision)
    if named is not None:
        return named == vague.name
    return distance_m(vague.lon, vague.lat, sharp.lon, sharp.lat) <= vague.radius_m


@functools.lru_cache(maxsize=512)
def _rings(geometry: str) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Return the rings of a WKT polygon as (lon, lat) in degrees, outer ones and holes alike."""
    return tuple(
        tuple((float(pair[0]), float(pair[1])) for pair in (corner.split() for corner in ring.split(",")))
        for ring in _RING.findall(geometry)
    )


def _in_polygon(geometry: str, lon: float, lat: float) -> bool:
    """Return whether a point lies inside: a ray from it crosses the rings an odd number of times."""
    inside = False
    for ring in _rings(geometry):
        for (x_1, y_1), (x_2, y_2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (y_1 > lat) != (y_2 > lat) and lon < x_1 + (lat - y_1) / (y_2 - y_1) * (x_2 - x_1):
                inside = not inside
    return inside
