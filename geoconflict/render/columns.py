"""Event frames to the columns of a map's two data blocks: what is drawn, and the text behind it.

Rows are sorted by first day and id, so the order of a frame does not matter. Coordinates become whole multiples of
1e-4 degree (about 11 m). Events of one place share one row of the place columns: what stands at one spot is known
without comparing coordinates.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from geoconflict.frame_checks import check_frames
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.geo import Bounds
from geoconflict.render.payload import Codes, Column, Ints, Lists, Texts, utf16_offset

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["MapColumns", "Shapes", "map_columns", "without_quotes"]

SCALE: Final = 1e-4
COUNTS: Final = tuple(f"{what}_{bound}" for what in ("killed", "wounded") for bound in ("low", "best", "high"))
MORE_COUNTS: Final = tuple(f"{what}_{bound}" for what in ("captured", "displaced") for bound in ("low", "best", "high"))
"""Figures of the event alone, not of each version; an older frame may lack them."""
VERSION_WORDS: Final = ("status", "claimed_by", "denied_by", "figures_by", "date_text")
PLACE_KEY: Final = ("place_id", "place_name", "place_precision", "radius_m", "country", "admin1")
LINE_TYPES: Final = frozenset({"LineString", "LinearRing", "MultiLineString"})
AREA_TYPES: Final = frozenset({"Polygon", "MultiPolygon"})

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MapColumns:
    """The columns of both blocks, and what the page skeleton needs to know about them."""

    drawn: dict[str, Column]
    text: dict[str, Column]
    bounds: Bounds | None
    """Around all that is drawn, EPSG:4326 degrees; None when nothing is."""
    focus: Bounds | None
    """Around where most events are; None when nothing is drawn."""
    n_events: int
    n_reports: int


@dataclass(slots=True)
class Shapes:
    """Lines and areas of a block: lines and rings, flattened: kind and number of parts a shape, number of points a part, then all points."""

    kinds: list[int] = field(default_factory=list)
    n_parts: list[int] = field(default_factory=list)
    n_points: list[int] = field(default_factory=list)
    points: list[npt.NDArray[np.int64]] = field(default_factory=list)

    def add(self, geometry: Any) -> int:
        """Add a line (kind 1) or polygon (kind 2), single or multiple; return its number from 1, or 0 for a point."""
        import shapely

        if geometry.geom_type in LINE_TYPES:
            kind, parts = 1, shapely.get_parts(geometry)
        elif geometry.geom_type in AREA_TYPES:
            kind, parts = 2, shapely.get_rings(geometry)
        else:
            return 0
        for part in parts:
            grid = np.round(shapely.get_coordinates(part) / SCALE).astype(np.int64)
            keep = np.ones(len(grid), bool)
            keep[1:] = (np.diff(grid, axis=0) != 0).any(axis=1)
            self.points.append(grid[keep])
            self.n_points.append(int(keep.sum()))
        self.kinds.append(kind)
        self.n_parts.append(len(parts))
        return len(self.kinds)

    def columns(self) -> dict[str, Column]:
        """Return the columns of all shapes added."""
        grid = np.concatenate(self.points) if self.points else np.zeros((0, 2), np.int64)
        return {
            "shape_kind": Ints(self.kinds),
            "shape_parts": Ints(self.n_parts),
            "part_points": Ints(self.n_points),
            "x": Ints(grid[:, 0], delta=True),
            "y": Ints(grid[:, 1], delta=True),
        }


def map_columns(
    events: gpd.GeoDataFrame,
    unlocated: pd.DataFrame | None = None,
    lines: gpd.GeoDataFrame | None = None,
    tolls: pd.DataFrame | None = None,
    *,
    min_score: float = 0.0,
) -> MapColumns:
    """Return the columns of a map.

    Parameters
    ----------
    events
        Located events: the columns of :data:`geoconflict.frames.EVENT_COLUMNS`, EPSG:4326, longitude first.
    unlocated
        Events without a place: the same columns but for the geometry.
    lines
        Dated lines and areas that give context: :data:`geoconflict.frames.LINE_COLUMNS`, EPSG:4326.
    tolls
        Cumulative figures: the columns of :data:`geoconflict.frames.TOLL_COLUMNS`.
    min_score
        Events that score less, 0 to 1, are listed for review and not drawn.

    Raises
    ------
    InputError
        With every fault of every frame at once, and how to repair it.
    """
    check_frames(events, unlocated, lines, tolls)
    rows = _rows(events)
    if unlocated is not None:
        rows += _rows(unlocated)
    rows.sort(key=lambda row: (not row["dated"], row["day"], row["event_id"]))
    shapes = Shapes()
    places = _places(rows, shapes)
    versions, reports = _versions(rows)
    bounds, focus = _bounds(rows, lines)
    return MapColumns(
        drawn=_drawn(rows, min_score) | places | shapes.columns(),
        text=_text(rows) | versions | _reports(reports) | _tolls(tolls),
        bounds=bounds,
        focus=focus,
        n_events=len(rows),
        n_reports=len(reports),
    )


# ---------------------------------------------------------------- rows
def _rows(frame: Any) -> list[Row]:
    columns = {name: frame[name].tolist() for name in EVENT_COLUMNS if name in frame.columns and name != "geometry"}
    none = [0] * len(frame)
    columns |= {name: _counts(frame[name]) if name in frame.columns else none for name in (*COUNTS, *MORE_COUNTS)}
    columns["told"] = [json.loads(sources) for sources in columns.pop("sources")]
    columns["geometry"] = list(frame.geometry) if "geometry" in frame.columns else [None] * len(frame)
    first, has_first = _days(frame["starts_on"])
    last, has_last = _days(frame["ends_on"])
    columns["dated"] = (has_first | has_last).tolist()
    columns["open_start"] = (~has_first).tolist()
    columns["open_end"] = (~has_last).tolist()
    # A span that is open on one side stands at the day that bounds it; the card says which side is open.
    columns["day"] = np.where(has_first, first, last).tolist()
    columns["days"] = np.where(has_first & has_last, np.maximum(last - first, 0), 0).tolist()
    names = list(columns)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _days(dates: pd.Series[Any]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return days since 1970-01-01, 0 where unknown, and which of them are known."""
    days = dates.to_numpy().astype("datetime64[D]")
    known = ~np.isnat(days)
    return np.where(known, days, np.datetime64(0, "D")).astype(np.int64), known


