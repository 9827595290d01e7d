"""A small picture of a map as SVG text: outlines and a dot for each place, drawn here so that no browser is needed.

The colours are custom properties of the page around it (``--sea``, ``--land``, ``--border``), and each type of event has
its own for light and dark, so that one picture suits both themes. The same arguments give the same text.
"""

from __future__ import annotations

import html
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from geoconflict.geo import Bounds

__all__ = ["HEIGHT", "WIDTH", "Dot", "thumbnail"]

WIDTH: Final = 400
HEIGHT: Final = 240

_MARGIN: Final = 18.0
_LEAST_STEP: Final = 0.8
"""Vertices nearer than this many units to the one before are left out: they could not be seen."""

_LEAST_RADIUS: Final = 2.6
_MOST_RADIUS: Final = 9.0
_MOST_DOTS: Final = 400
_LEAST_SPAN: Final = 0.3 / 360
"""The smallest width of the picture, as a share of the world's: some 30 km at the equator."""

Path = Sequence[tuple[float, float]]


class Dot(NamedTuple):
    """The events of one type at one place: EPSG:4326 degrees, beyond 180 across the date line; `is_vague` when the spot itself is not known."""

    lon: float
    lat: float
    event_type: str
    is_vague: bool
    n: int = 1
    """How many events."""


def thumbnail(dots: Iterable[Dot], focus: Bounds, basemap: Mapping[str, Any] | None, style: Mapping[str, Any]) -> str:
    """Return the picture as one ``<svg>`` element of :data:`WIDTH` by :data:`HEIGHT` units.

    Parameters
    ----------
    dots
        One for each type at each place, or several; those of one type within a unit of each other become one, larger for more.
    focus
        What the picture shows, EPSG:4326 degrees.
    basemap
        Outlines as :func:`geoconflict.render.basemap.clip_basemap` returns them, or None.
    style
        Colours of event types, as :func:`geoconflict.type_styles.style_table` returns them.
    """
    view = _View(focus)
    parts = [f'<rect width="{WIDTH}" height="{HEIGHT}" fill="var(--sea)"/>']
    if basemap is not None:
        parts += _outlines(basemap, view)
    parts += _dots(dots, view, style)
    head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false" preserveAspectRatio="xMidYMid slice">'
    return "".join([head, *parts, "</svg>"])


class _View:
    """Web Mercator, fitted to the picture."""

    def __init__(self, focus: Bounds) -> None:
        left, right = focus.west / 360, focus.east / 360
        top, bottom = _mercator(focus.north), _mercator(focus.south)
        width, height = max(right - left, _LEAST_SPAN), max(bottom - top, _LEAST_SPAN)
        self.scale = min((WIDTH - 2 * _MARGIN) / width, (HEIGHT - 2 * _MARGIN) / height)
        self.x0 = WIDTH / 2 - self.scale * (left + right) / 2
        self.y0 = HEIGHT / 2 - self.scale * (top + bottom) / 2

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return self.x0 + self.scale * lon / 360, self.y0 + self.scale * _mercator(lat)


def _mercator(lat: float) -> float:
    sin = math.sin(math.radians(max(-85.0, min(85.0, lat))))
    return -math.log((1 + sin) / (1 - sin)) / (4 * math.pi)


# ---------------------------------------------------------------- outlines
_FILLS: Final = (
    ("world_land", "var(--land)"),
    ("around_land", "var(--land)"),
    ("land", "var(--land)"),
    ("lakes", "var(--sea)"),
)
_LINES: Final = (
    ("admin1_borders", 'fill="none" stroke="var(--admin)" stroke-width=".6"'),
    ("country_borders", 'fill="none" stroke="var(--border)" stroke-width="1"'),
    ("world_borders", 'fill="none" stroke="var(--border)" stroke-width="1"'),
    ("around_borders", 'fill="none" stroke="var(--border)" stroke-width="1"'),
    ("disputed", 'fill="none" stroke="var(--border)" stroke-width="1" stroke-dasharray="4 3"'),
)


def _outlines(basemap: Mapping[str, Any], view: _View) -> Iterator[str]:
    layers, scale = basemap["layers"], basemap["scale"]
    for name, colour in _FILLS:
        # All rings of a layer are one path under the even-odd rule.
        rings = layers.get(name, {}).get("rings", ())
        path = _path((_moved(ring, scale, view) for ring in rings), is_closed=True)
        if path:
            yield f'<path d="{path}" fill="{colour}" fill-rule="evenodd"/>'
    for name, look in _LINES:
        path = _path((_moved(line, scale, view) for line in layers.get(name, {}).get("lines", ())), is_closed=False)
        if path:
            yield f'<path d="{path}" {look}/>'


def _moved(flat: Sequence[int], scale: float, view: _View) -> Path:
    x = y = 0
    points = []
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append(view.at(x * scale, y * scale))
    return points


def _path(lines: Iterable[Path], *, is_closed: bool) -> str:
    parts = []
    for line in lines:
        xs, ys = [x for x, _ in line], [y for _, y in line]
        if not line or max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > HEIGHT:
            continue
        kept = [line[0]]
        for x, y in line[1:-1]:
            if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= _LEAST_STEP:
                kept.append((x, y))
        kept.append(line[-1])
        if len(kept) > (2 if is_closed else 1):
            parts.append("M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in kept) + ("Z" if is_closed else ""))
    return "".join(parts)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


# ---------------------------------------------------------------- events
def _dots(dots: Iterable[Dot], view: _View, style: Mapping[str, Any]) -> Iterator[str]:
    counts: Counter[tuple[int, int, str, bool]] = Counter()
    for dot in dots:
        x, y = view.at(dot.lon, dot.lat)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            counts[round(x), round(y), dot.event_type, dot.is_vague] += dot.n
    if not counts:
        return
    most = max(counts.values())
    drawn = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST_DOTS]
    for kind in sorted({key[2] for key, _ in drawn}):
        look = style["types"].get(kind, style["other"])
        yield f'<g class="dots" style="--c:{html.escape(look["colour"])};--d:{html.escape(look["dark"])}">'
        for (x, y, one, is_vague), n in drawn:
            if one == kind:
                radius = _LEAST_RADIUS + (_MOST_RADIUS - _LEAST_RADIUS) * math.sqrt((n - 1) / most)
                vague = ' class="vague"' if is_vague else ""
                yield f'<circle cx="{x}" cy="{y}" r="{_number(radius)}"{vague}/>'
        yield "</g>"
