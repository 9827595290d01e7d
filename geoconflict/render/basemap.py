"""The embedded basemap: Natural Earth outlines, clipped to the data, small enough to lie inside the page.

A map that opens from disk with the network off cannot ask a tile server, so land, borders and names travel with it.
:func:`clip_basemap` cuts them out of the package's outlines; :func:`basemap_bytes` writes them as the one JSON text
that stands for them.

The format that the page decodes
--------------------------------
One JSON object::

    {"format": 1,
     "scale": 0.001,                       degrees per unit of every coordinate in "layers"
     "box": [west, south, east, north],    degrees; inside it the detail, outside it the world backdrop; none is all
     "layers": {NAME: LAYER, ...},         all eleven, in any order, possibly empty
     "labels": [[name, lon, lat, min_zoom, kind], ...],
     "attribution": [text, ...]}

A line layer is ``{"type": "line", "lines": [PATH, ...]}``, a polygon layer ``{"type": "polygon", "rings": [PATH, ...]}``.
A PATH is a flat list of integers ``[x0, y0, dx1, dy1, dx2, dy2, ...]``: the first vertex, then differences, x being
longitude and y latitude, both multiplied by ``scale`` to give degrees (EPSG:4326). A ring does not repeat its first
vertex. *All rings of a polygon layer are one path, filled by the even-odd rule*: islands, holes and lakes on islands
need no further structure. ``disputed`` and ``rivers`` also have ``"names"``, one text for each line, empty for none.

Lines are stroked and never filled; polygons are filled and never stroked: a clipped polygon runs along the clip box.
Bottom to top:

================== ======= =====================================================================================
``world_land``     polygon land of the whole world *outside* the surroundings, coarse
``around_land``    polygon land of the surroundings, less coarse: what a reader sees who zooms out a little
``land``           polygon land inside the box
``rivers``         line    inside the box (on boxes of continental size those with names)
``lakes``          polygon lakes inside the box, filled in the colour of the sea
``world_borders``  line    country borders outside the surroundings, coarse
``around_borders`` line    country borders of the surroundings
``admin1_borders`` line    first-level regions inside the box (empty for boxes of continental size)
``country_borders`` line   boundaries between countries as they stand de facto, inside the box
``coast``          line    inside the box
``disputed``       line    dashed: contested boundaries, lines of control, claims; inside the box
================== ======= =====================================================================================

Labels have the kind ``"country"``, ``"admin1"``, ``"sea"``, ``"lake"``, ``"town"`` or whatever the caller's own labels
say; one is shown from zoom level ``min_zoom`` (Web Mercator, 256-pixel tiles) upwards. They are
ordered by importance: the first to be placed wins where two overlap. Names are data, never HTML.
"""

from __future__ import annotations

import csv
import functools
import math
from collections.abc import Collection, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from geoconflict.errors import InputError, MapError
from geoconflict.geo import Bounds
from geoconflict.ids import canonical_json

if TYPE_CHECKING:
    from geoconflict.render.outlines import IntBox, Outlines, Paths

__all__ = ["LAYERS", "Label", "basemap_bytes", "clip_basemap", "country_names", "grown"]

LAYERS = (
    "world_land",
    "around_land",
    "land",
    "rivers",
    "lakes",
    "world_borders",
    "around_borders",
    "admin1_borders",
    "country_borders",
    "coast",
    "disputed",
)
"""The names of all layers of a basemap, bottom to top."""

ATTRIBUTION = (
    "Outlines, waters and names: Natural Earth (public domain), 1:10m, rivers 1:50m, generalised.",
    "Boundaries show de facto control, not a legal position; dashed lines are contested and approximate.",
)

_MARGIN_SHARE = 0.25
_MARGIN_LEAST_DEG = 1.0

_DETAIL_SPANS_DEG = (16.0, 45.0, 75.0, 140.0)
"""A box of at most the first span gets full detail, of at most the second one step less, and so on."""

_BACKDROP_DETAIL = 4
_COARSE_DETAIL = 3
_COARSE_QUANTUM = 10
"""From this detail on, regions are left out and coordinates are rounded to so many units: 0.01 degrees, a tenth of a
pixel at that scale."""

_AROUND_SHARE = 1.5
_AROUND_LEAST_DEG = 8.0
_AROUND_COARSER = 2
"""The surroundings: how much the box is grown once more, and how many steps they are coarser than it. Of boxes so large
that this is as coarse as the world there are none."""

_BACKDROP_QUANTUM = 50
"""Units of the world behind the box, which is seen from so far away that 0.05 degrees are less than a pixel."""

_SEAM_UNITS = 100
"""How far the backdrop reaches into the box, so that no hairline of sea shows between the two fills."""

_SCANLINES = 9
_LABEL_LEAST_SHARE = 0.12
"""A country gets a name inside the box when it is at least this share of the box wide somewhere."""

_LABEL_PLACES = 4
"""So many places are offered for a country's name, since events may stand on the best one."""

