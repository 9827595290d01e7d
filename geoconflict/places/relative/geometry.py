"""Shapes of places that are not points: corridors, bands beside lines, parts of areas and stretches of lines.

Everything is EPSG:4326, longitude first, degrees; distances are metres on the mean sphere. Shapes are worked on in a
plane of metres around their middle (equirectangular, which is off by less than the vagueness of any phrase up to a few
hundred kilometres) and never cross the antimeridian: what would is split there. Where no plane fits, by the poles, the
answer is None, and a point with a radius stands instead.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

from geoconflict.geo import METRES_A_DEGREE, bearing_deg, distance_m, offset

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "band",
    "corridor",
    "half_extent_m",
    "label_point",
    "nearest_on",
    "part_of",
    "point_wkt",
    "stretch_within",
]

_POLAR_DEG = 80.0
"""Beyond this latitude a plane in degrees is no longer of use."""
_STEP_M = 20_000.0
_BAND_TOLERANCE_M = 1_000.0
"""How far the line of a band may be moved, so that the band has few vertices."""


def point_wkt(lon: float, lat: float) -> str:
    """Return the WKT of a point, to about a metre."""
    return f"POINT ({lon:.5f} {lat:.5f})"


def corridor(ends: Sequence[tuple[float, float]], *, half_width_m: float) -> str | None:
    """Return the WKT of the area within `half_width_m` of the great circles from point to point, or None by the poles.

    Parameters
    ----------
    ends
        Two (lon, lat) or more, in order.
    """
    points = [ends[0]]
    for (lon_a, lat_a), (lon_b, lat_b) in itertools.pairwise(ends):
        length = distance_m(lon_a, lat_a, lon_b, lat_b)
        bearing = bearing_deg(lon_a, lat_a, lon_b, lat_b)
        n_steps = max(1, math.ceil(length / _STEP_M))
        points += [
            offset(lon_a, lat_a, distance_m=length * step / n_steps, bearing_deg=bearing)
            for step in range(1, n_steps + 1)
        ]
    import shapely

    return _buffered(shapely.linestrings(_unwrapped(points)), half_width_m)


def band(wkt: str, *, half_width_m: float, away_m: float = 0.0, bearing: float = 0.0) -> str | None:
    """Return the WKT of the area within `half_width_m` of a line moved `away_m` along a bearing, or None by the poles."""
    import numpy as np
    import shapely

    line = shapely.from_wkt(wkt)
    if away_m:
        line = shapely.transform(
            line,
            lambda grid: np.array(
                [offset(lon, lat, distance_m=away_m, bearing_deg=bearing) for lon, lat in grid.tolist()]
            ),
        )
    return _buffered(line, half_width_m, _BAND_TOLERANCE_M)


def _buffered(line: Any, half_width_m: float, tolerance_m: float = 0.0) -> str | None:
    import shapely

    west, south, east, north = line.bounds
    if max(abs(south), abs(north)) + half_width_m / METRES_A_DEGREE > _POLAR_DEG or east - west > 90:
        return None
    across = math.cos(math.radians((south + north) / 2))
    plane = shapely.transform(line, lambda grid: grid * [across, 1.0])
    if tolerance_m:
        plane = shapely.simplify(plane, tolerance_m / METRES_A_DEGREE)
    area = shapely.buffer(plane, half_width_m / METRES_A_DEGREE, quad_segs=4)
    return _wkt(_split(shapely.transform(area, lambda grid: grid / [across, 1.0])))


def _unwrapped(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points whose longitudes run on over 180 degrees instead of jumping."""
    found = [points[0]]
    for lon, lat in points[1:]:
        found.append((lon + 360.0 * round((found[-1][0] - lon) / 360.0), lat))
    return found


def _split(area: Any) -> Any:
    """Return an area whose longitudes run over 180 degrees as parts on both sides of the antimeridian."""
    import shapely

    west, _, east, _ = area.bounds
    if west >= -180.0 and east <= 180.0:
        return area
    parts = [
        shapely.transform(shapely.intersection(area, shapely.box(low, -90.0, low + 360.0, 90.0)), _moved(-180.0 - low))
        for low in (-540.0, -180.0, 180.0)
    ]
    return shapely.union_all([part for part in parts if not part.is_empty])


