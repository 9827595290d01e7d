"""Writing the gazetteer's files: what :mod:`geoconflict.places.gazetteer_format` reads. Used by the build script, by the installation of more places, and by tests."""

from __future__ import annotations

import struct
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoconflict.batches import in_batches
from geoconflict.ids import canonical_json, fingerprint
from geoconflict.places.gazetteer_format import (
    ALIAS_PREFIX,
    BLOCK_ROWS,
    COLUMNS,
    FORMAT,
    MAGIC,
    NAMES_FILE,
    PLACES_FILE,
    WIDTHS,
    GazetteerEntry,
    NameFlag,
    PostingShape,
    RowFlag,
    geonames_number,
    key_id_bytes,
)
from geoconflict.places.spelling import bucket, skeleton_of_key

if TYPE_CHECKING:
    import marisa_trie

__all__ = ["SortedPlaces", "merge_flags", "row_order", "write_gazetteer", "write_sorted"]


@dataclass(frozen=True, slots=True)
class SortedPlaces:
    """Places in the order of the file, for a writer that holds none but those of one block in memory."""

    n_places: int
    rows: Callable[[], Iterable[GazetteerEntry]]
    """In the order of :func:`row_order`; names may be left out of them."""
    keys: Callable[[], Iterable[str]]
    """Every key once, in the order of its code points."""
    postings: Callable[[], Iterable[tuple[str, Sequence[tuple[int, int]]]]]
    """The same keys, each with (row, flags) of its places by row."""
    countries: Sequence[str]
    """All that occur, sorted, without the empty one."""
    sources: Sequence[str]
    """All that occur, sorted."""
    units: tuple[Mapping[str, int], Mapping[str, int]]
    """Code of a first-level and of a second-level unit that other rows name -> its row, by code."""


def row_order(place_id: str) -> tuple[int, str]:
    """Return what rows are sorted by: GeoNames' number first, then all other ids."""
    return geonames_number(place_id) or 1 << 32, place_id


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
    rows = sorted(entries, key=lambda entry: row_order(entry.place_id))
    ids = [entry.place_id for entry in rows]
    if len(set(ids)) < len(ids):
        msg = f"place ids are not unique: {', '.join(one for one, n in sorted(Counter(ids).items()) if n > 1)}"
        raise ValueError(msg)
    units = {entry.unit: index for index, entry in enumerate(rows) if entry.unit}
    used1 = sorted({entry.admin1 for entry in rows} & units.keys())
    used2 = sorted({entry.admin2 for entry in rows} & units.keys())
    postings: dict[str, dict[int, int]] = {}
    for index, entry in enumerate(rows):
        for name in entry.names:
            flags = name.flags | (NameFlag.DATED if name.valid_from or name.valid_to else 0)
            by_row = postings.setdefault(name.key, {})
            by_row[index] = merge_flags(by_row.get(index), flags)
        for alias in entry.aliases:
            postings.setdefault(ALIAS_PREFIX + alias, {})[index] = 0
    places = SortedPlaces(
        n_places=len(rows),
        rows=lambda: rows,
        keys=lambda: sorted(postings),
        postings=lambda: ((key, sorted(postings[key].items())) for key in sorted(postings)),
        countries=sorted({entry.country for entry in rows} - {""}),
        sources=sorted({entry.source for entry in rows}),
        units=({code: units[code] for code in used1}, {code: units[code] for code in used2}),
    )
    return write_sorted(folder, places, header)


