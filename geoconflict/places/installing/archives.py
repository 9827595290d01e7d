"""Reading archives from elsewhere without trusting them: members are streamed and counted, and never written to disk."""

from __future__ import annotations

import contextlib
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from geoconflict.errors import InputError

__all__ = ["CountedStream", "Limits", "members", "zip_member"]

_ERRORS = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


class Limits:
    """What no honest file of the gazetteers exceeds; a zip bomb does."""

    max_bytes = 8 << 30
    """Of all members together, unpacked. The largest country is about 0.4 GB."""
    max_ratio = 200
    """Unpacked to packed. Tables of places shrink to a fifth, single records to a twentieth."""
    free_bytes = 10 << 20
    """What may be unpacked before the ratio counts."""
    max_members = 2_000_000
    max_line_bytes = 1 << 20
    max_record_bytes = 64 << 20
    """Of one record with its outline."""


class CountedStream:
    """Reads a member and raises when it turns out larger than its archive can honestly be."""

    def __init__(self, path: Path, stream: IO[bytes], budget: _Budget | None = None) -> None:
        self._path = path
        self._stream = stream
        self._budget = budget or _Budget(path)

    def _count(self, blob: bytes) -> bytes:
        self._budget.spend(len(blob))
        return blob

    def lines(self, max_bytes: int = Limits.max_line_bytes) -> Iterator[tuple[int, bytes]]:
        """Yield (line number, line without its end); what goes beyond the longest honest line is a line of its own."""
        number = 0
        while line := self._count(self._stream.readline(max_bytes)):
            number += 1
            yield number, line.rstrip(b"\r\n")

    def read(self) -> bytes:
        """Return the rest, no more than one record can honestly hold."""
        parts = []
        n_bytes = 0
        while blob := self._count(self._stream.read(1 << 16)):
            parts.append(blob)
            n_bytes += len(blob)
            if n_bytes > Limits.max_record_bytes:
                msg = f"{self._path}: holds a record of more than {Limits.max_record_bytes:,} bytes"
                raise InputError(msg)
        return b"".join(parts)


class _Budget:
    """What may still be unpacked of one archive, in bytes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left = min(Limits.max_bytes, Limits.free_bytes + Limits.max_ratio * path.stat().st_size)

    def spend(self, n_bytes: int) -> None:
        self._left -= n_bytes
        if self._left < 0:
            msg = f"{self._path}: unpacks to more than it can honestly hold (a zip bomb?); get the file again from its source"
            raise InputError(msg)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except InputError:
        raise
    except FileNotFoundError:
        msg = f"{path}: there is no such file"
        raise InputError(msg) from None
    except _ERRORS as error:
        msg = f"{path}: damaged or not an archive ({type(error).__name__}: {error}); delete it and get it again"
        raise InputError(msg) from error


def _check_name(path: Path, name: str) -> None:
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    if ".." in posix.parts or ".." in windows.parts or posix.is_absolute() or windows.drive or windows.root:
        msg = f"{path}: holds a member {name!r} that points out of the archive; get the file from its source"
        raise InputError(msg)


def zip_member(path: Path, member: str) -> Iterator[tuple[int, bytes]]:
    """Yield (line number, line without its end) of one member of a zip file.

    Raises
    ------
    InputError
        If the file is no zip or damaged (its checksums are compared as it is read), unpacks to more than it can honestly
        hold, has too many members or one that points out of it, or lacks the member.
    """
    with _named(path), zipfile.ZipFile(path) as archive:
        _check_members(path, archive)
        if member not in archive.namelist():
            there = ", ".join(archive.namelist()[:5]) or "nothing"
            msg = f"{path}: holds no {member}, but {there}; is it the file of another country?"
            raise InputError(msg)
        with archive.open(member) as stream:
            yield from CountedStream(path, _buffered(stream), _Budget(path)).lines()


def _buffered(stream: IO[bytes]) -> IO[bytes]:
    """Return a zip member with a faster readline."""
    return io.BufferedReader(stream, 1 << 18)  # type: ignore[type-var]


def _check_members(path: Path, archive: zipfile.ZipFile) -> None:
    if len(archive.filelist) > Limits.max_members:
        msg = f"{path}: holds {len(archive.filelist):,} members; get the file from its source"
        raise InputError(msg)
    for info in archive.filelist:
        _check_name(path, info.filename)


def members(path: Path, suffixes: tuple[str, ...]) -> Iterator[tuple[str, CountedStream]]:
    """Yield (where, stream) of the members of a zip or tar (also gz, bz2, xz) whose names end in one of `suffixes`.

    Suffixes are in lower case; names may be in any. A stream is to be read before the next is asked for.

    Raises
    ------
    InputError
        As :func:`zip_member`; links in a tar are passed over.
    """
    with _named(path):
        budget = _Budget(path)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                _check_members(path, archive)
                for info in archive.filelist:
                    if info.filename.lower().endswith(suffixes):
                        with archive.open(info) as stream:
                            yield f"{path}: {info.filename}", CountedStream(path, _buffered(stream), budget)
            return
        with tarfile.open(path, "r|*") as packed:
            for number, one in enumerate(packed):
                if number >= Limits.max_members:
                    msg = f"{path}: holds more than {Limits.max_members:,} members; get the file from its source"
                    raise InputError(msg)
                _check_name(path, one.name)
                source = packed.extractfile(one) if one.isfile() and one.name.lower().endswith(suffixes) else None
                if source is None:
                    budget.spend(one.size)  # passed over, but unpacked all the same
                else:
                    with source:
                        yield f"{path}: {one.name}", CountedStream(path, source, budget)
