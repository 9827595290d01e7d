"""Equipment that armed forces lost: what, how many, whose, what became of it, and who says so.

Kept apart from people and from events: "destroyed five tanks and three drones" makes two records. Words come from
``resources/lexicons/equipment.toml``.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from geoconflict.extract.casualties.reader import segments
from geoconflict.extract.casualties.words import LIST, is_one, words
from geoconflict.extract.language.model import Document
from geoconflict.extract.lexicon import any_form, read_lexicon
from geoconflict.extract.numbers import find_quantities
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.telling.attribution import AttributionReader
from geoconflict.models import Count, DateSpan, EquipmentLoss, Report

__all__ = ["find_equipment"]

_BEFORE = 80
"""So many characters before a verb may say that nothing of the kind happened."""
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_OWNER_AFTER = re.compile(
    r"\s+(?:of|from|belonging\s+to|(?:operated|owned|used|launched|fired|flown)\s+by)\s+(?:the\s+)?"
)
_OF_WHICH = re.compile(r"\s+(?:out\s+)?of\s+(?:the\s+|its\s+|their\s+)?")
_PRONOUNS = frozenset({"its", "their", "his", "her", "it", "they", "he", "she", "we"})
_NAMES = frozenset({"NORP", "GPE", "ORG", "LOC", "PERSON"})


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Equipment with its number. Offsets are code points, end exclusive."""

    start: int
    end: int
    what: str
    name_start: int
    """Where the words begin that name it, after the number."""
    count: Count


@dataclass(frozen=True, slots=True)
class _Fate:
    start: int
    end: int
    fate: str
    voice: str
    """active, passive or nouns_of; a form may be several."""


@dataclass(frozen=True, slots=True)
class _Words:
    nouns: re.Pattern[str]
    models: tuple[tuple[str, re.Pattern[str]], ...]
    kind_of: dict[str, str]
    fates: re.Pattern[str]
    telling: re.Pattern[str]
    """The fates and the first words of split ones: a sentence without any tells of no loss."""
    by_form: dict[str, tuple[tuple[str, str], ...]]
    split: dict[str, str]
    before_participle: re.Pattern[str]
    before_equipment: re.Pattern[str]
    before_name: re.Pattern[str]
    kinds_of: dict[str, frozenset[str]]
    """Fate -> the kinds it is said of, where that is not all."""
    not_with: frozenset[str]
    stops: frozenset[str]
    owners: frozenset[str]
    makes: frozenset[str]
    """Names of makes and types, which are of no owner."""


@functools.cache
def _words() -> _Words:
    lexicon = read_lexicon("equipment")
    kind_of: dict[str, str] = {}
    for kind, nouns in lexicon["kinds"].items():
        for noun in nouns:
            kind_of[noun] = kind
            kind_of[f"{noun}s"] = kind
            if noun.endswith("y"):
                kind_of[f"{noun[:-1]}ies"] = kind
    by_form: dict[str, list[tuple[str, str]]] = {}
    split: dict[str, str] = {}
    for fate, voices in lexicon["fates"].items():
        for voice in ("active", "passive", "nouns_of"):
            for form in voices[voice]:
                by_form.setdefault(form, []).append((fate, voice))
        split |= dict.fromkeys(voices["split"], fate)
    models = tuple(
        (kind, re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})s?(?![\w-])"))
        for kind, patterns in lexicon["models"].items()
    )
    between = lexicon["between"]
    return _Words(
        nouns=re.compile(rf"(?<![\w-])(?:{any_form(kind_of)})(?![\w-])"),
        models=models,
        kind_of=kind_of,
        fates=re.compile(rf"(?<![\w-])(?:{any_form(by_form)})(?![\w-])"),
        telling=re.compile(rf"(?<![\w-])(?:{any_form([*by_form, *split])})(?![\w-])"),
        by_form={form: tuple(found) for form, found in by_form.items()},
        split=split,
        before_participle=re.compile(rf"\s*(?:(?:{any_form(between['before_participle'])})\s+)*"),
        before_equipment=re.compile(rf"\s*(?:(?:{any_form(between['before_equipment'])})\s+)*"),
        before_name=re.compile(rf"\s*(?:(?:{any_form(between['before_name'])})\s+)*"),
        kinds_of={fate: frozenset(one["kinds"]) for fate, one in lexicon["fates"].items() if "kinds" in one},
        not_with=frozenset(lexicon["not_with"]["words"]),
        stops=frozenset(between["stops"]),
        owners=frozenset(lexicon["owners"]["words"]),
        makes=frozenset(lexicon["makes"]["words"]),
    )


