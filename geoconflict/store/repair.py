"""Repairs a store that is not whole: rows that belong to nothing go, and a damaged file is written anew from what can be read.

What goes is derived, or is read again from the reports. Afterwards the events are to be merged anew.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from geoconflict.errors import StoreError
from geoconflict.store.check import Fault
from geoconflict.store.connecting import connect
from geoconflict.store.event_store import EventStore
from geoconflict.store.faults import explained
from geoconflict.store.merge_ledger import StoreLedger
from geoconflict.store.migrating import format_of
from geoconflict.store.schema import FIGURES_OF_READINGS

__all__ = ["Salvage", "damaged_source", "mend_rows", "replace_damaged", "salvage"]

_DERIVED = (
    "event",
    "core",
    "version",
    "merged_report",
    "frame_block",
    "changed_event",
    "figure",
    "report_text",
    "text_band",
)
"""Made anew by merging and by the look for copies, and figures from the readings."""
_PREFIXES = tuple(f"{number:03x}" for number in range(4096))
"""Keys are hexadecimal digests: so many first digits are tried around damaged pages."""


class Salvage(NamedTuple):
    """What was saved from a damaged store."""

    saved: dict[str, int]
    """Table -> rows saved."""
    lost_reports: tuple[str, ...]
    """Ids of reports that other tables name and that could not be read; more may be lost that nothing names."""


def mend_rows(path: Path, faults: Iterable[Fault]) -> int:
    """Remove the rows that `faults` name, and forget what was merged; return how many rows went.

    One transaction. The events stay as they are until they are merged anew.
    """
    n_removed = 0
    with contextlib.closing(connect(path, read_only=False)) as db:
        try:
            db.execute("PRAGMA foreign_keys=ON")  # with a report goes what was made of it
            db.execute("BEGIN IMMEDIATE")
            for fault in faults:
                if fault.mend == "remove":
                    query = f"DELETE FROM {fault.table} WHERE report_id = ?"  # noqa: S608  # our own tables
                    n_removed += db.executemany(query, [(key,) for key in fault.keys]).rowcount
            if n_removed:
                for table in ("resolution", "figure"):  # what was made of a reading goes with it
                    db.execute(f"DELETE FROM {table} WHERE report_id NOT IN (SELECT report_id FROM reading)")  # noqa: S608
                db.execute(
                    "UPDATE source_file SET stamp = '', digest = ''"
                )  # what was lost of their reports is read again
            StoreLedger(db, path).forget_merged()
            db.execute("DELETE FROM meta WHERE name IN ('merge_key', 'merging_rules', 'copies_key')")
            db.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            raise explained(error, path) from error
    return n_removed


def salvage(path: Path, target: Path) -> Salvage:
    """Write a new store at `target` from all rows of the damaged one at `path` that can be read, but for what is derived.

    Raises
    ------
    StoreError
        If not even the tables of the damaged store can be read.
    """
    with EventStore(target):
        pass  # the tables as this version has them
    saved: dict[str, int] = {}
    named: set[str] = set()
    with (
        contextlib.closing(connect(path, read_only=True, is_damaged=True)) as damaged,
        contextlib.closing(sqlite3.connect(target, isolation_level=None)) as new,
    ):
        damaged.text_factory = _text_or_none
        try:
            format_of(damaged, path)
            there = {str(row[0]) for row in damaged.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        except sqlite3.DatabaseError as error:
            msg = (
                f"{path}: too damaged to save anything ({error}); restore a backup, or remove the file and ingest anew"
            )
            raise StoreError(msg) from error
        tables = [
            str(row[0]) for row in new.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        new.execute("BEGIN")
        for table in tables:
            if table in there and table not in _DERIVED:
                saved[table] = _copy_rows(damaged, new, table)
            if table in there and table in ("reading", "resolution", "failure", "merged_report"):
                named |= {row[0] for row in _readable(damaged, table, "report_id", "report_id") if row[0]}
        new.execute("DELETE FROM meta WHERE name IN ('merge_key', 'merging_rules', 'copies_key')")
        new.execute(FIGURES_OF_READINGS)
        new.execute("UPDATE source_file SET stamp = '', digest = ''")  # what was lost of their reports is read again
        new.execute("COMMIT")
        kept = {row[0] for row in new.execute("SELECT report_id FROM report")}
        new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Salvage(saved, tuple(sorted(named - kept)))


def _text_or_none(raw: bytes) -> str | None:
    """Return text, or None where it is none: the new table then refuses the row instead of keeping guessed letters."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _copy_rows(damaged: sqlite3.Connection, new: sqlite3.Connection, table: str) -> int:
    """Copy what can be read of a table, each row once; columns that either lacks stay out."""
    info = list(new.execute(f"PRAGMA table_info({table})"))
    ours = [str(row[1]) for row in info]
    theirs = {str(row[1]) for row in damaged.execute(f"PRAGMA table_info({table})")}
    columns = ", ".join(name for name in ours if name in theirs)
    key = next((str(row[1]) for row in info if row[5] == 1), "rowid")
    marks = ", ".join("?" for name in ours if name in theirs)
    query = f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608  # names of our own tables
    for row in _readable(damaged, table, columns, key):
        try:
            new.execute(query, row)
        except sqlite3.OperationalError as error:
            if (
                str(error) != "malformed JSON"
            ):  # what the index of addresses says of a record that was damaged; a full disk is no such thing
                raise
    return int(new.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608  # our own tables


def _readable(db: sqlite3.Connection, table: str, columns: str, key: str) -> Iterator[Any]:
    """Yield the rows that can be read, some more than once: from both ends, then from between damaged pages."""
    query = f"SELECT {columns} FROM {table}"  # noqa: S608  # names of our own tables
    for order in ("ASC", "DESC"):
        try:
            yield from db.execute(f"{query} ORDER BY {key} {order}")
        except sqlite3.DatabaseError:
            continue
        return
    for prefix in _PREFIXES:
        for order in ("ASC", "DESC"):
            with contextlib.suppress(sqlite3.DatabaseError):
                between = f"{query} WHERE {key} >= ? AND {key} < ? ORDER BY {key} {order}"
                yield from db.execute(between, (prefix, prefix + "~"))


def replace_damaged(path: Path, new: Path) -> Path:
    """Put `new` in the place of the damaged store at `path`, and return the name under which the damaged one is kept.

    A kill at any moment leaves the damaged store with its log, under one name or the other, or the new one alone.
    """
    with contextlib.closing(connect(new, read_only=False)) as db:
        db.execute("PRAGMA journal_mode=DELETE")  # all of it in one file
    kept = _kept_name(path)
    log, kept_log = (one.with_name(f"{one.name}-wal") for one in (path, kept))
    if log.exists() and log.stat().st_size:
        _link(log, kept_log)
    _link(path, kept)
    # A log that outlived its store would be written into the new one.
    for suffix in ("-wal", "-shm"):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)
    new.replace(path)
    return kept


def damaged_source(path: Path) -> Path:
    """Return the damaged store to save from: `path`, or its kept copy where a repair was killed after the log had gone."""
    number = 1
    source = path
    while (kept := _numbered(path, number)).exists():
        has_log = kept.with_name(f"{kept.name}-wal").exists()
        if has_log and not path.with_name(f"{path.name}-wal").exists() and filecmp.cmp(path, kept, shallow=False):
            source = kept
        number += 1
    return source


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.damaged{f'-{number}' if number > 1 else ''}")


def _kept_name(path: Path) -> Path:
    """Return the name for the damaged store: a free one, or that under which a repair that was killed kept it."""
    number = 1
    while (kept := _numbered(path, number)).exists() and not filecmp.cmp(path, kept, shallow=False):
        number += 1
    return kept


def _link(file: Path, other: Path) -> None:
    """Give a file a second name, or a copy where the file system knows none."""
    if other.exists() and filecmp.cmp(file, other, shallow=False):
        return
    try:
        os.link(file, other)
    except OSError:
        shutil.copy2(file, other)
