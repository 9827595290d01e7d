"""Places that are not points: what a phrase makes of the place that its name means.

"10 km north of X" is a point ten kilometres off with a radius, "between X and Y" the ground between the two, "the X-Y
road" a straight corridor, "northern X" a part of an area, "the Iranian border" a line. The phrases are read by
:mod:`geoconflict.places.relative.words`; here they meet the places that resolution chose. Nothing becomes sharper than
what it is counted from, and what cannot be derived stays as it was, with the reason. docs/places.md has the table.
"""

from __future__ import annotations

import bisect
import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from geoconflict.geo import distance_m
from geoconflict.models import Place, PlacePrecision, Relation, Resolution, ScoredPlace, Toponym
from geoconflict.places.names import fold
from geoconflict.places.relative.anchors import countable_anchors, governed
from geoconflict.places.relative.border_places import BORDER_PREFIX, place_borders
from geoconflict.places.relative.described import described
from geoconflict.places.relative.grammar import direction_of, tables
from geoconflict.places.relative.places import (
    FACILITY_PREFIX,
    beside_line,
    beside_point,
    between_places,
    is_pointlike,
    lie_at_one_spot,
    line_stretch,
    near_place,
    part_place,
    wind_of,
)
from geoconflict.places.relative.words import Phrase, PhraseKind, read_phrases
from geoconflict.places.scoring import Lookup
from geoconflict.places.words import generic_lines

__all__ = ["place_relatives"]

_PREFIX = "relative:"
_AREAS = ("area", "admin1", "admin2", "country")
_OFF = (PhraseKind.OFFSET, PhraseKind.SIDE, PhraseKind.EDGE)
_CONTAINED = re.compile(r"\s*,\s*|\s+in\s+(?:the\s+)?")
_PART_BEHIND = re.compile(r"\s*,\s*(?:in\s+)?(?:the\s+)?[\w-]+\s+(?:of\s+)?")
_TOLD_FOR_ALL = 20
"""Phrases that say where one name lies and count for all its mentions; of a text that is made of them each counts for its own."""
_LONGEST_PART = 40
_LONGEST_CONTAINMENT = 11
_HOLDS = ("area", "admin1", "country", "line", "water")
"""Kinds of place that a distance from another does not describe: "in the X region, 10 km north of Y"."""


def place_relatives(
    answers: Sequence[Resolution],
    text: str,
    *,
    gazetteer: Lookup,
    published_on: dt.date | None = None,
    min_score: float = 0.5,
    decided: Collection[int] = (),
    peoples: Mapping[str, int] | None = None,
) -> tuple[Resolution, ...]:
    """Return the answers with the places of relative phrases in the place of those that they are counted from.

    Parameters
    ----------
    answers
        One for each mention of a report, in the order of the mentions.
    text
        The report.
    gazetteer
        Where lines such as "the front" are looked up.
    published_on
        Lines are taken as they stood on this day.
    min_score
        Below this score a derived place is left out.
    decided
        Mentions that the user's overrides decide; they stay as they are.
    peoples
        How often the report names the people of each country (ISO 3166-1 alpha-3).
    """
    return _Reading(
        tuple(answers), text, gazetteer, published_on, min_score, frozenset(decided), peoples or {}
    ).placed()


