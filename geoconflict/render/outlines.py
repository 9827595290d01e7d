"""Read the package's outlines and cut a box out of them.

The file ``resources/basemap/outlines.bin.gz``, inflated, is a 4-byte little-endian length, that many bytes of JSON
header, and the columns one after the other in the header's order. A column of `n` numbers of `k` bytes is
byte-shuffled: the `n` lowest bytes, then the `n` next ones, and so on. Columns:

=============== ====== =========================================================================================
``dx``, ``dy``  int32  vertices of all arcs, each as the difference to the one before it, also across arcs
``detail``      uint8  the coarsest detail (0 fine .. 4 coarse) at which the vertex is kept
``arc_length``  int32  vertices of each arc; a closed arc repeats its first vertex
``arc_kind``    uint8  index into the header's ``kinds``
``arc_left``    int16  index into ``codes``: a country that the arc bounds, -1 for none
``arc_right``   int16  the country on the other side, -1 for the sea
``arc_name``    int16  index into ``names``, -1 for none
``ring_length`` int32  arcs of each ring of land
``ring_arc``    int32  1-based numbers of the arcs of the rings, negative when walked backwards
=============== ====== =========================================================================================

The header also has ``contested_parts``: country code and box (west, south, east, north) of the parts of countries that
a contested boundary cuts off from the part on which the country's name stands.

Coordinates are whole units of a thousandth of a degree, longitude then latitude, EPSG:4326.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from geoconflict.errors import MapError

__all__ = ["FORMAT", "Detail", "IntBox", "Outlines", "Paths", "clip_line", "clip_ring", "read_outlines"]

FORMAT = 1

IntBox: TypeAlias = tuple[int, int, int, int]
"""West, south, east, north in grid units."""

Points: TypeAlias = npt.NDArray[np.int64]
"""Vertices, shape (n, 2), longitude and latitude in grid units."""

Paths: TypeAlias = list[Points]


def read_outlines(raw: bytes) -> Outlines:
    """Return the outlines in the bytes of ``outlines.bin.gz``.

    Raises
    ------
    MapError
        If the bytes are damaged or of a format that this version does not read.
    """
    try:
        data = gzip.decompress(raw)
        size = int.from_bytes(data[:4], "little")
        header = json.loads(data[4 : 4 + size])
        if header["format"] != FORMAT:
            msg = f"outlines.bin.gz has format {header['format']}, this version reads {FORMAT}; reinstall the package"
            raise MapError(msg)
        columns: dict[str, Any] = {}
        at = 4 + size
        for name, kind, count in header["columns"]:
            width = np.dtype(kind).itemsize
            end = at + count * width
            lanes = np.frombuffer(data[at:end], dtype=np.uint8).reshape(width, count)
            columns[name] = np.ascontiguousarray(lanes.T).view(kind).ravel()
            at = end
        return Outlines(header=header, columns=columns)
    except (EOFError, KeyError, OSError, TypeError, ValueError, zlib.error) as error:
        msg = f"outlines.bin.gz is damaged ({error}); reinstall the package or run scripts/build_basemap.py"
        raise MapError(msg) from error


@dataclass(frozen=True, eq=False)
class Outlines:
    """The outlines of the world at full detail."""

    header: dict[str, Any]
    columns: dict[str, npt.NDArray[Any]]

    @property
    def units_per_degree(self) -> int:
        """Grid units in a degree."""
        return int(self.header["units_per_degree"])

    @cached_property
    def points(self) -> Points:
        """All vertices, shape (n, 2), grid units."""
        deltas = np.stack([self.columns["dx"], self.columns["dy"]], axis=1)
        return np.cumsum(deltas, axis=0, dtype=np.int64)

    def at(self, detail: int, quantum: int) -> Detail:
        """Return the outlines generalised to `detail` (0 fine .. 4 coarse), rounded to multiples of `quantum` units."""
        kept = self.columns["detail"] >= detail
        lengths = self.columns["arc_length"]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        points = self.points[kept]
        if quantum != 1:
            points = np.rint(points / quantum).astype(np.int64) * quantum
        return Detail(self, points, np.add.reduceat(kept, starts, dtype=np.int64))

    def spans(self, lat: float) -> Iterator[tuple[str, float, float]]:
        """Yield (country code, west, east) in degrees for each stretch of a country along the parallel `lat`."""
        y = lat * self.units_per_degree
        points = self.points
        arc = np.repeat(np.arange(len(self.columns["arc_length"])), self.columns["arc_length"])
        bounds_country = self.columns["arc_left"][arc] >= 0
        above = points[:, 1] > y
        at = np.flatnonzero((above[1:] != above[:-1]) & (arc[1:] == arc[:-1]) & bounds_country[1:])
        (ax, ay), (bx, by) = points[at].T, points[at + 1].T
        lon = (ax + (y - ay) / (by - ay) * (bx - ax)) / self.units_per_degree
        sides = np.concatenate([self.columns["arc_left"][arc[at]], self.columns["arc_right"][arc[at]]])
        lons = np.concatenate([lon, lon])
        for code in np.unique(sides[sides >= 0]):
            crossings = np.sort(lons[sides == code])
            for west, east in zip(crossings[::2], crossings[1::2], strict=True):
                yield str(self.header["codes"][code]), float(west), float(east)

    def is_contested(self, code: str, lon: float, lat: float) -> bool:
        """Say whether a point (degrees) lies in a contested part of a country, where its name must not be written."""
        x, y = lon * self.units_per_degree, lat * self.units_per_degree
        return any(
            country == code and west <= x <= east and south <= y <= north
            for country, west, south, east, north in self.header["contested_parts"]
        )


class Detail:
    """The outlines at one level of detail, ready to be cut."""

    def __init__(self, outlines: Outlines, points: Points, lengths: npt.NDArray[np.int64]) -> None:
        self._header = outlines.header
        self._columns = outlines.columns
        ends = np.cumsum(lengths)
        starts = ends - lengths
        self._arcs = [points[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        self._low = np.minimum.reduceat(points, starts, axis=0)
        self._high = np.maximum.reduceat(points, starts, axis=0)

    def lines(self, kinds: tuple[str, ...], box: IntBox) -> Paths:
        """Return the parts of the arcs of these kinds that lie in the box."""
        return [piece for arc in self._touching(kinds, box) for piece in self._pieces(arc, box)]

    def named_lines(self, kinds: tuple[str, ...], box: IntBox) -> tuple[list[str], Paths]:
        """Return the names of the lines in the box, and the lines, in the same order."""
        names: list[str] = []
        lines: Paths = []
        for arc in self._touching(kinds, box):
            for piece in self._pieces(arc, box):
                name = self._columns["arc_name"][arc]
                names.append(self._header["names"][name] if name >= 0 else "")
                lines.append(piece)
        return names, lines

    def lakes(self, box: IntBox) -> Paths:
        """Return the rings of lakes, cut at the box."""
        rings = (clip_ring(self._arcs[arc][:-1], box) for arc in self._touching(("lake",), box))
        return [ring for ring in rings if len(ring)]

    def land(self, box: IntBox) -> Paths:
        """Return the rings that bound land from sea, cut at the box; filled together by the even-odd rule."""
        rings: Paths = []
        numbers, lengths = self._columns["ring_arc"], self._columns["ring_length"]
        starts = np.cumsum(lengths) - lengths
        index = np.abs(numbers) - 1
        low = np.minimum.reduceat(self._low[index], starts, axis=0)
        high = np.maximum.reduceat(self._high[index], starts, axis=0)
        for ring in np.flatnonzero((low <= box[2:]).all(axis=1) & (high >= box[:2]).all(axis=1)).tolist():
            arcs = numbers[starts[ring] : starts[ring] + lengths[ring]].tolist()
            walked = [self._arcs[number - 1] if number > 0 else self._arcs[-number - 1][::-1] for number in arcs]
            clipped = clip_ring(np.concatenate([arc[:-1] for arc in walked]), box)
            if len(clipped):
                rings.append(clipped)
        return rings

    def _touching(self, kinds: tuple[str, ...], box: IntBox) -> list[int]:
        wanted = np.isin(self._columns["arc_kind"], [self._header["kinds"].index(kind) for kind in kinds])
        meets = (self._low <= box[2:]).all(axis=1) & (self._high >= box[:2]).all(axis=1)
        found: list[int] = np.flatnonzero(wanted & meets).tolist()
        return found

    def _pieces(self, arc: int, box: IntBox) -> Paths:
        points = self._arcs[arc]
        if (points[0] == points[-1]).all() and len(points) < 4:
            return []  # an island too small for this detail
        if (self._low[arc] >= box[:2]).all() and (self._high[arc] <= box[2:]).all():
            return [points]
        return clip_line(points, box)


def clip_line(points: Points, box: IntBox) -> Paths:
    """Return the pieces of a line, shape (n, 2), that lie in the box, each of at least two distinct vertices.

    Liang and Barsky (1984), on all segments at once; cut ends are rounded to the grid.
    """
    start = points[:-1].astype(np.float64)
    step = points[1:] - start
    enter = np.zeros(len(start))
    leave = np.ones(len(start))
    for axis in (0, 1):
        low, high = float(box[axis]), float(box[axis + 2])
        position, speed = start[:, axis], step[:, axis]
        moving = speed != 0
        safe = np.where(moving, speed, 1.0)
        to_low, to_high = (low - position) / safe, (high - position) / safe
        outside = ~moving & ((position < low) | (position > high))
        enter = np.maximum(enter, np.where(moving, np.minimum(to_low, to_high), np.where(outside, 2.0, 0.0)))
        leave = np.minimum(leave, np.where(moving, np.maximum(to_low, to_high), 1.0))
    seen = np.flatnonzero(enter < leave)
    if len(seen) == 0:
        return []
    first = start + enter[:, None] * step
    last = start + leave[:, None] * step
    joined = (np.diff(seen) == 1) & (leave[seen[:-1]] == 1.0) & (enter[seen[1:]] == 0.0)
    pieces: Paths = []
    for run in np.split(seen, np.flatnonzero(~joined) + 1):
        piece = np.rint(np.concatenate([first[run[:1]], last[run]])).astype(np.int64)
        if (piece != piece[0]).any():
            pieces.append(piece)
    return pieces


def clip_ring(ring: Points, box: IntBox) -> Points:
    """Return the part of a ring, shape (n, 2), first vertex not repeated, that lies in the box; (0, 2) for none.

    Sutherland and Hodgman (1974): where the ring leaves and re-enters, the result runs along the box, so it is fit to
    be filled but not to be stroked. Cut vertices are rounded to the grid.
    """
    nothing: Points = np.empty((0, 2), dtype=np.int64)
    if not len(ring):
        return nothing
    low, high = ring.min(axis=0), ring.max(axis=0)
    clipped = ring
    for axis, limit, sign in ((0, box[0], 1), (1, box[1], 1), (0, box[2], -1), (1, box[3], -1)):
        if sign * ((low if sign > 0 else high)[axis] - limit) >= 0:
            continue  # no vertex beyond this side, and cuts at the others make none
        distance = sign * (clipped[:, axis] - float(limit))
        inside = distance >= 0
        if not inside.any():
            return nothing
        following = np.roll(clipped, -1, axis=0)
        crossing = inside != np.roll(inside, -1)
        run = np.where(crossing, distance - np.roll(distance, -1), 1.0)
        cut = clipped + (distance / run)[:, None] * (following - clipped)
        cut[:, axis] = limit
        both = np.stack([clipped, cut], axis=1)
        clipped = both[np.stack([inside, crossing], axis=1)]
    whole: Points = np.rint(clipped).astype(np.int64)
    others = whole[(whole != whole[0]).any(axis=1)]
    if len(others) < 2 or (others == others[0]).all():
        return nothing
    return whole
