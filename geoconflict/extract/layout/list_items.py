"""Items of lists, as situation reports are made of: the marks they open with, and the place that heads one."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from geoconflict.models import Toponym

__all__ = ["heading_of", "is_heading", "item_starts"]

_MARK = re.compile(r"(?:(?<=\n)|\A)[^\S\n]*(?:[-*\u2022\u2013\u2014\u25cf\u25aa\u00b7]|\(?\d{1,2}[.)])[^\S\n]+(?=\S)")
"""What opens an item at the start of a line: "- ", "• ", "3. "."""
_CLOSED = (".", "!", "?", ":", ";", "”", '"', ")", "]")


def item_starts(text: str) -> list[int]:
    """Return the offsets at which the items of lists begin, behind their marks, in text order.

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
    return found


def is_heading(text: str, start: int, end: int) -> bool:
    """Whether what stands at [start, end) opens an item of a list and a colon follows: "- X: troops captured ..."."""
    if text[end : end + 1] != ":":
        return False
    mark = _MARK.match(text, text.rfind("\n", 0, start) + 1)
    return mark is not None and mark.end() == start


def heading_of(text: str, toponyms: Sequence[Toponym], offset: int) -> int | None:
    """Return the index of the place name that heads the item of a list which the code point `offset` lies in, or None."""
    line = text.rfind("\n", 0, offset) + 1
    first = bisect.bisect_left(toponyms, line, key=lambda one: one.start)
    for index in range(first, len(toponyms)):
        if toponyms[index].start >= offset:
            break
        if is_heading(text, toponyms[index].start, toponyms[index].end):
            return index
    return None
