"""Reports that are a party's own words, by their heading: "Daily briefing of the Ministry of Defence", "Iraqi police: Troops ...".

So are lines that end with whose words they are: "Rebels capture X: army". What follows such a heading is told by that party, unless its sentence names another speaker. Decided on the words alone.
"""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.extract.layout.signed_lines import signed_lines
from geoconflict.extract.lexicon import any_form, lexicon_words, read_lexicon
from geoconflict.extract.predicates.clauses import FINITE_TAGS, Clauses
from geoconflict.extract.predicates.passages import Passage

__all__ = ["Communique", "communique_at", "find_communiques", "find_signed"]

_LONGEST_HEADING = 160
"""Code points of a heading."""
_LONGEST_NAME = 10
"""Words of the name of a body that tells something."""
_CLOSED = re.compile(r":(?=\s)|\n")
_DATELINE = re.compile(r"^[^\n]{0,60}?\s(?:--|[–—-])\s+")
_MARKS = re.compile(r"^(?:\W|\[text\])*", re.IGNORECASE)
_BRACKETS = re.compile(r"\[\s*(?P<kind>[^\]\n]+?)\s*\]\s*\[\s*(?P<teller>[^\]]+?)\s*\]", re.IGNORECASE)
_ENDS_OF_NAME = re.compile(
    r"[,;(–—]|\s-\s|\s(?:on|as of|dated|about|regarding|concerning|at|after|following)\s|\s(?:for\s+)?(?=\d)",
    re.IGNORECASE,
)
_BESIDES = frozenset({"after", "against", "at", "by", "from", "in", "near", "on", "over", "to", "with"})
"""Words that no name of a body has: "attack on the army"."""
_NAME_BEHIND_TITLE = 4
_SHORT_NAME = 3
"""Words of a name right before what it has issued: "Hamas statement"."""
_QUOTES = str.maketrans({"’": "'", "‘": "'"})


@dataclass(frozen=True, slots=True)
class Communique:
    """A stretch of a report that one party tells, with the name of the party as its heading gives it."""

    start: int
    end: int
    teller: str
    named: tuple[int, int]
    """Where the name stands."""
    is_of_armed: bool
    """Whether the party has troops: "the Ministry of Defence", and no ministry of health."""


def find_communiques(clauses: Clauses) -> tuple[Communique, ...]:
    """Return what parties tell under headings of their own, in text order."""
    found: list[tuple[Passage, Communique]] = []
    text = clauses.document.text.translate(_QUOTES)
    for passage in clauses.passages:
        one = _heading(clauses, passage, text)
        if one is not None:
            found.append((passage, one))
    told = []
    for at, (_, one) in enumerate(found):
        end = min(one.end, found[at + 1][0].start if at + 1 < len(found) else len(text))
        told.append(Communique(one.start, end, one.teller, one.named, one.is_of_armed))
    return tuple(told)


def find_signed(clauses: Clauses) -> tuple[Communique, ...]:
    """Return what is told in lines that end with the name of the teller, in text order."""
    found = []
    for line in signed_lines(clauses.document.text):
        teller = clauses.document.cased[slice(*line.named)]
        is_of_armed = not lexicon_words("attribution", "armed_bodies").isdisjoint(teller.lower().split())
        found.append(Communique(line.start, line.end, teller, line.named, is_of_armed))
    return tuple(found)


def communique_at(communiques: Sequence[Communique], offset: int) -> Communique | None:
    """Return what a place of the text is part of, if anything."""
    at = bisect_right(communiques, offset, key=lambda one: one.start) - 1
    return communiques[at] if at >= 0 and offset < communiques[at].end else None


@functools.cache
def _titled() -> re.Pattern[str]:
    """Match what a heading begins with that says whose words follow: "Press release of the army", "Army press release"."""
    kinds = any_form(sorted(lexicon_words("attribution", "communiques")))
    qualities = any_form(sorted(lexicon_words("attribution", "communique_qualities")))
    number = r"(?:\s+(?:no\.?|number|#)\s*\d+)?"
    issued = r"(?:\s+(?:issued|made|published|released))?"
    return re.compile(
        rf"(?:(?:{qualities})\s+)*(?P<kind>{kinds}){number}{issued}\s+(?P<prep>of|by|from)\s+(?:the\s+)?(?P<teller>\S.*)"
        rf"|(?:the\s+)?(?P<owner>\S.*?)(?:'s)?\s+(?:(?:{qualities})\s+)*(?P<owned>{kinds})\b",
        re.IGNORECASE | re.DOTALL,
    )


