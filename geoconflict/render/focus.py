"""Which places the first view of a map is fitted to: where most events are, without far capitals."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

__all__ = ["LEAST_DEGREES", "without_outliers"]

MOST_LEFT_OUT: Final = 1 / 8
"""The share of the events that may lie outside the first view."""
LEAST_GAP: Final = 1 / 5
"""How much of the width or height of the view a gap must take that something is left out for."""
LEAST_DEGREES: Final = 2.0
"""A view as small as this is never made smaller."""


def without_outliers(points: npt.NDArray[np.float64], times: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which places the first view holds.

    From each side, places beyond a wide empty gap are left out, the widest gap first, until an eighth of the events would
    lie outside. A second theatre of a war has more events than that, and stays.

    Parameters
    ----------
    points
        Longitude and latitude of each place, degrees, shape (n, 2).
    times
        How many events each place has, shape (n,).
    """
    kept = np.ones(len(points), dtype=bool)
    budget = int(times.sum() * MOST_LEFT_OUT)
    while True:
        cuts = [cut for axis in (0, 1) for cut in _cuts(points[:, axis], times, kept, budget)]
        if not cuts:
            return kept
        _, out = max(cuts, key=lambda cut: cut[0])
        budget -= int(times[out].sum())
        kept[out] = False


def _cuts(
    values: npt.NDArray[np.float64], times: npt.NDArray[np.int64], kept: npt.NDArray[np.bool_], budget: int
) -> list[tuple[float, npt.NDArray[np.int64]]]:
    """Return the widest gap within the budget from either end of an axis, as a share of its span, and what lies beyond it."""
    places = np.flatnonzero(kept)
    order = places[np.argsort(values[places], kind="stable")]
    span = float(values[order[-1]] - values[order[0]]) if len(order) else 0.0
    if span <= LEAST_DEGREES:
        return []
    cuts = []
    for ends in (order, order[::-1]):
        n_affordable = int(np.searchsorted(np.cumsum(times[ends]), budget, side="right"))
        gaps = np.abs(np.diff(values[ends]))[:n_affordable] / span
        if len(gaps) and gaps.max() >= LEAST_GAP:
            at = int(gaps.argmax())
            cuts.append((float(gaps[at]), ends[: at + 1]))
    return cuts
