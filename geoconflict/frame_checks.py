"""Checks of the frames that maps and exports are made from: every fault is found before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from geoconflict.choices import checked_word, one_or_several
from geoconflict.errors import InputError
from geoconflict.frames import EVENT_COLUMNS, LATER_TOLL_COLUMNS, LINE_COLUMNS, TOLL_COLUMNS
from geoconflict.geo import CRS
from geoconflict.source_rows import are_parsed

__all__ = ["TOLL_MEASURES", "check_frames", "checked_tolls", "credit_lines"]

TOLL_MEASURES: Final = ("killed", "wounded", "captured", "missing", "displaced")
"""What a cumulative figure may count."""
MAX_RADIUS_M: Final = 20_100_000
"""Half the circumference of the Earth: a larger radius is a wrong unit."""


_DRAWN: Final = (0, 1, 2, 3, 5, 6)
"""Type numbers of shapely: Point, LineString, LinearRing, Polygon, MultiLineString, MultiPolygon."""
LONGEST_ID: Final = 1000
MOST_COUNTED: Final = 2**31 - 3
"""The page holds a count and one more in 32 bits; what is larger is a slip of the pen."""
_DAYS_HELD: Final = (np.datetime64("0001-01-01"), np.datetime64("9999-12-31"))
_ADDED: Final = ("captured_", "displaced_")
"""Columns that files of an earlier version lack; they count as not stated."""


def credit_lines(given: str | Iterable[str]) -> tuple[str, ...]:
    """Return lines of credit.

    Raises
    ------
    InputError
        If there is something else than lines.
    """
    return one_or_several(given, "attribution")


def checked_tolls(tolls: Any, measure: str) -> Any:
    """Return the rows of a frame of tolls that count one thing.

    Raises
    ------
    InputError
        If it is no such frame, or a toll counts no such thing.
    """
    missing = [
        name for name in TOLL_COLUMNS if name not in getattr(tolls, "columns", ()) and name not in LATER_TOLL_COLUMNS
    ]
    if missing:
        msg = f"these are no tolls: no column {', '.join(map(repr, missing))}; take them from EventStore.tolls()"
        raise InputError(msg)
    return tolls[tolls["measure"] == checked_word(measure, TOLL_MEASURES, "measure")]


def check_frames(
    events: Any, unlocated: Any = None, lines: Any = None, tolls: Any = None, *, sources: bool = True
) -> None:
    """Check the frames of a map; see :func:`geoconflict.render.columns.map_columns` for what each holds.

    With `sources` false, the JSON of the column ``sources`` is only looked into where something else is wrong: it is
    left to who parses it.

    Raises
    ------
    InputError
        With every fault of every frame at once, and how to repair it.
    """
    faults = [f"events: {fault}" for fault in _event_faults(events, geometry=True)]
    if unlocated is not None:
        faults += [f"unlocated: {fault}" for fault in _event_faults(unlocated, geometry=False)]
        if not faults and (twice := sorted(set(events["event_id"].tolist()) & set(unlocated["event_id"].tolist()))):
            faults.append(
                f"unlocated: holds events that are also located, for example {twice[0]!r}; drop them from one"
            )
    if lines is not None:
        missing = [name for name in LINE_COLUMNS if name not in (*lines.columns, "colour")]
        faults += [f"lines: no column {name!r}; it holds {', '.join(LINE_COLUMNS)}" for name in missing]
        faults += [f"lines: {fault}" for fault in _date_faults(lines, ("valid_from", "valid_to"))]
        faults += [f"lines: {fault}" for fault in _geometry_faults(lines)]
    if tolls is not None:
        missing = [name for name in TOLL_COLUMNS if name not in tolls.columns and name not in LATER_TOLL_COLUMNS]
        faults += [f"tolls: no column {name!r} ({TOLL_COLUMNS[name][1]})" for name in missing]
        faults += [f"tolls: {fault}" for fault in _date_faults(tolls, ("as_of", "published_on"))]
    if faults or sources:
        faults += [f"events: {fault}" for fault in _source_faults(events)]
        faults += [] if unlocated is None else [f"unlocated: {fault}" for fault in _source_faults(unlocated)]
    if faults:
        msg = "these frames cannot be used:\n" + "\n".join(f"- {fault}" for fault in faults)
        raise InputError(msg)


def _date_faults(frame: Any, names: tuple[str, ...]) -> list[str]:
    import pandas as pd

    return _far_days(frame, names) + [
        f"column {name!r} is {frame[name].dtype}, not dates (datetime64): convert it with pandas.to_datetime"
        for name in names
        if name in frame.columns and not pd.api.types.is_datetime64_dtype(frame[name].dtype)
    ]


def _far_days(frame: Any, names: tuple[str, ...]) -> list[str]:
    """Name the rows whose days no calendar of four digits has: pages and files could not hold them."""
    import pandas as pd

    faults = []
    for name in names:
        if name not in frame.columns or not pd.api.types.is_datetime64_dtype(frame[name].dtype):
            continue
        days = frame[name].to_numpy().astype("datetime64[D]")  # in nanoseconds the bounds would overflow
        is_far = (days < _DAYS_HELD[0]) | (days > _DAYS_HELD[1])
        if is_far.any():
            faults.append(
                f"column {name!r} holds days outside the years 1 to 9999, for example {days[is_far][0]} in row "
                f"{frame.index[is_far][0]}: correct them, or use NaT for what is not known"
            )
    return faults


def _count_faults(frame: Any) -> list[str]:
    import pandas as pd

    faults = []
    for name in EVENT_COLUMNS:
        if not name.endswith(("_low", "_best", "_high")) or name not in frame.columns:
            continue
        if not pd.api.types.is_numeric_dtype(frame[name].dtype):
            continue
        numbers = frame[name].to_numpy("float64", na_value=np.nan)
        is_wrong = (numbers < 0) | (numbers > MOST_COUNTED)
        if is_wrong.any():
            faults.append(
                f"column {name!r} holds {numbers[is_wrong][0]:.0f} in row {frame.index[is_wrong][0]}: counts are 0 to "
                f"{MOST_COUNTED}; correct it, or leave it missing"
            )
    return faults


def _event_faults(frame: Any, *, geometry: bool) -> list[str]:
    import pandas as pd

    faults = []
    for name, (kind, meaning) in EVENT_COLUMNS.items():
        if name == "geometry":
            continue
        if name not in frame.columns and name.startswith(_ADDED):
            continue
        if name not in frame.columns:
            faults.append(f"no column {name!r} ({meaning})")
            continue
        values = frame[name]
        if name == "sources" and are_parsed(values):
            continue
        if kind.startswith("datetime"):
            good, wanted = pd.api.types.is_datetime64_dtype(values.dtype), "dates without a time zone (datetime64)"
        elif kind == "str":
            is_typed = isinstance(values.dtype, pd.StringDtype)
            good = not values.hasnans if is_typed else all(isinstance(value, str) for value in values)
            wanted = "strings, '' where nothing is known"
        else:
            good, wanted = pd.api.types.is_numeric_dtype(values.dtype), "numbers"
        if not good:
            faults.append(f"column {name!r} is {values.dtype}, not {wanted}")
    faults += _far_days(frame, ("starts_on", "ends_on")) + _count_faults(frame)
    if geometry:
        faults += _geometry_faults(frame)
    if "event_id" in frame.columns and not frame["event_id"].is_unique:
        twice = sorted({str(name) for name in frame.loc[frame["event_id"].duplicated(), "event_id"]})
        faults.append(f"event_id is not unique, for example {twice[0][:60]!r}")
    if "event_id" in frame.columns and _longest(frame["event_id"]) > LONGEST_ID:
        faults.append(f"column 'event_id' holds ids of more than {LONGEST_ID} characters: give each event a short name")
    if "radius_m" in frame.columns and pd.api.types.is_numeric_dtype(frame["radius_m"].dtype):
        radius = frame["radius_m"].to_numpy("float64", na_value=np.nan)
        if ((radius < 0) | (radius > MAX_RADIUS_M)).any():
            faults.append("column 'radius_m' holds values outside 0 to 20 100 000: it is in metres")
    return faults


def _longest(ids: Any) -> int:
    import pandas as pd

    if isinstance(ids.dtype, pd.StringDtype) and len(ids) and not ids.hasnans:
        return int(ids.str.len().max())
    return max(map(len, map(str, ids.tolist())), default=0)


def _geometry_faults(frame: Any) -> list[str]:
    import shapely

    if "geometry" not in frame.columns or not hasattr(frame, "crs"):
        return ["no geometry: give a GeoDataFrame with an active geometry column named 'geometry'"]
    if frame.crs is None:
        return [f"no CRS: call frame.set_crs({CRS!r}) if the coordinates are longitude and latitude in degrees"]
    if frame.crs.to_epsg() != int(CRS.removeprefix("EPSG:")):
        return [f"the CRS is {frame.crs.to_string()}, not {CRS}: call frame.to_crs({CRS!r})"]
    if bool((frame.geometry.isna() | frame.geometry.is_empty).any()):
        return ["rows without a geometry: pass them as `unlocated` instead"]
    lon, lat = shapely.get_coordinates(frame.geometry.array).T
    if len(lon) and not (np.isfinite(lon + lat).all() and abs(lon).max() <= 180 and abs(lat).max() <= 90):
        return ["coordinates outside -180 to 180 and -90 to 90: longitude comes first, in degrees"]
    odd = ~np.isin(shapely.get_type_id(frame.geometry.to_numpy()), _DRAWN)
    kinds = set(frame.geometry[odd].geom_type)
    return [f"geometries of type {kind} cannot be drawn; split them up" for kind in sorted(kinds)]


def _source_faults(frame: Any) -> list[str]:
    if "sources" not in frame.columns or are_parsed(frame["sources"]):
        return []
    for event_id, text in zip(frame.get("event_id", frame.index), frame["sources"], strict=True):
        try:
            told = json.loads(text)
            good = isinstance(told, list) and all(isinstance(item, dict) for item in told)
        except (TypeError, ValueError):
            good = False
        if not good:
            return [
                f"column 'sources' of event {event_id!r} is not a JSON array of objects ({EVENT_COLUMNS['sources'][1]})"
            ]
    return []
