"""The basemap of one map: the outlines around its events, wide enough for any screen, with the names of places near them."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from geoconflict.geo import Bounds
from geoconflict.ids import canonical_json, content_id
from geoconflict.render.date_line import halves, joined

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy.typing as npt

    from geoconflict.render.town_labels import Cell

__all__ = ["KeptBasemap", "Labels", "basemap_around"]

Labels: TypeAlias = Sequence[tuple[str, float, float, float, str]]
"""Names of places: name, longitude, latitude (EPSG:4326 degrees), least zoom level, kind."""

_SCREEN_SHAPE: Final = 1.2
"""Width by height of the box that is cut: between a wide screen and an upright phone."""


class KeptBasemap:
    """Asks for a basemap, and keeps it: a map drawn again is given the one from before where nothing that makes it has changed.

    Parameters
    ----------
    key
        Of all that basemaps are made from besides the box and the events: the program, the outlines, the names.
    text
        The attribute `text` after an earlier map; "" is none.

    Attributes
    ----------
    text : str
        The basemap with the key of what it was made from, as JSON.
    """

    def __init__(self, key: str, text: str = "") -> None:
        self.text = text
        self._key = key

    def get(
        self, focus: Bounds, around: Labels | Sequence[Cell], make: Callable[[], Mapping[str, Any]]
    ) -> Mapping[str, Any]:
        """Return the basemap of a box with some names, or with names around some cells: the one that was kept, or what `make` returns."""
        key = content_id("basemap", [self._key, list(focus), list(around)])
        before = json.loads(self.text or "{}")
        if before.get("key") == key:
            kept: Mapping[str, Any] = before["basemap"]
            return kept
        made = make()
        self.text = canonical_json({"key": key, "basemap": made})
        return made


def basemap_around(
    focus: Bounds,
    wanted: bool | Mapping[str, Any] | KeptBasemap,
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
    from geoconflict.render.town_labels import label_cells, labels_around

    cells = label_cells(_spots(events)) if callable(labels) else ()

    def clipped(half: Bounds) -> dict[str, Any]:
        if not callable(labels):
            return clip_basemap(half, labels=[Label(*label) for label in labels])
        found = [Label(*label) for label in labels(grown(half))]
        return clip_basemap(half, labels=labels_around(found, cells))

    def whole() -> dict[str, Any]:
        return joined([(clipped(half), degrees) for half, degrees in halves(_for_any_screen(focus))])

    return (
        wanted.get(focus, cells if callable(labels) else labels, whole) if isinstance(wanted, KeptBasemap) else whole()
    )


def _spots(events: gpd.GeoDataFrame) -> npt.NDArray[np.float64]:
    """Return a (longitude, latitude) within each geometry, shape (n, 2)."""
    import shapely

    shapes = events.geometry.to_numpy()
    shapes = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    is_point = shapely.get_type_id(shapes) == 0
    inside = shapely.point_on_surface(shapes[~is_point])
    return np.concatenate([shapely.get_coordinates(some).reshape(-1, 2) for some in (shapes[is_point], inside)])


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
