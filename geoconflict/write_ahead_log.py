"""Puts an SQLite database into write-ahead mode, also where several processes do so at once."""

from __future__ import annotations

import sqlite3
import time

__all__ = ["use_write_ahead_log"]

_PAUSE_SECONDS = 0.02


def use_write_ahead_log(db: sqlite3.Connection, *, busy_seconds: float) -> None:
    """Set the journal mode of `db` to WAL; a database that has it already is left as it is.

    The change takes a lock of its own for which SQLite does not wait when two connections want it at the same time: its
    busy time-out holds for other locks alone. So it is tried again here.

    Parameters
    ----------
    db
        A connection outside any transaction.
    busy_seconds
        How long other connections are waited for.

    Raises
    ------
    sqlite3.OperationalError
        If another connection keeps the database for longer, or the file cannot be written.
    """
    ends_at = time.monotonic() + busy_seconds
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > ends_at:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return
