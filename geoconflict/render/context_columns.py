"""Dated lines and areas, which give context to the events, to the columns of their own data block."""

from __future__ import annotations

from typing import Any

import numpy as np

from geoconflict.render.columns import CUT_NOTE, days
from geoconflict.render.geometry_columns import moved_east, shape_columns
from geoconflict.render.payload import Codes, Column, Ints, Texts
from geoconflict.render.told_columns import LONGEST_NAME, LONGEST_TEXT, shortened
from geoconflict.source_rows import as_text

__all__ = ["context_columns"]


def context_columns(lines: Any, west_of: float = -180.0, cut_note: str = CUT_NOTE) -> dict[str, Column]:
    """Return the columns of a frame of :data:`geoconflict.frames.LINE_COLUMNS`; of None, columns without rows.

    Rows are sorted by name and first day, so the order of the frame does not matter. Days count from 1970-01-01. What
    lies west of the longitude `west_of` is moved by a turn, as the map's events are.
    """
    rows = [] if lines is None else _rows(lines, cut_note)
    rows.sort(key=lambda row: (row["name"], row["from"], row["to"], row["geometry"].wkb))
    moved = moved_east(np.array([row["geometry"] for row in rows], dtype=object), west_of)
    numbers, shapes = shape_columns(list(moved))
    return {
        "context_name": Texts([row["name"] for row in rows]),
        "context_note": Texts([row["note"] for row in rows]),
        **{
            f"context_{name}": Ints([row[name] for row in rows])
            for name in ("approximate", "from", "has_from", "to", "has_to")
        },
        "context_colour": Codes.of(row["colour"] for row in rows),
        "context_shape": Ints(numbers),
        **shapes,
    }


def _rows(lines: Any, cut_note: str) -> list[dict[str, Any]]:
    first, has_first = days(lines["valid_from"])
    last, has_last = days(lines["valid_to"])
    colours = lines["colour"] if "colour" in lines.columns else [""] * len(lines)
    return [
        {
            "name": shortened(as_text(name), LONGEST_NAME, cut_note),
            "note": shortened(as_text(note), LONGEST_TEXT, cut_note),
            "approximate": approximate is not False,
            "colour": as_text(colour),
            "from": int(first[k]),
            "has_from": bool(has_first[k]),
            "to": int(last[k]),
            "has_to": bool(has_last[k]),
            "geometry": geometry,
        }
        for k, (name, note, approximate, colour, geometry) in enumerate(
            zip(lines["name"], lines["note"], lines["approximate"].tolist(), colours, lines.geometry, strict=True)
        )
    ]