def find_equipment(
    report: Report,
    clauses: Clauses,
    speakers: AttributionReader,
    day_of: Callable[[int, dt.date | None], DateSpan],
) -> tuple[EquipmentLoss, ...]:
    """Return the equipment that the report says was lost, in text order.

    Parameters
    ----------
    day_of
        Offset and publication date -> the days that the sentence there speaks of.
    """
    document = clauses.document
    found: list[EquipmentLoss] = []
    low = document.text.lower()
    if len(low) != len(document.text):  # a letter whose small form is two: offsets must hold
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in document.text)
    fates = {match.start() for match in _words().telling.finditer(low)}
    for sentence in document.sentences:
        if sentence.start < report.body_start or not any(sentence.start <= at < sentence.end for at in fates):
            continue
        if _words().nouns.search(low, sentence.start, sentence.end) is None and not any(
            pattern.search(low, sentence.start, sentence.end) for _, pattern in _words().models
        ):
            continue
        for start, end in segments(low, sentence):
            for phrase, fate in _Segment(document, low, start, end).read():
                token = document.token_at(fate.start)
                if token is not None and speakers.is_denied_at(token.index):
                    continue
                first, last = min(phrase.start, fate.start), max(phrase.end, fate.end)
                found.append(
                    EquipmentLoss(
                        report_id=report.report_id,
                        start=first,
                        end=last,
                        surface=report.text[first:last],
                        what=phrase.what,
                        name=report.text[phrase.name_start : phrase.end],
                        count=phrase.count,
                        fate=fate.fate,
                        owner=_owner(clauses, low, phrase, fate),
                        when=day_of(first, report.published_on),
                        cumulative=any(pattern.search(low, start, end) for pattern, _ in words().war),
                        claimed_by=speakers.teller_at(token.index) if token is not None else None,
                    )
                )
    return tuple(sorted(found, key=lambda loss: (loss.start, loss.end, loss.what)))


