"""Standard input as a file that can be opened again: kept in an unnamed temporary file, never in memory."""

from __future__ import annotations

import contextlib
import functools
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from geoconflict.reports._files import InputFile, Member
from geoconflict.reports._rejection import Rejection, raise_setting

__all__ = ["STANDARD_INPUT", "standard_input"]

STANDARD_INPUT = Path("-")
_NAME = "standard input"
_CHUNK_BYTES = 1 << 16


@contextlib.contextmanager
def standard_input(max_bytes: int) -> Iterator[InputFile]:
    """Give standard input as a file; it is read to its end when it is first opened, `max_bytes` at most.

    An endless pipe is a :class:`Rejection` at that point.
    """
    import tempfile

    with tempfile.TemporaryFile() as copy:

        @functools.cache
        def read() -> None:
            n_bytes = 0
            while data := sys.stdin.buffer.read(_CHUNK_BYTES):
                n_bytes += len(data)
                if n_bytes > max_bytes:
                    msg = f"larger than {max_bytes:,} bytes, or without end"
                    raise Rejection(msg, raise_setting("max_file_bytes"))
                copy.write(data)

        def opened() -> BinaryIO:
            read()
            return io.BufferedReader(_View(copy), _CHUNK_BYTES)

        yield InputFile(STANDARD_INPUT, _NAME, Member("", _NAME, opened))


class _View(io.RawIOBase):
    """A file from its start, whatever others that read it do."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position}.get(whence)
        self._position = (self._file.seek(0, io.SEEK_END) if base is None else base) + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._file.seek(self._position)
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)
