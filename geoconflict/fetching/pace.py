"""The pace at which each site is asked: one request at a time, a pause after each, longer where the site asks for it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from geoconflict.fetching.refusals import PostponedError

__all__ = ["Pace"]


class Pace:
    """Keeps the pauses of all hosts.

    Parameters
    ----------
    min_delay_seconds
        The pause after each request to a host.
    max_wait_seconds
        A host that asks for a longer pause is left for another run.
    clock, sleep
        For tests.
    """

    def __init__(
        self,
        min_delay_seconds: float,
        max_wait_seconds: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._min_delay = min_delay_seconds
        self._max_wait = max_wait_seconds
        self._clock = clock
        self._sleep = sleep
        self._delays: dict[str, float] = {}
        self._not_before: dict[str, float] = {}

    def slow_down(self, host: str, seconds: float) -> None:
        """Keep a longer pause at a host: its robots.txt asks for it."""
        self._delays[host] = max(self._delays.get(host, 0.0), seconds)

    def leave_alone(self, host: str, seconds: float) -> None:
        """Ask nothing of a host for `seconds`."""
        self._not_before[host] = max(self._not_before.get(host, 0.0), self._clock() + seconds)

    def wait_seconds(self, host: str) -> float:
        """Return how long it is until a host may be asked."""
        return max(0.0, self._not_before.get(host, 0.0) - self._clock())

    @contextlib.contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until a host may be asked, for one request within the block; its pause begins when the block ends.

        Raises
        ------
        PostponedError
            If that is too long to wait for.
        """
        wait = self.wait_seconds(host)
        if wait > self._max_wait:
            what = f"{host} asks to be left alone for {wait:,.0f} seconds"
            raise PostponedError(what, "run again later")
        if wait > 0:
            self._sleep(wait)
        try:
            yield
        finally:
            self.leave_alone(host, max(self._min_delay, self._delays.get(host, 0.0)))

    def pauses_asked(self) -> dict[str, float]:
        """Return host -> seconds for those that are to be left alone for longer than a run waits."""
        waits = {host: self.wait_seconds(host) for host in self._not_before}
        return {host: wait for host, wait in waits.items() if wait > self._max_wait}
