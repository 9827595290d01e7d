"""The dead of several attacks of a country, told before each of them: "killed nine in two attacks in Mali. In the first, five in X".

What is told first is a sum and no attack of its own; its day, its doers and who tells it are those of its parts.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.events.drafts import INHERITED_COST, Draft, Scene
from geoconflict.extract.events.parts_of_tolls import OF_SEVERAL_PLACES
from geoconflict.extract.numbers import read_number
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.models import DateSpan, Status

__all__ = ["without_sums_told_first"]

_FOLLOW = 5
"""Passages behind a sum in which its parts are told."""


def without_sums_told_first(scene: Scene, drafts: Sequence[Draft]) -> tuple[list[Draft], tuple[CasualtyMention, ...]]:
    """Return the drafts without sums of several attacks that follow one by one, and the report's figures, of which those are tolls."""
    gone: set[int] = set()
    sums: set[int] = set()
    for at, draft in enumerate(drafts):
        n_acts = _acts_told(scene, draft)
        killed = [one for one in draft.arguments.casualties if one.measure == "killed"]
        if n_acts == 0 or len(killed) != 1 or not _is_wide(scene, draft):
            continue
        parts = _at_places_of_their_own(scene, [one for one in drafts[at + 1 :] if _is_part(scene, draft, one)])
        if not _make_it_up(killed[0], n_acts, parts):
            continue
        gone.add(id(draft))
        sums.update(id(one) for one in draft.arguments.casualties)
        for part in parts:
            _take_over(part, draft)
    reason = "of several places: each attack is told behind it"
    figures = tuple(
        dataclasses.replace(one, cumulative=True, scope=OF_SEVERAL_PLACES, cumulative_reason=reason)
        if id(one) in sums
        else one
        for one in scene.figures
    )
    return [draft for draft in drafts if id(draft) not in gone], figures


def _take_over(part: Draft, whole: Draft) -> None:
    """Give one of several attacks what is told of all of them and not of it: the day, who did it, on whose word it is."""
    part.arguments.time = part.arguments.time or whole.arguments.time
    if all(actor.part == "target" for actor in part.arguments.actors):
        part.arguments.actors += tuple(actor for actor in whole.arguments.actors if actor.part != "target")
    mine, told = part.attribution, whole.attribution
    if mine.status is Status.OCCURRED and mine.claimed_by is None and told.status is Status.CLAIMED:
        reasons = (*mine.reasons, *told.reasons)
        part.attribution = dataclasses.replace(mine, status=told.status, claimed_by=told.claimed_by, reasons=reasons)


def _acts_told(scene: Scene, draft: Draft) -> int:
    """Return how many acts an event is told as, "two separate raids"; 1 for a plural without a number, 0 for a single one."""
    clauses = scene.clauses
    found = 0
    for at in sorted(draft.predicate.anchors | {draft.predicate.token}):
        if clauses.tokens[at].tag != "NNS":
            continue
        before = [child.text.lower() for child in clauses.children(at, "amod", "nummod", "det")]
        counted = [number for word in before if (number := read_number(word)) is not None]
        if counted and counted[0] > 1:
            return counted[0]
        found = 1
    return found


def _is_wide(scene: Scene, draft: Draft) -> bool:
    """Whether an armed event is told of no place, or of countries and regions alone."""
    return draft.verdict.event_type in ARMED_EVENTS and all(
        scene.names.is_large(one.index)
        or scene.names.is_country(one.index)
        or scene.toponyms[one.index].surface.split()[-1].lower() in grammar("regions")
        for one in draft.arguments.places
    )


def _is_part(scene: Scene, whole: Draft, draft: Draft) -> bool:
    """Whether an event behind a sum has a town of its own, and no day but that of the sum."""
    gap = scene.clauses.passage_of(draft.predicate.token).index - scene.clauses.passage_of(whole.predicate.token).index
    time, other = draft.arguments.time, whole.arguments.time
    is_of_its_day = time is None or (other is not None and _lies_in(time.span, other.span))
    spots = [
        one
        for one in draft.arguments.places
        if one.cost < INHERITED_COST and not scene.names.is_large(one.index) and not scene.names.is_country(one.index)
    ]
    return 0 < gap <= _FOLLOW and draft.verdict.event_type in ARMED_EVENTS and len(spots) == 1 and is_of_its_day


def _at_places_of_their_own(scene: Scene, parts: Sequence[Draft]) -> list[Draft]:
    """Return parts without those at a place that one before them has: these say more of that, or deny it."""
    found: dict[str, Draft] = {}
    for part in parts:
        found.setdefault(scene.toponyms[part.arguments.places[0].index].surface.casefold(), part)
    return list(found.values())


def _lies_in(day: DateSpan | None, whole: DateSpan | None) -> bool:
    """Whether all days of the one are days of the other."""
    if day is None or whole is None:
        return False
    if day.starts_on is None or day.ends_on is None or whole.starts_on is None or whole.ends_on is None:
        return False
    return whole.starts_on <= day.starts_on and day.ends_on <= whole.ends_on


def _make_it_up(killed: CasualtyMention, n_acts: int, parts: Sequence[Draft]) -> bool:
    """Whether so many attacks follow, with hardly more dead than the sum has, and, where their number is not told, just as many."""
    whole = killed.count.best or killed.count.low
    if whole is None or len(parts) < max(2, n_acts):
        return False
    told = [
        one.count.best or one.count.low or 0
        for part in parts
        for one in part.arguments.casualties
        if one.measure == "killed"
    ]
    is_all = len(parts) == n_acts
    if not told:
        return False
    # "21 rebels in two clashes", of which the first cost an officer, too: where the sum counts one side, its parts may exceed it.
    return sum(told) == whole or (is_all and 4 * sum(told) <= 5 * whole)
