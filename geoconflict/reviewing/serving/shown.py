"""What the review page shows of events, their tellings and places: plain values."""

from __future__ import annotations

import datetime as dt
from typing import Any

from geoconflict.corrections import Correction
from geoconflict.corrections.particulars import MEASURES, figure_words, status_words
from geoconflict.geo import distance_m
from geoconflict.models import Count, Event, EventSource, Place
from geoconflict.reviewing.listing import ReviewItem
from geoconflict.store import EventStore

__all__ = ["added_in_words", "events_near", "figure_shown", "names_of", "place_shown", "source_shown", "summary_of"]

_REACH = dt.timedelta(days=3)
_REACH_M = 100_000.0
_MOST_NEAR = 8


def added_in_words(entry: Correction) -> str:
    """Return an event that a reviewer added, in one line."""
    place = entry.value["place"]
    told = (entry.value["sub_event_type"], place["name"] if place else "no place", entry.value["starts_on"])
    return f"{', '.join(told)}, by {entry.who}: {' '.join(entry.tellings[0].quote.split())[:120]}"


def summary_of(item: ReviewItem, entries: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the list shows of an event, with the `entries` on it."""
    event = item.event
    return {
        "id": event.event_id,
        "doubt": item.weight,
        "doubts": [{"aspect": one.aspect, "weight": one.weight, "words": one.words} for one in item.doubts],
        "type": event.sub_event_type,
        "kind": event.event_type.value,
        "day": _days(event),
        "place": event.place.name if event.place else None,
        "country": event.place.country if event.place else None,
        "score": event.score,
        "n_sources": len(event.sources),
        "is_reviewed": item.is_reviewed,
        "entries": entries,
    }


def names_of(event: Event, part: str) -> str:
    """Return the actors of one part, as they may be typed."""
    return "; ".join(one.name for one in event.actors if one.part == part)


def figure_shown(count: Count | None) -> str:
    """Return a figure as it may be typed; blank where it is not stated."""
    return figure_words(count) if count is not None else ""


def _days(event: Event) -> str:
    when = event.when
    if when.ends_on is None:
        return "no day known"
    if when.starts_on is None:
        return f"until {when.ends_on}"
    return str(when.starts_on) if when.starts_on == when.ends_on else f"{when.starts_on} to {when.ends_on}"


def place_shown(place: Place) -> dict[str, Any]:
    """Return what the page knows of a place."""
    return {
        "place_id": place.place_id,
        "name": place.name,
        "lon": place.lon,
        "lat": place.lat,
        "precision": place.precision.value,
        "radius_m": place.radius_m,
        "country": place.country,
        "admin1": place.admin1,
    }


def source_shown(source: EventSource) -> dict[str, Any]:
    """Return a telling with what to highlight in its quote: offsets in code points."""
    mention, at = source.mention, source.quote_start
    marks = [(mention.trigger_start - at, mention.trigger_end - at, "trigger")]
    if mention.place is not None:
        marks.append((mention.place.start - at, mention.place.end - at, "place"))
    n = len(source.quote)
    return {
        "mention": mention.mention_id,
        "report": mention.report_id,
        "outlet": source.source or "a report",
        "title": source.title,
        "url": source.url,
        "published": str(source.published_on or ""),
        "quote": source.full_quote,
        "marks": [[start, end, kind] for start, end, kind in sorted(marks) if 0 <= start < end <= n],
        "place": source.place.name if source.place else None,
        "says": _says(source),
        "reasons": list(source.place_reasons),
        "notes": list(source.review.notes) if source.review else [],
        "is_copy": source.copy_of is not None,
    }


def _says(source: EventSource) -> str:
    """Return as what a telling is taken: whether it happened, who did it to whom, and its report's own figures, in one line."""
    mention = source.mention
    sides = (("by", "agent"), ("against", "target"), ("between", "party"))
    named = [(word, [one.name for one in mention.actors if one.part == part]) for word, part in sides]
    said = [status_words(mention.status, mention.claimed_by)]
    said += [f"{word} {' and '.join(names)}" for word, names in named if names]
    figures = [(one, getattr(mention.casualties, one)) for one in MEASURES if mention.casualties is not None]
    said += [f"{measure} {figure_words(count)}" for measure, count in figures if count is not None]
    return ", ".join(said)


def events_near(opened: EventStore, event: Event) -> list[dict[str, Any]]:
    """Return the events with which it may be one: of near days and places, the nearest first."""
    last = event.when.ends_on
    first = event.when.starts_on or last
    if first is None or last is None:
        return []
    since = first - _REACH if first > dt.date.min + _REACH else None
    until = last + _REACH if last < dt.date.max - _REACH else None
    found = []
    for other in opened.event_records(since=since, until=until):
        if other.event_id == event.event_id:
            continue
        apart = 0.0
        if event.place is not None and other.place is not None:
            apart = distance_m(event.place.lon, event.place.lat, other.place.lon, other.place.lat)
        if apart <= _REACH_M:
            found.append((apart, other))
    found.sort(key=lambda one: (one[1].event_type is not event.event_type, one[0], one[1].event_id))
    return [
        {
            "id": other.event_id,
            "type": other.sub_event_type,
            "day": _days(other),
            "place": other.place.name if other.place else None,
            "km": round(apart / 1000) if event.place and other.place else None,
            "n_sources": len(other.sources),
            "quote": other.sources[0].quote[:200],
        }
        for apart, other in found[:_MOST_NEAR]
    ]
