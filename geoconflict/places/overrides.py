"""The user's own decisions on names: a CSV that wins over the gazetteer, the cache and every service.

Columns (only ``surface`` and a target are required; the rest may be absent or blank):

=============  =======================================================================================================
surface        the name as reports write it; case, diacritics and hyphens do not matter
context        words or phrases that the report must hold too, separated by ``;``: no patterns, whole words
place_id       a place of the gazetteer (``geonames:587124``), or ``not a place``
lon, lat       instead of a place_id: degrees, EPSG:4326
name           with lon and lat: what to call the place; the surface when blank
precision      with lon and lat: exact, town, near, area, admin2, admin1, region, country or sea; town when blank
radius_m       with lon and lat: half the extent that the point stands for, metres; set by the precision when blank
valid_from     first day (ISO) of the reports that the row is for
valid_to       last day (ISO) of the reports that the row is for
note           why, for the next person; shown among the reasons
=============  =======================================================================================================
"""

from __future__ import annotations

import csv
import datetime as dt
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from geoconflict.errors import InputError
from geoconflict.models import Place, PlacePrecision
from geoconflict.places.names import fold

__all__ = ["NOT_A_PLACE", "Override", "Overrides", "load_overrides"]

NOT_A_PLACE = "not a place"

_COLUMNS = (
    "surface", "context", "place_id", "lon", "lat", "name", "precision", "radius_m", "valid_from", "valid_to", "note",
)  # fmt: skip

_RADIUS_M = {
    PlacePrecision.EXACT: 100.0,
    PlacePrecision.TOWN: 2_000.0,
    PlacePrecision.NEAR: 10_000.0,
    PlacePrecision.AREA: 30_000.0,
    PlacePrecision.ADMIN2: 20_000.0,
    PlacePrecision.ADMIN1: 60_000.0,
    PlacePrecision.REGION: 100_000.0,
    PlacePrecision.COUNTRY: 300_000.0,
    PlacePrecision.SEA: 300_000.0,
}
"""The radius in metres where a row gives none. A line needs a geometry, which a CSV row cannot hold."""

_KIND = {
    PlacePrecision.EXACT: "landmark",
    PlacePrecision.TOWN: "settlement",
    PlacePrecision.NEAR: "settlement",
    PlacePrecision.AREA: "area",
    PlacePrecision.ADMIN2: "admin2",
    PlacePrecision.ADMIN1: "admin1",
    PlacePrecision.REGION: "area",
    PlacePrecision.COUNTRY: "country",
    PlacePrecision.SEA: "water",
}


