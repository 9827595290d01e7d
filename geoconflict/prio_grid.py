"""PRIO-GRID: the cells of half a degree that conflict data are counted in, and their numbers (Tollefsen and others 2012)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from geoconflict.errors import InputError
from geoconflict.geo import CRS, Bounds

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["CELL_DEG", "prio_gid", "prio_grid_cells"]

CELL_DEG: Final = 0.5
_COLUMNS: Final = 720
_ROWS: Final = 360


def prio_gid(lon: Any, lat: Any) -> npt.NDArray[np.int64]:
    """Return the number, 1 to 259200, of the cell that each point lies in.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326. A point on a border belongs to the cell north and east of it; longitude 180 and latitude 90
        to the last column and row.

    Raises
    ------
    InputError
        If a point is not on the globe.
    """
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    if not (np.isfinite(x + y).all() and (abs(x) <= 180).all() and (abs(y) <= 90).all()):
        msg = "points outside -180 to 180 and -90 to 90 have no cell of PRIO-GRID; longitude comes first, in degrees"
        raise InputError(msg)
    column = np.minimum(np.floor((x + 180) / CELL_DEG), _COLUMNS - 1)
    row = np.minimum(np.floor((y + 90) / CELL_DEG), _ROWS - 1)
    return np.asarray(row * _COLUMNS + column + 1, np.int64)


def prio_grid_cells(bounds: Bounds) -> gpd.GeoDataFrame:
    """Return the cells that meet a box in EPSG:4326 degrees, by number: the columns ``gid`` and ``geometry``."""
    import geopandas as gpd
    import shapely

    west, south, east, north = bounds
    first, last = prio_gid([west, min(east, 180.0)], [south, north]) - 1
    rows = np.arange(first // _COLUMNS, last // _COLUMNS + 1)
    columns = np.arange(first % _COLUMNS, last % _COLUMNS + 1)
    gid = (rows[:, None] * _COLUMNS + columns[None, :] + 1).ravel()
    lon, lat = (gid - 1) % _COLUMNS * CELL_DEG - 180, (gid - 1) // _COLUMNS * CELL_DEG - 90
    return gpd.GeoDataFrame({"gid": gid}, geometry=shapely.box(lon, lat, lon + CELL_DEG, lat + CELL_DEG), crs=CRS)