_BACKDROP_LABEL_ZOOM = 4.5
"""Countries and seas outside the box are named when Natural Earth names them up to this zoom level."""


class Label(NamedTuple):
    """A name on the map: where it stands (EPSG:4326 degrees) and the zoom level from which it is shown."""

    name: str
    lon: float
    lat: float
    min_zoom: float = 0.0
    kind: str = "town"


def clip_basemap(bounds: Bounds, *, labels: Sequence[Label] = ()) -> dict[str, Any]:
    """Return the basemap for a map of data within `bounds`, in the format of this module's description.

    Parameters
    ----------
    bounds
        The box around the data, EPSG:4326 degrees; a single point will do. It is grown by a quarter of its longer
        side, at least by one degree, and clamped to the globe.
    labels
        Further names, for instance towns; kept when they lie in the grown box, and ranked behind countries.

    Returns
    -------
    dict
        Made of JSON types only; equal arguments give equal results. A box in the open sea has empty detail layers and
        the world behind it.

    Raises
    ------
    InputError
        If `bounds` is not a box on the globe: a coordinate is not finite or out of range, or west exceeds east.
    MapError
        If the outlines in the package are missing or damaged.
    """
    _check_bounds(bounds)
    box = grown(bounds)
    outlines = _outlines()
    unit = outlines.units_per_degree
    west, south, east, north = (round(side * unit) for side in box)
    int_box = (west, south, east, north)
    detail = sum(max(box.east - box.west, box.north - box.south) > span for span in _DETAIL_SPANS_DEG)
    quantum = _COARSE_QUANTUM if detail >= _COARSE_DETAIL else 1

    inside = outlines.at(detail, quantum)
    river_names, rivers = inside.named_lines(("river",), int_box)
    if detail >= _COARSE_DETAIL:
        named = [(name, river) for name, river in zip(river_names, rivers, strict=True) if name]
        river_names, rivers = [name for name, _ in named], [river for _, river in named]
    names, disputed = inside.named_lines(("disputed", "claim"), int_box)
    layers: dict[str, dict[str, Any]] = {
        "land": _polygons(inside.land(int_box)),
        "rivers": {**_lines(rivers), "names": river_names},
        "lakes": _polygons(inside.lakes(int_box)),
        "coast": _lines(inside.lines(("coast",), int_box)),
        "country_borders": _lines(inside.lines(("country",), int_box)),
        "admin1_borders": _lines(inside.lines(("admin1",), int_box) if detail < _COARSE_DETAIL else []),
        "disputed": {**_lines(disputed), "names": names},
    }
    around_detail = detail + _AROUND_COARSER
    has_around = around_detail < _BACKDROP_DETAIL
    wide = box.padded(_AROUND_SHARE, _AROUND_LEAST_DEG) if has_around else box
    around_box = (round(wide.west * unit), round(wide.south * unit), round(wide.east * unit), round(wide.north * unit))
    world = (-180 * unit, -90 * unit, 180 * unit, 90 * unit)
    for name, outer, inner, level, step in (
        ("around", around_box, int_box, around_detail, _COARSE_QUANTUM),
        ("world", world, around_box, _BACKDROP_DETAIL, _BACKDROP_QUANTUM),
    ):
        frames = _frames_around(inner, outer) if inner != outer else []
        shown = outlines.at(min(level, _BACKDROP_DETAIL), step)
        layers[f"{name}_land"] = _polygons([ring for frame in frames for ring in shown.land(frame)])
        layers[f"{name}_borders"] = _lines(
            [line for frame in frames for line in shown.lines(("country", "disputed"), frame)]
        )
    return {
        "format": 1,
        "scale": 1 / unit,
        "box": [west / unit, south / unit, east / unit, north / unit],
        "layers": layers,
        "labels": [list(label) for label in _labels(box, outlines, labels, with_regions=detail < _COARSE_DETAIL)],
        "attribution": list(ATTRIBUTION),
    }


def grown(bounds: Bounds) -> Bounds:
    """Return the box that a basemap for data within `bounds` has in detail."""
    return bounds.padded(_MARGIN_SHARE, _MARGIN_LEAST_DEG)


def basemap_bytes(basemap: dict[str, Any]) -> bytes:
    """Return the basemap as UTF-8 JSON: keys sorted, no spaces; equal basemaps give equal bytes."""
    return canonical_json(basemap).encode("utf-8")


