"""How often events happened before and after a day: a ratio of rates, with an exact and a bootstrap interval.

The exact interval (Clopper and Pearson, on the share that came after, given the sum) takes events for independent of each
other. In a war they come in bursts, so the bootstrap resamples whole weeks (on a short side shorter blocks of days); where the
two differ much, trust the wider one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from geoconflict.analysis.areas import AreaLevel, areas_of_events, checked_areas
from geoconflict.analysis.periods import day_number
from geoconflict.civil_day import Day
from geoconflict.errors import InputError
from geoconflict.event_extents import DONE, checked_events, days_of_events, told_as_done

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["before_after", "exact_rate_ratio"]

_BLOCK_DAYS: Final = 7
_FEWEST_BLOCKS: Final = 4
"""Of which a side is put together anew: of one block, which is a ring, every draw would be the same."""
_STEPS: Final = 100


def before_after(
    events: gpd.GeoDataFrame,
    day: Day,
    *,
    days: int | tuple[int, int] = 30,
    areas: gpd.GeoDataFrame | None = None,
    name: str | None = None,
    level: AreaLevel = "admin1",
    confidence: float = 0.95,
    n_bootstrap: int = 2000,
    seed: int = 0,
    statuses: Sequence[str] = DONE,
) -> pd.DataFrame:
    """Compare the rate of events after a day with that before it.

    Parameters
    ----------
    events
        A frame of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    day
        The first day of what counts as after.
    days
        How many days each side is long, or (before, after).
    areas, name, level
        Areas to compare each by itself, as in :func:`geoconflict.panel`; None takes all events together.
    confidence
        Of the intervals.
    n_bootstrap, seed
        How many times weeks are drawn anew, and the seed of the draw: the same call gives the same figures. A side of less than
        four weeks is drawn in four blocks or more.
    statuses
        What is counted.

    Returns
    -------
    pandas.DataFrame
        One row an area: ``area``, ``n_before``, ``n_after``, ``days_before``, ``days_after``, ``ratio`` (of events a day, after by
        before; missing when there are none, infinite when there were none before), ``exact_low``, ``exact_high``,
        ``bootstrap_low``, ``bootstrap_high``; the last two are missing where a side is shorter than four days, or nothing
        happened. ``attrs["left_out"]`` counts what is not counted, by why: of the events within the window those of another
        status or without a place, those whose days fall on both sides, and with `areas` those that lie in none or are too
        vague to say; and those without a day, of which nobody knows whether they are within the window.

    Raises
    ------
    InputError
        If `events`, `areas` or an argument cannot be used.
    """
    import pandas as pd

    first_after = day_number(day, "day")
    before, after = days if isinstance(days, tuple) else (days, days)
    if min(before, after) < 1 or not 0 < confidence < 1 or n_bootstrap < 1:
        msg = "days are at least 1 on each side, confidence is between 0 and 1, and n_bootstrap at least 1"
        raise InputError(msg)
    low, high = first_after - before, first_after + after - 1
    checked_frame = checked_events(events)
    around = days_of_events(checked_frame)
    may_count = ~around.known | ((around.last >= low) & (around.first <= high))
    chosen, left_out = told_as_done(checked_frame[may_count], statuses)
    spans = days_of_events(chosen)
    within = spans.known
    is_before = within & (spans.first >= low) & (spans.last < first_after)
    is_after = within & (spans.first >= first_after) & (spans.last <= high)
    if n := int((within & ~is_before & ~is_after).sum()):
        left_out["days on both sides of the day or of the window"] = n
    if n := int((~spans.known).sum()):
        left_out["without a day"] = n
    names: tuple[str, ...] = ("all",)
    where = np.zeros(len(chosen), np.int64)
    if areas is not None:
        checked = checked_areas(areas, name, level)
        names, where = checked.names, areas_of_events(chosen, checked)
        if n := int(((is_before | is_after) & (where < 0)).sum()):
            left_out["in none of the areas, or too vague to say"] = n
    # What may lie on several days counts on the last: news is mostly of it.
    last = spans.last
    rows = []
    for number, one in enumerate(names):
        counts = [
            np.bincount(last[side & (where == number)] - start, minlength=length)
            for side, start, length in ((is_before, low, before), (is_after, first_after, after))
        ]
        n_before, n_after = (int(count.sum()) for count in counts)
        exact = exact_rate_ratio(n_before, before, n_after, after, confidence=confidence)
        drawn = _bootstrap(counts[0], counts[1], confidence, n_bootstrap, np.random.default_rng(seed))
        rows.append(
            {
                "area": one,
                "n_before": n_before,
                "n_after": n_after,
                "days_before": before,
                "days_after": after,
                "ratio": exact[0],
                "exact_low": exact[1],
                "exact_high": exact[2],
                "bootstrap_low": drawn[0],
                "bootstrap_high": drawn[1],
            }
        )
    table = pd.DataFrame(rows)
    table.attrs = {"left_out": left_out}
    return table


def exact_rate_ratio(
    n_before: int, days_before: float, n_after: int, days_after: float, *, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Return the ratio of two rates (after by before) and its exact interval.

    Given the sum of both counts, the later one is binomial (Przyborowski and Wilenski 1940); its share has the interval of
    Clopper and Pearson.
    """
    n = n_before + n_after
    if not n:
        return math.nan, 0.0, math.inf
    tail = (1 - confidence) / 2
    low = 0.0 if n_after == 0 else _share(n_after, n, tail)
    high = 1.0 if n_after == n else 1 - _share(n_before, n, tail)
    exposure = days_before / days_after
    ratio = n_after / n_before * exposure if n_before else math.inf
    return ratio, low / (1 - low) * exposure, high / (1 - high) * exposure if high < 1 else math.inf


