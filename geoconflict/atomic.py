"""Files that are replaced whole or not at all, and changed by one process at a time."""

from __future__ import annotations

import contextlib
import os
import platform
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from geoconflict.errors import GeoconflictError, InputError
from geoconflict.os_faults import about_writing, of_file

__all__ = ["is_running", "locked", "replacing"]


@contextlib.contextmanager
def replacing(target: Path, *, family: str | None = None) -> Iterator[Path]:
    """Give a temporary path beside `target`; on success it is synced and renamed onto it, on failure removed.

    A reader sees the old file or the new one, never a part. What a killed process left of the same target is removed.

    Parameters
    ----------
    target
        The file to be replaced or made.
    family
        A name shared by targets that follow each other, such as dated copies: what was left of any of them is removed. By
        default the target's own name without suffix.

    Raises
    ------
    InputError
        If the folder of `target` does not exist, or `target` is a pipe or a device.
    OSError
        If it cannot be written; the error names `target`.
    """
    if not target.parent.is_dir():
        msg = f"{target.parent}: there is no such folder; make it first"
        raise InputError(msg)
    # The rename would put a file in the place of /dev/null itself, for everybody on the machine.
    if target.exists() and not (target.is_file() or target.is_dir()):
        msg = f"{target}: a pipe or device, which a file would take the place of; give the name of a file"
        raise InputError(msg)
    prefix = f".{family or target.stem}-{_HOST}-"
    _remove_left_over(target.parent, prefix)
    try:
        handle, name = tempfile.mkstemp(prefix=f"{prefix}{os.getpid()}-", suffix=target.suffix, dir=target.parent)
    except OSError as error:  # of the file that is wanted, not of the one that nobody knows
        raise of_file(error, target) from error
    os.close(handle)
    temporary = Path(name)
    temporary.unlink()  # the drivers want to make the file themselves
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        if isinstance(error, GeoconflictError) or not about_writing(error, temporary):
            raise
        raise of_file(error, target) from error
    finally:
        temporary.unlink(missing_ok=True)


_HOST = f"{zlib.crc32(platform.node().encode()):08x}"
"""Marks temporary files with the machine: process ids of another say nothing here."""


def _remove_left_over(folder: Path, prefix: str) -> None:
    """Remove temporary files of processes of this machine that are no more."""
    for file in folder.iterdir():
        if file.name.startswith(prefix):
            process = file.name.removeprefix(prefix).split("-", 1)[0]
            if process.isdecimal() and not is_running(int(process)):
                with contextlib.suppress(OSError):
                    file.unlink()


def is_running(process: int) -> bool:
    """Whether a process of this id runs on this machine; true where that cannot be told."""
    if sys.platform == "win32":
        return True  # os.kill would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True


def _sync_folder(folder: Path) -> None:
    """Make a rename outlast a loss of power, where the system lets folders be synced."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError:
            pass  # some network file systems refuse
        finally:
            os.close(handle)


@contextlib.contextmanager
def locked(target: Path, *, wait: bool = True) -> Iterator[None]:
    """Keep other processes that lock `target` out until the block ends; a killed process holds nothing.

    The lock is a hidden file ``.NAME.lock`` beside `target`, for `target` itself may be replaced meanwhile. It stays.

    Parameters
    ----------
    target
        What is to be changed; it need not exist.
    wait
        Whether to wait while another holds the lock.

    Raises
    ------
    InputError
        If the folder of `target` does not exist.
    BlockingIOError
        If another holds the lock and `wait` is false.
    """
    if not target.parent.is_dir():
        msg = f"{target.parent}: there is no such folder; make it first"
        raise InputError(msg)
    with target.with_name(f".{target.name}.lock").open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError as error:  # Windows says "permission denied" of a lock that is taken
                if wait:
                    raise
                raise BlockingIOError(*error.args) from error
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield  # closing the file lets go
