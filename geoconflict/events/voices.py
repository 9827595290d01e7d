"""Who speaks for himself: of the copies of one text one telling counts, and the others only say who printed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from geoconflict.events.rules import rules
from geoconflict.models import EventSource, Report

__all__ = ["corrected_outlets", "corrects", "independent"]

T = TypeVar("T")


def independent(
    tellings: Iterable[T], source_of: Callable[[T], EventSource], corrected: frozenset[str] = frozenset()
) -> Iterator[T]:
    """Yield the tellings of one report for each voice, in the order given: of copies, those of the report that comes first.

    `corrected` are outlets of which all reports are one voice.
    """
    speaks: dict[str, str] = {}
    for telling in tellings:
        source = source_of(telling)
        report_id = source.mention.report_id
        voice = source.source if source.source is not None and source.source in corrected else source.voice
        if speaks.setdefault(voice, report_id) == report_id:
            yield telling


def corrected_outlets(sources: Iterable[EventSource]) -> frozenset[str]:
    """Return the outlets that correct themselves in some sources: who takes a figure back is no second witness."""
    return frozenset(source.source for source in sources if source.corrects and source.source)


def corrects(report: Report) -> bool:
    """Return whether a report says that it corrects what its outlet has published: in its headline, its first words or a note."""
    known = rules()
    begins = (report.title or "", report.text[report.body_start :])
    if any(words.strip(" \n(*[").casefold().startswith(known.corrections) for words in begins):
        return True
    folded = report.text.casefold()
    return any(note in folded for note in known.correction_notes)
