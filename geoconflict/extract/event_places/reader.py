"""Which place belongs to which predicate: by the way up the dependency tree from the name to the predicate.

A place in the predicate's own clause beats one across a clause border; a speaker's capital or an actor's country is never
where it happened.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from geoconflict.extract.event_places.place_choice import PlaceChoice, PlaceChooser, Tie
from geoconflict.extract.event_places.place_names import PlaceNames
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import EventType, Relation, Role

__all__ = ["PlaceFinder"]

MAX_PLACE_COST = 1.9
"""Above this a place of the sentence is not taken as the predicate's own."""
_SIGNED_THERE = 1.4
"""What the place costs more at which a truce was signed: where it takes effect, if that is told, comes first."""
_ACTOR_PREPS = {
    "between": 0.1,
    "with": 0.3,
    "by": 0.6,
    "for": 0.5,
    "about": 0.6,
    "according": 2.0,
    "than": 2.0,
    "as": 0.5,
    "from": 0.8,
}
_WHERE_THEY_ARE = frozenset({"at", "in", "near", "outside"})
_OF_TELLERS = 1.4
"""The cost of where those are who tell it: a place of its own comes first."""
_BEYOND = frozenset({"across", "beyond", "over"})
_BEYOND_WATER = 1.0
"""What a river costs more that something lies or is fired across: "a base in X, across the river from the capital"."""
_WHITHER_A_ROAD_LEADS = 0.7
"""What the end of a road costs more: "blocked the highway to X"."""
_WHITHER = frozenset({"into", "to", "toward", "towards"})
_LEAVING = frozenset({"evacuate", "pull", "retreat", "withdraw", "withdrawal"})
"""Words of leaving a place to others: where they went is another."""
_SOURCE_SENSES = frozenset({"withdraw", "drive-from", "abduct", "seize-people"})
_VICTIM_SENSES = frozenset({"kill", "murder", "abduct", "dead", "seize-people", "arrest", "rape"})
"""Senses of what is done to people: the name that it was done to is a person's, though a place bears it too."""
_FROM_AFAR = frozenset({"air-strike", "fire-munition", "shelling", "strike"})
"""Senses of what a state's forces may do in another country."""
_SUFFERING_SENSES = frozenset({"fall-town", "attack", "under-fire"})
"""Senses whose subject may be the place that suffers: "the town fell", "the village came under fire"."""

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
        self._spot_heads = frozenset(
            head for head, one in zip(names.heads, names.toponyms, strict=True) if one.role is Role.EVENT_PLACE
        )
        self._chooser = PlaceChooser(names)

    def costs(
        self, predicate: Predicate, *, diplomatic: bool, others: frozenset[int] = frozenset()
    ) -> dict[int, PlaceChoice]:
        """Return the places of the passage that the predicate may have, by the index of their toponyms.

        Parameters
        ----------
        others
            Tokens of other predicates: a place below one of them hangs on that one first.
        """
        passage = self._clauses.passage_of(predicate.token).index
        found: dict[int, PlaceChoice] = {}
        for index, head in self._in_passage.get(passage, ()):
            cost = self._cost(index, head, predicate, diplomatic=diplomatic, others=others)
            if cost is not None:
                found[index] = cost
        for index in sorted(found):
            # "the X camp, north of Y": what Y is named for happened at X, whatever the parser hung Y on.
            if index > 0 and self.names.only_tells_where(index - 1, index):
                told = found[index]
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
        self, index: int, head: int, predicate: Predicate, *, diplomatic: bool, others: frozenset[int]
    ) -> PlaceChoice | None:
        clauses = self._clauses
        toponym = self._toponyms[index]
        if toponym.role in (Role.DATELINE, Role.OTHER):
            return None
        anchors = frozenset(predicate.anchors | {predicate.token})
        if self.names.is_of_tellers(index, predicate.token) or self.names.is_spared(index):
            return None
        if self.names.tells_of_somebody(index, predicate.token) or self.names.is_of_release(index, predicate):
            return None
        if self.names.is_end_of_a_way(index, predicate.token):
            return None
        if head in anchors or (clauses.lies_in_since(head) and not clauses.lies_in_since(predicate.token)):
            return None
        if self._is_told_of(head, predicate):
            return self._choice(index, 0.2, toponym.relation, Tie.CLAUSE, "where")
        if self._is_where_tellers_are(index, head, predicate):
            return self._choice(index, _OF_TELLERS, toponym.relation, Tie.TELLERS, "in")
        cost, path = clauses.distance(head, predicate.token, anchors)
        if predicate.sense.name == "ceasefire":
            made = self._where_made(path, predicate)
            if made == "truce_telling" or self._is_where_announced(path, predicate):
                return None
            cost += _SIGNED_THERE if made else 0.0
        direct = path[-1] in anchors
        way = self._way(path, predicate, direct=direct)
        if way is None:
            return None
        penalty, relation, words = way
        cost += penalty
        if clauses.passage_of(head).is_caption and words in ("in", "at", "near", "outside"):
            cost = min(cost, 0.7)  # a caption tells one scene
        if not others.isdisjoint(path[1:-1]):
            cost += 0.6
        if diplomatic:
            if toponym.role is Role.TALKS_VENUE:
                cost -= 0.3
            elif toponym.role is Role.ACTOR_METONYM or words not in ("in", "at", "on", "to", "place"):
                return None
        elif toponym.role is Role.TALKS_VENUE:
            cost += 1.2
        elif (toponym.role is Role.ACTOR_METONYM and words not in ("object", "in", "at", "near", "inside")) or (
            toponym.role is Role.ORIGIN and words != "source"
        ):
            return None
        elif toponym.role is Role.EVENT_PLACE:
            cost -= 0.1
        if self.names.is_country(index):
            cost += 0.3
        if words in _BEYOND and self.names.is_water(index):
            cost += _BEYOND_WATER
        near = toponym.relation if toponym.relation is Relation.NEAR else relation
        if cost > MAX_PLACE_COST:
            return None
        return self._choice(index, cost, near, Tie.CLAUSE if direct else Tie.SENTENCE, words)

    def _choice(self, index: int, cost: float, relation: Relation, tie: Tie, word: str) -> PlaceChoice:
        reason = f"{word} {self._toponyms[index].surface}{_TIES_IN_WORDS[tie]}"
        return PlaceChoice(index, cost, relation, reason, tie, word)

    def _way(self, path: list[int], predicate: Predicate, *, direct: bool) -> tuple[float, Relation, str] | None:
        """Return the penalty, the relation and the governing word of the way from a place up to the predicate."""
        clauses = self._clauses
        penalty = 0.0
        relation = Relation.AT
        word = ""
        steps = path[:-1] if direct else path
        for index in steps:
            token = clauses.tokens[index]
            governor = clauses.tokens[token.head]
            if self._is_of_talks(index, predicate):
                return None  # "fighting resumed despite talks in X"
            if (
                token.dep in ("relcl", "acl")
                and index not in predicate.anchors
                and word
                and governor.text.lower() in grammar("described_places")
            ):
                return None  # "the territory, which lies within X": where the place lies, not where it happened
            if token.dep in ("pobj", "pcomp"):
                prep = governor.text.lower()
                leaves = clauses.tokens[predicate.token].lemma.lower() in _LEAVING
                if not word and prep in _WHITHER and leaves:
                    return None  # "withdrew towards X": not what was left
                if prep in _ACTOR_PREPS:
                    if prep == "from" and predicate.sense.name in _SOURCE_SENSES:
                        word = word or "source"
                        continue
                    if not word and self._lies_between(prep, index, governor.head):
                        word = "between" if prep == "between" else ""
                        continue
                    if not word:
                        return None  # "from X" says where it was launched, "by X" who did it
                    penalty += _ACTOR_PREPS[prep]  # "clashes between forces in X": the place of those named
                    continue
                if prep == "of" and self.names.is_country_token(index) and self._is_legation(governor.head):
                    return None  # "the embassy of X" lies in another country
                if prep not in grammar("place_prepositions") and prep not in ("close", "following", "after", "during"):
                    penalty += 0.6
                if prep == "to" and not direct and self._is_aside(predicate):
                    return None  # "X, shot by troops, is flown to Y"
                if prep == "to" and clauses.tokens[governor.index - 1].lemma.lower() in grammar("roads"):
                    penalty += _WHITHER_A_ROAD_LEADS
                if not word:
                    word = prep if prep != "of" else ""
                    relation = Relation.NEAR if self._is_near(governor.index) else relation
                if prep == "to" and governor.head != index and clauses.tokens[governor.head].text.lower() == "close":
                    relation = Relation.NEAR
            elif self._is_subject(index):
                if token.head in predicate.anchors:
                    suffers = predicate.sense.name in _SUFFERING_SENSES and (
                        predicate.sense.name == "under-fire" or not predicate.is_noun
                    )
                    if suffers or self._falls(index, path[0], predicate):
                        word = word or "object"
                        continue
                    if self._is_of_locals(index, predicate):
                        word, penalty = "residents of", penalty + 0.3
                        continue
                    if word in {"", "object"}:
                        return None
                elif governor.lemma.lower() in lexicon_words("speech", "saying") and (
                    token.lemma.lower() not in grammar("witnesses")
                ):
                    return None  # "officials in X said": where they speak
                elif not direct:
                    penalty += 0.4
                    if word == "":
                        return None
            elif token.dep in ("dobj", "nsubjpass") and word == "":
                is_named = all(clauses.tokens[one].dep == "conj" for one in steps[: steps.index(index)])
                if is_named and token.head in predicate.anchors and predicate.sense.name in _VICTIM_SENSES:
                    return None
                if token.head not in predicate.anchors:
                    if self.names.is_country_token(index):
                        return None  # the country somebody accuses or supports
                    penalty += 0.0 if direct else 0.4
                word = "object"
            elif token.dep in ("poss", "compound", "nmod", "amod"):
                if token.head not in predicate.anchors and self._describes(index, token.head):
                    return None
                if predicate.sense.name in _FROM_AFAR and token.text.lower() in grammar("countries_by_letters"):
                    return None  # "U.S. airstrikes"
                penalty += 0.2
                if token.dep == "poss" and governor.pos == "NOUN" and word == "":
                    penalty += 0.2
                if token.head in predicate.anchors and word == "":
                    word = "place"
            elif token.dep in ("ccomp", "relcl", "advcl") and word == "" and index == steps[0]:
                return None
        return penalty, relation, word or "of"

    def _is_of_locals(self, subject: int, predicate: Predicate) -> bool:
        """Whether those who protest are people of a place: "residents of X blocked the road"."""
        may_be_protest = any(one.event_type in (EventType.PROTESTS, EventType.RIOTS) for one in predicate.senses)
        return may_be_protest and self._clauses.tokens[subject].lemma.lower() in grammar("witnesses")

    def _is_of_talks(self, index: int, predicate: Predicate) -> bool:
        """Whether a token on the way up from a place is a noun for talks, and what is told is none."""
        is_other = index not in predicate.anchors and predicate.sense.event_type is not EventType.DIPLOMACY
        return is_other and self.names.are_talks(index)

    def _falls(self, subject: int, name: int, predicate: Predicate) -> bool:
        """Whether a verb may tell that a place fell, itself, in a list or as "the town of X": soldiers of X fall otherwise."""
        token = self._clauses.tokens[subject]
        lemma = token.lemma.lower()
        falls = {lemma, token.text.lower()} & grammar("falling")  # "Shells fell on X"
        is_name = name in self._clauses.conjuncts(subject) and token.pos == "PROPN" and not falls
        is_place = is_name or any(lemma in grammar(kind) for kind in ("settlements", "regions"))
        return is_place and not predicate.is_noun and predicate.is_said_of_places

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

    def _is_told_of(self, head: int, predicate: Predicate) -> bool:
        """Whether the predicate's clause tells what happened at a place named before it: "X, where 20 people were killed"."""
        clauses = self._clauses
        clause = clauses.clause_head(predicate.token)
        while clauses.tokens[clause].dep == "conj":
            clause = clauses.tokens[clause].head
        if clauses.tokens[clause].dep not in ("relcl", "advcl"):
            return False
        for child in clauses.children(clause, "advmod"):
            if child.text.lower() == "where" and child.index > 1:
                before = child.index - (2 if clauses.lower[child.index - 1] == "," else 1)
                return before == head or (
                    clauses.tokens[head].head == before and clauses.tokens[head].dep == "compound"
                )
        return False

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

    def _is_aside(self, predicate: Predicate) -> bool:
        """Whether the predicate's clause only describes a noun: "a man shot by troops"."""
        return self._clauses.tokens[self._clauses.clause_head(predicate.token)].dep in ("acl", "relcl")

    def _is_subject(self, index: int) -> bool:
        """Whether the token is a verb's subject; an unknown name before the verb may be read as an adverb."""
        token = self._clauses.tokens[index]
        if not self._clauses.is_verb(token.head):
            return False
        misread = token.dep == "advmod" and token.text[:1].isupper() and token.index == token.head - 1
        return token.dep == "nsubj" or (misread and not self._clauses.children(token.head, "nsubj", "nsubjpass"))

    def _lies_between(self, prep: str, index: int, upper: int) -> bool:
        """Whether "between X and Y" or "the road from X" tells of ground rather than of parties, by the name's role."""
        named = index in self._spot_heads
        if prep == "from":
            return named and self._clauses.tokens[upper].lemma.lower() in lexicon_words("roles", "between_nouns")
        return named and prep == "between"

    def _describes(self, index: int, head: int) -> bool:
        """Whether a name only says whose something is, as an adjective would: "a U.S. marine", "the X Brigade"."""
        governor = self._clauses.tokens[head]
        if self._clauses.tokens[index].dep == "poss":
            return False
        if governor.pos == "PROPN" and governor.text.lower() in grammar("armed_bodies"):
            return True  # "the X Cartel", "the X Brigade"
        if governor.lemma.lower() in grammar("name_bearers"):
            return True  # "the X cartel", "the X press"
        if not self.names.is_country_token(index):
            return False
        if governor.lemma.lower() in grammar("belongings") or governor.text.lower() in grammar("belongings"):
            return True
        # "Two U.S. missionaries": an abbreviation before a noun is an adjective.
        is_place = any(governor.lemma.lower() in grammar(name) for name in ("settlements", "regions", "facilities"))
        return "." in self._clauses.tokens[index].text and governor.pos in ("NOUN", "PROPN") and not is_place

    def _is_legation(self, index: int) -> bool:
        return self._clauses.tokens[index].lemma.lower() in grammar("legations")

    def _is_near(self, prep: int) -> bool:
        clauses = self._clauses
        word = clauses.tokens[prep].text.lower()
        if word in grammar("near"):
            return True
        above = clauses.tokens[clauses.tokens[prep].head].text.lower()
        return above in grammar("near") or (word == "of" and above in grammar("near_of"))

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
