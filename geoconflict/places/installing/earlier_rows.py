"""What an earlier download of a country has that the newest one lacks: GeoNames drops and renames places."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

from geoconflict.places.installing.archives import zip_member

__all__ = ["write_earlier"]


def write_earlier(newest: Path, earlier: list[Path], country: str, target: Path) -> bool:
    """Write the rows of `earlier` country dumps, newest first, that `newest` lacks or has with other names.

    The result is a zip of the same form, the same bytes for the same rows; nothing is written when there is no such row.

    Raises
    ------
    InputError
        If a file is damaged.
    """
    member = f"{country}.txt"
    known = {_digest(line) for _, line in zip_member(newest, member)}
    rows = []
    for path in earlier:
        for _, line in zip_member(path, member):
            digest = _digest(line)
            if digest not in known:
                known.add(digest)
                rows.append(line)
    if not rows:
        return False
    with zipfile.ZipFile(target, "w") as archive:
        info = zipfile.ZipInfo(member)
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, b"".join(_lines(rows)))
    return True


def _lines(rows: list[bytes]) -> Iterator[bytes]:
    for row in rows:
        yield row + b"\n"


def _digest(line: bytes) -> bytes:
    """Return what stands for the id and the names of a row; eight bytes each keep a million rows small."""
    return hashlib.blake2b(b"\t".join(line.split(b"\t")[:3]), digest_size=8).digest()
