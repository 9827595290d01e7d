"""An explanation as one JSON-ready dict; the schema is documented in docs/explain.md."""

from __future__ import annotations

from typing import Any

from geoconflict.events.assemble import quote_around
from geoconflict.explaining.explanation import Explanation
from geoconflict.extract.toponyms.recognition import role_reasons
from geoconflict.interchange.parse_json import unlikely_to_json
from geoconflict.models import Place, Report
from geoconflict.places.explanation import Contribution, ExplainedCandidate, ExplainedMention
from geoconflict.places.override_rows import OVERRIDES_HEADER

__all__ = ["SCHEMA", "explanation_to_json", "sentence_of"]

SCHEMA = "geoconflict-explanation/1"
"""Counted up when a key goes or changes its meaning; keys may be added."""


def explanation_to_json(told: Explanation) -> dict[str, Any]:
    """Return an explanation as dicts, lists, str, int, float, bool and None.

    Offsets are code points into the text as given, end exclusive; coordinates are EPSG:4326 degrees.
    """
    report = told.report
    return {
        "schema": SCHEMA,
        "report": {
            "report_id": report.report_id,
            "doc_id": report.external_id,
            "title": report.title,
            "source": report.source,
            "url": report.url,
            "published": report.published_on.isoformat() if report.published_on else None,
            "origin": report.origin,
        },
        "min_score": told.min_score,
        "n_mentions": told.n_mentions,
        "mentions": [_mention(report, one) for one in told.mentions],
        "overrides_header": OVERRIDES_HEADER,
        "demonyms": [
            {"start": one.start, "end": one.end, "phrase": one.surface, "country": one.country} for one in told.demonyms
        ],
        "passed_over": [
            {"start": one.start, "end": one.end, "phrase": one.surface, "score": one.score, "why": one.why}
            for one in told.passed_over
        ],
        "unlikely_events": [unlikely_to_json(one) for one in told.unlikely_events],
        "doubtful_events": [
            {
                "start": one.trigger_start,
                "end": one.trigger_end,
                "phrase": report.text[one.trigger_start : one.trigger_end],
                "event_type": one.event_type.value,
                "likelihood": one.likelihood,
                "why": list(one.doubts),
            }
            for one in told.doubtful_events
        ],
        "unavailable": list(told.unavailable),
        "notes": list(told.notes),
        "attribution": list(told.attribution),
    }


def sentence_of(report: Report, mention: ExplainedMention) -> tuple[int, int]:
    """Return the offsets of the sentence that holds a mention."""
    toponym = mention.resolution.toponym
    return quote_around(report.text, toponym.start, toponym.end, first=report.body_start)


def _mention(report: Report, mention: ExplainedMention) -> dict[str, Any]:
    resolution = mention.resolution
    toponym = resolution.toponym
    start, end = sentence_of(report, mention)
    of_role = role_reasons(toponym)
    return {
        "number": mention.number,
        "start": toponym.start,
        "end": toponym.end,
        "phrase": toponym.surface,
        "sentence": {"start": start, "end": end, "text": report.text[start:end]},
        "detection": {
            "score": round(toponym.score, 4),
            "reasons": [reason for reason in toponym.reasons if reason not in of_role],
        },
        "role": {"role": toponym.role.value, "relation": toponym.relation.value, "reasons": list(of_role)},
        "outcome": mention.outcome.value,
        "place": _place(resolution.place) if resolution.place else None,
        "score": round(resolution.score, 4),
        "reasons": list(resolution.reasons),
        "same_name": list(mention.same_name),
        "none_total": round(mention.none_total, 4),
        "candidates": [_candidate(one) for one in mention.candidates],
        "decisive": [_evidence(one) for one in mention.decisive],
        "overrides": [{"effect": one.effect, "line": one.line} for one in mention.repairs],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "place_id": place.place_id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "lon": place.lon,
        "lat": place.lat,
        "geo_precision": place.precision.value,
        "radius_m": place.radius_m,
        "population": place.population or None,
        "source": place.source,
    }


def _candidate(one: ExplainedCandidate) -> dict[str, Any]:
    return {
        "rank": one.rank,
        "chosen": one.chosen,
        **_place(one.place),
        "matched_name": one.matched_name,
        "feature": one.feature,
        "name_valid": one.name_valid,
        "score": round(one.score, 4),
        "share": round(one.share, 6),
        "counted_with": one.counted_with,
        "reasons": list(one.reasons),
        "total": round(one.total, 4),
        "evidence": [_evidence(evidence) for evidence in one.contributions],
    }


def _evidence(one: Contribution) -> dict[str, Any]:
    return {
        "feature": one.feature,
        "words": one.words,
        "value": round(one.value, 4),
        "weight": round(one.weight, 4),
        "added": round(one.added, 4),
    }
