"""Events counted by area and period: a panel, with every empty cell and with all that cannot be put into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from geoconflict.analysis.areas import (
    OUTSIDE,
    TOO_VAGUE,
    AreaLevel,
    Areas,
    areas_of_events,
    checked_areas,
    reach_shares,
    reaches,
)
from geoconflict.analysis.periods import PeriodName, Periods, day_number, periods_between
from geoconflict.civil_day import Day, civil_span
from geoconflict.errors import InputError
from geoconflict.event_extents import (
    DONE,
    Days,
    Places,
    checked_events,
    days_of_events,
    places_of_events,
    told_as_done,
)
from geoconflict.geo import Bounds
from geoconflict.prio_grid import prio_grid_cells, prio_grid_id, prio_grid_outlines

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["PANEL_COLUMNS", "UNASSIGNED", "Imprecise", "panel"]

Imprecise = Literal["unassigned", "spread", "left out"]

UNASSIGNED: Final = "unassigned"
"""The name of the area of what cannot be put into one."""

PANEL_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "area": ("str", "Name of the area; 'unassigned' for events that cannot be put into one."),
    "period": ("datetime64[s]", "First day of the period; NaT for events that cannot be put into one."),
    "n_events": ("float64", "How many events; a whole number unless events are spread."),
    "killed_low": (
        "Float64",
        "People killed at the least: the sum of the lowest figures; missing where no event has one.",
    ),
    "killed_best": ("Float64", "The sum of the best figures; missing unless every event has one."),
    "killed_high": ("Float64", "People killed at the most; missing unless every event has an upper figure."),
    "n_without_killed": ("float64", "How many of the events give no figure of people killed."),
}
"""Every column of a panel: its dtype and what it holds. In a cell without events all figures are 0."""

_EVERYWHERE: Final = "all"
_BY_COLUMN: Final = ("country", "admin1")


@dataclass(frozen=True, slots=True)
class _Placed:
    """Which area each event lies in, in parts: event, area (-1 unassigned), share."""

    names: tuple[str, ...]
    event: npt.NDArray[np.int64]
    area: npt.NDArray[np.int64]
    share: npt.NDArray[np.float64]
    why: npt.NDArray[Any]
    """Why each event is unassigned, at least in part; "" where it is not."""


def panel(
    events: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | str | None = None,
    period: PeriodName = "month",
    *,
    name: str | None = None,
    level: AreaLevel = "admin1",
    imprecise: Imprecise = "unassigned",
    since: Day | None = None,
    until: Day | None = None,
    statuses: Sequence[str] = DONE,
) -> pd.DataFrame:
    """Count events by area and period.

    Every pair of area and period has a row, also without events. An event whose days or whose place span several cells
    is counted in a row ``unassigned`` (of its period, or of its area without a period, or of neither), unless `imprecise` says
    otherwise. So the rows always add up to the number of events, whatever is not known of them.

    Parameters
    ----------
    events
        A frame of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    areas
        Polygons in any CRS; or ``"country"`` or ``"admin1"`` for what the events say of themselves; or ``"prio_grid"``
        for the cells of half a degree that an event lies in, or where it is spread may lie in (named by ``gid``); None counts them all together.
    period
        day, week (from Monday), month, quarter or year.
    name
        The column of names of `areas`; None takes a usual one (``name``, ``shapeName``, ``NAME_2`` ...).
    level
        How large the `areas` are: cell, admin2 (districts), admin1 (provinces) or country. Places that are known less
        precisely span several.
    imprecise
        unassigned: as above; spread: shared out over the areas and periods that it may be in, by ground and by days, what
        is outside all areas being unassigned; left out: not counted, but told in ``attrs``.
    since, until
        First and last day of the panel; None is that of the events. Events outside are not counted, but told in ``attrs``.
    statuses
        What is counted; others are told in ``attrs``.

    Returns
    -------
    pandas.DataFrame
        The columns of :data:`PANEL_COLUMNS`, by area and period, unassigned rows last. ``attrs["left_out"]`` says how many events
        are not counted, ``attrs["unassigned"]`` how many are unassigned at least in part, both by why.

    Raises
    ------
    InputError
        If `events` or `areas` cannot be used, or an argument is none of these.
    """
    if imprecise not in get_args(Imprecise):
        msg = f"imprecise is {imprecise!r}; it is {', '.join(get_args(Imprecise))}"
        raise InputError(msg)
    chosen, left_out = told_as_done(checked_events(events), statuses)
    days = days_of_events(chosen)
    periods, inside = _window(days, period, since, until)
    if n := int((~inside).sum()):
        left_out |= {"outside the days of the panel": n}
        chosen = chosen[inside].reset_index(drop=True)
        days = Days(days.first[inside], days.last[inside])
    placed = _placed(chosen, areas, name, level, imprecise)
    event, at, share, loose = _timed(days, periods, len(chosen), imprecise)
    why = placed.why.copy()
    why[loose] = np.where(
        why[loose] != "", why[loose], np.where(days.known[loose], f"days that span several {period}s", "without a day")
    )
    reasons, counts = np.unique(why[why != ""].astype(str), return_counts=True)
    unassigned = dict(zip(reasons.tolist(), counts.tolist(), strict=True))
    gone: set[int] = set()
    if imprecise == "left out":
        gone = set(np.flatnonzero(why != "").tolist())
        left_out, unassigned = left_out | unassigned, {}
    table = _table(chosen, placed, (event, at, share), periods, gone)
    table.attrs = {"left_out": left_out, "unassigned": unassigned}
    return table


# ---------------------------------------------------------------- when
def _window(
    days: Days, period: PeriodName, since: Day | None, until: Day | None
) -> tuple[Periods, npt.NDArray[np.bool_]]:
    """Return the periods, and which events may be counted in them; those without days may."""
    civil_span(since, until)
    known = days.known
    first = day_number(since, "since") if since is not None else int(days.first[known].min()) if known.any() else 0
    last = (
        day_number(until, "until") if until is not None else int(days.last[known].max()) if known.any() else first - 1
    )
    inside = ~known | ((days.last >= first) & (days.first <= last))
    if not known.any() and (since is None or until is None):
        periods_between(period, 0, 0)
        return Periods(np.zeros(1, np.int64)), inside
    return periods_between(period, first, last), inside


def _timed(days: Days, periods: Periods, n: int, imprecise: Imprecise) -> tuple[Any, Any, Any, Any]:
    """Return (event, period or -1, share), and the events that lie in no one period."""
    if not len(periods):
        everyone = np.arange(n)
        return everyone, np.full(n, -1), np.ones(n), everyone
    event, at, share = periods.shares(days)
    whole = share >= 1 - 1e-9
    unsure = np.setdiff1d(np.arange(n), event[whole])
    if imprecise == "spread":
        rest = np.clip(1 - np.bincount(event, share, n), 0, 1)
        lost = np.flatnonzero(rest > 1e-9)
        return np.r_[event, lost], np.r_[at, np.full(len(lost), -1)], np.r_[share, rest[lost]], lost
    return np.r_[event[whole], unsure], np.r_[at[whole], np.full(len(unsure), -1)], np.ones(n), unsure


# ---------------------------------------------------------------- where
def _placed(events: gpd.GeoDataFrame, areas: Any, name: str | None, level: AreaLevel, imprecise: Imprecise) -> _Placed:
    n = len(events)
    if areas is None:
        return _Placed((_EVERYWHERE,), np.arange(n), np.zeros(n, np.int64), np.ones(n), _no_reasons(n))
    if isinstance(areas, str):
        if areas in _BY_COLUMN:
            return _by_column(events, areas)
        if areas != "prio_grid":
            msg = f"areas is {areas!r}; it is a GeoDataFrame of polygons, country, admin1 or prio_grid"
            raise InputError(msg)
        return _by_cell(events, imprecise)
    checked = checked_areas(areas, name, level)
    return _shared(events, checked, areas_of_events(events, checked), imprecise)


def _by_column(events: gpd.GeoDataFrame, column: str) -> _Placed:
    import pandas as pd

    codes, names = pd.factorize(events[column].where(events[column] != "", None).astype(object), sort=True)
    why = np.where(codes < 0, f"no {column} known", "").astype(object)
    return _Placed(
        tuple(str(one) for one in names), np.arange(len(events)), codes.astype(np.int64), np.ones(len(events)), why
    )


def _no_reasons(n: int) -> npt.NDArray[Any]:
    return np.full(n, "", object)


def _by_cell(events: gpd.GeoDataFrame, imprecise: Imprecise) -> _Placed:
    places = places_of_events(events)
    if not len(events):
        return _Placed((), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0), _no_reasons(0))
    own = prio_grid_id(places.lon, places.lat)
    vague = areas_of_events(events, _cells(np.unique(own))) == TOO_VAGUE
    gids = [own, _cells_in_reach(events, places, np.flatnonzero(vague))] if imprecise == "spread" else [own]
    cells = _cells(np.unique(np.concatenate(gids)))
    number = {one: at for at, one in enumerate(cells.names)}
    found = np.array([number[str(gid)] for gid in own])
    return _shared(events, cells, np.where(vague, TOO_VAGUE, found), imprecise)


def _cells(gids: npt.NDArray[np.int64]) -> Areas:
    return checked_areas(prio_grid_outlines(gids), "gid", "cell")


def _cells_in_reach(events: gpd.GeoDataFrame, places: Places, chosen: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the numbers of the cells that the ground meets which the chosen events may be on."""
    import shapely

    found = [np.empty(0, np.int64)]
    for shape in reaches(events, places, chosen):
        for part in shapely.get_parts(shape):
            cells = prio_grid_cells(Bounds(*part.bounds))
            found.append(cells["gid"].to_numpy()[shapely.intersects(cells.geometry.to_numpy(), part)])
    return np.unique(np.concatenate(found))


