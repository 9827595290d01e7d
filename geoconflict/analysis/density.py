"""How densely events lie: a kernel density in true kilometres, in which a vague event is spread over all it may be in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from geoconflict.errors import InputError
from geoconflict.event_extents import DONE, STAND_INS, checked_events, distances_m, places_of_events, told_as_done
from geoconflict.geo import CRS, Bounds

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["density"]

_KM_A_DEGREE: Final = 111.195
_MOST_CELLS: Final = 250_000
_REACH: Final = 3.0
"""So many bandwidths around the events are covered: beyond, a kernel has a hundredth of its weight."""
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
    to that of the bandwidth, a line or an area is shared out over points in it. Stand-ins for a country, a region or a sea
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
        West, south, east, north in degrees; None is around the events. It may not cross the date line.
    statuses
        What is counted.

    Returns
    -------
    geopandas.GeoDataFrame
        ``lon``, ``lat`` (middle of the cell, degrees), ``density`` (events a square kilometre), ``geometry`` (the cell), from the
        south-west eastward. ``attrs["left_out"]`` counts what is not in it, by why.

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
    vague = chosen["place_precision"].isin(sorted(STAND_INS)).to_numpy(bool)
    if vague.any():
        left_out["stands for a country, a region or a sea"] = int(vague.sum())
    lon, lat, sigma, weight = _samples(chosen[~vague].reset_index(drop=True), bandwidth_km)
    box = _box(lon, lat, bandwidth_km) if bounds is None else Bounds(*bounds)
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
    frame.attrs = {"left_out": left_out}
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
        shape = events.geometry.iloc[int(k)]
        if shapely.get_dimensions(shape) == 1:
            n = int(np.clip(math.ceil(2 * places.radius_m[k] / 1000 / bandwidth_km) * 2, 2, _MOST_SAMPLES))
            at = shapely.get_coordinates(
                shapely.line_interpolate_point(shapely.line_merge(shape), (np.arange(n) + 0.5) / n, normalized=True)
            )
        else:
            at = _inside(shape)
        parts.append((at[:, 0], at[:, 1], np.full(len(at), bandwidth_km), np.full(len(at), 1 / len(at))))
    lon, lat, sigma, weight = (np.concatenate(column) for column in zip(*parts, strict=True))
    return lon, lat, sigma, weight


def _inside(shape: Any) -> npt.NDArray[np.float64]:
    import shapely

    west, south, east, north = shape.bounds
    n = round(math.sqrt(_MOST_SAMPLES))
    x, y = np.meshgrid(
        west + (np.arange(n) + 0.5) / n * (east - west), south + (np.arange(n) + 0.5) / n * (north - south)
    )
    grid = np.column_stack([x.ravel(), y.ravel()])
    kept = grid[shapely.contains_xy(shape, grid[:, 0], grid[:, 1])]
    return np.asarray(kept if len(kept) else shapely.get_coordinates(shapely.point_on_surface(shape)))


def _box(lon: Any, lat: Any, bandwidth_km: float) -> Bounds:
    if not len(lon):
        msg = "no event is placed well enough for a density; give bounds= to get an empty one"
        raise InputError(msg)
    more = _REACH * bandwidth_km / _KM_A_DEGREE
    south, north = max(-90.0, float(lat.min()) - more), min(90.0, float(lat.max()) + more)
    wide = more / max(0.05, math.cos(math.radians(max(abs(south), abs(north)))))
    return Bounds(max(-180.0, float(lon.min()) - wide), south, min(180.0, float(lon.max()) + wide), north)


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
