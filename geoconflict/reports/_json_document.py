"""Reports in one document of JSON: an array of objects, or one object, over however many lines.

The document is read in pieces and its objects one at a time, so that memory is bounded by the largest report and not by the file.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from geoconflict.models import Report
from geoconflict.reports._encoding import describe_binary, unicode_encoding
from geoconflict.reports._files import InputFile
from geoconflict.reports._record import Admission, make_report, printable_id
from geoconflict.reports._rejection import SIZE_REPAIR, Rejection

__all__ = ["fault_of_keys", "is_document", "read_json_document"]

_HEAD_BYTES = 1 << 13
_PIECE_BYTES = 1 << 16
_BETWEEN = re.compile(r"[\s,]*")
_REPAIR = "mend the JSON: an array of objects, or one object a line"


def fault_of_keys(pairs: Sequence[tuple[str, object]]) -> Rejection | None:
    """Return what is wrong with the keys of an object; JSON lets one stand twice, and no reader can know which value is meant."""
    keys = [key for key, _ in pairs]
    if len(set(keys)) == len(keys):
        return None
    twice = next(key for number, key in enumerate(keys) if key in keys[:number])
    return Rejection(
        f"the key {twice!r:.40} stands twice in one object", "keep the value that is meant, and delete the other"
    )


def is_document(file: InputFile) -> bool:
    """Return whether a file is a document of JSON and not one object a line: an array, or an object over several lines."""
    with file.open() as stream:
        head = stream.read(_HEAD_BYTES)
    if describe_binary(head):
        return False
    text = head.decode(unicode_encoding(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")
    first, newline, _ = text.partition("\n")
    return text.startswith("[") or (bool(newline) and first.strip() == "{")


def read_json_document(file: InputFile, admission: Admission) -> Iterator[Report | Rejection]:
    """Yield a report, or the reason why there is none, for each value of a document."""
    n_values = 0
    with file.open() as stream:
        for line, value in _Document(stream, admission.max_bytes).values():
            n_values += 1
            fields: dict[str, object] = {}
            try:
                fields = admission.pick(_as_object(value, n_values))
                yield make_report(fields, admission, origin=f"{file.origin}:{line}")
            except Rejection as rejection:
                rejection.line, rejection.external_id = line, printable_id(fields)
                yield rejection
    if n_values == 0:
        raise Rejection("the file holds an empty array", "delete it, or put JSON objects into it")


def _as_object(value: object, number: int) -> dict[str, object]:
    if isinstance(value, Rejection):
        raise value
    if not isinstance(value, dict):
        msg = f"item {number} is no JSON object but {json.dumps(value):.40}"
        raise Rejection(msg, "put an object there")
    return value


class _Document:
    """A document that is read in pieces, cut off where it has been read.

    Parameters
    ----------
    stream
        Its bytes, from the start.
    max_chars
        The longest value.
    """

    def __init__(self, stream: BinaryIO, max_chars: int) -> None:
        head = stream.read(_HEAD_BYTES)
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(unicode_encoding(head) or "utf-8")()
        self._max_chars = max_chars
        self._faults: list[Rejection] = []
        """Of the keys of the value that is read."""
        self._parse = json.JSONDecoder(object_pairs_hook=self._object).raw_decode
        self._head = head
        self._text = ""
        self._line = 1
        """Of the first character of what is left."""

    def values(self) -> Iterator[tuple[int, Any]]:
        """Yield the line that each value begins on, counted from 1, and the value; a rejection in its place where there is none."""
        try:
            self._text = self._decoder.decode(self._head).lstrip("\ufeff")
            is_array = self._to_next().startswith("[")
            if is_array:
                self._drop(1)
            while self._to_next() and not (is_array and self._text.startswith("]")):
                line, (value, end) = self._line, self._value()
                yield line, value
                self._drop(end)
                if not is_array:
                    break
            if (fault := self._fault_of_end(is_array=is_array)) is not None:
                yield self._line, fault
        except UnicodeDecodeError:
            yield self._line, Rejection("not UTF-8", "save the file as UTF-8")
        except Rejection as rejection:
            yield self._line, rejection

    def _fault_of_end(self, *, is_array: bool) -> Rejection | None:
        if is_array and not self._text:
            return Rejection("the array is not closed: the file may be cut off", _REPAIR)
        self._drop(int(is_array))
        rest = self._to_next().strip()
        return Rejection(f"something follows the JSON: {rest:.40}", _REPAIR) if rest else None

    def _value(self) -> tuple[Any, int]:
        """Return the value that the text begins with, and where it ends; reads on as long as it is not whole."""
        while True:
            self._faults.clear()
            try:
                value, end = self._parse(self._text)
            except json.JSONDecodeError as error:
                if len(self._text) > self._max_chars:
                    msg = f"a value has more than the {self._max_chars:,} characters allowed"
                    raise Rejection(msg, SIZE_REPAIR) from None
                if not self._read():
                    self._line += error.lineno - 1
                    msg = f"not JSON: {error.msg.removesuffix(' at')} at character {error.colno}"
                    raise Rejection(msg, _REPAIR) from None
            except (ValueError, RecursionError) as error:
                msg = f"not usable JSON: {error}"
                raise Rejection(msg, _REPAIR) from None
            else:
                return (self._faults[0] if self._faults else value), end

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if (fault := fault_of_keys(pairs)) is not None:
            self._faults.append(fault)
        return dict(pairs)

    def _to_next(self) -> str:
        """Cut off white space and commas, and return what is left; "" at the end of the file."""
        while True:
            self._drop(_BETWEEN.match(self._text).end())  # type: ignore[union-attr]  # it matches nothing at least
            if self._text or not self._read():
                return self._text

    def _drop(self, n: int) -> None:
        self._line += self._text.count("\n", 0, n)
        self._text = self._text[n:]

    def _read(self) -> bool:
        """Read on, the more the longer the value is that is not whole; return whether there was anything."""
        data = self._stream.read(max(_PIECE_BYTES, len(self._text)))
        self._text += self._decoder.decode(data, final=not data)
        return bool(data)
