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

__all__ = ["Arguments", "Words", "is_conceded", "predicate_words"]


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
    objects: set[str] = set()
    own_objects: set[str] = set()
    subjects: set[str] = set()
    modifiers: set[str] = set()
    adjuncts: set[str] = set()

    def take(target: set[str], index: int) -> None:
        for at in clauses.conjuncts(index):
            is_former = target is not subjects and is_of_former_fighters(clauses, at)
            words = clauses.words(at) - PIT_WORDS if is_pit(clauses, at) else clauses.words(at)
            target.update({"civilians"} if is_former else words)

    for at in sorted(predicate.anchors):
        is_own = at not in predicate.outcomes or at == predicate.token
        if clauses.is_verb(at):
            for patient in clauses.patients(at):
                take(objects, patient)
                if is_own:
                    take(own_objects, patient)
            for agent in clauses.agents(at):
                take(subjects, agent)
                if (meant := meant_by_second_one(clauses, agent)) is not None:
                    take(subjects, meant)  # "a mine killed four, and another wounded two"
                if (teller := _who_tells_of_itself(clauses, at, agent)) is not None:
                    take(subjects, teller)
        for word, below in clauses.preps(at):
            if clauses.is_verb(below) or (clauses.lower[below] == "heart" and any(clauses.preps(below, "of"))):
                continue  # "a blast in the heart of X" is no illness
            if word in _ABOARD and clauses.lemma(below) in grammar("vehicles"):
                continue  # "shot aboard a plane" is no air strike
            aimed = (
                word in ("of", "on", "against")
                if predicate.is_noun
                else word in ("on", "at", "upon") and not clauses.is_verb(at)
            )
            aimed = aimed or (predicate.sense.name == "fire" and word in ("on", "at", "upon"))
            take(objects if aimed else adjuncts, below)
            if aimed and is_own:
                take(own_objects, below)
        modifiers.update(
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
                    take(adjuncts, below)
    for index in range(predicate.token - 1, -1, -1):
        token = clauses.tokens[index]
        if token.start < predicate.start:
            break
        modifiers.update((token.text.lower(), token.lemma.lower()))
    for token in clauses.document.tokens_between(predicate.start, predicate.end):
        if (
            predicate.is_noun or token.dep != "dobj" or token.index in predicate.anchors
        ):  # "drove his car into a crowd": a car is no part of the verb
            modifiers.add(token.text.lower())
    return Words(
        object=frozenset(objects),
        own_object=frozenset(own_objects),
        subject=frozenset(subjects),
        modifier=frozenset(modifiers),
        adjunct=frozenset(adjuncts),
        clause=clauses.words_of(clauses.passage_of(predicate.token)),
    )


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
