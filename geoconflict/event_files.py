"""A file of events of any kind as an event frame: what it is, is found by its columns or said."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geoconflict.errors import InputError
from geoconflict.event_tables import read_events
from geoconflict.interchange.datasets import FILE_KINDS
from geoconflict.interchange.datasets.acled import ACLED_COLUMNS, ACLED_NEEDED, read_acled
from geoconflict.interchange.datasets.faults import Faults, Faulty
from geoconflict.interchange.datasets.gdelt import GDELT_COLUMNS, GDELT_COLUMNS_1, read_gdelt_events
from geoconflict.interchange.datasets.polecat import POLECAT_COLUMNS, POLECAT_NEEDED, read_polecat
from geoconflict.interchange.datasets.tables import (
    JSON_SUFFIXES,
    decoded,
    delimiter_of,
    named_columns,
    open_table,
    unpacked,
)
from geoconflict.interchange.datasets.ucdp import UCDP_COLUMNS, UCDP_NEEDED, read_ucdp_ged
from geoconflict.vector_file import SQLITE_START, VECTOR_SUFFIXES

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["STORE", "EventFile", "kind_of_file", "read_event_file"]

STORE: Final = "store"
"""The kind of an event store."""
_LABELS: Final = {"acled": "ACLED", "ucdp": "UCDP GED", "polecat": "POLECAT", "gdelt": "GDELT", STORE: "an event store"}
_STORE_SUFFIXES: Final = (".sqlite", ".db")
_ENCODINGS: Final = ("utf-8", "latin-1")
"""Names of columns are ASCII; that any file can be looked at is enough."""
# The columns without which nothing is read of these data; what POLECAT needs, other tables may have too, so more is asked.
_MARKS: Final[Mapping[str, tuple[Sequence[str], Sequence[str]]]] = {
    "acled": (ACLED_COLUMNS, ACLED_NEEDED),
    "ucdp": (UCDP_COLUMNS, UCDP_NEEDED),
    "polecat": (
        POLECAT_COLUMNS,
        (
            *POLECAT_NEEDED,
            "Event Mode",
            *(f"{who} {what}" for who in ("Actor", "Recipient") for what in ("Name", "Country")),
        ),
    ),
}


class EventFile(NamedTuple):
    """The events of a file."""

    frame: gpd.GeoDataFrame
    """With the columns of :data:`geoconflict.EVENT_COLUMNS`; what has no place has no geometry."""
    kind: str
    """One of :data:`~geoconflict.interchange.datasets.FILE_KINDS`, or :data:`STORE`."""
    taken_for: str
    """What the file was taken for, in words, and what it lacks of what it is like."""

    def located(self) -> tuple[gpd.GeoDataFrame, int]:
        """Return the events that have a place, and how many have none."""
        nowhere = (self.frame.geometry.isna() | self.frame.geometry.is_empty).to_numpy()
        return self.frame[~nowhere].reset_index(drop=True), int(nowhere.sum())


def kind_of_file(path: str | os.PathLike[str]) -> tuple[str, str]:
    """Return what a file is by its columns, one of :data:`~geoconflict.interchange.datasets.FILE_KINDS` or :data:`STORE`, and why it is nothing closer.

    The reason is empty but for a table that has most of the columns of a data set.

    Raises
    ------
    InputError
        If there is no such file, or it is damaged or no text.
    """
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix in VECTOR_SUFFIXES and suffix not in JSON_SUFFIXES:
        return "table", ""
    if not file.is_file():
        msg = f"{file}: there is no such file"
        raise InputError(msg)
    with file.open("rb") as opened:
        if suffix in _STORE_SUFFIXES or opened.read(len(SQLITE_START)) == SQLITE_START:
            return STORE, ""
    names = _column_names(file)
    if len(names) in (len(GDELT_COLUMNS), len(GDELT_COLUMNS_1)) and (
        names[0].isdigit() or names[0].casefold() == "globaleventid"
    ):
        return "gdelt", ""
    reason = ""
    for kind, (known, needed) in _MARKS.items():
        there = named_columns({name: [] for name in names}, known)
        lacking = [name for name in needed if name not in there]
        if not lacking:
            return kind, ""
        if len(lacking) <= len(needed) // 3 and not reason:
            reason = f"it lacks {', '.join(lacking)} of {_LABELS[kind]}"
    return "table", reason


def _column_names(file: Path) -> list[str]:
    name, data = unpacked(file)
    if Path(name).suffix.lower() in JSON_SUFFIXES:
        return list(open_table(file, (), (), faults=Faults(str(file)), encodings=_ENCODINGS, kind="events").columns)
    text, _ = decoded(data, file, _ENCODINGS)
    first = text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    known = [name for columns, _ in _MARKS.values() for name in columns]
    try:
        return [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter_of(text, known)), [])]
    except csv.Error:  # a cell of more than 128 KiB is no name; who reads the rows says what is wrong
        return []


def read_event_file(
    path: str | os.PathLike[str],
    kind: str | None = None,
    *,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    encoding: str | None = None,
    faulty: Faulty = "refuse",
) -> EventFile:
    """Return the events of a store or file with the reader of its kind.

    Parameters
    ----------
    path
        An event store, or a file that :func:`geoconflict.read_acled`, :func:`geoconflict.read_ucdp_ged`,
        :func:`geoconflict.read_polecat`, :func:`geoconflict.read_gdelt_events` or :func:`geoconflict.read_events` reads.
    kind
        What it is, one of :data:`~geoconflict.interchange.datasets.FILE_KINDS`; None finds it by its columns.
    columns
        What columns of a table are called, by role.
    encoding
        Of a text file; None is UTF-8, of POLECAT also ISO-8859-1.
    faulty
        ``"refuse"`` or ``"keep"`` rows with unusable cells.

    Raises
    ------
    InputError
        If the file cannot be read, is not of the kind that is said, or has faulty rows and these are not to be kept.
    """
    found, reason = (kind, "") if kind is not None else ("table", "") if columns else kind_of_file(path)
    label = _LABELS.get(found, "")
    if found == STORE:
        return EventFile(_of_store(path), found, label)
    if found == "gdelt":
        return EventFile(read_gdelt_events(path, faulty=faulty), found, label)
    if found == "polecat":
        return EventFile(read_polecat(path, encoding=encoding, faulty=faulty), found, label)
    if found in ("acled", "ucdp"):
        reader = read_acled if found == "acled" else read_ucdp_ged
        return EventFile(reader(path, encoding=encoding or "utf-8", faulty=faulty), found, label)
    if found != "table":
        msg = f"{path}: {found!r} is no kind of file; there are {', '.join(FILE_KINDS)}"
        raise InputError(msg)
    frame = read_events(path, columns, encoding=encoding or "utf-8", faulty=faulty)
    if frame.attrs["is_own"]:
        return EventFile(frame, found, "events of geoconflict")
    how = "a table" if columns else "a table, by usual names of columns"
    return EventFile(frame, found, f"{how}; {reason}" if reason else how)


def _of_store(path: str | os.PathLike[str]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    from geoconflict.geo import CRS
    from geoconflict.map_stage import credit
    from geoconflict.store import EventStore
    from geoconflict.tools import Tools

    with EventStore(path, read_only=True) as store, store.snapshot():
        located, rest, lines = store.events(), store.unlocated(), credit(store, Tools())
    parts: list[Any] = [located, gpd.GeoDataFrame(rest, geometry=[None] * len(rest), crs=CRS)]
    frame = gpd.GeoDataFrame(pd.concat([one for one in parts if len(one)] or parts[:1], ignore_index=True), crs=CRS)
    frame.attrs["attribution"] = lines
    return frame
