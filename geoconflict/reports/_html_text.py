"""The text of a piece of HTML without a page around it: an entry of a feed, the body of a message.

Every step goes forward over the text once, so that no markup, however broken, takes more than its length.
"""

from __future__ import annotations

import html
import re

__all__ = ["text_of_html"]

_LONGEST_VALUE = 2000
"""A quote in a tag that is not closed within so many characters is none."""
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]*)")
_UNQUOTED = re.compile(r"[^\"'>]*")
_UNSEEN = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE)
    for name in ("head", "iframe", "noscript", "object", "script", "style", "svg", "template", "title")
}
_PARAGRAPHS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "td", "th", "tr", "ul",
})  # fmt: skip
_BLANKS = re.compile(r"[^\S\n]+")
_PARAGRAPH = "\n\n"


def text_of_html(markup: str) -> str:
    """Return the text of `markup`: a blank line between paragraphs, one line break for a ``br``, entities as characters."""
    parts: list[str] = []
    position = 0
    last_close = markup.rfind(">")
    while (start := markup.find("<", position)) >= 0:
        parts.append(_words(markup[position:start]))
        if start > last_close:
            position = start
            break
        position = _after_markup(markup, start, parts)
    parts.append(_words(markup[position:]))
    lines = [_BLANKS.sub(" ", line).strip() for line in "".join(parts).split("\n")]
    return re.sub(r"\n{3,}", _PARAGRAPH, "\n".join(lines)).strip()


def _words(text: str) -> str:
    return " ".join(html.unescape(text).split("\n")) if text else ""


def _after_markup(markup: str, start: int, parts: list[str]) -> int:
    """Return where the text goes on after the tag or comment at `start`, and add the break that it makes."""
    if markup.startswith("<!--", start):
        end = markup.find("-->", start + 4)
        return end + 3 if end >= 0 else len(markup)
    if markup.startswith(("<!", "<?"), start):
        return markup.find(">", start) + 1
    named = _NAME.match(markup, start + 1)
    if named is None:
        parts.append("<")
        return start + 1
    end = _end_of_tag(markup, named.end())
    name = named[1].lower()
    if name in _UNSEEN and not markup.startswith("/", start + 1) and markup[end - 2] != "/":
        closing = _UNSEEN[name].search(markup, end)
        if closing is None:
            return len(markup)
        return markup.find(">", closing.end()) + 1 or len(markup)
    if name == "br":
        parts.append("\n")
    elif name in _PARAGRAPHS:
        parts.append(_PARAGRAPH)
    return end


def _end_of_tag(markup: str, position: int) -> int:
    """Return the offset after the ``>`` that ends a tag; one in a quoted value does not."""
    while (found := _UNQUOTED.match(markup, position)) and (at := found.end()) < len(markup):
        char = markup[at]
        if char == ">":
            return at + 1
        closing = markup.find(char, at + 1, at + 1 + _LONGEST_VALUE)
        position = (closing if closing >= 0 else at) + 1
    return len(markup)
