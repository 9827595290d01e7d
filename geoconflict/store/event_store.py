"""The event store: one SQLite file, the only truth.

What a stage made of a report is kept beside the report under the key of everything the stage read, so that a later run
re-does exactly what a changed lexicon, gazetteer, override or setting touches, and nothing else.

WAL, ``BEGIN IMMEDIATE``, ``synchronous=FULL``, one transaction a report or a batch of reports: after a kill at any
moment the file opens and holds whole reports only. One writer at a time, many readers, several processes.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from geoconflict.choices import checked_words, one_or_several
from geoconflict.civil_day import Day, civil_span
from geoconflict.errors import StoreError
from geoconflict.geo import Bounds, checked_bounds
from geoconflict.models import EquipmentLoss, Event, EventType, Reading, Report, Resolution, RunFailure, Status, Toll
from geoconflict.store.encoding import (
    day_text,
    decoded,
    decoded_list,
    decoded_mentions,
    decoded_resolutions,
    json_text,
)
from geoconflict.store.finding import StoreFinder
from geoconflict.store.frame_shelf import FrameShelf
from geoconflict.store.intake_log import IntakeLog
from geoconflict.store.merge_ledger import StoreLedger
from geoconflict.store.named_values import keep_value, named_value
from geoconflict.store.report_states import ReportStates
from geoconflict.store.store_file import StoreFile
from geoconflict.store.text_index import StoreTextIndex

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import pyarrow as pa

    from geoconflict.frame_blocks import EventFrames

__all__ = ["EventStore", "StoredReport"]


_COUNTED: Final[Mapping[str, str]] = {
    "reports": "report",
    "copies": "report_text WHERE copy_of <> report_id",
    "readings": "reading",
    "resolutions": "resolution",
    "failures": "failure",
    "withdrawn": "withdrawn",
    "events": "event",
}
"""What :meth:`EventStore.counts` calls the rows of some tables."""


class StoredReport(NamedTuple):
    """A report with what the stages made of it; None where a stage has not run, or failed."""

    report: Report
    reading: Reading | None
    resolutions: tuple[Resolution, ...] | None


class EventStore:
    """An event store on disk.

    Parameters
    ----------
    path
        The SQLite file. It is made when absent, unless `read_only`.
    read_only
        Open for reading alone; the file must exist. Otherwise a store of an earlier version is migrated, and copied first.

    Attributes
    ----------
    path : Path
        As given.
    backup_path : Path or None
        The copy that was made before a migration.

    Raises
    ------
    StoreError
        If the file is absent (read-only), is not a store of this program, was written by a newer version, or is damaged.
    """

    def __init__(self, path: str | os.PathLike[str], *, read_only: bool = False) -> None:
        self.path = Path(path)
        self._file = StoreFile(self.path, read_only=read_only)
        self.backup_path: Path | None = self._file.backup_path

    @property
    def _db(self) -> sqlite3.Connection:
        return self._file.db

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Closing twice does nothing."""
        self._file.close()

    def transaction(self) -> AbstractContextManager[None]:
        """Do all writes inside in one transaction: all or none.

        Raises
        ------
        StoreError
            If another process holds the write lock for longer than a minute, the file is read-only, or the disk is full
            or fails; nothing inside is kept then.
        """
        return self._file.transaction()

    def snapshot(self) -> AbstractContextManager[None]:
        """Read everything inside from one state of the store, whatever other processes write meanwhile."""
        return self._file.snapshot()

    @property
    def ledger(self) -> StoreLedger:
        """What merging remembers of this store, and its only way to write events."""
        return StoreLedger(self._db, self.path)

    @property
    def shelf(self) -> FrameShelf:
        """The events as ready tables; kept up to date by merging."""
        return FrameShelf(self._db, self.path)

    @property
    def intake(self) -> IntakeLog:
        """What was read from where, what was withdrawn, and the history of both."""
        return IntakeLog(self._db, self.path)

    @property
    def states(self) -> ReportStates:
        """Which stages have handled which reports, and under which keys."""
        return ReportStates(self._db)

    @property
    def text_index(self) -> StoreTextIndex:
        """The texts of the reports in this store, and which of them are copies."""
        return StoreTextIndex(self._db, self.path)

    @property
    def finder(self) -> StoreFinder:
        """Which reports and events somebody means by part of an id, a name or a quotation."""
        return StoreFinder(self._db)

    # ------------------------------------------------------------ reports and what the stages made of them
    def put_report(self, report: Report) -> bool:
        """Add a report and return whether it is new. The same content again changes nothing."""
        cursor = self._db.execute(
            "INSERT INTO report VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (report.report_id, day_text(report.published_on), report.origin, json_text(report.to_dict())),
        )
        return cursor.rowcount == 1

    def put_reading(self, reading: Reading, stage_key: str) -> None:
        """Keep what extraction found in a report that is in the store, in place of what was there."""
        self._db.execute("DELETE FROM failure WHERE report_id = ?", (reading.report_id,))
        self._db.execute(
            "INSERT INTO reading VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET stage_key=excluded.stage_key, record=excluded.record",
            (reading.report_id, stage_key, json_text(reading.to_dict())),
        )
        self._db.execute("DELETE FROM figure WHERE report_id = ?", (reading.report_id,))
        if reading.tolls or reading.equipment:
            tolls, losses = ([one.to_dict() for one in figures] for figures in (reading.tolls, reading.equipment))
            self._db.execute(
                "INSERT INTO figure VALUES (?, ?, ?)", (reading.report_id, json_text(tolls), json_text(losses))
            )

    def put_resolutions(self, report_id: str, resolutions: Sequence[Resolution], stage_key: str) -> None:
        """Keep the places of a report's toponyms, in place of what was there."""
        self._db.execute(
            "INSERT INTO resolution VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET stage_key=excluded.stage_key, records=excluded.records",
            (report_id, stage_key, json_text([resolution.to_dict() for resolution in resolutions])),
        )

    def put_failure(self, report_id: str, failure: RunFailure, stage_key: str) -> None:
        """Remember that a report could not be read under `stage_key`; what was known of it before is dropped."""
        self._db.execute("DELETE FROM reading WHERE report_id = ?", (report_id,))
        self._db.execute("DELETE FROM resolution WHERE report_id = ?", (report_id,))
        self._db.execute("DELETE FROM figure WHERE report_id = ?", (report_id,))
        self._db.execute(
            "INSERT INTO failure VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET stage_key=excluded.stage_key, record=excluded.record",
            (report_id, stage_key, json_text(failure.to_dict())),
        )

    def reports(self, report_ids: str | Iterable[str] | None = None) -> Iterator[StoredReport]:
        """Yield reports with their readings and resolutions: those named, in that order, or all by publication date and id."""
        query = (
            "SELECT report.record, reading.record, resolution.records FROM report "
            "LEFT JOIN reading USING (report_id) LEFT JOIN resolution USING (report_id) "
        )
        if report_ids is None:
            rows: Iterable[Any] = self._db.execute(query + "ORDER BY published_on, report.report_id")
        else:
            one = query + "WHERE report.report_id = ?"
            ids = one_or_several(report_ids, "report_ids")
            rows = (row for report_id in ids for row in self._db.execute(one, (report_id,)))
        for report, reading, resolutions in rows:
            yield StoredReport(
                decoded(Report, report, self.path),
                None if reading is None else decoded(Reading, reading, self.path),
                None if resolutions is None else decoded_list(Resolution, resolutions, self.path),
            )

    def plain_reports(self, report_ids: Iterable[str]) -> Iterator[Report]:
        """Yield the reports named, in that order, without what the stages made of them."""
        for report_id in report_ids:
            for (record,) in self._db.execute("SELECT record FROM report WHERE report_id = ?", (report_id,)):
                yield decoded(Report, record, self.path)

    def telling_reports(self, report_ids: Iterable[str], also: Container[str] = ()) -> Iterator[StoredReport]:
        """Yield those of the reports named that tell of events, in that order, with what merging asks of them; those of `also` anyway.

        That is in the reading the mentions, and of the resolutions those of their places and of the country of the report.
        """
        # Within a string of JSON a quotation mark has a backslash, so this is the field and no words of a report.
        query = (
            "SELECT report.record, reading.record, resolution.records FROM report LEFT JOIN reading USING (report_id) "
            "LEFT JOIN resolution USING (report_id) WHERE report.report_id = ? "
            "AND (? OR instr(reading.record, '\"mentions\":[]') = 0)"
        )
        for report_id in report_ids:
            for report, reading, resolutions in self._db.execute(query, (report_id, report_id in also)):
                told = None if reading is None else decoded_mentions(reading, self.path)
                mentions = told.mentions if told is not None else ()
                places = {(0, 0), *((one.place.start, one.place.end) for one in mentions if one.place)}
                yield StoredReport(
                    decoded(Report, report, self.path),
                    told,
                    None if resolutions is None else decoded_resolutions(resolutions, places, self.path),
                )

    def event(self, event_id: str) -> Event:
        """Return one event.

        Raises
        ------
        StoreError
            If there is none of this id.
        """
        row = self._db.execute("SELECT record FROM event WHERE event_id = ?", (event_id,)).fetchone()
        if row is None:
            msg = f"{self.path}: there is no event {event_id!r}"
            raise StoreError(msg)
        return decoded(Event, row[0], self.path)

    def event_json(self, event_id: str) -> str | None:
        """Return the record of an event as JSON, or None where there is none."""
        row = self._db.execute("SELECT record FROM event WHERE event_id = ?", (event_id,)).fetchone()
        return None if row is None else str(row[0])

    def failures(self) -> tuple[RunFailure, ...]:
        """Return what could not be read, by report id."""
        rows = self._db.execute("SELECT record FROM failure ORDER BY report_id")
        return tuple(decoded(RunFailure, record, self.path) for (record,) in rows)

    # ------------------------------------------------------------ events
    def event_records(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        event_types: str | Sequence[str] | None = None,
        statuses: str | Sequence[str] | None = None,
    ) -> tuple[Event, ...]:
        """Return the events, by first day and id.

        Parameters
        ----------
        since, until
            Events that may have happened on or between these days; None is open. Events of unknown day may have.
        event_types, statuses
            Only these; None is all.

        Raises
        ------
        InputError
            If a day is none, `since` is after `until`, or there is no such type or status.
        """
        since, until = civil_span(since, until)
        event_types, statuses = _known(event_types, EventType, "event_types"), _known(statuses, Status, "statuses")
        where, values = ["1"], list[Any]()
        if since is not None:
            where.append("coalesce(ends_on, ?) >= ?")
            values += [day_text(since), day_text(since)]
        if until is not None:
            where.append("coalesce(starts_on, ends_on, ?) <= ?")
            values += [day_text(until), day_text(until)]
        for column, allowed in (("event_type", event_types), ("status", statuses)):
            if allowed is not None:
                where.append(f"{column} IN ({','.join('?' * len(allowed))})")
                values.extend(allowed)
        query = f"SELECT record FROM event WHERE {' AND '.join(where)} ORDER BY coalesce(starts_on, ends_on), event_id"  # noqa: S608  # only our own column names
        return tuple(decoded(Event, record, self.path) for (record,) in self._db.execute(query, values))

    def events(
        self,
        *,
        since: Day | None = None,
        until: Day | None = None,
        event_types: str | Sequence[str] | None = None,
        statuses: str | Sequence[str] | None = None,
        bounds: Bounds | None = None,
    ) -> gpd.GeoDataFrame:
        """Return the located events as a GeoDataFrame in EPSG:4326 with the columns of :data:`geoconflict.EVENT_COLUMNS`.

        Events without a place are in :meth:`unlocated`; their number is in ``frame.attrs["n_unlocated"]``. The first four
        parameters are those of :meth:`event_records`; `bounds` (west, south, east, north in degrees) leaves only events whose
        geometry's box meets it.

        Raises
        ------
        InputError
            As for :meth:`event_records`; and if `bounds` are no box.
        """
        from geoconflict.frame_blocks import located_frame

        return located_frame(self._tables(since, until, event_types, statuses, bounds))

    def unlocated(self, *, since: Day | None = None, until: Day | None = None) -> pd.DataFrame:
        """Return the events without a place, with the columns of :meth:`events` but for the geometry."""
        from geoconflict.frame_blocks import unlocated_frame

        return unlocated_frame(self._tables(since, until))

    def event_frames(self, *, since: Day | None = None, until: Day | None = None) -> EventFrames:
        """Return :meth:`events` and :meth:`unlocated` of some days for a map: read together, with digests of their rows.

        Their column ``sources`` is parsed (:func:`geoconflict.source_rows.source_rows`) and no JSON.
        """
        from geoconflict.frame_blocks import MAP_COLUMNS, event_frames

        return event_frames(self._tables(since, until, columns=MAP_COLUMNS))

    def subject_frames(self) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
        """Return the types and shapes of all events, with and without a place: enough to count those of a map's subject."""
        from geoconflict.frame_blocks import SUBJECT_COLUMNS, subject_frames

        return subject_frames(self._tables(None, None, columns=SUBJECT_COLUMNS))

    def _tables(
        self,
        since: Day | None,
        until: Day | None,
        event_types: str | Sequence[str] | None = None,
        statuses: str | Sequence[str] | None = None,
        bounds: Bounds | None = None,
        *,
        columns: Sequence[str] | None = None,
    ) -> list[pa.Table]:
        from geoconflict.frame_blocks import encode, select

        since, until = civil_span(since, until)
        event_types, statuses = _known(event_types, EventType, "event_types"), _known(statuses, Status, "statuses")
        bounds = None if bounds is None else checked_bounds(bounds)
        with self._file.reading():
            if self.shelf.is_current():
                tables = self.shelf.tables(since, until, columns)
            else:  # another version of the program wrote the store, or something other than a merge
                table = encode(self.event_records(since=since, until=until))
                tables = [table if columns is None else table.select(list(columns))]
        return [
            select(table, since=since, until=until, event_types=event_types, statuses=statuses, bounds=bounds)
            for table in tables
        ]

    def toll_records(self) -> tuple[tuple[Toll, Report], ...]:
        """Return every cumulative figure with the report that gives it, by publication date, report and offset."""
        return tuple(
            (toll, report) for report, tolls in self._figures("tolls") for toll in decoded_list(Toll, tolls, self.path)
        )

    def _figures(self, column: str) -> Iterator[tuple[Report, str]]:
        """Yield the reports that give figures, by publication date and id, with those of a column as JSON."""
        rows = self._db.execute(
            f"SELECT record, {column} FROM figure JOIN report USING (report_id) ORDER BY published_on, report_id"  # noqa: S608
        )
        for record, figures in rows:
            if figures != "[]":
                yield decoded(Report, record, self.path), figures

    def tolls(self) -> pd.DataFrame:
        """Return the cumulative figures of all reports as a DataFrame, one row a figure, by day and report."""
        from geoconflict.frames import tolls_to_frame

        return tolls_to_frame(self.toll_records())

    def equipment(self) -> pd.DataFrame:
        """Return the equipment losses of all reports as a DataFrame, one row a loss, by day and report."""
        from geoconflict.frames import equipment_to_frame

        return equipment_to_frame(
            (loss, report)
            for report, losses in self._figures("equipment")
            for loss in decoded_list(EquipmentLoss, losses, self.path)
        )

    def place_sources(self) -> tuple[str, ...]:
        """Return where the places of the events come from, each once, in order."""
        from geoconflict.frame_blocks import sources_of

        with self._file.reading():
            if (held := self.shelf.holds()) is not None:
                return held.place_sources
            return sources_of(self._tables(None, None, columns=["place_source"]))

    def resolution_reasons(self, start: str) -> frozenset[str]:
        """Return the reasons of resolutions that begin with `start`."""
        rows = self._db.execute(
            "SELECT DISTINCT reason.value FROM resolution, json_each(resolution.records) AS one, "
            "json_each(one.value, '$.reasons') AS reason WHERE substr(reason.value, 1, ?) = ?",
            (len(start), start),
        )
        return frozenset(reason for (reason,) in rows)

    # ------------------------------------------------------------ the state of the store
    def counts(self) -> Mapping[str, int]:
        """Return the number of rows: reports, copies among them, readings, resolutions, failures, withdrawn, events, unlocated.

        And ``eventless``: the reports that tell of no event, and ``unread``: what could not be read of the files, when they were
        read last.
        """
        with self._file.reading():
            counts = {name: self.count(name) for name in _COUNTED}
            (telling,) = self._db.execute("SELECT count(DISTINCT report_id) FROM version").fetchone()
            counts["eventless"] = max(0, counts["readings"] - int(telling))
            if (held := self.shelf.holds()) is not None:
                counts["unlocated"] = held.n_unlocated
            else:  # which reads most of the file
                query = "SELECT count(*) FROM event WHERE place_id IS NULL"
                counts["unlocated"] = int(self._db.execute(query).fetchone()[0])
        return {**counts, "unread": sum(file.n_failed for file in self.intake.unread().values())}

    def count(self, name: str) -> int:
        """Return one of :meth:`counts`, any but those of what has no place, tells of no event or could not be read."""
        query = f"SELECT count(*) FROM {_COUNTED[name]}"  # noqa: S608  # our own tables
        return int(self._db.execute(query).fetchone()[0])

    def meta(self, name: str) -> str | None:
        """Return a value kept with :meth:`set_meta`, or None."""
        return named_value(self._db, name)

    def meta_names(self, start: str) -> list[str]:
        """Return the names of the values kept with :meth:`set_meta` that begin with `start`."""
        query = "SELECT name FROM meta WHERE substr(name, 1, ?) = ? ORDER BY name"
        return [str(row[0]) for row in self._db.execute(query, (len(start), start))]

    def set_meta(self, name: str, value: str) -> None:
        """Keep a named value."""
        keep_value(self._db, name, value)


def _known(given: str | Sequence[str] | None, kind: type[EventType | Status], what: str) -> tuple[str, ...] | None:
    return None if given is None else checked_words(given, kind, what)
