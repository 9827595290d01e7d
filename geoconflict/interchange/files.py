"""Events and tables to files of other tools: which writer makes which file, by suffix or by name."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geoconflict.errors import InputError
from geoconflict.frame_checks import credit_lines
from geoconflict.interchange.geopackage import to_gpkg
from geoconflict.interchange.kepler import to_kepler
from geoconflict.interchange.kml import to_kml
from geoconflict.interchange.plain_files import to_csv, to_geojson, to_geoparquet, write_cells
from geoconflict.interchange.timemap import to_timemap
from geoconflict.interchange.writing import EventWriter, replacing_with_credit

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["EXPORT_SUFFIXES", "NAMED_FORMATS", "TABLE_SUFFIXES", "check_suffix", "export_events", "export_table"]

_BY_SUFFIX: Final[Mapping[str, EventWriter]] = {
    ".csv": to_csv,
    ".geojson": to_geojson,
    ".gpkg": to_gpkg,
    ".kml": to_kml,
    ".parquet": to_geoparquet,
}
NAMED_FORMATS: Final[Mapping[str, EventWriter]] = {"kepler": to_kepler, "timemap": to_timemap}
"""The formats that a suffix does not tell, and their writers."""
EXPORT_SUFFIXES = tuple(sorted(_BY_SUFFIX))
"""The suffixes that :func:`export_events` knows."""
TABLE_SUFFIXES = (".csv", ".parquet")
"""The suffixes that :func:`export_table` knows."""


def check_suffix(target: Path, suffixes: Sequence[str] | None = None) -> None:
    """Check that `target` has one of `suffixes`, those of :func:`export_events` by default, before any work is done for it.

    Raises
    ------
    InputError
        If its suffix names no format.
    """
    allowed = EXPORT_SUFFIXES if suffixes is None else suffixes
    if target.suffix.lower() not in allowed:
        suffix = target.suffix or "a file without suffix"
        msg = f"{target}: cannot export to {suffix}; use {', '.join(allowed)}"
        raise InputError(msg)


def export_table(table: pd.DataFrame, out: str | os.PathLike[str], *, attribution: str | Sequence[str]) -> int:
    """Write a table without geometry, tolls or equipment losses, and return the number of rows written.

    Parameters
    ----------
    table
        Such as :meth:`geoconflict.EventStore.tolls` or :meth:`geoconflict.EventStore.equipment` return.
    out
        ``.csv`` or ``.parquet``.
    attribution
        The lines that must go with the data, in a file ``OUT-metadata.json`` beside it.

    Raises
    ------
    InputError
        If the suffix is none of these or the folder does not exist.
    """
    target = Path(out)
    check_suffix(target, TABLE_SUFFIXES)
    with replacing_with_credit(target, credit_lines(attribution)) as temporary:
        if target.suffix.lower() == ".parquet":
            table.to_parquet(temporary, compression="zstd", index=False)
        else:
            write_cells(table, temporary)
    return len(table)


def export_events(
    events: gpd.GeoDataFrame,
    unlocated: pd.DataFrame,
    out: str | os.PathLike[str],
    *,
    attribution: str | Sequence[str],
    file_format: str | None = None,
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> int:
    """Write events to `out` in the format of its suffix, or in a named one, and return the number of events written.

    What each format cannot hold is listed in ``docs/formats.md``.

    Parameters
    ----------
    events
        Located events with the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    unlocated
        Events without a place; they are written too, without a geometry, never dropped.
    out
        ``.geojson``, ``.parquet`` (GeoParquet, zstd, with a covering bounding box), ``.gpkg`` (GeoPackage with styles for QGIS),
        ``.kml`` or ``.csv``.
    attribution
        The lines that must go with the data: within the file, or where the format has no room for it in a file
        ``OUT-metadata.json`` beside it.
    file_format
        A format that the suffix does not tell: ``kepler`` (one ``.json``) or ``timemap`` (a folder).
    tables
        Tables without geometry that a GeoPackage holds beside the events, by name: ``tolls``, ``equipment``.

    Raises
    ------
    InputError
        If there is no such format, it holds no tables and some are given, the folder does not exist, or a frame has wrong
        columns or another CRS.
    """
    target = Path(out)
    if file_format is None:
        check_suffix(target)
        writer = _BY_SUFFIX[target.suffix.lower()]
    elif file_format in NAMED_FORMATS:
        writer = NAMED_FORMATS[file_format]
    else:
        msg = f"there is no format {file_format!r}; name one of {', '.join(NAMED_FORMATS)}, or a suffix of {', '.join(EXPORT_SUFFIXES)}"
        raise InputError(msg)
    if not tables:
        return writer(events, unlocated, out, attribution=attribution)
    if writer is not to_gpkg:
        msg = f"{target}: only a GeoPackage (.gpkg) holds {', '.join(tables)} beside the events; write them with export_table"
        raise InputError(msg)
    return to_gpkg(events, unlocated, out, attribution=attribution, tables=tables)
