"""The texts of reports and the bands in which alike ones meet, kept in the tables of the event store."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from geoconflict.ledger import TextRow
from geoconflict.models import Report
from geoconflict.store.encoding import decoded
from geoconflict.store.report_states import blocks_of_days

__all__ = ["StoreTextIndex"]

_DAYS_OF_WEEK = 7
"""Bands are kept week by week: what is new touches pages of its own weeks alone, however large the store is."""
_BANDS_AT_ONCE = 64
"""More than a text has; SQLite takes some thousand values in a statement at most."""
_UNSEEN = (
    "FROM report INDEXED BY report_by_day WHERE NOT EXISTS "
    "(SELECT 1 FROM report_text WHERE report_text.report_id = report.report_id)"
)
_COLUMNS = "report_id, day, told_at, n_words, sketch, copy_of"


class StoreTextIndex:
    """A :class:`geoconflict.ledger.TextIndex` in an event store; :attr:`geoconflict.EventStore.text_index` makes it.

    Parameters
    ----------
    db
        The open store. Writes belong into :meth:`geoconflict.EventStore.transaction`.
    path
        Its file, for messages.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def copies(self) -> Mapping[str, str]:
        """Return of each copy the report whose text it prints, by report id."""
        rows = self._db.execute("SELECT report_id, copy_of FROM report_text WHERE copy_of <> report_id")
        shared: dict[str, str] = {}  # an article has many copies
        return {report_id: shared.setdefault(original, original) for report_id, original in rows}

    def changes(self) -> tuple[Iterator[str], list[str]]:
        """Return the reports that were not looked at, by publication date and id, and those looked at that are no more.

        Of the first, those of some days at once are in memory; they may be looked at as they come.
        """
        # Ids are read from indexes, for the tables hold all texts; what is gone is looked for where the numbers say so.
        n_unseen, n_reports, n_texts = self._db.execute(
            f"SELECT (SELECT count(*) {_UNSEEN}), (SELECT count(*) FROM report), (SELECT count(*) FROM report_text)"  # noqa: S608
        ).fetchone()
        unseen = self._unseen() if n_unseen else iter(())
        if n_texts == n_reports - n_unseen:
            return unseen, []
        query = (
            "SELECT report_id FROM report_text WHERE report_id NOT IN (SELECT report_id FROM report) ORDER BY report_id"
        )
        return unseen, [report_id for (report_id,) in self._db.execute(query)]

    def _unseen(self) -> Iterator[str]:
        for days in blocks_of_days(self._db):
            of_days = "published_on BETWEEN ? AND ?" if days else "published_on IS NULL"
            query = f"SELECT report_id {_UNSEEN} AND {of_days} ORDER BY published_on, report_id"
            for (report_id,) in self._db.execute(query, days).fetchall():
                yield report_id

    def forget_all(self) -> None:
        """Forget all texts, so that they are looked at anew."""
        for table in ("text_band", "report_text"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608  # our own tables

    def reports(self, report_ids: Iterable[str]) -> list[Report]:
        """Return reports, without what the stages made of them (:class:`geoconflict.ledger.TextIndex`)."""
        query = "SELECT record FROM report WHERE report_id = ?"
        rows = (row for report_id in report_ids for row in self._db.execute(query, (report_id,)))
        return [decoded(Report, record, self._path) for (record,) in rows]

    def texts(self, report_ids: Iterable[str]) -> list[TextRow]:
        """Return the rows of reports (:class:`geoconflict.ledger.TextIndex`)."""
        query = f"SELECT {_COLUMNS} FROM report_text WHERE report_id = ?"  # noqa: S608  # only our own column names
        return [TextRow(*row) for report_id in report_ids for row in self._db.execute(query, (report_id,))]

    def alike(self, bands: Iterable[int], first: int, last: int, *, leads: bool | None = None) -> list[TextRow]:
        """Return the texts that meet in a band (:class:`geoconflict.ledger.TextIndex`)."""
        kinds = (True, False) if leads is None else (leads,)
        weeks = range(first // _DAYS_OF_WEEK, last // _DAYS_OF_WEEK + 1)
        found: set[bytes] = set()
        for some in _parts(sorted(set(bands)), _BANDS_AT_ONCE):
            lists = (weeks, some, kinds)
            week, band, kind = (",".join("?" * len(values)) for values in lists)
            query = f"SELECT text_id FROM text_band WHERE week IN ({week}) AND band IN ({band}) AND leads IN ({kind}) AND day BETWEEN ? AND ?"  # noqa: S608
            found.update(text_id for (text_id,) in self._db.execute(query, (*itertools.chain(*lists), first, last)))
        return self.texts(text_id.hex() for text_id in sorted(found))

    def copies_of(self, report_id: str) -> list[TextRow]:
        """Return the copies of a report (:class:`geoconflict.ledger.TextIndex`)."""
        query = f"SELECT {_COLUMNS} FROM report_text WHERE copy_of = ? AND report_id <> ? ORDER BY report_id"  # noqa: S608
        return [TextRow(*row) for row in self._db.execute(query, (report_id, report_id))]

    def put_text(self, row: TextRow, bands: Iterable[int]) -> None:
        """Write a row (:class:`geoconflict.ledger.TextIndex`)."""
        bands = set(bands)
        before = next(iter(self.texts([row.report_id])), None)
        self._db.execute(
            "INSERT INTO report_text VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET copy_of=excluded.copy_of",
            row,
        )
        # One that is not decided yet is in no band, for it would soon be moved.
        is_in = None if before is None or before.copy_of is None else before.leads
        belongs_in = None if row.copy_of is None else row.leads
        if is_in == belongs_in:
            return
        if before is not None and is_in is not None:
            self._remove_bands(before, bands)
        if belongs_in is not None:
            self._db.executemany("INSERT INTO text_band VALUES (?, ?, ?, ?, ?)", self._band_rows(row, bands))

    def remove_text(self, row: TextRow, bands: Iterable[int]) -> None:
        """Forget a report (:class:`geoconflict.ledger.TextIndex`)."""
        self._remove_bands(row, set(bands))
        self._db.execute("DELETE FROM report_text WHERE report_id = ?", (row.report_id,))

    def _remove_bands(self, row: TextRow, bands: Iterable[int]) -> None:
        query = "DELETE FROM text_band WHERE week = ? AND band = ? AND leads = ? AND day = ? AND text_id = ?"
        self._db.executemany(query, self._band_rows(row, bands))

    @staticmethod
    def _band_rows(row: TextRow, bands: Iterable[int]) -> list[tuple[int, int, bool, int, bytes]]:
        text_id = bytes.fromhex(row.report_id)  # half as long as its text, and each band has it
        return [(row.day // _DAYS_OF_WEEK, band, row.leads, row.day, text_id) for band in bands]


def _parts(values: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (values[at : at + size] for at in range(0, len(values), size))
