"""What SQLite says when a store fails, in words that tell what happened to the data and how to go on."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from geoconflict.errors import StoreError

__all__ = ["BUSY_SECONDS", "explained", "nothing_begun", "owner_name", "unwritable"]

BUSY_SECONDS = 60.0
"""How long one transaction waits for that of another process."""

_INTACT = "everything committed before is intact"


def explained(error: sqlite3.Error, path: Path) -> StoreError:
    """Return the error that tells the user what `error` of the store at `path` means, and what to do."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None
    command = f"`geoconflict store check --store {path}`"
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        say = f"another process has been writing for {BUSY_SECONDS:.0f} seconds; try again when it is done"
    elif primary == sqlite3.SQLITE_FULL:
        say = f"the disk is full; {_INTACT}: free some room and run the command again, it goes on where it stopped"
    elif primary == sqlite3.SQLITE_IOERR:
        say = f"the disk did not read or write ({error}); {_INTACT}: check the disk, its room and quotas, then run {command}"
    elif primary == sqlite3.SQLITE_CORRUPT:
        say = f"damaged ({error}); {command} says what, and with --repair saves what can be read"
    elif primary == sqlite3.SQLITE_NOTADB:
        say = (
            f"not an event store, or damaged: {error}; restore a backup in its place, or move it and {path.name}-wal and -shm "
            "away and ingest anew"
        )
    elif primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        say = f"cannot be opened as an event store: {_why_closed(path, error)}"
    else:
        say = f"the event store failed: {error}; {command} says whether it is damaged"
    return StoreError(f"{path}: {say}")


def nothing_begun(path: Path) -> StoreError:
    """Return the error of a file in which no store was begun: made by hand, or by a run that was killed at its start."""
    return StoreError(
        f"{path}: empty, no event store yet: `geoconflict ingest PATH --store {path}` or `geoconflict build` makes one of it, "
        "or restore a backup in its place"
    )


def _why_closed(path: Path, error: sqlite3.Error) -> str:
    """Return which right is missing; SQLite says no more than that it cannot."""
    if path.is_dir():
        return "it is a folder"
    if path.exists() and not os.access(path, os.R_OK):
        return "this user may not read it; give the right to read"
    if path.exists() and not os.access(path, os.W_OK):
        return f"this user may not write it ({error}); {_INTACT}: give the right to write, or choose another path"
    for log in (path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm")):
        if log.exists() and not os.access(log, os.W_OK):
            return _why_log_closed(log, error)
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return (
            f"this user may not write into the folder {path.parent}, where SQLite keeps its log, also to read "
            f"({error}); {_INTACT}: give the right to write, or copy the store elsewhere"
        )
    return f"{error}; check the rights of the file, and of those beside it that end in -wal and -shm"


def _why_log_closed(log: Path, error: sqlite3.Error) -> str:
    """Return what to do about a file of the log that another user has made."""
    say = f"{log} belongs to {owner_name(log)}, and this user may not write it ({error}); {_INTACT}: "
    if log.name.endswith("-wal") and log.stat().st_size:
        return f"{say}it holds what was committed last, so do not remove it; let its owner give the right to write it"
    return f"{say}when nobody reads the store, remove it (`rm {log}`), or let its owner give the right to write it"


def owner_name(path: Path) -> str:
    """Return the user who owns a file, by name where it has one."""
    try:
        return path.owner()
    except (KeyError, NotImplementedError, OSError):  # UnsupportedOperation, of Windows, is an OSError
        with contextlib.suppress(OSError):
            return f"user {path.stat().st_uid}"
        return "another user"


def unwritable(path: Path, error: OSError) -> StoreError:
    """Return the error that tells that the folder of the store at `path` cannot be written to, and why."""
    why = error.strerror or str(error)
    return StoreError(
        f"{path.parent}: the folder of the event store cannot be written to: {why}; {_INTACT}: "
        "give the right to write, free some room, or choose another place for the store"
    )
