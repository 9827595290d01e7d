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

__all__ = [
    "with_doers_before_times",
    "with_doers_before_verbs",
    "with_doers_known_as",
    "with_objects_before_participles",
    "with_objects_before_times",
    "with_objects_of_first_clauses",
    "with_results_behind_asides",
    "with_second_doers",
    "with_whose_clauses",
]

_TOWNS = frozenset({"capital", "city", "town", "village"})
_FINITE = ("VBD", "VBZ", "VBP")
_UNITS_OF_TIME = frozenset({"minute", "hour", "day", "week", "month", "year"})
_LONGEST_NAME = 6
"""Tokens, hyphens and article with it."""
_NAMING = frozenset({"call", "dub", "know", "nickname"})
_HANGING_NOUNS = frozenset({"appos", "attr", "compound", "conj", "dobj", "nsubj", "nsubjpass", "pobj", "poss"})
_BEFORE_A_SPAN = frozenset({"advmod", "amod", "det", "nummod", "quantmod"})
"""Between the comma and the unit of "just over a week after"."""
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
        if subject.dep != "nsubj" or subject.index > second.index or second.tag not in _FINITE:
            continue
        first = _first_verb(tokens, subject, second)
        if first is None or first.index in has_object or first.lemma.lower() in lexicon_words("speech", "saying"):
            continue  # "said Gao and Kidal fell"
        name = _name_right_behind(tokens, first)
        if not name:
            continue
        own = hanging_on(tokens, below, (name[-1].index,))
        is_ahead = first.dep == "advcl" and first.head == second.index
        if is_ahead:
            changed = _parted_at_comma(tokens, first, name, own, second)
        else:
            changed = _parted_at_and(first, name, own, subject, second)
        for token in changed:
            mended[token.index] = token
    return mended


def _parted_at_comma(
    tokens: Sequence[Token], first: Token, name: Sequence[Token], own: Sequence[Token], second: Token
) -> list[Token]:
    """Return what changes in "As rebels shelled Gao, France bombed Kidal", where both names are subjects; nothing in others."""
    whom, doer = name[-1], tokens[second.index - 1]
    if not any(one.text == "," for one in own) or not whom.index < doer.index:
        return []
    if doer.dep == "nsubj" and doer.head == second.index:
        return _as_object(name, first)
    joined = [one for one in own if one.dep in ("conj", "appos") and whom.index < one.index < second.index]
    if joined != [doer] or whom.head != second.index:
        return []
    return [*_as_object(name, first), replace(doer, dep="nsubj", head=second.index)]


def _parted_at_and(
    first: Token, name: Sequence[Token], own: Sequence[Token], subject: Token, second: Token
) -> list[Token]:
    """Return what changes in "shelled Gao and France bombed Kidal", the first verb at the head of the second; nothing in others."""
    whom = name[-1]
    joined = [one for one in own if one.dep == "conj" and whom.index < one.index < second.index]
    links = [one for one in own if one.dep == "cc"]
    if not joined or not links:
        return []
    if whom.head == second.index and joined[-1].index == second.index - 1:
        doers = [replace(joined[-1], dep="nsubj", head=second.index)]
    elif whom.head == subject.index == second.index - 1:  # "seized Goma and government troops fled"
        doers = [replace(one, dep="compound", head=subject.index) for one in joined]
    else:
        return []
    changed = [*_as_object(name, first), *doers, replace(second, dep="conj", head=first.index)]
    if first.head == second.index:
        head = first.index if second.head == second.index else second.head
        changed.append(replace(first, dep=second.dep, head=head))
    return changed + [replace(one, head=first.index) for one in links]


def _as_object(name: Sequence[Token], verb: Token) -> list[Token]:
    """Return the words of a name as the object of a verb."""
    *parts, head = name
    return [replace(head, dep="dobj", head=verb.index)] + [
        replace(one, dep="compound", head=head.index) for one in parts
    ]


def _first_verb(tokens: Sequence[Token], subject: Token, second: Token) -> Token | None:
    """Return the finite verb before a subject that the second verb hangs on, or that hangs on it, as a clause ahead does."""
    above = tokens[second.head]
    if second.dep == "ccomp" and above.tag in _FINITE and above.index < subject.index:
        return above
    nearest = next(
        (one for one in reversed(tokens[max(0, subject.index - _LONGEST_NAME) : subject.index]) if one.pos == "VERB"),
        None,
    )
    is_below = nearest is not None and nearest.head == second.index and nearest.dep in ("ccomp", "advcl")
    return nearest if is_below and nearest is not None and nearest.tag in _FINITE else None


def _name_right_behind(tokens: Sequence[Token], verb: Token) -> list[Token]:
    """Return the words of the name behind a verb that nothing but an article parts from it: "Gao", "Deir al-Balah", "the capital"."""
    name: list[Token] = []
    for token in tokens[verb.index + 1 : verb.index + 1 + _LONGEST_NAME]:
        if not name and token.pos == "NOUN" and token.lemma.lower() in _TOWNS:
            return [token]
        if token.pos == "PROPN" or (name and token.text == "-"):
            name.append(token)
        elif name or token.dep not in _BEFORE_A_NAME:
            break
    return name


