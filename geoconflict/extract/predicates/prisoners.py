"""Fighters taken in a fight are no abduction: their taking is part of what is told before, "overran X, capturing 200 soldiers"."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.senses import ARMED_EVENTS, TriggerLexicon
from geoconflict.extract.predicates.triggers import MIN_CAUSE_SCORE, Predicate

__all__ = ["without_prisoners"]

_TAKING = frozenset({"seize-people", "take-place"})
"""Senses of verbs that are said of prisoners and of places: "captured", "taken"."""


def without_prisoners(clauses: Clauses, found: Sequence[Predicate], lexicon: TriggerLexicon) -> list[Predicate]:
    """Return the predicates without those that only tell who was taken in the fight that another tells of."""
    owner = {one.token: one for one in found}
    kept: list[Predicate] = []
    for one in found:
        fight = None
        if not one.is_noun and any(sense.name in _TAKING for sense in one.senses):
            fight = _harm_of_the_same(clauses, one, owner) or _fight_above(clauses, one, owner, lexicon)
        if fight is None:
            kept.append(one)
        else:
            # The place of "killed, wounded or captured at X" is that of all three.
            fight.anchors |= one.anchors
            fight.outcomes |= one.anchors
    return kept


def _harm_of_the_same(clauses: Clauses, one: Predicate, owner: dict[int, Predicate]) -> Predicate | None:
    """Return the killing that befell those who were taken: "were killed, wounded or captured", "ten were killed and 30 captured"."""
    at = one.token
    if clauses.tokens[at].tag != "VBN":
        return None
    told = None
    while clauses.tokens[at].dep in ("advcl", "conj") and clauses.tokens[at].head < at:
        has_own = clauses.children(at, "agent", "aux", "auxpass", "mark", "nsubj", "nsubjpass")
        if has_own and not clauses.shares_auxiliary(at):
            return None
        at = clauses.tokens[at].head
        told = owner.get(at)
        if told is None or not told.is_outcome:
            return None
    return told if told is not None and clauses.is_passive(at) else None


def _fight_above(
    clauses: Clauses, one: Predicate, owner: dict[int, Predicate], lexicon: TriggerLexicon
) -> Predicate | None:
    """Return the fight whose clause a participle hangs on: "overran the garrison, killing 300 and capturing 200 soldiers"."""
    lead = clauses.tokens[one.token]
    taken = clauses.objects(one.token)
    while lead.dep == "conj" and lead.tag == "VBG" and lead.head < lead.index:
        lead = clauses.tokens[lead.head]
        taken = taken or clauses.objects(lead.index)
    above = owner.get(lead.head)
    if (lead.dep, lead.tag) != ("advcl", "VBG") or above is None or above is one or lead.index < above.token:
        return None
    is_fight = above.sense.event_type in ARMED_EVENTS and above.sense.score >= MIN_CAUSE_SCORE
    fighters = lexicon.words["people_taken"] & lexicon.words["military"]
    all_taken = [below for at in taken for below in clauses.conjuncts(at)]
    are_fighters = bool(all_taken) and all(clauses.lower[at] in fighters for at in all_taken)
    return above if is_fight and are_fighters else None
