"""What each place name does in its sentence, by grammar and lexicon (``resources/lexicons/roles.toml``).

One mention, one role. The roles are a first reading: the event reader may promote a name once an event is tied to it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection
from dataclasses import dataclass

from geoconflict.extract.language.model import Document, Token
from geoconflict.extract.layout.datelines import dateline_of
from geoconflict.extract.layout.list_items import is_heading
from geoconflict.extract.lexicon import lexicon_words, read_demonyms
from geoconflict.extract.toponyms.role_cues import (
    end_with_part,
    is_dateline,
    is_second_of_dateline,
    is_street,
    near_words,
    opens_with_capitals,
    role_in_longer_name,
)
from geoconflict.extract.toponyms.role_suffering import is_given_up, suffers_in_a_headline
from geoconflict.models import Relation, Role, Toponym

__all__ = ["assign_roles"]

_NOTHING = "nothing in the sentence says that something happened there"
_MODIFIERS = frozenset({"compound", "nmod", "amod", "poss", "npadvmod", "nummod"})
_LOCATIVE_DEPS = frozenset({"pobj", "pcomp"})


def assign_roles(
    document: Document, toponyms: tuple[Toponym, ...], *, large: Collection[int] = (), roads: Collection[int] = ()
) -> tuple[Toponym, ...]:
    """Return the toponyms, each with its role and its relation, and the reason for them.

    Parameters
    ----------
    document
        The text that the toponyms were found in.
    toponyms
        In text order, none overlapping.
    large
        Indexes of those that name a country, a province or an area rather than a town, where that is known.
    roads
        Indexes of those that a road is named by: neither datelines nor parts of another name.

    Returns
    -------
    toponyms
        In the same order; only role, relation and reasons differ. A pure function of its arguments.
    """
    reader = _RoleReader(document, toponyms, frozenset(large), frozenset(roads))
    result: list[Toponym] = []
    readings = [reader.role(index) for index in range(len(toponyms))]
    for index, toponym in enumerate(toponyms):
        role, reason = reader.settled(index, readings)
        near = reader.near_words[index]
        reasons = (*toponym.reasons, reason, *((f'"{near}" stands before it',) if near else ()))
        relation = Relation.NEAR if near and role not in (Role.DATELINE, Role.ACTOR_METONYM) else Relation.AT
        result.append(dataclasses.replace(toponym, role=role, relation=relation, reasons=reasons))
    return tuple(result)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """The token through which a name hangs on its clause, climbed from "the town of X" to "town"."""

    token: Token
    kind_noun: str
    """The noun of place climbed over, or an empty string."""


_OPENS_IN_BRACKETS = re.compile(r"^[ \t]*\(", re.MULTILINE)


def _brackets_of_dateline(text: str) -> range:
    """Return where the names of a dateline in brackets stand, "(Geneva, October 8, 2021) –"; an empty range without one."""
    dateline = dateline_of(text) if _OPENS_IN_BRACKETS.search(text) else None
    if dateline is None or text[dateline[0]] != "(":
        return range(0)
    return range(dateline[0] + 1, dateline[1])


class _RoleReader:
    def __init__(
        self, document: Document, toponyms: tuple[Toponym, ...], large: frozenset[int], roads: frozenset[int]
    ) -> None:
        self.large = large
        self.roads = roads
        self.document = document
        self.toponyms = toponyms
        self.tokens = document.tokens
        self.owner = {
            token.index: at for at, one in enumerate(toponyms) for token in document.tokens_between(one.start, one.end)
        }
        self.near_words = [near_words(document.cased, one.start) for one in toponyms]
        self.brackets = _brackets_of_dateline(document.text)
        self.paragraphs = {0} | {match.end() for match in re.finditer(r"\n\s*", document.text)}

    # ------------------------------------------------------------ the cascade
    def role(self, index: int) -> tuple[Role, str]:
        """Return the role of toponym `index` and why, the surest signs first."""
        one = self.toponyms[index]
        text = self.document.cased
        tail = text[one.end : one.end + 60]
        is_road = index in self.roads
        # As it was given: an agency in capitals may have been taken for words.
        given = self.document.text[one.end : one.end + 90]
        if not is_road and self._starts_paragraph(one.start) and (is_dateline(tail) or is_dateline(given)):
            return Role.DATELINE, "it stands in the dateline"
        whole = self.document.text
        if one.start in self.brackets:
            return (
                (Role.DATELINE, "it stands in the dateline")
                if one.start == self.brackets.start
                else (Role.REGION_CONTEXT, f"it says where {self.toponyms[index - 1].surface} lies")
            )
        if not is_road and (
            is_second_of_dateline(whole, one.start, one.end) or opens_with_capitals(whole, one.start, one.end)
        ):
            return Role.DATELINE, "it stands in the dateline"
        if self._ends_dateline(index) and (is_dateline(tail) or is_dateline(given)):
            return Role.REGION_CONTEXT, f"it says where {self.toponyms[index - 1].surface} lies"
        if not is_road and is_heading(text, one.start, one.end):
            return Role.EVENT_PLACE, "it is the heading of what follows"
        tokens = self.document.tokens_between(one.start, one.end)
        if not tokens:
            return Role.OTHER, "no word of the sentence covers it"
        if is_street(text, one.start, one.end):
            return Role.OTHER, "it is the name of a street"
        bearer = role_in_longer_name(self.document, one)
        if bearer is not None and not is_road:
            return self._struck_premises(one) or bearer
        if (participle := re.match(r"[-\u2011](\w+)", tail)) and participle[1].lower() in _words(
            "places", "hyphen_participles"
        ):
            if participle[1].lower() in ("based", "born", "flagged", "made", "educated"):
                return Role.ORIGIN, f'"-{participle[1]}" follows'
            return Role.ACTOR_METONYM, f'"-{participle[1]}" follows'
        head = self._head(self.document.tokens_between(one.start, end_with_part(self.document, one)))
        prep = self._locative_before(tokens[0])
        if prep is not None and tail.startswith(","):
            return (
                self._by_preposition(prep)
                if self._container(index) is None
                else (Role.REGION_CONTEXT, self._container(index) or "")
            )
        if re.match(r"['’]s?\s", tail) or head.dep in _MODIFIERS:
            named = self._modified(head)
            if named is not None:
                return named
        if (container := self._container(index)) is not None:
            return Role.REGION_CONTEXT, container
        return self._by_grammar(self._anchor(head))

    def _struck_premises(self, one: Toponym) -> tuple[Role, str] | None:
        """Return the role of a town whose university or hospital something happened at: "gunmen stormed X University"."""
        named = re.match(r"(?:\s+[A-Z][\w-]*){1,4}", self.document.cased[one.end : one.end + 60])
        if named is None or not {word.lower() for word in named.group().split()} & _words("roles", "premises"):
            return None
        head = self._head(self.document.tokens_between(one.start, one.end + named.end()))
        upper = self.tokens[head.head]
        if head.dep == "pobj":  # "a bomb exploded at X University", and no rally there
            upper = self.tokens[upper.head]
            if upper.lemma.lower() not in _words("roles", "strikes_at"):
                return None
        elif head.dep not in ("dobj", "nsubjpass"):
            return None
        role, reason = self._by_grammar(self._anchor(head))
        return (role, reason) if role is Role.EVENT_PLACE else None

    def settled(self, index: int, readings: list[tuple[Role, str]]) -> tuple[Role, str]:
        """Return the reading of toponym `index`, taken from its neighbour where only that one says something."""
        role, reason = readings[index]
        one = self.toponyms[index]
        text = self.document.cased
        if role is Role.ACTOR_METONYM and self.near_words[index] and index not in self.large:
            return Role.REGION_CONTEXT, "who acts lies near nothing"  # "Near X, a woman died", read as a name
        if index and text[self.toponyms[index - 1].end : one.start] == " (" and text[one.end : one.end + 1] == ")":
            return readings[index - 1][0], f"another name of {self.toponyms[index - 1].surface}"
        if reason is _NOTHING and index + 1 < len(readings):
            gap = text[one.end : self.toponyms[index + 1].start]
            if gap in (" and ", ", ", ", and ") and readings[index + 1][0] in (Role.ACTOR_METONYM, Role.EVENT_PLACE):
                return readings[index + 1][0], f"as {self.toponyms[index + 1].surface} beside it"
        if (
            role is Role.REGION_CONTEXT
            and self.near_words[index].endswith(" of")
            and (reason is _NOTHING or reason.endswith("stands before it"))
        ):
            return Role.EVENT_PLACE, "something happened by it"
        if role is Role.ORIGIN and self._lies_off(index):
            return Role.EVENT_PLACE, "something happened at a distance from it"
        return role, reason

    def _lies_off(self, index: int) -> bool:
        """Whether "10 km from X" tells where something is, and not how far somebody came or something flew."""
        near = self.near_words[index]
        if not near.endswith(" from") or not near[0].isalnum():
            return False
        start = self.toponyms[index].start
        if self.document.cased[:start].rstrip().removesuffix(near).rstrip().endswith(","):
            return True
        sentence = self.document.sentence_at(start)
        before = self.document.tokens_between(sentence.start, start)
        verb = next((one for one in reversed(before) if one.pos == "VERB"), None)
        return verb is None or verb.lemma.lower() not in _words("roles", "moving_verbs")

    def _starts_paragraph(self, start: int) -> bool:
        return start in self.paragraphs or self.document.sentence_at(start).start == start

    def _ends_dateline(self, index: int) -> bool:
        """Whether a name stands behind a comma and the name that opens a paragraph: "X, Y -"."""
        before = self.toponyms[index - 1] if index else None
        return (
            before is not None
            and self.document.cased[before.end : self.toponyms[index].start] == ", "
            and self._starts_paragraph(before.start)
        )

    def _locative_before(self, first: Token) -> Token | None:
        """Return the preposition of place right before a name, "the" aside, whatever the parser made of it."""
        at = first.index - 1
        if at > 0 and self.tokens[at].text.lower() == "the":
            at -= 1
        if at >= 0 and self.tokens[at].text.lower() in _words("places", "locatives") and self.tokens[at].pos == "ADP":
            return self.tokens[at]
        return None

    def _modified(self, head: Token) -> tuple[Role, str] | None:
        """Return the role of a name that modifies a noun: "X's ministry", "the X conflict", "the X capital"."""
        noun = self.tokens[head.head]
        if noun.index == head.index or noun.pos not in ("NOUN", "PROPN"):
            return None
        lemma = noun.lemma.lower()
        if lemma in _words("roles", "speaks_for") or noun.text.lower() in _words("organisations", "state_bodies"):
            return Role.ACTOR_METONYM, f'"{noun.text}" follows: it stands for a government or a force'
        if lemma in _words("roles", "dispute_nouns"):
            return Role.REGION_CONTEXT, f"it says which {lemma}"
        if lemma in _words("roles", "event_nouns") and head.dep != "poss":
            return Role.EVENT_PLACE, f"it says where the {lemma} was"
        if lemma in _words("places", "place_nouns") and (
            head.dep == "poss" or lemma in ("capital", "border", "coast", "front")
        ):
            return Role.REGION_CONTEXT, f"it says whose {lemma} is meant"
        return None

    def _container(self, index: int) -> str | None:
        """Return why the name tells where the name before it lies, or None: "X in Y", "X, Y"."""
        if index == 0:
            return None
        one, before = self.toponyms[index], self.toponyms[index - 1]
        if index - 1 in self.large and index not in self.large and self.large:
            return None
        gap = self.document.cased[before.end : one.start]
        if re.fullmatch(
            r"['’]?\s*(?:(?:city|town|village|district|region|area|province|airport|neighbou?rhood|quarter|suburb),?\s)?,?\s*(?:in|of|within)\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}(?:of\s+)?",
            gap,
        ):
            return f"it says where {before.surface} lies"
        if gap == ", " and not self._verb_follows(self.document.tokens_between(one.start, one.end)[-1]):
            tail = self.document.cased[one.end : one.end + 12]
            listed = re.match(r",? (?:and|or) [A-Z]|, [A-Z]", tail) is not None and not tail.startswith(", ")
            in_list = index >= 2 and self.document.cased[self.toponyms[index - 2].end : before.start] == ", "
            if not listed and not in_list and not re.match(r",? (?:and|or) (?:the )?[A-Z]", tail):
                return f"it says where {before.surface} lies"
        return None

    # ------------------------------------------------------------ grammar
    def _by_grammar(self, anchor: _Anchor) -> tuple[Role, str]:
        token = anchor.token
        governor = self.tokens[token.head]
        if token.dep in _LOCATIVE_DEPS and governor.pos in ("ADP", "SCONJ", "ADV", "VERB"):
            return self._by_preposition(governor)
        if token.dep in ("nsubj", "nsubjpass", "csubj"):
            return self._as_subject(token, governor, anchor)
        if token.dep == "conj" and governor.pos == "VERB" and (subject := self._subject_of(governor)) is not None:
            return self._as_subject(
                subject, governor, _Anchor(subject, "")
            )  # "X was shelled on Monday and Y on Friday"
        if token.dep in ("dobj", "dative", "obj"):
            lemma = governor.lemma.lower()
            if lemma in _words("roles", "addressing_verbs"):
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
        if self._verb_follows(anchor.token):
            return Role.ACTOR_METONYM, "a verb of saying follows: a government speaks"
        return Role.REGION_CONTEXT, _NOTHING

    def _verb_follows(self, token: Token) -> bool:
        """Whether the word behind a name is a verb of saying that the parser took for a noun: "X rejects reports"."""
        if token.index + 1 >= len(self.tokens):
            return False
        after = self.tokens[token.index + 1]
        return (
            after.text.islower()
            and {after.lemma.lower(), after.text.removesuffix("s")} & _words("speech", "saying") != set()
        )

    def _by_preposition(self, prep: Token) -> tuple[Role, str]:
        word = prep.text.lower()
        upper = self.tokens[prep.head]
        outer = upper.text.lower() if upper.pos == "ADP" else ""
        if upper.pos == "ADP" and upper.head != upper.index:
            upper = self.tokens[upper.head]
        lemma = upper.lemma.lower()
        if word == "of":
            is_title = lemma in _words("persons", "titles") and lemma not in _words("roles", "heads_of_towns")
            if lemma in _words("roles", "speaks_for") or is_title:
                return Role.ACTOR_METONYM, f'"{upper.text} of" stands before it'
            if lemma in _words("roles", "event_nouns"):
                return Role.EVENT_PLACE, f'"{upper.text} of" stands before it'
            if self._body_speaks(prep, upper):
                return Role.ORIGIN, f"the {upper.text} of it speaks"
            if self._talks(upper):
                return Role.TALKS_VENUE, f'"{upper.text} of" stands before it'
            return Role.REGION_CONTEXT, f'"{upper.text} of" stands before it'
        if word == "from" and lemma in _words("roles", "between_nouns"):
            return Role.EVENT_PLACE, f'"{upper.text} from" stands before it'
        if word == "between" and self._are_small(prep) and self._tells_ground(upper):
            return Role.EVENT_PLACE, f'"{upper.text} between" stands before it'
        if word == "from" or (word == "of" and outer == "out"):
            if lemma in _words("roles", "leaving_verbs"):
                return Role.EVENT_PLACE, f'"{upper.text} from" tells what happened there'
            return Role.ORIGIN, '"from" stands before it'
        if word == "with" and self.tokens[prep.index - 1].lemma.lower() in ("border", "frontier", "boundary"):
            return Role.REGION_CONTEXT, '"border with" stands before it'
        if word == "with" and lemma in ("border", "frontier", "boundary"):
            return Role.REGION_CONTEXT, '"border with" stands before it'
        if word == "against" and self._attacks(upper) and self._are_small(prep):
            return Role.EVENT_PLACE, f'"{upper.text} against" tells what happened there'
        if word in _words("roles", "party_prepositions") and word != "for":
            return Role.ACTOR_METONYM, f'"{word}" makes it a party'
        if word in ("on", "in", "over", "across") and any(
            child.text.lower() in _words("roles", "imposed") and child.head == upper.index
            for child in self.tokens[max(0, prep.index - 4) : prep.index]
        ):
            return Role.EVENT_PLACE, "what is imposed holds there"  # "declared martial law on X"
        if word in ("to", "for", "on") and upper.pos == "VERB" and lemma in _words("speech", "saying"):
            return Role.ACTOR_METONYM, f'"{upper.text} {word}" stands before it'
        if word == "to" and lemma in _words("roles", "speaks_for"):
            return Role.ACTOR_METONYM, f'"{upper.text} to" stands before it'
        if word in ("as", "that", "while", "than", "because", "when", "if", "although", "like", "despite"):
            return Role.ACTOR_METONYM, f'"{word}" stands before it: it acts'
        if word == "over":
            return Role.REGION_CONTEXT, "it is what they fight over"
        if self._talks(upper):
            return Role.TALKS_VENUE, f'people meet there: "{upper.text}"'
        if lemma in _words("roles", "lying_verbs") and upper.pos in ("AUX", "VERB") and not self._event_below(upper):
            return Role.REGION_CONTEXT, f'"{upper.text} {word}" tells where something lies'
        if word == "to" and upper.pos in ("NOUN", "VERB", "PROPN"):
            return (
                (Role.EVENT_PLACE, f'"{upper.text} to" stands before it')
                if lemma in _words("roles", "event_nouns")
                else (Role.REGION_CONTEXT, '"to" stands before it')
            )
        if upper.pos in ("NOUN", "PROPN") and lemma not in _words("roles", "event_nouns"):
            if (
                lemma in _words("roles", "speaks_for")
                and upper.dep in ("nsubj", "nsubjpass")
                and self._says(self.tokens[upper.head])
            ):
                return Role.REGION_CONTEXT, f"it says where the {upper.text} are"
            return Role.EVENT_PLACE, f'"{word}" stands before it'
        return Role.EVENT_PLACE, f'"{word}" stands before it'

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
            verbs, nouns = _words("roles", "between_verbs"), _words("roles", "between_nouns")
            happens = not verbs.isdisjoint({lemma, f"{lemma}e"}) or any(
                not nouns.isdisjoint({self.tokens[at].lemma.lower(), self.tokens[at].text.lower()})
                for at in self.document.children(upper.index)
                if self.tokens[at].dep in ("nsubj", "nsubjpass", "attr")
            )
            return happens and not self._talks(upper)
        return lemma in _words("roles", "between_nouns") or self._is_met_on_the_way(upper)

    def _is_met_on_the_way(self, noun: Token) -> bool:
        """Whether forces that are attacked stand before "between": "ambushed a column of the army between X and Y"."""
        bodies = [_words("roles", key) for key in ("between_nouns", "speaks_for", "moving_bodies")]
        is_body = False
        for _ in range(6):
            lemma = noun.lemma.lower()
            if noun.pos == "VERB":
                return is_body and lemma in _words("roles", "between_verbs")
            is_body = is_body or any(lemma in some for some in bodies)
            if noun.dep not in ("conj", "pobj", "prep", "dobj", "nsubjpass") or (
                noun.pos == "ADP" and noun.text.lower() not in ("of", "from", "on", "against", "by")
            ):
                return False
            noun = self.tokens[noun.head]
        return False

    def _as_subject(self, token: Token, verb: Token, anchor: _Anchor) -> tuple[Role, str]:
        lemma = verb.lemma.lower()
        if token.dep == "nsubjpass":
            if lemma in _words("roles", "done_to_governments") and not is_given_up(self.document, verb):
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
        if lemma in _words("speech", "acting"):
            return Role.ACTOR_METONYM, f'it "{verb.text}": a government acts'
        if lemma in ("come", "fall", "suffer", "see", "witness", "burn", "remain", "change"):
            return Role.EVENT_PLACE, f'subject of "{verb.text}"'
        if _is_of_a_state(lemma):
            return Role.REGION_CONTEXT, f'subject of "{verb.text}"'
        return Role.ACTOR_METONYM, f'subject of "{verb.text}"'

    def _subject_of(self, verb: Token) -> Token | None:
        """Return the place name that is the subject of a verb, or None."""
        children = (self.tokens[at] for at in self.document.children(verb.index))
        return next((one for one in children if one.dep in ("nsubj", "nsubjpass") and one.index in self.owner), None)

    def _says(self, verb: Token) -> bool:
        return verb.lemma.lower() in _words("speech", "saying")

    def _talks(self, upper: Token) -> bool:
        """Whether a word, or the object or the subject of a verb, tells of talks."""
        lemma = upper.lemma.lower()
        if self.tokens[upper.head].lemma.lower() in _words("event_grammar", "misread_verbs") and upper.dep == "dobj":
            return False  # "attacked a ceremony in X"
        if lemma in _words("roles", "talks_nouns") or (upper.pos == "VERB" and lemma in _words("roles", "talks_verbs")):
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
            one.dep in ("nsubj", "nsubjpass", "dobj") and one.lemma.lower() in _words("roles", "talks_nouns")
            for one in related
        )

    def _attacks(self, upper: Token) -> bool:
        """Whether what is done "against" a place is an attack on it: "rocket attacks", "launched an offensive"."""
        attacks = _words("roles", "attacks_against")
        if upper.pos == "VERB":
            children = [self.tokens[at] for at in self.document.children(upper.index)]
            return any(one.dep == "dobj" and one.lemma.lower() in attacks for one in children)
        return upper.lemma.lower() in attacks

    def _event_below(self, verb: Token) -> bool:
        children = [self.tokens[at] for at in self.document.children(verb.index)]
        return any(one.pos == "NOUN" and one.lemma.lower() in _words("roles", "event_nouns") for one in children)

    def _head(self, tokens: tuple[Token, ...]) -> Token:
        """Return the token of a span whose head lies outside it; that behind a preposition, where the parser tore the name apart."""
        inside = {token.index for token in tokens}
        outside = [token for token in tokens if token.head not in inside or token.head == token.index]
        governed = (token for token in outside if token.dep in _LOCATIVE_DEPS and token.index == tokens[0].index)
        return next(governed, outside[-1] if outside else tokens[-1])

    def _anchor(self, head: Token) -> _Anchor:
        token, kind_noun = head, ""
        for _ in range(8):
            upper = self.tokens[token.head]
            if upper.index == token.index:
                break
            if token.dep in ("conj", "appos") and (upper.pos in ("PROPN", "NOUN") or upper.index in self.owner):
                pass
            elif (
                token.dep in _MODIFIERS
                and token.dep != "poss"
                and upper.lemma.lower() in _words("places", "place_nouns")
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
        return _Anchor(token, kind_noun)

    def _names_its_kind(self, noun: Token) -> bool:
        """Whether "noun of X" is X itself: "the town of X", "most of X"; "the capital of X" is not."""
        word = noun.lemma.lower()
        if word in ("capital", "border", "coast", "front", "port"):
            modifiers = [self.tokens[at] for at in self.document.children(noun.index) if at < noun.index]
            return any(one.index in self.owner or one.text.lower() in read_demonyms() for one in modifiers)
        said = noun.text.lower()
        return (
            word in _words("places", "place_nouns")
            or said in ("part", "parts", "most")
            or said in _words("places", "directions")
        )


def _is_of_a_state(verb: str) -> bool:
    """Whether a verb tells how something is or lies, and not what happens to it."""
    return verb in _words("roles", "lying_verbs") or verb in _words("roles", "state_verbs")


def _words(lexicon: str, key: str) -> frozenset[str]:
    return lexicon_words(lexicon, key)