def _share(k: int, n: int, tail: float) -> float:
    """Return the share p at which `k` or more of `n` come about with the chance `tail`, by halving."""
    j = np.arange(k, n + 1)
    ways = math.lgamma(n + 1) - np.array([math.lgamma(one + 1) + math.lgamma(n - one + 1) for one in j.tolist()])
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        p = (low + high) / 2
        if p in (low, high):
            break
        chance = float(np.exp(ways + j * math.log(p) + (n - j) * math.log1p(-p)).sum())
        low, high = (p, high) if chance < tail else (low, p)
    return (low + high) / 2


def _bootstrap(
    before: npt.NDArray[np.int64], after: npt.NDArray[np.int64], confidence: float, n: int, rng: np.random.Generator
) -> tuple[float, float]:
    """Return the interval of the ratio when blocks of days of each side are drawn anew.

    NaN where there are no events at all, or where a side is too short to be drawn anew.
    """
    if not before.sum() + after.sum() or min(len(before), len(after)) < _FEWEST_BLOCKS:
        return math.nan, math.nan
    rates = [_drawn_rates(counts, n, rng) for counts in (before, after)]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = rates[1] / rates[0]
    ratios = np.sort(ratios[~np.isnan(ratios)])
    if not len(ratios):
        return math.nan, math.nan
    tail = (1 - confidence) / 2
    at = (math.floor(tail * (len(ratios) - 1)), math.ceil((1 - tail) * (len(ratios) - 1)))
    return float(ratios[at[0]]), float(ratios[at[1]])


def _drawn_rates(counts: npt.NDArray[np.int64], n: int, rng: np.random.Generator) -> Any:
    """Return events a day in `n` draws of blocks of days, the days being joined into a ring (circular block bootstrap)."""
    length = max(1, min(_BLOCK_DAYS, len(counts) // _FEWEST_BLOCKS))
    n_blocks = math.ceil(len(counts) / length)
    starts = rng.integers(0, len(counts), (n, n_blocks))
    days = (starts[:, :, None] + np.arange(length)).reshape(n, -1)[:, : len(counts)] % len(counts)
    return counts[days].sum(axis=1) / len(counts)
