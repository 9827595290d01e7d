"""Whose "the army" and "police" are that no country is told of: of the land where they act, where they can be no other's."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.actors.reader import ActorReader, at_home
from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.events.drafts import Scene
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.models import Actor, ActorKind

__all__ = ["with_plain_forces"]


def with_plain_forces(
    scene: Scene, people: ActorReader, actors: tuple[Actor, ...], places: Sequence[PlaceChoice]
) -> tuple[Actor, ...]:
    """Return the actors of an event with "the army" as that of the only country named in which its places may all lie.

    Troops and soldiers without an army may be anybody's who fights there.
    """
    plain = {
        one.name
        for one in actors
        if one.kind is ActorKind.STATE_FORCES and one.country is None and _is_plain(one.surface or "")
    }
    if not plain:
        return actors
    lie_in = [found for one in places if (found := scene.countries(scene.toponyms[one.index]))]
    may_be = frozenset.intersection(*lie_in) if lie_in else frozenset()
    named = [iso for iso in sorted(may_be) if people.spoken_of[iso]]
    nation = people.whose_forces_are_plain(named[0]) if len(named) == 1 else None
    if nation is None or any(one.country == nation.iso for one in actors):
        return actors
    settled = [at_home((one,), nation)[0] if one.name in plain else one for one in actors]
    return tuple(dict.fromkeys(settled))


def _is_plain(surface: str) -> bool:
    """Whether words are for an army or the police of whatever state, and no name of one: not "the Royal Air Force"."""
    words = surface.split()
    is_name = not surface.isupper() and any(word[:1].isupper() for word in words[1:])
    return not is_name and not grammar("forces_of_states").isdisjoint(word.lower() for word in words)
