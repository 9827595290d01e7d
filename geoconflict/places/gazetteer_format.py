"""The gazetteer's file format: a trie of names and one flat file, both memory-mapped and read in small pieces.

``names.marisa`` is a marisa trie of all keys (:func:`geoconflict.places.names.fold`). ``places.bin`` holds::

    magic (8 bytes) | length of header (u32) | header (JSON: tables, section offsets, fingerprint, attribution)
    postings        3 bytes a key: a row with flags, or a pointer into `overflow` where several rows bear the name
    overflow        3 bytes each: rows with flags, the top bit set on all but the last of a name
    blocks          rows in blocks of 64, columns packed and deflated; `block_offsets` (u32) finds them
    admin1, admin2  u32: number of an administrative unit -> its row
    details         deflated JSON for rows that have more to tell (dated names, geometry, source); `detail_rows` (u32, sorted)

All integers are little-endian. Coordinates are kept in 1e-5 degrees (about one metre).
"""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from geoconflict.errors import GazetteerError
from geoconflict.ids import canonical_json, fingerprint

__all__ = [
    "ALIAS_PREFIX",
    "FORMAT",
    "NAMES_FILE",
    "PLACES_FILE",
    "EntryName",
    "GazetteerEntry",
    "GazetteerFile",
    "NameFlag",
    "Row",
    "write_gazetteer",
]

FORMAT = 1
MAGIC = b"GCGAZ\x00\x00\x01"
NAMES_FILE = "names.marisa"
PLACES_FILE = "places.bin"
BLOCK_ROWS = 64
ALIAS_PREFIX = "="
"""Keys that are place ids and not names begin with it; no folded name does."""

_ROW_BITS = 17
_ROW_MASK = (1 << _ROW_BITS) - 1
_TOP = 1 << 23
_COLUMNS = "IiiIIBHHBBB"  # id, lon, lat, population, radius, country, admin1, admin2, feature, source, flags


class NameFlag:
    """Bits of a posting: what a name is to its place."""

    PRIMARY = 1
    DATED = 2
    """The detail says from when to when."""
    OLD = 4
    """Only an older snapshot of the source has the name."""
    VARIANT = 8
    """Made by rule from another name, for example without "Province"."""


class RowFlag:
    """Bits of a row."""

    CURATED = 1
    HISTORICAL = 2
    """Only an older snapshot of the source has the place."""
    DETAIL = 4


@dataclass(frozen=True, slots=True)
class EntryName:
    """One name of a place, as the build script or a user's table gives it."""

    text: str
    key: str
    """What it is found by: a folded name, or an abbreviation in capitals."""
    flags: int = 0
    valid_from: str | None = None
    """ISO date."""
    valid_to: str | None = None


@dataclass(slots=True)
class GazetteerEntry:
    """One place on its way into the file."""

    place_id: str
    name: str
    lon: float
    lat: float
    feature: str
    """A code of the header's table `features`."""
    country: str = ""
    """ISO 3166-1 alpha-3, or empty."""
    admin1: str = ""
    """Code of the first-level unit ("UA.05"), or empty."""
    admin2: str = ""
    population: int = 0
    radius_m: int = 0
    source: str = ""
    historical: bool = False
    curated: bool = False
    names: list[EntryName] = field(default_factory=list)
    detail: dict[str, Any] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    """Other place ids that lead here."""
    unit: str = ""
    """The code of the administrative unit that this entry is, for others' `admin1` and `admin2`."""


class Row(NamedTuple):
    """One place as the file keeps it."""

    place_id: str
    name: str
    lon: float
    lat: float
    population: int
    radius_m: int
    country: str
    admin1: int
    """Number of the first-level unit; 0 is none."""
    admin2: int
    feature: str
    source: str
    curated: bool
    historical: bool
    has_detail: bool


def _pack3(values: Sequence[int]) -> bytes:
    return b"".join(value.to_bytes(3, "little") for value in values)


