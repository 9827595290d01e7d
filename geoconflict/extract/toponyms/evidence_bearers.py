"""Evidence that somebody or something else bears a name: a person whom a pronoun takes up, a ship behind an article."""

from __future__ import annotations

from geoconflict.extract.language.model import Document
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import HYPHENS, SPACES, Word

__all__ = ["bears_article", "is_told_of_as_somebody"]

_PRONOUNS = frozenset({"he", "her", "him", "his", "she", "who", "whom", "himself", "herself"})
_ASKING = frozenset({"who", "whom"})
_PRONOUN_WITHIN = 9
_NOT_NOUNS = frozenset({"VERB", "ADV", "ADP", "DET", "PRON", "AUX", "SCONJ", "INTJ", "CCONJ"})


def is_told_of_as_somebody(one: Proposal, words: tuple[Word, ...], document: Document) -> bool:
    """Whether "who", "his" or the like follows with no other name between: "X and his men", "X, who", "seized X at her home".

    "Reports on who did it" speak of nobody who was named.
    """
    end = document.sentence_at(one.start).end
    for at in range(one.last + 1, min(len(words), one.last + 1 + _PRONOUN_WITHIN)):
        word = words[at]
        if word.start >= end or word.capitalised or not {";", ":"}.isdisjoint(word.gap):
            return False
        if word.lower in _ASKING and at > one.last + 1:
            before = document.token_at(words[at - 1].start)
            if before is not None and before.pos in _NOT_NOUNS:
                return False
        if word.lower in _PRONOUNS:
            return True
    return False


def bears_article(one: Proposal, words: tuple[Word, ...], document: Document) -> bool:
    """Whether "the" stands before a town's name and no noun behind it: ships, hotels and papers are called so."""
    if one.first == 0 or words[one.first].gap not in SPACES or words[one.first - 1].lower != "the":
        return False
    if one.match is not None and set(one.match.kinds) - {"settlement", "admin1", "admin2"}:
        return False
    after = words[one.last + 1] if one.last + 1 < len(words) else None
    if after is None or after.gap not in (*SPACES, *HYPHENS, "/"):
        return one.followed_by not in ("'", "\u2019")
    token = document.token_at(after.start)
    return not after.capitalised and token is not None and token.pos in _NOT_NOUNS
