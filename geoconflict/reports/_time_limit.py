"""How long one item may take to read: for what no limit of size catches, such as a page that is slow for its form."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import NoReturn

from geoconflict.reports._rejection import Rejection

__all__ = ["time_limit"]


class _OutOfTime(BaseException):
    """No :class:`Exception`, which libraries take for a fault of some detail that they pass over."""


@contextlib.contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Stop what takes more processor time than it may; waiting, and other programs, do not count.

    It holds in the main thread of a program on a system with timers of the processor, which is where the command line
    reads; elsewhere it does nothing, and the limits of size alone hold.

    Raises
    ------
    Rejection
        When the time is up.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> NoReturn:
        raise _OutOfTime

    before = signal.signal(signal.SIGVTALRM, stop)
    try:
        # Again each second: what is raised inside a finaliser is lost.
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1)
        yield
    except _OutOfTime:
        msg = f"it takes more than {seconds} seconds of the processor to read"
        raise Rejection(msg, "give its text in a text file, or raise reports.max_seconds in geoconflict.toml") from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
