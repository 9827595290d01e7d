"""What ``geoconflict parse`` writes: one JSON object a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from geoconflict.codes import inter_of, plover_contexts, plover_country, plover_of, sectors_of
from geoconflict.models import (
    Actor,
    Count,
    EquipmentLoss,
    Event,
    EventSource,
    PlacePrecision,
    Reading,
    Report,
    Resolution,
    RunFailure,
    Toll,
    Toponym,
    UnlikelyEvent,
)

__all__ = ["event_to_json", "failure_to_json", "parsed_to_json", "unlikely_to_json"]


def parsed_to_json(
    report: Report,
    reading: Reading,
    resolutions: Sequence[Resolution],
    events: Iterable[Event],
    *,
    unavailable: Iterable[RunFailure] = (),
    unread: Iterable[tuple[int, int, str, str]] = (),
) -> dict[str, Any]:
    """Return a report's toponyms, events, time expressions, tolls and equipment losses as one JSON-ready dict.

    Offsets are code points into the text as given, end exclusive. Coordinates are EPSG:4326 degrees under ``lat`` and
    ``lon``; a line or an area has a representative point, and ``geo_precision`` says what it stands for. What is not
    known is null. ``origin`` is the file that the report stands in, with the line or row where one file holds many. Names
    that a service could not answer are listed under ``unavailable``: they are not "not found".
    Words that could not be weighed as names, each with start, end, phrase and why, are listed under ``passed_over``; words
    that read like a conflict event and are too unlikely to tell of one under ``unlikely_events``.
    """
    by_span = {(r.toponym.start, r.toponym.end): r for r in resolutions}
    return {
        "doc_id": report.external_id or report.report_id,
        "report_id": report.report_id,
        "origin": report.origin,
        "published": _iso(report.published_on),
        "toponyms": [_toponym(toponym, by_span.get((toponym.start, toponym.end))) for toponym in reading.toponyms],
        "events": [event_to_json(event) for event in events],
        "timexes": [
            {
                "start": time.start,
                "end": time.end,
                "phrase": time.surface,
                "type": time.timex_type.value,
                "value": time.value,
            }
            for time in reading.times
        ],
        "tolls": [_toll(toll) for toll in reading.tolls],
        "equipment": [_loss(loss) for loss in reading.equipment],
        "unavailable": [failure.what for failure in unavailable],
        "passed_over": [
            {"start": start, "end": end, "phrase": phrase, "why": why} for start, end, phrase, why in unread
        ],
        "unlikely_events": [unlikely_to_json(one) for one in reading.unlikely],
    }


def unlikely_to_json(event: UnlikelyEvent) -> dict[str, Any]:
    """Return what was too unlikely to be an event as one JSON-ready dict, as ``parse`` and ``explain`` tell it."""
    return {
        "start": event.start,
        "end": event.end,
        "phrase": event.surface,
        "event_type": event.event_type.value,
        "likelihood": event.likelihood,
        "why": list(event.reasons),
    }


def failure_to_json(failure: RunFailure, *, origin: str | None) -> dict[str, Any]:
    """Return a report that failed as one JSON-ready dict with empty lists, so that no line of the input goes missing.

    Parameters
    ----------
    failure
        What went wrong.
    origin
        The file that the report stands in, as of one that could be read.
    """
    error = {"stage": failure.stage, "where": failure.where, "what": failure.what, "repair": failure.repair}
    doc_id = failure.external_id or failure.where
    nothing: dict[str, list[object]] = {"toponyms": [], "events": [], "timexes": [], "tolls": [], "equipment": []}
    return {"doc_id": doc_id, "origin": origin, "error": error, **nothing}


def _toponym(toponym: Toponym, resolution: Resolution | None) -> dict[str, Any]:
    place = resolution.place if resolution else None
    return {
        "start": toponym.start,
        "end": toponym.end,
        "phrase": toponym.surface,
        "role": toponym.role.value,
        "score": round(toponym.score, 4),
        "reasons": list(toponym.reasons),
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "place_id": place.place_id if place else None,
        "place_name": place.name if place else None,
        "country": place.country if place else None,
        "geo_precision": place.precision.value if place else None,
        "place_score": round(resolution.score, 4) if resolution else None,
        "place_reasons": list(resolution.reasons) if resolution else [],
    }


def event_to_json(event: Event) -> dict[str, Any]:
    """Return an event as one JSON-ready dict, as :func:`parsed_to_json` has it."""
    place = event.place
    first = event.sources[0].mention
    plover_type, plover_mode = plover_of(event)
    return {
        "event_id": event.event_id,
        "start": first.start,
        "end": first.end,
        "event_type": event.event_type.value,
        "sub_event_type": event.sub_event_type,
        "status": event.status.value,
        "claimed_by": "; ".join(event.claimed_by) or None,
        "denied_by": first.denied_by,
        "date": _iso(event.when.best_day),
        "date_end": _iso(event.when.ends_on) if event.when.ends_on != event.when.best_day else None,
        "date_precision": event.when.precision.value,
        "date_basis": event.when.basis.value,
        "date_phrase": event.when.surface,
        "place_name": first.place.surface if first.place else place.name if place else None,
        "place_canonical": place.name if place else None,
        "place_id": place.place_id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geo_precision": place.precision.value if place else None,
        "geometry_kind": _geometry_kind(place.geometry, place.precision) if place else None,
        "radius_m": place.radius_m if place else None,
        "actors": [actor.name for actor in event.actors],
        "actor_codes": [_actor(actor, place.country if place else None) for actor in event.actors],
        "plover_type": plover_type or None,
        "plover_mode": plover_mode or None,
        "plover_contexts": list(plover_contexts(event)),
        **_count("fatalities", event.killed),
        **_count("wounded", event.wounded),
        **_count("captured", event.captured),
        **_count("displaced", event.displaced),
        "victims": first.casualties.who if first.casualties else None,
        "score": round(event.score, 4),
        "reasons": list(first.reasons),
        "likelihood": first.likelihood,
        "doubts": list(first.doubts),
        "evidence": _evidence(event.sources[0]),
    }


def _evidence(source: EventSource) -> str:
    start = max(0, source.mention.start - source.quote_start)
    return source.quote[start : source.mention.end - source.quote_start]


def _actor(actor: Actor, country: str | None) -> dict[str, Any]:
    return {
        "name": actor.name,
        "phrase": actor.surface,
        "part": actor.part,
        "kind": actor.kind.value,
        "country": actor.country,
        "acled_inter": inter_of(actor, country),
        "plover_country": plover_country(actor),
        "plover_sectors": list(sectors_of(actor)),
    }


def _geometry_kind(geometry: str, precision: PlacePrecision) -> str:
    """Return point, line or area: what the place is, also where only a representative point is known."""
    if precision is PlacePrecision.LINE or "LINESTRING" in geometry:
        return "line"
    if precision in (PlacePrecision.EXACT, PlacePrecision.TOWN, PlacePrecision.NEAR):
        return "point"
    return "area"


def _toll(toll: Toll) -> dict[str, Any]:
    return {
        "start": toll.start,
        "end": toll.end,
        "evidence": toll.surface,
        "scope": toll.scope,
        "measure": toll.measure,
        "low": toll.count.low,
        "best": toll.count.best,
        "high": toll.count.high,
        "who": toll.who,
        "places": list(toll.places),
        "since": _iso(toll.since_on),
        "as_of": _iso(toll.as_of.ends_on),
        "claimed_by": toll.claimed_by,
    }


def _loss(loss: EquipmentLoss) -> dict[str, Any]:
    return {
        "start": loss.start,
        "end": loss.end,
        "evidence": loss.surface,
        "what": loss.what,
        "name": loss.name,
        **_count("count", loss.count),
        "fate": loss.fate,
        "owner": loss.owner,
        "date": _iso(loss.when.best_day),
        "cumulative": loss.cumulative,
        "claimed_by": loss.claimed_by,
    }


def _count(name: str, count: Count | None) -> dict[str, int | None]:
    return {
        name: count.best if count else None,
        f"{name}_low": count.low if count else None,
        f"{name}_high": count.high if count else None,
    }


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
