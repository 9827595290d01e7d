"""How candidates for one name are weighed: additive features, each with a weight and words for a person.

The score of a candidate is a conditional logit (softmax of a weighted sum over the candidates of its name and over "none
of them"). Weights are data, ``resources/places/weights.toml``, with the way they were made.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
import math
import tomllib
from collections.abc import Mapping, Sequence
from typing import Protocol

from geoconflict.geo import distance_m
from geoconflict.models import Place
from geoconflict.places.gazetteer import Candidate

__all__ = [
    "NONE_OF_THEM",
    "NONE_OF_THEM_ASKED",
    "Lookup",
    "contributions",
    "effective_distance_km",
    "name_features",
    "probabilities",
    "same_spot",
    "weights",
]

NONE_OF_THEM = "none"
"""The weight of "no candidate is the place meant", for a name that stands in a report."""
NONE_OF_THEM_ASKED = "none_asked"
"""The same for a name that somebody asks for: that it is a place is then certain."""

_SAME_SPOT_KM = 30.0
"""Two candidates no farther apart tell a reader the same; their probabilities count together."""


class Lookup(Protocol):
    """What resolution needs of a gazetteer."""

    def lookup(self, name: str, *, on: dt.date | None = None) -> tuple[Candidate, ...]:
        """Return the places that bear a name, the most probable first."""
        ...

    def spelled_like(self, name: str) -> Sequence[tuple[str, float]]:
        """Return the folded names that may be `name` written otherwise with their likeness, the most alike first."""
        ...

    def place(self, place_id: str) -> Place | None:
        """Return the place with an id."""
        ...

    def is_within(self, inner: Place, outer: Place) -> bool:
        """Return whether one place lies in another."""
        ...

    def seat_of(self, unit: Place) -> Place | None:
        """Return the town from which a first-level unit is governed, None where that is not known."""
        ...


@functools.cache
def weights() -> Mapping[str, float]:
    """Return the weights of all features."""
    text = (importlib.resources.files("geoconflict") / "resources/places/weights.toml").read_text("utf-8")
    return {name: float(value) for name, value in tomllib.loads(text)["weights"].items()}


def name_features(candidate: Candidate) -> dict[str, float]:
    """Return the features that a candidate has whatever the report says."""
    place = candidate.place
    features = {
        "prior": candidate.prior * 10,
        f"is_{place.kind}": 1.0,
        "primary": float(candidate.is_primary),
        "curated": float(candidate.curated),
        "historical": float(candidate.historical),
        "name_invalid": float(not candidate.name_valid),
        "capital": float(candidate.feature == "PPLC"),
    }
    return {name: value for name, value in features.items() if value}


def contributions(row: Mapping[str, float], weight: Mapping[str, float]) -> dict[str, float]:
    """Return what each feature of a candidate adds to the logarithm of its odds; a feature without a weight adds nothing."""
    return {name: weight.get(name, 0.0) * value for name, value in row.items()}


def probabilities(
    rows: Sequence[Mapping[str, float]],
    weight: Mapping[str, float],
    offsets: Sequence[float],
    none: str = NONE_OF_THEM,
) -> list[float]:
    """Return the probability of each candidate; what is missing to 1 is "none of them".

    Parameters
    ----------
    rows
        The features of each candidate.
    weight
        The weight of each feature; one without a weight does not count.
    offsets
        What each candidate gains besides, in the logarithm of odds.
    none
        The weight that stands for "none of them".
    """
    totals = [
        sum([weight.get(name, 0.0) * value for name, value in row.items()]) + extra
        for row, extra in zip(rows, offsets, strict=True)
    ]
    top = max([*totals, weight[none]])
    shares = [math.exp(total - top) for total in totals]
    whole = sum(shares) + math.exp(weight[none] - top)
    return [share / whole for share in shares]


def effective_distance_km(a: Place, b: Place) -> float:
    """Return the distance between two places, counted from the edges of what their points stand for, in km.

    Settlements are points; areas, lines and larger units reach as far as their radius.
    """
    if abs(a.lat - b.lat) > 25:  # farther than any weight reaches; spares most of the trigonometry
        return 2_800.0
    reach = sum(one.radius_m for one in (a, b) if one.kind in ("area", "line", "water", "admin1", "admin2", "country"))
    return max(0.0, distance_m(a.lon, a.lat, b.lon, b.lat) - reach) / 1000


def same_spot(a: Place, b: Place) -> bool:
    """Return whether two places tell a reader the same: one of them lies at the other, or both are one.

    A town and the district of its name are one spot; a town and the country around it are not.
    """
    if a.place_id == b.place_id:
        return True
    if abs(a.lat - b.lat) > 1.0:  # 111 km, farther than any reach below; spares most of the trigonometry
        return False
    apart = distance_m(a.lon, a.lat, b.lon, b.lat) / 1000
    if apart <= _SAME_SPOT_KM:
        return True
    small = {"settlement", "landmark", "admin2", "admin1"}
    reach = max((one.radius_m / 1000 for one in (a, b) if one.kind in ("admin1", "admin2")), default=0.0)
    return a.kind in small and b.kind in small and apart <= min(reach, 100.0)
