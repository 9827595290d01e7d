"""The column ``sources`` of event frames as Arrow structs: its JSON is parsed once, many rows at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from geoconflict.arrow_columns import column
from geoconflict.visible import clean_text

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = [
    "BOUNDS",
    "MEASURES",
    "REPORT_FIELDS",
    "WORD_FIELDS",
    "are_parsed",
    "as_text",
    "parsed_sources",
    "source_rows",
    "source_rows_type",
]

BOUNDS: Final = ("low", "best", "high")
MEASURES: Final = ("killed", "wounded", "killed_together", "wounded_together")
REPORT_FIELDS: Final = ("report_id", "source", "url", "title", "published_on", "copy_of")
WORD_FIELDS: Final = ("status", "claimed_by", "denied_by", "figures_by", "date_text", "together")


def as_text(value: Any) -> str:
    """Return a string of a value that may be missing."""
    if type(value) is str:
        return value
    import pandas as pd

    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 - NaN


def source_rows_type() -> pa.DataType:
    """Return the type of parsed rows: a list of structs, one for each source, with the fields that a map shows."""
    import pyarrow as pa

    count = pa.struct([(bound, pa.int64()) for bound in BOUNDS])
    item = pa.struct(
        [(name, pa.string()) for name in (*REPORT_FIELDS, "quote", *WORD_FIELDS)]
        + [(name, pa.int64()) for name in ("mark_start", "mark_end")]
        + [(name, count) for name in MEASURES]
    )
    return pa.list_(item)


def are_parsed(sources: pd.Series[Any]) -> bool:
    """Return whether a column holds parsed rows, as a store keeps them, and not JSON."""
    import pandas as pd

    return isinstance(sources.dtype, pd.ArrowDtype) and sources.dtype.pyarrow_dtype == source_rows_type()


def source_rows(sources: pd.Series[Any]) -> pa.ListArray:
    """Return the rows of a column, parsed or JSON; missing fields are null.

    Raises
    ------
    ValueError
        If a row is not a JSON array of objects.
    """
    import pyarrow as pa

    if are_parsed(sources):
        parsed = pa.array(sources.array)
        return parsed.combine_chunks() if isinstance(parsed, pa.ChunkedArray) else parsed
    return parsed_sources(sources)


def parsed_sources(texts: pd.Series[Any] | Sequence[str]) -> pa.ListArray:
    """Return the rows of JSON texts, as :func:`source_rows` does."""
    import pyarrow as pa

    try:
        return _read(
            column(pa.large_string(), texts) if isinstance(texts, list) else pa.array(texts, pa.large_string())
        )
    except (pa.ArrowException, UnicodeEncodeError):
        # Numbers that stand as 3.0, names that are numbers, half a surrogate pair: json is more patient.
        return _read(pa.array([_plain(text) for text in texts], pa.large_string()))


def _read(texts: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import json as arrow_json

    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    # One object a line, all in one buffer.
    lines = pc.binary_join_element_wise(_scalar('{"told":'), texts, _scalar("}\n"), _scalar(""))
    buffer = lines.buffers()[2] if len(lines) else None
    if buffer is None:
        return pa.nulls(0, source_rows_type())
    table = arrow_json.read_json(
        pa.BufferReader(buffer),
        read_options=arrow_json.ReadOptions(use_threads=False, block_size=buffer.size + 1),
        parse_options=arrow_json.ParseOptions(
            explicit_schema=pa.schema([("told", source_rows_type())]),
            newlines_in_values=True,
            unexpected_field_behavior="ignore",
        ),
    )
    rows = table["told"].combine_chunks()
    if len(rows) != len(texts) or rows.null_count or rows.flatten().null_count:
        msg = "a row is not a JSON array of objects"
        raise ValueError(msg)
    return rows


def _scalar(text: str) -> Any:
    import pyarrow as pa

    return column(pa.large_string(), [text])[0]


def _plain(text: str) -> str:
    """Return the JSON of one row with the fields that a map shows and no others, each of its type.

    Raises
    ------
    ValueError
        If it is not a JSON array of objects.
    """
    rows = json.loads(text)
    if not (isinstance(rows, list) and all(isinstance(row, dict) for row in rows)):
        msg = "a row is not a JSON array of objects"
        raise ValueError(msg)
    words = (*REPORT_FIELDS, "quote", *WORD_FIELDS)
    plain = [
        {name: clean_text(as_text(row.get(name))) for name in words}
        | {name: int(row.get(name) or 0) for name in ("mark_start", "mark_end")}
        | {
            name: {
                bound: None if count is None else int(count) for bound, count in row[name].items() if bound in BOUNDS
            }
            for name in MEASURES
            if row.get(name)
        }
        for row in rows
    ]
    return json.dumps(plain, ensure_ascii=False)
