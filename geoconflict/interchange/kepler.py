"""Events as a saved map of kepler.gl: the rows with their types, layers in the colours of the types, and the time filter.

A layer of kepler.gl knows no status and no precision, so what happened and what is only claimed, planned or denied are two
datasets, one drawn full and one hollow, and only spots have coordinates; all else is drawn as its ground.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict._version import __version__
from geoconflict.frame_checks import credit_lines
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.interchange.grounds import HAPPENED, drawn_shape, span_of
from geoconflict.interchange.writing import json_ready, write_events
from geoconflict.type_styles import style_table

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["to_kepler"]

_DATASETS: Final = {"happened": "Events", "claimed": "Claimed, planned or denied"}
_KINDS: Final = {"Int64": ("integer", "INT"), "int64": ("integer", "INT"), "float64": ("real", "FLOAT")}
_TIME: Final = ("timestamp", "YYYY-M-D HH:mm:ss", "DATETIME")
_ADDED: Final = {
    "day": _TIME,
    "latitude": ("real", "", "FLOAT"),
    "longitude": ("real", "", "FLOAT"),
    "ground": ("geojson", "", "GEOMETRY"),
}
"""Columns that we lack: the day for the time filter, the coordinates of spots, and the ground of what is none."""


def to_kepler(
    events: gpd.GeoDataFrame, unlocated: pd.DataFrame, out: str | os.PathLike[str], *, attribution: str | Sequence[str]
) -> int:
    """Write events as a map file of kepler.gl (JSON, version v1), and return the number of events.

    Drop it onto kepler.gl, or give it to ``addDataToMap(KeplerGlSchema.load(file))``. The parameters are those of
    :func:`geoconflict.export_events`; the credit is the description of the map.

    Raises
    ------
    InputError
        If the folder does not exist, or a frame has wrong columns or another CRS.
    """

    def write(frame: gpd.GeoDataFrame, path: Path) -> None:
        with path.open("w", encoding="utf-8", newline="\n") as file:
            json.dump(_saved_map(frame, credit_lines(attribution)), file, ensure_ascii=False, allow_nan=False)

    return write_events(events, unlocated, out, write)


def _saved_map(frame: gpd.GeoDataFrame, attribution: Sequence[str]) -> dict[str, Any]:
    first, _ = span_of(frame)
    ordered = frame.assign(day=first).sort_values(["day", "event_id"], kind="stable")
    has_happened = ordered["status"].isin(HAPPENED)
    parts = {"happened": ordered[has_happened], "claimed": ordered[~has_happened]}
    named = {name: part for name, part in parts.items() if len(part) or name == "happened"}
    return {
        "datasets": [{"version": "v1", "data": _dataset(name, part)} for name, part in named.items()],
        "config": {"version": "v1", "config": _config(named, ordered)},
        "info": {
            "app": "kepler.gl",
            "title": "Conflict events",
            "description": "\n".join(attribution),
            "source": f"geoconflict {__version__}",
        },
    }


def _fields() -> list[dict[str, Any]]:
    kinds = {
        name: _TIME if dtype.startswith("datetime") else (*_typed(dtype),)
        for name, (dtype, _) in EVENT_COLUMNS.items()
        if name != "geometry"
    }
    return [
        {"name": name, "type": kind, "format": form, "analyzerType": analyzer}
        for name, (kind, form, analyzer) in {**kinds, **_ADDED}.items()
    ]


def _typed(dtype: str) -> tuple[str, str, str]:
    kind, analyzer = _KINDS.get(dtype, ("string", "STRING"))
    return kind, "", analyzer


def _dataset(name: str, part: pd.DataFrame) -> dict[str, Any]:
    return {
        "id": name,
        "label": _DATASETS[name],
        "color": [201, 65, 33],
        "fields": _fields(),
        "allData": [_row(row) for row in part.itertuples()],
    }


def _row(row: Any) -> list[Any]:
    """Return an event as the values of the fields, in their order."""
    import shapely

    told = [
        _time(getattr(row, name)) if dtype.startswith("datetime") else json_ready(getattr(row, name, None))
        for name, (dtype, _) in EVENT_COLUMNS.items()
        if name != "geometry"
    ]
    shape = drawn_shape(row.geometry, row.place_precision, row.radius_m)
    if shape is None:
        return [*told, _time(row.day), None, None, None]
    if shape.geom_type == "Point":
        return [*told, _time(row.day), shape.y, shape.x, None]
    ground = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(shape)}
    return [*told, _time(row.day), None, None, ground]


def _time(day: Any) -> str | None:
    """Return a day as the time that it begins: kepler.gl plays no plain dates."""
    return None if day != day else f"{day.date().isoformat()} 00:00:00"  # noqa: PLR0124  # NaT


def _config(named: dict[str, pd.DataFrame], ordered: gpd.GeoDataFrame) -> dict[str, Any]:
    days = ordered["day"].dropna()
    filters = []
    if len(days):
        span = [int(day.timestamp() * 1000) for day in (days.min(), days.max())]
        filters.append(
            {
                "id": "days",
                "dataId": list(named),
                "name": ["day"] * len(named),
                "type": "timeRange",
                "value": span,
                "view": "enlarged",
                "enlarged": True,
                "plotType": {"type": "histogram"},
                "animationWindow": "free",
                "yAxis": None,
                "speed": 1,
            }
        )
    tips = ["sub_event_type", "status", "place_name", "place_precision", "starts_on", "ends_on", "actors", "sources"]
    return {
        "visState": {
            "filters": filters,
            "layers": [layer for name, part in named.items() for layer in _layers(name, part)],
            "interactionConfig": {
                "tooltip": {
                    "enabled": True,
                    "fieldsToShow": {name: [{"name": tip, "format": None} for tip in tips] for name in named},
                }
            },
        },
        "mapState": _map_state(ordered),
    }


def _layers(name: str, part: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the layers of a dataset: spots above, grounds below."""
    # kepler.gl gives the colours of a range to the values in the order of their UTF-16 units.
    kinds = sorted(part["event_type"].unique(), key=lambda kind: kind.encode("utf-16-be", "surrogatepass"))
    styles = style_table(kinds)
    colours = [styles["types"].get(kind, styles["other"])["colour"] for kind in kinds]
    palette = {"name": "Event types", "type": "custom", "category": "Custom", "colors": colours or ["#594f36"]}
    is_full = name == "happened"
    by_type = {"name": "event_type", "type": "string"}
    config = {"dataId": name, "color": [201, 65, 33], "isVisible": True, "hidden": False, "textLabel": []}
    ranges = {"colorRange": palette, "strokeColorRange": palette, "opacity": 0.85}
    channels = {
        "colorField": by_type, "colorScale": "ordinal", "strokeColorField": by_type, "strokeColorScale": "ordinal",
    }  # fmt: skip
    spots = {**ranges, "radius": 7, "filled": is_full, "outline": not is_full, "thickness": 2, "fixedRadius": False}
    grounds = {**ranges, "filled": is_full, "stroked": True, "thickness": 1, "opacity": 0.25, "strokeOpacity": 0.9}
    return [
        {
            "id": f"{name}-spots",
            "type": "point",
            "config": {
                **config,
                "label": f"{_DATASETS[name]}: spots",
                "columns": {"lat": "latitude", "lng": "longitude"},
                "visConfig": spots,
            },
            "visualChannels": channels,
        },
        {
            "id": f"{name}-grounds",
            "type": "geojson",
            "config": {
                **config,
                "label": f"{_DATASETS[name]}: somewhere inside",
                "columns": {"geojson": "ground"},
                "visConfig": grounds,
            },
            "visualChannels": channels,
        },
    ]


def _map_state(ordered: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return a view that shows all that is drawn."""
    drawn = ordered[ordered.geometry.notna() & (ordered["place_precision"] != "country")]
    west, south, east, north = drawn.total_bounds if len(drawn) else (-180.0, -60.0, 180.0, 75.0)
    widest = max(east - west, 1.6 * (north - south), 0.02)
    return {
        "latitude": round(float(south + north) / 2, 5),
        "longitude": round(float(west + east) / 2, 5),
        "zoom": round(min(12.0, max(0.0, math.log2(900 / widest))), 2),
        "bearing": 0,
        "pitch": 0,
        "dragRotate": False,
        "isSplit": False,
    }
