"""Where and when each event of a frame may have been: the first and last possible day, and how far its place reaches.

What the precision of a row says wins over what is drawn: a point that stands for a province reaches as far as a province,
and a day that stands for a week is that week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from geoconflict.choices import checked_words
from geoconflict.errors import InputError
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.geo import CRS, EARTH_RADIUS_M
from geoconflict.models import Status
from geoconflict.place_codes import USUAL_RADIUS_M
from geoconflict.shape_distances import unwrapped

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "DONE",
    "FRESH_DAYS",
    "NO_DAY",
    "STAND_INS",
    "Days",
    "Places",
    "check_coordinates",
    "checked_events",
    "checked_statuses",
    "days_of_events",
    "distances_m",
    "places_of_events",
    "told_as_done",
]

NO_DAY: Final = np.iinfo(np.int64).min
"""The number of a day that is not known."""

DONE: Final = ("occurred", "claimed", "unstated")
"""The statuses of what is told as having happened; the others are planned, feared or denied."""

STAND_INS: Final = frozenset({"country", "region", "sea"})
"""Precisions whose point stands for so much ground that it is no place of an event."""

_LEAST_RADIUS_M: Final = {
    "near": 2_000.0,
    "admin2": 10_000.0,
    "admin1": 30_000.0,
    "region": 60_000.0,
    "country": 60_000.0,
}
"""What a point of a precision reaches at the least, whatever its row says: readers of other data often give 0."""
_UNSTATED_RADIUS_M: Final = 5_000.0
"""What a point of no precision reaches where its row does not say; the others see :data:`USUAL_RADIUS_M`."""
_HALF_SPAN_DAYS: Final = {"week": 3, "month": 15, "year": 182}
"""How far each way the one day of a row with this precision may be from the day meant."""
FRESH_DAYS: Final = 2
"""News that names no day is at most so many days older than its report; merging reckons so too."""
_EPOCH: Final = np.datetime64("1970-01-01", "D")
_USED: Final = (
    "event_id", "event_type", "sub_event_type", "status", "starts_on", "ends_on", "date_precision", "place_name",
    "place_precision", "radius_m", "country", "admin1", "killed_low", "killed_best", "killed_high",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Days:
    """The days that events may have been on, as numbers of days since 1 January 1970."""

    first: npt.NDArray[np.int64]
    """The first possible day; :data:`NO_DAY` where nothing bounds it from below."""
    last: npt.NDArray[np.int64]
    """The last possible day, inclusive; :data:`NO_DAY` where it is not known."""

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Whether both are known."""
        return np.asarray((self.first != NO_DAY) & (self.last != NO_DAY))


@dataclass(frozen=True, slots=True)
class Places:
    """The places of events: a point inside each, and how far around it the event may have been."""

    lon: npt.NDArray[np.float64]
    """Degrees, EPSG:4326."""
    lat: npt.NDArray[np.float64]
    """Degrees, EPSG:4326."""
    radius_m: npt.NDArray[np.float64]
    """Metres around the point; of a drawn line or area half the diagonal of its box."""
    precision: npt.NDArray[Any]
    """The words of ``place_precision``."""
    drawn: npt.NDArray[np.bool_]
    """Whether the geometry is a line or an area, which says more than a radius."""


def checked_events(events: Any, what: str = "events") -> gpd.GeoDataFrame:
    """Return a frame of events that can be reckoned with, its rows numbered from 0.

    Only the columns that comparing and analysis read are asked for, so frames of other data need no more.

    Raises
    ------
    InputError
        With every fault at once: no GeoDataFrame, another CRS or none, columns missing, dates with a time zone.
    """
    import geopandas as gpd
    import pandas as pd

    if not isinstance(events, gpd.GeoDataFrame):
        msg = (
            f"{what}: a GeoDataFrame of events is needed, not {type(events).__name__}; EventStore.events() returns one"
        )
        raise InputError(msg)
    faults = [f"no column {name!r} ({EVENT_COLUMNS[name][1]})" for name in _USED if name not in events.columns]
    if "geometry" not in events.columns or events._geometry_column_name != "geometry":  # noqa: SLF001 - no public way to ask
        faults.append("no active geometry column named 'geometry'")
    elif events.crs is None:
        faults.append(f"no CRS; call frame.set_crs({CRS!r}) if the coordinates are longitude and latitude in degrees")
    elif events.crs.to_epsg() != int(CRS.removeprefix("EPSG:")):
        faults.append(f"the CRS is {events.crs.to_string()}, not {CRS}; call frame.to_crs({CRS!r})")
    for name in ("starts_on", "ends_on"):
        if name in events.columns and not pd.api.types.is_datetime64_dtype(events[name].dtype):
            zoned = isinstance(events[name].dtype, pd.DatetimeTZDtype)
            repair = (
                "choose the zone whose days are meant and call .dt.tz_localize(None)"
                if zoned
                else "use pandas.to_datetime"
            )
            faults.append(f"column {name!r} is {events[name].dtype}, not dates without a time zone; {repair}")
    if "event_id" in events.columns and not events["event_id"].is_unique:
        faults.append(
            f"event_id is not unique, for example {str(events['event_id'][events['event_id'].duplicated()].iloc[0])!r}"
        )
    if faults:
        msg = f"{what}: this frame cannot be used:\n" + "\n".join(f"- {fault}" for fault in faults)
        raise InputError(msg)
    return events.reset_index(drop=True)


