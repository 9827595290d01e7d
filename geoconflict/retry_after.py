"""That a server asks to be left alone, and for how long."""

from __future__ import annotations

import math
import time
from email.utils import parsedate_to_datetime

__all__ = ["BUSY", "retry_after_seconds"]

BUSY = frozenset({429, 503})
"""Statuses by which a server says that it may answer later."""


def retry_after_seconds(value: str) -> float | None:
    """Return the seconds that a Retry-After header asks for: a number, or a date; None when it says nothing usable."""
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(value).timestamp() - time.time()
        except (TypeError, ValueError, IndexError, OverflowError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None
