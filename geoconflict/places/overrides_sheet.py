"""The overrides file as a table: its lines, header and cells, as spreadsheets and people write them. One row, one line.

UTF-8 with or without a byte order mark; comma, semicolon or tab; any line ends. Another encoding is refused, for guessing
one would turn names into other names without a word.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from geoconflict.errors import InputError

__all__ = ["COLUMNS", "Fault", "Sheet", "cell_text", "parse_sheet", "refused", "row_text", "shown"]

COLUMNS = (
    "surface", "context", "place_id", "lon", "lat", "name", "precision", "radius_m", "valid_from", "valid_to", "note",
)  # fmt: skip

_BOM = b"\xef\xbb\xbf"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_FORMULA_STARTS = ("=", "+", "-", "@")
_LONGEST_LINE = 100_000
"""Characters; the csv module's own limit on fields is one for the whole process, and others may have set it."""
_SAVE = "save it as 'CSV UTF-8'"


class Fault(NamedTuple):
    """What is wrong with a file."""

    line: int
    """Counted from 1."""
    what: str
    """And how to mend it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds, faults of form included."""

    header: tuple[str, ...]
    header_line: int
    """Counted from 1."""
    delimiter: str
    newline: str
    rows: tuple[tuple[int, dict[str, str]], ...]
    """(line, cells by column) of the rows that are no comments and not blank."""
    faults: tuple[Fault, ...]


def shown(value: str) -> str:
    """Return a value as a message can hold it: quoted, its middle left out where it is long."""
    return repr(value) if len(value) <= 60 else f"{value[:40]!r}... ({len(value):,} characters)"


def refused(file: Path, faults: Sequence[Fault]) -> InputError:
    """Return the one error that names all faults of a file, in the order of its lines."""
    count = f"{len(faults)} fault{'s' * (len(faults) > 1)}"
    in_order = sorted(faults, key=lambda fault: fault.line)
    return InputError(f"{file}: {count}:\n" + "\n".join(f"  line {fault.line}: {fault.what}" for fault in in_order))


def lines_of(text: str) -> list[str]:
    """Return the lines of a text with their ends."""
    return [line for line in _LINE.findall(text) if line]


def parse_sheet(content: bytes, file: Path) -> Sheet:
    """Return the rows and the faults of a file's content.

    Raises
    ------
    InputError
        If it is not UTF-8, with the lines at fault, or has no header that could be read.
    """
    lines = lines_of(_decoded(content, file))
    newline = next((end for line in lines for end in ("\r\n", "\n", "\r") if line.endswith(end)), "\n")
    start, forced = 0, ""
    while start < len(lines) and (not lines[start].strip() or lines[start].lstrip().startswith("#")):
        start += 1
    if start < len(lines) and (said := re.fullmatch(r"sep=(.)", lines[start].strip(), re.IGNORECASE)):
        start, forced = start + 1, said[1]  # what Excel reads to know its own delimiter
    if start >= len(lines):
        msg = f"{file}: no header; the first line names the columns, of which there are {', '.join(COLUMNS)}"
        raise InputError(msg)
    header, delimiter = _header(lines[start], forced)
    faults = _header_faults(header, start + 1)
    if "surface" not in header:
        raise refused(file, faults)
    rows = []
    for number, line in enumerate(lines[start + 1 :], start + 2):
        content_of_line = line.rstrip("\r\n")
        if not content_of_line.strip() or content_of_line.lstrip().startswith("#"):
            continue
        if len(content_of_line) > _LONGEST_LINE:
            faults.append(Fault(number, f"more than {_LONGEST_LINE:,} characters; is this a row?"))
            continue
        try:
            cells = [cell_value(cell) for cell in next(csv.reader([content_of_line], delimiter=delimiter, strict=True))]
        except csv.Error:
            what = "quotation marks do not match; a row is one line, and a quotation mark inside a quoted field is written twice"
            faults.append(Fault(number, what))
            continue
        if any(cells[len(header) :]):
            what = f"more fields than columns; put quotation marks around a field that holds {delimiter!r}"
            faults.append(Fault(number, what))
        elif any(cells):
            padded = zip(header, cells + [""] * len(header), strict=False)
            rows.append((number, dict(reversed(list(padded)))))  # of a column that comes twice, the first counts
    return Sheet(header, start + 1, delimiter, newline, tuple(rows), tuple(faults))


def _decoded(content: bytes, file: Path) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        msg = f"{file}: UTF-16, which spreadsheets call 'Unicode text'; {_SAVE}"
        raise InputError(msg)
    try:
        return content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        faults = []
        for number, line in enumerate(re.split(rb"\r\n|\r|\n", content), 1):
            try:
                line.removeprefix(_BOM).decode("utf-8")
            except UnicodeDecodeError as error:
                faults.append(
                    Fault(
                        number,
                        f"not UTF-8 at byte {error.start + 1} of the line; probably saved as Windows-1252 or another old "
                        f"encoding: {_SAVE}",
                    )
                )
        raise refused(file, faults) from None


def _header(line: str, forced: str) -> tuple[tuple[str, ...], str]:
    """Return the columns and the delimiter: the one under which most columns are known."""

    def columns(delimiter: str) -> tuple[str, ...]:
        found = next(csv.reader([line.rstrip("\r\n")], delimiter=delimiter), [])
        names = [name.strip().casefold() for name in found]
        while names and not names[-1]:  # a spreadsheet pads its lines
            names.pop()
        return tuple(names)

    delimiter = forced or max(",;\t", key=lambda one: len(set(columns(one)) & set(COLUMNS)))
    return columns(delimiter), delimiter


def _header_faults(header: tuple[str, ...], number: int) -> list[Fault]:
    there_are = f"the columns are {', '.join(COLUMNS)}"
    faults = [Fault(number, f"unknown column {shown(name)}; {there_are}") for name in header if name not in COLUMNS]
    doubled = sorted({name for name in header if header.count(name) > 1 and name in COLUMNS})
    faults += [Fault(number, f"column {name!r} comes twice; remove one") for name in doubled]
    if "surface" not in header:
        faults.append(Fault(number, f"no column 'surface'; {there_are}"))
    return faults


def cell_value(cell: str) -> str:
    """Return what a cell means: without spaces around it, and without the apostrophe that keeps it from being a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:2] in _FORMULA_STARTS else cell


def cell_text(value: str) -> str:
    """Return a value as a cell: on one line, and never a formula that a spreadsheet would run."""
    value = " ".join(value.split())
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


def row_text(cells: list[str], delimiter: str) -> str:
    """Return cells as a line without its end."""
    buffer = io.StringIO()
    # Unquoted, a first cell that begins with # would be read as a comment.
    csv.writer(
        buffer,
        delimiter=delimiter,
        lineterminator="",
        quoting=csv.QUOTE_ALL if cells[0].startswith("#") else csv.QUOTE_MINIMAL,
    ).writerow(cells)
    return buffer.getvalue()
