"""What a place name does in its sentence, by what governs it: subjects, objects, prepositions, nouns that it modifies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from geoconflict.extract.language.model import Document, Token
from geoconflict.extract.lexicon import lexicon_words, read_demonyms
from geoconflict.extract.toponyms.role_reasons import Reason, StandsBefore
from geoconflict.extract.toponyms.role_suffering import is_given_up, suffers_in_a_headline
from geoconflict.models import Role

__all__ = ["MODIFIERS", "NOTHING", "Anchor", "RoleGrammar"]

NOTHING = "nothing in the sentence says that something happened there"
MODIFIERS = frozenset({"compound", "nmod", "amod", "poss", "npadvmod", "nummod"})
_LOCATIVE_DEPS = frozenset({"pobj", "pcomp"})
_MOST_STEPS_TO_HARM = 4
_BORDERS = frozenset({"border", "frontier", "boundary"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """The token through which a name hangs on its clause, climbed from "the town of X" to "town"."""

    token: Token
    kind_noun: str
    """The noun of place climbed over, or an empty string."""


class RoleGrammar:
    """Reads the roles of place names off the dependency trees of one document.

    Parameters
    ----------
    document
        The text.
    owner
        Token -> the index of the place name that it is part of.
    large
        Indexes of the names of countries, provinces and areas, where that is known.
    """

    def __init__(self, document: Document, owner: Mapping[int, int], large: Collection[int]) -> None:
        self.document = document
        self.tokens = document.tokens
        self.owner = owner
        self.large = large

    def head(self, tokens: tuple[Token, ...]) -> Token:
        """Return the token of a span whose head lies outside it; that behind a preposition, where the parser tore the name apart."""
        inside = {token.index for token in tokens}
        outside = [token for token in tokens if token.head not in inside or token.head == token.index]
        governed = (token for token in outside if token.dep in _LOCATIVE_DEPS and token.index == tokens[0].index)
        return next(governed, outside[-1] if outside else tokens[-1])

    def anchor(self, head: Token) -> Anchor:
        """Return the word through which the name with this head hangs on its clause."""
        token, kind_noun = head, ""
        for _ in range(8):
            upper = self.tokens[token.head]
            if upper.index == token.index:
                break
            if token.dep in ("conj", "appos") and (upper.pos in ("PROPN", "NOUN") or upper.index in self.owner):
                pass
            elif (
                token.dep in MODIFIERS
                and token.dep != "poss"
                and upper.lemma.lower() in lexicon_words("places", "place_nouns")
            ):
                kind_noun = upper.lemma.lower()
            elif token.dep == "pobj" and upper.text.lower() == "of" and self._names_its_kind(self.tokens[upper.head]):
                kind_noun = self.tokens[upper.head].lemma.lower()
                upper = self.tokens[upper.head]
            elif token.dep in ("compound", "nmod") and upper.index in self.owner:
                pass
            else:
                break
            token = upper
        return Anchor(token, kind_noun)

    def _names_its_kind(self, noun: Token) -> bool:
        """Whether "noun of X" is X itself: "the town of X", "most of X"; "the capital of X" is not."""
        word = noun.lemma.lower()
        if word in ("capital", "border", "coast", "front", "port"):
            modifiers = [self.tokens[at] for at in self.document.children(noun.index) if at < noun.index]
            return any(one.index in self.owner or one.text.lower() in read_demonyms() for one in modifiers)
        said = noun.text.lower()
        return (
            word in lexicon_words("places", "place_nouns")
            or said in ("part", "parts", "most")
            or said in lexicon_words("places", "directions")
        )

    def of_modifier(self, head: Token) -> tuple[Role, Reason] | None:
        """Return the role of a name that modifies a noun: "X's ministry", "the X conflict", "the X capital"."""
        noun = self.tokens[head.head]
        if noun.index == head.index or noun.pos not in ("NOUN", "PROPN"):
            return None
        lemma = noun.lemma.lower()
        if lemma in lexicon_words("roles", "speaks_for") or noun.text.lower() in lexicon_words(
            "organisations", "state_bodies"
        ):
            return Role.ACTOR_METONYM, f'"{noun.text}" follows: it stands for a government or a force'
        is_of_country = head.dep == "poss" and self.owner.get(head.index) in self.large
        if is_of_country and lemma in lexicon_words("event_grammar", "companies_of_people"):
            return Role.ORIGIN, f"it says whose {lemma} is meant"
        if lemma in lexicon_words("roles", "dispute_nouns"):
            return Role.REGION_CONTEXT, f"it says which {lemma}"
        if lemma in lexicon_words("roles", "event_nouns") and head.dep != "poss":
            return Role.EVENT_PLACE, f"it says where the {lemma} was"
        if lemma in lexicon_words("places", "place_nouns") and (
            head.dep == "poss" or lemma in ("capital", "border", "coast", "front")
        ):
            return Role.REGION_CONTEXT, f"it says whose {lemma} is meant"
        return None

    def by_grammar(self, anchor: Anchor) -> tuple[Role, Reason]:
        """Return the role of a name by the word through which it hangs on its clause, and why."""
        token = anchor.token
        governor = self.tokens[token.head]
        if token.dep in _LOCATIVE_DEPS and governor.pos in ("ADP", "SCONJ", "ADV", "VERB"):
            return self.by_preposition(governor)
        if token.dep in ("nsubj", "nsubjpass", "csubj"):
            return self._as_subject(token, governor, anchor)
        if token.dep == "conj" and governor.pos == "VERB" and (subject := self._subject_of(governor)) is not None:
            return self._as_subject(subject, governor, Anchor(subject, ""))  # "X was shelled on Monday and Y on Friday"
        if token.dep in ("dobj", "dative", "obj"):
            lemma = governor.lemma.lower()
            if lemma in lexicon_words("roles", "addressing_verbs"):
                return Role.ACTOR_METONYM, f'a government is meant: "{governor.text}"'
            if lemma in ("visit", "host"):
                return Role.TALKS_VENUE, f'object of "{governor.text}"'
            if _is_of_a_state(lemma):
                return Role.REGION_CONTEXT, f'object of "{governor.text}"'
            return Role.EVENT_PLACE, f'object of "{governor.text}"'
        if token.dep == "agent" or (token.dep == "pobj" and governor.dep == "agent"):
            return Role.ACTOR_METONYM, "it is named as the doer"
        if token.dep in ("attr", "ROOT", "appos"):
            return Role.REGION_CONTEXT, "it is named without an event of its own"
        if self.verb_follows(anchor.token):
            return Role.ACTOR_METONYM, "a verb of saying follows: a government speaks"
        return Role.REGION_CONTEXT, NOTHING

    def _subject_of(self, verb: Token) -> Token | None:
        """Return the place name that is the subject of a verb, or None."""
        children = (self.tokens[at] for at in self.document.children(verb.index))
        return next((one for one in children if one.dep in ("nsubj", "nsubjpass") and one.index in self.owner), None)

    def _as_subject(self, token: Token, verb: Token, anchor: Anchor) -> tuple[Role, Reason]:
        lemma = verb.lemma.lower()
        if token.dep == "nsubjpass":
            if lemma in lexicon_words("roles", "done_to_governments") and not is_given_up(self.document, verb):
                return Role.ACTOR_METONYM, f'"{verb.text}" is done to a government'
            if _is_of_a_state(lemma):
                return Role.REGION_CONTEXT, f'subject of "{verb.text}"'
            return Role.EVENT_PLACE, f'it was "{verb.text}"'
        if anchor.kind_noun:
            return Role.EVENT_PLACE, f'the {anchor.kind_noun} is the subject of "{verb.text}"'
        if self.owner.get(token.index) not in self.large and suffers_in_a_headline(self.document, token, verb):
            return Role.EVENT_PLACE, f'it was "{verb.text}"'
        if self._says(verb):
            return Role.ACTOR_METONYM, f'it "{verb.text}": a government speaks'
        if lemma in lexicon_words("speech", "acting"):
            return Role.ACTOR_METONYM, f'it "{verb.text}": a government acts'
        if lemma in ("come", "fall", "suffer", "see", "witness", "burn", "remain", "change"):
            return Role.EVENT_PLACE, f'subject of "{verb.text}"'
        if (what := self._lies_under(verb)) is not None:
            return Role.EVENT_PLACE, f'it was under "{what}"'
        if _is_of_a_state(lemma):
            return Role.REGION_CONTEXT, f'subject of "{verb.text}"'
        return Role.ACTOR_METONYM, f'subject of "{verb.text}"'

    def _lies_under(self, verb: Token) -> str | None:
        """Return what the subject of a verb is under, if that is something that happens: "X was still under shellfire"."""
        if verb.lemma.lower() != "be":
            return None
        for at in self.document.children(verb.index):
            if self.tokens[at].text.lower() == "under":
                for below in self.document.children(at):
                    if self.tokens[below].lemma.lower() in lexicon_words("roles", "lying_under"):
                        return self.tokens[below].text
        return None

    def verb_follows(self, token: Token) -> bool:
        """Whether the word behind a name is a verb of saying that the parser took for a noun: "X rejects reports"."""
        if token.index + 1 >= len(self.tokens):
            return False
        after = self.tokens[token.index + 1]
        return (
            after.text.islower()
            and {after.lemma.lower(), after.text.removesuffix("s")} & lexicon_words("speech", "saying") != set()
        )

    def by_preposition(self, prep: Token) -> tuple[Role, Reason]:
        """Return the role of a name that a preposition governs, and why."""
        word = prep.text.lower()
        upper = self.tokens[prep.head]
        if word == "to" and upper.text.lower() == "according":
            return Role.ACTOR_METONYM, StandsBefore("according to")
        if upper.pos == "ADP" and upper.head != upper.index:
            upper = self.tokens[upper.head]
        lemma = upper.lemma.lower()
        if word == "of":
            return self._by_of(prep, upper)
        if word == "from":
            return self._by_from(upper)
        if word == "between" and self._are_small(prep) and self._tells_ground(upper):
            return Role.EVENT_PLACE, StandsBefore(f"{upper.text} between")
        if word == "with" and not _BORDERS.isdisjoint({self.tokens[prep.index - 1].lemma.lower(), lemma}):
            return Role.REGION_CONTEXT, StandsBefore("border with")
        if word == "against" and self._attacks(upper) and self._are_small(prep):
            return Role.EVENT_PLACE, f'"{upper.text} against" tells what happened there'
        if word in lexicon_words("roles", "party_prepositions") and word != "for":
            return Role.ACTOR_METONYM, f'"{word}" makes it a party'
        if word in ("on", "in", "over", "across") and any(
            child.text.lower() in lexicon_words("roles", "imposed") and child.head == upper.index
            for child in self.tokens[max(0, prep.index - 4) : prep.index]
        ):
            return Role.EVENT_PLACE, "what is imposed holds there"  # "declared martial law on X"
        if word in ("to", "for", "on") and upper.pos == "VERB" and lemma in lexicon_words("speech", "saying"):
            return Role.ACTOR_METONYM, StandsBefore(f"{upper.text} {word}")
        if word == "to" and lemma in lexicon_words("roles", "speaks_for"):
            return Role.ACTOR_METONYM, StandsBefore(f"{upper.text} to")
        if word in ("as", "that", "while", "than", "because", "when", "if", "although", "like", "despite"):
            return Role.ACTOR_METONYM, f'"{word}" stands before it: it acts'
        if word == "over":
            return Role.REGION_CONTEXT, "it is what they fight over"
        if self._talks(upper):
            return Role.TALKS_VENUE, f'people meet there: "{upper.text}"'
        if (
            lemma in lexicon_words("roles", "lying_verbs")
            and upper.pos in ("AUX", "VERB")
            and not self._event_below(upper)
        ):
            return Role.REGION_CONTEXT, f'"{upper.text} {word}" tells where something lies'
        if self._is_home_of_body(upper):
            return Role.ORIGIN, f"the {upper.text} there is theirs of whom it tells"
        if word == "to" and upper.pos in ("NOUN", "VERB", "PROPN"):
            return (
                (Role.EVENT_PLACE, StandsBefore(f"{upper.text} to"))
                if lemma in lexicon_words("roles", "event_nouns")
                else (Role.REGION_CONTEXT, StandsBefore("to"))
            )
        if (
            upper.pos in ("NOUN", "PROPN")
            and lemma not in lexicon_words("roles", "event_nouns")
            and lemma in lexicon_words("roles", "speaks_for")
            and upper.dep in ("nsubj", "nsubjpass")
            and self._says(self.tokens[upper.head])
        ):
            return Role.REGION_CONTEXT, f"it says where the {upper.text} are"
        return Role.EVENT_PLACE, StandsBefore(word)

    def _is_home_of_body(self, body: Token) -> bool:
        """Whether a noun is a body of armed men that an aside says somebody belongs to: "the dead, from a regiment in X, were"."""
        prep = self.tokens[body.head]
        is_aside = prep.index > 0 and self.tokens[prep.index - 1].text == ","
        return (
            body.dep == "pobj"
            and prep.text.lower() in ("from", "of")
            and is_aside
            and body.lemma.lower() in lexicon_words("event_grammar", "armed_bodies")
        )

    def _by_from(self, upper: Token) -> tuple[Role, Reason]:
        """Return the role of a name behind "from"; `upper` is what stands before that."""
        lemma = upper.lemma.lower()
        if lemma in lexicon_words("roles", "between_nouns"):
            return Role.EVENT_PLACE, StandsBefore(f"{upper.text} from")
        if lemma in lexicon_words("roles", "leaving_verbs"):
            return Role.EVENT_PLACE, f'"{upper.text} from" tells what happened there'
        return Role.ORIGIN, StandsBefore("from")

    def _by_of(self, prep: Token, upper: Token) -> tuple[Role, Reason]:
        """Return the role of a name behind "of"; `upper` is what stands before that."""
        lemma = upper.lemma.lower()
        is_title = lemma in lexicon_words("persons", "titles") and lemma not in lexicon_words("roles", "heads_of_towns")
        if lemma in lexicon_words("roles", "speaks_for") or is_title:
            return Role.ACTOR_METONYM, StandsBefore(f"{upper.text} of")
        if lemma in lexicon_words("roles", "event_nouns"):
            return Role.EVENT_PLACE, StandsBefore(f"{upper.text} of")
        if self._body_speaks(prep, upper):
            return Role.ORIGIN, f"the {upper.text} of it speaks"
        if self._talks(upper):
            return Role.TALKS_VENUE, StandsBefore(f"{upper.text} of")
        return Role.REGION_CONTEXT, StandsBefore(f"{upper.text} of")

    def _body_speaks(self, prep: Token, body: Token) -> bool:
        """Whether a body named for a place says so, and no witness of what happened there: "the committee of X said"."""
        behind = self.document.subtree(prep.index)[-1] + 1
        if body.pos not in ("NOUN", "PROPN") or body.lemma.lower() in lexicon_words("event_grammar", "witnesses"):
            return False
        return behind < len(self.tokens) and self._says(self.tokens[behind])

    def _are_small(self, prep: Token) -> bool:
        """Whether none of the names that a preposition governs is a country's, a province's or an area's."""
        below = {self.owner[at] for at in self.document.subtree(prep.index) if at in self.owner}
        return below.isdisjoint(self.large)

    def _tells_ground(self, upper: Token) -> bool:
        """Whether what is "between" two places is ground, or happens on it, rather than talks or relations of two parties."""
        lemma = upper.lemma.lower()
        if upper.pos in ("VERB", "AUX"):
            # The model's lemma of "raged" is "rag", and of "shelling" as a subject "shell".
            verbs, nouns = lexicon_words("roles", "between_verbs"), lexicon_words("roles", "between_nouns")
            happens = not verbs.isdisjoint({lemma, f"{lemma}e"}) or any(
                not nouns.isdisjoint({self.tokens[at].lemma.lower(), self.tokens[at].text.lower()})
                for at in self.document.children(upper.index)
                if self.tokens[at].dep in ("nsubj", "nsubjpass", "attr")
            )
            return happens and not self._talks(upper)
        nouns = lexicon_words("roles", "between_nouns") | lexicon_words("roles", "deeds_between")
        return lemma in nouns or self._is_met_on_the_way(upper)

    def _is_met_on_the_way(self, noun: Token) -> bool:
        """Whether forces that are attacked stand before "between": "ambushed a column of the army between X and Y"."""
        bodies = [lexicon_words("roles", key) for key in ("between_nouns", "speaks_for", "moving_bodies")]
        is_body = False
        for _ in range(6):
            lemma = noun.lemma.lower()
            if noun.pos == "VERB":
                return is_body and lemma in lexicon_words("roles", "between_verbs")
            is_body = is_body or any(lemma in some for some in bodies)
            if noun.dep not in ("conj", "pobj", "prep", "dobj", "nsubjpass") or (
                noun.pos == "ADP" and noun.text.lower() not in ("of", "from", "on", "against", "by")
            ):
                return False
            noun = self.tokens[noun.head]
        return False

    def _says(self, verb: Token) -> bool:
        return verb.lemma.lower() in lexicon_words("speech", "saying")

    def _talks(self, upper: Token) -> bool:
        """Whether a word, or the object or the subject of a verb, tells of talks."""
        lemma = upper.lemma.lower()
        if (
            self.tokens[upper.head].lemma.lower() in lexicon_words("event_grammar", "misread_verbs")
            and upper.dep == "dobj"
        ):
            return False  # "attacked a ceremony in X"
        if self._is_hit(upper):
            return False
        if lemma in lexicon_words("roles", "talks_nouns") or (
            upper.pos == "VERB" and lemma in lexicon_words("roles", "talks_verbs")
        ):
            return True
        if upper.pos not in ("VERB", "AUX"):
            return False
        related = [self.tokens[at] for at in self.document.children(upper.index)]
        # "Talks are due to start in X": the subject stands with the verb that governs "start".
        for _ in range(3):
            if upper.dep not in ("xcomp", "acomp"):
                break
            upper = self.tokens[upper.head]
            related += [self.tokens[at] for at in self.document.children(upper.index)]
        return any(
            one.dep in ("nsubj", "nsubjpass", "dobj") and one.lemma.lower() in lexicon_words("roles", "talks_nouns")
            for one in related
        )

    def _is_hit(self, gathering: Token) -> bool:
        """Whether a verb of harm has a gathering for its place: "a bomb exploded without warning at a ceremony in X"."""
        above = self.tokens[gathering.head]
        if gathering.dep != "pobj" or above.text.lower() not in ("at", "near", "outside"):
            return False
        for _ in range(_MOST_STEPS_TO_HARM):
            above = self.tokens[above.head]
            if above.pos == "VERB" and above.lemma.lower() in lexicon_words("roles", "harm_verbs"):
                return True
        return False

    def _attacks(self, upper: Token) -> bool:
        """Whether what is done "against" a place is an attack on it: "rocket attacks", "launched an offensive"."""
        attacks = lexicon_words("roles", "attacks_against")
        if upper.pos == "VERB":
            children = [self.tokens[at] for at in self.document.children(upper.index)]
            return any(one.dep == "dobj" and one.lemma.lower() in attacks for one in children)
        return upper.lemma.lower() in attacks

    def _event_below(self, verb: Token) -> bool:
        children = [self.tokens[at] for at in self.document.children(verb.index)]
        return any(one.pos == "NOUN" and one.lemma.lower() in lexicon_words("roles", "event_nouns") for one in children)


def _is_of_a_state(verb: str) -> bool:
    """Whether a verb tells how something is or lies, and not what happens to it."""
    return verb in lexicon_words("roles", "lying_verbs") or verb in lexicon_words("roles", "state_verbs")
