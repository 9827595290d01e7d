"""Whose verb is whose: "Rockets fired from X struck Y", "In X, the army and rebels clashed".

The small model lets rockets fire, and what struck is then nothing's; or it lists the army with the place before the comma.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geoconflict.extract.language.token_trees import hanging_on
from geoconflict.extract.lexicon import lexicon_words, read_demonyms

if TYPE_CHECKING:
    from geoconflict.extract.language.model import Token

__all__ = [
    "with_acts_behind_doers",
    "with_deeds_of_the_disguised",
    "with_deeds_of_the_loyal",
    "with_fired_munitions",
    "with_firing_by_letters",
    "with_parties_behind_places",
    "with_pasts_before_objects",
    "with_people_called_by_age",
    "with_places_before_doers",
    "with_second_ones_as_subjects",
    "with_subjects_before_prepositions",
]

_BEFORE_A_CLAUSE = frozenset({",", "and", "while"})
_FIRING = frozenset({"drop", "fire", "launch", "lob"})
_FORCES = frozenset({"army", "junta", "military", "navy", "police"})
_OF_PEOPLE = frozenset({"appos", "attr", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "ROOT"})
_OPENING = frozenset({"At", "In", "Near", "Outside"})
_SECOND = frozenset({"advcl", "ccomp", "conj", "dep"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def with_acts_behind_doers(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; an act with "of" behind it that stands right behind its doers is the noun, not they.

    "Houthi shelling of Taiz killed two", "the rebel shelling of Taiz left two dead": the model lets the doers kill them.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for act in tokens[1:-1]:
        doers = tokens[act.index - 1]
        is_act = act.tag == "VBG" and act.text.lower() in lexicon_words("event_grammar", "misread_acts")
        if not is_act or doers.pos not in ("PROPN", "NOUN") or tokens[act.index + 1].text.lower() != "of":
            continue
        if doers.dep == "nsubj" and doers.head == act.index:
            mended[act.index] = replace(act, pos="NOUN", tag="NN")
        elif act.head == doers.index and act.dep in ("acl", "amod") and doers.dep in _SUBJECTS:
            mended[act.index] = replace(act, pos="NOUN", tag="NN", dep=doers.dep, head=doers.head)
            for token in hanging_on(tokens, below, (doers.index,)):
                if token.index > act.index:
                    mended[token.index] = replace(token, head=act.index)
        else:
            continue
        mended[doers.index] = replace(doers, dep="compound", head=act.index)
    return mended


def with_deeds_of_the_disguised(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "gunmen disguised as police killed ten" the gunmen killed them, and no police."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for trait, link in itertools.pairwise(tokens):
        deed = tokens[link.head]
        is_read_so = (
            link.text.lower() == "as" and link.dep == "mark" and deed.dep == "advcl" and deed.head == trait.index
        )
        if not is_read_so or trait.lemma.lower() not in lexicon_words("event_grammar", "disguising"):
            continue
        passed_for = [one for one in hanging_on(tokens, below, (deed.index,)) if one.dep == "nsubj"]
        men = tokens[trait.head] if trait.dep == "acl" else tokens[trait.index - 1]
        above = men if trait.dep == "acl" else trait
        is_theirs = above.head == above.index if men is above else (men.dep, men.head) == ("nsubj", trait.index)
        if not is_theirs or men.index > trait.index or len(passed_for) != 1:
            continue
        is_root = above.head == above.index
        mended[deed.index] = replace(deed, dep=above.dep, head=deed.index if is_root else above.head)
        mended[men.index] = replace(men, dep="nsubj", head=deed.index)
        mended[trait.index] = replace(trait, dep="acl", head=men.index)
        mended[link.index] = replace(link, dep="prep", head=trait.index)
        mended[passed_for[0].index] = replace(passed_for[0], dep="pobj", head=link.index)
        for one in hanging_on(tokens, below, (trait.index, above.index)):
            if one.index > deed.index:
                mended[one.index] = replace(one, head=deed.index)
    return mended


def with_deeds_of_the_loyal(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "Forces loyal to X took Y" the forces took it, and X did nothing."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    loyal = lexicon_words("leaders", "loyal")
    for trait in tokens:
        whose = tokens[trait.head]
        if not whose.index < trait.index or trait.lemma.lower() not in loyal:
            continue
        for prep in hanging_on(tokens, below, (trait.index,)):
            if prep.dep != "prep" or prep.text.lower() not in ("to", "with"):
                continue
            governed = [one for one in hanging_on(tokens, below, (prep.index,)) if one.dep == "pobj"]
            if not governed:
                _give_back_whom(tokens, mended, below, whose, prep)
            elif whose.head == whose.index:
                _give_back_deed(tokens, mended, below, whose, governed[0])
    return mended


def _give_back_whom(
    tokens: Sequence[Token], mended: list[Token], below: dict[int, list[Token]], whose: Token, prep: Token
) -> None:
    """Put the second subject of a verb behind the preposition: of "troops loyal to X took Y" the model makes two doers."""
    second = next(
        (
            one
            for one in hanging_on(tokens, below, (whose.head,))
            if one.index > prep.index and one.dep in _SUBJECTS and whose.dep in _SUBJECTS
        ),
        None,
    )
    if second is not None and all(one.pos not in ("VERB", "AUX") for one in tokens[prep.index : second.index]):
        mended[second.index] = replace(second, dep="pobj", head=prep.index)


def _give_back_deed(
    tokens: Sequence[Token], mended: list[Token], below: dict[int, list[Token]], whose: Token, lord: Token
) -> None:
    """Make a past that the model takes for a trait of the lord the verb of his men, where they have none."""
    deed = next((one for one in hanging_on(tokens, below, (lord.index,)) if (one.dep, one.tag) == ("acl", "VBD")), None)
    if deed is None:
        return
    mended[deed.index] = replace(deed, dep="ROOT", head=deed.index)
    mended[whose.index] = replace(whose, dep="nsubj", head=deed.index)
    for one in hanging_on(tokens, below, (whose.index,)):
        if one.index > deed.index:
            mended[one.index] = replace(one, head=deed.index)


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


def with_firing_by_letters(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "The FARC fired rockets at X" the letters fired, and "fired" is no trait of the rockets."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    munitions = lexicon_words("event_grammar", "fired_munitions")
    for fired in tokens[1:]:
        munition, doer = tokens[fired.head], tokens[fired.index - 1]
        if (
            fired.dep != "amod"
            or fired.tag != "VBD"
            or fired.lemma.lower() not in _FIRING
            or munition.dep != "ROOT"
            or munition.text.lower() not in munitions
            or doer.tag != "NNP"
            or not doer.text.isupper()
            or doer.head not in (fired.index, munition.index)
        ):
            continue
        for token in hanging_on(tokens, below, (munition.index,)):
            head = doer.index if token.index < doer.index and token.dep == "det" else fired.index
            mended[token.index] = replace(token, head=head)
        mended[doer.index] = replace(doer, dep="nsubj", head=fired.index)
        mended[fired.index] = replace(fired, dep="ROOT", head=fired.index)
        mended[munition.index] = replace(munition, dep="dobj", head=fired.index)
    return mended


def with_subjects_before_prepositions(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "Rockets with sarin hit X" the rockets hit it, with sarin: no past hangs on a preposition.

    "In what rebels said was" does, by its pronoun.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for verb in tokens:
        prep = tokens[verb.head]
        subject = tokens[prep.head]
        if (verb.dep, verb.tag, prep.dep) != ("pcomp", "VBD", "prep") or subject.pos not in ("NOUN", "PROPN"):
            continue
        own = hanging_on(tokens, below, (verb.index,))
        governed = [one for one in own if one.dep == "nsubj" and prep.index < one.index < verb.index]
        is_asked = any(one.tag in ("WDT", "WP", "WP$", "WRB") for one in tokens[prep.index : verb.index])
        if len(governed) != 1 or is_asked or not subject.index < prep.index:
            continue
        is_root = subject.head == subject.index
        dep = "ccomp" if subject.dep in ("dep", "nsubj") else subject.dep
        mended[verb.index] = replace(verb, dep=dep, head=verb.index if is_root else subject.head)
        mended[subject.index] = replace(subject, dep="nsubj", head=verb.index)
        mended[governed[0].index] = replace(governed[0], dep="pobj", head=prep.index)
    return mended


def with_pasts_before_objects(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "X's military seized power" the past is the verb, though it is read as a trait of power.

    A past describes no noun: "seized goods" has a participle.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for verb in tokens:
        whom = tokens[verb.head]
        doer = tokens[verb.index - 1] if verb.index else verb
        if (
            (verb.dep, verb.tag) != ("amod", "VBD")
            or whom.index < verb.index
            or doer.head != whom.index
            or doer.dep not in ("amod", "compound", "nmod")
            or doer.text.lower() not in lexicon_words("event_grammar", "misread_subjects") | _FORCES
        ):
            continue
        is_root = whom.head == whom.index
        mended[verb.index] = replace(verb, dep=whom.dep, head=verb.index if is_root else whom.head)
        mended[doer.index] = replace(doer, dep="nsubj", head=verb.index)
        mended[whom.index] = replace(whom, dep="dobj", head=verb.index)
        for token in hanging_on(tokens, below, (whom.index,)):
            if token.index < doer.index:
                mended[token.index] = replace(token, head=doer.index)
            elif token.index > whom.index:
                dep = "advcl" if token.dep == "acl" else token.dep
                mended[token.index] = replace(token, dep=dep, head=verb.index)
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


def with_people_called_by_age(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "a 21-year-old was shot" tells of a person, and "old" is the noun."""
    mended = list(tokens)
    for year, dash, old in zip(tokens, tokens[1:], tokens[2:], strict=False):
        is_age = dash.text == "-" and year.lemma.lower() == "year" and old.text.lower() in ("old", "olds")
        if is_age and old.dep in _OF_PEOPLE and old.pos != "NOUN":
            mended[old.index] = replace(old, pos="NOUN", tag="NN" if old.text.lower() == "old" else "NNS")
    return mended


