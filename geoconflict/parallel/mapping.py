"""Chunks in, results out, in order: in this process, or some at once in others."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, NamedTuple, Protocol, TypeVar

from geoconflict.parallel.limits import Limits
from geoconflict.parallel.trying import Lost

__all__ = ["Engine", "map_chunks"]

T = TypeVar("T")
R = TypeVar("R")

_LOOK_SECONDS = 0.2
"""How often a caller who waits for results looks whether it should stop."""


class Engine(NamedTuple):
    """Where chunks are worked on."""

    n_workers: int = 0
    """Worker processes on this machine; 0 is none: in this process. With `dask` and no `scheduler`, those of the cluster."""
    dask: bool = False
    scheduler: str = ""
    """The address of a running Dask scheduler; empty starts one for the call, on this machine."""
    limits: Limits = Limits()
    """What a chunk may take. In this process nothing is enforced but that a lack of memory spoils one item alone."""

    @property
    def is_serial(self) -> bool:
        """Whether all is done in this process."""
        return not self.dask and self.n_workers == 0


class Workers(Protocol):
    """What an engine of several workers offers; `run` is called from as many threads as it says."""

    n_threads: int

    def width(self) -> int:
        """Return how many chunks may be in hand: under way, waiting, or done and not yet taken."""

    def run(self, items: Sequence[Any]) -> list[Any]:
        """Return a result for each item, :class:`Lost` where no worker could finish it."""

    def close(self) -> None:
        """End all work at once; calls of `run` under way fail."""


def map_chunks(
    function: Callable[[Sequence[T]], Sequence[R]],
    chunks: Iterable[Sequence[T]],
    *,
    engine: Engine = Engine(),  # noqa: B008  # immutable
    stopping: Callable[[], bool] = lambda: False,
) -> Generator[tuple[Sequence[T], list[R | Lost]]]:
    """Yield each chunk with its results, in order.

    A worker that dies is replaced, its chunk tried again twice, then its items one by one; an item that no worker survives
    has a :class:`Lost` for a result. Close the iterator when you leave it early, and the workers end at once.

    Parameters
    ----------
    function
        Called with a chunk, returns one result for each item. For engines other than the serial one it must be picklable:
        of a module that workers can import. There it is called with no items first, to load what it needs.
    chunks
        Read as work goes on, a few ahead of the results for each worker, so memory does not grow with their number. A chunk
        should be work for a second or more, and its items plain records.
    engine
        Where the work is done.
    stopping
        Asked between chunks. Once it is true no more chunk is begun, what is finished is yielded, what is under way is
        given up, and the iterator ends.

    Raises
    ------
    WorkerError
        If workers end as they start, or whatever they are given.
    ServiceUnavailableError
        If the Dask scheduler does not answer, or has no worker for minutes.
    """
    if engine.is_serial:
        return _one_by_one(function, chunks, stopping)
    return _at_once(function, chunks, engine, stopping)


def _one_by_one(
    function: Callable[[Sequence[T]], Sequence[R]], chunks: Iterable[Sequence[T]], stopping: Callable[[], bool]
) -> Generator[tuple[Sequence[T], list[R | Lost]]]:
    for chunk in chunks:
        if stopping():
            return
        results: list[R | Lost]
        try:
            results = list(function(chunk))
        except MemoryError:
            results = [_alone(function, item) for item in chunk]
        yield chunk, results


def _alone(function: Callable[[Sequence[T]], Sequence[R]], item: T) -> R | Lost:
    try:
        return function([item])[0]
    except MemoryError:
        return Lost("needed more memory than there is")


def _workers(function: Callable[[Sequence[T]], Sequence[R]], engine: Engine) -> Workers:
    if engine.dask:
        from geoconflict.parallel.cluster import Cluster

        return Cluster(function, engine.n_workers, engine.scheduler, engine.limits)
    from geoconflict.parallel.processes import Processes

    return Processes(function, engine.n_workers, engine.limits)


def _at_once(
    function: Callable[[Sequence[T]], Sequence[R]],
    chunks: Iterable[Sequence[T]],
    engine: Engine,
    stopping: Callable[[], bool],
) -> Generator[tuple[Sequence[T], list[R | Lost]]]:
    source = iter(chunks)
    first = next(source, None)
    if first is None:
        return  # no worker is started for nothing
    workers = _workers(function, engine)
    threads = ThreadPoolExecutor(workers.n_threads, thread_name_prefix="geoconflict")
    in_hand: deque[tuple[Sequence[T], Future[list[R | Lost]]]] = deque()
    try:
        in_hand.append((first, threads.submit(workers.run, first)))
        while in_hand and not stopping():
            while len(in_hand) < workers.width() and (chunk := next(source, None)) is not None:
                in_hand.append((chunk, threads.submit(workers.run, chunk)))
            chunk, results = in_hand[0]
            if wait([results], _LOOK_SECONDS).done:
                in_hand.popleft()
                yield chunk, results.result()
        for chunk, results in in_hand:  # not in order any more: what is finished counts
            if results.done() and results.exception() is None:
                yield chunk, results.result()
    finally:
        for _, results in in_hand:
            results.cancel()
        workers.close()
        threads.shutdown(wait=True, cancel_futures=True)
