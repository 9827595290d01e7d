"""The events of a printed map: one symbol a place, its sectors the types, and the ground that an event may have been on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoconflict.analysis.figure_ground import INK, MUTED, SURFACE, fill_shapes
from geoconflict.event_extents import Places
from geoconflict.geo import offset
from geoconflict.visible import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DPI", "draw_events", "symbol_size"]

DPI: Final = 150
_SMALLEST, _BY_EVENT = 34.0, 15.0
"""Area of a symbol in square points: of one event, and what each further event adds."""
_SHARP: Final = ("exact", "town", "unstated")
_LETTER_PX: Final = 9.0
"""Room for a letter of a name, at :data:`DPI`."""


def draw_events(axes: Axes, events: Any, places: Places, shown: Any, colours: dict[str, str], n_labels: int) -> int:
    """Draw one symbol a place, with the ground that it may be, and return the number of events of the largest."""
    import pandas as pd

    table = pd.DataFrame(
        {
            "lon": places.lon.round(5),
            "lat": places.lat.round(5),
            "radius": places.radius_m,
            "word": places.precision,
            "drawn": places.drawn,
            "type": events["event_type"],
            "name": events["place_name"],
            "row": np.arange(len(events)),
        }
    )[shown]
    groups = [(key, part) for key, part in table.groupby(["lon", "lat", "word", "drawn"], sort=True)]
    # Sharp places lie on top of vague ones, and small ones on top of large ones.
    groups.sort(key=lambda one: (one[0][2] in _SHARP, -len(one[1])))
    for at, ((lon, lat, word, is_drawn), part) in enumerate(groups):
        sharp = word in _SHARP and not is_drawn
        if not sharp:
            shape = events.geometry.iloc[int(part["row"].iloc[0])] if is_drawn else None
            _draw_reach(axes, shape, lon, lat, float(part["radius"].max()))
        counts = part["type"].value_counts()
        sectors = [(colours[name], int(counts[name])) for name in colours if name in counts]
        _pie(axes, lon, lat, sectors, hollow=not sharp, order=3 + at / 1000)
    spots = [(lon, lat, visible(str(part["name"].mode().iloc[0])), len(part)) for (lon, lat, _, _), part in groups]
    _draw_names(axes, spots, n_labels)
    return max((len(part) for _, part in groups), default=0)


def symbol_size(n: int) -> float:
    """Return the area of the symbol of `n` events, in square points."""
    return _SMALLEST + _BY_EVENT * (n - 1)


def _draw_names(axes: Axes, spots: list[tuple[float, float, str, int]], n_labels: int) -> None:
    """Name the places with most events where there is room beside their symbols: right, left, above or below."""
    import matplotlib.patheffects as effects

    halo = [effects.withStroke(linewidth=2.2, foreground="#fbfaf6")]
    to_pixel, from_pixel, edge = axes.transData, axes.transData.inverted(), axes.bbox
    taken: list[tuple[float, float, float, float]] = []
    halves = [np.sqrt(symbol_size(n)) / 2 * DPI / 72 for _, _, _, n in spots]
    for (lon, lat, _, _), half in zip(spots, halves, strict=True):
        x, y = to_pixel.transform((lon, lat))
        taken.append((x - half, y - half, x + half, y + half))
    done: set[str] = set()
    for (lon, lat, name, _), half in sorted(zip(spots, halves, strict=True), key=lambda one: (-one[0][3], one[0])):
        if not name or name in done or len(done) == n_labels:
            continue
        x, y = to_pixel.transform((lon, lat))
        wide, high = _LETTER_PX * len(name), 17.0
        for left, low in (
            (x + half + 3, y - high / 2),
            (x - half - 3 - wide, y - high / 2),
            (x - wide / 2, y + half + 2),
            (x - wide / 2, y - half - high - 2),
        ):
            right, top = left + wide, low + high
            is_inside = left > edge.x0 + 4 and right < edge.x1 - 4 and low > edge.y0 + 4 and top < edge.y1 - 4
            if is_inside and not any(left < b[2] and right > b[0] and low < b[3] and top > b[1] for b in taken):
                taken.append((left, low, right, top))
                done.add(name)
                # The room is reckoned with wide letters; the words stand at its end that is nearest the symbol.
                side = "left" if left > x else "right" if right < x else "center"
                anchor = {"left": left, "right": right, "center": (left + right) / 2}[side]
                at = from_pixel.transform((anchor, low + high / 2))
                axes.text(
                    float(at[0]),
                    float(at[1]),
                    name,
                    fontsize=7.5,
                    color=INK,
                    ha=side,
                    va="center",
                    zorder=5,
                    path_effects=halo,
                )
                break


def _pie(axes: Axes, lon: float, lat: float, sectors: list[tuple[str, int]], *, hollow: bool, order: float) -> None:
    from matplotlib.path import Path

    total, start = sum(n for _, n in sectors), 0.0
    size = symbol_size(total)
    look: dict[str, Any] = {"linewidths": 0, "zorder": order, "snap": False}
    for colour, n in sectors:
        turn = 2 * np.pi * np.linspace(start, start + n / total, max(8, int(64 * n / total)))
        ring = np.column_stack([np.sin(turn), np.cos(turn)])
        wedge = ring if n == total else np.vstack([[0, 0], ring, [0, 0]])
        # A marker is scaled by its own extent: the size is that of the whole disc.
        axes.scatter([lon], [lat], marker=Path(wedge), s=size * float(abs(wedge).max()) ** 2, color=colour, **look)
        start += n / total
    axes.scatter([lon], [lat], s=size, facecolors="none", edgecolors=SURFACE, **look | {"linewidths": 0.9})
    if hollow:
        axes.scatter([lon], [lat], s=size * 0.3, color=SURFACE, **look)


def _draw_reach(axes: Axes, geometry: Any, lon: float, lat: float, radius_m: float) -> None:
    import shapely

    if geometry is None:
        geometry = shapely.Polygon(
            [offset(lon, lat, distance_m=radius_m, bearing_deg=5.0 * step) for step in range(72)]
        )
    if shapely.get_dimensions(geometry) == 1:
        for part in getattr(geometry, "geoms", [geometry]):
            axes.plot(
                *np.asarray(part.coords)[:, :2].T,
                color=MUTED,
                alpha=0.28,
                linewidth=6,
                solid_capstyle="round",
                zorder=1.2,
                scalex=False,
                scaley=False,
            )
        return
    fill_shapes(axes, [geometry], facecolor=MUTED, alpha=0.07, edgecolor="none", zorder=1.1)
    fill_shapes(axes, [geometry], facecolor="none", edgecolor=MUTED, linewidth=0.7, linestyle=(0, (4, 3)), zorder=1.2)
