"""What two tellings of one event say together: the fuller of them, with what only the other has."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from geoconflict.codes import LEAVES_NOBODY_DEAD, UNKNOWN_GROUP
from geoconflict.extract.events.doers_told import is_agent, is_at_large, may_be_one
from geoconflict.extract.events.kinds_told import came_of_a_raid, is_generic, takes_territory
from geoconflict.models import Actor, Blame, Casualties, DateBasis, EventMention, EventType, Relation, Status, Toponym

__all__ = ["folded"]


def folded(
    first: EventMention,
    second: EventMention,
    unite: Callable[[EventMention, EventMention], Casualties | None],
    side_of: Callable[[str | None], str | None],
) -> EventMention:
    """Return two tellings of one event as one: the fuller, with the actors, day, place, figures and doubts of both.

    Parameters
    ----------
    unite
        The fuller of two tellings and the other -> the casualties of both.
    side_of
        Claimant -> the side that it speaks for.
    """
    fuller = second if _fullness(second) > _fullness(first) else first
    if is_generic(fuller) and fuller.event_type is not EventType.EXPLOSIONS:
        # The sharper word names the event: "a dynamite attack ... four people were killed".
        other = first if fuller is second else second
        # "Two blasts tore through a hall. The group claimed the attacks": a blast says more than an attack does.
        is_blast = other.event_type is EventType.EXPLOSIONS and other.status is Status.OCCURRED
        is_sharper = (is_blast or not is_generic(other)) and other.event_type is not fuller.event_type
        # "Gunmen stormed a college and killed 147 people. The siege ended": no battle.
        is_of_civilians = fuller.event_type is EventType.VIOLENCE_AGAINST_CIVILIANS and fuller.casualties is not None
        if is_sharper and not (is_of_civilians and other.event_type is EventType.BATTLES and other.casualties is None):
            fuller = other
    if first.sub_event_type != second.sub_event_type and came_of_a_raid(first, second):
        is_deadly = any(one.casualties is not None and one.casualties.killed is not None for one in (first, second))
        fuller = max(
            first,
            second,
            key=lambda one: (
                (one.sub_event_type in LEAVES_NOBODY_DEAD) is not is_deadly,
                one.event_type is EventType.VIOLENCE_AGAINST_CIVILIANS,
            ),
        )
    if takes_territory(first) is not takes_territory(second):
        fuller = first if takes_territory(first) else second  # "took the camp ... died in the battle"
    other = first if fuller is second else second
    accused = _accused_by_a_side(fuller, other, side_of)
    known = {actor.name for actor in fuller.actors}
    # An accusation makes no agent of what is told as a fact, nor of what others tell.
    known |= {one.name for one in accused}
    if fuller.status is Status.OCCURRED:
        known |= {one.name for one in other.blamed}
    # Who laid a mine is not who shelled: of another weapon, the doer stays with it.
    is_other_weapon = (
        fuller.event_type is other.event_type
        and fuller.sub_event_type != other.sub_event_type
        and not came_of_a_raid(first, second)
    )
    actors = (
        *fuller.actors,
        *(one for one in other.actors if one.name not in known and not (is_other_weapon and one.part == "agent")),
    )
    if any(is_agent(one) and not one.name.startswith(UNKNOWN_GROUP) for one in actors):
        actors = tuple(one for one in actors if not (is_agent(one) and one.name.startswith(UNKNOWN_GROUP)))
    actors = _without_vaguer(actors, fuller, other)
    when = fuller.when if fuller.when.basis is not DateBasis.PUBLISHED else other.when
    likelier = max(fuller, other, key=lambda one: (one.likelihood is not None, one.likelihood or 0.0))
    return dataclasses.replace(
        fuller,
        place=_said_first(first.place, second.place),
        actors=actors,
        when=when,
        casualties=unite(fuller, other),
        blamed=tuple({one.name: one for one in (*other.blamed, *accused, *fuller.blamed)}.values()),
        together=fuller.together or other.together,
        places_together=fuller.places_together or other.places_together,
        denied_by=fuller.denied_by or other.denied_by,
        score=min(0.98, max(fuller.score, other.score) + 0.02),
        reasons=tuple(dict.fromkeys((*fuller.reasons, "told again in the report"))),
        likelihood=likelier.likelihood,
        doubts=likelier.doubts,
        figures_at=tuple(sorted({*fuller.figures_at, *other.figures_at})),
    )


def _fullness(mention: EventMention) -> tuple[int, float]:
    points = 2 * (mention.place is not None) + (mention.when.basis is not DateBasis.PUBLISHED)
    points += bool(mention.actors) + (mention.casualties is not None)
    return points, mention.score


def _accused_by_a_side(
    fact: EventMention, claim: EventMention, side_of: Callable[[str | None], str | None]
) -> tuple[Blame, ...]:
    """Return whom one side says to have done what is told as a fact, or by others: "Israel said a rocket fired by X had misfired"."""
    side = side_of(claim.claimed_by) if claim.status is Status.CLAIMED else None
    is_of_others = fact.status is Status.CLAIMED and fact.claimed_by is not None and side_of(fact.claimed_by) != side
    if side is None or not (is_of_others or fact.status is Status.OCCURRED):
        return ()
    doers = {one.name for one in fact.actors if is_agent(one)}
    return tuple(
        Blame(name=one.name, by=claim.claimed_by)
        for one in claim.actors
        if is_agent(one) and one.name not in doers and side not in (one.name, one.country)
    )


def _without_vaguer(actors: Sequence[Actor], fuller: EventMention, other: EventMention) -> tuple[Actor, ...]:
    """Return the doers of two tellings without "the rebels" of the one whom the other names."""
    gone: set[str] = set()
    for mine, others in ((fuller.actors, other.actors), (other.actors, fuller.actors)):
        named = [one for one in others if is_agent(one) and not is_at_large(one)]
        for one in mine:
            is_told_twice = any(two.name == one.name for two in others)
            if is_agent(one) and is_at_large(one) and not is_told_twice and any(may_be_one(one, two) for two in named):
                gone.add(one.name)
    return tuple(one for one in actors if not (is_agent(one) and one.name in gone))


def _said_first(first: Toponym | None, second: Toponym | None) -> Toponym | None:
    """Return the naming of the place that both tell of: in it before near it, then the first, which is of the town itself.

    "Captured the town of X and villages in X district" names X again, as a district.
    """
    if first is None or second is None:
        return first or second
    return min(first, second, key=lambda one: (one.relation is not Relation.AT, one.start))
