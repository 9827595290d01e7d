"""Areas in which a map counts its events: their outlines, and which area each place of the map lies in.

Which area a place lies in is decided here, on the outlines as given; the page draws generalised ones. How many events an
area has is counted in the page, for it depends on filters and the time window.
"""

from __future__ import annotations

from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from geoconflict.errors import InputError
from geoconflict.geo import offset
from geoconflict.render.columns import MapColumns
from geoconflict.render.dated_frame import placed_frame
from geoconflict.render.geometry_columns import moved_east, shape_columns
from geoconflict.render.overview import Places
from geoconflict.render.payload import Column, Ints, Texts

__all__ = ["LEVELS", "Level", "district_columns"]

Level = Literal["admin1", "admin2"]

LEVELS: Final[dict[str, frozenset[str]]] = {
    "admin2": frozenset({"exact", "town", "near", "unstated", "admin2"}),
    "admin1": frozenset({"exact", "town", "near", "unstated", "admin2", "admin1"}),
}
"""How precise a place must be to be counted in areas of a level: vaguer ones would be counted where their middle lies."""

TOO_VAGUE: Final = -1
_OUTSIDE: Final = 0
_RING: Final = 12
"""Bearings at which the ring around a place that is only near is asked whether it leaves the area."""

_DETAIL: Final = 4000
"""Outlines are generalised to this many steps along the longer side of all areas together."""


def district_columns(areas: Any, name: str, columns: MapColumns, level: Level) -> dict[str, Column]:
    """Return the columns of the block of a layer of areas.

    Parameters
    ----------
    areas
        A GeoDataFrame of polygons in any CRS; they should not overlap.
    name
        Its column of names.
    columns
        The columns of the map.
    level
        How large the areas are: see :data:`LEVELS`.

    Returns
    -------
    dict
        ``area_name``, ``area_shape`` and the columns of the shapes; and ``place_area``, one number for each place of the
        map: that of its area from 1, 0 outside all, -1 when it is too vague to say.

    Raises
    ------
    InputError
        With every fault at once.
    """
    import shapely

    faults: list[str] = []
    placed = placed_frame(areas, "areas", faults)
    known = [str(column) for column in getattr(areas, "columns", ())]
    if name not in known:
        faults.append(f"no column {name!r} with their names; the columns are {', '.join(known) or 'none'}")
    elif areas[name].isna().any():
        faults.append(f"column {name!r} has no name for {int(areas[name].isna().sum())} of them")
    if level not in LEVELS:
        faults.append(f"level is {level!r}; it is {' or '.join(LEVELS)}")
    if faults:
        msg = "events cannot be counted in these areas:\n" + "\n".join(f"- {fault}" for fault in faults)
        raise InputError(msg)
    outlines = moved_east(shapely.force_2d(placed.to_numpy()), columns.west_of)
    numbers, shapes = shape_columns(list(_generalised(outlines)))
    return {
        "area_name": Texts([str(one) for one in areas[name]]),
        "area_shape": Ints(numbers),
        "place_area": Ints(_areas_of_places(columns.places, outlines, LEVELS[level])),
        **shapes,
    }


def _generalised(outlines: Any) -> Any:
    """Return outlines with fewer vertices; neighbours keep a common border where they are drawn without gaps."""
    import shapely

    if not len(outlines):
        return outlines
    west, south, east, north = shapely.total_bounds(outlines)
    tolerance = max(east - west, north - south) / _DETAIL
    if shapely.coverage_is_valid(outlines):
        return shapely.coverage_simplify(outlines, tolerance)
    return shapely.simplify(outlines, tolerance)


def _areas_of_places(places: Places, outlines: Any, precise: frozenset[str]) -> npt.NDArray[np.int64]:
    import shapely

    lon, lat = places.lon, places.lat
    tree = shapely.STRtree(outlines)

    def area_at(x: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """Return the number of the first area at each point, 0 for none."""
        points = shapely.points(x, y)
        found = np.full(len(points), len(outlines), np.int64)
        point, area = tree.query(points, predicate="intersects")
        np.minimum.at(found, point, area)
        return np.where(found == len(outlines), _OUTSIDE, found + 1)

    areas = area_at(lon, lat)
    for i, one in enumerate(places.precision):
        if one not in precise:
            areas[i] = TOO_VAGUE
        elif one == "near":
            ring = [
                offset(lon[i], lat[i], distance_m=float(places.radius_m[i]), bearing_deg=360 * step / _RING)
                for step in range(_RING)
            ]
            if (area_at(*zip(*ring, strict=True)) != areas[i]).any():
                areas[i] = TOO_VAGUE
    return areas