def _counts(numbers: pd.Series[Any]) -> list[int]:
    """Return counts moved up by one, so that 0 is "not stated" and 1 is nobody."""
    values = numbers.to_numpy("float64", na_value=np.nan)
    moved: list[int] = np.where(np.isnan(values), 0, values + 1).astype(np.int64).tolist()
    return moved


def _places(rows: Sequence[Row], shapes: Shapes) -> dict[str, Column]:
    """Give each row its place number, from 1 (0 is unlocated), and return the columns of the places."""
    numbers: dict[tuple[Any, ...], int] = {}
    kept: list[Row] = []
    for row in rows:
        row["place"] = 0
        if row["geometry"] is None:
            continue
        key = (*(str(row[name]) for name in PLACE_KEY), row["geometry"].wkb)
        if key not in numbers:
            numbers[key] = len(numbers) + 1
            kept.append(row)
        row["place"] = numbers[key]
    for row in kept:
        row["point"], row["box"] = _label_point(row["geometry"]), _box(row)
    for row in rows:
        if row["place"]:
            row |= {name: kept[row["place"] - 1][name] for name in ("point", "box")}
    # A country is never drawn, so its outline would only make the file larger.
    shape = [0 if row["place_precision"] == "country" else shapes.add(row["geometry"]) for row in kept]
    points = np.array([row["point"] for row in kept], np.float64).reshape(-1, 2)
    grid = np.round(points / SCALE).astype(np.int64)
    radius = np.nan_to_num(np.array([row["radius_m"] for row in kept], np.float64))
    return {
        "place_name": Texts([row["place_name"] for row in kept]),
        "place_precision": Codes([row["place_precision"] for row in kept]),
        "place_kind": Codes([row["place_kind"] for row in kept]),
        "place_country": Codes([row["country"] for row in kept]),
        "place_admin1": Codes([row["admin1"] for row in kept]),
        "place_radius_m": Ints(np.round(radius).astype(np.int64)),
        "place_lon": Ints(grid[:, 0]),
        "place_lat": Ints(grid[:, 1]),
        "place_shape": Ints(shape),
    }


