"""Who else is counted with the victims of a verb: lists that names, possessives and "himself" begin or go on with.

A phrase with a number is found by :mod:`geoconflict.extract.casualties.phrases`; these are the people beside it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geoconflict.extract.casualties.named_lists import NamedListReader
from geoconflict.extract.casualties.words import ALONG, LIST, Trigger, Victims, exactly, is_one, plus
from geoconflict.extract.language.model import Token
from geoconflict.models import Count

__all__ = ["ListReader"]

_REFLEXIVE = re.compile(r"\s*+(?:,\s*+)?(?:and|as well as|along with|together with)\s+(?:himself|herself|themselves)\b")
_ONE_OF = re.compile(r"\s*+,\s*+one\s+of\b")
_AND_THE = re.compile(r"\s*+(?:,\s*+)?(?:and|as well as|along with|plus)\s+(?:the|his|her|their|its)\s+")
_AND_BARE = re.compile(r"\s+and\s+(?=(?P<who>[a-z]+)\b)")
_HIS = re.compile(rf"(?P<joint>{ALONG.pattern}|{LIST.pattern})(?:his|her|their|its)\s+")
_WITHIN_A_ROLE = frozenset({"compound", "pobj", "prep", "amod", "nmod", "poss"})
_AND_MORE = re.compile(r"\s*+(?:,\s*+)?and\s+(?:(?:his|her|their|its|an?|one|another)\s|\d|two|three|four|five|six)")
"""What must follow a comma's part of a list, lest it begins a clause: "his wife and a child"."""
_JOINT_BEFORE = re.compile(r"\s*(?P<joint>,|,?\s+(?:and|as\s+well\s+as))\s+$")
_DESCRIBED = re.compile(r"(?:an?|the|its|his|her|their)\s+[^,;]*,\s+(?:and|(?:along|together)\s+with|as\s+well\s+as)\s")
"""What follows a name and a comma where that is who the named is, and others behind: "X, a former minister, and two others"."""
_BEHIND_ROLE = re.compile(
    r"(?:\s+(?:at|for|from|in|of|with)\s+[^,;]{1,60})?,\s+(?:and|(?:along|together)\s+with|as\s+well\s+as)\s+"
)
"""Between the role of a named person and who else is counted: ", a commander of the group, and three fighters"."""
_AND_IN = re.compile(r"\band\b")
_BARE_ROLE = re.compile(
    r",\s+(?:[\w'’-]+\s+){0,2}(?:chief|commander|deputy|founder|head|leader|second-in-command|spokesman)(?:\s+[^,;]{1,60})?,"
    r"\s+(?:and|(?:along|together)\s+with|as\s+well\s+as)\s+"
)
"""Between a named person and who else is counted, where no article stands before the role: ", leader of X, and three fighters"."""
_CLAUSE_OPENERS = frozenset({"after", "and", "as", "because", "before", "that", "when", "where", "while"})


