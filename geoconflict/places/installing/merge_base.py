"""The bench on which a larger gazetteer is put together: tables in a temporary SQLite file, so that memory stays small.

It begins as a copy of the embedded gazetteer; :mod:`geoconflict.places.installing.merge` adds the installed sources.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from geoconflict.places.gazetteer_format import ALIAS_PREFIX, GazetteerFile, NameFlag, geonames_number

__all__ = ["FIRST_OTHER_KEY", "Bench"]

FIRST_OTHER_KEY = 1 << 40
"""A row's key is its GeoNames number; places without one get keys from here."""

_N_BUFFERED = 20_000

_TABLES = """
CREATE TABLE place (
    pk INTEGER PRIMARY KEY, place_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, lon REAL NOT NULL, lat REAL NOT NULL,
    feature TEXT NOT NULL, country TEXT NOT NULL, unit1 INTEGER, unit2 INTEGER, units TEXT NOT NULL DEFAULT '',
    population INTEGER NOT NULL, radius_m INTEGER NOT NULL, source TEXT NOT NULL, historical INTEGER NOT NULL,
    curated INTEGER NOT NULL, detail TEXT NOT NULL DEFAULT '',
    embedded INTEGER NOT NULL DEFAULT 0,  -- whether the embedded gazetteer has it
    seen INTEGER NOT NULL DEFAULT 0,      -- whether an installed source has it in its newest version
    region_id INTEGER NOT NULL DEFAULT 0, -- Who's On First's
    target INTEGER                        -- the place that this one turned out to be
);
CREATE TABLE name (pk INTEGER NOT NULL, key TEXT NOT NULL, flags INTEGER NOT NULL);
CREATE TABLE dated (pk INTEGER NOT NULL, text TEXT NOT NULL, key TEXT NOT NULL, since TEXT, until TEXT);
CREATE TABLE alias (alias TEXT PRIMARY KEY, pk INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE wof (wof_id INTEGER PRIMARY KEY, pk INTEGER NOT NULL);
"""
_PLACE_COLUMNS = (
    "pk, place_id, name, lon, lat, feature, country, unit1, unit2, units, population, radius_m, source, historical, "
    "curated, detail, embedded, seen, region_id"
)


class Bench:
    """The tables, and the few ways to fill them. `path` is a new file; it is not kept safe, for it can be made again."""

    def __init__(self, path: Path) -> None:
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.execute("PRAGMA journal_mode=OFF")
        self.base.execute("PRAGMA synchronous=OFF")
        self.base.execute("PRAGMA temp_store=FILE")
        self.base.execute("PRAGMA cache_size=-65536")
        self.base.executescript(_TABLES)
        self.base.execute("BEGIN")
        self._next_key = FIRST_OTHER_KEY
        self._places: list[tuple[Any, ...]] = []
        self._names: list[tuple[int, str, int]] = []
        self._dated: list[tuple[Any, ...]] = []
        self.keys: set[int] = set()
        """Of all places."""
        self.aliases: dict[int, int] = {}
        """GeoNames number -> key of the row that it leads to."""

    def close(self) -> None:
        """Let go of the file."""
        self.base.close()

    def new_key(self) -> int:
        """Return a key for a place without a GeoNames number."""
        self._next_key += 1
        return self._next_key

    # ------------------------------------------------------------ the embedded gazetteer
    def add_embedded(self, file: GazetteerFile) -> None:
        """Copy all places, names and ids of a gazetteer."""
        keys = [self._key_of(file.row(index).place_id) for index in range(file.n_places)]
        self.add_places(self._embedded_rows(file, keys))
        names = ((file.trie.restore_key(number), number) for number in range(len(file.trie)))
        self.add_names(
            (keys[row], key, flags)
            for key, number in names
            if not key.startswith(ALIAS_PREFIX)
            for row, flags in file.postings(number)
        )
        for key in file.trie.iterkeys(ALIAS_PREFIX):
            self.add_alias(key.removeprefix(ALIAS_PREFIX), keys[file.postings(file.trie[key])[0][0]])
        self.flush()

    def _embedded_rows(self, file: GazetteerFile, keys: list[int]) -> Iterable[tuple[Any, ...]]:
        for index, key in enumerate(keys):
            row = file.row(index)
            unit1, unit2 = file.unit_row(1, row.admin1), file.unit_row(2, row.admin2)
            detail = self.detail_text(file.detail(index)) if row.has_detail else ""
            yield (
                key, row.place_id, row.name, row.lon, row.lat, row.feature, row.country,
                None if unit1 is None else keys[unit1], None if unit2 is None else keys[unit2], "",
                row.population, 0 if self._is_made(row.feature) else row.radius_m, row.source, row.historical,
                row.curated, detail, 1, 0, 0,
            )  # fmt: skip

    @staticmethod
    def _is_made(feature: str) -> bool:
        """Whether the radius of such a row is made from its population when it is read."""
        return feature.startswith("PPL")

    def _key_of(self, place_id: str) -> int:
        return geonames_number(place_id) or self.new_key()

    # ------------------------------------------------------------ rows
    def add_places(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows of the place table's first columns up to `embedded`, and `region_id`."""
        for row in rows:
            self.keys.add(row[0])
            self._places.append(row)
        if len(self._places) > _N_BUFFERED:
            self.flush()

    @staticmethod
    def detail_text(detail: Mapping[str, Any]) -> str:
        """Return what the column `detail` keeps; empty values are left out."""
        kept = {key: value for key, value in detail.items() if value}
        return json.dumps(kept, ensure_ascii=False) if kept else ""

    def add_names(self, rows: Iterable[tuple[int, str, int]]) -> None:
        """Insert (key of the place, folded name, flags)."""
        self._names += rows
        if len(self._names) > _N_BUFFERED:
            self.flush()

    def add_dated_name(self, pk: int, text: str, key: str, flags: int, since: str | None, until: str | None) -> None:
        """Insert a name, and where it has dates, when it was in use."""
        dated = bool(since or until)
        self._names.append((pk, key, flags | NameFlag.DATED * dated))
        if dated:
            self._dated.append((pk, text, key, since, until))
        if len(self._names) > _N_BUFFERED:
            self.flush()

    def flush(self) -> None:
        """Write what is buffered; before the tables are read."""
        marks = ", ".join("?" * (_PLACE_COLUMNS.count(",") + 1))
        self.base.executemany(f"INSERT INTO place ({_PLACE_COLUMNS}) VALUES ({marks})", self._places)  # noqa: S608
        self.base.executemany("INSERT INTO name VALUES (?, ?, ?)", self._names)
        self.base.executemany("INSERT INTO dated VALUES (?, ?, ?, ?, ?)", self._dated)
        self._places, self._names, self._dated = [], [], []

    def add_alias(self, alias: str, pk: int) -> None:
        """Let another id lead to a place."""
        self.base.execute("INSERT OR REPLACE INTO alias VALUES (?, ?)", (alias, pk))
        number = geonames_number(alias)
        if number:
            self.aliases[number] = pk

    def aliased(self, alias: str) -> int | None:
        """Return the key of the place that an id leads to, be it its own or another, or None."""
        self.flush()
        row = self.base.execute("SELECT pk FROM alias WHERE alias = ?", (alias,)).fetchone()
        row = row or self.base.execute("SELECT pk FROM place WHERE place_id = ?", (alias,)).fetchone()
        return None if row is None else int(row[0])

    def key_of_geonames(self, number: int) -> int | None:
        """Return the key of the place that a GeoNames number leads to, or None if there is none."""
        pk = self.aliases.get(number, number)
        return pk if pk in self.keys else None