def _label_point(geometry: Any) -> tuple[float, float]:
    """Return the (lon, lat) where a symbol stands for a geometry: on the line, inside the area."""
    if geometry.geom_type in LINE_TYPES:
        line = max(getattr(geometry, "geoms", [geometry]), key=lambda part: part.length)
        point = line.interpolate(0.5, normalized=True)
    else:
        point = geometry.representative_point()
    return point.x, point.y


def _drawn(rows: Sequence[Row], min_score: float) -> dict[str, Column]:
    return {
        "day": Ints([row["day"] for row in rows], delta=True),
        "days": Ints([row["days"] for row in rows]),
        "dated": Ints([row["dated"] for row in rows]),
        "open_start": Ints([row["open_start"] for row in rows]),
        "open_end": Ints([row["open_end"] for row in rows]),
        "unsure": Ints([row["score"] < min_score for row in rows]),
        "place": Ints([row["place"] for row in rows]),
        **{
            name: Codes([row[name] for row in rows])
            for name in ("event_type", "sub_event_type", "status", "date_precision", "date_basis")
        },
        **{name: Ints([row[name] for row in rows]) for name in (*COUNTS, *MORE_COUNTS)},
        "n_sources": Ints([row["n_sources"] for row in rows]),
        "actors": Lists([_names(row["actors"]) for row in rows]),
        "sources": Lists([_distinct(item.get("source") for item in row["told"]) for row in rows]),
        "claimants": Lists([_claimants(row) for row in rows]),
    }


def _names(joined: str) -> list[str]:
    """Return the names of a column that joins them with '; ', each once."""
    return _distinct(joined.split("; "))


def _distinct(names: Iterable[Any]) -> list[str]:
    """Return the names that are not empty, each once, in order."""
    return [name for name in dict.fromkeys(map(_string, names)) if name]


def _claimants(row: Row) -> list[str]:
    """Return who claims or denies an event: those of the event first, then those of each report."""
    told = [item.get(name) for item in row["told"] for name in ("claimed_by", "denied_by")]
    return _distinct([*_names(row["claimed_by"]), *told])


# ---------------------------------------------------------------- where to look
_FOCUS_SHARE: Final = 0.75
_FOCUS_REACH: Final = 3.0
_FOCUS_LEAST_KM: Final = 100.0
_KM_PER_DEGREE: Final = 111.2


def _bounds(rows: Sequence[Row], lines: Any) -> tuple[Bounds | None, Bounds | None]:
    """Return the box around everything drawn, and the box where most events are, which the map opens on.

    Talks in far capitals must not make a war a dot: a place is in focus when it lies within three times the distance
    from the middle (median longitude and latitude) that three quarters of the events keep.
    """
    drawn = [row for row in rows if row["geometry"] is not None and row["place_precision"] != "country"]
    if not drawn:
        return (None, None) if lines is None or not len(lines) else 2 * (Bounds(*map(float, lines.total_bounds)),)
    points = np.array([row["point"] for row in drawn])
    lon, lat = np.median(points, axis=0)
    km = _KM_PER_DEGREE * np.hypot((points[:, 0] - lon) * np.cos(np.radians(lat)), points[:, 1] - lat)
    reach = max(_FOCUS_LEAST_KM, _FOCUS_REACH * float(np.quantile(km, _FOCUS_SHARE)))
    boxes = np.array([row["box"] for row in drawn])
    # A large area counts by its middle alone, or one vague event would zoom the map out.
    sizes = _KM_PER_DEGREE * np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    near = np.where((sizes <= reach)[:, None], boxes, np.tile(points, 2))[km <= reach]
    return _around(boxes), _around(near)


def _box(row: Row) -> tuple[float, float, float, float]:
    west, south, east, north = row["geometry"].bounds
    if row["geometry"].geom_type != "Point" or row["place_precision"] in {"exact", "town"}:
        return west, south, east, north
    dy = float(np.nan_to_num(row["radius_m"])) / 1000 / _KM_PER_DEGREE
    dx = dy / max(0.1, float(np.cos(np.radians(south))))
    return max(-180.0, west - dx), max(-85.0, south - dy), min(180.0, east + dx), min(85.0, north + dy)


