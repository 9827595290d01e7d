"""Content-hash identifiers: one canonical JSON form, one digest.

Two runs, two machines and two orders of ingest give the same id to the same content.
"""

from __future__ import annotations

import functools
import hashlib
import json
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

__all__ = ["canonical_json", "content_id", "files_fingerprint", "fingerprint"]

_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
ID_HEX_DIGITS = 20
"""80 bits: a collision among a billion records has a chance of about 4e-7."""


def canonical_json(value: Any) -> str:
    """Return the one JSON text that stands for `value`.

    Keys sorted, no spaces, no ASCII escaping, no NaN. `value` is made of dict, list, tuple, str, int, float, bool and None.

    Raises
    ------
    ValueError
        If `value` holds NaN or an infinity.
    TypeError
        If `value` holds anything else.
    """
    return _CANONICAL.encode(value)


def content_id(kind: str, value: Any) -> str:
    """Return the id of a record of `kind` (``"report"``, ``"event"`` ...) with content `value`.

    The result is lower-case hexadecimal of fixed length. The kind takes part in the digest, so equal contents of
    different kinds never share an id.
    """
    text = f"{kind}\n{canonical_json(value)}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:ID_HEX_DIGITS]


def content_id_of_parts(kind: str, parts: Iterable[Any]) -> str:
    """Return the id of a record of `kind` whose content comes in parts, in order, so that all of it need not be in memory.

    It is not :func:`content_id` of their list.
    """
    digest = hashlib.sha256(f"{kind}\n".encode())
    for part in parts:
        digest.update(canonical_json(part).encode("utf-8", "surrogatepass"))
        digest.update(b"\n")  # within canonical JSON it is escaped
    return digest.hexdigest()[:ID_HEX_DIGITS]


def fingerprint(*parts: bytes) -> str:
    """Return a digest over byte strings, each delimited by its length; used for files that a stage reads."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()[:ID_HEX_DIGITS]


def files_fingerprint(files: Iterable[Path]) -> str:
    """Return a digest over the names and the bytes of `files`, whatever their order; folders do not count."""
    found: list[tuple[bytes, bytes]] = []
    for file in files:
        try:
            state = file.stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        if stat.S_ISREG(state.st_mode):
            found.append((file.name.encode(), _digest(file, state.st_mtime_ns, state.st_size)))
    return fingerprint(*(part for pair in sorted(found) for part in pair))


@functools.lru_cache(maxsize=4096)
def _digest(file: Path, mtime_ns: int, size: int) -> bytes:  # noqa: ARG001  # a changed file is read again
    """Return the digest of a file; several keys of one process cover the same large files."""
    return hashlib.sha256(file.read_bytes()).digest()
