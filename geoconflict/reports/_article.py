"""The article form of plain text: `` date YYYY-MM-DD Title. Body``."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["ArticleHeader", "article_header"]

_HEADER = re.compile(
    r"\s*date:?[ \t]+"
    # A month alone is matched too, so that it is refused for want of a day and not for want of a date.
    r"(?P<date>(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{8})(?:T[0-9:.]+(?:Z|[+-][0-9:]+)?)?|[0-9]{4}-[0-9]{2})(?=\s|$)\s*",
    re.IGNORECASE,
)
# A full stop after an initial ("J.", "U.S.") or a title ("Gen.") does not end the sentence.
_TITLE_END = re.compile(
    r"(?:(?<!\b[A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt))(?<!\b(?:Mrs|Gen|Col|Maj|Sgt))\.|[!?…])[’”\"')\]]*(?=\s|$)|\n"
)
_LONGEST_TITLE = 300


@dataclass(frozen=True, slots=True)
class ArticleHeader:
    """What stands before the body of an article."""

    date: str
    """The date as written."""
    title: str | None
    """The first sentence after the date, without its full stop; None if it is too long for a title."""
    body_start: int
    """Offset of the title in the text."""


def article_header(text: str, start: int = 0) -> ArticleHeader | None:
    """Return the header that begins at offset `start` of `text`, or None if the text is not in the article form."""
    found = _HEADER.match(text, start)
    if found is None:
        return None
    body_start = found.end()
    end = _TITLE_END.search(text, body_start, body_start + _LONGEST_TITLE)
    title = text[body_start : end.end()].strip() if end else text[body_start:].strip()
    if len(title) > _LONGEST_TITLE:
        title = ""
    if title.endswith(".") and not title.endswith("..") and "." not in title.rsplit(maxsplit=1)[-1][:-1]:
        title = title[:-1]
    return ArticleHeader(found["date"], title or None, body_start)
