"""What an outcome came of: the event that killed, in the words of its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from geoconflict.extract.predicates.clauses import WHERE, Clauses, grammar
from geoconflict.extract.predicates.second_ones import meant_by_second_one
from geoconflict.extract.predicates.senses import TriggerLexicon
from geoconflict.extract.predicates.triggers import LOSSES, MIN_CAUSE_SCORE, Predicate
from geoconflict.models import EventType

__all__ = ["WEAPONS", "Causes"]

_AFTER = frozenset({"after", "following"})
_AFTERMATH = frozenset({"aftermath", "wake"})
_OF_TARGETS = frozenset({"against", "at", "in", "near", "on"})
_SHOT_DOWN = "shoot-down"
"""The sense of "shoot down": what comes down is an event itself."""
WEAPONS = ("artillery", "bombs", "explosive", "munition")
"""Classes of words."""
_FIGHT = "clash"
"""The sense of nouns for fighting."""
_JOINS_UPWARDS = frozenset({"advcl", "acl", "conj", "xcomp", "ccomp", "pcomp", "prep", "relcl", "dobj", "dep"})
"""How a clause may hang on that of its cause."""


def _is_counted_from(clauses: Clauses, clause: int) -> bool:
    """Whether a clause only dates what is told: "killed ten, a day after the plane was shot down"."""
    marks = clauses.children(clause, "mark")
    before = clauses.tokens[marks[0].index - 1] if marks and marks[0].index else None
    return before is not None and before.lemma.lower() in grammar("time_units")


def _goes_on_elsewhere(clauses: Clauses, first: int, second: int) -> bool:
    """Whether one subject does two things at two places: "killed three in X and abducted eight in Y"."""
    is_joined = clauses.tokens[second].dep == "conj" and not clauses.is_passive(second)
    return is_joined and clauses.names_a_place(first) and clauses.names_a_place(second)


def _are_of_two_places(clauses: Clauses, first: int, second: int) -> bool:
    """Whether a verb goes on from another with a subject and a place of its own: "was killed in X and two were wounded in Y"."""
    token = clauses.tokens[second]
    if token.dep not in ("advcl", "conj") or not clauses.children(second, "nsubj", "nsubjpass"):
        return False
    takes_name = token.dep == "advcl" and _takes_a_name(clauses, second)
    return clauses.names_a_place(first) and (takes_name or clauses.names_a_place(second))


def _takes_a_name(clauses: Clauses, verb: int) -> bool:
    """Whether a name is what a verb is done to or on: "shelled X", "fell on X"."""
    aimed_at = (*clauses.objects(verb), *(at for _, at in clauses.preps(verb, "on")))
    return any(clauses.tokens[at].pos == "PROPN" for at in aimed_at)


@dataclass(frozen=True, slots=True)
class Causes:
    """The events that one outcome may have come of."""

    clauses: Clauses
    one: Predicate
    """The outcome."""
    owner: Mapping[int, Predicate]
    """The predicates by their tokens."""
    tellers: frozenset[int]
    """The tokens of all outcomes."""
    lexicon: TriggerLexicon

    def find(self) -> Predicate | None:
        """Return the event that the outcome joins."""
        if self.one.is_noun:
            return None
        if self._is_a_result():
            return self._of_arguments() or self._above() or self._below()
        return self._of_arguments() or self._below() or self._above()

    def _is_a_result(self) -> bool:
        """Whether it only says what came of its sentence: "shells hit the school, killing ten, as rebels neared the town"."""
        token = self.clauses.tokens[self.one.token]
        return (
            token.tag == "VBG"
            and token.dep in ("acl", "advcl")
            and not self.clauses.children(token.index, "nsubj", "mark")
        )

    def _event_at(self, index: int) -> Predicate | None:
        cause, clauses = self.owner.get(index), self.clauses
        if cause is None or cause is self.one:
            return None
        if clauses.passage_of(cause.token).index != clauses.passage_of(self.one.token).index:
            return None
        # "during the conflict" names no cause of its own: a war is no single event.
        return (
            cause
            if cause.sense.event_type is not EventType.DIPLOMACY and cause.sense.score >= MIN_CAUSE_SCORE
            else None
        )

    def _event_in(self, index: int) -> Predicate | None:
        """Return the event of a noun, of what is joined to it or of its phrase."""
        for at in self.clauses.conjuncts(index):
            cause = self._event_at(at)
            if cause is not None:
                return cause
            for token in self.clauses.phrase_tokens(at):
                cause = self._event_at(token.index)
                if cause is not None and cause.is_noun:
                    return cause
        return None

    def _of_arguments(self) -> Predicate | None:
        """Return the event that did it, or by which it came: "the blast killed", "died in the blast"."""
        clauses, verb = self.clauses, self.one.token
        for at in clauses.subjects(verb) if not clauses.is_passive(verb) else []:
            if (cause := self._event_in(at)) is not None:
                return cause
        for told in self._listed():
            for word, at in clauses.preps(told):
                if word.split()[0] not in grammar("cause_prepositions") or self._only_dates(word, at):
                    continue
                if (cause := self._event_in(at)) is not None:
                    return cause
        return None

    def _listed(self) -> list[int]:
        """Return the verb and those that share its auxiliary: "ten were killed and 20 wounded in the blast"."""
        clauses, verb = self.clauses, self.one.token
        return [
            verb,
            *(
                child.index
                for child in clauses.children(verb, "conj")
                if clauses.shares_auxiliary(child.index) and not _are_of_two_places(clauses, verb, child.index)
            ),
        ]

    def _only_dates(self, word: str, at: int) -> bool:
        """Whether an event behind "after" came before the outcome, and did not cause it.

        "Two days after the raid on X, snipers shot five people" tells of two events, and "after the raid on X, soldiers shot six
        people in Y", too; "ten were killed after an attack on X" tells of one.
        """
        clauses, verb = self.clauses, self.one.token
        prep = clauses.tokens[clauses.tokens[at].head]
        before = clauses.tokens[prep.index - 1] if prep.index else prep
        if word in _AFTER and before.lemma.lower() in grammar("time_units"):
            return True
        if word not in _AFTER and clauses.lower[at] not in _AFTERMATH:
            return False
        behind = (one for noun in clauses.phrase_tokens(at) for one in clauses.preps(noun.index))
        has_place = any(
            lead.split()[-1] in _OF_TARGETS and any(token.pos == "PROPN" for token in clauses.phrase_tokens(below))
            for lead, below in behind
        )
        return has_place and clauses.names_a_place(verb)

    def _below(self) -> Predicate | None:
        """Return the event of a clause that hangs on the outcome: "died when a bomb went off"."""
        clauses = self.clauses
        hanging = ("advcl", "ccomp", "xcomp", "prep", "conj")
        for child in [one for verb in self._listed() for one in clauses.children(verb, *hanging)]:
            mark = {token.text.lower() for token in clauses.children(child.index, "mark", "advmod")}
            if self._is_a_result() and mark & {"as", "while"}:
                continue  # what went on besides
            if "while" in mark and child.index in self.tellers and clauses.children(child.index, "nsubj", "nsubjpass"):
                continue  # "ten were killed in X, while two were killed in an attack in Y"
            if ("while" in mark or (child.dep == "conj" and child.index in self.tellers)) and _are_of_two_places(
                clauses, self.one.token, child.index
            ):
                continue  # "nine were killed in X, while troops shelled Y", "one was killed in X and two were wounded in Y"
            if _goes_on_elsewhere(clauses, self.one.token, child.index):
                continue
            if _is_counted_from(clauses, child.index) or self._is_done_beside(child.index, mark):
                continue
            if any(meant_by_second_one(clauses, at) is not None for at in clauses.subjects(child.index)):
                continue  # "a shell killed two in X, and another hit a house in Y"
            is_placed = any(clauses.preps(at, "at", "in", "near", "outside") for at in self._listed())
            if child.index in self.tellers and clauses.shares_auxiliary(child.index) and is_placed:
                continue  # "ten were killed and 20 wounded in X"; without a place they are those of what was told before
            is_told_with = mark & {"when", "as", "after", "while"} or child.dep == "conj"
            cause = self._event_at(child.index) if is_told_with else None
            if cause is not None and self._kills_beside(cause):
                continue
            # "Killed five and seized weapons": nobody died of the seizure. "Shot down a plane and captured its pilot": two acts.
            # "Killed 30 and lost four": the losses come with the killing, and not the killing with the losses.
            are_two = cause is not None and (
                cause.sense.event_type is EventType.STRATEGIC
                or self.one.sense.name == _SHOT_DOWN
                or any(sense.name == LOSSES for sense in cause.senses)
            )
            if cause is not None and not (child.dep == "conj" and are_two):
                return cause
        return None

    def _is_done_beside(self, clause: int, mark: AbstractSet[str]) -> bool:
        """Whether a clause tells what others did then: "rebels shot ten in X, while rockets were fired at Y".

        Of "as" and "while" it is only sure where the outcome has a place of its own, and of "as" where both have: "killed ten as
        rebels attacked" may tell of one fight.
        """
        if not self._has_doer_beside(clause):
            return False
        if "after" in mark:
            return True
        if mark.isdisjoint({"as", "while"}) or not self._is_placed_before(clause):
            return False
        return "while" in mark or _takes_a_name(self.clauses, clause) or self.clauses.names_a_place(clause)

    def _is_placed_before(self, clause: int) -> bool:
        """Whether a name stands behind a preposition of place in the outcome's own clause, however deep: "at a fair near X"."""
        clauses = self.clauses
        inside = set(clauses.document.subtree(clause))
        own = [clauses.tokens[at] for at in clauses.document.subtree(self.one.token) if at not in inside]
        return any(one.pos == "PROPN" and one.dep == "pobj" and clauses.lower[one.head] in WHERE for one in own)

    def _has_doer_beside(self, clause: int) -> bool:
        """Whether the outcome has a doer and a clause another: "police shot two youths after a crowd attacked a post"."""
        clauses, verb = self.clauses, self.one.token
        if clauses.is_passive(verb) or not clauses.subjects(verb) or not clauses.objects(verb):
            return False
        others = clauses.subjects(clause)
        return bool(others) and all(clauses.tokens[at].pos in ("NOUN", "PROPN") for at in others)

    def _kills_beside(self, cause: Predicate) -> bool:
        """Whether the outcome is what somebody did to civilians beside a fight: "clashes raged, with militiamen killing 15 people"."""
        clauses, verb = self.clauses, self.one.token
        if not cause.is_noun or cause.sense.name != _FIGHT or clauses.is_passive(verb):
            return False
        doers = [
            one.index
            for one in clauses.children(verb, "nsubj")
            if one.pos in ("NOUN", "PROPN")
            and one.index not in self.owner
            and not any(self.lexicon.among(clauses.words(one.index), name) for name in WEAPONS)
        ]
        people = frozenset(word for at in clauses.objects(verb) for word in clauses.words(at))
        are_civilians = self.lexicon.among(people, "civilians") and not self.lexicon.among(people, "military")
        return bool(doers) and are_civilians

    def _above(self) -> Predicate | None:
        """Return the event of a clause that governs the outcome: "shelled the town, killing three"."""
        clauses = self.clauses
        token = clauses.tokens[self.one.token]
        for _ in range(3):
            if token.head == token.index or token.dep not in _JOINS_UPWARDS:
                break
            goes_on = clauses.shares_auxiliary(token.index)
            if (
                token.dep == "conj"
                and clauses.children(token.index, "nsubj", "nsubjpass")
                and (not goes_on or _are_of_two_places(clauses, token.head, token.index))
            ):
                break  # "and gunmen killed two": another event
            if _is_counted_from(clauses, token.index):
                break
            governor = clauses.tokens[token.head]
            if token.dep == "ccomp" and governor.pos == "VERB" and self._event_at(token.head) is None:
                break
            if (cause := self._event_at(token.head)) is not None and (token.dep != "relcl" or cause.is_noun):
                return None if self._kills_beside(cause) else cause
            is_of_name = token.dep == "relcl" and governor.pos in ("NOUN", "PROPN")
            token = governor
            if is_of_name and token.dep == "pobj" and clauses.lower[token.index + 1 : token.index + 2] == [","]:
                # "The attack on a market in X, which killed": the parser hangs the clause on X, or on what X stands behind.
                token = clauses.tokens[token.head]
                while token.dep in ("pobj", "prep") and self._event_at(token.head) is None:
                    token = clauses.tokens[token.head]
        return None
