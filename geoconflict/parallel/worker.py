"""A worker process: chunks come in by its standard input, results leave by its standard output, pickled.

It is started by :mod:`geoconflict.parallel.processes` as ``python -m geoconflict.parallel.worker``, so that the caller's
own main module is never run again, and ends when its input ends: with the caller, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import signal
import sys
import threading
from typing import Any, BinaryIO

from geoconflict.errors import WorkerError
from geoconflict.own_process import set_up
from geoconflict.parallel.limits import Work

__all__ = ["main"]


def main() -> None:
    """Work until the caller is gone."""
    set_up()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # a terminal and a service manager tell all: the caller decides
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not fall among the replies
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, requests), daemon=True).start()
    work: Work | None = None
    while True:
        request = requests.get()
        reply: tuple[str, Any]
        try:
            if work is None:
                work = Work(*pickle.loads(request))  # noqa: S301  # from the process that started this one
                reply = ("ready", None)
            else:
                reply = ("done", work(pickle.loads(request)))  # noqa: S301
        except MemoryError:
            reply = ("memory", None)
        except Exception as error:  # noqa: BLE001  # raised in the caller
            reply = ("raised", error)
        try:
            pickled = pickle.dumps(reply, pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # noqa: BLE001
            pickled = pickle.dumps(("raised", WorkerError(f"{type(error).__name__}: {error} ({reply[1]!r:.200})")))
        with contextlib.suppress(BrokenPipeError):
            replies.write(pickled)
            replies.flush()


def _receive(stream: BinaryIO, requests: queue.SimpleQueue[bytes]) -> None:
    """Pass requests on; at the end of the input, end the process whatever it is doing."""
    try:
        while True:
            requests.put(pickle.load(stream))  # noqa: S301
    except (EOFError, OSError, pickle.UnpicklingError):
        os._exit(0)


if __name__ == "__main__":
    main()