def write_gazetteer(folder: Path, entries: Sequence[GazetteerEntry], header: Mapping[str, Any]) -> dict[str, Any]:
    """Write `entries` into `folder` and return the header written.

    Parameters
    ----------
    folder
        Where ``names.marisa`` and ``places.bin`` go.
    entries
        The places; their order does not matter.
    header
        `features` (code -> [kind, precision]), `attribution` and whatever else a reader should know.

    Raises
    ------
    ValueError
        If there are more places than a posting can number, or two places share an id.
    """
    import marisa_trie

    def order(entry: GazetteerEntry) -> tuple[int, str]:
        return _geonames_id(entry.place_id) or 1 << 32, entry.place_id

    rows = sorted(entries, key=order)
    if len(rows) > _ROW_MASK:
        msg = f"{len(rows)} places, but a posting numbers no more than {_ROW_MASK}"
        raise ValueError(msg)
    ids = [entry.place_id for entry in rows]
    if len(set(ids)) < len(ids):
        msg = f"place ids are not unique: {', '.join(one for one, n in sorted(Counter(ids).items()) if n > 1)}"
        raise ValueError(msg)
    tables = {
        "countries": ["", *sorted({entry.country for entry in rows} - {""})],
        "sources": sorted({entry.source for entry in rows}),
        "features": sorted(header["features"]),
    }
    units = {entry.unit: index for index, entry in enumerate(rows) if entry.unit}
    used1 = ["", *sorted({entry.admin1 for entry in rows} & units.keys())]
    used2 = ["", *sorted({entry.admin2 for entry in rows} & units.keys())]

    postings: dict[str, dict[int, int]] = {}
    details: list[tuple[int, bytes]] = []
    for index, entry in enumerate(rows):
        for name in entry.names:
            flags = name.flags | (NameFlag.DATED if name.valid_from or name.valid_to else 0)
            by_row = postings.setdefault(name.key, {})
            by_row[index] = _merge_flags(by_row.get(index), flags)
        for alias in entry.aliases:
            postings.setdefault(ALIAS_PREFIX + alias, {})[index] = 0
        if entry.detail:
            details.append((index, zlib.compress(canonical_json(entry.detail).encode(), 9)))

    trie = marisa_trie.Trie(sorted(postings), num_tries=8)
    singles = [0] * len(postings)
    overflow: list[int] = []
    for key in sorted(postings):
        packed = [row | flags << _ROW_BITS for row, flags in sorted(postings[key].items())]
        if len(packed) == 1:
            singles[trie[key]] = packed[0]
        else:
            singles[trie[key]] = _TOP | len(overflow)
            overflow += [one | _TOP for one in packed[:-1]] + packed[-1:]

    blocks: list[bytes] = []
    lookup1 = {code: number for number, code in enumerate(used1)}
    lookup2 = {code: number for number, code in enumerate(used2)}
    for start in range(0, len(rows), BLOCK_ROWS):
        blocks.append(_pack_block(rows[start : start + BLOCK_ROWS], tables, lookup1, lookup2))
    sections = {
        "postings": _pack3(singles),
        "overflow": _pack3(overflow),
        "blocks": b"".join(blocks),
        "block_offsets": _offsets(blocks),
        "admin1": struct.pack(f"<{len(used1)}I", 0, *(units[code] for code in used1[1:])),
        "admin2": struct.pack(f"<{len(used2)}I", 0, *(units[code] for code in used2[1:])),
        "detail_rows": struct.pack(f"<{len(details)}I", *(row for row, _ in details)),
        "detail_offsets": _offsets([blob for _, blob in details]),
        "details": b"".join(blob for _, blob in details),
    }
    names = trie.tobytes()
    full: dict[str, Any] = {**header, "format": FORMAT, "n_places": len(rows), "n_names": len(postings), **tables}
    full["feature_kinds"] = [list(header["features"][code]) for code in tables["features"]]
    full["fingerprint"] = fingerprint(names, *sections.values(), canonical_json(full).encode())
    offset = 0
    full["sections"] = {}
    for name, blob in sections.items():
        full["sections"][name] = [offset, len(blob)]
        offset += len(blob)
    head = canonical_json(full).encode()
    (folder / NAMES_FILE).write_bytes(names)
    (folder / PLACES_FILE).write_bytes(MAGIC + struct.pack("<I", len(head)) + head + b"".join(sections.values()))
    return full


def _merge_flags(old: int | None, new: int) -> int:
    """Two spellings of one place fold alike: primary if either is, old or made by rule only if both are."""
    if old is None:
        return new
    either = NameFlag.PRIMARY
    both = NameFlag.OLD | NameFlag.VARIANT | NameFlag.DATED
    return ((old | new) & either) | (old & new & both)


