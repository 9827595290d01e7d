"""What one chunk of work may take of the process that does it: seconds, and memory.

Both limits hold whatever the work does, also inside compiled code: the system ends the process, or refuses it memory.
So they are for processes made for the work, never for the caller's own.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["Limits", "Work"]


class Limits(NamedTuple):
    """What the work on a chunk may take; 0 is no limit."""

    seconds: float = 0.0
    """Elapsed."""
    megabytes: int = 0
    """Above what the process holds once it is ready to work. Kept on Linux alone."""


class Work:
    """A function in a process made for it: readied once, then run under limits.

    Parameters
    ----------
    function
        Called with a list of items; returns one result for each. It is called with none at first, and then loads what it
        needs: that counts neither as time nor as memory of a chunk.
    limits
        What each later call may take. Over the time, the process ends at once; over the memory, the system gives no more
        (``MemoryError``).
    """

    def __init__(self, function: Callable[[Sequence[Any]], Sequence[Any]], limits: Limits) -> None:
        function([])
        self._function = function
        self._seconds = limits.seconds
        self._bytes = limits.megabytes * 1_000_000 and _held_bytes() + limits.megabytes * 1_000_000

    def __call__(self, items: Sequence[Any]) -> list[Any]:
        """Return one result for each item."""
        with _deadline(self._seconds), _memory(self._bytes):
            return list(self._function(items))


@contextlib.contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """End the process when the block takes longer. A thread of Python could not: a long match holds the interpreter."""
    if not seconds:
        yield
        return
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  # the stacks of a report's text help nobody
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextlib.contextmanager
def _memory(limit_bytes: int) -> Iterator[None]:
    """Let the process hold no more than `limit_bytes` of memory of its own in the block; mapped files do not count."""
    if not limit_bytes or sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        limit_bytes = min(limit_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (limit_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _held_bytes() -> int:
    """Return the memory that this process holds for itself, as the system counts it against ``RLIMIT_DATA``."""
    if sys.platform != "linux":
        return 0
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name == "VmData":
            return int(value.split()[0]) * 1024
    return 0
