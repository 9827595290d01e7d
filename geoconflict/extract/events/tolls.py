"""Figures that belong to no one event: totals of a war, a place or a period, and of several places told together.

They are kept with their claimants and never made into events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.events.drafts import Scene, is_since
from geoconflict.extract.events.parts_of_tolls import OF_SEVERAL_PLACES, places_around
from geoconflict.models import DateSpan, Report, Role, TimeExpression, Toll

__all__ = ["find_tolls"]

_WITHIN = frozenset({"across", "around", "at", "in", "inside", "near", "of", "on", "outside", "throughout", "within"})
"""Prepositions that may lead from a figure to the place where people are counted; "the battle for X" counts a battle."""
_HANGS_ON = 1.0
"""A place that hangs more loosely on what tells the figure than this is named for another reason."""


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a cumulative figure counts."""

    name: str
    places: tuple[str, ...]
    reason: str


def find_tolls(
    report: Report,
    scene: Scene,
    times: Sequence[TimeExpression],
    shared: Mapping[int, tuple[str, ...]],
    as_of: Callable[[int, dt.date | None], DateSpan],
) -> tuple[Toll, ...]:
    """Return the cumulative figures of a report in text order.

    Parameters
    ----------
    scene
        With the casualty figures found in the report; those of a single event are left out.
    times
        The time expressions of the report.
    shared
        The numbers of those figures that one event tells of several places together -> the names of the places.
    as_of
        Offset of a figure and publication date -> the days up to which it counts.
    """
    found = []
    for number, figure in enumerate(scene.figures):
        if not (figure.cumulative or number in shared):
            continue
        token = scene.clauses.document.token_at(figure.start)
        scope = (
            _scope(scene, figure)
            if figure.cumulative
            else _Scope("places", shared[number], "told of several places together")
        )
        found.append(
            Toll(
                report_id=report.report_id,
                start=figure.start,
                end=figure.end,
                surface=report.text[figure.start : figure.end],
                measure=figure.measure,
                count=figure.count,
                who=figure.who,
                as_of=as_of(figure.start, report.published_on),
                claimed_by=None
                if token is None
                else scene.speakers.teller_at(token.index) or scene.speakers.counter_at(token.index),
                scope=scope.name,
                reasons=(scope.reason,),
                places=scope.places,
                since_on=_since(scene, times, figure) if figure.cumulative else None,
            )
        )
    return tuple(found)


def _scope(scene: Scene, figure: CasualtyMention) -> _Scope:
    """Return what a cumulative figure counts: a place where that is a settlement, else a war, with the region it names."""
    reason = figure.cumulative_reason or "a total over a period, not of one event"
    if figure.scope == OF_SEVERAL_PLACES:
        return _Scope(figure.scope, places_around(scene, figure), reason)
    named = _counted_in(scene, figure)
    small = [index for index in named if not scene.names.is_large(index)]
    places = tuple(dict.fromkeys(scene.toponyms[index].surface for index in small or named))
    return _Scope("place" if small and figure.scope == "war" else figure.scope, places, reason)


def _counted_in(scene: Scene, figure: CasualtyMention) -> list[int]:
    """Return the names of the places, and of no country, in which the people of a figure are counted."""
    clauses = scene.clauses
    trigger = clauses.document.token_at(figure.trigger_start)
    if trigger is None:
        return []
    passage = clauses.passage_of(trigger.index)
    anchors = frozenset({trigger.index, clauses.clause_head(trigger.index)})
    found = []
    for index in scene.names.within(passage.start, passage.end):
        head = scene.names.heads[index]
        if (
            head is None
            or scene.toponyms[index].role not in (Role.EVENT_PLACE, Role.REGION_CONTEXT)
            or scene.names.is_country(index)
            or scene.names.is_where_spoken(index)
            or scene.names.only_describes(index)
        ):
            continue
        cost, path = clauses.distance(head, trigger.index, anchors)
        preps = [clauses.lower[at] for at in path if clauses.tokens[at].dep in ("prep", "pcomp")]
        if cost < _HANGS_ON and path[-1] in anchors and preps and _WITHIN.issuperset(preps):
            found.append(index)
    return found


def _since(scene: Scene, times: Sequence[TimeExpression], figure: CasualtyMention) -> dt.date | None:
    """Return the first day on which people are counted: "since 29 October"."""
    for time in times:
        if (
            figure.sentence_start <= time.start < figure.sentence_end
            and time.span is not None
            and is_since(scene, time)
        ):
            return time.span.starts_on
    return None
