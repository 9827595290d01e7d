"""How far two reviewers agree beyond chance on what both decided, with intervals by the bootstrap.

Types, whether something is an event, and whether two tellings are of one event: Cohen's kappa. Places and days: Krippendorff's
alpha; two places differ by 1 where they are further apart than a distance, else by 0; two days by the square of the days between.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geoconflict.corrections import Correction, Deed
from geoconflict.geo import distance_m

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Agreement", "agreement", "alpha", "kappa"]

_N_RESAMPLES = 1_000
_MOST_UNITS = 2_000
"""Alpha compares every value with every other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The agreement of two reviewers on one thing."""

    aspect: str
    """event, type, place, day or same event."""
    n: int
    """How many units both decided on: events, or pairs of tellings."""
    measure: str
    """kappa or alpha."""
    observed: float | None
    """The share on which they say the same; None without units."""
    value: float | None
    """1 is full agreement, 0 that of chance; None where it is not defined: all say one thing, or there are no units."""
    low: float | None
    high: float | None
    """The 95% interval of `value` over resampled units; None where it is not defined."""


def agreement(
    first: Iterable[Correction], second: Iterable[Correction], *, within_km: float = 10.0, seed: int = 0
) -> tuple[Agreement, ...]:
    """Return how far two reviewers agree, by their entries.

    Parameters
    ----------
    first, second
        The entries of each; of several on one thing the latest counts.
    within_km
        Places no further apart are the same, kilometres.
    seed
        Of the resampling: the same seed gives the same intervals.
    """
    mine, theirs = _Labels(first), _Labels(second)
    found = []
    for aspect, is_same in (
        ("event", _equal),
        ("type", _equal),
        ("place", lambda a, b: _metres(a, b) <= within_km * 1000),
        ("day", _equal),
        ("same event", _equal),
    ):
        labels, others = mine.labels[aspect], theirs.labels[aspect]
        pairs = [(labels[unit], others[unit]) for unit in sorted(labels.keys() & others.keys(), key=str)][:_MOST_UNITS]
        if aspect == "place":
            measure, value = "alpha", alpha(pairs, lambda a, b: float(_metres(a, b) > within_km * 1000), seed=seed)
        elif aspect == "day":
            measure, value = "alpha", alpha(pairs, lambda a, b: float((a - b) ** 2), seed=seed)
        else:
            measure, value = "kappa", kappa(pairs, seed=seed)
        observed = sum(is_same(a, b) for a, b in pairs) / len(pairs) if pairs else None
        found.append(
            Agreement(
                aspect=aspect,
                n=len(pairs),
                measure=measure,
                observed=observed,
                value=value[0],
                low=value[1],
                high=value[2],
            )
        )
    return tuple(found)


def _equal(a: Any, b: Any) -> bool:
    return bool(a == b)


def _metres(a: tuple[float, float] | None, b: tuple[float, float] | None) -> float:
    if a is None or b is None:
        return 0.0 if a is b else float("inf")
    return distance_m(*a, *b)


class _Labels:
    """What one reviewer says: aspect, unit, label."""

    def __init__(self, entries: Iterable[Correction]) -> None:
        self.labels: dict[str, dict[Any, Any]] = {name: {} for name in ("event", "type", "place", "day", "same event")}
        for entry in sorted(entries, key=lambda entry: (entry.when, entry.entry_id)):
            self._take(entry)

    def _take(self, entry: Correction) -> None:
        value, what = entry.value, entry.what
        if what in (Deed.COMMENT, Deed.WITHDRAW):
            return
        if what in (Deed.MERGE, Deed.SPLIT):
            one, other = ("a", "b") if what is Deed.MERGE else ("out", "stay")
            sides = {side: [ref.mention for ref in entry.tellings if ref.side == side] for side in (one, other)}
            for a in sides[one]:
                for b in sides[other]:
                    self.labels["same event"][tuple(sorted((a, b)))] = what is Deed.MERGE
            return
        self.labels["event"][entry.event] = what is not Deed.REJECT
        if what is Deed.RETYPE or (what is Deed.ACCEPT and "type" in value):
            self.labels["type"][entry.event] = value["sub_event_type" if what is Deed.RETYPE else "type"]
        if what is Deed.MOVE:
            self.labels["place"][entry.event] = _point(value["place"])
        elif what is Deed.ACCEPT and "place" in value:
            self.labels["place"][entry.event] = _point(value)
        day = value.get("starts_on") if what is Deed.REDATE else str(value.get("date", "")).split("/")[0]
        if what in (Deed.REDATE, Deed.ACCEPT) and day not in (None, "", "None"):
            self.labels["day"][entry.event] = dt.date.fromisoformat(str(day)).toordinal()
        if what is Deed.ACCEPT:
            told = sorted(ref.mention for ref in entry.tellings)
            self.labels["same event"] |= {(a, b): True for n, a in enumerate(told) for b in told[n + 1 :]}


def _point(place: Mapping[str, Any] | None) -> tuple[float, float] | None:
    if place is None or place.get("lon") is None or place.get("lat") is None:
        return None
    return float(place["lon"]), float(place["lat"])


# ---------------------------------------------------------------- measures
Value = tuple[float | None, float | None, float | None]
"""A measure, and the ends of its 95% interval."""


def kappa(pairs: Sequence[tuple[Any, Any]], *, seed: int = 0) -> Value:
    """Return Cohen's kappa of labels given in pairs."""
    import numpy as np

    labels = {label: n for n, label in enumerate(dict.fromkeys(label for pair in pairs for label in pair))}
    table = Counter((labels[a], labels[b]) for a, b in pairs)
    cells = sorted(table)
    size = len(labels)

    def of(counts: np.ndarray) -> float | None:
        full = np.zeros((size, size))
        for (a, b), n in zip(cells, counts, strict=True):
            full[a, b] = n
        total = full.sum()
        expected = float(full.sum(axis=0) @ full.sum(axis=1)) / total**2
        return None if expected == 1 else float((np.trace(full) / total - expected) / (1 - expected))

    if not pairs:
        return None, None, None
    counts = np.array([table[cell] for cell in cells])
    drawn = np.random.default_rng(seed).multinomial(len(pairs), counts / len(pairs), size=_N_RESAMPLES)
    return _with_interval(of(counts), [of(one) for one in drawn])


def alpha(pairs: Sequence[tuple[Any, Any]], difference: Callable[[Any, Any], float], *, seed: int = 0) -> Value:
    """Return Krippendorff's alpha of two reviewers' values in pairs; `difference` says how far two values are apart."""
    import numpy as np

    if not pairs:
        return None, None, None
    n = len(pairs)
    values = [a for a, _ in pairs] + [b for _, b in pairs]
    apart = np.array([[difference(a, b) for b in values] for a in values])
    own = apart[np.arange(n), np.arange(n) + n]

    def of(counts: np.ndarray) -> float | None:
        both = np.concatenate([counts, counts])
        # A value is not compared with itself, which differs by 0 anyway.
        expected = float(both @ apart @ both) / (2 * n * (2 * n - 1))
        return None if expected == 0 else float(1 - (counts @ own) / n / expected)

    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=_N_RESAMPLES)
    return _with_interval(of(np.ones(n)), [of(one) for one in drawn])


def _with_interval(value: float | None, resampled: Sequence[float | None]) -> Value:
    known = sorted(one for one in resampled if one is not None)
    if value is None or not known:
        return value, None, None
    return value, known[int(0.025 * len(known))], known[min(len(known) - 1, int(0.975 * len(known)))]
