"""Markdown without its marks: words of news are read and quoted, and no asterisks and addresses between them."""

from __future__ import annotations

import re

__all__ = ["without_marks"]

_MARKS = (
    (re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)"), ""),
    (re.compile(r"\[(?P<said>[^\[\]\n]+)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+\"[^\"\n]*\")?\)"), r"\g<said>"),
    (re.compile(r"`(?P<said>[^`\n]+)`"), r"\g<said>"),
    (re.compile(r"(?<!\*)(?P<mark>\*{2,3})(?=[^\s*])(?P<said>[^*\n]*[^\s*])(?P=mark)(?!\*)"), r"\g<said>"),
    (re.compile(r"(?<![\w_])(?P<mark>_{1,3})(?=[^\s_])(?P<said>[^_\n]*[^\s_])(?P=mark)(?![\w_])"), r"\g<said>"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])(?P<said>[^*\n]*[^\s*])\*(?![\w*])"), r"\g<said>"),
)
"""Pictures, links, code, strong words and stressed ones, each within a line."""


def without_marks(text: str) -> str:
    """Return a Markdown text without the marks of pictures, links, code and stress.

    Headings, lists and rules stay as they are written: they part what is told from what else is told.
    """
    for pattern, said in _MARKS:
        text = pattern.sub(said, text)
    return text
