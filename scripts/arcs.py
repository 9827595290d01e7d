"""Topology for the basemap: polygons on an integer grid -> shared arcs -> the scale at which each vertex matters.

Arcs are built before anything is simplified, so a border that two areas share is stored once and both keep agreeing
about it however much is left out. Everything is integer arithmetic in a fixed order: the same input gives the same
arcs on every machine.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

__all__ = ["Arc", "Edge", "Point", "chain_edges", "close_rings", "edges_of_rings", "vertex_weights"]

L = TypeVar("L", bound=Hashable)

Point = tuple[int, int]
"""A vertex on the grid: longitude, latitude in grid units."""

Edge = tuple[Point, Point]
"""An undirected edge, the smaller end first."""

Arc = list[Point]
"""A chain of vertices between two junctions; a closed loop repeats its first vertex at its end."""


def edges_of_rings(rings: Iterable[tuple[Hashable, Sequence[Point]]]) -> dict[Edge, dict[Hashable, int]]:
    """Return every edge of the rings with the owners that use it and how often.

    `rings` are pairs of owner and closed ring. Repeated vertices, which rounding to the grid makes, give no edge; an
    edge that one owner walks forth and back counts twice and so bounds nothing of it.
    """
    edges: dict[Edge, dict[Hashable, int]] = {}
    for owner, ring in rings:
        for a, b in itertools.pairwise(ring):
            if a == b:
                continue
            uses = edges.setdefault((a, b) if a < b else (b, a), {})
            uses[owner] = uses.get(owner, 0) + 1
    return edges


def chain_edges(edges: dict[Edge, L]) -> list[tuple[L, Arc]]:
    """Return the edges joined to arcs of one label, each edge in exactly one arc.

    An arc ends where other than two edges meet or where the label changes. Arcs come in the order of their first
    vertex: first those between junctions, then closed loops, which start at their smallest vertex.
    """
    near: dict[Point, list[Point]] = defaultdict(list)
    for a, b in edges:
        near[a].append(b)
        near[b].append(a)
    for ends in near.values():
        ends.sort()

    def label(a: Point, b: Point) -> L:
        return edges[(a, b) if a < b else (b, a)]

    def is_junction(point: Point) -> bool:
        ends = near[point]
        return len(ends) != 2 or label(point, ends[0]) != label(point, ends[1])

    used: set[Edge] = set()
    arcs: list[tuple[L, Arc]] = []

    def walk(start: Point, second: Point, stops: Callable[[Point], bool]) -> None:
        arc = [start, second]
        used.add((start, second) if start < second else (second, start))
        while not stops(arc[-1]) and arc[-1] != start:
            one, other = near[arc[-1]]
            following = other if one == arc[-2] else one
            used.add((arc[-1], following) if arc[-1] < following else (following, arc[-1]))
            arc.append(following)
        arcs.append((label(start, second), arc))

    points = sorted(near)
    for point in points:
        if is_junction(point):
            for second in near[point]:
                if ((point, second) if point < second else (second, point)) not in used:
                    walk(point, second, is_junction)
    for point in points:
        second = near[point][0]
        if not is_junction(point) and ((point, second) if point < second else (second, point)) not in used:
            walk(point, second, is_junction)
    return arcs


def close_rings(arcs: Sequence[Arc]) -> list[list[int]]:
    """Return the arcs joined to closed rings, as lists of 1-based arc numbers, negative when walked backwards.

    The arcs together bound an area, so an even number of ends meets at each junction; where more than two meet, any
    pairing gives the same area under the even-odd rule.

    Raises
    ------
    ValueError
        If the arcs do not close.
    """
    leaving: dict[Point, list[int]] = defaultdict(list)
    for number, arc in enumerate(arcs, start=1):
        leaving[arc[0]].append(number)
        leaving[arc[-1]].append(-number)
    for numbers in leaving.values():
        numbers.sort(key=abs, reverse=True)
    used: set[int] = set()
    rings: list[list[int]] = []
    for first in range(1, len(arcs) + 1):
        if first in used:
            continue
        ring = [first]
        used.add(first)
        start, at = arcs[first - 1][0], arcs[first - 1][-1]
        while at != start:
            choices = leaving[at]
            while choices and abs(choices[-1]) in used:
                choices.pop()
            if not choices:
                msg = f"the arcs do not close at {at}"
                raise ValueError(msg)
            number = choices.pop()
            used.add(abs(number))
            ring.append(number)
            at = arcs[number - 1][-1] if number > 0 else arcs[-number - 1][0]
        rings.append(ring)
    return rings


def vertex_weights(arc: Sequence[Point], *, units_per_degree: int) -> list[int]:
    """Return how much each vertex matters: twice its effective area in grid units squared, on the ground.

    Visvalingam and Whyatt (1993): the vertex whose triangle with its neighbours is smallest goes first, and a vertex
    never weighs less than one that went before it, so keeping "weight of at least w" is the line simplified to w.
    East-west lengths are scaled by the cosine of the latitude. The ends weigh infinitely (2**62).
    """
    endless = 1 << 62
    weights = [endless] * len(arc)
    before = list(range(-1, len(arc) - 1))
    after = list(range(1, len(arc) + 1))
    # A table of integer cosines: libm may differ in the last bit, a value rounded to 1/1024 does not.
    cosines = [round(1024 * math.cos(math.radians(min(degree, 89)))) for degree in range(91)]

    def weight(i: int) -> int:
        (ax, ay), (bx, by), (cx, cy) = arc[before[i]], arc[i], arc[after[i]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) * cosines[abs(by) // units_per_degree] // 1024

    heap = [(weight(i), i) for i in range(1, len(arc) - 1)]
    current = {i: w for w, i in heap}
    heapq.heapify(heap)
    reached = 0
    while heap:
        w, i = heapq.heappop(heap)
        if current.get(i) != w:
            continue
        del current[i]
        reached = max(reached, w)
        weights[i] = reached
        left, right = before[i], after[i]
        after[left], before[right] = right, left
        for j in (left, right):
            if j in current:
                current[j] = weight(j)
                heapq.heappush(heap, (current[j], j))
    return weights
