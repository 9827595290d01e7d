"""Event frames to the columns of a map's two data blocks: what is drawn, and the text behind it.

Rows are sorted by first day and id, so the order of a frame does not matter. Coordinates become whole multiples of
1e-4 degree (about 11 m). Events of one place share one row of the place columns: what stands at one spot is known
without comparing coordinates. All is done column by column: a map of a million events is made in seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from geoconflict.frame_checks import check_frames
from geoconflict.geo import METRES_A_DEGREE, Bounds
from geoconflict.render.focus import LEAST_DEGREES, without_outliers
from geoconflict.render.geometry_columns import (
    SCALE,
    boxes_around,
    eastward,
    label_points,
    moved_east,
    shape_columns,
)
from geoconflict.render.overview import Overview, Places, Span, overview
from geoconflict.render.payload import Codes, Column, Ids, Ints, Lists, Texts
from geoconflict.render.told_columns import (
    LONGEST_NAME,
    LONGEST_TEXT,
    SLICE,
    Told,
    flagged_lists,
    joined_codes,
    moved_up,
    shortened,
)
from geoconflict.source_rows import as_text

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import pyarrow as pa

__all__ = ["MapColumns", "map_columns"]

COUNTS: Final = tuple(f"{what}_{bound}" for what in ("killed", "wounded") for bound in ("low", "best", "high"))
MORE_COUNTS: Final = tuple(f"{what}_{bound}" for what in ("captured", "displaced") for bound in ("low", "best", "high"))
"""Figures of the event alone, not of each version; an older frame may lack them."""
_LOW: Final = {name: name.split("_")[0] + "_low" for name in (*COUNTS, *MORE_COUNTS) if not name.endswith("_low")}
AGENT: Final = 1
TARGET: Final = 2
"""Bits of ``actor_parts``, which says of each of the actors what it did."""
LEAST_ID_DIGITS: Final = 6
PLACE_KEY: Final = ("place_id", "place_name", "place_precision", "radius_m", "country", "admin1")
CUT_NOTE: Final = "[{n} more characters are left out here]"

_WORDS: Final = ("event_type", "sub_event_type", "status", "date_precision", "date_basis")

IntArray = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class MapColumns:
    """The columns of both blocks, and what the page skeleton needs to know about them."""

    drawn: dict[str, Column]
    text: dict[str, Column]
    bounds: Bounds | None
    """Around all that is drawn, EPSG:4326 degrees; None when nothing is. East is beyond 180 where it crosses the date line."""
    focus: Bounds | None
    """Around where most events are, or all of them where that is not much wider; None when nothing is drawn."""
    west_of: float
    """What lies west of this longitude is drawn a turn further east, beyond 180; -180 is nothing."""
    places: Places
    """Where events are, unpacked: the rows of the place columns."""
    overview: Overview
    """What the map shows at first, rows in the order of the columns."""
    n_events: int
    n_reports: int
    data_day: str
    """When the newest of the reports was published, ISO 8601; empty where none says."""


def map_columns(
    events: gpd.GeoDataFrame,
    unlocated: pd.DataFrame | None = None,
    lines: gpd.GeoDataFrame | None = None,
    tolls: pd.DataFrame | None = None,
    *,
    min_score: float = 0.0,
    span: Span = (None, None),
    quotes: bool = True,
    cut_note: str = CUT_NOTE,
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
    span
        First and last day of the timeline; what lies wholly outside is listed and not drawn.
    quotes
        False leaves out what the reports say, word for word, with their titles and addresses, and the reasons for places;
        ids that are digests are shortened to what tells them apart.
    cut_note
        What stands at the end of a text that was cut; ``{n}`` is how many characters are missing.

    Raises
    ------
    InputError
        With every fault of every frame at once, and how to repair it.
    """
    check_frames(events, unlocated, lines, tolls, sources=False)
    rows = _Rows([events] if unlocated is None else [events, unlocated], cut_note)
    try:
        told = Told(rows.slices("sources", SLICE), cut_note)
    except ValueError:
        check_frames(events, unlocated, lines, tolls)
        raise
    places = _Places(rows, lines)
    unsure = rows.floats("score") < min_score
    words = {name: rows.codes(name) for name in _WORDS}
    numbers, shapes = shape_columns(places.shapes)
    places.columns["place_shape"] = Ints(numbers)
    bounds, focus = places.bounds()
    return MapColumns(
        drawn=_drawn(rows, words, told, places, unsure) | places.columns | shapes,
        text=_text(rows, quotes=quotes) | told.columns(quotes=quotes) | _tolls(tolls, cut_note),
        bounds=bounds,
        focus=focus,
        west_of=places.west_of,
        places=places.plain,
        overview=_overview(rows, words, places, unsure, span),
        n_events=rows.n,
        n_reports=told.n_reports,
        data_day=told.newest_day,
    )


