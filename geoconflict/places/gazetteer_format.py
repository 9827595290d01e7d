"""The gazetteer's file format: a trie of names and one flat file, both memory-mapped and read in small pieces.

``names.marisa`` is a marisa trie of all keys (:func:`geoconflict.places.names.fold`). ``places.bin`` holds::

    magic (8 bytes) | length of header (u32) | header (JSON: tables, section offsets, fingerprint, attribution)
    postings        3 bytes a key: a row with flags, or a pointer into `overflow` where several rows bear the name
    overflow        3 bytes each: rows with flags, the top bit set on all but the last of a name; both are of 4 bytes where
                    the header says so (`posting_bytes`), in files of more than 131,071 places
    blocks          rows in blocks of 128: columns, each byte by byte, then names, deflated; `block_offsets` (u32) finds them
    admin1, admin2  u32: number of an administrative unit -> its row
    spellings       ids of keys in buckets by the skeletons of the names (:mod:`geoconflict.places.spelling`), of 3 bytes, or
                    of 4 in files of more than 16,777,215 keys; `spelling_offsets` (u32, in ids) finds the buckets
    details         deflated JSON for rows that have more to tell (dated names, geometry, source); `detail_rows` (u32, sorted)

All integers are little-endian. Coordinates are kept in 1e-5 degrees (about one metre).
"""

from __future__ import annotations

import functools
import json
import math
import mmap
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
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
    "REINSTALL",
    "EntryName",
    "GazetteerEntry",
    "GazetteerFile",
    "NameFlag",
    "PostingShape",
    "Row",
    "key_id_bytes",
    "settlement_radius_m",
]

FORMAT = 1
MAGIC = b"GCGAZ\x00\x00\x01"
NAMES_FILE = "names.marisa"
PLACES_FILE = "places.bin"
BLOCK_ROWS = 128
KEPT_BLOCKS = 768
"""Blocks that a reader keeps inflated, some 8 MB with their rows. The sample reports need 400 of the 2,000; ten thousand news items, 840."""
ALIAS_PREFIX = "="
"""Keys that are place ids and not names begin with it; no folded name does."""

REINSTALL = "reinstall geoconflict: `pip install --force-reinstall --no-deps .` in a checkout of it"
"""What repairs the embedded gazetteer."""

COLUMNS = "IiiIIBHHBBB"  # id, lon, lat, population, radius, country, admin1, admin2, feature, source, flags
WIDTHS = [struct.calcsize("<" + code) for code in COLUMNS]
_UNKNOWN_POPULATION_RADIUS_M = 1500


class PostingShape(NamedTuple):
    """How postings of `n_bytes` are laid out, from the lowest bit: row, four bits of flags, and the top bit."""

    n_bytes: int
    row_bits: int
    row_mask: int
    top: int

    @classmethod
    def of(cls, n_bytes: int) -> PostingShape:
        """Return the layout of postings of 3 or 4 bytes."""
        bits = 8 * n_bytes - 7
        return cls(n_bytes, bits, (1 << bits) - 1, 1 << (8 * n_bytes - 1))

    @classmethod
    def for_rows(cls, n_rows: int) -> PostingShape:
        """Return the narrowest layout that numbers `n_rows` rows.

        Raises
        ------
        ValueError
            If there is none.
        """
        for n_bytes in (3, 4):
            shape = cls.of(n_bytes)
            if n_rows <= shape.row_mask:
                return shape
        msg = f"{n_rows} places, but a posting numbers no more than {shape.row_mask}"
        raise ValueError(msg)


def key_id_bytes(n_names: int) -> int:
    """Return in how many bytes the ids of `n_names` keys are kept in the section `spellings`."""
    return 3 if n_names < 1 << 24 else 4


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
    """0 in settlements: made from the population."""
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


def geonames_number(place_id: str) -> int:
    """Return the number of a GeoNames id, 0 for any other id."""
    source, _, key = place_id.partition(":")
    return int(key) if source == "geonames" and key.isdecimal() else 0


