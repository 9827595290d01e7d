"""The body of an answer: whole or not at all, and no larger than allowed, packed or unpacked."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from geoconflict.fetching.connection import Answer
from geoconflict.fetching.refusals import RefusedError, TransientError

__all__ = ["read_body"]

_CHUNK_BYTES = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS
_GZIP_MAGIC = b"\x1f\x8b"
_MOST_MEMBERS = 100


def read_body(answer: Answer, max_bytes: int) -> bytes:
    """Return the body of an answer, unpacked.

    Raises
    ------
    RefusedError
        If it is larger than `max_bytes`, by what it says or by what it is, or packed in a way that was not asked for.
    TransientError
        If less arrived than was announced.
    """
    announced = answer.header("Content-Length")
    if announced.isdecimal() and int(announced[:19]) > max_bytes:
        raise _too_large(max_bytes)
    coding = answer.header("Content-Encoding").lower()
    if coding in {"", "identity"}:
        return b"".join(_plain(answer, max_bytes))
    if coding in {"gzip", "x-gzip"}:
        return _unpacked(answer, max_bytes)
    what = f"packed as {coding[:40]!r}, which was not asked for"
    raise RefusedError(what)


def _too_large(max_bytes: int) -> RefusedError:
    what = f"larger than {max_bytes:,} bytes (fetching.max_bytes)"
    return RefusedError(what, "raise the limit if a page of that size is meant")


def _plain(answer: Answer, max_bytes: int) -> Iterator[bytes]:
    """Yield the body as it arrives, no more of it than `max_bytes`."""
    response = answer.response
    announced = response.length  # None where the body is chunked or ends with the connection
    n_bytes = 0
    while chunk := response.read1(_CHUNK_BYTES):
        n_bytes += len(chunk)
        if n_bytes > max_bytes:
            raise _too_large(max_bytes)
        yield chunk
    if announced is not None and n_bytes < announced:
        what = f"{n_bytes:,} of {announced:,} bytes arrived"
        raise TransientError(what)


def _unpacked(answer: Answer, max_bytes: int) -> bytes:
    """Return what a gzip body holds; of what it would unpack to, never more than `max_bytes` is made."""
    parts: list[bytes] = []
    room = max_bytes
    unpacker = zlib.decompressobj(_GZIP)
    n_members = 0
    kept = b""
    try:
        for chunk in _plain(answer, max_bytes):
            data, kept = kept + chunk, b""
            while data:
                if unpacker.eof:  # a file may have several members; what is none is padding
                    if len(data) < len(_GZIP_MAGIC):
                        kept = data
                        break
                    if not data.startswith(_GZIP_MAGIC):
                        break
                    unpacker = zlib.decompressobj(_GZIP)
                    n_members += 1
                    if n_members > _MOST_MEMBERS:
                        raise RefusedError("packed in more pieces than any server makes")
                part = unpacker.decompress(data, room + 1)
                room -= len(part)
                if room < 0:
                    raise _too_large(max_bytes)
                parts.append(part)
                data = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    except zlib.error as error:
        what = f"its packing is damaged ({error})"
        raise TransientError(what) from None
    if not unpacker.eof:
        raise TransientError("its packing is cut short")
    return b"".join(parts)
