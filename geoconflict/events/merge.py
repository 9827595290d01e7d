"""Many reports of one event become one event. docs/events.md tells how, with the weights and their reasons.

A full merge is an incremental one (:mod:`geoconflict.events.incremental`) into an empty ledger: there is one way to merge.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from geoconflict.events.incremental import merge_into
from geoconflict.ledger import Changes, CoreRow, VersionRow
from geoconflict.models import Event, EventSource

__all__ = ["MemoryLedger", "merge_sources"]


def merge_sources(sources: Iterable[EventSource], *, together: Sequence[frozenset[str]] = ()) -> tuple[Event, ...]:
    """Return one event for each group of versions that tell the same event, ordered by first day, then by id.

    The result depends on the set of versions alone, not on their order. Versions without a place are one event only
    when they are the same words (a syndicated text), or with the one event that fits of their own report, of the people whom
    it befell, or of the country in which they take it for known; versions without any day never join others. `together` are sets of mention_ids that reviewers say are of one event.
    """
    ledger = MemoryLedger()
    merge_into(ledger, sources, together=together)
    return ledger.events


class MemoryLedger:
    """A :class:`geoconflict.ledger.Ledger` in memory."""

    def __init__(self) -> None:
        self._events: dict[str, Event] = {}
        self._versions: dict[str, VersionRow] = {}
        self._cores: dict[str, CoreRow] = {}
        self._by_block: dict[str, set[str]] = defaultdict(set)
        self._by_event: dict[str, set[str]] = defaultdict(set)

    @property
    def events(self) -> tuple[Event, ...]:
        """The events, by first day and id."""
        return tuple(
            sorted(
                self._events.values(),
                key=lambda event: (event.when.starts_on or event.when.ends_on or dt.date.min, event.event_id),
            )
        )

    def version_rows(self, mention_ids: Iterable[str]) -> list[VersionRow]:
        """Return the rows of versions; those not there are left out."""
        return [self._versions[mention_id] for mention_id in mention_ids if mention_id in self._versions]

    def block_rows(self, block: str) -> list[VersionRow]:
        """Return the versions of one block."""
        return [self._versions[mention_id] for mention_id in self._by_block.get(block, ())]

    def core_rows(self, core_ids: Iterable[str]) -> list[CoreRow]:
        """Return the rows of cores; those not there are left out."""
        return [self._cores[core_id] for core_id in core_ids if core_id in self._cores]

    def cores_of_events(self, event_ids: Iterable[str]) -> list[CoreRow]:
        """Return the cores of events."""
        return self.core_rows(core_id for event_id in event_ids for core_id in self._by_event.get(event_id, ()))

    def cores_near(self, kin: str, level: str, first: int, last: int) -> list[CoreRow]:
        """Return the cores of a kin and a level whose days meet these."""
        return [
            row
            for row in self._cores.values()
            if (row.kin, row.level) == (kin, level) and row.first is not None and row.last is not None
            if row.first <= last and first <= row.last
        ]

    def core_sources(self, core_ids: Iterable[str]) -> Mapping[str, tuple[EventSource, ...]]:
        """Return the versions of cores, in any order."""
        return {
            row.core_id: tuple(
                source
                for source in self._events[row.event_id].sources
                if self._versions[source.mention.mention_id].core_id == row.core_id
            )
            for row in self.core_rows(core_ids)
        }

    def apply(self, changes: Changes) -> tuple[int, int]:
        """Make the changes; return how many events were written (those that differ from what was there) and removed."""
        for mention_id in changes.gone_versions | {row.mention_id for row in changes.versions}:
            old = self._versions.pop(mention_id, None)
            if old is not None:
                self._by_block[old.block].discard(mention_id)
        for version in changes.versions:
            self._versions[version.mention_id] = version
            self._by_block[version.block].add(version.mention_id)
        for core_id in changes.gone_cores | {row.core_id for row in changes.cores}:
            core = self._cores.pop(core_id, None)
            if core is not None:
                self._by_event[core.event_id].discard(core_id)
        for core in changes.cores:
            self._cores[core.core_id] = core
            self._by_event[core.event_id].add(core.core_id)
        for event_id in changes.gone_events:
            del self._events[event_id]
        written = [event for event in changes.events if self._events.get(event.event_id) != event]
        self._events |= {event.event_id: event for event in written}
        return len(written), len(changes.gone_events)
