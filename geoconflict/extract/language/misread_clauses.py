"""Two clauses joined by "and" that the parser takes for one: "Rebels shelled Gao and France bombed Kidal".

The small model makes "Gao and France" one party, and then rebels shelled nothing, or France was shelled and rebels bombed Kidal.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geoconflict.extract.language.token_trees import hanging_on
from geoconflict.extract.lexicon import lexicon_words

if TYPE_CHECKING:
    from geoconflict.extract.language.model import Token

__all__ = ["with_objects_of_first_clauses", "with_second_doers"]

_FINITE = ("VBD", "VBZ", "VBP")
_BEFORE_A_NAME = frozenset({"amod", "compound", "det", "nmod", "nummod", "poss"})


def with_objects_of_first_clauses(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "shelled Gao and France bombed Kidal" Gao is what was shelled, and France who bombed.

    The parser makes both the subject of the second verb, and that all the first verb has.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    has_object = {token.head for token in tokens if token.dep in ("dobj", "dative")}
    for subject in tokens:
        second = tokens[subject.head]
        if subject.dep != "nsubj" or second.dep != "ccomp" or second.tag not in _FINITE:
            continue
        first = tokens[second.head]
        if first.tag not in _FINITE or first.index in has_object or not first.index < subject.index < second.index:
            continue
        if first.lemma.lower() in lexicon_words("speech", "saying"):
            continue  # "said Gao and Kidal fell"
        whom = _right_behind(tokens, first)
        own = hanging_on(tokens, below, (whom.index,)) if whom is not None else []
        joined = [one for one in own if one.dep == "conj" and whom.index < one.index < second.index] if whom else []
        if whom is None or not joined or not any(one.dep == "cc" for one in own):
            continue
        if whom is subject and joined[-1].index == second.index - 1:
            mended[joined[-1].index] = replace(joined[-1], dep="nsubj", head=second.index)
        elif whom.head == subject.index == second.index - 1:  # "seized Goma and government troops fled"
            for one in joined:
                mended[one.index] = replace(one, dep="compound", head=subject.index)
        else:
            continue
        mended[whom.index] = replace(whom, dep="dobj", head=first.index)
        mended[second.index] = replace(second, dep="conj")
        for token in own:
            if token.dep == "cc":
                mended[token.index] = replace(token, head=first.index)
    return mended


def _right_behind(tokens: Sequence[Token], verb: Token) -> Token | None:
    """Return the name behind a verb that nothing but its own words parts from it."""
    for token in tokens[verb.index + 1 :]:
        if token.dep in _BEFORE_A_NAME and token.head > token.index and token.pos != "PROPN":
            continue
        if token.pos == "PROPN" and token.dep == "compound" and token.head == token.index + 1:
            continue  # "Khan Younis"
        return token if token.pos == "PROPN" else None
    return None


def with_second_doers(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; a name or a day does not share its preposition with who acts right behind it.

    "Fired rockets at Ashkelon and Israel bombed Gaza", "shelled Basra on Monday and Iraq bombed Kharg": a finite verb without a
    subject, right behind a noun that is joined to another, has that noun for its subject.
    """
    mended = list(tokens)
    days = lexicon_words("places", "calendar_words")
    owned = {token.head for token in tokens if token.dep in ("nsubj", "nsubjpass")}
    for doer, verb in itertools.pairwise(tokens):
        if doer.dep != "conj" or doer.pos not in ("PROPN", "NOUN") or doer.text.lower() in days:
            continue
        joined = tokens[doer.head]
        is_apart = joined.pos == "PROPN" or joined.text.lower() in days
        if not is_apart or verb.index in owned or verb.head >= doer.index:
            continue
        agrees = verb.tag != "VBP" or doer.tag in ("NNS", "NNPS")
        if agrees and verb.tag in _FINITE and verb.pos == "VERB" and verb.dep in ("conj", "advcl"):
            mended[doer.index] = replace(doer, dep="nsubj", head=verb.index)
            mended[verb.index] = replace(verb, dep="conj")
    return mended
