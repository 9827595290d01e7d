"""How alike two rows of different data are, and why, in words that a person can check.

The pieces are those that merging weighs too (:mod:`geoconflict.events.likeness`), in the terms that every data set has:
place, days, kind, sides and deaths. Each is 0 to 1; the score is their mean by weight, and what neither side says
does not count.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import numpy.typing as npt

from geoconflict.event_extents import STAND_INS, Days, Places, distances_m
from geoconflict.events.rules import family_of
from geoconflict.models import SUB_EVENT_TYPES, EventType
from geoconflict.shape_distances import nearest_m

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Likeness", "Side", "deaths_agree", "deaths_range", "likeness_of", "type_likeness"]

Agreement = Literal["agrees", "too coarse"]
_VAGUE = STAND_INS | {"admin1"}
"""Precisions that say too little to agree with a town, whatever radius a row states or what is drawn of it."""

_SHARP_M: Final = 10_000.0
_SUB_TYPES: Final = frozenset(sub for subs in SUB_EVENT_TYPES.values() for sub in subs)
_TYPES: Final = frozenset(str(one) for one in EventType)
_VIOLENT: Final = frozenset(
    {EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.RIOTS}
)


@dataclass(frozen=True, slots=True)
class _Rules:
    weights: Mapping[str, float]
    coarse_m: float
    coarse_days: int
    other_names: float
    word_in_common: float
    least_letters: int
    unspecific: frozenset[str]


@functools.cache
def _rules() -> _Rules:
    text = (importlib.resources.files("geoconflict") / "resources/comparing/likeness.toml").read_text("utf-8")
    table = tomllib.loads(text)
    coarse, sides = table["coarse"], table["sides"]
    return _Rules(
        weights=table["weights"],
        coarse_m=coarse["reach_m"],
        coarse_days=coarse["days"],
        other_names=sides["other_names"],
        word_in_common=sides["word_in_common"],
        least_letters=sides["least_letters"],
        unspecific=frozenset(sides["unspecific"]),
    )


@dataclass(frozen=True, slots=True)
class Side:
    """What is compared of one frame, columns beside each other."""

    frame: gpd.GeoDataFrame
    places: Places
    days: Days
    deaths: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]
    """Lowest and highest figure of each row; NaN where it says nothing, infinite where nothing bounds it from above."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the rows of one pair are."""

    score: float
    """0 to 1, four decimals."""
    agreement: Agreement
    """Whether the place and the days of both are sharp enough to say that they agree."""
    distance_km: float
    """Between the two points, or the nearest points of what is drawn."""
    days_apart: int
    """Days between the two spans; 0 where they have a day in common."""
    deaths: str
    """overlap, apart, one says nothing, or neither says anything."""
    reasons: tuple[str, ...]


def deaths_range(frame: gpd.GeoDataFrame) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the lowest and the highest number of people killed of each row; NaN, NaN where it gives none."""
    low, best, high = (frame[f"killed_{name}"].to_numpy("float64", na_value=np.nan) for name in ("low", "best", "high"))
    silent = np.isnan(low) & np.isnan(best) & np.isnan(high)
    lowest = np.where(np.isnan(low), np.where(np.isnan(best), 0.0, best), low)
    highest = np.where(np.isnan(high), np.where(np.isnan(best), np.inf, best), high)
    return np.where(silent, np.nan, lowest), np.where(silent, np.nan, np.maximum(lowest, highest))


def deaths_agree(a: tuple[float, float], b: tuple[float, float]) -> str:
    """Return whether two ranges of deaths overlap; "at least none" says nothing, as ACLED's 0 does."""
    said = [not np.isnan(one[0]) and one != (0.0, np.inf) for one in (a, b)]
    if not all(said):
        return "one says nothing" if any(said) else "neither says anything"
    return "overlap" if max(a[0], b[0]) <= min(a[1], b[1]) else "apart"


