"""Files that are replaced whole or not at all, and changed by one process at a time."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from geoconflict.errors import InputError

__all__ = ["locked", "replacing"]


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path beside `target`; on success it is synced and renamed onto it, on failure removed.

    A reader sees the old file or the new one, never a part.

    Raises
    ------
    InputError
        If the folder of `target` does not exist.
    """
    if not target.parent.is_dir():
        msg = f"{target.parent}: there is no such folder; make it first"
        raise InputError(msg)
    handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=target.suffix, dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    temporary.unlink()  # the drivers want to make the file themselves
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep other processes that lock `target` waiting until the block ends; a killed process holds nothing.

    The lock is a hidden file ``.NAME.lock`` beside `target`, for `target` itself may be replaced meanwhile. It stays.

    Raises
    ------
    InputError
        If the folder of `target` does not exist.
    """
    if not target.parent.is_dir():
        msg = f"{target.parent}: there is no such folder; make it first"
        raise InputError(msg)
    with target.with_name(f".{target.name}.lock").open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield  # closing the file lets go
