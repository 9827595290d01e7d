"""Brings a store of an older format up to this version's tables: copied first, all or nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from geoconflict.errors import StoreError
from geoconflict.store.backup import copy_store, has_same_content
from geoconflict.store.schema import MIGRATIONS

__all__ = ["format_of", "migrate"]


def format_of(db: sqlite3.Connection, path: Path) -> int:
    """Return the number of the last migration that the open file has seen; 0 is a new file.

    Raises
    ------
    StoreError
        If it belongs to another program, or to a newer version of this one.
    """
    # One statement sees one state of the file, whoever is making it meanwhile.
    query = "SELECT user_version, (SELECT count(*) FROM sqlite_master) FROM pragma_user_version"
    version, n_tables = db.execute(query).fetchone()
    if version > len(MIGRATIONS):
        msg = f"{path}: written by a newer geoconflict (format {version}, this one reads up to {len(MIGRATIONS)}); upgrade geoconflict"
        raise StoreError(msg)
    if version == 0 and n_tables:
        msg = f"{path}: a SQLite file of another program, not an event store; choose another path"
        raise StoreError(msg)
    return int(version)


def migrate(db: sqlite3.Connection, path: Path) -> Path | None:
    """Bring the open file up to the newest format, in one transaction; return the backup made before, if one was needed.

    A store that holds something is copied first to ``NAME-formatN.sqlite`` beside it, N being its old format.

    Raises
    ------
    StoreError
        As :func:`format_of`.
    """
    if format_of(db, path) == len(MIGRATIONS):
        return None
    kept = None
    # The lock comes before the copy: another process may have migrated while this one waited for it.
    db.execute("BEGIN IMMEDIATE")
    try:
        version = format_of(db, path)
        if 0 < version < len(MIGRATIONS):
            kept = _kept(path, version)
        for number in range(version + 1, len(MIGRATIONS) + 1):
            for statement in MIGRATIONS[number - 1].split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version={number}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return kept


def _kept(path: Path, version: int) -> Path:
    """Copy a store before it is migrated; an earlier copy that holds something else stays."""
    number = 0
    while True:
        number += 1
        target = path.with_name(f"{path.stem}-format{version}{f'-{number}' if number > 1 else ''}{path.suffix}")
        if not target.exists():
            copy_store(path, target)
            return target
        if has_same_content(path, target):  # a migration that was killed has left it
            return target
