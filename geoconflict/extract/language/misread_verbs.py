"""A verb of the present that the tagger takes for a noun: "Rebels attack army base", "Turkey bombs Afrin".

Headlines and news tickers tell so. The small model reads one long compound noun and no verb, and nothing happens then.
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
    "with_acts_as_subjects",
    "with_denied_acts",
    "with_offensives",
    "with_perfect_verbs",
    "with_verbs_before_articles",
    "with_verbs_behind_listed_names",
    "with_verbs_behind_single_doers",
    "with_verbs_behind_subjects",
    "with_verbs_between_names",
    "with_verbs_of_headlines",
]


_FARTHEST_SUBJECT = 60
"""Tokens before an auxiliary among which its subject is."""


def with_verbs_of_headlines(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; where fighters or a name, a word of attacking and a noun make one noun, the word is a verb.

    English compounds have a singular first: "rebel attack" and "Turkey bomb" are nouns, "rebels attack" and "Turkey bombs"
    are none. A sentence with another verb at its root stays as it is.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for verb in tokens:
        form = _form(verb)
        if form is None:
            continue
        lemma, tag = form
        root, subject = _root_of_compound(tokens, verb), tokens[verb.index - 1]
        if (
            root is None
            or not verb.index <= subject.head <= root.index
            or not (_is_plural(subject) if tag == "VBP" else subject.pos == "PROPN" or tag == "VBD")
        ):
            continue
        mended[verb.index] = replace(verb, lemma=lemma, pos="VERB", tag=tag, dep="ROOT", head=verb.index)
        mended[subject.index] = replace(subject, dep="nsubj", head=verb.index)
        if root is not verb:
            mended[root.index] = replace(root, dep="dobj", head=verb.index)
        for token in hanging_on(tokens, below, (verb.index, root.index)):
            if token.index in (verb.index, subject.index, root.index):
                continue
            if token.index < subject.index:
                mended[token.index] = replace(token, head=subject.index)
            elif token.dep in ("acl", "punct"):  # "..., killing four"
                dep = "advcl" if token.dep == "acl" else token.dep
                mended[token.index] = replace(token, dep=dep, head=verb.index)
    return mended


def with_verbs_before_articles(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; a word of attacking with an article behind it is the verb that a sentence lacks.

    "Militants belonging to the X group attack a post": the model reads "group attack" as a noun, and fighters as the root.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for verb, article in itertools.pairwise(tokens):
        if verb.tag not in ("NN", "NNP") or article.tag not in ("DT", "PRP$"):
            continue
        lemma = verb.text.lower()
        if lemma not in lexicon_words("event_grammar", "misread_verbs") or article.head <= article.index:
            continue
        root = _root(tokens, verb)
        whom = tokens[article.head]
        if root.index >= verb.index or root.tag not in ("NNS", "NNPS", "NN", "NNP") or not _is_plural(root):
            continue
        mended[verb.index] = replace(verb, lemma=lemma, pos="VERB", tag="VBP", dep="ROOT", head=verb.index)
        mended[root.index] = replace(root, dep="nsubj", head=verb.index)
        mended[whom.index] = replace(whom, dep="dobj", head=verb.index)
        before = tokens[verb.index - 1]
        if before.head == verb.index and before.dep == "compound":  # "the X group" is what they belong to
            mended[before.index] = replace(before, dep=verb.dep, head=verb.head)
        for token in hanging_on(tokens, below, range(root.index, verb.index + 1)):
            if token.index in (verb.index, root.index, whom.index, before.index):
                continue
            if token.head == verb.index and token.index < verb.index:
                mended[token.index] = replace(token, head=before.index)
            elif token.index > whom.index and root.index <= token.head < verb.index:
                mended[token.index] = replace(token, head=verb.index)
    return mended


def with_verbs_behind_single_doers(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "a warplane fired missiles" tells what one did, and of no missiles that are "warplane-fired".

    The article shows it: none stands before a plural.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for doer, verb in itertools.pairwise(tokens):
        what = tokens[verb.head]
        is_misread = verb.tag in ("VBN", "VBD") and verb.dep == "amod" and what.tag == "NNS" and what.head == what.index
        if not is_misread or doer.tag != "NN" or doer.head not in (verb.index, what.index) or what.index < verb.index:
            continue
        own = hanging_on(tokens, below, (verb.index, what.index))
        if not any(
            token.text.lower() in ("a", "an") and token.dep == "det" and token.index < doer.index for token in own
        ):
            continue
        mended[verb.index] = replace(verb, pos="VERB", tag="VBD", dep="ROOT", head=verb.index)
        mended[doer.index] = replace(doer, dep="nsubj", head=verb.index)
        mended[what.index] = replace(what, dep="dobj", head=verb.index)
        for token in own:
            if token.index in (doer.index, verb.index, what.index):
                continue
            if token.index < doer.index:
                mended[token.index] = replace(token, head=doer.index)
            elif token.index > what.index:
                mended[token.index] = replace(token, dep="advcl" if token.dep == "acl" else token.dep, head=verb.index)
    return mended


def with_verbs_behind_subjects(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; in "The X captured Yell" something was captured, and there is no Yell that is "X-captured".

    The model hangs the past on the name as a trait of it, and who did it on the past; a trait has no subject, and without a hyphen
    no doer.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for doer, verb in itertools.pairwise(tokens):
        if verb.dep not in ("amod", "compound") or doer.head != verb.index:
            continue
        whom = tokens[verb.head]
        is_past = verb.tag in ("VBD", "VBN") or verb.text in lexicon_words("event_grammar", "misread_pasts")
        is_doer = doer.dep == "nsubj" or (doer.dep == "npadvmod" and doer.pos == "PROPN")
        if not (is_past and is_doer) or whom.dep not in ("ROOT", "ccomp", "dep"):
            continue
        if whom.index < verb.index or whom.pos not in ("NOUN", "PROPN"):
            continue
        is_root = whom.head == whom.index
        dep = "ccomp" if whom.dep == "dep" else whom.dep
        mended[verb.index] = replace(verb, pos="VERB", tag="VBD", dep=dep, head=verb.index if is_root else whom.head)
        mended[doer.index] = replace(doer, dep="nsubj")
        mended[whom.index] = replace(whom, dep="dobj", head=verb.index)
        for token in hanging_on(tokens, below, (whom.index,)):
            if token.index in (whom.index, verb.index):
                continue
            if token.index < doer.index:
                is_of_doer = token.dep in ("det", "amod", "compound", "nmod", "nummod", "poss")
                mended[token.index] = replace(token, head=doer.index if is_of_doer else verb.index)
            elif token.index > whom.index and token.dep in ("prep", "acl", "advcl", "npadvmod"):
                is_its = token.text.lower() == "of"
                mended[token.index] = replace(
                    token,
                    head=whom.index if is_its else verb.index,
                    dep="advcl" if token.dep == "acl" else token.dep,
                )
    return mended


def with_offensives(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "an offensive south of X" is an offensive, which the model takes for a word of the south."""
    mended = list(tokens)
    for noun, side in itertools.pairwise(tokens):
        if (
            noun.pos != "ADJ"
            or noun.text.lower() != "offensive"
            or noun.head != side.index
            or side.lemma.lower() not in lexicon_words("places", "directions")
        ):
            continue
        mended[noun.index] = replace(noun, pos="NOUN", tag="NN", dep=side.dep, head=side.head)
        mended[side.index] = replace(side, pos="ADV", tag="RB", dep="advmod", head=noun.index)
        for token in tokens[max(0, noun.index - 3) : noun.index]:
            if token.head == side.index:
                mended[token.index] = replace(token, head=noun.index)
    return mended


