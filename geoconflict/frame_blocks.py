"""Event frames as Arrow tables that are kept and joined: what is slow to make from records is made once.

A table has the columns of :data:`geoconflict.frames.EVENT_COLUMNS`, with geometries as WKB, and besides the box of each geometry
(degrees, EPSG:4326), the day that rows are sorted by, where the place comes from, a digest of the row, and its sources parsed.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from geoconflict.arrow_columns import column
from geoconflict.frames import EVENT_COLUMNS, event_row, typed_table
from geoconflict.geo import CRS, Bounds
from geoconflict.ids import files_fingerprint
from geoconflict.models import Event
from geoconflict.place_labels import with_common_names
from geoconflict.source_rows import parsed_sources, source_rows_type

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import numpy.typing as npt
    import pandas as pd
    import pyarrow as pa

__all__ = [
    "MAP_COLUMNS",
    "SUBJECT_COLUMNS",
    "EventFrames",
    "Merged",
    "blocks_key",
    "decode",
    "encode",
    "event_frames",
    "located_frame",
    "merge",
    "select",
    "sources_of",
    "subject_frames",
    "unlocated_frame",
]

_BOX: Final = ("west", "south", "east", "north")
Digests: TypeAlias = "npt.NDArray[np.uint64]"
"""Of rows: rows that show the same have the same."""
_PACKAGE: Final = Path(__file__).parent
_PARSED: Final = "source_rows"
_CODEC: Final = "zstd"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
"""What each frame of zstd begins with (RFC 8878); an Arrow stream begins with ``ff ff ff ff``."""
_SMALL_BYTES: Final = 1_000_000
"""Of a table that is compressed as a whole: decompressing that takes as long as preparing codecs for its columns."""
_AT_ONCE: Final = 500
_PLAIN: Final = tuple(name for name in EVENT_COLUMNS if name != "geometry")


MAP_COLUMNS: Final = (*(name for name in EVENT_COLUMNS if name != "sources"), "digest", _PARSED)
"""The columns that :func:`event_frames` needs; the JSON of the sources takes half of a table."""
SUBJECT_COLUMNS: Final = ("event_type", "geometry")
"""The columns that :func:`subject_frames` needs."""


@functools.cache
def blocks_key() -> str:
    """Return the key of how tables are made; those of another key are made anew."""
    names = (
        "frames.py",
        "frame_blocks.py",
        "arrow_columns.py",
        "source_rows.py",
        "codes.py",
        "date_codes.py",
        "geo.py",
        "models.py",
        "place_labels.py",
        "record.py",
        "visible.py",
    )
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
    added = [
        ("sort_on", pa.string()),
        ("place_source", pa.string()),
        ("digest", pa.uint64()),
        (_PARSED, source_rows_type()),
    ]
    return pa.schema([*fields, *((edge, pa.float64()) for edge in _BOX), *added])


def encode(events: Iterable[Event]) -> pa.Table:
    """Return the table of events, with or without a place, in the order given.

    Making the columns has a price whatever they hold, so the events of many blocks are encoded together; but a record takes many
    times the room of its row, so no more than some hundred are taken at once.
    """
    import pyarrow as pa

    waiting = iter(events)
    parts = [_encoded(list(itertools.islice(waiting, _AT_ONCE)))]
    while part := list(itertools.islice(waiting, _AT_ONCE)):
        parts.append(_encoded(part))
    return pa.concat_tables(parts)


def _encoded(events: Sequence[Event]) -> pa.Table:
    import numpy as np
    import pyarrow as pa
    import shapely

    rows = [event_row(event) for event in events]
    plain = [_column(_schema().field(name).type, [row[name] for row in rows]) for name in _PLAIN]
    shapes = shapely.from_wkt([event.place.geometry if event.place else None for event in events])
    wkb = (
        [None if shape is None else one for shape, one in zip(shapes, shapely.to_wkb(shapes), strict=True)]
        if events
        else []
    )
    box = shapely.bounds(shapes).reshape(-1, 4) if events else np.empty((0, 4))
    days = [event.when.starts_on or event.when.ends_on for event in events]
    columns = [
        *plain,
        column(pa.binary(), wkb),
        *(column(pa.float64(), box[:, k].tolist()) for k in range(4)),
        column(pa.string(), ["" if day is None else day.isoformat() for day in days]),
        column(pa.string(), [event.place.source if event.place else "" for event in events]),
        column(pa.uint64(), _digests(rows, wkb)),
        parsed_sources([row["sources"] for row in rows]),
    ]
    return pa.table(columns, schema=_schema())


def _column(kind: pa.DataType, values: Sequence[Any]) -> pa.Array:
    """Return a column of a type; days are ISO 8601 text. A frame of pandas on the way there would take most of the time."""
    import pyarrow as pa

    return column(pa.string(), values).cast(kind) if pa.types.is_timestamp(kind) else column(kind, values)


def _digests(rows: Sequence[Mapping[str, Any]], wkb: Sequence[bytes | None]) -> list[int]:
    """Return a digest of all that each row shows: what is compared when it is asked whether a map shows the same."""
    shown = (repr([*row.values(), shape]).encode() for row, shape in zip(rows, wkb, strict=True))
    return [int.from_bytes(hashlib.blake2b(one, digest_size=8).digest(), "little") for one in shown]


def decode(stream: bytes, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the table of a stream, or some columns of it: those of a large table are decompressed alone."""
    import pyarrow as pa

    fields = None if columns is None else [_schema().get_field_index(name) for name in columns]
    source = pa.CompressedInputStream(pa.BufferReader(stream), _CODEC) if stream.startswith(_ZSTD) else stream
    # Handing the columns to threads costs more than decompressing them.
    options = pa.ipc.IpcReadOptions(included_fields=fields, use_threads=False)
    return pa.ipc.open_stream(source, options=options).read_all()