def with_results_behind_asides(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "bombed Gao, a week after rebels took it, killing ten": the bombing killed, and no rebels did.

    The small model hangs the participle on the nearest verb, which stands in an aside that only says when.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    attacks = lexicon_words("event_grammar", "attacking")
    for result, comma in zip(tokens[1:], tokens, strict=False):
        aside = tokens[result.head]
        main = tokens[aside.head]
        if (
            (result.tag, result.dep, comma.text) != ("VBG", "advcl", ",")
            or result.lemma.lower() in lexicon_words("speech", "saying")
            or aside.dep != "advcl"
            or not main.index < aside.index < result.index
            or main.lemma.lower() not in attacks
        ):
            continue
        own = hanging_on(tokens, below, (aside.index,))
        only_dates = any(one.dep == "mark" and one.text.lower() in ("after", "before") for one in own)
        before = tokens[main.index + 1 : own[0].index]
        while before and before[-1].dep in _BEFORE_A_SPAN:
            before = before[:-1]
        if only_dates and before and before[-1].text == ",":
            mended[result.index] = replace(result, head=main.index)
    return mended


def with_second_doers(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; a name or a day does not share its preposition with who acts right behind it.

    "Fired rockets at Ashkelon and Israel bombed Gaza", "shelled Basra on Monday and Iraq bombed Kharg", "was shelled by Iran and
    Kharg was bombed": a finite verb without a subject, right behind a noun that is joined to another, has that noun for its subject.
    """
    mended = list(tokens)
    days = lexicon_words("places", "calendar_words")
    owned = {token.head for token in tokens if token.dep in ("nsubj", "nsubjpass")}
    for doer, following in itertools.pairwise(tokens):
        if doer.dep != "conj" or doer.pos not in ("PROPN", "NOUN") or doer.text.lower() in days:
            continue
        is_auxiliary = following.dep in ("aux", "auxpass") and following.head > following.index
        verb = tokens[following.head] if is_auxiliary else following
        joined = tokens[doer.head]
        is_apart = is_auxiliary or joined.pos == "PROPN" or joined.text.lower() in days
        if not is_apart or verb.index in owned or verb.head >= doer.index or verb.dep not in ("conj", "advcl"):
            continue
        agrees = following.tag != "VBP" or doer.tag in ("NNS", "NNPS")
        if agrees and following.tag in _FINITE and verb.pos == "VERB":
            dep = "nsubjpass" if following.dep == "auxpass" else "nsubj"
            mended[doer.index] = replace(doer, dep=dep, head=verb.index)
            mended[verb.index] = replace(verb, dep="conj")
    return mended


def with_objects_before_times(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "shelled Gao hours after France bombed Kidal": Gao was shelled, and no "Gao hours"."""
    mended = list(tokens)
    has_object = {token.head for token in tokens if token.dep == "dobj"}
    owned = {token.head for token in tokens if token.dep in ("nsubj", "nsubjpass")}
    for verb, name, unit in zip(tokens, tokens[1:], tokens[2:], strict=False):
        is_read_so = name.dep == "compound" and name.head == unit.index and name.pos == "PROPN"
        has_other = verb.index in has_object and not (unit.dep == "dobj" and unit.head == verb.index)
        if is_read_so and verb.tag in _FINITE and not has_other and unit.lemma.lower() in _UNITS_OF_TIME:
            mended[name.index] = replace(name, dep="dobj", head=verb.index)
            mended[unit.index] = replace(unit, dep="npadvmod")
    for doer, verb in itertools.pairwise(tokens):
        if doer.dep != "pobj":
            continue
        prep = tokens[doer.head]
        is_name = doer.pos == "PROPN" or doer.text.lower() in lexicon_words("event_grammar", "aged")
        is_read_so = is_name and prep.text.lower() in ("after", "before")
        if is_read_so and verb.tag in _FINITE and verb.pos == "VERB" and verb.index not in owned:
            mended[doer.index] = replace(doer, dep="nsubj", head=verb.index)
            mended[prep.index] = replace(prep, dep="mark", head=verb.index)
    return mended


def with_objects_before_participles(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "attacked students marching in Gao" the students were attacked, and nobody attacks a march."""
    mended = list(tokens)
    verbs = lexicon_words("event_grammar", "attacking") | lexicon_words("event_grammar", "harming_people")
    for whom, doing in itertools.pairwise(tokens):
        verb = tokens[doing.head]
        if (
            (whom.dep, whom.head, whom.pos) == ("nsubj", doing.index, "NOUN")
            and (doing.dep, doing.tag) == ("ccomp", "VBG")
            and verb.index < whom.index
            and verb.lemma.lower() in verbs
        ):
            mended[whom.index] = replace(whom, dep="dobj", head=verb.index)
            mended[doing.index] = replace(doing, dep="acl", head=whom.index)
    return mended


def with_doers_before_times(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "a second bomb minutes later hit a school": the bomb hit it, and no "bomb minutes"."""
    mended = list(tokens)
    for doer, unit, behind in zip(tokens, tokens[1:], tokens[2:], strict=False):
        is_read_so = doer.dep == "compound" and doer.head == unit.index and unit.dep in ("nsubj", "nsubjpass")
        is_time = unit.lemma.lower() in _UNITS_OF_TIME and behind.text.lower() in ("afterwards", "earlier", "later")
        if not is_read_so or not is_time or unit.head < behind.index:
            continue
        mended[doer.index] = replace(doer, dep=unit.dep, head=unit.head)
        mended[unit.index] = replace(unit, dep="npadvmod", head=behind.index)
        mended[behind.index] = replace(behind, dep="advmod", head=unit.head)
        for one in tokens[max(0, doer.index - _LONGEST_NAME) : doer.index]:
            if one.head == unit.index:
                mended[one.index] = replace(one, head=doer.index)
    return mended


def with_doers_before_verbs(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "but the army retook Sake": a noun is no part of the name of a verb, it is who does it."""
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    owned = {token.head for token in tokens if token.dep in ("nsubj", "nsubjpass")}
    for doer, verb in itertools.pairwise(tokens):
        if doer.dep != "compound" or doer.head != verb.index or doer.pos not in ("NOUN", "PROPN"):
            continue
        is_weapon = doer.lemma.lower() in lexicon_words(
            "event_grammar", "falling"
        )  # "missile strikes" are no deed of a missile
        if verb.pos != "VERB" or verb.tag not in ("VBD", "VBZ") or verb.index in owned or is_weapon:
            continue
        own = [
            one
            for one in hanging_on(tokens, below, (verb.index,))
            if one.index < doer.index and one.dep in _BEFORE_A_NAME
        ]
        mended[doer.index] = replace(doer, dep="nsubj")
        for one in own:
            mended[one.index] = replace(one, head=doer.index)
    return mended


def with_doers_known_as(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "when rebels known locally as Xanth attacked Yell" the rebels attacked, by whatever name.

    The small model takes the name for who attacked, and the rebels for the head of the sentence.
    """
    mended = list(tokens)
    for deed in tokens:
        known = tokens[deed.head]
        doer = tokens[known.head]
        names = [one for one in tokens[known.index + 1 : deed.index] if one.head == deed.index]
        mark = names[0] if names else None
        if (
            deed.tag not in _FINITE
            or deed.dep != "advcl"
            or known.lemma.lower() not in _NAMING
            or known.dep != "acl"
            or not doer.index < known.index < deed.index
            or doer.pos not in ("NOUN", "PROPN")
            or doer.dep in _HANGING_NOUNS
            or mark is None
            or mark.text.lower() != "as"
            or any(one.dep != "nsubj" for one in names[1:])
            or not names[1:]
        ):
            continue
        name = names[-1]
        mended[mark.index] = replace(mark, dep="prep", head=known.index)
        for one in names[1:-1]:
            mended[one.index] = replace(one, dep="compound", head=name.index)
        mended[name.index] = replace(name, dep="pobj", head=mark.index)
        for one in tokens:
            if one.head == doer.index and one.index != doer.index and (one.index > deed.index or one.dep == "advmod"):
                mended[one.index] = replace(one, head=deed.index)
        above = deed.index if doer.head == doer.index else doer.head
        mended[deed.index] = replace(deed, dep=doer.dep, head=above)
        mended[doer.index] = replace(doer, dep="nsubj", head=deed.index)
    return mended


def with_whose_clauses(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; of "told of a man whose house, near Gao, was hit" the house was hit, and nobody told that it was.

    The parser takes the last verb for that of the sentence, without a subject, and what stands before "whose" for its clause.
    """
    mended = list(tokens)
    below: dict[int, list[Token]] = {}
    for whose in tokens:
        owned, owner = tokens[whose.head], tokens[max(0, whose.index - 1)]
        if whose.tag != "WP$" or owned.dep != "appos" or owner.pos not in ("NOUN", "PROPN"):
            continue
        first = next((tokens[at] for at in _path_up(tokens, owned.index) if tokens[at].dep == "ccomp"), None)
        if first is None or not first.index < whose.index < first.head:
            continue
        last = tokens[first.head]
        own = hanging_on(tokens, below, (last.index,))
        if last.tag == "VBN" and any(one.dep == "auxpass" for one in own) and not any("subj" in one.dep for one in own):
            mended[owned.index] = replace(owned, dep="nsubjpass", head=last.index)
            above = first.index if last.head == last.index else last.head
            mended[first.index] = replace(first, dep=last.dep, head=above)
            mended[last.index] = replace(last, dep="relcl", head=_whole(tokens, owner).index)
    return mended


def _whole(tokens: Sequence[Token], part: Token) -> Token:
    """Return the noun that a chain of "of" begins with, on which the parser hangs clauses: "the death of members of a family"."""
    while part.dep == "pobj" and tokens[part.head].text == "of" and tokens[tokens[part.head].head].pos == "NOUN":
        part = tokens[tokens[part.head].head]
    return part


def _path_up(tokens: Sequence[Token], index: int) -> list[int]:
    path = [index]
    while tokens[path[-1]].head != path[-1]:
        path.append(tokens[path[-1]].head)
    return path
