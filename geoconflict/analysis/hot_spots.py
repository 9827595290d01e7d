"""Hot spots: events counted in the hexagons of H3, and where there are more than chance would put."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from geoconflict.errors import InputError
from geoconflict.event_extents import (
    DONE,
    STAND_INS,
    check_coordinates,
    checked_events,
    places_of_events,
    told_as_done,
)
from geoconflict.extras import how_to_install
from geoconflict.geo import CRS, to_lat_lon

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["hot_spots"]

_RING: Final = 2
"""How many hexagons around each event belong to what is compared: places where nothing happened count as well."""


def hot_spots(
    events: gpd.GeoDataFrame,
    *,
    resolution: int = 5,
    imprecise: Literal["left out", "spread"] = "left out",
    statuses: Sequence[str] = DONE,
) -> gpd.GeoDataFrame:
    """Count events in hexagons and say how unusual each with its neighbours is.

    Parameters
    ----------
    events
        A frame of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    resolution
        Of H3, 0 to 10: 4 has hexagons of about 1,770 km², 5 of 250 km², 6 of 36 km².
    imprecise
        What becomes of events that may be farther from their point than an edge of a hexagon is long: left out, or spread over
        the hexagons in reach. Stand-ins for a country, a region or a sea are always left out.
    statuses
        What is counted.

    Returns
    -------
    geopandas.GeoDataFrame
        ``cell`` (H3 index), ``n_events``, ``z``, ``geometry``, the most unusual first. ``z`` is Getis and Ord's Gi* of the hexagon and
        its neighbours among all hexagons within two steps of an event: above 2 there are clearly more events than if they
        were dealt out at random. ``attrs["left_out"]`` counts what is not in it, by why.

    Raises
    ------
    InputError
        If the events or an argument cannot be used, or `h3` is not installed.
    """
    import geopandas as gpd

    h3 = _h3()
    if not 0 <= resolution <= 10 or int(resolution) != resolution:
        msg = f"resolution is {resolution!r}; it is a whole number from 0 to 10"
        raise InputError(msg)
    if imprecise not in ("left out", "spread"):
        msg = f"imprecise is {imprecise!r}; it is left out or spread"
        raise InputError(msg)
    chosen, left_out = told_as_done(checked_events(events), statuses)
    check_coordinates(chosen)
    places = places_of_events(chosen)
    edge_m = h3.average_hexagon_edge_length(resolution, unit="m")
    stands_in = np.isin(places.precision.astype(str), sorted(STAND_INS))
    vague = ~stands_in & ((places.radius_m > edge_m) | places.drawn)
    if stands_in.any():
        left_out["stands for a country, a region or a sea"] = int(stands_in.sum())
    if vague.any() and imprecise == "left out":
        left_out["place too vague for hexagons of this size"] = int(vague.sum())
    counts: dict[str, float] = {}
    for k in np.flatnonzero(~stands_in & ~vague):
        cell = h3.latlng_to_cell(*to_lat_lon(float(places.lon[k]), float(places.lat[k])), resolution)
        counts[cell] = counts.get(cell, 0.0) + 1
    if imprecise == "spread":
        for k in np.flatnonzero(vague):
            cells = _in_reach(h3, chosen.geometry.iloc[int(k)], places, int(k), resolution)
            for cell in cells:
                counts[cell] = counts.get(cell, 0.0) + 1 / len(cells)
    cells = sorted({near for cell in counts for near in h3.grid_disk(cell, _RING)})
    values = np.array([counts.get(cell, 0.0) for cell in cells])
    z = _gi_star(h3, cells, values)
    frame = gpd.GeoDataFrame(
        {"cell": np.array(cells, object), "n_events": values, "z": z},
        geometry=[_outline(h3, cell) for cell in cells],
        crs=CRS,
    ).astype({"cell": "str"})
    frame = frame.sort_values(["z", "n_events", "cell"], ascending=[False, False, True], ignore_index=True)
    frame.attrs = {"left_out": left_out}
    return frame


def _h3() -> Any:
    try:
        import h3
    except ImportError as error:
        msg = f"hot spots need the package h3, which is not installed; run {how_to_install('analysis')}"
        raise InputError(msg) from error
    return h3


def _in_reach(h3: Any, geometry: Any, places: Any, k: int, resolution: int) -> list[str]:
    import shapely

    from geoconflict.geo import offset

    lon, lat = float(places.lon[k]), float(places.lat[k])
    if places.drawn[k]:
        shape = geometry
    else:
        shape = shapely.Polygon(
            [offset(lon, lat, distance_m=float(places.radius_m[k]), bearing_deg=10.0 * step) for step in range(36)]
        )
    if shapely.get_dimensions(shape) == 1:
        longest = h3.average_hexagon_edge_length(resolution, unit="km") / 111.195
        points = shapely.get_coordinates(shapely.segmentize(shape, longest / 2))
        return sorted({h3.latlng_to_cell(*to_lat_lon(x, y), resolution) for x, y in points.tolist()})
    cells = sorted(h3.geo_to_cells(shape, resolution))
    return cells or [h3.latlng_to_cell(*to_lat_lon(lon, lat), resolution)]


def _gi_star(h3: Any, cells: Sequence[str], values: Any) -> Any:
    """Return Getis and Ord's Gi* of each cell with its direct neighbours (Ord and Getis 1995), as a standard score."""
    n = len(cells)
    number = {cell: k for k, cell in enumerate(cells)}
    near = [[number[one] for one in h3.grid_disk(cell, 1) if one in number] for cell in cells]
    mean, spread = (float(values.mean()), float(values.std())) if n else (0.0, 0.0)
    if n < 3 or spread == 0:
        return np.zeros(n)
    sums = np.array([values[one].sum() for one in near])
    w = np.array([len(one) for one in near], float)
    below = spread * np.sqrt(np.maximum(0.0, (n * w - w**2) / (n - 1)))
    return np.divide(sums - mean * w, below, out=np.zeros(n), where=below > 0)


def _outline(h3: Any, cell: str) -> Any:
    import shapely

    corners = [(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]
    first = corners[0][0]
    return shapely.Polygon([(first + (lon - first + 540) % 360 - 180, lat) for lon, lat in corners])
