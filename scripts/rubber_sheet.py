"""Fit the arcs of one generalisation to the borders of another, so that regions end where countries and coasts do.

Region boundaries and country outlines come from different editions of one atlas and differ by up to a few kilometres.
An arc's end that lay on the old outline moves to the nearest vertex of the new one, and drags its neighbourhood along.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from arcs import Arc, Edge, Point

__all__ = ["VertexIndex", "drag_ends", "labels_of_points"]

DRAG_REACH = 4
"""How far a shift is felt along the arc, in multiples of the shift."""


def labels_of_points(edges: dict[Edge, Hashable]) -> dict[Point, set[Hashable]]:
    """Return the labels of the edges that meet at each vertex."""
    labels: dict[Point, set[Hashable]] = {}
    for edge, label in edges.items():
        for point in edge:
            labels.setdefault(point, set()).add(label)
    return labels


class VertexIndex:
    """The vertices of labelled arcs, asked for the one nearest to a point."""

    def __init__(self, arcs: Iterable[tuple[Hashable, Arc]]) -> None:
        by_label: dict[Hashable, set[Point]] = {}
        for label, arc in arcs:
            by_label.setdefault(label, set()).update(arc)
        self._by_label = {label: np.array(sorted(points)) for label, points in by_label.items()}
        self._all = np.array(sorted(set().union(*by_label.values())))

    def nearest(self, point: Point, labels: Iterable[Hashable], limit: int) -> Point | None:
        """Return the nearest vertex at most `limit` units away: on an arc of one of `labels` if any, else on any arc."""
        alike = sorted(
            (found for label in labels if (found := _nearest(self._by_label.get(label), point, limit))),
            key=lambda found: (math.dist(found, point), found),
        )
        return alike[0] if alike else _nearest(self._all, point, limit)


def _nearest(vertices: npt.NDArray[Any] | None, point: Point, limit: int) -> Point | None:
    if vertices is None:
        return None
    start, end = np.searchsorted(vertices[:, 0], [point[0] - limit, point[0] + limit + 1])
    window = vertices[start:end]
    if len(window) == 0:
        return None
    squares = ((window - point) ** 2).sum(axis=1)
    at = int(squares.argmin())
    if squares[at] > limit * limit:
        return None
    x, y = window[at].tolist()
    return x, y


def drag_ends(arc: Sequence[Point], first: Point, last: Point) -> Arc:
    """Return the arc with its ends moved to `first` and `last`.

    Each shift fades linearly along the arc, to nothing at ``DRAG_REACH`` times its length or at the other end,
    whichever comes first. Lengths are in grid units; the result is rounded to the grid.
    """
    along = [0.0]
    for a, b in itertools.pairwise(arc):
        along.append(along[-1] + math.dist(a, b))
    total = along[-1]
    moved: list[tuple[float, float]] = [(x, y) for x, y in arc]
    for old, new, distances in (
        (arc[0], first, along),
        (arc[-1], last, [total - distance for distance in along]),
    ):
        shift = (new[0] - old[0], new[1] - old[1])
        reach = min(total, DRAG_REACH * math.hypot(*shift))
        if reach == 0:
            continue
        for i, distance in enumerate(distances):
            share = max(0.0, 1.0 - distance / reach)
            moved[i] = (moved[i][0] + share * shift[0], moved[i][1] + share * shift[1])
    return [first, *((round(x), round(y)) for x, y in moved[1:-1]), last]
