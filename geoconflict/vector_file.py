"""A user's own file of points, lines or areas, read without looking at anything but that file.

GDAL opens a file by its content, whatever its name: a virtual dataset in a ``.geojson`` may read any other file of the
machine, or fetch an address. So each format is read by what reads that format alone, or after its first bytes are known.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from geoconflict.errors import InputError
from geoconflict.geo import CRS

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["SQLITE_START", "VECTOR_SUFFIXES", "layers_of", "read_vector_file"]

_Read = TypeVar("_Read")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_CRS_NAME: Final = re.compile(r"(?:urn:ogc:def:crs:)?(EPSG|OGC):[0-9.]*:?(CRS84|\d{4,6})")
SQLITE_START: Final = b"SQLite format 3\0"
"""What a store begins with, and a GeoPackage, which is a database of SQLite, too."""
_SHAPEFILE_START: Final = b"\0\0\x27\x0a"


def read_vector_file(path: str | os.PathLike[str], layer: str | None = None) -> gpd.GeoDataFrame:
    """Return the features of a file on disk: GeoJSON, GeoPackage, GeoParquet or Shapefile, by suffix.

    Parameters
    ----------
    path
        ``.geojson`` or ``.json``, ``.gpkg``, ``.parquet``, or ``.shp`` with its companions beside it. GeoJSON is EPSG:4326,
        longitude first, unless it names another CRS.
    layer
        Which layer or table of a GeoPackage. It may be left out where one alone has a geometry.

    Returns
    -------
    geopandas.GeoDataFrame
        In the CRS of the file; None where a file other than GeoJSON states none. A table of a GeoPackage has geometries that
        are missing.

    Raises
    ------
    InputError
        If `path` is no file on disk, its suffix is none of these, it does not hold what its suffix says, or it holds several
        layers and none is named.
    """
    return _read(path, lambda reader, file: reader(file, layer) if reader is _geopackage else reader(file))


def layers_of(path: str | os.PathLike[str]) -> tuple[str, ...]:
    """Return the names of the layers and tables of a GeoPackage, in its order; none of a file of another kind.

    Raises
    ------
    InputError
        As :func:`read_vector_file` does.
    """
    return _read(path, lambda reader, file: tuple(_layers(file)) if reader is _geopackage else ())


def _read(path: str | os.PathLike[str], read: Callable[[Callable[..., Any], Path], _Read]) -> _Read:
    """Return what `read` makes of the file and of what reads its format, once the file may be opened at all."""
    name = os.fspath(path)
    # What GDAL takes for an address or an archive, whatever stands on the disk.
    if name.startswith(("/vsi", "\\vsi")) or _SCHEME.match(name) or "!" in name or "\0" in name:
        msg = f"{name!r}: cannot be read as a map layer: only files on disk are, by a plain path without '!'"
        raise InputError(msg)
    file = Path(name)
    reader = _READERS.get(file.suffix.lower())
    if reader is None:
        msg = f"{name}: cannot be read as a map layer: what is read is {', '.join(VECTOR_SUFFIXES)}; unpack archives first"
        raise InputError(msg)
    if not file.is_file():
        msg = f"{name}: cannot be read as a map layer: there is no such file"
        raise InputError(msg)
    try:
        return read(reader, file.absolute())
    except (
        Exception
    ) as error:  # json, pyogrio, pyarrow and pyproj raise several kinds; each means that the file is unusable
        msg = f"{name}: cannot be read as a map layer: {error}"
        raise InputError(msg) from error


def _geojson(file: Path) -> gpd.GeoDataFrame:
    import geopandas as gpd

    told = json.loads(file.read_text(encoding="utf-8-sig"))
    if not isinstance(told, dict) or told.get("type") not in ("FeatureCollection", "Feature"):
        msg = "it is no GeoJSON FeatureCollection"
        raise InputError(msg)
    features = told["features"] if told["type"] == "FeatureCollection" else [told]
    # GeoJSON allows null where there are no properties, geopandas does not.
    whole = [{**one, "properties": one.get("properties") or {}} for one in features]
    crs = _crs_of(told.get("crs"))
    if not whole:
        return gpd.GeoDataFrame(geometry=[], crs=crs)
    read = gpd.GeoDataFrame.from_features(whole, crs=crs)
    return read[[name for name in read.columns if name != "geometry"] + ["geometry"]]


def _crs_of(member: Any) -> str:
    """Return the CRS that GeoJSON of before 2016 may name; a name is never looked up as a file."""
    if member is None:
        return CRS
    found = _CRS_NAME.fullmatch(str(member["properties"]["name"]))
    if found is None:
        msg = f"its CRS is {member['properties']['name']!r}; save it with longitude and latitude in degrees, without 'crs'"
        raise InputError(msg)
    return CRS if found[2] == "CRS84" else f"{found[1]}:{found[2]}"


def _geopackage(file: Path, layer: str | None = None) -> gpd.GeoDataFrame:
    import geopandas as gpd

    layers = _layers(file)
    if layer is None:
        drawn = [name for name, has_geometry in layers.items() if has_geometry]
        if len(drawn) != 1:
            told = f"several layers: {', '.join(drawn)}" if drawn else "no layer with a geometry"
            first = next(iter(drawn or layers), "NAME")
            msg = (
                f"it holds {told}; write the one that is meant to a file of its own, "
                f"geopandas.read_file({file.name!r}, layer={first!r}).to_file('one.gpkg'), and give that"
            )
            raise InputError(msg)
        (layer,) = drawn
    elif layer not in layers:
        msg = f"it holds no layer {layer!r}; there are {', '.join(layers) or 'none'}"
        raise InputError(msg)
    read = gpd.read_file(file, layer=layer, engine="pyogrio")
    return read if layers[layer] else gpd.GeoDataFrame(read, geometry=[None] * len(read))


def _layers(file: Path) -> dict[str, bool]:
    """Return the layers and tables of a GeoPackage, but for the styles of QGIS, and whether each has a geometry."""
    import pyogrio

    _check_start(file, SQLITE_START, "GeoPackage")
    return {str(name): kind is not None for name, kind in pyogrio.list_layers(file) if name != "layer_styles"}


def _shapefile(file: Path) -> gpd.GeoDataFrame:
    import geopandas as gpd

    _check_start(file, _SHAPEFILE_START, "Shapefile")
    return gpd.read_file(file, engine="pyogrio")


def _check_start(file: Path, start: bytes, kind: str) -> None:
    """Check the first bytes of what GDAL is to open; they end in or begin with NUL, where every textual driver stops."""
    with file.open("rb") as opened:
        if opened.read(len(start)) != start:
            msg = f"it is no {kind}"
            raise InputError(msg)


def _parquet(file: Path) -> gpd.GeoDataFrame:
    import geopandas as gpd

    return gpd.read_parquet(file)


_READERS: Final[Mapping[str, Callable[..., Any]]] = {
    ".geojson": _geojson,
    ".json": _geojson,
    ".gpkg": _geopackage,
    ".parquet": _parquet,
    ".shp": _shapefile,
}
VECTOR_SUFFIXES: Final = tuple(_READERS)
"""The suffixes that :func:`read_vector_file` knows."""
