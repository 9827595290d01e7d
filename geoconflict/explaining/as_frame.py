"""An explanation as a table: one row a candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geoconflict.explaining.explanation import Explanation
from geoconflict.explaining.wording import evidence_line
from geoconflict.places.explanation import ExplainedCandidate

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["EXPLANATION_COLUMNS", "explanation_to_frame"]

EXPLANATION_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "mention": ("int64", "Number of the mention in text order, from 1."),
    "start": ("int64", "Offset of the mention in the text, code points."),
    "end": ("int64", "Offset after it."),
    "phrase": ("str", "The name as the report writes it."),
    "role": ("str", "What the name does in its sentence: event_place, actor_metonym ..."),
    "detection_score": ("float64", "How surely it is a mention of a place, 0 to 1."),
    "outcome": ("str", "placed, stand_in, override, not_a_place, override_lost, unsure, unknown or no_line."),
    "placed_at": ("str", "place_id of the place that the mention got; empty when it got none."),
    "rank": ("Int64", "Rank of the candidate's spot, from 1; missing where the name has no candidate."),
    "chosen": ("bool", "Whether the mention was placed at this candidate."),
    "score": ("float64", "The probability that a place at its spot is meant, 0 to 1."),
    "name": ("str", "Name of the candidate."),
    "kind": ("str", "country, admin1, admin2, settlement, area, line, water or landmark."),
    "country": ("str", "ISO 3166-1 alpha-3, de jure; empty when disputed."),
    "admin1": ("str", "First-level region; empty when unknown."),
    "lon": ("float64", "Longitude of the representative point, EPSG:4326 degrees."),
    "lat": ("float64", "Latitude."),
    "place_id": ("str", "Source and key."),
    "total": ("float64", "Sum of what the evidence added, in the logarithm of odds."),
    "evidence": ("str", "What each piece of evidence added, the heaviest first: '+3.1 words; -1.0 words'."),
    "reasons": ("str", "What speaks for it, in words; '; ' between reasons."),
}
"""Every column of :meth:`Explanation.to_frame`, in order: its dtype and what it holds. The index is a plain RangeIndex."""


def explanation_to_frame(told: Explanation) -> pd.DataFrame:
    """Return one row a candidate, in text order and best first; a mention without candidates has one row too."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    for mention in told.mentions:
        resolution = mention.resolution
        shared = {
            "mention": mention.number,
            "start": resolution.toponym.start,
            "end": resolution.toponym.end,
            "phrase": resolution.toponym.surface,
            "role": resolution.toponym.role.value,
            "detection_score": resolution.toponym.score,
            "outcome": mention.outcome.value,
            "placed_at": resolution.place.place_id if resolution.place else "",
        }
        rows += [shared | _candidate(one) for one in mention.candidates or (None,)]
    columns = {
        name: pd.Series([row[name] for row in rows], dtype=dtype) for name, (dtype, _) in EXPLANATION_COLUMNS.items()
    }
    return pd.DataFrame(columns)


def _candidate(one: ExplainedCandidate | None) -> dict[str, Any]:
    if one is None:
        nan = float("nan")
        empty = dict.fromkeys(("name", "kind", "country", "admin1", "place_id", "evidence", "reasons"), "")
        return {"rank": None, "chosen": False, "score": nan, "lon": nan, "lat": nan, "total": nan, **empty}
    place = one.place
    return {
        "rank": one.rank,
        "chosen": one.chosen,
        "score": one.score,
        "name": place.name,
        "kind": place.kind,
        "country": place.country or "",
        "admin1": place.admin1 or "",
        "lon": place.lon,
        "lat": place.lat,
        "place_id": place.place_id,
        "total": one.total,
        "evidence": evidence_line(one.contributions),
        "reasons": "; ".join(one.reasons),
    }
