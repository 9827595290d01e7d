"""The events of a printed map: one symbol a place, its sectors the types, hollow where claimed, and the ground that it may be."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from geoconflict.analysis.figure_ground import INK, MUTED, SURFACE, fill_shapes
from geoconflict.event_extents import Places
from geoconflict.geo import offset
from geoconflict.visible import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["DPI", "HOLLOW", "Spot", "draw_events", "spots_of", "symbol_size"]

DPI: Final = 150
_SMALLEST, _BY_EVENT = 52.0, 16.0
"""Area of a symbol in square points: of one event, and what each further event adds."""
HOLLOW: Final = 0.42
"""How much of the area of a hollow symbol is empty."""
_SHARP: Final = ("exact", "town", "unstated")
_TOLD: Final = ("occurred", "unstated")
"""Statuses that are drawn full, as everywhere; the rest is hollow."""
_LETTER_PX, _NAME_PX = 9.0, 17.0
"""Room for a letter of a name, and for its line, at :data:`DPI`."""
_LINE_LETTERS, _MOST_LINES = 20, 3
"""A longer name is wrapped, as it would run over other places; what these lines cannot hold is cut."""
_CLEAR_PX: Final = 5.0
"""How far around a symbol its ring is at the least, at :data:`DPI`; a smaller one would be hidden."""

Room = tuple[float, float, float, float]


class Spot(NamedTuple):
    """The events of one place of one precision."""

    lon: float
    lat: float
    """Degrees, EPSG:4326."""
    radius_m: float
    name: str
    rows: tuple[int, ...]
    """Their rows in the frame."""
    is_sharp: bool
    """Whether the place is a spot or a town."""
    shape: Any
    """The line or the area that it is; None of a point."""
    sectors: tuple[tuple[str, bool, int], ...]
    """Type, whether it is told as fact, and how many events; most frequent types of the map first, facts before claims."""


def spots_of(events: Any, places: Places, shown: Any, types: Iterable[str]) -> list[Spot]:
    """Return the places to draw in the order to draw them: sharp ones on top of vague ones, small ones on top of large ones."""
    import pandas as pd

    table = pd.DataFrame(
        {
            "lon": places.lon.round(5),
            "lat": places.lat.round(5),
            "radius": places.radius_m,
            "word": places.precision,
            "drawn": places.drawn,
            "type": events["event_type"],
            "told": events["status"].isin(_TOLD),
            "name": events["place_name"],
            "row": np.arange(len(events)),
        }
    )[shown]
    found = []
    for (lon, lat, word, is_drawn), part in table.groupby(["lon", "lat", "word", "drawn"], sort=True):
        counts = part.groupby(["type", "told"]).size().to_dict()
        rows = tuple(part["row"].tolist())
        found.append(
            Spot(
                lon=lon,
                lat=lat,
                radius_m=float(part["radius"].max()),
                name=visible(str(part["name"].mode().iloc[0])),
                rows=rows,
                is_sharp=word in _SHARP and not is_drawn,
                shape=events.geometry.iloc[rows[0]] if is_drawn else None,
                sectors=tuple(
                    (name, told, int(counts[name, told]))
                    for name in types
                    for told in (True, False)
                    if (name, told) in counts
                ),
            )
        )
    return sorted(found, key=lambda one: (one.is_sharp, -len(one.rows)))


def draw_events(
    axes: Axes, spots: Sequence[Spot], colours: Mapping[str, str], n_labels: int, taken: Iterable[Room]
) -> None:
    """Draw one symbol a place, with the ground that it may be, and its name where there is room.

    `taken` are boxes in degrees that hold names already.
    """
    for at, spot in enumerate(spots):
        if not spot.is_sharp:
            _draw_reach(axes, spot)
        _pie(axes, spot, colours, order=3 + at / 1000)
    _draw_names(axes, spots, n_labels, taken)


def symbol_size(n: int) -> float:
    """Return the area of the symbol of `n` events, in square points."""
    return _SMALLEST + _BY_EVENT * (n - 1)


def _half_px(spot: Spot) -> float:
    return float(np.sqrt(symbol_size(len(spot.rows)))) / 2 * DPI / 72


def _draw_names(axes: Axes, spots: Sequence[Spot], n_labels: int, taken: Iterable[Room]) -> None:
    """Name the places with most events beside their symbols; where there is no room, farther off with a line to the symbol."""
    import matplotlib.patheffects as effects

    halo = [effects.withStroke(linewidth=2.2, foreground="#fbfaf6")]
    to_pixel, from_pixel, edge = axes.transData, axes.transData.inverted(), axes.bbox
    full: list[Room] = []
    for west, south, east, north in taken:
        (left, low), (right, top) = to_pixel.transform([(west, south), (east, north)])
        full.append((left, low, right, top))
    for spot in spots:
        (x, y), half = to_pixel.transform((spot.lon, spot.lat)), _half_px(spot) + 2
        full.append((x - half, y - half, x + half, y + half))
    shorts = _short_names(spots)
    done: set[str] = set()
    for spot in sorted(spots, key=lambda one: (-len(one.rows), not one.is_sharp, one.lon, one.lat, one.name)):
        if not spot.name.strip() or spot.name in done or len(done) == n_labels:
            continue
        x, y = to_pixel.transform((spot.lon, spot.lat))
        lines = textwrap.wrap(shorts[spot.name], _LINE_LETTERS, max_lines=_MOST_LINES, placeholder="…")
        wide, high = _LETTER_PX * max(map(len, lines)), _NAME_PX * len(lines)
        for left, low, is_far in _rooms(x, y, _half_px(spot), wide, high):
            right, top = left + wide, low + high
            is_inside = left > edge.x0 + 4 and right < edge.x1 - 4 and low > edge.y0 + 4 and top < edge.y1 - 4
            if not is_inside or any(left < b[2] and right > b[0] and low < b[3] and top > b[1] for b in full):
                continue
            full.append((left, low, right, top))
            done.add(spot.name)
            # The room is reckoned with wide letters; the words stand at its end that is nearest the symbol.
            side = "left" if left > x else "right" if right < x else "center"
            anchor = {"left": left, "right": right, "center": (left + right) / 2}[side]
            at = from_pixel.transform((anchor, (low + top) / 2))
            if is_far:
                end = from_pixel.transform((anchor, low if low > y else top if top < y else (low + top) / 2))
                line = np.array([(spot.lon, spot.lat), end])
                axes.plot(*line.T, color=MUTED, linewidth=0.6, zorder=2.9, scalex=False, scaley=False)
            axes.text(
                float(at[0]),
                float(at[1]),
                "\n".join(lines),
                fontsize=7.5,
                linespacing=1.0,
                color=INK,
                ha=side,
                va="center",
                zorder=5,
                path_effects=halo,
            )
            break


def _short_names(spots: Sequence[Spot]) -> dict[str, str]:
    """Return what each place is called on the map: "Tidermene, about 75 km north of Ménaka" is Tidermene.

    A name that two places would share stays whole, and so does one that only says where a place lies: "about 20 km off X, Y".
    """
    heads = {name: name.split(", ")[0] for name in {spot.name for spot in spots}}
    often = Counter(heads.values())
    return {name: name if not head or head[:1].islower() or often[head] > 1 else head for name, head in heads.items()}


def _rooms(x: float, y: float, half: float, wide: float, high: float) -> Iterator[tuple[float, float, bool]]:
    """Return left and lower edge of where a name may stand around a symbol, best first, and whether it is far from it."""
    for far in (0.0, 16.0, 40.0):
        beside, above = half + 3 + far, half + 2 + far
        middle = y - high / 2
        if not far:
            yield x + beside, middle, False
            yield x - beside - wide, middle, False
        yield x - wide / 2, y + above, bool(far)
        yield x - wide / 2, y - above - high, bool(far)
        for up in (y + above, y - above - high):
            yield x + beside, up, bool(far)
            yield x - beside - wide, up, bool(far)


def _pie(axes: Axes, spot: Spot, colours: Mapping[str, str], *, order: float) -> None:
    """Draw the sectors of a place: full what is told as fact, hollow what is claimed."""
    from matplotlib.path import Path

    total, start = len(spot.rows), 0.0
    size = symbol_size(total)
    look: dict[str, Any] = {"linewidths": 0, "zorder": order, "snap": False}
    at = [spot.lon], [spot.lat]
    axes.scatter(*at, s=size * 1.3, color=SURFACE, **look)
    for name, is_told, n in spot.sectors:
        turn = 2 * np.pi * np.linspace(start, start + n / total, max(8, int(64 * n / total)))
        ring = np.column_stack([np.sin(turn), np.cos(turn)])
        wedge = ring if n == total else np.vstack([[0, 0], ring, [0, 0]])
        # A marker is scaled by its own extent: the size is that of the whole disc.
        own = float(abs(wedge).max()) ** 2
        gid = f"{'told' if is_told else 'claimed'}: {name}"
        axes.scatter(*at, marker=Path(wedge), s=size * own, color=colours[name], gid=gid, **look)
        if not is_told:
            axes.scatter(*at, marker=Path(wedge), s=size * own * HOLLOW, color=SURFACE, **look)
        start += n / total


def _draw_reach(axes: Axes, spot: Spot) -> None:
    """Draw the ground that a place may be: a dashed ring at its true size, a hatched area, a band along a line."""
    import shapely

    dashed: dict[str, Any] = {"facecolor": "none", "edgecolor": MUTED, "linewidth": 0.8, "linestyle": (0, (4, 3))}
    if spot.shape is None:
        edge = [offset(spot.lon, spot.lat, distance_m=spot.radius_m, bearing_deg=5.0 * step) for step in range(72)]
        reach = axes.transData.transform(edge[0])[1] - axes.transData.transform((spot.lon, spot.lat))[1]
        least = _half_px(spot) + _CLEAR_PX
        if reach < least:
            look: dict[str, Any] = {
                "s": (2 * least * 72 / DPI) ** 2,
                "facecolors": "none",
                "edgecolors": MUTED,
                "linewidths": 0.8,
            }
            axes.scatter([spot.lon], [spot.lat], linestyles=[(0, (4, 3))], zorder=2.8, **look)
            return
        geometry = shapely.Polygon(edge)
        fill_shapes(axes, [geometry], facecolor=MUTED, alpha=0.07, edgecolor="none", zorder=1.1)
        fill_shapes(axes, [geometry], **dashed, zorder=1.2)
        return
    if shapely.get_dimensions(spot.shape) == 1:
        for part in getattr(spot.shape, "geoms", [spot.shape]):
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
    fill_shapes(
        axes, [spot.shape], facecolor="none", edgecolor=MUTED, hatch="////", linewidth=0, alpha=0.35, zorder=1.1
    )
    fill_shapes(axes, [spot.shape], **dashed, zorder=1.2)
