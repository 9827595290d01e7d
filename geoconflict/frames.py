"""Events as a GeoDataFrame: the columns, what each means, and the way there and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.codes import inter_of, interaction_of, plover_contexts, plover_country, plover_of, sectors_of
from geoconflict.date_codes import acled_time_precision, ucdp_date_prec
from geoconflict.errors import InputError
from geoconflict.frame_accessor import register_accessor
from geoconflict.geo import CRS
from geoconflict.models import Casualties, Count, EquipmentLoss, Event, EventSource, Place, Report, Toll
from geoconflict.vector_file import read_vector_file

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "EQUIPMENT_COLUMNS",
    "EVENT_COLUMNS",
    "LINE_COLUMNS",
    "TOLL_COLUMNS",
    "equipment_to_frame",
    "event_row",
    "event_table",
    "events_to_frame",
    "lines_to_frame",
    "tolls_to_frame",
    "typed_table",
]

EVENT_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "event_id": ("str", "Stable id of the event (content hash)."),
    "event_type": ("str", "ACLED event type, or Diplomacy."),
    "sub_event_type": ("str", "ACLED sub-event type; of Diplomacy: talks, agreement, ceasefire, statement."),
    "status": ("str", "occurred, claimed, scheduled, hypothetical or denied; on maps of other frames also unstated."),
    "starts_on": ("datetime64[s]", "First possible day, midnight, civil; NaT when nothing bounds it from below."),
    "ends_on": ("datetime64[s]", "Last possible day, inclusive; NaT when unknown."),
    "date_precision": ("str", "day, range, week, month, year or unknown."),
    "date_basis": ("str", "stated, relative or published."),
    "ucdp_date_prec": ("Int64", "UCDP's date_prec, 1 (day) to 5 (year); missing where UCDP has no such row."),
    "acled_time_precision": (
        "Int64",
        "ACLED's time_precision, 1 (day) to 3 (month); missing where ACLED has no such row.",
    ),
    "date_text": ("str", "The words that give the date; empty when the text names none."),
    "place_id": ("str", "Source and key of the place; empty when unlocated."),
    "place_name": ("str", "Name of the place; empty when unlocated."),
    "place_kind": ("str", "country, admin1, admin2, settlement, area, line, water or landmark."),
    "place_precision": (
        "str",
        "exact, town, near, line, area, admin2, admin1, region, country or sea; on maps of other frames also unstated.",
    ),
    "radius_m": ("float64", "Half the extent the representative point stands for, in metres; NaN when unlocated."),
    "country": ("str", "ISO 3166-1 alpha-3, de jure; empty when disputed or unlocated."),
    "admin1": ("str", "First-level region; empty when unknown."),
    "place_score": ("float64", "How surely the place is the right one, 0 to 1."),
    "place_reasons": ("str", "Why this place, in words; '; ' between reasons."),
    "actors": ("str", "Names of all parties, '; ' between them."),
    "agents": ("str", "Names of those who did it."),
    "targets": ("str", "Names of those who suffered it."),
    "actor_countries": (
        "str",
        "PLOVER's country of each of `actors`, in their order: ISO alpha-3, KOS, IGO, UNO ...; '' unknown.",
    ),
    "actor_inters": ("str", "ACLED's inter code of each of `actors`, 1 to 8, by where it happened; '' unknown."),
    "actor_sectors": ("str", "PLOVER's sectors of each of `actors`, the primary one first, ',' between them."),
    "interaction": (
        "Int64",
        "ACLED's interaction of the first who did it and the first other side; missing is unknown.",
    ),
    "plover_type": ("str", "PLOVER event type; empty where it has none."),
    "plover_mode": ("str", "PLOVER mode; empty where the type has none or the text does not tell."),
    "plover_contexts": ("str", "PLOVER contexts: territory, cbrn; '; ' between them."),
    "killed_low": ("Int64", "People killed, lowest figure; missing is not stated and never 0."),
    "killed_best": ("Int64", "The one figure, where the sources mean one number."),
    "killed_high": ("Int64", "Highest figure."),
    "wounded_low": ("Int64", "People wounded, lowest figure."),
    "wounded_best": ("Int64", "The one figure."),
    "wounded_high": ("Int64", "Highest figure."),
    "captured_low": ("Int64", "People taken prisoner or abducted, lowest figure."),
    "captured_best": ("Int64", "The one figure."),
    "captured_high": ("Int64", "Highest figure."),
    "displaced_low": ("Int64", "People driven from their homes, lowest figure."),
    "displaced_best": ("Int64", "The one figure."),
    "displaced_high": ("Int64", "Highest figure."),
    "claimed_by": ("str", "Who says so, '; ' between several; empty when told as fact."),
    "disagreements": ("str", "What the sources say differently; newline between sentences."),
    "n_sources": ("int64", "How many reports tell it; all copies of one text count as one."),
    "score": ("float64", "How surely this is an event of this type, 0 to 1."),
    "sources": (
        "str",
        (
            "JSON array, one object a source, in order: report_id, source, url, title, published_on, quote, mark_start, "
            "mark_end (the evidence within the quote, code points), status, claimed_by, denied_by, blamed (who is said to have done "
            "it, '; ' between several), date_text, killed, wounded, "
            "captured, displaced (as {low, best, high} or null), victims (who they were), figures_by (who gives the figures), "
            "killed_together, wounded_together (told of several places as one figure, which counts for none of them), together "
            "(the names of these places, '; ' between them), copy_of (the report_id of the one whose text it prints, or null)."
        ),
    ),
    "geometry": ("geometry", "Point, line or polygon, EPSG:4326, longitude first; what place_precision says it is."),
}
"""Every column of an event frame, in order: its dtype and what it holds. The index is a plain RangeIndex."""
_PLAIN: Final = {name: kind for name, kind in EVENT_COLUMNS.items() if name != "geometry"}

TOLL_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "as_of": ("datetime64[s]", "The last day the figure covers."),
    "scope": (
        "str",
        (
            "war (a war or a period), place (a settlement over a period), addition (to the losses of a side) or places (one "
            "event told of several places)."
        ),
    ),
    "places": (
        "str",
        "Where people are counted, in the words of the text, '; ' between several; empty: the whole war.",
    ),
    "since": ("datetime64[s]", "The first day that the figure covers; NaT when not said."),
    "measure": ("str", "killed, wounded, captured, missing or displaced."),
    "low": ("Int64", "Lowest figure; missing is not stated."),
    "best": ("Int64", "The one figure, where one number is meant."),
    "high": ("Int64", "Highest figure."),
    "who": ("str", "Who they were, in the words of the text; empty when not said."),
    "claimed_by": ("str", "Who says so; empty when the outlet does."),
    "quote": ("str", "The words that give the figure."),
    "source": ("str", "The outlet."),
    "url": ("str", "Where it was published; empty when unknown."),
    "published_on": ("datetime64[s]", "The publication date."),
    "report_id": ("str", "The report."),
}
"""Every column of a frame of cumulative figures, in order."""
LATER_TOLL_COLUMNS: Final = frozenset({"scope", "places", "since"})
"""Columns that frames of older versions lack; they are not missed."""

EQUIPMENT_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "starts_on": ("datetime64[s]", "First day that the sentence speaks of; NaT when nothing bounds it from below."),
    "ends_on": ("datetime64[s]", "Last day, inclusive."),
    "what": (
        "str",
        "tank, armoured_vehicle, vehicle, drone, aircraft, helicopter, artillery, air_defence, ship or missile.",
    ),
    "name": ("str", "In the words of the text."),
    "low": ("Int64", "Lowest figure; missing is not stated."),
    "best": ("Int64", "The one figure, where one number is meant."),
    "high": ("Int64", "Highest figure."),
    "fate": ("str", "destroyed, shot_down, intercepted, captured, damaged or lost."),
    "owner": ("str", "Whose it was, in the words of the text; empty when not said."),
    "cumulative": ("bool", "Whether the number counts a war or a period."),
    "claimed_by": ("str", "Who says so; empty when the outlet does."),
    "quote": ("str", "The words that give the figure."),
    "source": ("str", "The outlet."),
    "url": ("str", "Where it was published; empty when unknown."),
    "published_on": ("datetime64[s]", "The publication date."),
    "report_id": ("str", "The report."),
}
"""Every column of a frame of equipment losses, in order."""


def events_to_frame(events: Iterable[Event]) -> gpd.GeoDataFrame:
    """Return the located events among `events`, one row each, in the order given.

    The frame has the columns of :data:`EVENT_COLUMNS` and the CRS EPSG:4326 (longitude, latitude). ``attrs`` holds
    ``n_unlocated`` and ``n_undated``: what is not in the frame, or has no day, is counted and never silently dropped.
    """
    import geopandas as gpd
    import shapely

    given = list(events)
    located = [event for event in given if event.place is not None]
    table = _with_common_names(event_table(located))
    wkt = [event.place.geometry for event in located if event.place is not None]
    frame = gpd.GeoDataFrame(table, geometry=shapely.from_wkt(wkt) if wkt else [], crs=CRS)
    frame.attrs["n_unlocated"] = len(given) - len(located)
    frame.attrs["n_undated"] = sum(event.when.ends_on is None for event in located)
    return frame


def _with_common_names(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of events in which each place bears one name."""
    import pyarrow as pa

    from geoconflict.place_labels import common_names

    pairs = {name: pa.array(table[name], pa.string()) for name in ("place_id", "place_name")}
    names = common_names(pa.table(pairs))
    if names:
        table["place_name"] = table["place_id"].map(names).fillna(table["place_name"])
    return table


