"""Towns that are said to fall and nothing else: "Goma fell on Tuesday", "after two months X fell with hardly a shot fired"."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Status

if TYPE_CHECKING:
    from geoconflict.extract.events.drafts import Draft, Scene

__all__ = ["falls_alone", "name_takers"]

_LOOK_BACK = 3
"""Passages between a town that was taken and one that fell: "X captured Kandahar. Ghazni fell hours later"."""

_BESIDE = frozenset({"advmod", "aux", "cc", "conj", "mark", "npadvmod", "nsubj", "prep", "punct", "advcl", "neg"})
"""What may hang on the verb: neither to whom or by how much, nor as what."""


def falls_alone(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a verb says of something that it fell, and at most when, or how little was fought for it.

    Prices fall "by a tenth" or "to 12 dollars", teams "to a defeat" and cities "silent".
    """
    token = clauses.tokens[predicate.token]
    if token.lemma.lower() != "fall" or not clauses.is_verb(token.index):
        return False
    for child in clauses.children(token.index):
        word = child.text.lower()
        if child.dep not in _BESIDE:
            return False
        if child.dep == "advmod" and child.index > token.index and word not in grammar("adverbs_of_falling"):
            return False
        if child.dep == "npadvmod" and child.lemma.lower() not in grammar("time_units") | lexicon_words(
            "places", "calendar_words"
        ):
            return False  # "fell two points"
        if child.dep == "prep" and not _says_when_or_how(clauses, child.index):
            return False
    return True


def _says_when_or_how(clauses: Clauses, prep: int) -> bool:
    """Whether a preposition opens a time ("on Monday", "after a siege"), or says how little was fought ("without a shot")."""
    word = clauses.lower[prep]
    if word in ("after", "before", "during", "following", "on", "overnight"):
        return True
    below = {clauses.lower[at] for at in clauses.document.subtree(prep)}
    if word in ("in", "at", "within"):
        return not below.isdisjoint(grammar("times_of_falling") | grammar("time_units"))
    return word in ("with", "without") and not below.isdisjoint(grammar("ways_of_falling"))


def name_takers(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Give a town that fell, nobody says to whom, to who took the town told before it, where all that were taken fell to one."""
    taken = [
        one
        for one in drafts
        if one.verdict.sub_event_type.endswith("territory")
        and one.attribution.status in (Status.CLAIMED, Status.OCCURRED)
        and any(actor.part == "agent" for actor in one.arguments.actors)
    ]
    takers = {frozenset(actor.name for actor in one.arguments.actors if actor.part == "agent") for one in taken}
    if len(takers) != 1:
        return
    known = {id(one) for one in taken}
    last: Draft | None = None
    for draft in sorted(drafts, key=lambda one: one.predicate.token):
        if id(draft) in known:
            last = draft
        elif last is not None and _is_without_taker(draft) and _is_near(scene, last, draft):
            doers = tuple(one for one in last.arguments.actors if one.part == "agent")
            draft.arguments.actors = (*doers, *draft.arguments.actors)
            draft.verdict = dataclasses.replace(
                draft.verdict,
                sub_event_type=last.verdict.sub_event_type,
                reasons=(*draft.verdict.reasons, "it fell after a town that was taken"),
            )


def _is_without_taker(draft: Draft) -> bool:
    is_fall = draft.verdict.sense.name == "fall-town"
    return is_fall and not any(one.part in ("agent", "party") for one in draft.arguments.actors)


def _is_near(scene: Scene, taken: Draft, fallen: Draft) -> bool:
    """Whether a town fell soon after another was taken in the text, and not from those who took that one."""
    passages = [scene.clauses.passage_of(one.predicate.token).index for one in (taken, fallen)]
    hit = {one.name for one in fallen.arguments.actors}
    doers = {one.name for one in taken.arguments.actors if one.part == "agent"}
    return passages[1] - passages[0] <= _LOOK_BACK and hit.isdisjoint(doers)
