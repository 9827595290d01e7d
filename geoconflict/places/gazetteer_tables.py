"""Hand-made tables of places: the CSV and GeoJSON that ``data/gazetteer`` and users' own files share.

Columns (properties in GeoJSON); only `name` and a position are required:

=============== ==========================================================================================
place_id        a short key of your own; made from the name when absent
name            the main name
names           other names, separated by ``|``; each may end in its dates: ``Artemivsk@1924-01-01..2016-02-04``
abbreviations   names matched in capitals only, separated by ``|``: ``NKR|NKAO``
kind            country, admin1, admin2, settlement (default), area, line, water or landmark
precision       a :class:`~geoconflict.models.PlacePrecision`; from the kind when absent
country         ISO 3166-1 alpha-3; empty when disputed between states or in several
admin1          name of the first-level unit
lon, lat        the representative point, EPSG:4326 degrees; from the geometry when absent
radius_km       half the extent that the point stands for; from the kind or the geometry when absent
geometry        WKT, EPSG:4326, longitude first; a point when absent
population      0 or empty is unknown
valid_from      ISO date from which the place exists under any of its names; empty is always
valid_to        ISO date to which it exists
source          where the row's facts come from
note            for people; not read
=============== ==========================================================================================
"""

from __future__ import annotations

import csv
import datetime as dt
import functools
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from geoconflict.errors import InputError
from geoconflict.geo import bounds_of, distance_m
from geoconflict.models import PlacePrecision
from geoconflict.places.gazetteer_format import EntryName, GazetteerEntry, NameFlag
from geoconflict.places.names import abbreviation_key, fold

__all__ = ["COLUMNS", "KIND_PRECISION", "curated_entry", "read_tables", "wkt_of"]

