"""How a war began, at the end of a report on it: "Ruritania sent troops into X after rebels attacked Y", without a day.

News tells when; what stands there without a day is known from before, and of no day near that of the report.
"""

from __future__ import annotations

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["tells_origin"]

_LATE = 3
"""So many sentences stand before it: what a report opens with is news, though it names no day."""
_LINKS = frozenset({"after", "following", "when", "with"})
_INTO = frozenset({"in", "into", "to"})


def tells_origin(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Return whether a deed, on no day, only tells after what a war or a campaign had begun.

    Parameters
    ----------
    time
        The date that belongs to the predicate.
    """
    if time is not None or clauses.passage_of(predicate.token).index < _LATE:
        return False
    verbs = [at for at in predicate.anchors if clauses.tokens[at].tag == "VBD" and _begins_a_war(clauses, at)]
    if any(_has_link(clauses, verb) for verb in verbs):
        return True
    for at in clauses.path_in_passage(predicate.token):
        token = clauses.tokens[at]
        head = token.head
        if head == at or clauses.tokens[head].tag != "VBD":
            continue
        # "After bombings in X and Y killed 300": the parser may take the killing for a second deed of the main clause.
        behind = clauses.lower[head + 1 : at] if token.dep == "conj" else []
        if (_is_link(clauses, at) or "after" in behind) and _begins_a_war(clauses, head):
            return True
    return False


def _is_link(clauses: Clauses, at: int) -> bool:
    """Whether a token opens what came before: "after bombings", "after rebels attacked"."""
    token = clauses.tokens[at]
    if token.dep == "advcl":
        return any(child.text.lower() in _LINKS for child in clauses.children(at, "mark", "advmod", "prep"))
    return token.dep == "prep" and token.text.lower() in _LINKS


def _has_link(clauses: Clauses, verb: int) -> bool:
    return any(_is_link(clauses, child.index) for child in clauses.children(verb, "prep", "advcl"))


def _begins_a_war(clauses: Clauses, verb: int) -> bool:
    """Whether a verb tells of the beginning of a war: "the insurgency began", "launched its campaign", "sent troops into"."""
    lemma = clauses.tokens[verb].lemma.lower()
    subjects = {clauses.tokens[at].lemma.lower() for at in clauses.subjects(verb)}
    objects = {clauses.tokens[at].lemma.lower() for at in clauses.objects(verb)}
    if lemma in grammar("war_breaks_out"):
        return bool(subjects & grammar("long_wars"))
    if lemma in grammar("war_is_begun"):
        return bool(objects & (grammar("long_wars") | grammar("campaigns")))
    if lemma in grammar("troops_are_sent"):
        return bool(objects & grammar("troops_sent")) and any(word in _INTO for word, _ in clauses.preps(verb))
    return lemma == "invade" or (lemma == "take" and "arm" in objects)