class _Segment:
    """Reads one sentence, or a part of it that stands alone."""

    def __init__(self, document: Document, low: str, start: int, end: int) -> None:
        self._document = document
        self._low = low
        self._start, self._end = start, end
        self._lexicon = _words()

    def read(self) -> Iterator[tuple[_Phrase, _Fate]]:
        """Yield each phrase with what became of it."""
        phrases = self._phrases()
        if not phrases:
            return
        taken: set[int] = set()
        for fate in self._fates(phrases):
            before = self._low[max(self._start, fate.start - _BEFORE) : fate.start]
            if any(pattern.search(before) for pattern in words().unreal):
                continue
            for phrase in self._linked(fate, phrases):
                if phrase.start not in taken and phrase.what in self._lexicon.kinds_of.get(fate.fate, {phrase.what}):
                    taken.add(phrase.start)
                    yield phrase, fate

    def _fates(self, phrases: list[_Phrase]) -> list[_Fate]:
        low, found = self._low, list[_Fate]()
        for match in self._lexicon.fates.finditer(low, self._start, self._end):
            form = re.sub(r"\s+", " ", match[0])
            found.extend(_Fate(match.start(), match.end(), *row) for row in self._lexicon.by_form[form])
        for phrase in phrases:
            # "shot two drones down"
            opened = re.search(r"(\w+)\s+$", low[max(self._start, phrase.start - 12) : phrase.start])
            if (
                opened is not None
                and opened[1] in self._lexicon.split
                and re.match(r"\s+down\b", low[phrase.end :][:8])
            ):
                at = phrase.start - len(opened[0])
                found.append(_Fate(at, phrase.end + 5, self._lexicon.split[opened[1]], "active"))
        # A participle takes what stands before it rather than what comes after.
        return sorted(found, key=lambda fate: (fate.voice != "passive", fate.start, fate.end))

    def _linked(self, fate: _Fate, phrases: list[_Phrase]) -> list[_Phrase]:
        low = self._low
        if fate.voice == "passive":
            before = [phrase for phrase in phrases if phrase.end <= fate.start]
            if not before or self._has_object(before[-1], fate, phrases):
                return []
            if not (
                self._lexicon.before_participle.fullmatch(low, before[-1].end, fate.start)
                or self._is_subject(before[-1], fate)
            ):
                return []
            return self._list_of(before, -1)
        after = [phrase for phrase in phrases if phrase.end > fate.start]
        if not after or after[0].start < fate.start:
            return []
        if fate.end <= after[0].start and not self._lexicon.before_equipment.fullmatch(low, fate.end, after[0].start):
            return []
        return self._list_of(after, 0)

    def _has_object(self, phrase: _Phrase, fate: _Fate, phrases: list[_Phrase]) -> bool:
        """Whether the phrase does it rather than suffers it: "the jet shot down a drone"."""
        if re.search(r"\b(?:is|are|was|were|be|been|being)\b", self._low[phrase.end : fate.start]):
            return False
        token = self._document.token_at(fate.start)
        children = (
            [] if token is None else [self._document.tokens[at].dep for at in self._document.children(token.index)]
        )
        follows = next((other for other in phrases if other.start >= fate.end), None)
        return "dobj" in children or (follows is not None and not self._low[fate.end : follows.start].strip())

    def _is_subject(self, phrase: _Phrase, fate: _Fate) -> bool:
        """Whether the tree makes the phrase the subject of the participle: "tanks of the army were destroyed"."""
        token = self._document.token_at(fate.start)
        if token is None:
            return False
        subjects = [self._document.tokens[at] for at in self._document.children(token.index)]
        return any(one.dep == "nsubjpass" and phrase.start <= one.start < phrase.end for one in subjects)

    def _list_of(self, phrases: list[_Phrase], at: int) -> list[_Phrase]:
        """Return a phrase with those that a list joins to it, going back or on."""
        ordered = phrases[::-1] if at else phrases
        chosen = [ordered[0]]
        for phrase in ordered[1:]:
            first, second = sorted((chosen[-1], phrase), key=lambda one: one.start)
            if not LIST.fullmatch(self._low, first.end, second.start):
                break
            chosen.append(phrase)
        return chosen[::-1] if at else chosen

    # ------------------------------------------------------------ phrases
    def _phrases(self) -> list[_Phrase]:
        low = self._low
        nouns = [
            (match.start(), match.end(), self._lexicon.kind_of[re.sub(r"\s+", " ", match[0])])
            for match in self._lexicon.nouns.finditer(low, self._start, self._end)
        ]
        for kind, pattern in self._lexicon.models:
            nouns += [(m.start(), m.end(), kind) for m in pattern.finditer(low, self._start, self._end)]
        nouns.sort()
        # "T-72 tanks", "Su-25 jet": one phrase, named by its last noun.
        heads = [
            one for at, one in enumerate(nouns) if at + 1 == len(nouns) or low[one[1] : nouns[at + 1][0]].strip(" ")
        ]
        quantities = find_quantities(low, self._start, self._end)
        found: list[_Phrase] = []
        for start, end, kind in heads:
            if self._is_modifier(end) or any(start < phrase.end for phrase in found):
                continue
            floor = found[-1].end if found else self._start
            if not self._lexicon.not_with.isdisjoint(low[max(floor, start - 30) : start].split()):
                continue
            numbers = [
                one
                for one in quantities
                if floor <= one.start and one.end <= start and (is_one(one.count) or not self._is_singular(start, end))
            ]
            if numbers and self._is_one_phrase(numbers[-1].end, start):
                number = numbers[-1]
                if len(numbers) > 1 and _OF_WHICH.fullmatch(low, numbers[-2].end, number.start):
                    number = numbers[-2]  # "30 of 36 drones"
                if number.count.high != 0:
                    named = self._name_start(numbers[-1].end)
                    found.append(_Phrase(number.start, end, kind, named, number.count))
            else:
                phrase = self._uncounted(start, end, kind, floor)
                if phrase is not None:
                    found.append(phrase)
        return found

    def _is_singular(self, start: int, end: int) -> bool:
        """Whether the noun means one piece, so that a larger number before it is a name: "a Hermes 450 drone"."""
        return not self._low[start:end].endswith(("s", "craft"))

    def _is_modifier(self, end: int) -> bool:
        """Whether the noun only describes the next one: "drone strikes", "tank crew"."""
        token = self._document.token_at(end - 1)
        if token is None or self._low[end : end + 1] == "-":
            return True
        return token.dep in {"compound", "nmod", "amod"} and token.head > token.index

    def _is_one_phrase(self, start: int, end: int) -> bool:
        between = self._low[start:end]
        parts = between.split()
        return len(parts) <= 6 and not re.search(r"[,;:.!?()]\s", between) and self._lexicon.stops.isdisjoint(parts)

    def _name_start(self, offset: int) -> int:
        skipped = self._lexicon.before_name.match(self._low, offset)
        return skipped.end() if skipped else offset

    def _uncounted(self, start: int, end: int, kind: str, floor: int) -> _Phrase | None:
        """Return one piece ("the helicopter") or several ("tanks") without a number."""
        token = self._document.token_at(start)
        head = self._document.token_at(end - 1)
        if token is None or head is None or head.pos not in {"NOUN", "PROPN"}:
            return None
        left = [
            self._document.tokens[at]
            for at in self._document.children(head.index)
            if at < head.index and self._document.tokens[at].dep in {"det", "poss", "amod", "compound", "nmod"}
        ]
        first = max(floor, min([start, *(one.start for one in left)]))
        several = head.tag in {"NNS", "NNPS"}
        return _Phrase(
            first, end, kind, self._name_start(first), Count(low=2, best=None, high=None) if several else Count(low=1, best=1, high=1)
        )  # fmt: skip