def _geonames_id(place_id: str) -> int:
    source, _, key = place_id.partition(":")
    return int(key) if source == "geonames" and key.isdecimal() else 0


def _offsets(blobs: Sequence[bytes]) -> bytes:
    values = [0]
    for blob in blobs:
        values.append(values[-1] + len(blob))
    return struct.pack(f"<{len(values)}I", *values)


def _pack_block(
    rows: Sequence[GazetteerEntry], tables: Mapping[str, list[str]], admin1: Mapping[str, int], admin2: Mapping[str, int]
) -> bytes:
    n = len(rows)
    ids = [_geonames_id(row.place_id) for row in rows]
    previous = [0, *ids[:-1]]
    columns = [
        [max(0, one - last) for one, last in zip(ids, previous, strict=True)],
        [round(row.lon * 1e5) for row in rows],
        [round(row.lat * 1e5) for row in rows],
        [row.population for row in rows],
        [row.radius_m for row in rows],
        [tables["countries"].index(row.country) for row in rows],
        [admin1.get(row.admin1, 0) for row in rows],
        [admin2.get(row.admin2, 0) for row in rows],
        [tables["features"].index(row.feature) for row in rows],
        [tables["sources"].index(row.source) for row in rows],
        [
            RowFlag.CURATED * row.curated | RowFlag.HISTORICAL * row.historical | RowFlag.DETAIL * bool(row.detail)
            for row in rows
        ],
    ]
    packed = struct.pack("<" + "".join(f"{n}{code}" for code in _COLUMNS), *(v for column in columns for v in column))
    names = "\n".join(row.name if gid else f"{row.name}\t{row.place_id}" for row, gid in zip(rows, ids, strict=True))
    return zlib.compress(packed + names.encode(), 9)


