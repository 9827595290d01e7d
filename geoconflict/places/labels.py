"""Under which name a place is shown: the one that reports use, where that is another than the gazetteer's main name.

GeoNames' main name of a town may be a transliteration that no report prints. Names entered by hand stay, for those were
chosen: so do countries, whose abbreviations and short names are no labels.
"""

from __future__ import annotations

import dataclasses

from geoconflict.models import Resolution
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.names import fold

__all__ = ["as_reported"]

_KINDS = ("settlement", "admin1", "admin2", "landmark")
_SHORTEST = 3
"""Letters; a shorter name is mostly a code or an abbreviation."""


def as_reported(answer: Resolution, candidate: Candidate) -> Resolution:
    """Return an answer whose place bears the name by which the report means it, as the gazetteer spells that.

    Parameters
    ----------
    answer
        With the place of `candidate`.
    candidate
        The place as the gazetteer found it by the report's name.
    """
    place, name = candidate.place, candidate.matched_name
    is_label = len(name) > _SHORTEST and name[:1].isupper() and not name.isupper()
    if candidate.curated or place.kind not in _KINDS or not is_label or not candidate.name_valid:
        return answer
    words = fold(name).split()
    if fold(name) != fold(answer.toponym.surface) or set(words) <= set(fold(place.name).split()):
        return answer  # "X" of "X County" is no other spelling
    why = f"shown as {name}, as the report calls it; the gazetteer's main name is {place.name}"
    return dataclasses.replace(answer, place=dataclasses.replace(place, name=name), reasons=(*answer.reasons, why))