def _root(tokens: Sequence[Token], token: Token) -> Token:
    """Return the token at the root of a sentence."""
    while token.head != token.index:
        token = tokens[token.head]
    return token


def _form(token: Token) -> tuple[str, str] | None:
    """Return lemma and tag of the verb that a noun may be; None where it can be none."""
    if token.pos not in ("NOUN", "PROPN", "ADJ") and token.dep != "compound":
        return None
    word = token.text.lower()
    if token.pos in ("NOUN", "PROPN", "ADJ") and word in lexicon_words("event_grammar", "misread_pasts"):
        return word, "VBD"
    if token.dep != "compound":
        return None
    verbs = lexicon_words("event_grammar", "misread_verbs")
    if word in verbs:
        return word, "VBP"
    return (word[:-1], "VBZ") if word[-1:] == "s" and word[:-1] in verbs else None


def with_acts_as_subjects(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; an act that begins a sentence before its verb is the subject: "Shelling hit X".

    The model reads the act as the verb, and what it did as the aim of it.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for act in tokens:
        if act.tag == "VBG" and act.dep == "advcl" and _is_told_to_do(tokens, act):
            mended[act.index] = replace(act, pos="NOUN", tag="NN", dep="nsubj")
            continue
        if _is_behind_after(tokens, act):
            verb, prep = tokens[act.index + 1], tokens[act.head]
            mended[act.index] = replace(act, pos="NOUN", tag="NN", dep="nsubj", head=verb.index)
            mended[prep.index] = replace(prep, dep="mark", head=verb.index)
            continue
        if act.tag != "VBG" or act.dep not in ("ROOT", "aux", "csubj", "ccomp"):
            continue
        after = tokens[act.index + 1 : act.index + 2]
        if (
            act.text.lower() not in lexicon_words("event_grammar", "misread_acts")
            or not after
            or (after[0].tag not in ("VBD", "VBZ", "VBP") and (act.dep, after[0].tag) != ("aux", "VBN"))
            or (after[0].head != act.index and act.head != after[0].index)
        ):
            continue
        verb = after[0]
        above = verb.index if act.head == act.index else act.head
        if act.head != verb.index:  # the act stood above its verb, which takes its place
            mended[verb.index] = replace(verb, dep=act.dep, head=above)
            for token in hanging_on(tokens, below, (act.index,)):
                if token.index > verb.index:
                    mended[token.index] = replace(token, head=verb.index)
        elif verb.tag == "VBN":  # "after shelling killed two"
            mended[verb.index] = replace(verb, tag="VBD")
        mended[act.index] = replace(act, pos="NOUN", tag="NN", dep="nsubj", head=verb.index)
    return mended


def _is_told_to_do(tokens: Sequence[Token], act: Token) -> bool:
    """Whether an act with "of" behind it stands before a verb without a subject: "Shelling of the road killed a woman"."""
    if act.text.lower() not in lexicon_words("event_grammar", "misread_acts") or act.head < act.index:
        return False
    below = [token for token in tokens[max(0, act.index - 1) : act.head] if token.head in (act.index, act.head)]
    return (
        any(token.head == act.index and token.text.lower() == "of" for token in below)
        and all(token.dep not in ("nsubj", "nsubjpass", "csubj", "punct") for token in below)
        and tokens[act.head].tag in ("VBD", "VBZ", "VBP")
    )


def _is_behind_after(tokens: Sequence[Token], act: Token) -> bool:
    """Whether an act behind "after" is read apart from its verb, which has no subject then: "days after fighting killed two"."""
    verb = tokens[act.index + 1] if act.index + 1 < len(tokens) else act
    prep = tokens[act.head]
    return (
        (act.tag, act.dep, prep.index) == ("VBG", "pcomp", act.index - 1)
        and act.text.lower() in lexicon_words("event_grammar", "misread_acts")
        and prep.text.lower() in ("after", "before")
        and (verb.tag, verb.dep) == ("VBD", "advcl")
    )


def with_denied_acts(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; an act right behind a verb of denying is a verb: "denied massacring civilians".

    The model reads it as an adjective. "Denied mounting allegations" has one.
    """
    mended = list(tokens)
    for deny, act in itertools.pairwise(tokens):
        if act.tag != "VBG" or act.dep != "amod":
            continue
        whom = tokens[act.head]
        if (
            deny.lemma.lower() == "deny"
            and (whom.dep, whom.head) == ("dobj", deny.index)
            and whom.text.lower() not in lexicon_words("attribution", "deniable")
        ):
            mended[act.index] = replace(act, pos="VERB", dep="xcomp", head=deny.index)
            mended[whom.index] = replace(whom, head=act.index)
    return mended


def with_verbs_between_names(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; where a participle stands between two names, the first of a list, it is the verb of the sentence.

    "Fighters of the Islamic State in Iraq and the Levant captured Tikrit": the small model lists the fighters and a captured town.
    No noun phrase has a participle between two names.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for verb in tokens:
        if verb.tag != "VBN" or verb.dep != "amod" or verb.pos != "VERB" or not 0 < verb.index < len(tokens) - 1:
            continue
        before, target = tokens[verb.index - 1], tokens[verb.index + 1]
        subject = tokens[target.head]
        if (
            verb.head != target.index
            or not before.pos == target.pos == "PROPN"
            or target.dep != "conj"
            or before.head != target.index
            or subject.pos not in ("NOUN", "PROPN")
            or not subject.index < before.index
        ):
            continue
        above = (subject.dep, subject.head) if subject.dep != "ROOT" else ("ROOT", verb.index)
        is_told = subject.dep != "ROOT" and tokens[subject.head].pos == "VERB"
        mended[verb.index] = replace(verb, tag="VBD", dep="ccomp" if is_told else above[0], head=above[1])
        mended[subject.index] = replace(subject, dep="nsubj", head=verb.index)
        mended[target.index] = replace(target, dep="dobj", head=verb.index)
        mended[before.index] = replace(before, dep="conj", head=subject.index)
        for token in hanging_on(tokens, below, (subject.index, target.index)):
            if token.index in (verb.index, target.index, before.index):
                continue
            if token.index > target.index and token.dep != "punct":
                mended[token.index] = replace(token, head=verb.index)
            elif token.index < before.index and token.head == target.index:
                mended[token.index] = replace(token, head=before.index)
    return mended


def with_verbs_behind_listed_names(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "Militants of X and Y seize Z" the seizing is the verb, and Y one more name of theirs.

    The model lists the militants and a "Y seize", of which Z is another name.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for name, verb, target in zip(tokens, tokens[1:], tokens[2:], strict=False):
        doers = tokens[verb.head]
        if (
            (verb.dep, verb.pos) not in (("conj", "NOUN"), ("conj", "PROPN"))
            or verb.text not in lexicon_words("event_grammar", "misread_verbs")
            or not _is_plural(doers)
            or doers.index > name.index
            or (name.pos, name.head) != ("PROPN", verb.index)
            or (target.pos, target.head) != ("PROPN", verb.index)
        ):
            continue
        is_root = doers.head == doers.index
        mended[verb.index] = replace(
            verb, pos="VERB", tag="VBP", dep=doers.dep, head=verb.index if is_root else doers.head
        )
        mended[doers.index] = replace(doers, dep="nsubj", head=verb.index)
        mended[name.index] = replace(name, dep="conj", head=doers.index)
        mended[target.index] = replace(target, dep="dobj")
        for token in hanging_on(tokens, below, (doers.index, verb.index)):
            if token.index in (doers.index, name.index, verb.index, target.index):
                continue
            if token.index > target.index and token.head == doers.index:
                head = target.index if token.dep == "appos" else verb.index
                mended[token.index] = replace(token, head=head)
            elif token.index < name.index and token.head == verb.index:
                mended[token.index] = replace(token, head=name.index)
    return mended


def with_perfect_verbs(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; a participle with an auxiliary of its own is a verb: "denied it had targeted civilians".

    The model reads it as an adjective of what follows, and hangs the subject on the auxiliary.
    """
    mended = list(tokens)
    participles = lexicon_words("event_grammar", "misread_participles")
    below: dict[int, list[Token]] = {}
    for had, verb in itertools.pairwise(tokens):
        whom = tokens[verb.head]
        is_object = (verb.dep, whom.dep, whom.head) == ("compound", "dobj", had.index) and whom.index > verb.index
        if is_object and verb.text in participles and had.lemma.lower() == "have":
            # "They had overrun X", where the model knows no such participle: they had an "overrun X".
            is_root = had.head == had.index
            mended[verb.index] = replace(
                verb, pos="VERB", tag="VBN", dep=had.dep, head=verb.index if is_root else had.head
            )
            for token in hanging_on(tokens, below, (had.index,)):
                if token.index != had.index:
                    mended[token.index] = replace(token, head=verb.index)
            mended[had.index] = replace(had, pos="AUX", dep="aux", head=verb.index)
            continue
        if had.dep != "aux" or verb.tag != "VBN":
            continue
        if (
            had.lemma.lower() != "have"
            or had.head != verb.index
            or verb.dep != "amod"
            or whom.dep != "dobj"
            or whom.index < verb.index
        ):
            continue
        mended[verb.index] = replace(verb, pos="VERB", dep="ccomp", head=whom.head)
        mended[whom.index] = replace(whom, head=verb.index)
        for token in tokens[max(0, had.index - _FARTHEST_SUBJECT) : had.index]:
            if token.head == had.index:
                mended[token.index] = replace(token, head=verb.index)
    return mended


def _is_plural(token: Token) -> bool:
    """Whether a word means fighters in the plural, or who is one and many: the police, the Taliban."""
    return token.text.lower() in lexicon_words("event_grammar", "misread_subjects")


def _root_of_compound(tokens: Sequence[Token], verb: Token) -> Token | None:
    """Return the noun at the root of the sentence that a word modifies; None where it is another, or no noun."""
    if verb.index == 0:
        return None
    token = verb
    while token.dep == "compound" and token.head > token.index:
        token = tokens[token.head]
    return token if token.dep == "ROOT" and token.pos in ("NOUN", "PROPN") else None
