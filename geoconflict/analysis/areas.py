"""Which area each event lies in: provinces, districts or cells, given as polygons.

An event is only counted in an area where its place is known well enough for areas of that size; that of a vaguer one can be
spread over all that it may be in. The middle of a province is never taken for a place in the district that it lies in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from geoconflict.errors import InputError
from geoconflict.event_extents import Places, places_of_events
from geoconflict.geo import CRS, offset
from geoconflict.shape_distances import unwrapped

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = [
    "AREA_LEVELS",
    "OUTSIDE",
    "TOO_VAGUE",
    "AreaLevel",
    "Areas",
    "areas_of_events",
    "checked_areas",
    "reach_shares",
    "reaches",
]

AreaLevel = Literal["cell", "admin2", "admin1", "country"]

_POINTS: Final = frozenset({"exact", "town", "near", "unstated"})
AREA_LEVELS: Final[dict[str, frozenset[str]]] = {
    "cell": _POINTS,
    "admin2": _POINTS | {"admin2"},
    "admin1": _POINTS | {"admin2", "admin1"},
    "country": _POINTS | {"admin2", "admin1", "area", "line", "country"},
}
"""How precise a place must be to be counted in areas of a level, as on the map's own layers of areas."""

OUTSIDE: Final = -1
TOO_VAGUE: Final = -2

NAME_COLUMNS: Final = (
    "name",
    "shapeName",
    "NAME_3",
    "NAME_2",
    "NAME_1",
    "NAME_0",
    "ADM3_EN",
    "ADM2_EN",
    "ADM1_EN",
    "ADM0_EN",
    "COUNTRY",
    "gid",
)
"""Columns that hold the names of areas in files of geoBoundaries, GADM and the United Nations, the finest first."""

_RING: Final = 16
_NODES: Final = np.polynomial.legendre.leggauss(16)
_MOST_OVERLAP: Final = 0.01
"""Outlines of neighbours that were generalised apart overlap by slivers; more than this share of one is a mistake."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Polygons that were checked, in EPSG:4326."""

    names: tuple[str, ...]
    outlines: npt.NDArray[Any]
    level: AreaLevel


def checked_areas(areas: Any, name: str | None, level: AreaLevel) -> Areas:
    """Return areas that events can be counted in.

    Parameters
    ----------
    areas
        A GeoDataFrame of polygons in any CRS that it names.
    name
        The column of names; None takes the first of :data:`NAME_COLUMNS` that is there.
    level
        How large they are: see :data:`AREA_LEVELS`.

    Raises
    ------
    InputError
        With every fault at once: no CRS, no polygons, no names, areas that overlap.
    """
    import geopandas as gpd
    import shapely

    if level not in get_args(AreaLevel):
        msg = f"level is {level!r}; it is {', '.join(get_args(AreaLevel))}"
        raise InputError(msg)
    if not isinstance(areas, gpd.GeoDataFrame):
        msg = f"areas: a GeoDataFrame of polygons is needed, not {type(areas).__name__}; geopandas.read_file reads files of them"
        raise InputError(msg)
    column = name if name is not None else next((one for one in NAME_COLUMNS if one in areas.columns), None)
    known = ", ".join(str(one) for one in areas.columns if one != areas._geometry_column_name) or "none"  # noqa: SLF001 - no public way
    faults = []
    if column is None or column not in areas.columns:
        faults.append(f"no column {column or 'name'!r} with their names; say name=; the columns are {known}")
    elif areas[column].isna().any():
        faults.append(f"column {column!r} has no name for {int(areas[column].isna().sum())} of them")
    elif areas[column].astype(str).duplicated().any():
        twice = areas[column].astype(str)[areas[column].astype(str).duplicated()].unique()
        faults.append(
            f"{len(twice)} names stand in several rows, for example {twice[0]!r}: if they are parts of one area call "
            f"areas.dissolve({column!r}).reset_index(), if they are different ones say name= as a column of ids"
        )
    if areas.crs is None:
        faults.append(f"no CRS; call areas.set_crs({CRS!r}) if the coordinates are longitude and latitude in degrees")
    shapes = areas.geometry
    if (empty := int((shapes.isna() | shapes.is_empty).sum())) > 0:
        faults.append(f"{empty} of them have no geometry; drop them")
    if odd := sorted(set(shapes.dropna().geom_type) - {"Polygon", "MultiPolygon"}):
        faults.append(f"{', '.join(odd)} where polygons are wanted")
    if not len(areas):
        faults.append("there are none")
    if not faults and column is not None:
        moved = areas.to_crs(CRS)
        valid = moved.geometry.make_valid()
        bounds = shapely.total_bounds(valid.to_numpy())
        if not np.isfinite(bounds).all() or abs(bounds[[0, 2]]).max() > 180.0001 or abs(bounds[[1, 3]]).max() > 90.0001:
            faults.append("coordinates that are not on the globe; check the CRS")
        else:
            order = np.argsort(moved[column].astype(str).to_numpy(object), kind="stable")
            names, outlines = tuple(moved[column].astype(str).iloc[order]), np.asarray(valid.to_numpy()[order], object)
            faults += _overlaps(names, outlines)
            if not faults:
                return Areas(names, outlines, level)
    msg = "events cannot be counted in these areas:\n" + "\n".join(f"- {fault}" for fault in faults)
    raise InputError(msg)


