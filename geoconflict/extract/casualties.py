"""People killed, wounded, captured, missing and displaced: numbers as ranges, who they were, and what the number counts.

A number belongs to one event, or to a war or a period ("so far", "since", "in the fighting"); only the first kind may
join a place and a day. Numbers of equipment are none of people. Not stated is None, never 0; "no casualties" is 0.

The dependency tree links a verb to its victims where it is right; word order decides where it is silent, as headlines
and lists often break the small model's trees. Words come from ``resources/lexicons/casualties.toml``.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from geoconflict.extract.language import Document, Sentence, Token
from geoconflict.extract.numbers import Quantity, find_quantities, read_lexicon
from geoconflict.models import Count

__all__ = ["CasualtyMention", "find_casualties"]


_LIST = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+as\s+well\s+as\s+|\s+plus\s+|\s*&\s*")
_ALONG = re.compile(r"\s*,?\s*(?:along|together)\s+with\s+")
_TOLL = re.compile(
    r"\b(?:death|casualty)\s+toll\b|\btoll\b|\bfatalities\b"
    r"|\bnumber\s+of\s+(?:the\s+)?(?:dead|deaths|victims|fatalities|people\s+killed|those\s+killed)\b"
)


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
    """Whether the number belongs to a war or a period and so to no single event; the same as scope == "war"."""
    cumulative_reason: str | None
    """Why it is, or why a toll is not, cumulative; None for a plain number."""
    scope: str
    """event or war."""
    sentence_start: int
    sentence_end: int
    trigger_start: int
    """Offset of the word that tells it: "killed", "dead"."""
    trigger_end: int


@dataclass(frozen=True, slots=True)
class _Victims:
    """A noun phrase with a number, or several in a list."""

    start: int
    end: int
    count: Count
    who: str | None
    head: Token | None
    """The head noun; None for a bare number."""
    kind: str
    """person, thing or unknown."""
    explicit: bool
    """Whether a number was said, and not only "a" or "the"."""


@dataclass(frozen=True, slots=True)
class _Trigger:
    start: int
    end: int
    measure: str
    active: bool
    """The victims may follow as object."""
    passive: bool
    """The victims may come before."""
    subject: bool
    of: bool
    """The victims follow "of"."""
    people: bool


@dataclass(frozen=True, slots=True)
class _Words:
    triggers: re.Pattern[str]
    by_form: dict[str, list[tuple[str, str]]]
    nouns: dict[str, str]
    measures: dict[str, Any]
    people: frozenset[str]
    endings: tuple[str, ...]
    things: frozenset[str]
    zero: re.Pattern[str]
    war: tuple[tuple[re.Pattern[str], str], ...]
    event: tuple[re.Pattern[str], ...]


@functools.cache
def _words() -> _Words:
    lexicon = read_lexicon("casualties")
    by_form: dict[str, list[tuple[str, str]]] = {}
    nouns: dict[str, str] = {}
    for measure, parts in lexicon["measure"].items():
        for voice in ("active", "active_people", "passive", "subject", "nouns_of"):
            for form in parts.get(voice, ()):
                by_form.setdefault(form, []).append((measure, voice))
        for noun in parts["nouns"]:
            nouns[noun] = measure
    forms = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(by_form, key=lambda f: (-len(f), f)))
    unknown = "|".join(lexicon["zero"]["unknown"])
    zeros = "|".join(
        f"(?P<{name}>{'|'.join(re.escape(w) for w in sorted(lexicon['zero'][name], key=len, reverse=True))})"
        for name in ("killed", "wounded", "casualties")
    )
    people = set(lexicon["people"]["nouns"])
    people |= {f"{noun}s" for noun in people} | set(lexicon["people"]["irregular"])
    people |= {f"{noun[:-1]}ies" for noun in lexicon["people"]["nouns"] if noun.endswith("y")}
    things = set(lexicon["things"]["nouns"])
    things |= {f"{noun}s" for noun in things} | {f"{noun}es" for noun in things}
    things |= {f"{noun[:-1]}ies" for noun in lexicon["things"]["nouns"] if noun.endswith("y")} | {"feet"}
    return _Words(
        triggers=re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])"),
        by_form=by_form,
        nouns=nouns,
        measures=lexicon["measure"],
        people=frozenset(people),
        endings=tuple(lexicon["people"]["endings"]),
        things=frozenset(things),
        zero=re.compile(
            rf"(?<!\w)(?:no|without(?:\s+any|\s+causing(?:\s+any)?)?|nor)\s+(?:(?!(?:{unknown})\b)[\w-]+\s+){{0,3}}?(?:{zeros})(?!\w)"
            r"|(?<!\w)(?P<nobody>nobody|none)\s+(?:was|were|has\s+been)\s+(?:reported\s+)?(?P<nobody_measure>killed|hurt|injured|wounded)"
        ),
        war=tuple((re.compile(pattern), reason) for pattern, reason in lexicon["cumulative"]["war"]),
        event=tuple(re.compile(lexicon["cumulative"][key]) for key in ("event", "event_short")),
    )


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
        for start, end in _segments(low, sentence):
            found.extend(_Reader(document, low, sentence, start, end).read())
    return tuple(sorted(found, key=lambda mention: (mention.start, mention.end, mention.measure)))


def _segments(low: str, sentence: Sentence) -> list[tuple[int, int]]:
    cuts = [match.end() for match in re.finditer(r";|\n\s*\n", low[sentence.start : sentence.end])]
    edges = [sentence.start, *(sentence.start + cut for cut in cuts), sentence.end]
    return [(start, end) for start, end in itertools.pairwise(edges) if start < end]


class _Reader:
    """Reads one sentence, or a part of it that stands alone."""

    def __init__(self, document: Document, low: str, sentence: Sentence, start: int, end: int) -> None:
        self._document = document
        self._low = low
        self._whole = sentence
        tokens = [t for t in document.tokens[sentence.first_token : sentence.end_token] if start <= t.start < end]
        self._tokens = tokens
        self._sentence = Sentence(
            index=sentence.index,
            start=start,
            end=end,
            first_token=tokens[0].index if tokens else sentence.first_token,
            end_token=tokens[-1].index + 1 if tokens else sentence.first_token,
        )
        self._words = _words()
        self._triggers: list[_Trigger] = []
        self._found: dict[tuple[str, int], CasualtyMention] = {}

    def read(self) -> Iterable[CasualtyMention]:
        sentence, words = self._sentence, self._words
        self._triggers = list(self._find_triggers())
        has_noun = any(token.lemma.lower() in words.nouns for token in self._tokens)
        toll = _TOLL.search(self._low, sentence.start, sentence.end)
        zeros = list(words.zero.finditer(self._low, sentence.start, sentence.end))
        if not (self._triggers or has_noun or toll or zeros):
            return ()
        groups = [g for g in self._groups() if not any(z.start() < g.end and g.start < z.end() for z in zeros)]
        taken: set[int] = set()
        for group in groups:
            self._counted_noun(group, taken)
        if toll is not None:
            self._toll(toll, groups, taken)
        for trigger in self._triggers:
            self._link(trigger, groups, taken)
        self._zeros(zeros)
        return self._found.values()

    # ------------------------------------------------------------ triggers
    def _find_triggers(self) -> Iterable[_Trigger]:
        for match in self._words.triggers.finditer(self._low, self._sentence.start, self._sentence.end):
            form = re.sub(r"\s+", " ", match[0])
            voices = self._words.by_form[form]
            for measure in dict.fromkeys(measure for measure, _ in voices):
                kinds = {voice for m, voice in voices if m == measure}
                yield _Trigger(
                    start=match.start(),
                    end=match.end(),
                    measure=measure,
                    active=bool(kinds & {"active", "active_people"}),
                    passive="passive" in kinds,
                    subject="subject" in kinds,
                    of="nouns_of" in kinds,
                    people=bool(self._words.measures[measure]["people"]) or "active_people" in kinds,
                )

    # ------------------------------------------------------------ noun phrases with a number
    def _groups(self) -> list[_Victims]:
        chunks: list[_Victims] = []
        position = self._sentence.start
        for quantity in find_quantities(self._low, self._sentence.start, self._sentence.end):
            if quantity.start < position:
                continue
            chunk = self._chunk(quantity)
            if chunk is not None:
                chunks.append(chunk)
                position = chunk.end
        return self._lists(chunks)

    def _kind(self, head: Token | None) -> str:
        if head is None:
            return "unknown"
        word = head.text.lower()
        if word in self._words.people or head.lemma.lower() in self._words.people:
            return "person"
        if word in self._words.things or head.lemma.lower() in self._words.things:
            return "thing"
        if word.endswith(self._words.endings) or (head.pos == "PROPN" and word.endswith("s") and head.tag == "NNPS"):
            return "person"
        return "unknown"

    def _chunk(self, quantity: Quantity) -> _Victims | None:
        """Return the noun phrase that a number opens, by parts of speech."""
        text, low = self._document.text, self._low
        if low[quantity.end : quantity.end + 1] in {"-", "–", "%", ":", "/"} or re.match(
            r"[.,]\d|\s?%|\s+per\s?cent|th\b|st\b|nd\b", low[quantity.end : quantity.end + 10]
        ):
            return None
        number = low[quantity.start : quantity.end]
        explicit = not re.search(r"(?:^|\s)(?:a|an|another|a single|no|both|some|many|few|various)$", number)
        if number == "no":
            return None
        last: Token | None = None
        head: Token | None = None
        noun_done = False
        tokens = [token for token in self._tokens if token.start >= quantity.end]
        trigger_starts = {trigger.start for trigger in self._triggers}
        for at, token in enumerate(tokens[:12]):
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            word = token.text.lower()
            if token.start in trigger_starts and not (at == 0 and after is not None and self._kind(after) == "person"):
                break
            if word in {"more", "other", "others", "further", "additional"} and not noun_done:
                if word == "others":
                    head, last, noun_done = token, token, True
                    continue
                last = token
                continue
            if token.pos in {"NOUN", "PROPN"}:
                last = token
                if after is not None and after.text in {"-", "–"}:
                    continue  # the first half of "Russia-backed"
                head = token if not noun_done else head
                noun_done = noun_done or not (
                    after is not None and after.pos in {"NOUN", "PROPN"} and self._kind(token) != "person"
                )
                if (
                    noun_done
                    and head is token
                    and after is not None
                    and after.pos in {"NOUN", "PROPN"}
                    and self._kind(after) != "unknown"
                ):
                    noun_done = False
                continue
            if word == "of" and after is not None and (head is None or (at and self._kind(head) != "thing")):
                if head is None:
                    last = token
                    continue
                if after.pos in {"NOUN", "PROPN", "DET", "PRON", "ADJ"} and at < 6:
                    break
            if noun_done:
                break
            if (
                token.pos in {"ADJ", "NUM", "DET", "PART"}
                or token.text in {"-", "’s", "'s", "–"}
                or (token.tag in {"PRP$", "POS"})
            ):
                last = token
                continue
            if (
                (token.tag in {"VBN", "VBG"} or word.endswith("ed"))
                and after is not None
                and (after.pos in {"NOUN", "ADJ", "PROPN"} or after.text == "-")
            ):
                last = token
                continue
            if (
                token.pos == "ADV"
                and after is not None
                and after.pos in {"ADJ", "VERB", "NOUN"}
                and self._kind(after) == "person"
            ):
                last = token
                continue
            break
        end = (
            last.end
            if last is not None and head is not None and last.end >= head.end
            else head.end
            if head is not None
            else quantity.end
        )
        kind = self._kind(head)
        if head is not None and head.lemma.lower() in self._words.nouns:
            kind = "noun"
        if not explicit and kind not in {"person", "noun"}:
            return None
        if head is None and ((not explicit and "another" not in number) or re.fullmatch(r"(?:1[89]|20)\d\d", number)):
            return None
        who = None
        if head is not None:
            who = (
                re.sub(
                    r"^(?:of|more|other|others|further|additional)\b\s*", "", text[quantity.end : end].strip()
                ).strip()
                or None
            )
            if who is not None and who.lower() in {"others", "other", "people", "persons", "dead", "more"}:
                who = None
            if who is not None and _is_one(quantity.count) and not explicit:
                who = text[quantity.start : end]
        return _Victims(quantity.start, end, quantity.count, who, head, kind, explicit)

    def _lists(self, chunks: list[_Victims]) -> list[_Victims]:
        """Join "two soldiers and a child"; a phrase with a verb of its own stays alone."""
        joined: list[_Victims] = []
        for chunk in chunks:
            before = joined[-1] if joined else None
            if before is not None and self._same_list(before, chunk):
                joined[-1] = replace(
                    before,
                    end=chunk.end,
                    count=_plus(before.count, chunk.count),
                    who=self._document.text[before.start : chunk.end],
                    explicit=True,
                )
            else:
                joined.append(chunk)
        return joined

    def _same_list(self, before: _Victims, after: _Victims) -> bool:
        if not _LIST.fullmatch(self._low, before.end, after.start):
            return False
        if (
            before.head is None
            or after.head is None
            or "thing" in {before.kind, after.kind}
            or "noun" in {before.kind, after.kind}
        ):
            return False
        if before.kind != "person" and after.kind != "person":
            return False
        follows = self._trigger_after(after.end)
        return not (follows is not None and self._trigger_before(before.start) is not None)

    def _trigger_after(self, offset: int) -> _Trigger | None:
        for trigger in self._triggers:
            if trigger.start >= offset:
                gap = self._low[offset : trigger.start]
                aux = r"\s*(?:(?:were|was|are|is|been|have|has|had|being|be|also|reportedly|seriously|critically|slightly|badly|severely|got)\s+)*"
                return trigger if re.fullmatch(aux, gap) and (trigger.passive or trigger.subject) else None
        return None

    def _trigger_before(self, offset: int) -> _Trigger | None:
        for trigger in reversed(self._triggers):
            if trigger.end <= offset:
                return trigger if trigger.active and not self._low[trigger.end : offset].strip() else None
        return None

    # ------------------------------------------------------------ links
    def _counted_noun(self, group: _Victims, taken: set[int]) -> None:
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
        if lemma in {"killing", "murder"} and not group.explicit:
            return
        taken.add(group.start)
        self._add(group, measure, group.head.start, group.head.end, who=None)

    def _toll(self, toll: re.Match[str], groups: list[_Victims], taken: set[int]) -> None:
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
                if re.search(r"\bto\s+$", self._low[group.end : other.start]):
                    last = other
            rise = re.match(r"from\s+.*?\s+to\s+", self._low[last.start : last.end])
            if rise is not None and last.count.high is not None:
                # "rose from 12 to 21" is no range: the toll is 21.
                last = replace(last, start=last.start + rise.end(), count=_exactly(last.count.high))
            if last.kind in {"unknown", "person"}:
                taken.add(last.start)
                self._add(last, "killed", toll.start(), toll.end())
            return
        if toll[0] == "fatalities":
            for group in groups:
                if group.head is not None and group.head.start == toll.start() and group.explicit:
                    taken.add(group.start)
                    self._add(group, "killed", toll.start(), toll.end(), who=None)

    def _link(self, trigger: _Trigger, groups: list[_Victims], taken: set[int]) -> None:
        victims = (
            self._victims_beside(trigger, groups, taken)
            or self._victims_by_tree(trigger, groups, taken)
            or self._victims_by_order(trigger, groups, taken)
        )
        if victims is None:
            victims = self._with_others(self._one_victim(trigger, groups), groups, taken)
        if victims is not None and victims.kind == "thing":
            victims = self._after_things(victims, groups)
        if (
            victims is None
            or victims.kind in {"thing", "noun"}
            or (trigger.people and victims.kind != "person" and victims.head is not None)
        ):
            return
        if trigger.people and victims.head is None and trigger.measure == "captured" and trigger.active:
            return
        if victims.start in taken and trigger.measure not in {"captured", "displaced"}:
            return
        if self._shared(trigger):
            taken.add(victims.start)
            return
        taken.add(victims.start)
        beside = next(
            (g for g in groups if g.start >= trigger.end and _ALONG.fullmatch(self._low, trigger.end, g.start)), None
        )
        if beside is not None and beside.kind == "person" and victims.end <= trigger.start:
            taken.add(beside.start)
            if self._scope(victims, victims.start, beside.end)[0] == "war":
                self._add(beside, trigger.measure, beside.start, beside.end)
            else:
                who = self._document.text[victims.start : victims.end]
                victims = replace(
                    victims,
                    count=_plus(victims.count, beside.count),
                    who=f"{who} and {self._document.text[beside.start : beside.end]}",
                )
        self._add(victims, trigger.measure, trigger.start, trigger.end)

    def _shared(self, trigger: _Trigger) -> bool:
        """Whether one number counts killed and wounded together: "killed or wounded more than 50" says neither."""
        for other in self._triggers:
            first, second = sorted((trigger, other), key=lambda t: t.start)
            if other.measure != trigger.measure and re.fullmatch(
                r"\s+(?:or|and|and/or)\s+", self._low[first.end : second.start]
            ):
                return True
        return False

    def _after_things(self, things: _Victims, groups: list[_Victims]) -> _Victims | None:
        """Return the people in a list that begins with things: "captured three villages and 12 prisoners"."""
        after = next((g for g in groups if g.start >= things.end), None)
        if after is None or after.kind != "person" or not _LIST.fullmatch(self._low, things.end, after.start):
            return None
        return after

    def _token(self, trigger: _Trigger) -> Token | None:
        return self._document.token_at(trigger.start)

    def _is_passive(self, trigger: _Trigger) -> bool:
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

    def _victims_beside(self, trigger: _Trigger, groups: list[_Victims], taken: set[int]) -> _Victims | None:
        """Return the phrase right before the participle ("30 killed", "30 were killed"), unless its object follows."""
        for group in groups:
            if group.end <= trigger.start and group.start not in taken and self._trigger_after(group.end) == trigger:
                after = next((g for g in groups if g.start >= trigger.end), None)
                if trigger.active and after is not None and not self._low[trigger.end : after.start].strip():
                    return None
                return group if trigger.passive or trigger.subject else None
        return None

    def _victims_by_tree(self, trigger: _Trigger, groups: list[_Victims], taken: set[int]) -> _Victims | None:
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

    def _own_verb(self, group: _Victims, trigger: _Trigger) -> bool:
        """Whether a phrase after the verb has a participle of its own: "30 killed, 45 injured"."""
        follows = self._trigger_after(group.end)
        return group.start >= trigger.end and follows is not None and bool(self._low[trigger.end : group.start].strip())

    def _victims_by_order(self, trigger: _Trigger, groups: list[_Victims], taken: set[int]) -> _Victims | None:
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
        if (trigger.passive or trigger.subject) and before is not None and before.start not in taken:
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

    def _interrupted(self, group: _Victims, trigger: _Trigger) -> bool:
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

    def _one_victim(self, trigger: _Trigger, groups: list[_Victims]) -> _Victims | None:
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
        if not wanted and passive and token.dep == "acl":
            wanted = [self._document.tokens[token.head]]
        for child in wanted[:1]:
            if any(g.start <= child.start < g.end for g in groups):
                return None
            if child.text.lower() in {"he", "she"}:
                return _Victims(child.start, child.end, _exactly(1), None, child, "person", explicit=False)
            if not self._sentence.start <= child.start < self._sentence.end:
                continue
            return self._single(child, by_name=not trigger.people)
        return None

    def _with_others(self, one: _Victims | None, groups: list[_Victims], taken: set[int]) -> _Victims | None:
        """Add what a list goes on with: "killing the commander and four others"."""
        if one is None:
            return None
        after = next((g for g in groups if g.start >= one.end and g.start not in taken), None)
        if after is None or not self._same_list(one, after):
            return one
        taken.add(after.start)
        who = self._document.text[one.start : after.end]
        return replace(one, end=after.end, count=_plus(one.count, after.count), who=who)

    def _next_noun(self, token: Token) -> Token | None:
        at = token.index + 1
        after = self._document.tokens[at] if at < self._sentence.end_token else None
        return after if after is not None and after.pos in {"NOUN", "PROPN"} else None

    def _single(self, head: Token, *, by_name: bool) -> _Victims | None:
        kind = self._kind(head)
        named = next(
            (e for e in self._document.entities if e.label == "PERSON" and e.start <= head.start < e.end), None
        )
        if kind != "person" and not (by_name and named is not None and head.pos == "PROPN"):
            return None
        left = [
            self._document.tokens[i]
            for i in self._document.children(head.index)
            if i < head.index and self._document.tokens[i].dep in {"det", "poss", "amod", "compound", "nmod", "nummod"}
        ]
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
        return _Victims(start, head.end, count, who, head, "person", explicit=False)

    def _zeros(self, zeros: list[re.Match[str]]) -> None:
        for match in zeros:
            measures: tuple[str, ...]
            if match["nobody"]:
                measures = ("killed",) if match["nobody_measure"] == "killed" else ("wounded",)
            elif match["casualties"] and "life" not in match["casualties"] and "lives" not in match["casualties"]:
                measures = ("killed", "wounded")
            else:
                measures = ("killed",) if match["killed"] or match["casualties"] else ("wounded",)
            nothing = _Victims(
                match.start(), match.end(), Count(low=0, best=0, high=0), None, None, "person", explicit=True
            )
            for measure in measures:
                self._add(nothing, measure, match.start(), match.end())

    # ------------------------------------------------------------ the record
    def _add(self, victims: _Victims, measure: str, trigger_start: int, trigger_end: int, **changed: Any) -> None:
        start, end = min(victims.start, trigger_start), max(victims.end, trigger_end)
        scope, reason = self._scope(victims, start, end)
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
            cumulative=scope == "war",
            cumulative_reason=reason,
            scope=scope,
            sentence_start=self._whole.start,
            sentence_end=self._whole.end,
            trigger_start=trigger_start,
            trigger_end=trigger_end,
        )

    def _scope(self, victims: _Victims, start: int, end: int) -> tuple[str, str | None]:
        """Return what the number counts, from its clause: event or war, with the reason."""
        low, sentence = self._low, self._sentence
        clause_start, clause_end = sentence.start, sentence.end
        for match in re.finditer(
            r";|,\s+(?:while|bringing|but|and\s+(?:the|at))\b", low[sentence.start : sentence.end]
        ):
            at = sentence.start + match.start()
            if at <= start:
                clause_start = max(clause_start, at)
            elif at >= end:
                clause_end = min(clause_end, at)
        clause = low[clause_start:clause_end]
        for pattern in self._words.event:
            hit = pattern.search(clause)
            if hit is not None:
                return (
                    "event",
                    f'a toll of one event: "{self._document.text[clause_start + hit.start() : clause_start + hit.end()]}"',
                )
        if victims.count.high == 0:
            return "event", None
        for pattern, reason in self._words.war:
            if pattern.search(clause):
                return "war", reason
        return "event", None


def _exactly(n: int) -> Count:
    return Count(low=n, best=n, high=n)


def _is_one(count: Count) -> bool:
    return count.low == count.high == 1


def _plus(first: Count, second: Count) -> Count:
    """Return the sum of two counts: a bound that one of them lacks is lacking in the sum, but a low end counts alone."""

    def both(a: int | None, b: int | None) -> int | None:
        return None if a is None or b is None else a + b

    low = both(first.low, second.low)
    if low is None:
        low = first.low if first.low is not None else second.low
    return Count(low=low, best=both(first.best, second.best), high=both(first.high, second.high))
