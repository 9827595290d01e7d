"""Which place belongs to which predicate: by the way up the dependency tree from the name to the predicate.

A place in the predicate's own clause beats one across a clause border; a speaker's capital or an actor's country is never
where it happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geoconflict.extract.clauses import Clauses, grammar
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.triggers import Predicate
from geoconflict.models import Relation, Role, Toponym

__all__ = ["PlaceChoice", "PlaceFinder"]

MAX_PLACE_COST = 1.9
"""Above this a place of the sentence is not taken as the predicate's own."""
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
_CONJUNCTIONS = frozenset({"and", "or", "&"})
_JOINERS = _CONJUNCTIONS | {",", "including"}
_LONGEST_LIST = 12
"""Names to look ahead for the end of a list; a report that is nothing but names must not cost the square of them."""
_ELSEWHERE = ", same sentence"
"""Ends the reason of a place that hangs on another clause than the predicate's own."""
_FRONTED_AHEAD = 0.9
"""How much less a fronted region may cost than the town of the predicate's own clause that is finer."""
_SOURCE_SENSES = frozenset({"withdraw", "abduct", "seize-people"})
_SUFFERING_SENSES = frozenset({"fall-town", "attack", "under-fire"})
"""Senses whose subject may be the place that suffers: "the town fell", "the village came under fire"."""
_FRONTED = re.compile(r"\W*(?:in|across|throughout)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}(?:of\s+)?", re.IGNORECASE)
_NAMED_KIND = re.compile(r"\b(?:village|town|city|hamlet|settlement)s?\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_SET_OFF = re.compile(r"[^,.;\n]{0,39},")
_LARGE_KINDS = frozenset({"country", "admin1", "admin2", "area"})


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place mention chosen for a predicate."""

    index: int
    """Index into the document's toponyms."""
    cost: float
    relation: Relation
    reason: str


class PlaceFinder:
    """Chooses the places of predicates in one document."""

    def __init__(
        self, clauses: Clauses, toponyms: Sequence[Toponym], kinds: Callable[[Toponym], frozenset[str]]
    ) -> None:
        self._clauses = clauses
        self._toponyms = toponyms
        self._kinds = [kinds(toponym) for toponym in toponyms]
        self._heads = [clauses.head_of_span(toponym.start, toponym.end) for toponym in toponyms]
        self._in_passage: dict[int, list[tuple[int, int]]] = {}
        """Passage index -> the toponyms in it, each with its head token."""
        for index, head in enumerate(self._heads):
            if head is not None:
                self._in_passage.setdefault(clauses.passage_of(head).index, []).append((index, head))
        self._country_heads = frozenset(head for index, head in enumerate(self._heads) if self.is_country(index))
        self._spot_heads = frozenset(
            head for head, one in zip(self._heads, toponyms, strict=True) if one.role is Role.EVENT_PLACE
        )

    def is_large(self, index: int) -> bool:
        """Whether the place is no settlement: a country, a province or a region."""
        kinds = self._kinds[index]
        return bool(kinds) and kinds <= _LARGE_KINDS

    def is_country(self, index: int) -> bool:
        """Whether the name is a country's."""
        return "country" in self._kinds[index]

    def costs(
        self, predicate: Predicate, *, diplomatic: bool, others: frozenset[int] = frozenset()
    ) -> dict[int, tuple[float, Relation, str]]:
        """Return toponym index -> (cost, relation, reason) for the places of the passage that the predicate may have.

        Parameters
        ----------
        others
            Tokens of other predicates: a place below one of them hangs on that one first.
        """
        passage = self._clauses.passage_of(predicate.token).index
        found: dict[int, tuple[float, Relation, str]] = {}
        for index, head in self._in_passage.get(passage, ()):
            cost = self._cost(index, head, predicate, diplomatic=diplomatic, others=others)
            if cost is not None:
                found[index] = cost
        return found

    def _cost(
        self, index: int, head: int, predicate: Predicate, *, diplomatic: bool, others: frozenset[int]
    ) -> tuple[float, Relation, str] | None:
        clauses = self._clauses
        toponym = self._toponyms[index]
        if toponym.role in (Role.DATELINE, Role.OTHER):
            return None
        anchors = frozenset(predicate.anchors | {predicate.token})
        if head in anchors:
            return None
        cost, path = clauses.distance(head, predicate.token, anchors)
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
        if self.is_country(index):
            cost += 0.3
        near = toponym.relation if toponym.relation is Relation.NEAR else relation
        if cost > MAX_PLACE_COST:
            return None
        return cost, near, f"{words} {toponym.surface}" if direct else f"{words} {toponym.surface}{_ELSEWHERE}"

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
            if (
                token.dep in ("relcl", "acl")
                and index not in predicate.anchors
                and word
                and governor.text.lower() in grammar("described_places")
            ):
                return None  # "the territory, which lies within X": where the place lies, not where it happened
            if token.dep in ("pobj", "pcomp"):
                prep = governor.text.lower()
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
                if prep not in grammar("place_prepositions") and prep not in ("close", "following", "after", "during"):
                    penalty += 0.6
                if not word:
                    word = prep if prep != "of" else ""
                    relation = Relation.NEAR if self._is_near(governor.index) else relation
                if prep == "to" and governor.head != index and clauses.tokens[governor.head].text.lower() == "close":
                    relation = Relation.NEAR
            elif self._is_subject(index):
                if token.head in predicate.anchors:
                    if predicate.sense.name in _SUFFERING_SENSES and (
                        predicate.sense.name == "under-fire" or not predicate.is_noun
                    ):
                        word = word or "object"
                        continue
                    if word in {"", "object"}:
                        return None
                elif not direct:
                    penalty += 0.4
                    if word == "":
                        return None
            elif token.dep in ("dobj", "nsubjpass") and word == "":
                if not direct and token.head not in predicate.anchors:
                    if self._is_country_token(index):
                        return None  # the country somebody accuses or supports
                    penalty += 0.4
                word = "object"
            elif token.dep in ("poss", "compound", "nmod", "amod"):
                if token.head not in predicate.anchors and self._describes(index, token.head):
                    return None
                penalty += 0.2
                if token.dep == "poss" and governor.pos == "NOUN" and word == "":
                    penalty += 0.2
                if token.head in predicate.anchors and word == "":
                    word = "place"
            elif token.dep in ("ccomp", "relcl", "advcl") and word == "" and index == steps[0]:
                return None
        return penalty, relation, word or "of"

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
        return self._is_country_token(index) and (
            governor.lemma.lower() in grammar("belongings") or governor.text.lower() in grammar("belongings")
        )

    def _is_country_token(self, index: int) -> bool:
        return index in self._country_heads

    def _is_near(self, prep: int) -> bool:
        clauses = self._clauses
        word = clauses.tokens[prep].text.lower()
        if word in grammar("near"):
            return True
        above = clauses.tokens[clauses.tokens[prep].head].text.lower()
        return above in grammar("near") or (
            word == "of"
            and above
            in (
                "north",
                "south",
                "east",
                "west",
                "outskirts",
                "vicinity",
                "northeast",
                "northwest",
                "southeast",
                "southwest",
            )
        )

    def choose(self, costs: Mapping[int, tuple[float, Relation, str]], predicate: Predicate) -> tuple[PlaceChoice, ...]:
        """Return the place of the predicate and the places coordinated with it, in text order."""
        if not costs:
            return ()
        ranked = sorted(costs, key=lambda index: (round(costs[index][0], 2), self._toponyms[index].start))
        best = ranked[0]
        # "the Artsakh capital of Stepanakert", "X's second city Ganja": the name of the place, not of its country.
        for other in ranked[1:]:
            if self._names_part_of(best, other) and costs[other][0] <= costs[best][0] + 0.6:
                best = other
                break
        best = self._finer_than_fronted(self._sharper(best, ranked, costs), ranked, costs)
        chosen = [best]
        for step in (1, -1):
            at = best
            while 0 <= at + step < len(self._toponyms) and (at + step) in costs:
                left, right = (at, at + step) if step == 1 else (at + step, at)
                if costs[at + step][0] > costs[best][0] + 1.1 or not self.are_coordinate(left, right):
                    if step == 1 and self._is_containment(left, right):
                        at += step
                        continue
                    break
                at += step
                chosen.append(at)
        if costs[best][2].startswith("between "):  # what lies between two places is one place
            chosen = [min(chosen)]
        else:
            chosen += self._of_listed_targets(predicate, chosen, costs)
        return tuple(PlaceChoice(index, *costs[index]) for index in sorted(chosen))

    def _of_listed_targets(
        self, predicate: Predicate, chosen: Sequence[int], costs: Mapping[int, tuple[float, Relation, str]]
    ) -> list[int]:
        """Return the places of the other things in the list that `chosen` belong to: "a port in X and a bridge at Y"."""
        clauses = self._clauses
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
            below = [set(clauses.document.subtree(member)) for member in members]
            own = [part - set().union(*(one for one in below if one < part)) for part in below]
            if not any(self._heads[index] in part for part in own for index in chosen):
                continue
            found = []
            for part in own:
                named = [
                    index
                    for index in costs
                    if self._heads[index] in part
                    and not (self.is_large(index) or self.is_country(index))
                    and not self._lies_around(index, chosen)
                ]
                if named and not set(named).intersection(chosen):
                    found.append(min(named, key=lambda index: (costs[index][0], index)))
            return found
        return []

    def _lies_around(self, index: int, chosen: Sequence[int]) -> bool:
        """Whether nothing but a comma stands between a place already chosen and this one: "X, Y" is X in Y."""
        text = self._clauses.document.text
        return any(
            text[self._toponyms[one].end : self._toponyms[index].start].strip() == ","
            for one in chosen
            if self._toponyms[one].end <= self._toponyms[index].start
        )

    def _is_listed(self, at: int) -> bool:
        """Whether the token is a thing of its own on a list; the parser takes the second of three for an apposition.

        "The capital of X" after a name describes it, and "several villages in X" tell no place that a name does not.
        """
        token = self._clauses.tokens[at]
        word = token.text.lower()
        is_place = any(word in grammar(name) for name in ("settlements", "regions", "place_nouns"))
        vague = is_place and (word.endswith("s") or (token.dep == "appos" and word != "port"))  # a port is struck
        return token.dep in ("conj", "appos") and token.pos in ("NOUN", "PROPN") and not vague

    def _is_line(self, index: int) -> bool:
        """Whether the name is a border's or another line's: along it many towns may lie."""
        kinds = self._kinds[index]
        return "settlement" not in kinds and (
            "line" in kinds or self._toponyms[index].surface.lower().endswith(("border", "borders", "frontier"))
        )

    def _sharper(self, best: int, ranked: Sequence[int], costs: Mapping[int, tuple[float, Relation, str]]) -> int:
        """Return the settlement or province that hangs on the predicate nearly as closely as the country chosen."""
        if best - 1 in costs and costs[best - 1][0] <= costs[best][0] + 0.5 and self._is_containment(best - 1, best):
            return best - 1
        for other in ranked:
            if other == best or costs[other][0] > costs[best][0] + 0.5:
                continue
            if self.is_country(best) and not self.is_country(other):
                return other
            if self._is_line(best) and not self._is_line(other) and not self.is_large(other):
                return other
            between = self._clauses.document.text[self._toponyms[best].end : self._toponyms[other].start]
            if between in ("'s ", "’s ", "' ", "’ ") or (
                self.is_large(best) and not self.is_large(other) and between.strip() == ""
            ):
                return other
        return best

    def _finer_than_fronted(
        self, best: int, ranked: Sequence[int], costs: Mapping[int, tuple[float, Relation, str]]
    ) -> int:
        """Return the town of the predicate's own clause instead of the region before it: "In X, they killed six in the village of Y"."""
        if not self._is_fronted_region(best):
            return best
        for other in ranked:
            cost, _, reason = costs[other]
            is_finer = bool(self._kinds[other]) and not self.is_large(other)
            if (
                is_finer
                and self._toponyms[other].role is Role.EVENT_PLACE
                and self._is_governed_behind(best, other, reason)
                and cost <= costs[best][0] + _FRONTED_AHEAD
                and not reason.endswith(_ELSEWHERE)
            ):
                return other
        return best

    def _is_governed_behind(self, front: int, other: int, reason: str) -> bool:
        """Whether a verb stands between two names, and a preposition of place or "the village of" before the second."""
        start, end = self._toponyms[front].end, self._toponyms[other].start
        between = self._clauses.document.tokens_between(start, end) if start < end else ()
        named = _NAMED_KIND.search(self._clauses.document.text[max(0, end - 40) : end])
        by_place = reason.partition(" ")[0] in grammar("place_prepositions") | {"near"}
        return any(token.pos == "VERB" for token in between) and (by_place or named is not None)

    def _is_fronted_region(self, index: int) -> bool:
        """Whether a name that a region bears opens its sentence, set off by a comma: "In the X region on Monday, ..."."""
        one, document = self._toponyms[index], self._clauses.document
        if not self._kinds[index] & _LARGE_KINDS and not self._names_region(index):
            return False
        before = document.text[document.sentence_at(one.start).start : one.start]
        after = document.text[one.end : one.end + 40]
        return _FRONTED.fullmatch(before) is not None and _SET_OFF.match(after) is not None

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
                for index, head in enumerate(self._heads):
                    if head in heads and all(choice.index != index for choice in found):
                        found.append(
                            PlaceChoice(index, 0.5, Relation.AT, f"declared by {self._toponyms[index].surface}")
                        )
        return tuple(found)

    def _names_part_of(self, outer: int, inner: int) -> bool:
        head = self._heads[outer]
        other = self._heads[inner]
        if head is None or other is None:
            return False
        token = self._clauses.tokens[head]
        if token.dep not in ("compound", "amod", "poss", "nmod"):
            return False
        below = self._clauses.document.subtree(token.head)
        between = self._clauses.document.text[self._toponyms[outer].end : self._toponyms[inner].start].lower()
        return (
            other in below
            and self._toponyms[outer].end <= self._toponyms[inner].start
            and not re.search(r"\b(?:and|or|from|by)\b|,", between)
        )

    def _between(self, left: int, right: int) -> list[str]:
        text = self._clauses.document.text[self._toponyms[left].end : self._toponyms[right].start].lower()
        text = re.sub(r"\([^)]*\)|\)", " ", text)
        return re.findall(r"[\w'’]+|[,&]", text)

    def _are_list_words(self, left: int, right: int) -> bool:
        """Whether only list words, adjectives and determiners stand between two names."""
        words = self._between(left, right)
        plain = {
            token.text.lower()
            for token in self._clauses.document.tokens_between(self._toponyms[left].end, self._toponyms[right].start)
            if token.pos in ("ADJ", "DET", "NUM")
        }
        return all(word in grammar("list_words") or word in plain for word in words)

    def are_coordinate(self, left: int, right: int) -> bool:
        """Whether two neighbouring place names stand side by side in a list."""
        words = self._between(left, right)
        if not words or not self._are_list_words(left, right) or not _JOINERS.intersection(words):
            return False
        if words[-1] == "in" and not (grammar("place_nouns").intersection(words) and "and" in words):
            return False
        return not self._is_containment(left, right)

    def _is_containment(self, left: int, right: int) -> bool:
        """Whether the right place says where the left one lies: "Shusha in Karabakh", "Fallujah, Iraq"."""
        words = self._between(left, right)
        if words and words[0] == "in" and len(words) <= 3:
            return True
        if words[:2] == [",", "in"] and len(words) <= 4:
            # "near X, in the Y region"; but "in X, in Y and in Z" is a list.
            return self._names_region(right) or not self._list_goes_on(right)
        if len(words) == 2 and words[0] in grammar("place_nouns") and words[1] == ",":
            return not self._list_goes_on(right)
        if "capital" in words and words[-1] == "of":
            return True
        if self._only_describes(words):
            return True
        # "Azaz, Aleppo" tells where; only a list that ends in "and" sets names side by side.
        return words == [","] and not self._list_goes_on(right)

    def _only_describes(self, words: Sequence[str]) -> bool:
        """Whether the words between two names say that the right one is where the left one is counted from."""
        rest = words[1:] if words and words[0] in grammar("place_nouns") else words
        if len(rest) < 3 or rest[0] != "," or rest[-1] not in ("of", "from"):
            return False
        return all(word.isdigit() or word in grammar("describing") for word in rest[1:])

    def _names_region(self, index: int) -> bool:
        """Whether a place name is a region's, by its kinds or by the word behind it: "the Y province"."""
        end = self._toponyms[index].end
        following = re.match(r"\s+(\w+)", self._clauses.document.text[end : end + 24])
        return self.is_large(index) or (following is not None and following[1].lower() in grammar("regions"))

    def _list_goes_on(self, index: int) -> bool:
        """Whether the list of names after toponym `index` ends in "and" or "or"."""
        farthest = index + _LONGEST_LIST
        while index + 1 < len(self._toponyms):
            words = self._between(index, index + 1)
            if not words or any(word not in grammar("list_words") for word in words):
                break
            if _CONJUNCTIONS.intersection(words) or index >= farthest:
                return True  # so long a row of names is a list, however it ends
            index += 1
        after = self._clauses.document.text[self._toponyms[index].end : self._toponyms[index].end + 6]
        return re.match(r",? (?:and|or|&) ", after) is not None
