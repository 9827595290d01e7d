"""Lines that a day, a letter or a place heads: "Day 3 (26 August): Rebels attack ...", "Q: ...", "Mali: ...", and topics above items.

The parser reads such a heading as the beginning of the sentence behind it, and a verb in the present as a noun then. So the
line begins a sentence, and what stands behind its heading another.
"""

from __future__ import annotations

import functools
import re

from geoconflict.extract.lexicon import any_form, lexicon_words
from geoconflict.extract.name_index import NameIndex

__all__ = ["headed_line_starts"]

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = (
    rf"(?:day[ ]+\d{{1,4}}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{{1,2}}(?:st|nd|rd|th)?[ ]+{_MONTH}|{_MONTH}[ ]+\d{{1,2}}"
    rf"|\d{{4}}-\d\d-\d\d|yesterday|today|tonight|last[ ]night|this[ ](?:morning|afternoon|evening))\b"
)
_LINE = r"(?:(?<=\n)|\A)[ \t]*(?:[-*#>•·–—●▪][ \t]*)*"
_REST = rf"(?:[\d ,./()–-]|{_MONTH}|\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|[ap]\.?m\.?|early|late|morning|noon|afternoon|evening|night|and|to)\b){{0,20}}"
"""What else a heading has: "(26 August)", ", 2 p.m."."""
_DATED = re.compile(rf"{_LINE}(?i:\(?{_DAY}{_REST}?)(?::|[ ][–—-])[)\]*_]*[ \t]+(?=[\"“'‘(]?[A-Z0-9])")
_DATE_ALONE = re.compile(rf"{_LINE}(?i:\(?{_DAY}{_REST})[)\]*_]*[ \t]*\n+")
_ASKED = re.compile(rf"{_LINE}[QA][:.][ \t]+(?=[\"“'‘(]?[A-Z0-9])")
_PLACED = re.compile(
    rf"{_LINE}(?P<name>[^\W\d_a-z][\w'’-]+(?:[ ](?:(?:of|the|and|de|la|el|al)[ ])?[^\W\d_a-z][\w'’-]*){{0,3}}):[ \t]+(?=[\"“'‘(]?[A-Z0-9])"
)


@functools.cache
def _titled() -> re.Pattern[str]:
    """Match a first line that says whose words the text is, and nothing else: "Press release of the Ministry of Defence"."""
    kinds = any_form(sorted(lexicon_words("attribution", "communiques")))
    return re.compile(
        rf"\A\s*(?i:(?:\w+[ ]){{0,2}}(?:{kinds})\b[ ](?:[^\n]{{0,20}}[ ])?(?:of|by|from)[ ])[^\n]{{3,120}}[^\n.:]\n+(?=[\"“'‘(]?[A-Z0-9])"
    )


_TOPIC = re.compile(
    r"(?:\A|(?<=\n))[ \t]*(?P<topic>[\"“'‘(]?[A-Z0-9][^\n]{3,70}?[\w'’)])[ \t]*\n\s*(?=(?P<item>[\"“'‘(]?[A-Z0-9][^\n]+))"
)
"""A line that no stop ends, and the line behind it."""
_CLOSED = (".", "!", "?", ")", "]", '"', "”")
_SHARE_OF_ITEM = 0.75
"""How long a topic is at most as a part of its item: of text that is wrapped all lines but the last are about as long as another."""
_LEAST_PLACED = 2
"""One line that a name heads may be of somebody who speaks; where several do, and the names are of places, it is a digest."""


def headed_line_starts(text: str, names: NameIndex | None = None) -> list[int]:
    """Return the offsets at which headed lines begin, and at which what stands behind their headings does, in text order.

    Parameters
    ----------
    text
        The text.
    names
        The names of places; None knows no line that a place heads.
    """
    found = [match for pattern in (_DATED, _DATE_ALONE, _ASKED, _titled()) for match in pattern.finditer(text)]
    if names is not None:
        placed = [match for match in _PLACED.finditer(text) if _is_place(text, match.span("name"), names)]
        found.extend(placed if len(placed) >= _LEAST_PLACED else [])
    cuts = {at for match in found for at in (match.start(), match.end())}
    return sorted(cuts | {match.start("item") for match in _TOPIC.finditer(text) if _is_topic(match)})


def _is_topic(match: re.Match[str]) -> bool:
    """Whether a line stands apart, is short beside the next one, and ends in no word that leads on to it: "forces of / General X"."""
    topic = match["topic"]
    before = match.string[: match.start("topic")]
    is_apart = not before.strip() or before.rstrip().endswith(_CLOSED) or before.rstrip(" \t").endswith("\n\n")
    goes_on = topic.split()[-1].lower() in lexicon_words("event_grammar", "leading_on")
    return is_apart and not goes_on and len(topic) <= _SHARE_OF_ITEM * len(match["item"])


def _is_place(text: str, span: tuple[int, int], names: NameIndex) -> bool:
    return any(match.end == span[1] for match in names.match_at(text, span[0]))
