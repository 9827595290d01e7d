"""A user's labels and a program's predictions, read from files: JSON lines or CSV, one labelled event a line.

Fields of a label: ``id`` or ``doc_id`` (the report; lines that share ``doc_id`` are events of one), ``text``, ``published``, ``date``,
``date_end``, ``date_prec`` (1 or empty is a day), ``place_name``, ``lat``, ``lon``, ``geo_prec``, ``event_type``,
``sub_event_type``, ``fatalities``, ``fatalities_low``, ``fatalities_high``, ``no_event`` (the text tells of none).
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from geoconflict.errors import InputError
from geoconflict.evaluating.label_checks import is_true, label_faults, number

__all__ = ["Labels", "load_labels", "load_predictions"]

Row = Mapping[str, Any]
_MOST_NAMED = 20
_NUMBERS = ("lat", "lon", "fatalities", "fatalities_low", "fatalities_high", "date_prec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The labelled events of reports."""

    events: Mapping[str, tuple[Row, ...]]
    """Of each report, by its id; none for a text without events."""
    reports: tuple[Row, ...]
    """What the program is given to read: id, text, published and, where there, title and source; nothing of the labels."""
    n_without_text: int
    """Reports that are left out, for their text is blank."""
    faults: tuple[str, ...] = ()
    """Fields that are taken as not stated, for they cannot be meant as they stand; with their lines."""


def load_labels(path: str | os.PathLike[str], *, faulty: Literal["refuse", "keep"] = "refuse") -> Labels:
    """Return the labels of a file.

    Parameters
    ----------
    path
        JSON lines or CSV.
    faulty
        ``"refuse"`` raises where a field cannot be meant as it stands; ``"keep"`` takes such fields as not stated.

    Raises
    ------
    InputError
        If it cannot be read or a line cannot be used; the message names each fault with its line and the repair.
    """
    path = Path(path)
    rows = []
    told_faults = []
    for line, row in _rows(path):
        faults = list(label_faults(row))
        told_faults += [f"line {line}: {fault.words}" for fault in faults]
        rows.append((line, {name: value for name, value in row.items() if name not in {one.field for one in faults}}))
    if told_faults and faulty == "refuse":
        more = f"\n  and {len(told_faults) - _MOST_NAMED} more" if len(told_faults) > _MOST_NAMED else ""
        listed = "".join(f"\n  {fault}" for fault in told_faults[:_MOST_NAMED])
        msg = f"{path}: labels that cannot be used as they are:{listed}{more}"
        raise InputError(msg)
    blank: set[str] = set()
    events: dict[str, list[Row]] = {}
    reports: dict[str, Row] = {}
    for line, row in rows:
        key = _key(row, path, line)
        text = row.get("text")
        if text is not None and not str(text).strip() and key not in reports:
            blank.add(key)
            continue
        told = events.setdefault(key, [])
        if not is_true(row.get("no_event")):
            told.append(row)
        if key not in reports and text is not None:
            extra = {name: row[name] for name in ("title", "source") if isinstance(row.get(name), str) and row[name]}
            reports[key] = {"id": key, "text": text, "published": row.get("published") or None, **extra}
    if not events:
        msg = f"{path}: holds no label; a line has an id, a text and what was labelled (docs/review.md)"
        raise InputError(msg)
    return Labels(
        events={key: tuple(told) for key, told in events.items()},
        reports=tuple(reports.values()),
        n_without_text=len(blank),
        faults=tuple(told_faults),
    )


def load_predictions(path: str | os.PathLike[str]) -> dict[str, list[Row]]:
    """Return the events of each report of a file that ``geoconflict parse`` wrote."""
    path = Path(path)
    found: dict[str, list[Row]] = {}
    for line, row in _rows(path):
        told = found.setdefault(_key(row, path, line), [])
        told += [one for one in row.get("events") or () if isinstance(one, dict)]
    return found


def _key(row: Row, path: Path, line: int) -> str:
    key = row.get("doc_id")
    key = row.get("id") if key is None else key
    if key is None:
        _refuse(path, line, "neither id nor doc_id says of which report it is")
    return str(key)


def _rows(path: Path) -> Iterator[tuple[int, Row]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        msg = f"{path}: there is no such file"
        raise InputError(msg) from None
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read: {error}; save it as UTF-8"
        raise InputError(msg) from error
    if path.suffix.casefold() == ".csv":
        yield from _csv_rows(text)
        return
    for line, content in enumerate(text.split("\n"), 1):
        if content.strip():
            try:
                row = json.loads(content)
            except ValueError as error:
                _refuse(path, line, f"not JSON: {error}")
            if not isinstance(row, dict):
                _refuse(path, line, "not a JSON object")
            yield line, row


def _csv_rows(text: str) -> Iterator[tuple[int, Row]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for cells in reader:
        row: dict[str, Any] = {name: cell for name, cell in cells.items() if name and cell not in (None, "")}
        for name in _NUMBERS:
            if name in row and number(row[name]) is not None:
                row[name] = number(row[name])
        yield reader.line_num, row


def _refuse(path: Path, line: int, what: str) -> None:
    msg = f"{path}, line {line}: {what}"
    raise InputError(msg)
