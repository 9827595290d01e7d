"""The words of a text as place names are looked for in it: with their offsets, and whether they begin like names."""

from __future__ import annotations

import re
from typing import NamedTuple

from geoconflict.extract.lexicon import lexicon_words
from geoconflict.scripts import MARKS, begins_like_a_name

__all__ = ["HYPHENS", "SPACES", "Word", "split_words"]

HYPHENS = ("-", "\u2010", "\u2011")
SPACES = frozenset({" ", "\n", "  ", "\u00a0"})
"""What stands between words of one name or phrase."""

# Marks and characters that cannot be seen, inside a word, are part of it: a zero-width space hides no name. So is what stands for
# a character that was lost, lest the first half of a name be one; before an "s" it was an apostrophe.
_HIDDEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_LOST = r"\ufffd+(?!s(?![^\W_]))"
_LETTERS = rf"[^\W_]+(?:(?:[{MARKS}]+|(?:[{_HIDDEN}]+|{_LOST})(?=[^\W_]))[^\W_]*)*"
_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|{_LETTERS}(?:['’`\u02bc\u02bb]{_LETTERS})*")


class Word(NamedTuple):
    """A word of the text: letters and digits, with apostrophes inside and full stops of abbreviations."""

    start: int
    end: int
    text: str
    lower: str
    capitalised: bool
    """Whether it begins with a capital, or in a script that has none."""
    gap: str
    """What stands between the word before and this one."""

    @property
    def is_caseless(self) -> bool:
        """Whether it begins like a name only because its script has no capitals."""
        return self.capitalised and not self.text[0].isupper()


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in order; a possessive ending is cut off, the full stop of "Md." is kept."""
    words = []
    last = 0
    abbreviations = lexicon_words("places", "state_abbreviations")
    for match in _WORD.finditer(text):
        start, end = match.span()
        surface = match.group()
        gap = text[last:start]
        if len(surface) > 2 and surface[-2] in "'’" and surface[-1] in "sS":
            end -= 2
            surface = surface[:-2]
        elif gap[:1] == "," and text.startswith(".", end) and f"{surface}." in abbreviations:
            end += 1
            surface += "."
        words.append(Word(start, end, surface, surface.lower(), begins_like_a_name(surface), gap))
        last = end
    return tuple(words)
