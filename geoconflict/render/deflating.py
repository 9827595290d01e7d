"""Bytes of unlike kinds as one gzip stream, each deflated as suits it.

Columns of numbers seldom repeat as strings do: zlib looks for strings in vain, which takes most of its time, and packs worse for
those few that it finds. Such bytes are coded by how often each occurs, and runs of one byte are counted (``Z_RLE``); which way packs a piece
better, a sample from its middle tells. Each piece is a deflate stream that ends on a whole byte without being the last
(``Z_SYNC_FLUSH``), so that they stand end to end as one (RFC 1951 and 1952), which any reader of gzip reads.
"""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable
from typing import Final, TypeAlias

__all__ = ["gzipped"]

_Way: TypeAlias = tuple[int, int, int, int, int]
"""The arguments of :func:`zlib.compressobj`."""
_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
"""Magic number, deflate, no flags, no time, no extra flags, Unix."""
_STRINGS: Final[_Way] = (6, zlib.DEFLATED, -zlib.MAX_WBITS, 8, zlib.Z_DEFAULT_STRATEGY)
_LONG_STRINGS: Final[_Way] = (4, zlib.DEFLATED, -zlib.MAX_WBITS, 8, zlib.Z_DEFAULT_STRATEGY)
"""In two thirds of the time, and one part in two hundred larger."""
_BYTES: Final[_Way] = (1, zlib.DEFLATED, -zlib.MAX_WBITS, 7, zlib.Z_RLE)
_SAMPLE: Final = 1 << 12
_SHORT: Final = 1 << 10
"""Bytes of a piece that is likely to repeat what those beside it hold."""
_LONG: Final = 1 << 20


def gzipped(pieces: Iterable[bytes]) -> bytes:
    """Return pieces end to end as one gzip stream; the same pieces give the same bytes."""
    parts, crc, size = [_HEADER], 0, 0
    for way, alike in itertools.groupby(filter(None, pieces), key=_way):
        deflate = zlib.compressobj(*way)
        for data in alike:
            parts.append(deflate.compress(data))
            crc, size = zlib.crc32(data, crc), size + len(data)
        parts.append(deflate.flush(zlib.Z_SYNC_FLUSH))
    parts.append(zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS).flush())  # an empty stream, which is the last
    return b"".join([*parts, crc.to_bytes(4, "little"), (size & 0xFFFFFFFF).to_bytes(4, "little")])


def _way(data: bytes) -> _Way:
    """Return how a piece is deflated."""
    if len(data) < _SHORT:
        return _STRINGS
    middle = max(0, (len(data) - _SAMPLE) // 2)
    sample = data[middle : middle + _SAMPLE]
    strings, by_bytes = (_length(sample, way) for way in (_LONG_STRINGS, _BYTES))
    if by_bytes <= strings:
        return _BYTES
    return _STRINGS if len(data) < _LONG else _LONG_STRINGS


def _length(data: bytes, way: _Way) -> int:
    deflate = zlib.compressobj(*way)
    return len(deflate.compress(data)) + len(deflate.flush())
