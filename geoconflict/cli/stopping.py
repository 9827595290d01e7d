"""Signals that ask a run to stop: the first lets the batch at hand be committed, the second stops at once."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, Self

__all__ = ["StopEvent", "Stopped", "Stopping", "stopped_by_signals"]


class Stopped(KeyboardInterrupt):
    """The run was asked to stop. No ``except Exception`` swallows it.

    Attributes
    ----------
    signum : int
        The signal that asked.
    """

    def __init__(self, signum: int) -> None:
        super().__init__(signal.Signals(signum).name)
        self.signum = signum


class Stopping:
    """Listens for SIGINT and SIGTERM while it is open; :meth:`check` between two batches raises :class:`Stopped`.

    The second signal raises it wherever the program is: transactions are rolled back, half-written files removed. From then
    on the system's own handlers are back, so that a third one kills.

    Parameters
    ----------
    asked
        Called at the first signal, from within the handler.
    """

    def __init__(self, asked: Callable[[int], object]) -> None:
        self.signum: int | None = None
        self._asked = asked
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():  # Python allows no other to listen
            self._before = {one: signal.signal(one, self._heard) for one in (signal.SIGINT, signal.SIGTERM)}
        return self

    def __exit__(self, *_: object) -> None:
        for one, handler in self._before.items():
            signal.signal(one, handler)

    def _heard(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002
        if self.signum is None:
            self.signum = signum
            self._asked(signum)
            return
        for one in self._before:
            signal.signal(one, signal.SIG_DFL)
        raise Stopped(self.signum)

    def check(self) -> None:
        """Stop here if that was asked.

        Raises
        ------
        Stopped
            If a signal has come.
        """
        if self.signum is not None:
            raise Stopped(self.signum)


class StopEvent(threading.Event):
    """Is set by the first signal, and knows which it was."""

    signum: int | None = None

    @property
    def exit_code(self) -> int:
        """What a command exits with that was stopped: 128 and the number of the signal."""
        return 128 + (self.signum or signal.SIGINT)


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[StopEvent]:
    """Give an event that the first signal sets, for commands that look at it themselves."""
    stop = StopEvent()

    def heard(signum: int) -> None:
        stop.signum = signum
        stop.set()

    with Stopping(heard):
        yield stop
