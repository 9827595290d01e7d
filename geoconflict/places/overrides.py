"""The user's own decisions on names: a CSV that wins over the gazetteer, the cache and every service.

Columns (only ``surface`` and a target are required; the rest may be absent or blank):

=============  =======================================================================================================
surface        the name as reports write it; case, diacritics and hyphens do not matter
context        words or phrases that the report's text must hold too, all of them, separated by ``;``: no patterns, whole words
place_id       a place of the gazetteer (``geonames:587124``), or ``not a place``
lon, lat       instead of a place_id: degrees, EPSG:4326
name           with lon and lat: what to call the place; the surface when blank
precision      with lon and lat: exact, town, near, area, admin2, admin1, region, country or sea; town when blank
radius_m       with lon and lat: half the extent that the point stands for, metres; set by the precision when blank
valid_from     first day (ISO) of the reports that the row is for
valid_to       last day (ISO) of the reports that the row is for
note           why, for the next person; shown among the reasons
=============  =======================================================================================================

What a file may look like is in :mod:`geoconflict.places.overrides_sheet`, the how-to in ``docs/overrides.md``.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from geoconflict.errors import InputError
from geoconflict.models import Place, PlacePrecision
from geoconflict.place_codes import USUAL_RADIUS_M
from geoconflict.places.names import fold
from geoconflict.places.overrides_sheet import COLUMNS, Fault, parse_sheet, refused, shown

__all__ = ["NOT_A_PLACE", "REASON_START", "Override", "Overrides", "load_overrides", "override_point", "overrides_of"]

NOT_A_PLACE = "not a place"

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
"""What a point of each precision is. A line needs a geometry, which a CSV row cannot hold."""


REASON_START = "override ("
"""How the reason of every resolution that an override decided begins."""


class _Places(Protocol):
    def place(self, place_id: str) -> Place | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One row."""

    surface: str
    context: tuple[str, ...] = ()
    """Phrases, all of which the report's text must hold."""
    place_id: str | None = None
    """A place of the gazetteer; None when the row gives a point or says that the name is not a place."""
    place: Place | None = None
    """The point that the row gives; see :func:`override_point`."""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    note: str = ""
    file_name: str = ""
    line: int = 0
    """Of the file, counted from 1; 0 for a row that stands in none yet."""

    @property
    def reason(self) -> str:
        """What the row says, for a person."""
        target = self.place_id or (self.place.name if self.place else NOT_A_PLACE)
        note = f"; {self.note}" if self.note else ""
        return f"{REASON_START}{self.file_name} line {self.line}): {self.surface} is {target}{note}"

    @property
    def folded_context(self) -> tuple[str, ...]:
        """The phrases in the form in which they are compared."""
        return tuple(fold(phrase) for phrase in self.context)

    def holds_on(self, on: dt.date | None) -> bool:
        """Return whether the row is for reports of day `on`; a row with dates is not for undated reports."""
        if on is None:
            return self.valid_from is None and self.valid_to is None
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class Overrides:
    """The rows of an overrides file, found by name."""

    def __init__(self, rows: Iterable[Override] = ()) -> None:
        self._rows: dict[str, list[tuple[Override, tuple[str, ...]]]] = {}
        for row in rows:
            self._rows.setdefault(fold(row.surface), []).append((row, row.folded_context))
        for found in self._rows.values():
            # The row that asks for more decides; sorting is stable, so the earlier line wins among equals.
            found.sort(key=lambda one: (-len(one[1]), one[0].valid_from is None and one[0].valid_to is None))

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._rows.values())

    def __iter__(self) -> Iterator[Override]:
        """Give the rows in the order of the file."""
        return iter(sorted((row for rows in self._rows.values() for row, _ in rows), key=lambda row: row.line))

    def match(self, surface: str, *, on: dt.date | None = None, context: str = "") -> Override | None:
        """Return the row that decides on `surface` in a report of day `on` with text `context`, or None."""
        rows = self._rows.get(fold(surface))
        if not rows:
            return None
        text = f" {fold(context)} " if any(phrases for _, phrases in rows) else ""
        for row, phrases in rows:
            if row.holds_on(on) and all(f" {phrase} " in text for phrase in phrases):
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
        content = file.read_bytes()
    except FileNotFoundError:
        msg = f"{file}: there is no such overrides file; write one with the columns {', '.join(COLUMNS)}, or clear places.overrides"
        raise InputError(msg) from None
    except OSError as error:
        msg = f"{file}: the overrides file cannot be read: {error.strerror}"
        raise InputError(msg) from error
    return overrides_of(content, file, gazetteer=gazetteer)


def overrides_of(content: bytes, file: Path, *, gazetteer: _Places | None = None) -> Overrides:
    """Return the rows that the content of an overrides file holds; see :func:`load_overrides`."""
    sheet = parse_sheet(content, file)
    faults = list(sheet.faults)
    rows: list[Override] = []
    for number, cells in sheet.rows:
        checked = _Row(cells, file.name, number, gazetteer, decimal_comma=sheet.delimiter != ",")
        faults += [Fault(number, what) for what in checked.faults]
        rows += [checked.override] if checked.override else []
    faults += _contradictions(rows)
    if faults:
        raise refused(file, faults)
    return Overrides(rows)


