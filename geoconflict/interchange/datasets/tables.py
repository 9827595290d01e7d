"""Tables of others as columns of text, whatever they come in: CSV, tab-separated text, JSON, packed files, frames.

Cells are kept as they stand, but for the apostrophe that keeps a spreadsheet from running one
(:mod:`geoconflict.interchange.cells`). Columns are found by name; where a row stands is known for every message.
"""

from __future__ import annotations

import csv
import difflib
import gzip
import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from geoconflict.errors import InputError
from geoconflict.interchange.cells import plain
from geoconflict.interchange.datasets.faults import Faults

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "JSON_SUFFIXES",
    "Given",
    "Table",
    "decoded",
    "delimiter_of",
    "named_columns",
    "open_table",
    "table_of",
    "unpacked",
]

Given: TypeAlias = "str | os.PathLike[str] | pd.DataFrame"
"""A file, or a frame with the columns of one."""

_DELIMITERS: Final = (",", "\t", ";")
_LARGEST_BYTES: Final = 1 << 30
"""What a packed file may hold, for it is unpacked into memory."""
_MOST_EXPANSION: Final = 200
"""How many times its size a packed file may hold; as for gazetteers, no honest table shrinks so far."""
_FREE_BYTES: Final = 10 << 20
"""What may be unpacked before the ratio counts."""
JSON_SUFFIXES: Final = (".json", ".jsonl", ".ndjson")
_LISTS: Final = ("data", "Result", "result", "results")
"""Where the answers of services hold their rows."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of text, all of one length; None is a missing cell, "" an empty one."""

    columns: Mapping[str, list[str | None]]
    places: Sequence[str]
    """Where each row stands: "line 5", "row 3"."""
    origin: str
    notes: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    """The ids of the rows that were looked at, and how often; slices of one table share it."""

    def slices(self, n_rows: int) -> Iterator[Table]:
        """Yield the table in parts of at most `n_rows` rows; an empty table is one part."""
        for start in range(0, max(len(self), 1), n_rows):
            part = slice(start, start + n_rows)
            columns = {name: cells[part] for name, cells in self.columns.items()}
            yield Table(columns, self.places[part], self.origin, self.notes, self.seen)

    def __len__(self) -> int:
        return len(self.places)

    def cells(self, name: str) -> list[str]:
        """Return a column without spaces around its cells; empty where it is missing, all empty where there is none."""
        found = self.columns.get(name)
        return [""] * len(self) if found is None else [(cell or "").strip() for cell in found]


def open_table(
    given: Given, known: Sequence[str], needed: Iterable[str], *, faults: Faults, encodings: Sequence[str], kind: str
) -> Table:
    """Return a table of others with the names of `known` for its columns, whatever their case; others keep their names.

    Parameters
    ----------
    given
        A path (``.csv``, ``.tsv``, ``.txt``, ``.json``, ``.jsonl``; packed as ``.gz``, or alone in a ``.zip``) or a frame.
    known
        The columns of the data set.
    needed
        Those without which nothing can be read.
    faults
        Where rows are noted that have more or fewer cells than the header; they cannot be kept.
    encodings
        What to read text as, the first that fits.
    kind
        What the table is, for messages: "ACLED".

    Raises
    ------
    InputError
        If the file cannot be read, is empty, or lacks a column that is needed.
    """
    if hasattr(given, "columns") and hasattr(given, "dtypes"):
        return _of_frame(given, known, needed, kind)
    path = Path(given)
    name, data = unpacked(path)
    if Path(name).suffix.lower() in JSON_SUFFIXES:
        table = _of_json(decoded(data, path, encodings)[0], str(path))
        return _checked(table, known, needed, kind)
    text, note = decoded(data, path, encodings)
    table = _of_text(text, str(path), known, faults)
    table.notes.extend(note)
    return _checked(table, known, needed, kind)


def table_of(columns: Mapping[str, list[str | None]], n_rows: int, origin: str) -> Table:
    """Return a table of columns that are there already."""
    return Table(columns, [f"row {k}" for k in range(n_rows)], origin)


