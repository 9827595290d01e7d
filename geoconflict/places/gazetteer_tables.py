"""Hand-made tables of places: the CSV and GeoJSON that ``data/gazetteer`` and users' own files share.

Columns (properties in GeoJSON); only `name` and a position are required:

=============== ==========================================================================================
place_id        a short key of your own, without a colon; made from the name when absent
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
import io
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from geoconflict.errors import InputError
from geoconflict.geo import bounds_of, distance_m
from geoconflict.models import PlacePrecision
from geoconflict.places.gazetteer_format import EntryName, GazetteerEntry, NameFlag
from geoconflict.places.gazetteer_shapes import fault_of_area, point_on, vertices_of, wkt_of
from geoconflict.places.names import abbreviation_key, fold

__all__ = ["COLUMNS", "KIND_PRECISION", "TableRow", "curated_entry", "read_tables", "repeated_ids"]

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
_N_SHOWN = 80
"""Characters of a faulty value that a message repeats."""
_REPAIR_AREA = (
    "repair the outline (in QGIS: Vector, Geometry Tools, Fix Geometries; in PostGIS: ST_MakeValid), look at what came of it, "
    "and add the file again"
)


class TableRow(NamedTuple):
    """One row of a table, as it stands there and as the place that it makes."""

    where: str
    """File and line, or file and feature."""
    cells: Mapping[str, Any]
    entry: GazetteerEntry


def repeated_ids(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Return a message for each row whose place id an earlier row has, given (where, place id) of all.

    >>> repeated_ids([("a.csv:2", "user:b"), ("a.csv:3", "user:a"), ("a.csv:4", "user:b")])
    ["a.csv:4: the place_id 'b' is that of a.csv:2 too; give each row a place_id of its own"]
    """
    first: dict[str, str] = {}
    messages = []
    for where, place_id in rows:
        there = first.setdefault(place_id, where)
        if there is not where:
            own = place_id.partition(":")[2]
            messages.append(
                f"{where}: the place_id {own!r} is that of {there} too; give each row a place_id of its own"
            )
    return messages


_NUMBERS = ("lon", "lat", "radius_km", "population")


def read_tables(
    path: Path, prefix: str, *, geometry: Callable[[str], str] | None = None, bad: list[str] | None = None
) -> Iterator[TableRow]:
    """Yield the rows of a CSV or GeoJSON file.

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
        rows: Iterable[tuple[str, Mapping[str, Any]]] = _csv_rows(path, text)
    elif suffix in {".geojson", ".json"}:
        rows = _geojson_rows(path, text)
    else:
        msg = f"{path}: places are read from .csv and .geojson, not {suffix or 'a file without suffix'}"
        raise InputError(msg)
    for where, cells in rows:
        try:
            row = _with_wkt(cells, where, geometry)
            entry = curated_entry(row, prefix=prefix, where=where)
        except InputError as error:
            if bad is None:
                raise
            bad.append(str(error))
        else:
            yield TableRow(where, row, entry)


def _csv_rows(path: Path, text: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Return (where it begins, cells) of the rows; a cell may be as long as the file, for it may hold an outline."""
    # The limit is one of the process; it is only ever raised.
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    rows: list[tuple[str, Mapping[str, Any]]] = []
    line = 1
    try:
        for cells in reader:
            if header is None:
                header = _header(path, cells)
            elif len(cells) > len(header):
                msg = f"{path}:{line}: more fields than columns; quote fields that hold {delimiter!r}"
                raise InputError(msg)
            elif cells:
                row = dict(zip(header, cells, strict=False))
                if delimiter != ",":  # spreadsheets that part columns otherwise write 25,335 for 25.335
                    row |= {name: row[name].replace(",", ".") for name in _NUMBERS if name in row}
                rows.append((f"{path}:{line}", row))
            line = reader.line_num + 1
    except csv.Error as error:
        msg = f"{path}:{line}: the row that begins here is not CSV: {error}"
        raise InputError(msg) from error
    if header is None:
        _header(path, [])
    return rows