def type_likeness(a: tuple[str, str], b: tuple[str, str]) -> tuple[float, str]:
    """Return how alike two kinds of event are, 0 to 1, and in words; each is (event_type, sub_event_type).

    1 the same sub-type, 0.8 sub-types that reports confuse, 0.6 the same type, 0.5 kinds of violence of which one does not
    say how people were attacked (UCDP), 0.4 kinds that one sentence may tell of, or a type that is none of ACLED's and so cannot be
    compared; 0 another kind.
    """
    if a == b or (a[1] == b[1] and a[1]):
        return 1.0, f"the same kind: {a[1] or a[0]}"
    named = f"{a[1] or a[0]} and {b[1] or b[0]}"
    if not {a[0], b[0]} <= _TYPES:
        return 0.4, f"kinds that cannot be compared: {named}"
    if not {a[1], b[1]} <= _SUB_TYPES:
        return _broad(a, b, named)
    mine, others = family_of(EventType(a[0]), a[1]), family_of(EventType(b[0]), b[1])
    if mine == others:
        return 0.8, f"kinds that reports confuse: {a[1]} and {b[1]}"
    if a[0] == b[0]:
        return 0.6, f"the same type: {a[0]} ({a[1]} and {b[1]})"
    if mine.kin == others.kin:
        return 0.4, f"kinds of violence that one event may show: {a[1]} and {b[1]}"
    return 0.0, f"different kinds: {a[1]} and {b[1]}"


def _broad(a: tuple[str, str], b: tuple[str, str], named: str) -> tuple[float, str]:
    """Return how alike two kinds are of which one says no more than a type, as UCDP's do."""
    if a[0] == b[0]:
        return 0.6, f"the same type: {a[0]} ({named})"
    if a[0] in _VIOLENT and b[0] in _VIOLENT:
        return 0.5, f"kinds of violence, one of which does not say how: {named}"
    return 0.0, f"different kinds: {named}"


def likeness_of(left: Side, i: Any, right: Side, j: Any, *, within_m: float) -> list[Likeness]:
    """Return how alike the rows of each pair (i, j) are; the order of the two sides does not matter."""
    distances = distances_m(left.places.lon[i], left.places.lat[i], right.places.lon[j], right.places.lat[j])
    drawn = left.places.drawn[i] | right.places.drawn[j]
    if drawn.any():
        shapes = (left.frame.geometry.to_numpy()[i[drawn]], right.frame.geometry.to_numpy()[j[drawn]])
        distances[drawn] = [nearest_m(a, b) for a, b in zip(*shapes, strict=True)]
    columns = [
        list(
            zip(
                side.frame["event_type"],
                side.frame["sub_event_type"],
                side.frame["place_name"],
                _names(side.frame),
                strict=True,
            )
        )
        for side in (left, right)
    ]
    return [
        _pair(left, int(a), right, int(b), float(metres), within_m, columns[0][a], columns[1][b])
        for a, b, metres in zip(i, j, distances, strict=True)
    ]


def _names(frame: gpd.GeoDataFrame) -> list[frozenset[str]]:
    if "actors" not in frame.columns:
        return [frozenset()] * len(frame)
    return [
        frozenset(name for one in str(names).casefold().split(";") if (name := " ".join(one.split())))
        for names in frame["actors"]
    ]


