"""Lines that end with who tells them, as headlines do: "Rebels capture key town of X: army", "Four dead in X, police say".

The parser loses the verb of such a line for that of saying, or for the name behind it. So a sentence ends before the name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from geoconflict.extract.lexicon import lexicon_words

__all__ = ["SignedLine", "signature_cuts", "signed_lines"]

_NAME = r"[^\W\d][^\n;:.!?,\"“”()]{1,60}?"
_SAY = r"(?:say|says|report|reports|claim|claims|announce|announces|confirm|confirms)"
_SIGNED = re.compile(
    rf"(?:(?:(?<=\w)['\"”’)]?:|[ \t][-–—]{{1,2}})[ \t]+(?P<name>{_NAME})"
    rf"|,[ \t]+(?:(?P<saying>{_NAME})[ \t]+{_SAY}|{_SAY}[ \t]+(?P<said_by>{_NAME})))[ \t]*(?=\n\s*(?![a-z\s])|;|\Z)"
)
_LINE_ENDS = re.compile(r"[\n;]|[.!?][ \t]")
_LONGEST_LINE = 300
"""Code points before a signature that are told by it."""
_SPACES = re.compile(r"[-–—:'\"”’)\s]*")
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
    signature: tuple[int, int]
    """Where the signature stands, which has a verb of saying at times."""


def signed_lines(text: str) -> list[SignedLine]:
    """Return the lines that end with the name of who tells them, in text order; decided on the words alone."""
    found = []
    for match in _SIGNED.finditer(text):
        least = max(0, match.start() - _LONGEST_LINE)
        start = max((end.end() for end in _LINE_ENDS.finditer(text, least, match.start())), default=least)
        group = match.lastgroup or "name"
        if len(text[start : match.start()].split()) >= _FEWEST_WORDS and _is_teller(match[group]):
            begin = _SPACES.match(text, match.start() + 1).end()  # type: ignore[union-attr]
            found.append(SignedLine(start, match.start(), match.span(group), (begin, match.end())))
    return found


def signature_cuts(text: str) -> list[int]:
    """Return the offsets at which sentences begin at and behind signatures, where no stop is set."""
    cuts = []
    for line in signed_lines(text):
        behind = _NEXT_LINE.match(text, line.signature[1])
        cuts += [line.signature[0]] if behind is None else [line.signature[0], behind.end()]
    return cuts


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