# ---------------------------------------------------------------- rows
class _Rows:
    """The rows of several event frames in the order of the map: dated before undated, by first day and id."""

    def __init__(self, frames: list[Any], note: str) -> None:
        self.frames = frames
        self.note = note
        self.n = sum(map(len, frames))
        self.order: IntArray = np.arange(self.n)
        first, has_first = days(self.series("starts_on"))
        last, has_last = days(self.series("ends_on"))
        self.ids: list[str] = self.series("event_id").tolist()
        by_id = np.array(sorted(range(self.n), key=self.ids.__getitem__), np.int64)
        # A span that is open on one side stands at the day that bounds it; the card says which side is open.
        day = np.where(has_first, first, last)
        dated = has_first | has_last
        self.order = by_id[np.lexsort((day[by_id], ~dated[by_id]))]
        self.ids = [self.ids[k] for k in self.order.tolist()]
        self.day, self.dated = day[self.order], dated[self.order]
        self.has_first, self.has_last = has_first[self.order], has_last[self.order]
        self.days = np.where(has_first & has_last, np.maximum(last - first, 0), 0)[self.order]

    def series(self, name: str) -> pd.Series[Any]:
        """Return a column of all frames, in the order of the map."""
        (whole,) = self.slices(name, max(1, self.n))
        return whole

    def slices(self, name: str, size: int) -> Iterator[pd.Series[Any]]:
        """Yield a column of all frames in the order of the map, at most `size` rows at a time and at least once."""
        joined = self._joined(name)
        for start in range(0, max(1, self.n), size):
            yield _taken(joined, self.order[start : start + size])

    def _joined(self, name: str) -> pd.Series[Any]:
        import pandas as pd

        given: list[pd.Series[Any]] = [frame[name] for frame in self.frames]
        return given[0] if len(given) == 1 else pd.concat(given, ignore_index=True)

    def has(self, name: str) -> bool:
        return all(name in frame.columns for frame in self.frames)

    def codes(self, name: str, longest: int = LONGEST_NAME) -> Codes:
        import pandas as pd

        # Coded in the order given: numbers are moved sooner than strings.
        codes, dictionary = pd.factorize(self._joined(name))
        return Codes([shortened(text, longest, self.note) for text in dictionary.tolist()], codes[self.order])

    def counts(self, name: str) -> IntArray:
        return moved_counts(self.series(name)) if self.has(name) else np.zeros(self.n, np.int64)

    def floats(self, name: str) -> Floats:
        return self.series(name).to_numpy("float64", na_value=np.nan)

    def geometries(self) -> npt.NDArray[Any]:
        """Return the geometry of each row, None where a frame has none."""
        given = np.full(self.n, None, dtype=object)
        start = 0
        for frame in self.frames:
            if "geometry" in frame.columns and hasattr(frame, "crs"):
                given[start : start + len(frame)] = frame.geometry.to_numpy()
            start += len(frame)
        return given[self.order]

    def names(self, name: str) -> tuple[IntArray, Codes]:
        """Return row numbers and names of a column that joins names with '; '."""
        column = self.codes(name, sys.maxsize)
        codes = np.asarray(column.codes)
        split = Lists.of(joined.split("; ") for joined in column.dictionary)
        n_names = np.asarray(split.counts, np.int64)
        counts = n_names[codes]
        starts = (np.cumsum(n_names) - n_names)[codes]
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        found = np.asarray(split.codes, np.int64)[np.repeat(starts, counts) + within]
        return np.repeat(np.arange(self.n), counts), Codes(split.dictionary, found)


