"""The list of what to review as a table for a spreadsheet, and the decisions that people wrote into it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from geoconflict.atomic import replacing
from geoconflict.corrections.particulars import MEASURES, SIDES, figure_words
from geoconflict.errors import InputError, StoreError
from geoconflict.interchange.cells import plain, safe_cell
from geoconflict.models import Event, Place, ScoredPlace
from geoconflict.reviewing.adding import ADD, NewEvent, add_event
from geoconflict.reviewing.alternatives import alternatives_of
from geoconflict.reviewing.deciding import Decision, Desk, decide
from geoconflict.reviewing.listing import ReviewItem, doubts_of, numbered_sources
from geoconflict.reviewing.points import PointDoubtError
from geoconflict.store import EventStore
from geoconflict.visible import visible

__all__ = ["COLUMNS", "Offers", "read_sheet", "sheet_text", "write_sheet"]

COLUMNS = (
    "event_id", "state", "decision", "value", "comment", "confirm", "doubt", "about", "event_type", "sub_event_type", "starts_on",
    "ends_on", "place_name", "place_id", "lon", "lat", "place_precision", "status", "claimed_by", "agents", "targets", "killed",
    "wounded", "captured", "displaced", "alternatives", "sources", "quote", "url",
    "report",
)  # fmt: skip
"""The columns of a sheet; decision, value, comment and confirm are a reviewer's to fill in, and of an event that is added, in a row of its
own, those that it has."""
_YES = frozenset({"yes", "y", "true", "1", "x"})
_NEEDED = ("event_id", "state", "decision")
_MOST_ALTERNATIVES = 5
_LONGEST_CELL = 30_000
"""Spreadsheets cut a cell at 32,767 characters."""
_MOST_BYTES = 100_000_000


def sheet_text(items: Iterable[ReviewItem], alternatives: Mapping[str, Sequence[ScoredPlace]]) -> str:
    """Return the table of some items as CSV; `alternatives` are other places for an event, by event_id."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item in items:
        row = _row(item, alternatives.get(item.event.event_id, ()))
        writer.writerow([safe_cell(visible(row[name])[:_LONGEST_CELL]) for name in COLUMNS])
    return file.getvalue()


def write_sheet(path: Path, text: str) -> None:
    """Write a table where spreadsheets find its encoding: UTF-8 with a byte order mark."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8-sig", newline="")


def _row(item: ReviewItem, alternatives: Sequence[ScoredPlace]) -> dict[str, str]:
    event = item.event
    place = event.place
    first = event.sources[0]
    others = [
        f"{one.place.place_id} {one.place.name} ({one.place.country or 'no country'}, {one.score:.2f})"
        for one in alternatives[:_MOST_ALTERNATIVES]
    ]
    return {
        "event_id": event.event_id,
        "state": item.state,
        "decision": "",
        "value": "",
        "comment": "",
        "confirm": "",
        "doubt": f"{item.weight:.2f}",
        "about": "; ".join(f"{one.aspect}: {one.words}" for one in item.doubts),
        "event_type": event.event_type.value,
        "sub_event_type": event.sub_event_type,
        "starts_on": str(event.when.starts_on or ""),
        "ends_on": str(event.when.ends_on or ""),
        "place_name": place.name if place else "",
        "place_id": place.place_id if place else "",
        "lon": f"{place.lon:.5f}" if place else "",
        "lat": f"{place.lat:.5f}" if place else "",
        "place_precision": place.precision.value if place else "",
        "status": event.status.value,
        "claimed_by": "; ".join(event.claimed_by),
        **{side: "; ".join(one.name for one in event.actors if one.part == part) for side, part in SIDES.items()},
        **{measure: figure_words(getattr(event, measure)) for measure in MEASURES},
        "alternatives": " | ".join(others),
        "sources": " | ".join(numbered_sources(event)),
        "quote": first.full_quote,
        "url": first.url or "",
        "report": first.mention.report_id,
    }


class Offers:
    """The other places that a store has for its events, looked up when they are asked for."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    def places(self, event: Event) -> dict[str, Place]:
        """Return the places that are offered for an event, by place_id."""
        return {one.place.place_id: one.place for one in alternatives_of(self._store, event)}


