"""Events as a folder of GeoParquet files, one a month, that data tools read as one table; only what changed is written.

``FOLDER/month=2020-09/events.parquet``: Hive's naming, which pandas, geopandas, dask-geopandas, DuckDB and Spark know. An event
stands in the month of its best day (:attr:`geoconflict.models.DateSpan.best_day`); those without a day stand in
``month=undated``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import filecmp
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geoconflict.atomic import locked
from geoconflict.civil_day import Day, civil_span
from geoconflict.errors import GeoconflictError, InputError
from geoconflict.frame_checks import check_frames, credit_lines
from geoconflict.geo import CRS, Bounds, checked_bounds
from geoconflict.interchange.plain_files import write_parquet
from geoconflict.interchange.writing import with_unlocated
from geoconflict.models import DateBasis
from geoconflict.os_faults import about_writing, of_file

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["PartitionsWritten", "export_partitions", "read_partitions"]

_FILE = "events.parquet"
_PARTITION = re.compile(r"month=(\d{4}-\d\d|undated)")
_UNDATED = "undated"
_WORKSHOP = ".writing"
"""Files grow in a hidden folder and under another suffix: tools that read a folder take every ``*.parquet`` in it."""


class PartitionsWritten(NamedTuple):
    """What an export did to a folder of partitions."""

    n_rows: int
    written: tuple[str, ...]
    """The partitions that are new or changed, as ``month=2020-09``."""
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    """Those that no event stands in any more."""


def export_partitions(
    events: gpd.GeoDataFrame, unlocated: pd.DataFrame, out: str | os.PathLike[str], *, attribution: str | Sequence[str]
) -> PartitionsWritten:
    """Make a folder of partitions hold these events and no others.

    Each file is replaced whole, and only where its bytes change; all are written and synced before the first is replaced, so
    that a reader meets old and new months together for a moment alone. A run that was killed is made good by the next.

    Parameters
    ----------
    events
        Located events with the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    unlocated
        Events without a place; they are written with a null geometry, never dropped.
    out
        The folder; made when absent.
    attribution
        The lines that must go with the data, in the metadata of each file.

    Raises
    ------
    InputError
        If `out` holds anything else, its parent does not exist, or a frame has wrong columns or another CRS.
    """
    folder = Path(out)
    check_frames(events, unlocated)
    _check_folder(folder)
    with _naming(folder), locked(folder):
        workshop = folder / _WORKSHOP
        shutil.rmtree(workshop, ignore_errors=True)  # of a run that was killed
        workshop.mkdir(parents=True)
        try:
            return _written(with_unlocated(events, unlocated), folder, workshop, credit_lines(attribution))
        finally:
            shutil.rmtree(workshop, ignore_errors=True)


@contextlib.contextmanager
def _naming(folder: Path) -> Iterator[None]:
    """Name the folder in an error of the system that names no file: which of its files it was says little."""
    try:
        yield
    except OSError as error:
        if isinstance(error, GeoconflictError) or not about_writing(error, folder):
            raise
        raise of_file(error, folder) from error


def _check_folder(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        msg = f"{folder}: partitions are a folder, and this is a file; choose another name"
        raise InputError(msg)
    strange = [
        path.name
        for path in (folder.iterdir() if folder.is_dir() else ())
        if not (path.name.startswith(".") or _PARTITION.fullmatch(path.name))
    ]
    if strange:
        msg = f"{folder}: holds other things than partitions ({min(strange)}); choose an empty or a new folder"
        raise InputError(msg)


def _written(frame: gpd.GeoDataFrame, folder: Path, workshop: Path, attribution: Sequence[str]) -> PartitionsWritten:
    changed: dict[str, Path] = {}
    unchanged = []
    for month, part in frame.groupby(_months(frame)):
        name = f"month={month}"
        made = workshop / f"{name}.tmp"
        write_parquet(part.reset_index(drop=True), made, attribution)
        target = folder / name / _FILE
        if target.is_file() and filecmp.cmp(made, target, shallow=False):
            made.unlink()
            unchanged.append(name)
            continue
        with made.open("rb+") as file:
            os.fsync(file.fileno())
        changed[name] = made
    for name, made in changed.items():
        (folder / name).mkdir(exist_ok=True)
        made.replace(folder / name / _FILE)
    known = {path.name for path in folder.iterdir() if _PARTITION.fullmatch(path.name)}
    removed = sorted(known - changed.keys() - set(unchanged))
    for name in removed:
        (folder / name / _FILE).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # somebody else's file is left alone
            (folder / name).rmdir()
    return PartitionsWritten(len(frame), tuple(changed), tuple(unchanged), tuple(removed))


def _months(frame: gpd.GeoDataFrame) -> pd.Series[Any]:
    """Return the partition of each row: the month of its best day."""
    starts, ends = frame["starts_on"], frame["ends_on"]
    best = starts.where(starts.notna() & (frame["date_basis"] != DateBasis.PUBLISHED), ends)
    months: pd.Series[Any] = best.dt.strftime("%Y-%m").astype("object").where(best.notna(), _UNDATED)
    return months


def read_partitions(
    folder: str | os.PathLike[str],
    *,
    since: Day | None = None,
    until: Day | None = None,
    bbox: Bounds | None = None,
) -> gpd.GeoDataFrame:
    """Return the events of a folder of partitions, by month, reading no more of it than the question needs.

    Parameters
    ----------
    folder
        As :func:`export_partitions` wrote it.
    since, until
        Events that may have happened on or between these days, ISO dates as text too; None is open. Events of unknown day
        may have.
    bbox
        (west, south, east, north) in degrees, EPSG:4326: only events whose geometry's box meets this one. None is all, those
        without a place included.

    Returns
    -------
    geopandas.GeoDataFrame
        With the columns of :data:`geoconflict.EVENT_COLUMNS`; the credit is in ``frame.attrs["attribution"]``.

    Raises
    ------
    InputError
        If there is no partition there, or the days or the box are none or turned round.
    """
    import geopandas as gpd
    import pyarrow.dataset as ds

    first, last = civil_span(since, until)
    box = None if bbox is None else checked_bounds(bbox, "bbox")
    partitions = sorted(
        path for path in Path(folder).glob(f"month=*/{_FILE}") if _PARTITION.fullmatch(path.parent.name)
    )
    if not partitions:
        msg = f"{folder}: there is no month=*/{_FILE}; `geoconflict export --partitioned --out {folder}` writes them"
        raise InputError(msg)
    # An event stands in the first of its months: those before `since` may hold long ones, those after `until` hold none.
    latest = f"month={last:%Y-%m}" if last is not None else f"month={_UNDATED}"
    wanted = [path for path in partitions if path.parent.name <= latest or path.parent.name == f"month={_UNDATED}"]
    table = ds.dataset([str(path) for path in wanted or partitions[:1]]).to_table(filter=_filter(first, last, box))
    columns = table.drop_columns(["bbox"]).to_pandas()
    columns["geometry"] = gpd.GeoSeries.from_wkb(columns["geometry"], crs=CRS)
    frame = gpd.GeoDataFrame(columns, geometry="geometry", crs=CRS)
    frame.attrs = json.loads((table.schema.metadata or {}).get(b"PANDAS_ATTRS", b"{}"))
    return frame


def _filter(since: dt.date | None, until: dt.date | None, bbox: Bounds | None) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    starts, ends = pc.field("starts_on"), pc.field("ends_on")
    terms = []
    if since is not None:
        terms.append(ends.is_null() | (ends >= _instant(pa, since)))
    if until is not None:
        first = pc.coalesce(starts, ends)
        terms.append(first.is_null() | (first <= _instant(pa, until)))
    if bbox is not None:
        west, south, east, north = bbox
        terms.append(
            (pc.field("bbox", "xmin") <= east)
            & (pc.field("bbox", "xmax") >= west)
            & (pc.field("bbox", "ymin") <= north)
            & (pc.field("bbox", "ymax") >= south)
        )
    joined = None
    for term in terms:
        joined = term if joined is None else joined & term
    return joined


def _instant(pa: Any, day: dt.date) -> Any:
    return pa.scalar(dt.datetime.combine(day, dt.time()), type=pa.timestamp("ms"))
