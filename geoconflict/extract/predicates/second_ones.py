"""Words that stand for one more of the kind before: "A bomb killed four in X, and another killed two in Y"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geoconflict.extract.numbers import read_number
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS, TriggerLexicon
from geoconflict.extract.predicates.triggers import Predicate, carry

__all__ = ["meant_by_second_one", "with_second_ones"]

_FINITE = ("VBD", "VBP", "VBZ")
_MARKS = frozenset({"after", "and", "as", "before", "while", "whereas"})
_SENTENCES_BACK = 2
_SINGULAR = ("CD", "DT", "JJ", "NN")


def with_second_ones(clauses: Clauses, found: Sequence[Predicate], lexicon: TriggerLexicon) -> list[Predicate]:
    """Return predicates in text order with those of words that stand for an event noun before: "another", "a second", "one in Y".

    The verb has a named place of its own, and does something to somebody: "another died" is a person, and of "another
    followed" nobody knows where.
    """
    owner = {one.token: one for one in found}
    more: list[Predicate] = []
    for token in clauses.tokens:
        verb = token.head
        if token.dep != "nsubj" or token.index in owner or clauses.tokens[verb].tag not in _FINITE:
            continue
        nouns = (meant_by_second_one(clauses, token.index), _one_of_several(clauses, token.index, owner))
        told_of = (owner[noun] for noun in nouns if noun in owner)
        meant = next((one for one in told_of if one.is_noun and one.sense.event_type in ARMED_EVENTS), None)
        if meant is None:
            continue
        has_place = clauses.names_a_place(verb) or any(
            clauses.tokens[below].pos == "PROPN" for _, below in clauses.preps(token.index)
        )
        told = owner.get(verb)
        does = clauses.objects(verb) or clauses.lower[verb] in lexicon.carriers
        if has_place and (does or (told is not None and not told.is_outcome)):
            at = token.index
            second = Predicate(at, token.start, token.end, list(meant.senses), is_noun=True, anchors={at})
            carry(clauses, lexicon, second)
            owner[at] = second
            more.append(second)
    return sorted([*found, *more], key=lambda one: (one.start, one.end, one.sense.name))


def meant_by_second_one(clauses: Clauses, index: int) -> int | None:
    """Return the noun that a subject such as "another" stands for: the subject of the clause, or of the sentence, before."""
    verb = clauses.tokens[index].head
    if not _stands_for_a_noun(clauses, index):
        return None
    token = clauses.tokens[verb]
    if token.dep == "conj" or (
        token.dep == "advcl" and all(mark.text.lower() in _MARKS for mark in clauses.children(verb, "mark"))
    ):
        above = token.head
    elif token.head == verb:
        first = clauses.document.sentence_at(token.start).first_token
        above = clauses.path_up(first - 1)[-1] if first else verb
    else:
        return None
    subjects = clauses.subjects(above) if above < verb else []
    meant = next((at for at in subjects if at < index and clauses.tokens[at].tag in _SINGULAR), None)
    if meant is None or clauses.tokens[meant].tag == "NN":
        return meant
    return meant_by_second_one(clauses, meant)


def _one_of_several(clauses: Clauses, index: int, owner: Mapping[int, Predicate]) -> int | None:
    """Return the plural of which a subject is one: "in two clashes. The first took place near X; the second, in Y, ..."."""
    word = clauses.lower[index]
    if not _stands_for_a_noun(clauses, index) or word not in grammar("ordinals") | {"latter", "other"}:
        return None
    sentence = clauses.document.sentence_at(clauses.tokens[index].start)
    start = sentence.first_token
    for _ in range(_SENTENCES_BACK):
        start = clauses.document.sentence_at(clauses.tokens[start - 1].start).first_token if start else 0
    for at in range(sentence.first_token - 1, start - 1, -1):
        if at in owner and clauses.tokens[at].tag == "NNS":
            counted = [read_number(child.text.lower()) for child in clauses.children(at, "nummod")]
            return at if any(number is not None and number > 1 for number in counted) else None
    return None


def _stands_for_a_noun(clauses: Clauses, index: int) -> bool:
    """Whether a subject is one more of what was told before: "another", "a second one", "the other", "one on Aleppo"."""
    word = clauses.lower[index]
    if clauses.tokens[index].dep != "nsubj" or any(
        child.text.lower() == "of" for child in clauses.children(index, "prep")
    ):
        return False  # "one of the soldiers"
    before = {child.text.lower() for child in clauses.children(index, "amod", "det", "nummod") if child.index < index}
    if word == "one":
        return bool(clauses.children(index, "prep")) or bool(before & (grammar("ordinals") | {"another", "other"}))
    return word == "another" or ((word == "other" or word in grammar("ordinals")) and bool(before))
