"""Who was killed, wounded or taken: from the verb to its victims.

The phrase right before a participle comes first, then the dependency tree, then word order, and last a single person
without a number.
"""

from __future__ import annotations

import re

from geoconflict.extract.casualties.lists import ListReader
from geoconflict.extract.casualties.words import LIST, Trigger, Victims, exactly
from geoconflict.extract.language.model import Token
from geoconflict.models import Count

__all__ = ["VictimReader"]


_BEFORE = 80
"""So many characters before a word may make it no death."""
_BEFORE_NOBODY = 24
"""So many characters before a noun phrase may make it nobody: "not even"."""
_BEFORE_BEING = re.compile(r"\b(?:before|after|until)\s+(?:\w+ly\s+|later\s+)?(?:being|getting)\s+(?:\w+ly\s+)?$")
_OBJECT_GAP = re.compile(
    r"\s*(?:(?:and\s+(?:wound|injur)\w+|or\s+\w+|also|in\s+total|reportedly|the|another|:"
    r"|(?:what|whom?|those)\s+(?:(?:[\w'’]+\s+){1,4}?(?:describ|call|said|say|claim|term|identifi|believ)\w*\s+)?"
    r"(?:(?:as|are|is|was|were|to\s+be)\s+)*|what)\s*)*[\"“'‘]?"
)
"""What may stand between a verb and a number of people that are its object."""
_DYING = frozenset({"die", "perish", "succumb"})
_ASIDE = re.compile(r",\s+(?:which|who|whose|where)\s+[^,;]*$")
_IT = re.compile(r"\s+it\b")
_HIMSELF = re.compile(r"\s+(?P<who>himself|herself|themselves)\b")


