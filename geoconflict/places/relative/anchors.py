"""The places that phrases count from, made fit for it: a town instead of its province, no end that lies off its road."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Collection, Sequence

from geoconflict.geo import distance_m
from geoconflict.models import Resolution, ScoredPlace
from geoconflict.places.relative.grammar import tables
from geoconflict.places.relative.places import is_pointlike
from geoconflict.places.relative.words import Phrase, PhraseKind, says_unit
from geoconflict.places.scoring import Lookup
from geoconflict.places.words import UNIT_KINDS

__all__ = ["countable_anchors", "governed"]

_FROM_POINTS = (
    PhraseKind.OFFSET,
    PhraseKind.SIDE,
    PhraseKind.EDGE,
    PhraseKind.BETWEEN,
    PhraseKind.ROAD,
    PhraseKind.FRONT,
)
_CEILING = 0.98
"""As of any answer of resolution."""
_SURER = 0.05
"""By so much one end of a road must be surer than another for that one to be the wrong place."""
_SURE_END = 0.85
"""From this score on an end whose name no other town bears is no wrong place, however far off it lies: the road is that long."""


def governed(phrase: Phrase) -> list[int]:
    """Return the mentions that a phrase governs, in text order."""
    if phrase.kind in (PhraseKind.BETWEEN, PhraseKind.ROAD) and phrase.other is not None:
        return [phrase.index, *phrase.via, phrase.other]
    return [phrase.index]


def countable_anchors(
    anchors: Sequence[Resolution],
    phrases: Sequence[Phrase],
    text: str,
    *,
    gazetteer: Lookup,
    on: dt.date | None,
    decided: Collection[int],
) -> tuple[Resolution, ...]:
    """Return the answers that phrases count from.

    Where a point is asked for and the answer is a province or an area, it is the town of that name in it; a town takes the
    share of the province of its name. Of a road whose
    ends lie too far apart, the end that is less sure has no place: no road joins it to the other.
    """
    found = list(anchors)
    for phrase in phrases:
        if phrase.kind in _FROM_POINTS:
            for index in governed(phrase):
                if index not in decided:
                    found[index] = _town(found[index], text, gazetteer, on)
        if phrase.kind is PhraseKind.ROAD:
            _drop_far_end(found, [index for index in governed(phrase) if index not in decided])
    return tuple(found)


def _town(one: Resolution, text: str, gazetteer: Lookup, on: dt.date | None) -> Resolution:
    area = one.place
    if area is not None and area.kind == "settlement":
        around = [other for other in one.alternatives if other.place.kind in UNIT_KINDS]
        shared = sum(other.score for other in around if gazetteer.is_within(area, other.place))
        return dataclasses.replace(one, score=round(min(one.score + shared, max(one.score, _CEILING)), 4))
    if area is None or area.kind not in UNIT_KINDS or is_pointlike(area):
        return one
    if says_unit(text, one.toponym.end):
        return one
    towns = [
        other
        for other in gazetteer.lookup(one.toponym.surface, on=on)
        if other.place.kind == "settlement" and other.name_valid and gazetteer.is_within(other.place, area)
    ]
    if not towns:
        return one
    town = max(towns, key=lambda other: (other.prior, other.place.place_id)).place
    why = f"counted from the town {town.name}, not from the area that bears its name"
    return dataclasses.replace(one, place=town, reasons=(why, *one.reasons))


def _drop_far_end(found: list[Resolution], indexes: Sequence[int]) -> None:
    ends = [(index, place) for index in indexes if (place := found[index].place) is not None and is_pointlike(place)]
    length = sum(distance_m(a.lon, a.lat, b.lon, b.lat) for (_, a), (_, b) in itertools.pairwise(ends))
    if length <= 1000 * tables()["road"]["doubtful"]:
        return
    weak, place = min(ends, key=lambda end: found[end[0]].score)
    one = found[weak]
    may_be_namesake = any(other.place.kind == "settlement" for other in one.alternatives)
    is_sure = one.score >= _SURE_END and not may_be_namesake
    if is_sure or one.score + _SURER > max(found[index].score for index, _ in ends):
        return
    why = f"no {one.toponym.surface} that is known lies on one road with the other end"
    others = (ScoredPlace(place=place, score=one.score, reasons=one.reasons), *one.alternatives)
    found[weak] = dataclasses.replace(one, place=None, alternatives=others, reasons=(why, *one.reasons))
