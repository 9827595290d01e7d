"""What each report says of each event, as columns: its words, its figures, who claims it, and the reports themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from geoconflict.render.payload import Codes, Column, Ints, Lists, Texts, Words, clean_text, utf16_offset

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "SLICE",
    "Told",
    "as_text",
    "distinct_lists",
    "flagged_lists",
    "shortened",
    "without_quotes",
]

LONGEST_TEXT: Final = 20_000
LONGEST_NAME: Final = 300
"""Characters of a text or a name that a reader is shown; the rest is cut, with a note that says how much."""
_BOUNDS: Final = ("low", "best", "high")
_WORDS: Final = ("status", "claimed_by", "denied_by", "figures_by", "date_text")
COUNTS: Final = tuple(f"{what}_{bound}" for what in ("killed", "wounded") for bound in _BOUNDS)
_HARDLY_DIFFERS: Final = {"mark_end": "version_mark_start"} | {
    f"{what}_{bound}": f"version_{what}_low" for what in ("killed", "wounded") for bound in ("best", "high")
}
SLICE: Final = 8_192
"""Rows that are parsed at a time: parsed JSON is many times larger than the columns that come out of it."""
_REPORT: Final = ("report_id", "source", "url", "title", "published_on")

IntArray = npt.NDArray[np.int64]


def as_text(value: Any) -> str:
    """Return a string of a value that may be missing."""
    if type(value) is str:
        return value
    import pandas as pd

    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 - NaN


def shortened(text: str, longest: int, note: str) -> str:
    """Return a text of at most about `longest` characters; `note` says how many were cut, as ``{n}``."""
    return text if len(text) <= longest else text[:longest] + "… " + note.replace("{n}", str(len(text) - longest))


class Told:
    """The versions of all events, row after row of the map.

    Parameters
    ----------
    sources
        The column ``sources`` of event frames in the order of the map, some :data:`SLICE` rows at a time.
    note
        What stands where a text was cut; see :func:`shortened`.

    Raises
    ------
    ValueError
        If a row is not a JSON array of objects.
    """

    def __init__(self, sources: Iterable[pd.Series[Any]], note: str) -> None:
        self._note = note
        self._reports: dict[tuple[str, ...], int] = {}
        self._quotes: list[str] = []
        self._words: dict[str, list[str]] = {name: [] for name in _WORDS}
        numbers: dict[str, list[IntArray]] = {name: [] for name in ("report", "mark_start", "mark_end", *COUNTS)}
        counts: list[IntArray] = [np.zeros(0, np.int64)]
        for part in sources:
            rows = _parsed(part)
            counts.append(rows.value_lengths().to_numpy())
            self._take(rows.flatten(), numbers)
        self.n_versions: IntArray = np.concatenate(counts)
        self._numbers = {name: np.concatenate([np.zeros(0, np.int64), *parts]) for name, parts in numbers.items()}

    def _take(self, items: Any, numbers: dict[str, list[IntArray]]) -> None:
        def words(name: str) -> list[str]:
            return items.field(name).fill_null("").to_pylist()  # type: ignore[no-any-return]

        for name in self._words:
            self._words[name] += words(name)
        reports = self._reports
        told = zip(*map(words, _REPORT), strict=True)
        numbers["report"].append(np.array([reports.setdefault(report, len(reports)) for report in told], np.int64))
        for what in ("killed", "wounded"):
            for bound in _BOUNDS:
                # Moved up by one, so that 0 is "not stated" and 1 is nobody.
                count = _outer(items, what, bound)
                numbers[f"{what}_{bound}"].append(np.where(np.isnan(count), 0, count + 1).astype(np.int64))
        quotes = words("quote")
        marks = [items.field(name).fill_null(0).to_numpy() for name in ("mark_start", "mark_end")]
        lengths = np.fromiter(map(len, quotes), np.int64, len(quotes))
        start, end = (np.clip(mark, 0, lengths) for mark in marks)
        for k, quote in enumerate(quotes):
            # Where UTF-16 needs no more units than there are characters, offsets stay as they are.
            if len(quote) > LONGEST_TEXT or not (quote.isascii() or len(quote.encode("utf-16-le")) == 2 * len(quote)):
                quotes[k], start[k], end[k] = _window(quote, int(start[k]), int(end[k]), self._note)
        self._quotes += quotes
        numbers["mark_start"].append(start)
        numbers["mark_end"].append(np.maximum(start, end))

    @property
    def n_reports(self) -> int:
        """How many reports tell of anything."""
        return len(self._reports)

    def columns(self, *, quotes: bool = True) -> dict[str, Column]:
        """Return the columns of versions and of reports; without `quotes` there are no versions and no reports."""
        if not quotes:
            nothing = Told([], self._note).columns()
            return nothing | {"n_versions": Ints(np.zeros(len(self.n_versions), np.int64))}
        _, source, url, title, published_on = zip(*self._reports, strict=True) if self._reports else [()] * 5
        numbers = self._numbers
        return {
            "n_versions": Ints(self.n_versions),
            "version_quote": Words(self._quotes),
            **{f"version_{name}": self._short(Codes.of(words)) for name, words in self._words.items()},
            **{f"version_{name}": Ints(values, plus=_HARDLY_DIFFERS.get(name, "")) for name, values in numbers.items()},
            "report_source": self._short(Codes.of(source)),
            # A part of an address would lead elsewhere.
            "report_url": Texts([address if len(address) <= LONGEST_TEXT else "" for address in url]),
            "report_title": Words([shortened(text, LONGEST_NAME, self._note) for text in title]),
            "report_published_on": Codes.of(published_on),
        }

    def _short(self, column: Codes) -> Codes:
        return Codes([shortened(text, LONGEST_NAME, self._note) for text in column.dictionary], column.codes)

    def sources(self) -> Lists:
        """Return the names of the sources that tell each event, "" for one without a name."""
        of_report = self._short(Codes.of(report[1] for report in self._reports))
        codes = np.asarray(of_report.codes, np.int64)[self._numbers["report"]]
        none = np.zeros(len(codes), np.int64)
        return flagged_lists(self._rows(), codes, of_report.dictionary, len(self.n_versions), none, with_empty=True)[0]

    def claimants(self, rows: IntArray, names: Iterable[str]) -> Lists:
        """Return who claims or denies each event: `names` for the event as a whole, given row by row, then each report."""
        told = self._words
        each = [name for pair in zip(told["claimed_by"], told["denied_by"], strict=True) for name in pair]
        column = self._short(Codes.of([*names, *each]))
        all_rows = np.concatenate([rows, np.repeat(self._rows(), 2)])
        return distinct_lists(all_rows, np.asarray(column.codes, np.int64), column.dictionary, len(self.n_versions))

    def _rows(self) -> IntArray:
        return np.repeat(np.arange(len(self.n_versions)), self.n_versions)


def without_quotes(text: Mapping[str, Column]) -> dict[str, Column]:
    """Return the text columns of a map without the sentences and titles of reports, the bulk of them."""
    kept = dict(text)
    for name in ("version_quote", "report_title"):
        if isinstance(column := text.get(name), Words):
            kept[name] = Words([""] * len(column.values))
    for name in ("version_mark_start", "version_mark_end"):
        if isinstance(column := text.get(name), Ints):
            kept[name] = Ints(np.zeros(len(np.asarray(column.values)), np.int64))
    return kept


def distinct_lists(rows: IntArray, codes: IntArray, dictionary: Iterable[str], n_rows: int) -> Lists:
    """Return the names of each row that are not empty, each once, in the order in which they are given."""
    return flagged_lists(rows, codes, dictionary, n_rows, np.zeros(len(rows), np.int64))[0]


def flagged_lists(
    rows: IntArray,
    codes: IntArray,
    dictionary: Iterable[str],
    n_rows: int,
    flags: IntArray,
    *,
    with_empty: bool = False,
) -> tuple[Lists, IntArray]:
    """Return :func:`distinct_lists`, and for each of its names all flags (bits) that it was given with in its row.

    Empty names are left out unless `with_empty`.
    """
    names = list(dictionary)
    filled = np.array([with_empty or bool(name) for name in names], bool)[codes] if names else np.zeros(0, bool)
    rows, codes, flags = rows[filled], codes[filled], flags[filled]
    _, first, group = np.unique(rows * (len(names) + 1) + codes, return_index=True, return_inverse=True)
    order = np.lexsort((first, rows[first]))
    joined = np.zeros(len(first), np.int64)
    np.bitwise_or.at(joined, group, flags)
    first = first[order]
    return Lists(names, codes[first], np.bincount(rows[first], minlength=n_rows)), joined[order]


def _window(quote: str, start: int, end: int, note: str) -> tuple[str, int, int]:
    """Return the quote, cut around its evidence where it is too long, and the evidence in UTF-16 units."""
    if len(quote) > LONGEST_TEXT:
        before = max(0, min(start - LONGEST_TEXT // 4, len(quote) - LONGEST_TEXT))
        head = "… " if before else ""
        quote = head + shortened(quote[before:], LONGEST_TEXT, note)
        start, end = start - before + len(head), min(end - before + len(head), len(quote))
    return quote, utf16_offset(quote, start), utf16_offset(quote, end)


# ---------------------------------------------------------------- JSON, many rows at a time
def _parsed(sources: pd.Series[Any]) -> Any:
    """Return an Arrow array, one list of structs a row; missing fields are null."""
    import pyarrow as pa

    try:
        return _read(pa.array(sources, pa.large_string()))
    except (pa.ArrowException, UnicodeEncodeError):
        # Numbers that stand as 3.0, names that are numbers, half a surrogate pair: json is more patient.
        return _read(pa.array([_plain(text) for text in sources.tolist()], pa.large_string()))


def _read(texts: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import json as arrow_json

    count = pa.struct([(bound, pa.int64()) for bound in _BOUNDS])
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    item = pa.struct(
        [(name, pa.string()) for name in (*_REPORT, "quote", *_WORDS)]
        + [(name, pa.int64()) for name in ("mark_start", "mark_end")]
        + [(name, count) for name in ("killed", "wounded")]
    )
    # One object a line, all in one buffer.
    lines = pc.binary_join_element_wise(_scalar('{"told":'), texts, _scalar("}\n"), _scalar(""))
    buffer = lines.buffers()[2] if len(lines) else None
    if buffer is None:
        return pa.array([], pa.list_(item))
    table = arrow_json.read_json(
        pa.BufferReader(buffer),
        read_options=arrow_json.ReadOptions(use_threads=False, block_size=buffer.size + 1),
        parse_options=arrow_json.ParseOptions(
            explicit_schema=pa.schema([("told", pa.list_(item))]),
            newlines_in_values=True,
            unexpected_field_behavior="ignore",
        ),
    )
    rows = table["told"].combine_chunks()
    if len(rows) != len(texts) or rows.null_count or rows.flatten().null_count:
        msg = "a row is not a JSON array of objects"
        raise ValueError(msg)
    return rows


def _scalar(text: str) -> Any:
    import pyarrow as pa

    return pa.scalar(text, pa.large_string())


def _plain(text: str) -> str:
    """Return the JSON of one row with the fields that a map shows and no others, each of its type.

    Raises
    ------
    ValueError
        If it is not a JSON array of objects.
    """
    rows = json.loads(text)
    if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
        msg = "a row is not a JSON array of objects"
        raise ValueError(msg)
    words = (*_REPORT, "quote", *_WORDS)
    plain = [
        {name: clean_text(as_text(row.get(name))) for name in words}
        | {name: int(row.get(name) or 0) for name in ("mark_start", "mark_end")}
        | {
            name: {
                bound: None if count is None else int(count) for bound, count in row[name].items() if bound in _BOUNDS
            }
            for name in ("killed", "wounded")
            if row.get(name)
        }
        for row in rows
    ]
    return json.dumps(plain, ensure_ascii=False)


def _outer(items: Any, what: str, bound: str) -> npt.NDArray[np.float64]:
    """Return a field of a field, NaN where either is null."""
    import pyarrow.compute as pc

    return pc.struct_field(items, [what, bound]).to_numpy(zero_copy_only=False).astype(np.float64)  # type: ignore[no-any-return]
