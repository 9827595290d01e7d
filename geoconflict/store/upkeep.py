"""What a store is, whatever its format, and giving the room of removed rows back to the disk."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import NamedTuple

from geoconflict.errors import StoreError
from geoconflict.store.connecting import connect
from geoconflict.store.faults import explained
from geoconflict.store.migrating import format_of

__all__ = ["StoreInfo", "is_empty", "store_info", "vacuum"]


class StoreInfo(NamedTuple):
    """A store from outside."""

    format: int
    """The number of the last migration it has seen."""
    n_bytes: int
    n_log_bytes: int
    """What is committed and not yet in the file itself."""
    rows: dict[str, int]
    """Table -> its rows."""


def store_info(path: Path) -> StoreInfo:
    """Describe the store at `path`, also one of an older format.

    Raises
    ------
    StoreError
        If it cannot be opened, or is damaged.
    """
    log = path.with_name(f"{path.name}-wal")
    with contextlib.closing(connect(path, read_only=True)) as db:
        try:
            version = format_of(db, path)
            names = [
                str(row[0]) for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            ]
            rows = {name: int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in names}  # noqa: S608  # the file's own names
        except sqlite3.DatabaseError as error:
            raise explained(error, path) from error
    return StoreInfo(version, path.stat().st_size, log.stat().st_size if log.is_file() else 0, rows)


def is_empty(path: Path) -> bool:
    """Whether no store was begun in the file at `path`; false where it cannot be read."""
    try:
        with contextlib.closing(connect(path, read_only=True, is_damaged=True)) as db:
            query = "SELECT (SELECT user_version FROM pragma_user_version) + count(*) FROM sqlite_master"
            return bool(db.execute(query).fetchone()[0] == 0)
    except (StoreError, sqlite3.DatabaseError):
        return False


def vacuum(path: Path) -> None:
    """Write the file anew without the room of removed rows: all or nothing.

    Raises
    ------
    StoreError
        If it cannot be opened, is in use, or the disk is full; the store is as it was then.
    """
    with contextlib.closing(connect(path, read_only=False)) as db:
        try:
            format_of(db, path)
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.DatabaseError as error:
            raise explained(error, path) from error
