"""Versions told of one place become cores: each joins the event that it is most like, if nothing in it contradicts.

Taken in one canonical order (:func:`geoconflict.events.versions.canonical`), so the outcome does not depend on the order in
which reports came. A version is like an event when its mean score with the event's versions reaches ``joins``, and when
every version of it allows a common day and none has the sides reversed: a shelling "overnight" cannot chain two days.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence

from geoconflict.events.likeness import score, sides_reversed
from geoconflict.events.rules import rules
from geoconflict.events.versions import Version, canonical
from geoconflict.events.voices import independent

__all__ = ["gather", "mean_score"]


class _Group:
    """An event in the making."""

    def __init__(self, founder: Version) -> None:
        self.versions = [founder]
        self.days = founder.days
        self.sides = {founder.sides}

    def allows(self, version: Version) -> bool:
        if not _meet(self.days, version.days):
            return False
        return not any(sides_reversed(version.sides, sides) for sides in self.sides)

    def add(self, version: Version) -> None:
        self.versions.append(version)
        self.sides.add(version.sides)
        if self.days is not None and version.days is not None:
            self.days = max(self.days[0], version.days[0]), min(self.days[1], version.days[1])


def gather(versions: Iterable[Version]) -> list[list[Version]]:
    """Return the groups of versions of one block that tell one event, each in canonical order."""
    groups: list[_Group] = []
    by_day: dict[int | None, set[int]] = defaultdict(set)
    for version in canonical(versions):
        best = _best(version, [groups[number] for number in sorted(_numbers(version, by_day))])
        if best is None:
            best = _Group(version)
            groups.append(best)
            number = len(groups) - 1
            for day in _each_day(best.days):
                by_day[day].add(number)
        else:
            best.add(version)  # its days can only have become fewer: looked up under the old ones, it refuses
    return [group.versions for group in groups]


def _best(version: Version, groups: Sequence[_Group]) -> _Group | None:
    """Return the group that the version is most like; of equals that whose last day is nearer, then the earlier one."""
    found: tuple[float, int, int] | None = None
    for number, group in enumerate(groups):
        if not group.allows(version):
            continue
        mean = mean_score([version], group.versions)
        if mean >= rules().joins:
            rank = (-mean, _gap(version, group.versions[0]), number)
            found = rank if found is None else min(found, rank)
    return None if found is None else groups[found[2]]


def mean_score(some: Sequence[Version], others: Sequence[Version]) -> float:
    """Return the mean score over the first versions of two groups, rounded so that sums in another order are equal.

    Copies of one text weigh as one version.
    """
    some, others = _compared(some), _compared(others)
    return round(sum(score(one, other) for one in some for other in others) / (len(some) * len(others)), 9)


def _compared(versions: Sequence[Version]) -> list[Version]:
    return list(itertools.islice(independent(versions, lambda version: version.source), rules().compared))


def _numbers(version: Version, by_day: dict[int | None, set[int]]) -> set[int]:
    return set().union(*(by_day.get(day, ()) for day in _each_day(version.days)))


def _each_day(days: tuple[int, int] | None) -> Iterable[int | None]:
    return (None,) if days is None else range(days[0], days[1] + 1)


def _gap(version: Version, founder: Version) -> int:
    return abs(version.days[1] - founder.days[1]) if version.days and founder.days else 0


def _meet(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    """Return whether two spans share a day. Long spans of one block are the same span."""
    return a is b if a is None or b is None else a[0] <= b[1] and b[0] <= a[1]
