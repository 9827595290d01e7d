"""Tellings as reviewers say they are: at another place, of another type, day or sides, or none at all; with who says so and why.

Status and figures are left as the report gives them, for they are on somebody's word: what a reviewer says of them stands beside.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Iterable, Mapping, Sequence

from geoconflict.corrections.entry import Correction, Deed
from geoconflict.corrections.particulars import (
    MEASURES,
    SIDES,
    actors_from,
    actors_words,
    aspect_words,
    count_from,
    figure_words,
    status_words,
)
from geoconflict.corrections.ruling import Ruling
from geoconflict.corrections.saying import event_type_of, place_of, told, votes
from geoconflict.models import Casualties, Count, DateBasis, DatePrecision, DateSpan, EventSource, Review, Status

__all__ = ["corrected", "with_values"]


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
    notes = [f"added {_by(entry, (entry.who,))}" for entry in ruling.adds]
    told_again = source
    figures: dict[str, Count | None] = {}
    given = {aspect: entry for aspect, (entry, _) in ruling.applied.items() if entry.what is not Deed.ACCEPT}
    for aspect, (entry, who) in sorted(ruling.applied.items()):
        if aspect not in given or aspect == "event":
            continue
        if entry.what is not Deed.ADD:
            notes.append(f"{_called(aspect)} {_was(source, aspect)}, {told(entry, aspect)} {_by(entry, who)}")
        if aspect in MEASURES:
            figures[aspect] = count_from(aspect, entry.value[aspect])
        elif aspect != "status":
            told_again = _CHANGES[aspect](told_again, entry)
    if given.keys() >= SIDES.keys():
        told_again = _without_parties(told_again)
    if ruling.accepted is not None:
        notes.append(f"accepted {_by(ruling.accepted, ruling.applied['event'][1])}")
    notes += [f"put together with another event {_by(entry, (entry.who,))}" for entry in ruling.joins]
    notes += [f"parted from another event {_by(entry, (entry.who,))}" for entry in ruling.parts]
    notes += [f"comment {_by(entry, (entry.who,))}" for entry in ruling.comments]
    decided = {*given, *(ruling.applied.keys() & {"event"})}
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
            figures=_figures(figures),
            status=Status(given["status"].value["status"]) if "status" in given else None,
            said_by=given["status"].value.get("by") if "status" in given else None,
        ),
    )


def with_values(source: EventSource, entry: Correction) -> EventSource:
    """Return a telling with all that one entry gives but its figures, whatever others say."""
    for aspect, _ in votes(entry):
        source = _CHANGES[aspect](source, entry) if aspect in _CHANGES else source
    return source


def _accepted(entry: Correction | None) -> tuple[str, ...]:
    if entry is None:
        return ()
    place, kind, date, status = (str(entry.value.get(name, "")) for name in ("place", "type", "date", "status"))
    return place, kind, date, status.partition(" ")[0]  # whoever else claims it later, it is claimed as it was


def _figures(given: Mapping[str, Count | None]) -> Casualties | None:
    if not given:
        return None
    killed, wounded, captured, displaced = map(given.get, MEASURES)
    return Casualties(killed=killed, wounded=wounded, captured=captured, displaced=displaced)


def _called(aspect: str) -> str:
    return aspect_words(aspect).removeprefix("the ")


def _by(entry: Correction, who: Sequence[str]) -> str:
    why = f": {entry.why}" if entry.why else ""
    return f"by {' and '.join(who)} on {entry.when.date()}{why}"


def _was(source: EventSource, aspect: str) -> str:
    mention = source.mention
    if aspect in MEASURES:
        return f"was {figure_words(getattr(mention.casualties, aspect) if mention.casualties else None)}"
    if aspect in SIDES:
        return f"was {actors_words(one.name for one in mention.actors if one.part == SIDES[aspect])}"
    said = {
        "place": source.place.name if source.place else "none",
        "type": mention.sub_event_type,
        "date": str(mention.when.best_day or "none"),
        "status": status_words(mention.status, mention.claimed_by),
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


def _restated(source: EventSource, entry: Correction) -> EventSource:
    """Return a telling that nobody has read a status of with the one that an entry gives."""
    status, by = Status(entry.value["status"]), entry.value.get("by")
    claimed_by, denied_by = (by if status is one else None for one in (Status.CLAIMED, Status.DENIED))
    mention = dataclasses.replace(source.mention, status=status, claimed_by=claimed_by, denied_by=denied_by)
    return dataclasses.replace(source, mention=mention)


def _sided(source: EventSource, entry: Correction, side: str) -> EventSource:
    given = actors_from(entry.value[side], side)
    names = {one.name for one in given}
    rest = [one for one in source.mention.actors if one.part != SIDES[side] and one.name not in names]
    return dataclasses.replace(source, mention=dataclasses.replace(source.mention, actors=(*given, *rest)))


def _without_parties(source: EventSource) -> EventSource:
    """Return a telling without those of whom it says not what they did: a reviewer said it of both sides."""
    actors = tuple(one for one in source.mention.actors if one.part != "party")
    return dataclasses.replace(source, mention=dataclasses.replace(source.mention, actors=actors))


_CHANGES: Mapping[str, Callable[[EventSource, Correction], EventSource]] = {
    "place": _moved,
    "type": _retyped,
    "date": _redated,
    "status": _restated,
    **{side: functools.partial(_sided, side=side) for side in SIDES},
}
