"""How far events were from a line that changed with time, such as a front."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoconflict.analysis.periods import PeriodName, periods_between
from geoconflict.errors import InputError
from geoconflict.event_extents import (
    DONE,
    NO_DAY,
    STAND_INS,
    checked_events,
    days_of_events,
    places_of_events,
    told_as_done,
)
from geoconflict.geo import CRS
from geoconflict.shape_distances import nearest_m

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["DISTANCE_COLUMNS", "distance_to_lines", "distances_by_period"]

DISTANCE_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "event_id": ("str", "The event."),
    "ends_on": ("datetime64[s]", "Its last possible day."),
    "line": ("str", "Name of the nearest line that held on its days; empty where none did."),
    "distance_km": (
        "float64",
        "From the event's point to the line; missing where no line held or its place is too vague.",
    ),
    "low_km": ("float64", "At the least, given how far the event may be from its point."),
    "high_km": ("float64", "At the most."),
    "why": ("str", "Why the distance is missing; empty where it is not."),
}
"""Every column of :func:`distance_to_lines`."""


def distance_to_lines(
    events: gpd.GeoDataFrame, lines: gpd.GeoDataFrame, *, statuses: Sequence[str] = DONE
) -> pd.DataFrame:
    """Return how far each event was from the nearest line that held on its days.

    Parameters
    ----------
    events
        A frame of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    lines
        Lines with the columns of :data:`geoconflict.LINE_COLUMNS`, such as :func:`geoconflict.lines_to_frame` returns; in any CRS
        that it names. Of ``valid_from`` and ``valid_to`` a missing day is open; without the columns a line holds always.
    statuses
        What is measured.

    Returns
    -------
    pandas.DataFrame
        The columns of :data:`DISTANCE_COLUMNS`, one row an event, in the order given. The distance is that of great circles;
        how roughly a line itself is known is not in it (see its ``note``).

    Raises
    ------
    InputError
        If a frame cannot be used.
    """
    import pandas as pd
    import shapely

    chosen, _ = told_as_done(checked_events(events), statuses)
    shapes, names, first, last = _lines(lines)
    places, days = places_of_events(chosen), days_of_events(chosen)
    rows = []
    for k in range(len(chosen)):
        row: dict[str, Any] = {
            "event_id": chosen["event_id"].iloc[k],
            "ends_on": chosen["ends_on"].iloc[k],
            "line": "",
            "why": "",
        }
        holds = (first <= days.last[k]) & (last >= days.first[k]) if days.known[k] else np.zeros(len(names), bool)
        if not days.known[k]:
            row["why"] = "without a day"
        elif not holds.any():
            row["why"] = "no line held on its days"
        elif places.precision[k] in STAND_INS or places.drawn[k]:
            row["why"] = "place too vague"
        else:
            point = shapely.Point(places.lon[k], places.lat[k])
            metres, row["line"] = min((nearest_m(point, shapes[n]), names[n]) for n in np.flatnonzero(holds))
            reach = float(places.radius_m[k])
            row |= {
                "distance_km": metres / 1000,
                "low_km": max(0.0, metres - reach) / 1000,
                "high_km": (metres + reach) / 1000,
            }
        rows.append(row)
    table = pd.DataFrame(rows, columns=list(DISTANCE_COLUMNS))
    return table.astype({name: kind for name, (kind, _) in DISTANCE_COLUMNS.items()})


def _lines(lines: Any) -> tuple[Any, list[str], Any, Any]:
    faults = []
    if not hasattr(lines, "crs") or not hasattr(lines, "geometry"):
        msg = f"lines: a GeoDataFrame of lines is needed, not {type(lines).__name__}; lines_to_frame makes one"
        raise InputError(msg)
    if lines.crs is None:
        faults.append(f"no CRS; call lines.set_crs({CRS!r}) if the coordinates are longitude and latitude in degrees")
    if "name" not in lines.columns:
        faults.append("no column 'name'")
    if not len(lines) or lines.geometry.isna().any() or lines.geometry.is_empty.any():
        faults.append("no lines, or rows without a geometry")
    for name in ("valid_from", "valid_to"):
        if name in lines.columns and str(lines[name].dtype).startswith("datetime64") and "," in str(lines[name].dtype):
            faults.append(f"column {name!r} has a time zone; call .dt.tz_localize(None)")
        elif name in lines.columns and not str(lines[name].dtype).startswith("datetime64"):
            faults.append(f"column {name!r} is {lines[name].dtype}, not dates; use pandas.to_datetime")
    if faults:
        msg = "lines: this frame cannot be used:\n" + "\n".join(f"- {fault}" for fault in faults)
        raise InputError(msg)
    edges = []
    for name, openly in (("valid_from", NO_DAY), ("valid_to", np.iinfo(np.int64).max)):
        if name not in lines.columns:
            edges.append(np.full(len(lines), openly))
            continue
        days = lines[name].to_numpy().astype("datetime64[D]")
        edges.append(np.where(np.isnat(days), openly, days.astype(np.int64)))
    return lines.to_crs(CRS).geometry.to_numpy(), [str(one) for one in lines["name"]], edges[0], edges[1]


def distances_by_period(distances: pd.DataFrame, period: PeriodName = "week") -> pd.DataFrame:
    """Return for each period how many events were measured, and the quartiles of their distances in kilometres.

    Parameters
    ----------
    distances
        What :func:`distance_to_lines` returns.
    period
        day, week, month, quarter or year, of the event's last possible day.

    Returns
    -------
    pandas.DataFrame
        ``period``, ``n_events``, ``q25_km``, ``median_km``, ``q75_km``, ``n_not_measured``; every period between the first and the
        last has a row.
    """
    import pandas as pd

    missing = [name for name in ("ends_on", "distance_km") if name not in distances.columns]
    if missing:
        msg = f"distances: no column {missing[0]!r}; take the frame from distance_to_lines"
        raise InputError(msg)
    dated = distances[distances["ends_on"].notna()]
    columns = ["period", "n_events", "q25_km", "median_km", "q75_km", "n_not_measured"]
    if dated.empty:
        return pd.DataFrame({name: [] for name in columns})
    days = dated["ends_on"].to_numpy().astype("datetime64[D]").astype(np.int64)
    periods = periods_between(period, int(days.min()), int(days.max()))
    at = np.searchsorted(periods.edges, days, "right") - 1
    rows = []
    for number, start in enumerate(periods.starts):
        own = dated["distance_km"].to_numpy()[at == number]
        known = own[~np.isnan(own)]
        quarters = np.quantile(known, (0.25, 0.5, 0.75)) if len(known) else (np.nan,) * 3
        rows.append([start, len(known), *quarters, len(own) - len(known)])
    return pd.DataFrame(rows, columns=columns).astype({"period": "datetime64[s]"})
