"""The best pairs one to one: a sparse assignment that knows only the pairs that are possible.

Method: shortest augmenting paths with prices (Jonker and Volgenant 1987), on a sparse graph in which each left row may also
stay alone at no gain. The sum of the weights is the highest there is; among equal sums the order of rows decides, so callers
hand rows in an order that does not depend on how they came.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

__all__ = ["best_pairs"]


def best_pairs(weights: Sequence[Mapping[int, int]]) -> list[int | None]:
    """Return for each left row the right row that it is paired with, or None, such that the sum of weights is highest.

    Parameters
    ----------
    weights
        For each left row, its possible right rows with a weight above 0. Integers, so that sums are exact.
    """
    highest = max((weight for row in weights for weight in row.values()), default=0)
    # A right number below 0 is the private stand-in of a left row that stays alone: -1 - row.
    costs = [
        {**{right: highest - weight for right, weight in sorted(row.items())}, -1 - left: highest}
        for left, row in enumerate(weights)
    ]
    right_of: list[int | None] = [None] * len(weights)
    left_of: dict[int, int] = {}
    prices: dict[int, int] = {}
    for start in range(len(weights)):
        _augment(start, costs, right_of, left_of, prices)
    return [None if right is None or right < 0 else right for right in right_of]


def _augment(
    start: int,
    costs: Sequence[Mapping[int, int]],
    right_of: list[int | None],
    left_of: dict[int, int],
    prices: dict[int, int],
) -> None:
    """Pair `start` along the cheapest path of exchanges, and renew the prices that keep later paths cheap to find."""
    distance: dict[int, int] = {}
    came_from: dict[int, int] = {}
    done: list[int] = []
    settled: set[int] = set()
    queue: list[tuple[int, int]] = []
    left, base = start, 0
    while True:
        held = right_of[left]
        own = 0 if held is None else costs[left][held] - prices.get(held, 0)
        for right, cost in costs[left].items():
            if right in settled:
                continue
            reached = base + cost - prices.get(right, 0) - own
            if right not in distance or reached < distance[right]:
                distance[right], came_from[right] = reached, left
                heapq.heappush(queue, (reached, right))
        while queue[0][1] in settled or queue[0][0] > distance[queue[0][1]]:
            heapq.heappop(queue)
        base, right = heapq.heappop(queue)
        settled.add(right)
        if right not in left_of:
            break
        done.append(right)
        left = left_of[right]
    for passed in done:
        prices[passed] = prices.get(passed, 0) + distance[passed] - base
    while True:
        left = came_from[right]
        left_of[right] = left
        right, right_of[left] = right_of[left], right  # type: ignore[assignment]  # None only at the start of the path
        if left == start:
            return
