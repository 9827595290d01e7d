"""One report a row: CSV, and TSV."""

from __future__ import annotations

import collections
import csv
from collections.abc import Iterator
from dataclasses import dataclass

from geoconflict.models import Report
from geoconflict.reports._files import InputFile
from geoconflict.reports._lines import Line, LineReader
from geoconflict.reports._record import Admission, column_key, make_report, printable_id
from geoconflict.reports._rejection import SIZE_REPAIR, Rejection

__all__ = ["read_csv_table"]

_DELIMITERS = (",", ";", "\t", "|")
_QUOTES_REPAIR = "put a cell that holds quotes, commas or line breaks in quotes, and double the quotes inside"


def read_csv_table(file: InputFile, admission: Admission) -> Iterator[Report | Rejection]:
    """Yield a report, or the reason why there is none, for each row that is not blank.

    The first row names the columns. The delimiter is the one of comma, semicolon, tab and bar that makes most of it;
    cells with line breaks stand in double quotes (RFC 4180). A row counts as standing on the line it begins on.
    """
    # The limit is one of the process; it is only ever raised, to what one report may have.
    csv.field_size_limit(max(csv.field_size_limit(), admission.max_bytes))
    with file.open() as stream:
        rows = _Rows(iter(LineReader(file, stream, admission.max_bytes)), admission.max_bytes)
        header: list[str] | None = None
        n_rows = 0
        for row in rows:
            if header is None:
                header = _checked_header(row, admission)
                continue
            n_rows += 1
            fields: dict[str, object] = {}
            try:
                fields = admission.pick(_named(row, header))
                yield make_report(fields, admission, origin=f"{file.origin}:{row.number}")
            except Rejection as rejection:
                rejection.line, rejection.external_id = row.number, printable_id(fields)
                yield rejection
        if header is None:
            raise Rejection("the file holds no row", "delete it, or put a header and rows into it")
        if not n_rows:
            raise Rejection("the file holds a header and no row", "delete it, or put rows below the header")


def _checked_header(row: _Row, admission: Admission) -> list[str]:
    if row.fault is not None:
        row.fault.line = row.number
        raise row.fault
    names = [cell.strip() for cell in row.cells]
    there = ", ".join(map(repr, names[:20]))
    if "text" not in admission.pick(dict.fromkeys(names, "?")):
        wanted = " or ".join(map(repr, admission.columns["text"]))
        what = f"no column holds the text: there is no {wanted}; the columns are {there}"
        repair = "name the column, for example [reports.columns] text = 'your column', in geoconflict.toml"
        raise Rejection(what, repair, line=row.number)
    ours = {name for columns in admission.columns.values() for name in columns}
    twice = [name for name, n in collections.Counter(map(column_key, names)).items() if n > 1 and name in ours]
    if twice:
        msg = f"two columns are called {twice[0]!r}"
        raise Rejection(msg, "rename one of them", line=row.number)
    return names


def _named(row: _Row, header: list[str]) -> dict[str, str]:
    if row.fault is not None:
        raise row.fault
    if len(row.cells) != len(header):
        msg = f"the row has {len(row.cells)} cells, the header {len(header)}"
        raise Rejection(msg, _QUOTES_REPAIR)
    return dict(zip(header, row.cells, strict=True))


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: list[str]
    fault: Rejection | None = None


class _TooLong(Exception):  # noqa: N818
    """The lines of one record have more bytes than a report may have."""


class _Rows:
    """The records of a table; after a broken one, reading goes on at the line after the one it began on."""

    def __init__(self, lines: Iterator[Line], max_bytes: int) -> None:
        self._lines = lines
        self._max_bytes = max_bytes
        self._again: collections.deque[Line] = collections.deque()
        self._taken: list[Line] = []
        self._delimiter = ""

    def __iter__(self) -> Iterator[_Row]:
        while (row := self._next()) is not None:
            if row.cells or row.fault:
                yield row

    def _next(self) -> _Row | None:
        self._taken = []
        try:
            cells = next(csv.reader(self._feed(), delimiter=self._delimiter or self._sniff(), strict=True), None)
        except _TooLong:
            return self._pass_over()
        except csv.Error as error:
            first = self._taken[0]
            self._again.extendleft(reversed(self._taken[1:]))
            return _Row(first.number, [], Rejection(f"not CSV: {error}", _QUOTES_REPAIR))
        if cells is None:
            return None
        fault = next((line.fault for line in self._taken if line.fault), None)
        return _Row(self._taken[0].number, cells, fault)

    def _feed(self) -> Iterator[str]:
        n_bytes = 0
        while (line := self._line()) is not None:
            self._taken.append(line)
            n_bytes += line.n_bytes
            if n_bytes > self._max_bytes:
                raise _TooLong
            yield line.text

    def _line(self) -> Line | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _pass_over(self) -> _Row:
        """Read to the end of a record that is too long: where the quotes met so far are even in number."""
        first = self._taken[0]
        n_quotes = sum(line.n_quotes for line in self._taken)
        self._taken = []
        while n_quotes % 2:
            line = self._line()
            if line is None:
                what = "a quote opened here is never closed; the rows after it could not be read"
                return _Row(first.number, [], Rejection(what, _QUOTES_REPAIR))
            n_quotes += line.n_quotes
        what = f"the row is larger than {self._max_bytes:,} bytes"
        return _Row(first.number, [], Rejection(what, SIZE_REPAIR))

    def _sniff(self) -> str:
        """Return the delimiter that splits the first line that is not blank into most cells; a comma if none does."""
        while (line := self._line()) is not None and not line.text.strip() and line.fault is None:
            pass
        if line is None:
            return _DELIMITERS[0]
        self._again.append(line)
        n_cells = []
        for delimiter in _DELIMITERS:
            try:
                n_cells.append(len(next(csv.reader([line.text], delimiter=delimiter), [])))
            except csv.Error:
                n_cells.append(0)
        self._delimiter = _DELIMITERS[n_cells.index(max(n_cells))]
        return self._delimiter
