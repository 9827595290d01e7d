"""What the language model is given of a text: parts of a size that it can hold, without words that never end."""

from __future__ import annotations

import re

__all__ = ["MAX_CHUNK", "split_long", "without_endless_words"]

_ENDLESS_WORD = re.compile(r"\S{150,}")


def without_endless_words(text: str) -> str:
    """Return `text` with spaces in place of runs too long to be words; the tokenizer's time grows with their square."""
    return _ENDLESS_WORD.sub(lambda match: " " * len(match.group()), text)


MAX_CHUNK = 100_000
"""The model needs about 1 GB of working memory for as many characters."""

_BREAKS = (re.compile(r"\n\s*\n\s*"), re.compile(r"\n\s*"), re.compile(r"(?<=[.!?])\s+"), re.compile(r"\s+"))


def split_long(text: str, limit: int) -> list[str]:
    """Return `text` in parts of at most `limit` code points, cut after the last paragraph, line, sentence or word that fits."""
    chunks = []
    at = 0
    while len(text) - at > limit:
        cut = at + limit
        for pattern in _BREAKS:
            ends = [match.end() for match in pattern.finditer(text, at + limit // 2, at + limit)]
            if ends:
                cut = ends[-1]
                break
        chunks.append(text[at:cut])
        at = cut
    chunks.append(text[at:])
    return chunks
