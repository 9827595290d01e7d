"""The rows of the embedded gazetteer and the user's own, under one numbering, and the places made of them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

from geoconflict.models import Place, PlacePrecision
from geoconflict.places.gazetteer_format import GazetteerEntry, GazetteerFile, NameFlag, Row
from geoconflict.places.gazetteer_tables import KIND_PRECISION
from geoconflict.places.names import fold

__all__ = ["N_KEPT", "Found", "GazetteerRows"]

N_KEPT = 4_096
"""Names whose candidates are remembered, names whose bearers are summed up, and places."""


class Found(NamedTuple):
    """A place that bears a name, before a Place is made of it."""

    number: int
    """Of the row; the user's rows follow the embedded ones."""
    row: Row
    flags: int


class GazetteerRows:
    """All rows that are open. Safe to share between threads.

    Parameters
    ----------
    file
        The embedded gazetteer.
    extra
        The user's rows.
    """

    def __init__(self, file: GazetteerFile, extra: Sequence[GazetteerEntry]) -> None:
        self.file = file
        self.extra = list(extra)
        self.extra_keys: dict[str, list[tuple[int, int]]] = {}
        """Folded names of the user's places: the numbers of their rows, each with its flags."""
        for number, entry in enumerate(self.extra, file.n_places):
            for name in entry.names:
                self.extra_keys.setdefault(name.key, []).append((number, name.flags))
        self._kinds = {kind: (kind, precision) for kind, precision in KIND_PRECISION.items()}
        self._kinds |= {
            code: (kind, PlacePrecision(precision))
            for code, (kind, precision) in zip(file.header["features"], file.header["feature_kinds"], strict=True)
        }
        self._places: dict[int, Place] = {}
        self._numbers: dict[str, int] = {}
        """The embedded rows of those places by their ids: to look for a row by its id reads a score of blocks."""
        self._details: dict[int, dict[str, Any]] = {}
        self._row_of = functools.lru_cache(maxsize=65_536)(file.row_of)

    def __len__(self) -> int:
        return self.file.n_places + len(self.extra)

    def is_own(self, number: int) -> bool:
        """Whether a row is the user's."""
        return number >= self.file.n_places

    def number_of(self, place_id: str) -> int | None:
        """Return the row of an id, or None; the user's come first, and a row that replaced another has its id, too."""
        for number, entry in enumerate(self.extra, self.file.n_places):
            if entry.place_id == place_id:
                return number
        return self._row_of(place_id)

    def row(self, index: int) -> Row:
        """Return the row of a number."""
        if not self.is_own(index):
            return self.file.row(index)
        entry = self.extra[index - self.file.n_places]
        return Row(
            entry.place_id, entry.name, entry.lon, entry.lat, entry.population, entry.radius_m, entry.country,
            0, 0, entry.feature, entry.source, True, False, True,
        )  # fmt: skip

    def detail(self, index: int) -> dict[str, Any]:
        """Return what is known of a place besides its row: dates, a geometry, curated names."""
        if self.is_own(index):
            return self.extra[index - self.file.n_places].detail
        known = self._details.get(index)
        if known is None:
            if len(self._details) >= N_KEPT:
                self._details.clear()
            known = self._details[index] = self.file.detail(index)
        return known

    def kind(self, row: Row | GazetteerEntry) -> str:
        """Return the kind of place that a row is of."""
        return self._kinds[row.feature][0]

    def found(self, key: str) -> list[Found]:
        """Return the places that bear a folded name, the user's last."""
        found = [Found(index, self.row(index), flags) for index, flags in self._bearers(key)]
        found += [Found(index, self.row(index), flags) for index, flags in self.extra_keys.get(key, ())]
        return self._without_strays(found, key) if len(found) > 1 and " " in key else found

    def _bearers(self, key: str) -> Sequence[tuple[int, int]]:
        """Return row and flags of the embedded places that bear a name."""
        key_id = self.file.trie.get(key)
        return () if key_id is None else self.file.postings(key_id)

    def _without_strays(self, found: list[Found], key: str) -> list[Found]:
        """Leave out towns whose alternate name is in truth the main name of a town of another country.

        Sources enter "X-upon-Y" with the great X too, where a lesser town abroad is called so and nobody else.
        """
        owners = [
            one.row.country for one in found if one.flags & NameFlag.PRIMARY and self.kind(one.row) == "settlement"
        ]
        if not owners or len(owners) == len(found):
            return found
        return [
            one
            for one in found
            if one.flags & NameFlag.PRIMARY or one.row.country in owners or not self._is_stray(one, key.split())
        ]

    def _is_stray(self, town: Found, words: Sequence[str]) -> bool:
        """Whether the alternate name `words` adds to another name of the town what is no unit around it: "X Texas" is X."""
        if len(fold(town.row.name).split()) >= len(words):
            return False
        for n in range(1, len(words)):
            if any(number == town.number for number, _ in self._bearers(" ".join(words[:n]))):
                around = (self.row(number) for number, _ in self._bearers(" ".join(words[n:])))
                return not any(one.country == town.row.country and self.kind(one) != "settlement" for one in around)
        return False

    def name_valid(self, found: Found, key: str, on: dt.date) -> bool:
        """Whether a place bore the name on a day; True where no dates are known."""
        spans = (
            [(since, until) for _, one, since, until in self.detail(found.number).get("names", ()) if one == key]
            if found.row.has_detail
            else []
        )
        return not spans or any(_within(on, since, until) for since, until in spans)

    def place_valid(self, found: Found, on: dt.date) -> bool:
        """Whether a place existed on a day; True where no dates are known."""
        if not found.row.has_detail:
            return True
        detail = self.detail(found.number)
        return _within(on, detail.get("valid_from"), detail.get("valid_to"))

    def matched_name(self, found: Found, key: str) -> str | None:
        """Return the spelling of a name that a curated row has, or None."""
        if not found.row.has_detail:
            return None
        return next((text for text, one, *_ in self.detail(found.number).get("names", ()) if one == key), None)

    # ------------------------------------------------------------ places
    def place(self, index: int) -> Place:
        """Return the place of a number."""
        known = self._places.get(index)
        if known is not None:
            return known
        row = self.row(index)
        detail = self.detail(index) if row.has_detail else {}
        kind, precision = self._kinds[row.feature]
        if len(self._places) >= N_KEPT:
            self._places.clear()
            self._numbers.clear()
        if not self.is_own(index) and not self.file.is_replaced(row.place_id):
            self._numbers[row.place_id] = index
        self._places[index] = place = Place(
            place_id=row.place_id,
            name=row.name,
            lon=row.lon,
            lat=row.lat,
            geometry=detail.get("geometry") or f"POINT ({row.lon:.5f} {row.lat:.5f})",
            kind=kind,
            precision=PlacePrecision(detail["precision"]) if "precision" in detail else precision,
            radius_m=float(row.radius_m),
            country=row.country or None,
            admin1=detail.get("admin1") or self._unit_name(1, row, index),
            admin2=self._unit_name(2, row, index),
            population=row.population,
            valid_from=dt.date.fromisoformat(detail["valid_from"]) if "valid_from" in detail else None,
            valid_to=dt.date.fromisoformat(detail["valid_to"]) if "valid_to" in detail else None,
            source=detail.get("source") or row.source,
        )
        return place

    def embedded_number(self, place: Place) -> int | None:
        """Return the embedded row of a place, or None."""
        number = self._numbers.get(place.place_id)
        return self._row_of(place.place_id) if number is None else number

    def unit_number(self, level: int, row: Row) -> int | None:
        """Return the row of the administrative unit (1 or 2) that a place lies in, or None."""
        return self.file.unit_row(level, row.admin1 if level == 1 else row.admin2)

    def _unit_name(self, level: int, row: Row, index: int) -> str | None:
        unit = self.unit_number(level, row)
        return None if unit is None or unit == index else self.file.row(unit).name


def _within(on: dt.date, since: str | None, until: str | None) -> bool:
    day = on.isoformat()
    return (not since or since <= day) and (not until or day <= until)
