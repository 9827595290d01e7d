"""A verb of the present behind an act, in a headline: "Blast rips through market", "Fighting rages in X", "Bomb rocks X".

The model reads the verb as a plural noun, and the act as a word before it, or as the verb.
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

__all__ = ["with_verbs_behind_acts"]

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})


def with_verbs_behind_acts(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; where an act in the singular stands before what it does, that is the verb of the headline.

    A compound of English has no plural before "through", nor is anything called a "blast rips". What is named so, as "bomb
    attacks" are, is no verb of the list.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for act, verb in itertools.pairwise(tokens):
        lemma = _verb_of(verb)
        if lemma is None or act.text.lower() not in lexicon_words("event_grammar", "headline_acts"):
            continue
        root = _root(tokens, act, verb)
        if root is None:
            continue
        mended[verb.index] = replace(verb, lemma=lemma, pos="VERB", tag="VBZ", dep="ROOT", head=verb.index)
        mended[act.index] = replace(act, pos="NOUN", tag="NN", dep="nsubj", head=verb.index)
        if root.index > verb.index:
            mended[root.index] = replace(root, dep="dobj", head=verb.index)
        for token in hanging_on(tokens, below, {act.index, verb.index, root.index}):
            if token.index in (act.index, verb.index, root.index):
                continue
            if token.index < act.index:
                mended[token.index] = replace(token, head=act.index)
            elif token.head in (act.index, verb.index) and token.dep in ("appos", "dobj"):
                mended[token.index] = replace(token, dep="dobj", head=verb.index)
            elif token.head in (act.index, verb.index) or token.dep in ("acl", "prep", "npadvmod", "punct"):
                dep = "advcl" if token.dep == "acl" else token.dep
                mended[token.index] = replace(token, dep=dep, head=verb.index)
    return mended


def _verb_of(token: Token) -> str | None:
    """Return the lemma of the verb that a plural noun may be, None where it can be none."""
    word = token.text.lower()
    if token.tag not in _NOUNS or not word.endswith("s"):
        return None
    verbs = lexicon_words("event_grammar", "headline_verbs")
    forms = (word[:-1], word[:-2], f"{word[:-3]}y")
    return next((one for one in forms if one in verbs), None)


def _root(tokens: Sequence[Token], act: Token, verb: Token) -> Token | None:
    """Return the root of a sentence that has no other verb than one misread, which is the act, the verb or its object; None of others."""
    if act.head == verb.index:
        return verb if verb.head == verb.index else None
    if act.head == act.index:  # the act was taken for the verb: "Fighting rages", "Shelling wrecks a library"
        whom = tokens[verb.head]
        if verb.head == act.index:
            return act
        return whom if verb.dep == "compound" and (whom.dep, whom.head) == ("dobj", act.index) else None
    whom = tokens[act.head]
    is_one_noun = act.dep == verb.dep == "compound" and act.head == verb.head > verb.index
    return whom if is_one_noun and whom.head == whom.index else None
