"""PRIO-GRID: the cells of half a degree that conflict data are counted in, and their numbers (Tollefsen and others 2012)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np
import numpy.typing as npt

from geoconflict.errors import InputError
from geoconflict.geo import CRS, Bounds

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["CELL_DEG", "prio_grid_cells", "prio_grid_id", "prio_grid_outlines"]

CELL_DEG: Final = 0.5
_COLUMNS: Final = 720
_ROWS: Final = 360
_LARGEST_LON: Final = 180.0
_LARGEST_LAT: Final = 90.0


@overload
def prio_grid_id(lon: float, lat: float) -> int: ...
@overload
def prio_grid_id(lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.int64]: ...
def prio_grid_id(lon: Any, lat: Any) -> int | npt.NDArray[np.int64]:
    """Return the number of the PRIO-GRID cell that a point lies in, 1 to 259,200, as in ``priogrid_gid`` of UCDP GED.

    Parameters
    ----------
    lon, lat
        Degrees, EPSG:4326: two numbers, or arrays or columns of them. A point on a border belongs to the cell north and east
        of it; longitude 180 and latitude 90 to the last column and row.

    Returns
    -------
    int or numpy.ndarray
        One number of two numbers, an array of arrays.

    Raises
    ------
    InputError
        If a point is not on the globe.
    """
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    off = ~((abs(x) <= _LARGEST_LON) & (abs(y) <= _LARGEST_LAT))  # also what is no number
    if off.any():
        first = np.flatnonzero(off)[0]
        shown = ", ".join(str(values.ravel()[first]) for values in np.broadcast_arrays(x, y))
        msg = f"longitude, latitude {shown}: no point on the globe; longitude comes first, in degrees"
        raise InputError(msg)
    column = np.minimum(np.floor((x + _LARGEST_LON) / CELL_DEG), _COLUMNS - 1)
    row = np.minimum(np.floor((y + _LARGEST_LAT) / CELL_DEG), _ROWS - 1)
    cells = np.asarray(row * _COLUMNS + column + 1, np.int64)
    return cells if cells.ndim else int(cells)


def prio_grid_cells(bounds: Bounds) -> gpd.GeoDataFrame:
    """Return the cells that meet a box in EPSG:4326 degrees, by number: the columns ``gid`` and ``geometry``."""
    west, south, east, north = bounds
    first, last = prio_grid_id([west, min(east, 180.0)], [south, north]) - 1
    rows = np.arange(first // _COLUMNS, last // _COLUMNS + 1)
    columns = np.arange(first % _COLUMNS, last % _COLUMNS + 1)
    return prio_grid_outlines((rows[:, None] * _COLUMNS + columns[None, :] + 1).ravel())


def prio_grid_outlines(gid: npt.NDArray[np.int64]) -> gpd.GeoDataFrame:
    """Return the cells of these numbers: the columns ``gid`` and ``geometry``."""
    import geopandas as gpd
    import shapely

    lon, lat = (gid - 1) % _COLUMNS * CELL_DEG - 180, (gid - 1) // _COLUMNS * CELL_DEG - 90
    return gpd.GeoDataFrame({"gid": gid}, geometry=shapely.box(lon, lat, lon + CELL_DEG, lat + CELL_DEG), crs=CRS)
