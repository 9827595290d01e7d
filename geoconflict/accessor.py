"""``frame.conflict``: what analysts do with a frame of events, one call each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from geoconflict.civil_day import Day, civil_span
from geoconflict.errors import InputError
from geoconflict.event_extents import DONE, checked_events, days_of_events
from geoconflict.frame_accessor import register_accessor

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    from matplotlib.figure import Figure

    from geoconflict.analysis.areas import AreaLevel
    from geoconflict.analysis.panel import Imprecise
    from geoconflict.analysis.periods import PeriodName
    from geoconflict.render.event_map import EventMap
    from geoconflict.store import EventStore

__all__ = ["Conflict", "conflict"]


class Conflict:
    """What can be asked of a frame of events; ``frame.conflict`` is one.

    Parameters
    ----------
    frame
        A frame of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326, ours or of other data. It is never changed.

    Raises
    ------
    InputError
        If the frame lacks columns, has no CRS or another, or times with a zone.
    """

    def __init__(self, frame: gpd.GeoDataFrame) -> None:
        self._events = checked_events(frame, "frame.conflict")
        self._frame = frame

    def between(self, start: Day | None = None, end: Day | None = None, *, whole: bool = False) -> gpd.GeoDataFrame:
        """Return the events that may have happened from `start` to `end`, both inclusive; None is open.

        Parameters
        ----------
        start, end
            Days, as dates or ISO texts.
        whole
            True leaves only events all of whose possible days lie within; False those that share a day with it. Events
            without a day are in neither.
        """
        from geoconflict.analysis.periods import day_number

        civil_span(start, end, ("start", "end"))
        days = days_of_events(self._events)
        first = np.iinfo(np.int64).min if start is None else day_number(start, "start")
        last = np.iinfo(np.int64).max if end is None else day_number(end, "end")
        chosen = (days.first >= first) & (days.last <= last) if whole else (days.last >= first) & (days.first <= last)
        return self._frame[days.known & chosen]

    def by_area(
        self, areas: gpd.GeoDataFrame, *, name: str | None = None, level: AreaLevel = "admin1"
    ) -> gpd.GeoDataFrame:
        """Return the events with a column ``area``: the name of the area that each lies in; and ``area_why`` where it is empty.

        Parameters
        ----------
        areas, name, level
            As in :func:`geoconflict.panel`. Events known less precisely than areas of the level are in none.
        """
        from geoconflict.analysis.areas import OUTSIDE, areas_of_events, checked_areas

        checked = checked_areas(areas, name, level)
        found = areas_of_events(self._events, checked)
        why = np.where(found == OUTSIDE, "outside all areas", f"place too vague for areas of level {level}").astype(
            object
        )
        nowhere = (self._events.geometry.isna() | self._events.geometry.is_empty).to_numpy()
        why[nowhere] = "without a place"
        told = self._frame.assign(
            area=[checked.names[k] if k >= 0 else "" for k in found], area_why=np.where(found >= 0, "", why)
        )
        return told.astype({"area": "str", "area_why": "str"})

    def by_period(self, period: PeriodName = "month") -> gpd.GeoDataFrame:
        """Return the events with a column ``period``: the first day of the one that each lies in; NaT where its days span several.

        Parameters
        ----------
        period
            day, week (from Monday), month, quarter or year.
        """
        from geoconflict.analysis.periods import periods_between

        days = days_of_events(self._events)
        starts = np.full(len(self._events), np.datetime64("NaT", "s"))
        known = days.known
        low, high = (int(days.first[known].min()), int(days.last[known].max())) if known.any() else (0, 0)
        periods = periods_between(period, low, high)
        event, at, share = periods.shares(days)
        is_whole = share >= 1 - 1e-9
        starts[event[is_whole]] = periods.starts[at[is_whole]]
        return self._frame.assign(period=starts)

    def tolls(self, store: EventStore | None = None) -> pd.DataFrame:
        """Return the cumulative figures of a store that the reports of these events give.

        Parameters
        ----------
        store
            The store that the events come from. A frame holds events alone: a figure of a war or a month ("more than 700 so
            far") belongs to none of them and stands in a table of its own.

        Raises
        ------
        InputError
            If no store is given.
        """
        if store is None:
            msg = (
                "cumulative figures belong to no event, so a frame of events does not hold them: give the store that it comes "
                "from, frame.conflict.tolls(store), or take all of them with store.tolls()"
            )
            raise InputError(msg)
        told = self._frame["sources"] if "sources" in self._frame.columns else ()
        reports = {one.get("report_id") for text in told for one in json.loads(text or "[]")}
        tolls = store.tolls()
        return tolls[tolls["report_id"].isin(reports)].reset_index(drop=True)

    def explore(self, **options: Any) -> EventMap:
        """Return the events as an :class:`geoconflict.EventMap`, which notebooks show; `options` are its own, such as ``title``."""
        from geoconflict.render.event_map import EventMap

        return EventMap(self._frame, **options)

    def panel(
        self,
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
        """Count the events by area and period: :func:`geoconflict.panel` of this frame."""
        from geoconflict.analysis.panel import panel

        return panel(
            self._frame,
            areas,
            period,
            name=name,
            level=level,
            imprecise=imprecise,
            since=since,
            until=until,
            statuses=statuses,
        )

    def plot_map(self, **options: Any) -> Figure:
        """Return a map for print: :func:`geoconflict.plot_map` of this frame; `options` are its own, such as ``title``."""
        from geoconflict.analysis.figure_map import plot_map

        return plot_map(self._frame, **options)


def conflict(frame: gpd.GeoDataFrame) -> Conflict:
    """Return ``frame.conflict``, in words that type checkers and editors understand.

    They cannot see what pandas adds to frames at run time. It also works where no frame has come from geoconflict yet.
    """
    register_accessor()
    return Conflict(frame)