def _taken(column: pd.Series[Any], rows: IntArray) -> pd.Series[Any]:
    """Return some rows of a column, in the order of `rows`.

    Where they are long runs, as in what a store gives, Arrow copies each run as a whole. It takes rows one by one from a column of
    many pieces ten times slower than from each piece in turn.
    """
    import pandas as pd
    import pyarrow as pa

    dtype = column.dtype
    is_arrow = isinstance(dtype, pd.ArrowDtype) or (isinstance(dtype, pd.StringDtype) and dtype.storage == "pyarrow")
    if not is_arrow or not len(rows):
        return column.take(rows)
    given = pa.array(column.array)
    pieces = given if isinstance(given, pa.ChunkedArray) else pa.chunked_array([given])
    starts = np.flatnonzero(np.diff(rows, prepend=rows[0] - 2) != 1)
    if len(starts) * _LONG_RUN <= len(rows):
        runs = zip(rows[starts].tolist(), np.diff(starts, append=len(rows)).tolist(), strict=True)
        joined = pa.chunked_array([chunk for at, n in runs for chunk in pieces.slice(at, n).chunks], pieces.type)
    elif pieces.num_chunks > 1:
        joined = _from_pieces(pieces, rows)
    else:
        return column.take(rows)
    found = dtype.__from_arrow__(joined)  # type: ignore[union-attr]  # the protocol of extension types, which the stubs lack
    return pd.Series(found, index=column.index.take(rows))


_LONG_RUN: Final = 64


def _from_pieces(pieces: pa.ChunkedArray, rows: IntArray) -> pa.Array:
    import pyarrow as pa

    ends = np.cumsum([len(piece) for piece in pieces.chunks])
    piece_of = np.searchsorted(ends, rows, side="right")
    by_piece = np.argsort(piece_of, kind="stable")
    parts = []
    for number in np.unique(piece_of).tolist():
        own = rows[by_piece[piece_of[by_piece] == number]]
        parts.append(pieces.chunk(number).take(pa.array(own - (ends[number] - len(pieces.chunk(number))))))
    back = np.empty(len(rows), np.int64)
    back[by_piece] = np.arange(len(rows))
    return pa.concat_arrays(parts).take(pa.array(back))


def days(dates: pd.Series[Any]) -> tuple[IntArray, Mask]:
    """Return days since 1970-01-01, 0 where unknown, and which of them are known."""
    numbers = dates.astype("datetime64[s]").to_numpy().astype("datetime64[D]")
    known = ~np.isnat(numbers)
    return np.where(known, numbers, np.datetime64(0, "D")).astype(np.int64), known


def moved_counts(numbers: pd.Series[Any]) -> IntArray:
    """Return a column of counts :func:`moved_up`."""
    return moved_up(numbers.to_numpy("float64", na_value=np.nan))


def _moved_percent(shares: Floats) -> Ints:
    """Return shares in hundredths, :func:`moved_up`."""
    return Ints(moved_up(np.rint(100 * np.clip(shares, 0, 1))))


def _overview(rows: _Rows, words: dict[str, Codes], places: _Places, unsure: Mask, span: Span) -> Overview:
    return overview(
        day=rows.day,
        days=rows.days,
        dated=rows.dated,
        unsure=unsure,
        place=places.numbers - 1,
        precision=places.plain.precision,
        event_type=words["event_type"],
        status=words["status"],
        killed=(rows.counts("killed_low"), rows.counts("killed_best"), rows.counts("killed_high")),
        span=span,
    )


def _drawn(rows: _Rows, words: dict[str, Codes], told: Told, places: _Places, unsure: Mask) -> dict[str, Column]:
    actors, parts = _actors(rows)
    claimed = rows.names("claimed_by")
    return {
        "day": Ints(rows.day, delta=True),
        "days": Ints(rows.days),
        "dated": Ints(rows.dated),
        "open_start": Ints(~rows.has_first),
        "open_end": Ints(~rows.has_last),
        "unsure": Ints(unsure),
        "place": Ints(places.numbers),
        **words,
        **{name: Ints(rows.counts(name), plus=_LOW.get(name, "")) for name in (*COUNTS, *MORE_COUNTS)},
        "n_sources": Ints(rows.series("n_sources").to_numpy()),
        "actors": actors,
        "actor_parts": Ints(parts),
        "sources": told.sources(),
        "claimants": told.claimants(*claimed),
        # The first of them claim or deny the event as a whole, the others in one report.
        "n_claimed": Ints(np.bincount(claimed[0], _is_filled(claimed[1]), rows.n)),
    }


def _is_filled(names: Codes) -> Floats:
    filled: Floats = np.array([bool(name) for name in names.dictionary], np.float64)
    return filled[np.asarray(names.codes, np.int64)]


