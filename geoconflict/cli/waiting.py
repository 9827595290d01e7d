"""Tells for whom a command waits that wants a store for itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoconflict.store import RunOwner

__all__ = ["told_once"]


def told_once(
    wait_seconds: float, now: Callable[[], dt.datetime], tell: Callable[[str, RunOwner | None], object]
) -> Callable[[RunOwner | None], None]:
    """Return what to call at each look at who holds the store: it calls `tell` with a sentence when that is another one."""
    told: list[int | None] = []

    def look(owner: RunOwner | None) -> None:
        key = owner.pid if owner else None
        if told != [key]:
            told[:] = [key]
            who = owner.told(now()) if owner else "another run"
            tell(f"waiting up to {wait_seconds:g} seconds for {who}", owner)

    return look
