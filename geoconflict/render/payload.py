"""Columns to bytes: the data block that a map page carries. Pure: no folium, no pandas, no clock.

A block is ``gzip(header length as uint32 little-endian, header as JSON, column bytes one after the other)``. The header
names every column with its kind, its number of values and how its bytes are read:

``ints``
    Whole numbers. Optionally delta coded (each value minus the one before), zigzag coded when any is negative, then
    written as unsigned integers of the smallest of 1, 2 or 4 bytes that holds them all; wider than one byte, all low
    bytes come first, then all second bytes, and so on, which gzip packs better.
``texts``
    UTF-8 strings end to end, with their lengths in bytes as an ``ints`` column: no separator, so any character may occur.
``codes``
    A dictionary (``texts``, commonest first) and an index into it per row (``ints``).
``lists``
    Several codes a row: how many each row has (``ints``), then the codes of all rows one after the other (``ints``), and
    their dictionary (``texts``, commonest first).

The page reads a block with ``assets/payload.js``; :func:`unpack_block` is the same reader in Python.
"""

from __future__ import annotations

import base64
import gzip
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from geoconflict.errors import MapError

__all__ = [
    "Codes",
    "Column",
    "Ints",
    "Lists",
    "Texts",
    "clean_text",
    "pack_block",
    "to_base64",
    "unpack_block",
    "utf16_offset",
]

IntArray: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ints:
    """A column of whole numbers within 32 bits, shape (n,). `delta` suits sorted columns and coordinates along a line."""

    values: npt.ArrayLike
    delta: bool = False


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of strings that seldom repeat, shape (n,)."""

    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of strings that often repeat, shape (n,)."""

    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Lists:
    """A column of lists of strings that often repeat, shape (n,): none, one or several a row, their order kept."""

    values: Sequence[Sequence[str]]


Column: TypeAlias = Ints | Texts | Codes | Lists


def clean_text(text: str) -> str:
    """Return `text` as UTF-8 can carry it: a surrogate without its other half becomes U+FFFD."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def utf16_offset(text: str, offset: int) -> int:
    """Return where the code point at `offset` of `text` starts in UTF-16 units, as JavaScript counts.

    An offset outside the text is moved to its nearer end.
    """
    head = text[: max(0, offset)]
    return len(head) if head.isascii() else len(head) + sum(char > "\uffff" for char in head)


def pack_block(columns: Mapping[str, Column]) -> bytes:
    """Return the columns as one gzip block; the same columns give the same bytes.

    Parameters
    ----------
    columns
        Name to column, in the order they are written. Columns may differ in length.

    Raises
    ------
    MapError
        If a number does not fit in 32 bits; the message names the column.
    """
    body = bytearray()
    specs = []
    for name, column in columns.items():
        if isinstance(column, Ints):
            specs.append({"name": name, "kind": "ints", **_put_ints(body, name, column)})
        elif isinstance(column, Texts):
            specs.append({"name": name, "kind": "texts", **_put_texts(body, name, column.values)})
        elif isinstance(column, Codes):
            specs.append({"name": name, "kind": "codes", **_put_codes(body, name, column.values)})
        else:
            counts = Ints(np.fromiter(map(len, column.values), np.int64, len(column.values)))
            spec = {"name": name, "kind": "lists", "counts": _put_ints(body, name, counts)}
            specs.append(spec | _put_codes(body, name, [text for texts in column.values for text in texts]))
    header = json.dumps(specs, separators=(",", ":"), sort_keys=True).encode("ascii")
    return gzip.compress(len(header).to_bytes(4, "little") + header + bytes(body), compresslevel=6, mtime=0)


def unpack_block(block: bytes) -> dict[str, Any]:
    """Return the columns of a block by name.

    ``ints`` are int64 arrays, ``texts`` and ``codes`` lists of strings, ``lists`` lists of lists of strings.
    """
    raw = gzip.decompress(block)
    start = 4 + int.from_bytes(raw[:4], "little")
    body = raw[start:]
    columns: dict[str, Any] = {}
    for spec in json.loads(raw[4:start]):
        if spec["kind"] == "ints":
            columns[spec["name"]] = _get_ints(body, spec)
        elif spec["kind"] == "texts":
            columns[spec["name"]] = _get_texts(body, spec)
        else:
            dictionary = _get_texts(body, spec["dictionary"])
            texts = [dictionary[code] for code in _get_ints(body, spec["codes"])]
            if spec["kind"] == "lists":
                ends = np.cumsum(_get_ints(body, spec["counts"])).tolist()
                columns[spec["name"]] = [texts[start:end] for start, end in itertools.pairwise([0, *ends])]
            else:
                columns[spec["name"]] = texts
    return columns


def to_base64(block: bytes) -> str:
    """Return bytes as base64 text, which holds no character that means anything to HTML."""
    return base64.b64encode(block).decode("ascii")


def _put_ints(body: bytearray, name: str, column: Ints) -> dict[str, Any]:
    values = np.asarray(column.values, dtype=np.int64)
    if column.delta and len(values):
        values = np.diff(values, prepend=np.int64(0))
    zigzag = bool(len(values)) and bool((values < 0).any())
    if zigzag:
        values = (values << 1) ^ (values >> 63)
    largest = int(values.max()) if len(values) else 0
    width = 1 if largest < 2**8 else 2 if largest < 2**16 else 4
    if largest >= 2**32:
        msg = f"column {name!r} holds numbers beyond 32 bits; check its values for a wrong unit"
        raise MapError(msg)
    data = values.astype(f"<u{width}").view(np.uint8).reshape(-1, width).T.tobytes()
    spec = {"n": len(values), "at": len(body), "width": width, "delta": column.delta, "zigzag": zigzag}
    body += data
    return spec


def _put_texts(body: bytearray, name: str, texts: Iterable[str]) -> dict[str, Any]:
    encoded = [clean_text(text).encode("utf-8") for text in texts]
    lengths = _put_ints(body, name, Ints(np.fromiter(map(len, encoded), np.int64, len(encoded))))
    spec = {"n": len(encoded), "lengths": lengths, "at": len(body)}
    body += b"".join(encoded)
    return spec


def _put_codes(body: bytearray, name: str, values: Iterable[str]) -> dict[str, Any]:
    texts = [clean_text(text) for text in values]
    counts = Counter(texts)
    dictionary = sorted(counts, key=lambda text: (-counts[text], text))
    place = {text: index for index, text in enumerate(dictionary)}
    codes = Ints(np.fromiter((place[text] for text in texts), np.int64, len(texts)))
    return {"codes": _put_ints(body, name, codes), "dictionary": _put_texts(body, name, dictionary)}


def _get_ints(body: bytes, spec: Mapping[str, Any]) -> IntArray:
    n, width, at = spec["n"], spec["width"], spec["at"]
    planes = np.frombuffer(body, np.uint8, n * width, at).reshape(width, n).astype(np.int64)
    values = np.zeros(n, np.int64)
    for byte in range(width):
        values |= planes[byte] << (8 * byte)
    if spec["zigzag"]:
        values = (values >> 1) ^ -(values & 1)
    return np.cumsum(values) if spec["delta"] else values


def _get_texts(body: bytes, spec: Mapping[str, Any]) -> list[str]:
    ends = spec["at"] + np.cumsum(_get_ints(body, spec["lengths"]))
    texts = []
    start = int(spec["at"])
    for end in ends.tolist():
        texts.append(body[start:end].decode("utf-8"))
        start = end
    return texts