def _actors(rows: _Rows) -> tuple[Lists, IntArray]:
    """Return the actors of each event, and of each of them whether it was agent or target."""
    all_rows, names, flags = [], [], []
    for column, flag in (("actors", 0), ("agents", AGENT), ("targets", TARGET)):
        row, found = rows.names(column)
        all_rows.append(row)
        names.append(found)
        flags.append(np.full(len(row), flag, np.int64))
    codes = joined_codes(names)
    dictionary = [shortened(name, LONGEST_NAME, rows.note) for name in codes.dictionary]
    return flagged_lists(
        np.concatenate(all_rows), np.asarray(codes.codes, np.int64), dictionary, rows.n, np.concatenate(flags)
    )


def _text(rows: _Rows, *, quotes: bool) -> dict[str, Column]:
    none = np.zeros(rows.n, np.int64)
    return {
        "event_id": Ids(rows.ids, None if quotes else _id_digits(rows.n)),
        "date_text": rows.codes("date_text"),
        "disagreements": rows.codes("disagreements", LONGEST_TEXT),
        "place_reasons": rows.codes("place_reasons", LONGEST_TEXT) if quotes else Codes([""], none),
        "place_score": _moved_percent(rows.floats("place_score")) if quotes else Ints(none),
    }


def _id_digits(n: int) -> int:
    """Return how many digits of an id stand for it in a map of `n` events that is meant to be small.

    So many that at most one in a hundred others could be taken for an event that a later map no longer has.
    """
    digits = LEAST_ID_DIGITS
    while n * 100 > 16**digits and digits < 8:
        digits += 1
    return digits


# ---------------------------------------------------------------- places
class _Places:
    """The places of the events, each once, numbered from 1 (0 is unlocated) in the order of the map."""

    def __init__(self, rows: _Rows, lines: Any) -> None:
        import pandas as pd
        import shapely

        geometries = rows.geometries()
        located = np.flatnonzero(shapely.get_type_id(geometries) >= 0)
        key, _ = pd.factorize(shapely.to_wkb(geometries[located]))
        columns = {name: rows.series(name).iloc[located] for name in (*PLACE_KEY, "place_kind")}
        for name in PLACE_KEY:
            codes, values = pd.factorize(columns[name], use_na_sentinel=False)
            key, _ = pd.factorize(key * len(values) + codes)
        _, first = np.unique(key, return_index=True)
        self.numbers: IntArray = np.zeros(rows.n, np.int64)
        self.numbers[located] = key + 1

        def of(name: str) -> list[str]:
            return [shortened(text, LONGEST_NAME, rows.note) for text in columns[name].iloc[first].tolist()]

        precision = of("place_precision")
        self.is_country: Mask = np.array([one == "country" for one in precision], bool)
        self._n_events = np.bincount(key, minlength=len(first))
        kept = geometries[located[first]]
        self._others = np.array([] if lines is None else list(lines.geometry), dtype=object)
        self.west_of = eastward(np.concatenate([kept[~self.is_country], self._others]))
        kept = moved_east(kept, self.west_of)
        radius = np.nan_to_num(columns["radius_m"].iloc[first].to_numpy("float64", na_value=np.nan))
        sharp = np.isin(precision, ["exact", "town"])
        self._points = label_points(kept)
        self._boxes = boxes_around(kept, np.where(sharp, 0.0, radius))
        grid = np.round(self._points / SCALE).astype(np.int64)
        lon, lat = np.asarray(SCALE * grid.T, np.float64)
        self.plain = Places(lon, lat, np.round(radius).astype(np.int64), precision)
        # A country is never drawn, so its outline would only make the file larger.
        self.shapes = [None if country else one for country, one in zip(self.is_country, kept, strict=True)]
        self.columns: dict[str, Column] = {
            "place_name": Texts(of("place_name")),
            "place_precision": Codes.of(precision),
            "place_kind": Codes.of(of("place_kind")),
            "place_country": Codes.of(of("country")),
            "place_admin1": Codes.of(of("admin1")),
            "place_radius_m": Ints(self.plain.radius_m),
            "place_lon": Ints(grid[:, 0]),
            "place_lat": Ints(grid[:, 1]),
        }

    def bounds(self) -> tuple[Bounds | None, Bounds | None]:
        """Return the box around everything drawn, and the box that the map opens on.

        Talks in far capitals must not make a war a dot: a place is near when it lies within three times the distance
        from the middle (median longitude and latitude) that three quarters of the events keep, and no wide gap sets it
        apart (:func:`geoconflict.render.focus.without_outliers`). The map opens on all places where the box around them is
        at most four times as large, by its longer side, as that around the near ones, and no larger than 30 degrees; else
        on the near ones. The page counts what lies outside. A town alone is shown with the land around it.
        """
        import shapely

        drawn = ~self.is_country
        if not drawn.any():
            boxes = shapely.bounds(moved_east(self._others, self.west_of)).reshape(-1, 4)
            return (None, None) if not len(boxes) else 2 * (self._around(boxes),)
        points, boxes, times = self._points[drawn], self._boxes[drawn], self._n_events[drawn]
        lon, lat = np.median(np.repeat(points, times, axis=0), axis=0)
        km = METRES_A_DEGREE / 1000 * np.hypot((points[:, 0] - lon) * np.cos(np.radians(lat)), points[:, 1] - lat)
        reach = max(_FOCUS_LEAST_KM, _FOCUS_REACH * float(np.quantile(np.repeat(km, times), _FOCUS_SHARE)))
        # A large area counts by its middle alone, or one vague event would zoom the map out.
        sizes = METRES_A_DEGREE / 1000 * np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
        seen = np.where((sizes <= reach)[:, None], boxes, np.tile(points, 2))
        near = km <= reach
        near[near] = without_outliers(points[near], times[near])
        whole, side = (_longer_side(self._around(part)) for part in (seen, seen[near]))
        if whole <= min(_FOCUS_WIDEST, _FOCUS_WHOLE * max(LEAST_DEGREES, side)):
            near[:] = True
        return self._around(boxes), _widened(self._around(seen[near]))

    def _around(self, boxes: Floats) -> Bounds:
        west, south = boxes[:, :2].min(axis=0).tolist()
        east, north = boxes[:, 2:].max(axis=0).tolist()
        return (
            Bounds(west, south, east, north)
            if self.west_of > -180
            else Bounds(max(-180.0, west), south, min(180.0, east), north)
        )


