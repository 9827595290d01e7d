"""What the language model is given of a text: parts of a size that it can hold, without what would lead it astray."""

from __future__ import annotations

import re

__all__ = ["MAX_CHUNK", "readable", "split_long"]

_ENDLESS_WORD = re.compile(r"\S{150,}")
_HIDDEN = r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
_HIDDEN_AT_EDGE = re.compile(rf"(?<![^\W_]){_HIDDEN}|{_HIDDEN}(?![^\W_])")
# Pictures, flags among them, and what tells how they are drawn: posts set them before and behind names without a space.
_PICTURES = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f]+")
# What an editor put into a sentence; "[words indistinct]" stands for what is not there.
_GLOSS = re.compile(r"(?<=\w[ \n])\[(?!\w+ indistinct|as \w+\])([^\[\]]{1,100})\](?=[.,;:]|\s+[a-z])")


_TYPED_APOSTROPHE = re.compile(r"(?<=[^\W\d_])`(?=[^\W\d_])")


def readable(text: str) -> str:
    """Return `text`, of the same length, with spaces in place of what would lead the model astray.

    That is runs too long to be words, for the tokenizer's time grows with their square, and characters that cannot be seen
    around words, such as marks of direction, and pictures. Square brackets in the midst of a sentence become round ones, which
    the model has read in its news: "by the RLF [Ruritanian Liberation Front] fighters". A grave accent inside a word becomes the
    apostrophe it was typed for: with "didn`t" the model would lose the negation.
    """
    text = _TYPED_APOSTROPHE.sub("'", text)
    text = _ENDLESS_WORD.sub(lambda match: " " * len(match.group()), text)
    if "[" in text:
        text = _GLOSS.sub(r"(\1)", text)
    if text.isascii():
        return text
    text = _PICTURES.sub(lambda match: " " * len(match.group()), text)
    return _HIDDEN_AT_EDGE.sub(lambda match: " " * len(match.group()), text)


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
