"""Dated lines and areas, which give context to the events, to the columns of their own data block."""

from __future__ import annotations

from typing import Any

from geoconflict.render.columns import Shapes, days_of, string_of
from geoconflict.render.payload import Codes, Column, Ints, Texts

__all__ = ["context_columns"]


def context_columns(lines: Any) -> dict[str, Column]:
    """Return the columns of dated lines and areas: a frame of :data:`geoconflict.frames.LINE_COLUMNS`, or None."""
    shapes = Shapes()
    rows: list[dict[str, Any]] = []
    if lines is not None:
        first, has_first = days_of(lines["valid_from"])
        last, has_last = days_of(lines["valid_to"])
        rows = [
            {
                "name": string_of(name),
                "note": string_of(note),
                "approximate": approximate is not False,
                "colour": string_of(colour),
                "geometry": geometry,
            }
            for name, note, approximate, colour, geometry in zip(
                lines["name"],
                lines["note"],
                lines["approximate"].tolist(),
                lines["colour"] if "colour" in lines.columns else [""] * len(lines),
                lines.geometry,
                strict=True,
            )
        ]
        for i, row in enumerate(rows):
            row |= {
                "from": int(first[i]),
                "has_from": bool(has_first[i]),
                "to": int(last[i]),
                "has_to": bool(has_last[i]),
            }
        rows.sort(key=lambda row: (row["name"], row["from"], row["to"], row["geometry"].wkb))
    return {
        "context_name": Texts([row["name"] for row in rows]),
        "context_note": Texts([row["note"] for row in rows]),
        "context_approximate": Ints([row["approximate"] for row in rows]),
        **{f"context_{name}": Ints([row[name] for row in rows]) for name in ("from", "has_from", "to", "has_to")},
        "context_colour": Codes([row["colour"] for row in rows]),
        "context_shape": Ints([shapes.add(row["geometry"]) for row in rows]),
        **shapes.columns(),
    }