def _moved(degrees: float) -> Any:
    return lambda grid: [(lon + degrees, lat) for lon, lat in grid.tolist()]


def _wkt(shape: Any) -> str:
    """Return a valid shape's WKT, to about 100 metres."""
    import shapely

    rounded = shapely.set_precision(shape, 0.001)
    kept = shape if rounded.is_empty else rounded
    return str(shapely.to_wkt(shapely.normalize(kept), rounding_precision=3 if kept is rounded else 6))


# ---------------------------------------------------------------- parts
def part_of(wkt: str, bearing: float) -> str | None:
    """Return the WKT of the half of a line or an area that lies along a bearing from its middle, or None if nothing does."""
    if wkt.startswith("POINT"):
        return None
    import shapely

    shape = shapely.from_wkt(wkt)
    if max(map(abs, shape.bounds[1::2])) > _POLAR_DEG:
        return None
    across = math.cos(math.radians(shape.centroid.y))
    plane = shapely.transform(shape, lambda grid: grid * [across, 1.0])
    centre, reach = plane.centroid, 2.0 + math.hypot(*(plane.bounds[i + 2] - plane.bounds[i] for i in (0, 1)))
    dx, dy = math.sin(math.radians(bearing)) * reach, math.cos(math.radians(bearing)) * reach
    half_plane = shapely.polygons(
        [
            (centre.x - dy, centre.y + dx),
            (centre.x - dy + dx, centre.y + dx + dy),
            (centre.x + dy + dx, centre.y - dx + dy),
            (centre.x + dy, centre.y - dx),
        ]
    )
    cut = shapely.transform(shapely.intersection(plane, half_plane), lambda grid: grid / [across, 1.0])
    kept = [one for one in shapely.get_parts(cut) if shapely.get_dimensions(one) == shapely.get_dimensions(shape)]
    if not kept:
        return None
    return _wkt(shapely.union_all(kept) if "Polygon" in shape.geom_type else shapely.line_merge(_multi(kept)))


def stretch_within(wkt: str, lon: float, lat: float, reach_m: float) -> str | None:
    """Return the WKT of the part of a line that lies within `reach_m` of a point, or None if none does."""
    import shapely

    line = shapely.from_wkt(wkt)
    if abs(lat) > _POLAR_DEG:
        return None
    across = math.cos(math.radians(lat))
    plane = shapely.transform(line, lambda grid: grid * [across, 1.0])
    disc = shapely.buffer(shapely.points(lon * across, lat), reach_m / METRES_A_DEGREE)
    cut = shapely.transform(shapely.intersection(plane, disc), lambda grid: grid / [across, 1.0])
    kept = [one for one in shapely.get_parts(cut) if one.length > 0]
    return _wkt(shapely.line_merge(_multi(kept)) if len(kept) > 1 else kept[0]) if kept else None


def _multi(lines: Sequence[Any]) -> Any:
    import shapely

    return shapely.multilinestrings(list(lines)) if len(lines) > 1 else lines[0]


# ---------------------------------------------------------------- measures
def nearest_on(wkt: str, lon: float, lat: float) -> tuple[float, float]:
    """Return the (lon, lat) of the point of a shape that lies nearest to a point; inside an area, the point itself."""
    import shapely

    shape = shapely.from_wkt(wkt)
    across = max(0.01, math.cos(math.radians(lat)))
    plane = shapely.transform(shape, lambda grid: grid * [across, 1.0])
    found = shapely.shortest_line(plane, shapely.points(lon * across, lat)).coords[0]
    return found[0] / across, found[1]


def label_point(wkt: str) -> tuple[float, float]:
    """Return a (lon, lat) that lies on a line, about half way, or inside an area."""
    import shapely

    shape = shapely.from_wkt(wkt)
    if "Line" in shape.geom_type:
        longest = max(shapely.get_parts(shape), key=lambda part: part.length)
        point = longest.interpolate(0.5, normalized=True)
    else:
        point = shape.representative_point()
    return point.x, point.y


def half_extent_m(wkt: str, lon: float, lat: float) -> float:
    """Return how far the farthest vertex of a shape lies from a point, metres."""
    import shapely

    grid = shapely.get_coordinates(shapely.from_wkt(wkt)).tolist()
    return max(distance_m(lon, lat, x, y) for x, y in grid)