class VictimReader(ListReader):
    """Links the verbs of one sentence to noun phrases."""

    def _find_victims(self, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims | None:
        if trigger.active and _IT.match(self._low, trigger.end, self._sentence.end) is not None:
            return None  # "attacked a police station and captured it"
        found = (
            self._themselves(trigger, groups, taken)
            or self._doer_before(trigger, groups, taken)
            or self._victims_beside(trigger, groups, taken)
            or self._victims_by_tree(trigger, groups, taken)
            or self._victims_by_order(trigger, groups, taken)
            or self._victims_around(trigger, groups, taken)
            or self._with_others(self._one_victim(trigger, groups), groups, taken)
        )
        if found is not None and found.kind == "thing":
            return self._after_things(found, groups)
        found = self._with_the_killer(self._with_named_before(found, trigger, groups), trigger)
        return (
            None if found is None else self._with_uncounted(self._with_the_list(found, trigger, groups, taken), trigger)
        )

    def _themselves(self, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims | None:
        """Return who dies by their own hand, with who dies with them: "kills himself and ten others"."""
        own = _HIMSELF.match(self._low, trigger.end, self._sentence.end) if trigger.active else None
        if own is None:
            return None
        count = Count(low=1, best=None, high=None) if own["who"] == "themselves" else exactly(1)
        token = self._token(trigger)
        if own["who"] == "themselves" and token is not None:
            doers = self._doers(token)
            bombers = self._group_of(doers[0], groups) if doers else None
            if bombers is not None and bombers.kind == "person" and bombers.explicit:
                count = bombers.count
        start = own.start("who")
        victims = Victims(start, own.end(), count, own["who"], self._document.token_at(start), "person", explicit=False)
        return self._with_others(victims, groups, taken)

    def _doers(self, verb: Token) -> list[Token]:
        """Return the subjects of an active verb, of "killing" in "two bombers blew themselves up, killing ten" too."""
        tokens = self._document.tokens
        own = [tokens[at] for at in self._document.children(verb.index) if tokens[at].dep == "nsubj"]
        if own or verb.dep not in {"advcl", "conj"}:
            return own
        return [tokens[at] for at in self._document.children(verb.head) if tokens[at].dep == "nsubj"]

    def _doer_before(self, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims | None:
        """Return who did what is told before: "a gunman wounded two officers before being killed"."""
        before = self._low[max(self._sentence.start, trigger.start - _BEFORE) : trigger.start]
        token = self._token(trigger) if trigger.passive and _BEFORE_BEING.search(before) else None
        if token is None:
            return None
        for subject in self._subjects_above(token)[:1]:
            group = self._group_of(subject, groups)
            if group is None:
                return self._single(subject, by_name=True)
            return group if group.start not in taken else None
        return None

    @staticmethod
    def _group_of(token: Token, groups: list[Victims]) -> Victims | None:
        return next((group for group in groups if group.start <= token.start < group.end), None)

    def _after_things(self, things: Victims, groups: list[Victims]) -> Victims | None:
        """Return the people in a list that begins with things: "captured three villages and 12 prisoners"."""
        after = next((g for g in groups if g.start >= things.end), None)
        if after is None or after.kind != "person" or not LIST.fullmatch(self._low, things.end, after.start):
            return None
        return after

    def _token(self, trigger: Trigger) -> Token | None:
        """Return the verb of a trigger: of "fatally shot" it is not the first word, of "shot and killed him" the last."""
        tokens = self._document.tokens_between(trigger.start, trigger.end)
        verbs = [token for token in tokens if token.tag.startswith("VB")]
        with_object = (token for token in verbs if self._has_object(token))
        return next(with_object, verbs[0] if verbs else tokens[0] if tokens else None)

    def _has_object(self, verb: Token) -> bool:
        below = (self._document.tokens[at] for at in self._document.children(verb.index))
        return any(one.dep in {"dobj", "obj"} and one.start > verb.start for one in below)

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
        return token.tag == "VBN" or token.pos == "ADJ" or any(self._heads_news(one, token) for one in children)

    def _heads_news(self, subject: Token, verb: Token) -> bool:
        """Whether a bare noun before a verb without an object is whom it befell, as headlines have it: "Priest shot dead in X"."""
        if (
            subject.dep != "nsubj"
            or verb.tag != "VBD"
            or subject.tag not in {"NN", "NNP"}
            or self._kind(subject) != "person"
        ):
            return False
        below = (self._document.tokens[at] for at in self._document.children(subject.index))
        return all(one.dep not in {"det", "poss", "nummod"} for one in below)

    def _victims_beside(self, trigger: Trigger, groups: list[Victims], taken: set[int]) -> Victims | None:
        """Return the phrase right before the participle ("30 killed", "30 were killed"), unless its object follows."""
        for group in groups:
            if group.end <= trigger.start and group.start not in taken and self._trigger_after(group.end) == trigger:
                after = next((g for g in groups if g.start >= trigger.end), None)
                if trigger.active and after is not None and not self._low[trigger.end : after.start].strip():
                    return None
                verb = self._token(trigger) if trigger.active else None
                if verb is not None and self._has_object(verb) and not self._is_passive(trigger):
                    return None  # "gunmen shot and killed a village head"
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
        if not wanted and (trigger.passive or trigger.subject) and token.dep == "conj":
            wanted = self._subjects_shared(token)
        if (
            not wanted and trigger.passive and token.dep == "xcomp"
        ):  # "three workers, missing since May, were found shot dead"
            above = map(self._document.tokens.__getitem__, self._document.children(token.head))
            wanted = [child for child in above if child.dep == "nsubjpass"]
        for child in wanted:
            for group in groups:
                if (
                    group.start <= child.start < group.end
                    and group.start not in taken
                    and not self._own_verb(group, trigger)
                ):
                    return group
        return None

    def _subjects_shared(self, token: Token) -> list[Token]:
        """Return whom a later verb tells to be dead or hurt with the subject of the first: "two stepped on a mine and were killed"."""
        tokens = self._document.tokens
        is_dying = token.tag == "VBD" and token.lemma.lower() in _DYING
        if not is_dying and not any(tokens[at].dep == "auxpass" for at in self._document.children(token.index)):
            return []
        head = token
        while head.dep == "conj":
            head = tokens[head.head]
            found = [
                tokens[at] for at in self._document.children(head.index) if tokens[at].dep in {"nsubj", "nsubjpass"}
            ]
            if found:
                return found
        return []

    def _is_negated(self, trigger: Trigger) -> bool:
        """Whether nothing of the kind happened: "the crew was not hurt", "it could kill ten"."""
        before = self._low[max(self._sentence.start, trigger.start - _BEFORE) : trigger.start]
        return any(pattern.search(before) for pattern in self._words.unreal)

    def _is_nobody(self, victims: Victims) -> bool:
        """Whether a phrase counts nobody: "not a single civilian", "hardly any soldiers", "killed no hostages"."""
        start = max(self._sentence.start, victims.start - _BEFORE_NOBODY)
        end = victims.head.start if victims.head is not None else victims.end + 1
        opened = self._words.nobody.search(self._low, start, end)
        if opened is not None and opened.end() >= victims.start:
            return True
        return not victims.explicit and re.search(r"\bno\s+(?:\w+\s+)?$", self._low[start:end]) is not None

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
            if not own and _OBJECT_GAP.fullmatch(gap):
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
        if gap.lstrip().startswith(",") and _ASIDE.search(self._low, self._sentence.start, group.start):
            return True  # "the channel, which has 20,000 readers, ... died"
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
            return self._with_named_after(self._single(child, by_name=not trigger.people), trigger, groups)
        return None

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
        while token.dep != "conj" and head.dep == "conj" and not any(one.dep == "nsubj" for one in subjects):
            head = tokens[head.head]  # "a gunman shot and wounded two officers before being killed"
            subjects = [tokens[at] for at in self._document.children(head.index)]
        passive_before = any(one.dep in {"nsubjpass", "auxpass"} for one in subjects)
        if token.dep == "conj" and not passive_before:
            return []
        return [one for one in subjects if one.dep in {"nsubjpass", "nsubj"}]