def _contradictions(rows: Sequence[Override]) -> list[Fault]:
    """Two rows for one name and context, of periods that overlap, that name different targets: neither can be meant to win.

    A row with dates wins over one without, so those two may differ.
    """
    by_name: dict[tuple[str, tuple[str, ...], bool], list[Override]] = {}
    faults = []
    for row in rows:
        dated = row.valid_from is not None or row.valid_to is not None
        others = by_name.setdefault((fold(row.surface), tuple(sorted(row.folded_context)), dated), [])
        first = next((one for one in others if _target(one) != _target(row) and _overlap(one, row)), None)
        if first is not None:
            what = f"{shown(row.surface)} contradicts line {first.line}; give one of them another context or period"
            faults.append(Fault(row.line, what))
        others.append(row)
    return faults


def _target(row: Override) -> tuple[object, ...]:
    place = row.place
    point = (place.name, place.lon, place.lat, place.precision, place.radius_m) if place else None
    return row.place_id, point


def _overlap(a: Override, b: Override) -> bool:
    starts = max(a.valid_from or dt.date.min, b.valid_from or dt.date.min)
    return starts <= min(a.valid_to or dt.date.max, b.valid_to or dt.date.max)


def override_point(
    name: str, lon: float, lat: float, *, precision: str = PlacePrecision.TOWN, radius_m: float | None = None
) -> Place:
    """Return a point as the place of an :class:`Override`.

    Parameters
    ----------
    name
        What to call the place.
    lon, lat
        Degrees, EPSG:4326.
    precision
        One of the table's precisions.
    radius_m
        Half the extent that the point stands for, metres; set by the precision when None.
    """
    known = PlacePrecision(precision)
    slug = fold(name).replace(" ", "-")[:80]
    return Place(
        place_id=f"override:{slug}@{lon:.4f},{lat:.4f}",
        name=name,
        lon=lon,
        lat=lat,
        geometry=f"POINT ({lon!r} {lat!r})",
        kind=_KIND[known],
        precision=known,
        radius_m=USUAL_RADIUS_M[known] if radius_m is None else radius_m,
        source="overrides file",
    )


class _Row:
    """Checks one row and keeps all that is wrong with it."""

    def __init__(
        self, row: dict[str, str], file_name: str, line: int, gazetteer: _Places | None, *, decimal_comma: bool
    ) -> None:
        self.faults: list[str] = []
        self._row = row
        self._decimal_comma = decimal_comma
        surface = row["surface"]
        if not fold(surface):
            self.faults.append(
                f"surface {shown(surface)} holds no letters"
                if surface
                else "surface is blank; write the name as reports do"
            )
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
                    f"place_id {shown(target)} is not of the form source:key, and not '{NOT_A_PLACE}'; "
                    "`geoconflict geocode NAME` prints the ids of places"
                )
            elif gazetteer is not None and gazetteer.place(target) is None:
                self.faults.append(f"place_id {shown(target)} is not in the gazetteer; give lon and lat instead")
        if not points:
            for column in ("precision", "radius_m"):
                if row.get(column):
                    self.faults.append(f"{column} goes with lon and lat alone; remove it")
        phrases = tuple(phrase.strip() for phrase in row.get("context", "").split(";") if phrase.strip())
        self.faults += [f"context {shown(phrase)} holds no letters" for phrase in phrases if not fold(phrase)]
        valid_from, valid_to = self._day("valid_from"), self._day("valid_to")
        if valid_from and valid_to and valid_to < valid_from:
            self.faults.append(f"valid_to {valid_to} lies before valid_from {valid_from}")
        place = self._place(surface) if points else None
        self.override = None
        if not self.faults:
            self.override = Override(
                surface=surface,
                context=phrases,
                place_id=target if target and not not_a_place else None,
                place=place,
                valid_from=valid_from,
                valid_to=valid_to,
                note=row.get("note", ""),
                file_name=file_name,
                line=line,
            )

    def _day(self, column: str) -> dt.date | None:
        value = self._row.get(column, "")
        if not value:
            return None
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.faults.append(f"{column} {shown(value)} is not a day like 2020-09-27; write year-month-day")
            return None

    def _number(self, column: str, low: float, high: float) -> float | None:
        value = self._row.get(column, "")
        if not value:
            self.faults.append(f"{column} is blank; lon and lat go together")
            return None
        try:
            number = float(value.replace(",", ".") if self._decimal_comma else value)
        except ValueError:
            self.faults.append(f"{column} {shown(value)} is not a number; write it like 46.75")
            return None
        if not (math.isfinite(number) and low <= number <= high):
            hint = "; longitude and latitude may be swapped" if column == "lat" and abs(number) <= 180 else ""
            self.faults.append(f"{column} {shown(value)[1:-1]} is outside {low:g} to {high:g}{hint}")
            return None
        return number

    def _place(self, surface: str) -> Place | None:
        lon, lat = self._number("lon", -180, 180), self._number("lat", -90, 90)
        precision = (self._row.get("precision", "") or PlacePrecision.TOWN.value).casefold()
        if precision not in _KIND:
            self.faults.append(f"precision {shown(precision)} is unknown; there are {', '.join(_KIND)}")
        radius = self._number("radius_m", 0, 20_000_000) if self._row.get("radius_m") else None
        if self.faults or lon is None or lat is None:
            return None
        return override_point(self._row.get("name") or surface, lon, lat, precision=precision, radius_m=radius)