def write_sorted(folder: Path, places: SortedPlaces, header: Mapping[str, Any]) -> dict[str, Any]:
    """Write `places` into `folder` and return the header written; see :func:`write_gazetteer`.

    Memory goes with the files' size and not with the rows: about a tenth of what a list of the rows would take.
    """
    import marisa_trie

    shape = PostingShape.for_rows(places.n_places)
    tables = {
        "countries": ["", *places.countries],
        "sources": list(places.sources),
        "features": sorted(header["features"]),
    }
    trie = marisa_trie.Trie(places.keys(), num_tries=8)
    singles = array("I", bytes(4 * len(trie)))
    overflow = array("I")
    for key, by_row in places.postings():
        packed = [row | flags << shape.row_bits for row, flags in by_row]
        if len(packed) == 1:
            singles[trie[key]] = packed[0]
        else:
            singles[trie[key]] = shape.top | len(overflow)
            overflow.extend([*(one | shape.top for one in packed[:-1]), packed[-1]])

    blocks, details = _blocks_and_details(places, tables)
    spellings, spelling_offsets = _spellings(trie)
    units1, units2 = places.units
    sections = {
        "postings": _pack(singles, shape.n_bytes),
        "overflow": _pack(overflow, shape.n_bytes),
        "blocks": b"".join(blocks),
        "block_offsets": _offsets(blocks),
        "admin1": struct.pack(f"<{len(units1) + 1}I", 0, *units1.values()),
        "admin2": struct.pack(f"<{len(units2) + 1}I", 0, *units2.values()),
        "spellings": spellings,
        "spelling_offsets": spelling_offsets,
        "detail_rows": struct.pack(f"<{len(details)}I", *(row for row, _ in details)),
        "detail_offsets": _offsets([blob for _, blob in details]),
        "details": b"".join(blob for _, blob in details),
    }
    names = trie.tobytes()
    full: dict[str, Any] = {**header, "format": FORMAT, "n_places": places.n_places, "n_names": len(trie), **tables}
    if shape.n_bytes != 3:
        full["posting_bytes"] = shape.n_bytes
    full["feature_kinds"] = [list(header["features"][code]) for code in tables["features"]]
    full["fingerprint"] = fingerprint(names, *sections.values(), canonical_json(full).encode())
    offset = 0
    full["sections"] = {}
    for section, blob in sections.items():
        full["sections"][section] = [offset, len(blob)]
        offset += len(blob)
    head = canonical_json(full).encode()
    (folder / NAMES_FILE).write_bytes(names)
    with (folder / PLACES_FILE).open("wb") as file:
        file.writelines([MAGIC, struct.pack("<I", len(head)), head, *sections.values()])
    return full


def _blocks_and_details(
    places: SortedPlaces, tables: Mapping[str, list[str]]
) -> tuple[list[bytes], list[tuple[int, bytes]]]:
    lookup1 = {code: number for number, code in enumerate(places.units[0], 1)}
    lookup2 = {code: number for number, code in enumerate(places.units[1], 1)}
    blocks: list[bytes] = []
    details: list[tuple[int, bytes]] = []
    for block in in_batches(places.rows(), BLOCK_ROWS):
        for index, entry in enumerate(block, len(blocks) * BLOCK_ROWS):
            if entry.detail:
                details.append((index, zlib.compress(canonical_json(entry.detail).encode(), 9)))
        blocks.append(_pack_block(block, tables, lookup1, lookup2))
    return blocks, details


_NAMES_PER_BUCKET = 16


def _spellings(trie: marisa_trie.Trie) -> tuple[bytes, bytes]:
    """Return the sections `spellings` and `spelling_offsets`: names in buckets by their skeletons."""
    import numpy as np

    n_buckets = max(1, len(trie) // _NAMES_PER_BUCKET)
    buckets = np.full(len(trie), n_buckets, dtype=np.uint32)  # a last one, which is cut off, for what is no name
    for key, key_id in trie.iteritems():
        found = "" if key.startswith(ALIAS_PREFIX) or key.isupper() else skeleton_of_key(key)
        if found:
            buckets[key_id] = bucket(found, n_buckets)
    counts = np.bincount(buckets, minlength=n_buckets + 1)[:n_buckets]
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype("<u4")
    ids = np.argsort(buckets, kind="stable")[: offsets[-1]].astype("<u4")
    return ids.view(np.uint8).reshape(-1, 4)[:, : key_id_bytes(len(trie))].tobytes(), offsets.tobytes()


def merge_flags(old: int | None, new: int) -> int:
    """Return the flags of one key of one place by two spellings: primary if either is, old or made by rule only if both are."""
    if old is None:
        return new
    either = NameFlag.PRIMARY
    both = NameFlag.OLD | NameFlag.VARIANT | NameFlag.DATED
    return ((old | new) & either) | (old & new & both)


def _pack(values: Iterable[int], width: int) -> bytes:
    return b"".join(value.to_bytes(width, "little") for value in values)


def _offsets(blobs: Sequence[bytes]) -> bytes:
    values = [0]
    for blob in blobs:
        values.append(values[-1] + len(blob))
    return struct.pack(f"<{len(values)}I", *values)


def _pack_block(
    rows: Sequence[GazetteerEntry],
    tables: Mapping[str, list[str]],
    admin1: Mapping[str, int],
    admin2: Mapping[str, int],
) -> bytes:
    n = len(rows)
    ids = [geonames_number(row.place_id) for row in rows]
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
    packed = b"".join(
        _split(struct.pack(f"<{n}{code}", *column), width)
        for column, code, width in zip(columns, COLUMNS, WIDTHS, strict=True)
    )
    names = "\n".join(row.name if gid else f"{row.name}\t{row.place_id}" for row, gid in zip(rows, ids, strict=True))
    return zlib.compress(packed + names.encode(), 9)


def _split(raw: bytes, width: int) -> bytes:
    """Put the lowest bytes of all values first, then the next: like bytes stand together and deflate well."""
    return b"".join(raw[k::width] for k in range(width))
