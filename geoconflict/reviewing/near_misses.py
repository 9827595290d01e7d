"""Pairs of events that merging kept apart though much agrees: a reviewer may know that they are one."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from geoconflict.events.reasons import joins_score, likeness
from geoconflict.events.versions import Version, canonical, version_of
from geoconflict.models import Event

__all__ = ["near_misses"]

_MOST = 3
"""Of an event so many others are offered, the likeliest first."""
_MOST_TOGETHER = 60
"""Where a country has more events of one kind and day, only those of one place are compared: each pair costs."""


def near_misses(events: Sequence[Event], least: float) -> dict[str, tuple[tuple[Event, float], ...]]:
    """Return, by event_id, other events that may be the same one, each with how likely that is, the likeliest first.

    Parameters
    ----------
    events
        All events.
    least
        Those less likely, 0 to 1, are left out. None is likelier than one half: merging has joined those.
    """
    by_id = {event.event_id: event for event in events}
    sharpest = {event.event_id: _sharpest(event) for event in events}
    found: dict[str, list[tuple[Event, float]]] = defaultdict(list)
    for a, b in sorted(_to_compare(sharpest)):
        if not _reports(by_id[a]).isdisjoint(_reports(by_id[b])):
            continue  # a report that tells of both has parted them
        alike = likeness(sharpest[a], sharpest[b])
        likely = 0.0 if alike is None else round(1 / (1 + math.exp(max(0.0, joins_score() - alike))), 2)
        if likely >= least:
            found[a].append((by_id[b], likely))
            found[b].append((by_id[a], likely))
    return {
        event_id: tuple(sorted(others, key=lambda one: (-one[1], one[0].event_id))[:_MOST])
        for event_id, others in found.items()
    }


def _sharpest(event: Event) -> Version:
    """Return the first telling, in the order of merging, of those at the place of an event."""
    at = event.place.place_id if event.place else None
    there = [one for one in event.sources if (one.place.place_id if one.place else None) == at]
    return canonical(map(version_of, there or event.sources))[0]


def _to_compare(sharpest: Mapping[str, Version]) -> set[tuple[str, str]]:
    """Return the pairs of events of one kin whose days meet, in one place, or in one country with not too many."""
    narrow: dict[Hashable, list[str]] = defaultdict(list)
    wide: dict[Hashable, list[str]] = defaultdict(list)
    for event_id, version in sharpest.items():
        place = version.source.place
        country = version.recalled_in if place is None else place.country
        for day in _days(version):
            if place is not None:
                narrow[version.family.kin, place.place_id, day].append(event_id)
            wide[version.family.kin, country, day].append(event_id)
    groups = [*narrow.values(), *(group for group in wide.values() if len(group) <= _MOST_TOGETHER)]
    return {(min(a, b), max(a, b)) for group in groups for a, b in itertools.combinations(group, 2)}


def _days(version: Version) -> Iterator[int]:
    if version.days is not None:
        yield from range(version.reaches_from or version.days[0], version.days[1] + 1)


def _reports(event: Event) -> set[str]:
    return {one.mention.report_id for one in event.sources}
