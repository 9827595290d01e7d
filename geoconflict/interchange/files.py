"""Events and tables to files: GeoJSON, GeoParquet, GeoPackage and CSV, by suffix. Written beside the target, then renamed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoconflict.atomic import replacing
from geoconflict.errors import InputError
from geoconflict.frame_checks import check_frames
from geoconflict.interchange.cells import guarded

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "EXPORT_SUFFIXES",
    "TABLE_SUFFIXES",
    "check_suffix",
    "export_events",
    "export_table",
    "representative_points",
    "with_unlocated",
    "write_credit",
    "write_parquet",
]


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


def export_table(table: pd.DataFrame, out: str | os.PathLike[str], *, attribution: Sequence[str]) -> int:
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
    with replacing(target) as temporary:
        if target.suffix.lower() == ".parquet":
            table.to_parquet(temporary, compression="zstd", index=False)
        else:
            _write_cells(table, temporary)
    write_credit(target, attribution)
    return len(table)


def export_events(
    events: gpd.GeoDataFrame, unlocated: pd.DataFrame, out: str | os.PathLike[str], *, attribution: Sequence[str]
) -> int:
    """Write events to `out` in the format of its suffix and return the number of rows written.

    Parameters
    ----------
    events
        Located events with the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    unlocated
        Events without a place; they are written too, with an empty geometry (GeoJSON null, CSV blank), never dropped.
    out
        ``.geojson``, ``.parquet`` (GeoParquet, zstd, with a covering bounding box), ``.gpkg`` or ``.csv``.
    attribution
        The lines that must go with the data: a member of the GeoJSON, metadata of the Parquet and GeoPackage files, and
        for CSV a file ``OUT-metadata.json`` beside it.

    Raises
    ------
    InputError
        If the suffix is none of these, the folder does not exist, or a frame has wrong columns or another CRS.
    """
    target = Path(out)
    check_suffix(target)
    writer = _WRITERS[target.suffix.lower()]
    check_frames(events, unlocated)
    frame = with_unlocated(events, unlocated)
    with replacing(target) as temporary:
        writer(frame, temporary, attribution)
    if target.suffix.lower() == ".csv":
        write_credit(target, attribution)
    return len(frame)


def with_unlocated(events: gpd.GeoDataFrame, unlocated: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return all events in one frame, those without a place with a null geometry."""
    import geopandas as gpd
    import pandas as pd

    if unlocated.empty:
        return events
    rest = gpd.GeoDataFrame(unlocated.copy(), geometry=[None] * len(unlocated), crs=events.crs)
    if events.empty:
        return rest
    return pd.concat([events, rest], ignore_index=True)


def _plain(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give dates as ISO text: GeoJSON has no date type, and a day must not become an instant in a time zone."""
    plain = frame.copy()
    for name in ("starts_on", "ends_on"):
        plain[name] = plain[name].dt.strftime("%Y-%m-%d").astype("object").where(plain[name].notna(), None)
    return plain


def _write_geojson(frame: gpd.GeoDataFrame, path: Path, attribution: Sequence[str]) -> None:
    collection: dict[str, Any] = {"type": "FeatureCollection", "attribution": list(attribution)}
    features = _plain(frame).iterfeatures(na="null", drop_id=True)
    collection["features"] = [_json_ready(feature) for feature in features]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(collection, file, ensure_ascii=False, allow_nan=False)


def _json_ready(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _json_ready(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json_ready(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    if value != value or type(value).__name__ in ("NAType", "NaTType"):  # noqa: PLR0124  # NaN differs from itself
        return None
    return value


def write_parquet(frame: gpd.GeoDataFrame, path: Path, attribution: Sequence[str]) -> None:
    """Write GeoParquet 1.1, zstd, with a covering bounding box and the credit in its metadata."""
    marked = frame.copy()
    marked.attrs = {"attribution": list(attribution)}
    marked.to_parquet(
        path, compression="zstd", index=False, write_covering_bbox=not frame.empty, schema_version="1.1.0"
    )


def _write_geopackage(frame: gpd.GeoDataFrame, path: Path, attribution: Sequence[str]) -> None:
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2000-01-01T00:00:00Z"})  # the same events, the same bytes
    try:
        frame.to_file(
            path,
            driver="GPKG",
            layer="events",
            engine="pyogrio",
            layer_metadata={"ATTRIBUTION": "\n".join(attribution)},
        )
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write_csv(frame: gpd.GeoDataFrame, path: Path, attribution: Sequence[str]) -> None:  # noqa: ARG001  # beside it
    table = _plain(frame).drop(columns="geometry")
    points = representative_points(frame.geometry)
    table["lon"], table["lat"] = points.x.round(6), points.y.round(6)
    table["geometry_wkt"] = frame.geometry.to_wkt(rounding_precision=6)
    _write_cells(table, path)


def _write_cells(table: pd.DataFrame, path: Path) -> None:
    safe = table.copy()
    for name in safe.columns:
        if safe[name].dtype.kind in "OTU" or str(safe[name].dtype) == "str":
            safe[name] = safe[name].map(guarded, na_action="ignore")
    safe.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def representative_points(geometry: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return a point on each geometry: the middle of a line, inside an area, the point itself."""
    import geopandas as gpd
    import numpy as np
    import shapely

    shapes = geometry.to_numpy()
    is_line = np.isin(shapely.get_type_id(shapes), [1, 5])  # LineString, MultiLineString
    # In degrees the middle is a little off where a line runs far north and south: it only stands for the line.
    middles = shapely.line_interpolate_point(shapely.line_merge(shapes), 0.5, normalized=True)
    points = np.where(is_line, middles, shapely.point_on_surface(shapes))
    return gpd.GeoSeries(points, crs=geometry.crs)


def write_credit(target: Path, attribution: Sequence[str]) -> None:
    """Write the credit for a file that has no room for it into ``NAME-metadata.json`` beside it (CSV on the Web)."""
    metadata = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": target.name,
        "dc:rights": list(attribution),
        "dc:description": "By geoconflict. Coordinates are EPSG:4326; lon and lat are of a representative point.",
    }
    with replacing(target.with_name(f"{target.name}-metadata.json")) as temporary:
        temporary.write_text(json.dumps(metadata, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


_WRITERS: Mapping[str, Callable[[Any, Path, Sequence[str]], None]] = {
    ".csv": _write_csv,
    ".geojson": _write_geojson,
    ".gpkg": _write_geopackage,
    ".parquet": write_parquet,
}
EXPORT_SUFFIXES = tuple(sorted(_WRITERS))
"""The suffixes that :func:`export_events` knows."""
TABLE_SUFFIXES = (".csv", ".parquet")
"""The suffixes that :func:`export_table` knows."""
