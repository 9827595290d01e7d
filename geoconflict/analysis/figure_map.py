"""A map of events for print: one figure, light, with what is not known as visible as what is."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoconflict.analysis.figure_events import DPI, draw_events, spots_of
from geoconflict.analysis.figure_ground import (
    INK,
    MUTED,
    SURFACE,
    draw_areas,
    draw_ground,
    draw_lines,
    draw_scale_bar,
    frame_for,
    scale_bar_room,
)
from geoconflict.analysis.figure_legend import draw_legend, legend_height_in
from geoconflict.errors import InputError
from geoconflict.event_extents import (
    DONE,
    STAND_INS,
    Places,
    checked_events,
    days_of_events,
    places_of_events,
    told_as_done,
)
from geoconflict.extras import how_to_install
from geoconflict.frame_checks import credit_lines
from geoconflict.geo import METRES_A_DEGREE, Bounds, checked_bounds
from geoconflict.render.basemap import ATTRIBUTION
from geoconflict.visible import visible

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.figure import Figure

__all__ = ["plot_map"]

_WIDTH_IN: Final = 8.0
_MARGIN_IN: Final = 0.25
_SHAPE: Final = 1.35
_WIDEST_DEG: Final = 12.0
"""Events farther apart than this, such as talks on another continent, would shrink the war to a dot: the frame follows most."""


def plot_map(
    events: gpd.GeoDataFrame,
    *,
    title: str = "",
    areas: gpd.GeoDataFrame | None = None,
    value: str | None = None,
    value_label: str = "",
    lines: gpd.GeoDataFrame | None = None,
    bounds: Bounds | tuple[float, float, float, float] | None = None,
    labels: int = 12,
    credit: str | Sequence[str] = (),
    n_unlocated: int = 0,
    statuses: Sequence[str] = DONE,
) -> Figure:
    """Return a map of events as a figure of matplotlib, to save as PDF, SVG or PNG.

    One symbol a place, its area by the number of events, its sectors by their types. What is told as fact is full, a claim
    hollow, as on every map. Where the place is only near one, a district or a province, the ground that it may be is ringed at its
    true size, dashed; areas are hatched and lines drawn as such. What stands for a country, a region or a sea is not drawn but
    counted above the map.

    Parameters
    ----------
    events
        A frame of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    title
        Shown above.
    areas, value, value_label
        Polygons in any CRS to colour by their column `value`, from 0 up, and what to call it; missing values are dotted.
    lines
        Dated lines and areas with the columns of :data:`geoconflict.LINE_COLUMNS`; those that held on a day of the events are
        drawn, dashed where they are approximate.
    bounds
        West, south, east, north in degrees; None is around the places of most events.
    labels
        How many places are named at the most, those with most events first; where there is no room, none is.
    credit
        Lines of credit for the data, before those of the basemap.
    n_unlocated
        How many events have no place at all; said below the map.
    statuses
        What is drawn; others are counted above the map.

    Returns
    -------
    matplotlib.figure.Figure
        A notebook shows it; ``figure.savefig("map.pdf")`` writes it.

    Raises
    ------
    InputError
        If the events or an argument cannot be used, or matplotlib is not installed.
    """
    figure_class = _figure_class()
    chosen, left_out = told_as_done(checked_events(events), statuses)
    if areas is not None and (value is None or value not in areas.columns):
        msg = f"value is {value!r}; it is the column of areas to colour by; the columns are {', '.join(map(str, areas.columns))}"
        raise InputError(msg)
    for what, frame in (("areas", areas), ("lines", lines)):
        if frame is not None and getattr(frame, "crs", None) is None:
            msg = f"{what}: no CRS; call {what}.set_crs('EPSG:4326') if the coordinates are longitude and latitude in degrees"
            raise InputError(msg)
    places = places_of_events(chosen)
    stands_in = np.isin(places.precision.astype(str), sorted(STAND_INS))
    drawn = ~stands_in
    box = _box(places, drawn, areas, bounds)
    outside = drawn & ~(
        (places.lon >= box.west) & (places.lon <= box.east) & (places.lat >= box.south) & (places.lat <= box.north)
    )
    shown = drawn & ~outside

    colours = _colours(chosen.loc[shown, "event_type"])
    n_kinds = chosen.loc[shown, "event_type"].nunique()
    notes = _notes(int(shown.sum()), int(outside.sum()), int(stands_in.sum()), n_unlocated, left_out)
    told = textwrap.wrap(_span(chosen) + notes, 118)
    named = [wrapped for line in (*credit_lines(credit), *ATTRIBUTION) for wrapped in textwrap.wrap(visible(line), 165)]
    spots = spots_of(chosen, places, shown, colours)
    held = None if lines is None else _holding(lines, chosen)
    above = 0.62 + 0.16 * len(told)
    legend, below = legend_height_in(spots, n_kinds, 0 if held is None else len(held)), 0.2 + 0.115 * len(named)
    wide = _WIDTH_IN - 2 * _MARGIN_IN
    tall = above + wide / _SHAPE + legend + below
    figure: Figure = figure_class(figsize=(_WIDTH_IN, tall), dpi=DPI, facecolor=SURFACE, layout=None)
    axes = figure.add_axes((_MARGIN_IN / _WIDTH_IN, (legend + below) / tall, wide / _WIDTH_IN, wide / _SHAPE / tall))
    taken = draw_ground(axes, box, (places.lon[shown], places.lat[shown]))
    if areas is not None and value is not None:
        draw_areas(
            axes, areas, value, (value_label or value) + (" (dotted: no figure)" if areas[value].isna().any() else "")
        )
    context = draw_lines(axes, held) if held is not None else []
    draw_scale_bar(axes, box)
    draw_events(axes, spots, colours, labels, [*taken, scale_bar_room(box)])
    draw_legend(axes, chosen[shown], spots, colours, context)
    left = _MARGIN_IN / _WIDTH_IN
    figure.text(
        left,
        1 - 0.18 / tall,
        visible(title) or "Events",
        fontsize=13,
        fontweight="bold",
        color=INK,
        ha="left",
        va="top",
    )
    figure.text(left, 1 - 0.45 / tall, "\n".join(told), fontsize=8, color=MUTED, ha="left", va="top", linespacing=1.35)
    figure.text(left, 0.12 / tall, "\n".join(named), fontsize=6, color=MUTED, ha="left", va="bottom", linespacing=1.35)
    return figure


def _figure_class() -> Any:
    try:
        from geoconflict.analysis.figure_shown import ShownFigure
    except ImportError as error:
        msg = f"printed maps need the package matplotlib, which is not installed; run {how_to_install('analysis')}"
        raise InputError(msg) from error
    return ShownFigure


def _box(places: Places, drawn: Any, areas: Any, bounds: Any) -> Bounds:
    if bounds is not None:
        box = checked_bounds(bounds)
        if box.west == box.east or box.south == box.north:
            msg = f"bounds are {tuple(box)}, which is a line or a point; make the box larger"
            raise InputError(msg)
        return frame_for(np.array([box.west, box.east]), np.array([box.south, box.north]), _SHAPE)
    if areas is not None and len(areas):
        west, south, east, north = areas.to_crs("EPSG:4326").total_bounds
        return frame_for(np.array([west, east]), np.array([south, north]), _SHAPE)
    lon, lat = places.lon[drawn], places.lat[drawn]
    if not len(lon):
        msg = "no event has a place to draw; give bounds= to get a map without any"
        raise InputError(msg)
    near = (abs(lon - np.median(lon)) <= _WIDEST_DEG / 2) & (abs(lat - np.median(lat)) <= _WIDEST_DEG / 2)
    if np.ptp(lon) <= _WIDEST_DEG or near.mean() < 0.5:
        near[:] = True
    lon, lat = lon[near], lat[near]
    reach = places.radius_m[drawn][near] / METRES_A_DEGREE
    wide = reach / np.maximum(0.1, np.cos(np.radians(lat)))
    return frame_for(np.r_[lon - wide, lon + wide], np.r_[lat - reach, lat + reach], _SHAPE)


def _holding(lines: Any, events: Any) -> Any:
    """Return the lines that held on a day of the events."""
    days = days_of_events(events)
    if not days.known.any() or "valid_from" not in lines.columns or "valid_to" not in lines.columns:
        return lines
    first, last = (np.datetime64(int(day), "D") for day in (days.first[days.known].min(), days.last[days.known].max()))
    return lines[
        (lines["valid_from"].isna() | (lines["valid_from"] <= last))
        & (lines["valid_to"].isna() | (lines["valid_to"] >= first))
    ]


def _colours(types: Any) -> dict[str, str]:
    from geoconflict.type_styles import style_table

    table = style_table(types.unique())["types"]
    return {
        name: table[name]["colour"]
        for name in types.value_counts().sort_index().sort_values(ascending=False, kind="stable").index
    }


# ---------------------------------------------------------------- words
def _notes(n_shown: int, n_outside: int, n_stand_ins: int, n_unlocated: int, left_out: dict[str, int]) -> str:
    parts = [f"{n_shown} event{'' if n_shown == 1 else 's'} drawn"]
    missing = [
        f"{n} {word}"
        for n, word in (
            (n_stand_ins, "known only to a country, region or sea"),
            (n_outside, "outside the frame"),
            (n_unlocated, "without a place"),
        )
        if n
    ]
    missing += [f"{n} {why}" for why, n in left_out.items()]
    return ". ".join([*parts, "Not drawn: " + ", ".join(missing)] if missing else parts) + "."


def _span(events: Any) -> str:
    days = days_of_events(events)
    if not days.known.any():
        return ""
    numbers = days.first[days.known].min(), days.last[days.known].max()
    first, last = (dt.date(1970, 1, 1) + dt.timedelta(days=int(number)) for number in numbers)
    begin, end = f"{first.day} {first:%b %Y}", f"{last.day} {last:%b %Y}"
    return f"{begin}. " if first == last else f"{begin} to {end}. "