def read_sheet(content: bytes, name: str, desk: Desk, offers: Offers) -> list[Decision]:
    """Return the decisions of a sheet that somebody filled in; rows without one are passed over.

    Parameters
    ----------
    content
        CSV in UTF-8; comma, semicolon or tab.
    name
        Of the file, for messages.
    desk
        What decisions are made with.
    offers
        The alternatives that were offered.

    Raises
    ------
    InputError
        If it cannot be read or holds faults. All are in the one message, each with its row as a spreadsheet counts them.
    """
    rows = _rows(content, name)
    decisions: list[Decision] = []
    faults: list[str] = []
    for number, row in rows:
        if not row["decision"].strip():
            if row["value"].strip() or row["comment"].strip():
                faults.append(f"row {number}: a value or a comment without a decision")
            continue
        try:
            is_new = row["decision"].strip().casefold() == ADD and not row["event_id"].strip()
            decisions.append(_addition(row, desk) if is_new else _decision(row, desk, offers))
        except ValueError as error:
            faults.append(f"row {number}: {visible(str(error))}")
    if faults:
        listed = "\n".join(f"  {fault}" for fault in faults)
        msg = f"{name}: {len(faults)} row{'' if len(faults) == 1 else 's'} cannot be used, and nothing was applied:\n{listed}"
        raise InputError(msg)
    return decisions


def _decision(row: Mapping[str, str], desk: Desk, offers: Offers) -> Decision:
    event_id = row["event_id"].strip()
    try:
        event = desk.store.event(event_id)
    except StoreError:
        msg = f"there is no event {event_id[:60]!r} any more; write the sheet anew"
        raise ValueError(msg) from None
    if ReviewItem(event=event, doubts=doubts_of(event), is_reviewed=False).state != row["state"].strip():
        msg = f"event {event_id} has changed since the sheet was written; write the sheet anew and look at it again"
        raise ValueError(msg)
    mine = replace(desk, offered=offers.places(event))
    return _confirmed(
        row, lambda told: decide(mine, event, row["decision"], row["value"], row["comment"], is_confirmed=told)
    )


def _addition(row: Mapping[str, str], desk: Desk) -> Decision:
    told = {
        name: row.get(name, "")
        for name in ("report", "quote", "sub_event_type", "starts_on", "ends_on", "status", "claimed_by", *SIDES)
    }
    new = NewEvent(**told, place=row["value"], figures={one: row.get(one, "") for one in MEASURES})
    return _confirmed(row, lambda confirmed: add_event(desk, new, row["comment"], is_confirmed=confirmed))


def _confirmed(row: Mapping[str, str], take: Callable[[bool], Decision]) -> Decision:
    """Return a decision, with whether its row says that a doubtful point is meant."""
    confirm = row["confirm"].strip().casefold()
    if confirm and confirm not in _YES:
        msg = f"confirm is {confirm[:20]!r}; write yes, or leave it blank"
        raise ValueError(msg)
    try:
        return take(bool(confirm))
    except PointDoubtError as doubt:
        msg = f"{doubt}: write yes in the column confirm"
        raise ValueError(msg) from None


def _rows(content: bytes, name: str) -> list[tuple[int, dict[str, str]]]:
    if len(content) > _MOST_BYTES:
        msg = f"{name}: larger than {_MOST_BYTES:,} bytes; is it the sheet?"
        raise InputError(msg)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{name}: not UTF-8 at byte {error.start}; save it as 'CSV UTF-8'"
        raise InputError(msg) from error
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        msg = f"{name}: not a table: {error}"
        raise InputError(msg) from error
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        msg = f"{name}: the first row lacks the columns {', '.join(missing)}; `geoconflict review --out` writes them"
        raise InputError(msg)
    found = []
    for number, cells in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in cells):
            row = dict.fromkeys((*_NEEDED, "value", "comment", "confirm"), "")
            row |= {column: plain(cell) for column, cell in zip(header, cells, strict=False)}
            found.append((number, row))
    return found
