"""A deed between its doers' name and what it is done to, which the parser takes for a part of that name.

"Forces of General Ratko Mladic overran Gorazde", "soldiers of Charles Taylor fought rebels", "fighters of the Maute group storm
Marawi": the small model reads one long noun phrase with "overran Gorazde", "fought rebels" or "storm Marawi" in it, and no verb.
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

__all__ = [
    "with_deeds_before_participles",
    "with_deeds_before_tellers",
    "with_deeds_behind_names",
    "with_deeds_in_relatives",
    "with_doers_of_names",
    "with_fallen_names",
    "with_people_shot_by_armed",
    "with_people_shot_dead",
    "with_unknown_passives",
    "with_unknown_pasts",
]

_NOMINAL = ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET", "PUNCT", "PART")
_VERBAL = frozenset({"ROOT", "ccomp", "conj", "advcl", "relcl", "xcomp"})
_GIVING = frozenset({"award", "call", "deny", "give", "grant", "name", "offer", "pay", "send", "show", "teach"})
"""Verbs whose participle may have an object: "men in cells given food"."""
_FARTHEST_SUBJECT = 30
"""Tokens before a deed among which its subject is."""
_FARTHEST_OBJECT = 6
"""Tokens from a deed to the noun that it is done to."""


def with_unknown_pasts(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; a past form that the tagger does not know is a verb where the parser gave it a verb's place."""
    return [
        replace(token, pos="VERB", tag="VBD")
        if token.pos in ("NOUN", "PROPN", "ADJ")
        and token.dep in _VERBAL
        and token.text in lexicon_words("event_grammar", "misread_pasts")
        else token
        for token in tokens
    ]


