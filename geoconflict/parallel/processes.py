"""Worker processes on this machine: started when needed, ended when they take too long, replaced when they die."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO, Any

from geoconflict.errors import WorkerError
from geoconflict.own_process import ONE_THREAD
from geoconflict.parallel.limits import Limits
from geoconflict.parallel.trying import TooLongError, WorkerDiedError, persevere

__all__ = ["Processes"]

_CHUNK_TRIES, _ITEM_TRIES = 3, 2
_START_TRIES = 3
_START_SECONDS = 600.0
"""Loading a language model takes seconds; on a machine that is short of everything, minutes."""
_GRACE_SECONDS = 5.0
"""A worker ends itself when its time is over; one that is stopped or stuck in the system is killed so much later."""
_IN_HAND = 4
"""Chunks for each worker that are under way or waiting to be taken by the caller."""


class Processes:
    """Worker processes that run one function; safe to be asked from several threads, one chunk each."""

    def __init__(self, function: Callable[[Sequence[Any]], Sequence[Any]], n_workers: int, limits: Limits) -> None:
        self.n_threads = n_workers
        self._first_request = pickle.dumps((function, limits), pickle.HIGHEST_PROTOCOL)
        self._limits = limits
        self._idle: list[_Worker] = []
        self._alive: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    def width(self) -> int:
        """Return how many chunks may be in hand."""
        return self.n_threads * _IN_HAND

    def run(self, items: Sequence[Any]) -> list[Any]:
        """Return a result for each item."""
        return persevere(self._ask, self._ask, items, chunk_tries=_CHUNK_TRIES, item_tries=_ITEM_TRIES)

    def close(self) -> None:
        """End the workers, also in the midst of work."""
        with self._lock:
            self._closed = True
            alive = list(self._alive)
        for worker in alive:
            worker.end()

    def _ask(self, items: Sequence[Any]) -> list[Any]:
        worker = self._take()
        seconds = self._limits.seconds
        started = time.monotonic()
        try:
            kind, value = worker.ask(items, seconds and seconds + _GRACE_SECONDS)
        except WorkerDiedError:
            self._drop(worker)
            if seconds and time.monotonic() - started >= seconds:
                msg = f"took more than {seconds:g} seconds"
                raise TooLongError(msg) from None
            raise
        if kind == "memory":  # what it holds in ruins is not worth keeping
            self._drop(worker)
            msg = f"needed more than {self._limits.megabytes} MB of memory"
            raise WorkerDiedError(msg)
        with self._lock:
            self._idle.append(worker)
        if kind == "raised":
            raise value
        return list(value)

    def _take(self) -> _Worker:
        for _ in range(_START_TRIES):
            with self._lock:
                if self._closed:
                    msg = "the workers were ended"
                    raise WorkerError(msg)
                if self._idle:
                    return self._idle.pop()
                worker = _Worker()
                self._alive.add(worker)
            try:
                kind, value = worker.send(self._first_request, _START_SECONDS)
            except WorkerDiedError as error:
                self._drop(worker)
                why = str(error)
            else:
                if kind == "ready":
                    return worker
                self._drop(worker)
                if kind == "raised":
                    raise value
                why = "it ran out of memory"
        msg = f"worker processes end as they start ({why}); check free memory, and ask for fewer workers"
        raise WorkerError(msg)

    def _drop(self, worker: _Worker) -> None:
        worker.end()
        with self._lock:
            self._alive.discard(worker)


class _Worker:
    """One worker process."""

    def __init__(self) -> None:
        path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)  # noqa: PTH109
        self._process = subprocess.Popen(
            # -P: a file of the current folder must not pass for a module.
            [sys.executable, "-P", "-m", "geoconflict.parallel.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": path},
            start_new_session=True,  # Ctrl-C is for the caller to act upon
        )
        self._ending = threading.Lock()

    def ask(self, items: Sequence[Any], seconds: float) -> tuple[str, Any]:
        """Return what kind of answer the worker has for `items`, and the answer."""
        return self.send(pickle.dumps(items, pickle.HIGHEST_PROTOCOL), seconds)

    def send(self, request: bytes, seconds: float) -> tuple[str, Any]:
        """Return the answer to a pickled request; the process is killed after so many seconds (0: never).

        Raises
        ------
        WorkerDiedError
            If the process ends before it answers.
        """
        timer = threading.Timer(seconds, self._process.kill) if seconds else None
        if timer is not None:
            timer.daemon = True
            timer.start()
        try:
            pickle.dump(request, self._pipe(self._process.stdin))
            self._pipe(self._process.stdin).flush()
            answer: tuple[str, Any] = pickle.load(self._pipe(self._process.stdout))  # noqa: S301  # our own child
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            self.end()
            raise WorkerDiedError(_how_it_ended(self._process.returncode)) from None
        finally:
            if timer is not None:
                timer.cancel()
        return answer

    def end(self) -> None:
        """Kill the process if it runs, and wait until it is gone."""
        with self._ending:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError):  # what could not be sent is of no use any more
                    self._pipe(pipe).close()

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:  # pragma: no cover  # both are asked for
            msg = "no pipe"
            raise OSError(msg)
        return pipe


def _how_it_ended(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return f"killed by {signal.Signals(-code).name}"
    return f"killed by signal {-code}"
