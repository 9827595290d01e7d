"""The basemap of one map: the outlines around its events, wide enough for any screen, with the names of places near them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from geoconflict.geo import Bounds
from geoconflict.render.date_line import halves, joined

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Labels", "basemap_around"]

Labels: TypeAlias = Sequence[tuple[str, float, float, float, str]]
"""Names of places: name, longitude, latitude (EPSG:4326 degrees), least zoom level, kind."""

_SCREEN_SHAPE: Final = 1.2
"""Width by height of the box that is cut: between a wide screen and an upright phone."""


def basemap_around(
    focus: Bounds,
    wanted: bool | Mapping[str, Any],
    labels: Labels | Callable[[Bounds], Labels],
    events: gpd.GeoDataFrame,
) -> Mapping[str, Any] | None:
    """Return the basemap of a map, in the format of :mod:`geoconflict.render.basemap`; None for none.

    Parameters
    ----------
    focus
        What the map opens on, EPSG:4326 degrees; east is beyond 180 where it crosses the date line.
    wanted
        True for outlines clipped to what a screen shows around `focus`, False for none, or a basemap, which is returned.
    labels
        Further names, or a function that returns those of a box; of many, those near events are taken.
    events
        Located events, EPSG:4326.
    """
    if isinstance(wanted, Mapping):
        return wanted
    if not wanted:
        return None
    from geoconflict.render.basemap import Label, clip_basemap, grown
    from geoconflict.render.town_labels import labels_around

    if callable(labels):
        places = events.geometry[~(events.geometry.isna() | events.geometry.is_empty)].representative_point()
        spots = list(zip(places.x, places.y, strict=True))

    def clipped(half: Bounds) -> dict[str, Any]:
        if not callable(labels):
            return clip_basemap(half, labels=[Label(*label) for label in labels])
        found = [Label(*label) for label in labels(grown(half))]
        return clip_basemap(half, labels=labels_around(found, spots))

    return joined([(clipped(half), degrees) for half, degrees in halves(_for_any_screen(focus))])


def _for_any_screen(bounds: Bounds) -> Bounds:
    """Return `bounds` grown to a shape that neither a wide screen nor an upright phone shows more than a little beyond."""
    west, south, east, north = bounds
    stretch = 1 / max(0.2, math.cos(math.radians((south + north) / 2)))
    more_lat = max(0.0, _SCREEN_SHAPE * (east - west) / stretch - (north - south)) / 2
    more_lon = max(0.0, _SCREEN_SHAPE * (north - south) * stretch - (east - west)) / 2
    return Bounds(
        max(-180.0, west - more_lon),
        max(-85.0, south - more_lat),
        min(180.0 if east <= 180 else west + 360, east + more_lon),
        min(85.0, north + more_lat),
    )
