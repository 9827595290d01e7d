"""Which of the places that a predicate may have are its own: the closest, the finest, and those listed beside it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from geoconflict.extract.event_places.place_names import LARGE_KINDS, PlaceNames
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Relation, Role

__all__ = ["PlaceChoice", "PlaceChooser", "Tie"]

_FRONTED_AHEAD = 0.9
"""How much less a fronted region may cost than the town of the predicate's own clause that is finer."""
_MOST_STEPS = 3
"""A village, its district, its province: no address that news gives has more."""
_SURROUNDED_AHEAD = 1.1
"""How much less a region may cost than the place that the text says lies in it."""
_FRONTED = re.compile(r"\W*(?:in|across|throughout)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}(?:of\s+)?", re.IGNORECASE)
_NAMED_KIND = re.compile(r"\b(?:village|town|city|hamlet|settlement)s?\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_WITHIN = re.compile(r",(?: (?:the |an? )?(?:[\w'’-]+ ){0,4}(?:of|in)(?: the)?(?: [a-z]+)?)? ")
_COUNTED_FROM = re.compile(
    r", an? (?:[\w'’-]+ ){1,4}(?:north|south|east|west|northeast|northwest|southeast|southwest|north-east|north-west|south-east|south-west) of "
)
_NEAR = re.compile(
    r"(?: (?:[a-z]+ )?(?P<kind>[a-z]+))?,? (?:near|close to|outside|not far from) (?:the )?(?:(?:town|city|village) of )?"
)
"""Between two names, what says that the first one, or a thing named by it, lies near the second: "X refugee camp near Y"."""
_ON_THE_RIVER = re.compile(
    r",? on the (?:(?:lower|upper|middle) |(?:[a-z]+ )?(?:bank|banks|shore|shores) of (?:the )?)(?:river |lake )?|, on the (?:river )?"
)
"""Between two names, what says by which river the first one lies: "X, on the lower Y"."""
_LISTED = re.compile(r"\b(?:and|or|to)\s+(?:[\w-]+\s+){0,4}$")
_OWNING = frozenset({"'s ", "’s ", "' ", "’ "})
_SET_OFF = re.compile(r"[^,.;\n]{0,39},")


class Tie(Enum):
    """What ties a place to a predicate."""

    CLAUSE = auto()
    """It hangs on the predicate."""
    SENTENCE = auto()
    """It hangs on another clause of the sentence."""
    TELLERS = auto()
    """Those are there who tell of it."""
    NEIGHBOUR = auto()
    """What hangs on the predicate only tells where the name before it lies, which is this one."""
    PRONOUN = auto()
    """A pronoun stands for it, or a noun that may tell of ground: it is the object."""
    NAMED_BEFORE = auto()
    """Another word stands for it, "the town", and it was named before."""
    REPORT = auto()
    """What else the report tells: nothing of the predicate's own words names it."""


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place mention that a predicate may have, or that was chosen for it."""

    index: int
    """Index into the document's toponyms."""
    cost: float
    relation: Relation
    reason: str
    """In words, for readers alone."""
    tie: Tie = Tie.REPORT
    word: str = ""
    """The word by which a place of the predicate's own sentence hangs on it, mostly a preposition; "object" is its object, or a
    subject that suffers, "place" a noun right before it."""

    def stands_by(self, *words: str) -> bool:
        """Whether it hangs on the predicate itself, by one of some words."""
        return self.tie is Tie.CLAUSE and self.word in words


class PlaceChooser:
    """Chooses among the names of one document."""

    def __init__(self, names: PlaceNames) -> None:
        self._names = names

    def choose(self, costs: Mapping[int, PlaceChoice], predicate: Predicate) -> tuple[PlaceChoice, ...]:
        """Return the place of the predicate and the places coordinated with it, in text order."""
        if not costs:
            return ()
        ranked = sorted(costs, key=lambda index: (round(costs[index].cost, 2), self._names.toponyms[index].start))
        best = ranked[0]
        # "the Artsakh capital of Stepanakert", "X's second city Ganja": the name of the place, not of its country.
        for other in ranked[1:]:
            if self._names.names_part_of(best, other) and costs[other].cost <= costs[best].cost + 0.6:
                best = other
                break
        best = self._finer_than_fronted(self._sharper(best, ranked, costs), ranked, costs, predicate)
        chosen = [best]
        for step in (1, -1):
            at = best
            while 0 <= at + step < len(self._names.toponyms) and (at + step) in costs:
                left, right = (at, at + step) if step == 1 else (at + step, at)
                if costs[at + step].cost > costs[best].cost + 1.1 or not self._names.are_coordinate(left, right):
                    if step == 1 and self._names.is_containment(left, right):
                        at += step
                        continue
                    break
                at += step
                chosen.append(at)
        if costs[best].word == "between":  # what lies between two places is one place
            chosen = [min(chosen)]
        else:
            chosen += (
                self._of_listed_targets(predicate, chosen, costs)
                or self._of_listed_facilities(predicate, chosen, costs)
                or self._of_listed_phrases(predicate, chosen, costs)
            )
        return tuple(costs[index] for index in self._without_surroundings(sorted(chosen)))

    def _without_surroundings(self, chosen: Sequence[int]) -> list[int]:
        """Leave out the border that a town lies near and the country that it lies in: "in X, western Syria, near the border"."""
        countries = {index for index in chosen if self._names.is_country(index)}
        lines = {index for index in chosen if self._names.is_line(index)}
        spots = [i for i in chosen if i not in countries | lines and not self._names.is_large(i)]
        around = countries - lines if countries != set(chosen) else set()
        around |= lines if spots else set()
        around |= {
            index
            for index in chosen
            if (
                index - 1 in spots
                and (
                    (self._names.names_region(index) and _WITHIN.fullmatch(self._gap(index - 1, index)))
                    or _COUNTED_FROM.fullmatch(self._gap(index - 1, index))
                )
            )
            or (index - 2 in spots and self._is_owned_region_around(index))
        }
        text = self._names.clauses.document.text
        return [
            index
            for index in chosen
            if index not in around
            or _LISTED.search(text, max(0, self._names.toponyms[index].start - 40), self._names.toponyms[index].start)
        ]

    def _is_owned_region_around(self, index: int) -> bool:
        """Whether a name is a region's that another owns, in which the name before lies: "in X, in Ruritania's northern Y province"."""
        return (
            index > 1
            and self._names.names_region(index)
            and self._gap(index - 1, index)[:1] in ("'", "’")
            and re.fullmatch(r",? (?:in|of) (?:[a-z]+ )?", self._gap(index - 2, index - 1)) is not None
        )

    def _gap(self, left: int, right: int) -> str:
        return self._names.clauses.document.text[self._names.toponyms[left].end : self._names.toponyms[right].start]

    def _of_listed_targets(
        self, predicate: Predicate, chosen: Sequence[int], costs: Mapping[int, PlaceChoice]
    ) -> list[int]:
        """Return the places of the other things in the list that `chosen` belong to: "a port in X and a bridge at Y"."""
        clauses = self._names.clauses
        targets = [
            at
            for verb in sorted(predicate.anchors - predicate.outcomes)
            for at in (clauses.patients(verb) if clauses.is_verb(verb) else [])
        ]
        if predicate.is_noun:
            targets += [
                at for word, at in clauses.preps(predicate.token) if word in ("on", "of", "against", "at", "in")
            ]
        for target in targets:
            members = [target, *(at for at in clauses.document.subtree(target) if self._is_listed(at))]
            if not any(clauses.tokens[member].dep == "conj" for member in members[1:]):
                continue
            if (found := self._of_other_members(members, chosen, costs)) is not None:
                return found
        return []

    def _of_listed_phrases(
        self, predicate: Predicate, chosen: Sequence[int], costs: Mapping[int, PlaceChoice]
    ) -> list[int]:
        """Return the places of the other phrases in a list of them: "fired at the base in X and at a post near Y"."""
        clauses = self._names.clauses
        for anchor in sorted(predicate.anchors - predicate.outcomes):
            phrases = clauses.children(anchor, "prep")
            for number, first in enumerate(phrases):
                # "At the shrine in X, at the church in Y": the parser may hang each on the verb.
                members = [first.index]
                members += [
                    one.index
                    for one in phrases[number + 1 :]
                    if one.text.lower() == first.text.lower() and clauses.lower[one.index - 1] in (",", ";", "and")
                ]
                for at in members:
                    below = (clauses.tokens[one] for one in clauses.document.subtree(at))
                    members += [
                        one.index
                        for one in below
                        if one.dep == "conj" and one.pos == "ADP" and one.index not in members
                    ]
                if len(members) > 1 and (found := self._of_other_members(members, chosen, costs)) is not None:
                    return found
        return []

    def _of_other_members(
        self, members: Sequence[int], chosen: Sequence[int], costs: Mapping[int, PlaceChoice]
    ) -> list[int] | None:
        """Return the nearest place of each member of a list that has none of `chosen`; None where no member has one."""
        below = [set(self._names.clauses.document.subtree(member)) for member in members]
        own = [part - set().union(*(one for one in below if one < part)) for part in below]
        if not any(self._names.heads[index] in part for part in own for index in chosen):
            return None
        found = []
        for member, part in zip(members, own, strict=True):
            named = [
                index
                for index in costs
                if (head := self._names.heads[index]) is not None
                and head in part
                and not self._is_below_a_verb(head, member)
                and not (self._names.is_large(index) or self._names.is_country(index))
                and not self._names.lies_around(index, chosen)
            ]
            if named and not set(named).intersection(chosen):
                found.append(min(named, key=lambda index: (costs[index].cost, index)))
        return found

    def _is_below_a_verb(self, head: int, member: int) -> bool:
        """Whether a verb stands on the way from a name up to a phrase of a list: "in X, in an effort to protect Y"."""
        clauses = self._names.clauses
        if clauses.tokens[member].pos != "ADP":
            return False
        way = itertools.takewhile(lambda at: at != member, clauses.path_up(head))
        return any(clauses.tokens[at].pos == "VERB" for at in way)

    def _of_listed_facilities(
        self, predicate: Predicate, chosen: Sequence[int], costs: Mapping[int, PlaceChoice]
    ) -> list[int]:
        """Return the places of targets that the parser hung on the town before: "hit the palace in X and an airport in Y".

        It may hang them on the verb, too: "attacked a boat near X and a camp in Y province".
        """
        clauses = self._names.clauses
        verbs = [at for at in sorted(predicate.anchors) if clauses.is_verb(at)]
        heads = [head for index in chosen if (head := self._names.heads[index]) is not None]
        joined = [
            child.index
            for head in (*heads, *verbs)
            for child in clauses.children(head, "conj")
            if child.pos == "NOUN"
            and (child.lemma.lower() in grammar("facilities") or self._is_second_target(child.index, predicate))
        ]
        parts = [frozenset(clauses.document.subtree(at)) for at in joined]
        return [
            index
            for index in costs
            if index not in chosen
            and (any(self._names.heads[index] in part for part in parts) or self._stands_right_behind(index, joined))
            and not self._names.is_country(index)
            and not self._names.lies_around(index, chosen)
        ]

    def _stands_right_behind(self, index: int, nouns: Sequence[int]) -> bool:
        """Whether a preposition alone parts a name from one of some nouns, whatever the parser hung it on: "oil wells near X"."""
        clauses, head = self._names.clauses, self._names.heads[index]
        way = clauses.path_up(head) if head is not None else []
        prep = next((at for at in way if clauses.tokens[at].pos == "ADP"), None)
        return prep is not None and prep - 1 in nouns

    def _is_second_target(self, noun: int, predicate: Predicate) -> bool:
        """Whether a noun behind "and" can only be one more thing that the verb was done to: "hit a market in X and a hospital in Y".

        A noun of an event may have anything beside it: "discussed the fighting in X and the situation in Y".
        """
        clauses = self._names.clauses
        token = clauses.tokens[noun]
        is_place = any(token.text.lower() in grammar(name) for name in ("settlements", "regions", "place_nouns"))
        is_near = not grammar("near").isdisjoint(clauses.lower[noun + 1 : noun + 2])
        is_vague = is_place and not is_near  # "and several villages"
        if predicate.is_noun or is_vague or not clauses.document.cased[token.start : token.end].islower():
            return False
        opening = clauses.phrase_tokens(noun)[0].index
        is_behind = noun > predicate.token and clauses.lower[opening - 1] in ("and", ",", "as")
        return is_behind and bool(clauses.patients(predicate.token))

    def _is_listed(self, at: int) -> bool:
        """Whether the token is a thing of its own on a list; the parser takes the second of three for an apposition.

        "The capital of X" after a name describes it, and "several villages in X" tell no place that a name does not.
        """
        token = self._names.clauses.tokens[at]
        if token.dep not in ("conj", "appos") or token.pos not in ("NOUN", "PROPN"):
            return False
        word = token.text.lower()
        is_place = any(word in grammar(name) for name in ("settlements", "regions", "place_nouns"))
        vague = is_place and (word.endswith("s") or (token.dep == "appos" and word not in grammar("facilities")))
        return not vague

    def _sharper(self, best: int, ranked: Sequence[int], costs: Mapping[int, PlaceChoice]) -> int:
        """Return the settlement or province that hangs on the predicate nearly as closely as the country chosen."""
        at = best
        while (
            best - at < _MOST_STEPS
            and at - 1 in costs
            and costs[at - 1].cost <= costs[best].cost + 0.5
            and (self._names.is_containment(at - 1, at) or self._lies_by(at - 1, at))
        ):
            at -= 1
        if at != best:
            return at
        if (
            best - 2 in costs
            and costs[best - 2].cost <= costs[best].cost + _SURROUNDED_AHEAD
            and self._is_owned_region_around(best)
        ):
            return best - 2
        for other in ranked:
            if other == best or costs[other].cost > costs[best].cost + 0.5:
                continue
            if self._names.is_country(best) and not self._names.is_country(other):
                return other
            if self._names.is_line(best) and not self._names.is_line(other) and not self._names.is_large(other):
                return other
            if best < other and self._gap(best, other) in _OWNING:
                return other
            is_finer = self._names.is_large(best) and not (self._names.is_large(other) or self._names.is_country(other))
            if is_finer and (
                self._gap(best, other).strip() == "" if best < other else self._gap(other, best) not in _OWNING
            ):
                return other  # "near X, on the edge of the Y region"; but "X's Y district" is Y
        return best

    def _lies_by(self, spot: int, other: int) -> bool:
        """Whether the second of two names only tells what the first, no region or country, lies near: "the village of X, near Y"."""
        if self._names.is_large(spot) or self._names.is_country(spot) or self._names.is_line(spot):
            return False
        gap = self._gap(spot, other)
        near = _NEAR.fullmatch(gap)
        is_place = near is not None and (near["kind"] is None or near["kind"] in grammar("facilities"))
        return is_place or (not self._names.is_line(other) and _ON_THE_RIVER.fullmatch(gap) is not None)

    def _finer_than_fronted(
        self,
        best: int,
        ranked: Sequence[int],
        costs: Mapping[int, PlaceChoice],
        predicate: Predicate,
    ) -> int:
        """Return the town of the predicate's own clause instead of the region before it: "In X, they killed six in the village of Y"."""
        if not self._is_fronted_region(best):
            return best
        for other in ranked:
            is_finer = bool(self._names.kinds[other]) and not self._names.is_large(other)
            if (
                is_finer
                and self._names.toponyms[other].role is Role.EVENT_PLACE
                and self._is_governed_behind(best, costs[other], predicate)
                and costs[other].cost <= costs[best].cost + _FRONTED_AHEAD
                and costs[other].tie is not Tie.SENTENCE
            ):
                return other
        return best

    def _is_governed_behind(self, front: int, behind: PlaceChoice, predicate: Predicate) -> bool:
        """Whether the predicate or a verb stands between two names, and a preposition of place or "the village of" before the second."""
        start, end = self._names.toponyms[front].end, self._names.toponyms[behind.index].start
        between = self._names.clauses.document.tokens_between(start, end) if start < end else ()
        named = _NAMED_KIND.search(self._names.clauses.document.text[max(0, end - 40) : end])
        by_place = behind.word in grammar("place_prepositions") | {"near"}
        is_behind = any(token.pos == "VERB" or token.index == predicate.token for token in between)
        return is_behind and (by_place or named is not None)

    def _is_fronted_region(self, index: int) -> bool:
        """Whether a name that a region bears opens its sentence, set off by a comma: "In the X region on Monday, ..."."""
        one, document = self._names.toponyms[index], self._names.clauses.document
        if not self._names.kinds[index] & LARGE_KINDS and not self._names.names_region(index):
            return False
        before = document.text[document.sentence_at(one.start).start : one.start]
        after = document.text[one.end : one.end + 40]
        return _FRONTED.fullmatch(before) is not None and _SET_OFF.match(after) is not None