# ---------------------------------------------------------------- bytes to text
def unpacked(path: Path) -> tuple[str, bytes]:
    """Return the name and the bytes of a file, or of the one file that is packed in it.

    Raises
    ------
    InputError
        If there is no such file, it is damaged, is empty, or holds several.
    """
    if not path.is_file():
        msg = f"{path}: there is no such file"
        raise InputError(msg)
    data = path.read_bytes()
    name = path.name
    most = min(_LARGEST_BYTES, max(_FREE_BYTES, _MOST_EXPANSION * len(data)))
    try:
        if data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                members = [one for one in packed.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
                if len(members) != 1:
                    msg = f"{path}: holds {len(members)} files; unpack it and name the one that is meant"
                    raise InputError(msg)
                _check_size(path, members[0].file_size, most)
                with packed.open(members[0]) as member:
                    name, data = members[0].filename, member.read(most + 1)
                _check_size(path, len(data), most)
        elif data.startswith(b"\x1f\x8b"):
            with gzip.open(io.BytesIO(data)) as packed_one:
                data = packed_one.read(most + 1)
            _check_size(path, len(data), most)
            name = name.removesuffix(".gz")
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, RuntimeError, NotImplementedError) as error:
        msg = f"{path}: its packing is damaged ({error}); fetch it again"
        raise InputError(msg) from error
    if not data.strip():
        msg = f"{path}: the file is empty; fetch it again"
        raise InputError(msg)
    return name, data


def _check_size(path: Path, n_bytes: int, most: int) -> None:
    if n_bytes > most:
        msg = (
            f"{path}: unpacks to more than {most:,} bytes (no more than {_LARGEST_BYTES:,} are, nor more than "
            f"{_MOST_EXPANSION} times its size, as in a zip bomb); if you trust it, unpack it yourself, or split it up"
        )
        raise InputError(msg)


