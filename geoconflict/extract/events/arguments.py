"""What belongs to a predicate, and the words around it.

Its people are found in :mod:`~geoconflict.extract.events.predicate_people`, its dates in
:mod:`~geoconflict.extract.events.attached_times`, its places in :mod:`~geoconflict.extract.event_places.reader`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from geoconflict.extract.actors.former import is_of_former_fighters
from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.pits import PIT_WORDS, is_pit
from geoconflict.extract.predicates.second_ones import meant_by_second_one
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor, TimeExpression

__all__ = ["AIMED_SENSES", "Arguments", "Words", "is_conceded", "predicate_words"]


AIMED_SENSES = frozenset({"come-upon", "fire", "swoop"})
"""Senses of verbs whose object stands behind a preposition: "fired on X", "descended on X"."""
_ABOARD = frozenset({"aboard", "inside", "onboard"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words around a predicate, lower case, by grammatical place."""

    object: frozenset[str]
    own_object: frozenset[str]
    """The object of the predicate and its light verbs alone, without those of the outcomes it caused."""
    subject: frozenset[str]
    modifier: frozenset[str]
    adjunct: frozenset[str]
    """Objects of its prepositions."""
    clause: frozenset[str]
    """The whole clause."""

    def without(self, names: frozenset[str]) -> Words:
        """Return the words without some that are names."""
        if not names:
            return self
        return Words(*(getattr(self, one) - names for one in self.__dataclass_fields__))

    @property
    def near(self) -> frozenset[str]:
        """All but the rest of the clause."""
        return self.object | self.subject | self.modifier | self.adjunct


@dataclass(slots=True)
class Arguments:
    """What belongs to one predicate."""

    words: Words
    actors: tuple[Actor, ...] = ()
    places: tuple[PlaceChoice, ...] = ()
    time: TimeExpression | None = None
    casualties: list[CasualtyMention] = field(default_factory=list)


def predicate_words(clauses: Clauses, predicate: Predicate) -> Words:
    """Return the words around a predicate and the verbs that carry it."""
    gathering = _Gathering(clauses, predicate)
    for at in sorted(predicate.anchors):
        gathering.around(at)
    gathering.within()
    return Words(
        object=frozenset(gathering.objects),
        own_object=frozenset(gathering.own_objects),
        subject=frozenset(gathering.subjects),
        modifier=frozenset(gathering.modifiers),
        adjunct=frozenset(gathering.adjuncts),
        clause=clauses.words_of(clauses.passage_of(predicate.token)),
    )


class _Gathering:
    """The words around one predicate, by what they are to it."""

    def __init__(self, clauses: Clauses, predicate: Predicate) -> None:
        self._clauses = clauses
        self._predicate = predicate
        self.objects: set[str] = set()
        self.own_objects: set[str] = set()
        self.subjects: set[str] = set()
        self.modifiers: set[str] = set()
        self.adjuncts: set[str] = set()

    def around(self, at: int) -> None:
        """Take what hangs on one of the predicate's words."""
        clauses = self._clauses
        is_own = at not in self._predicate.outcomes or at == self._predicate.token
        if clauses.is_verb(at):
            self._parties(at, is_own=is_own)
        self._phrases(at, is_own=is_own)
        self.modifiers.update(
            form
            for child in clauses.children(at, "compound", "amod", "nmod", "poss", "npadvmod", "advmod", "prt")
            for token in clauses.phrase_tokens(child.index, with_of=False)
            if not is_pit(clauses, token.index)
            for form in (token.text.lower(), token.lemma.lower())
        )
        for child in clauses.children(at, "advcl"):
            # "fell while using heavy artillery": an instrument told by a participle.
            if child.text.lower() in ("using", "firing", "armed", "employing", "with"):
                for below in clauses.objects(child.index):
                    self._take(self.adjuncts, below)

    def within(self) -> None:
        """Take the words that the predicate itself is made of."""
        clauses, predicate = self._clauses, self._predicate
        for index in range(predicate.token - 1, -1, -1):
            token = clauses.tokens[index]
            if token.start < predicate.start:
                break
            self.modifiers.update((token.text.lower(), token.lemma.lower()))
        for token in clauses.document.tokens_between(predicate.start, predicate.end):
            # "drove his car into a crowd": a car is no part of the verb
            if predicate.is_noun or token.dep != "dobj" or token.index in predicate.anchors:
                self.modifiers.add(token.text.lower())

    def _parties(self, verb: int, *, is_own: bool) -> None:
        """Take who does and who suffers what a verb tells."""
        clauses = self._clauses
        for patient in clauses.patients(verb):
            self._take(self.objects, patient)
            if is_own:
                self._take(self.own_objects, patient)
        for agent in clauses.agents(verb):
            self._take(self.subjects, agent)
            if (meant := meant_by_second_one(clauses, agent)) is not None:
                self._take(self.subjects, meant)  # "a mine killed four, and another wounded two"
            if (teller := _who_tells_of_itself(clauses, verb, agent)) is not None:
                self._take(self.subjects, teller)

    def _phrases(self, at: int, *, is_own: bool) -> None:
        """Take what prepositions put beside a word: what is aimed at, and what else there is."""
        clauses = self._clauses
        for word, below in clauses.preps(at):
            if clauses.is_verb(below) or (clauses.lower[below] == "heart" and any(clauses.preps(below, "of"))):
                continue  # "a blast in the heart of X" is no illness
            if word in _ABOARD and clauses.lemma(below) in grammar("vehicles"):
                continue  # "shot aboard a plane" is no air strike
            is_aimed = self._is_aimed(word, at)
            self._take(self.objects if is_aimed else self.adjuncts, below)
            if is_aimed and is_own:
                self._take(self.own_objects, below)

    def _is_aimed(self, word: str, at: int) -> bool:
        if self._predicate.sense.name in AIMED_SENSES and word in ("at", "into", "on", "over", "upon"):
            return True
        if self._predicate.is_noun:
            return word in ("of", "on", "against")
        return word in ("on", "at", "upon") and not self._clauses.is_verb(at)

    def _take(self, target: set[str], index: int) -> None:
        clauses = self._clauses
        for at in clauses.conjuncts(index):
            is_former = target is not self.subjects and is_of_former_fighters(clauses, at)
            words = clauses.words(at) - PIT_WORDS if is_pit(clauses, at) else clauses.words(at)
            target.update({"civilians"} if is_former else words)


def _who_tells_of_itself(clauses: Clauses, verb: int, subject: int) -> int | None:
    """Return who says what "it" or "they" did: "the group said it had killed ten"."""
    token = clauses.tokens[verb]
    saying = clauses.tokens[token.head]
    if clauses.lower[subject] not in ("it", "they") or token.dep != "ccomp" or token.head == verb:
        return None
    if saying.lemma.lower() not in lexicon_words("speech", "saying"):
        return None
    are_several = clauses.lower[subject] == "they"
    tellers = clauses.children(saying.index, "nsubj")
    return next((one.index for one in tellers if one.index < subject and (one.tag != "NNS" or are_several)), None)


def is_conceded(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether something is told to have happened in spite of the predicate: "despite the truce", "in spite of a ceasefire"."""
    token = clauses.tokens[predicate.token]
    if token.dep != "pobj":
        return False
    prep = clauses.tokens[token.head]
    return clauses.lower[prep.index if prep.text.lower() != "of" else prep.head] in grammar("concessions")
