"""Compressed files: ``.gz``, and each file in a ``.zip``, read as streams within bounds and never written anywhere."""

from __future__ import annotations

import gzip
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from geoconflict.reports._files import InputFile, Member, Skipped, is_read_me, printable
from geoconflict.reports._rejection import Rejection, raise_setting
from geoconflict.settings import ReportsSettings

__all__ = ["members_of_zip", "unpacked_gzip"]

_BUFFER_BYTES = 1 << 16
_FREE_BYTES = 1 << 20
"""So much may come out of any file: the smallest compress best."""
_LARGEST_DIRECTORY = 16_000_000
_END_OF_ZIP = b"PK\x05\x06"
_BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)


def unpacked_gzip(file: InputFile, limits: ReportsSettings) -> InputFile:
    """Return what a gzip file holds, as a file; it bears the name without ``.gz``."""

    def opened() -> BinaryIO:
        packed = file.open()
        try:
            return _bounded(gzip.GzipFile(fileobj=packed), _Budget(limits, packed.tell), 0, packed)
        except BaseException:
            packed.close()
            raise

    name = file.stem if file.suffix == ".gz" else file.stem + file.suffix
    return InputFile(file.path, file.origin, Member(name, file.where, opened))


def members_of_zip(
    file: InputFile, limits: ReportsSettings, is_known: Callable[[InputFile], bool]
) -> Iterator[InputFile | Skipped]:
    """Yield each file in a zip archive, in the order of the names; what `is_known` does not know is skipped.

    A file can be read until the next is asked for.

    Raises
    ------
    Rejection
        If it is no archive, or its list of files is too long to read, or it holds no file that is known.
    """
    with file.open() as packed:
        _check_directory(packed)
        try:
            archive = zipfile.ZipFile(packed)
        except _BROKEN as error:
            raise _broken("ZIP", error) from None
        with archive:
            size = packed.seek(0, os.SEEK_END)
            budget = _Budget(limits, lambda: size)
            entries = sorted(archive.infolist(), key=lambda entry: entry.filename)
            n_known = 0
            for number, entry in enumerate(entries):
                member = _member(file, archive, entry, budget, number)
                name = PurePosixPath(entry.filename).name
                if entry.is_dir() or name.startswith(".") or entry.filename.startswith("__MACOSX/"):
                    continue
                if is_read_me(name):
                    yield Skipped(member.where, "a read-me file")
                elif is_known(member):
                    n_known += 1
                    yield member
                else:
                    yield Skipped.of_no_form(member.where, PurePosixPath(name).suffix)
            if n_known == 0:
                raise Rejection("the archive holds no report", "put reports into it, or leave it out")


def _member(
    file: InputFile, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: _Budget, number: int
) -> InputFile:
    name = printable(entry.filename.encode("utf-8", "replace").decode())

    def opened() -> BinaryIO:
        if entry.flag_bits & 1:
            raise Rejection("encrypted", "unpack it with its password, and give what was in it")
        try:
            return _bounded(archive.open(entry), budget, number)
        except _BROKEN as error:
            raise _broken("ZIP", error) from None

    return InputFile(file.path, f"{file.origin}/{name}", Member(name, f"{file.where}/{name}", opened))


def _check_directory(packed: BinaryIO) -> None:
    """Refuse an archive whose list of files is too long to be read into memory."""
    size = packed.seek(0, os.SEEK_END)
    packed.seek(max(0, size - 65_600))
    tail = packed.read()
    at = tail.rfind(_END_OF_ZIP)
    if at >= 0 and len(tail) >= at + 20:
        n_entries, n_bytes = struct.unpack_from("<HL", tail, at + 10)
        if n_entries == 0xFFFF or n_bytes > _LARGEST_DIRECTORY:
            raise Rejection("the archive holds too many files", "unpack it, and give the folder")
    packed.seek(0)


class _Budget:
    """How much may come out of a compressed file: bytes in all, and per byte that went in."""

    def __init__(self, limits: ReportsSettings, packed_bytes: Callable[[], int]) -> None:
        self._limits = limits
        self._packed_bytes = packed_bytes
        self._furthest: dict[int, int] = {}
        self._total = 0

    def spend(self, member: int, position: int) -> None:
        """Count that `member` was read up to `position`; what is read twice counts once."""
        before = self._furthest.get(member, 0)
        if position <= before:
            return
        self._furthest[member] = position
        self._total += position - before
        if self._total > self._limits.max_file_bytes:
            msg = f"unpacks to more than {self._limits.max_file_bytes:,} bytes"
            raise Rejection(msg, raise_setting("max_file_bytes"), ends_file=True)
        if self._total > max(_FREE_BYTES, self._limits.max_expansion * self._packed_bytes()):
            msg = f"unpacks to more than {self._limits.max_expansion} times its size, as archives made to do harm do"
            raise Rejection(msg, "raise reports.max_expansion in geoconflict.toml if you trust it", ends_file=True)


class _Unpacking(io.RawIOBase):
    """What comes out of a compressed stream, counted."""

    def __init__(
        self, source: IO[bytes] | gzip.GzipFile, budget: _Budget, member: int, beneath: BinaryIO | None
    ) -> None:
        self._source = source
        self._budget = budget
        self._member = member
        self._beneath = beneath
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        try:
            self._position = self._source.seek(offset, whence)
        except _BROKEN as error:
            raise _broken("compressed", error) from None
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._source.read(len(buffer))
        except _BROKEN as error:
            raise _broken("compressed", error) from None
        self._position += len(data)
        self._budget.spend(self._member, self._position)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
            if self._beneath is not None:
                self._beneath.close()
        super().close()


def _bounded(
    source: IO[bytes] | gzip.GzipFile, budget: _Budget, member: int, beneath: BinaryIO | None = None
) -> BinaryIO:
    return io.BufferedReader(_Unpacking(source, budget, member, beneath), _BUFFER_BYTES)


def _broken(kind: str, error: Exception) -> Rejection:
    return Rejection(f"broken {kind} data: {error}", "get the file again; it may be cut short", ends_file=True)
