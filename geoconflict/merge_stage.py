"""Merges the readings of a store into its events: what is new, changed or gone since the last time, in one transaction."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from geoconflict.correction_stage import find_additions, find_rulings, kept_key, note_corrections
from geoconflict.ids import content_id_of_parts
from geoconflict.stage import Stage
from geoconflict.store import EventStore
from geoconflict.tools import merging_key

if TYPE_CHECKING:
    from geoconflict.corrections import Corrections
    from geoconflict.corrections.adding import Addition
    from geoconflict.models import EventSource
    from geoconflict.store import StoredReport, StoreLedger

__all__ = ["merge_key", "merge_reports"]

_MERGED_AT_ONCE = 500
"""Reports whose events are merged together; all in one transaction."""
_KEYS_AT_ONCE = 1_000
"""Reports whose keys are digested together."""


def merge_key(store: EventStore, corrections_key: str | None = None) -> str:
    """Return the key of the events that the resolutions in a store make; the store keeps that of its last merge.

    `corrections_key` is that of the corrections to merge with; None is those of the last merge.
    """
    corrections = kept_key(store) if corrections_key is None else corrections_key
    read_with = [merging_key(), store.text_index.copies(), corrections]
    return content_id_of_parts("merge", itertools.chain([read_with], store.states.lines(_KEYS_AT_ONCE)))


def merge_reports(store: EventStore, stage: Stage, corrections: Corrections) -> None:
    """Make the events of a store what its readings, its places and the corrections ask for, and bring its ready tables up to date.

    Parameters
    ----------
    store
        Opened for writing.
    stage
        Counts what is done.
    corrections
        What reviewers decided on events.
    """
    ledger = store.ledger
    # All inside one transaction: an older state read before another run's merge must not be written after it.
    with store.transaction():
        key = merge_key(store, corrections.key)
        if store.meta("merge_key") == key:
            store.shelf.refresh()
            stage.seen = stage.skipped = store.count("events")
            return
        rules = merging_key()
        is_anew = store.meta("merging_rules") != rules
        has_events = is_anew and store.count("events") > 0
        if is_anew:
            ledger.forget_merged()
            store.set_meta("merging_rules", rules)
        # Merged anew, events that come out as they were are not written, which takes all at once.
        n_written = _merge_changed(store, stage, corrections, at_once=None if has_events else _MERGED_AT_ONCE)
        ledger.forget_gone()
        store.shelf.refresh()
        store.set_meta("merge_key", key)
        counts = store.counts()
    n_written = min(n_written, counts["events"])  # one may have been written more than once
    stage.seen, stage.done, stage.skipped = counts["events"], n_written, counts["events"] - n_written
    stage.not_found = counts["unlocated"]
    stage.moved(counts["events"], counts["events"])


def _merge_changed(store: EventStore, stage: Stage, corrections: Corrections, *, at_once: int | None) -> int:
    """Merge the reports that are new, changed or gone, so many at once, for their versions are all in memory; None is all.

    Returns how many events were written.
    """
    from geoconflict.corrections.applying import corrected
    from geoconflict.events import merge_into

    ledger = store.ledger
    copies = store.text_index.copies()
    additions = find_additions(store, corrections)
    rulings = find_rulings(store, corrections, additions)
    note_corrections(store, corrections, rulings)
    added_to: dict[str, list[Addition]] = defaultdict(list)
    for one in additions.values():
        added_to[one.report_id].append(one)
    merged, gone = ledger.merged_reports(), ledger.gone_reports()
    stale = itertools.chain(dict.fromkeys(gone).items(), _changed(store, merged, copies, rulings.report_keys()))
    n_written = 0
    while some := dict(itertools.islice(stale, at_once)):
        before = {
            source.mention.mention_id: source
            for report_id in some
            if report_id in merged
            for source in ledger.event_sources(report_id)
        }
        now = {
            source.mention.mention_id: source
            for stored in stage.each(
                store.telling_reports(
                    (report_id for report_id, key in some.items() if key is not None), added_to.keys()
                )
            )
            for source in corrected(
                _tellings(stored, added_to.get(stored.report.report_id, ()), copies.get(stored.report.report_id)),
                rulings.by_mention,
            )
        }
        added = [source for mention_id, source in now.items() if before.get(mention_id) != source]
        withdrawn = {
            one: source.mention.report_id for one, source in before.items() if some[source.mention.report_id] is None
        }
        told = _events_told(ledger, store, withdrawn)
        n_written += merge_into(ledger, added, before.keys() - now.keys(), rulings.together, stage.pause)[0]
        _note_events(store, told)
        ledger.set_merged({report_id: key for report_id, key in some.items() if key is not None})
    return n_written


def _tellings(stored: StoredReport, additions: Iterable[Addition], copy_of: str | None) -> Iterator[EventSource]:
    """Yield what a report tells: what was found in it, and what reviewers added."""
    from geoconflict.corrections.adding import added_source
    from geoconflict.events import event_sources
    from geoconflict.events.assemble import quote_around

    report = stored.report
    if stored.reading is not None:
        yield from event_sources(report, stored.reading, stored.resolutions or (), copy_of=copy_of)
    for one in additions:
        end = one.start + len(one.entry.tellings[0].quote)
        around = quote_around(report.text, one.start, end, first=min(report.body_start, one.start))
        yield added_source(report, one, around, copy_of=copy_of)


def _changed(
    store: EventStore, merged: Mapping[str, str], copies: Mapping[str, str], reviewed: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the reports that are new, or were merged otherwise, by day, each with the key that it is to be merged under."""
    texts: dict[str, str] = {}
    for state in store.states.all():
        report_id = state.report_id
        key = f"{state.reading_key} {state.resolution_key} {copies.get(report_id, '')} {reviewed.get(report_id, '')}"
        key = key.rstrip()
        if merged.get(report_id) != key:
            yield report_id, texts.setdefault(key, key)


def _events_told(ledger: StoreLedger, store: EventStore, mentions: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the events that are told by `mentions` (with their reports): the id of such a report, and the record as JSON."""
    cores = {row.core_id: mentions[row.mention_id] for row in ledger.version_rows(mentions)}
    told = {row.event_id: cores[row.core_id] for row in ledger.core_rows(cores)}
    return {event_id: (report_id, store.event_json(event_id) or "") for event_id, report_id in sorted(told.items())}


def _note_events(store: EventStore, told: Mapping[str, tuple[str, str]]) -> None:
    """Note in the history what became of events of which a report was withdrawn."""
    for event_id, (report_id, before) in told.items():
        now = store.event_json(event_id)
        if now is None:
            store.intake.note(
                "event withdrawn", report_id, note="its report was withdrawn", event_id=event_id, record=before
            )
        elif now != before:
            store.intake.note(
                "event changed", report_id, note="one of its reports was withdrawn", event_id=event_id, record=before
            )