class _Places(Protocol):
    def place(self, place_id: str) -> Place | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One row."""

    surface: str
    context: tuple[str, ...]
    """Folded phrases, all of which the report must hold."""
    place_id: str | None
    """A place of the gazetteer; None when the row gives a point or says that the name is not a place."""
    place: Place | None
    """The point that the row gives."""
    valid_from: dt.date | None
    valid_to: dt.date | None
    note: str
    where: str
    """File name and line."""

    @property
    def reason(self) -> str:
        """What the row says, for a person."""
        target = self.place_id or (self.place.name if self.place else "not a place")
        return f"override ({self.where}): {self.surface} is {target}" + (f"; {self.note}" if self.note else "")

    def holds_on(self, on: dt.date | None) -> bool:
        """Return whether the row is for reports of day `on`; a row with dates is not for undated reports."""
        if on is None:
            return self.valid_from is None and self.valid_to is None
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class Overrides:
    """The rows of an overrides file, found by name."""

    def __init__(self, rows: Iterable[Override] = ()) -> None:
        self._rows: dict[str, list[Override]] = {}
        for row in rows:
            self._rows.setdefault(fold(row.surface), []).append(row)
        for found in self._rows.values():
            # The row that asks for more decides; sorting is stable, so the earlier line wins among equals.
            found.sort(key=lambda row: (-len(row.context), row.valid_from is None and row.valid_to is None))

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._rows.values())

    def match(self, surface: str, *, on: dt.date | None = None, context: str = "") -> Override | None:
        """Return the row that decides on `surface` in a report of day `on` with text `context`, or None."""
        rows = self._rows.get(fold(surface))
        if not rows:
            return None
        text = f" {fold(context)} " if any(row.context for row in rows) else ""
        for row in rows:
            if row.holds_on(on) and all(f" {phrase} " in text for phrase in row.context):
                return row
        return None


def load_overrides(path: str | os.PathLike[str], *, gazetteer: _Places | None = None) -> Overrides:
    """Return the rows of an overrides file; see the module's table of columns.

    Parameters
    ----------
    path
        A CSV in UTF-8, with a header line.
    gazetteer
        Where given, a ``place_id`` that it lacks is a fault.

    Raises
    ------
    InputError
        If the file is absent or unreadable, lacks a column, or holds faulty rows. All faults are in the one message, each with its
        line and how to mend it.
    """
    file = Path(path)
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        msg = f"{file}: there is no such overrides file; write one with the columns {', '.join(_COLUMNS)}, or clear places.overrides"
        raise InputError(msg) from None
    except OSError as error:
        msg = f"{file}: the overrides file cannot be read: {error.strerror}"
        raise InputError(msg) from error
    except UnicodeDecodeError as error:
        msg = f"{file}: not UTF-8 at byte {error.start}; save the file as UTF-8"
        raise InputError(msg) from error
    reader = csv.DictReader(text.splitlines(), strict=True)
    rows: list[Override] = []
    faults: list[str] = []
    try:
        header = [name.strip() for name in reader.fieldnames or ()]
        reader.fieldnames = header
        unknown = sorted(set(header) - set(_COLUMNS))
        if unknown or "surface" not in header:
            what = f"unknown column {', '.join(map(repr, unknown))}" if unknown else "no column 'surface'"
            msg = f"{file}: {what}; the columns are {', '.join(_COLUMNS)}"
            raise InputError(msg)
        for raw in reader:
            if None in raw:
                faults.append(f"line {reader.line_num}: more fields than columns; put quotation marks around commas")
                continue
            row = {name: (value or "").strip() for name, value in raw.items()}
            if not any(row.values()) or row["surface"].startswith("#"):
                continue
            checked = _Row(row, f"{file.name} line {reader.line_num}", gazetteer)
            faults += [f"line {reader.line_num}: {fault}" for fault in checked.faults]
            rows += [checked.override] if checked.override else []
    except csv.Error as error:
        faults.append(f"line {reader.line_num}: {error}")
    faults += _contradictions(rows)
    if faults:
        msg = f"{file}: {len(faults)} fault{'s' * (len(faults) > 1)}:\n" + "\n".join(f"  {fault}" for fault in faults)
        raise InputError(msg)
    return Overrides(rows)


def _contradictions(rows: Sequence[Override]) -> list[str]:
    """Two rows for one name, context and period that name different targets: whichever won would surprise somebody."""
    seen: dict[tuple[str, tuple[str, ...], dt.date | None, dt.date | None], Override] = {}
    faults = []
    for row in rows:
        key = (fold(row.surface), tuple(sorted(row.context)), row.valid_from, row.valid_to)
        first = seen.setdefault(key, row)
        target = [(one.place_id, one.place and (one.place.lon, one.place.lat)) for one in (first, row)]
        if target[0] != target[1]:
            faults.append(
                f"{row.where.rpartition('line ')[1]}{row.where.rpartition(' ')[2]}: {row.surface!r} contradicts "
                f"line {first.where.rpartition(' ')[2]}; give one of them another context or period"
            )
    return faults


class _Row:
    """Checks one row and keeps all that is wrong with it."""

    def __init__(self, row: dict[str, str], where: str, gazetteer: _Places | None) -> None:
        self.faults: list[str] = []
        self._row = row
        self._where = where
        surface = row["surface"]
        if not fold(surface):
            self.faults.append("surface is blank; write the name as reports do")
        target = row.get("place_id", "")
        points = bool(row.get("lon")) or bool(row.get("lat"))
        if bool(target) == points:
            self.faults.append(
                f"give either a place_id (or '{NOT_A_PLACE}') or lon and lat" + (", not both" if points else "")
            )
        not_a_place = target.casefold() == NOT_A_PLACE
        if target and not not_a_place:
            if ":" not in target:
                self.faults.append(
                    f"place_id {target!r} is not of the form source:key, and not '{NOT_A_PLACE}'; "
                    "`geoconflict geocode NAME` prints the ids of places"
                )
            elif gazetteer is not None and gazetteer.place(target) is None:
                self.faults.append(f"place_id {target!r} is not in the gazetteer; give lon and lat instead")
        valid_from, valid_to = self._day("valid_from"), self._day("valid_to")
        if valid_from and valid_to and valid_to < valid_from:
            self.faults.append(f"valid_to {valid_to} lies before valid_from {valid_from}")
        place = self._place(surface) if points else None
        self.override = None
        if not self.faults:
            phrases = (fold(phrase) for phrase in row.get("context", "").split(";"))
            self.override = Override(
                surface=surface,
                context=tuple(phrase for phrase in phrases if phrase),
                place_id=target if target and not not_a_place else None,
                place=place,
                valid_from=valid_from,
                valid_to=valid_to,
                note=row.get("note", ""),
                where=where,
            )

    def _day(self, column: str) -> dt.date | None:
        value = self._row.get(column, "")
        if not value:
            return None
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.faults.append(f"{column} {value!r} is not a day like 2020-09-27")
            return None

    def _number(self, column: str, low: float, high: float) -> float | None:
        value = self._row.get(column, "")
        try:
            number = float(value)
        except ValueError:
            self.faults.append(f"{column} {value!r} is not a number")
            return None
        if not (math.isfinite(number) and low <= number <= high):
            hint = "; longitude and latitude may be swapped" if column == "lat" and abs(number) <= 180 else ""
            self.faults.append(f"{column} {value} is outside {low:g} to {high:g}{hint}")
            return None
        return number

    def _place(self, surface: str) -> Place | None:
        lon, lat = self._number("lon", -180, 180), self._number("lat", -90, 90)
        value = self._row.get("precision", "") or PlacePrecision.TOWN.value
        try:
            precision = PlacePrecision(value.casefold())
            radius: float | None = _RADIUS_M[precision]
        except (ValueError, KeyError):
            self.faults.append(f"precision {value!r} is unknown; there are {', '.join(_RADIUS_M)}")
            return None
        if self._row.get("radius_m"):
            radius = self._number("radius_m", 0, 20_000_000)
        if lon is None or lat is None or radius is None:
            return None
        return Place(
            place_id=f"override:{fold(self._row.get('name') or surface).replace(' ', '-')}@{lon:.4f},{lat:.4f}",
            name=self._row.get("name") or surface,
            lon=lon,
            lat=lat,
            geometry=f"POINT ({lon!r} {lat!r})",
            kind=_KIND[precision],
            precision=precision,
            radius_m=radius,
            source=f"overrides file ({self._where})",
        )
