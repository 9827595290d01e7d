"""Which place "X, 10 km north of Y" means: the words describe X, so they choose among the places of its name.

A place of the name that lies where the words say is the one. Where none does, the words bind: X is another place, which is
not known, and the spot that the words tell stands in for it where it is near enough to be worth drawing.
"""

from __future__ import annotations

import dataclasses

from geoconflict.geo import distance_m
from geoconflict.models import Place, Resolution, ScoredPlace
from geoconflict.places.relative.grammar import tables
from geoconflict.places.relative.places import beside_point
from geoconflict.places.relative.sides import chosen_by_side
from geoconflict.places.relative.words import Phrase, PhraseKind

__all__ = ["described"]

_POINTS = ("settlement", "landmark")


def described(
    one: Resolution, anchor: ScoredPlace, phrase: Phrase, *, min_score: float
) -> tuple[Resolution | None, str | None]:
    """Return the answer for a mention that a phrase describes, and what is to be said of the answer that it has.

    Parameters
    ----------
    one
        The answer for the mention so far.
    anchor
        The place that the phrase counts from, one that distances can be counted from.
    phrase
        "10 km north of Y", "north of Y".
    min_score
        Below this score nothing stands in for a place that is not known.

    Returns
    -------
    tuple
        The answer, None where it stays; and a reason to add, None where there is nothing to say.
    """
    if phrase.kind is PhraseKind.OFFSET and phrase.high_km > tables()["offset"]["longest"]:
        return _from_afar(one, anchor, phrase)
    found = beside_point(anchor.place, phrase)
    words = f"the text puts it at {phrase.words!r}"
    if one.place is None:
        return _stand_in(one, anchor, phrase, found, f"{one.toponym.surface!r} itself is not known", min_score), None
    if phrase.kind is PhraseKind.SIDE:
        return chosen_by_side(one, anchor.place, anchor.score, phrase), None
    apart_km = _apart_km(found, one.place.lon, one.place.lat)
    if apart_km * 1000 <= _tolerance_m(found):
        return None, f"{words}; it lies {apart_km:.0f} km from there"
    fitting = [
        other
        for other in one.alternatives
        if _apart_km(found, other.place.lon, other.place.lat) * 1000 <= _tolerance_m(found)
    ]
    if fitting:
        score = round(max(fitting[0].score, tables()["scores"]["described"] * anchor.score), 4)
        rest = tuple(other for other in one.alternatives if other is not fitting[0] and other.score <= score)
        reasons = (words, *fitting[0].reasons)
        chosen = fitting[0].place
        return dataclasses.replace(one, place=chosen, score=score, alternatives=rest, reasons=reasons), None
    # The words bind: another place of this name far away is not the one meant.
    why = f"the {one.place.name} that is known lies {apart_km:.0f} km from there"
    if one.place.kind in _POINTS and _contradicts(phrase, apart_km):
        return _stand_in(one, anchor, phrase, found, why, min_score) or _not_it(one, one.place, words, why), None
    near = one.place.kind in _POINTS and phrase.high_km <= tables()["offset"]["described_longest"]
    if near and anchor.score >= one.score and (answer := _stand_in(one, anchor, phrase, found, why, min_score)):
        return answer, None
    return None, f"{words}, but it lies {apart_km:.0f} km from there"


def _from_afar(one: Resolution, anchor: ScoredPlace, phrase: Phrase) -> tuple[Resolution | None, str | None]:
    """Let "400 km west of Y" refuse a place of the name that is nowhere near; nothing is counted so far."""
    words = f"the text says {phrase.words!r}"
    if one.place is not None and one.place.kind in _POINTS:
        away_km = distance_m(anchor.place.lon, anchor.place.lat, one.place.lon, one.place.lat) / 1000
        if _contradicts(phrase, abs(away_km - phrase.high_km)):
            return _not_it(
                one, one.place, words, f"the {one.place.name} that is known lies {away_km:.0f} km from there"
            ), None
    return None, f"{words}: too far to count from {anchor.place.name}"


def _stand_in(
    one: Resolution, anchor: ScoredPlace, phrase: Phrase, found: ScoredPlace, why: str, min_score: float
) -> Resolution | None:
    """Return the spot that a phrase tells for a mention of whose name no place fits; None where that is not sure enough."""
    score = round(tables()["scores"]["described"] * anchor.score, 4)
    if score < min_score:
        return None
    named = dataclasses.replace(found.place, name=f"{one.toponym.surface}, {found.place.name}")
    reasons = (f"the text puts it at {phrase.words!r}", why, *one.reasons)
    return dataclasses.replace(one, place=named, score=score, alternatives=(), reasons=reasons)


def _not_it(one: Resolution, place: Place, *reasons: str) -> Resolution:
    """Return an answer without a place: the one that bears the name is not where the text says."""
    own = ScoredPlace(place=place, score=one.score, reasons=one.reasons)
    others = (own, *one.alternatives)
    return dataclasses.replace(one, place=None, score=0.0, alternatives=others, reasons=(*reasons, *one.reasons))


def _contradicts(phrase: Phrase, off_km: float) -> bool:
    """Return whether a place lies so far from where a phrase puts it that no rough figure explains it."""
    said = tables()["offset"]
    return bool(off_km > max(phrase.high_km * said["described_off"], said["described_longest"]))


def _apart_km(found: ScoredPlace, lon: float, lat: float) -> float:
    return distance_m(found.place.lon, found.place.lat, lon, lat) / 1000


def _tolerance_m(found: ScoredPlace) -> float:
    return 2 * found.place.radius_m + 5_000.0
