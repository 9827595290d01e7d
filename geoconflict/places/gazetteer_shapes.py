"""The geometries of hand-made tables: read, checked, and made lighter where they have very many vertices.

All are 2-D WKT in EPSG:4326 degrees, longitude first. Shapely is imported only where an area has to be looked at.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from geoconflict.geo import EARTH_RADIUS_M

__all__ = ["MOST_VERTICES", "fault_of_area", "lighter", "point_on", "vertices_of", "wkt_of"]

MOST_VERTICES = 5_000
"""Vertices of one geometry that runs work with; they are paid for by every command that opens the gazetteer."""

_FIRST_TOLERANCE = 1e-4
"""Degrees, about eleven metres: what the finest simplification may move an outline."""
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_FORMS = {
    "Point": "POINT",
    "LineString": "LINESTRING",
    "Polygon": "POLYGON",
    "MultiPoint": "MULTIPOINT",
    "MultiLineString": "MULTILINESTRING",
    "MultiPolygon": "MULTIPOLYGON",
}


def wkt_of(geometry: Mapping[str, Any]) -> str:
    """Return the WKT of a GeoJSON geometry (Point, LineString, Polygon and their Multi forms), 2-D.

    Raises
    ------
    LookupError, TypeError, AttributeError, ValueError, OverflowError, RecursionError
        If it is not such a geometry.
    """

    def write(coordinates: Any) -> str:
        if isinstance(coordinates[0], (int, float)):
            return f"{coordinates[0]:.10g} {coordinates[1]:.10g}"
        return "(" + ", ".join(write(one) for one in coordinates) + ")"

    name = _FORMS[geometry["type"]]
    inner = write(geometry["coordinates"])
    return f"{name} ({inner})" if name == "POINT" else f"{name} {inner}"


def vertices_of(wkt: str) -> list[tuple[float, float]]:
    """Return the vertices of a geometry in their order; none where it is no WKT of a form that tables may hold."""
    if not re.match(r"\s*(MULTI)?(POINT|LINESTRING|POLYGON)\s*\(", wkt):
        return []
    points = []
    for pair in wkt.partition("(")[2].split(","):
        numbers = _NUMBER.findall(pair)
        if len(numbers) != 2:
            return []
        points.append((float(numbers[0]), float(numbers[1])))
    return points


def fault_of_area(wkt: str) -> str:
    """Return what is wrong with a polygon as an area, in words; nothing for a valid one and for points and lines."""
    if "POLYGON" not in wkt:
        return ""
    import shapely

    try:
        reason = str(shapely.is_valid_reason(shapely.from_wkt(wkt)))
    except shapely.errors.ShapelyError as error:
        return str(error).partition(": ")[2] or str(error)
    if reason == "Valid Geometry":
        return ""
    what, _, where = reason.partition("[")
    at = ", ".join(where.rstrip("]").split())
    return what.lower() + (f" at longitude, latitude {at}" if at else "")


def point_on(wkt: str, vertices: list[tuple[float, float]]) -> tuple[float, float]:
    """Return a point (lon, lat) on a geometry: the middle vertex of a line, a point inside an area."""
    if "POLYGON" in wkt:
        from shapely import from_wkt

        inside = from_wkt(wkt).representative_point()
        return round(inside.x, 5), round(inside.y, 5)
    return vertices[len(vertices) // 2]


def lighter(wkt: str) -> tuple[str, float]:
    """Return a line or an area with at most :data:`MOST_VERTICES`, and how far, in metres, its outline may have moved.

    The tolerance is doubled until few enough are left. Areas stay valid, and keep their parts and holes; where these
    alone have more vertices, those are what is left.
    """
    import shapely

    whole = shapely.from_wkt(wkt)
    tolerance = 0.0
    shape = whole
    while shapely.get_num_coordinates(shape) > MOST_VERTICES and tolerance < 1.0:
        tolerance = 2 * tolerance or _FIRST_TOLERANCE
        shape = shapely.simplify(whole, tolerance, preserve_topology=True)
    return shapely.to_wkt(shape, rounding_precision=-1), math.radians(tolerance) * EARTH_RADIUS_M
