"""Lines and areas that a map's maker adds, in any CRS and with any columns, as the one frame that the map draws."""

from __future__ import annotations

import difflib
import warnings
from typing import Any, Final, Literal, TypeAlias

from geoconflict.civil_day import Day, civil_day
from geoconflict.colours import is_colour
from geoconflict.errors import InputError
from geoconflict.frames import LINE_COLUMNS
from geoconflict.geo import CRS
from geoconflict.render.dates_of import civil_days

__all__ = ["DayOrColumn", "dated_frame", "placed_frame"]

DayOrColumn: TypeAlias = Day | None
"""A column of days, a day for all rows (ISO 8601 or a date), or None for open."""

_GEOMETRIES: Final = {
    "areas": frozenset({"Polygon", "MultiPolygon"}),
    "lines": frozenset({"LineString", "LinearRing", "MultiLineString"}),
}
_MOST_NAMED: Final = 5
_NEAR: Final = 0.5
"""How alike, 0 to 1, a text and the name of a column are when a slip is likely."""


def dated_frame(
    frame: Any,
    kind: Literal["areas", "lines"],
    *,
    name: str,
    valid_from: DayOrColumn,
    valid_to: DayOrColumn,
    approximate: str | bool,
    note: str,
    colour: str,
) -> Any:
    """Return the rows as a frame with the columns of :data:`geoconflict.frames.LINE_COLUMNS`, EPSG:4326.

    Each argument is the name of a column, or else one value for all rows. The names of the arguments are the defaults of
    :meth:`geoconflict.EventMap.add_areas`: where `frame` has no such column, the value is open or empty.

    Raises
    ------
    InputError
        With every fault at once, and how to repair it.
    """
    import geopandas as gpd

    faults: list[str] = []
    placed = placed_frame(frame, kind, faults)
    columns = {str(column) for column in getattr(frame, "columns", ())}
    values = {
        "name": _texts(frame, columns, "name", name, faults, is_needed=True),
        "valid_from": _days(frame, columns, "valid_from", valid_from, faults),
        "valid_to": _days(frame, columns, "valid_to", valid_to, faults),
        "approximate": _flags(frame, columns, approximate, faults),
        "note": _texts(frame, columns, "note", note, faults),
        "colour": _texts(frame, columns, "colour", colour, faults),
    }
    faults += _colour_faults(values["colour"])
    if not faults:
        late = values["valid_from"] > values["valid_to"]
        if late.any():
            faults.append(f"valid_from lies after valid_to in rows {_some(frame.index[late.to_numpy()])}")
    if faults:
        msg = f"these {kind} cannot be drawn:\n" + "\n".join(f"- {fault}" for fault in faults)
        raise InputError(msg)
    made = gpd.GeoDataFrame(values, geometry=placed.to_numpy(), crs=CRS, index=frame.index)
    types = {column: dtype for column, (dtype, _) in LINE_COLUMNS.items() if column != "geometry"}
    return made.astype(types)[list(LINE_COLUMNS)].reset_index(drop=True)


def placed_frame(frame: Any, kind: Literal["areas", "lines"], faults: list[str]) -> Any:
    """Return the geometries of `frame` in EPSG:4326, longitude first, and add what is wrong with them to `faults`."""
    import numpy as np
    import shapely

    if not hasattr(frame, "crs") or not hasattr(frame, "geometry"):
        faults.append("not a GeoDataFrame with an active geometry; call frame.set_geometry first")
        return None
    shapes = frame.geometry
    empty = (shapes.isna() | shapes.is_empty).to_numpy()
    if empty.any():
        faults.append(f"no geometry in rows {_some(frame.index[empty])}; drop them")
    odd = ~shapes.geom_type.isin(_GEOMETRIES[kind]).to_numpy() & ~empty
    if odd.any():
        found = ", ".join(sorted(set(shapes.geom_type[odd])))
        faults.append(f"{found} in rows {_some(frame.index[odd])} where {kind} are wanted")
    if frame.crs is None:
        faults.append(f"no CRS; call frame.set_crs({CRS!r}) if the coordinates are longitude and latitude in degrees")
        return None
    moved = shapes.to_crs(CRS)
    lon, lat = shapely.get_coordinates(moved[~empty].array).T
    if len(lon) and not (np.isfinite(lon + lat).all() and abs(lon).max() <= 180 and abs(lat).max() <= 90):
        faults.append("coordinates that are not on the globe; check the CRS")
    return moved


