"""Whether two tellings of one report are of deeds of the same people: who did it, and who suffered it."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.codes import UNKNOWN_GROUP
from geoconflict.models import Actor, ActorKind, EventMention, EventType

__all__ = [
    "contradicts",
    "is_agent",
    "is_at_large",
    "may_be_one",
    "strikes_back",
]

_AT_LARGE = frozenset({"Civilians", "Government", "Military Forces", "Police Forces", "Rebels", "Security Forces"})
"""Names of actors of whom only the kind is told."""
_UNARMED = frozenset({ActorKind.CIVILIANS, ActorKind.GOVERNMENT})
"""A judge or a mayor is one of the government to one sentence and a person to the next."""


def strikes_back(first: EventMention, second: EventMention) -> bool:
    """Whether of two strikes on one place who did the one was hit by the other: "X shelled the town. The army bombed X there"."""
    if not first.event_type is second.event_type is EventType.EXPLOSIONS:
        return False
    doers, others = ({one.name for one in mention.actors if one.part == "agent"} for mention in (first, second))
    hit, hit_then = ({one.name for one in mention.actors if one.part == "target"} for mention in (first, second))
    is_of_two = bool(doers) and bool(others) and doers.isdisjoint(others)
    return is_of_two and not (doers.isdisjoint(hit_then) and others.isdisjoint(hit))


def contradicts(first: Sequence[Actor], second: Sequence[Actor]) -> bool:
    """Whether two tellings name others as those who did it, or as those who suffered it."""
    for part in ("agent", "target"):
        # "Gunmen" may be those of any group that is named elsewhere.
        mine, others = (
            [actor for actor in actors if actor.part == part and not actor.name.startswith(UNKNOWN_GROUP)]
            for actors in (first, second)
        )
        if mine and others and not any(may_be_one(one, other) for one in mine for other in others):
            return True
    return False


def may_be_one(first: Actor, second: Actor) -> bool:
    """Whether two names may be of one actor: "rebels" are those of a group by name, "the army" is that of a country."""
    if first.name == second.name:
        return True
    if not (is_at_large(first) or is_at_large(second)):
        return False
    is_one_kind = first.kind is second.kind or {first.kind, second.kind} <= _UNARMED
    return is_one_kind and (first.country is None or second.country is None or first.country == second.country)


def is_at_large(actor: Actor) -> bool:
    """Whether a name is that of a kind of actors and of no one of them: "rebels", "the army"."""
    return actor.name.partition(" (")[0] in _AT_LARGE


def is_agent(actor: Actor) -> bool:
    """Whether an actor is told to have done it."""
    return actor.part == "agent"