def _unsplit(split: bytes, width: int) -> bytes:
    raw = bytearray(len(split))
    n = len(split) // width
    for k in range(width):
        raw[k::width] = split[k * n : (k + 1) * n]
    return bytes(raw)


@functools.lru_cache(maxsize=4096)
def settlement_radius_m(population: int) -> int:
    """Return the radius in metres of a disc that holds `population` at 4,000 people a square kilometre, 1 to 25 km.

    An unknown population (0) is taken for a village of 1.5 km.
    """
    if not population:
        return _UNKNOWN_POPULATION_RADIUS_M
    return round(min(25_000.0, max(1000.0, 1000 * math.sqrt(population / (4000 * math.pi)))))


class _Block:
    """Rows that are packed together; each is made when it is first asked for, for most never are.

    Until then columns and names stay the bytes that they are in the file: as objects they take five times the room, and many
    hundred blocks are kept.

    Parameters
    ----------
    blob
        The inflated bytes of the block.
    n_rows
        How many rows it holds.
    header
        That of the file.
    """

    def __init__(self, blob: bytes, n_rows: int, header: Mapping[str, Any]) -> None:
        size = n_rows * sum(WIDTHS)
        self._columns, self._names = blob[:size], blob[size:]
        if self._names.count(b"\n") != n_rows - 1:
            msg = "names and columns differ in length"
            raise ValueError(msg)
        self._n_rows = n_rows
        self._header = header
        self._rows: dict[int, Row] = {}

    def __getitem__(self, at: int) -> Row:
        row = self._rows.get(at)
        if row is None:
            row = self._rows[at] = self._made(at)
        return row

    def _geonames_id(self, at: int) -> int:
        """Return the number of a row in GeoNames: the first column holds differences."""
        n, width = self._n_rows, WIDTHS[0]
        deltas = struct.unpack(f"<{n}{COLUMNS[0]}", _unsplit(self._columns[: n * width], width))
        return sum(deltas[: at + 1])

    def _numbers(self, at: int) -> Iterator[int]:
        """Yield what the other columns hold of a row: its bytes lie as far apart as the block has rows."""
        n = self._n_rows
        start = n * WIDTHS[0]
        for code, width in zip(COLUMNS[1:], WIDTHS[1:], strict=True):
            end = start + n * width
            yield int.from_bytes(self._columns[start + at : end : n], "little", signed=code.islower())
            start = end

    def _made(self, at: int) -> Row:
        lon, lat, pop, radius, country, admin1, admin2, feature, source, flags = self._numbers(at)
        name, _, place_id = self._names.split(b"\n", at + 1)[at].decode().partition("\t")
        return Row(
            place_id or f"geonames:{self._geonames_id(at)}",
            name,
            lon / 1e5,
            lat / 1e5,
            pop,
            radius or settlement_radius_m(pop),
            self._header["countries"][country],
            admin1,
            admin2,
            self._header["features"][feature],
            self._header["sources"][source],
            bool(flags & RowFlag.CURATED),
            bool(flags & RowFlag.HISTORICAL),
            bool(flags & RowFlag.DETAIL),
        )


