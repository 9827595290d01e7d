"""Villages that no source has, where the text says what town they lie near: "the village of X, near Y"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from geoconflict.models import PlacePrecision, Resolution, Role

__all__ = ["placed_near"]

_NEAR = re.compile(r",? (?:near|close to|outside|not far from) (?:the (?:[a-z-]+ ){0,2}(?:of )?)?\Z")
_SHARE = 0.8
"""Of the town's score: what a phrase that stands in for an unknown name is worth, as with "10 km north of"."""
_SPEAKING = frozenset({Role.ACTOR_METONYM, Role.ORIGIN})


def placed_near(resolutions: Sequence[Resolution], text: str, min_score: float) -> list[Resolution]:
    """Return the answers, an unplaced name that lies near the placed town behind it taken to the ground around that town."""
    answers = list(resolutions)
    for at in range(len(answers) - 1):
        one, beside = answers[at], resolutions[at + 1]
        place = beside.place
        if one.place is not None or place is None or place.precision is not PlacePrecision.NEAR:
            continue
        gap = text[one.toponym.end : beside.toponym.start]
        score = round(_SHARE * beside.score, 4)
        if one.toponym.role in _SPEAKING or not _NEAR.fullmatch(gap) or score < min_score:
            continue
        why = f"{one.toponym.surface!r} is not known there; this is the ground around {place.name}, which the text says it lies near"
        answers[at] = dataclasses.replace(one, place=place, score=score, reasons=(why, *one.reasons))
    return answers
