"""Mines that people dig in, told apart from those that go off: "an attack on a gold mine", "killed nine miners at a mine"."""

from __future__ import annotations

from geoconflict.extract.predicates.clauses import Clauses, grammar

__all__ = ["PIT_WORDS", "is_pit"]

PIT_WORDS = frozenset({"mine", "mines"})
_WITHIN = frozenset({"at", "in", "inside"})
_WORKERS = frozenset({"miner", "miners", "mineworkers"})


def is_pit(clauses: Clauses, index: int) -> bool:
    """Whether token `index` is a mine where something is dug: by what is dug, who works there, who is in it or what is done to it."""
    if clauses.lower[index] not in PIT_WORDS:
        return False
    token = clauses.tokens[index]
    own = {child.text.lower() for child in clauses.children(index, "amod", "compound", "nmod")}
    if not own.isdisjoint(grammar("dug")):
        return True
    is_within = token.dep == "pobj" and clauses.lower[token.head] in _WITHIN
    deed = clauses.tokens[token.head].head if token.dep == "pobj" and clauses.lower[token.head] == "on" else token.head
    is_attacked = token.dep in ("dobj", "nsubjpass", "pobj") and clauses.lemma(deed) in grammar("done_to_pits")
    return is_within or is_attacked or not _WORKERS.isdisjoint(clauses.words_of(clauses.passage_of(index)))
