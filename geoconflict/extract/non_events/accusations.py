"""What those are accused of who are killed for it: "lynched three men accused of kidnapping"."""

from __future__ import annotations

from itertools import pairwise

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["is_of_the_accused"]

_ACCUSED = frozenset({"accuse", "suspect", "want"})
_OF = frozenset({"for", "of", "over"})


def is_of_the_accused(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a predicate only says of what those are accused, suspected or wanted to whom its sentence tells that harm was done.

    Nobody tells that it happened, and the place and the day are those of the harm.
    """
    passed = False
    for below, at in pairwise(clauses.path_in_passage(predicate.token)):
        token = clauses.tokens[at]
        passed = passed or clauses.lower[below] in _OF
        if passed and token.dep == "acl" and token.tag == "VBN" and token.lemma.lower() in _ACCUSED:
            whom = clauses.tokens[token.head]
            done = clauses.tokens[whom.head].lemma.lower()
            return whom.dep in ("dobj", "nsubjpass") and done in grammar("done_to_accused")
        if clauses.is_verb(at) and at != predicate.token and token.dep != "pcomp":
            return False
    return False
