"""Where a vehicle was stopped, told right before what befell those in it: "a bus was halted near X. Six men were shot"."""

from __future__ import annotations

from collections.abc import Mapping

from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.models import Relation, Role

__all__ = ["is_where_stopped", "place_where_stopped"]

_COST = 1.4


def place_where_stopped(scene: Scene, draft: Draft, told_in: Mapping[int, int]) -> PlaceChoice | None:
    """Return the place of the clause before, which tells no event but where somebody was stopped.

    Parameters
    ----------
    told_in
        The number of events of each passage.
    """
    clauses = scene.clauses
    passage = clauses.passage_of(draft.predicate.token)
    if draft.verdict.event_type not in ARMED_EVENTS or passage.index == 0 or told_in.get(passage.index - 1):
        return None
    before = clauses.passages[passage.index - 1]
    if "\n" in clauses.document.text[before.start : passage.start]:
        return None
    found = [
        index
        for index in scene.names.within(before.start, before.end)
        if scene.toponyms[index].role in (Role.EVENT_PLACE, Role.REGION_CONTEXT)
        and not scene.names.is_country(index)
        and _is_where_stopped(scene, index)
    ]
    if len(found) != 1:
        return None
    toponym = scene.toponyms[found[0]]
    return PlaceChoice(
        found[0], _COST, _relation(scene, found[0]), f"they were stopped there before: {toponym.surface}"
    )


def is_where_stopped(scene: Scene, draft: Draft) -> bool:
    """Return whether the place of an event is one where somebody was stopped, told before it: no event told of that place is this one."""
    passage = scene.clauses.passage_of(draft.predicate.token)
    if not passage.index or len(draft.arguments.places) != 1 or draft.arguments.places[0].cost != _COST:
        return False
    before = scene.clauses.passages[passage.index - 1]
    index = draft.arguments.places[0].index
    return before.start <= scene.toponyms[index].start < before.end and _is_where_stopped(scene, index)


def _is_where_stopped(scene: Scene, index: int) -> bool:
    """Whether a name says where the verb of its clause happened, and that is one of stopping: "was halted near X"."""
    clauses = scene.clauses
    prep = _preposition(scene, index)
    if prep is None or clauses.lower[prep] not in grammar("place_prepositions") | grammar("near"):
        return False
    verb = clauses.clause_head(prep)
    return clauses.is_verb(verb) and clauses.tokens[verb].lemma.lower() in grammar("stopping_verbs")


def _preposition(scene: Scene, index: int) -> int | None:
    head = scene.names.heads[index]
    if head is None:
        return None
    above = scene.clauses.tokens[scene.clauses.tokens[head].head]
    return above.index if above.dep in ("prep", "agent") else None


def _relation(scene: Scene, index: int) -> Relation:
    prep = _preposition(scene, index)
    near = prep is not None and scene.clauses.lower[prep] in grammar("near")
    return Relation.NEAR if near else scene.toponyms[index].relation
