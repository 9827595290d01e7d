"""What lies beneath a printed map: land, waters, borders and names, the scale bar, and lines and areas of context."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoconflict.event_extents import distances_m
from geoconflict.geo import CRS, Bounds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "INK",
    "MUTED",
    "SURFACE",
    "draw_areas",
    "draw_ground",
    "draw_lines",
    "draw_scale_bar",
    "fill_shapes",
    "frame_for",
    "scale_bar_room",
]

SURFACE: Final = "#ffffff"
INK: Final = "#1b222c"
MUTED: Final = "#5b6675"
_SEA, _LAND, _BORDER, _REGION, _RIVER = "#dfe9f0", "#f6f4ee", "#8b8a84", "#c9c6bc", "#b5cfdf"
_LINE: Final = "#7a3b69"
_MOST_COUNTRY_NAMES: Final = 12
_LETTER_SHARE, _LINE_SHARE = 0.0165, 0.03
"""Room for a letter of a country's name and for its line, as shares of the width and the height of the map."""


def frame_for(lon: Any, lat: Any, shape: float) -> Bounds:
    """Return the box in degrees that shows all points with a margin, as wide by high on the ground as `shape` says."""
    west, east, south, north = float(lon.min()), float(lon.max()), float(lat.min()), float(lat.max())
    middle = (south + north) / 2
    scale = max(0.05, math.cos(math.radians(middle)))
    high, wide = max(0.3, north - south) * 1.16, max(0.3, (east - west) * scale) * 1.16
    high, wide = max(high, wide / shape), max(wide, high * shape)
    x = (west + east) / 2
    return Bounds(
        x - wide / scale / 2, max(-89.0, middle - high / 2), x + wide / scale / 2, min(89.0, middle + high / 2)
    )


def draw_ground(axes: Axes, box: Bounds, busy: tuple[Any, Any]) -> list[tuple[float, float, float, float]]:
    """Draw the embedded basemap in a box of degrees; its credit is :data:`geoconflict.render.basemap.ATTRIBUTION`.

    `busy` are longitudes and latitudes where a name of a country would be in the way. Returned is the room of each name of
    a country: west, south, east, north in degrees.
    """
    import matplotlib.patheffects as effects
    from matplotlib.collections import LineCollection

    from geoconflict.render.basemap import clip_basemap

    axes.set(xlim=(box.west, box.east), ylim=(box.south, box.north), xticks=[], yticks=[], facecolor=_SEA)
    axes.set_aspect(1 / max(0.05, math.cos(math.radians((box.south + box.north) / 2))))
    for side in axes.spines.values():
        side.set(color="#b9bec6", linewidth=0.8)
    on_globe = Bounds(max(-180.0, box.west), box.south, min(180.0, box.east), box.north)
    ground = clip_basemap(on_globe)
    scale, layers = ground["scale"], ground["layers"]
    _fill(axes, layers["land"]["rings"], scale, _LAND, _SEA, 0.0)
    lines = (
        ("rivers", _RIVER, 0.7, "solid"), ("coast", "#a9b7c1", 0.6, "solid"), ("admin1_borders", _REGION, 0.5, "solid"),
        ("country_borders", _BORDER, 0.9, "solid"), ("disputed", _BORDER, 0.9, (0, (3, 2))),
    )  # fmt: skip
    for order, (name, colour, width, style) in enumerate(lines):
        paths = [_path(one, scale) for one in layers[name]["lines"]]
        axes.add_collection(
            LineCollection(paths, colors=colour, linewidths=width, linestyles=[style], zorder=0.3 + order / 100),
            autolim=False,
        )
        if name == "rivers":
            _fill(axes, layers["lakes"]["rings"], scale, _SEA, _LAND, 0.305)
    halo = [effects.withStroke(linewidth=2.5, foreground=_LAND)]
    offered: dict[str, list[tuple[float, float]]] = {}
    for text, lon, lat, _, kind in ground["labels"]:
        if kind == "country" and _inside(box, lon, lat):
            offered.setdefault(text, []).append((lon, lat))
    taken: list[tuple[float, float, float, float]] = []
    for text, spots in list(offered.items())[:_MOST_COUNTRY_NAMES]:
        half = _LETTER_SHARE * len(text) / 2 * (box.east - box.west), _LINE_SHARE / 2 * (box.north - box.south)
        for lon, lat in sorted(spots, key=lambda spot: -_clearance(spot, busy, box)):
            room = (lon - half[0], lat - half[1], lon + half[0], lat + half[1])
            if any(room[0] < b[2] and room[2] > b[0] and room[1] < b[3] and room[3] > b[1] for b in taken):
                continue
            taken.append(room)
            look: dict[str, Any] = {"color": "#8d8a82", "fontsize": 7.5, "ha": "center", "va": "center"}
            axes.text(lon, lat, " ".join(text.upper()), zorder=0.9, path_effects=halo, clip_on=True, **look)
            break
    return taken


