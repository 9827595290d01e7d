"""Where the names of a border phrase stand that somebody asks for: "the Belarusian border", "border between A and B"."""

from __future__ import annotations

import re

from geoconflict.places.countries import country_code, demonyms
from geoconflict.places.names import fold
from geoconflict.places.relative.borders import border_words, names_border

__all__ = ["border_layout", "is_border"]

_WORD = re.compile(r"[^\s-]+")
_LINK = re.compile(
    r"\s+(?:(?:area|areas|region|regions|zone|line)\s+)?(?:with|between|of|to)\s+(?:the\s+)?(?P<names>\S.*)$"
)
_NAME_BEFORE = re.compile(r"(?P<name>[^\W\d_a-z][\w'’]*(?:[ -][^\W\d_a-z][\w'’]*){0,3})(?:['’]s?)?[\s–-]+$")


def is_border(surface: str) -> bool:
    """Return whether a mention is the noun of a border phrase itself."""
    return names_border(surface) and " " not in surface


def border_layout(text: str) -> tuple[tuple[int, int], ...] | None:
    """Return the (start, end) of the border noun and of the names that say whose border it is, in text order; or None.

    Adjectives of countries and names of countries before the noun are left to the reading of the phrase.
    """
    nouns = [match for match in _WORD.finditer(text) if is_border(match.group().strip(".,"))]
    if len(nouns) != 1:
        return None
    noun = nouns[0]
    after = _WORD.search(text, noun.end())
    if after is not None and fold(after.group()) in border_words("not_before"):
        return None
    spans = [(noun.start(), noun.start() + len(noun.group().strip(".,")))]
    before = _NAME_BEFORE.search(text, 0, noun.start())
    name = re.sub(r"['’]s?$", "", before["name"]) if before is not None else ""
    if before is not None and not _says_country(name):
        spans.insert(0, (before.start("name"), before.start("name") + len(name)))
    if link := _LINK.match(text, noun.end()):
        start = link.start("names")
        for part in re.split(r"(\s+and\s+(?:the\s+)?)", link["names"]):
            if not re.fullmatch(r"\s+and\s+(?:the\s+)?", part):
                spans.append((start, start + len(part)))
            start += len(part)
    elif noun.end() < len(text.rstrip(" .,")):
        tail = _WORD.search(text, noun.end())
        if tail is None or fold(text[noun.end() :]) not in border_words("followers_alone"):
            return None
    return tuple(spans)


def _says_country(name: str) -> bool:
    words = re.split(r"[\s-]+", name)
    known = demonyms()
    pairs = [fold(name), *(fold(word) for word in words)]
    return any(word in known or word in border_words("combining") for word in pairs) or any(
        country_code(word) for word in (name, *words)
    )
