"""Who suffered it by name: "X is shot", "the killing of X". Nobody is killed or abducted twice within days.

Read from the quote by its words alone, since merging has no parse. A name is two capitalised words or more; a speaker, an
organisation and whoever stands behind a preposition ("killed in New Town", "shot by Guards") is none of those who suffered.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator

from geoconflict.events.rules import rules

__all__ = ["people_harmed", "people_named", "plain"]

_CAPITALISED = r"[^\W\d_a-z][\w’'-]+"
_PARTICLES = r"(?:al|el|bin|ben|ibn|abu|van|von|de|der|da|del|di)"
_NAME = re.compile(rf"(?<![\w’'-]){_CAPITALISED}(?:[\s-]+(?:{_PARTICLES}[\s-]+)?{_CAPITALISED})+")
_CLAUSE_END = re.compile(r"[.;:()]\s|[\"“”]")
_APPOSITION = re.compile(r",[^,]*,\s*$")
"""What describes the one named before it: "X, the head of the police, is shot"."""
_WORD = re.compile(r"[\w’'-]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_BEFORE = 240
"""Characters before "is killed" in which those who were are looked for: a list of names with their offices."""
_AFTER = 120
_LEAST_LETTERS = 3


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    known = rules()
    did = "|".join(sorted(known.harm_did))
    suffered = "|".join(sorted(known.harm_suffered))
    return (
        re.compile(rf"\b(?:{did})\b", re.IGNORECASE),
        re.compile(rf"(?:\b(?:is|are|was|were|been|being)\s+(?:[\w’'-]+\s+){{0,3}}?|,\s+)(?:{suffered})\b"),
        re.compile(rf"\b(?:{'|'.join(sorted(known.harm_cuts))})\b", re.IGNORECASE),
    )


def people_harmed(quote: str, start: int, end: int) -> frozenset[str]:
    """Return those who a quote says by name were killed, hurt or taken, in words near [start, end): initial and another name, folded."""
    return frozenset(key for name in _named(quote, start, end) for key in _keys(name))


def people_named(words: str) -> frozenset[str]:
    """Return every name in some words, in the form of :func:`people_harmed`."""
    return frozenset(key for name in _NAME.finditer(words) for key in _keys(name.group()))


def _named(quote: str, start: int, end: int) -> Iterator[str]:
    did, suffered, cuts = _patterns()
    first, last = max(0, start - rules().harm_near), end + rules().harm_near
    for found in did.finditer(quote, first, last):
        rest = _CLAUSE_END.split(quote[found.end() : found.end() + _AFTER], maxsplit=1)[0]
        name = _NAME.search(rest)
        if name is not None and not _stops(rest[: name.start()]) and not _is_of_group(rest, name.end()):
            yield name.group()
    first, last = max(0, start - rules().harm_near_suffered), end + rules().harm_near_suffered
    for found in suffered.finditer(quote, first, last):
        whole = quote[max(0, found.start() - _BEFORE) : found.start()]
        # "X, the head of the police, is shot"; "a cameraman, X, was killed".
        apposition = _APPOSITION.search(whole)
        for before in (_APPOSITION.sub("", whole), apposition.group() if apposition else ""):
            clause = cuts.split(_CLAUSE_END.split(before)[-1])[-1]
            yield from (name.group() for name in _NAME.finditer(clause) if not _is_of_group(clause, name.end()))


def _is_of_group(words: str, end: int) -> bool:
    """Whether a name says whose people they are: "a dozen Burkina Faso soldiers"."""
    after = _WORD.match(words, end + 1)
    return after is not None and after.group() in rules().groups


def _stops(between: str) -> bool:
    """Whether words between what was done and a name say that it was not done to the name."""
    words = _WORD.findall(between)
    return len(words) > rules().harm_reach or any(word.casefold() in rules().harm_stops for word in words)


def _keys(name: str) -> Iterator[str]:
    """Yield the initial with each further part of a name: of "Adil Moravec Tomas" one report may leave one out."""
    if _POSSESSIVE.search(name):  # "the capture of X's compound": it was not done to X
        return
    words = [word for word in _WORD.findall(name) if word.casefold() not in rules().titles]
    if words and words[0].casefold().partition("-")[0] in rules().number_words:  # "Two Russian pilots"
        del words[0]
    if len(words) < 2 or any(word.casefold() in rules().no_people for word in words):
        return
    first, *others = (plain(word) for word in words)
    for other in others:
        part = other.rpartition("-")[2]
        if len(part) >= _LEAST_LETTERS:
            yield f"{first[0]} {part}"


def plain(word: str) -> str:
    """Return a word folded, without accents."""
    if word.isascii():
        return word.lower()
    return "".join(one for one in unicodedata.normalize("NFKD", word).casefold() if not unicodedata.combining(one))
