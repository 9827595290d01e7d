"""Event frames as tables of other data sets: which rows have a place there, their cells, and an account of the rest.

A frame that a reader of ours made still holds every cell it was made from. Such a cell is written back where our columns say
today what the reader made of it then; where somebody changed them, the cell is made anew.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.errors import InputError
from geoconflict.event_extents import checked_statuses
from geoconflict.frame_checks import check_frames, credit_lines
from geoconflict.interchange.cells import safe_cell
from geoconflict.interchange.datasets.adopting import kept_name
from geoconflict.interchange.datasets.faults import Faults
from geoconflict.interchange.datasets.rows import Rows
from geoconflict.interchange.datasets.tables import Table, table_of
from geoconflict.interchange.files import check_suffix
from geoconflict.interchange.writing import replacing_with_credit, with_unlocated

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["EXPORTED_STATUSES", "DataSet", "ExportReport", "credit_of", "export_frame", "whole_frame", "write_rows"]

EXPORTED_STATUSES: Final = ("occurred", "claimed", "unstated")
"""What is exported unless more is asked for: what happened, or is said to have; others' frames do not say."""
_SLICE: Final = 10_000
"""Rows that are made at a time."""
_BREAKS: Final = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True)
class DataSet:
    """What makes a data set of others: its columns, and the ways there and back."""

    name: str
    prefix: str
    columns: tuple[str, ...]
    adopt: Callable[[Table, Faults], gpd.GeoDataFrame]
    """Rows of it as an event frame."""
    cells: Callable[[Rows], Mapping[str, Sequence[str]]]
    """Rows of ours as its columns."""
    why_not: Callable[[Rows, int], str]
    """Why a row of ours has no place in it; empty where it has."""
    together: tuple[tuple[str, ...], ...] = ()
    """Columns that say one thing between them: where one is made anew, all are."""
    lost: Callable[[Rows, int], str] = lambda _rows, _k: ""
    """What the cells of a row leave out, in words that go behind "of N rows"; empty where nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What an export wrote, and what it left out and why."""

    dataset: str
    n_rows: int
    """The rows written."""
    left_out: Mapping[str, tuple[str, ...]]
    """Reason -> the ids of the events that were left out for it."""
    columns_left_out: tuple[str, ...] = ()
    """Columns that the rows came with and the data set has no room for."""
    notes: tuple[str, ...] = ()
    table: pd.DataFrame = field(repr=False)
    """The rows, all cells text, before any is kept from running in a spreadsheet."""

    @property
    def n_left_out(self) -> int:
        """The rows left out."""
        return sum(map(len, self.left_out.values()))

    def lines(self) -> tuple[str, ...]:
        """Return the account as lines for people."""
        told = [f"{self.n_rows} rows of {self.dataset}, {self.n_left_out} left out"]
        told += [f"  {len(ids)} left out: {reason}" for reason, ids in self.left_out.items()]
        if self.columns_left_out:
            told.append(f"  no room for the columns {', '.join(self.columns_left_out)}")
        return (*told, *(f"  {note}" for note in self.notes))

    def to_dict(self) -> dict[str, Any]:
        """Return the account, without the rows, as JSON has it."""
        return {
            "dataset": self.dataset,
            "n_rows": self.n_rows,
            "n_left_out": self.n_left_out,
            "left_out": {reason: list(ids) for reason, ids in self.left_out.items()},
            "columns_left_out": list(self.columns_left_out),
            "notes": list(self.notes),
        }


def whole_frame(events: gpd.GeoDataFrame, unlocated: pd.DataFrame | None) -> gpd.GeoDataFrame:
    """Return all events in one checked frame; those without a place may be rows without a geometry, or stand in `unlocated`.

    Raises
    ------
    InputError
        If a frame has wrong columns or another CRS.
    """
    import pandas as pd

    if not hasattr(events, "geometry") or not hasattr(events, "crs"):
        msg = "events: give a GeoDataFrame as readers and EventStore.events() return it"
        raise InputError(msg)
    nowhere = (events.geometry.isna() | events.geometry.is_empty).to_numpy()
    rest = pd.DataFrame(events[nowhere].drop(columns="geometry", errors="ignore"))
    if unlocated is not None and not unlocated.empty:
        rest = pd.concat([rest, unlocated], ignore_index=True) if len(rest) else unlocated
    located = events if not nowhere.any() else events[~nowhere]
    check_frames(located, rest if len(rest) else None)
    if unlocated is None or unlocated.empty:
        return events.reset_index(drop=True)  # in the order that they came in
    return with_unlocated(events, unlocated).reset_index(drop=True)


def export_frame(dataset: DataSet, frame: gpd.GeoDataFrame, statuses: Sequence[str]) -> ExportReport:
    """Return the rows of a checked frame (:func:`whole_frame`) as those of a data set, and the account of the rest."""
    import pandas as pd

    statuses = checked_statuses(frame, statuses)
    left_out: dict[str, list[str]] = {}
    lost: Counter[str] = Counter()
    tables = []
    for start in range(0, max(len(frame), 1), _SLICE):  # what is made of a row is many times larger than the row
        table, reasons, losses = _exported(dataset, frame.iloc[start : start + _SLICE].reset_index(drop=True), statuses)
        tables.append(table)
        lost.update(losses)
        for reason, ids in reasons.items():
            left_out.setdefault(reason, []).extend(ids)
    whole = tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)
    return ExportReport(
        dataset=dataset.name,
        n_rows=len(whole),
        left_out={reason: tuple(ids) for reason, ids in left_out.items()},
        columns_left_out=tuple(name for name in _kept_names(dataset, frame) if name not in dataset.columns),
        notes=tuple(f"of {n} rows {words}" for words, n in lost.items()),
        table=whole,
    )


