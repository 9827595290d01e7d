"""Tellings that a reviewer put together: their cores are of one event, though merging by itself would keep them apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geoconflict.events.supporting import Core

__all__ = ["joined", "united"]


def joined(linked: Sequence[set[str]], core_ids: Iterable[str]) -> set[str]:
    """Return the cores of the groups in which any of some cores is."""
    found = set(core_ids)
    return set().union(*(cores for cores in linked if not cores.isdisjoint(found)))


def united(roots: Mapping[str, str], linked: Sequence[set[str]], cores: Mapping[str, Core]) -> Mapping[str, str]:
    """Return the root of each core once linked cores are of one event, from the roots that they had.

    The root dates the event: it is the one whose day a reviewer gave, else the first in the order of merging.
    """
    leader = {root: root for root in roots.values()}

    def lead(root: str) -> str:
        while leader[root] != root:
            root = leader[root]
        return root

    for group in linked:
        firsts = sorted(
            {lead(roots[core_id]) for core_id in group if core_id in roots}, key=lambda one: _rank(cores[one])
        )
        for root in firsts[1:]:
            leader[root] = firsts[0]
    return {core_id: lead(root) for core_id, root in roots.items()}


def _rank(core: Core) -> tuple[object, ...]:
    return not any(version.source.is_decided("date") for version in core.versions), core.versions[0].order
