"""What each report says of each event, as columns: its words, its figures, who claims it, and the reports themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, overload

import numpy as np
import numpy.typing as npt

from geoconflict.render.payload import Codes, Column, Ints, Lists, Texts, Words, utf16_offset
from geoconflict.source_rows import BOUNDS, MEASURES, REPORT_FIELDS, WORD_FIELDS, source_rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TEXT",
    "SLICE",
    "Told",
    "distinct_lists",
    "flagged_lists",
    "joined_codes",
    "moved_up",
    "shortened",
    "without_sentences",
]

LONGEST_TEXT: Final = 20_000
LONGEST_NAME: Final = 300
"""Characters of a text or a name that a reader is shown; the rest is cut, with a note that says how much."""
COUNTS: Final = tuple(f"{what}_{bound}" for what in MEASURES for bound in BOUNDS)
_HARDLY_DIFFERS: Final = {"mark_end": "version_mark_start"} | {
    f"{what}_{bound}": f"version_{what}_low" for what in MEASURES for bound in ("best", "high")
}
SLICE: Final = 8_192
"""Rows that are parsed at a time: parsed JSON is many times larger than the columns that come out of it."""

IntArray = npt.NDArray[np.int64]


def moved_up(numbers: npt.NDArray[np.float64]) -> IntArray:
    """Return whole numbers moved up by one, so that 0 is "not stated" (NaN) and 1 is nobody."""
    return np.where(np.isnan(numbers), 0, numbers + 1).astype(np.int64)


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
        import pyarrow as pa

        self._note = note
        self._reports: dict[tuple[str, ...], int] = {}
        self._quotes: list[Any] = []
        words: dict[str, list[Codes]] = {name: [] for name in WORD_FIELDS}
        numbers: dict[str, list[IntArray]] = {name: [] for name in ("report", "mark_start", "mark_end", *COUNTS)}
        counts: list[IntArray] = [np.zeros(0, np.int64)]
        for part in sources:
            rows = source_rows(part)
            counts.append(rows.value_lengths().to_numpy())
            self._take(rows.flatten(), words, numbers)
        # What was parsed and dropped would otherwise stand beside all that comes after.
        pa.default_memory_pool().release_unused()
        self.n_versions: IntArray = np.concatenate(counts)
        self._words = {name: joined_codes(parts) for name, parts in words.items()}
        self._numbers = {name: _concatenated(parts) for name, parts in numbers.items()}

    def _take(self, items: Any, words: dict[str, list[Codes]], numbers: dict[str, list[IntArray]]) -> None:
        for name, parts in words.items():
            parts.append(_coded(items.field(name)))
        numbers["report"].append(self._report_numbers([_coded(items.field(name)) for name in REPORT_FIELDS]))
        for what in MEASURES:
            for bound in BOUNDS:
                numbers[f"{what}_{bound}"].append(moved_up(_outer(items, what, bound)))
        quotes, start, end = self._marked(items)
        self._quotes.append(quotes)
        numbers["mark_start"].append(start)
        numbers["mark_end"].append(np.maximum(start, end))

    def _report_numbers(self, fields: list[Codes]) -> IntArray:
        """Return the number of the report of each version; new reports are numbered in the order of the versions."""
        key = np.zeros(len(np.asarray(fields[0].codes)), np.int64)
        for field in fields:
            # Numbered anew each time, or the products would grow beyond 64 bits.
            key = np.unique(key * len(field.dictionary) + np.asarray(field.codes), return_inverse=True)[1]
        _, first, group = np.unique(key, return_index=True, return_inverse=True)
        order = np.argsort(first)
        told = [[field.dictionary[code] for code in np.asarray(field.codes)[first[order]].tolist()] for field in fields]
        found = np.empty(len(first), np.int64)
        found[order] = [self._reports.setdefault(report, len(self._reports)) for report in zip(*told, strict=True)]
        return found[group]

    def _marked(self, items: Any) -> tuple[Any, IntArray, IntArray]:
        """Return the quotes, and where their evidence starts and ends in UTF-16 units."""
        import pyarrow as pa
        import pyarrow.compute as pc

        quotes = items.field("quote").fill_null("")
        lengths = pc.utf8_length(quotes).to_numpy().astype(np.int64)
        marks = [items.field(name).fill_null(0).to_numpy() for name in ("mark_start", "mark_end")]
        start, end = (np.clip(mark, 0, lengths) for mark in marks)
        # Where UTF-16 needs no more units than there are characters, offsets stay as they are.
        is_odd = pc.match_substring_regex(quotes, "[\U00010000-\U0010ffff]").to_numpy(zero_copy_only=False)
        odd = np.flatnonzero(is_odd | (lengths > LONGEST_TEXT))
        if len(odd):
            texts = quotes.to_pylist()
            for k in odd.tolist():
                texts[k], start[k], end[k] = _window(texts[k], int(start[k]), int(end[k]), self._note)
            quotes = pa.array(texts, pa.string())
        return quotes, start, end

    @property
    def n_reports(self) -> int:
        """How many reports tell of anything."""
        return len(self._reports)

    @property
    def newest_day(self) -> str:
        """When the newest report was published, ISO 8601; empty where none says."""
        return max((published_on for *_, published_on, _ in self._reports), default="")

    def columns(self, *, quotes: bool = True) -> dict[str, Column]:
        """Return the columns of versions and of reports; without `quotes` there are no versions and no reports."""
        if not quotes:
            nothing = Told([], self._note).columns()
            return nothing | {"n_versions": Ints(np.zeros(len(self.n_versions), np.int64))}
        _, source, url, title, published_on, _ = zip(*self._reports, strict=True) if self._reports else [()] * 6
        numbers = self._numbers
        return {
            "n_versions": Ints(self.n_versions),
            "version_quote": Words(_Chunks(self._quotes)),
            **{f"version_{name}": self._short(words) for name, words in self._words.items()},
            **{f"version_{name}": Ints(values, plus=_HARDLY_DIFFERS.get(name, "")) for name, values in numbers.items()},
            "report_source": self._short(Codes.of(source)),
            # A part of an address would lead elsewhere.
            "report_url": Texts([address if len(address) <= LONGEST_TEXT else "" for address in url]),
            "report_title": Words([shortened(text, LONGEST_NAME, self._note) for text in title]),
            "report_published_on": Codes.of(published_on),
            "report_text": Ints(self._texts()),
        }

    def _texts(self) -> IntArray:
        """Return for each report the number of the first one that prints the same text: its own, where it is no copy."""
        first: dict[str, int] = {}
        return np.array(
            [
                first.setdefault(copy_of or report_id, number) if copy_of or report_id else number
                for number, (report_id, *_, copy_of) in enumerate(self._reports)
            ],
            np.int64,
        )

    def _short(self, column: Codes) -> Codes:
        return Codes([shortened(text, LONGEST_NAME, self._note) for text in column.dictionary], column.codes)

    def sources(self) -> Lists:
        """Return the names of the sources that tell each event, "" for one without a name."""
        of_report = self._short(Codes.of(report[1] for report in self._reports))
        codes = np.asarray(of_report.codes, np.int64)[self._numbers["report"]]
        none = np.zeros(len(codes), np.int64)
        return flagged_lists(self._rows(), codes, of_report.dictionary, len(self.n_versions), none, with_empty=True)[0]

    def claimants(self, rows: IntArray, names: Codes) -> Lists:
        """Return who claims or denies each event: `names` for the event as a whole, given row by row, then each report."""
        claimed, denied = self._words["claimed_by"], self._words["denied_by"]
        by_turns = np.stack([np.asarray(claimed.codes), np.asarray(denied.codes) + len(claimed.dictionary)], axis=1)
        each = Codes([*claimed.dictionary, *denied.dictionary], by_turns.ravel())
        column = self._short(joined_codes([names, each]))
        all_rows = np.concatenate([rows, np.repeat(self._rows(), 2)])
        return distinct_lists(all_rows, np.asarray(column.codes, np.int64), column.dictionary, len(self.n_versions))

    def _rows(self) -> IntArray:
        return np.repeat(np.arange(len(self.n_versions)), self.n_versions)


class _Chunks(Sequence[str]):
    """Strings that stay in Arrow arrays."""

    def __init__(self, chunks: list[Any]) -> None:
        self._chunks = chunks
        self._ends: list[int] = np.cumsum([len(chunk) for chunk in chunks]).tolist()

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        import pyarrow as pa

        whole = pa.chunked_array(self._chunks, pa.string())
        return str(whole[at]) if isinstance(at, int) else whole[at].to_pylist()


def _concatenated(parts: list[IntArray]) -> IntArray:
    return np.concatenate([np.zeros(0, np.int64), *parts])


def _coded(texts: Any) -> Codes:
    """Return an Arrow array of strings as codes; null is empty."""
    coded = texts.fill_null("").dictionary_encode()
    return Codes(coded.dictionary.to_pylist(), coded.indices.to_numpy().astype(np.int64))


def joined_codes(parts: list[Codes]) -> Codes:
    """Return columns one after the other as one."""
    place: dict[str, int] = {}
    codes = [np.zeros(0, np.int64)]
    for part in parts:
        ranks = np.array([place.setdefault(text, len(place)) for text in part.dictionary], np.int64)
        codes.append(ranks[np.asarray(part.codes, np.int64)])
    return Codes(list(place), np.concatenate(codes))


def without_sentences(text: Mapping[str, Column]) -> dict[str, Column]:
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


def _outer(items: Any, what: str, bound: str) -> npt.NDArray[np.float64]:
    """Return a field of a field, NaN where either is null."""
    import pyarrow.compute as pc

    return pc.struct_field(items, [what, bound]).to_numpy(zero_copy_only=False).astype(np.float64)  # type: ignore[no-any-return]