def _heading(clauses: Clauses, passage: Passage, text: str) -> Communique | None:
    """Return what the heading that a passage begins with says of what follows.

    Parameters
    ----------
    text
        That of the report, with plain quotation marks.
    """
    line = max(text.rfind("\n", 0, passage.start) + 1, passage.start - _LONGEST_HEADING)
    before = text[line : passage.start]
    begins_line = not before.strip() or _DATELINE.fullmatch(before) is not None
    start = passage.start
    dateline = _DATELINE.match(text[start : start + _LONGEST_HEADING]) if begins_line else None
    start += dateline.end() if dateline is not None else 0
    start += len(_MARKS.match(text[start : min(passage.end, start + _LONGEST_HEADING)])[0])  # type: ignore[index]
    if start >= passage.end:
        return None
    brackets = _BRACKETS.search(text, passage.start, min(len(text), start + _LONGEST_HEADING)) if begins_line else None
    if brackets is not None and brackets["kind"].lower() in lexicon_words("attribution", "communiques"):
        return _of(clauses, brackets.span("teller"), brackets.end(), len(text), is_sure=True)
    closed = _CLOSED.search(text, start, min(len(text), start + _LONGEST_HEADING))
    end = min(passage.end, closed.start()) if closed is not None else passage.end
    if end - start > _LONGEST_HEADING or _tells(clauses, start, end):
        return None
    heading = text[start:end].rstrip(" .\n")
    titled = _titled().match(heading) if begins_line else None
    if titled is not None:
        group = "teller" if titled["teller"] else "owner"
        name = heading[titled.start(group) : titled.end(group)]
        stop = _ENDS_OF_NAME.search(name)
        span = (start + titled.start(group), start + titled.start(group) + (stop.start() if stop else len(name)))
        if titled["prep"] is None:
            bears_name = _is_all_name(clauses, span)
        else:
            bears_name = titled["prep"].lower() != "from" and _is_a_name(clauses, span)
        is_plain = (titled["kind"] or titled["owned"]).lower() in lexicon_words("attribution", "communiques_of_anyone")
        return _of(clauses, span, end, len(text), is_sure=is_plain and bears_name)
    is_opening = closed is not None and closed.start() == end and text[end] == ":" and text[end + 1 : end + 2] != "\n"
    begins = re.match(r"\s+[\"“'(]*\w", clauses.document.cased[end + 1 : end + 6]) if is_opening else None
    if begins is None or len(heading.split()) > _LONGEST_NAME or "," in heading:
        return None
    line_end = text.find("\n", end)
    is_known = heading.split()[-1].lower() in lexicon_words("attribution", "signing") or heading in _names_of_leaders()
    return _of(clauses, (start, start + len(heading)), end, line_end if line_end >= 0 else len(text), is_sure=is_known)


@functools.cache
def _names_of_leaders() -> frozenset[str]:
    """Return the names of those who lead states and armed groups: "Zelensky: 60 feared dead" tells what he says."""
    leaders = read_lexicon("leaders")
    return frozenset(name for kind in ("leader", "ruler") for row in leaders[kind] for name in row["names"])


def _tells(clauses: Clauses, start: int, end: int) -> bool:
    """Whether a heading is a sentence: "A statement by the army said that ..."."""
    return any(token.tag in FINITE_TAGS for token in clauses.document.tokens_between(start, end))


def _is_a_name(clauses: Clauses, span: tuple[int, int]) -> bool:
    words = clauses.document.cased[span[0] : span[1]].split()
    return bool(words) and words[-1][:1].isupper()


def _is_all_name(clauses: Clauses, span: tuple[int, int]) -> bool:
    """Whether words are a short name and nothing else, and begin no sentence of the paper's own: "Hamas", "Al-Shabaab"."""
    words = clauses.document.cased[span[0] : span[1]].split()
    inside = clauses.document.tokens_between(*span)
    is_proper = all(token.pos in ("PROPN", "PUNCT") for token in inside)
    return len(words) <= _SHORT_NAME and is_proper and all(word[:1].isupper() for word in words)


def _of(clauses: Clauses, span: tuple[int, int], start: int, end: int, *, is_sure: bool = False) -> Communique | None:
    """Return the communique of whom the text names at `span`; None where that is nobody who tells anything.

    Parameters
    ----------
    is_sure
        Whether the heading says that it is the word of whoever bears the name: "Communique of the FARC".
    """
    name = " ".join(clauses.document.cased[slice(*span)].translate(_QUOTES).split()).strip(" .,")
    words = re.findall(r"[\w'-]+", name)
    folded = {word.lower() for word in words}
    if not (is_sure or _is_of_body(words)) or not folded.isdisjoint(lexicon_words("attribution", "outlets")):
        return None
    is_of_armed = not folded.isdisjoint(lexicon_words("attribution", "armed_bodies"))
    others = lexicon_words("attribution", "telling_bodies") | lexicon_words("attribution", "signing")
    is_of_others = not folded.isdisjoint(others)
    return Communique(start, end, name, span, is_of_armed or not is_of_others)


def _is_of_body(words: Sequence[str]) -> bool:
    """Whether a name is of a body or of who speaks for one: "General Staff of the army", "army spokesman Bob Ray", no "attack on the army"."""
    first = list(itertools.takewhile(lambda word: word.lower() not in ("of", "for"), words))
    folded = [word.lower() for word in first]
    bodies = lexicon_words("attribution", "armed_bodies") | lexicon_words("attribution", "telling_bodies")
    if not first or not _BESIDES.isdisjoint(folded):
        return False
    titles = lexicon_words("attribution", "telling_titles")
    title = next((at for at, word in enumerate(folded) if word in titles), None)
    if title is not None:
        return len(first) - title <= _NAME_BEHIND_TITLE and all(word[:1].isupper() for word in first[title + 1 :])
    return folded[-1] in bodies
