"""One writer at a time in the folder of installed places."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from geoconflict.errors import GazetteerError, InputError

__all__ = ["locked"]


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make the folder, and keep other writers out of it while the block runs; a process that dies lets go by itself.

    Raises
    ------
    GazetteerError
        If another process is writing there.
    InputError
        If the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # An empty SQLite file: its lock works on all systems and ends with the process.
        lock = sqlite3.connect(folder / "lock", timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise _unwritable(folder, error) from error
    with contextlib.closing(lock):
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if "locked" not in str(error):
                raise _unwritable(folder, error) from error
            msg = f"{folder}: another `geoconflict gazetteer` is at work there; run this one again when it has finished"
            raise GazetteerError(msg) from error
        yield


def _unwritable(folder: Path, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or error
    return InputError(
        f"{folder}: cannot be made or written ({reason}); free disk space, allow writing, or name another in places.data_dir"
    )