def event_table(events: Sequence[Event]) -> pd.DataFrame:
    """Return events, one row each, with the columns of :data:`EVENT_COLUMNS` but for the geometry."""
    import pandas as pd

    return typed_table(pd.DataFrame([event_row(event) for event in events], columns=list(_PLAIN)))


def typed_table(table: pd.DataFrame) -> pd.DataFrame:
    """Give the columns of a table of events, without the geometry, the dtypes of :data:`EVENT_COLUMNS`."""
    return _typed(table, _PLAIN)


def tolls_to_frame(tolls: Iterable[tuple[Toll, Report]]) -> pd.DataFrame:
    """Return cumulative figures, one row each, with the columns of :data:`TOLL_COLUMNS`, by day, report and place in it."""
    import pandas as pd

    rows = [
        {
            "as_of": _iso(toll.as_of.ends_on),
            "scope": toll.scope,
            "places": "; ".join(toll.places),
            "since": _iso(toll.since_on),
            "measure": toll.measure,
            "low": toll.count.low,
            "best": toll.count.best,
            "high": toll.count.high,
            "who": toll.who or "",
            "claimed_by": toll.claimed_by or "",
            "quote": toll.surface,
            "source": report.source or "",
            "url": report.url or "",
            "published_on": _iso(report.published_on),
            "report_id": report.report_id,
        }
        for toll, report in sorted(
            tolls, key=lambda pair: (_iso(pair[0].as_of.ends_on) or "", pair[1].report_id, pair[0].start)
        )
    ]
    return _typed(pd.DataFrame(rows, columns=list(TOLL_COLUMNS)), TOLL_COLUMNS)


