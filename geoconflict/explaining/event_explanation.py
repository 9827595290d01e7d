"""The explanation of one event: its score, its sources, why each two were joined, and the nearest that were not joined."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geoconflict.errors import StoreError
from geoconflict.events.reasons import Evidence, days_apart, evidence_for, joins_score, why_apart
from geoconflict.events.scoring import Part, score_parts
from geoconflict.geo import distance_m
from geoconflict.models import Event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoconflict.store import EventStore

__all__ = ["Apart", "EventExplanation", "Joined", "explain_event"]

SCHEMA = "geoconflict-event-explanation/1"

_MOST_PAIRS = 300
"""More pairs are not weighed: those of the first sources say enough."""
_REACH_DAYS = 3
_REACH_M = 100_000.0
_METRES_A_DAY = 10_000.0
"""How far away is as near to being joined as one day apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Two sources of an event, and the evidence that they tell it both."""

    first: int
    """Their numbers, from 1, in the order of the event's sources."""
    second: int
    score: float
    """Logarithm of odds: 0.7 more doubles the odds that both tell one event."""
    evidence: tuple[Evidence, ...]
    """What the score is the sum of, the heaviest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """An event near by that was not joined."""

    event: Event
    days_apart: int
    """Days between the two; 0 where their days meet."""
    distance_m: float | None
    """Metres between the two places; None where one of them has none."""
    why: str
    """The reason, in words."""
    evidence: tuple[Evidence, ...]
    """Of the two sharpest tellings, where they were weighed."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EventExplanation:
    """Why the reports of an event were taken for one. :func:`geoconflict.explain_event` makes one; ``print`` shows it."""

    event: Event
    score_parts: tuple[Part, ...]
    """What the event's score is the sum of, as logarithms of odds: first where every event starts, then the heaviest."""
    joins: float
    """The score from which two tellings are of one event."""
    joined: tuple[Joined, ...]
    """Each two sources that were weighed; two reports that support the event from places apart were not."""
    apart: tuple[Apart, ...]
    """The nearest events that were not joined, the nearest first."""

    def to_dict(self) -> dict[str, Any]:
        """Return everything as a JSON-ready dict; its schema is in docs/explain.md."""
        return {
            "schema": SCHEMA,
            "event": self.event.to_dict(),
            "score_parts": _evidence(self.score_parts),
            "joins": self.joins,
            "joined": [
                {
                    "first": pair.first,
                    "second": pair.second,
                    "score": pair.score,
                    "evidence": _evidence(pair.evidence),
                }
                for pair in self.joined
            ],
            "apart": [
                {
                    "event_id": one.event.event_id,
                    "event_type": one.event.event_type.value,
                    "sub_event_type": one.event.sub_event_type,
                    "place_name": one.event.place.name if one.event.place else None,
                    "when": one.event.when.to_dict(),
                    "n_sources": one.event.n_voices,
                    "days_apart": one.days_apart,
                    "distance_m": one.distance_m,
                    "why": one.why,
                    "evidence": _evidence(one.evidence),
                }
                for one in self.apart
            ],
        }

    def __str__(self) -> str:
        from geoconflict.explaining.event_as_text import event_explanation_to_text

        return event_explanation_to_text(self)

    def __repr__(self) -> str:
        return f"<EventExplanation of event {self.event.event_id}: {len(self.event.sources)} sources>"


def _evidence(pieces: Sequence[Evidence | Part]) -> list[dict[str, Any]]:
    return [{"name": piece.name, "added": piece.added, "words": piece.words} for piece in pieces]


def explain_event(store: EventStore, event_id: str, *, n_apart: int = 4) -> EventExplanation:
    """Explain why the reports of an event were taken for one, and why the nearest other events were not.

    Parameters
    ----------
    store
        Where the event is.
    event_id
        Its id, or the beginning of it.
    n_apart
        How many events near by are explained: within 3 days and 100 km, or of the same report where a place is missing.

    Returns
    -------
    EventExplanation
        ``print`` shows it; its ``to_dict`` gives all of it.

    Raises
    ------
    StoreError
        If the store holds no such event, or several.
    """
    found = store.finder.events(event_id)
    if len(found) != 1:
        many = f"{len(found)} events have an id that begins" if found else "no event has an id that begins"
        listed = f": {', '.join(found[:5])}{' ...' if len(found) > 5 else ''}; give more of it" if found else ""
        msg = f"{store.path}: {many} with {event_id!r}{listed}"
        raise StoreError(msg)
    event = store.event(found[0])
    return EventExplanation(
        event=event,
        score_parts=score_parts(event),
        joins=joins_score(),
        joined=_joined(event),
        apart=_apart(store, event, n_apart),
    )


def _joined(event: Event) -> tuple[Joined, ...]:
    pairs: list[Joined] = []
    for second, other in enumerate(event.sources):
        for first, one in enumerate(event.sources[:second]):
            if len(pairs) >= _MOST_PAIRS:
                return tuple(pairs)
            evidence = evidence_for(one, other)
            if evidence is not None:
                score = round(sum(piece.added for piece in evidence), 2)
                pairs.append(Joined(first=first + 1, second=second + 1, score=score, evidence=evidence))
    return tuple(pairs)


def _apart(store: EventStore, event: Event, n: int) -> tuple[Apart, ...]:
    """Return the events near by, those first that were nearest to being joined."""
    reach = dt.timedelta(days=_REACH_DAYS)
    first, last = event.when.starts_on or event.when.ends_on, event.when.ends_on
    if first is None or last is None:
        return ()
    since = first - reach if first > dt.date.min + reach else None
    until = last + reach if last < dt.date.max - reach else None
    reports = {one.mention.report_id for one in event.sources}
    found = []
    for other in store.event_records(since=since, until=until):
        if other.event_id == event.event_id:
            continue
        apart_m = None
        if event.place is not None and other.place is not None:
            apart_m = distance_m(event.place.lon, event.place.lat, other.place.lon, other.place.lat)
            if apart_m > _REACH_M:
                continue
        elif reports.isdisjoint(one.mention.report_id for one in other.sources):
            continue
        found.append((other, days_apart(event, other), apart_m))
    found.sort(key=lambda one: (*_unlike(event, one[0]), (one[2] or 0.0) + _METRES_A_DAY * one[1], one[0].event_id))
    told = []
    for other, days, apart_m in found[:n]:
        why, evidence = why_apart(event, other)
        told.append(Apart(event=other, days_apart=days, distance_m=apart_m, why=why, evidence=evidence))
    return tuple(told)


def _unlike(event: Event, other: Event) -> tuple[bool, bool]:
    return other.event_type is not event.event_type, other.sub_event_type != event.sub_event_type
