"""Merges what came and went into what was merged before: touches its neighbourhood alone, and equals a full rebuild.

Three steps, each a function of its own neighbourhood, whatever came first:

1. The versions of one block whose days meet, directly or over others, are gathered into cores. Only blocks and days that a
   new or removed version touches are gathered anew.
2. A core of a vaguer place, or of none, may support another. Only those that a changed core may concern are asked anew.
3. A core that supports nothing, with what supports it, is an event. Only events of which a core changed are made anew.
   Tellings that a reviewer put together are of one event, whatever their cores support.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from geoconflict.events.event import event_of, founder_id
from geoconflict.events.gathering import gather
from geoconflict.events.supporting import Core, core_of, may_support, supported, supported_by, supporters_of
from geoconflict.events.together import joined, united
from geoconflict.events.versions import Version, version_of
from geoconflict.ledger import Changes, CoreRow, Ledger, VersionRow
from geoconflict.models import EventSource

__all__ = ["merge_into"]


def merge_into(
    ledger: Ledger,
    added: Iterable[EventSource],
    removed: Iterable[str] = (),
    together: Sequence[frozenset[str]] = (),
    pause: Callable[[], object] = bool,
) -> tuple[int, int]:
    """Merge sources into what a ledger holds, and take others out.

    Parameters
    ----------
    ledger
        What was merged before; it is changed.
    added
        New sources; one with the mention_id of a source that is there takes its place.
    removed
        The mention_ids of sources that are no more; those not there are ignored.
    together
        The mention_ids of tellings that reviewers put together: all of them, in every round; those not there are ignored. A
        source whose company changed must be among `added`: it has other notes (:class:`geoconflict.models.Review`).
    pause
        Called again and again before anything is written; what it raises ends the merge there.

    Returns
    -------
    tuple of int
        How many events were written, and how many are no more.
    """
    changes = _Round(ledger, added, removed, together, pause).changes()
    return ledger.apply(changes)


class _Round:
    """One round of merging: what is new stands in front of what the ledger holds."""

    def __init__(
        self,
        ledger: Ledger,
        added: Iterable[EventSource],
        removed: Iterable[str],
        together: Sequence[frozenset[str]],
        pause: Callable[[], object],
    ) -> None:
        self.ledger = ledger
        self.pause = pause
        self.together = together
        self.added = {source.mention.mention_id: version_of(source) for source in added}
        gone = {*removed, *self.added}
        self.gone = {row.mention_id: row for row in ledger.version_rows(gone)}
        self.gone_cores: set[str] = set()
        self.cores: dict[str, Core] = {}
        """Cores that are new, and those of the ledger that were looked at, by id."""
        self.rows: dict[str, CoreRow] = {}
        """The rows of new cores, and of those that support another core than before."""
        self.new: set[str] = set()
        self.by_day: dict[tuple[str, str, int], set[str]] = defaultdict(set)
        """The new cores by kin, level and day."""

    def changes(self) -> Changes:
        self._gather()
        before = {row.core_id: row for row in self.ledger.core_rows(self.gone_cores)}
        dirty = {row.event_id for row in before.values()}
        dirty |= self._support(before.values())
        return self._events(dirty)

    # ------------------------------------------------------------ 1: cores
    def _gather(self) -> None:
        touched: dict[str, list[Version]] = defaultdict(list)
        for version in self.added.values():
            touched[version.block].append(version)
        for row in self.gone.values():
            touched.setdefault(row.block, [])
        # All that goes is read before anything is added: a version that moved gives its new core the id of its old one.
        old: dict[str, Core] = {}
        for block, versions in touched.items():
            stale = self._load(set(_stale_cores(self.ledger.block_rows(block), versions, self.gone)))
            old |= stale
            before = (version for core in stale.values() for version in core.versions)
            versions += [version for version in before if version.mention.mention_id not in self.gone]
        self.cores.clear()
        for versions in touched.values():
            self.pause()
            for group in gather(versions):
                core = core_of(group)
                if _tells_the_same(core, old.get(core.core_id)):
                    self.cores[core.core_id] = old.pop(core.core_id)
                else:
                    self._add(core)
        self.gone_cores |= old.keys()

    def _add(self, core: Core) -> None:
        row = core.row(target=None, event_id="")
        self.cores[core.core_id] = core
        self.rows[core.core_id] = row
        self.new.add(core.core_id)
        if row.first is not None and row.last is not None:
            for day in range(row.first, row.last + 1):
                self.by_day[row.kin, row.level, day].add(core.core_id)

    def _load(self, core_ids: Iterable[str]) -> dict[str, Core]:
        """Return cores by id: new ones from this round, the others from the ledger."""
        wanted = list(core_ids)
        missing = [core_id for core_id in wanted if core_id not in self.cores]
        if missing:
            for core_id, sources in self.ledger.core_sources(missing).items():
                self.cores[core_id] = core_of(sorted(map(version_of, sources), key=lambda one: one.order))
        return {core_id: self.cores[core_id] for core_id in wanted}

    # ------------------------------------------------------------ 2: what supports what
    def _kept_near(self, row: CoreRow, levels: Iterable[str]) -> Iterator[CoreRow]:
        """Yield the cores of the ledger that stay, of the kin of `row` and of some levels, whose days meet."""
        if row.first is None or row.last is None:
            return
        for level in levels:
            for other in self.ledger.cores_near(row.kin, level, row.first, row.last):
                if other.core_id not in self.gone_cores and other.core_id not in self.new:
                    yield self.rows.get(other.core_id, other)

    def _new_near(self, row: CoreRow, levels: Iterable[str]) -> list[CoreRow]:
        """Return the new cores, of the kin of `row` and of some levels, whose days meet."""
        if row.first is None or row.last is None:
            return []
        days = range(row.first, row.last + 1)
        found = set().union(*(self.by_day.get((row.kin, level, day), ()) for level in levels for day in days))
        return [self.rows[core_id] for core_id in sorted(found)]

    def _support(self, before: Iterable[CoreRow]) -> set[str]:
        """Ask anew what the cores that a change may concern support; return the events that are stale for it."""
        asked: dict[str, CoreRow] = {}
        for changed in [*before, *(self.rows[core_id] for core_id in sorted(self.new))]:
            for row in self._kept_near(changed, supporters_of(changed.level)):
                if may_support(row, changed):
                    asked[row.core_id] = row
        asked |= {core_id: self.rows[core_id] for core_id in sorted(self.new)}
        stale = set()
        for core_id, row in asked.items():
            self.pause()
            levels = supported_by(row.level)
            near = [*self._new_near(row, levels), *self._kept_near(row, levels)]
            candidates = [other.core_id for other in near if may_support(row, other)]
            core = self._load([core_id])[core_id]
            found = supported(core, self._load(candidates).values()) if candidates else None
            target = found.core_id if found else None
            # A core that was gathered anew may bear the id of the one before: what supports it is of a new event.
            if target != row.target or (target is not None and target in self.new):
                self.rows[core_id] = row._replace(target=target)
                if row.event_id:
                    stale.add(row.event_id)
        return stale

    # ------------------------------------------------------------ 3: events
    def _linked(self) -> list[set[str]]:
        """Return the cores that reviewers put together by their tellings, as they are after this round."""
        if not self.together:
            return []
        told = set().union(*self.together) - self.gone.keys()
        cores = {row.mention_id: row.core_id for row in self.ledger.version_rows(told)}
        cores = {one: core_id for one, core_id in cores.items() if core_id not in self.gone_cores}
        cores |= {one.mention.mention_id: core_id for core_id in self.new for one in self.cores[core_id].versions}
        return [{cores[one] for one in mentions if one in cores} for mentions in self.together]

    def _events(self, dirty: set[str]) -> Changes:
        """Make the events anew of which a core changed: in the end no core of them is in any other event."""
        known: dict[str, CoreRow] = {}
        linked = self._linked()
        waiting = set(dirty)
        while True:
            for row in self.ledger.cores_of_events(waiting):
                if row.core_id not in self.gone_cores and row.core_id not in self.new:
                    known[row.core_id] = self.rows.get(row.core_id, row)
            known |= self.rows
            outside = {row.target for row in known.values() if row.target is not None} - known.keys()
            outside |= joined(linked, known) - known.keys()
            more = {row.event_id for row in self.ledger.core_rows(outside)}
            more |= {row.event_id for row in known.values() if row.event_id}
            waiting = more - dirty
            if not waiting:
                break
            dirty |= waiting
        loaded = self._load(known)
        roots = united({core_id: _root(core_id, known) for core_id in sorted(known)}, linked, loaded)
        by_root: dict[str, list[str]] = defaultdict(list)
        for core_id in sorted(known):
            by_root[roots[core_id]].append(core_id)
        events, rows = [], []
        for root, core_ids in by_root.items():
            self.pause()
            sources = [version.source for core_id in core_ids for version in loaded[core_id].versions]
            event_id = founder_id(sources)
            events.append(event_of(sources, dated=[version.source for version in loaded[root].versions]))
            rows += [known[core_id]._replace(event_id=event_id) for core_id in core_ids]
        versions = [
            VersionRow(
                mention_id=version.mention.mention_id,
                report_id=version.mention.report_id,
                block=version.block,
                first=version.days[0] if version.days else None,
                last=version.days[1] if version.days else None,
                core_id=core_id,
            )
            for core_id in sorted(self.new)
            for version in self.cores[core_id].versions
        ]
        made = {event.event_id for event in events}
        return Changes(
            versions=versions,
            gone_versions=frozenset(self.gone.keys() - self.added.keys()),
            cores=rows,
            gone_cores=frozenset(self.gone_cores),
            events=events,
            gone_events=frozenset(dirty - made),
        )


def _root(core_id: str, rows: Mapping[str, CoreRow]) -> str:
    """Return the core that is supported in the end. The way there is short: none supports vague, vague supports sharp."""
    while (target := rows[core_id].target) is not None:
        core_id = target
    return core_id


def _tells_the_same(core: Core, old: Core | None) -> bool:
    """Return whether a core that was gathered anew came out as it was: what it touches needs no second look then."""
    return old is not None and core.versions == old.versions


def _stale_cores(rows: Iterable[VersionRow], added: Iterable[Version], gone: Mapping[str, VersionRow]) -> Iterator[str]:
    """Yield the cores of a block to be gathered anew: all whose days hang together with those of a change."""
    spans: list[tuple[int, int, str, bool]] = []
    undated: list[str] = []
    undated_changed = False
    for first, last, core_id, is_change in [
        *((row.first, row.last, row.core_id, row.mention_id in gone) for row in rows),
        *((*(version.days or (None, None)), "", True) for version in added),
    ]:
        if first is not None and last is not None:
            spans.append((first, last, core_id, is_change))
        else:  # a long span has a block of its own
            undated.append(core_id)
            undated_changed |= is_change
    if undated_changed:
        yield from (core_id for core_id in undated if core_id)
    together: list[str] = []
    changed, reach = False, -1
    for first, last, core_id, is_change in sorted(spans):
        if first > reach:
            if changed:
                yield from together
            together, changed = [], False
        reach = max(reach, last)
        changed |= is_change
        if core_id:
            together.append(core_id)
    if changed:
        yield from together
