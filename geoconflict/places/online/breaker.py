"""A circuit breaker: a service that keeps failing is left alone for a while, then tried once before it is trusted again."""

from __future__ import annotations

import math
from collections.abc import Callable

__all__ = ["FAILURES_BEFORE_REST", "LONGEST_REST_SECONDS", "REST_SECONDS", "Breaker"]

FAILURES_BEFORE_REST = 3
"""So many failures in a row open the breaker."""
REST_SECONDS = 300.0
"""The first rest; each trial that fails doubles it."""
LONGEST_REST_SECONDS = 3600.0


class Breaker:
    """Says whether a service may be asked. Not thread-safe: its service holds a lock around each request.

    Closed, every question is let through. Open, none is, until the rest is over. Half-open, after it, one is: if that
    succeeds the breaker closes, if it fails the breaker opens for twice as long.

    Parameters
    ----------
    clock
        Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failures = 0
        self._rest_seconds = REST_SECONDS
        self._opened = False
        self._until = -math.inf
        self._reason = ""

    @property
    def state(self) -> str:
        """``closed``, ``open`` or ``half-open``."""
        if not self._opened:
            return "closed"
        return "open" if self._clock() < self._until else "half-open"

    def refusal(self) -> str | None:
        """Return why the service may not be asked now, or None where it may."""
        if self.state != "open":
            return None
        return f"{self._reason}; it is asked again in {math.ceil(self._until - self._clock())} seconds"

    def succeeded(self) -> None:
        """Close: the service answered."""
        self._failures = 0
        self._opened = False
        self._rest_seconds = REST_SECONDS

    def failed(self, reason: str) -> None:
        """Count a failure; open after several in a row, or after the one trial that half-open allows."""
        self._failures += 1
        if self.state == "half-open":
            self._rest_seconds = min(2 * self._rest_seconds, LONGEST_REST_SECONDS)
        elif self._failures < FAILURES_BEFORE_REST:
            return
        self.rest(self._rest_seconds, f"it failed {self._failures} times in a row, last: {reason}")

    def rest(self, seconds: float, reason: str) -> None:
        """Open for so long, whatever was before: the service asked for it, or cannot be of use sooner.

        A longer rest that runs already is kept.
        """
        until = self._clock() + seconds
        if self.state != "open" or until > self._until:
            self._until, self._reason = until, reason
        self._opened = True
