"""Adds a row to an overrides file without touching what stands there: other rows, comments and line ends stay, byte for byte."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from geoconflict.atomic import locked, replacing
from geoconflict.errors import InputError
from geoconflict.places.overrides import NOT_A_PLACE, Override, overrides_of
from geoconflict.places.overrides_sheet import COLUMNS, Sheet, cell_text, parse_sheet, row_text

__all__ = ["append_override"]


def append_override(path: str | os.PathLike[str], override: Override) -> Override:
    """Write one more row at the end of an overrides file, and return it with its file name and line.

    The file is replaced whole, so a reader sees it with the row or without it. Processes that append at once wait for
    each other (a hidden ``.NAME.lock`` beside the file). A file that is absent is made; where the header lacks a column
    that the row needs, the column is added to the header, and the rows before leave it blank.

    Parameters
    ----------
    path
        The overrides file.
    override
        The row; its `file_name` and `line` do not count.

    Raises
    ------
    InputError
        If the file holds faults, or would with the row: it contradicts another one, or says nothing that can be looked up.
        The file is then left as it is.
    """
    if any(";" in phrase for phrase in override.context):
        msg = f"context {override.context}: a semicolon sets phrases apart; give two phrases, or one without it"
        raise InputError(msg)
    file = Path(path).resolve()
    with locked(file):
        try:
            before = file.read_bytes()
        except FileNotFoundError:
            before = (",".join(COLUMNS) + "\n").encode()
        overrides_of(before, file)  # a fault of the file itself is told as such
        after, line = _with_row(before, parse_sheet(before, file), override)
        added = next(row for row in overrides_of(after, file) if row.line == line)
        with replacing(file) as temporary:
            temporary.write_bytes(after)
            if file.exists():
                shutil.copymode(file, temporary)
    return added


def _with_row(before: bytes, sheet: Sheet, override: Override) -> tuple[bytes, int]:
    """Return the content with the row, and the row's line."""
    cells = _cells(override)
    missing = [name for name in COLUMNS if cells[name] and name not in sheet.header]
    lines = before.splitlines(keepends=True)
    if missing:
        at = sheet.header_line - 1
        head = lines[at].rstrip(b"\r\n")
        end = lines[at][len(head) :]
        lines[at] = head.rstrip() + (sheet.delimiter + sheet.delimiter.join(missing)).encode() + end
    newline = sheet.newline.encode()
    if lines and not lines[-1].endswith((b"\n", b"\r")):
        lines[-1] += newline
    row = row_text([cells[name] for name in (*sheet.header, *missing)], sheet.delimiter)
    return b"".join(lines) + row.encode() + newline, len(lines) + 1


def _cells(override: Override) -> dict[str, str]:
    place = override.place
    values = {
        "surface": override.surface,
        "context": "; ".join(override.context),
        "place_id": "" if place else override.place_id or NOT_A_PLACE,
        "lon": repr(float(place.lon)) if place else "",
        "lat": repr(float(place.lat)) if place else "",
        "name": place.name if place and place.name != override.surface else "",
        "precision": place.precision.value if place else "",
        "radius_m": repr(float(place.radius_m)) if place else "",
        "valid_from": override.valid_from.isoformat() if override.valid_from else "",
        "valid_to": override.valid_to.isoformat() if override.valid_to else "",
        "note": override.note,
    }
    numbers = ("lon", "lat", "radius_m")
    return {name: value if name in numbers else cell_text(value) for name, value in values.items()}
