"""Finds the tellings that a corrections file refers to or adds in a store, and says what of the file is applied, contested or orphaned."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from geoconflict.corrections import Corrections, Deed, Rulings, TellingRef, corrections_of, rule
from geoconflict.corrections.adding import ADDED, Addition, quote_in
from geoconflict.corrections.standing import standing
from geoconflict.models import EventMention
from geoconflict.store import EventStore

__all__ = [
    "CorrectionsState",
    "corrections_state",
    "find_additions",
    "find_rulings",
    "kept_corrections",
    "kept_key",
    "note_corrections",
]

_KEPT, _KEY, _STATE = "corrections", "corrections_key", "corrections_state"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsState:
    """What became of the corrections at the last merge."""

    n_entries: int = 0
    n_applied: int = 0
    """Entries that change or confirm something."""
    n_withdrawn: int = 0
    """Entries that were taken back, and those that took them back."""
    n_comments: int = 0
    n_rejected: int = 0
    """Tellings that are left out, for reviewers say that they tell no event."""
    conflicts: tuple[str, ...] = ()
    """On what reviewers differ, one sentence each."""
    orphans: tuple[str, ...] = ()
    """Entries that refer to what is not there, one line each."""


def find_additions(store: EventStore, corrections: Corrections) -> dict[str, Addition]:
    """Return the tellings that a corrections file adds to reports of a store, by their mention_ids; those of which the words are gone are not there.

    They belong to the report that they were read in; where that has come again under another id, to the first that has the words.
    """
    found: dict[str, Addition] = {}
    for entry in standing(corrections):
        if entry.what is not Deed.ADD or entry.tellings[0].mention in found:
            continue
        (ref,) = entry.tellings
        report = next(store.plain_reports([ref.report]), None)
        if report is None:
            others = store.finder.reports_quoting(ref.quote, ref.published)
            report = next(store.plain_reports(others[:1]), None)
        start = quote_in(report.text, ref) if report is not None else None
        if report is not None and start is not None:
            found[ref.mention] = Addition(entry, report.report_id, start)
    return found


def find_rulings(
    store: EventStore, corrections: Corrections, additions: Mapping[str, Addition] | None = None
) -> Rulings:
    """Return what stands of the tellings in a store by a corrections file; `additions` are its :func:`find_additions`."""
    if additions is None:
        additions = find_additions(store, corrections)
    finder = _Finder(store, additions) if len(corrections) else None
    return rule(corrections, lambda ref: finder.find(ref) if finder else {})


def kept_corrections(store: EventStore) -> Corrections:
    """Return the corrections with which a store was merged last."""
    return corrections_of(store.meta(_KEPT) or "", "the corrections kept in the store")


def note_corrections(store: EventStore, corrections: Corrections, rulings: Rulings) -> None:
    """Keep in a store the corrections that it is merged with, and what became of them."""
    withdrawn = _withdrawn(corrections)
    state = CorrectionsState(
        n_entries=len(corrections),
        n_applied=rulings.n_applied,
        n_withdrawn=len(withdrawn),
        n_comments=sum(one.what is Deed.COMMENT and one.entry_id not in withdrawn for one in corrections),
        n_rejected=rulings.n_rejected,
        conflicts=tuple(one.words for one in rulings.conflicts),
        orphans=tuple(one.words for one in rulings.orphans),
    )
    for name, value in ((_KEPT, corrections.to_text()), (_KEY, corrections.key), (_STATE, json.dumps(asdict(state)))):
        if (store.meta(name) or "") != value:
            store.set_meta(name, value)


def _withdrawn(corrections: Corrections) -> set[str]:
    """Return the ids of the entries that were taken back, and of those that took them back."""
    known = {one.entry_id for one in corrections}
    back = [one for one in corrections if one.what is Deed.WITHDRAW and one.value["correction"] in known]
    return {one.entry_id for one in back} | {str(one.value["correction"]) for one in back}


def kept_key(store: EventStore) -> str:
    """Return the key of :func:`kept_corrections`."""
    return store.meta(_KEY) or ""


def corrections_state(store: EventStore) -> CorrectionsState:
    """Return what became of the corrections at the last merge of a store."""
    kept: dict[str, Any] = json.loads(store.meta(_STATE) or "{}")
    return CorrectionsState(
        n_entries=kept.get("n_entries", 0),
        n_applied=kept.get("n_applied", 0),
        n_withdrawn=kept.get("n_withdrawn", 0),
        n_comments=kept.get("n_comments", 0),
        n_rejected=kept.get("n_rejected", 0),
        conflicts=tuple(kept.get("conflicts", ())),
        orphans=tuple(kept.get("orphans", ())),
    )


class _Finder:
    """Finds tellings again: by id, by what tells them in their report, by their sentence where the report has another id."""

    def __init__(self, store: EventStore, additions: Mapping[str, Addition]) -> None:
        self._store = store
        self._additions = additions
        self._mentions: dict[str, tuple[EventMention, ...] | None] = {}
        self._copies: Mapping[str, list[str]] = defaultdict(list)
        for copy, original in store.text_index.copies().items():
            self._copies[original].append(copy)

    def find(self, ref: TellingRef) -> dict[str, str]:
        """Return the tellings that a reference stands for, those in copies of the report with it: mention_id to report_id."""
        if ref.mention.startswith(ADDED):  # nothing that the program found is it, though it be told by the same words
            added = self._additions.get(ref.mention)
            return {ref.mention: added.report_id} if added is not None else {}
        mentions = self._mentions_of(ref.report)
        found: dict[str, str] = {}
        if mentions is None:
            report_ids = self._store.finder.reports_quoting(ref.quote, ref.published)
        else:
            report_ids = tuple(self._copies.get(ref.report, ()))
            mention = _among(mentions, ref, 0)
            if mention is not None:
                found[mention.mention_id] = mention.report_id
        for report_id in report_ids:
            other = next(self._store.reports([report_id]), None)
            if other is None or other.reading is None:
                continue
            for at in _places_of(other.report.text, ref.quote):
                mention = _among(other.reading.mentions, ref, at - ref.quote_start)
                if mention is not None:
                    found[mention.mention_id] = mention.report_id
                    break
        return found

    def _mentions_of(self, report_id: str) -> tuple[EventMention, ...] | None:
        """Return the mentions of a report; None where it is not in the store."""
        if report_id not in self._mentions:
            stored = next(self._store.reports([report_id]), None)
            told = stored.reading.mentions if stored and stored.reading else ()
            self._mentions[report_id] = told if stored else None
        return self._mentions[report_id]


def _places_of(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote) if quote.strip() else -1
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _among(mentions: Iterable[EventMention], ref: TellingRef, shift: int) -> EventMention | None:
    """Return which mention of a report a reference stands for, with its offsets shifted."""
    start, end = ref.start + shift, ref.end + shift
    near = []
    for mention in mentions:
        if mention.mention_id == ref.mention:
            return mention
        if mention.trigger_start < end and start < mention.trigger_end:
            near.append(mention)
    # One word may tell of several places: "shelled A and B". It is the one of the same name, else the only one.
    named = [one for one in near if (one.place.surface if one.place else None) == ref.place]
    fitting = named or near
    return fitting[0] if len(fitting) == 1 else None
