"""Several people who are told by name, without a number: "the judge Jane Roe, the lawyer John Doe and two guards".

The parser takes most of these names for what the one before is called, so they are read by their words: a noun for a
person before a name, or the name of a person alone.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geoconflict.extract.casualties.phrases import PhraseReader
from geoconflict.extract.casualties.words import Trigger, Victims, exactly, plus
from geoconflict.extract.language.model import Token
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.models import Count

__all__ = ["NamedListReader"]

_JOINT = re.compile(r"\s*(?:(?P<last>,?\s+(?:and|as\s+well\s+as)\s+)|,\s+)")
_OWN = re.compile(r"(?:his|her|their)\s+")
_MORE_JOINED = re.compile(r",?\s+and\s")
_LONGEST_ROLE = 4
"""Words of a role before a name: "the former deputy mayor"."""


class NamedListReader(PhraseReader):
    """Counts the persons whom a list names one by one."""

    def _with_named_after(self, one: Victims | None, trigger: Trigger, groups: list[Victims]) -> Victims | None:
        """Count the persons that a list goes on to name: "the judge Jane Doe and the banker John Roe were killed".

        Commas alone make no list: "the judge Jane Doe, the sister of John Roe".
        """
        if one is None or one.head is None or one.count != exactly(1):
            return one
        end = self._end_of_name(one.head.index + 1)
        end = one.end if end is None else end
        told = replace(one, end=end, who=self._document.text[one.start : end])
        so_far = told
        while (joint := _JOINT.match(self._low, so_far.end, self._sentence.end)) is not None:
            counted = next((group for group in groups if group.start == self._behind_own(joint.end())), None)
            if counted is not None:
                is_list = joint["last"] is not None or _MORE_JOINED.search(self._low, counted.start, counted.end)
                return so_far if is_list else told
            behind = self._end_of_named(joint.end())
            if behind is None or self._acts(behind, trigger):
                return told
            who = self._document.text[one.start : behind]
            so_far = replace(so_far, end=behind, count=plus(so_far.count, exactly(1)), who=who)
            if joint["last"] is not None:
                return so_far
        return told

    def _behind_own(self, offset: int) -> int:
        """Return where a phrase begins behind the possessive that may open it: "his two sons"."""
        own = _OWN.match(self._low, offset)
        return offset if own is None else own.end()

    def _with_uncounted(self, victims: Victims, trigger: Trigger) -> Victims:
        """Return victims as the least of the dead where a list goes on with people whose number is not told: "and villagers"."""
        tokens = self._document.tokens
        joint = _JOINT.match(self._low, victims.end, self._sentence.end)
        first = None if joint is None or joint["last"] is None else self._document.token_at(joint.end())
        while first is not None and first.dep in {"amod", "compound", "det"} and first.head > first.index:
            first = tokens[first.index + 1]
        if first is None or (first.dep, first.tag) != ("conj", "NNS") or self._kind(first) != "person":
            return victims
        if not victims.start <= tokens[first.head].start < victims.end or self._acts(first.end, trigger):
            return victims
        return replace(victims, count=plus(victims.count, Count(low=2, best=None, high=None)))

    def _end_of_named(self, offset: int) -> int | None:
        """Return the end of a person told by name from an offset on, with a role before the name or without one."""
        token = self._document.token_at(offset)
        if token is None:
            return None
        named = next((one for one in self._document.entities if one.label == "PERSON" and one.start == offset), None)
        if named is not None:
            last = self._document.token_at(named.end - 1)
            return None if last is None or self._is_possessor(last) else last.end
        at = token.index + (token.pos == "DET")
        for role in self._document.tokens[at : min(at + _LONGEST_ROLE, self._sentence.end_token)]:
            is_role = self._is_role(role)
            if role.pos not in {"ADJ", "NOUN", "PROPN"} or not (is_role or role.text[:1].islower()):
                return None
            if is_role and (end := self._end_of_name(role.index + 1)) is not None:
                return end
        return None

    def _is_role(self, token: Token) -> bool:
        """Whether a noun before a name makes it that of a person: "the farmer Roe"."""
        return self._kind(token) == "person" or token.text.lower() in lexicon_words("persons", "titles")

    def _end_of_name(self, at: int) -> int | None:
        """Return the end of the name that begins with a token, or None where none does or something of his is told."""
        end = None
        for token in self._document.tokens[at : self._sentence.end_token]:
            if token.pos != "PROPN" or not token.text[:1].isupper():
                break
            end = token
        return None if end is None or self._is_possessor(end) else end.end

    def _is_possessor(self, name: Token) -> bool:
        at = name.index + 1
        return at < self._sentence.end_token and self._document.tokens[at].tag == "POS"

    def _acts(self, end: int, trigger: Trigger) -> bool:
        """Whether a verb of its own follows a phrase that ends here: "and the trader John Roe fled"."""
        behind = next((token for token in self._tokens if token.start >= end), None)
        return behind is not None and behind.pos in {"VERB", "AUX"} and self._trigger_after(end) != trigger
