"""Towns that are said to fall and nothing else: "Goma fell on Tuesday", "after two months X fell with hardly a shot fired"."""

from __future__ import annotations

from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["falls_alone"]

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
