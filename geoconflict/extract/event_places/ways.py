"""The way up the dependency tree from the name of a place to a predicate: whether it leads there, by which word, how far off.

What lies on the way may say that the place is another's: a speaker's, where something came from, a government's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.extract.event_places.place_names import PlaceNames
from geoconflict.extract.lexicon import lexicon_words, read_lexicon
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import EventType, Relation, Role

__all__ = ["Way", "WayReader"]

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
_WHITHER_A_ROAD_LEADS = 0.7
"""What the end of a road costs more: "blocked the highway to X"."""
_WHITHER = frozenset({"into", "to", "toward", "towards"})
_LEAVING = frozenset({"evacuate", "pull", "retreat", "withdraw", "withdrawal"})
"""Words of leaving a place to others: where they went is another."""
_WITHDRAWAL = "withdraw"
"""The sense of forces that leave a place."""
_SOURCE_SENSES = frozenset({"withdraw", "drive-from", "abduct", "seize-people"})
_STATE_MEASURES = "mobilise"
"""The sense of curfews and emergencies that somebody declares."""
_APPROACH = "approach-town"
"""The sense of forces before a town."""
_VICTIM_SENSES = frozenset({"kill", "murder", "abduct", "dead", "seize-people", "arrest", "rape"})
"""Senses of what is done to people: the name that it was done to is a person's, though a place bears it too."""
_FROM_AFAR = frozenset({"air-strike", "fire-munition", "shelling", "strike"})
"""Senses of what a state's forces may do in another country."""
_VOICED_PROTEST = "protesters-demand"
"""The sense of what protesters say, of whose object nothing tells where they are."""
_SUFFERED = frozenset({"bomb", "shelling", "strike", "territory", "territory-state"})
"""Senses of verbs that a headline puts behind the place that suffers: "X shelled"."""
_SUFFERING_SENSES = frozenset({"fall-town", "attack", "under-fire"})
"""Senses whose subject may be the place that suffers: "the town fell", "the village came under fire"."""


@dataclass(slots=True)
class Way:
    """A way, as far as it was climbed."""

    steps: Sequence[int]
    """The tokens on it, the name's first."""
    predicate: Predicate
    direct: bool
    """Whether it ends at the predicate itself, and not at another clause."""
    penalty: float = 0.0
    relation: Relation = Relation.AT
    word: str = ""
    """The governing word, that nearest to the name."""


