"""Which events stand on a map of the settings, and the files and phases that go with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoconflict.errors import InputError
from geoconflict.models import Place
from geoconflict.settings import MapSettings
from geoconflict.vector_file import read_vector_file

if TYPE_CHECKING:
    from geoconflict.render.look import Phase

__all__ = ["check_region", "chosen_events", "districts_of", "phases_of"]


def chosen_events(events: Any, unlocated: Any, spec: MapSettings, region: Place | None) -> tuple[Any, Any]:
    """Return the located and the unlocated events that a map of the settings shows.

    Parameters
    ----------
    events, unlocated
        Frames of :data:`geoconflict.frames.EVENT_COLUMNS`, of which the types and the shapes are looked at.
    spec
        Its types, and the box in which events must stand. An area or line stands where its inside point is.
    region
        An area of the gazetteer in which events must stand too, or a country to which their places must belong; None is everywhere. Nobody can say whether an event without
        a place belongs to a part of the world, so a map of a box or a region lists none.

    Raises
    ------
    InputError
        If the region is not an area.
    """
    import shapely

    if spec.types:
        events = events[events["event_type"].isin(spec.types)]
        unlocated = unlocated[unlocated["event_type"].isin(spec.types)]
    if not spec.bbox and region is None:
        return events, unlocated
    points = events.geometry.representative_point()
    if spec.bbox:
        is_inside = points.intersects(shapely.box(*spec.bbox))
        events, points = events[is_inside], points[is_inside]
    if region is not None:
        check_region(region)
        if region.kind == "country":
            return events[events["country"] == region.country], unlocated.iloc[:0]
        outline = shapely.from_wkt(region.geometry)
        shapely.prepare(outline)
        events = events[points.intersects(outline)]
    return events, unlocated.iloc[:0]


def check_region(region: Place) -> None:
    """Refuse a place that is neither an area nor a country.

    Raises
    ------
    InputError
        If it is another.
    """
    if region.kind != "country" and not region.geometry.startswith(("POLYGON", "MULTIPOLYGON")):
        msg = (
            f"maps.region {region.place_id!r} ({region.name}) is neither an area nor a country, and a map of a point would be empty; "
            "name a country (SDN), an area that `geoconflict geocode NAME` shows with an outline, or a maps.bbox"
        )
        raise InputError(msg)


def districts_of(file: Path) -> Any:
    """Return the areas of a file that :func:`~geoconflict.vector_file.read_vector_file` reads, with their column ``name``.

    Raises
    ------
    InputError
        If the file cannot be read or its areas have no ``name``.
    """
    areas = read_vector_file(file)
    if "name" not in areas.columns:
        msg = f"{file}: every area needs a 'name'; the columns are {', '.join(map(str, areas.columns))}"
        raise InputError(msg)
    return areas


def phases_of(spec: MapSettings) -> list[Phase]:
    """Return the phases of a map of the settings."""
    from geoconflict.render.look import Phase

    day = dt.date.fromisoformat
    return [Phase(day(one.from_), day(one.to) if one.to else None, one.label, one.kind) for one in spec.phases]
