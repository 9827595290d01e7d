"""Writing the gazetteer's files: what :mod:`geoconflict.places.gazetteer_format` reads. Used by the build script and tests."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geoconflict.ids import canonical_json, fingerprint
from geoconflict.places.gazetteer_format import (
    ALIAS_PREFIX,
    BLOCK_ROWS,
    COLUMNS,
    FORMAT,
    MAGIC,
    NAMES_FILE,
    PLACES_FILE,
    ROW_BITS,
    ROW_MASK,
    TOP,
    WIDTHS,
    GazetteerEntry,
    NameFlag,
    RowFlag,
    geonames_number,
)

__all__ = ["write_gazetteer"]


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
        return geonames_number(entry.place_id) or 1 << 32, entry.place_id

    rows = sorted(entries, key=order)
    if len(rows) > ROW_MASK:
        msg = f"{len(rows)} places, but a posting numbers no more than {ROW_MASK}"
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
        packed = [row | flags << ROW_BITS for row, flags in sorted(postings[key].items())]
        if len(packed) == 1:
            singles[trie[key]] = packed[0]
        else:
            singles[trie[key]] = TOP | len(overflow)
            overflow += [one | TOP for one in packed[:-1]] + packed[-1:]

    lookup1 = {code: number for number, code in enumerate(used1)}
    lookup2 = {code: number for number, code in enumerate(used2)}
    blocks = [
        _pack_block(rows[start : start + BLOCK_ROWS], tables, lookup1, lookup2)
        for start in range(0, len(rows), BLOCK_ROWS)
    ]
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
    for section, blob in sections.items():
        full["sections"][section] = [offset, len(blob)]
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


def _pack3(values: Sequence[int]) -> bytes:
    return b"".join(value.to_bytes(3, "little") for value in values)


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
