"""Geometries to columns: lines and rings on the grid, where symbols stand, and which way round the world they lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from geoconflict.geo import METRES_A_DEGREE
from geoconflict.render.payload import Column, Ints

__all__ = ["SCALE", "boxes_around", "eastward", "label_points", "moved_east", "shape_columns"]

SCALE: Final = 1e-4
"""Degrees: the grid on which coordinates are written, about 11 m."""
LINES: Final = (1, 2, 5)
AREAS: Final = (3, 6)
"""Type numbers of shapely: LineString, LinearRing and MultiLineString; Polygon and MultiPolygon."""
_SHORTER_BY: Final = 0.75

Floats = npt.NDArray[np.float64]


def shape_columns(geometries: Sequence[Any]) -> tuple[npt.NDArray[np.int64], dict[str, Column]]:
    """Return a number for each geometry and the columns that hold its points.

    A line (kind 1) or polygon (kind 2), single or multiple, is numbered from 1; a point or None has the number 0. The
    columns are kind and number of parts a shape, number of points a part, and all points; points that fall on the same
    spot of the grid as the one before are left out.
    """
    import shapely

    given = np.array(list(geometries), dtype=object)
    kinds = shapely.get_type_id(given)
    lines, areas = np.isin(kinds, LINES), np.isin(kinds, AREAS)
    numbers = np.where(lines | areas, np.cumsum(lines | areas), 0)
    line_parts, line_owner = shapely.get_parts(given[lines], return_index=True)
    # A MultiPolygon itself has no rings, its polygons have.
    polygons, polygon_owner = shapely.get_parts(given[areas], return_index=True)
    rings, ring_polygon = shapely.get_rings(polygons, return_index=True)
    ring_owner = polygon_owner[ring_polygon]
    owners = np.concatenate([numbers[lines][line_owner], numbers[areas][ring_owner]]).astype(np.int64)
    order = np.argsort(owners, kind="stable")
    points, part = shapely.get_coordinates(np.concatenate([line_parts, rings])[order], return_index=True)
    grid = np.round(points / SCALE).astype(np.int64)
    keep = np.ones(len(grid), bool)
    keep[1:] = (np.diff(grid, axis=0) != 0).any(axis=1) | (np.diff(part) != 0)
    grid = grid[keep]
    n_shapes = int(numbers.max(initial=0))
    return numbers, {
        "shape_kind": Ints(np.where(lines, 1, 2)[lines | areas]),
        "shape_parts": Ints(np.bincount(owners, minlength=n_shapes + 1)[1:]),
        "part_points": Ints(np.bincount(part[keep], minlength=len(owners))),
        "x": Ints(grid[:, 0], delta=True),
        "y": Ints(grid[:, 1], delta=True),
    }


def label_points(geometries: npt.NDArray[Any]) -> Floats:
    """Return the (lon, lat) where a symbol stands for each geometry, shape (n, 2): on the line, inside the area."""
    import shapely

    kinds = shapely.get_type_id(geometries)
    stands = geometries.copy()
    lines = np.isin(kinds, LINES)
    longest = [max(shapely.get_parts(line), key=shapely.length) for line in geometries[lines]]
    stands[lines] = shapely.line_interpolate_point(np.array(longest, dtype=object), 0.5, normalized=True)
    areas = np.isin(kinds, AREAS)
    stands[areas] = shapely.point_on_surface(geometries[areas])
    return np.asarray(shapely.get_coordinates(stands), np.float64).reshape(-1, 2)


def boxes_around(geometries: npt.NDArray[Any], radius_m: Floats) -> Floats:
    """Return (west, south, east, north) in degrees around each geometry, shape (n, 4); points are grown by `radius_m`."""
    import shapely

    boxes = np.asarray(shapely.bounds(geometries), np.float64).reshape(-1, 4)
    dy = np.where(shapely.get_type_id(geometries) == 0, radius_m / METRES_A_DEGREE, 0.0)
    dx = dy / np.maximum(0.1, np.cos(np.radians(boxes[:, 1])))
    grown = boxes + np.stack([-dx, -dy, dx, dy], axis=1)
    # Nothing is cut at the date line: what lies beyond it is drawn on.
    grown[:, [1, 3]] = np.clip(grown[:, [1, 3]], -85.0, 85.0)
    return np.where(dy[:, None] > 0, grown, boxes)


def eastward(geometries: npt.NDArray[Any]) -> float:
    """Return the longitude west of which geometries have to be moved by a turn so that all lie close together.

    -180 is to leave them: only where it makes the whole much shorter are they drawn across the date line, with
    longitudes beyond 180. A polygon whose ring jumps from 179 to -179 is taken to cross the date line.
    """
    import shapely

    lon = np.unique(shapely.get_coordinates(geometries)[:, 0])
    if not len(lon) or lon[-1] - lon[0] <= 180:
        return -180.0
    gaps = np.diff(lon)
    widest = int(np.argmax(gaps))
    around = 360 - float(gaps[widest])
    return float(lon[widest + 1]) if around <= _SHORTER_BY * float(lon[-1] - lon[0]) else -180.0


def moved_east(geometries: npt.NDArray[Any], west_of: float) -> npt.NDArray[Any]:
    """Return geometries with everything west of a longitude moved by a turn, to longitudes beyond 180."""
    import shapely

    if west_of <= -180:
        return geometries

    def move(points: Floats) -> Floats:
        return points + np.where(points[:, :1] < west_of, [360.0, 0.0], 0.0)

    moved: npt.NDArray[Any] = shapely.transform(geometries, move)
    return moved
