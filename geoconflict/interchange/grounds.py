"""What may be drawn of a place, and how a person is told: a spot, the ground that a place covers, or nothing at all.

The rule of the maps holds for every file that a tool draws: only a spot is a point, a wide place is its ground, and a country is
never drawn, for nobody knows where in it.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

from geoconflict.geo import offset
from geoconflict.models import DateBasis, DatePrecision, PlacePrecision

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "HAPPENED",
    "PRECISION_WORDS",
    "SPOTS",
    "days_in_words",
    "drawn_shape",
    "place_in_words",
    "representative_points",
    "span_of",
]

SPOTS: Final = (PlacePrecision.EXACT.value, PlacePrecision.TOWN.value, "unstated")
"""Precisions that are drawn as a point."""
HAPPENED: Final = ("occurred", "unstated")
"""Statuses that are drawn full; all others are hollow."""
PRECISION_WORDS: Final = {
    "exact": "exact spot",
    "town": "town",
    "near": "near this place",
    "line": "somewhere along this line",
    "area": "somewhere in this area",
    "admin2": "somewhere in this district",
    "admin1": "somewhere in this province",
    "region": "somewhere in this region",
    "country": "only the country is known",
    "sea": "somewhere in this sea area",
    "unstated": "precision not stated",
}
_CORNERS: Final = 64
_HIGHEST_LAT: Final = 89.0
"""A ring that comes nearer to a pole has no outline in degrees that tools draw rightly."""


def representative_points(geometry: gpd.GeoSeries) -> gpd.GeoSeries:
    """Return a point on each geometry: the middle of a line, inside an area, the point itself."""
    import geopandas as gpd
    import numpy as np
    import shapely

    shapes = geometry.to_numpy()
    is_line = np.isin(shapely.get_type_id(shapes), [1, 5])  # LineString, MultiLineString
    # In degrees the middle is a little off where a line runs far north and south: it only stands for the line.
    middles = shapely.line_interpolate_point(shapely.line_merge(shapes), 0.5, normalized=True)
    points = np.where(is_line, middles, shapely.point_on_surface(shapes))
    return gpd.GeoSeries(points, crs=geometry.crs)


def drawn_shape(geometry: Any, precision: str, radius_m: float) -> Any:
    """Return what may be drawn of a place: its spot, its ground, or None.

    Parameters
    ----------
    geometry
        A shapely geometry, EPSG:4326, or None.
    precision
        As in the column ``place_precision``.
    radius_m
        As in the column of that name, in metres; NaN is unknown.

    Returns
    -------
    shapely.Geometry or None
        The point of a spot; of a point that stands for more, the ring around it, and None where its size is unknown; a line or
        an area as it is; None of a country and of what has no place.
    """
    if geometry is None or geometry.is_empty or precision == PlacePrecision.COUNTRY:
        return None
    if geometry.geom_type != "Point" or precision in SPOTS:
        return geometry
    return ring(geometry.x, geometry.y, radius_m) if radius_m > 0 else None


@functools.lru_cache(maxsize=4096)
def ring(lon: float, lat: float, radius_m: float) -> Any:
    """Return the area within `radius_m` metres of a point in degrees, cut at the date line; None about a pole."""
    import shapely.affinity

    bearings = [360 * corner / _CORNERS for corner in range(_CORNERS, 0, -1)]
    corners = [offset(lon, lat, distance_m=radius_m, bearing_deg=bearing) for bearing in bearings]
    unwrapped = [(x + 360 * round((lon - x) / 360), y) for x, y in corners]
    if max(abs(y) for _, y in unwrapped) > _HIGHEST_LAT or max(abs(x - lon) for x, _ in unwrapped) > 90:
        return None
    whole = shapely.Polygon([(round(x, 6), round(y, 6)) for x, y in unwrapped])
    west, _, east, _ = whole.bounds
    if west >= -180 and east <= 180:
        return whole
    world = shapely.box(-180, -90, 180, 90)
    parts = [shapely.affinity.translate(whole, xoff=by) & world for by in (-360, 0, 360)]
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon" and not part.is_empty])


def place_in_words(row: Any) -> str:
    """Return where an event of a frame happened, with how well that is known: ``Martuni (town), AZE``."""
    if not row.place_name and not row.place_precision:
        return "no place found"
    name = row.place_name or "unnamed place"
    words = f"{name} ({PRECISION_WORDS.get(row.place_precision, row.place_precision)})"
    around = ", ".join(part for part in (row.admin1, row.country) if part and part != row.place_name)
    return f"{words}, {around}" if around else words


def days_in_words(row: Any) -> str:
    """Return when an event of a frame happened, with how well that is known."""
    first, last = (None if day != day else day.date().isoformat() for day in (row.starts_on, row.ends_on))  # noqa: PLR0124  # NaT
    if first is None and last is None:
        return "day unknown"
    if first is None:
        words = f"on or before {last}"
    elif last is None:
        words = f"on or after {first}"
    else:
        words = first if first == last else f"between {first} and {last}"
    if row.date_basis == DateBasis.PUBLISHED:
        return f"{words} (the day of publication; the text names no day)"
    if row.date_precision in (DatePrecision.WEEK, DatePrecision.MONTH, DatePrecision.YEAR):
        return f"{words} (known to the {row.date_precision})"
    return words


def span_of(frame: pd.DataFrame) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Return the first and the last day that each event is shown on, NaT for both where it is undated.

    A span that is open on one side stands at the day that bounds it, as on the maps.
    """
    starts, ends = frame["starts_on"], frame["ends_on"]
    return starts.where(starts.notna(), ends), ends.where(ends.notna(), starts)
