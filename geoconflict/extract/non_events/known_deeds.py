"""Deeds that only say who somebody is: "suspects in the X bombings were shot in Y", "the mastermind of the Z attacks".

They are known from before. What the sentence tells is another matter, of another day and place.
"""

from __future__ import annotations

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["tells_who"]

_LEADING_TO = frozenset({"for", "in", "of", "over", "to", "with"})


def tells_who(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Return whether a noun for a deed only says by what somebody is known, of whom the sentence tells something else.

    `time` is the date that belongs to the deed: one that stands with the noun itself tells of news, "Friday's bombing".
    """
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or len(predicate.anchors) > 1 or _stands_with(clauses, predicate.token, time):
        return False
    if token.dep == "compound":  # "the X attack suspects"
        return _is_known_by_deeds(clauses, token.head) and _takes_part(clauses, token.head)
    if token.dep != "pobj":
        return False
    preposition = clauses.tokens[token.head]
    known = preposition.head
    word = preposition.text.lower()
    if clauses.tokens[known].dep in ("acl", "relcl") and word in _LEADING_TO:  # "a man linked to the X attack"
        return clauses.tokens[known].lemma.lower() in grammar("tying_to_deeds") and _takes_part(
            clauses, clauses.tokens[known].head
        )
    is_behind = word == "behind" and clauses.tokens[known].pos in ("NOUN", "PROPN")
    is_of = word in _LEADING_TO and _is_known_by_deeds(clauses, known)
    return (is_behind or is_of) and _takes_part(clauses, known)


def _stands_with(clauses: Clauses, noun: int, time: TimeExpression | None) -> bool:
    if time is None:
        return False
    below = [clauses.tokens[at] for at in clauses.document.subtree(noun)]
    return any(token.start < time.end and time.start < token.end for token in below)


def _is_known_by_deeds(clauses: Clauses, noun: int) -> bool:
    return clauses.tokens[noun].lemma.lower() in grammar("known_by_deeds")


def _takes_part(clauses: Clauses, noun: int) -> bool:
    """Whether the sentence tells what became of somebody: who is only sought or to be punished is part of the deed's own news."""
    head = noun
    for _ in range(6):  # "a leader with ties to the suspects in ..."
        token = clauses.tokens[head]
        if token.dep in ("nsubj", "nsubjpass", "dobj", "agent"):
            return clauses.tokens[token.head].lemma.lower() in grammar("ends_of_suspects")
        if token.dep == "pobj" and clauses.tokens[clauses.tokens[token.head].head].lemma.lower() in (
            "killing",
            "death",
        ):
            return True
        if token.head == head or clauses.is_verb(token.head):
            return False
        head = token.head
    return False