def with_places_before_doers(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; in "In Misrata rebels attacked" the town is where, and the rebels are no "Misrata rebels".

    Without a comma the model leaves the preposition nothing to govern.
    """
    mended = list(tokens)
    governing = {token.head for token in tokens if token.dep in ("pobj", "pcomp")}
    for prep, first in itertools.pairwise(tokens):
        is_bare = prep.text in _OPENING and prep.index not in governing and first.text[:1].isupper()
        if not is_bare or first.dep not in ("compound", "amod", "nmod"):
            continue
        doers = first
        while doers.dep in ("compound", "amod", "nmod") and doers.head > doers.index:
            doers = tokens[doers.head]
        if doers.dep not in _SUBJECTS or doers.text[:1].isupper():
            continue
        name = [first, *_rest_of_name(tokens[first.index + 1 : doers.index])]
        last = name[-1]
        mended[last.index] = replace(last, dep="pobj", head=prep.index, pos="PROPN", tag="NNP")
        for one in name[:-1]:
            mended[one.index] = replace(one, dep="compound", head=last.index)
        mended[prep.index] = replace(prep, dep="prep", head=doers.head)
    return mended


def _rest_of_name(tokens: Sequence[Token]) -> list[Token]:
    """Return those of the tokens behind the first of a name that belong to it: "Deir ez-Zor", "Khan Younis" before "Israeli forces"."""
    name: list[Token] = []
    for at, token in enumerate(tokens):
        is_joined = token.text == "-" or any(one.text == "-" for one in tokens[at + 1 : at + 2])
        is_nation = token.text.lower() in read_demonyms()
        if is_nation or not (token.text[:1].isupper() or is_joined):
            break
        name.append(token)
    return name


def with_second_ones_as_subjects(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "and a second (one) wounded three" the second is who did it, and no "second-wounded" three."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for second, verb in itertools.pairwise(tokens):
        found = _of_a_number(tokens, second, verb) or _of_one(tokens, below, second, verb)
        if found is None:
            continue
        above, whom = found
        mended[second.index] = replace(second, dep="nsubj", head=verb.index)
        mended[verb.index] = replace(verb, tag="VBD", dep="conj", head=above.index)
        mended[whom.index] = replace(whom, dep="dobj", head=verb.index)
        article = tokens[second.index - 1]
        if article.dep == "det":
            mended[article.index] = replace(article, head=second.index)
        for token in hanging_on(tokens, below, (above.index,)):
            if token.index > whom.index and token.dep != "punct":
                mended[token.index] = replace(token, head=verb.index)
    return mended


def _of_a_number(tokens: Sequence[Token], second: Token, verb: Token) -> tuple[Token, Token] | None:
    """Return the verb before "a second", and whom what behind it was done to, where the model takes that for a trait of theirs."""
    if verb.dep != "amod" or verb.tag not in ("VBD", "VBN"):
        return None
    whom = tokens[verb.head]
    above = tokens[whom.head]
    article = tokens[second.index - 1] if second.index > 1 else second
    is_read_so = whom.pos in ("NOUN", "NUM")
    begins = article.dep == "det" and tokens[article.index - 1].text.lower() in _BEFORE_A_CLAUSE
    is_behind = above.index < article.index < whom.index and above.pos == "VERB"
    is_second = second.text.lower() in lexicon_words("event_grammar", "ordinals")
    return (above, whom) if is_read_so and begins and is_behind and is_second else None


def _of_one(
    tokens: Sequence[Token], below: dict[int, list[Token]], one: Token, verb: Token
) -> tuple[Token, Token] | None:
    """Return the verb before "another one", and whom what behind it was done to, where the model takes that for a trait of the one."""
    above = tokens[one.head]
    if (one.text.lower(), one.dep, verb.dep, verb.head, above.pos) != ("one", "conj", "acl", one.index, "VERB"):
        return None
    whom = next((token for token in hanging_on(tokens, below, (verb.index,)) if token.dep == "dobj"), None)
    return (above, whom) if whom is not None else None