class GazetteerFile:
    """The two files opened for reading. Nothing is parsed but the header; pages come in as they are touched.

    Opening compares sizes and counts; what is read later carries checksums of its own (deflated blocks); :meth:`verify`
    reads everything. `repair` is what an error tells the user to do.
    """

    def __init__(self, folder: Path, *, repair: str = REINSTALL) -> None:
        import marisa_trie

        places = self._places_path = folder / PLACES_FILE
        self._folder, self._repair = folder, repair
        try:
            with places.open("rb") as stream:
                self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
            self.trie = marisa_trie.Trie().mmap(str(folder / NAMES_FILE))
        except (OSError, ValueError, RuntimeError) as error:
            msg = f"{folder}: the gazetteer cannot be opened ({error}); it must hold {NAMES_FILE} and {PLACES_FILE}; {repair}"
            raise GazetteerError(msg) from error
        if self._map[: len(MAGIC)] != MAGIC:
            msg = f"{places}: not a gazetteer of format {FORMAT}; {repair}"
            raise GazetteerError(msg)
        try:
            (size,) = struct.unpack_from("<I", self._map, len(MAGIC))
            base = len(MAGIC) + 4 + size
            self.header: dict[str, Any] = json.loads(self._map[len(MAGIC) + 4 : base])
            self._at = {name: base + offset for name, (offset, _) in self.header["sections"].items()}
            self._size = {name: size for name, (_, size) in self.header["sections"].items()}
            self.n_places: int = self.header["n_places"]
            n_names = self.header["n_names"]
        except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise self._damaged() from error
        if len(self._map) != base + sum(self._size.values()) or len(self.trie) != n_names:
            msg = f"{folder}: {NAMES_FILE} and {PLACES_FILE} do not belong together or are cut short; {repair}"
            raise GazetteerError(msg)
        self._shape = PostingShape.of(self.header.get("posting_bytes", 3))
        self._blocks: dict[int, _Block] = {}
        """Those read last, the oldest first."""

    def close(self) -> None:
        """Let go of the map."""
        self._map.close()

    def _damaged(self) -> GazetteerError:
        return GazetteerError(
            f"{self._places_path}: damaged (what it holds does not fit its checksums); {self._repair}"
        )

    def verify(self) -> None:
        """Read both files whole and compare them with the fingerprint in the header; 2 ms a megabyte.

        Raises
        ------
        GazetteerError
            If they differ.
        """
        head = {key: value for key, value in self.header.items() if key not in {"fingerprint", "sections"}}
        # An empty section begins where the next one does.
        sections = sorted((self._at[name], self._size[name]) for name in self._at)
        names = (self._folder / NAMES_FILE).read_bytes()
        blobs = [self._map[at : at + size] for at, size in sections]
        if fingerprint(names, *blobs, canonical_json(head).encode()) != self.header.get("fingerprint"):
            msg = f"{self._folder}: damaged: {NAMES_FILE} and {PLACES_FILE} do not fit their checksum; {self._repair}"
            raise GazetteerError(msg)

    def postings(self, key_id: int) -> list[tuple[int, int]]:
        """Return (row, flags) of all places that bear the name with this id in the trie."""
        _, row_bits, row_mask, top = self._shape
        value = self._entry("postings", key_id)
        if not value & top:
            return [(value & row_mask, value >> row_bits)]
        found = []
        index = value & ~top
        while True:
            value = self._entry("overflow", index)
            found.append((value & row_mask, (value & ~top) >> row_bits))
            if not value & top:
                return found
            index += 1

    def _entry(self, section: str, index: int) -> int:
        width = self._shape.n_bytes
        at = self._at[section] + width * index
        return int.from_bytes(self._map[at : at + width], "little")

    def _number(self, section: str, index: int) -> int:
        (value,) = struct.unpack_from("<I", self._map, self._at[section] + 4 * index)
        return int(value)

    def row(self, index: int) -> Row:
        """Return one place."""
        number, inside = divmod(index, BLOCK_ROWS)
        try:
            block = self._blocks.pop(number, None)
            if block is None:
                if len(self._blocks) >= KEPT_BLOCKS:
                    del self._blocks[next(iter(self._blocks))]
                block = self._read_block(number)
            self._blocks[number] = block  # last: the one used longest ago goes first
            return block[inside]
        except (zlib.error, struct.error, ValueError, IndexError) as error:
            raise self._damaged() from error

    def rows_within(self, west: float, south: float, east: float, north: float) -> Iterator[tuple[int, Row]]:
        """Yield (row number, place) of all places in a box of degrees; a scan of the file, half a second in 270,000 places."""
        try:
            for number in range(-(-self.n_places // BLOCK_ROWS)):
                blob, n = self._block_bytes(number)
                start = WIDTHS[0] * n
                lon, lat = (
                    struct.unpack(f"<{n}i", _unsplit(blob[at : at + 4 * n], 4)) for at in (start, start + 4 * n)
                )
                found = [i for i in range(n) if west <= lon[i] / 1e5 <= east and south <= lat[i] / 1e5 <= north]
                if found:
                    rows = self._read_block(number)
                    yield from ((number * BLOCK_ROWS + i, rows[i]) for i in found)
        except (zlib.error, struct.error, ValueError, IndexError) as error:
            raise self._damaged() from error

    def _block_bytes(self, number: int) -> tuple[bytes, int]:
        """Return the inflated bytes of a block and the number of its rows."""
        at = self._at["blocks"]
        first, last = (self._number("block_offsets", number + one) for one in (0, 1))
        return zlib.decompress(self._map[at + first : at + last]), min(BLOCK_ROWS, self.n_places - number * BLOCK_ROWS)

    def _read_block(self, number: int) -> _Block:
        return _Block(*self._block_bytes(number), self.header)

    def n_buckets(self) -> int:
        """Return the number of buckets of names by their skeletons; 0 where an earlier version wrote the file."""
        size: int = self._size.get("spelling_offsets", 0)
        return max(0, size // 4 - 1)

    def bucket(self, number: int) -> list[str]:
        """Return the keys in a bucket: those of some skeletons, in the order of their ids."""
        width = key_id_bytes(len(self.trie))
        base, first, last = self._at["spellings"], *(self._number("spelling_offsets", number + one) for one in (0, 1))
        ids = self._map[base + width * first : base + width * last]
        try:
            return [
                self.trie.restore_key(int.from_bytes(ids[at : at + width], "little"))
                for at in range(0, len(ids), width)
            ]
        except KeyError as error:
            raise self._damaged() from error

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
        try:
            found: dict[str, Any] = json.loads(zlib.decompress(blob))
        except (zlib.error, ValueError) as error:
            raise self._damaged() from error
        return found

    def is_replaced(self, place_id: str) -> bool:
        """Whether an id leads to the row of another one, which replaced it."""
        return ALIAS_PREFIX + place_id in self.trie

    def row_of(self, place_id: str) -> int | None:
        """Return the row of a place id, or None."""
        if self.is_replaced(place_id):
            return self.postings(self.trie[ALIAS_PREFIX + place_id])[0][0]
        wanted = (geonames_number(place_id) or 1 << 32, place_id)

        def key(index: int) -> tuple[int, str]:
            found = self.row(index).place_id
            return geonames_number(found) or 1 << 32, found

        at = bisect_left(range(self.n_places), wanted, key=key)
        return at if at < self.n_places and self.row(at).place_id == place_id else None

    def keys_of(self, index: int) -> Iterator[tuple[str, int]]:
        """Yield (key, flags) of all names of a row; a scan of all postings, about a millisecond in 200,000 names."""
        width, row_bits, row_mask, top = self._shape
        low = (index & 0xFFFF).to_bytes(2, "little")
        overflowing: list[int] = []
        for section in ("overflow", "postings"):
            start, size = self._at[section], self._size[section]
            at = self._map.find(low, start, start + size)
            while at >= 0:
                position, rest = divmod(at - start, width)
                if not rest:
                    value = self._entry(section, position)
                    if value & row_mask == index:
                        if section == "overflow":
                            overflowing.append(position)
                        elif not value & top:
                            yield self.trie.restore_key(position), value >> row_bits
                at = self._map.find(low, at + 1, start + size)
        for position in overflowing:
            first = position
            while first and self._entry("overflow", first - 1) & top:
                first -= 1
            pointer = (top | first).to_bytes(width, "little")
            start, size = self._at["postings"], self._size["postings"]
            at = self._map.find(pointer, start, start + size)
            while at >= 0 and (at - start) % width:
                at = self._map.find(pointer, at + 1, start + size)
            yield self.trie.restore_key((at - start) // width), (self._entry("overflow", position) & ~top) >> row_bits
