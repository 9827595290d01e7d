"""A reviewer's decision on an event, in the words of a sheet or of the page, as entries of the files that builds read.

A decision on a name, wherever it stands, is a row of the overrides file; one on an event is an entry of the corrections file.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from geoconflict.corrections import Correction, Deed, append_corrections, correction
from geoconflict.corrections.entry import place_value, ref_to
from geoconflict.errors import InputError
from geoconflict.models import Actor, Event, Place, PlacePrecision
from geoconflict.places import Override, append_override
from geoconflict.places.overrides import NOT_A_PLACE
from geoconflict.reviewing.points import PointDoubtError, doubts_of_point, placed, point_words, typed_point
from geoconflict.reviewing.typed import seen_particulars, typed_days, typed_figures, typed_sides, typed_status
from geoconflict.settings import Settings
from geoconflict.store import EventStore

__all__ = ["NAME", "VERBS", "Decision", "Desk", "apply_decisions", "decide", "typed_place"]

NAME = "name"
"""The verb for a decision on a name, wherever it stands."""
VERBS = (*(deed.value for deed in Deed if deed not in (Deed.WITHDRAW, Deed.ADD)), NAME)


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
    towns_near: Callable[[float, float], Iterable[Place]] = lambda _lon, _lat: ()
    """Returns the towns of the gazetteer within :data:`~geoconflict.reviewing.points.TOWN_REACH_M` of a point, the nearest first."""
    countries: tuple[str, ...] = ()
    """Those that the settings say the reports are about, ISO 3166-1 alpha-3."""
    actor: Callable[[Event, str], Actor] = lambda _event, name: Actor(name=name)
    """Returns whom a name means that is typed of an event (:func:`geoconflict.reviewing.typed.actor_named`)."""


def decide(
    desk: Desk, event: Event, verb: str, value: str = "", comment: str = "", *, is_confirmed: bool = False
) -> Decision:
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
        move and name: a place_id, or ``LON, LAT`` in degrees (or ``lon 28.95, lat -1.60``, in any order), with precision, radius in metres and a name behind if wanted;
        ``none`` (of a name ``not a place``). retype: a sub-event type. redate: a day, or two with ``/`` between.
        restatus: a status, with who says so: ``claimed: the ministry``. actors: ``by: NAME; NAME | on: none``, either side may be left
        out. figures: ``killed 5; wounded 3-7; captured not stated``. merge: the id of the other event, or its beginning. split: the
        numbers of the sources that are of another event.
    comment
        Why, for the next person.
    is_confirmed
        Whether a point is meant although something speaks against it.

    Raises
    ------
    PointDoubtError
        If something speaks against a point that is not confirmed.
    ValueError
        The message says what is wrong with it, and how to mend it.
    """
    verb, value = verb.strip().casefold(), value.strip()
    if verb == NAME:
        return Decision(overrides=(_override(desk, event, value, comment, is_confirmed=is_confirmed),))
    try:
        deed = Deed(verb)
    except ValueError:
        msg = f"decision {verb!r} is unknown; there are {', '.join(VERBS)}"
        raise ValueError(msg) from None
    if deed is Deed.ADD:
        msg = "add is for an event that is not there yet; write it in a row of its own, with event_id and state blank"
        raise ValueError(msg)
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
        value=_value(desk, event, deed, value, is_confirmed=is_confirmed),
        why=comment,
    )
    return Decision(corrections=(made,))


def _value(desk: Desk, event: Event, deed: Deed, value: str, *, is_confirmed: bool) -> dict[str, object]:
    place = event.place
    if deed is Deed.ACCEPT:
        return {
            "place": place.place_id if place else "",
            "place_name": place.name if place else "",
            "lon": place.lon if place else None,
            "lat": place.lat if place else None,
            "type": event.sub_event_type,
            "date": f"{event.when.starts_on}/{event.when.ends_on}",
            **seen_particulars(event),
        }
    if deed is Deed.MOVE:
        was = place.name if place else None
        if value.casefold() == "none":
            return {"place": None, "was": was}
        moved, known_by = typed_place(desk, event, value, is_confirmed=is_confirmed)
        return {"place": place_value(moved), "was": was, **({"known_by": known_by} if known_by else {})}
    if deed is Deed.RETYPE:
        return {"sub_event_type": value, "was": event.sub_event_type}
    if deed is Deed.REDATE:
        first, last = typed_days(value)
        was = "/".join(str(one or "..") for one in (event.when.starts_on, event.when.ends_on))  # ISO 8601: .. is open
        return {"starts_on": first, "ends_on": last, "was": was}
    if deed is Deed.RESTATUS:
        return typed_status(event, value)
    if deed is Deed.ACTORS:
        return typed_sides(event, value, functools.partial(desk.actor, event))
    if deed is Deed.FIGURES:
        return typed_figures(event, value)
    return {"with": _other(desk, event, value).event_id} if deed is Deed.MERGE else {}


def _other(desk: Desk, event: Event, value: str) -> Event:
    found = desk.store.finder.events(value) if value else ()
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


def typed_place(desk: Desk, event: Event, value: str, *, is_confirmed: bool) -> tuple[Place, str]:
    """Return the place that a value is, and from what the country of a point is known; what speaks against a point is asked.

    Raises
    ------
    PointDoubtError
        If something speaks against a point that is not confirmed.
    ValueError
        If the value is no place.
    """
    if not value:
        msg = "value is blank; give a place_id, or LON, LAT in degrees, or 'none'"
        raise ValueError(msg)
    point = typed_point(value)
    if point is None:
        place = desk.offered.get(value) or desk.place(value)
        if place is None:
            msg = f"value {value[:60]!r} is no place_id of the gazetteer and no LON, LAT; `geoconflict geocode NAME` prints ids"
            raise ValueError(msg)
        return place, ""
    place, known_by = placed(point, desk.towns_near(point.lon, point.lat))
    doubts = [] if is_confirmed else doubts_of_point(event, place, desk.countries, desk.towns_near)
    if doubts:
        msg = f"{point_words(point.lon, point.lat)}: {'; '.join(doubts)}. Confirm it if it is meant"
        raise PointDoubtError(msg)
    return place, known_by


def _override(desk: Desk, event: Event, value: str, comment: str, *, is_confirmed: bool) -> Override:
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
    place, _ = typed_place(desk, event, value, is_confirmed=is_confirmed)
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