def _inside(box: Bounds, lon: float, lat: float) -> bool:
    """Whether a name that stands in the middle at a point has room within the frame."""
    wide, high = (box.east - box.west) * 0.1, (box.north - box.south) * 0.03
    return box.west + wide < lon < box.east - wide and box.south + high < lat < box.north - high


def _clearance(spot: tuple[float, float], busy: tuple[Any, Any], box: Bounds) -> float:
    """Return how far a spot is from the nearest event; a name is about five times as wide as high, so width counts less."""
    if not len(busy[0]):
        return 0.0
    x, y = (busy[0] - spot[0]) / (box.east - box.west), (busy[1] - spot[1]) / (box.north - box.south)
    return float(np.hypot(x / 2.5, y).min())


def _path(numbers: list[int], scale: float) -> Any:
    return np.cumsum(np.array(numbers, np.int64).reshape(-1, 2), axis=0) * scale


def _fill(axes: Axes, rings: list[list[int]], scale: float, inside: str, outside: str, order: float) -> None:
    """Fill rings by the even-odd rule, as the basemap means them: what lies within a ring within a ring is inside again."""
    import shapely

    shapes = [shapely.make_valid(shapely.Polygon(_path(one, scale))) for one in rings if len(one) >= 6]
    if not shapes:
        return
    area = shapely.area(shapes)
    ring, around = shapely.STRtree(shapes).query(shapely.point_on_surface(shapes), predicate="intersects")
    depth = np.bincount(ring[area[around] > area[ring]], minlength=len(shapes))
    for level in range(int(depth.max()) + 1):
        own = [shape for shape, one in zip(shapes, depth, strict=True) if one == level]
        colour = outside if level % 2 else inside
        fill_shapes(axes, own, facecolor=colour, edgecolor=colour, linewidth=0.3, zorder=order + level / 1000)


def fill_shapes(axes: Axes, shapes: Any, **look: Any) -> None:
    """Draw polygons with their holes, as one patch each."""
    import shapely
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    for shape in shapes:
        # What was mended may be a collection of polygons of several parts, and of lines.
        parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
        rings = [
            ring.coords for part in map(shapely.orient_polygons, parts) for ring in (part.exterior, *part.interiors)
        ]
        if rings:
            axes.add_patch(
                PathPatch(
                    Path.make_compound_path(*(Path(np.asarray(ring)[:, :2], closed=True) for ring in rings)), **look
                )
            )