def _exported(
    dataset: DataSet, frame: gpd.GeoDataFrame, statuses: Sequence[str]
) -> tuple[pd.DataFrame, dict[str, list[str]], list[str]]:
    import numpy as np
    import pandas as pd

    rows = Rows(frame)
    by_status = [_why_status(status, statuses) for status in rows.texts("status")]
    why = [reason or dataset.why_not(rows, k) for k, reason in enumerate(by_status)]
    made = {name: np.array(cells, object) for name, cells in dataset.cells(rows).items()}
    names = _kept_names(dataset, frame)
    came = np.zeros(len(frame), bool)
    for name in names:
        came |= frame[kept_name(dataset.prefix, name)].notna().to_numpy(bool)
    if came.any():
        kept, before = _as_they_came(dataset, frame, names, came)
        at = np.flatnonzero(came)
        then = Rows(before)
        cells_then = dataset.cells(then)
        for k, row in enumerate(at.tolist()):
            # It had a place there, whatever our rules say; which statuses are meant is the caller's own.
            if why[row] and not by_status[row] and why[row] == dataset.why_not(then, k):
                why[row] = ""
        as_then = {name: made[name][at] == np.array(cells_then[name], object) for name in dataset.columns}
        for group in dataset.together:
            as_then |= dict.fromkeys(group, np.logical_and.reduce([as_then[name] for name in group]))
        for name in dataset.columns:
            if name in kept:
                cells = np.array(["" if cell is None else cell for cell in kept[name]], object)
                missing = np.array([cell is None for cell in kept[name]], bool)
                same = as_then[name] & ~missing
                made[name][at[same]] = cells[same]
    stays = np.array([not reason for reason in why], bool)
    left_out: dict[str, list[str]] = {}
    for reason, event_id in zip(why, rows.texts("event_id"), strict=True):
        if reason:
            left_out.setdefault(reason, []).append(event_id)
    lost = [words for k in np.flatnonzero(stays).tolist() if (words := dataset.lost(rows, k))]
    return pd.DataFrame({name: made[name][stays] for name in dataset.columns}, dtype="str"), left_out, lost


def _why_status(status: str, statuses: Sequence[str]) -> str:
    return "" if status in statuses else f"the event is {status or 'of no status'}"


def _kept_names(dataset: DataSet, frame: gpd.GeoDataFrame) -> list[str]:
    """Return the columns that rows of the data set came with."""
    start = kept_name(dataset.prefix, "")
    return [str(name).removeprefix(start) for name in frame.columns if str(name).startswith(start)]


def _as_they_came(
    dataset: DataSet, frame: gpd.GeoDataFrame, names: Sequence[str], came: Any
) -> tuple[dict[str, list[str | None]], gpd.GeoDataFrame]:
    """Return the kept cells of the rows that came with any, and what the reader makes of them."""
    part = frame[came]
    kept: dict[str, list[str | None]] = {}
    for name in names:
        column = part[kept_name(dataset.prefix, name)]
        kept[name] = [None if missing else str(cell) for cell, missing in zip(column, column.isna(), strict=True)]
    table = table_of(kept, len(part), dataset.name)
    return kept, dataset.adopt(table, Faults(dataset.name))


# ---------------------------------------------------------------- files
def credit_of(events: gpd.GeoDataFrame, attribution: str | Sequence[str] | None) -> Sequence[str]:
    """Return the lines that must go with the data: those given, else those that the frame came with."""
    return credit_lines(events.attrs.get("attribution", ()) if attribution is None else attribution)


def write_rows(
    report: ExportReport,
    out: str | os.PathLike[str],
    *,
    suffixes: Sequence[str],
    delimiter: str,
    attribution: Sequence[str],
) -> None:
    """Write the rows of an export, whole or not at all, with the credit in ``OUT-metadata.json`` beside it.

    Cells that a spreadsheet would run get an apostrophe; numbers stay as they are. Tab-separated files quote nothing, so
    breaks within their cells become spaces.

    Raises
    ------
    InputError
        If the suffix is none of `suffixes`, or the folder does not exist.
    """
    target = Path(out)
    check_suffix(target, suffixes)
    rows: list[Sequence[str]] = [list(report.table.columns), *report.table.itertuples(index=False, name=None)]
    with (
        replacing_with_credit(target, attribution) as temporary,
        temporary.open("w", encoding="utf-8", newline="") as file,
    ):
        file.writelines(_tabbed_line(row) if delimiter == "\t" else _quoted_line(row, delimiter) for row in rows)


def _tabbed_line(row: Sequence[str]) -> str:
    return "\t".join(str(safe_cell(_BREAKS.sub(" ", cell))) for cell in row) + "\n"


def _quoted_line(row: Sequence[str], delimiter: str) -> str:
    # The writer quotes what holds a character of its own line ends; a lone carriage return parts lines for readers too.
    line = io.StringIO(newline="")
    csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow([safe_cell(cell) for cell in row])
    return line.getvalue().removesuffix("\r\n") + "\n"
