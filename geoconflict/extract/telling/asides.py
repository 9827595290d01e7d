"""Who says it where the saying is put between commas: "X shelled Y, the ministry said, and ...", "X, the governor said, shelled Y".

The parser hangs such a clause now on this word and now on that one, so it is found by its commas.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoconflict.extract.language.model import Token
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.extract.telling.speakers import SpeakerReader

__all__ = ["Aside", "AsideReader"]

_WORDS_OF_SPEAKER = 12
"""Words among which the comma before a speaker is looked for."""
_WORDS_BEHIND = 12
"""Words behind the verb of who, when and where: "said Ann Roe, an aide", "said late on Friday in a statement"."""
_ENDS = frozenset({",", ";", ".", ":", "--", "–", "—", "and", "but", "while", "as"})
_OF_NAMES = frozenset({"ADJ", "ADP", "ADV", "CCONJ", "DET", "NOUN", "NUM", "PART", "PROPN", "SPACE"})
_STARTS_OF_NAMES = frozenset({"ADJ", "DET", "NOUN", "NUM", "PROPN"})
_WITHIN_NAMES = frozenset({"of", "for"})
_PRONOUNS = frozenset({"he", "it", "she", "they"})


@dataclass(frozen=True, slots=True)
class Aside:
    """A saying between commas."""

    comma: int
    """The comma before it."""
    end: int
    """The token behind it."""
    speaker: str | None
    """None for an outlet, which tells in its own name, and for a pronoun that stands for nobody named before."""
    is_by_pronoun: bool = False
    is_inside: bool = False
    """No verb stands before it, so that it parts a subject from what is said of it: "rebels, he said, shelled X"."""


class AsideReader(SpeakerReader):
    """Reads sayings between commas in one document."""

    def aside_about(self, predicate: Predicate) -> Aside | None:
        """Return the saying that a predicate is told by in passing: the next one behind it, or one within its clause."""
        for aside in self._asides(predicate.token):
            between = sorted((predicate.token, aside.comma))
            if (predicate.token < aside.comma or aside.is_inside) and ";" not in self._lower[slice(*between)]:
                return aside
        return None

    def _asides(self, within: int) -> Iterator[Aside]:
        """Yield the sayings between commas of the passage that holds a token, in order."""
        passage = self._clauses.passage_of(within)
        tokens = self._clauses.document.tokens_between(passage.start, passage.end)
        for token in tokens:
            if self._is(token.index, "aside") and (aside := self._aside_at(token, tokens)) is not None:
                yield aside

    def _aside_at(self, verb: Token, sentence: Sequence[Token]) -> Aside | None:
        first, past = sentence[0].index, sentence[-1].index + 1
        tokens, at = self._clauses.tokens, verb.index
        nearest = range(at - 1, max(first, at - _WORDS_OF_SPEAKER), -1)
        comma = next((one for one in nearest if self._lower[one] == ","), None)
        following = range(at + 1, min(past, at + _WORDS_BEHIND))
        end = next(
            (one for one in following if self._lower[one] in _ENDS), past if past <= at + _WORDS_BEHIND else None
        )
        if comma is None or end is None or any(token.pos not in _OF_NAMES for token in tokens[at + 1 : end]):
            return None  # "the army said the rebels had fled"
        is_inside = not any(token.pos in ("VERB", "AUX") for token in tokens[first:comma])
        if self._lower[at - 1] in _PRONOUNS and comma == at - 2 and self._is_only_when(at, end):
            return Aside(comma, end, self._earlier_speaker(at), is_by_pronoun=True, is_inside=is_inside)
        if comma == at - 1:
            name = self._name_behind(at, end)
        else:
            name = self._name_before(comma, at) if self._is_only_when(at, end) else []
        if not name:
            return None
        speaker = self._as_named(self._clauses.document.text[name[0].start : name[-1].end])
        return Aside(comma, end, speaker, is_inside=is_inside)

    def _is_only_when(self, verb: int, end: int) -> bool:
        """Whether nothing is said behind a verb of saying, but when or where: "announced on Friday", not "announced a truce"."""
        if verb + 1 == end:
            return True
        after = self._clauses.tokens[verb + 1]
        return after.pos in ("ADP", "ADV") or after.dep in ("npadvmod", "advmod")

    def _name_before(self, comma: int, verb: int) -> Sequence[Token]:
        """Return the words of the speaker between a comma and the verb: ", the emergency service there said"."""
        name = self._clauses.tokens[comma + 1 : verb]
        if name[0].pos not in _STARTS_OF_NAMES:
            return ()
        if any(
            token.pos not in _OF_NAMES and token.text != "-" for token in name
        ):  # "Nagorno-Karabakh" is three tokens
            return ()
        return _trimmed(name)

    def _name_behind(self, verb: int, end: int) -> Sequence[Token]:
        """Return the words of the speaker behind the verb: ", said Ann Roe of the ministry,"."""
        behind = self._clauses.tokens[verb + 1 : end]
        name = _trimmed(tuple(itertools.takewhile(lambda one: one.pos != "ADP" or one.text in _WITHIN_NAMES, behind)))
        if not name or behind[0].pos not in _STARTS_OF_NAMES:
            return ()
        head = name[-1]
        tells = head.pos == "PROPN" or self._is_of_leaders(head.index)
        tells = tells or self._is(head.index, "armed_bodies", "telling_bodies", "telling_titles")
        return name if tells or self._lower[verb] in ("said", "says") else ()


def _trimmed(words: Sequence[Token]) -> Sequence[Token]:
    """Return the words of a name without its article and without what follows its last noun."""
    first = 0
    while first < len(words) and words[first].pos in ("DET", "SPACE"):
        first += 1
    last = len(words)
    while last > first and words[last - 1].pos not in ("NOUN", "PROPN"):
        last -= 1
    return words[first:last]
