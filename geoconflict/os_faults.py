"""What the operating system says when a file cannot be written or read, with the file and how to go on."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from typing import Final

__all__ = ["about_writing", "of_file", "told"]

_ROOM: Final = "free some room, and run the command again"
_REPAIRS: Final[Mapping[int, str]] = {
    errno.EACCES: "give this user the right to it, or choose another path",
    errno.EDQUOT: _ROOM,
    errno.EFBIG: "raise the limit on the size of files (ulimit -f), or choose another file system",
    errno.EIO: "check the disk",
    errno.EISDIR: "name a file",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ENOENT: "check the spelling, or make the folder first",
    errno.ENOSPC: _ROOM,
    errno.ENOTDIR: "a part of the path is a file; choose another path",
    errno.EPERM: "give this user the right to it, or choose another path",
    errno.EROFS: "choose a place that may be written to, or mount this one for writing",
}
_OF_WRITING: Final = frozenset({errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EROFS})
"""What only writing meets, so that it need not be said of which file it is told."""


def told(error: OSError, *, where: object = None) -> str:
    """Return what went wrong, where, and how to repair it; `where` is the file, if the error does not know."""
    file = error.filename if error.filename is not None else where
    say = _said(error)
    repair = _REPAIRS.get(error.errno or 0)
    return (f"{file}: " if file is not None else "") + say + (f"; {repair}" if repair else "")


def of_file(error: OSError, path: os.PathLike[str]) -> OSError:
    """Return the error as one of the file at `path`."""
    return OSError(error.errno, _said(error), str(path))


def about_writing(error: OSError, path: os.PathLike[str]) -> bool:
    """Whether an error that was raised while `path` was written is told of that file."""
    return error.filename == str(path) or (error.filename is None and error.errno in _OF_WRITING)


def _said(error: OSError) -> str:
    """Return what is wrong in the words of the system, which some libraries put into sentences of their own."""
    if error.errno is not None and error.errno in _REPAIRS:
        return os.strerror(error.errno)
    return error.strerror or str(error)
