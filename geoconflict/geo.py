"""Distances in metres, bounding boxes, and the only place where (lon, lat) becomes (lat, lon).

Everything in geoconflict is EPSG:4326 in the order longitude, latitude, in degrees. Leaflet, folium and most
geocoding services want latitude first: they get it from :func:`to_lat_lon`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geoconflict.errors import InputError

__all__ = [
    "CRS",
    "EARTH_RADIUS_M",
    "METRES_A_DEGREE",
    "Bounds",
    "bearing_deg",
    "bounds_of",
    "checked_bounds",
    "distance_m",
    "offset",
    "to_lat_lon",
]

CRS = "EPSG:4326"
"""The coordinate reference system of every geometry in geoconflict; axis order longitude, latitude."""

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the Earth in metres (IUGG R1)."""

METRES_A_DEGREE = math.radians(1.0) * EARTH_RADIUS_M
"""Of latitude anywhere on that sphere, and of longitude at the equator."""


class Bounds(NamedTuple):
    """A box in EPSG:4326 degrees: west, south, east, north. East is beyond 180 where a box crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    def padded(self, share: float, least_deg: float) -> Bounds:
        """Return the box grown on each side by `share` of its longer side, at least by `least_deg` degrees, clamped to the globe."""
        margin = max(least_deg, share * max(self.east - self.west, self.north - self.south))
        return Bounds(
            max(-180.0, self.west - margin),
            max(-90.0, self.south - margin),
            min(180.0 if self.east <= 180 else self.west + 360, self.east + margin),
            min(90.0, self.north + margin),
        )


def checked_bounds(given: Sequence[float], what: str = "bounds") -> Bounds:
    """Return a box that was given, with what it is called in the error.

    Raises
    ------
    InputError
        If it is no four numbers in the order west, south, east, north, in degrees.
    """
    try:
        west, south, east, north = map(float, given)
    except (TypeError, ValueError):
        fits = False
    else:
        # Comparing with what is no number is never true.
        fits = -180 <= west <= 180 and west <= east <= west + 360 and -90 <= south <= north <= 90
    if not fits:
        msg = f"{what}: {given!r} is no box; give west, south, east, north in degrees, longitude first"
        raise InputError(msg)
    return Bounds(west, south, east, north)


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the great-circle distance in metres between two points given in degrees (haversine on the mean sphere)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half_phi = math.sin((phi_b - phi_a) / 2)
    half_lambda = math.sin(math.radians(lon_b - lon_a) / 2)
    h = half_phi * half_phi + math.cos(phi_a) * math.cos(phi_b) * half_lambda * half_lambda
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


def offset(lon: float, lat: float, *, distance_m: float, bearing_deg: float) -> tuple[float, float]:
    """Return the (lon, lat) in degrees that lies `distance_m` metres from a point along `bearing_deg` (0 north, 90 east)."""
    delta = distance_m / EARTH_RADIUS_M
    theta, phi, lam = math.radians(bearing_deg), math.radians(lat), math.radians(lon)
    phi_2 = math.asin(math.sin(phi) * math.cos(delta) + math.cos(phi) * math.sin(delta) * math.cos(theta))
    lam_2 = lam + math.atan2(
        math.sin(theta) * math.sin(delta) * math.cos(phi), math.cos(delta) - math.sin(phi) * math.sin(phi_2)
    )
    return (math.degrees(lam_2) + 540.0) % 360.0 - 180.0, math.degrees(phi_2)


def bearing_deg(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the bearing in degrees (0 north, 90 east, below 360) in which the great circle leaves point a for point b."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    lam = math.radians(lon_b - lon_a)
    y = math.sin(lam) * math.cos(phi_b)
    x = math.cos(phi_a) * math.sin(phi_b) - math.sin(phi_a) * math.cos(phi_b) * math.cos(lam)
    return math.degrees(math.atan2(y, x)) % 360.0


def to_lat_lon(lon: float, lat: float) -> tuple[float, float]:
    """Return (lat, lon) for the libraries that want latitude first."""
    return lat, lon


def bounds_of(points: Iterable[tuple[float, float]]) -> Bounds | None:
    """Return the box around (lon, lat) points in degrees, or None when there are none."""
    lons: list[float] = []
    lats: list[float] = []
    for lon, lat in points:
        lons.append(lon)
        lats.append(lat)
    if not lons:
        return None
    return Bounds(min(lons), min(lats), max(lons), max(lats))