def _texts(frame: Any, columns: set[str], what: str, value: str, faults: list[str], *, is_needed: bool = False) -> Any:
    import pandas as pd

    if value in columns:
        texts = frame[value].astype("object").where(frame[value].notna(), "").astype(str)
        missing = (texts.str.strip() == "").to_numpy()
        if is_needed and missing.any():
            faults.append(f"no name in rows {_some(frame.index[missing])}")
        return texts
    if value == what and is_needed:
        faults.append(f"no column 'name'; give name= as one of {_listed(columns)}, or as the name of all")
    # A name of a place or a side is written with a capital.
    if (
        value != what
        and value.islower()
        and (near := difflib.get_close_matches(value, sorted(one.lower() for one in columns), 1, _NEAR))
    ):
        column = next(one for one in sorted(columns) if one.lower() == near[0])
        note = f"{what}: {value!r} is no column and becomes the {what} of all rows; did you mean the column {column!r}?"
        warnings.warn(note, stacklevel=4)
    return pd.Series("" if value == what else str(value), index=getattr(frame, "index", None), dtype="object")


def _days(frame: Any, columns: set[str], what: str, value: DayOrColumn, faults: list[str]) -> Any:
    import pandas as pd

    index = getattr(frame, "index", None)
    if value is None or (value == what and value not in columns):
        return pd.Series(pd.NaT, index=index, dtype="datetime64[s]")
    if isinstance(value, str) and value in columns:
        given = frame[value]
        days = pd.Series(civil_days(given), index=index)
        wrong = (days.isna() & given.notna() & (given.astype(str).str.strip() != "")).to_numpy()
        if wrong.any():
            shown = str(given[wrong].iloc[0])[:40]
            faults.append(f"{what}: no day in rows {_some(frame.index[wrong])}, for example {shown!r}")
        return days
    try:
        day = civil_day(value, what)
    except InputError:
        faults.append(f"{what}: {value!r} is no column and no day like 2020-09-27; the columns are {_listed(columns)}")
        return pd.Series(pd.NaT, index=index, dtype="datetime64[s]")
    return pd.Series(pd.Timestamp(day), index=index).astype("datetime64[s]")


def _flags(frame: Any, columns: set[str], value: str | bool, faults: list[str]) -> Any:
    """Return what is approximate: all that is not said to be sharp."""
    import pandas as pd

    index = getattr(frame, "index", None)
    if isinstance(value, bool):
        return pd.Series(value, index=index)
    if value in columns:
        flags = frame[value].astype("object")
        wrong = (flags.notna() & ~flags.isin([True, False])).to_numpy()
        if wrong.any():
            faults.append(f"approximate: neither true nor false in rows {_some(frame.index[wrong])}")
        return flags.map(lambda flag: flag is None or flag != flag or bool(flag))  # noqa: PLR0124 - NaN
    if value != "approximate":
        faults.append(f"approximate: {value!r} is no column; the columns are {_listed(columns)}")
    return pd.Series(True, index=index)


def _colour_faults(colours: Any) -> list[str]:
    wrong = sorted({colour for colour in colours if colour and not is_colour(colour)})
    return [f"colour: {wrong[0][:40]!r} is no column and no colour like '#7a3b69'"] if wrong else []


def _some(labels: Any) -> str:
    named = ", ".join(str(label) for label in labels[:_MOST_NAMED])
    return named + (f" and {len(labels) - _MOST_NAMED} more" if len(labels) > _MOST_NAMED else "")


def _listed(columns: set[str]) -> str:
    return ", ".join(sorted(columns)) or "none"
