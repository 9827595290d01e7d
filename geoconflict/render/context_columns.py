"""Dated lines and areas, which give context to the events, to the columns of their own data block."""

from __future__ import annotations

import datetime as dt
from typing import Any

from geoconflict.render.columns import Shapes
from geoconflict.render.payload import Codes, Column, Ints, Texts

__all__ = ["context_columns"]

_EPOCH = dt.date(1970, 1, 1)


def context_columns(lines: Any) -> dict[str, Column]:
    """Return the columns of a frame of :data:`geoconflict.frames.LINE_COLUMNS`; of None, columns without rows.

    Rows are sorted by name and first day, so the order of the frame does not matter. Days count from 1970-01-01.
    """
    shapes = Shapes()
    rows = [] if lines is None else _rows(lines)
    rows.sort(key=lambda row: (row["name"], row["from"] or 0, row["to"] or 0, row["geometry"].wkb))
    return {
        "context_name": Texts([row["name"] for row in rows]),
        "context_note": Texts([row["note"] for row in rows]),
        "context_approximate": Ints([row["approximate"] for row in rows]),
        "context_from": Ints([row["from"] or 0 for row in rows]),
        "context_has_from": Ints([row["from"] is not None for row in rows]),
        "context_to": Ints([row["to"] or 0 for row in rows]),
        "context_has_to": Ints([row["to"] is not None for row in rows]),
        "context_colour": Codes([row["colour"] for row in rows]),
        "context_shape": Ints([shapes.add(row["geometry"]) for row in rows]),
        **shapes.columns(),
    }


def _rows(lines: Any) -> list[dict[str, Any]]:
    colours = lines["colour"] if "colour" in lines.columns else [""] * len(lines)
    return [
        {
            "name": _text(name),
            "note": _text(note),
            "approximate": approximate is not False,
            "from": _day(first),
            "to": _day(last),
            "colour": _text(colour),
            "geometry": geometry,
        }
        for name, note, approximate, first, last, colour, geometry in zip(
            lines["name"],
            lines["note"],
            lines["approximate"].tolist(),
            lines["valid_from"],
            lines["valid_to"],
            colours,
            lines.geometry,
            strict=True,
        )
    ]


def _text(value: Any) -> str:
    import pandas as pd

    return "" if pd.isna(value) else str(value)


def _day(value: Any) -> int | None:
    import pandas as pd

    return None if pd.isna(value) else (value.date() - _EPOCH).days
