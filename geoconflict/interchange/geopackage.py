"""Events as a GeoPackage that opens in QGIS as a map: a layer for each kind of geometry, styled, with its timeline on."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.errors import InputError
from geoconflict.frame_checks import credit_lines
from geoconflict.geo import CRS
from geoconflict.interchange.qgis_style import layer_metadata, layer_style
from geoconflict.interchange.writing import write_events
from geoconflict.vector_file import layers_of, read_vector_file

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["LAYERS", "UNLOCATED_LAYER", "is_exported_gpkg", "read_exported_gpkg", "to_gpkg"]

LAYERS: Final = {"events": "Point", "event_lines": "MultiLineString", "event_areas": "MultiPolygon"}
"""Layer -> the kind of geometry that it holds; QGIS knows one kind a layer."""
UNLOCATED_LAYER: Final = "events_unlocated"
_TITLES: Final = {
    "events": "Events at points",
    "event_lines": "Events along lines",
    "event_areas": "Events in areas",
    UNLOCATED_LAYER: "Events without a place",
}
_GEOMETRY: Final = "geom"
_LARGEST_SIMPLE_TYPE: Final = 3
"""Of shapely: points, lines, rings and polygons are up to it, what has several parts is above."""
_LITTLE_ROOM_BYTES: Final = 1_000_000
"""What is left of a disk that was full: an empty GeoPackage takes a tenth of it."""
_LONGEST_FAULT: Final = 200
"""Characters of what GDAL says: it repeats the whole statement of SQL."""
_NO_CLOCK: Final = "2000-01-01T00:00:00.000Z"
"""The time of writing in the file: the same events give the same bytes."""
_STYLES: Final = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
)
"""
"""The table that QGIS keeps styles in, as it makes it itself."""


def to_gpkg(
    events: gpd.GeoDataFrame,
    unlocated: pd.DataFrame,
    out: str | os.PathLike[str],
    *,
    attribution: str | Sequence[str],
    tables: Mapping[str, pd.DataFrame] | None = None,
) -> int:
    """Write events as a GeoPackage, and return the number of events.

    It holds the layers ``events`` (points), ``event_lines`` and ``event_areas``, all EPSG:4326, the table
    ``events_unlocated``, and `tables`; days are dates. QGIS finds in it how each layer is drawn, its timeline, and the credit.
    The parameters are those of :func:`geoconflict.export_events`.

    Raises
    ------
    InputError
        If the folder does not exist, a frame has wrong columns or another CRS, or a table has the name of a layer of ours.
    """
    if taken := {*LAYERS, UNLOCATED_LAYER, "layer_styles"} & set(tables or {}):
        msg = f"{out}: {min(taken)!r} is a layer of the events themselves; give the table another name"
        raise InputError(msg)

    lines = credit_lines(attribution)

    def write(frame: gpd.GeoDataFrame, path: Path) -> None:
        with _faults_told(path, out), _without_clock():
            for layer, part in _parts(frame).items():
                _write_layer(part, path, layer, lines)
            for name, table in (tables or {}).items():
                _write_layer(table, path, name, lines)
            _describe(path, frame, lines)

    return write_events(events, unlocated, out, write)


def is_exported_gpkg(path: str | os.PathLike[str]) -> bool:
    """Whether a file is a GeoPackage with the layers that :func:`to_gpkg` writes."""
    return {*LAYERS, UNLOCATED_LAYER} <= set(layers_of(path))


def read_exported_gpkg(path: str | os.PathLike[str]) -> gpd.GeoDataFrame:
    """Return the events of a GeoPackage that :func:`to_gpkg` wrote: points, lines, areas, and those without a place.

    Lines and areas of one part are simple again. Days are times at midnight. Other tables of the file are not read.
    """
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    import shapely

    parts = []
    for layer in (*LAYERS, UNLOCATED_LAYER):
        part = read_vector_file(path, layer)
        shapes = part.geometry.to_numpy()
        is_simple = (shapely.get_num_geometries(shapes) == 1) & (shapely.get_type_id(shapes) > _LARGEST_SIMPLE_TYPE)
        shapes = np.where(is_simple, shapely.get_geometry(shapes, 0), shapes)
        columns = pd.DataFrame(part.drop(columns=part.geometry.name))
        parts.append(gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS))
    return gpd.GeoDataFrame(pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True), crs=CRS)


@contextlib.contextmanager
def _faults_told(path: Path, out: str | os.PathLike[str]) -> Iterator[None]:
    """Turn the pages of SQL that GDAL raises where it cannot write into an error of the system, or into one line."""
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    try:
        yield
    except (DataLayerError, DataSourceError, FeatureError, sqlite3.OperationalError) as error:
        say = str(error)
        # On a full disk GDAL often tells of a table or a transaction that it could not make, and of no disk.
        if "disk is full" in say or shutil.disk_usage(path.parent).free < _LITTLE_ROOM_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        first = say.splitlines()[0][:_LONGEST_FAULT] if say else type(error).__name__
        msg = f"{out}: the GeoPackage cannot be written: {first}; check the disk, or write .geojson or .parquet"
        raise InputError(msg) from error


