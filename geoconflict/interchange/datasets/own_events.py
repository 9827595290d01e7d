"""Files that geoconflict exported, read again: text formats have no types, and others may have edited them since."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from geoconflict.frames import EVENT_COLUMNS
from geoconflict.geo import CRS
from geoconflict.interchange.datasets.faults import Faults
from geoconflict.interchange.datasets.tables import Table
from geoconflict.models import PlacePrecision, Status

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["own_events"]

_OWN_PLACE: Final = ("lon", "lat", "geometry_wkt")
"""What our own CSV has for the geometry."""
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?")
_LARGEST: Final = 1 << 53
_SHARES: Final = ("place_score", "score")
_UNSTATED: Final = "unstated"
_WORDS: Final = {"place_precision": ("", _UNSTATED, *PlacePrecision), "status": ("", _UNSTATED, *Status)}


def own_events(frame: gpd.GeoDataFrame, table: Table, faults: Faults) -> gpd.GeoDataFrame:
    """Return a frame of our columns with their types again; what they cannot hold is a fault, and left open.

    Parameters
    ----------
    frame
        With a geometry, in any CRS.
    table
        Its cells as text, row by row.
    faults
        Where cells are noted that cannot be used.
    """
    import geopandas as gpd
    import pandas as pd

    columns: dict[str, Any] = {}
    for name in frame.columns:
        if name in _OWN_PLACE or name == frame.geometry.name:
            continue
        values = frame[name].reset_index(drop=True)
        dtype = EVENT_COLUMNS.get(str(name), ("str", ""))[0]
        if dtype == "str":
            columns[name] = values.fillna("") if name in EVENT_COLUMNS else values
        elif dtype.startswith("datetime"):
            columns[name] = _days(table, name, faults).astype(dtype)
        else:
            numbers = _numbers(table, name, dtype, faults)
            columns[name] = (numbers.fillna(0) if dtype == "int64" else numbers).astype(dtype)
    for name, words in _WORDS.items():
        _note(table, name, words.__contains__, faults, f"is none of {', '.join(words[1:])}")
        columns[name] = columns[name].where(columns[name].isin(words[1:]), _UNSTATED if name == "status" else "")
    _note(table, "event_id", bool, faults, "is empty", "give each event an id of its own")
    plain = pd.DataFrame(columns, index=range(len(frame)))
    return gpd.GeoDataFrame(plain, geometry=frame.geometry.to_numpy(), crs=frame.crs).to_crs(CRS)


def _note(
    table: Table,
    name: str,
    is_sound: Callable[[str], bool],
    faults: Faults,
    what: str,
    repair: str = "export it again, or mend the cell",
) -> None:
    for place, cell in zip(table.places, table.cells(name), strict=True):
        if not is_sound(cell):
            faults.add(f"{name} {what}", place, cell, repair)


def _days(table: Table, name: str, faults: Faults) -> Any:
    """Return the days of a column; a time with an offset is no civil day, for it may be of another day elsewhere."""
    import pandas as pd

    cells = table.cells(name)
    days = pd.to_datetime(
        pd.Series([cell if _DAY.fullmatch(cell) else None for cell in cells], dtype="object"),
        format="ISO8601",
        errors="coerce",
    )
    for place, cell, is_none in zip(table.places, cells, days.isna(), strict=True):
        if cell and is_none:
            faults.add(f"{name} is no day", place, cell, "write it like 2020-09-27, without a time zone")
    return days


def _numbers(table: Table, name: str, dtype: str, faults: Faults) -> Any:
    import numpy as np
    import pandas as pd

    cells = table.cells(name)
    numbers = pd.to_numeric(pd.Series([cell or None for cell in cells], dtype="object"), errors="coerce").astype(float)
    is_sound = np.isfinite(numbers) & (numbers >= 0)
    what = "a number from 0"
    if name in _SHARES:
        is_sound, what = is_sound & (numbers <= 1), "a number from 0 to 1"
    elif dtype.lower() == "int64":
        is_sound, what = is_sound & (numbers < _LARGEST) & (numbers % 1 == 0), "a whole number from 0"
    for place, cell, sound in zip(table.places, cells, is_sound, strict=True):
        if cell and not sound:
            faults.add(f"{name} is not {what}", place, cell, "mend it, or leave it empty")
    return numbers.where(is_sound)
