"""SIGTERM and SIGINT held back until what is finished is written down."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Final

__all__ = ["held_signals"]

_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT)


@contextlib.contextmanager
def held_signals() -> Iterator[Callable[[], bool]]:
    """Hold back the signals that ask a process to end, and give a function that says whether one has come.

    When the block is left, the signal takes the effect that it had before: by default SIGTERM ends the process, SIGINT
    raises :class:`KeyboardInterrupt`. A second signal takes effect at once. Signals that were ignored stay so; outside of
    the main thread, which alone gets signals, nothing is held.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    came: list[int] = []
    before = {
        number: handler
        for number in _SIGNALS
        if (handler := signal.getsignal(number)) not in (signal.SIG_IGN, None)  # None: set by other than Python
    }

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    def note(number: int, _: FrameType | None) -> None:
        came.append(number)
        restore()

    for number in before:
        signal.signal(number, note)
    try:
        yield lambda: bool(came)
    finally:
        restore()
    for one in came:
        signal.raise_signal(one)