def _widened(box: Bounds) -> Bounds:
    """Return a box of at least `LEAST_DEGREES` by half of that around the same middle: closer up, no outline says where it is."""
    west, south, east, north = box
    more_lon, more_lat = (
        max(0.0, least - side) / 2 for least, side in ((LEAST_DEGREES, east - west), (LEAST_DEGREES / 2, north - south))
    )
    return Bounds(west - more_lon, max(-90.0, south - more_lat), east + more_lon, min(90.0, north + more_lat))


_FOCUS_SHARE: Final = 0.75
_FOCUS_REACH: Final = 3.0
_FOCUS_LEAST_KM: Final = 100.0
_FOCUS_WHOLE: Final = 4.0
_FOCUS_WIDEST: Final = 30.0


def _longer_side(box: Bounds) -> float:
    """Return the longer side of a box, in degrees."""
    return max(box.east - box.west, box.north - box.south)


# ---------------------------------------------------------------- figures of a war
def _tolls(tolls: Any, note: str) -> dict[str, Column]:
    def texts(name: str, longest: int) -> list[str]:
        if tolls is None:
            return []
        # Frames of older versions do not say where people are counted.
        values = tolls[name] if name in tolls.columns else [""] * len(tolls)
        return [shortened(as_text(value), longest, note) for value in values]

    columns: dict[str, Column] = {}
    for name in ("measure", "who", "claimed_by", "source", "places"):
        columns[f"toll_{name}"] = Codes.of(texts(name, LONGEST_NAME))
    for name in ("quote", "url"):
        columns[f"toll_{name}"] = Texts(texts(name, LONGEST_TEXT))
    for name in ("low", "best", "high"):
        columns[f"toll_{name}"] = Ints([] if tolls is None else moved_counts(tolls[name]))
    for name, day in (("since", "since"), ("as_of", "day")):
        is_given = tolls is not None and name in tolls.columns
        n = 0 if tolls is None else len(tolls)
        numbers, known = days(tolls[name]) if is_given else (np.zeros(n, np.int64), np.zeros(n, bool))
        columns |= {f"toll_{day}": Ints(numbers), f"toll_{'dated' if day == 'day' else 'begins'}": Ints(known)}
    return columns
