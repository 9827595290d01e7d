"""Who speaks for himself: of the copies of one text one telling counts, and the others only say who printed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from geoconflict.models import EventSource

__all__ = ["independent"]

T = TypeVar("T")


def independent(tellings: Iterable[T], source_of: Callable[[T], EventSource]) -> Iterator[T]:
    """Yield the tellings of one report for each voice, in the order given: of copies, those of the report that comes first."""
    speaks: dict[str, str] = {}
    for telling in tellings:
        source = source_of(telling)
        report_id = source.mention.report_id
        if speaks.setdefault(source.voice, report_id) == report_id:
            yield telling