# ---------------------------------------------------------------- whose
def _owner(clauses: Clauses, low: str, phrase: _Phrase, fate: _Fate) -> str | None:
    """Return whose it was, in the words of the text, or None when they do not say."""
    document = clauses.document
    inside = [
        one
        for one in document.entities
        # "a Hermes 450 drone": a name before a number is the maker's.
        if phrase.start <= one.start
        and one.end < phrase.end
        and not low[one.end : one.end + 2].strip().isdigit()
        and low[one.start : one.end] not in _words().makes
    ]
    peoples = [one for one in inside if one.label in {"NORP", "GPE"}]
    after = _OWNER_AFTER.match(low, phrase.end)
    if not peoples and after is not None and (fate.fate == "captured" or after[0].split()[0] != "from"):
        at = after.end()
        peoples = [one for one in document.entities if one.start <= at < one.end and one.label in _NAMES]
    for entity in (*peoples, *(one for one in inside if one.label in _NAMES)):
        return _named(document.text[entity.start : entity.end])
    for word in re.findall(r"[\w-]+", low[phrase.start : phrase.end]):
        if word in _words().owners:
            return str(word)
    verb = document.token_at(fate.start)
    if verb is not None and fate.fate == "lost" and fate.voice == "active":
        for subject in clauses.subjects(verb.index):
            start, end = clauses.phrase(subject)
            if low[start:end] not in _PRONOUNS:
                return _named(document.text[start:end])
    return None


def _named(words_of_it: str) -> str:
    return re.sub(r"['’]s?$", "", _ARTICLE.sub("", words_of_it))
