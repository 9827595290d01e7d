"""Which place belongs to which predicate: by the way up the dependency tree from the name to the predicate.

A place in the predicate's own clause beats one across a clause border; a speaker's capital or an actor's country is never
where it happened.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Mapping

from geoconflict.extract.event_places.place_choice import PlaceChoice, PlaceChooser, Tie
from geoconflict.extract.event_places.place_names import PlaceNames
from geoconflict.extract.event_places.ways import WayReader
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Relation, Role, Toponym

__all__ = ["PlaceFinder"]

MAX_PLACE_COST = 1.9
"""Above this a place of the sentence is not taken as the predicate's own."""
_LEAST_OF_ROLE = -0.3
"""The most that a role takes off."""
_TOO_FAR = MAX_PLACE_COST + 0.1 - _LEAST_OF_ROLE
"""So far off by the way alone that nothing else can make a place the predicate's own."""
_TRUCE_BREAKING = frozenset({"truce-violation", "ceasefire-violation"})
"""Senses of truces that did not hold."""
_MOST_BETWEEN = 12
"""Behind so many words of other predicates a place of the sentence is theirs, in whatever list or trap."""
_SIGNED_THERE = 1.4
"""What the place costs more at which a truce was signed: where it takes effect, if that is told, comes first."""
_MEASURED_OFF = re.compile(
    r"\d\s?(?:km|kms|kilomet(?:re|er)s?|m|met(?:re|er)s?|miles?)\s+(?:to\s+the\s+)?(?:north|south|east|west)[\w-]*(?!\s+(?:of|from)\b)(?!\w)",
    re.IGNORECASE,
)
"""How far off and which way something was from whoever saw or heard it, by no name behind it."""
_WHERE_THEY_ARE = frozenset({"at", "in", "near", "outside"})
_OF_TELLERS = 1.4
"""The cost of where those are who tell it: a place of its own comes first."""
_BEYOND = frozenset({"across", "beyond", "over"})
_OF_RULERS = 1.3
"""What a name costs more that may only say which government is meant; what else is named comes first."""
_BEYOND_WATER = 1.0
"""What a river costs more that something lies or is fired across: "a base in X, across the river from the capital"."""
_TIES_IN_WORDS = {Tie.CLAUSE: "", Tie.SENTENCE: ", same sentence", Tie.TELLERS: ", where those are who tell it"}
"""What reasons say behind the name."""


