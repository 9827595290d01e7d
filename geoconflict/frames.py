"""Events as a GeoDataFrame: the columns, what each means, and the way there and back."""

from __future__ import annotations

from typing import Final

__all__ = ["EVENT_COLUMNS"]

EVENT_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "event_id": ("str", "Stable id of the event (content hash)."),
    "event_type": ("str", "ACLED event type, or Diplomacy."),
    "sub_event_type": ("str", "ACLED sub-event type; of Diplomacy: talks, agreement, ceasefire, statement."),
    "status": ("str", "occurred, claimed, scheduled, hypothetical or denied."),
    "starts_on": ("datetime64[s]", "First possible day, midnight, civil; NaT when nothing bounds it from below."),
    "ends_on": ("datetime64[s]", "Last possible day, inclusive; NaT when unknown."),
    "date_precision": ("str", "day, range, week, month, year or unknown."),
    "date_basis": ("str", "stated, relative or published."),
    "date_text": ("str", "The words that give the date; empty when the text names none."),
    "place_id": ("str", "Source and key of the place; empty when unlocated."),
    "place_name": ("str", "Name of the place; empty when unlocated."),
    "place_kind": ("str", "country, admin1, admin2, settlement, area, line, water or landmark."),
    "place_precision": ("str", "exact, town, near, line, area, admin2, admin1, region, country or sea."),
    "radius_m": ("float64", "Half the extent the representative point stands for, in metres; NaN when unlocated."),
    "country": ("str", "ISO 3166-1 alpha-3, de jure; empty when disputed or unlocated."),
    "admin1": ("str", "First-level region; empty when unknown."),
    "place_score": ("float64", "How surely the place is the right one, 0 to 1."),
    "place_reasons": ("str", "Why this place, in words; '; ' between reasons."),
    "actors": ("str", "Names of all parties, '; ' between them."),
    "agents": ("str", "Names of those who did it."),
    "targets": ("str", "Names of those who suffered it."),
    "killed_low": ("Int64", "People killed, lowest figure; missing is not stated and never 0."),
    "killed_best": ("Int64", "The one figure, where the sources mean one number."),
    "killed_high": ("Int64", "Highest figure."),
    "wounded_low": ("Int64", "People wounded, lowest figure."),
    "wounded_best": ("Int64", "The one figure."),
    "wounded_high": ("Int64", "Highest figure."),
    "claimed_by": ("str", "Who says so, '; ' between several; empty when told as fact."),
    "disagreements": ("str", "What the sources say differently; newline between sentences."),
    "n_sources": ("int64", "How many reports tell it."),
    "score": ("float64", "How surely this is an event of this type, 0 to 1."),
    "sources": (
        "str",
        "JSON array, one object a source, in order: report_id, source, url, title, published_on, quote, mark_start, "
        "mark_end (the evidence within the quote, code points), status, claimed_by, date_text, killed, wounded "
        "(as {low, best, high} or null).",
    ),
    "geometry": ("geometry", "Point, line or polygon, EPSG:4326, longitude first; what place_precision says it is."),
}
"""Every column of an event frame, in order: its dtype and what it holds. The index is a plain RangeIndex."""
