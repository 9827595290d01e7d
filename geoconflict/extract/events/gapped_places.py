"""What was done at a second place on its own day, with the verb left out: "captured X on Sunday and Y on Monday"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.predicates.clauses import FINITE_TAGS
from geoconflict.models import EventType, Relation, Role, TimeExpression

__all__ = ["with_gapped_places"]

_FROM_DAY_TO_NAME = re.compile(r",?\s+and(?:\s+then)?\s+|,\s+(?:then\s+)?", re.IGNORECASE)
"""What joins a day to the name behind it, which nothing else stands before: "on Sunday and Y"."""
_FROM_NAME_TO_DAY = re.compile(
    r",?\s+(?:(?:on|early on|late on|in|during|overnight on|by|before|until|from|since)\s+)?(?:the\s+)?", re.IGNORECASE
)
"""What joins a name to its own day: "Y on Monday", "Y the next day"."""
_FROM_PLACE_TO_DAY = 60
"""So many characters may stand between the first place and its day: "fell to the rebels early on"."""


def with_gapped_places(scene: Scene, drafts: Sequence[Draft], times: Sequence[TimeExpression]) -> list[Draft]:
    """Return events with those that they tell of other places and days without a verb.

    Parameters
    ----------
    times
        The dates of the report that belong to sentences.
    """
    found: list[Draft] = []
    taken = {choice.index for draft in drafts for choice in draft.arguments.places}
    for draft in drafts:
        found.append(draft)
        if draft.verdict.event_type is EventType.DIPLOMACY or not _has_one_day_behind_its_place(scene, draft):
            continue
        last: Draft | None = draft
        while last is not None:
            last = _gapped(scene, last, taken, times)
            if last is not None:
                found.append(last)
                taken.add(last.arguments.places[0].index)
    return found


def _has_one_day_behind_its_place(scene: Scene, draft: Draft) -> bool:
    """Whether an event has one place, and its day stands behind that in the same sentence."""
    places, time = draft.arguments.places, draft.arguments.time
    if len(places) != 1 or time is None:
        return False
    own = scene.toponyms[places[0].index]
    passage = scene.clauses.passage_of(draft.predicate.token)
    return passage.start <= own.start and 0 <= time.start - own.end <= _FROM_PLACE_TO_DAY and time.end <= passage.end


def _gapped(scene: Scene, draft: Draft, taken: set[int], times: Sequence[TimeExpression]) -> Draft | None:
    """Return the event at the name that follows the day of another, if it has a day of its own behind it."""
    before = draft.arguments.time
    if before is None:
        return None
    text, end = scene.clauses.document.text, scene.clauses.passage_of(draft.predicate.token).end
    index = next(iter(scene.names.within(before.end, end)), None)
    if index is None or index in taken:
        return None
    toponym = scene.toponyms[index]
    own = scene.toponyms[draft.arguments.places[0].index]
    day = next((one for one in times if one.start >= toponym.end), None)
    if (
        day is None
        or day.end > end
        or day.span is None
        or _FROM_DAY_TO_NAME.fullmatch(text, before.end, toponym.start) is None
        or _FROM_NAME_TO_DAY.fullmatch(text, toponym.end, day.start) is None
        or toponym.role in (Role.OTHER, Role.TALKS_VENUE, Role.DATELINE)
        or scene.names.is_country(index)
        or toponym.surface.casefold() == own.surface.casefold()
        or _does_something(scene, index, day.end, end)
    ):
        return None
    return dataclasses.replace(
        draft,
        arguments=dataclasses.replace(
            draft.arguments,
            places=(PlaceChoice(index, 0.8, Relation.AT, f"the verb is left out before {toponym.surface}"),),
            casualties=[],
            time=day,
        ),
    )


def _does_something(scene: Scene, index: int, start: int, end: int) -> bool:
    """Whether a verb has the name for its subject: "and Y was quiet on Monday", "and Y on Monday asked for help"."""
    head = scene.names.heads[index]
    is_subject = head is not None and scene.clauses.tokens[head].dep in ("nsubj", "nsubjpass")
    behind = scene.clauses.document.tokens_between(start, end)
    return is_subject or (bool(behind) and behind[0].tag in FINITE_TAGS)