def equipment_to_frame(losses: Iterable[tuple[EquipmentLoss, Report]]) -> pd.DataFrame:
    """Return equipment losses, one row each, with the columns of :data:`EQUIPMENT_COLUMNS`, by day, report and place in it."""
    import pandas as pd

    rows = [
        {
            "starts_on": _iso(loss.when.starts_on),
            "ends_on": _iso(loss.when.ends_on),
            "what": loss.what,
            "name": loss.name,
            "low": loss.count.low,
            "best": loss.count.best,
            "high": loss.count.high,
            "fate": loss.fate,
            "owner": loss.owner or "",
            "cumulative": loss.cumulative,
            "claimed_by": loss.claimed_by or "",
            "quote": loss.surface,
            "source": report.source or "",
            "url": report.url or "",
            "published_on": _iso(report.published_on),
            "report_id": report.report_id,
        }
        for loss, report in sorted(
            losses, key=lambda pair: (_iso(pair[0].when.ends_on) or "", pair[1].report_id, pair[0].start, pair[0].what)
        )
    ]
    return _typed(pd.DataFrame(rows, columns=list(EQUIPMENT_COLUMNS)), EQUIPMENT_COLUMNS)


LINE_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "name": ("str", "Name of the line or area."),
    "valid_from": ("datetime64[s]", "First day it is drawn on; NaT is open."),
    "valid_to": ("datetime64[s]", "Last day; NaT is open."),
    "approximate": ("bool", "Whether it is drawn as approximate."),
    "note": ("str", "What the reader must know of it, with the source."),
    "colour": ("str", "A colour like #7a3b69; '' is the map's own."),
    "geometry": ("geometry", "Line or polygon, EPSG:4326, longitude first."),
}
"""Every column of a frame of context lines and areas, in order."""


