"""How far shapes are from each other on the ground, wherever they lie on the globe.

Longitudes are of a circle: a shape beyond the date line may be a step away, and one at the same longitude turned half round is not.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from geoconflict.geo import EARTH_RADIUS_M, distance_m

__all__ = ["nearest_m", "unwrapped"]

_STEP_DEG: Final = 0.5
"""Pieces of a line so short are straight on the ground as they are in degrees, to some metres."""
_ROUNDS: Final = 12
_TURNS: Final = (-360.0, 0.0, 360.0)


def unwrapped(shape: Any) -> Any:
    """Return a shape in one piece of longitudes, which may go beyond ±180.

    A line goes the shorter way from each vertex to the next, and each part of a shape is turned whole to be near the first: a
    shape that was cut at the date line comes together again. The outlines of areas are left as they are given.
    """
    import shapely

    parts: list[Any] = []
    # Twice, for a collection may hold shapes of several parts.
    for part in shapely.get_parts(shapely.get_parts(shape)):
        own = part
        if shapely.get_type_id(part) in (1, 2):
            xy = shapely.get_coordinates(part)
            own = shapely.LineString(np.column_stack([np.unwrap(xy[:, 0], period=360.0), xy[:, 1]]))
        if parts:
            by = 360.0 * round((_middle(parts[0]) - _middle(own)) / 360.0)
            own = shapely.transform(own, lambda xy, by=by: xy + np.array([by, 0.0])) if by else own
        parts.append(own)
    return parts[0] if len(parts) == 1 else shapely.GeometryCollection(parts)


def _middle(shape: Any) -> float:
    west, _, east, _ = shape.bounds
    return float((west + east) / 2)


def nearest_m(one: Any, other: Any) -> float:
    """Return the great-circle distance in metres between the nearest points of two shapes in EPSG:4326; 0 where they meet.

    From a point it is exact to some metres. Between two lines or areas the search begins at the points that are nearest in
    degrees drawn together to their length at the latitude of the two, and goes downhill from there.
    """
    import shapely

    a, b = unwrapped(one), unwrapped(other)
    turned = [shapely.transform(b, lambda xy, by=by: xy + np.array([by, 0.0])) for by in _turns(a, b)]
    if any(shapely.intersects(a, own) for own in turned):
        return 0.0
    ends_a, ends_b = _segments(a), _segments(b)
    if not shapely.get_dimensions(a):
        return min(_nearest(point, ends_b)[0] for point in shapely.get_coordinates(a))
    if not shapely.get_dimensions(b):
        return min(_nearest(point, ends_a)[0] for point in shapely.get_coordinates(b))
    # From either shape, for what is nearest downhill from the one may not be so from the other.
    back = [shapely.transform(a, lambda xy, by=by: xy - np.array([by, 0.0])) for by in _turns(a, b)]
    return min(
        *(_downhill(start, ends_a, ends_b) for start in _starts(a, turned)),
        *(_downhill(start, ends_b, ends_a) for start in _starts(b, back)),
    )


def _turns(a: Any, b: Any) -> list[float]:
    """Return by how many degrees the second is turned to lie beside the first on either side."""
    whole = 360.0 * round((_middle(a) - _middle(b)) / 360.0)
    return [whole + turn for turn in _TURNS]


def _segments(shape: Any) -> tuple[Any, Any]:
    """Return the ends of short pieces of all lines and outlines of a shape; of a point the piece has no length."""
    import shapely

    starts, ends = [], []
    parts = shapely.get_parts(shape)
    for line in (*shapely.get_rings(parts), *parts[shapely.get_dimensions(parts) < 2]):
        xy = shapely.get_coordinates(line)
        xy = _in_short_steps(xy) if len(xy) > 1 else np.concatenate([xy, xy])
        starts.append(xy[:-1])
        ends.append(xy[1:])
    return np.concatenate(starts), np.concatenate(ends)


def _in_short_steps(xy: Any) -> Any:
    """Return the vertices of a line with more between them, so that no piece is longer than a step."""
    pieces = np.maximum(1, np.ceil(np.hypot(*np.diff(xy, axis=0).T) / _STEP_DEG)).astype(int)
    at = np.concatenate([[0.0], *(n + np.arange(1, k + 1) / k for n, k in enumerate(pieces.tolist()))])
    whole = np.arange(len(xy))
    return np.column_stack([np.interp(at, whole, xy[:, 0]), np.interp(at, whole, xy[:, 1])])


def _nearest(point: Any, pieces: tuple[Any, Any]) -> tuple[float, Any]:
    """Return the distance in metres from a point to the nearest of pieces, and where on it."""
    start, end = (_around(point, xy) for xy in pieces)
    along = end - start
    length = (along**2).sum(axis=1)
    share = np.clip(np.divide(-(start * along).sum(axis=1), length, out=np.zeros(len(length)), where=length > 0), 0, 1)
    # On the other side of the Earth a straight piece on the flat is none on the ground: the ends are asked for themselves.
    found = np.concatenate([pieces[0] + share[:, None] * (pieces[1] - pieces[0]), *pieces])
    metres = np.hypot(*_around(point, found).T)
    at = int(metres.argmin())
    return float(metres[at]), found[at]


def _around(point: Any, xy: Any) -> Any:
    """Return metres east and north of a point, true in distance and direction from it (azimuthal equidistant)."""
    phi_0, phi = np.radians(point[1]), np.radians(xy[:, 1])
    lam = np.radians(xy[:, 0] - point[0])
    half = np.sin((phi - phi_0) / 2) ** 2 + np.cos(phi_0) * np.cos(phi) * np.sin(lam / 2) ** 2
    metres = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    east = np.sin(lam) * np.cos(phi)
    north = np.cos(phi_0) * np.sin(phi) - np.sin(phi_0) * np.cos(phi) * np.cos(lam)
    bearing = np.arctan2(east, north)
    return np.column_stack([metres * np.sin(bearing), metres * np.cos(bearing)])


def _starts(a: Any, turned: list[Any]) -> list[Any]:
    """Return the points of the first shape to begin at: the nearest to the second on each side, in degrees drawn together."""
    import shapely

    lats = [*shapely.bounds(a)[[1, 3]], *shapely.bounds(turned[0])[[1, 3]]]
    starts = []
    for lat in sorted({float(np.mean(lats)), max(lats, key=abs)}):
        scale = np.array([max(0.02, float(np.cos(np.radians(lat)))), 1.0])
        flat, *others = (shapely.transform(shape, lambda xy, s=scale: xy * s) for shape in (a, *turned))
        with np.errstate(divide="ignore", invalid="ignore"):  # of pieces without a length
            nearest = [shapely.get_coordinates(shapely.shortest_line(flat, own)) for own in others]
        starts += [found[0] / scale for found in nearest if len(found) and np.isfinite(found[0]).all()]
    # Between two meridians it is downhill everywhere, and so slowly that no step seems worth while: their ends are asked for, too.
    xy = shapely.get_coordinates(a)
    return [*starts, *(xy[at] for at in {*xy.argmin(axis=0).tolist(), *xy.argmax(axis=0).tolist()})]


def _downhill(point: Any, ends_a: tuple[Any, Any], ends_b: tuple[Any, Any]) -> float:
    """Return the distance that is reached by going from one shape to the nearest point of the other and back."""
    best = float("inf")
    for _ in range(_ROUNDS):
        _, there = _nearest(point, ends_b)
        metres, point = _nearest(there, ends_a)
        if metres > best - 1:
            break
        best = metres
    return min(best, distance_m(*point.tolist(), *there.tolist()))
