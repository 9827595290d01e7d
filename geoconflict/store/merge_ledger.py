"""What merging remembers, kept in the tables of the event store."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from geoconflict.ledger import LONGEST_SPAN_DAYS, Changes, CoreRow, VersionRow
from geoconflict.models import Event, EventSource
from geoconflict.store.encoding import day_text, decoded, json_text
from geoconflict.store.frame_shelf import BLOCK

__all__ = ["StoreLedger"]

_TIES_AT = CoreRow._fields.index("ties")
"""The column is called `reports`: it held nothing else once."""


class StoreLedger:
    """A :class:`geoconflict.ledger.Ledger` in an event store; :attr:`geoconflict.EventStore.ledger` makes it.

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

    def merged_reports(self) -> Mapping[str, str]:
        """Return under which key each report was merged."""
        shared: dict[str, str] = {}  # nearly all have the same key
        rows = self._db.execute("SELECT report_id, stage_key FROM merged_report")
        return {report_id: shared.setdefault(key, key) for report_id, key in rows}

    def gone_reports(self) -> list[str]:
        """Return the reports that were merged and are no more, sorted."""
        query = "SELECT report_id FROM merged_report WHERE report_id NOT IN (SELECT report_id FROM report) ORDER BY report_id"
        return [report_id for (report_id,) in self._db.execute(query)]

    def set_merged(self, keys: Mapping[str, str]) -> None:
        """Remember under which keys reports were merged; others keep theirs."""
        self._db.executemany(
            "INSERT INTO merged_report VALUES (?, ?) ON CONFLICT DO UPDATE SET stage_key=excluded.stage_key",
            keys.items(),
        )

    def forget_gone(self) -> None:
        """Forget the keys of reports that are no more."""
        self._db.execute("DELETE FROM merged_report WHERE report_id NOT IN (SELECT report_id FROM report)")

    def forget_merged(self) -> None:
        """Forget what was merged with what, so that all is merged anew. The events stay until :meth:`apply`."""
        for table in ("merged_report", "version", "core"):
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608  # our own tables

    def event_sources(self, report_id: str) -> tuple[EventSource, ...]:
        """Return the versions that a report gives, as they were merged."""
        mentions = {row.mention_id: row.core_id for row in self._version_rows("report_id", [report_id])}
        found = self.core_sources(set(mentions.values()))
        return tuple(one for sources in found.values() for one in sources if one.mention.mention_id in mentions)

    def version_rows(self, mention_ids: Iterable[str]) -> list[VersionRow]:
        """Return the rows of versions (:class:`geoconflict.ledger.Ledger`)."""
        return self._version_rows("mention_id", mention_ids)

    def block_rows(self, block: str) -> list[VersionRow]:
        """Return the versions of one block (:class:`geoconflict.ledger.Ledger`)."""
        return self._version_rows("block", [block])

    def _version_rows(self, column: str, values: Iterable[str]) -> list[VersionRow]:
        query = f"SELECT mention_id, report_id, block, first, last, core_id FROM version WHERE {column} = ?"  # noqa: S608  # only our own column names
        return [VersionRow(*row) for value in values for row in self._db.execute(query, (value,))]

    def core_rows(self, core_ids: Iterable[str]) -> list[CoreRow]:
        """Return the rows of cores (:class:`geoconflict.ledger.Ledger`)."""
        return [row for core_id in core_ids for row in self._core_rows("core_id = ?", core_id)]

    def cores_of_events(self, event_ids: Iterable[str]) -> list[CoreRow]:
        """Return the cores of events (:class:`geoconflict.ledger.Ledger`)."""
        return [row for event_id in event_ids for row in self._core_rows("event_id = ?", event_id)]

    def cores_near(self, kin: str, level: str, first: int, last: int) -> list[CoreRow]:
        """Return the cores of a kin and a level whose days meet these (:class:`geoconflict.ledger.Ledger`)."""
        # Days that all versions allow are at most a few, so the index is asked for both ends of a short stretch.
        where = "kin = ? AND level = ? AND last BETWEEN ? AND ? AND first <= ?"
        return list(self._core_rows(where, kin, level, first, last + LONGEST_SPAN_DAYS, last))

    def _core_rows(self, where: str, *values: str | int) -> Iterator[CoreRow]:
        columns = "core_id, kin, level, first, last, lon, lat, radius_m, reports, target, event_id"
        query = f"SELECT {columns} FROM core WHERE {where} ORDER BY core_id"  # noqa: S608  # only our own column names
        for *before, ties, target, event_id in self._db.execute(query, values):
            yield CoreRow._make([*before, tuple(json.loads(ties)), target, event_id])

    def core_sources(self, core_ids: Iterable[str]) -> Mapping[str, tuple[EventSource, ...]]:
        """Return the versions of cores (:class:`geoconflict.ledger.Ledger`)."""
        found: dict[str, tuple[EventSource, ...]] = {}
        for core_id in core_ids:
            rows = self._version_rows("core_id", [core_id])
            mentions = {row.mention_id for row in rows}
            record = self._db.execute(
                "SELECT record FROM event JOIN core USING (event_id) WHERE core_id = ?", (core_id,)
            ).fetchone()
            if record is not None:
                event = decoded(Event, record[0], self._path)
                found[core_id] = tuple(one for one in event.sources if one.mention.mention_id in mentions)
        return found

    def apply(self, changes: Changes) -> tuple[int, int]:
        """Make the changes of a merge (:class:`geoconflict.ledger.Ledger`); rows that did not change are not written."""
        self._db.executemany("DELETE FROM version WHERE mention_id = ?", [(one,) for one in changes.gone_versions])
        self._db.executemany("INSERT OR REPLACE INTO version VALUES (?, ?, ?, ?, ?, ?)", changes.versions)
        self._db.executemany("DELETE FROM core WHERE core_id = ?", [(one,) for one in changes.gone_cores])
        self._db.executemany(
            "INSERT OR REPLACE INTO core VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(*row[:_TIES_AT], json_text(row.ties), *row[_TIES_AT + 1 :]) for row in changes.cores],
        )
        n_written = sum(map(self._put_event, changes.events))
        return n_written, self._remove_events(changes.gone_events)

    def _remove_events(self, gone: Iterable[str]) -> int:
        """Remove the events `gone`, or after :meth:`forget_merged` all that are made no more; return how many."""
        if self._db.execute("SELECT EXISTS (SELECT * FROM merged_report)").fetchone()[0]:
            event_ids = sorted(gone)
        else:
            rows = self._db.execute("SELECT event_id FROM event WHERE event_id NOT IN (SELECT event_id FROM core)")
            event_ids = [event_id for (event_id,) in rows]
        values = [(event_id,) for event_id in event_ids]
        mark = f"INSERT OR IGNORE INTO changed_event SELECT event_id, {BLOCK} FROM event WHERE event_id = ?"  # noqa: S608
        self._db.executemany(mark, values)
        self._db.executemany("DELETE FROM event WHERE event_id = ?", values)
        return len(values)

    def _put_event(self, event: Event) -> bool:
        """Write an event; return whether it differs from what was there."""
        mark = f"INSERT OR IGNORE INTO changed_event SELECT event_id, {BLOCK} FROM event WHERE event_id = ? AND record <> ?"  # noqa: S608
        record = json_text(event.to_dict())
        self._db.execute(mark, (event.event_id, record))
        place_id = event.place.place_id if event.place else None
        cursor = self._db.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET event_type=excluded.event_type, "
            "status=excluded.status, starts_on=excluded.starts_on, ends_on=excluded.ends_on, place_id=excluded.place_id, "
            "record=excluded.record WHERE record <> excluded.record",
            (
                event.event_id,
                event.event_type.value,
                event.status.value,
                day_text(event.when.starts_on),
                day_text(event.when.ends_on),
                place_id,
                record,
            ),
        )
        if cursor.rowcount == 1:
            self._db.execute(mark, (event.event_id, ""))
        return cursor.rowcount == 1