def _delimiter(text: str) -> str:
    """Return what parts the columns: of comma, semicolon and tab the one under which most columns are known."""
    head = text.split("\n", 1)[0].rstrip("\r").replace('"', "")
    return max(",;\t", key=lambda one: len(set(head.split(one)) & set(COLUMNS)))


def _header(path: Path, names: list[str]) -> list[str]:
    unknown = sorted(set(names) - set(COLUMNS))
    if unknown or "name" not in names:
        what = f"unknown columns {', '.join(unknown)}" if unknown else "no column 'name'"
        msg = f"{path}: {what}; the columns are {', '.join(COLUMNS)}"
        raise InputError(msg)
    return names


def _geojson_rows(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        features = json.loads(text)["features"]
        numbered = list(enumerate(features, 1))
    except (LookupError, TypeError, ValueError, RecursionError) as error:
        msg = f"{path}: not a GeoJSON FeatureCollection ({error!r})"
        raise InputError(msg) from error
    for number, feature in numbered:
        where = f"{path}: feature {number}"
        properties = feature.get("properties") or {} if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            msg = f"{where}: not a GeoJSON Feature"
            raise InputError(msg)
        row = {key: value for key, value in properties.items() if key in COLUMNS}
        yield where, {**row, "geometry": feature.get("geometry")}


def _with_wkt(cells: Mapping[str, Any], where: str, geometry: Callable[[str], str] | None) -> Mapping[str, Any]:
    """Return a row whose geometry, that of GeoJSON or one that `geometry` reads, is WKT."""
    shape = cells.get("geometry")
    if isinstance(shape, str):
        return {**cells, "geometry": geometry(shape)} if shape and geometry is not None else cells
    if shape is None:
        return cells
    try:
        return {**cells, "geometry": wkt_of(shape)}
    except (LookupError, TypeError, AttributeError, ValueError, OverflowError, RecursionError) as error:
        msg = (
            f"{where}: the geometry of {cells.get('name')!r} is none that a table may hold ({error!r}); it must be a Point, "
            "LineString or Polygon, or of their Multi forms"
        )
        raise InputError(msg) from error


def curated_entry(row: Mapping[str, Any], *, prefix: str, where: str) -> GazetteerEntry:
    """Return the entry of one row of a table (see the module's docstring for the columns).

    Raises
    ------
    InputError
        If a field cannot be used; the message begins with `where`.
    """
    cells = _Cells(row, where)
    cells.check_characters()
    name = cells.text("name")
    if not fold(name):
        raise cells.fault("name", "a name with letters or digits")
    kind = cells.text("kind") or "settlement"
    if kind not in KIND_PRECISION:
        raise cells.fault("kind", "one of " + ", ".join(KIND_PRECISION))
    try:
        precision = PlacePrecision(cells.text("precision")) if cells.text("precision") else KIND_PRECISION[kind]
    except ValueError:
        raise cells.fault("precision", "one of " + ", ".join(PlacePrecision)) from None
    if ":" in cells.text("place_id"):
        own = "a short key of your own, without a colon (its id is then user:KEY; to correct a place that is there, see overrides)"
        raise cells.fault("place_id", own)
    country = cells.text("country")
    if country and not re.fullmatch("[A-Z]{3}", country):
        raise cells.fault("country", "three capitals (ISO 3166-1 alpha-3)")
    lon, lat, radius_km = _position(cells, name)
    names = _names(cells, name)
    detail: dict[str, Any] = {
        "names": [[one.text, one.key, one.valid_from, one.valid_to] for one in names],
        "precision": precision.value,
        "valid_from": cells.day("valid_from"),
        "valid_to": cells.day("valid_to"),
        "admin1": cells.text("admin1"),
        "source": cells.text("source"),
        "geometry": cells.text("geometry"),
    }
    return GazetteerEntry(
        place_id=f"{prefix}:{cells.text('place_id') or fold(name).replace(' ', '-')}",
        name=name,
        lon=lon,
        lat=lat,
        feature=kind,
        country=country,
        population=int(cells.number("population") or 0),
        radius_m=round(1000 * (radius_km if radius_km is not None else _KIND_RADIUS_KM[kind])),
        source=prefix,
        curated=True,
        names=names,
        detail={key: value for key, value in detail.items() if value},
    )


class _Cells(NamedTuple):
    """The cells of one row, and how their faults are told."""

    row: Mapping[str, Any]
    where: str

    def text(self, column: str) -> str:
        value = self.row.get(column)
        return "" if value is None else str(value).strip()

    def fault(self, column: str, wanted: str) -> InputError:
        value = self.text(column)
        there = repr(value) if len(value) <= _N_SHOWN else f"{value[:_N_SHOWN]!r}... ({len(value):,} characters)"
        return InputError(f"{self.where}: column {column!r} must be {wanted}, not {there}")

    def check_characters(self) -> None:
        for column in COLUMNS:
            if re.search(
                "[\ud800-\udfff]", self.text(column)
            ):  # GeoJSON can hold half a surrogate pair, which no file can
                raise self.fault(column, "whole characters")

    def number(self, column: str) -> float | None:
        if not self.text(column):
            return None
        try:
            value = float(self.text(column))
        except ValueError:
            raise self.fault(column, "a number") from None
        if not math.isfinite(value):
            raise self.fault(column, "a number")
        return value

    def day(self, column: str) -> str | None:
        return _iso_day(self.text(column), lambda: self.fault(column, "an ISO date (YYYY-MM-DD)"))


def _position(cells: _Cells, name: str) -> tuple[float, float, float | None]:
    """Return where a place lies, in degrees, and its radius in km, where a row says or draws them.

    Raises
    ------
    InputError
        If it has no position, or one that is nowhere.
    """
    geometry = cells.text("geometry")
    lon, lat, radius_km = cells.number("lon"), cells.number("lat"), cells.number("radius_km")
    if geometry:
        points = vertices_of(geometry)
        box = bounds_of(points)
        if box is None:
            raise cells.fault("geometry", "WKT in EPSG:4326 degrees, longitude first")
        if fault := fault_of_area(geometry):
            msg = f"{cells.where}: the geometry of {name!r} is no area: {fault}; {_REPAIR_AREA}"
            raise InputError(msg)
        if lon is None or lat is None:
            lon, lat = point_on(geometry, points)
        if radius_km is None and len(points) > 1:
            radius_km = distance_m(box.west, box.south, box.east, box.north) / 2000
    if lon is None or lat is None:
        msg = f"{cells.where}: {name!r} has no position; fill in lon and lat or a geometry"
        raise InputError(msg)
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        msg = f"{cells.where}: lon {lon}, lat {lat} is not on the globe; are they swapped?"
        raise InputError(msg)
    return lon, lat, radius_km


def _names(cells: _Cells, name: str) -> list[EntryName]:
    """Return the names of a place with the days on which they hold, and its abbreviations.

    Raises
    ------
    InputError
        If a cell cannot be read.
    """
    names = [EntryName(name, fold(name), NameFlag.PRIMARY)]
    for one in cells.text("names").split("|"):
        spelling, _, dates = one.strip().partition("@")
        if spelling := spelling.strip():
            since, _, until = dates.partition("..")
            bad = functools.partial(cells.fault, "names", "names separated by |, each with optional dates @FROM..TO")
            key = fold(spelling)
            if not key:
                raise bad()
            names.append(EntryName(spelling, key, NameFlag.PRIMARY, _iso_day(since, bad), _iso_day(until, bad)))
    for one in cells.text("abbreviations").split("|"):
        if short := one.strip():
            key_or_none = abbreviation_key(short)
            if key_or_none is None:
                raise cells.fault("abbreviations", "two to five capitals, separated by |")
            names.append(EntryName(short, key_or_none, NameFlag.PRIMARY))
    return names


def _iso_day(value: str, error: Any) -> str | None:
    if not value.strip():
        return None
    try:
        return dt.date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        raise error() from None