def decoded(data: bytes, path: Path, encodings: Sequence[str]) -> tuple[str, list[str]]:
    """Return the text of bytes in the first encoding that fits, and a note where that is not the first.

    Raises
    ------
    InputError
        If none fits; with the line.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    for k, encoding in enumerate(encodings):
        try:
            text = data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
        except LookupError as error:
            msg = f"{path}: encoding: {encoding!r} is none that Python knows; use 'utf-8' or 'latin-1'"
            raise InputError(msg) from error
        except UnicodeDecodeError as error:
            failure = error
        else:
            if "\0" in text:
                msg = f"{path}: holds NUL characters, so it is no text; fetch it again, or save it as UTF-8"
                raise InputError(msg)
            return text, [f"read as {encoding}, for it is not {encodings[0]}"] if k else []
    line = data.count(b"\n", 0, failure.start) + 1
    msg = (
        f"{path}: line {line}: not {encodings[-1]} (byte 0x{data[failure.start]:02x}); save the file as UTF-8, or name its "
        "encoding, such as encoding='cp1252'"
    )
    raise InputError(msg)


# ---------------------------------------------------------------- text to columns
def _of_text(text: str, origin: str, known: Sequence[str], faults: Faults) -> Table:
    delimiter = delimiter_of(text, known)
    quoting: Any = csv.QUOTE_MINIMAL
    # Tab-separated data sets quote nothing, and a stray quote would swallow lines; files that do quote have uneven lines.
    if delimiter == "\t":
        lines = text.splitlines()
        if len({line.count("\t") for line in lines if line}) == 1:
            quoting = csv.QUOTE_NONE
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
    rows: list[list[str]] = []
    places: list[str] = []
    header: list[str] | None = None
    known_cells: dict[str, str] = {}  # names, dates and codes repeat: one string of each is enough
    line = 1
    try:
        for row in reader:
            place, line = f"line {line}", reader.line_num + 1
            if not any(row):
                continue
            if header is None:
                header = row
            elif len(row) == len(header):
                rows.append([known_cells.setdefault(cell, cell) if len(cell) < _SHORT else cell for cell in row])
                places.append(place)
            else:
                what = f"{len(row)} cells where the header has {len(header)}"
                faults.add(
                    what, place, row[0], "mend the quotes of that line; a row that cannot be told apart is left out"
                )
    except csv.Error as error:
        msg = f"{origin}: line {reader.line_num}: {error}; mend the quotes of that line"
        raise InputError(msg) from error
    if header is None:
        msg = f"{origin}: there is no header; fetch the file again"
        raise InputError(msg)
    columns: list[list[str | None]] = [[plain(cell) for cell in column] for column in zip(*rows, strict=True)]
    return Table(_together(header, columns or [[] for _ in header], origin), places, origin)


def delimiter_of(text: str, known: Sequence[str]) -> str:
    """Return what parts the columns: what gives most of the known names in the first line, and then most columns."""
    first = text.lstrip("\r\n").split("\n", 1)[0].strip("\r")
    names = {_key(name) for name in known}

    def worth(delimiter: str) -> tuple[int, int]:
        cells = first.replace('"', "").split(delimiter)
        return len(names & {_key(cell) for cell in cells}), len(cells)

    return max(_DELIMITERS, key=worth)


def _together(header: Sequence[str], columns: Sequence[list[str | None]], origin: str) -> dict[str, list[str | None]]:
    names = [name.strip() for name in header]
    twice = next((name for k, name in enumerate(names) if name in names[:k]), None)
    if twice is not None:
        msg = f"{origin}: several columns are named {twice!r}; rename them so that each is meant by its name"
        raise InputError(msg)
    return dict(zip(names, columns, strict=True))


def _of_json(text: str, origin: str) -> Table:
    """Read an array of objects, an answer that holds one, or an object a line."""
    try:
        told = json.loads(text)
    except ValueError as error:
        told = _json_lines(text, origin, error)
    except RecursionError:
        msg = f"{origin}: JSON of more levels than any table has; check what file it is"
        raise InputError(msg) from None
    if isinstance(told, dict):
        told = next((told[name] for name in _LISTS if isinstance(told.get(name), list)), [told])
    if not isinstance(told, list) or not all(isinstance(row, dict) for row in told):
        msg = f"{origin}: no rows; an array of objects is read, or an answer of the service that holds one as 'data' or 'Result'"
        raise InputError(msg)
    names = list(dict.fromkeys(name for row in told for name in row))
    columns = {name: [_as_text(row.get(name)) for row in told] for name in names}
    return Table(columns, [f"item {k}" for k in range(1, len(told) + 1)], origin)


def _json_lines(text: str, origin: str, error: ValueError) -> list[Any]:
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                rows.append(json.loads(line))
            except (ValueError, RecursionError):
                where = f"line {number}" if rows else str(error)
                msg = f"{origin}: no JSON ({where}); it may be cut short, so fetch it again"
                raise InputError(msg) from None
    return rows


def _of_frame(given: Any, known: Sequence[str], needed: Iterable[str], kind: str) -> Table:
    frame: pd.DataFrame = given
    geometry = getattr(frame, "_geometry_column_name", None)
    names = [name for name in frame.columns if name != geometry]
    columns = [[_as_text(value) for value in frame[name].tolist()] for name in names]
    table = Table(
        _together([str(name) for name in names], columns, "the frame"),
        [f"row {label}" for label in frame.index],
        "the frame",
    )
    return _checked(table, known, needed, kind)


def _as_text(value: Any) -> str | None:
    """Return a value as the cell of a table; whole numbers that a missing one made floats are whole again."""
    if isinstance(value, str):
        return value
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:  # noqa: PLR0124  # NaN
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53:
        return str(int(value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


# ---------------------------------------------------------------- names of columns
def _checked(table: Table, known: Sequence[str], needed: Iterable[str], kind: str) -> Table:
    named = named_columns(table.columns, known)
    missing = [name for name in needed if name not in named]
    if missing:
        raise InputError(_missing(missing, list(table.columns), table.origin, kind))
    return Table(named, table.places, table.origin, table.notes)


def named_columns(columns: Mapping[str, list[str | None]], known: Sequence[str]) -> dict[str, list[str | None]]:
    """Return columns under the names of `known`, found whatever their case and with a space for an underscore."""
    own = {_key(name): name for name in known}
    named: dict[str, list[str | None]] = {}
    for name, cells in columns.items():
        ours = own.get(_key(name), name)
        named[name if ours in named or (ours != name and ours in columns) else ours] = cells
    return named


def _key(name: str) -> str:
    return re.sub(r"[\s_]+", "_", name.strip().strip('"').casefold())


def _missing(missing: Sequence[str], there: Sequence[str], origin: str, kind: str) -> str:
    faults = []
    for name in missing[:5]:
        near = difflib.get_close_matches(name, there, 1, 0.5)
        faults.append(f"no column {name!r}" + (f" (the nearest is {near[0]!r})" if near else ""))
    more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
    shown = ", ".join(name[:_SHOWN] for name in there[:12]) + (" ..." if len(there) > 12 else "")
    return f"{origin}: line 1: no table of {kind}: {', '.join(faults)}{more}; the columns are {shown}; rename them, or read it with read_events"


_SHOWN: Final = 40
_SHORT: Final = 50