@contextlib.contextmanager
def _without_clock() -> Iterator[None]:
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _NO_CLOCK})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _parts(frame: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the events of each layer, and those without a place as a table."""
    kinds = frame.geometry.geom_type.str.removeprefix("Multi").str.replace("LinearRing", "LineString")
    parts = {layer: frame[kinds == kind.removeprefix("Multi")] for layer, kind in LAYERS.items()}
    return {**parts, UNLOCATED_LAYER: frame[frame.geometry.isna()].drop(columns="geometry")}


def _apart(names: Sequence[str]) -> list[str]:
    """Return names that SQLite tells apart, to which "Note" and "note" are one: the second is called "note_2"."""
    taken = {"fid", _GEOMETRY}
    made = []
    for name in names:
        own, n = name, 1
        while own.casefold() in taken:
            n += 1
            own = f"{name}_{n}"
        taken.add(own.casefold())
        made.append(own)
    return made


def _write_layer(part: Any, path: Path, layer: str, attribution: Sequence[str]) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyogrio

    columns = part.drop(columns="geometry", errors="ignore")
    columns.columns = _apart([str(name) for name in columns.columns])
    table = pa.Table.from_pandas(columns, preserve_index=False).replace_schema_metadata()
    for at, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            table = table.set_column(at, field.name, table.column(at).cast(pa.date32(), safe=False))
        elif pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            # SQLite would end the text there.
            table = table.set_column(at, field.name, pc.replace_substring(table.column(at), "\x00", "\ufffd"))
    spatial: dict[str, Any] = {}
    if kind := LAYERS.get(layer):
        import shapely

        shapes = part.geometry.to_numpy()
        if kind.startswith("Multi"):
            shapes = [
                shapely.multilinestrings([one]) if one.geom_type in ("LineString", "LinearRing") else one
                for one in shapes
            ]
            shapes = [shapely.multipolygons([one]) if one.geom_type == "Polygon" else one for one in shapes]
        table = table.append_column(_GEOMETRY, pa.array([shapely.to_wkb(one) for one in shapes], pa.binary()))
        spatial = {"geometry_name": _GEOMETRY, "geometry_type": kind, "crs": CRS}
    pyogrio.write_arrow(
        table,
        path,
        layer=layer,
        driver="GPKG",
        append=path.exists(),
        dataset_options=None if path.exists() else {"VERSION": "1.2"},  # newer ones make older programs warn
        layer_metadata={"ATTRIBUTION": "\n".join(attribution)},
        **spatial,
    )


def _describe(path: Path, frame: gpd.GeoDataFrame, attribution: Sequence[str]) -> None:
    """Add what QGIS reads beside the data: default styles, and titles and credit of the layers."""
    types = sorted(set(frame["event_type"]))
    n_country = int((frame["place_precision"] == "country").sum())
    n_nowhere = int(frame.geometry.isna().sum())
    n_undated = int((frame["starts_on"].isna() & frame["ends_on"].isna()).sum())
    left_out = (
        f"Not drawn until you tick them: events of which only the country is known ({n_country}), and those to be reviewed. "
        f"Without a place: {n_nowhere}, in the table {UNLOCATED_LAYER}. Without a day: {n_undated}, shown while the timeline is off. "
        "A hatched ground, a dashed ring or a framed symbol stands for somewhere inside it; a hollow symbol is a claim."
    )
    with closing(sqlite3.connect(path)) as db, db:
        db.execute(_STYLES)
        db.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, 0)",
            (_NO_CLOCK,),
        )
        for layer, title in _TITLES.items():
            db.execute("UPDATE gpkg_contents SET description = ? WHERE table_name = ?", (f"{title}. {left_out}", layer))
            number = db.execute(
                "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
                "VALUES ('dataset', 'http://mrcc.com/qgis.dtd', 'text/xml', ?)",
                (layer_metadata(title, left_out, attribution),),
            ).lastrowid
            db.execute(
                "INSERT INTO gpkg_metadata_reference (reference_scope, table_name, timestamp, md_file_id) "
                "VALUES ('table', ?, ?, ?)",
                (layer, _NO_CLOCK, number),
            )
        for layer, kind in LAYERS.items():
            style = layer_style(kind, types, "\n".join((left_out, *attribution)))
            db.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
                "styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) "
                "VALUES ('', '', ?, ?, 'geoconflict', ?, '', 1, ?, '', NULL, ?)",
                (layer, _GEOMETRY, style, "Event types by colour and shape, as on the maps.", _NO_CLOCK),
            )
