"""One entry of a corrections file: who decided what on which tellings, when and why."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from geoconflict.corrections.fields import (
    check_accepted,
    check_texts,
    check_values,
    days_from,
    place_from,
    telling_fields,
)
from geoconflict.corrections.particulars import (
    MEASURES,
    SIDES,
    checked_figures,
    checked_sides,
    checked_status,
)
from geoconflict.ids import canonical_json, content_id
from geoconflict.models import SUB_EVENT_TYPES, EventSource, Place, Status
from geoconflict.record import Record
from geoconflict.visible import visible

__all__ = [
    "ACCEPTED",
    "LONGEST_TEXT",
    "Correction",
    "Deed",
    "TellingRef",
    "checked",
    "correction",
    "place_value",
    "ref_to",
]

LONGEST_TEXT = 2_000
"""No comment is longer, in characters."""
_LONGEST_GEOMETRY = 4_000
"""Of a longer one the representative point is kept: the file is for people to read."""
_LONGEST_WHO = 100
ADDED = "added-"
"""So begin the ids of tellings that reviewers added."""
ACCEPTED = ("place", "type", "date", "status", *SIDES, *MEASURES)
"""What an entry that accepts an event may say of it: what it saw."""


class Deed(StrEnum):
    """What a reviewer does."""

    ACCEPT = "accept"
    """It is right as it is."""
    MOVE = "move"
    RETYPE = "retype"
    REDATE = "redate"
    RESTATUS = "restatus"
    """Whether it happened, and on whose word."""
    ACTORS = "actors"
    """Who did it, or to whom."""
    FIGURES = "figures"
    """How many were killed, wounded, captured or displaced."""
    MERGE = "merge"
    """Two events are one."""
    SPLIT = "split"
    """Some tellings are of another event."""
    REJECT = "reject"
    """It is no event."""
    COMMENT = "comment"
    ADD = "add"
    """A report tells an event that the program has not found."""
    WITHDRAW = "withdraw"
    """An earlier entry no longer counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingRef(Record):
    """One telling of an event, with enough of it to be found again when ids have changed."""

    mention: str
    """Its mention_id when the entry was made."""
    report: str
    start: int
    """Of the word that tells it: offsets into the report's text, end exclusive."""
    end: int
    quote: str
    quote_start: int
    place: str | None = None
    """The name of the place, as the report writes it."""
    published: dt.date | None = None
    source: str | None = None
    side: str = ""
    """Of a merge: a or b, the event that it was in. Of a split: out or stay."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One entry."""

    who: str
    when: dt.datetime
    """When it was written, aware; it orders the entries of one reviewer and has no other part in building."""
    what: Deed
    event: str
    """The id of the event when the entry was made."""
    tellings: tuple[TellingRef, ...]
    value: Mapping[str, Any]
    why: str = ""

    @functools.cached_property
    def entry_id(self) -> str:
        """The hash of all that it says."""
        return content_id("correction", self._content())

    def _content(self) -> dict[str, Any]:
        refs = [
            {name: value for name, value in one.to_dict().items() if value not in (None, "")} for one in self.tellings
        ]
        return {
            "when": self.when.isoformat(),
            "who": self.who,
            "what": self.what.value,
            "event": self.event,
            "value": dict(self.value),
            "why": self.why,
            "tellings": refs,
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as it stands in the file."""
        return {"id": self.entry_id, **self._content()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Correction:
        """Return the entry that :meth:`to_dict` wrote.

        Raises
        ------
        ValueError
            If something in it cannot be used; the message says what.
        """
        known = {"id", "when", "who", "what", "event", "value", "why", "tellings"}
        if unknown := sorted(data.keys() - known):
            msg = f"unknown field {', '.join(unknown)}"
            raise ValueError(msg)
        if missing := sorted({"when", "who", "what"} - data.keys()):
            msg = f"{', '.join(missing)} is missing"
            raise ValueError(msg)
        check_values(data)
        check_texts(data, ("when", "who", "what", "event", "why"), optional=("id",))
        try:
            what = Deed(data["what"])
        except ValueError:
            msg = f"what {data['what']!r} is unknown; there are {', '.join(Deed)}"
            raise ValueError(msg) from None
        tellings = data.get("tellings", [])
        if not isinstance(tellings, list):
            msg = "tellings is no list"
            raise ValueError(msg)  # noqa: TRY004  # the caller names the line for a ValueError
        try:
            when = dt.datetime.fromisoformat(data["when"])
            refs = tuple(TellingRef.from_dict(telling_fields(one)) for one in tellings)
        except (TypeError, ValueError, AttributeError) as error:
            raise ValueError(str(error)) from None
        value = checked(what, data.get("value", {}))
        entry = cls(
            who=data["who"],
            when=when,
            what=what,
            event=data.get("event", ""),
            tellings=_with_ids(what, refs, value),
            value=value,
            why=data.get("why", ""),
        )
        entry.check()
        if data.get("id") not in (None, entry.entry_id):
            msg = "its id is not that of what it says: it was changed; append another entry instead"
            raise ValueError(msg)
        return entry

    def check(self) -> None:
        """Refuse what no entry may hold.

        Raises
        ------
        ValueError
            The message says what.
        """
        if not self.who.strip() or len(self.who) > _LONGEST_WHO:
            msg = "who is blank or too long; give the name of the reviewer"
            raise ValueError(msg)
        if visible(self.who) != self.who:
            msg = f"who {visible(self.who)!r} holds characters that cannot be seen"
            raise ValueError(msg)
        if self.when.tzinfo is None:
            msg = f"when {self.when.isoformat()} has no time zone; write it like 2026-01-31T12:00:00+00:00"
            raise ValueError(msg)
        if len(self.why) > LONGEST_TEXT:
            msg = f"why is longer than {LONGEST_TEXT} characters"
            raise ValueError(msg)
        if self.what is Deed.WITHDRAW:
            return
        sides = {one.side for one in self.tellings}
        wanted = {Deed.MERGE: {"a", "b"}, Deed.SPLIT: {"out", "stay"}}.get(self.what, {""})
        if not self.tellings or sides != wanted:
            need = f" of the sides {' and '.join(sorted(wanted))}" if wanted != {""} else ""
            msg = f"{self.what.value} needs tellings{need}"
            raise ValueError(msg)
        if self.what is Deed.ADD and (len(self.tellings) > 1 or not self.tellings[0].quote.strip()):
            msg = "add needs one telling, with the quote of the report that tells it"
            raise ValueError(msg)


def correction(
    what: Deed,
    *,
    who: str,
    when: dt.datetime,
    event: str,
    tellings: Iterable[TellingRef] = (),
    value: Mapping[str, Any] | None = None,
    why: str = "",
) -> Correction:
    """Return a new entry, checked; `when` is the caller's clock.

    Raises
    ------
    ValueError
        If something in it cannot be used.
    """
    given = checked(what, value or {})
    entry = Correction(
        who=who.strip(),
        when=when,
        what=what,
        event=event,
        tellings=_with_ids(what, tuple(tellings), given),
        value=given,
        why=" ".join(why.split()),
    )
    check_values(entry._content())  # noqa: SLF001  # of this module
    entry.check()
    return entry


def ref_to(source: EventSource, side: str = "") -> TellingRef:
    """Return what finds a telling again."""
    mention = source.mention
    return TellingRef(
        mention=mention.mention_id,
        report=mention.report_id,
        start=mention.trigger_start,
        end=mention.trigger_end,
        quote=source.quote,
        quote_start=source.quote_start,
        place=mention.place.surface if mention.place else None,
        published=source.published_on,
        source=source.source,
        side=side,
    )


def added_ref(ref: TellingRef, value: Mapping[str, Any]) -> TellingRef:
    """Return what finds an added telling again, with its id: that of the words of the report and of what is added.

    Who says the same of the same words has added the same telling. No line of a file gives a telling of the program's for an added one.
    """
    said = {name: one for name, one in value.items() if name != "known_by"}
    return replace(ref, mention=ADDED + content_id("added", [ref.report, ref.quote_start, ref.quote, said]))


def _with_ids(what: Deed, refs: tuple[TellingRef, ...], value: Mapping[str, Any]) -> tuple[TellingRef, ...]:
    return tuple(added_ref(ref, value) for ref in refs) if what is Deed.ADD else refs


# ---------------------------------------------------------------- values
def checked(what: Deed, value: Any) -> dict[str, Any]:
    """Return the value of an entry, refused where it is not one for what it does.

    Raises
    ------
    ValueError
        The message says what is wrong with it.
    """
    if not isinstance(value, Mapping):
        msg = "value is no object"
        raise ValueError(msg)  # noqa: TRY004  # as above
    check_texts(value, ("with",), optional=("was",))
    if what is Deed.MOVE:
        if "place" not in value:
            msg = "move needs a place; null is none"
            raise ValueError(msg)
        return {**value, "place": None if value["place"] is None else place_value(place_from(value["place"]))}
    if what is Deed.RETYPE:
        check_texts(value, ("sub_event_type", "event_type"))
        sub = value.get("sub_event_type", "")
        kind = next((kind for kind, subs in SUB_EVENT_TYPES.items() if sub in subs), None)
        if kind is None:
            msg = f"sub_event_type {sub!r} is unknown; ACLED's names are meant, such as 'Armed clash'"
            raise ValueError(msg)
        if value.get("event_type", kind) != kind:
            msg = f"{sub!r} is of {kind.value!r}, not of {value['event_type']!r}"
            raise ValueError(msg)
        return {**value, "event_type": kind.value, "sub_event_type": sub}
    if what is Deed.REDATE:
        first, last = days_from(value)
        return {**value, "starts_on": first.isoformat(), "ends_on": last.isoformat()}
    if what is Deed.ADD:
        return _checked_added(value)
    if what in _CHECKS:
        return _CHECKS[what](value)
    if what is Deed.WITHDRAW and not (value.get("correction") and isinstance(value["correction"], str)):
        msg = "withdraw needs the id of a correction"
        raise ValueError(msg)
    if what is Deed.ACCEPT:
        check_texts(value, ACCEPTED)
        check_accepted(value)
    canonical_json(dict(value))  # refuses what is no JSON
    return dict(value)


_CHECKS = {Deed.RESTATUS: checked_status, Deed.ACTORS: checked_sides, Deed.FIGURES: checked_figures}


def _checked_added(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of an entry that adds an event: all that the others give, together."""
    if missing := [name for name in ("place", "sub_event_type", "starts_on") if name not in value]:
        msg = f"add needs {', '.join(missing)}; null is no place, and where there are several days ends_on is the last"
        raise ValueError(msg)
    full: dict[str, Any] = {"status": Status.OCCURRED.value, **value}
    gives = [Deed.MOVE, Deed.RETYPE, Deed.REDATE, Deed.RESTATUS]
    gives += [
        deed for deed, names in ((Deed.ACTORS, SIDES), (Deed.FIGURES, MEASURES)) if any(one in full for one in names)
    ]
    for deed in gives:
        full = checked(deed, full)
    return full


def place_value(place: Place) -> dict[str, Any]:
    """Return a place as it stands in an entry: whole, so that it holds whatever becomes of the gazetteer."""
    full = place.to_dict()
    if len(place.geometry) > _LONGEST_GEOMETRY:
        full["geometry"] = f"POINT ({place.lon!r} {place.lat!r})"
    if full["geometry"] == f"POINT ({place.lon!r} {place.lat!r})":
        del full["geometry"]
    return {name: one for name, one in full.items() if one not in (None, "", 0) or name in {"lon", "lat", "radius_m"}}