def _overlaps(names: Sequence[str], outlines: Any) -> list[str]:
    import shapely

    a, b = shapely.STRtree(outlines).query(outlines, predicate="intersects")
    a, b = a[a < b], b[a < b]
    common = shapely.area(shapely.intersection(outlines[a], outlines[b]))
    found = np.flatnonzero(common > _MOST_OVERLAP * np.minimum(shapely.area(outlines[a]), shapely.area(outlines[b])))
    if not len(found):
        return []
    examples = f"{names[int(a[found[0]])]!r} and {names[int(b[found[0]])]!r}"
    return [
        f"{len(found)} pairs overlap, for example {examples}; give areas of one level and one day, an event would count twice"
    ]


def areas_of_events(events: gpd.GeoDataFrame, areas: Areas) -> npt.NDArray[np.int64]:
    """Return the number of the area that each event lies in; :data:`OUTSIDE` all of them, or :data:`TOO_VAGUE` to say.

    An event near a place counts where the whole ring around it lies. A point on the border of two areas counts in the first by name.
    """
    import shapely

    places = places_of_events(events)
    tree = shapely.STRtree(areas.outlines)
    found = _at(tree, places.lon, places.lat, len(areas.names))
    precise = AREA_LEVELS[areas.level]
    found[~np.isin(places.precision.astype(str), sorted(precise))] = TOO_VAGUE
    for k in np.flatnonzero((places.precision == "near") & (found != TOO_VAGUE)):
        ring = [
            offset(places.lon[k], places.lat[k], distance_m=float(places.radius_m[k]), bearing_deg=360 * step / _RING)
            for step in range(_RING)
        ]
        lon, lat = np.array(ring).T
        if (_at(tree, lon, lat, len(areas.names)) != found[k]).any():
            found[k] = TOO_VAGUE
    return found


def _at(tree: Any, lon: Any, lat: Any, n: int) -> npt.NDArray[np.int64]:
    import shapely

    found = np.full(len(lon), n, np.int64)
    point, area = tree.query(shapely.points(lon, lat), predicate="intersects")
    np.minimum.at(found, point, area)
    return np.where(found == n, OUTSIDE, found)


def reach_shares(
    events: gpd.GeoDataFrame, areas: Areas, chosen: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    """Return (event, area, share) of how the reach of each chosen event lies over the areas; what lies outside is the rest of 1.

    The reach is the line or area that is drawn, or the circle around the point; a line is shared out by length, an area by ground.
    """
    import shapely

    places = places_of_events(events)
    tree = shapely.STRtree(areas.outlines)
    shapes = reaches(events, places, chosen)
    who, area = tree.query(shapes, predicate="intersects") if shapes else (np.empty(0, np.int64), np.empty(0, np.int64))
    shares = np.empty(len(who))
    for at, (k, number) in enumerate(zip(who, area, strict=True)):
        whole, part = shapes[k], shapely.intersection(shapes[k], areas.outlines[number])
        shares[at] = _size(part, whole) / _size(whole, whole)
    kept = shares > 1e-9
    return chosen[who[kept]], area[kept].astype(np.int64), np.minimum(1.0, shares[kept])


def reaches(events: gpd.GeoDataFrame, places: Places, chosen: npt.NDArray[np.int64]) -> list[Any]:
    """Return the ground that each chosen event may be on, within ±180 degrees: cut in two at the date line."""
    return [_within_globe(_reach(events.geometry.iloc[int(k)], places, int(k))) for k in chosen]


def _size(shape: Any, whole: Any) -> float:
    """Return how much ground a shape has, in square degrees or, where the whole is a line, degrees as long as on the equator."""
    import shapely

    if shapely.get_dimensions(whole) == 2:
        flat = shapely.transform(
            shape, lambda xy: np.column_stack([xy[:, 0], np.degrees(np.sin(np.radians(xy[:, 1])))])
        )
        return float(shapely.area(flat))
    lines = shapely.get_parts(shapely.get_parts(shape))
    return sum(_length(shapely.get_coordinates(one)) for one in lines if shapely.get_dimensions(one) == 1)


def _length(xy: Any) -> float:
    """Return the length of a line on the ground; so exact that the parts of a line add up to the whole."""
    along = np.diff(xy, axis=0)
    at, weight = _NODES
    # Longitudes shorten along each piece, by the cosine of the latitude where it is.
    lat = xy[:-1, 1, None] + along[:, 1, None] * (at + 1) / 2
    return float((np.hypot(along[:, 0, None] * np.cos(np.radians(lat)), along[:, 1, None]) * weight / 2).sum())


def _reach(geometry: Any, places: Places, k: int) -> Any:
    import shapely

    if places.drawn[k]:
        return unwrapped(geometry)
    lon, lat = float(places.lon[k]), float(places.lat[k])
    ring = [
        offset(lon, lat, distance_m=float(max(1.0, places.radius_m[k])), bearing_deg=5.0 * step) for step in range(72)
    ]
    # Around the date line a ring would come back on the other side of the world.
    return shapely.Polygon([(lon + (x - lon + 540) % 360 - 180, y) for x, y in ring])


def _within_globe(shape: Any) -> Any:
    import shapely

    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return shape
    shifted = (shapely.transform(shape, lambda xy, by=by: xy + np.array([by, 0.0])) for by in (-360.0, 0.0, 360.0))
    return shapely.union_all([shapely.intersection(one, shapely.box(-180, -90, 180, 90)) for one in shifted])