def lines_to_frame(places: Sequence[Place], files: Iterable[Path] = ()) -> gpd.GeoDataFrame:
    """Return gazetteer lines and areas, and those of the user's own files, as context for a map.

    The frame has the columns of :data:`LINE_COLUMNS` and the CRS EPSG:4326. A file is one that
    :func:`~geoconflict.vector_file.read_vector_file` reads; it needs a ``name`` for each feature and may
    have the other columns. Without ``approximate`` a feature counts as approximate: nothing is drawn sharper than its
    owner says it is.

    Raises
    ------
    InputError
        If a file cannot be read, has no CRS, or its features have no name.
    """
    import geopandas as gpd
    import pandas as pd
    import shapely

    rows = [
        {
            "name": place.name,
            "valid_from": _iso(place.valid_from),
            "valid_to": _iso(place.valid_to),
            "approximate": True,
            "note": place.source,
            "colour": "",
        }
        for place in places
    ]
    geometry = [shapely.from_wkt(place.geometry) for place in places]
    columns = {name: kind for name, kind in LINE_COLUMNS.items() if name != "geometry"}
    frame = gpd.GeoDataFrame(_typed(pd.DataFrame(rows, columns=list(columns)), columns), geometry=geometry, crs=CRS)
    frames = [frame, *(_read_lines(file, columns) for file in files)]
    filled = [one for one in frames if not one.empty]
    return pd.concat(filled, ignore_index=True) if len(filled) > 1 else (filled or [frame])[0]


def _read_lines(file: Path, columns: dict[str, tuple[str, str]]) -> gpd.GeoDataFrame:
    given = read_vector_file(file)
    if given.crs is None:
        msg = f"{file}: has no CRS; save it as GeoJSON with longitude and latitude in degrees"
        raise InputError(msg)
    if "name" not in given.columns or given["name"].isna().any():
        msg = f"{file}: every line and area needs a 'name'; the columns are {', '.join(map(str, given.columns))}"
        raise InputError(msg)
    frame = given.to_crs(CRS)
    for name, (dtype, _) in columns.items():
        if name not in frame.columns:
            frame[name] = {"approximate": True, "note": file.name, "colour": ""}.get(name)
        elif dtype == "str":
            frame[name] = frame[name].fillna("")
        elif dtype == "bool":
            frame[name] = frame[name].fillna(value=True)
    return _typed(frame[[*columns, "geometry"]], columns)


