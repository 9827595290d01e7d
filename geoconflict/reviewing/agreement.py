"""How far two reviewers agree beyond chance on what both decided, with intervals by the bootstrap.

Types, statuses, sides, figures, whether something is an event, and whether two tellings are of one event: Cohen's kappa. Places and days: Krippendorff's
alpha; two places differ by 1 where they are further apart than a distance, else by 0; two spans of days by the squares of the days
between their first and between their last days. Intervals resample events; pairs of tellings of one event stay together.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from geoconflict.corrections import Correction, Deed, standing
from geoconflict.corrections.particulars import MEASURES, SIDES
from geoconflict.corrections.saying import votes
from geoconflict.event_extents import distances_m

__all__ = ["Agreement", "agreement", "alpha", "kappa"]

_N_RESAMPLES = 1_000
_MOST_UNITS = 2_000
"""Alpha compares every value with every other."""
_ASPECTS = ("event", "type", "place", "day", "same event", "status", "actors", "figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The agreement of two reviewers on one thing."""

    aspect: str
    """event, type, place, day, same event, status, actors (of each side) or figures (of each kind)."""
    n: int
    """How many units were reckoned with: events, sides or figures of events, or pairs of tellings."""
    n_both: int
    """How many units both decided on; alpha takes 2,000 of them at the most."""
    measure: str
    """kappa or alpha."""
    observed: float | None
    """The share on which they say the same; None without units."""
    value: float | None
    """1 is full agreement, 0 that of chance; None where it is not defined: all say one thing, or there are no units."""
    low: float | None
    high: float | None
    """The 95% interval of `value` over resampled events; None where it is not defined, or there is but one."""


def agreement(
    first: Iterable[Correction], second: Iterable[Correction], *, within_km: float = 10.0, seed: int = 0
) -> tuple[Agreement, ...]:
    """Return how far two reviewers agree, by their entries.

    Parameters
    ----------
    first, second
        The entries of each. What is withdrawn among them does not count; of several on one thing the latest does.
    within_km
        Places no further apart are the same, kilometres.
    seed
        Of the resampling: the same seed gives the same intervals.
    """
    mine, theirs = _Labels(first), _Labels(second)
    return tuple(_of_aspect(aspect, mine.labels[aspect], theirs.labels[aspect], within_km, seed) for aspect in _ASPECTS)


def _of_aspect(
    aspect: str, mine: Mapping[Any, Any], theirs: Mapping[Any, Any], within_km: float, seed: int
) -> Agreement:
    units = sorted(mine.keys() & theirs.keys(), key=str)
    n_both = len(units)
    if aspect in ("place", "day"):
        units = units[:_MOST_UNITS]
        distance = _days_apart if aspect == "day" else lambda a, b: _is_beyond(a, b, within_km)
        pairs = [(mine[unit], theirs[unit]) for unit in units]
        value = alpha(pairs, distance, seed=seed)
        same = [not float(one) for one in distance(*_columns(pairs))] if pairs else []
    else:
        pairs = [(mine[unit], theirs[unit]) for unit in units]
        value = kappa(pairs, _drawn_together(aspect, units), seed=seed)
        same = [a == b for a, b in pairs]
    return Agreement(
        aspect=aspect,
        n=len(pairs),
        n_both=n_both,
        measure="alpha" if aspect in ("place", "day") else "kappa",
        observed=sum(same) / len(same) if same else None,
        value=value[0],
        low=value[1],
        high=value[2],
    )