class GazetteerFile:
    """The two files opened for reading. Nothing is parsed but the header; pages come in as they are touched."""

    def __init__(self, folder: Path) -> None:
        import marisa_trie

        places = folder / PLACES_FILE
        try:
            with places.open("rb") as stream:
                self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
            self.trie = marisa_trie.Trie().mmap(str(folder / NAMES_FILE))
        except (OSError, ValueError, RuntimeError) as error:
            msg = f"{folder}: the gazetteer cannot be opened ({error}); reinstall geoconflict or name a folder that holds {NAMES_FILE} and {PLACES_FILE}"
            raise GazetteerError(msg) from error
        if self._map[: len(MAGIC)] != MAGIC:
            msg = f"{places}: not a gazetteer of format {FORMAT}; rebuild it with scripts/build_gazetteer.py"
            raise GazetteerError(msg)
        (size,) = struct.unpack_from("<I", self._map, len(MAGIC))
        base = len(MAGIC) + 4 + size
        self.header: dict[str, Any] = json.loads(self._map[len(MAGIC) + 4 : base])
        self._at = {name: base + offset for name, (offset, _) in self.header["sections"].items()}
        self._size = {name: size for name, (_, size) in self.header["sections"].items()}
        self.n_places: int = self.header["n_places"]
        if len(self._map) != base + sum(self._size.values()) or len(self.trie) != self.header["n_names"]:
            msg = f"{folder}: {NAMES_FILE} and {PLACES_FILE} do not belong together or are cut short; reinstall geoconflict"
            raise GazetteerError(msg)
        self._blocks: dict[int, list[Row]] = {}

    def close(self) -> None:
        """Let go of the map."""
        self._map.close()

    def postings(self, key_id: int) -> list[tuple[int, int]]:
        """Return (row, flags) of all places that bear the name with this id in the trie."""
        value = self._entry("postings", key_id)
        if not value & _TOP:
            return [(value & _ROW_MASK, value >> _ROW_BITS)]
        found = []
        index = value & ~_TOP
        while True:
            value = self._entry("overflow", index)
            found.append((value & _ROW_MASK, (value & ~_TOP) >> _ROW_BITS))
            if not value & _TOP:
                return found
            index += 1

    def _entry(self, section: str, index: int) -> int:
        at = self._at[section] + 3 * index
        return int.from_bytes(self._map[at : at + 3], "little")

    def _number(self, section: str, index: int) -> int:
        (value,) = struct.unpack_from("<I", self._map, self._at[section] + 4 * index)
        return int(value)

    def row(self, index: int) -> Row:
        """Return one place."""
        number, inside = divmod(index, BLOCK_ROWS)
        block = self._blocks.get(number)
        if block is None:
            block = self._blocks[number] = self._read_block(number)
        return block[inside]

    def _read_block(self, number: int) -> list[Row]:
        at = self._at["blocks"]
        blob = zlib.decompress(
            self._map[at + self._number("block_offsets", number) : at + self._number("block_offsets", number + 1)]
        )
        n = min(BLOCK_ROWS, self.n_places - number * BLOCK_ROWS)
        layout = struct.Struct("<" + "".join(f"{n}{code}" for code in _COLUMNS))
        values = layout.unpack_from(blob)
        columns = [values[start : start + n] for start in range(0, len(values), n)]
        names = blob[layout.size :].decode().split("\n")
        countries, features, sources = self.header["countries"], self.header["features"], self.header["sources"]
        rows = []
        geonames_id = 0
        for delta, lon, lat, pop, radius, country, admin1, admin2, feature, source, flags, text in zip(
            *columns, names, strict=True
        ):
            geonames_id += delta
            name, _, place_id = text.partition("\t")
            rows.append(
                Row(
                    place_id or f"geonames:{geonames_id}",
                    name,
                    lon / 1e5,
                    lat / 1e5,
                    pop,
                    radius,
                    countries[country],
                    admin1,
                    admin2,
                    features[feature],
                    sources[source],
                    bool(flags & RowFlag.CURATED),
                    bool(flags & RowFlag.HISTORICAL),
                    bool(flags & RowFlag.DETAIL),
                )
            )
        return rows

    def unit_row(self, level: int, number: int) -> int | None:
        """Return the row of the administrative unit with this number, or None for 0."""
        return self._number(f"admin{level}", number) if number else None

    def detail(self, index: int) -> dict[str, Any]:
        """Return what a row has beyond its columns; empty when it has nothing."""
        n = self._size["detail_rows"] // 4
        at = bisect_left(range(n), index, key=lambda i: self._number("detail_rows", i))
        if at == n or self._number("detail_rows", at) != index:
            return {}
        base = self._at["details"]
        blob = self._map[base + self._number("detail_offsets", at) : base + self._number("detail_offsets", at + 1)]
        found: dict[str, Any] = json.loads(zlib.decompress(blob))
        return found

    def row_of(self, place_id: str) -> int | None:
        """Return the row of a place id, or None."""
        alias = ALIAS_PREFIX + place_id
        if alias in self.trie:
            return self.postings(self.trie[alias])[0][0]
        wanted = (_geonames_id(place_id) or 1 << 32, place_id)

        def key(index: int) -> tuple[int, str]:
            found = self.row(index).place_id
            return _geonames_id(found) or 1 << 32, found

        at = bisect_left(range(self.n_places), wanted, key=key)
        return at if at < self.n_places and self.row(at).place_id == place_id else None

    def keys_of(self, index: int) -> Iterator[tuple[str, int]]:
        """Yield (key, flags) of all names of a row; a scan of all postings, about a millisecond."""
        low = (index & 0xFFFF).to_bytes(2, "little")
        overflowing: list[int] = []
        for section in ("overflow", "postings"):
            start, size = self._at[section], self._size[section]
            at = self._map.find(low, start, start + size)
            while at >= 0:
                position, rest = divmod(at - start, 3)
                if not rest:
                    value = self._entry(section, position)
                    if value & _ROW_MASK == index:
                        if section == "overflow":
                            overflowing.append(position)
                        elif not value & _TOP:
                            yield self.trie.restore_key(position), value >> _ROW_BITS
                at = self._map.find(low, at + 1, start + size)
        for position in overflowing:
            first = position
            while first and self._entry("overflow", first - 1) & _TOP:
                first -= 1
            pointer = (_TOP | first).to_bytes(3, "little")
            start, size = self._at["postings"], self._size["postings"]
            at = self._map.find(pointer, start, start + size)
            while at >= 0 and (at - start) % 3:
                at = self._map.find(pointer, at + 1, start + size)
            yield self.trie.restore_key((at - start) // 3), (self._entry("overflow", position) & ~_TOP) >> _ROW_BITS