def told_as_done(
    events: gpd.GeoDataFrame, statuses: str | Sequence[str] = DONE
) -> tuple[gpd.GeoDataFrame, dict[str, int]]:
    """Return the events that have a place and one of `statuses`, and how many are left out, by why.

    Raises
    ------
    InputError
        If there is no such status.
    """
    chosen = events["status"].isin(checked_statuses(events, statuses))
    counts = events.loc[~chosen, "status"].value_counts().sort_index()
    left_out = {str(name): int(n) for name, n in counts.items()}
    nowhere = chosen & (events.geometry.isna() | events.geometry.is_empty)
    if nowhere.any():
        left_out["without a place"] = int(nowhere.sum())
    return events[chosen & ~nowhere].reset_index(drop=True), left_out


def checked_statuses(events: pd.DataFrame, statuses: str | Sequence[str]) -> tuple[str, ...]:
    """Return statuses that are asked for: geoconflict's, or others that the frame has; a lone text is one of them.

    Raises
    ------
    InputError
        If there is no such status, so that nothing would be counted.
    """
    return checked_words(statuses, dict.fromkeys((*Status, "unstated", *events["status"].unique())), "statuses")


def check_coordinates(events: gpd.GeoDataFrame) -> None:
    """Refuse events with coordinates that are no finite numbers, which name no place and spoil every sum.

    Raises
    ------
    InputError
        With the first of them.
    """
    import shapely

    xy, row = shapely.get_coordinates(events.geometry.to_numpy(), return_index=True)
    odd = np.unique(row[~np.isfinite(xy).all(axis=1)])
    if len(odd):
        first = events["event_id"].iloc[int(odd[0])]
        msg = f"events: {len(odd)} of them have coordinates that are no finite numbers, first that of event {first!r}; repair or drop them"
        raise InputError(msg)


def days_of_events(events: pd.DataFrame) -> Days:
    """Return the days of each event.

    A single day that stands for a week, month or year is widened to one. News that names no day is of the day it was
    published on or the :data:`FRESH_DAYS` before.
    """
    first, last = (_day_numbers(events[name]) for name in ("starts_on", "ends_on"))
    if "date_basis" in events.columns:
        is_news = (first == NO_DAY) & (last != NO_DAY) & (events["date_basis"] == "published").to_numpy(bool)
        first = np.where(is_news, last - FRESH_DAYS, first)
    single = (first == last) & (first != NO_DAY)
    for precision, half in _HALF_SPAN_DAYS.items():
        chosen = single & (events["date_precision"] == precision).to_numpy(bool)
        first, last = np.where(chosen, first - half, first), np.where(chosen, last + half, last)
    return Days(first, last)


def _day_numbers(days: pd.Series[Any]) -> npt.NDArray[np.int64]:
    numbers = days.to_numpy().astype("datetime64[D]")
    return np.where(np.isnat(numbers), NO_DAY, (numbers - _EPOCH).astype(np.int64))


def places_of_events(events: gpd.GeoDataFrame) -> Places:
    """Return the place of each event, with the reach that its precision says at the least; NaN where it has none."""
    import shapely

    shapes = events.geometry.to_numpy().copy()
    nowhere = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    drawn = (shapely.get_type_id(shapes) != 0) & ~nowhere
    points = np.full((len(shapes), 2), np.nan)
    # What goes beyond the date line, or was cut there, has its middle and its size where it lies.
    shapes[drawn] = [unwrapped(shape) for shape in shapes[drawn]]
    points[~nowhere] = shapely.get_coordinates(np.where(drawn, shapely.point_on_surface(shapes), shapes)[~nowhere])
    precision = events["place_precision"].to_numpy(object)
    radius = events["radius_m"].to_numpy("float64", na_value=np.nan)
    usual = np.array([USUAL_RADIUS_M.get(word, _UNSTATED_RADIUS_M) for word in precision], float)
    least = np.array([_LEAST_RADIUS_M.get(word, 0.0) for word in precision], float)
    radius = np.maximum(np.where(np.isnan(radius) | ((radius <= 0) & (least > 0)), usual, radius), least)
    radius[nowhere] = np.nan
    if drawn.any():
        west, south, east, north = shapely.bounds(shapes[drawn]).T
        radius[drawn] = distances_m(west, south, east, north) / 2
        points[drawn, 0] = (points[drawn, 0] + 180) % 360 - 180
    return Places(points[:, 0], points[:, 1], radius, precision, drawn)


def distances_m(lon_a: Any, lat_a: Any, lon_b: Any, lat_b: Any) -> Any:
    """Return great-circle distances in metres between points in degrees, arrays of any shapes that fit (haversine)."""
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    h = np.sin((phi_b - phi_a) / 2) ** 2
    h = h + np.cos(phi_a) * np.cos(phi_b) * np.sin(np.radians(np.subtract(lon_b, lon_a)) / 2) ** 2
    return 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(1.0, h)))