def _check_bounds(bounds: Bounds) -> None:
    west, south, east, north = bounds
    fits = all(math.isfinite(side) for side in bounds)
    if not (fits and -180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        msg = (
            f"no basemap for the box {tuple(bounds)}: want west <= east within -180..180 and south <= north "
            "within -90..90 degrees; check for swapped latitude and longitude"
        )
        raise InputError(msg)


@functools.cache
def _outlines() -> Outlines:
    from geoconflict.render.outlines import read_outlines

    try:
        raw = (resources.files("geoconflict.resources") / "basemap" / "outlines.bin.gz").read_bytes()
    except FileNotFoundError:
        msg = "the package has no resources/basemap/outlines.bin.gz; reinstall it, or run scripts/build_basemap.py"
        raise MapError(msg) from None
    return read_outlines(raw)


@functools.cache
def _place_labels() -> tuple[tuple[str, Label], ...]:
    """Return (country code, label) for each country, first-level region, lake and sea, in the file's order."""
    text = (resources.files("geoconflict.resources") / "basemap" / "labels.csv").read_text("utf-8")
    return tuple(
        (row["country"], Label(row["name"], float(row["lon"]), float(row["lat"]), float(row["min_zoom"]), row["kind"]))
        for row in csv.DictReader(text.splitlines())
    )


def country_names(codes: Collection[str]) -> dict[str, str]:
    """Return the English names of the countries among `codes` (ISO 3166-1 alpha-3), from Natural Earth's labels."""
    return {code: label.name for code, label in _place_labels() if label.kind == "country" and code in codes}


def _polygons(rings: Paths) -> dict[str, Any]:
    return {"type": "polygon", "rings": [_path(ring) for ring in rings]}


def _lines(lines: Paths) -> dict[str, Any]:
    return {"type": "line", "lines": [_path(line) for line in lines]}


def _path(points: Any) -> list[int]:
    import numpy as np

    deltas = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=points.dtype))
    moves = deltas.any(axis=1)
    moves[0] = True
    flat: list[int] = deltas[moves].ravel().tolist()
    return flat


def _frames_around(box: IntBox, outer: IntBox) -> list[IntBox]:
    """Return the boxes that together make `outer` without `box`: west and east of it, then below and above."""
    west = box[0] + _SEAM_UNITS if box[0] > outer[0] else outer[0]
    south = box[1] + _SEAM_UNITS if box[1] > outer[1] else outer[1]
    east = box[2] - _SEAM_UNITS if box[2] < outer[2] else outer[2]
    north = box[3] - _SEAM_UNITS if box[3] < outer[3] else outer[3]
    frames = [
        (outer[0], outer[1], west, outer[3]),
        (east, outer[1], outer[2], outer[3]),
        (west, outer[1], east, south),
        (west, north, east, outer[3]),
    ]
    return [frame for frame in frames if frame[0] < frame[2] and frame[1] < frame[3]]


def _labels(box: Bounds, outlines: Outlines, extra: Sequence[Label], *, with_regions: bool) -> list[Label]:
    def is_inside(label: Label) -> bool:
        return box.west <= label.lon <= box.east and box.south <= label.lat <= box.north

    anchors = _label_anchors(box, outlines)
    countries: list[Label] = []
    regions: list[Label] = []
    waters: list[Label] = []
    for code, label in _place_labels():
        if label.kind in {"lake", "sea"}:
            if is_inside(label) or (label.kind == "sea" and label.min_zoom <= _BACKDROP_LABEL_ZOOM):
                waters.append(label)
        elif label.kind == "admin1":
            if with_regions and is_inside(label):
                regions.append(label)
        elif is_inside(label) or code in anchors:
            countries += [label] if is_inside(label) else []
            countries += [label._replace(lon=lon, lat=lat) for lon, lat in anchors.get(code, ())]
        elif label.min_zoom <= _BACKDROP_LABEL_ZOOM:
            countries.append(label)
    extras = [Label(*label) for label in extra if is_inside(label)]
    # A country's best place comes first.
    countries.sort(key=lambda label: (label.min_zoom, label.name))
    rest = [
        label
        for group in (extras, waters, regions)
        for label in sorted(group, key=lambda label: (label.min_zoom, label.name, label.lon, label.lat, label.kind))
    ]
    return [*countries, *rest]


def _label_anchors(box: Bounds, outlines: Outlines) -> dict[str, list[tuple[float, float]]]:
    """Return places (lon, lat) in degrees for the name of each country in the box, where it is wide enough: widest first."""
    middles: dict[str, list[tuple[float, float, float]]] = {}
    sides: dict[str, list[tuple[float, float, float]]] = {}
    least = _LABEL_LEAST_SHARE * (box.east - box.west)
    for step in range(1, _SCANLINES + 1):
        # The odd thousandth keeps the scan line off the vertices of straight boundaries along whole degrees.
        lat = round(box.south + (box.north - box.south) * step / (_SCANLINES + 1), 2) + 0.0005
        for code, west, east in outlines.spans(lat):
            left, right = max(west, box.west), min(east, box.east)
            width = right - left
            # Events may stand thick in the middle of a wide country: its name may stand to either side of them, too.
            for spots, lon, share in ((middles, 1 / 2, 1), (sides, 1 / 4, 2), (sides, 3 / 4, 2)):
                x = left + lon * width
                if width >= share * least and not outlines.is_contested(code, x, lat):
                    spots.setdefault(code, []).append((-width, round(x, 2), round(lat, 2)))
    return {
        code: [(lon, lat) for spots in (middles, sides) for _, lon, lat in sorted(spots.get(code, ()))[:_LABEL_PLACES]]
        for code in middles.keys() | sides.keys()
    }