class WayReader:
    """Reads the ways in one document."""

    def __init__(self, names: PlaceNames) -> None:
        self._names = names
        self._clauses = names.clauses
        self._spot_heads = frozenset(
            head for head, one in zip(names.heads, names.toponyms, strict=True) if one.role is Role.EVENT_PLACE
        )

    def read(self, path: Sequence[int], predicate: Predicate, *, direct: bool) -> Way | None:
        """Return the way from a place up to a predicate, None where the place is another's.

        Parameters
        ----------
        path
            The tokens from the name up; if `direct`, the last one is the predicate's.
        """
        way = Way(path[:-1] if direct else path, predicate, direct)
        if not all(self._leads_on(way, index) for index in way.steps):
            return None
        way.word = way.word or "of"
        return way

    def _leads_on(self, way: Way, index: int) -> bool:
        """Take the step up from a token, and return whether the place may still be the predicate's."""
        clauses = self._clauses
        token = clauses.tokens[index]
        if self._is_of_talks(index, way.predicate):
            return False  # "fighting resumed despite talks in X"
        if (
            token.dep in ("relcl", "acl")
            and index not in way.predicate.anchors
            and way.word
            and clauses.lower[token.head] in grammar("described_places")
        ):
            return False  # "the territory, which lies within X": where the place lies, not where it happened
        if token.dep == "dobj" and way.predicate.sense.name == _VOICED_PROTEST:
            return False  # "protesters condemned the raids in X"
        if token.dep in ("pobj", "pcomp"):
            return self._past_preposition(way, index)
        if self._is_subject(index):
            return self._past_verb_of_subject(way, index)
        if token.dep in ("dobj", "nsubjpass") and way.word == "":
            return self._past_verb_of_object(way, index)
        if token.dep in ("poss", "compound", "nmod", "amod"):
            return self._past_noun(way, index)
        return not (token.dep in ("ccomp", "relcl", "advcl") and way.word == "" and index == way.steps[0])

    def _past_preposition(self, way: Way, index: int) -> bool:
        clauses, predicate = self._clauses, way.predicate
        governor = clauses.tokens[clauses.tokens[index].head]
        prep = governor.text.lower()
        if self._is_protested(way, index, prep):
            return False
        leaves = clauses.lemma(predicate.token) in _LEAVING or predicate.sense.name == _WITHDRAWAL
        if not way.word and prep in _WHITHER and leaves:
            return False  # "withdrew towards X": not what was left
        if (
            predicate.sense.name == _STATE_MEASURES
            and not way.word
            and self._is_where_subject_is(governor.index, index)
        ):
            return False
        if prep in _ACTOR_PREPS:
            return self._past_party(way, index, prep)
        if prep == "of" and self._names.is_country_token(index) and self._is_legation(governor.head):
            return False  # "the embassy of X" lies in another country
        if prep not in grammar("place_prepositions") and prep not in ("close", "following", "after", "during"):
            way.penalty += 0.6
        if prep == "to" and not way.direct and self._is_aside(predicate):
            return False  # "X, shot by troops, is flown to Y"
        if prep == "to" and clauses.tokens[governor.index - 1].lemma.lower() in grammar("roads"):
            way.penalty += _WHITHER_A_ROAD_LEADS
        if not way.word:
            way.word = prep if prep != "of" else ""
            way.relation = Relation.NEAR if self._is_near(governor.index) else way.relation
        if prep == "on" and predicate.sense.name == _APPROACH:
            way.relation = Relation.NEAR  # "advanced on X": they are not there yet
        if prep == "to" and governor.head != index and clauses.tokens[governor.head].text.lower() == "close":
            way.relation = Relation.NEAR
        return True

    def _is_where_subject_is(self, prep: int, name: int) -> bool:
        """Whether a place stands in commas right behind the subject: "the president, in X, declared an emergency in Y"."""
        clauses = self._clauses
        in_commas = clauses.lower[prep - 1 : prep] == [","] == clauses.lower[name + 1 : name + 2]
        return in_commas and any(one == prep - 2 for verb in clauses.path_up(prep) for one in clauses.subjects(verb))

    def _past_party(self, way: Way, index: int, prep: str) -> bool:
        """Go on past a preposition behind which parties stand rather than places."""
        if prep == "from" and way.predicate.sense.name in _SOURCE_SENSES:
            way.word = way.word or "source"
        elif not way.word and self._lies_between(prep, index):
            way.word = "between" if prep == "between" else ""
        elif not way.word:
            return False  # "from X" says where it was launched, "by X" who did it
        else:
            way.penalty += _ACTOR_PREPS[prep]  # "clashes between forces in X": the place of those named
        return True

    def _past_verb_of_subject(self, way: Way, index: int) -> bool:
        token, predicate = self._clauses.tokens[index], way.predicate
        if not way.word and (
            self._is_under(token.head, predicate)
            or self._suffers(token.head, predicate)
            or self._is_told_of_alone(way, token.head)
        ):
            way.word = "object"
        elif token.head in predicate.anchors:
            suffers = predicate.sense.name in _SUFFERING_SENSES and (
                predicate.sense.name == "under-fire" or not predicate.is_noun
            )
            if suffers or self._falls(index, way.steps[0], predicate):
                way.word = way.word or "object"
            elif self._is_of_locals(index, predicate):
                way.word, way.penalty = "residents of", way.penalty + 0.3
            else:
                return way.word not in {"", "object"}
        elif (
            self._clauses.lemma(token.head) in lexicon_words("speech", "saying") or self._reckons(token.head)
        ) and token.lemma.lower() not in grammar("witnesses"):
            return False  # "officials in X said", "a committee in X put the toll at 78": where they speak
        elif not way.direct:
            way.penalty += 0.4
            return way.word != ""
        return True

    def _reckons(self, verb: int) -> bool:
        """Whether a verb gives a count: "put the number of dead at 78"."""
        clauses = self._clauses
        return clauses.lower[verb] in lexicon_words("attribution", "reckoning") and any(
            clauses.lower[at] in lexicon_words("attribution", "deniable_figures") for at in clauses.objects(verb)
        )

    def _past_verb_of_object(self, way: Way, index: int) -> bool:
        token, predicate = self._clauses.tokens[index], way.predicate
        is_named = all(self._clauses.tokens[one].dep == "conj" for one in way.steps[: way.steps.index(index)])
        if is_named and token.head in predicate.anchors and predicate.sense.name in _VICTIM_SENSES:
            return False
        if token.head not in predicate.anchors:
            if self._names.is_country_token(index):
                return False  # the country somebody accuses or supports
            way.penalty += 0.0 if way.direct else 0.4
        way.word = "object"
        return True

    def _past_noun(self, way: Way, index: int) -> bool:
        """Go on past a noun before which the name stands, or which it owns."""
        token, predicate = self._clauses.tokens[index], way.predicate
        if token.head not in predicate.anchors and self._describes(index, token.head):
            return False
        if predicate.sense.name in _FROM_AFAR and token.text.lower() in grammar("countries_by_letters"):
            return False  # "U.S. airstrikes"
        if (
            token.dep == "poss"
            and way.word == ""
            and self._names.is_country_token(index)
            and self._are_people(token.head)
        ):
            return False  # "a bus with Togo's football team": they travel
        way.penalty += 0.2
        if token.dep == "poss" and self._clauses.tokens[token.head].pos == "NOUN" and way.word == "":
            way.penalty += 0.2
        if token.head in predicate.anchors and way.word == "":
            way.word = "place"
        return True

    def _are_people(self, noun: int) -> bool:
        """Whether a noun is of people by themselves, or of several as one: "soldiers", "team"."""
        lemma = self._clauses.lemma(noun)
        return lemma in grammar("companies_of_people") or lemma in read_lexicon("casualties")["people"]["nouns"]

    def _is_of_locals(self, subject: int, predicate: Predicate) -> bool:
        """Whether those who protest are people of a place: "residents of X blocked the road"."""
        may_be_protest = any(one.event_type in (EventType.PROTESTS, EventType.RIOTS) for one in predicate.senses)
        return may_be_protest and self._clauses.tokens[subject].lemma.lower() in grammar("witnesses")

    def _is_protested(self, way: Way, index: int, prep: str) -> bool:
        """Whether what stands behind a preposition is what people protest about, which lies elsewhere: "against the raids in X".

        Of a governor or of corruption that they protest against, the place is theirs, too.
        """
        clauses, predicate = self._clauses, way.predicate
        if predicate.sense.event_type is not EventType.PROTESTS:
            return False
        if clauses.lemma(clauses.tokens[clauses.tokens[index].head].head) in grammar("siding") and prep in (
            "of",
            "with",
        ):
            return True  # "in solidarity with the people of X"
        if prep == "for" and predicate.sense.name == _VOICED_PROTEST:
            return True
        return prep in ("about", "against", "over") and (
            clauses.lemma(index) in grammar("protested_afar")
            or any(self._is_legation(one) for one in clauses.document.subtree(index))
        )

    def _is_of_talks(self, index: int, predicate: Predicate) -> bool:
        """Whether a token on the way up from a place is a noun for talks, and what is told is none."""
        is_other = index not in predicate.anchors and predicate.sense.event_type is not EventType.DIPLOMACY
        return is_other and self._names.are_talks(index)

    def _is_under(self, verb: int, predicate: Predicate) -> bool:
        """Whether the subject of a verb is what suffers a noun, as it did before: "X was under fire"."""
        prep = self._clauses.tokens[self._clauses.tokens[predicate.token].head]
        is_state = self._clauses.lemma(verb) in ("be", "remain", "stay")
        return predicate.is_noun and is_state and prep.text.lower() == "under" and prep.head == verb

    def _suffers(self, verb: int, predicate: Predicate) -> bool:
        """Whether the subject of a verb is what a noun befell: "X endured shelling", "X woke to shelling"."""
        if not predicate.is_noun or self._clauses.lemma(verb) not in grammar("suffering"):
            return False
        below = self._clauses.tokens[predicate.token]
        return verb in (below.head, self._clauses.tokens[below.head].head)

    def _is_told_of_alone(self, way: Way, verb: int) -> bool:
        """Whether a town is what befell it in a headline without "was": "X shelled overnight". A country may have done it."""
        predicate, name = way.predicate, way.steps[0]
        return (
            verb == predicate.token
            and predicate.sense.name in _SUFFERED
            and name in self._clauses.patients(verb)
            and self._clauses.tokens[name].pos == "PROPN"
            and not self._names.is_country_token(name)
        )

    def _falls(self, subject: int, name: int, predicate: Predicate) -> bool:
        """Whether a verb may tell that a place fell, itself, in a list or as "the town of X": soldiers of X fall otherwise."""
        token = self._clauses.tokens[subject]
        lemma = token.lemma.lower()
        falls = {lemma, token.text.lower()} & grammar("falling")  # "Shells fell on X"
        is_name = name in self._clauses.conjuncts(subject) and token.pos == "PROPN" and not falls
        is_place = is_name or any(lemma in grammar(kind) for kind in ("settlements", "regions"))
        return is_place and not predicate.is_noun and predicate.is_said_of_places

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

    def _lies_between(self, prep: str, index: int) -> bool:
        """Whether "between X and Y" or "the road from X" tells of ground rather than of parties, by the name's role."""
        named = index in self._spot_heads
        if prep == "from":
            upper = self._clauses.tokens[self._clauses.tokens[index].head].head
            return named and self._clauses.lemma(upper) in lexicon_words("roles", "between_nouns")
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
        if not self._names.is_country_token(index):
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
        if word in grammar("near") or word == "off":  # "sank a ship off X"
            return True
        above = clauses.tokens[clauses.tokens[prep].head].text.lower()
        return above in grammar("near") or (word == "of" and above in grammar("near_of"))