COLUMNS = (
    "place_id",
    "name",
    "names",
    "abbreviations",
    "kind",
    "precision",
    "country",
    "admin1",
    "lon",
    "lat",
    "radius_km",
    "geometry",
    "population",
    "valid_from",
    "valid_to",
    "source",
    "note",
)
KIND_PRECISION: Mapping[str, PlacePrecision] = {
    "country": PlacePrecision.COUNTRY,
    "admin1": PlacePrecision.ADMIN1,
    "admin2": PlacePrecision.ADMIN2,
    "settlement": PlacePrecision.TOWN,
    "area": PlacePrecision.AREA,
    "line": PlacePrecision.LINE,
    "water": PlacePrecision.SEA,
    "landmark": PlacePrecision.EXACT,
}
_KIND_RADIUS_KM = {
    "country": 300.0,
    "admin1": 80.0,
    "admin2": 30.0,
    "settlement": 2.0,
    "area": 50.0,
    "line": 50.0,
    "water": 50.0,
    "landmark": 1.0,
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def read_tables(
    path: Path, prefix: str, *, geometry: Callable[[str], str] | None = None, bad: list[str] | None = None
) -> Iterator[GazetteerEntry]:
    """Yield the places of a CSV or GeoJSON file.

    Parameters
    ----------
    path
        The file: ``.csv`` with a header, or ``.geojson``/``.json`` with a FeatureCollection; UTF-8.
    prefix
        The source in place ids: ``curated`` or ``user``.
    geometry
        Makes WKT of what stands in the column `geometry`; None takes it as it is.
    bad
        Takes the faults of rows that cannot be used, which then do not end the reading.

    Raises
    ------
    InputError
        If the file is absent or of another kind, or a row cannot be used; the message names file, line and column.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        msg = f"{path}: there is no such file; correct places.extra in geoconflict.toml"
        raise InputError(msg) from None
    except UnicodeDecodeError as error:
        msg = f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8"
        raise InputError(msg) from error
    suffix = path.suffix.lower()
    if suffix == ".csv":
        rows: Iterator[tuple[str, Mapping[str, Any]]] = _csv_rows(path, text)
    elif suffix in {".geojson", ".json"}:
        rows = _geojson_rows(path, text)
    else:
        msg = f"{path}: places are read from .csv and .geojson, not {suffix or 'a file without suffix'}"
        raise InputError(msg)
    for where, row in rows:
        if geometry is not None and row.get("geometry"):
            row = {**row, "geometry": geometry(row["geometry"])}  # noqa: PLW2901
        try:
            entry = curated_entry(row, prefix=prefix, where=where)
        except InputError as error:
            if bad is None:
                raise
            bad.append(str(error))
        else:
            yield entry


def _csv_rows(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    reader = csv.DictReader(text.splitlines(keepends=True), strict=True)
    unknown = sorted(set(reader.fieldnames or ()) - set(COLUMNS))
    if unknown or "name" not in (reader.fieldnames or ()):
        what = f"unknown columns {', '.join(unknown)}" if unknown else "no column 'name'"
        msg = f"{path}: {what}; the columns are {', '.join(COLUMNS)}"
        raise InputError(msg)
    try:
        for row in reader:
            if None in row:
                msg = f"{path}:{reader.line_num}: more fields than columns; quote fields that hold a comma"
                raise InputError(msg)
            yield f"{path}:{reader.line_num}", row
    except csv.Error as error:
        msg = f"{path}:{reader.line_num}: not CSV: {error}"
        raise InputError(msg) from error


def _geojson_rows(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        data = json.loads(text)
        features = data["features"]
        for number, feature in enumerate(features, 1):
            row = {key: value for key, value in (feature.get("properties") or {}).items() if key in COLUMNS}
            yield f"{path}: feature {number}", {**row, "geometry": wkt_of(feature["geometry"])}
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        msg = f"{path}: not a GeoJSON FeatureCollection ({error!r})"
        raise InputError(msg) from error


def wkt_of(geometry: Mapping[str, Any]) -> str:
    """Return the WKT of a GeoJSON geometry (Point, LineString, Polygon and their Multi forms), 2-D.

    Raises
    ------
    KeyError, TypeError
        If it is not such a geometry.
    """

    def write(coordinates: Any) -> str:
        if isinstance(coordinates[0], (int, float)):
            return f"{coordinates[0]:.10g} {coordinates[1]:.10g}"
        return "(" + ", ".join(write(one) for one in coordinates) + ")"

    name = {
        "Point": "POINT",
        "LineString": "LINESTRING",
        "Polygon": "POLYGON",
        "MultiPoint": "MULTIPOINT",
        "MultiLineString": "MULTILINESTRING",
        "MultiPolygon": "MULTIPOLYGON",
    }[geometry["type"]]
    inner = write(geometry["coordinates"])
    return f"{name} ({inner})" if name == "POINT" else f"{name} {inner}"


def curated_entry(row: Mapping[str, Any], *, prefix: str, where: str) -> GazetteerEntry:
    """Return the entry of one row of a table (see the module's docstring for the columns).

    Raises
    ------
    InputError
        If a field cannot be used; the message begins with `where`.
    """

    def text(column: str) -> str:
        return str(row.get(column) or "").strip()

    def fail(column: str, wanted: str) -> InputError:
        return InputError(f"{where}: column {column!r} must be {wanted}, not {text(column)!r}")

    def number(column: str) -> float | None:
        if not text(column):
            return None
        try:
            value = float(text(column))
        except ValueError:
            raise fail(column, "a number") from None
        if not math.isfinite(value):
            raise fail(column, "a number")
        return value

    def day(column: str) -> str | None:
        return _iso_day(text(column), lambda: fail(column, "an ISO date (YYYY-MM-DD)"))

    name = text("name")
    if not fold(name):
        raise fail("name", "a name with letters or digits")
    kind = text("kind") or "settlement"
    if kind not in KIND_PRECISION:
        raise fail("kind", "one of " + ", ".join(KIND_PRECISION))
    try:
        precision = PlacePrecision(text("precision")) if text("precision") else KIND_PRECISION[kind]
    except ValueError:
        raise fail("precision", "one of " + ", ".join(PlacePrecision)) from None
    country = text("country")
    if country and not re.fullmatch("[A-Z]{3}", country):
        raise fail("country", "three capitals (ISO 3166-1 alpha-3)")
    geometry = text("geometry")
    lon, lat, radius_km = number("lon"), number("lat"), number("radius_km")
    if geometry:
        points = _wkt_points(geometry)
        box = bounds_of(points)
        if box is None:
            raise fail("geometry", "WKT in EPSG:4326 degrees, longitude first")
        if lon is None or lat is None:
            lon, lat = _representative(geometry, points)
        if radius_km is None and len(points) > 1:
            radius_km = distance_m(box.west, box.south, box.east, box.north) / 2000
    if lon is None or lat is None:
        msg = f"{where}: {name!r} has no position; fill in lon and lat or a geometry"
        raise InputError(msg)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        msg = f"{where}: lon {lon}, lat {lat} is not on the globe; are they swapped?"
        raise InputError(msg)

    names = [EntryName(name, fold(name), NameFlag.PRIMARY)]
    for one in text("names").split("|"):
        spelling, _, dates = one.strip().partition("@")
        if spelling := spelling.strip():
            since, _, until = dates.partition("..")
            bad = functools.partial(fail, "names", "names separated by |, each with optional dates @FROM..TO")
            key = fold(spelling)
            if not key:
                raise bad()
            names.append(EntryName(spelling, key, NameFlag.PRIMARY, _iso_day(since, bad), _iso_day(until, bad)))
    for one in text("abbreviations").split("|"):
        if short := one.strip():
            key_or_none = abbreviation_key(short)
            if key_or_none is None:
                raise fail("abbreviations", "two to five capitals, separated by |")
            names.append(EntryName(short, key_or_none, NameFlag.PRIMARY))
    detail: dict[str, Any] = {
        "names": [[one.text, one.key, one.valid_from, one.valid_to] for one in names],
        "precision": precision.value,
        "valid_from": day("valid_from"),
        "valid_to": day("valid_to"),
        "admin1": text("admin1"),
        "source": text("source"),
    }
    if geometry:
        detail["geometry"] = geometry
    return GazetteerEntry(
        place_id=f"{prefix}:{text('place_id') or fold(name).replace(' ', '-')}",
        name=name,
        lon=lon,
        lat=lat,
        feature=kind,
        country=country,
        population=int(number("population") or 0),
        radius_m=round(1000 * (radius_km if radius_km is not None else _KIND_RADIUS_KM[kind])),
        source=prefix,
        curated=True,
        names=names,
        detail={key: value for key, value in detail.items() if value},
    )


def _iso_day(value: str, error: Any) -> str | None:
    if not value.strip():
        return None
    try:
        return dt.date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        raise error() from None


def _wkt_points(wkt: str) -> list[tuple[float, float]]:
    if not re.match(r"\s*(MULTI)?(POINT|LINESTRING|POLYGON)\s*\(", wkt):
        return []
    points = []
    for pair in wkt.partition("(")[2].split(","):
        numbers = _NUMBER.findall(pair)
        if len(numbers) != 2:
            return []
        points.append((float(numbers[0]), float(numbers[1])))
    return points


def _representative(wkt: str, points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return a point on the geometry: the middle vertex of a line, a point inside an area."""
    if "POLYGON" in wkt:
        from shapely import from_wkt

        inside = from_wkt(wkt).representative_point()
        return round(inside.x, 5), round(inside.y, 5)
    return points[len(points) // 2]