def with_unknown_passives(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; a participle that the tagger takes for a noun is one behind "was": "the camp was overrun"."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    passive = {token.head for token in tokens if token.dep == "auxpass"}
    participles = lexicon_words("event_grammar", "misread_participles")
    for deed in tokens:
        if deed.pos == "VERB" or deed.text not in participles:
            continue
        if deed.index in passive:
            mended[deed.index] = replace(deed, pos="VERB", tag="VBN")
            continue
        be = tokens[deed.head]
        if deed.dep not in ("attr", "acomp") or be.lemma.lower() != "be" or be.index > deed.index:
            continue
        is_root = be.head == be.index
        mended[deed.index] = replace(deed, pos="VERB", tag="VBN", dep=be.dep, head=deed.index if is_root else be.head)
        mended[be.index] = replace(be, dep="auxpass", head=deed.index)
        for one in hanging_on(tokens, below, (be.index,)):
            if one.head == be.index and one.index not in (be.index, deed.index):
                dep = "nsubjpass" if one.dep == "nsubj" else one.dep
                mended[one.index] = replace(one, dep=dep, head=deed.index)
    return mended


def with_deeds_behind_names(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; a deed between the name of its doers and what it is done to is the verb of the sentence."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for deed in tokens:
        form = _form(deed)
        if form is None or not 1 < deed.index < len(tokens) - 1:
            continue
        lemma, tag = form
        name, whom = tokens[deed.index - 1], tokens[deed.head]
        ends_name = name.pos == "PROPN" or (
            name.text.lower() in lexicon_words("event_grammar", "groupings") and deed.tag in ("NN", "NNP")
        )
        if (
            not ends_name
            or not deed.index < whom.index <= deed.index + _FARTHEST_OBJECT
            or whom.pos not in ("NOUN", "PROPN")
        ):
            continue
        if any(token.pos not in _NOMINAL for token in tokens[deed.index + 1 : whom.index]):
            continue
        found = _doers(tokens, name, deed, bands=tag == "VBD")
        if found is None:
            continue
        tie, doers = found
        above = tokens[doers.head] if doers.head != doers.index else doers
        is_behind = above.pos in ("VERB", "AUX") and above.index > whom.index
        is_told = is_behind and above.lemma.lower() in lexicon_words("speech", "saying")
        mended[deed.index] = replace(
            deed,
            lemma=lemma,
            pos="VERB",
            tag=tag,
            dep="ccomp" if is_told else "ROOT",
            head=above.index if is_told else deed.index,
        )
        mended[doers.index] = replace(doers, dep="nsubj", head=deed.index)
        mended[whom.index] = replace(whom, dep="dobj", head=deed.index)
        if is_behind and not is_told and above.dep == "ROOT":  # "storm X, burn Y": the next deed of the same doers
            mended[above.index] = replace(above, dep="conj", head=deed.index)
        if tie is not name:  # the name hung on what it was done to
            mended[name.index] = replace(name, dep="pobj" if tie.pos == "ADP" else "flat", head=tie.index)
        for token in hanging_on(tokens, below, (doers.index, deed.index, whom.index)):
            if token.index in (deed.index, doers.index, whom.index, name.index):
                continue
            hangs_on = token.head in (whom.index, doers.index, deed.index)
            if token.index > whom.index and hangs_on and token.text.lower() != "of":
                dep = ("advcl" if token.tag == "VBG" else "conj") if token.dep == "ROOT" else token.dep
                mended[token.index] = replace(token, head=deed.index, dep=dep)
            elif token.index < deed.index and token.head in (whom.index, deed.index):
                mended[token.index] = replace(token, head=name.index if token.index > doers.index else doers.index)
    return mended


def with_fallen_names(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; a name that the tagger takes for an adverb before "fell" is what fell: "Bakhmut fell"."""
    mended = list(tokens)
    for name, verb in itertools.pairwise(tokens):
        if (
            (name.tag, name.dep, name.head) != ("RB", "advmod", verb.index)
            or verb.text.lower() not in ("fell", "surrendered")
            or not name.text[:1].isupper()
            or name.text.lower() in lexicon_words("event_grammar", "sentence_adverbs")
            or name.text.endswith("ly")
            or any(
                token.head == verb.index and token.dep == "nsubj"
                for token in tokens[max(0, verb.index - 20) : verb.index]
            )
        ):
            continue
        mended[name.index] = replace(name, pos="PROPN", tag="NNP", dep="nsubj")
    return mended


def with_doers_of_names(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "forces of General X Y overran Z" the forces are the subject, and not the Y."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for doers in tokens:
        name = tokens[doers.head]
        if (
            doers.dep not in ("nsubj", "nmod")
            or name.dep not in ("nsubj", "nsubjpass")
            or not doers.index < name.index < name.head
            or name.pos in ("VERB", "AUX")
            or not name.text[:1].isupper()
            or tokens[name.index - 1].pos != "PROPN"
            or (doers.dep == "nmod" and tokens[doers.index + 1].text.lower() != "of")
            or doers.text.lower() not in lexicon_words("event_grammar", "misread_subjects")
        ):
            continue
        mended[doers.index] = replace(doers, head=name.head, dep=name.dep)
        mended[name.index] = replace(name, pos="PROPN", tag="NNP", dep="flat", head=name.index - 1)
        for token in hanging_on(tokens, below, (name.index,)):
            if token.index > name.index:
                mended[token.index] = replace(token, head=doers.index)
    return mended


def with_deeds_before_participles(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "Rebels attack X, killing twelve" the attack is the verb, not the killing."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    verbs = lexicon_words("event_grammar", "misread_verbs")
    for deed in tokens:
        if deed.index == 0 or deed.dep != "compound" or deed.text.lower() not in verbs:
            continue
        doers, whom = tokens[deed.index - 1], tokens[deed.head]
        result = tokens[whom.head]
        if (
            doers.text.lower() not in lexicon_words("event_grammar", "misread_subjects")
            or whom.index < deed.index
            or whom.dep != "nsubj"
            or (result.dep, result.tag) != ("ROOT", "VBG")
            or result.index < whom.index
            or any(token.head == result.index and token.dep == "aux" for token in tokens[whom.index : result.index])
        ):
            continue
        lemma = deed.text.lower()
        mended[deed.index] = replace(deed, lemma=lemma, pos="VERB", tag="VBP", dep="ROOT", head=deed.index)
        mended[doers.index] = replace(doers, dep="nsubj", head=deed.index)
        mended[whom.index] = replace(whom, dep="dobj", head=deed.index)
        mended[result.index] = replace(result, dep="advcl", head=deed.index)
        for token in hanging_on(tokens, below, (whom.index, result.index)):
            if token.index < doers.index:
                mended[token.index] = replace(token, head=doers.index)
    return mended


def with_deeds_in_relatives(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "the plan agreed in X is signed in Y" the signing is the verb, the agreeing describes the plan.

    The model takes the first for the verb, and the second, which has no subject then, for what somebody agreed.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for verb in tokens:
        deed = tokens[verb.head]
        if (
            verb.dep not in ("ccomp", "dep")
            or (deed.dep, deed.tag) != ("ROOT", "VBD")
            or deed.index > verb.index
            or not deed.text.endswith("ed")
        ):
            continue
        between = tokens[deed.index + 1 : verb.index]
        helping = [one for one in between if one.head == verb.index and one.dep in ("aux", "auxpass")]
        first = helping[0] if helping else verb
        subjects = [
            token
            for token in tokens[max(0, deed.index - _FARTHEST_SUBJECT) : deed.index]
            if (token.dep, token.head) == ("nsubj", deed.index)
        ]
        is_open = any(one.head == deed.index and one.dep in ("dobj", "cc", "punct", "mark") for one in between)
        has_own = any(one.head == verb.index and one.dep in ("nsubj", "nsubjpass", "expl", "mark") for one in between)
        is_finite = first.tag in ("VBZ", "VBD", "VBP")
        if not is_finite or len(subjects) != 1 or is_open or has_own or subjects[0].pos not in ("NOUN", "PROPN"):
            continue
        bearer = subjects[0]
        is_passive = any(one.dep == "auxpass" for one in helping)
        mended[verb.index] = replace(verb, dep="ROOT", head=verb.index)
        mended[bearer.index] = replace(bearer, head=verb.index, dep="nsubjpass" if is_passive else "nsubj")
        mended[deed.index] = replace(deed, tag="VBN", dep="acl", head=bearer.index)
        for token in hanging_on(tokens, below, (deed.index, verb.index)):
            if token.index <= deed.index:
                continue
            if token.head == deed.index and token.index > verb.index:
                mended[token.index] = replace(token, head=verb.index)
            elif token.head == verb.index and token.index < first.index:
                mended[token.index] = replace(token, head=deed.index)
    return mended


def with_deeds_before_tellers(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "An air strike killed at least nine people, X said" the strike killed, and X said so.

    The model takes the deed for a trait of its doers, or of what they ride ("Gunmen on motorbikes killed nine people"), though
    a participle has no object, and the doers for who said it.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for deed in tokens:
        beside = tokens[deed.head]
        if (deed.dep, deed.tag) != ("acl", "VBN") or deed.lemma.lower() in _GIVING or beside.index != deed.index - 1:
            continue
        doers = tokens[tokens[beside.head].head] if beside.dep == "pobj" else beside
        verb = tokens[doers.head]
        if doers.dep != "nsubj" or not doers.index < deed.index < verb.index:
            continue
        behind = hanging_on(tokens, below, (deed.index, verb.index))
        whom = [one for one in behind if (one.dep, one.head) == ("dobj", deed.index) and one.index > deed.index]
        tellers = [one for one in behind if (one.dep, one.head) == ("nsubj", verb.index) and one.index > deed.index]
        if whom and tellers:
            mended[deed.index] = replace(deed, tag="VBD", dep="ccomp", head=verb.index)
            mended[doers.index] = replace(doers, head=deed.index)
    return mended


def with_people_shot_dead(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "shot" before a "dead" that has an object is a verb: "men on a motorcycle shot dead a judge".

    The model takes it for a noun, "a motorcycle shot".
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for shot, dead in itertools.pairwise(tokens):
        if (shot.text.lower(), dead.text.lower()) != ("shot", "dead") or shot.pos == "VERB":
            continue
        around = hanging_on(tokens, below, (shot.index, dead.index))
        if not any((one.dep, one.head) == ("dobj", dead.index) for one in around):
            continue
        is_root = dead.head == dead.index
        mended[shot.index] = replace(
            shot, lemma="shoot", pos="VERB", tag="VBD", dep=dead.dep, head=shot.index if is_root else dead.head
        )
        mended[dead.index] = replace(dead, dep="acomp", head=shot.index)
        ridden = [one for one in around if (one.dep, one.head) == ("compound", shot.index)][-1:]
        for one in around:
            if one.index in (shot.index, dead.index):
                continue
            if one.head == dead.index:
                mended[one.index] = replace(one, head=shot.index)
            elif ridden and one is ridden[0]:
                mended[one.index] = replace(one, dep=shot.dep, head=shot.head)
            elif ridden:
                mended[one.index] = replace(one, head=ridden[0].index)
    return mended


def with_people_shot_by_armed(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "shot dead" behind what its doers bear is their deed: "men armed with rifles shot dead a judge".

    The model reads "armed with rifles shot", and no verb.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for shot, dead in itertools.pairwise(tokens):
        if (shot.text.lower(), dead.text.lower(), shot.dep) != ("shot", "dead", "pobj") or shot.pos == "VERB":
            continue
        doers = tokens[tokens[tokens[shot.head].head].head]
        while doers.dep in ("pobj", "prep") and doers.head < doers.index:
            doers = tokens[doers.head]  # "members of a gang armed with rifles"
        around = hanging_on(tokens, below, (shot.index, dead.index, doers.index))
        arms = [one for one in around if (one.dep, one.head, one.index) == ("compound", shot.index, shot.index - 1)]
        dead_people = next(
            (
                one
                for one in tokens[dead.index + 1 : dead.index + _FARTHEST_OBJECT]
                if one.pos in ("NOUN", "PROPN") and one.dep in ("appos", "dobj")
            ),
            None,
        )
        if not arms or dead_people is None or doers.index > shot.head or doers.pos not in ("NOUN", "PROPN"):
            continue
        is_root = doers.head == doers.index
        mended[shot.index] = replace(
            shot, lemma="shoot", pos="VERB", tag="VBD", dep=doers.dep, head=shot.index if is_root else doers.head
        )
        mended[doers.index] = replace(doers, dep="nsubj", head=shot.index)
        mended[arms[0].index] = replace(arms[0], dep="pobj", head=shot.head)
        mended[dead.index] = replace(dead, dep="acomp", head=shot.index)
        mended[dead_people.index] = replace(dead_people, dep="dobj", head=shot.index)
        for one in around:
            if one.index > dead.index and one.head == doers.index and one is not dead_people:
                mended[one.index] = replace(one, head=shot.index)
            elif one.index < arms[0].index and one.head == shot.index:
                mended[one.index] = replace(one, head=arms[0].index)
    return mended


def _form(token: Token) -> tuple[str, str] | None:
    """Return lemma and tag of the verb that a word of a noun phrase may be; None where it can be none."""
    word = token.text
    if token.dep not in ("amod", "compound", "nmod") or not word.islower():
        return None
    if word in lexicon_words("event_grammar", "misread_pasts"):
        return word, "VBD"
    if token.tag in ("VBD", "VBN") and token.dep == "amod":
        return (token.lemma, "VBD") if word not in lexicon_words("event_grammar", "linking_participles") else None
    if token.tag in ("NN", "NNP") and word in lexicon_words("event_grammar", "misread_verbs"):
        return word, "VBP"
    return None


def _doers(tokens: Sequence[Token], name: Token, deed: Token, *, bands: bool) -> tuple[Token, Token] | None:
    """Return the word before a deed that ties its doers' name to them, the name itself or "of", and the noun for the doers.

    The words of the name may hang on what it was done to. None where no noun for fighters, or with `bands` for a band of
    them, stands above: "the militant group X attacked Y" has a verb, "the militant group attack" none.
    """
    nouns = lexicon_words("event_grammar", "misread_subjects")
    nouns |= lexicon_words("event_grammar", "bands") if bands else frozenset()
    tie = name
    while True:
        top = tie
        while top.head < deed.index and top.head != top.index:
            top = tokens[top.head]
        if top.text.lower() in nouns:
            return (tie, top) if top is not name else None
        if tie.index == 0 or tie.pos not in ("PROPN", "ADP", "DET", "NOUN", "ADJ"):
            return None
        tie = tokens[tie.index - 1]
