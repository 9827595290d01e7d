"""What the fields of an entry may hold: an entry is written by hand, merged in git, or sent by strangers, and decides on maps."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping
from typing import Any, Final

from geoconflict.geo import METRES_A_DEGREE
from geoconflict.models import Place, PlacePrecision

__all__ = ["check_accepted", "check_texts", "check_values", "days_from", "number", "place_from", "telling_fields"]

_YEARS: Final = range(1000, 3000)
"""Days of events: what is told of in reports, and what pandas, SQLite and calendars of maps all can hold."""
_LONGEST_DAYS: Final = 36_525
"""No event lasts longer than a century; one that did would stretch every panel and timeline of its store."""
_MOST_LEVELS: Final = 20
_LARGEST_INTEGER: Final = 1 << 53
"""Up to here all readers of JSON mean the same number."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SHAPES: Final = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
_NEAR_DEGREES: Final = 0.1
"""So far, or the radius of the place, its representative point may lie from its geometry."""
_DAY_OR_NONE: Final = re.compile(r"(?:\d{4}-\d\d-\d\d|None)/(?:\d{4}-\d\d-\d\d|None)")
_PLACE_TEXTS: Final = ("place_id", "name", "kind", "precision", "source", "geometry")
_PLACE_OPTIONAL: Final = ("country", "admin1", "admin2", "valid_from", "valid_to")
_TELLING_TEXTS: Final = ("mention", "report", "quote", "side")
_TELLING_OPTIONAL: Final = ("place", "published", "source")
_TELLING_OFFSETS: Final = ("start", "end", "quote_start")


def check_values(told: Any) -> None:
    """Refuse what no field may hold: text that UTF-8 cannot carry, numbers that readers differ on, nesting without end.

    Raises
    ------
    ValueError
        The message says what.
    """
    level = [told]
    for _ in range(_MOST_LEVELS):
        following: list[Any] = []
        for value in level:
            if isinstance(value, Mapping):
                following += [*value.keys(), *value.values()]
            elif isinstance(value, list | tuple):
                following += value
            elif isinstance(value, str) and (found := _SURROGATE.search(value)):
                msg = f"half a character (U+{ord(found[0]):04X}) stands in a text, which cannot be written as UTF-8"
                raise ValueError(msg)
            elif isinstance(value, float) and not math.isfinite(value):
                msg = f"{value} is not a number that JSON knows"
                raise ValueError(msg)
            elif isinstance(value, int) and abs(value) > _LARGEST_INTEGER:
                msg = f"a number of {len(hex(abs(value))) - 2} hexadecimal digits is too large"
                raise ValueError(msg)
        if not following:
            return
        level = following
    msg = f"values are nested more than {_MOST_LEVELS} levels deep"
    raise ValueError(msg)


def check_texts(data: Mapping[str, Any], names: tuple[str, ...], *, optional: tuple[str, ...] = ()) -> None:
    """Refuse fields that are no text; those of `optional` may be null.

    Raises
    ------
    ValueError
        The message names the field.
    """
    for name in (*names, *optional):
        value = data.get(name, "")
        if not isinstance(value, str) and not (value is None and name in optional):
            msg = f"{name} {_shown(value)} is no text; write it between quotation marks"
            raise ValueError(msg)


def telling_fields(data: Any) -> Mapping[str, Any]:
    """Return the fields of a telling, refused where one is of another kind.

    Raises
    ------
    ValueError
        The message names the field.
    """
    if not isinstance(data, Mapping):
        msg = f"a telling {_shown(data)} is no object"
        raise ValueError(msg)  # noqa: TRY004  # the caller names the line for a ValueError
    check_texts(data, _TELLING_TEXTS, optional=_TELLING_OPTIONAL)
    for name in _TELLING_OFFSETS:
        value = data.get(name, 0)
        if type(value) is not int or value < 0:
            msg = f"{name} {_shown(value)} is not a whole number from 0"
            raise ValueError(msg)
    return data


def check_accepted(value: Mapping[str, Any]) -> None:
    """Refuse what is no account of an event that was right as it was.

    Raises
    ------
    ValueError
        The message names the field.
    """
    check_texts(value, ("place", "place_name", "type", "date"))
    for name, limit in (("lon", 180.0), ("lat", 90.0)):
        if value.get(name) is not None:
            number(name, value[name], limit)
    date = value.get("date") or "None/None"
    if not _DAY_OR_NONE.fullmatch(date):
        msg = f"date {_shown(date)} is not two days like 2020-09-27/2020-09-28"
        raise ValueError(msg)
    for one in date.split("/"):
        if one != "None":
            _day("date", one)


