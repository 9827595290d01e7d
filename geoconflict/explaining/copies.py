"""Which reports print the text of a report, how much of it, and what differs, in sentences a person can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geoconflict.events.copies import Comparison, compare, words_of
from geoconflict.explaining.wording import clip

if TYPE_CHECKING:
    from geoconflict.models import Report
    from geoconflict.store import EventStore

__all__ = ["copy_notes"]

_MOST_COPIES = 10
_MOST_DIFFERENCES = 6


def copy_notes(store: EventStore, report: Report) -> list[str]:
    """Return what a store knows of the copies of a report: of which it is one, or which are copies of it."""
    index = store.text_index
    row = next(iter(index.texts([report.report_id])), None)
    if row is None or row.copy_of is None:
        return []
    if not row.leads:
        (stored,) = store.reports([row.copy_of])
        return list(_is_copy(report, stored.report))
    ids = [copy.report_id for copy in index.copies_of(report.report_id)]
    copies = [_named(stored.report) for stored in store.reports(ids[:_MOST_COPIES])]
    if not copies:
        return []
    more = f" and {len(ids) - len(copies)} more" if len(ids) > len(copies) else ""
    said = "1 report prints" if len(ids) == 1 else f"{len(ids)} reports print"
    return [f"{said} this text and count as one with it: {', '.join(copies)}{more}"]


def _is_copy(report: Report, other: Report) -> Iterator[str]:
    found = compare(words_of(report), words_of(other))
    yield (
        f"it prints the text of {_named(other)} and counts as one with it: {found.share:.0%} of the words of the shorter "
        f"text and {found.of_longer:.0%} of the longer stand in both in runs of five; {_facts(found)}"
    )
    for one in found.differences[:_MOST_DIFFERENCES]:
        here, there = (f"\u201c{clip(said)}\u201d" if said else "nothing" for said in (one.mine, one.other))
        yield f"differs: {here} here, {there} there"
    if len(found.differences) > _MOST_DIFFERENCES:
        yield f"differs in {len(found.differences) - _MOST_DIFFERENCES} more spots"


def _facts(found: Comparison) -> str:
    if not found.replaced:
        return "no number, day or name is replaced by another"
    said = ", ".join(f"{clip(mine, 30)} beside {clip(other, 30)}" for mine, other in found.replaced[:_MOST_DIFFERENCES])
    return f"of {found.n_facts} numbers, days and names {len(found.replaced)} differ: {said}"


def _named(report: Report) -> str:
    told = [report.source, report.published_on.isoformat() if report.published_on else None]
    said = ", ".join(clip(one, 60) for one in told if one)
    return f"{report.report_id} ({said})" if said else report.report_id
