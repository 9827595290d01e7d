"""Which reports and events of a store somebody means, who has part of an id, a file's name or a quotation."""

from __future__ import annotations

import datetime as dt
import sqlite3

from geoconflict.store.encoding import day_text

__all__ = ["StoreFinder"]


class StoreFinder:
    """Finds ids in an open store.

    Parameters
    ----------
    db
        The open store.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def reports(self, key: str) -> tuple[str, ...]:
        """Return the ids that begin with `key`, and those of reports that the input knows as `key`, sorted."""
        rows = self._db.execute(
            "SELECT report_id FROM report WHERE (? <> '' AND report_id >= ? AND report_id < ?) "
            "OR json_extract(record, '$.external_id') = ? ORDER BY report_id",
            (key, key.lower(), key.lower() + "~", key),
        )
        return tuple(report_id for (report_id,) in rows)

    def reports_of_file(self, name: str) -> tuple[str, ...]:
        """Return the ids of the reports that are files of a name, with or without its folders, sorted; none of those that share one."""
        origin = "json_extract(record, '$.origin')"
        rows = self._db.execute(
            f"SELECT report_id FROM report WHERE ? <> '' AND ({origin} = ? "  # noqa: S608  # no words of a user
            f"OR substr({origin}, -length('/' || ?)) = '/' || ?) ORDER BY report_id",
            (name, name, name, name),
        )
        return tuple(report_id for (report_id,) in rows)

    def reports_quoting(self, quote: str, published_on: dt.date | None) -> tuple[str, ...]:
        """Return the ids of the reports of one day whose text holds `quote`, sorted; none for an empty one."""
        rows = self._db.execute(
            "SELECT report_id FROM report WHERE published_on IS ? AND ? <> '' "
            "AND instr(json_extract(record, '$.text'), ?) ORDER BY report_id",
            (day_text(published_on), quote, quote),
        )
        return tuple(report_id for (report_id,) in rows)

    def events(self, key: str) -> tuple[str, ...]:
        """Return the ids of events that begin with `key`, sorted."""
        rows = self._db.execute(
            "SELECT event_id FROM event WHERE ? <> '' AND event_id >= ? AND event_id < ? ORDER BY event_id",
            (key, key.lower(), key.lower() + "~"),
        )
        return tuple(event_id for (event_id,) in rows)
