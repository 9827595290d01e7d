"""The cell of PRIO-GRID that a point lies in: half a degree each way, numbered from the south-west."""

from __future__ import annotations

import math

from geoconflict.errors import InputError

__all__ = ["prio_grid_id"]

_PER_DEGREE = 2
_COLUMNS, _ROWS = 720, 360


def prio_grid_id(lon: float, lat: float) -> int:
    """Return the id of the PRIO-GRID cell of a point, from 1 to 259,200, as in ``priogrid_gid`` of UCDP GED.

    A point on the border of cells belongs to the one north and east of it; the North Pole and longitude 180 to the last
    row and column.

    Parameters
    ----------
    lon, lat
        In degrees, EPSG:4326.

    Raises
    ------
    InputError
        If the point is not on the globe.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        msg = f"longitude {lon}, latitude {lat}: no point on the globe; longitude comes first, in degrees"
        raise InputError(msg)
    row = min(math.floor((lat + 90) * _PER_DEGREE), _ROWS - 1)
    column = min(math.floor((lon + 180) * _PER_DEGREE), _COLUMNS - 1)
    return row * _COLUMNS + column + 1
