"""Events as PLOVER's JSON lines: every status, for what is only planned or denied is said beside it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.codes import PLOVER_MODES
from geoconflict.event_extents import checked_statuses
from geoconflict.interchange.datasets.exporting import ExportReport, credit_of, whole_frame
from geoconflict.interchange.datasets.plover_codes import QUAD_CODES, score_of
from geoconflict.interchange.datasets.rows import Party, Rows
from geoconflict.interchange.files import check_suffix
from geoconflict.interchange.writing import replacing_with_credit
from geoconflict.models import Status

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["to_plover"]

_ALL: Final = (*(str(one) for one in Status), "unstated")
_AUXILIARY: Final = {Status.SCHEDULED: "future", Status.HYPOTHETICAL: "hypothetical", Status.DENIED: "negation"}
"""PLOVER's auxiliary modes; its manual defines them and its programs do not write them yet, so they stand in the comment."""
_NEEDS_RECIPIENT: Final = frozenset({"COOPERATE", "AID", "SANCTION"})


def to_plover(
    events: gpd.GeoDataFrame,
    out: str | os.PathLike[str] | None = None,
    *,
    unlocated: pd.DataFrame | None = None,
    statuses: Sequence[str] = _ALL,
    attribution: str | Sequence[str] | None = None,
) -> ExportReport:
    """Write events as JSON lines of PLOVER 2.0, and return what was written and what was left out and why.

    Every status is exported: of what is planned, hypothetical or denied the auxiliary mode stands in ``comment``. Left out are
    events without a PLOVER type, of unknown day, and of a type that needs a recipient where none is known.

    Parameters
    ----------
    events
        With the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    out
        A ``.jsonl`` file; None writes nothing, and the lines are in the report's ``table``, column ``json``.
    unlocated
        Events without a place; they are written without ``event_loc``.
    statuses
        What is exported.
    attribution
        The lines that must go with the data; None takes those of the frame.

    Raises
    ------
    InputError
        If a frame has wrong columns or another CRS, or the file cannot be written.
    """
    import pandas as pd

    frame = whole_frame(events, unlocated)
    statuses = checked_statuses(frame, statuses)
    rows = Rows(frame)
    lines: list[str] = []
    left_out: dict[str, list[str]] = {}
    for k, (event_id, status) in enumerate(zip(rows.texts("event_id"), rows.texts("status"), strict=True)):
        reason = _why_not(rows, k) if status in statuses else f"the event is {status or 'of no status'}"
        if reason:
            left_out.setdefault(reason, []).append(event_id)
        else:
            lines.append(json.dumps(_record(rows, k), ensure_ascii=False, allow_nan=False))
    report = ExportReport(
        dataset="PLOVER",
        n_rows=len(lines),
        left_out={reason: tuple(ids) for reason, ids in left_out.items()},
        table=pd.DataFrame({"json": lines}, dtype="str"),
    )
    if out is not None:
        target = Path(out)
        check_suffix(target, (".jsonl",))
        with replacing_with_credit(target, credit_of(events, attribution)) as temporary:
            # Half a character of foreign text must not keep the rest from being written.
            temporary.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"))
    return report


def _why_not(rows: Rows, k: int) -> str:
    kind = rows.texts("plover_type")[k]
    if kind not in PLOVER_MODES:
        return "no event type of PLOVER's"
    if rows.best_day(k) is None:
        return "the day is not known"
    if kind in _NEEDS_RECIPIENT and not rows.sides[k].second:
        return "PLOVER's type needs a recipient, and none is known"
    return ""


def _record(rows: Rows, k: int) -> dict[str, Any]:
    kind, mode = rows.texts("plover_type")[k], rows.texts("plover_mode")[k]
    sides, span, sources = rows.sides[k], rows.spans[k], rows.sources[k]
    day = rows.best_day(k)
    # Two-sided violence has all its parties as actors.
    is_mutual = not rows.texts("targets")[k] and kind == "ASSAULT"
    actors = [*sides.first, *sides.second, *sides.others] if is_mutual else [*sides.first, *sides.others]
    record: dict[str, Any] = {
        "id": rows.texts("event_id")[k],
        "date": "" if day is None else day.isoformat(),
        "actor": [_actor(one) for one in actors],
        "event": [kind],
        "recipient": [] if is_mutual else [_actor(one) for one in sides.second],
        "quad_code": QUAD_CODES[kind],
        "event_scale": score_of(kind, mode),
        "mode": [mode] if mode else [],
        "context": [one for one in re.split(r";\s*", rows.texts("plover_contexts")[k]) if one],
        "coder": "geoconflict",
    }
    if span.ends_on is not None and span.ends_on != day:
        record["enddate"] = span.ends_on.isoformat()
    if (place := _place(rows, k)) is not None:
        record["event_loc"] = place
    if sources:
        first = sources[0]
        record["text"] = first.get("quote") or ""
        record["link"] = first.get("url")
        record["cite_info"] = "; ".join(rows.told(k, "source"))
    status = rows.texts("status")[k]
    told = [f"auxiliary mode: {_AUXILIARY[Status(status)]}" if status in tuple(_AUXILIARY) else ""]
    told.append(f"status: {status}")
    told.append(f"claimed by: {rows.texts('claimed_by')[k]}" if rows.texts("claimed_by")[k] else "")
    record["comment"] = "; ".join(filter(None, told))
    return record


def _actor(party: Party) -> dict[str, Any]:
    return {
        "raw_text": party.name,
        "entity_name": party.name,
        "country_name": party.country or None,
        "sector_code": party.sectors[0] if party.sectors else None,
        "other_sector_codes": list(party.sectors[1:]),
    }


def _place(rows: Rows, k: int) -> dict[str, Any] | None:
    point = rows.points[k]
    if point is None:
        return None
    return {
        "name": rows.texts("place_name")[k],
        "country": rows.texts("country")[k] or None,
        "admin1": rows.texts("admin1")[k] or None,
        "lat": round(point.lat, 6),
        "lon": round(point.lon, 6),
        "precision": rows.texts("place_precision")[k],
        "place_id": rows.texts("place_id")[k] or None,
    }
