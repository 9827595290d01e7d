"""Where a predicate finds its arguments, a sentence or a part of one that stands alone, and words that are cut at hyphens."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from geoconflict.extract.language.model import Document

__all__ = ["Passage", "hyphened_words", "split_passages"]

# A picture credit closes a caption, whatever the sentence splitter made of it.
_CREDIT = re.compile(r"\[[^\[\]\n]{2,80}\](?=\s+[“\"A-Z])|\((?:AP|AFP|EPA|Reuters|Getty)[^()\n]{0,60}\)(?=\s+[“\"A-Z])")
# Headlines strung together, and list marks.
_BREAK = re.compile(r";\s*|\s\|\s|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text within which a predicate finds its arguments: a sentence, or a part that stands alone.

    Captions are cut off from the running text that follows them, and headlines strung together are cut apart.
    """

    index: int
    start: int
    end: int
    is_caption: bool = False
    """Whether it ends in a picture credit such as ``[Agency]``."""


def split_passages(document: Document) -> tuple[Passage, ...]:
    """Return the passages of a document in text order; together they cover every sentence."""
    passages: list[Passage] = []
    for sentence in document.sentences:
        credits_ = [(match.end(), True) for match in _CREDIT.finditer(document.cased, sentence.start, sentence.end)]
        breaks = [(match.end(), False) for match in _BREAK.finditer(document.text, sentence.start, sentence.end)]
        start = sentence.start
        for cut, is_caption in sorted(credits_ + breaks):
            if document.text[start:cut].strip(" ;|\n\r\t"):
                passages.append(Passage(len(passages), start, cut, is_caption))
                start = cut
        if start < sentence.end and document.text[start : sentence.end].strip():
            tail = document.text[start : sentence.end].rstrip()
            passages.append(Passage(len(passages), start, sentence.end, tail.endswith("]")))
    return tuple(passages)


def hyphened_words(document: Document) -> dict[int, tuple[str]]:
    """Return, by the token that ends it, each word that the tokeniser cut at its hyphens."""
    words: dict[int, tuple[str]] = {}
    tokens = document.tokens
    first = 0
    for hyphen, last in itertools.pairwise(tokens[1:]):
        if hyphen.text != "-" or tokens[hyphen.index - 1].end != hyphen.start or hyphen.end != last.start:
            continue
        if hyphen.index - 1 not in words:
            first = tokens[hyphen.index - 1].start
        words[last.index] = (document.text[first : last.end].lower(),)
    return words