def event_row(event: Event) -> dict[str, Any]:
    """Return an event as a row with the columns of :data:`EVENT_COLUMNS` but for the geometry, days as ISO 8601 text."""
    place = event.place
    when = event.when
    by_part = {part: [a.name for a in event.actors if a.part == part] for part in ("agent", "target")}
    reviewed = dict.fromkeys(note for one in event.sources if one.review for note in one.review.notes)
    placed = next((one.place_reasons for one in event.sources if one.place is not None or one.country is not None), ())
    reasons = (*reviewed, *placed)
    return {
        "event_id": event.event_id,
        "event_type": event.event_type.value,
        "sub_event_type": event.sub_event_type,
        "status": event.status.value,
        "starts_on": _iso(when.starts_on),
        "ends_on": _iso(when.ends_on),
        "date_precision": when.precision.value,
        "date_basis": when.basis.value,
        "ucdp_date_prec": ucdp_date_prec(when),
        "acled_time_precision": acled_time_precision(when),
        "date_text": when.surface or "",
        "place_id": place.place_id if place else "",
        "place_name": place.name if place else "",
        "place_kind": place.kind if place else "",
        "place_precision": place.precision.value if place else "",
        "radius_m": place.radius_m if place else None,
        "country": (place.country or "") if place else "",
        "admin1": (place.admin1 or "") if place else "",
        "place_score": event.place_score,
        "place_reasons": "; ".join(reason.replace("; ", ", ") for reason in reasons),  # read again by the separator
        "actors": "; ".join(actor.name for actor in event.actors),
        "agents": "; ".join(by_part["agent"]),
        "targets": "; ".join(by_part["target"]),
        **_codes(event),
        **_count("killed", event.killed),
        **_count("wounded", event.wounded),
        **_count("captured", event.captured),
        **_count("displaced", event.displaced),
        "claimed_by": "; ".join(event.claimed_by),
        "disagreements": "\n".join(event.disagreements),
        "n_sources": event.n_voices,
        "score": event.score,
        "sources": json.dumps([_source(source) for source in event.sources], ensure_ascii=False),
    }


def _codes(event: Event) -> dict[str, Any]:
    country = event.place.country if event.place else None
    inters = [inter_of(actor, country) for actor in event.actors]
    # Actors are ordered agents, parties, targets: the second side is the first target, else whoever comes next.
    rest = list(zip(inters, event.actors, strict=True))[1:]
    second = next((inter for inter, actor in rest if actor.part == "target"), next(iter(inters[1:]), None))
    plover_type, plover_mode = plover_of(event)
    return {
        "actor_countries": "; ".join(plover_country(actor) or "" for actor in event.actors),
        "actor_inters": "; ".join("" if inter is None else str(inter) for inter in inters),
        "actor_sectors": "; ".join(",".join(sectors_of(actor)) for actor in event.actors),
        "interaction": interaction_of(next(iter(inters), None), second),
        "plover_type": plover_type,
        "plover_mode": plover_mode,
        "plover_contexts": "; ".join(plover_contexts(event)),
    }


def _source(source: EventSource) -> dict[str, Any]:
    mention = source.mention
    casualties = mention.casualties
    return {
        "report_id": mention.report_id,
        "source": source.source,
        "url": source.url,
        "title": source.title,
        "published_on": _iso(source.published_on),
        "quote": source.full_quote,
        "mark_start": mention.start - source.quote_start,
        "mark_end": mention.end - source.quote_start,
        "status": mention.status.value,
        "claimed_by": mention.claimed_by,
        "denied_by": mention.denied_by,
        "blamed": "; ".join(one.name for one in mention.blamed) or None,
        "date_text": mention.when.surface,
        **{name: _bounds(casualties, name) for name in ("killed", "wounded", "captured", "displaced")},
        "victims": casualties.who if casualties else None,
        "figures_by": casualties.claimed_by if casualties else None,
        **{f"{name}_together": _bounds(mention.together, name) for name in ("killed", "wounded")},
        "together": "; ".join(mention.places_together) or None,
        "copy_of": source.copy_of,
    }


def _bounds(casualties: Casualties | None, name: str) -> dict[str, Any] | None:
    count: Count | None = getattr(casualties, name) if casualties else None
    return count.to_dict() if count else None


def _count(name: str, count: Count | None) -> dict[str, int | None]:
    return {f"{name}_{bound}": getattr(count, bound) if count else None for bound in ("low", "best", "high")}


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()


def _typed(frame: pd.DataFrame, columns: dict[str, tuple[str, str]]) -> pd.DataFrame:
    """Give every column its dtype, also in an empty frame: pandas would otherwise guess a different one each time."""
    register_accessor()
    return frame.astype({name: dtype for name, (dtype, _) in columns.items()})