class _Reading:
    def __init__(
        self,
        answers: tuple[Resolution, ...],
        text: str,
        gazetteer: Lookup,
        published_on: dt.date | None,
        min_score: float,
        decided: frozenset[int],
        peoples: Mapping[str, int],
    ) -> None:
        self.text = text
        self.gazetteer = gazetteer
        self.published_on = published_on
        self.min_score = min_score
        self.decided = decided
        self.anchors = place_borders(answers, text, decided=decided, peoples=peoples, min_score=min_score)
        """The places that phrases are counted from."""
        self.answers = list(self.anchors)
        self._mentions: dict[str, list[int]] = {}
        for at, one in enumerate(self.anchors):
            self._mentions.setdefault(fold(one.toponym.surface), []).append(at)
        self._n_told: Counter[str] = Counter()
        self._ends = sorted((one.toponym.end, at) for at, one in enumerate(self.anchors))

    def placed(self) -> tuple[Resolution, ...]:
        toponyms = [one.toponym for one in self.anchors]
        lines = {at for at, one in enumerate(self.anchors) if one.place is not None and one.place.kind == "line"}
        taken = set()
        phrases = tuple(dict.fromkeys(read_phrases(self.text, toponyms, lines=lines)))
        self.anchors = countable_anchors(
            self.anchors, phrases, self.text, gazetteer=self.gazetteer, on=self.published_on, decided=self.decided
        )
        self.answers = [one if one.place is None else old for one, old in zip(self.anchors, self.answers, strict=True)]
        for phrase in phrases:
            for index in governed(phrase):
                taken.add(index)
                if index not in self.decided and not self._is_relative(index):
                    self._place(index, phrase)
        for index, toponym in enumerate(toponyms):
            if index in taken or index in self.decided or self._is_relative(index):
                continue
            self._by_own_words(index, toponym)
        return tuple(self.answers)

    def _is_relative(self, index: int) -> bool:
        place = self.anchors[index].place
        return (
            place is not None
            and place.place_id.startswith(_PREFIX)
            and not place.place_id.startswith((BORDER_PREFIX, FACILITY_PREFIX))
        )

    # ------------------------------------------------------------ one phrase
    def _place(self, index: int, phrase: Phrase) -> None:
        if phrase.describes is not None and phrase.kind in _OFF and self._describes(phrase, phrase.describes):
            return
        anchor = self.anchors[index]
        place = anchor.place
        if place is None:
            self._say(index, f"the text says {phrase.words!r}, but {anchor.toponym.surface} itself could not be placed")
            return
        if phrase.kind is PhraseKind.OFFSET and phrase.high_km > tables()["offset"]["longest"]:
            self._lose(index, f"the text says {phrase.words!r}: too far to count from {anchor.toponym.surface}")
            return
        found: ScoredPlace | None = None
        if phrase.kind in (PhraseKind.BETWEEN, PhraseKind.ROAD):
            found = self._between(index, phrase)
        elif phrase.kind is PhraseKind.STRETCH:
            found = self._stretch_by(index, phrase)
        elif phrase.kind is PhraseKind.FRONT:
            found = self._front(index, phrase)
        elif phrase.kind is PhraseKind.NEAR:
            found = near_place(place, phrase.reach_km)
        elif phrase.kind is PhraseKind.PART or (phrase.kind is PhraseKind.EDGE and place.kind in _AREAS):
            found = self._part(place, phrase.bearing_deg or 0.0, at=index)
        elif place.kind == "line":
            beside = beside_line(place, phrase)
            if isinstance(beside, str):
                self._say(index, f"the text says {phrase.words!r}; {beside}")
            else:
                found = beside
        elif is_pointlike(place):
            found = beside_point(place, phrase)
        else:
            self._say(index, f"the text says {phrase.words!r}; {place.name} is too large to count from")
        if found is not None:
            self._take(index, found, f"the text says {phrase.words!r}")
        if phrase.named is not None and not self._holds(phrase.named):
            self._describes(phrase, phrase.named)

    def _holds(self, index: int) -> bool:
        place = self.anchors[index].place
        return place is not None and place.kind in _HOLDS

    def _take(self, index: int, found: ScoredPlace, why: str) -> None:
        """Set a derived place; `found.score` is what is kept of the anchor's score."""
        anchor = self.anchors[index]
        score = round(anchor.score * found.score, 4)
        reasons = (why, *found.reasons, *anchor.reasons)
        if score < self.min_score:
            unsure = f"not sure enough: {found.place.name} has {score:.2f}, {self.min_score:.2f} is asked for"
            self.answers[index] = dataclasses.replace(anchor, place=None, score=score, reasons=(unsure, *reasons))
            return
        kept = tuple(
            one for one in anchor.alternatives if one.score <= score and one.place.place_id != found.place.place_id
        )
        self.answers[index] = dataclasses.replace(
            anchor, place=found.place, score=score, alternatives=kept, reasons=reasons
        )

    def _say(self, index: int, reason: str) -> None:
        one = self.answers[index]
        self.answers[index] = dataclasses.replace(one, reasons=(*one.reasons, reason))

    def _lose(self, index: int, reason: str) -> None:
        """Leave a mention without a place: what happened is not where its name lies, and nobody can say where it is."""
        one = self.answers[index]
        self.answers[index] = dataclasses.replace(one, place=None, reasons=(*one.reasons, reason))

    # ------------------------------------------------------------ two names
    def _between(self, index: int, phrase: Phrase) -> ScoredPlace | None:
        ends = [self.anchors[at] for at in governed(phrase)]
        own = self.anchors[index].place
        if own is None:
            return None
        places = [one.place for one in ends if one.place is not None]
        lost = [f"{one.toponym.surface}, the other end, could not be placed" for one in ends if one.place is None]
        if len(places) < 2:
            if not is_pointlike(own):
                return None
            near = near_place(own, tables()["near_else"]["reach"] * 2)
            return _with_reason(near, lost[0]) if lost else near
        found = between_places(places, is_road=phrase.kind is PhraseKind.ROAD)
        if isinstance(found, str):
            if "country" not in (places[0].kind, places[1].kind):  # talks and wars are between countries
                # What happened on so long a road is at neither end of it.
                is_long_road = phrase.kind is PhraseKind.ROAD and all(map(is_pointlike, places))
                say = self._lose if is_long_road and not lie_at_one_spot(places) else self._say
                say(index, f"the text says {phrase.words!r}; {found}")
            return None
        found = dataclasses.replace(
            found, reasons=(*found.reasons, *(why.replace("the other end", "on it") for why in lost))
        )
        weakest = min(one.score for one in ends if one.place is not None)
        if weakest < self.anchors[index].score:
            return dataclasses.replace(found, score=found.score * weakest / (self.anchors[index].score or 1.0))
        return found

    def _stretch_by(self, index: int, phrase: Phrase) -> ScoredPlace | None:
        line = self.anchors[index].place
        by = self.anchors[phrase.other].place if phrase.other is not None else None
        if line is None or by is None or not is_pointlike(by):
            return None
        found = line_stretch(line, by)
        if found is None:
            self._say(index, f"the text says {phrase.words!r}; no part of {line.name} that is known lies by {by.name}")
        return found

    def _part(self, area: Place, bearing: float, *, at: int) -> ScoredPlace | None:
        """Return a part of an area: the one that the gazetteer knows by such a name, or else the half in that direction.

        Where the area itself stands for its part, that is said of mention `at`.
        """
        found = part_place(area, bearing)
        if found is None:
            return None
        if f"{wind_of(bearing)}ern" in fold(area.name).split():
            self._say(at, f"{area.name} is that part")
            return None
        if area.geometry.startswith("POINT") and self._tells_where(at):
            self._say(at, f"{wind_of(bearing)}ern {area.name} only tells where the place before it lies")
            return None
        for one in self.gazetteer.lookup(f"{wind_of(bearing)}ern {area.name}", on=self.published_on):
            same_land = self.gazetteer.is_within(one.place, area) or (
                area.country is not None and one.place.country == area.country
            )
            if one.place.kind in _AREAS and one.place.place_id != area.place_id and one.name_valid and same_land:
                return ScoredPlace(
                    place=one.place, score=tables()["scores"]["part"], reasons=("a region of this name is known",)
                )
        if found.place is area:
            self._say(at, found.reasons[0])
            return None
        return found

    def _tells_where(self, at: int) -> bool:
        """Return whether "Y, northern X" names the area X only to say where Y lies."""
        start = self.anchors[at].toponym.start
        return any(
            _PART_BEHIND.fullmatch(self.text[self.anchors[other].toponym.end : start])
            for other in self._just_before(start, _LONGEST_PART)
        )

    def _just_before(self, offset: int, most: int) -> list[int]:
        """Return the mentions that end at most so many code points before `offset`, in their order."""
        first = bisect.bisect_left(self._ends, (offset - most, 0))
        last = bisect.bisect_right(self._ends, (offset, len(self._ends)))
        return sorted(at for _, at in self._ends[first:last])

    def _front(self, index: int, phrase: Phrase) -> ScoredPlace | None:
        place = self.anchors[index].place
        if place is None or not is_pointlike(place):
            return None
        lines = [one.place for one in self.anchors if one.place is not None and one.place.kind == "line"]
        if not lines:
            known = {
                one.place.place_id: one.place
                for name in generic_lines()
                for one in self.gazetteer.lookup(name, on=self.published_on)
                if one.place.kind == "line" and one.name_valid
            }
            lines = [known[key] for key in sorted(known)]
        stretches = [found for line in lines if (found := line_stretch(line, place)) is not None]
        if stretches:
            best = min(stretches, key=lambda one: _apart_m(one, place.lon, place.lat))
            return dataclasses.replace(best, score=tables()["scores"]["front"])
        why = "no line that was there on that day lies by it"
        return _with_reason(near_place(place, phrase.reach_km), why)

    # ------------------------------------------------------------ phrases that only describe
    def _describes(self, phrase: Phrase, index: int) -> bool:
        """Use a phrase for the mention whose place it tells; return whether it does tell one's."""
        index = self._inner(index)
        one, anchor = self.anchors[index], self.anchors[phrase.index]
        if self._is_relative(index):  # it already is what the words made of it
            return True
        if index in self.decided or (one.place is not None and one.place.kind in _HOLDS):
            return self._describes_area(phrase, one.place)
        if anchor.place is None or not is_pointlike(anchor.place):
            return one.place is not None
        counted_from = ScoredPlace(place=anchor.place, score=anchor.score)
        answer, reason = described(one, counted_from, phrase, min_score=self.min_score)
        if answer is not None:
            self._for_all(index, answer)
        if reason is not None:
            self._say(index, reason)
        if phrase.kind is not PhraseKind.OFFSET or phrase.high_km <= tables()["offset"]["longest"]:
            self._say(phrase.index, f"the text says {phrase.words!r} of {one.toponym.surface}")
        return True

    def _describes_area(self, phrase: Phrase, area: Place | None) -> bool:
        """Return whether "A province, north of X" tells where a province or an area lies: X is then no part of it."""
        anchor = self.anchors[phrase.index].place
        is_area = area is not None and area.kind in ("admin1", "area") and phrase.kind is PhraseKind.SIDE
        if area is None or anchor is None or not is_area or self.gazetteer.is_within(anchor, area):
            return False
        self._say(phrase.index, f"the text says {phrase.words!r} of {area.name}")
        return True

    def _inner(self, index: int) -> int:
        """Return the mention that a container belongs to: "X, Y, 10 km north of Z" tells where X lies."""
        outer = self.anchors[index]
        if outer.place is None or outer.place.kind not in _HOLDS:
            return index
        for at in self._just_before(outer.toponym.start, _LONGEST_CONTAINMENT):
            if _CONTAINED.fullmatch(self.text[self.anchors[at].toponym.end : outer.toponym.start]):
                return at
        return index

    def _for_all(self, index: int, answer: Resolution) -> None:
        """Give an answer to every mention of the same name that has had the same one; told very often, to its own alone."""
        old = self.anchors[index]
        name = fold(old.toponym.surface)
        self._n_told[name] += 1
        for at in self._mentions[name] if self._n_told[name] <= _TOLD_FOR_ALL else (index,):
            if at not in self.decided and self.anchors[at].place == old.place == self.answers[at].place:
                self.answers[at] = dataclasses.replace(answer, toponym=self.anchors[at].toponym)

    # ------------------------------------------------------------ mentions that no phrase governs
    def _by_own_words(self, index: int, toponym: Toponym) -> None:
        place = self.answers[index].place
        if place is None:
            return
        head, _, rest = toponym.surface.partition(" ")
        if rest and head.casefold().endswith("ern") and place.kind in _AREAS and (named := direction_of(head)):
            known = {one.place.place_id for one in self.gazetteer.lookup(toponym.surface, on=self.published_on)}
            if place.place_id not in known and fold(head) not in fold(place.name).split():
                found = self._part(place, named[0], at=index)
                if found is not None:
                    self._take(index, found, f"the text says {toponym.surface!r}")
        elif toponym.relation is Relation.NEAR and place.precision in (PlacePrecision.EXACT, PlacePrecision.TOWN):
            found = near_place(place, tables()["near_else"]["reach"])
            if found is not None:
                self._take(index, found, "the sentence puts what happened near it")


def _with_reason(found: ScoredPlace | None, why: str) -> ScoredPlace | None:
    return dataclasses.replace(found, reasons=(*found.reasons, why)) if found is not None else None


def _apart_m(found: ScoredPlace, lon: float, lat: float) -> float:
    return distance_m(found.place.lon, found.place.lat, lon, lat)
