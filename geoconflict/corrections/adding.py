"""Tellings that reviewers added: what a report tells and the program has not found, with the words of the report for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from geoconflict.corrections.applying import with_values
from geoconflict.corrections.entry import ADDED, Correction, TellingRef, added_ref
from geoconflict.models import (
    DateBasis,
    DatePrecision,
    DateSpan,
    EventMention,
    EventSource,
    EventType,
    Report,
    Status,
)

__all__ = ["ADDED", "Addition", "added_ref", "added_source", "quote_in", "ref_of"]

_NO_DAY = DateSpan(starts_on=None, ends_on=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.STATED)


class Addition(NamedTuple):
    """An entry that adds a telling, and where its words stand."""

    entry: Correction
    report_id: str
    start: int
    """Of its quote in the report's text."""


def ref_of(report: Report, start: int, end: int, value: Mapping[str, Any]) -> TellingRef:
    """Return what finds an added telling again: the words of the report, and an id made of them and of what is added."""
    quote = report.text[start:end]
    ref = TellingRef(
        mention="",
        report=report.report_id,
        start=start,
        end=end,
        quote=quote,
        quote_start=start,
        published=report.published_on,
        source=report.source,
    )
    return added_ref(ref, value)


def quote_in(text: str, ref: TellingRef) -> int | None:
    """Return where the words of an added telling stand in a text: where they did, else where they come first; None where they do not."""
    if text.startswith(ref.quote, ref.quote_start):
        return ref.quote_start
    found = text.find(ref.quote)
    return found if found >= 0 else None


def added_source(
    report: Report, addition: Addition, quote: tuple[int, int], *, copy_of: str | None = None
) -> EventSource:
    """Return the telling that an entry adds to a report; `quote` are the offsets of the sentences around its words."""
    entry = addition.entry
    (ref,) = entry.tellings
    start, end = addition.start, addition.start + len(ref.quote)
    mention = EventMention(
        mention_id=ref.mention,
        report_id=report.report_id,
        start=start,
        end=end,
        trigger_start=start,
        trigger_end=end,
        event_type=EventType(entry.value["event_type"]),
        sub_event_type=entry.value["sub_event_type"],
        status=Status.OCCURRED,
        when=_NO_DAY,
        place=None,
        reasons=("added by a reviewer",),
    )
    bare = EventSource(
        mention=mention,
        place=None,
        place_score=0.0,
        place_reasons=(),
        source=report.source,
        url=report.url,
        title=report.title,
        published_on=report.published_on,
        quote=report.text[quote[0] : quote[1]],
        quote_start=quote[0],
        copy_of=copy_of,
    )
    return with_values(bare, entry)
