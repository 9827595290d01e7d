"""Columns to bytes: the data block that a map page carries. Pure: no folium, no pandas, no clock.

A block is ``gzip(header length as uint32 little-endian, header as JSON, column bytes one after the other)``. The header
names every column with its kind, its number of values and how its bytes are read:

``ints``
    Whole numbers. Optionally written as what they are more than an earlier column (``plus``, its name), then delta coded
    (each value minus the one before), zigzag coded when any is negative, then
    written as unsigned integers of the smallest of 1, 2 or 4 bytes that holds them all; wider than one byte, all low
    bytes come first, then all second bytes, and so on, which gzip packs better.
``texts``
    UTF-8 strings end to end, with their lengths in bytes as an ``ints`` column: no separator, so any character may occur.
``words``
    Strings as codes of their words, which are what stands between two spaces: a dictionary (``texts``, commonest first),
    the number of bytes a row (``ints``), and the bytes of all rows. A first byte below 208 is a code; 208 to 253 and
    one more byte, 254 and two more, 255 and three more are the codes that follow, in this order, high byte first. gzip looks
    back 32 KB, and so over many times more text.
``hex``
    Ids of one length in lower-case hexadecimal, ``width`` bytes each, as bytes.
``heads``
    The beginnings of such ids: their first ``digits`` as numbers (``ints``, delta coded within 32 bits), then the rows that
    these do not tell apart (``ints``) with more of their ids (``texts``).
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
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from geoconflict.errors import MapError
from geoconflict.render.deflating import gzipped
from geoconflict.visible import clean_text

__all__ = [
    "Codes",
    "Column",
    "Ids",
    "Ints",
    "Lists",
    "Texts",
    "Words",
    "pack_block",
    "to_base64",
    "unpack_block",
    "utf16_offset",
]

IntArray: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ints:
    """A column of whole numbers within 32 bits, shape (n,).

    `delta` suits sorted columns and coordinates along a line; `plus` names an earlier column that hardly differs.
    """

    values: npt.ArrayLike
    delta: bool = False
    plus: str = ""


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of strings that seldom repeat, shape (n,)."""

    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Words:
    """A column of sentences, shape (n,): each seldom repeats, its words often do."""

    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class Ids:
    """A column of ids, shape (n,): half as large as texts where all are hexadecimal and of one length.

    With `digits`, of such ids only so many first digits are kept, 1 to 8; of those that share them, more.
    """

    values: Sequence[str]
    digits: int | None = None


@dataclass(frozen=True, slots=True)
class Codes:
    """A column of strings that often repeat: a dictionary in any order, and the index of each row in it, shape (n,)."""

    dictionary: Sequence[str]
    codes: npt.ArrayLike

    @classmethod
    def of(cls, values: Iterable[str]) -> Codes:
        """Return the column of strings given row by row."""
        texts = list(values)
        place = {text: code for code, text in enumerate(dict.fromkeys(texts))}
        return cls(list(place), list(map(place.__getitem__, texts)))


@dataclass(frozen=True, slots=True)
class Lists:
    """A column of none, one or several strings a row: how many, shape (n,), and the codes of all rows end to end."""

    dictionary: Sequence[str]
    codes: npt.ArrayLike
    counts: npt.ArrayLike

    @classmethod
    def of(cls, rows: Iterable[Sequence[str]]) -> Lists:
        """Return the column of lists given row by row."""
        kept = [tuple(row) for row in rows]
        flat = Codes.of(text for row in kept for text in row)
        return cls(flat.dictionary, flat.codes, [len(row) for row in kept])


Column: TypeAlias = Ints | Texts | Words | Ids | Codes | Lists


def utf16_offset(text: str, offset: int) -> int:
    """Return where the code point at `offset` of `text` starts in UTF-16 units, as JavaScript counts.

    An offset outside the text is moved to its nearer end.
    """
    head = text[: max(0, offset)]
    return len(head) if head.isascii() else len(head) + sum(char > "\uffff" for char in head)


