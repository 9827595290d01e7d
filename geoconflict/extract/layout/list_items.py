"""Items of lists, as situation reports are made of: the marks they open with, and the place that heads one.

A place heads an item with a colon behind it, "- Xanth: shells fell", or with a dash, "* XANTH - Shells fell", "- Xanth - shells fell";
it may head a line without a mark, too: "Xanth: shells fell".
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from geoconflict.models import Role, Toponym

__all__ = ["dateline_of_item", "heading_of", "heads_line", "is_heading", "item_starts"]

_MARKED = r"(?:(?<=\n)|\A)[^\S\n]*(?:[-*\u2022\u2013\u2014\u25cf\u25aa\u00b7]|\(?\d{1,2}[.)])[^\S\n]+"
_MARK = re.compile(rf"{_MARKED}(?=\S)")
"""What opens an item at the start of a line: "- ", "• ", "3. "."""
_DATELINE = re.compile(
    rf"{_MARKED}(?P<name>[^\W\d_a-z](?:[^\W\d_a-z]|['’. -](?=[^\W\d_a-z])){{1,40}})(?:,[ ][^\W\d_][\w '’]{{1,30}})?"
    r"[ ]+(?:--?|[\u2010-\u2015])[ ]+(?=[\"'“‘(]?(?![^\W\d_a-z]{4})[^\W_a-z][^\n]{0,60}[ ][^\W\d_A-Z]{2})"
)
"""A name in capitals, what it lies in, and a dash, before a sentence in ordinary letters: no road, "GAO - KIDAL road"."""
_WORDED = re.compile(
    rf"{_MARKED}(?P<name>[^\W\d_a-z][\w'’-]+(?:[ ](?:(?:al|de|el|la|of)[ ])?[^\W\d_a-z][\w'’-]*){{0,3}})"
    r"[ ]+(?:--?|[\u2010-\u2015])[ ]+(?=[a-z][\w'’-]*[ ][^\n]{0,200}|[A-Z][a-z]*[ ](?!(?:road|axis|highway|line|route|border)\b)[a-z])"
)
"""The same of a name in ordinary letters: "- Gao - gunmen shot two traders"; no road, "- Gao - Kidal road mined"."""
_BEGINS = re.compile(r"[^a-z]|(?:an?|the|some|several)\s")
_GOES_ON = re.compile(r":[^\S\n]+[\da-z]")
_CLOSED = (".", "!", "?", ":", ";", "”", '"', ")", "]")

_BLANKS = re.compile(r"\s*")


def item_starts(text: str) -> list[int]:
    """Return the offsets at which the items of lists begin, behind their marks, and their sentences behind datelines, in text order.

    A line that is wrapped may begin with a mark, too ("on November / 14. The army", "the Teca / - Vasconia pipeline"): the
    line before an item is closed by a stop, is blank or is an item itself.
    """
    found: list[int] = []
    for match in _MARK.finditer(text):
        end = max(0, match.start() - 1)
        start = text.rfind("\n", 0, end) + 1
        line = text[start:end].strip()
        follows_item = bool(found) and found[-1] > start
        if not line or follows_item or line.endswith(_CLOSED):
            found.append(match.end())
            dateline = _dateline_at(text, match.start())
            # A headline without articles is read with its heading, as behind a colon: the parser would make two sentences of it.
            found.extend((dateline.end(),) if dateline is not None and _BEGINS.match(text, dateline.end()) else ())
    return found


def dateline_of_item(text: str, offset: int) -> range | None:
    """Return where the dateline stands of the item that the code point `offset` lies in, from the name to the sentence behind it.

    None is in no such item.
    """
    found = _dateline_at(text, text.rfind("\n", 0, offset) + 1)
    return None if found is None else range(found.start("name"), found.end())


def _dateline_at(text: str, line: int) -> re.Match[str] | None:
    return _DATELINE.match(text, line) or _WORDED.match(text, line)


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether what stands at [start, end) heads an item of a list: "- X: troops captured ...", "* X - Troops captured ..."."""
    line = text.rfind("\n", 0, start) + 1
    mark = _MARK.match(text, line)
    if mark is None or mark.end() != start:
        return False
    dateline = _dateline_at(text, line)
    return text[end : end + 1] == ":" or (dateline is not None and dateline.end("name") == end)


def heads_line(text: str, start: int, end: int) -> bool:
    """Whether what stands at [start, end) heads a line without a mark, in which no sentence of its own begins: "X: shells fell".

    So does whoever speaks: of the capital of a country nobody can tell.
    """
    return not text[text.rfind("\n", 0, start) + 1 : start].strip() and _GOES_ON.match(text, end) is not None


def heading_of(text: str, toponyms: Sequence[Toponym], offset: int) -> int | None:
    """Return the index of the place name that heads the item of a list which the code point `offset` lies in, or None."""
    line = text.rfind("\n", 0, offset) + 1
    first = bisect.bisect_left(toponyms, line, key=lambda one: one.start)
    mark, blanks = _MARK.match(text, line), _BLANKS.match(text, line)  # behind both no name heads anything
    farthest = max((match.end() for match in (mark, blanks) if match is not None), default=line)
    for index in range(first, len(toponyms)):
        if toponyms[index].start >= offset or toponyms[index].start > farthest:
            break
        one = toponyms[index]
        if is_heading(text, one.start, one.end):
            return index
        if one.role is Role.EVENT_PLACE and heads_line(text, one.start, one.end):
            return index
    return None