def days_from(value: Mapping[str, Any]) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a value, refused where no event can have them.

    Raises
    ------
    ValueError
        The message names the field.
    """
    first = _day("starts_on", value.get("starts_on"))
    last = _day("ends_on", value.get("ends_on") or value.get("starts_on"))
    if last < first:
        msg = f"ends_on {last} lies before starts_on {first}"
        raise ValueError(msg)
    if (last - first).days > _LONGEST_DAYS:
        msg = f"starts_on {first} and ends_on {last} are more than a century apart"
        raise ValueError(msg)
    return first, last


def _day(name: str, given: Any) -> dt.date:
    try:
        day = dt.date.fromisoformat(given)
    except (TypeError, ValueError):
        msg = f"{name} {_shown(given or '')} is not a day like 2020-09-27"
        raise ValueError(msg) from None
    if day.year not in _YEARS:
        msg = f"{name} {day} is not in the years {_YEARS[0]} to {_YEARS[-1]}"
        raise ValueError(msg)
    return day


def place_from(value: Any) -> Place:
    """Return the place of an entry; what is left out is that of a town of which no more is known.

    Raises
    ------
    ValueError
        If it is no place on the globe; the message says what is wrong with it.
    """
    if not isinstance(value, Mapping):
        msg = "place is no object"
        raise ValueError(msg)  # noqa: TRY004  # as above
    check_texts(value, _PLACE_TEXTS, optional=_PLACE_OPTIONAL)
    full = {
        "name": "",
        "kind": "settlement",
        "precision": PlacePrecision.TOWN.value,
        "radius_m": 2_000.0,
        "source": "a reviewer",
        **value,
    }
    lon, lat = (number(name, full.get(name), limit) for name, limit in (("lon", 180.0), ("lat", 90.0)))
    radius = number("radius_m", full["radius_m"], 20_000_000.0)
    if radius < 0:
        msg = f"radius_m {radius:g} is less than 0"
        raise ValueError(msg)
    population = full.get("population", 0)
    if type(population) is not int or population < 0:
        msg = f"population {_shown(population)} is not a whole number from 0"
        raise ValueError(msg)
    full |= {"lon": lon, "lat": lat, "radius_m": radius}
    full.setdefault("place_id", f"review:{lon:.4f},{lat:.4f}")
    full["name"] = full["name"] or f"lon {lon:.4f}, lat {lat:.4f}"
    point = f"POINT ({lon!r} {lat!r})"
    if full.setdefault("geometry", point) != point:
        _check_geometry(full["geometry"], lon, lat, radius)
    try:
        return Place.from_dict(full)
    except (TypeError, ValueError) as error:
        msg = f"place: {error}"
        raise ValueError(msg) from None


def number(name: str, value: Any, limit: float) -> float:
    """Return a number that is at most `limit`, either side of 0.

    Raises
    ------
    ValueError
        The message names the field.
    """
    # Compared before anything else: a whole number of JSON may be larger than any float.
    if isinstance(value, bool) or not isinstance(value, int | float) or not -limit <= value <= limit:
        msg = f"{name} {_shown(value)} is not a number from {-limit:g} to {limit:g}"
        raise ValueError(msg)
    return float(value)


def _check_geometry(geometry: str, lon: float, lat: float, radius_m: float) -> None:
    """Refuse a geometry that is none, is nowhere on the globe, or is not where the place is."""
    import numpy as np
    import shapely

    shape = shapely.from_wkt(geometry, on_invalid="ignore")
    if shape is None or shape.geom_type not in _SHAPES or shape.is_empty:
        msg = f"geometry {_shown(geometry)} is no point, line or area in WKT, such as POINT (46.75 39.82)"
        raise ValueError(msg)
    lons, lats = shapely.get_coordinates(shape).T
    if not (np.isfinite(lons + lats).all() and (abs(lons) <= 180).all() and (abs(lats) <= 90).all()):
        msg = f"geometry {_shown(geometry)} is not on the globe; WKT has longitude first, in degrees"
        raise ValueError(msg)
    away = shape.distance(shapely.Point(lon, lat))
    if away > max(_NEAR_DEGREES, radius_m / METRES_A_DEGREE):
        msg = f"geometry {_shown(geometry)} lies {away:.2f} degrees from lon {lon:g}, lat {lat:g}; leave it out or mend one of them"
        raise ValueError(msg)


def _shown(value: Any) -> str:
    if isinstance(value, int) and abs(value) > _LARGEST_INTEGER:
        return "too large"  # Python refuses to print the longest
    return repr(value)[:60]
