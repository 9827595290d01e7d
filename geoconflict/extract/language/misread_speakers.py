"""A name that the parser takes for the speaker behind it: "captured Avdiivka, President Smith announced".

The small model then reads "Avdiivka, President Smith" as one subject, and the town that was taken has no place in its clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geoconflict.extract.language.token_trees import hanging_on
from geoconflict.extract.lexicon import lexicon_words

if TYPE_CHECKING:
    from geoconflict.extract.language.model import Token

__all__ = [
    "with_clauses_behind_asides",
    "with_deeds_before_speakers",
    "with_sayings_behind_speakers",
    "with_speakers_apart",
    "with_speakers_behind_names",
    "with_what_listeners_are_told",
]

_FARTHEST_SPEAKER = 12
"""Tokens before a verb of saying among which its speaker is."""

_WITH_LISTENERS = frozenset({"assure", "inform", "notify", "tell"})
_BEFORE_A_NAME = frozenset({"compound", "det", "amod", "nmod", "poss"})


def with_speakers_apart(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; where verb, name, comma, speaker, verb of saying follow, the name is the first verb's object.

    The verb of saying then governs the first verb, as in every sentence that ends in ", X said".
    """
    mended = list(tokens)
    for name in tokens:
        if name.dep != "nsubj" or name.pos != "PROPN":
            continue
        after = tokens[name.index + 1 : name.index + 2]
        if not after or after[0].text != ",":
            continue
        saying = tokens[name.head]
        verb = _verb_before(tokens, name)
        speaker = next(
            (
                token
                for token in tokens[name.index + 2 : saying.index]
                if token.pos in ("PROPN", "NOUN")
                and (token.dep, token.head) in (("conj", name.index), ("appos", name.index), ("nsubj", saying.index))
            ),
            None,
        )
        if (
            saying.lemma.lower() not in lexicon_words("speech", "saying")
            or verb is None
            or speaker is None
            or any(token.head == name.index and token.dep == "cc" for token in tokens[name.index : speaker.index])
        ):
            continue
        mended[name.index] = replace(name, dep="dobj", head=verb.index)
        mended[speaker.index] = replace(speaker, dep="nsubj", head=saying.index)
        if saying.head == verb.index:
            above = saying.index if verb.head == verb.index else verb.head
            mended[saying.index] = replace(saying, dep=verb.dep, head=above)
            mended[verb.index] = replace(verb, dep="ccomp", head=saying.index)
    return mended


