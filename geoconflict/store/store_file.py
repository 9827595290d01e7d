"""The file of a store: opened, migrated, written in transactions, closed."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from geoconflict.errors import StoreError
from geoconflict.store.connecting import close_leaving_log, connect
from geoconflict.store.faults import BUSY_SECONDS, explained, nothing_begun
from geoconflict.store.migrating import format_of, migrate
from geoconflict.store.run_lock import note_written
from geoconflict.store.schema import MIGRATIONS
from geoconflict.write_ahead_log import use_write_ahead_log

__all__ = ["StoreFile"]


class StoreFile:
    """A file that is open, perhaps for reading alone; errors and parameters are those of :class:`geoconflict.EventStore`."""

    def __init__(self, path: str | os.PathLike[str], *, read_only: bool = False) -> None:
        self.path = Path(path)
        self._read_only = read_only
        self._is_noted = False
        self.backup_path: Path | None = None
        self._connection: sqlite3.Connection | None = connect(self.path, read_only=read_only)
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self.db.close()
            raise explained(error, self.path) from error
        except BaseException:
            self.db.close()
            raise

    @property
    def db(self) -> sqlite3.Connection:
        """The connection.

        Raises
        ------
        StoreError
            If it was closed.
        """
        if self._connection is None:
            msg = f"{self.path}: this store was closed; open it again with EventStore({str(self.path)!r})"
            raise StoreError(msg)
        return self._connection

    def _prepare(self) -> None:
        if self._read_only:
            version = format_of(self.db, self.path)
            if version == 0:
                raise nothing_begun(self.path)
            if version < len(MIGRATIONS):
                msg = f"{self.path}: format {version} is older than this geoconflict; run `geoconflict store migrate --store {self.path}` once"
                raise StoreError(msg)
            return
        format_of(self.db, self.path)  # a file of another program is left as it is
        self.db.execute("PRAGMA synchronous=FULL")
        self.db.execute("PRAGMA foreign_keys=ON")
        # The tables come before the log: whoever reads meanwhile sees a whole new store or none.
        self.backup_path = migrate(self.db, self.path)
        use_write_ahead_log(self.db, busy_seconds=BUSY_SECONDS)

    def close(self) -> None:
        """Close the file. Closing twice does nothing."""
        db, self._connection = self._connection, None
        if db is not None:
            if self._read_only:
                db.close()
            else:
                close_leaving_log(db)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all writes inside in one transaction: all or none.

        Raises
        ------
        StoreError
            If another process holds the write lock for longer than a minute, the file is read-only, or the disk is full
            or fails; nothing inside is kept then.
        """
        if self._read_only:
            msg = f"{self.path}: opened for reading alone; open it without read_only to write"
            raise StoreError(msg)
        try:
            self.db.execute("BEGIN IMMEDIATE")
            n_before = self.db.total_changes
            yield
            if not self._is_noted and self.db.total_changes > n_before:
                note_written(self.path)
                self._is_noted = True
            self.db.execute("COMMIT")
        except BaseException as error:
            if self.db.in_transaction:  # a full disk has ended it already
                self.db.execute("ROLLBACK")
            if isinstance(error, sqlite3.DatabaseError):
                raise explained(error, self.path) from error
            raise

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read everything inside from one state of the store, whatever other processes write meanwhile."""
        self.db.execute("BEGIN")
        try:
            yield
        finally:
            self.db.execute("COMMIT")

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Read from one state of the store, within a transaction that is open or one of its own."""
        if self.db.in_transaction:
            yield
        else:
            with self.snapshot():
                yield
