"""People killed, wounded, captured, missing and displaced: numbers as ranges, who they were, and what the number counts.

A number belongs to one event, or to a war or a period ("so far", "since", "in the fighting"); only the first kind may
join a place and a day. Numbers of equipment are none of people. Not stated is None, never 0; "no casualties" is 0.

The dependency tree links a verb to its victims where it is right; word order decides where it is silent, as headlines
and lists often break the small model's trees. Words come from ``resources/lexicons/casualties.toml``.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geoconflict.extract.casualties.victims import VictimReader
from geoconflict.extract.casualties.words import ALONG, TOLL, Trigger, Victims, exactly, is_one, plus, words
from geoconflict.extract.language.model import Document, Sentence
from geoconflict.models import Count

__all__ = ["HARM", "CasualtyMention", "find_casualties", "segments"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CasualtyMention:
    """A statement that a number of people were killed, wounded, captured, missing or displaced."""

    start: int
    """Offset of the first character of victims and verb together; code points into the text, `end` exclusive."""
    end: int
    surface: str
    measure: str
    """killed, wounded, captured, missing or displaced."""
    count: Count
    who: str | None
    """The victims in the words of the text, without the number where there is one kind: "civilians"."""
    cumulative: bool
    """Whether the number belongs to a war or a period and so to no single event."""
    cumulative_reason: str | None
    """Why it is, or why a toll is not, cumulative; None for a plain number."""
    scope: str
    """event, war, or addition (to the losses of a side)."""
    sentence_start: int
    sentence_end: int
    trigger_start: int
    """Offset of the word that tells it: "killed", "dead"."""
    trigger_end: int


_CLAUSE = re.compile(
    r";|,\s+(?:thereby\s+)?(?:while|following|bringing|(?:taking|raising|pushing)(?=\s+(?:to\s+\w|(?:the|its|their)\s+(?:[\w'’-]+\s+){0,3}(?:toll|total|number|count|tally)\b))|which\s+(?:brings|takes|raises|brought|took|raised)|but|and\s+the)\b"
    r"|\b(?:after|when|where|before)\s+(?!which\b)|(?<=\w)\s+as\s+(?!many\b|much\b|of\b|a\b|an\b|well\b)"
)
"""Where a clause ends whose words do not say what the number of the next one counts."""
_JOINING = re.compile(r"\s*,\s*(?:(?:and|or|and/or)\s+)?|\s+(?:and|or|and/or)\s+")
"""Between words that tell of the same people: "killed, wounded or captured"."""
_ASIDE_SINCE = re.compile(r",\s(?:which|who|where|whose)\b(?:[^,.;]|(?<=\d),(?=\d))*\bsince\s+\w+")
"""An aside that counts something else up to now: "the camps, which troops had encircled since Wednesday"."""
_GONE_SINCE = re.compile(r"\b(?:abducted|captive|disappeared|held|kidnapped|missing)\s+since\b")
"""From when somebody was gone who is dead now; it is no time over which the dead are counted."""
_FAR_BEFORE = 300
_SENTENCE_END = re.compile(r"[.!?]\s")
HARM = frozenset({"killed", "wounded"})
"""Measures of who was hurt, dead or alive."""
_PART_OF_WOUNDED = re.compile(r"[^,;]{1,40}?\bof\s+(?:the|those)\s+(?:wounded|injured)\b")
"""So many of those who were hurt, of whom there may be more: "seven of the wounded"."""
_BROUGHT = re.compile(r"\b(?:caus\w*|result\w*\s+in|le(?:d|ads?|ading)\s+to)\s+$")
"""What, right before "a death", tells that somebody died."""


def find_casualties(document: Document) -> tuple[CasualtyMention, ...]:
    """Return what the document says of people killed, wounded, captured, missing and displaced, in text order.

    Numbers over a list are summed ("two soldiers and a child": 3). One measure of one noun phrase is given once.
    """
    low = document.text.lower()
    if len(low) != len(document.text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in document.text)
    found: list[CasualtyMention] = []
    for sentence in document.sentences:
        # Headlines strung together by semicolons stand alone; the sentence splitter keeps them in one.
        for start, end in segments(low, sentence):
            found.extend(_Reader(document, low, sentence, start, end).read())
    found.sort(key=lambda mention: (mention.start, mention.end, mention.measure))
    return tuple(_with_counts_that_go_on(low, found))


def _with_counts_that_go_on(low: str, figures: Sequence[CasualtyMention]) -> list[CasualtyMention]:
    """Take figures in the perfect tense right behind a total for totals: "since May it has lost 50. 92 have been killed"."""
    read: list[CasualtyMention] = []
    for figure in figures:
        # One figure that is of no war may stand between: "300 have died since May. 20 soldiers were killed. 92 have been killed".
        before = next((one for one in read[:-3:-1] if one.scope == "war"), None)
        goes_on = (
            before is not None
            and figure.scope == "event"
            and figure.cumulative_reason is None
            and figure.count.high != 0
            and "\n\n" not in low[before.end : figure.start]
            and len(_SENTENCE_END.findall(low, before.end, figure.start)) <= (1 if before is read[-1] else 2)
            and words().goes_on.search(low, max(before.end, figure.sentence_start), figure.end) is not None
        )
        reason = "it goes on with the count before"
        if not goes_on and figure.scope == "event" and _counts_a_war(low, figure):
            goes_on, reason = True, "it counts the war whose beginning was told"
        read.append(replace(figure, cumulative=True, scope="war", cumulative_reason=reason) if goes_on else figure)
    return read


def _counts_a_war(low: str, figure: CasualtyMention) -> bool:
    """Whether the sentence only counts, in the perfect tense, and the one before tells how a war began: "Thousands have died"."""
    sentence = low[figure.sentence_start : figure.sentence_end]
    before = low[max(0, figure.sentence_start - _FAR_BEFORE) : figure.sentence_start]
    begun = words().war_began.search(before)
    only_one_between = begun is not None and len(_SENTENCE_END.findall(before, begun.end())) <= 1
    return only_one_between and words().only_counts.fullmatch(sentence.strip()) is not None


def segments(low: str, sentence: Sentence) -> list[tuple[int, int]]:
    """Return the parts of a sentence that stand alone, as ranges of offsets: headlines strung together by semicolons."""
    cuts = [match.end() for match in re.finditer(r";|\n\s*\n", low[sentence.start : sentence.end])]
    edges = [sentence.start, *(sentence.start + cut for cut in cuts), sentence.end]
    return [(start, end) for start, end in itertools.pairwise(edges) if start < end]


class _Reader(VictimReader):
    """Reads one sentence, or a part of it that stands alone."""

    def __init__(self, document: Document, low: str, sentence: Sentence, start: int, end: int) -> None:
        super().__init__(document, low, sentence, start, end)
        self._found: dict[tuple[str, int], CasualtyMention] = {}

    def read(self) -> Iterable[CasualtyMention]:
        sentence, lexicon = self._sentence, self._words
        has_noun = any(token.lemma.lower() in lexicon.nouns for token in self._tokens)
        toll = TOLL.search(self._low, sentence.start, sentence.end)
        zeros = list(lexicon.zero.finditer(self._low, sentence.start, sentence.end))
        if not (self._triggers or has_noun or toll or zeros):
            return ()
        groups = [g for g in self._groups() if not any(z.start() < g.end and g.start < z.end() for z in zeros)]
        taken: set[int] = set()
        for group in groups:
            self._counted_noun(group, taken)
        if toll is not None:
            self._toll(toll, groups, taken)
        # A word inside a phrase ("two wounded soldiers died") yields to the verb that takes the phrase.
        inside = [t for t in self._triggers if any(g.start < t.start < g.end for g in groups)]
        # "A boy who had been wounded died": the death counts.
        order = sorted(self._triggers, key=lambda t: (t in inside, t.measure != "killed"))
        for trigger in order:
            self._link(trigger, groups, taken)
        self._zeros(zeros)
        return self._found.values()

    # ------------------------------------------------------------ links
    def _counted_noun(self, group: Victims, taken: set[int]) -> None:
        """Read "12 deaths", "claimed nine lives", "eight bodies"."""
        if group.kind != "noun" or group.head is None:
            return
        measure = self._words.nouns[group.head.lemma.lower()]
        lemma = group.head.lemma.lower()
        if lemma == "life" and not re.search(
            r"(?:claim|cost|lost|lose|losing|taking|took|take|loss of)\w*\s+(?:[\w-]+\s+){0,3}$",
            self._low[max(self._sentence.start, group.start - 40) : group.start],
        ):
            return
        if not group.explicit and not _BROUGHT.search(
            self._low, max(self._sentence.start, group.start - 40), group.start
        ):
            return  # "investigating a death" tells of none; "resulting in a death" does
        taken.add(group.start)
        self._add(group, measure, group.head.start, group.head.end, who=None)

    def _toll(self, toll: re.Match[str], groups: list[Victims], taken: set[int]) -> None:
        after = [group for group in groups if group.start >= toll.end() and group.kind != "thing" and group.explicit]
        rose = [
            group
            for group in after
            if re.search(
                r"\b(?:to|at|of|reached|reaches|is|was|than|stands?|now|hit|hits|passed|exceeded|rose|risen|rises|rising|climbed|jumped|increased|grew|put)\s+$|:\s*$",
                self._low[toll.end() - 1 : group.start],
            )
        ]
        for group in rose[:1] if rose else ():
            last = group
            for other in rose[1:]:
                if re.fullmatch(r"\s*(?:\w+\s+)?to\s+", self._low[group.end : other.start]):
                    last = other
            rise = re.match(r"from\s+.*?\s+to\s+", self._low[last.start : last.end])
            if rise is not None and last.count.high is not None:
                # "rose from 12 to 21" is no range: the toll is 21.
                last = replace(last, start=last.start + rise.end(), count=exactly(last.count.high))
            if last.kind in {"unknown", "person"}:
                taken.add(last.start)
                self._add(last, "killed", toll.start(), toll.end())
            return
        if toll[0] == "fatalities":
            for group in groups:
                if group.head is not None and group.head.start == toll.start() and group.explicit:
                    taken.add(group.start)
                    self._add(group, "killed", toll.start(), toll.end(), who=None)

    def _link(self, trigger: Trigger, groups: list[Victims], taken: set[int]) -> None:
        if self._is_negated(trigger):
            return
        victims = self._find_victims(trigger, groups, taken)
        if (
            victims is None
            or self._is_nobody(victims)
            or victims.kind in {"thing", "noun"}
            or (trigger.people and victims.kind != "person" and victims.head is not None)
        ):
            return
        if trigger.measure == "displaced" and self._are_wounded(victims):
            return  # "twelve wounded civilians were evacuated"
        only = self._words.measures[trigger.measure].get("subject_only")
        if (
            only
            and trigger.subject
            and victims.head is not None
            and (not victims.explicit or victims.head.lemma.lower() not in only)
        ):
            return
        is_capture = trigger.people and victims.head is None and trigger.measure == "captured" and trigger.active
        if is_capture and not self._goes_on(victims, trigger):
            return
        if victims.start in taken and trigger.measure not in {"captured", "displaced"}:
            return
        if self._shared(trigger):
            taken.add(victims.start)
            return
        follows = self._words.after.get(self._low[trigger.start : trigger.end])
        if follows is not None and not follows.match(self._low, victims.end, self._sentence.end):
            return
        taken.add(victims.start)
        # "Ten were killed along with their guards", "killed a judge alongside four guards".
        edge = trigger.end if victims.end <= trigger.start else victims.end
        beside = next((g for g in groups if g.start >= edge and ALONG.fullmatch(self._low, edge, g.start)), None)
        if beside is not None and beside.kind == "person":
            taken.add(beside.start)
            if self._scope(victims, victims.start, beside.end, trigger.measure)[0] != "event":
                self._add(beside, trigger.measure, beside.start, beside.end)
            else:
                who = self._document.text[victims.start : victims.end]
                victims = replace(
                    victims,
                    count=plus(victims.count, beside.count),
                    who=f"{who} and {self._document.text[beside.start : beside.end]}",
                )
        self._add(victims, trigger.measure, trigger.start, trigger.end)

    def _are_wounded(self, victims: Victims) -> bool:
        """Whether a phrase says that its people are hurt: "twelve wounded civilians"."""
        return any(one.measure == "wounded" and victims.start < one.start < victims.end for one in self._triggers)

    def _goes_on(self, victims: Victims, trigger: Trigger) -> bool:
        """Whether a number goes on with the passive before it: "40 soldiers were killed and 38 captured"."""
        low = self._low
        joined = re.search(r"(?:,|\band)\s+(?:another\s+)?$", low[self._sentence.start : victims.start])
        ends = re.match(
            r"\s*(?:[.,;]|$|(?:and|in|by|during|when|near|after|on|at)\b)", low[trigger.end : self._sentence.end]
        )
        told = any(one.passive and one.measure in HARM and one.end <= victims.start for one in self._triggers)
        beside = not low[victims.end : trigger.start].strip()
        return joined is not None and ends is not None and told and beside and victims.explicit

    def _shared(self, trigger: Trigger) -> bool:
        """Whether one number counts killed and wounded together: "killed, wounded or captured more than 50" says neither."""
        chain = self._told_of_the_same(trigger)
        measures = {one.measure for one in chain}
        links = {
            self._low[before.end : after.start].strip(" ,")
            for before, after in itertools.pairwise(chain)
            if before.start != after.start
        }
        # "Abducted and killed": the same people were both.
        return len(measures) > 1 and (bool(links & {"or", "and/or"}) or ("and" in links and measures <= HARM))

    def _told_of_the_same(self, trigger: Trigger) -> list[Trigger]:
        """Return the words in text order that a list joins to one, which is among them."""
        ordered = sorted(self._triggers, key=lambda one: one.start)
        at = ordered.index(trigger)
        first = last = at
        while first > 0 and self._are_joined(ordered[first - 1], ordered[first]):
            first -= 1
        while last + 1 < len(ordered) and self._are_joined(ordered[last], ordered[last + 1]):
            last += 1
        return ordered[first : last + 1]

    def _are_joined(self, before: Trigger, after: Trigger) -> bool:
        return before.start == after.start or _JOINING.fullmatch(self._low, before.end, after.start) is not None

    def _zeros(self, zeros: list[re.Match[str]]) -> None:
        for match in zeros:
            measures: tuple[str, ...]
            if match["nobody"]:
                measures = ("killed",) if match["nobody_measure"] == "killed" else ("wounded",)
            elif match["casualties"] and "life" not in match["casualties"] and "lives" not in match["casualties"]:
                measures = ("killed", "wounded")
            else:
                measures = ("killed",) if match["killed"] or match["casualties"] else ("wounded",)
            nothing = Victims(
                match.start(), match.end(), Count(low=0, best=0, high=0), None, None, "person", explicit=True
            )
            for measure in measures:
                self._add(nothing, measure, match.start(), match.end())

    # ------------------------------------------------------------ the record
    def _add(self, victims: Victims, measure: str, trigger_start: int, trigger_end: int, **changed: Any) -> None:
        start, end = min(victims.start, trigger_start), max(victims.end, trigger_end)
        scope, reason = self._scope(victims, start, end, measure)
        if measure == "wounded" and victims.count.low is not None and _PART_OF_WOUNDED.match(self._low, start, end):
            victims = replace(victims, count=Count(low=victims.count.low, best=None, high=None))
        key = (measure, victims.start)
        if key in self._found:
            return
        self._found[key] = CasualtyMention(
            start=start,
            end=end,
            surface=self._document.text[start:end],
            measure=measure,
            count=victims.count,
            who=changed.get("who", victims.who),
            cumulative=scope != "event",
            cumulative_reason=reason,
            scope=scope,
            sentence_start=self._whole.start,
            sentence_end=self._whole.end,
            trigger_start=trigger_start,
            trigger_end=trigger_end,
        )

    def _scope(self, victims: Victims, start: int, end: int, measure: str) -> tuple[str, str | None]:
        """Return what the number counts, from its clause: event, war or addition, with the reason."""
        low, sentence = self._low, self._sentence
        clause_start, clause_end = sentence.start, sentence.end
        for match in _CLAUSE.finditer(low[sentence.start : sentence.end]):
            at = sentence.start + match.start()
            if at <= start:
                clause_start = max(clause_start, at)
            elif at >= end:
                clause_end = min(clause_end, at)
        clause = low[clause_start:clause_end]
        if measure == "killed":
            clause = _GONE_SINCE.sub(lambda gone: " " * len(gone[0]), clause)
        for aside in list(_ASIDE_SINCE.finditer(clause)):
            if not clause_start + aside.start() <= start < clause_start + aside.end():
                clause = clause[: aside.start()] + " " * len(aside[0]) + clause[aside.end() :]
        for pattern in self._words.event:
            hit = pattern.search(clause)
            if hit is not None:
                return (
                    "event",
                    f'a toll of one event: "{self._document.text[clause_start + hit.start() : clause_start + hit.end()]}"',
                )
        if victims.count.high == 0 or (is_one(victims.count) and not victims.explicit):
            return "event", None
        if self._words.addition.search(clause):
            return "addition", "it adds to the losses of a side"
        dated = self._words.one_event.search(clause) is not None
        for pattern, reason in self._words.war:
            for hit in pattern.finditer(clause):
                if dated and self._words.point.fullmatch(clause, hit.start(), hit.end()):
                    continue  # "an attack last month killed ten" counts no month
                # "In the worst fighting since the truce": that they are the worst may be told before or within the words.
                if not any(
                    self._words.superlatives.search(clause, max(0, hit.start() - 80), end)
                    for end in (hit.start(), hit.end())
                ):
                    return "war", reason
        return "event", None
