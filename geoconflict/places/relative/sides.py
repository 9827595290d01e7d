"""Which place of a name "X, north of Y" means: the words say a side and no distance, so they choose and never move."""

from __future__ import annotations

import dataclasses
import math

from geoconflict.geo import bearing_deg, distance_m
from geoconflict.models import Place, Resolution, ScoredPlace
from geoconflict.places.relative.grammar import tables
from geoconflict.places.relative.places import is_pointlike, wind_of
from geoconflict.places.relative.words import Phrase

__all__ = ["chosen_by_side"]


def chosen_by_side(one: Resolution, anchor: Place, anchor_score: float, phrase: Phrase) -> Resolution:
    """Return the answer for a placed mention of which a phrase says that it lies to one side of another place.

    Parameters
    ----------
    one
        The mention's answer, with a place and its alternatives.
    anchor, anchor_score
        The place that the side is counted from, and how sure it is.
    phrase
        "north of Y".

    Returns
    -------
    Resolution
        With the place of this name that fits best, at its own point. Where the best one lies far off on another side, the
        name means a place that is not known, and there is none.
    """
    if one.place is None:
        return one
    said = tables()["side"]
    own = ScoredPlace(place=one.place, score=one.score, reasons=one.reasons)
    known = [own, *(other for other in one.alternatives if is_pointlike(other.place))]
    best = max(known, key=lambda other: other.score * _agreement(other.place, anchor, phrase))
    away_km = distance_m(anchor.lon, anchor.lat, best.place.lon, best.place.lat) / 1000
    wind = wind_of(bearing_deg(anchor.lon, anchor.lat, best.place.lon, best.place.lat))
    why = f"the text puts it {phrase.words!r}; it lies {away_km:.0f} km {wind} of {anchor.name}"
    if best is not own:
        score = round(max(best.score, tables()["scores"]["described"] * anchor_score), 4)
        rest = tuple(other for other in one.alternatives if other is not best and other.score <= score)
        return dataclasses.replace(one, place=best.place, score=score, alternatives=rest, reasons=(why, *best.reasons))
    if away_km > said["described_far"] and not _lies_to_side(best.place, anchor, phrase):
        return dataclasses.replace(
            one, place=None, score=0.0, alternatives=(own, *one.alternatives), reasons=(why, *one.reasons)
        )
    return dataclasses.replace(one, reasons=(*one.reasons, why))


def _lies_to_side(place: Place, anchor: Place, phrase: Phrase) -> bool:
    """Return whether a place lies "north of" the anchor, or touches it."""
    turned = bearing_deg(anchor.lon, anchor.lat, place.lon, place.lat) - (phrase.bearing_deg or 0.0)
    off = abs((turned + 180.0) % 360.0 - 180.0)
    touches = distance_m(anchor.lon, anchor.lat, place.lon, place.lat) <= place.radius_m + anchor.radius_m
    return touches or off <= tables()["side"]["described_sector"]


def _agreement(place: Place, anchor: Place, phrase: Phrase) -> float:
    """Return how well a place fits "north of the anchor", 0 to 1: on that side, and rather near than far."""
    said = tables()["side"]
    away_km = distance_m(anchor.lon, anchor.lat, place.lon, place.lat) / 1000
    nearness = max(math.exp(-away_km / said["described_reach"]), said["described_least"])
    return float(nearness * (1.0 if _lies_to_side(place, anchor, phrase) else said["described_against"]))
