"""Events as GeoJSON, GeoParquet and CSV: data for programs, without a look."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoconflict.frame_checks import credit_lines
from geoconflict.interchange.cells import escaped, guarded
from geoconflict.interchange.grounds import representative_points
from geoconflict.interchange.writing import json_ready, with_iso_days, write_events

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["to_csv", "to_geojson", "to_geoparquet", "write_cells", "write_parquet"]


def to_geojson(
    events: gpd.GeoDataFrame, unlocated: pd.DataFrame, out: str | os.PathLike[str], *, attribution: str | Sequence[str]
) -> int:
    """Write events as GeoJSON (RFC 7946), days as ISO text, and return the number of features.

    The parameters are those of :func:`geoconflict.export_events`. Events without a place have the geometry null; the credit
    is the member ``attribution`` of the collection.

    Raises
    ------
    InputError
        If the folder does not exist, or a frame has wrong columns or another CRS.
    """

    def write(frame: gpd.GeoDataFrame, path: Path) -> None:
        collection: dict[str, Any] = {"type": "FeatureCollection", "attribution": list(credit_lines(attribution))}
        features = with_iso_days(frame).iterfeatures(na="null", drop_id=True)
        collection["features"] = [json_ready(feature) for feature in features]
        with path.open("w", encoding="utf-8", newline="\n") as file:
            json.dump(collection, file, ensure_ascii=False, allow_nan=False)

    return write_events(events, unlocated, out, write)


def to_geoparquet(
    events: gpd.GeoDataFrame, unlocated: pd.DataFrame, out: str | os.PathLike[str], *, attribution: str | Sequence[str]
) -> int:
    """Write events as GeoParquet 1.1, zstd, with a covering bounding box, and return the number of rows.

    The parameters are those of :func:`geoconflict.export_events`. Every column keeps its type; the credit is in the metadata
    of the file, and geopandas gives it as ``frame.attrs["attribution"]``.

    Raises
    ------
    InputError
        If the folder does not exist, or a frame has wrong columns or another CRS.
    """
    return write_events(
        events, unlocated, out, lambda frame, path: write_parquet(frame, path, credit_lines(attribution))
    )


def write_parquet(frame: gpd.GeoDataFrame, path: Path, attribution: Sequence[str]) -> None:
    """Write GeoParquet 1.1, zstd, with a covering bounding box and the credit in its metadata."""
    marked = frame.copy()
    marked.attrs = {"attribution": list(attribution)}
    marked.to_parquet(
        path, compression="zstd", index=False, write_covering_bbox=not frame.empty, schema_version="1.1.0"
    )


def to_csv(
    events: gpd.GeoDataFrame, unlocated: pd.DataFrame, out: str | os.PathLike[str], *, attribution: str | Sequence[str]
) -> int:
    """Write events as CSV (UTF-8) that no spreadsheet takes for formulas, and return the number of rows.

    The parameters are those of :func:`geoconflict.export_events`. The geometry is the column ``geometry_wkt``; ``lon`` and
    ``lat`` are of a representative point, EPSG:4326, blank where the event has no place. The credit is in a file
    ``OUT-metadata.json`` beside it.

    Raises
    ------
    InputError
        If the folder does not exist, or a frame has wrong columns or another CRS.
    """

    def write(frame: gpd.GeoDataFrame, path: Path) -> None:
        table = with_iso_days(frame).drop(columns="geometry")
        points = representative_points(frame.geometry)
        table["lon"], table["lat"] = points.x.round(6), points.y.round(6)
        table["geometry_wkt"] = frame.geometry.to_wkt(rounding_precision=6)
        write_cells(table, path)

    return write_events(events, unlocated, out, write, credit=credit_lines(attribution))


def write_cells(table: pd.DataFrame, path: Path) -> None:
    """Write a table as CSV, with every cell of text guarded and without control characters."""
    safe = table.copy()
    for name in safe.columns:
        if safe[name].dtype.kind in "OTU" or str(safe[name].dtype) == "str":
            safe[name] = safe[name].map(lambda cell: guarded(escaped(cell)), na_action="ignore")
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
