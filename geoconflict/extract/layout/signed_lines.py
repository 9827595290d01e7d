"""Lines that end with who tells them, as headlines do: "Rebels capture key town of X: army", "Four dead in X - police"."""

from __future__ import annotations

import re
from typing import NamedTuple

from geoconflict.extract.lexicon import lexicon_words

__all__ = ["SignedLine", "signed_lines", "starts_behind_signatures"]

_SIGNED = re.compile(
    r"(?:(?<=\w)['\"”’)]?:|[ \t][-–—]{1,2})[ \t]+(?P<teller>[^\W\d][^\n;:.!?,\"“”()]{2,60}?)[ \t]*(?=\n|;|\Z)"
)
_LINE_ENDS = re.compile(r"[\n;]|[.!?][ \t]")
_LONGEST_LINE = 300
"""Code points before a signature that are told by it."""
_NEXT_LINE = re.compile(r"[ \t]*\n\s*(?=\S)")
_FEWEST_WORDS = 3
"""Words that a line has before its signature: "Statement: army" tells of nothing."""
_MOST_WORDS = 6
_BESIDES = frozenset({"after", "against", "as", "at", "by", "from", "kill", "near", "on", "over", "to", "with"})
"""Words that no name of a teller has: "police on alert"."""


class SignedLine(NamedTuple):
    """A line, or the last sentence of one, and who it ends with; offsets in code points."""

    start: int
    end: int
    """Where the mark before the signature stands."""
    named: tuple[int, int]
    """Where the name of the teller stands."""


def signed_lines(text: str) -> list[SignedLine]:
    """Return the lines that end with the name of who tells them, in text order; decided on the words alone."""
    found = []
    for match in _SIGNED.finditer(text):
        least = max(0, match.start() - _LONGEST_LINE)
        start = max((end.end() for end in _LINE_ENDS.finditer(text, least, match.start())), default=least)
        if len(text[start : match.start()].split()) >= _FEWEST_WORDS and _is_teller(match["teller"]):
            found.append(SignedLine(start, match.start(), match.span("teller")))
    return found


def starts_behind_signatures(text: str) -> list[int]:
    """Return the offsets of sentences that begin in the line after a signature, behind which no stop is set."""
    behind = (_NEXT_LINE.match(text, line.named[1]) for line in signed_lines(text))
    return [match.end() for match in behind if match is not None]


def _is_teller(name: str) -> bool:
    """Whether a signature is of a body or of people who tell something: "army spokesman", "UN officials", no "army base hit"."""
    words = [word.strip("'\"’”").lower() for word in name.split()]
    if len(words) > _MOST_WORDS or not _BESIDES.isdisjoint(words):
        return False
    tellers = frozenset[str]().union(
        *(
            lexicon_words("attribution", part)
            for part in ("armed_bodies", "telling_bodies", "telling_titles", "signing")
        )
    )
    of = next((at for at, word in enumerate(words) if word in ("for", "in", "of")), len(words))
    return of > 0 and words[of - 1] in tellers
