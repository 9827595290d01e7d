"""Rivers for the basemap: lines out of several TopoJSON files of different fineness, made one, and named by hand.

The package has one file of the world and one of each of five continents, each on a grid of its own: the smaller the
area, the finer the grid. Each stretch of river is taken from the finest file that has it.
"""

from __future__ import annotations

import itertools
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from arcs import Arc, Point

__all__ = ["hand_written_names", "name_lines", "river_lines", "topojson_lines"]

_WATERS = Path(__file__).with_name("basemap_waters.toml")

SAME_RIVER_DEG = 0.03
"""Two files' lines of one river are at most this far apart: the cell of the coarsest grid."""

LEAST_STRETCH_DEG = 0.3
"""Shorter stretches that only a coarser file has are what its rougher course leaves over."""

NAMING_REACH_DEG = 0.35
"""How far a place on a river may lie from the line, which is generalised."""


def topojson_lines(content: bytes, name: str) -> list[shapely.LineString]:
    """Return the lines of the object `name` of a TopoJSON file, EPSG:4326 degrees."""
    topology = json.loads(content)
    scale, origin = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + origin for arc in topology["arcs"]]
    lines = []
    for geometry in topology["objects"][name]["geometries"]:
        numbered = geometry["arcs"]
        for numbers in [numbered] if geometry["type"] == "LineString" else numbered:
            runs = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
            points = np.concatenate([runs[0], *(run[1:] for run in runs[1:])])
            if (points != points[0]).any():
                lines.append(shapely.linestrings(points))
    return lines


def river_lines(files: Sequence[Sequence[shapely.LineString]], units: int) -> list[Arc]:
    """Return the rivers of several files, the finest first, each stretch once, on the grid of `units` a degree."""
    taken: list[shapely.Geometry] = []
    for lines in files:
        around = shapely.buffer(shapely.union_all(taken), SAME_RIVER_DEG) if taken else shapely.Point()
        for line in lines:
            rest = shapely.line_merge(shapely.difference(line, around))
            parts = shapely.get_parts(rest)
            taken += [line] if rest.equals(line) else [part for part in parts if part.length >= LEAST_STRETCH_DEG]
    rivers = []
    for line in taken:
        points: list[list[int]] = np.rint(shapely.get_coordinates(line) * units).astype(np.int64).tolist()
        arc = [(x, y) for (x, y), _ in itertools.groupby(points)]
        if len(arc) > 1:
            rivers.append(min(arc, arc[::-1]))
    return sorted(rivers)


def name_lines(arcs: Sequence[Arc], places: Mapping[str, Iterable[Sequence[float]]], units: int) -> list[str]:
    """Return the name of each arc, empty for none: from the places on it, and along arcs that go on without a junction.

    Raises
    ------
    ValueError
        If a place is on no arc, or two names claim one.
    """
    names = [""] * len(arcs)
    lines = [shapely.linestrings(np.array(arc) / units) for arc in arcs]
    for name, points in places.items():
        for lon, lat in points:
            distances = shapely.distance(lines, shapely.points(lon, lat))
            nearest = int(np.argmin(distances))
            if distances[nearest] > NAMING_REACH_DEG or names[nearest] not in {"", name}:
                msg = f"{name}: {lon}, {lat} is {distances[nearest]:.2f} degrees from the line {names[nearest] or 'next to it'}"
                raise ValueError(msg)
            names[nearest] = name
    ends: dict[Point, list[int]] = {}
    for number, arc in enumerate(arcs):
        for end in (arc[0], arc[-1]):
            ends.setdefault(end, []).append(number)
    met = Counter(point for arc in arcs for point in arc[1:-1])
    waiting = [number for number, name in enumerate(names) if name]
    while waiting:
        number = waiting.pop()
        for end in (arcs[number][0], arcs[number][-1]):
            others = [other for other in ends[end] if other != number]
            if len(others) == 1 and not met[end] and not names[others[0]]:
                names[others[0]] = names[number]
                waiting.append(others[0])
    return names


def hand_written_names() -> dict[str, Any]:
    """Return the hand-written names of rivers and seas."""
    return tomllib.loads(_WATERS.read_text("utf-8"))