def _days_apart(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the squares of the days between spans, the mean of those of their two ends."""
    return np.asarray(((a - b) ** 2).mean(axis=-1))


def _is_beyond(a: np.ndarray, b: np.ndarray, km: float) -> np.ndarray:
    """Return 1.0 where two places (NaN: nowhere) are further apart than that, else 0.0."""
    nowhere = np.isnan(a[..., 0]), np.isnan(b[..., 0])
    metres = distances_m(a[..., 0], a[..., 1], b[..., 0], b[..., 1])
    return np.asarray(np.where(nowhere[0] | nowhere[1], nowhere[0] != nowhere[1], metres > km * 1000), float)


def _drawn_together(aspect: str, units: Sequence[Any]) -> Sequence[Any] | None:
    """Return for each unit what it is drawn with, for it is of the same event; None where each is an event of its own."""
    if aspect in ("actors", "figures"):
        return [event for event, _ in units]
    return _hanging_together(units) if aspect == "same event" else None


def _hanging_together(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return for each pair of tellings the first of all tellings that hang together with it: those of one event are no chance.

    One decision on an event of many tellings makes many pairs that agree or differ as one.
    """
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        parent[high] = low
    return [root(a) for a, _ in pairs]


class _Labels:
    """What one reviewer says: aspect, unit, label."""

    def __init__(self, entries: Iterable[Correction]) -> None:
        self.labels: dict[str, dict[Any, Any]] = {name: {} for name in _ASPECTS}
        for entry in standing(entries):
            self._take(entry)

    def _take(self, entry: Correction) -> None:
        value, what = entry.value, entry.what
        if what is Deed.COMMENT:
            return
        if what in (Deed.MERGE, Deed.SPLIT):
            one, other = ("a", "b") if what is Deed.MERGE else ("out", "stay")
            sides = {side: [ref.mention for ref in entry.tellings if ref.side == side] for side in (one, other)}
            for a in sides[one]:
                for b in sides[other]:
                    self.labels["same event"][tuple(sorted((a, b)))] = what is Deed.MERGE
            return
        said = dict(votes(entry))
        self.labels["event"][entry.event] = what is not Deed.REJECT
        if "status" in said:
            self.labels["status"][entry.event] = said["status"]
        self.labels["actors"] |= {(entry.event, side): said[side] for side in SIDES if side in said}
        self.labels["figures"] |= {(entry.event, one): said[one] for one in MEASURES if one in said}
        if "type" in said:
            self.labels["type"][entry.event] = said["type"]
        if what in (Deed.MOVE, Deed.ADD):
            self.labels["place"][entry.event] = _point(value["place"])
        elif what is Deed.ACCEPT and "place" in value:
            self.labels["place"][entry.event] = _point(value)
        if what in (Deed.REDATE, Deed.ADD):
            self.labels["day"][entry.event] = _span(value["starts_on"], value["ends_on"])
        elif what is Deed.ACCEPT:
            days = [day for day in str(value.get("date", "")).split("/") if day not in ("", "None")]
            if days:
                self.labels["day"][entry.event] = _span(days[0], days[-1])
        if what is Deed.ACCEPT:
            told = sorted(ref.mention for ref in entry.tellings)
            self.labels["same event"] |= {(a, b): True for n, a in enumerate(told) for b in told[n + 1 :]}


def _point(place: Mapping[str, Any] | None) -> tuple[float, float]:
    """Return longitude and latitude in degrees; NaN of nowhere."""
    if place is None or place.get("lon") is None or place.get("lat") is None:
        return math.nan, math.nan
    return float(place["lon"]), float(place["lat"])


def _span(first: str, last: str) -> tuple[float, float]:
    """Return the numbers of the first and the last day."""
    return float(dt.date.fromisoformat(first).toordinal()), float(dt.date.fromisoformat(last).toordinal())


# ---------------------------------------------------------------- measures
Value = tuple[float | None, float | None, float | None]
"""A measure, and the ends of its 95% interval."""


def kappa(pairs: Sequence[tuple[Any, Any]], groups: Sequence[Any] | None = None, *, seed: int = 0) -> Value:
    """Return Cohen's kappa of labels given in pairs; `groups` says which pairs are drawn together, None is each by itself."""
    if not pairs:
        return None, None, None
    number = {label: n for n, label in enumerate(dict.fromkeys(label for pair in pairs for label in pair))}
    size = len(number)
    cells = {cell: n for n, cell in enumerate(dict.fromkeys((number[a], number[b]) for a, b in pairs))}
    counts: dict[Any, list[int]] = {}
    for n, (a, b) in enumerate(pairs):
        own = counts.setdefault(n if groups is None else groups[n], [0] * len(cells))
        own[cells[number[a], number[b]]] += 1
    # Groups of the same counts are drawn as one sort, so that many need no more than few.
    sorts, n_of_sort = np.unique(np.array(list(counts.values()), float), axis=0, return_counts=True)
    rows, columns = (np.eye(size)[[cell[side] for cell in cells]] for side in (0, 1))
    is_same = np.array([float(a == b) for a, b in cells])

    def of(drawn: np.ndarray) -> np.ndarray:
        told = drawn @ sorts
        total = told.sum(axis=1)
        expected = ((told @ rows) * (told @ columns)).sum(axis=1) / total**2
        return _beyond(told @ is_same / total - expected, 1 - expected)

    drawn = np.random.default_rng(seed).multinomial(len(counts), n_of_sort / len(counts), size=_N_RESAMPLES)
    return _with_interval(of(n_of_sort[None, :].astype(float)), of(drawn.astype(float)), len(counts))


def alpha(
    pairs: Sequence[tuple[Any, Any]], difference: Callable[[np.ndarray, np.ndarray], np.ndarray], *, seed: int = 0
) -> Value:
    """Return Krippendorff's alpha of two reviewers' values in pairs.

    Parameters
    ----------
    pairs
        Two values a unit, each a number or some numbers.
    difference
        How far values are apart: of two arrays of values, with the numbers of a value in the last axis, for all at once.
    seed
        Of the resampling.
    """
    if not pairs:
        return None, None, None
    n = len(pairs)
    a, b = _columns(pairs)
    own = difference(a, b)
    # A value is not compared with itself, which differs by 0 anyway.
    apart = sum(difference(one[:, None], other[None, :]) for one in (a, b) for other in (a, b))

    def of(counts: np.ndarray) -> np.ndarray:
        expected = ((counts @ apart) * counts).sum(axis=1) / (2 * n * (2 * n - 1))
        return _beyond(expected - counts @ own / n, expected)

    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=_N_RESAMPLES)
    return _with_interval(of(np.ones((1, n))), of(drawn.astype(float)), n)


def _columns(pairs: Sequence[tuple[Any, Any]]) -> tuple[np.ndarray, np.ndarray]:
    """Return the values of each reviewer, the numbers of a value in the last axis."""
    both = np.array(pairs, float).reshape(len(pairs), 2, -1)
    return both[:, 0], both[:, 1]


def _beyond(excess: np.ndarray, possible: np.ndarray) -> np.ndarray:
    """Return the shares; NaN where nothing is possible, but for what is no more than rounding."""
    return np.asarray(np.divide(excess, possible, out=np.full(len(excess), math.nan), where=possible > 1e-12))


def _with_interval(value: np.ndarray, resampled: np.ndarray, n_drawn: int) -> Value:
    if math.isnan(value[0]):
        return None, None, None
    known = np.sort(resampled[~np.isnan(resampled)])
    if n_drawn < 2 or not len(known):
        return float(value[0]), None, None
    ends = known[[int(0.025 * len(known)), min(len(known) - 1, int(0.975 * len(known)))]]
    return float(value[0]), float(ends[0]), float(ends[1])
