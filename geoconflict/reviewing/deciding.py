"""A reviewer's decision on an event, in the words of a sheet or of the page, as entries of the files that builds read.

A decision on a name, wherever it stands, is a row of the overrides file; one on an event is an entry of the corrections file.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geoconflict.corrections import Correction, Deed, append_corrections, correction
from geoconflict.corrections.entry import place_value, ref_to
from geoconflict.errors import InputError
from geoconflict.models import Event, Place, PlacePrecision
from geoconflict.places import Override, append_override
from geoconflict.places.overrides import NOT_A_PLACE, override_point
from geoconflict.settings import Settings
from geoconflict.store import EventStore

__all__ = ["NAME", "VERBS", "Decision", "Desk", "apply_decisions", "decide"]

NAME = "name"
"""The verb for a decision on a name, wherever it stands."""
VERBS = (*(deed.value for deed in Deed if deed is not Deed.WITHDRAW), NAME)
_POINT = re.compile(r"\s*([-+]?\d+(?:\.\d+)?)\s*[,; ]\s*([-+]?\d+(?:\.\d+)?)\s*(?:[,;]\s*(.*))?", re.DOTALL)
_POINT_WITH_COMMAS = re.compile(r"\s*([-+]?\d+,\d+)\s*[; ]\s*([-+]?\d+,\d+)\s*(?:;\s*(.*))?", re.DOTALL)
"""Numbers as some spreadsheets write them; a comma that parts two numbers as well would make one point of another."""
_DAYS = re.compile(r"\s*(\d{4}-\d\d-\d\d)\s*(?:(?:/|to|\.\.)\s*(\d{4}-\d\d-\d\d)\s*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a decision writes."""

    corrections: tuple[Correction, ...] = ()
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What decisions are made with."""

    store: EventStore
    place: Callable[[str], Place | None]
    """Returns the place of a place_id, as the gazetteer knows it."""
    who: str
    when: dt.datetime
    """Now, by the caller's clock."""
    offered: Mapping[str, Place] = field(default_factory=dict)
    """Places that the gazetteer lacks and that were offered as alternatives, by place_id."""


def decide(desk: Desk, event: Event, verb: str, value: str = "", comment: str = "") -> Decision:
    """Return what a decision on an event writes.

    Parameters
    ----------
    desk
        What it is made with.
    event
        On what, as it is now.
    verb
        One of `VERBS`.
    value
        move and name: a place_id, or ``LON, LAT`` in degrees, with precision, radius in metres and a name behind if wanted;
        ``none`` (of a name ``not a place``). retype: a sub-event type. redate: a day, or two with ``/`` between. merge: the
        id of the other event, or its beginning. split: the numbers of the sources that are of another event.
    comment
        Why, for the next person.

    Raises
    ------
    ValueError
        The message says what is wrong with it, and how to mend it.
    """
    verb, value = verb.strip().casefold(), value.strip()
    if verb == NAME:
        return Decision(overrides=(_override(desk, event, value, comment),))
    try:
        deed = Deed(verb)
    except ValueError:
        msg = f"decision {verb!r} is unknown; there are {', '.join(VERBS)}"
        raise ValueError(msg) from None
    if deed is Deed.WITHDRAW:
        msg = "an entry is withdrawn in the corrections file, by its id (docs/review.md)"
        raise ValueError(msg)
    if deed is Deed.COMMENT and not comment.strip():
        msg = "a comment says nothing; write it"
        raise ValueError(msg)
    if value and deed in (Deed.ACCEPT, Deed.REJECT, Deed.COMMENT):
        msg = f"{deed.value} takes no value, {value[:60]!r} is given"
        raise ValueError(msg)
    sides = {one.mention.mention_id: "" for one in event.sources}
    sources = list(event.sources)
    if deed is Deed.MERGE:
        other = _other(desk, event, value)
        sides = dict.fromkeys(sides, "a") | {one.mention.mention_id: "b" for one in other.sources}
        sources += other.sources
    elif deed is Deed.SPLIT:
        out = _numbers(value, len(sources))
        sides = {one.mention.mention_id: "out" if n in out else "stay" for n, one in enumerate(sources, 1)}
    made = correction(
        deed,
        who=desk.who,
        when=desk.when,
        event=event.event_id,
        tellings=[ref_to(one, sides[one.mention.mention_id]) for one in sources],
        value=_value(desk, event, deed, value),
        why=comment,
    )
    return Decision(corrections=(made,))


def _value(desk: Desk, event: Event, deed: Deed, value: str) -> dict[str, object]:
    place = event.place
    if deed is Deed.ACCEPT:
        return {
            "place": place.place_id if place else "",
            "place_name": place.name if place else "",
            "lon": place.lon if place else None,
            "lat": place.lat if place else None,
            "type": event.sub_event_type,
            "date": f"{event.when.starts_on}/{event.when.ends_on}",
        }
    if deed is Deed.MOVE:
        moved = None if value.casefold() == "none" else _place(desk, value)
        return {"place": place_value(moved) if moved else None, "was": place.name if place else None}
    if deed is Deed.RETYPE:
        return {"sub_event_type": value, "was": event.sub_event_type}
    if deed is Deed.REDATE:
        found = _DAYS.fullmatch(value)
        if not found:
            msg = f"value {value[:60]!r} is not a day like 2020-09-27, nor two with / between"
            raise ValueError(msg)
        was = "/".join(str(one or "..") for one in (event.when.starts_on, event.when.ends_on))  # ISO 8601: .. is open
        return {"starts_on": found[1], "ends_on": found[2] or found[1], "was": was}
    return {"with": _other(desk, event, value).event_id} if deed is Deed.MERGE else {}