def draw_lines(axes: Axes, lines: Any) -> list[Any]:
    """Draw dated lines and areas of context; what is approximate is dashed. Return what the legend shows of them."""
    from matplotlib.lines import Line2D

    handles = []
    for row in lines.to_crs(CRS).itertuples():
        dashed = bool(getattr(row, "approximate", True))
        colour = getattr(row, "colour", "") or _LINE
        style: Any = (0, (4, 2)) if dashed else "solid"
        if row.geometry.geom_type in ("Polygon", "MultiPolygon"):
            fill_shapes(
                axes, [row.geometry], facecolor="none", edgecolor=colour, linewidth=1.4, linestyle=style, zorder=1.5
            )
        else:
            for part in getattr(row.geometry, "geoms", [row.geometry]):
                axes.plot(
                    *np.asarray(part.coords)[:, :2].T,
                    color=colour,
                    linewidth=1.8,
                    linestyle=style,
                    zorder=1.5,
                    scalex=False,
                    scaley=False,
                )
        name = str(getattr(row, "name", ""))
        handles.append(
            Line2D(
                [], [], color=colour, linewidth=1.8, linestyle=style, label=name + (" (approximate)" if dashed else "")
            )
        )
    return handles


def draw_areas(axes: Axes, areas: Any, value: str, label: str) -> None:
    """Colour areas by a number, missing ones hatched, with a colour bar beside the map."""
    import matplotlib as mpl

    numbers = areas[value].to_numpy("float64", na_value=np.nan)
    known = numbers[~np.isnan(numbers)]
    top = float(known.max()) if len(known) else 1.0
    colours = mpl.colormaps["Blues"]
    norm = mpl.colors.Normalize(0.0, top or 1.0)
    for shape, number in zip(areas.to_crs(CRS).geometry, numbers, strict=True):
        if np.isnan(number):
            fill_shapes(axes, [shape], facecolor="none", edgecolor="#b3b0a6", hatch="....", linewidth=0.5, zorder=0.2)
        else:
            fill_shapes(
                axes,
                [shape],
                facecolor=colours(0.05 + 0.5 * norm(number)),
                edgecolor=SURFACE,
                linewidth=0.8,
                zorder=0.2,
            )
    shown = mpl.colors.LinearSegmentedColormap.from_list(
        "part", [colours(0.05 + 0.5 * share) for share in np.linspace(0, 1, 64)]
    )
    bar = axes.inset_axes((0.70, 0.955, 0.27, 0.018))
    made = axes.figure.colorbar(mpl.cm.ScalarMappable(norm, shown), cax=bar, orientation="horizontal")
    made.outline.set_visible(False)
    bar.tick_params(labelsize=7, length=2, color=MUTED, labelcolor=INK)
    bar.set_title(label, fontsize=7.5, color=INK, loc="left", pad=3)


def draw_scale_bar(axes: Axes, box: Bounds) -> float:
    """Draw a bar of round kilometres, true at the latitude that it lies on, and return its length in kilometres."""
    import matplotlib.patheffects as effects

    lat = box.south + 0.045 * (box.north - box.south)
    lon = box.west + 0.035 * (box.east - box.west)
    degree_km = float(distances_m(lon, lat, lon + 1.0, lat)) / 1000
    room = 0.22 * (box.east - box.west) * degree_km
    power = 10 ** math.floor(math.log10(room))
    length = next(step * power for step in (5, 2, 1) if step * power <= room)
    end = lon + length / degree_km
    tick = 0.009 * (box.north - box.south)
    halo = [effects.withStroke(linewidth=3, foreground=SURFACE)]
    axes.plot(
        [lon, lon, end, end],
        [lat + tick, lat, lat, lat + tick],
        color=INK,
        linewidth=1.2,
        zorder=6,
        path_effects=halo,
        scalex=False,
        scaley=False,
        gid="scale-bar",
    )
    axes.text(
        (lon + end) / 2,
        lat + tick * 1.3,
        f"{length:g} km",
        fontsize=7.5,
        color=INK,
        ha="center",
        va="bottom",
        zorder=6,
        path_effects=halo,
    )
    return float(length)


def scale_bar_room(box: Bounds) -> tuple[float, float, float, float]:
    """Return the room of the longest scale bar and its words: west, south, east, north in degrees."""
    wide, high = box.east - box.west, box.north - box.south
    return box.west + 0.03 * wide, box.south + 0.04 * high, box.west + 0.26 * wide, box.south + 0.085 * high
