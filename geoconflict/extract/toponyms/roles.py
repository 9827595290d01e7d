"""What each place name does in its sentence, by grammar and lexicon (``resources/lexicons/roles.toml``).

One mention, one role. The roles are a first reading: the event reader may promote a name once an event is tied to it.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection

from geoconflict.extract.language.model import Document, Token
from geoconflict.extract.layout.datelines import dateline_of
from geoconflict.extract.layout.list_items import heads_line, is_heading
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.toponyms.role_cues import (
    end_with_part,
    is_dateline,
    is_second_of_dateline,
    is_street,
    near_words,
    opens_with_capitals,
    role_in_longer_name,
)
from geoconflict.extract.toponyms.role_grammar import MODIFIERS, NOTHING, RoleGrammar
from geoconflict.extract.toponyms.role_reasons import Reason, StandsBefore
from geoconflict.models import Relation, Role, Toponym

__all__ = ["assign_roles"]


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
        reasons = (*toponym.reasons, str(reason), *((str(StandsBefore(near)),) if near else ()))
        relation = Relation.NEAR if near and role not in (Role.DATELINE, Role.ACTOR_METONYM) else Relation.AT
        result.append(dataclasses.replace(toponym, role=role, relation=relation, reasons=reasons))
    return tuple(result)


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
        owner = {
            token.index: at for at, one in enumerate(toponyms) for token in document.tokens_between(one.start, one.end)
        }
        self.grammar = RoleGrammar(document, owner, large)
        self.near_words = [near_words(document.cased, one.start) for one in toponyms]
        self.brackets = _brackets_of_dateline(document.text)
        self.paragraphs = {0} | {match.end() for match in re.finditer(r"\n\s*", document.text)}

    # ------------------------------------------------------------ the cascade
    def role(self, index: int) -> tuple[Role, Reason]:
        """Return the role of toponym `index` and why, the surest signs first."""
        one = self.toponyms[index]
        text = self.document.cased
        tail = text[one.end : one.end + 60]
        is_road = index in self.roads
        if not is_road and is_heading(self.document.text, one.start, one.end):
            return Role.EVENT_PLACE, "it is the heading of what follows"
        # A capital or a country may be who says what follows.
        may_speak = index in self.large or one.surface.lower() in lexicon_words("places", "capital_cities")
        if not (is_road or may_speak) and heads_line(self.document.text, one.start, one.end):
            return Role.EVENT_PLACE, "it heads the line"
        if (filed := self._in_dateline(index)) is not None:
            return filed
        tokens = self.document.tokens_between(one.start, one.end)
        if not tokens:
            return Role.OTHER, "no word of the sentence covers it"
        if is_street(text, one.start, one.end):
            return Role.OTHER, "it is the name of a street"
        bearer = role_in_longer_name(self.document, one)
        if bearer is not None and not is_road:
            return self._struck_premises(one) or bearer
        if (participle := re.match(r"[-\u2011](\w+)", tail)) and participle[1].lower() in lexicon_words(
            "places", "hyphen_participles"
        ):
            if participle[1].lower() in ("based", "born", "flagged", "made", "educated"):
                return Role.ORIGIN, f'"-{participle[1]}" follows'
            return Role.ACTOR_METONYM, f'"-{participle[1]}" follows'
        head = self.grammar.head(self.document.tokens_between(one.start, end_with_part(self.document, one)))
        prep = self._locative_before(tokens[0])
        if prep is not None and tail.startswith(","):
            return (
                self.grammar.by_preposition(prep)
                if self._container(index) is None
                else (Role.REGION_CONTEXT, self._container(index) or "")
            )
        if re.match(r"['’]s?\s", tail) or head.dep in MODIFIERS:
            named = self.grammar.of_modifier(head)
            if named is not None:
                return named
        if (container := self._container(index)) is not None:
            return Role.REGION_CONTEXT, container
        return self.grammar.by_grammar(self.grammar.anchor(head))

    def _in_dateline(self, index: int) -> tuple[Role, Reason] | None:
        """Return the role of a name that is part of a dateline; None for others."""
        one, text = self.toponyms[index], self.document.text
        is_road = index in self.roads
        # As it was given, too: an agency in capitals may have been taken for words.
        ends = is_dateline(self.document.cased[one.end : one.end + 60]) or is_dateline(text[one.end : one.end + 90])
        if not is_road and self._starts_paragraph(one.start) and ends:
            return Role.DATELINE, "it stands in the dateline"
        if one.start in self.brackets:
            return (
                (Role.DATELINE, "it stands in the dateline")
                if one.start == self.brackets.start
                else (Role.REGION_CONTEXT, f"it says where {self.toponyms[index - 1].surface} lies")
            )
        if not is_road and (
            is_second_of_dateline(text, one.start, one.end) or opens_with_capitals(text, one.start, one.end)
        ):
            return Role.DATELINE, "it stands in the dateline"
        if self._ends_dateline(index) and ends:
            return Role.REGION_CONTEXT, f"it says where {self.toponyms[index - 1].surface} lies"
        return None

    def _struck_premises(self, one: Toponym) -> tuple[Role, Reason] | None:
        """Return the role of a town whose university or hospital something happened at: "gunmen stormed X University"."""
        named = re.match(r"(?:\s+[A-Z][\w-]*){1,4}", self.document.cased[one.end : one.end + 60])
        if named is None or not {word.lower() for word in named.group().split()} & lexicon_words("roles", "premises"):
            return None
        head = self.grammar.head(self.document.tokens_between(one.start, one.end + named.end()))
        upper = self.tokens[head.head]
        if head.dep == "pobj":  # "a bomb exploded at X University", and no rally there
            upper = self.tokens[upper.head]
            if upper.lemma.lower() not in lexicon_words("roles", "strikes_at"):
                return None
        elif head.dep not in ("dobj", "nsubjpass"):
            return None
        role, reason = self.grammar.by_grammar(self.grammar.anchor(head))
        return (role, reason) if role is Role.EVENT_PLACE else None

    def settled(self, index: int, readings: list[tuple[Role, Reason]]) -> tuple[Role, Reason]:
        """Return the reading of toponym `index`, taken from its neighbour where only that one says something."""
        role, reason = readings[index]
        one = self.toponyms[index]
        text = self.document.cased
        if role is Role.ACTOR_METONYM and self.near_words[index] and index not in self.large:
            return Role.REGION_CONTEXT, "who acts lies near nothing"  # "Near X, a woman died", read as a name
        if index and text[self.toponyms[index - 1].end : one.start] == " (" and text[one.end : one.end + 1] == ")":
            return readings[index - 1][0], f"another name of {self.toponyms[index - 1].surface}"
        if reason is NOTHING and index + 1 < len(readings):
            gap = text[one.end : self.toponyms[index + 1].start]
            if gap in (" and ", ", ", ", and ") and readings[index + 1][0] in (Role.ACTOR_METONYM, Role.EVENT_PLACE):
                return readings[index + 1][0], f"as {self.toponyms[index + 1].surface} beside it"
        if (
            role is Role.REGION_CONTEXT
            and self.near_words[index].endswith(" of")
            and (reason is NOTHING or isinstance(reason, StandsBefore))
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
        return verb is None or verb.lemma.lower() not in lexicon_words("roles", "moving_verbs")

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
        if (
            at >= 0
            and self.tokens[at].text.lower() in lexicon_words("places", "locatives")
            and self.tokens[at].pos == "ADP"
        ):
            return self.tokens[at]
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
        if gap == ", " and not self.grammar.verb_follows(self.document.tokens_between(one.start, one.end)[-1]):
            tail = self.document.cased[one.end : one.end + 12]
            listed = re.match(r",? (?:and|or) [A-Z]|, [A-Z]", tail) is not None and not tail.startswith(", ")
            in_list = index >= 2 and self.document.cased[self.toponyms[index - 2].end : before.start] == ", "
            if not listed and not in_list and not re.match(r",? (?:and|or) (?:the )?[A-Z]", tail):
                return f"it says where {before.surface} lies"
        return None
