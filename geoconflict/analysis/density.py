"""How densely events lie: a kernel density in true kilometres, in which a vague event is spread over all it may be in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoconflict.errors import InputError
from geoconflict.event_extents import (
    DONE,
    STAND_INS,
    check_coordinates,
    checked_events,
    distances_m,
    places_of_events,
    told_as_done,
)
from geoconflict.geo import CRS, METRES_A_DEGREE, Bounds, checked_bounds
from geoconflict.shape_distances import unwrapped

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["density"]

_KM_A_DEGREE: Final = METRES_A_DEGREE / 1000
_MOST_CELLS: Final = 250_000
_REACH: Final = 3.0
"""So many widths of its kernel around each event are covered: beyond, a kernel has a hundredth of its weight."""
_CHUNK: Final = 2_000_000
_MOST_SAMPLES: Final = 200


def density(
    events: gpd.GeoDataFrame,
    *,
    bandwidth_km: float,
    cell_km: float | None = None,
    bounds: Bounds | tuple[float, float, float, float] | None = None,
    statuses: Sequence[str] = DONE,
) -> gpd.GeoDataFrame:
    """Return the density of events on a grid, by Gaussian kernels of great-circle distances.

    Each event has the weight 1. Where its place is not sharp its kernel is wider: a circle of radius r adds the variance r²/4
    to that of the bandwidth, a line or an area is shared out over points in it, whose kernels are at least as wide as the points
    are apart. Stand-ins for a country, a region or a sea
    are left out.

    Parameters
    ----------
    events
        A frame of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    bandwidth_km
        Standard deviation of the kernel of a sharp event, in kilometres.
    cell_km
        Width of a cell in kilometres; None is half the bandwidth.
    bounds
        West, south, east, north in degrees; None is around the events, three times as far as the kernel of each reaches. It
        may not cross the date line.
    statuses
        What is counted.

    Returns
    -------
    geopandas.GeoDataFrame
        ``lon``, ``lat`` (middle of the cell, degrees), ``density`` (events a square kilometre), ``geometry`` (the cell), from the
        south-west eastward. ``attrs["left_out"]`` counts what is not in it, by why; ``attrs["n_beyond"]`` says how many of the
        events that are in it lie, in parts, beyond the edge of the grid.

    Raises
    ------
    InputError
        If the events or an argument cannot be used, or the grid would have more than 250,000 cells.
    """
    import geopandas as gpd
    import shapely

    step = bandwidth_km / 2 if cell_km is None else cell_km
    if not (0 < bandwidth_km <= 2000 and 0 < step <= 2000):
        msg = f"bandwidth_km is {bandwidth_km!r} and cell_km {cell_km!r}; both are kilometres above 0, 2000 at the most"
        raise InputError(msg)
    chosen, left_out = told_as_done(checked_events(events), statuses)
    check_coordinates(chosen)
    vague = chosen["place_precision"].isin(sorted(STAND_INS)).to_numpy(bool)
    if vague.any():
        left_out["stands for a country, a region or a sea"] = int(vague.sum())
    lon, lat, sigma, weight = _samples(chosen[~vague].reset_index(drop=True), bandwidth_km)
    box = _box(lon, lat, sigma) if bounds is None else checked_bounds(bounds)
    x, y = _grid(box, step)
    total = np.zeros(len(x))
    size = max(1, _CHUNK // max(1, len(x)))
    for at in range(0, len(lon), size):
        part = slice(at, at + size)
        kilometres = distances_m(x[:, None], y[:, None], lon[None, part], lat[None, part]) / 1000
        variance = sigma[part] ** 2
        total += (weight[part] / (2 * np.pi * variance) * np.exp(-(kilometres**2) / (2 * variance))).sum(axis=1)
    tall = step / _KM_A_DEGREE
    wide = _lon_step(box, step)
    cells = shapely.box(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
    frame = gpd.GeoDataFrame({"lon": x, "lat": y, "density": total}, geometry=cells, crs=CRS)
    on_grid = float((total * np.cos(np.radians(y))).sum()) * tall * wide * _KM_A_DEGREE**2
    frame.attrs = {"left_out": left_out, "n_beyond": round(max(0.0, float(weight.sum()) - on_grid), 4)}
    return frame


def _samples(events: gpd.GeoDataFrame, bandwidth_km: float) -> tuple[Any, Any, Any, Any]:
    """Return points with the width of their kernels in kilometres and their weights, which add up to the number of events."""
    import shapely

    places = places_of_events(events)
    points = np.flatnonzero(~places.drawn)
    parts = [
        (
            places.lon[points],
            places.lat[points],
            np.hypot(bandwidth_km, places.radius_m[points] / 2000),
            np.ones(len(points)),
        )
    ]
    for k in np.flatnonzero(places.drawn):
        shape = unwrapped(events.geometry.iloc[int(k)])
        is_line = shapely.get_dimensions(shape) == 1
        at, share, apart_km = _along(shape, bandwidth_km) if is_line else _inside(shape)
        # Narrower kernels would leave a lump at each point.
        parts.append(((at[:, 0] + 180) % 360 - 180, at[:, 1], np.full(len(at), max(bandwidth_km, apart_km)), share))
    lon, lat, sigma, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    return lon, lat, sigma, weight


def _along(shape: Any, bandwidth_km: float) -> tuple[Any, Any, float]:
    """Return points at equal distances along a line, their shares, and how many kilometres they are apart."""
    import shapely

    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == 1]
    start, end = (np.concatenate([xy[cut] for xy in parts]) for cut in (slice(None, -1), slice(1, None)))
    ends_at = np.cumsum(distances_m(start[:, 0], start[:, 1], end[:, 0], end[:, 1])) / 1000
    length = float(ends_at[-1])
    n = int(np.clip(math.ceil(2 * length / bandwidth_km), 2, _MOST_SAMPLES))
    along = (np.arange(n) + 0.5) / n * length
    piece = np.minimum(np.searchsorted(ends_at, along), len(start) - 1)
    starts_at = np.concatenate([[0.0], ends_at[:-1]])[piece]
    long = ends_at[piece] - starts_at
    share = np.divide(along - starts_at, long, out=np.zeros(n), where=long > 0)
    return start[piece] + share[:, None] * (end - start)[piece], np.full(n, 1 / n), length / n


def _inside(shape: Any) -> tuple[Any, Any, float]:
    """Return points in rows in an area, their shares by ground, and how many kilometres they are apart."""
    import shapely

    west, south, east, north = shape.bounds
    shrunk = max(0.05, math.cos(math.radians((south + north) / 2)))
    apart = math.sqrt((east - west) * shrunk * (north - south) / _MOST_SAMPLES)
    apart = max(apart, (east - west) * shrunk / _MOST_SAMPLES, (north - south) / _MOST_SAMPLES)
    n_x, n_y = (max(1, math.ceil(size / apart)) for size in ((east - west) * shrunk, north - south))
    x, y = np.meshgrid(
        west + (np.arange(n_x) + 0.5) / n_x * (east - west), south + (np.arange(n_y) + 0.5) / n_y * (north - south)
    )
    grid = np.column_stack([x.ravel(), y.ravel()])
    kept = grid[shapely.contains_xy(shape, grid[:, 0], grid[:, 1])]
    at = kept if len(kept) else shapely.get_coordinates(shapely.point_on_surface(shape))
    ground = np.cos(np.radians(at[:, 1]))
    return at, ground / ground.sum(), apart * _KM_A_DEGREE


def _box(lon: Any, lat: Any, sigma_km: Any) -> Bounds:
    if not len(lon):
        msg = "no event is placed well enough for a density; give bounds= to get an empty one"
        raise InputError(msg)
    more = _REACH * sigma_km / _KM_A_DEGREE
    south, north = max(-90.0, float((lat - more).min())), min(90.0, float((lat + more).max()))
    wide = more / max(0.05, math.cos(math.radians(max(abs(south), abs(north)))))
    return Bounds(max(-180.0, float((lon - wide).min())), south, min(180.0, float((lon + wide).max())), north)


def _lon_step(box: Bounds, step: float) -> float:
    return step / _KM_A_DEGREE / max(0.05, math.cos(math.radians((box.south + box.north) / 2)))


def _grid(box: Bounds, step: float) -> tuple[Any, Any]:
    if not (-180 <= box.west < box.east <= 180 and -90 <= box.south < box.north <= 90):
        msg = f"bounds are {tuple(box)}; they are west, south, east, north in degrees, and do not cross the date line"
        raise InputError(msg)
    tall, wide = step / _KM_A_DEGREE, _lon_step(box, step)
    n_x, n_y = math.ceil((box.east - box.west) / wide), math.ceil((box.north - box.south) / tall)
    if n_x * n_y > _MOST_CELLS:
        msg = f"the grid would have {n_x} by {n_y} cells, more than {_MOST_CELLS}; give a larger cell_km, or bounds="
        raise InputError(msg)
    x, y = np.meshgrid(box.west + (np.arange(n_x) + 0.5) * wide, box.south + (np.arange(n_y) + 0.5) * tall)
    return x.ravel(), y.ravel()
