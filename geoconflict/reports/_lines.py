"""Files of many records, line by line, in bounded memory and in whatever encoding."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from geoconflict.reports._encoding import describe_binary, is_mostly_utf8, legacy_encoding, unicode_encoding
from geoconflict.reports._files import InputFile
from geoconflict.reports._rejection import Rejection

__all__ = ["Line", "LineReader"]

_CHUNK_BYTES = 1 << 16
_HEAD_BYTES = 1 << 13
_SAMPLE_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, with its newline."""

    number: int
    """Counted from 1."""
    text: str
    """Empty if the line is too long; with U+FFFD for what cannot be decoded."""
    n_bytes: int
    n_quotes: int
    """How many double quotes stand in it; also where it is too long to keep."""
    fault: Rejection | None = None
    """Why the line cannot be used."""


class LineReader:
    r"""The lines of a file, one at a time.

    Lines end in ``\n``. A line longer than `max_bytes` is read in pieces and thrown away. UTF-8 is the rule; UTF-16 and
    UTF-32 need their byte order mark; a file in which no line outside ASCII is UTF-8 is judged as a whole and decoded
    in the encoding that fits.

    Raises
    ------
    Rejection
        When made: if the file is empty or binary, or its lines end in a way that is no longer in use.
    """

    def __init__(self, file: InputFile, stream: BinaryIO, max_bytes: int) -> None:
        self._file = file
        self._max_bytes = max_bytes
        head = stream.read(_HEAD_BYTES)
        if not head:
            raise Rejection("the file is empty", "delete it, or put reports into it")
        encoding = unicode_encoding(head)
        binary = describe_binary(head)
        if binary:
            msg = f"not text: it is {binary}"
            raise Rejection(msg, "give reports as text")
        if encoding in (None, "utf-8-sig") and b"\n" not in head and b"\r" in head.rstrip():
            raise Rejection("the lines end in a carriage return alone", "save the file with line feeds")
        stream.seek(len(codecs.BOM_UTF8) if encoding == "utf-8-sig" else 0)
        self._bytes = _as_utf8(stream, encoding) if encoding and encoding != "utf-8-sig" else stream
        self._has_utf8 = encoding is not None
        self._legacy: str | None = None

    def __iter__(self) -> Iterator[Line]:
        number = 0
        while data := self._bytes.readline(self._max_bytes + 1):
            number += 1
            if len(data) <= self._max_bytes or (data.endswith(b"\n") and len(data) == self._max_bytes + 1):
                yield self._decoded(number, data)
                continue
            n_bytes, n_quotes = len(data), data.count(b'"')
            while not data.endswith(b"\n") and (data := self._bytes.readline(_CHUNK_BYTES)):
                n_bytes += len(data)
                n_quotes += data.count(b'"')
            repair = "split the report, or raise reports.max_bytes in geoconflict.toml"
            fault = Rejection(f"the line has {n_bytes:,} bytes, more than the {self._max_bytes:,} allowed", repair)
            yield Line(number, "", n_bytes, n_quotes, fault)

    def _decoded(self, number: int, data: bytes) -> Line:
        fault = None
        try:
            text = data.decode("utf-8")
            self._has_utf8 = self._has_utf8 or not data.isascii()
        except UnicodeDecodeError as error:
            try:
                text = data.decode(self._legacy or self._judge(data))
            except (UnicodeDecodeError, Rejection):
                text = data.decode("utf-8", "replace")
                what = f"not UTF-8 at byte {error.start + 1} of the line"
                fault = Rejection(what, "save the file as UTF-8")
        return Line(number, text, len(data), data.count(b'"'), fault)

    def _judge(self, data: bytes) -> str:
        """Return the encoding of a file whose first line outside ASCII, `data`, is not UTF-8."""
        doubt = Rejection("not UTF-8", "save the file as UTF-8")
        if self._has_utf8 or is_mostly_utf8(data):
            raise doubt
        sample = bytearray()
        with self._file.open() as stream:
            while len(sample) < _SAMPLE_BYTES and (line := stream.readline(_CHUNK_BYTES)):
                if not line.isascii():
                    sample += line
        if is_mostly_utf8(bytes(sample)):
            self._has_utf8 = True
            raise doubt
        self._legacy = legacy_encoding(bytes(sample))
        return self._legacy


def _as_utf8(stream: BinaryIO, encoding: str) -> BinaryIO:
    return io.BufferedReader(_Transcoder(stream, encoding), _CHUNK_BYTES)


class _Transcoder(io.RawIOBase):
    """A stream in another Unicode encoding, as UTF-8 bytes."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._pending = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._pending:
            data = self._stream.read(_CHUNK_BYTES)
            self._pending = self._decoder.decode(data, final=not data).encode()
            if not data and not self._pending:
                return 0
        n = min(len(buffer), len(self._pending))
        buffer[:n] = self._pending[:n]
        self._pending = self._pending[n:]
        return n
