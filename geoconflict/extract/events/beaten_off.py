"""Attempts told only by how they ended: "fighters pushed back troops trying to enter X and Y" tells of fighting at X and Y."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["is_what_was_beaten_off"]

_TRYING = frozenset({"attempt", "seek", "try"})


def is_what_was_beaten_off(clauses: Clauses, predicate: Predicate, predicates: Sequence[Predicate]) -> bool:
    """Whether a predicate is what those tried who were driven back, where the driving back is a predicate with its places.

    Parameters
    ----------
    predicates
        All of the report.
    """
    tried = clauses.tokens[clauses.tokens[predicate.token].head]
    if clauses.tokens[predicate.token].dep != "xcomp" or tried.lemma.lower() not in _TRYING:
        return False
    who = clauses.tokens[tried.head]
    if tried.dep == "acl" and who.dep in ("dobj", "nsubjpass"):
        verb = clauses.tokens[who.head]
    elif tried.dep == "ccomp" and tried.tag == "VBG" and clauses.children(tried.index, "nsubj"):
        verb = who  # the parser may take the noun for the subject of the trying alone
    else:
        return False
    # The parser may take "back" for a word of those who were driven.
    is_back = "back" in clauses.lower[verb.index + 1 : who.index + 1]
    is_back = is_back and verb.lemma.lower() in lexicon_words("attribution", "driven_back")
    is_repelled = verb.text.lower() in lexicon_words("attribution", "repelled")
    return (is_back or is_repelled) and any(verb.index in one.anchors for one in predicates if one is not predicate)