class ListReader(NamedListReader):
    """Counts whom a list names beside the phrase with a number."""

    def _with_the_list(self, victims: Victims, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims:
        """Return the victims with the persons without a number that the list around them names."""
        return self._with_first_of_list(self._with_family(victims, trigger, groups, taken), groups)

    def _with_family(self, victims: Victims, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims:
        """Count single persons told by whose they are: "the mayor, alongside his wife and two children"."""
        found = victims
        while True:
            end = found.end
            if end <= trigger.start < trigger.end and not self._low[end : trigger.start].strip(" ,"):
                # "Was gunned down alongside his wife": the list goes on behind the verb.
                end = trigger.end
            end = max(end, trigger.end) if self._follows_verb(end, trigger) else end
            opened = _HIS.match(self._low, end, self._sentence.end)
            one = None if opened is None else self._person_at(opened.end(), trigger)
            if (
                opened is not None
                and one is not None
                and (opened["joint"].strip(" ") != "," or _AND_MORE.match(self._low, one.end))
            ):
                found = self._joined(found, one.end, exactly(1))
                continue
            after = next((g for g in groups if g.start >= end), None)
            if (
                found is victims
                or after is None
                or after.kind != "person"
                or after.start in taken
                or self._trigger_after(after.end) not in (None, trigger)
                or not (LIST.fullmatch(self._low, end, after.start) or ALONG.fullmatch(self._low, end, after.start))
            ):
                return found
            taken.add(after.start)
            found = self._joined(found, after.end, after.count)

    def _follows_verb(self, end: int, trigger: Trigger) -> bool:
        """Whether the phrase that ends here stands right before its verb."""
        return end <= trigger.start and self._trigger_after(end) == trigger

    def _joined(self, victims: Victims, end: int, count: Count) -> Victims:
        return replace(
            victims,
            end=end,
            count=plus(victims.count, count),
            who=self._document.text[victims.start : end],
        )

    def _person_at(self, offset: int, trigger: Trigger) -> Token | None:
        """Return the noun for one person that a phrase from here on has, unless it goes on with a verb of its own."""
        noun = self._document.token_at(offset)
        while (
            noun is not None and noun.pos in {"ADJ", "NOUN", "PROPN"} and (after := self._next_noun(noun)) is not None
        ):
            noun = after
        if noun is None or noun.tag not in {"NN", "NNP"} or self._kind(noun) != "person":
            return None
        at = noun.index + 1
        behind = self._document.tokens[at] if at < self._sentence.end_token else None
        if behind is not None and behind.pos in {"VERB", "AUX"} and self._trigger_after(noun.end) != trigger:
            return None
        return noun

    def _with_first_of_list(self, victims: Victims, groups: list[Victims]) -> Victims:
        """Count whom a list begins with: "reporter Jane Doe, two soldiers and a driver", "the mayor, his wife and two aides".

        It must begin its clause there, or "the police of X, two soldiers and a driver" would be four.
        """
        if victims.kind != "person" or victims.head is None or not victims.explicit:
            return victims
        start, count = victims.start, victims.count
        ends_with_and = re.search(r"\band\b", self._low[victims.start : victims.end]) is not None
        is_set_off = False
        while True:
            joint = _JOINT_BEFORE.search(self._low, max(self._sentence.start, start - 16), start)
            if joint is None or (joint["joint"] == "," and not ends_with_and):
                return victims
            ends_with_and = True
            last = self._document.token_at(joint.start() - 1)
            if last is None or last.start < self._sentence.start or self._group_covers(last, groups):
                return victims
            last = self._head_of_role(last)
            one = self._single(last, by_name=True)
            if one is None or not is_one(one.count):
                return victims
            first = last
            # "The mayor, Jane Doe, and two aides", "Jane Doe, the mayor, and two aides": who one is, with commas around it.
            is_role = last.pos == "NOUN" or self._kind(last) == "person"
            is_apposition = self._is_described(last, start) or (is_set_off and is_role)
            is_apposition &= joint["joint"] == ","
            is_set_off = joint["joint"].startswith(",") and joint["joint"] != "," and not is_role
            while first.index > self._sentence.first_token and (
                (before := self._document.tokens[first.index - 1]).pos in {"DET", "ADJ", "NOUN", "PROPN"}
                or before.tag in {"PRP$", "POS"}
            ):
                first = before
            start, count = first.start, count if is_apposition else plus(one.count, count)
            before_it = self._low[self._sentence.start : start].split()
            is_told = first.index > self._sentence.first_token and self._says(self._document.tokens[first.index - 1])
            if not before_it or is_told or before_it[-1] in _CLAUSE_OPENERS or before_it[-1].endswith((";", ":")):
                who = self._document.text[start : victims.end]
                return replace(victims, start=start, count=count, who=who)

    def _head_of_role(self, last: Token) -> Token:
        """Return the person whose role a phrase that ends in `last` tells: of "the mayor of X" the mayor; else `last`."""
        tokens = self._document.tokens
        found = at = last
        while at.head < at.index and at.head >= self._sentence.first_token and at.dep in _WITHIN_A_ROLE:
            at = tokens[at.head]
            if at.pos in {"NOUN", "PROPN"} and self._kind(at) == "person":
                found = at
        return found

    def _is_described(self, last: Token, start: int) -> bool:
        """Whether what begins at `start`, behind the name that ends with `last` and a comma, says who the named is."""
        return last.pos == "PROPN" and _DESCRIBED.match(self._low, start) is not None

    @staticmethod
    def _group_covers(token: Token, groups: list[Victims]) -> bool:
        return any(group.start <= token.start < group.end for group in groups)

    def _with_named_before(self, victims: Victims | None, trigger: Trigger, groups: list[Victims]) -> Victims | None:
        """Count the persons whom a list begins with: "Jane Doe, one of the leaders, and four other men were killed"."""
        if victims is None or victims.head is None or victims.head.dep != "conj" or victims.kind != "person":
            return victims
        first = self._document.tokens[victims.head.head]
        if first.pos != "PROPN" or first.start >= victims.start or any(g.start <= first.start < g.end for g in groups):
            return victims
        named = self._with_named_after(self._single(first, by_name=True), trigger, groups)
        if named is None or not re.search(r"\band\s+$", self._low[named.end : victims.start]):
            return victims
        return replace(
            victims,
            start=named.start,
            count=plus(named.count, victims.count),
            who=self._document.text[named.start : victims.end],
        )

    def _with_the_killer(self, victims: Victims | None, trigger: Trigger) -> Victims | None:
        """Count who dies by their own hand: "killing ten people and himself"."""
        own = None if victims is None else _REFLEXIVE.match(self._low, victims.end, self._sentence.end)
        if victims is None:
            return None
        if own is None:
            return self._with_one_more(victims, trigger)
        count = Count(low=1, best=None, high=None) if own[0].endswith("themselves") else exactly(1)
        return replace(victims, end=own.end(), count=plus(victims.count, count))

    def _with_one_more(self, victims: Victims, trigger: Trigger) -> Victims:
        """Count one person that a list goes on with: "killing five people and the bomber", and not "and the cook Roe fled"."""
        opened = _AND_THE.match(self._low, victims.end, self._sentence.end) or self._kin_behind(victims)
        if opened is None or victims.head is None or victims.kind != "person":
            return victims
        first = self._document.token_at(opened.end())
        while first is not None and (after := self._next_noun(first)) is not None and first.dep in {"compound", "amod"}:
            first = after
        if first is None or first.tag != "NN" or first.dep != "conj" or self._kind(first) != "person":
            return victims
        if not victims.start <= self._document.tokens[first.head].start < victims.end:
            return victims
        if self._acts(self._end_of_name(first.index + 1) or first.end, trigger):
            return victims
        count = plus(victims.count, exactly(1))
        return replace(victims, end=first.end, count=count, who=self._document.text[victims.start : first.end])

    def _kin_behind(self, victims: Victims) -> re.Match[str] | None:
        """Return what opens one more of a family without an article: "a father and son"; "a teacher and poet" may be one."""
        opened = _AND_BARE.match(self._low, victims.end, self._sentence.end)
        kin = self._words.kin
        is_kin = victims.head is not None and is_one(victims.count) and victims.head.lemma.lower() in kin
        return opened if opened is not None and is_kin and opened["who"] in kin else None

    def _with_others(self, one: Victims | None, groups: list[Victims], taken: set[int]) -> Victims | None:
        """Add what a list goes on with: "killing the commander and four others"."""
        if one is None:
            return None
        after = next((g for g in groups if g.start >= one.end and g.start not in taken), None)
        is_name = one.head is not None and one.head.pos == "PROPN"
        if after is not None and is_name and self._low[one.end : after.start].strip(" ") == ",":
            described = self._with_others_behind_role(one, after, groups, taken)
            if described is not None:
                return described
        if (
            after is not None
            and is_name
            and after.kind == "person"
            and after.explicit
            and _BARE_ROLE.fullmatch(self._low, one.end, after.start)
        ):
            taken.add(after.start)
            who = self._document.text[one.start : after.end]
            return replace(one, end=after.end, count=plus(one.count, after.count), who=who)
        if after is not None and (
            _ONE_OF.match(self._low, one.end, after.end)
            or (not after.explicit and "and" not in self._low[one.end : after.start])
        ):
            return one  # "X, one of the leaders", "X, a top commander": who X is
        if after is None or not (
            self._same_list(one, after)
            or (after.kind == "person" and ALONG.fullmatch(self._low, one.end, after.start))
            or self._is_of_his(one, after)
        ):
            return one
        taken.add(after.start)
        who = self._document.text[one.start : after.end]
        return replace(one, end=after.end, count=plus(one.count, after.count), who=who)

    def _is_of_his(self, one: Victims, after: Victims) -> bool:
        """Whether a list goes on with whose family or guards are counted: "the poet Jane Doe, her two sons and a driver"."""
        opened = _HIS.match(self._low, one.end, after.start)
        is_next = after.kind == "person" and opened is not None and opened.end() == after.start
        is_list = opened is not None and (
            opened["joint"].strip() != "," or _AND_IN.search(self._low, after.start, after.end)
        )
        return is_next and bool(is_list)

    def _with_others_behind_role(
        self, one: Victims, role: Victims, groups: list[Victims], taken: set[int]
    ) -> Victims | None:
        """Return a named person with who is counted beside, where a group says who that is: "X, a commander, and two others"."""
        if _DESCRIBED.match(self._low, role.start, self._sentence.end) is None:
            return None
        others = role if role.explicit else next((g for g in groups if g.start >= role.end), None)
        if others is None or others.kind != "person" or others.start in taken:
            return None
        if others is not role and not _BEHIND_ROLE.fullmatch(self._low, role.end, others.start):
            return None
        taken.update({role.start, others.start})
        # A role that is read as the first of a list stands for the named.
        count = others.count if others is role else plus(one.count, others.count)
        return replace(one, end=others.end, count=count, who=self._document.text[one.start : others.end])

    def _next_noun(self, token: Token) -> Token | None:
        at = token.index + 1
        after = self._document.tokens[at] if at < self._sentence.end_token else None
        return after if after is not None and after.pos in {"NOUN", "PROPN"} else None

    def _is_explained(self, head: Token) -> bool:
        """Whether an apposition makes a name a person's: "Abu Xyz, a commander"."""
        children = (self._document.tokens[at] for at in self._document.children(head.index))
        return any(child.dep == "appos" and self._kind(child) == "person" for child in children)

    def _single(self, head: Token, *, by_name: bool) -> Victims | None:
        kind = self._kind(head)
        named = next(
            (e for e in self._document.entities if e.label == "PERSON" and e.start <= head.start < e.end), None
        )
        is_name = by_name and head.pos == "PROPN" and (named is not None or self._is_explained(head))
        left = [
            self._document.tokens[i]
            for i in self._document.children(head.index)
            if i < head.index and self._document.tokens[i].dep in {"det", "poss", "amod", "compound", "nmod", "nummod"}
        ]
        # "The farmer Roe", where the parser knows no name of a person.
        is_titled = head.pos == "PROPN" and any(one.tag == "NN" and self._is_role(one) for one in left)
        if kind != "person" and not is_name and not is_titled:
            return None
        if any(token.dep == "nummod" and not token.text.isalpha() for token in left):
            return None  # figures that could not be read, "99999999999 people": how many is not known
        start = min([head.start, *(token.start for token in left)])
        plural = head.tag in {"NNS", "NNPS"} or head.text.lower() in {
            "people",
            "police",
            "troops",
            "personnel",
            "staff",
            "crew",
            "force",
            "forces",
            "family",
        }
        if named is not None:
            start = max(self._sentence.start, min(start, named.start))
        count = Count(low=2, best=None, high=None) if plural else Count(low=1, best=1, high=1)
        who = self._document.text[start : head.end]
        return Victims(start, head.end, count, who, head, "person", explicit=False)