def _around(boxes: npt.NDArray[np.float64]) -> Bounds:
    return Bounds(*(float(edge) for edge in (*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0))))


# ---------------------------------------------------------------- text
def _text(rows: Sequence[Row]) -> dict[str, Column]:
    return {
        "event_id": Texts([row["event_id"] for row in rows]),
        **{
            name: Codes([row[name] for row in rows])
            for name in ("agents", "targets", "claimed_by", "date_text", "place_reasons", "disagreements")
        },
        "score": Ints([_percent(row["score"]) for row in rows]),
        "place_score": Ints([_percent(row["place_score"]) for row in rows]),
    }


def _versions(rows: Sequence[Row]) -> tuple[dict[str, Column], list[tuple[str, ...]]]:
    """Return what each report says of each event, and the reports that say it, each once."""
    numbers: dict[tuple[str, ...], int] = {}
    n_versions = []
    versions: list[Row] = []
    for row in rows:
        n_versions.append(len(row["told"]))
        for item in row["told"]:
            report = tuple(_string(item.get(name)) for name in ("report_id", "source", "url", "title", "published_on"))
            quote = _string(item.get("quote"))
            marks = [utf16_offset(quote, int(item.get(name) or 0)) for name in ("mark_start", "mark_end")]
            versions.append(
                {
                    "report": numbers.setdefault(report, len(numbers)),
                    "quote": quote,
                    "mark_start": marks[0],
                    "mark_end": max(marks),
                    **{name: _string(item.get(name)) for name in VERSION_WORDS},
                    **{
                        f"{what}_{bound}": _count((item.get(what) or {}).get(bound))
                        for what in ("killed", "wounded")
                        for bound in ("low", "best", "high")
                    },
                }
            )
    columns: dict[str, Column] = {
        "n_versions": Ints(n_versions),
        "version_quote": Texts([version["quote"] for version in versions]),
        **{
            f"version_{name}": Codes([version[name] for version in versions])
            for name in VERSION_WORDS
        },
        **{
            f"version_{name}": Ints([version[name] for version in versions])
            for name in ("report", "mark_start", "mark_end", *COUNTS)
        },
    }
    return columns, list(numbers)


def without_quotes(text: Mapping[str, Column]) -> dict[str, Column]:
    """Return the text columns without the sentences and titles of reports, the bulk of them."""
    left_out: dict[str, Column] = {
        name: Texts([""] * len(column.values))
        for name in ("version_quote", "report_title")
        if isinstance(column := text[name], Texts)
    }
    n_versions = len(np.asarray(text["version_quote"].values))
    marks: dict[str, Column] = {
        name: Ints(np.zeros(n_versions, np.int64)) for name in ("version_mark_start", "version_mark_end")
    }
    return {**text, **left_out, **marks}


def _count(number: Any) -> int:
    return 0 if number is None else int(number) + 1


def _reports(reports: Sequence[tuple[str, ...]]) -> dict[str, Column]:
    _, source, url, title, published_on = zip(*reports, strict=True) if reports else [()] * 5
    return {
        "report_source": Codes(source),
        "report_url": Texts(url),
        "report_title": Texts(title),
        "report_published_on": Codes(published_on),
    }


def _tolls(tolls: Any) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for name in ("measure", "who", "claimed_by", "source"):
        columns[f"toll_{name}"] = Codes([] if tolls is None else [_string(value) for value in tolls[name]])
    for name in ("quote", "url"):
        columns[f"toll_{name}"] = Texts([] if tolls is None else [_string(value) for value in tolls[name]])
    for name in ("low", "best", "high"):
        columns[f"toll_{name}"] = Ints([] if tolls is None else _counts(tolls[name]))
    days, known = (np.zeros(0, np.int64), np.zeros(0, bool)) if tolls is None else _days(tolls["as_of"])
    return columns | {"toll_day": Ints(days), "toll_dated": Ints(known)}


def _string(value: Any) -> str:
    """Return a string of a value that may be missing."""
    import pandas as pd

    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 - NaN


def _percent(share: Any) -> int:
    number = float(share)
    return round(100 * min(1.0, max(0.0, number))) if number == number else 0  # noqa: PLR0124 - NaN
