"""Which stages have handled which reports, and under which keys: what every run asks first.

The tables hold, beside these keys, all that was read; so each question is answered from indexes alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["ReportStates", "StageState", "blocks_of_days"]

# Only our own names of tables and indexes are put together.
_REPORTS = "report INDEXED BY report_by_day"
_READINGS = "reading INDEXED BY reading_by_stage USING (report_id)"
_PLACES = "LEFT JOIN resolution INDEXED BY resolution_by_stage USING (report_id)"
_FAILURES = "LEFT JOIN failure USING (report_id)"
_READING_KEY = "coalesce(reading.stage_key, failure.stage_key)"
_IN_ORDER = "ORDER BY published_on, report.report_id"

_IDS = f"SELECT report_id FROM {_REPORTS} ORDER BY published_on, report_id"  # noqa: S608
_DAYS = f"SELECT published_on, count(*) FROM {_REPORTS} GROUP BY published_on ORDER BY published_on"  # noqa: S608
_OF_DAYS = (
    f"SELECT report.report_id, {_READING_KEY}, reading.report_id IS NOT NULL, resolution.stage_key "  # noqa: S608
    f"FROM {_REPORTS} LEFT JOIN {_READINGS} {_PLACES} {_FAILURES} WHERE published_on BETWEEN ? AND ? {_IN_ORDER}"
)
_OF_NO_DAY = _OF_DAYS.replace("BETWEEN ? AND ?", "IS NULL")
_LINES = (
    f"SELECT report.report_id || ' ' || coalesce({_READING_KEY}, '') || ' ' || coalesce(resolution.stage_key, '') "  # noqa: S608
    f"FROM {_REPORTS} LEFT JOIN {_READINGS} {_PLACES} {_FAILURES} {_IN_ORDER}"
)
_TO_READ = (
    f"FROM {_REPORTS} LEFT JOIN {_READINGS} {_FAILURES} "
    f"WHERE ({_READING_KEY} IS NOT ? OR (? AND reading.report_id IS NULL))"
)
_N_TO_READ = f"SELECT count(*) {_TO_READ}"
_TO_READ_OF_DAYS = f"SELECT report.report_id {_TO_READ} AND published_on BETWEEN ? AND ? {_IN_ORDER}"
_TO_READ_OF_NO_DAY = _TO_READ_OF_DAYS.replace("BETWEEN ? AND ?", "IS NULL")
_TO_RESOLVE = (
    f"SELECT report.report_id FROM {_REPORTS} JOIN {_READINGS} {_PLACES} "  # noqa: S608
    f"WHERE resolution.stage_key IS NOT ? {_IN_ORDER}"
)

_OF_A_BLOCK = 500


class StageState(NamedTuple):
    """Under which keys the stages have handled a report; None where a stage has not."""

    report_id: str
    reading_key: str | None
    """The key of its reading, or of the failure to read it."""
    has_reading: bool
    resolution_key: str | None


class ReportStates:
    """The states of the reports in an event store; :attr:`geoconflict.EventStore.states` makes it.

    All answers are ordered by publication date and id.

    Parameters
    ----------
    db
        The open store.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def all(self) -> Iterator[StageState]:
        """Yield the state of every report; those of some days at once are in memory, and no query is open in between."""
        texts: dict[str | None, str | None] = {}  # nearly all have the same keys: a million of them keep two texts
        shared = texts.setdefault
        for days in blocks_of_days(self._db):
            for report_id, reading, has, resolution in self._db.execute(
                _OF_DAYS if days else _OF_NO_DAY, days
            ).fetchall():
                yield StageState(report_id, shared(reading, reading), bool(has), shared(resolution, resolution))

    def lines(self, at_once: int) -> Iterator[str]:
        """Yield the states of so many reports at once, each a line, "id reading_key resolution_key", to be digested."""
        found = self._db.execute(_LINES)
        while rows := found.fetchmany(at_once):
            yield "\n".join([line for (line,) in rows])

    def ids(self) -> list[str]:
        """Return the ids of all reports."""
        return self._ids(_IDS)

    def to_read(self, key: str, *, failed: bool = False) -> Iterator[str]:
        """Yield the reports that were not read under `key`; with `failed` those as well that could not be read under it.

        Those of some days at once are in memory, as in :meth:`all`: a first run has all reports before it.
        """
        for days in blocks_of_days(self._db):
            query = _TO_READ_OF_DAYS if days else _TO_READ_OF_NO_DAY
            yield from self._ids(query, key, failed, *days)

    def n_to_read(self, key: str, *, failed: bool = False) -> int:
        """Return how many :meth:`to_read` yields."""
        return int(self._db.execute(_N_TO_READ, (key, failed)).fetchone()[0])

    def to_resolve(self, key: str) -> list[str]:
        """Return the reports that have a reading whose places are not kept under `key`."""
        return self._ids(_TO_RESOLVE, key)

    def _ids(self, query: str, *parameters: object) -> list[str]:
        return [report_id for (report_id,) in self._db.execute(query, parameters)]


def blocks_of_days(db: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Return the first and the last day of each block of days that holds some hundred reports; neither for those without one."""
    blocks: list[tuple[str, ...]] = []
    n_told = _OF_A_BLOCK
    for day, n_reports in db.execute(_DAYS).fetchall():
        if day is None:
            blocks.append(())
        elif n_told >= _OF_A_BLOCK:
            blocks.append((day, day))
            n_told = n_reports
        else:
            blocks[-1] = (blocks[-1][0], day)
            n_told += n_reports
    return blocks
