"""Events as the files that TimeMap of Forensic Architecture fetches: events, associations and sources as JSON.

TimeMap (https://github.com/forensic-architecture/timemap) draws every event that has coordinates as a dot, so only spots get
any; it drops events without a day, so they are left out here, where that can be counted.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.atomic import replacing
from geoconflict.errors import InputError
from geoconflict.frame_checks import check_frames, credit_lines
from geoconflict.ids import content_id
from geoconflict.interchange.grounds import SPOTS, days_in_words, place_in_words, span_of
from geoconflict.interchange.writing import with_unlocated, write_credit
from geoconflict.type_styles import style_table
from geoconflict.visible import is_linkable, visible

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["to_timemap"]

_FILES: Final = ("events.json", "associations.json", "sources.json")
_DAY: Final = "%m/%d/%Y"
"""What TimeMap reads unless its DATE_FMT says otherwise."""


def to_timemap(
    events: gpd.GeoDataFrame, unlocated: pd.DataFrame, out: str | os.PathLike[str], *, attribution: str | Sequence[str]
) -> int:
    """Write events as a folder that TimeMap reads, and return the number of events in it.

    ``events.json`` is what its setting EVENTS_EXT names, ``associations.json`` ASSOCIATIONS_EXT, ``sources.json`` SOURCES_EXT;
    ``events.json-metadata.json`` holds the credit. Events without a day are left out. The parameters are those of
    :func:`geoconflict.export_events`, but `out` is a folder, made when absent.

    Raises
    ------
    InputError
        If `out` is a file or its parent does not exist, or a frame has wrong columns or another CRS.
    """
    folder = Path(out)
    check_frames(events, unlocated)
    if folder.exists() and not folder.is_dir():
        msg = f"{folder}: a dataset for TimeMap is a folder, and this is a file; choose another name"
        raise InputError(msg)
    if not folder.parent.is_dir():
        msg = f"{folder.parent}: there is no such folder; make it first"
        raise InputError(msg)
    folder.mkdir(exist_ok=True)
    frame = with_unlocated(events, unlocated)
    first, _ = span_of(frame)
    shown = frame.assign(shown_from=first)[first.notna()].sort_values(["shown_from", "event_id"], kind="stable")
    sources: dict[str, Mapping[str, Any]] = {}
    rows = [_event(row, sources) for row in shown.itertuples()]
    for name, data in zip(_FILES, (rows, _associations(shown), sources), strict=True):
        with replacing(folder / name) as temporary:
            temporary.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    write_credit(folder / _FILES[0], credit_lines(attribution))
    return len(rows)


def _event(row: Any, sources: dict[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return one event, every value a string or a list as TimeMap demands, and add its sources to `sources`."""
    told = json.loads(row.sources)
    keys = []
    for one in told:
        key = content_id("source", [one.get("report_id"), one.get("quote")])
        sources[key] = _source(key, one)
        keys.append(key)
    is_spot = row.geometry is not None and row.geometry.geom_type == "Point" and row.place_precision in SPOTS
    # A card of TimeMap shows the description and the place alone.
    said = f"{row.claimed_by}: " if row.claimed_by else ""
    quote = next((str(one["quote"]) for one in told if one.get("quote")), "")
    outlets = dict.fromkeys(" ".join(str(one.get(key) or "") for key in ("source", "url")).strip() for one in told)
    by = "; ".join(outlet for outlet in outlets if outlet)
    what = f"{row.sub_event_type or row.event_type} ({row.status}), {days_in_words(row)}"
    return {
        "id": row.event_id,
        "description": f"{what}. {said}“{quote}” ({by})",
        "date": row.shown_from.strftime(_DAY),
        "time": "",
        "time_precision": row.date_precision,
        "time_display": days_in_words(row),
        "location": place_in_words(row),
        "latitude": f"{round(row.geometry.y, 6):.10g}" if is_spot else "",
        "longitude": f"{round(row.geometry.x, 6):.10g}" if is_spot else "",
        "type": row.sub_event_type,
        "category": row.event_type,
        "associations": [row.event_type, f"status: {row.status}"],
        "sources": list(dict.fromkeys(keys)),
        "comments": f"event {row.event_id}; actors: {row.actors or 'not said'}",
    }


def _source(key: str, one: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report as a source; it has no media, so no paths."""
    text = {name: str(one.get(name) or "") for name in ("title", "url", "source", "published_on", "quote")}
    # TimeMap links whatever stands in "url".
    is_linked = is_linkable(text["url"])
    unlinked = f"(not linked: {visible(text['url'])})" if text["url"] and not is_linked else ""
    return {
        "id": key,
        "title": text["title"] or text["source"],
        "type": "Report",
        "url": text["url"] if is_linked else "",
        "description": " ".join(filter(None, (text["quote"], unlinked))),
        "author": text["source"],
        "date": text["published_on"],
        "paths": [],
    }


def _associations(shown: pd.DataFrame) -> list[dict[str, Any]]:
    """Return what TimeMap filters by: event types, coloured, and how events are told."""
    styles = style_table(shown["event_type"].unique())
    made = [
        {
            "id": kind,
            "title": kind,
            "desc": "",
            "mode": "FILTER",
            "colour": styles["types"].get(kind, styles["other"])["colour"],
            "filter_paths": ["Event type", kind],
        }
        for kind in sorted(shown["event_type"].unique())
    ]
    return made + [
        {
            "id": f"status: {status}",
            "title": status,
            "desc": "",
            "mode": "FILTER",
            "filter_paths": ["How it is told", status],
        }
        for status in sorted(shown["status"].unique())
    ]
