"""Event frames as Arrow tables that are kept and joined: what is slow to make from records is made once.

A table has the columns of :data:`geoconflict.frames.EVENT_COLUMNS`, with geometries as WKB, and besides the box of each geometry
(degrees, EPSG:4326), the day that rows are sorted by, and where the place comes from.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.frames import EVENT_COLUMNS, event_table, typed_table
from geoconflict.geo import CRS, Bounds
from geoconflict.ids import files_fingerprint
from geoconflict.models import Event

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import pyarrow as pa

__all__ = ["blocks_key", "decode", "encode", "located_frame", "merge", "select", "sources_of", "unlocated_frame"]

_BOX: Final = ("west", "south", "east", "north")
_PACKAGE: Final = Path(__file__).parent
_PLAIN: Final = tuple(name for name in EVENT_COLUMNS if name != "geometry")


@functools.cache
def blocks_key() -> str:
    """Return the key of how tables are made; those of another key are made anew."""
    names = ("frames.py", "frame_blocks.py", "codes.py", "date_codes.py", "models.py")
    return files_fingerprint(_PACKAGE / name for name in names)


@functools.cache
def _schema() -> pa.Schema:
    import pyarrow as pa

    kinds = {
        "str": pa.string(),
        "float64": pa.float64(),
        "int64": pa.int64(),
        "Int64": pa.int64(),
        "datetime64[s]": pa.timestamp("s"),
        "geometry": pa.binary(),
    }
    fields = [(name, kinds[kind]) for name, (kind, _) in EVENT_COLUMNS.items()]
    return pa.schema(
        [*fields, *((edge, pa.float64()) for edge in _BOX), ("sort_on", pa.string()), ("place_source", pa.string())]
    )


def encode(events: Sequence[Event]) -> bytes:
    """Return the table of events, with or without a place, as a compressed Arrow stream."""
    import numpy as np
    import pyarrow as pa
    import shapely

    plain = pa.Table.from_pandas(
        event_table(events), schema=pa.schema([_schema().field(name) for name in _PLAIN]), preserve_index=False
    )
    shapes = shapely.from_wkt([event.place.geometry if event.place else None for event in events])
    wkb = (
        [None if shape is None else one for shape, one in zip(shapes, shapely.to_wkb(shapes), strict=True)]
        if events
        else []
    )
    box = shapely.bounds(shapes).reshape(-1, 4) if events else np.empty((0, 4))
    days = [event.when.starts_on or event.when.ends_on for event in events]
    columns = [
        *plain.columns,
        pa.array(wkb, pa.binary()),
        *(pa.array(box[:, k], pa.float64()) for k in range(4)),
        pa.array(["" if day is None else day.isoformat() for day in days], pa.string()),
        pa.array([event.place.source if event.place else "" for event in events], pa.string()),
    ]
    return _stream(pa.table(columns, schema=_schema()))


def decode(stream: bytes) -> pa.Table:
    """Return the table of a stream."""
    import pyarrow as pa

    return pa.ipc.open_stream(stream).read_all()


def merge(stream: bytes | None, gone: Iterable[str], events: Sequence[Event]) -> bytes | None:
    """Return a table without the rows of the events `gone` (ids) and with `events`, by day and id; None for no row."""
    import pyarrow as pa
    import pyarrow.compute as pc

    tables = [decode(encode(events))]
    if stream is not None:
        old = decode(stream)
        tables.append(old.filter(pc.invert(pc.is_in(old["event_id"], pa.array(list(gone), pa.string())))))
    table = pa.concat_tables(tables)
    if not len(table):
        return None
    return _stream(table.sort_by([("sort_on", "ascending"), ("event_id", "ascending")]).combine_chunks())


def _stream(table: pa.Table) -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    stream: bytes = sink.getvalue().to_pybytes()
    return stream


def select(
    table: pa.Table,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    event_types: Sequence[str] | None = None,
    statuses: Sequence[str] | None = None,
    bounds: Bounds | None = None,
) -> pa.Table:
    """Return the rows of events that may have happened between two days, of some types and statuses, whose shapes meet a box.

    None is no limit. An event without a place is in no box.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    kept = pa.array(np.ones(len(table), bool))
    start, end = table["starts_on"], table["ends_on"]
    if since is not None:
        kept = pc.and_(kept, pc.fill_null(pc.greater_equal(end, _midnight(since)), fill_value=True))
    if until is not None:
        kept = pc.and_(kept, pc.fill_null(pc.less_equal(pc.coalesce(start, end), _midnight(until)), fill_value=True))
    for name, allowed in (("event_type", event_types), ("status", statuses)):
        if allowed is not None:
            kept = pc.and_(kept, pc.is_in(table[name], pa.array([str(one) for one in allowed], pa.string())))
    if bounds is not None:
        west, south, east, north = bounds
        for edge, meets, limit in (
            ("east", pc.greater_equal, west),
            ("west", pc.less_equal, east),
            ("north", pc.greater_equal, south),
            ("south", pc.less_equal, north),
        ):
            kept = pc.and_(kept, pc.fill_null(meets(table[edge], limit), fill_value=False))
    return table.filter(kept)


def _midnight(day: dt.date) -> Any:
    import pyarrow as pa

    return pa.scalar(dt.datetime.combine(day, dt.time()), pa.timestamp("s"))


def located_frame(tables: Sequence[pa.Table]) -> gpd.GeoDataFrame:
    """Return the rows with a place, as :func:`geoconflict.frames.events_to_frame` does."""
    import geopandas as gpd
    import pyarrow as pa
    import pyarrow.compute as pc
    import shapely

    table = pa.concat_tables([*tables, _schema().empty_table()])
    located = table.filter(pc.is_valid(table["geometry"]))
    shapes = shapely.from_wkb(located["geometry"].to_numpy())
    frame = gpd.GeoDataFrame(_plain(located), geometry=shapes, crs=CRS)
    frame.attrs["n_unlocated"] = len(table) - len(located)
    frame.attrs["n_undated"] = located["ends_on"].null_count
    return frame


def unlocated_frame(tables: Sequence[pa.Table]) -> pd.DataFrame:
    """Return the rows without a place, as :func:`geoconflict.frames.unlocated_to_frame` does."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = pa.concat_tables([*tables, _schema().empty_table()])
    return _plain(table.filter(pc.is_null(table["geometry"])))


def sources_of(tables: Sequence[pa.Table]) -> tuple[str, ...]:
    """Return where the places of the rows come from, each once, sorted."""
    import pyarrow.compute as pc

    found = {one for table in tables for one in pc.unique(table["place_source"]).to_pylist()}
    return tuple(sorted(found - {""}))


def _plain(table: pa.Table) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    nullable = {pa.int64(): pd.Int64Dtype()}
    return typed_table(table.select(list(_PLAIN)).to_pandas(types_mapper=nullable.get))
