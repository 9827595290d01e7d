"""Copies of a store, taken while others read and write it: whole, checked, and each in one file of its own."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import re
import sqlite3
from pathlib import Path

from geoconflict.atomic import replacing
from geoconflict.errors import InputError, StoreError
from geoconflict.os_faults import told
from geoconflict.store.connecting import connect
from geoconflict.store.faults import explained

__all__ = ["backup", "backups_of", "content_digest", "copy_store", "has_same_content"]

_STAMP = "%Y%m%dT%H%M%SZ"


def copy_store(path: Path, target: Path) -> None:
    """Copy the committed state of the store at `path` to `target`, checked, synced and renamed into place.

    Writers are not kept waiting. The copy is one file: it has no log beside it.

    Raises
    ------
    StoreError
        If the store cannot be read or the copy not written; `target` then stays as it was.
    """
    try:
        with replacing(target, family=f"{path.stem}-copy") as temporary:
            with (
                contextlib.closing(connect(path, read_only=True)) as source,
                contextlib.closing(sqlite3.connect(temporary)) as copy,
            ):
                copy.execute("PRAGMA synchronous=OFF")  # synced as a whole before it gets its name
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
                faults = [row[0] for row in copy.execute("PRAGMA integrity_check(1)")]
            if faults != ["ok"]:
                msg = f"{path}: damaged ({faults[0]}), so no copy is kept; `geoconflict store check --store {path}` says what"
                raise StoreError(msg)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_FULL:  # reading fills no disk
            raise StoreError(told(OSError(errno.ENOSPC, "", str(target)))) from error
        raise explained(error, path) from error
    except InputError as error:
        raise StoreError(str(error)) from error


def backup(path: Path, folder: Path, *, keep: int | None, now: dt.datetime) -> tuple[Path, tuple[Path, ...]]:
    """Copy a store into `folder` under its name and the time, and remove its oldest copies there.

    Parameters
    ----------
    path
        The store.
    folder
        Where its copies lie.
    keep
        How many copies of this store stay there, the new one counted, which always stays; None is all.
    now
        Aware; it names the copy.

    Returns
    -------
    tuple
        The new copy, and those removed.

    Raises
    ------
    StoreError
        As :func:`copy_store`; no copy is removed then.
    """
    stamp = now.astimezone(dt.UTC).strftime(_STAMP)
    target = folder / f"{path.stem}-{stamp}{path.suffix}"
    copy_store(path, target)
    others = [one for one in backups_of(path, folder) if one != target]
    gone = tuple(others[: len(others) - keep + 1]) if keep is not None and len(others) >= keep else ()
    for one in gone:
        one.unlink(missing_ok=True)
    return target, gone


def backups_of(path: Path, folder: Path) -> list[Path]:
    """Return the dated copies of a store in `folder`, oldest first by their names."""
    name = re.compile(re.escape(path.stem) + r"-\d{8}T\d{6}Z" + re.escape(path.suffix))
    return sorted(one for one in folder.iterdir() if name.fullmatch(one.name) and one.is_file())


def has_same_content(path: Path, other: Path) -> bool:
    """Whether two stores hold the same tables with the same rows; false where one cannot be read."""
    try:
        return content_digest(path) == content_digest(other)
    except (StoreError, sqlite3.DatabaseError, OSError):
        return False


def content_digest(path: Path) -> str:
    """Return a digest over every row of every table of a store, whatever the order in which they were written."""
    import hashlib

    digest = hashlib.sha256()
    with contextlib.closing(connect(path, read_only=True)) as db:
        db.execute("BEGIN")
        digest.update(str(db.execute("PRAGMA user_version").fetchone()).encode())
        tables = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for table, statement in tables:
            digest.update(repr((table, statement)).encode())
            key = [
                row[1] for row in sorted(db.execute(f"PRAGMA table_info({table})"), key=lambda row: row[5]) if row[5]
            ]
            order = ", ".join(key) or "rowid"
            for row in db.execute(f"SELECT * FROM {table} ORDER BY {order}"):  # noqa: S608  # names of the file's own tables
                digest.update(repr(row).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
