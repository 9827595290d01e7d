"""Whose verb is whose: "Rockets fired from X struck Y", "In X, the army and rebels clashed".

The small model lets rockets fire, and what struck is then nothing's; or it lists the army with the place before the comma.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geoconflict.extract.language.token_trees import hanging_on
from geoconflict.extract.lexicon import lexicon_words

if TYPE_CHECKING:
    from geoconflict.extract.language.model import Token

__all__ = ["with_fired_munitions", "with_parties_behind_places"]

_FIRING = frozenset({"drop", "fire", "launch", "lob"})
_SECOND = frozenset({"advcl", "ccomp", "conj", "dep"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def with_fired_munitions(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "rockets fired from X struck Y" the striking is the verb, the firing describes the rockets."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    munitions = lexicon_words("event_grammar", "fired_munitions")
    for munition in tokens:
        fired = tokens[munition.head]
        if (
            munition.dep != "nsubj"
            or munition.text.lower() not in munitions
            or fired.lemma.lower() not in _FIRING
            or fired.tag not in ("VBD", "VBN")
            or fired.index < munition.index
        ):
            continue
        own = hanging_on(tokens, below, (fired.index,))
        second = next((one for one in own if one.index > fired.index and one.dep in _SECOND and one.tag == "VBD"), None)
        if second is None or any(one.text == "," for one in tokens[munition.index : second.index]):
            continue
        if any(one.dep in ("cc", "dobj", "aux", "mark") for one in own if one.index < second.index):
            continue
        if any(one.dep in _SUBJECTS or one.dep == "mark" for one in hanging_on(tokens, below, (second.index,))):
            continue
        is_root = fired.head == fired.index
        mended[second.index] = replace(second, dep=fired.dep, head=second.index if is_root else fired.head)
        mended[munition.index] = replace(munition, head=second.index)
        mended[fired.index] = replace(fired, tag="VBN", dep="acl", head=munition.index)
        for token in own:
            if token.index > second.index or token.index < munition.index:
                mended[token.index] = replace(token, head=second.index)
    return mended


def with_parties_behind_places(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "In X, the army and rebels clashed" the two are the subject, and no more of the place."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for prep in tokens:
        verb = tokens[prep.head]
        if (
            prep.dep != "prep"
            or prep.index > verb.index
            or verb.tag not in ("VBD", "VBP", "VBZ")
            or not prep.text[:1].isupper()
            or any(one.dep in _SUBJECTS for one in hanging_on(tokens, below, (verb.index,)))
        ):
            continue
        for place in hanging_on(tokens, below, (prep.index,)):
            own = hanging_on(tokens, below, (place.index,))
            comma = next((one for one in own if one.text == "," and one.index > place.index), None)
            party = next(
                (one for one in own if one.dep == "conj" and comma is not None and one.index > comma.index), None
            )
            if comma is None or party is None or not party.index < verb.index:
                continue
            last = party
            while others := [one for one in hanging_on(tokens, below, (last.index,)) if one.dep == "conj"]:
                last = others[-1]
            between = tokens[last.index + 1 : verb.index]
            is_list = any(one.text == "," for one in tokens[comma.index + 1 : verb.index])
            if last is party or is_list or any(one.pos not in ("ADV", "PART") for one in between):
                continue
            mended[party.index] = replace(party, dep="nsubj", head=verb.index)
            mended[comma.index] = replace(comma, head=verb.index)
    return mended
