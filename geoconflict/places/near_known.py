"""Villages that no source has, where the text says what town they lie near: "the village of X, near Y", "Y and nearby X"."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from geoconflict.models import Place, PlacePrecision, Resolution, Role
from geoconflict.places.names import fold
from geoconflict.places.nearness import Beside
from geoconflict.places.relative.grammar import tables
from geoconflict.places.relative.places import near_place
from geoconflict.places.words import UNIT_KINDS, facility_reach
from geoconflict.places.words import kind_words as known_kinds

__all__ = ["placed_near"]

_SHARE = 0.8
"""Of the town's score: what a phrase that stands in for an unknown name is worth, as with "10 km north of"."""
_SPEAKING = frozenset({Role.ACTOR_METONYM, Role.ORIGIN})
_TOWNS = ("settlement", "landmark")
_WIDE_M = 40_000.0
_SHARP = (PlacePrecision.EXACT, PlacePrecision.TOWN)


def placed_near(
    resolutions: Sequence[Resolution], besides: Iterable[Beside], min_score: float, *, kind_words: Sequence[str] = ()
) -> list[Resolution]:
    """Return the answers, an unplaced name that lies near a placed town taken to the ground around that town.

    Parameters
    ----------
    resolutions
        One for each mention, in the order that `besides` counts them in.
    besides
        What the text says lies by what.
    min_score
        Below this score a name stays without a place.
    kind_words
        For each mention the folded word of kind beside it; mountains, rivers and districts reach too far to stand for.
    """
    answers = list(resolutions)
    for beside in besides:
        one = resolutions[beside.index]
        if (
            one.place is not None
            or one.toponym.role in _SPEAKING
            or beside.is_on_road
            or (kind_words and _is_wide(kind_words[beside.index]))
        ):
            continue
        for at in reversed(beside.others):  # the one named last before "nearby" is the likeliest
            town = resolutions[at]
            around = _ground_around(town)
            if around is None:
                continue
            score = round(_SHARE * town.score, 4)
            if score >= max(min_score, answers[beside.index].score):
                why = (
                    f"{one.toponym.surface!r} is not known there; this is the ground around {around.name}, which the "
                    f"text says it lies near ({beside.phrase!r})"
                )
                fewer = tuple(other for other in one.alternatives if other.score <= score)
                answers[beside.index] = dataclasses.replace(
                    one, place=around, score=score, alternatives=fewer, reasons=(why, *one.reasons)
                )
            break
    return answers


def _is_wide(word: str) -> bool:
    """Return whether what is called so reaches farther than the ground around a town: "the X mountains near Y"."""
    if word in facility_reach():
        return facility_reach()[word] >= _WIDE_M
    return word in known_kinds() and not {"water", "admin1"}.isdisjoint(known_kinds()[word])


def _ground_around(town: Resolution) -> Place | None:
    """Return the ground around a town; the place itself where it is that already, or the unit that stands for the town."""
    place = town.place
    if place is None or place.precision is PlacePrecision.NEAR:
        return place
    if place.kind in UNIT_KINDS and fold(town.toponym.surface) not in fold(place.name):
        return place
    if place.kind not in _TOWNS or place.precision not in _SHARP:
        return None
    found = near_place(place, tables()["near"]["nearby"])
    return found.place if found is not None else None
