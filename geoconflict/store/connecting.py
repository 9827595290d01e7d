"""Opens the file of a store, for writing or for reading alone."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from geoconflict.errors import StoreError
from geoconflict.store.faults import BUSY_SECONDS, explained, owner_name

__all__ = ["close_leaving_log", "connect"]


def connect(path: Path, *, read_only: bool, is_damaged: bool = False) -> sqlite3.Connection:
    """Return a connection to the file; it is made when absent, unless `read_only`.

    Parameters
    ----------
    path
        The file.
    read_only
        Whether it is read alone.
    is_damaged
        Whether what can be read of it is wanted, though the file is cut short or its tables are odd.

    Raises
    ------
    StoreError
        If the file is absent (`read_only`), cannot be opened, or reading it would lock its owner out.
    """
    if read_only and not path.is_file():
        msg = f"{path}: there is no event store; `geoconflict ingest PATH --store {path}` makes one"
        raise StoreError(msg)
    if not path.parent.is_dir():
        msg = f"{path.parent}: there is no such folder for the event store; make it first"
        raise StoreError(msg)
    if read_only:
        _refuse_to_lock_out(path)
    uri = _read_only_uri(path) if read_only else f"{path.resolve().as_uri()}?mode=rwc"
    try:
        try:
            return _opened(uri, is_damaged=is_damaged)
        except sqlite3.OperationalError as error:
            if not read_only or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
                raise
        # A killed process has left a transaction to undo, which takes a connection that may write.
        _opened(f"{path.resolve().as_uri()}?mode=rw").close()
        return _opened(uri, is_damaged=is_damaged)
    except sqlite3.DatabaseError as error:
        raise explained(error, path) from error


def _opened(uri: str, *, is_damaged: bool = False) -> sqlite3.Connection:
    db = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        if is_damaged:
            db.execute("PRAGMA writable_schema=ON")  # SQLite's word for: go on, though something is wrong
        db.execute("SELECT count(*) FROM sqlite_master")  # the first read opens the file
    except BaseException:
        db.close()
        raise
    return db


def _read_only_uri(path: Path) -> str:
    """Return the address under which SQLite opens `path` for reading alone.

    A store that lies on a read-only file system, without a log, is nobody's to change: SQLite is told so, for otherwise
    it wants to make files beside it.
    """
    resolved = path.resolve()
    logs = [resolved.with_name(f"{resolved.name}{suffix}") for suffix in ("-wal", "-journal")]
    still = _is_read_only_system(resolved.parent) and not any(log.is_file() and log.stat().st_size for log in logs)
    return f"{resolved.as_uri()}?{'immutable=1' if still else 'mode=ro'}"


def _is_read_only_system(folder: Path) -> bool:
    return hasattr(os, "statvfs") and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def close_leaving_log(db: sqlite3.Connection) -> None:
    """Close a connection that writes, and leave the files of its log there: empty, with their owner and rights.

    SQLite removes them with the last connection. The next one to read makes them anew, and they are his: where that is
    another user, who may not write the store, its owner could then write no more. With them there, a reader needs the right to
    read and nothing else.
    """
    with contextlib.ExitStack() as opened, contextlib.closing(db), contextlib.suppress(sqlite3.Error):
        file = next(row[2] for row in db.execute("PRAGMA database_list") if row[1] == "main")
        if file and db.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            # The last one to close is one that may not write, and so removes nothing.
            opened.callback(_opened(f"{Path(file).as_uri()}?mode=ro").close)
            db.execute("PRAGMA busy_timeout=0")  # who still reads is not waited for
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _refuse_to_lock_out(path: Path) -> None:
    """Refuse to read where SQLite would make the files of the log for a user who may not write the store.

    They would have the rights of the store and this user as owner, and nobody else could write the store any more.
    """
    if not hasattr(os, "geteuid") or os.access(path, os.W_OK) or path.stat().st_uid == os.geteuid():
        return
    logs = [path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm")]
    if all(log.exists() for log in logs) or not os.access(path.parent, os.W_OK | os.X_OK):
        return
    owner = owner_name(path)
    msg = (
        f"{path}: {' or '.join(log.name for log in logs)}, in which SQLite keeps the log, is not there, and made by this user it "
        f"would keep {owner}, who owns the store, from writing it; let {owner} run `geoconflict status --store {path}` once, or "
        "copy the store elsewhere"
    )
    raise StoreError(msg)