def _shared(events: gpd.GeoDataFrame, areas: Areas, found: npt.NDArray[np.int64], imprecise: Imprecise) -> _Placed:
    """Return the events with the parts of those that span several areas, as `imprecise` says."""
    sure = np.flatnonzero(found >= 0)
    vague, outside = np.flatnonzero(found == TOO_VAGUE), np.flatnonzero(found == OUTSIDE)
    why = _no_reasons(len(events))
    why[outside], why[vague] = "outside all areas", f"place too vague for areas of level {areas.level}"
    event, area, share = sure, found[sure], np.ones(len(sure))
    if imprecise == "spread" and len(vague):
        who, where, parts = reach_shares(events, areas, vague)
        # Neighbours that overlap by a sliver must not make more than one event of one.
        total = np.maximum(1.0, np.bincount(who, parts, len(events)))
        event, area, share = np.r_[event, who], np.r_[area, where], np.r_[share, parts / total[who]]
    rest = np.clip(1 - np.bincount(event, share, len(events)), 0, 1)
    lost = np.flatnonzero(rest > 1e-9)
    if imprecise == "spread":
        why[vague] = ""
        why[lost] = "outside all areas, at least in part"
    return _Placed(areas.names, np.r_[event, lost], np.r_[area, np.full(len(lost), -1)], np.r_[share, rest[lost]], why)


