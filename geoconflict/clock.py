"""What time it is; whatever must be tested at a time of its own is handed this or another clock."""

from __future__ import annotations

import datetime as dt

__all__ = ["utc_now"]


def utc_now() -> dt.datetime:
    """Return the present, aware and in UTC."""
    return dt.datetime.now(dt.UTC)