class PlaceFinder:
    """Chooses the places of predicates in one document."""

    def __init__(self, names: PlaceNames) -> None:
        self.names = names
        self._clauses = names.clauses
        self._toponyms = names.toponyms
        self._in_passage: dict[int, list[tuple[int, int]]] = {}
        """Passage index -> the toponyms in it, each with its head token."""
        for index, head in enumerate(names.heads):
            if head is not None:
                self._in_passage.setdefault(self._clauses.passage_of(head).index, []).append((index, head))
        self._ways = WayReader(names)
        self._chooser = PlaceChooser(names)

    def costs(
        self, predicate: Predicate, *, diplomatic: bool, others: frozenset[int] = frozenset()
    ) -> dict[int, PlaceChoice]:
        """Return the places of the passage that the predicate may have, by the index of their toponyms.

        Parameters
        ----------
        others
            Tokens of other predicates of the sentence: a place below one of them hangs on that one first.
        """
        passage = self._clauses.passage_of(predicate.token).index
        found: dict[int, PlaceChoice] = {}
        told_of = self._head_told_of(predicate)
        in_order = sorted(others)
        own = bisect.bisect(in_order, predicate.token)
        for index, head in self._in_passage.get(passage, ()):
            if abs(bisect.bisect(in_order, head) - own) > _MOST_BETWEEN:
                continue
            is_told_of = told_of is not None and self._names_what_is_told_of(head, *told_of)
            cost = self._cost(index, head, predicate, diplomatic=diplomatic, others=others, is_told_of=is_told_of)
            if cost is not None:
                found[index] = cost
        for index in sorted(found):
            # "the X camp, north of Y": what Y is named for happened at X, whatever the parser hung Y on.
            if index > 0 and self.names.only_tells_where(index - 1, index):
                told = found.pop(index)
                if index - 1 not in found or told.cost < found[index - 1].cost:
                    found[index - 1] = dataclasses.replace(
                        told,
                        index=index - 1,
                        relation=self._toponyms[index - 1].relation,
                        reason=f"{told.reason}, which tells where it lies",
                        tie=Tie.NEIGHBOUR,
                    )
        return found

    def _cost(
        self,
        index: int,
        head: int,
        predicate: Predicate,
        *,
        diplomatic: bool,
        others: frozenset[int],
        is_told_of: bool,
    ) -> PlaceChoice | None:
        clauses = self._clauses
        toponym = self._toponyms[index]
        anchors = frozenset(predicate.anchors | {predicate.token})
        if head in anchors:
            return None
        is_of_tellers = not is_told_of and self._is_where_tellers_are(index, head, predicate)
        is_caption = clauses.passage_of(head).is_caption
        cost, path = clauses.distance(head, predicate.token, anchors)
        if cost > _TOO_FAR and not (is_told_of or is_of_tellers or is_caption):
            return None  # most places of a long list, of which nothing more need be asked
        if self._is_of_something_else(index, head, predicate, diplomatic=diplomatic):
            return None
        if is_told_of:
            return self._choice(index, 0.2, toponym.relation, Tie.CLAUSE, "where")
        if is_of_tellers:
            return self._choice(index, _OF_TELLERS, toponym.relation, Tie.TELLERS, "in")
        of_truce = self._cost_of_truce(path, predicate)
        if of_truce is None:
            return None
        cost += of_truce
        direct = path[-1] in anchors
        way = self._ways.read(path, predicate, direct=direct)
        if way is None:
            return None
        words = way.word
        cost += way.penalty
        if is_caption and words in ("in", "at", "near", "outside"):
            cost = min(cost, 0.7)  # a caption tells one scene
        if not others.isdisjoint(path[1:-1]):
            cost += 0.6
        of_role = _cost_of_role(toponym.role, words, diplomatic=diplomatic)
        if of_role is None:
            return None
        cost += of_role
        if self.names.is_country(index):
            cost += 0.3
        if self.names.is_seat_of_rulers(index):
            cost += _OF_RULERS
        if words in _BEYOND and self.names.is_water(index):
            cost += _BEYOND_WATER
        is_near = toponym.relation is Relation.NEAR or self._is_measured_from(toponym, predicate)
        near = Relation.NEAR if is_near else way.relation
        if cost > MAX_PLACE_COST:
            return None
        return self._choice(index, cost, near, Tie.CLAUSE if direct else Tie.SENTENCE, words)

    def _is_of_something_else(self, index: int, head: int, predicate: Predicate, *, diplomatic: bool) -> bool:
        """Whether a place is named for another reason than that the predicate happened there, wherever it stands."""
        clauses, names, token = self._clauses, self.names, predicate.token
        return (
            self._toponyms[index].role in (Role.DATELINE, Role.OTHER)
            or names.is_of_tellers(index, token)
            or names.is_spared(index)
            or names.tells_of_somebody(index, token)
            or names.is_of_release(index, predicate)
            or self._is_by_what_has_a_name(head)
            or names.is_of_a_reason(index, token)
            or names.is_of_what_ends_it(index, token)
            or names.is_end_of_a_way(index, token)
            or (not diplomatic and names.is_on_the_way(index))
            or (clauses.lies_in_since(head) and not clauses.lies_in_since(token))
        )

    def _cost_of_truce(self, path: list[int], predicate: Predicate) -> float | None:
        """Return what is added where a truce was made, None where the place is only that of its making or telling."""
        if predicate.sense.name == "ceasefire":
            made = self._where_made(path, predicate)
            if made == "truce_telling" or self._is_where_announced(path, predicate):
                return None
            return _SIGNED_THERE if made else 0.0
        if predicate.sense.name in _TRUCE_BREAKING and self._is_where_agreed(path):
            return None  # "the truce agreed in X was broken"
        return 0.0

    def _is_measured_from(self, toponym: Toponym, predicate: Predicate) -> bool:
        """Whether a place is only where somebody stood: "while in X, the monitors heard two blasts, both 3-5 km south-west"."""
        clauses = self._clauses
        if all(clauses.lemma(at) not in grammar("perceiving") for at in clauses.path_up(predicate.token)):
            return False
        end = clauses.passage_of(predicate.token).end
        return _MEASURED_OFF.search(clauses.document.text, toponym.end, end) is not None

    def _is_by_what_has_a_name(self, head: int) -> bool:
        """Whether a place only says where something lies that is named by another: "the Vaziani base outside Tbilisi"."""
        tokens = self._clauses.tokens
        prep = tokens[tokens[head].head]
        if tokens[head].dep != "pobj" or prep.text.lower() not in ("beside", "near", "outside"):
            return False
        noun = tokens[prep.head]
        if noun.lemma.lower() not in grammar("facilities"):
            return False
        named = {child.index for child in self._clauses.children(noun.index, "compound", "nmod")}
        return not named.isdisjoint(self.names.heads)

    def _choice(self, index: int, cost: float, relation: Relation, tie: Tie, word: str) -> PlaceChoice:
        reason = f"{word} {self._toponyms[index].surface}{_TIES_IN_WORDS[tie]}"
        return PlaceChoice(index, cost, relation, reason, tie, word)

    def _is_where_announced(self, path: list[int], predicate: Predicate) -> bool:
        """Whether a place hangs on a clause beside the predicate that tells who made it known: "began after X announced it in Y"."""
        clauses = self._clauses
        return any(
            clauses.is_verb(at)
            and clauses.tokens[at].dep in ("relcl", "acl", "advcl")
            and clauses.tokens[at].lemma.lower() in lexicon_words("speech", "saying")
            and predicate.token not in clauses.document.subtree(at)
            for at in path
        )

    def _where_made(self, path: list[int], predicate: Predicate) -> str:
        """Return which verbs a place hangs on by "in" or "at": those that sign a truce, those that make it known, or neither.

        "Signed a truce in X" counts too, "announced a truce in X" does not: of the latter the truce may be in X.
        """
        clauses = self._clauses
        prep = next((at for at in path[1:] if clauses.tokens[at].dep == "prep"), None)
        if prep is None or clauses.lower[prep] not in ("in", "at"):
            return ""
        upper = clauses.tokens[clauses.tokens[prep].head]
        is_verb = clauses.is_verb(upper.index)
        if not is_verb and upper.index not in predicate.anchors | {predicate.token}:
            return ""
        lemma = (upper if is_verb else clauses.tokens[upper.head]).lemma.lower()
        kinds = ("truce_signing", "truce_telling") if is_verb else ("truce_signing",)
        return next((kind for kind in kinds if lemma in grammar(kind)), "")

    def _is_where_agreed(self, path: list[int]) -> bool:
        """Whether a place hangs on a clause that tells of a truce where it was made: "the truce signed in X"."""
        tokens = self._clauses.tokens
        verbs = (tokens[at].lemma.lower() for at in path if tokens[at].dep in ("acl", "relcl"))
        return any(verb in grammar("agreeing") or verb in grammar("truce_signing") for verb in verbs)

    def _head_told_of(self, predicate: Predicate) -> tuple[int, int] | None:
        """Return what the predicate's clause hangs on and the word before it, if it tells what happened at a place named there.

        "X, where 20 people were killed".
        """
        clauses = self._clauses
        clause = clauses.clause_head(predicate.token)
        while clauses.tokens[clause].dep == "conj":
            clause = clauses.tokens[clause].head
        if clauses.tokens[clause].dep not in ("relcl", "advcl"):
            return None
        for child in clauses.children(clause, "advmod"):
            if child.text.lower() == "where" and child.index > 1:
                before = child.index - (2 if clauses.lower[child.index - 1] == "," else 1)
                return clauses.tokens[clause].head, before
        return None

    def _names_what_is_told_of(self, head: int, above: int, before: int) -> bool:
        """Whether a place is what :meth:`_head_told_of` found, also in "in X on Monday, where"."""
        token = self._clauses.tokens[head]
        return head in (above, before) or (token.head == before and token.dep == "compound")

    def _is_where_tellers_are(self, index: int, head: int, predicate: Predicate) -> bool:
        """Whether a name opens a sentence in which people of that place tell what happened: "In X, police said a bomb went off"."""
        clauses = self._clauses
        prep = clauses.tokens[clauses.tokens[head].head]
        verb = prep.head
        if prep.dep != "prep" or prep.text.lower() not in _WHERE_THEY_ARE or prep.index > verb:
            return False
        if clauses.tokens[verb].lemma.lower() not in lexicon_words("speech", "saying"):
            return False
        name = " ".join(self._toponyms[index].surface.lower().split())
        is_capital = name in lexicon_words("places", "capital_cities")
        tellers = grammar("tellers_in_capitals" if is_capital else "local_tellers") | grammar("witnesses")
        told = (child.index for child in clauses.children(verb, "ccomp"))
        return (
            not self.names.is_large(index)
            and not any(self._is_of_elsewhere(at) for one in predicate.anchors for at in clauses.patients(one))
            and any(clauses.tokens[at].lemma.lower() in tellers for at in clauses.subjects(verb))
            and any(predicate.token in clauses.document.subtree(at) for at in told)
        )

    def _is_of_elsewhere(self, patient: int) -> bool:
        """Whether what was struck is another town, or a name: "a village", "Xanthivka"."""
        token = self._clauses.tokens[patient]
        return token.pos == "PROPN" or token.lemma.lower() in grammar("settlements")

    def choose(self, costs: Mapping[int, PlaceChoice], predicate: Predicate) -> tuple[PlaceChoice, ...]:
        """Return the place of the predicate and the places coordinated with it, in text order; `costs` are those of :meth:`costs`."""
        return self._chooser.choose(costs, predicate)

    def of_declarers(self, predicate: Predicate) -> tuple[PlaceChoice, ...]:
        """Return the countries that declare martial law, a curfew or a mobilisation: it holds on their own soil."""
        found: list[PlaceChoice] = []
        for verb in sorted(predicate.anchors):
            if not self._clauses.is_verb(verb):
                continue
            for subject in self._clauses.subjects(verb):
                heads = set(self._clauses.conjuncts(subject))
                for at in list(heads):
                    heads.update(below for prep, below in self._clauses.preps(at, "of"))
                for index, head in enumerate(self.names.heads):
                    if head in heads and all(choice.index != index for choice in found):
                        found.append(
                            PlaceChoice(index, 0.5, Relation.AT, f"declared by {self._toponyms[index].surface}")
                        )
        return tuple(found)


def _cost_of_role(role: Role, word: str, *, diplomatic: bool) -> float | None:
    """Return what the role of a place, behind a word such as "in", adds to its cost; None where it rules the place out."""
    if diplomatic:
        if role is Role.TALKS_VENUE:
            return _LEAST_OF_ROLE
        is_out = role is Role.ACTOR_METONYM or word not in ("in", "at", "on", "to", "place")
        return None if is_out else 0.0
    if role is Role.TALKS_VENUE:
        return 1.2
    is_out = (role is Role.ACTOR_METONYM and word not in ("object", "in", "at", "near", "inside")) or (
        role is Role.ORIGIN and word != "source"
    )
    if is_out:
        return None
    return -0.1 if role is Role.EVENT_PLACE else 0.0
