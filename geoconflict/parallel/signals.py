"""SIGTERM and SIGINT noted, and held back where they would end the process, until what is finished is written down."""

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
    """Hold back the signals that would end a process, and give a function that says whether one has come.

    By default SIGTERM ends the process and SIGINT raises :class:`KeyboardInterrupt`: the first of them does so when the block
    is left, a second one at once. A handler of the caller's own is called as the signal comes, with every one, and the block
    goes on unless it raises. Signals that were ignored stay so; outside of the main thread, which alone gets signals, nothing
    is held.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    came: list[int] = []
    held: list[int] = []
    before = {
        number: handler
        for number in _SIGNALS
        if (handler := signal.getsignal(number)) not in (signal.SIG_IGN, None)  # None: set by other than Python
    }

    def restore() -> None:
        for number, handler in before.items():
            if signal.getsignal(number) is note:  # a handler may have set another one
                signal.signal(number, handler)

    def note(number: int, frame: FrameType | None) -> None:
        came.append(number)
        handler = before[signal.Signals(number)]
        if callable(handler) and handler is not signal.default_int_handler:
            handler(number, frame)
        else:
            held.append(number)
            restore()

    for number in before:
        signal.signal(number, note)
    try:
        yield lambda: bool(came)
    finally:
        restore()
    for one in held:
        signal.raise_signal(one)