class Merged(NamedTuple):
    """A table with what changed in it."""

    stream: bytes
    last: dt.date | None
    """The last day of its events; None where one has no end."""
    n_unlocated: int
    place_sources: tuple[str, ...]
    """Where its places come from: :func:`sources_of`."""


def merge(stream: bytes | None, gone: Iterable[str], added: pa.Table) -> Merged | None:
    """Return a table without the rows of the events `gone` (ids) and with those of `added`, by day and id; None for no row."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = added
    if stream is not None:
        old = decode(stream)
        kept = old.filter(pc.invert(pc.is_in(old["event_id"], column(pa.string(), list(gone)))))
        table = pa.concat_tables([added, kept])
    if not len(table):
        return None
    ends = table["ends_on"]
    return Merged(
        _stream(table.sort_by([("sort_on", "ascending"), ("event_id", "ascending")]).combine_chunks()),
        None if ends.null_count else pc.max(ends).as_py().date(),
        table["geometry"].null_count,
        sources_of([table]),
    )


def _stream(table: pa.Table) -> bytes:
    """Return a table as a compressed Arrow stream: a large one column by column, a small one as a whole.

    Arrow prepares a codec for each of some hundred buffers, for writing and for reading, which takes milliseconds whatever
    they hold.
    """
    import pyarrow as pa

    is_small = table.nbytes < _SMALL_BYTES
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression=None if is_small else _CODEC)
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    buffer = sink.getvalue()
    stream: bytes = pa.compress(buffer, codec=_CODEC, asbytes=True) if is_small else buffer.to_pybytes()
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

    if all(limit is None for limit in (since, until, event_types, statuses, bounds)):
        return table
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


class EventFrames(NamedTuple):
    """The events of some tables, and for each frame the digests of its rows."""

    located: gpd.GeoDataFrame
    unlocated: pd.DataFrame
    located_digests: Digests
    unlocated_digests: Digests


def event_frames(tables: Sequence[pa.Table]) -> EventFrames:
    """Return :func:`located_frame` and :func:`unlocated_frame` with their sources parsed, and the digests of their rows.

    The tables need :data:`MAP_COLUMNS` alone.
    """
    located, unlocated = _rows(tables, are_located=True), _rows(tables, are_located=False)
    return EventFrames(
        _placed(located, _with_parsed(located)),
        _with_parsed(unlocated),
        located["digest"].to_numpy(),
        unlocated["digest"].to_numpy(),
    )


def subject_frames(tables: Sequence[pa.Table]) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return of the rows with a place, and of those without, what a map is chosen by: :data:`SUBJECT_COLUMNS`."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = list(SUBJECT_COLUMNS)
    table = pa.concat_tables([_schema().empty_table().select(wanted), *(one.select(wanted) for one in tables)])
    located = table.filter(pc.is_valid(table["geometry"]))
    unlocated = table.filter(pc.is_null(table["geometry"]))
    return _placed(located, _to_pandas(located.select(["event_type"]))), _to_pandas(unlocated.select(["event_type"]))


def located_frame(tables: Sequence[pa.Table]) -> gpd.GeoDataFrame:
    """Return the rows with a place, as :func:`geoconflict.frames.events_to_frame` does."""
    located = _rows(tables, are_located=True)
    frame = _placed(located, _plain(located))
    frame.attrs["n_unlocated"] = sum(map(len, tables)) - len(located)
    frame.attrs["n_undated"] = located["ends_on"].null_count
    return frame


def unlocated_frame(tables: Sequence[pa.Table]) -> pd.DataFrame:
    """Return the rows without a place, with the columns of :data:`geoconflict.frames.EVENT_COLUMNS` but for the geometry."""
    return _plain(_rows(tables, are_located=False))


def _placed(table: pa.Table, frame: pd.DataFrame) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import shapely

    return gpd.GeoDataFrame(frame, geometry=shapely.from_wkb(table["geometry"].to_numpy()), crs=CRS)


def _rows(tables: Sequence[pa.Table], *, are_located: bool) -> pa.Table:
    """Return the rows with a place, or those without; a table of which all rows are wanted is not copied."""
    import pyarrow as pa
    import pyarrow.compute as pc

    is_wanted = pc.is_valid if are_located else pc.is_null
    parts = [tables[0].slice(0, 0) if tables else _schema().empty_table()]
    for table in tables:
        n_wanted = len(table) - table["geometry"].null_count if are_located else table["geometry"].null_count
        if n_wanted:
            parts.append(table if n_wanted == len(table) else table.filter(is_wanted(table["geometry"])))
    return with_common_names(pa.concat_tables(parts))


def sources_of(tables: Sequence[pa.Table]) -> tuple[str, ...]:
    """Return where the places of the rows come from, each once, sorted."""
    import pyarrow.compute as pc

    found = {one for table in tables for one in pc.unique(table["place_source"]).to_pylist()}
    return tuple(sorted(found - {""}))


def _plain(table: pa.Table) -> pd.DataFrame:
    return typed_table(_to_pandas(table.select(list(_PLAIN))))


def _with_parsed(table: pa.Table) -> pd.DataFrame:
    """Return the columns of :func:`_plain`, of which ``sources`` holds the parsed rows."""
    names = [_PARSED if name == "sources" else name for name in _PLAIN]
    frame = _to_pandas(table.select(names).rename_columns(list(_PLAIN)))
    return frame.astype({name: EVENT_COLUMNS[name][0] for name in _PLAIN if name != "sources"})


def _to_pandas(table: pa.Table) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    kept = {pa.int64(): pd.Int64Dtype(), source_rows_type(): pd.ArrowDtype(source_rows_type())}
    frame: pd.DataFrame = table.to_pandas(types_mapper=kept.get)
    return frame
