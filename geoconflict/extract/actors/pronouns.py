"""Whom words mean that name nobody's side: "they" and "the group" by who acted before, a person's name by what it is told to be."""

from __future__ import annotations

from collections.abc import Mapping

from geoconflict.extract.lexicon import read_people
from geoconflict.extract.predicates.clauses import Clauses

__all__ = ["may_have_acted_before", "said_to_be"]

_OF_SIDES = ("fighting_persons", "militia", "police", "rebels")
"""Classes of nouns for one person that say in whose ranks he fights; "the leader of the party" need not."""
_MEMBERS = frozenset({"member"})
_GROUPS = frozenset({"group", "groups"})


def may_have_acted_before(clauses: Clauses, index: int) -> list[int]:
    """Return the nouns of the sentence before that "they" or "the group" at token `index` may stand for: those that act there.

    Only the subject of a main clause points back, or of what is told before its teller, "they killed ten, officials said": of
    "they" behind "officials said that" the officials may be meant. What ends a paragraph says nothing of the next one.
    """
    verb = clauses.clause_head(index)
    while clauses.tokens[verb].dep == "conj" and clauses.is_verb(clauses.tokens[verb].head):
        verb = clauses.tokens[verb].head
    here = clauses.passage_of(index)
    token = clauses.tokens[verb]
    is_told_first = token.dep == "ccomp" and token.head > verb
    if clauses.tokens[index].dep != "nsubj" or not (token.head == verb or is_told_first) or not here.index:
        return []
    if clauses.lower[index] in _GROUPS and not any(
        child.text.lower() == "the" for child in clauses.children(index, "det")
    ):
        return []
    before = clauses.passages[here.index - 1]
    if "\n\n" in clauses.document.text[before.start : here.start]:
        return []
    return [
        token.index
        for token in clauses.document.tokens_between(before.start, before.end)
        if token.dep == "nsubj" and token.pos in ("NOUN", "PROPN")
    ]


def said_to_be(clauses: Clauses, index: int, nouns: Mapping[str, frozenset[str]]) -> int | None:
    """Return the noun that tells behind a person's name who that is: "Jane Roe, a commander", "a judge"; None without one.

    What else stands there, "a critic of the militia", says nothing of his side. `nouns` are those of the lexicon of actors.
    """
    if clauses.tokens[index].pos != "PROPN":
        return None
    known = _MEMBERS.union(*(nouns[kind] for kind in _OF_SIDES))
    told = (child for child in clauses.children(index, "appos") if child.pos == "NOUN" and child.index > index)
    return next(
        (child.index for child in told if child.text.lower() in known or child.lemma.lower() in read_people()), None
    )
