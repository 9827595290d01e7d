"""What was read from where, what was withdrawn, and the history of both, kept in the tables of the event store."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from geoconflict.clock import utc_now
from geoconflict.models import Report
from geoconflict.store.encoding import day_text, decoded, json_text
from geoconflict.store.named_values import keep_value, named_value

__all__ = ["HistoryEntry", "IntakeLog", "SourceFile", "UnreadFile", "WithdrawnReport"]


_UNREAD = "unread_files"


class SourceFile(NamedTuple):
    """A file of reports as it was when it was last read."""

    path: str
    stamp: str
    """What tells, without opening it, that the file or how files are read has changed; empty where that cannot be told."""
    is_mirrored: bool
    """Whether what it no longer holds is withdrawn."""
    report_ids: tuple[str, ...]
    digest: str = ""
    """A digest of its bytes and of how files are read; empty where the file must be read again anyway."""


class UnreadFile(NamedTuple):
    """A file of which something could not be read."""

    path: str
    n_failed: int
    kept: tuple[str, ...]
    """The reports that count though they were no longer found in it: what could not be read may hide them."""


class WithdrawnReport(NamedTuple):
    """A report that no longer counts, kept as it was."""

    report: Report
    why: str
    replaced_by: str | None
    """The id of the report that corrects it."""


class HistoryEntry(NamedTuple):
    """Something that was taken back, or came back."""

    noted_at: dt.datetime
    """Aware, UTC."""
    what: str
    """report withdrawn, report restored, report kept, event withdrawn, event changed."""
    report_id: str
    event_id: str | None
    note: str
    record: str | None
    """The JSON of the event as it was before."""


class IntakeLog:
    """The log of an event store; :attr:`geoconflict.EventStore.intake` makes it.

    A withdrawn report leaves the tables that stages read, with all that was made of it, and stands aside whole: it comes
    back when it is read again.

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

    # ------------------------------------------------------------ files
    def files(self) -> Mapping[str, SourceFile]:
        """Return the files that were read, by path."""
        rows = self._db.execute("SELECT path, stamp, is_mirrored, report_ids, digest FROM source_file ORDER BY path")
        return {
            path: SourceFile(path, stamp, bool(mirrored), tuple(json.loads(ids)), digest)
            for path, stamp, mirrored, ids, digest in rows
        }

    def put_files(self, files: Iterable[SourceFile]) -> None:
        """Remember files, in place of what was known of them."""
        self._db.executemany(
            "INSERT INTO source_file VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET stamp=excluded.stamp, "
            "is_mirrored=excluded.is_mirrored, report_ids=excluded.report_ids, digest=excluded.digest",
            ((file.path, file.stamp, file.is_mirrored, json_text(file.report_ids), file.digest) for file in files),
        )

    def forget_files(self, paths: Iterable[str]) -> None:
        """Forget files that are no more."""
        self._db.executemany("DELETE FROM source_file WHERE path = ?", ((path,) for path in paths))

    def unread(self) -> Mapping[str, UnreadFile]:
        """Return the files of which something could not be read when they were read last, by path."""
        files: dict[str, tuple[int, list[str]]] = json.loads(named_value(self._db, _UNREAD) or "{}")
        return {path: UnreadFile(path, n_failed, tuple(kept)) for path, (n_failed, kept) in files.items()}

    def put_unread(self, files: Iterable[UnreadFile], mended: Iterable[str]) -> None:
        """Remember files of which something could not be read, and forget those that were read whole or are gone."""
        before = self.unread()
        now = {path: file for path, file in before.items() if path not in set(mended)}
        now |= {file.path: file for file in files}
        if now != before:
            record = {path: (file.n_failed, file.kept) for path, file in sorted(now.items())}
            keep_value(self._db, _UNREAD, json_text(record))

    # ------------------------------------------------------------ reports that come and go
    def external_ids(self, report_ids: Iterable[str]) -> dict[str, str | None]:
        """Return the input's own ids of reports that count; those that do not are left out."""
        query = "SELECT json_extract(record, '$.external_id') FROM report WHERE report_id = ?"
        rows = ((one, self._db.execute(query, (one,)).fetchone()) for one in report_ids)
        return {one: row[0] for one, row in rows if row is not None}

    def withdraw(self, report_id: str, why: str, replaced_by: str | None = None) -> bool:
        """Take a report out of all that is derived; return whether it was there."""
        moved = self._db.execute(
            "INSERT INTO withdrawn SELECT report_id, ?, ?, record FROM report WHERE report_id = ?",
            (why, replaced_by, report_id),
        )
        if not moved.rowcount:
            return False
        self._db.execute("DELETE FROM report WHERE report_id = ?", (report_id,))
        note = why if replaced_by is None else f"{why}: {replaced_by}"
        self.note("report withdrawn", report_id, note=note)
        return True

    def restore(self, report_ids: Sequence[str]) -> list[str]:
        """Bring withdrawn reports back, as they were; return the ids of those that were withdrawn."""
        restored = []
        for report_id in report_ids:
            row = self._db.execute(
                "DELETE FROM withdrawn WHERE report_id = ? RETURNING record", (report_id,)
            ).fetchone()
            if row is None:
                continue
            report = decoded(Report, row[0], self._path)
            self._db.execute(
                "INSERT INTO report VALUES (?, ?, ?, ?)",
                (report_id, day_text(report.published_on), report.origin, row[0]),
            )
            self.note("report restored", report_id, note="read again")
            restored.append(report_id)
        return restored

    def withdrawals(self) -> Mapping[str, tuple[str, str | None]]:
        """Return why each withdrawn report is, and the id of what replaces it."""
        rows = self._db.execute("SELECT report_id, why, replaced_by FROM withdrawn")
        return {report_id: (why, by) for report_id, why, by in rows}

    def withdrawn(self) -> Iterator[WithdrawnReport]:
        """Yield the reports that are withdrawn, by id."""
        for record, why, by in self._db.execute("SELECT record, why, replaced_by FROM withdrawn ORDER BY report_id"):
            yield WithdrawnReport(decoded(Report, record, self._path), why, by)

    def versions_of(self, url: str) -> list[Report]:
        """Return the reports of one address that count, by id."""
        rows = self._db.execute(
            "SELECT record FROM report WHERE json_extract(record, '$.url') = ? ORDER BY report_id", (url,)
        )
        return [decoded(Report, record, self._path) for (record,) in rows]

    # ------------------------------------------------------------ history
    def note(
        self, what: str, report_id: str, *, note: str, event_id: str | None = None, record: str | None = None
    ) -> None:
        """Add an entry to the history."""
        self._db.execute(
            "INSERT INTO history (noted_at, what, report_id, event_id, note, record) VALUES (?, ?, ?, ?, ?, ?)",
            (utc_now().isoformat(timespec="seconds"), what, report_id, event_id, note, record),
        )

    def history(self, key: str = "") -> list[HistoryEntry]:
        """Return the history, the oldest first: all of it, or of a report or event whose id begins with `key`."""
        rows = self._db.execute(
            "SELECT noted_at, what, report_id, event_id, note, record FROM history "
            "WHERE substr(report_id, 1, ?) = ? OR substr(coalesce(event_id, ''), 1, ?) = ? ORDER BY number",
            (len(key), key, len(key), key),
        )
        return [HistoryEntry(dt.datetime.fromisoformat(at), *rest) for at, *rest in rows]
