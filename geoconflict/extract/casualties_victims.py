"""Who was killed, wounded or taken: from the verb to its victims.

The phrase right before a participle comes first, then the dependency tree, then word order, and last a single person
without a number.
"""

from __future__ import annotations

import re
from dataclasses import replace

from geoconflict.extract.casualties_phrases import PhraseReader
from geoconflict.extract.casualties_words import ALONG, LIST, Trigger, Victims, exactly, plus
from geoconflict.extract.language import Token
from geoconflict.models import Count

__all__ = ["VictimReader"]


_BEFORE = 80
"""So many characters before a word may make it no death."""
_REFLEXIVE = re.compile(r"\s*(?:,\s*)?(?:and|as well as|along with|together with)\s+(?:himself|herself|themselves)\b")

_ONE_OF = re.compile(r"\s*,\s*one\s+of\b")
_AND_THE = re.compile(r"\s*(?:,\s*)?(?:and|as well as|along with|plus)\s+(?:the|his|her|their|its)\s+")
_HIMSELF = re.compile(r"\s+(?P<who>himself|herself|themselves)\b")


class VictimReader(PhraseReader):
    """Links the verbs of one sentence to noun phrases."""

    def _find_victims(self, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims | None:
        found = (
            self._themselves(trigger, groups, taken)
            or self._victims_beside(trigger, groups, taken)
            or self._victims_by_tree(trigger, groups, taken)
            or self._victims_by_order(trigger, groups, taken)
            or self._victims_around(trigger, groups, taken)
            or self._with_others(self._one_victim(trigger, groups), groups, taken)
        )
        if found is not None and found.kind == "thing":
            return self._after_things(found, groups)
        return self._with_the_killer(self._with_named_before(found, groups))

    def _with_named_before(self, victims: Victims | None, groups: list[Victims]) -> Victims | None:
        """Count the person whom a list begins with: "Jane Doe, one of the leaders, and four other men were killed"."""
        if victims is None or victims.head is None or victims.head.dep != "conj" or victims.kind != "person":
            return victims
        first = self._document.tokens[victims.head.head]
        if first.pos != "PROPN" or first.start >= victims.start or any(g.start <= first.start < g.end for g in groups):
            return victims
        named = self._single(first, by_name=True)
        if named is None or not re.search(r"\band\s+$", self._low[named.end : victims.start]):
            return victims
        return replace(
            victims,
            start=named.start,
            count=plus(named.count, victims.count),
            who=self._document.text[named.start : victims.end],
        )

    def _themselves(self, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims | None:
        """Return who dies by their own hand, with who dies with them: "kills himself and ten others"."""
        own = _HIMSELF.match(self._low, trigger.end, self._sentence.end) if trigger.active else None
        if own is None:
            return None
        count = Count(low=1, best=None, high=None) if own["who"] == "themselves" else exactly(1)
        start = own.start("who")
        victims = Victims(start, own.end(), count, own["who"], self._document.token_at(start), "person", explicit=False)
        return self._with_others(victims, groups, taken)

    def _with_the_killer(self, victims: Victims | None) -> Victims | None:
        """Count who dies by their own hand: "killing ten people and himself"."""
        own = None if victims is None else _REFLEXIVE.match(self._low, victims.end, self._sentence.end)
        if victims is None:
            return None
        if own is None:
            return self._with_one_more(victims)
        count = Count(low=1, best=None, high=None) if own[0].endswith("themselves") else exactly(1)
        return replace(victims, end=own.end(), count=plus(victims.count, count))

    def _after_things(self, things: Victims, groups: list[Victims]) -> Victims | None:
        """Return the people in a list that begins with things: "captured three villages and 12 prisoners"."""
        after = next((g for g in groups if g.start >= things.end), None)
        if after is None or after.kind != "person" or not LIST.fullmatch(self._low, things.end, after.start):
            return None
        return after

    def _with_one_more(self, victims: Victims) -> Victims:
        """Count one person that a list goes on with: "killing five people and the bomber"."""
        opened = _AND_THE.match(self._low, victims.end, self._sentence.end)
        if opened is None or victims.head is None or victims.kind != "person":
            return victims
        first = self._document.token_at(opened.end())
        while first is not None and (after := self._next_noun(first)) is not None and first.dep in {"compound", "amod"}:
            first = after
        if first is None or first.tag != "NN" or first.dep != "conj" or self._kind(first) != "person":
            return victims
        if not victims.start <= self._document.tokens[first.head].start < victims.end:
            return victims
        count = plus(victims.count, exactly(1))
        return replace(victims, end=first.end, count=count, who=self._document.text[victims.start : first.end])

    def _token(self, trigger: Trigger) -> Token | None:
        """Return the verb of a trigger: of "fatally shot" it is not the first word."""
        tokens = self._document.tokens_between(trigger.start, trigger.end)
        return next((token for token in tokens if token.tag.startswith("VB")), tokens[0] if tokens else None)

    def _is_passive(self, trigger: Trigger) -> bool:
        token = self._token(trigger)
        if token is None or not trigger.active:
            return True
        if not trigger.passive:
            return False
        children = [self._document.tokens[i] for i in self._document.children(token.index)]
        if any(child.dep in {"auxpass", "nsubjpass"} for child in children):
            return True
        if any(child.dep in {"dobj", "obj"} for child in children):
            return False
        return token.tag == "VBN" or token.pos == "ADJ"

    def _victims_beside(self, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims | None:
        """Return the phrase right before the participle ("30 killed", "30 were killed"), unless its object follows."""
        for group in groups:
            if group.end <= trigger.start and group.start not in taken and self._trigger_after(group.end) == trigger:
                after = next((g for g in groups if g.start >= trigger.end), None)
                if trigger.active and after is not None and not self._low[trigger.end : after.start].strip():
                    return None
                return group if trigger.passive or trigger.subject else None
        return None

    @staticmethod
    def _victims_around(trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims | None:
        """Return the phrase that holds the word itself: "60 dead civilians"."""
        for group in groups:
            if group.start < trigger.start < group.end and group.start not in taken and trigger.passive:
                return group
        return None

    def _victims_by_tree(self, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims | None:
        token = self._token(trigger)
        if token is None or trigger.of:
            return None
        children = [self._document.tokens[i] for i in self._document.children(token.index)]
        wanted: list[Token] = []
        if trigger.active:
            wanted += [child for child in children if child.dep in {"dobj", "obj"}]
        if trigger.passive or trigger.subject:
            wanted += [child for child in children if child.dep == "nsubjpass"]
        if trigger.subject:
            wanted += [child for child in children if child.dep == "nsubj"]
        if (
            trigger.passive
            and not wanted
            and token.dep in {"acl", "amod"}
            and token.tag in {"VBN", "JJ"}
            and self._document.tokens[token.head].start < token.start
        ):
            wanted.append(self._document.tokens[token.head])
        for child in wanted:
            for group in groups:
                if (
                    group.start <= child.start < group.end
                    and group.start not in taken
                    and not self._own_verb(group, trigger)
                ):
                    return group
        return None

    def _is_negated(self, trigger: Trigger) -> bool:
        """Whether nothing of the kind happened: "the crew was not hurt", "it could kill ten"."""
        before = self._low[max(self._sentence.start, trigger.start - _BEFORE) : trigger.start]
        return any(pattern.search(before) for pattern in self._words.unreal)

    def _own_verb(self, group: Victims, trigger: Trigger) -> bool:
        """Whether a phrase after the verb has a participle of its own: "30 killed, 45 injured"."""
        follows = self._trigger_after(group.end)
        return group.start >= trigger.end and follows is not None and bool(self._low[trigger.end : group.start].strip())

    def _victims_by_order(self, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims | None:
        after = next((g for g in groups if g.start >= trigger.end), None)
        before = next((g for g in reversed(groups) if g.end <= trigger.start), None)
        low = self._low
        if trigger.of:
            return (
                after if after is not None and re.fullmatch(r"\s*(?:the\s+)?", low[trigger.end : after.start]) else None
            )
        if trigger.active and after is not None and after.start not in taken:
            gap = low[trigger.end : after.start]
            follows = self._trigger_after(after.end)
            own = (
                follows is not None
                and self._is_passive(trigger)
                and low[trigger.end : after.start].strip(" ") in {"and", ", and", ","}
            )
            if not own and re.fullmatch(
                r"\s*(?:(?:and\s+(?:wound|injur)\w+|or\s+\w+|also|in\s+total|reportedly|the|another|what|:)\s+)*", gap
            ):
                return after
        if (
            (trigger.passive or trigger.subject)
            and before is not None
            and before.kind != "thing"
            and before.start not in taken
        ):
            gap = low[before.end : trigger.start]
            if len(gap.split()) <= 14 and not self._interrupted(before, trigger):
                return before
        if (
            trigger.passive
            and after is not None
            and after.start not in taken
            and trigger.measure in {"killed", "wounded", "missing"}
        ):
            gap = low[trigger.end : after.start]
            if (
                re.fullmatch(r"\s*(?:are|were|is|was|include[ds]?|including|:|at)\s*(?:at\s+)?", gap)
                and low[trigger.start - 4 : trigger.start] == "the "
            ):
                return after
        return None

    def _interrupted(self, group: Victims, trigger: Trigger) -> bool:
        """Whether another trigger, a full verb or a clause stands between a phrase and the participle after it."""
        gap = self._low[group.end : trigger.start]
        if re.search(r"[;:!?]|\b(?:but|while|whereas|although)\b", gap):
            return True
        for other in self._triggers:
            if group.end <= other.start < trigger.start and not other.of:
                between = self._low[other.end : trigger.start]
                if not re.fullmatch(r"\s*(?:or|and)\s*(?:\w+ly\s+)?", between):
                    return True
        inside = [token for token in self._tokens if group.end <= token.start < trigger.start]
        depth_of_relative = any(token.text.lower() in {"who", "which", "that", "whom"} for token in inside)
        if depth_of_relative:
            return False
        verbs = [token for token in inside if token.pos == "VERB" and token.tag in {"VBD", "VBZ", "VBP", "VB", "VBG"}]
        return bool(
            [
                verb
                for verb in verbs
                if verb.text.lower() not in {"confirmed", "reported", "found", "left", "feared", "shot", "believed"}
            ]
        )

    def _one_victim(self, trigger: Trigger, groups: list[Victims]) -> Victims | None:
        """Return a single person, or people without a number: "his pilot was killed", "killing the commander"."""
        token = self._token(trigger)
        if token is None:
            return None
        children = [self._document.tokens[i] for i in self._document.children(token.index)]
        passive = self._is_passive(trigger)
        wanted = [
            c for c in children if c.dep in ({"nsubjpass", "nsubj"} if passive or trigger.subject else {"dobj", "obj"})
        ]
        if trigger.of:
            wanted = [t for t in self._tokens if t.start >= trigger.end and t.pos in {"NOUN", "PROPN"}][:1]
            while wanted and (n := self._next_noun(wanted[0])) is not None:
                wanted = [n]
        if not wanted and passive and token.dep == "acomp":
            # "The pilot was dead."
            wanted = [
                t
                for t in map(self._document.tokens.__getitem__, self._document.children(token.head))
                if t.dep == "nsubj"
            ]
        if not wanted and passive and token.dep in {"conj", "advcl", "pcomp"}:
            wanted = self._subjects_above(token)
        if not wanted and passive and token.dep == "acl":
            wanted = [self._document.tokens[token.head]]
        for child in wanted[:1]:
            if any(g.start <= child.start < g.end for g in groups):
                return None
            if child.text.lower() in {"he", "she", "him", "her", "himself", "herself"}:
                return Victims(child.start, child.end, exactly(1), None, child, "person", explicit=False)
            if not self._sentence.start <= child.start < self._sentence.end:
                continue
            return self._with_named_after(self._single(child, by_name=not trigger.people), groups)
        return None

    def _with_named_after(self, one: Victims | None, groups: list[Victims]) -> Victims | None:
        """Count the persons that a list goes on to name: "the judge Jane Doe and the banker John Roe were killed"."""
        if one is None or one.head is None or one.head.pos != "PROPN":
            return one
        children = (self._document.tokens[at] for at in self._document.children(one.head.index))
        for child in children:
            if child.dep != "conj" or child.pos != "PROPN" or any(g.start <= child.start < g.end for g in groups):
                continue
            named = self._single(child, by_name=True)
            if named is not None and named.start >= one.end:
                who = self._document.text[one.start : named.end]
                one = replace(one, end=named.end, count=plus(one.count, named.count), who=who)
        return one

    def _subjects_above(self, token: Token) -> list[Token]:
        """Return whose verb goes on: "he was ambushed and injured", "he drove into a crowd before being shot dead"."""
        tokens = self._document.tokens
        is_own = any(tokens[at].dep == "auxpass" for at in self._document.children(token.index))
        if token.dep != "conj" and not is_own:
            return []
        head = tokens[token.head]
        while head.dep in {"prep", "mark"} and head.head != head.index:
            head = tokens[head.head]
        subjects = [tokens[at] for at in self._document.children(head.index)]
        passive_before = any(one.dep in {"nsubjpass", "auxpass"} for one in subjects)
        if token.dep == "conj" and not passive_before:
            return []
        return [one for one in subjects if one.dep in {"nsubjpass", "nsubj"}]

    def _with_others(self, one: Victims | None, groups: list[Victims], taken: set[int]) -> Victims | None:
        """Add what a list goes on with: "killing the commander and four others"."""
        if one is None:
            return None
        after = next((g for g in groups if g.start >= one.end and g.start not in taken), None)
        if after is not None and (
            _ONE_OF.match(self._low, one.end, after.end)
            or (not after.explicit and "and" not in self._low[one.end : after.start])
        ):
            return one  # "X, one of the leaders", "X, a top commander": who X is
        if after is None or not (
            self._same_list(one, after) or (after.kind == "person" and ALONG.fullmatch(self._low, one.end, after.start))
        ):
            return one
        taken.add(after.start)
        who = self._document.text[one.start : after.end]
        return replace(one, end=after.end, count=plus(one.count, after.count), who=who)

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
        if kind != "person" and not is_name:
            return None
        left = [
            self._document.tokens[i]
            for i in self._document.children(head.index)
            if i < head.index and self._document.tokens[i].dep in {"det", "poss", "amod", "compound", "nmod", "nummod"}
        ]
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
