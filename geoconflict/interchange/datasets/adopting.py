"""Rows of others as event frames of ours, with every cell kept beside them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geoconflict.date_codes import acled_time_precision, ucdp_date_prec
from geoconflict.frame_accessor import register_accessor
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.geo import CRS
from geoconflict.ids import content_id
from geoconflict.interchange.datasets.faults import Faults
from geoconflict.interchange.datasets.tables import Table
from geoconflict.models import DateBasis, DatePrecision, DateSpan
from geoconflict.place_codes import NOT_STATED, PLACE_CODES, PlaceCode, place_code

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = [
    "Point",
    "coded_places",
    "counts",
    "days",
    "event_frame",
    "in_slices",
    "is_calendar_month",
    "is_calendar_year",
    "kept_name",
    "points",
    "span_columns",
]


class Point(NamedTuple):
    """A point in degrees, EPSG:4326."""

    lon: float
    lat: float


_WHOLE: Final = re.compile(r"\d{1,9}(?:\.0+)?")
_GROUPED: Final = re.compile(r"\d{1,3}(?:([, \u00a0\u2009\u202f])\d{3})(?:\1\d{3})?")
"""1,200: as a decimal it would be no count either, so it means one thing."""
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?|(\d{4})(\d{2})(\d{2})")
_WORDED: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS: Final = {name[:n]: k for k, name in enumerate(_MONTHS, 1) for n in (3, len(name))}
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def kept_name(prefix: str, name: str) -> str:
    """Return the name of the column that keeps a column of another data set: ``acled:notes``."""
    return f"{prefix}:{name}"


def days(table: Table, name: str, faults: Faults) -> list[dt.date | None]:
    """Return the days of a column of ISO 8601 dates, also with a time, of YYYYMMDD or with the month in words; None where there is none.

    ACLED's files wrote "11 May 2025" for years. What may be read as two days, as 03/04/2025, is a fault.
    """
    read: list[dt.date | None] = []
    for place, cell in zip(table.places, table.cells(name), strict=True):
        day = _day(cell)
        if day is None:
            faults.add(f"{name} is no day", place, cell, "write it YYYY-MM-DD, a day that the calendar has")
        read.append(day)
    return read


def _day(cell: str) -> dt.date | None:
    parts: list[int] = []
    if (match := _DAY.fullmatch(cell)) is not None:
        parts = [int(part) for part in match.groups() if part]
    elif (match := _WORDED.fullmatch(cell)) is not None:
        parts = [int(match[3]), _MONTH_NUMBERS.get(match[2].lower(), 0), int(match[1])]
    try:
        return dt.date(*parts) if parts else None
    except ValueError:
        return None


def coded_places(table: Table, name: str, faults: Faults) -> list[PlaceCode]:
    """Return what the codes of a column of precision say of each place."""
    codes = PLACE_CODES[name]
    read = [place_code(codes, cell) for cell in table.cells(name)]
    for told, place, cell in zip(read, table.places, table.cells(name), strict=True):
        if told is NOT_STATED:
            faults.add(f"{name} is none of {', '.join(codes)}", place, cell, "correct it")
    return read


def counts(table: Table, name: str, faults: Faults) -> list[int | None]:
    """Return the counts of a column, also with separators of thousands; None where the cell is empty or no count."""
    read: list[int | None] = []
    for place, cell in zip(table.places, table.cells(name), strict=True):
        is_grouped = _GROUPED.fullmatch(cell) is not None
        is_count = is_grouped or _WHOLE.fullmatch(cell) is not None
        if cell and not is_count:
            faults.add(f"{name} is no count", place, cell, "write a whole number of people, or leave it empty")
        read.append(int(float(re.sub(r"\D", "", cell) if is_grouped else cell)) if is_count else None)
    return read


def points(table: Table, lon: str, lat: str, faults: Faults) -> list[Point | None]:
    """Return the points of two columns of degrees; None where both are empty, or they are no point of the globe."""
    read: list[Point | None] = []
    for place, east, north in zip(table.places, table.cells(lon), table.cells(lat), strict=True):
        point = None
        if east or north:
            if not (_NUMBER.fullmatch(east) and _NUMBER.fullmatch(north)):
                faults.add(
                    f"{lat} and {lon} are no numbers", place, f"{north}, {east}", "write degrees with a decimal point"
                )
            else:
                point = _on_the_globe(float(east), float(north), place, lon, lat, faults)
        read.append(point)
    return read


def _on_the_globe(east: float, north: float, place: str, lon: str, lat: str, faults: Faults) -> Point | None:
    if abs(north) <= 90 and abs(east) <= 180:
        return Point(east, north)
    shown = f"{north:g}, {east:g}"
    if abs(north) <= 180 and abs(east) <= 90:
        faults.add(
            f"{lat} is beyond 90 degrees", place, shown, f"{lat} and {lon} look swapped: exchange the two columns"
        )
    else:
        faults.add(f"{lat} and {lon} are not on the globe", place, shown, "they are degrees: -90 to 90 and -180 to 180")
    return None


def is_calendar_month(first: dt.date, last: dt.date) -> bool:
    """Whether two days are the first and the last of one month."""
    return (first.year, first.month, first.day) == (last.year, last.month, 1) and (last + dt.timedelta(days=1)).day == 1


def is_calendar_year(first: dt.date, last: dt.date) -> bool:
    """Whether two days are the first and the last of one year."""
    return first == dt.date(last.year, 1, 1) and last == dt.date(first.year, 12, 31)


def span_columns(spans: Sequence[tuple[dt.date | None, dt.date | None, str]]) -> dict[str, list[Any]]:
    """Return the columns of dates for spans: first day, last day, precision."""
    told = [
        DateSpan(starts_on=first, ends_on=last, precision=DatePrecision(precision), basis=DateBasis.STATED)
        for first, last, precision in spans
    ]
    return {
        "starts_on": [None if one.starts_on is None else one.starts_on.isoformat() for one in told],
        "ends_on": [None if one.ends_on is None else one.ends_on.isoformat() for one in told],
        "date_precision": [one.precision.value for one in told],
        "date_basis": [DateBasis.STATED.value] * len(told),
        "ucdp_date_prec": [ucdp_date_prec(one) for one in told],
        "acled_time_precision": [acled_time_precision(one) for one in told],
    }


def event_frame(
    table: Table, prefix: str, ids: Sequence[str], values: Mapping[str, Any], at: Sequence[Point | None], faults: Faults
) -> gpd.GeoDataFrame:
    """Return rows of others with the columns of :data:`geoconflict.EVENT_COLUMNS`, and after them every cell as it was.

    Parameters
    ----------
    table
        The rows.
    prefix
        Whose they are: ``acled``; ids and kept columns begin with it.
    ids
        What the rows are called there.
    values
        Our columns as lists; those left out are empty or missing.
    at
        The point of each row, EPSG:4326; None gives a row without a geometry.
    faults
        Where ids that are empty or not unique are noted.
    """
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    n = len(table)
    there = np.array([point is not None for point in at], bool)
    shapes = np.full(n, None, object)
    shapes[there] = shapely.points([point for point in at if point is not None]) if there.any() else []
    given: dict[str, Any] = {
        "place_id": ["" if point is None else f"xy:{point.lat:.4f},{point.lon:.4f}" for point in at],
        "n_sources": 1,
        "score": 1.0,
        "sources": "[]",
        **values,
        "event_id": _unique(table, prefix, ids, faults),
    }
    ours = {
        name: given.get(name, "" if dtype == "str" else None)
        for name, (dtype, _) in EVENT_COLUMNS.items()
        if name != "geometry"
    }
    plain = pd.DataFrame(ours, index=range(n)).astype({name: EVENT_COLUMNS[name][0] for name in ours})
    for name in ("place_precision", "place_kind", "place_name", "admin1"):
        plain[name] = plain[name].where(there, "")
    plain["radius_m"] = plain["radius_m"].where(there)
    kept = pd.DataFrame(
        {kept_name(prefix, name): cells for name, cells in table.columns.items()}, index=range(n), dtype="str"
    )
    frame = gpd.GeoDataFrame(pd.concat([plain, kept], axis=1), geometry=shapes, crs=CRS)
    frame = frame[[*ours, "geometry", *kept.columns]]
    frame.attrs["n_unlocated"] = int((~there).sum())
    frame.attrs["n_undated"] = int(frame["ends_on"].isna().sum())
    frame.attrs["notes"] = tuple(table.notes)
    return frame


def in_slices(
    adopt: Callable[[Table, Faults], gpd.GeoDataFrame], table: Table, faults: Faults, n_rows: int = 10_000
) -> gpd.GeoDataFrame:
    """Return what `adopt` makes of a table, made of some rows at a time: what is made on the way is larger than what stays."""
    import pandas as pd

    register_accessor()
    parts = [adopt(part, faults) for part in table.slices(n_rows)]
    frame = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    for name in ("n_unlocated", "n_undated"):
        frame.attrs[name] = sum(part.attrs[name] for part in parts)
    frame.attrs["notes"] = tuple(table.notes)
    return frame


def _unique(table: Table, prefix: str, ids: Sequence[str], faults: Faults) -> list[str]:
    """Return an id for each row; in a table that is kept with its faults, a repeated one is numbered."""
    seen = table.seen
    unique = []
    for k, (place, name) in enumerate(zip(table.places, ids, strict=True)):
        if not name:
            faults.add("there is no id", place, "", "give each row an id of its own")
        own = name or content_id("row", [cells[k] for cells in table.columns.values()])
        seen[own] = seen.get(own, 0) + 1
        if seen[own] > 1:
            faults.add(
                "the id is that of a row before", place, own, "keep one row of each id: the one that changed last"
            )
        unique.append(f"{prefix}:{own}" if seen[own] == 1 else f"{prefix}:{own}#{seen[own]}")
    return unique
