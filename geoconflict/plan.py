"""What a build would do and why, without doing it: the stages in their order, each with what in it is stale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geoconflict.correction_stage import kept_key
from geoconflict.intake import StoreMemory
from geoconflict.map_stage import stale_maps
from geoconflict.merge_stage import merge_key
from geoconflict.pipeline import parts_of_last_run
from geoconflict.reports import list_files
from geoconflict.store import EventStore
from geoconflict.tools import Tools
from geoconflict.withdrawal import too_many

__all__ = ["Plan", "Step", "plan_build"]

_MOST_NAMED = 5
_STOPS = "more than reports.most_withdrawn: the build will stop there and withdraw none without --accept-withdrawals"


@dataclass(frozen=True, slots=True)
class Step:
    """What one stage would do."""

    stage: str
    """read, extract, resolve, merge or map."""
    n_stale: int
    """Files, reports, events' reports or maps that it would handle."""
    n_all: int
    """How many there are; of files, with those that are gone."""
    why: tuple[str, ...] = ()
    """Why they are stale, in words; counts stand before what there are several of."""
    names: tuple[str, ...] = ()
    """The first of them."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would do."""

    steps: tuple[Step, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is stale. New reports may still turn out to be known ones."""
        return not any(step.n_stale for step in self.steps)

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as plain values."""
        return {
            "steps": [
                {
                    "stage": step.stage,
                    "n_stale": step.n_stale,
                    "n_all": step.n_all,
                    "why": list(step.why),
                    "names": list(step.names),
                }
                for step in self.steps
            ]
        }


def plan_build(store: EventStore, tools: Tools) -> Plan:
    """Return what :func:`geoconflict.build` would do with this store and these settings.

    Nothing is written and no report is read: what is in new files is not known, so the later stages count only what is stale
    already, and what a stage before them will change of that.
    """
    extract, resolve, merge = _stages(store, tools)
    return Plan((_read(store, tools), extract, resolve, merge, _maps(store, tools, is_merging=merge.n_stale > 0)))


def _read(store: EventStore, tools: Tools) -> Step:
    settings = tools.settings
    memory = StoreMemory(store, settings.reports, is_mirror=settings.reports.withdraw_missing)
    paths = [settings.resolve(path) for path in settings.reports.paths]
    n_files, names, why = 0, [], Counter[str]()
    for path in list_files(paths):
        n_files += 1
        if memory.recall(path):
            continue
        why["changed, or to be looked at again" if memory.is_known(path) else "new"] += 1
        names.append(str(path))
    gone = memory.gone_files(paths) if settings.reports.withdraw_missing else []
    why["gone"] += len(gone)
    names += [file.path for file in gone]
    told = _counted(why)
    if gone:
        n_gone, n_before = len(store.intake.external_ids(memory.missing(gone))), memory.n_mirrored()
        if too_many(n_gone, n_before, settings.reports):
            told += (f"with them {n_gone} of {n_before} reports, {_STOPS}",)
    return Step("read", len(names), n_files + len(gone), told, tuple(names[:_MOST_NAMED]))


def _stages(store: EventStore, tools: Tools) -> tuple[Step, Step, Step]:
    states = list(store.states.all())
    before = parts_of_last_run(store)
    extracted = [state for state in states if state.reading_key == tools.reading_key]
    new = sum(state.reading_key is None for state in states)
    stale = len(states) - len(extracted)
    extract = Step("extract", stale, len(states), _reasons(new, stale, "read", before, tools.reading_parts))
    # Those that are yet to be read are placed after that.
    to_place = [state for state in states if state.has_reading or state.reading_key != tools.reading_key]
    placed = sum(state.has_reading and state.resolution_key == tools.resolution_key for state in to_place)
    new = sum(state.resolution_key is None for state in to_place)
    parts = {**tools.reading_parts, **tools.resolution_parts}
    stale = len(to_place) - placed
    resolve = Step("resolve", stale, len(to_place), _reasons(new, stale, "placed", before, parts))
    why = []
    if extract.n_stale or resolve.n_stale:
        why.append("reports are read or placed before it")
    elif (states or store.meta("merge_key")) and store.meta("merge_key") != merge_key(store):
        why.append("reports, their places or the rules of merging changed")
    if tools.corrections.key != kept_key(store):
        why.append("the corrections changed")
    merge = Step("merge", int(bool(why)), store.counts()["events"], tuple(why))
    return extract, resolve, merge


def _maps(store: EventStore, tools: Tools, *, is_merging: bool) -> Step:
    stale = stale_maps(store, tools, is_merging=is_merging)
    why = tuple(f"{one.path.name}: {one.why}" for one in stale)
    return Step("map", len(stale), len(tools.settings.maps), why, tuple(str(one.path) for one in stale[:_MOST_NAMED]))


def _reasons(new: int, stale: int, done: str, before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return why reports are stale: new ones, and what has changed since the last run."""
    reasons = [f"{new} not yet {done}"] if new else []
    if stale > new:
        changed = [part for part, key in now.items() if before.get(part) not in {None, key}]
        why = f"{done} before {_joined(changed)} changed" if changed else "left by a run that did not end"
        reasons.append(f"{stale - new} {why}")
    return tuple(reasons)


def _joined(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _counted(why: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{n} {reason}" for reason, n in why.items() if n)
