"""What an entry says on each thing that can be decided, as records and as words that can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.corrections.entry import ACCEPTED, Correction, Deed
from geoconflict.corrections.fields import place_from
from geoconflict.corrections.particulars import (
    MEASURES,
    SIDES,
    actors_words,
    count_from,
    figure_words,
    status_words,
)
from geoconflict.models import EventType, Place

__all__ = ["event_type_of", "place_of", "told", "votes"]

_GIVING = (Deed.MOVE, Deed.RETYPE, Deed.REDATE, Deed.RESTATUS, Deed.ACTORS, Deed.FIGURES)
"""What an entry that adds an event does at once."""


def place_of(entry: Correction) -> Place | None:
    """Return where an entry moves an event to; None is nowhere."""
    return None if entry.value["place"] is None else place_from(entry.value["place"])


def votes(entry: Correction) -> Sequence[tuple[str, str]]:
    """Return what an entry says on each aspect of a telling: event, place, type, date, and the particulars; as words that can be compared."""
    value = entry.value
    if entry.what is Deed.REJECT:
        return [("event", "no event")]
    if entry.what in (Deed.COMMENT, Deed.WITHDRAW, Deed.MERGE, Deed.SPLIT):
        return []
    said = [("event", "an event")]
    if entry.what is Deed.ACCEPT:
        return said + [(aspect, str(value[aspect])) for aspect in ACCEPTED if aspect in value]
    gives = {one for one in _GIVING if entry.what in (one, Deed.ADD)}
    if Deed.MOVE in gives:
        said.append(("place", value["place"]["place_id"] if value["place"] else ""))
    if Deed.RETYPE in gives:
        said.append(("type", value["sub_event_type"]))
    if Deed.REDATE in gives:
        said.append(("date", f"{value['starts_on']}/{value['ends_on']}"))
    if Deed.RESTATUS in gives:
        said.append(("status", status_words(value["status"], value.get("by"))))
    if Deed.ACTORS in gives:
        said += [(side, actors_words(one["name"] for one in value[side])) for side in SIDES if side in value]
    if Deed.FIGURES in gives:
        said += [(one, figure_words(count_from(one, value[one]))) for one in MEASURES if one in value]
    return said


def told(entry: Correction, aspect: str) -> str:
    """Return what an entry says on an aspect, for a person."""
    value = entry.value
    if aspect == "event":
        return "no event" if entry.what is Deed.REJECT else "an event"
    if aspect == "place" and entry.what in (Deed.MOVE, Deed.ADD):
        return value["place"]["name"] if value["place"] else "no place"
    said = dict(votes(entry)).get(aspect, "")
    if aspect == "place" and entry.what is Deed.ACCEPT:
        return str(value.get("place_name") or said or "no place")
    return (
        said.replace("/", " to ")
        if aspect == "date" and len(set(said.split("/"))) > 1
        else said.split("/")[0]
        if aspect == "date"
        else said
    )


def event_type_of(entry: Correction) -> tuple[EventType, str]:
    """Return the type and the sub-type that an entry gives."""
    return EventType(entry.value["event_type"]), entry.value["sub_event_type"]