def with_speakers_behind_names(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "fired at men of X, the governor of Y said" the governor speaks, and is nothing of X.

    The model takes him for another word for X, so that nobody says it and Y is where it happened.
    """
    mended = list(tokens)
    for saying in tokens:
        if saying.pos != "VERB" or saying.tag not in ("VBD", "VBZ", "VBP"):
            continue
        if saying.lemma.lower() not in lexicon_words("speech", "saying"):
            continue
        before = tokens[max(0, saying.index - _FARTHEST_SPEAKER) : saying.index]
        comma = next((token for token in reversed(before) if token.text == ","), None)
        if comma is None or any(token.dep == "nsubj" and token.head == saying.index for token in before):
            continue
        between = tokens[comma.index + 1 : saying.index]
        speaker = next((token for token in between if token.dep == "appos" and token.head < comma.index), None)
        if speaker is None or any(
            token is not speaker and not comma.index < token.head < saying.index for token in between
        ):
            continue
        mended[speaker.index] = replace(speaker, dep="nsubj", head=saying.index)
        verb = tokens[saying.head]
        if saying.dep == "conj" and verb.index < comma.index and verb.pos in ("VERB", "AUX"):
            above = saying.index if verb.head == verb.index else verb.head
            mended[saying.index] = replace(saying, dep=verb.dep, head=above)
            mended[verb.index] = replace(verb, dep="ccomp", head=saying.index)
    return mended


def with_deeds_before_speakers(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; a participle behind ", officials said," goes on with what is said: "hit X, they said, killing two".

    The small model hangs it on the saying, and who says it would have killed.
    """
    mended = list(tokens)
    said: dict[int, Token] = {}
    for token in tokens:
        if token.dep == "ccomp" and token.pos == "VERB" and token.index < token.head:
            said[token.head] = token
    for deed in tokens:
        told = said.get(deed.head)
        before = tokens[deed.index - 1] if deed.index else None
        if (
            told is not None
            and before is not None
            and deed.tag == "VBG"
            and deed.dep == "advcl"
            and deed.index > deed.head
            and before.text == ","
            and deed.lemma.lower() not in lexicon_words("speech", "saying")  # "they said, adding that"
            and tokens[deed.head].lemma.lower() in lexicon_words("speech", "saying")
            and any(token.text == "," for token in tokens[told.index + 1 : deed.head])
        ):
            mended[deed.index] = replace(deed, head=told.index)
    return mended


def with_sayings_behind_speakers(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "ten died, the ministry said, adding that" the ministry adds, and not the ten who died."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for more in tokens:
        told = tokens[more.head]
        if (
            more.tag != "VBG"
            or more.dep != "advcl"
            or not more.index
            or tokens[more.index - 1].text != ","
            or more.lemma.lower() not in lexicon_words("speech", "saying")
            or not told.index < more.index
        ):
            continue
        saying = tokens[told.head] if told.dep == "ccomp" else None
        if saying is None or not told.index < saying.index < more.index:
            behind = hanging_on(tokens, below, (told.index,))
            saying = next(
                (one for one in behind if one.dep == "parataxis" and told.index < one.index < more.index), None
            )
        if (
            saying is not None
            and saying.lemma.lower() in lexicon_words("speech", "saying")
            and any(one.dep == "nsubj" for one in hanging_on(tokens, below, (saying.index,)))
        ):
            mended[more.index] = replace(more, head=saying.index)
    return mended


def with_clauses_behind_asides(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "Rebels took X, officials say, and burned Y" the rebels burned it, and no officials.

    The model hangs what follows the aside on the verb of saying in it.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for saying in tokens:
        told = tokens[saying.head]
        if (
            saying.dep != "parataxis"
            or saying.lemma.lower() not in lexicon_words("speech", "saying")
            or not told.index < saying.index
        ):
            continue
        own = hanging_on(tokens, below, (saying.index,))
        speakers = [one for one in own if one.dep == "nsubj"]
        last = max([saying.index, *(one.index for one in speakers)])
        if not speakers or last + 1 >= len(tokens) or tokens[last + 1].text != ",":
            continue
        behind = [one for one in own if one.index > last + 1 and one.dep in ("advcl", "cc", "conj", "prep")]
        if any(one.lemma.lower() in lexicon_words("speech", "saying") for one in behind):
            continue  # "officials say, and add that"
        for one in behind:
            mended[one.index] = replace(one, head=told.index)
    return mended


def with_what_listeners_are_told(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "informed a newspaper they had taken X" the taking is what is told, and no trait of the paper.

    A clause that describes the listener lacks an object, "the mayor they had kidnapped".
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for deed in tokens:
        listener = tokens[deed.head]
        told = tokens[listener.head]
        if (
            (deed.dep, listener.dep) not in (("relcl", "dobj"), ("relcl", "dative"))
            or told.lemma.lower() not in _WITH_LISTENERS
            or not told.index < listener.index < deed.index
        ):
            continue
        own = hanging_on(tokens, below, (deed.index,))
        subjects = [one for one in own if one.dep == "nsubj"]
        is_whole = any(one.dep == "dobj" and one.index > deed.index for one in own)
        is_asked = any(one.tag in ("WDT", "WP", "WP$", "WRB") for one in own)
        if subjects and subjects[0].pos == "PRON" and is_whole and not is_asked:
            mended[deed.index] = replace(deed, dep="ccomp", head=told.index)
    return mended


def _verb_before(tokens: Sequence[Token], name: Token) -> Token | None:
    """Return the active verb without an object right before a name."""
    at = name.index - 1
    while at > 0 and tokens[at].head == name.index and tokens[at].dep in _BEFORE_A_NAME:
        at -= 1
    if at < 0 or tokens[at].pos != "VERB" or tokens[at].tag not in ("VBD", "VBN", "VBP", "VBZ", "VBG"):
        return None
    deps = {token.dep for token in tokens[max(0, at - 12) : name.index + 12] if token.head == at}
    return None if deps & {"dobj", "auxpass", "nsubjpass"} else tokens[at]
