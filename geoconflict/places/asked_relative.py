"""Names asked for that are phrases: "10 km north of X", "between X and Y", "the X border", read as a report's are.

A name has no language model's mentions. Here its words are tried as mentions until the grammar of
:mod:`geoconflict.places.relative.words` takes the whole of it for one phrase; the names in it are asked for one by one, and
:mod:`geoconflict.places.relative` makes of their places what it makes of a report's.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import itertools
import math
import re
from collections.abc import Callable, Iterator, Sequence

from geoconflict.geo import distance_m
from geoconflict.models import Place, Resolution, Role, ScoredPlace, Toponym
from geoconflict.places.answers import Answer, Found, NotFound, Unavailable
from geoconflict.places.asked_borders import border_layout, is_border
from geoconflict.places.names import fold
from geoconflict.places.relative.grammar import direction_of, tables
from geoconflict.places.relative.placing import place_relatives
from geoconflict.places.relative.words import Phrase, PhraseKind, read_phrases
from geoconflict.places.scoring import Lookup
from geoconflict.places.words import kind_words

__all__ = ["Ask", "relative_answer"]

Ask = Callable[[str], Answer]
"""Asks for a name as it stands."""
Spans = tuple[tuple[int, int], ...]

_LONGEST = 16
"""Words; a longer text is no name."""
_LONGEST_LEAD = 40
"""Characters before "between X and Y" that say what lies there: "Highway 1", "a bridge"."""
_CANDIDATES = 4
"""Places of each name that are weighed with those of the others."""
_NEAR_KM = 100.0
_LEAST_NEARNESS = 1e-4
_DASH = re.compile(r"\s?[-\u2010-\u2014/]\s?")
_JOIN = re.compile(r"\s+(?:and|to|with|towards?)\s+", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"^(?P<before>[^()]+?)\s*\((?P<inside>[^()]+)\)$")
_PARTED = re.compile(r"[,()]")
"""Of a name with these the gazetteer also looks up a part."""
_IN = re.compile(r",?\s+in\s+(?:the\s+)?(?=[^\W\d_])")


def relative_answer(
    name: str,
    ask: Ask,
    *,
    gazetteer: Lookup,
    on: dt.date | None = None,
    min_score: float = 0.5,
    given: Callable[[], Sequence[Place]] = tuple,
) -> Answer | None:
    """Return the place of a name that is a phrase about other names, or why it has none; None where it is no such phrase.

    Parameters
    ----------
    name
        As somebody asks for it.
    ask
        Asks for the names in it.
    gazetteer
        Where names, lines and parts of areas are looked up.
    on
        Lines and names are taken as they stood on this day.
    min_score
        Below this score, 0 to 1, there is no place.
    given
        Gives the places that the question names besides, such as its country: they tell which neighbour's border is meant.
    """
    text = " ".join(name.split())
    if not _PARTED.search(text) and any(one.name_valid for one in gazetteer.lookup(text, on=on)):
        return None  # a place bears this name: "Northern Ireland"
    if brackets := _IN_BRACKETS.match(text):
        for part in (brackets["inside"], brackets["before"]):
            found = relative_answer(part, ask, gazetteer=gazetteer, on=on, min_score=min_score, given=given)
            if found is not None:
                return found
        return None
    asked = _Asked(text, ask, gazetteer, on, min_score, given)
    return asked.of_border() or asked.of_phrase()


class _Asked:
    def __init__(
        self,
        text: str,
        ask: Ask,
        gazetteer: Lookup,
        on: dt.date | None,
        min_score: float,
        given: Callable[[], Sequence[Place]],
    ) -> None:
        self.text = text
        self.ask = ask
        self.gazetteer = gazetteer
        self.on = on
        self.min_score = min_score
        self.given = given

    def of_border(self) -> Answer | None:
        layout = border_layout(self.text)
        if layout is None:
            return None
        answers = []
        for start, end in layout:
            surface = self.text[start:end]
            if is_border(surface):
                answers.append(_resolution(self.text, start, end, NotFound()))
                continue
            answer = self.ask(surface)
            if isinstance(answer, Unavailable):
                return answer
            answers.append(_resolution(self.text, start, end, answer))
        at = next(index for index, one in enumerate(answers) if is_border(one.toponym.surface))
        placed = self._placed([*answers, *_context(self.given(), self.text)])[at]
        if placed.place is not None:
            return _found(placed)
        lost = [reason for one in answers if one.place is None for reason in one.reasons]
        return NotFound(reasons=(f"{self.text!r}: {placed.reasons[0]}", *lost))

    def of_phrase(self) -> Answer | None:
        first: Answer | None = None
        for spans, phrase in self._readings():
            answer = self._answer(spans, phrase)
            if isinstance(answer, Found | Unavailable):
                return answer
            first = first or answer
        return first

    # ------------------------------------------------------------ where the names stand
    def _readings(self) -> Iterator[tuple[Spans, Phrase]]:
        """Yield the ways to take the whole text for one phrase: the first, and those that leave out more of its plain words."""
        earlier: tuple[int, int] | None = None
        for spans in self._layouts():
            phrase = self._phrase(spans)
            if phrase is None:
                continue
            if earlier is None:
                earlier = spans[0]
                yield spans, phrase
                if len(spans) > 1:
                    return
                continue
            skipped = self.text[earlier[0] : spans[0][0]]
            if len(spans) == 1 and spans[0][1] == earlier[1] and skipped.islower() and not self.text.islower():
                yield spans, phrase

    def _layouts(self) -> Iterator[Spans]:
        words = [match.span() for match in re.finditer(r"\S+", self.text)]
        if not 1 < len(words) <= _LONGEST or not _may_be_phrase(self.text):
            return
        starts, ends = [start for start, _ in words], [end for _, end in words]
        for end, start in itertools.product(reversed(ends), starts):
            if start < end:
                yield from self._joined(start, end)
        for start in starts[1:]:
            if comma := self.text.rfind(", ", 0, start) + 1:
                yield (0, comma - 1), (start, ends[-1])
        for end in (ends[-1], *ends[:-1]):
            yield from (((start, end),) for start in starts if start < end)

    def _joined(self, start: int, end: int) -> Iterator[Spans]:
        """Yield the names that a stretch of text joins by "and", by "to" or by dashes; those that are known first."""
        for join in _JOIN.finditer(self.text, start, end):
            yield (start, join.start()), (join.end(), end)
        dashes = list(_DASH.finditer(self.text, start, end))[:5]
        chains = []
        for count in range(1, len(dashes) + 1):
            for chosen in itertools.combinations(dashes, count):
                at = [start, *(one.end() for one in chosen)]
                to = [*(one.start() for one in chosen), end]
                chains.append(tuple(zip(at, to, strict=True)))
        yield from sorted(chains, key=lambda spans: sum(not self._is_known(*span) for span in spans))

    def _is_known(self, start: int, end: int) -> bool:
        return bool(self.gazetteer.lookup(self.text[start:end], on=self.on))

    def _phrase(self, spans: Spans) -> Phrase | None:
        """Return the phrase that the whole text is, with these names in it, or None."""
        surfaces = [self.text[start:end] for start, end in spans]
        if not all(self._may_be_name(one, is_alone=len(spans) == 1) for one in surfaces):
            return None
        phrases = read_phrases(self.text, [_toponym(self.text, start, end) for start, end in spans])
        governed = {at for one in phrases for at in (one.index, *one.via, one.other, one.describes) if at is not None}
        if not phrases or governed != set(range(len(spans))) or len(set(map(id, phrases))) > len(spans):
            return None
        phrase = phrases[-1]
        at = self.text.find(phrase.words)
        lead, tail = self.text[:at], self.text[at + len(phrase.words) :]
        if phrase.describes is not None:
            lead = ""
        joins = phrase.kind in (PhraseKind.BETWEEN, PhraseKind.ROAD)
        is_lead = (joins and len(lead) <= _LONGEST_LEAD) or all(self._is_plain(word) for word in lead.split())
        return phrase if at >= 0 and is_lead and not tail.strip(" .,") else None

    def _may_be_name(self, surface: str, *, is_alone: bool) -> bool:
        if fold(surface.partition(",")[0]) in {"", *kind_words()}:
            return False
        if self.gazetteer.lookup(surface, on=self.on):
            return True
        if fold(surface.split(maxsplit=1)[0]) in _small_words():
            return False
        return not (is_alone and self._is_phrase(surface)) and (is_alone or not _JOIN.search(surface))

    def _is_plain(self, word: str) -> bool:
        """Return whether a word before a phrase is no name: "a village 10 km north of X"."""
        if word.isdigit() or (word.islower() and not self.text.islower()):
            return True
        return fold(word) in kind_words() or fold(word) in _lead_words()

    def _is_phrase(self, surface: str) -> bool:
        """Return whether a stretch of text is a phrase itself: "outskirts of X"."""
        starts = [match.start() for match in re.finditer(r"\S+", surface)][1:]
        for start in starts:
            phrases = read_phrases(surface, [_toponym(surface, start, len(surface))])
            if phrases and surface.startswith(phrases[0].words):
                return True
        return False

    # ------------------------------------------------------------ the answer
    def _answer(self, spans: Spans, phrase: Phrase) -> Answer:
        names = [self.text[start:end] for start, end in spans]
        asked = self._ask_all(names, together=phrase.describes is None)
        for one in asked:
            if isinstance(one, Unavailable):
                return one
        answers = [_resolution(self.text, start, end, one) for (start, end), one in zip(spans, asked, strict=True)]
        at = phrase.describes if phrase.describes is not None else phrase.index
        anchor, placed = answers[at], self._placed(answers)[at]
        has_ends = phrase.describes is not None or (answers[0].place is not None and answers[-1].place is not None)
        if (
            has_ends
            and placed.place is not None
            and (phrase.describes is not None or placed.reasons[:1] != anchor.reasons[:1])
        ):
            return _found(dataclasses.replace(placed, alternatives=self._other_anchors(answers, at)))
        if anchor.place is not None and phrase.kind is PhraseKind.PART:
            why = f"the text says {phrase.words!r}; no part of {anchor.place.name} is told apart from it"
            said = tuple(reason for reason in placed.reasons if reason not in anchor.reasons)
            return Found(place=anchor.place, score=anchor.score, reasons=(why, *said, *anchor.reasons))
        lost = [
            f"{one.toponym.surface!r}, which {self.text!r} is counted from, could not be placed"
            for one in answers
            if one.place is None
        ]
        why_not = lost or [reason for reason in placed.reasons if reason not in anchor.reasons]
        why_not = why_not or [f"{anchor.toponym.surface!r} is too large for {self.text!r} to be a place"]
        unknown = [reason for one in answers if one.place is None for reason in one.reasons]
        return NotFound(
            alternatives=self._other_anchors(answers, at), reasons=tuple(dict.fromkeys((*why_not, *unknown)))
        )

    def _ask_all(self, names: Sequence[str], *, together: bool) -> list[Answer]:
        """Return the answers for the names of a phrase; those of names that lie by each other, decided together."""
        alone = [self._ask(name) for name in names]
        return _together(alone, self.min_score) if together and len(alone) > 1 else alone

    def _ask(self, name: str) -> Answer:
        answer = self.ask(name)
        if isinstance(answer, NotFound) and not answer.alternatives and (inside := _IN.search(name)):
            within = self.ask(f"{name[: inside.start()]}, {name[inside.end() :]}")
            return answer if isinstance(within, NotFound) else within
        return answer

    def _placed(self, answers: Sequence[Resolution], min_score: float | None = None) -> tuple[Resolution, ...]:
        return place_relatives(
            answers,
            self.text,
            gazetteer=self.gazetteer,
            published_on=self.on,
            min_score=self.min_score if min_score is None else min_score,
        )

    def _other_anchors(self, answers: Sequence[Resolution], at: int) -> tuple[ScoredPlace, ...]:
        """Return what the phrase would mean, were it counted from the other places of its one name."""
        if len(answers) > 1:
            return ()
        found = []
        for other in answers[at].alternatives:
            anchor = dataclasses.replace(answers[at], place=other.place, score=other.score, alternatives=())
            placed = self._placed([anchor], min_score=0.0)[0]
            if placed.place is not None and placed.place != other.place:
                found.append(ScoredPlace(place=placed.place, score=placed.score, reasons=placed.reasons))
        return tuple(found)


def _together(alone: Sequence[Answer], min_score: float) -> list[Answer]:
    """Return the answers for names of which the phrase says that they lie by each other: those near each other are meant."""
    choices = []
    for one in alone:
        places = [ScoredPlace(place=one.place, score=one.score, reasons=one.reasons)] if isinstance(one, Found) else []
        places += [] if isinstance(one, Unavailable) else list(one.alternatives)
        choices.append(places[:_CANDIDATES])
    if not all(choices):
        return list(alone)
    weights = {
        chosen: math.prod(choices[at][number].score for at, number in enumerate(chosen))
        * math.prod(
            _nearness(choices[at][one].place, choices[at + 1][two].place)
            for at, (one, two) in enumerate(itertools.pairwise(chosen))
        )
        for chosen in itertools.product(*(range(len(places)) for places in choices))
    }
    total = sum(weights.values())
    best = max(weights, key=lambda chosen: (weights[chosen], [-number for number in chosen]))
    if total <= 0.0:
        return list(alone)
    answers: list[Answer] = []
    for at, places in enumerate(choices):
        share = sum(weight for chosen, weight in weights.items() if chosen[at] == best[at]) / total
        score = round(share * min(1.0, sum(one.score for one in places)), 4)
        taken, rest = places[best[at]], tuple(one for number, one in enumerate(places) if number != best[at])
        if score < min_score:
            unsure = f"which {taken.place.name} is meant cannot be told"
            answers.append(NotFound(alternatives=tuple(places), reasons=(unsure,)))
        else:
            reasons = taken.reasons if best[at] == 0 else ("it lies by the other place of the phrase", *taken.reasons)
            answers.append(Found(place=taken.place, score=score, alternatives=rest, reasons=reasons))
    return answers


def _nearness(one: Place, other: Place) -> float:
    apart_km = distance_m(one.lon, one.lat, other.lon, other.lat) / 1000
    return max(math.exp(-apart_km / _NEAR_KM), _LEAST_NEARNESS)


def _may_be_phrase(text: str) -> bool:
    """Return whether a text holds a word that a phrase cannot do without; most names hold none, and this is soon seen."""
    words = [word.lstrip("0123456789.,") for word in re.split(r"[\s\-\u2010-\u2014/]+", text.casefold())]
    return any(word in _telling_words() or direction_of(word) is not None for word in words)


@functools.cache
def _telling_words() -> frozenset[str]:
    words = tables()
    groups = (words["units"], words["near"], words["near_after"], words["front"]["words"], words["between"]["words"])
    roads = (words["road"]["nouns"], words["road"]["line_nouns"], words["edges"]["words"])
    return (
        frozenset(word for group in (*groups, *roads) for phrase in group for word in phrase.split()) - _small_words()
    )


def _small_words() -> frozenset[str]:
    return frozenset(tables()["asked"]["small"])


def _lead_words() -> frozenset[str]:
    return frozenset([*tables()["asked"]["lead"], *tables()["asked"]["small"], *tables()["describes"]["named"]])


def _toponym(text: str, start: int, end: int) -> Toponym:
    return Toponym(start=start, end=end, surface=text[start:end], score=1.0, role=Role.EVENT_PLACE)


def _resolution(text: str, start: int, end: int, answer: Answer) -> Resolution:
    toponym = _toponym(text, start, end)
    if isinstance(answer, Found):
        return Resolution(
            toponym=toponym,
            place=answer.place,
            score=answer.score,
            alternatives=answer.alternatives,
            reasons=answer.reasons,
        )
    others = answer.alternatives if isinstance(answer, NotFound) else ()
    reasons = answer.reasons if isinstance(answer, NotFound) else ()
    return Resolution(toponym=toponym, place=None, score=0.0, alternatives=others, reasons=reasons)


def _context(given: Sequence[Place], text: str) -> list[Resolution]:
    """Return the places that a question names besides, as mentions behind its text."""
    end = len(text)
    return [
        Resolution(
            toponym=Toponym(start=end, end=end, surface=place.name, score=1.0, role=Role.EVENT_PLACE),
            place=place,
            score=1.0,
            reasons=("given with the name",),
        )
        for place in given
    ]


def _found(placed: Resolution) -> Found:
    if placed.place is None:
        raise AssertionError(placed)
    return Found(place=placed.place, score=placed.score, alternatives=placed.alternatives, reasons=placed.reasons)
