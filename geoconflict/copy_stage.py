"""Finds which reports of a store are copies of one text, of what is new alone; merging then counts them as one voice."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from geoconflict.ids import files_fingerprint, fingerprint
from geoconflict.settings import CopiesSettings
from geoconflict.store import EventStore

__all__ = ["copies_are_stale", "find_copies"]

_PACKAGE = Path(__file__).parent
_CHUNK = 256
"""Reports that are committed in one transaction."""
_KEY = "copies_key"
"""Under this name the store keeps under which rules its copies were found; "" is none, for they are not looked for."""


def find_copies(store: EventStore, settings: CopiesSettings, pause: Callable[[], object] = bool) -> int:
    """Bring the copies in a store up to date and return how many there are.

    Only reports that are new since the last time are looked at, or all where the settings or the code have changed. `pause` is
    called between two batches; what it raises ends the search there.
    """
    key = _key(settings)
    index = store.text_index
    if (store.meta(_KEY) or "") != key:
        with store.transaction():
            index.forget_all()
            store.set_meta(_KEY, key)
    if not key:
        return 0
    from geoconflict.events.copies import group_copies

    new, gone = index.changes()
    while (chunk := list(itertools.islice(new, _CHUNK))) or gone:
        pause()
        with store.transaction():
            # Another process may have looked at them while this one waited for the lock.
            seen = {row.report_id for row in index.texts(chunk)}
            group_copies(
                index,
                list(index.reports([report_id for report_id in chunk if report_id not in seen])),
                gone,
                min_share=settings.min_share,
                max_days=settings.max_days,
            )
        gone = []
    return store.count("copies")


def copies_are_stale(store: EventStore, settings: CopiesSettings) -> bool:
    """Return whether :func:`find_copies` would look at reports."""
    key = _key(settings)
    if (store.meta(_KEY) or "") != key:
        return True
    if not key:
        return False
    new, gone = store.text_index.changes()
    return bool(gone) or next(new, None) is not None


def _key(settings: CopiesSettings) -> str:
    if not settings.enabled:
        return ""
    words = ("number_words.py", "resources/events/copies.toml", "resources/lexicons/numbers.toml")
    files = [*_PACKAGE.glob("events/copies/*.py"), *(_PACKAGE / name for name in words)]
    return fingerprint(files_fingerprint(files).encode(), repr(settings).encode())
