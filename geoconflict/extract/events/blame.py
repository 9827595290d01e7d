"""Who is blamed for an event: "residents blamed X", "the ministry accused X of the attack". It is somebody's word, and no agent."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.actors.reader import ActorReader
from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import ActorKind, EventType

__all__ = ["assign_blame"]

_LOOK_BACK = 2
"""Passages between an event and the sentence that says who did it."""
_DEEDS = frozenset({"death", "it", "that", "this"})
_NO_DOERS = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS})
_BLAMED_FOR = ARMED_EVENTS | {EventType.STRATEGIC}


def assign_blame(scene: Scene, people: ActorReader, drafts: Sequence[Draft], predicates: Sequence[Predicate]) -> None:
    """Tell each event who is blamed for it: that which hangs on the verb of blaming, else the last one told before it."""
    for verb, whom, by in scene.speakers.blames():
        meant = (
            [actor.name for actor in people.of_phrase(at, part="agent") if actor.kind not in _NO_DOERS] for at in whom
        )
        names = next((found for found in meant if found), [])
        draft = _blamed_for(scene, drafts, verb, predicates) if names else None
        if draft is not None:
            draft.blame(names, by)


def _blamed_for(scene: Scene, drafts: Sequence[Draft], verb: int, predicates: Sequence[Predicate]) -> Draft | None:
    clauses = scene.clauses
    below, above = set(clauses.document.subtree(verb)), set(clauses.path_up(verb))
    here = clauses.passage_of(verb).index
    may_be = [draft for draft in drafts if draft.verdict.event_type in _BLAMED_FOR and draft.version_of is None]
    own = [draft for draft in may_be if draft.predicate.token in below]
    # "An attack on X, blamed on Y, killed 12."
    own = own or [draft for draft in may_be if draft.predicate.anchors & above]
    if own:
        return own[0]
    if not _is_of_deed(clauses, verb, below, predicates):
        return None
    before = [
        draft
        for draft in may_be
        if draft.predicate.token < verb and here - clauses.passage_of(draft.predicate.token).index <= _LOOK_BACK
    ]
    return before[-1] if before else None


def _is_of_deed(clauses: Clauses, verb: int, below: set[int], predicates: Sequence[Predicate]) -> bool:
    """Whether somebody is blamed, "for it", "of the attack", "of shelling it", and not for corruption or for delays."""
    told = frozenset(at for one in predicates if one.sense.event_type in ARMED_EVENTS for at in one.anchors)
    what = [at for above in (verb, *clauses.patients(verb)) for _, at in clauses.preps(above, "for", "of", "over")][:1]
    if clauses.preps(verb, "on", "to"):
        what = what or clauses.patients(verb)  # "blamed the attack on X", "attributed it to X"
    return not what or bool(told & below) or any(_is_deed(clauses, at) for at in what)


def _is_deed(clauses: Clauses, noun: int) -> bool:
    lemma = clauses.tokens[noun].lemma.lower()
    return lemma in _DEEDS or lemma in grammar("incident_nouns")