class _Body:
    """The bytes of the columns, end to end."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.size = 0

    def put(self, data: bytes) -> None:
        self.pieces.append(data)
        self.size += len(data)


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
    body = _Body()
    specs = []
    for name, column in columns.items():
        if isinstance(column, Ints):
            base = columns.get(column.plus)
            if isinstance(base, Ints):
                more = Ints(np.asarray(column.values, np.int64) - np.asarray(base.values, np.int64), column.delta)
                specs.append({"name": name, "kind": "ints", "plus": column.plus, **_put_ints(body, name, more)})
            else:
                specs.append({"name": name, "kind": "ints", **_put_ints(body, name, column)})
        elif isinstance(column, Texts):
            specs.append({"name": name, "kind": "texts", **_put_texts(body, name, column.values)})
        elif isinstance(column, Words):
            specs.append({"name": name, "kind": "words", **_put_words(body, name, column.values)})
        elif isinstance(column, Ids):
            specs.append({"name": name, **_put_ids(body, name, column)})
        elif isinstance(column, Codes):
            specs.append({"name": name, "kind": "codes", **_put_codes(body, name, column)})
        else:
            counts = _put_ints(body, name, Ints(column.counts))
            specs.append({"name": name, "kind": "lists", "counts": counts, **_put_codes(body, name, column)})
    header = json.dumps(specs, separators=(",", ":"), sort_keys=True).encode("ascii")
    return gzipped([len(header).to_bytes(4, "little") + header, *body.pieces])


def unpack_block(block: bytes) -> dict[str, Any]:
    """Return the columns of a block by name.

    ``ints`` are int64 arrays, ``texts``, ``hex``, ``heads`` and ``codes`` lists of strings, ``lists`` lists of lists of strings.
    """
    raw = gzip.decompress(block)
    start = 4 + int.from_bytes(raw[:4], "little")
    body = raw[start:]
    columns: dict[str, Any] = {}
    for spec in json.loads(raw[4:start]):
        if spec["kind"] == "ints":
            columns[spec["name"]] = _get_ints(body, spec) + (columns[spec["plus"]] if "plus" in spec else 0)
        elif spec["kind"] == "texts":
            columns[spec["name"]] = _get_texts(body, spec)
        elif spec["kind"] == "words":
            columns[spec["name"]] = _get_words(body, spec)
        elif spec["kind"] == "hex":
            ids = body[spec["at"] :][: spec["n"] * spec["width"]].hex()
            columns[spec["name"]] = [ids[k : k + 2 * spec["width"]] for k in range(0, len(ids), 2 * spec["width"])]
        elif spec["kind"] == "heads":
            heads = [f"{head:0{spec['digits']}x}" for head in (_get_ints(body, spec["heads"]) & 0xFFFFFFFF).tolist()]
            for row, longer in zip(
                _get_ints(body, spec["rows"]).tolist(), _get_texts(body, spec["longer"]), strict=True
            ):
                heads[row] = longer
            columns[spec["name"]] = heads
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


def _put_ints(body: _Body, name: str, column: Ints) -> dict[str, Any]:
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
    spec = {"n": len(values), "at": body.size, "width": width, "delta": column.delta, "zigzag": zigzag}
    body.put(data)
    return spec


def _put_texts(body: _Body, name: str, texts: Sequence[str]) -> dict[str, Any]:
    try:
        encoded = [text.encode() for text in texts]
    except UnicodeEncodeError:
        encoded = [clean_text(text).encode() for text in texts]
    lengths = _put_ints(body, name, Ints(np.fromiter(map(len, encoded), np.int64, len(encoded))))
    spec = {"n": len(encoded), "lengths": lengths, "at": body.size}
    body.put(b"".join(encoded))
    return spec


_CODE_STARTS: Final = (0, 208, 208 + 46 * 256, 208 + 46 * 256 + 65536)
"""The first code that takes one, two, three and four bytes."""
_TEXTS_AT_ONCE: Final = 8_192
_WORDS_AT_ONCE: Final = 1 << 18
_FIRST_BYTES: Final = (0, 208, 254, 255)


def _coded(codes: npt.NDArray[np.int32]) -> tuple[npt.NDArray[np.int8], bytes]:
    """Return how many bytes each code takes, and these bytes."""
    n_bytes = sum(((codes >= start).view(np.int8) for start in _CODE_STARTS[1:]), np.ones(len(codes), np.int8))
    ends = np.cumsum(n_bytes)
    coded = np.zeros(int(ends[-1]), np.uint8)
    for more in range(4):
        chosen = np.flatnonzero(n_bytes == more + 1)
        rest, at = codes[chosen] - _CODE_STARTS[more], ends[chosen] - more - 1
        coded[at] = _FIRST_BYTES[more] + (rest >> (8 * more))
        for k in range(more):
            coded[at + k + 1] = (rest >> (8 * (more - k - 1))) & 255
    return n_bytes, coded.tobytes()


def _put_words(body: _Body, name: str, texts: Sequence[str]) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    n_words, coded_words = [], []
    # Some thousand texts at a time, of which indices and dictionaries are kept: all words at once would take much room.
    for at in range(0, max(1, len(texts)), _TEXTS_AT_ONCE):
        some = texts[at : at + _TEXTS_AT_ONCE]
        try:
            column = pa.array(some, pa.large_string())
        except UnicodeEncodeError:
            column = pa.array([clean_text(text) for text in some], pa.large_string())
        split = pc.split_pattern(column, " ")
        n_words.append(split.value_lengths().to_numpy())
        coded_words.append(split.flatten().dictionary_encode())
    chunks = pa.chunked_array(coded_words).unify_dictionaries().chunks
    indices = np.concatenate([chunk.indices.to_numpy() for chunk in chunks])
    first_words = np.concatenate([[0], np.cumsum(np.concatenate(n_words))])
    counts = np.bincount(indices, minlength=len(chunks[0].dictionary))
    found = chunks[0].dictionary.to_pylist()
    order = sorted(range(len(found)), key=lambda k: (-counts[k], found[k]))
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    codes = ranks[indices]
    parts = [_coded(codes[at : at + _WORDS_AT_ONCE]) for at in range(0, len(codes), _WORDS_AT_ONCE)]
    ends = np.concatenate([[0], np.cumsum(np.concatenate([np.zeros(0, np.int8), *(n_bytes for n_bytes, _ in parts)]))])
    lengths = _put_ints(body, name, Ints(np.diff(ends[first_words])))
    spec = {"n": len(texts), "lengths": lengths, "at": body.size}
    for _, coded in parts:
        body.put(coded)
    return spec | {"dictionary": _put_texts(body, name, [found[k] for k in order])}


def _put_ids(body: _Body, name: str, column: Ids) -> dict[str, Any]:
    ids = column.values
    joined = "".join(ids)
    digits = len(ids[0]) if ids else 0
    if not digits or digits % 2 or set(joined) - set("0123456789abcdef") or set(map(len, ids)) != {digits}:
        return {"kind": "texts", **_put_texts(body, name, ids)}
    if column.digits is not None and column.digits < digits:
        return {"kind": "heads", "n": len(ids), **_put_heads(body, name, ids, column.digits)}
    spec = {"kind": "hex", "n": len(ids), "at": body.size, "width": digits // 2}
    body.put(bytes.fromhex(joined))
    return spec


def _put_heads(body: _Body, name: str, ids: Sequence[str], digits: int) -> dict[str, Any]:
    heads = np.array([int(one[:digits], 16) for one in ids], np.int64)
    _, group, size = np.unique(heads, return_inverse=True, return_counts=True)
    rows = np.flatnonzero(size[group] > 1)
    alike = [ids[row] for row in rows.tolist()]
    longer = next(
        (
            cut
            for cut in ([one[:n] for one in alike] for n in range(digits + 4, len(ids[0])))
            if len(set(cut)) == len(cut)
        ),
        alike,
    )
    # Differences modulo 2**32, as 32-bit sums of the reader undo them.
    spec = _put_ints(body, name, Ints(np.diff(heads, prepend=np.int64(0)).astype(np.int32)))
    rows_spec = _put_ints(body, name, Ints(rows, delta=True))
    return {
        "digits": digits,
        "heads": spec | {"delta": True},
        "rows": rows_spec,
        "longer": _put_texts(body, name, longer),
    }


def _put_codes(body: _Body, name: str, column: Codes | Lists) -> dict[str, Any]:
    codes = np.asarray(column.codes, np.int64)
    counts = np.bincount(codes, minlength=len(column.dictionary)).tolist()
    texts = [clean_text(text) for text in column.dictionary]
    totals: dict[str, int] = {}
    for text, count in zip(texts, counts, strict=True):
        if count:
            totals[text] = totals.get(text, 0) + count
    dictionary = sorted(totals, key=lambda text: (-totals[text], text))
    place = {text: index for index, text in enumerate(dictionary)}
    ranks = np.array([place.get(text, 0) for text in texts], np.int64)
    return {"codes": _put_ints(body, name, Ints(ranks[codes])), "dictionary": _put_texts(body, name, dictionary)}


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


def _get_words(body: bytes, spec: Mapping[str, Any]) -> list[str]:
    dictionary = _get_texts(body, spec["dictionary"])
    texts, at = [], spec["at"]
    for length in _get_ints(body, spec["lengths"]).tolist():
        words, end = [], at + length
        while at < end:
            more = sum(body[at] >= first for first in _FIRST_BYTES) - 1
            rest = int.from_bytes(bytes([body[at] - _FIRST_BYTES[more]]) + body[at + 1 : at + 1 + more], "big")
            words.append(dictionary[_CODE_STARTS[more] + rest])
            at += 1 + more
        texts.append(" ".join(words))
    return texts