def _pair(left: Side, a: int, right: Side, b: int, metres: float, within_m: float, mine: Any, theirs: Any) -> Likeness:
    rules = _rules()
    (reach_a, word_a), (reach_b, word_b) = (
        (0.0 if side.places.drawn[at] else float(side.places.radius_m[at]), str(side.places.precision[at]))
        for side, at in ((left, a), (right, b))
    )
    spans = [(int(side.days.first[at]), int(side.days.last[at])) for side, at in ((left, a), (right, b))]
    is_coarse = any(
        word in _VAGUE or float(side.places.radius_m[at]) >= rules.coarse_m
        for side, at, word in ((left, a, word_a), (right, b, word_b))
    )
    is_long = any(last - first > rules.coarse_days for first, last in spans)
    kilometres = metres / 1000
    is_drawn = bool(left.places.drawn[a] or right.places.drawn[b])
    if is_drawn and "country" not in (word_a, word_b) and metres > reach_a + reach_b + within_m:
        return Likeness(0.0, "too coarse", round(kilometres, 1), 0, "", ("what is drawn lies too far apart",))
    parts: dict[str, float] = {}
    reasons: list[str] = []
    parts["place"], words = _place(mine[2], theirs[2], metres, reach_a, reach_b, within_m, is_coarse=is_coarse)
    reasons.append(words)
    parts["days"], apart, words = _days(*spans)
    reasons.append(words)
    parts["type"], words = type_likeness(mine[:2], theirs[:2])
    reasons.append(words)
    if mine[3] and theirs[3]:
        parts["sides"], words = _sides(mine[3], theirs[3])
        reasons.append(words)
    ranges = [(float(side.deaths[0][at]), float(side.deaths[1][at])) for side, at in ((left, a), (right, b))]
    deaths = deaths_agree(ranges[0], ranges[1])
    if deaths in ("overlap", "apart"):
        parts["deaths"] = 1.0 if deaths == "overlap" else 0.2
        reasons.append(
            f"killed: {_range(ranges[0])} and {_range(ranges[1])}"
            + ("" if deaths == "overlap" else ", which do not meet")
        )
    score = sum(rules.weights[name] * part for name, part in parts.items()) / sum(rules.weights[name] for name in parts)
    agreement: Agreement = "agrees"
    if is_coarse or is_long:
        agreement = "too coarse"
        agreed = "agrees in day and type" if not is_long and parts["type"] >= 0.6 else "may be the same event"
        what = "place too coarse to say" if is_coarse else "days too vague to say"
        reasons.insert(0, f"{agreed}, {what}")
    return Likeness(round(score, 4), agreement, round(kilometres, 1), apart, deaths, tuple(reasons))


def _sides(mine: frozenset[str], theirs: frozenset[str]) -> tuple[float, str]:
    """Return how far two sets of sides agree: by name, or else by a word that says more than "forces" does."""
    if shared := sorted(mine & theirs):
        return 1.0, f"sides in common: {', '.join(shared)}"
    rules = _rules()
    words = [
        {word for name in names for word in re.findall(r"\w+", name) if len(word) >= rules.least_letters}
        - rules.unspecific
        for names in (mine, theirs)
    ]
    if common := sorted(words[0] & words[1]):
        return rules.word_in_common, f"sides whose names share {', '.join(common)}"
    return rules.other_names, "no side of the same name"


def _place(
    mine: str, theirs: str, metres: float, reach_a: float, reach_b: float, within_m: float, *, is_coarse: bool
) -> tuple[float, str]:
    names = f"{mine or 'a place without a name'} and {theirs or 'a place without a name'}"
    far = f"{metres / 1000:.1f} km apart"
    if is_coarse:
        return 0.3, f"one place stands for a large area: {names}, {far}"
    allowed = reach_a + reach_b + within_m
    # At the limit of what both precisions allow, a place speaks as much for one event as against it.
    nearness = 1.0 - 0.5 * min(1.0, metres / allowed) if allowed else 1.0
    if max(reach_a, reach_b) <= _SHARP_M:
        return nearness, f"{names}: {far}"
    return 0.8 * nearness, f"{names}: {far}, one of them known to {max(reach_a, reach_b) / 1000:.0f} km"


def _days(a: tuple[int, int], b: tuple[int, int]) -> tuple[float, int, str]:
    common = min(a[1], b[1]) - max(a[0], b[0]) + 1
    if common <= 0:
        apart = 1 - common
        return 0.5 / apart, apart, f"{apart} day{'s' if apart > 1 else ''} apart: {_span(a)} and {_span(b)}"
    union = max(a[1], b[1]) - min(a[0], b[0]) + 1
    said = f"the same day: {_span(a)}" if union == 1 else f"days that meet: {_span(a)} and {_span(b)}"
    return 0.5 + 0.5 * common / union, 0, said


def _span(days: tuple[int, int]) -> str:
    first, last = (dt.date(1970, 1, 1) + dt.timedelta(days=day) for day in days)
    return f"{first}" if first == last else f"{first} to {last}"


def _range(bounds: tuple[float, float]) -> str:
    if np.isinf(bounds[1]):
        return f"at least {bounds[0]:.0f}"
    return f"{bounds[0]:.0f}" if bounds[0] == bounds[1] else f"{bounds[0]:.0f} to {bounds[1]:.0f}"