# ---------------------------------------------------------------- the table
def _table(
    events: gpd.GeoDataFrame, placed: _Placed, timed: tuple[Any, Any, Any], periods: Periods, gone: set[int]
) -> pd.DataFrame:
    import pandas as pd

    n_periods = len(periods)
    in_area = pd.DataFrame({"event": placed.event, "area": placed.area, "share": placed.share})
    in_period = pd.DataFrame({"event": timed[0], "period": timed[1], "part": timed[2]})
    parts = in_area.merge(in_period, on="event")
    parts = parts[~parts["event"].isin(sorted(gone))]
    weight = (parts["share"] * parts["part"]).to_numpy()
    own = parts["event"].to_numpy()
    low, best, high = (
        events[f"killed_{bound}"].to_numpy("float64", na_value=np.nan)[own] for bound in ("low", "best", "high")
    )
    low, high = np.where(np.isnan(low), best, low), np.where(np.isnan(high), best, high)
    sums = pd.DataFrame({"area": parts["area"].to_numpy(), "period": parts["period"].to_numpy(), "n_events": weight})
    sums["n_without_killed"] = weight * (np.isnan(low) & np.isnan(high))
    for bound, values in (("low", low), ("best", best), ("high", high)):
        sums[bound] = weight * np.nan_to_num(values)
        sums[f"no_{bound}"] = np.isnan(values)
        sums[f"any_{bound}"] = ~np.isnan(values)
    grouped = sums.groupby(["area", "period"]).agg(
        {
            name: "sum" if name[:2] in ("n_", "lo", "be", "hi") and name[:3] != "no_" else "any"
            for name in sums.columns[2:]
        }
    )
    cells = [(area, at) for area in range(len(placed.names)) for at in range(n_periods)]
    extra = sorted((set(grouped.index) - set(cells)), key=lambda one: (one[0] < 0, one[0], one[1] < 0, one[1]))
    # An area without a period comes after its periods, what has no area at the end.
    ordered = sorted([*cells, *extra], key=lambda one: (one[0] < 0, one[0], one[1] < 0, one[1]))
    full = grouped.reindex(pd.MultiIndex.from_tuples(ordered, names=["area", "period"]) if ordered else grouped.index)
    empty = full["n_events"].isna().to_numpy()
    area = full.index.get_level_values("area").to_numpy(int) if ordered else np.empty(0, int)
    at = full.index.get_level_values("period").to_numpy(int) if ordered else np.empty(0, int)
    starts = np.append(periods.starts, np.datetime64("NaT", "s")) if n_periods else np.array(["NaT"], "datetime64[s]")
    lacks = {bound: full[f"no_{bound}"].fillna(value=False).to_numpy(bool) for bound in ("best", "high")}
    lacks["low"] = ~full["any_low"].fillna(value=False).to_numpy(bool) & ~empty
    made = pd.DataFrame(
        {
            "area": [placed.names[k] if k >= 0 else UNASSIGNED for k in area],
            "period": starts[at],
            "n_events": full["n_events"].fillna(0.0).to_numpy(),
            **{
                f"killed_{bound}": full[bound].fillna(0.0).mask(lacks[bound]).to_numpy()
                for bound in ("low", "best", "high")
            },
            "n_without_killed": full["n_without_killed"].fillna(0.0).to_numpy(),
        }
    )
    return made.astype({column: kind for column, (kind, _) in PANEL_COLUMNS.items()})
