"""What is added to a map after its events: dated lines and areas, counts by area, and density.

Mixed into :class:`geoconflict.EventMap`; knows nothing of folium.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, Self, get_args

from geoconflict.errors import MapError
from geoconflict.render.columns import MapColumns
from geoconflict.render.context_columns import context_columns
from geoconflict.render.dated_frame import DayOrColumn, dated_frame
from geoconflict.render.districts import Level, district_columns
from geoconflict.render.payload import pack_block

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["AddedLayers", "Measure", "Period"]

Measure = Literal["events", "killed"]
Period = Literal["week", "month", "year"]

_RADIUS: Final = (4, 120)


class AddedLayers:
    """The methods of a map that add layers; each returns the map, so that calls can be chained."""

    _columns: MapColumns
    _blocks: dict[str, bytes]
    _strings: dict[str, str]
    _lines: Any
    """Lines and areas so far: a frame of :data:`geoconflict.frames.LINE_COLUMNS`, or None."""
    _layers: list[dict[str, Any]]
    """What the page needs to know of each layer that counts events."""

    def add_areas(
        self,
        areas: gpd.GeoDataFrame,
        *,
        name: str = "name",
        valid_from: DayOrColumn = "valid_from",
        valid_to: DayOrColumn = "valid_to",
        approximate: str | bool = "approximate",
        note: str = "note",
        colour: str = "colour",
    ) -> Self:
        """Add areas that hold from one day to another, drawn below the events as of the end of the time window.

        Each argument names a column, or is itself the value for all rows.

        Parameters
        ----------
        areas
            Polygons in any CRS; they are reprojected.
        name
            Column of names, or one name for all; a warning tells when it is all but the name of a column.
        valid_from, valid_to
            First and last day: a column of dates or ISO texts, a day, or None for open. Without the columns
            ``valid_from`` and ``valid_to`` the areas hold always.
        approximate
            Whether the outline is only roughly known: a column, or True or False. Such an area is hatched and its edge
            dashed. What nothing is said of counts as approximate: nothing is drawn sharper than its owner says it is.
        note
            What the reader must know, with the source: a column, or a text.
        colour
            A column of colours like ``#7a3b69``, or one; "" is the map's own, which differs by name where areas have several.

        Returns
        -------
        EventMap
            The map itself.

        Raises
        ------
        InputError
            With every fault at once, each with the rows that have it.
        """
        return self._add_dated(
            dated_frame(
                areas,
                "areas",
                name=name,
                valid_from=valid_from,
                valid_to=valid_to,
                approximate=approximate,
                note=note,
                colour=colour,
            )
        )

    def add_lines(
        self,
        lines: gpd.GeoDataFrame,
        *,
        name: str = "name",
        valid_from: DayOrColumn = "valid_from",
        valid_to: DayOrColumn = "valid_to",
        approximate: str | bool = "approximate",
        note: str = "note",
        colour: str = "colour",
    ) -> Self:
        """Add lines that hold from one day to another, such as a front; arguments and faults are those of :meth:`add_areas`.

        An approximate line is dashed.
        """
        return self._add_dated(
            dated_frame(
                lines,
                "lines",
                name=name,
                valid_from=valid_from,
                valid_to=valid_to,
                approximate=approximate,
                note=note,
                colour=colour,
            )
        )

    def _add_dated(self, frame: Any) -> Self:
        import pandas as pd

        filled = [one for one in (self._lines, frame) if one is not None and len(one)]
        self._lines = pd.concat(filled, ignore_index=True) if filled else frame
        self._blocks["gc-context"] = pack_block(
            context_columns(self._lines, self._columns.west_of, self._strings["text.cut"])
        )
        return self

    def choropleth_over_time(
        self,
        areas: gpd.GeoDataFrame,
        *,
        name: str = "name",
        label: str = "",
        period: Period = "month",
        measure: Measure = "events",
        level: Level = "admin1",
        show: bool = False,
    ) -> Self:
        """Add a layer that colours areas by how many of the events shown happened in each.

        Counts are made in the page, so they obey every filter and the time window. Its legend steps the window from one
        `period` to the next, and keeps the same classes for all of them. An event whose place is known less precisely
        than `level`, or that is near a place whose ring leaves the area, is not counted in any; the legend says how many.

        Parameters
        ----------
        areas
            Polygons in any CRS, for instance provinces; they should not overlap.
        name
            Column of their names.
        label
            Name of the layer in the layer control; "" names the measure.
        period
            What the legend steps by: week, month or year.
        measure
            events, or killed: the best figure of each event, else the lowest; events without a figure count as none, and
            so do those that are denied, planned or feared.
        level
            How large the areas are, admin1 (provinces) or admin2 (districts).
        show
            Whether the layer is on when the map opens.

        Returns
        -------
        EventMap
            The map itself.

        Raises
        ------
        InputError
            With every fault of `areas` at once.
        MapError
            If `period` or `measure` is unknown.
        """
        _check("period", period, get_args(Period))
        _check("measure", measure, get_args(Measure))
        block = f"gc-areas-{1 + sum(layer['kind'] == 'areas' for layer in self._layers)}"
        self._blocks[block] = pack_block(district_columns(areas, name, self._columns, level))
        self._layers.append(
            {
                "kind": "areas",
                "block": block,
                "label": label.strip() or self._strings[f"areas.{measure}"],
                "measure": measure,
                "period": period,
                "on": show,
            }
        )
        return self

    def heat(self, *, label: str = "", measure: Measure = "events", radius: int = 28, show: bool = False) -> Self:
        """Add a layer of how densely the events shown lie, which follows filters and time window.

        Its colours mean the same at all times: from a single event to the most that one place of the map has. Events that
        are not known to a town are left out, for their middle would look like a centre of fighting; the legend says how
        many.

        Parameters
        ----------
        label
            Name of the layer in the layer control; "" names the measure.
        measure
            events, or killed: as in :meth:`choropleth_over_time`.
        radius
            How far a place spreads, 4 to 120 pixels.
        show
            Whether the layer is on when the map opens.

        Returns
        -------
        EventMap
            The map itself.

        Raises
        ------
        MapError
            If `measure` is unknown or `radius` out of range.
        """
        _check("measure", measure, get_args(Measure))
        if not _RADIUS[0] <= radius <= _RADIUS[1]:
            msg = f"radius is {radius}; it is {_RADIUS[0]} to {_RADIUS[1]} pixels"
            raise MapError(msg)
        self._layers.append(
            {
                "kind": "heat",
                "label": label.strip() or self._strings[f"heat.{measure}"],
                "measure": measure,
                "radius": radius,
                "on": show,
            }
        )
        return self


def _check(what: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        msg = f"{what} is {value!r}; it is {' or '.join(allowed)}"
        raise MapError(msg)
