"""A Dask cluster: one that runs already, that of the caller's own client, or one started for the call on this machine.

The only importer of Dask.
"""

from __future__ import annotations

import contextlib
import functools
import pickle
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from typing import Any

from geoconflict.errors import MissingDependencyError, ServiceUnavailableError
from geoconflict.extras import how_to_install
from geoconflict.parallel.limits import Limits, Work
from geoconflict.parallel.trying import WorkerDiedError, persevere

__all__ = ["Cluster"]

_CONNECT_SECONDS = 30
_LOOK_SECONDS = 5.0
_NO_WORKER_SECONDS = 300.0
"""So long a run waits for a cluster that has lost all its workers, or has none yet."""
_IN_HAND = 3
"""Chunks for each worker: one under way, the others there when it is done, whatever the network takes."""
_MOST_THREADS = 512
"""Each chunk in hand has a thread of the caller that waits for it."""
_GONE = "the Dask scheduler is gone, and with it what was under way; what was finished is kept: run again"
_TRIES = 3
"""Workers that die under a chunk before it is tried item by item. A scheduler that runs already has its own number."""


class Cluster:
    """Runs one function on the workers of a Dask cluster; safe to be asked from several threads, one chunk each."""

    n_threads = _MOST_THREADS

    def __init__(
        self, function: Callable[[Sequence[Any]], Sequence[Any]], n_workers: int, scheduler: str, limits: Limits
    ) -> None:
        try:
            import dask
            from distributed import Client, KilledWorker, LocalCluster
        except ImportError as error:
            msg = f"the engine 'dask' needs Dask, which is not installed; run {how_to_install('dask')}"
            raise MissingDependencyError(msg) from error
        self._killed: type[Exception] = KilledWorker
        self._request = pickle.dumps((function, limits), pickle.HIGHEST_PROTOCOL)
        self._closed = threading.Event()
        self._suspects = threading.Lock()
        self._client: Any
        self._outstanding: set[Any] = set()
        self._cluster: Any = None
        self._is_borrowed = False
        if scheduler:
            try:
                self._client = Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
            except (OSError, ValueError, TimeoutError) as error:
                msg = f"{scheduler}: no Dask scheduler answers there ({error}); start `dask scheduler`, or leave --scheduler out"
                raise ServiceUnavailableError(msg) from error
        elif (current := _client_of_the_caller(Client)) is not None:
            self._client, self._is_borrowed = current, True
        else:
            with dask.config.set({"distributed.scheduler.allowed-failures": _TRIES - 1}):
                self._cluster = LocalCluster(
                    n_workers=n_workers or None,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                )
            self._client = Client(self._cluster, set_as_default=False)

    def width(self) -> int:
        """Return how many chunks may be in hand; it grows and shrinks with the cluster."""
        try:
            n_workers = len(self._client.ncores())
        except OSError as error:
            raise ServiceUnavailableError(_GONE) from error
        return min(_MOST_THREADS, _IN_HAND * max(1, n_workers))

    def run(self, items: Sequence[Any]) -> list[Any]:
        """Return a result for each item."""
        # The scheduler tries again by itself.
        return persevere(self._ask, self._ask_alone, items, chunk_tries=1, item_tries=2)

    def close(self) -> None:
        """Give up what is under way. A scheduler that ran before goes on running, and so does a client of the caller's."""
        self._closed.set()
        with contextlib.suppress(OSError, TimeoutError):
            self._client.cancel(list(self._outstanding), force=True)
            if not self._is_borrowed:
                self._client.close()
        if self._cluster is not None:
            self._cluster.close()

    def _ask_alone(self, items: Sequence[Any]) -> list[Any]:
        # With a worker, the scheduler suspects all that was waiting there: of two killers at once each would bring
        # innocent items down.
        with self._suspects:
            return self._ask(items)

    def _ask(self, items: Sequence[Any]) -> list[Any]:
        future = self._client.submit(_work_on, self._request, list(items), pure=False)
        self._outstanding.add(future)
        waited_since = time.monotonic()
        try:
            while True:
                try:
                    return list(future.result(timeout=_LOOK_SECONDS))
                except TimeoutError:
                    if self._closed.is_set():
                        raise
                    if self._client.ncores():
                        waited_since = time.monotonic()
                    elif time.monotonic() - waited_since > _NO_WORKER_SECONDS:
                        msg = f"the Dask scheduler has had no worker for {_NO_WORKER_SECONDS:g} seconds; start workers and run again"
                        raise ServiceUnavailableError(msg) from None
        except self._killed:
            msg = "the workers of the cluster die or exceed a limit"
            raise WorkerDiedError(msg) from None
        except MemoryError:
            msg = "needed more memory than a worker may take"
            raise WorkerDiedError(msg) from None
        except (CancelledError, OSError) as error:
            if self._closed.is_set() or isinstance(error, ServiceUnavailableError):
                raise
            raise ServiceUnavailableError(_GONE) from error
        finally:
            self._outstanding.discard(future)
            future.release()


def _client_of_the_caller(client: Any) -> Any:
    """Return the client that the process has made for itself, with whatever cluster and security; None without one."""
    try:
        return client.current()
    except ValueError:
        return None


# ---------------------------------------------------------------- in the workers
_busy = threading.Lock()
"""Limits are those of a process: a worker of several threads does one chunk at a time."""


@functools.lru_cache(maxsize=2)
def _work(request: bytes) -> Work:
    return Work(*pickle.loads(request))  # noqa: S301  # Dask itself pickles


def _work_on(request: bytes, items: list[Any]) -> list[Any]:
    with _busy:
        return _work(request)(items)
