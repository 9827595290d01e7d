"""Which files of a folder are new and whole: a file counts when its size and time stand still."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from geoconflict.errors import InputError

__all__ = ["FolderWatch"]

_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What tells one state of a file from another."""

    n_bytes: int
    changed_ns: int
    inode: int


class FolderWatch:
    """Looks at a folder again and again.

    A file is due when two looks in a row saw it the same, it was last changed `settle_seconds` ago or earlier, and it was
    not taken in that state before. Hidden files are left out, as everywhere: programs write what is not ready under such
    names. Links are left out: whoever may write into the folder must not make a run read what lies outside it.

    Parameters
    ----------
    folder
        Looked at with all folders below.
    suffixes
        Of the files that count, in lower case with their dot.
    settle_seconds
        How long a file must stand still.
    clock
        Seconds since the epoch, as files are stamped; for tests.
    """

    def __init__(
        self,
        folder: Path,
        suffixes: Collection[str],
        *,
        settle_seconds: float = 2.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.folder = folder
        self._suffixes = frozenset(suffixes)
        self._settle_seconds = settle_seconds
        self._clock = clock
        self._seen: dict[Path, _Stamp] = {}
        self._taken: dict[Path, _Stamp] = {}

    def look(self) -> list[Path]:
        """Return the files that are due, in the order of their names.

        Raises
        ------
        InputError
            If the folder is not there.
        """
        if not self.folder.is_dir():
            msg = f"{self.folder}: there is no such folder; make it, or watch another"
            raise InputError(msg)
        now = dict(_stamps(self.folder, self._suffixes))
        settled_ns = (self._clock() - self._settle_seconds) * 1e9
        ahead_ns = self._clock() * 1e9  # a file stamped in the future, by another machine's clock, settles too
        due = [
            path
            for path, stamp in now.items()
            if self._seen.get(path) == stamp
            and self._taken.get(path) != stamp
            and not settled_ns < stamp.changed_ns <= ahead_ns
        ]
        self._seen = now
        self._taken = {path: stamp for path, stamp in self._taken.items() if path in now}
        return sorted(due)

    @property
    def n_waiting(self) -> int:
        """How many files are there that have not been taken."""
        return sum(self._taken.get(path) != stamp for path, stamp in self._seen.items())

    def took(self, paths: Collection[Path]) -> None:
        """Note that files were taken in the state in which :meth:`look` saw them last."""
        for path in paths:
            if path in self._seen:
                self._taken[path] = self._seen[path]


def _stamps(folder: Path, suffixes: frozenset[str], depth: int = 0) -> Iterator[tuple[Path, _Stamp]]:
    """Yield the files that count with their state; what vanishes meanwhile is left out."""
    if depth > _DEEPEST:
        return
    try:
        with os.scandir(folder) as found:
            entries = [one for one in found if not one.name.startswith(".")]
    except OSError:
        return
    for entry in entries:
        path = Path(entry.path)
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _stamps(path, suffixes, depth + 1)
            elif path.suffix.lower() in suffixes and not entry.name.upper().startswith("README"):
                state = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(state.st_mode):
                    yield path, _Stamp(state.st_size, state.st_mtime_ns, state.st_ino)
        except OSError:
            continue