def _other(desk: Desk, event: Event, value: str) -> Event:
    found = desk.store.find_event_ids(value) if value else ()
    if len(found) != 1:
        msg = f"value {value[:60]!r} is not the id of one event of the store" + (
            f", but of {len(found)}" if found else ""
        )
        raise ValueError(msg)
    if found[0] == event.event_id:
        msg = "value is the id of the event itself"
        raise ValueError(msg)
    return desk.store.event(found[0])


def _numbers(value: str, n_sources: int) -> set[int]:
    found = {int(one) for one in re.findall(r"\d{1,6}", value)}
    if not found or not re.fullmatch(r"[\d\s,;]+", value) or not found <= set(range(1, n_sources + 1)):
        msg = f"value {value[:60]!r} does not name sources by number, from 1 to {n_sources}, such as '2, 3'"
        raise ValueError(msg)
    if len(found) == n_sources:
        msg = "not all sources can be of another event; leave one"
        raise ValueError(msg)
    return found


def _place(desk: Desk, value: str) -> Place:
    if not value:
        msg = "value is blank; give a place_id, or LON, LAT in degrees, or 'none'"
        raise ValueError(msg)
    point = _POINT_WITH_COMMAS.fullmatch(value) or _POINT.fullmatch(value)
    if point is None:
        place = desk.offered.get(value) or desk.place(value)
        if place is None:
            msg = f"value {value[:60]!r} is no place_id of the gazetteer and no LON, LAT; `geoconflict geocode NAME` prints ids"
            raise ValueError(msg)
        return place
    lon, lat = (float(point[n].replace(",", ".")) for n in (1, 2))
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        msg = (
            f"{lon:g}, {lat:g} is not LON, LAT in degrees: longitude comes first, -180 to 180, then latitude, -90 to 90"
        )
        raise ValueError(msg)
    precision, radius, name = _details(point[3] or "")
    try:
        return override_point(name or f"{lat:.4f}, {lon:.4f}", lon, lat, precision=precision, radius_m=radius)
    except (KeyError, ValueError):
        msg = f"precision {precision!r} is unknown for a point; there are exact, town, near, area, admin2, admin1, region, country, sea"
        raise ValueError(msg) from None


def _details(said: str) -> tuple[str, float | None, str]:
    """Return precision, radius and name from what stands behind a point: any of them, parted by commas."""
    precision, radius, name = PlacePrecision.TOWN.value, None, ""
    for part in (one.strip() for one in re.split("[,;]", said)):
        if not part:
            continue
        if part.casefold() in set(PlacePrecision):
            precision = part.casefold()
        elif re.fullmatch(r"\d+(\.\d+)?", part):
            radius = float(part)
            if not math.isfinite(radius) or radius > 20_000_000:
                msg = f"radius {part} metres is larger than the Earth"
                raise ValueError(msg)
        else:
            name = part
    return precision, radius, name


def _override(desk: Desk, event: Event, value: str, comment: str) -> Override:
    surface = next(
        (one.mention.place.surface for one in event.sources if one.mention.place and one.place == event.place),
        None,
    )
    if surface is None:
        msg = "no report names the place of this event; decide on the event with move"
        raise ValueError(msg)
    surface = " ".join(surface.split())
    if value.casefold() == NOT_A_PLACE:
        return Override(surface=surface, note=comment)
    place = _place(desk, value)
    if desk.place(place.place_id) is not None:
        return Override(surface=surface, place_id=place.place_id, note=comment)
    if place.precision is PlacePrecision.LINE:
        msg = "a line cannot stand in the overrides file; decide on the event with move"
        raise ValueError(msg)
    return Override(surface=surface, place=place, note=comment)


def apply_decisions(settings: Settings, decisions: Sequence[Decision]) -> tuple[int, int]:
    """Write decisions down, all or, where one cannot be, none; return how many corrections and rows of overrides are new.

    Raises
    ------
    InputError
        If a file holds faults, or would with them; or if the settings name none.
    """
    entries = [one for decision in decisions for one in decision.corrections]
    rows = [one for decision in decisions for one in decision.overrides]
    if entries and not settings.review.corrections:
        msg = "review.corrections is empty, so there is no file for corrections; name one, such as corrections.jsonl"
        raise InputError(msg)
    if rows and not settings.places.overrides:
        msg = "places.overrides is empty, so there is no file for decisions on names; name one, such as overrides.csv"
        raise InputError(msg)
    overrides = settings.resolve(settings.places.overrides) if rows else None
    if overrides is not None:
        with tempfile.TemporaryDirectory() as folder:  # whether all rows go together is tried on a copy
            copy = Path(folder) / overrides.name
            if overrides.is_file():
                shutil.copyfile(overrides, copy)
            for row in rows:
                append_override(copy, row)
    n_new = append_corrections(settings.resolve(settings.review.corrections), entries) if entries else 0
    for row in rows:
        if overrides is not None:
            append_override(overrides, row)
    return n_new, len(rows)
