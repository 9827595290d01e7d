"""The last resort for events whose place nobody tells: the country that the report is about, as a country and no more.

A country is no point: such an event is counted and listed, and no map pins it.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence

from geoconflict.models import ActorKind, EventMention, EventType, Role, Status, Toponym

__all__ = ["place_in_country"]

_NO_GROUND = frozenset({Role.OTHER, Role.ACTOR_METONYM, Role.ORIGIN})
"""Roles in which a country's name speaks of its government or its people, who may be anywhere."""
_MAY_BE_ABROAD = frozenset({ActorKind.STATE_FORCES, ActorKind.GOVERNMENT, ActorKind.EXTERNAL, ActorKind.UNKNOWN})
_LEAST_VOTES = 2
_LEAD = 2.0
"""How many times as often as the next country the report must speak of one before it is about that one."""


def place_in_country(
    mentions: Sequence[EventMention],
    toponyms: Sequence[Toponym],
    is_country: Callable[[int], bool],
    country_of: Callable[[str | None], str | None],
) -> tuple[EventMention, ...]:
    """Return the mentions, those without any place in the country that the report speaks of far more than of others.

    The name that stands for the country keeps its role: nobody says there that something happened.

    Parameters
    ----------
    is_country
        Index of a toponym -> whether it is a country's name.
    country_of
        A country's name -> its ISO 3166-1 alpha-3 code, or None.
    """
    names: dict[str, Toponym] = {}
    votes: Counter[str] = Counter()
    for index, toponym in enumerate(toponyms):
        located = is_country(index) and toponym.role not in _NO_GROUND
        code = country_of(toponym.surface) if located else None
        if code is not None:
            votes[code] += 1
            names.setdefault(code, toponym)
    for mention in mentions:
        at_home = (actor.country for actor in mention.actors if actor.kind not in _MAY_BE_ABROAD)
        votes.update({country for country in at_home if country is not None})
    ranked = votes.most_common(2)
    if not ranked or ranked[0][0] not in names or ranked[0][1] < _LEAST_VOTES:
        return tuple(mentions)
    if len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]:
        return tuple(mentions)
    country = names[ranked[0][0]]
    reason = f"place: no nearer one is told; the report is about {country.surface}"
    return tuple(
        dataclasses.replace(mention, place=country, reasons=(*mention.reasons, reason)) if _needs(mention) else mention
        for mention in mentions
    )


def _needs(mention: EventMention) -> bool:
    told = mention.status not in (Status.HYPOTHETICAL, Status.SCHEDULED)
    return told and mention.place is None and mention.event_type is not EventType.DIPLOMACY
