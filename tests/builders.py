"""Small records for tests, with only what a test cares about spelled out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd

from geoconflict.frames import event_table
from geoconflict.ids import content_id
from geoconflict.models import (
    Actor,
    ActorKind,
    Casualties,
    Count,
    DateBasis,
    DatePrecision,
    DateSpan,
    EquipmentLoss,
    Event,
    EventMention,
    EventSource,
    EventType,
    Place,
    PlacePrecision,
    Relation,
    Report,
    Resolution,
    Role,
    Status,
    Toll,
    Toponym,
)

DAY = dt.date(2021, 6, 10)


def day(offset: int = 0) -> DateSpan:
    on = DAY + dt.timedelta(days=offset)
    return DateSpan(
        starts_on=on, ends_on=on, precision=DatePrecision.DAY, basis=DateBasis.STATED, surface=on.isoformat()
    )


def days(first: int, last: int, basis: DateBasis = DateBasis.RELATIVE) -> DateSpan:
    return DateSpan(
        starts_on=DAY + dt.timedelta(days=first),
        ends_on=DAY + dt.timedelta(days=last),
        precision=DatePrecision.RANGE,
        basis=basis,
    )


def count(best: int | None = None, *, low: int | None = None, high: int | None = None) -> Count:
    if best is not None:
        return Count(low=best, best=best, high=best)
    return Count(low=low, best=None, high=high)


def place(name: str = "Riverton", lon: float = 30.0, lat: float = 10.0, **fields) -> Place:
    values = {
        "place_id": f"test:{name.casefold()}",
        "name": name,
        "lon": lon,
        "lat": lat,
        "geometry": f"POINT ({lon} {lat})",
        "kind": "settlement",
        "precision": PlacePrecision.TOWN,
        "radius_m": 3000.0,
        "country": "XXA",
        "source": "test",
    }
    return Place(**{**values, **fields})


def toponym(
    surface: str = "Riverton", start: int = 17, relation: Relation = Relation.AT, role: Role = Role.EVENT_PLACE
) -> Toponym:
    return Toponym(start=start, end=start + len(surface), surface=surface, score=0.9, role=role, relation=relation)


def report(
    text: str = "Artillery struck Riverton on Thursday.",
    *,
    on: dt.date | None = DAY,
    source: str | None = "Agency One",
    **fields,
) -> Report:
    key = content_id("report", [text, source, None if on is None else on.isoformat()])
    return Report(**{"report_id": key, "text": text, "published_on": on, "source": source, **fields})


def mention(of: Report | None = None, **fields) -> EventMention:
    told = of or report()
    values = {
        "report_id": told.report_id,
        "start": 0,
        "end": min(25, len(told.text)),
        "trigger_start": 10,
        "trigger_end": 16,
        "event_type": EventType.EXPLOSIONS,
        "sub_event_type": "Shelling/artillery/missile attack",
        "status": Status.OCCURRED,
        "when": day(),
        "place": toponym(),
    }
    values.update(fields)
    key = [values["report_id"], values["trigger_start"], values["sub_event_type"], values["start"]]
    return EventMention(**{"mention_id": content_id("mention", key), **values})


def source(of: Report | None = None, *, at: Place | str | None = "default", **fields) -> EventSource:
    told = of or report()
    told_mention = mention(told, **fields)
    where = place() if at == "default" else at
    assert not isinstance(where, str)
    return EventSource(
        mention=told_mention,
        place=where,
        place_score=0.9 if where else 0.0,
        place_reasons=("the only place of that name",) if where else (),
        source=told.source,
        url=told.url,
        title=told.title,
        published_on=told.published_on,
        quote=told.text,
        quote_start=0,
    )


def resolution(of: Toponym | None = None, to: Place | None = None) -> Resolution:
    return Resolution(toponym=of or toponym(), place=to or place(), score=0.9, reasons=("the only place of that name",))


def casualties(killed: Count | None = None, wounded: Count | None = None, **fields) -> Casualties:
    return Casualties(killed=killed, wounded=wounded, **fields)


def toll(told: Report, best: int = 20, **fields) -> Toll:
    values = {
        "report_id": told.report_id, "start": 0, "end": 9, "surface": told.text[:9], "measure": "killed", "count": count(best),
        "who": None, "as_of": day(), "claimed_by": "A minister",
    }  # fmt: skip
    return Toll(**{**values, **fields})


def loss(told: Report, best: int = 5, **fields) -> EquipmentLoss:
    values = {
        "report_id": told.report_id, "start": 0, "end": 9, "surface": told.text[:9], "what": "tank", "name": "tanks",
        "count": count(best), "fate": "destroyed", "owner": None, "when": day(),
    }  # fmt: skip
    return EquipmentLoss(**{**values, **fields})


def actor(name: str, part: str = "agent", country: str | None = None, kind: ActorKind = ActorKind.UNKNOWN) -> Actor:
    return Actor(name=name, part=part, country=country, kind=kind)


def unlocated_to_frame(events: Iterable[Event]) -> pd.DataFrame:
    """Return the frame of the events without a place, as a store gives it."""
    return event_table([one for one in events if one.place is None])
