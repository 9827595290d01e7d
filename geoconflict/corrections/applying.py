"""Tellings as reviewers say they are: at another place, of another type or day, or none at all; with who says so and why."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from geoconflict.corrections.entry import Correction, Deed, event_type_of, place_of, told
from geoconflict.corrections.ruling import Ruling
from geoconflict.models import DateBasis, DatePrecision, DateSpan, EventSource, Review

__all__ = ["corrected"]


def corrected(sources: Iterable[EventSource], rulings: Mapping[str, Ruling]) -> tuple[EventSource, ...]:
    """Return tellings as reviewers say they are; those that tell no event are left out."""
    found = []
    for source in sources:
        ruling = rulings.get(source.mention.mention_id)
        if ruling is None:
            found.append(source)
        elif not ruling.is_rejected:
            found.append(_corrected(source, ruling))
    return tuple(found)


def _corrected(source: EventSource, ruling: Ruling) -> EventSource:
    notes: list[str] = []
    told_again = source
    for aspect, (entry, who) in sorted(ruling.applied.items()):
        if entry.what is not Deed.ACCEPT and aspect != "event":
            notes.append(f"{aspect} {_was(source, aspect)}, {told(entry, aspect)} {_by(entry, who)}")
            told_again = _CHANGES[entry.what](told_again, entry)
    if ruling.accepted is not None:
        notes.append(f"accepted {_by(ruling.accepted, ruling.applied['event'][1])}")
    notes += [f"put together with another event {_by(entry, (entry.who,))}" for entry in ruling.joins]
    notes += [f"parted from another event {_by(entry, (entry.who,))}" for entry in ruling.parts]
    notes += [f"comment {_by(entry, (entry.who,))}" for entry in ruling.comments]
    decided = {
        aspect for aspect, (entry, _) in ruling.applied.items() if entry.what is not Deed.ACCEPT or aspect == "event"
    }
    if ruling.joins or ruling.parts:
        decided.add("merge")
    return dataclasses.replace(
        told_again,
        review=Review(
            notes=tuple(note.replace(";", ",") for note in notes),
            contested=tuple(sorted(ruling.contested)),
            decided=tuple(sorted(decided)),
            apart=ruling.apart,
            together=tuple(sorted(ruling.companies)),
            accepted=_accepted(ruling.accepted),
        ),
    )


def _accepted(entry: Correction | None) -> tuple[str, ...]:
    if entry is None:
        return ()
    return tuple(str(entry.value.get(name, "")) for name in ("place", "type", "date"))


def _by(entry: Correction, who: Sequence[str]) -> str:
    why = f": {entry.why}" if entry.why else ""
    return f"by {' and '.join(who)} on {entry.when.date()}{why}"


def _was(source: EventSource, aspect: str) -> str:
    when = source.mention.when
    said = {
        "place": source.place.name if source.place else "none",
        "type": source.mention.sub_event_type,
        "date": str(when.best_day or "none"),
    }
    return f"was {said[aspect]}"


def _moved(source: EventSource, entry: Correction) -> EventSource:
    place = place_of(entry)
    known_by = (str(entry.value["known_by"]),) if place and entry.value.get("known_by") else ()
    return dataclasses.replace(
        source,
        place=place,
        country=None,
        place_score=1.0 if place else 0.0,
        place_reasons=("placed by a reviewer", *known_by),
    )


def _retyped(source: EventSource, entry: Correction) -> EventSource:
    kind, sub = event_type_of(entry)
    # What PLOVER calls the words was for the type that they were taken for.
    mention = dataclasses.replace(source.mention, event_type=kind, sub_event_type=sub, plover="")
    return dataclasses.replace(source, mention=mention)


def _redated(source: EventSource, entry: Correction) -> EventSource:
    first, last = (dt.date.fromisoformat(entry.value[name]) for name in ("starts_on", "ends_on"))
    precision = DatePrecision.DAY if first == last else DatePrecision.RANGE
    when = DateSpan(starts_on=first, ends_on=last, precision=precision, basis=DateBasis.STATED)
    return dataclasses.replace(source, mention=dataclasses.replace(source.mention, when=when))


_CHANGES = {Deed.MOVE: _moved, Deed.RETYPE: _retyped, Deed.REDATE: _redated}
