"""Events with ACLED's columns, to write."""

from __future__ import annotations

import datetime as dt
import os
import types
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, Literal

from geoconflict.codes import INTER_NAMES, interaction_name, interaction_of
from geoconflict.errors import InputError
from geoconflict.interchange.datasets.acled import ACLED_COLUMNS, CIVILIAN_TARGETING, adopted_acled
from geoconflict.interchange.datasets.actor_codes import CIVILIANS, inter_of_text
from geoconflict.interchange.datasets.country_codes import code_of, name_of
from geoconflict.interchange.datasets.exporting import (
    EXPORTED_STATUSES,
    DataSet,
    ExportReport,
    credit_of,
    export_frame,
    whole_frame,
    write_rows,
)
from geoconflict.interchange.datasets.rows import Rows
from geoconflict.interchange.datasets.type_codes import acled_types
from geoconflict.models import PlacePrecision
from geoconflict.place_codes import NEAR_M

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["to_acled"]

_POLITICAL, _DEMONSTRATIONS = "Political violence", "Demonstrations"
_DISORDER: Final[Mapping[str, str]] = types.MappingProxyType(
    {
        "Battles": _POLITICAL,
        "Explosions/Remote violence": _POLITICAL,
        "Violence against civilians": _POLITICAL,
        "Mob violence": _POLITICAL,
        "Violent demonstration": _DEMONSTRATIONS,
        "Peaceful protest": _DEMONSTRATIONS,
        "Protest with intervention": _DEMONSTRATIONS,
        "Excessive force against protesters": f"{_POLITICAL}; {_DEMONSTRATIONS}",
        "Strategic developments": "Strategic developments",
    }
)
_PRECISE: Final = frozenset({PlacePrecision.EXACT, PlacePrecision.TOWN})
_UNREPORTED: Final = "fatalities unreported"


def to_acled(
    events: gpd.GeoDataFrame,
    out: str | os.PathLike[str] | None = None,
    *,
    unlocated: pd.DataFrame | None = None,
    statuses: Sequence[str] = EXPORTED_STATUSES,
    inter: Literal["as read", "text", "number"] = "as read",
    attribution: str | Sequence[str] | None = None,
) -> ExportReport:
    """Write events with ACLED's columns, and return what was written and what was left out and why.

    Left out are talks and statements, events of other statuses, of unknown day or a period of more than a month, without a
    place or known to the country alone. Agreements and ceasefires become Strategic developments / Agreement. Rows that came
    from ACLED go back cell by cell.

    Parameters
    ----------
    events
        With the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    out
        A ``.csv`` file; None writes nothing, and the rows are in the report's ``table``.
    unlocated
        Events without a place; they are counted as left out.
    statuses
        What is exported.
    inter
        How inter codes are written: ``"text"`` as since September 2024, ``"number"`` as before, ``"as read"`` as they came,
        and as text in new rows.
    attribution
        The lines that must go with the data; None takes those of the frame.

    Raises
    ------
    InputError
        If a frame has wrong columns or another CRS, or the file cannot be written.
    """
    if inter not in ("as read", "text", "number"):
        msg = f"inter: {inter!r} is none of 'as read', 'text', 'number'"
        raise InputError(msg)
    frame = whole_frame(events, unlocated)
    report = export_frame(ACLED, frame, statuses)
    if inter != "as read":
        _recode(report.table, inter)
    if out is not None:
        write_rows(report, out, suffixes=(".csv",), delimiter=",", attribution=credit_of(events, attribution))
    return report


def _recode(table: pd.DataFrame, inter: str) -> None:
    """Write inter codes as numbers or as text, with the interaction that they make; others stay as they are."""
    first, second = ([inter_of_text(cell) for cell in table[name]] for name in ("inter1", "inter2"))
    for name, codes in (("inter1", first), ("inter2", second)):
        table[name] = [
            cell if code is None else str(code) if inter == "number" else INTER_NAMES[code]
            for cell, code in zip(table[name], codes, strict=True)
        ]
    both = [interaction_of(*pair) for pair in zip(first, second, strict=True)]
    table["interaction"] = [
        cell if code is None or not cell else str(code) if inter == "number" else interaction_name(code)
        for cell, code in zip(table["interaction"], both, strict=True)
    ]


def _cells(rows: Rows) -> Mapping[str, Sequence[str]]:
    made = [_row(rows, k) for k in range(len(rows))]
    return {name: [row.get(name, "") for row in made] for name in ACLED_COLUMNS}


def _row(rows: Rows, k: int) -> dict[str, str]:
    kind, sub = acled_types(rows.texts("event_type")[k], rows.texts("sub_event_type")[k])
    day, sides, point = _middle(rows, k), rows.sides[k], rows.points[k]
    first = next(iter(sides.first), None)
    second = next(iter(sides.second), None)
    inters = [None if one is None else one.inter for one in (first, second)]
    # "Civilians only" would say that nobody else took part; of an actor whose kind is not known nothing can be said.
    is_open = any(one is not None and one.inter is None for one in (first, second))
    interaction = None if is_open else interaction_of(*inters)
    country = rows.texts("country")[k]
    best, low = rows.numbers("killed_best")[k], rows.numbers("killed_low")[k]
    return {
        "event_id_cnty": rows.own_id(k, "acled"),
        "event_date": day.isoformat() if day else "",
        "year": str(day.year) if day else "",
        "time_precision": str(rows.acled_time_precision(k) or ""),
        "disorder_type": _DISORDER.get(sub, _DISORDER.get(kind, "")),
        "event_type": kind,
        "sub_event_type": sub,
        "actor1": first.name if first else "",
        "assoc_actor_1": "; ".join(one.name for one in sides.first[1:]),
        "inter1": INTER_NAMES.get(inters[0] or 0, ""),
        "actor2": second.name if second else "",
        "assoc_actor_2": "; ".join(one.name for one in sides.second[1:]),
        "inter2": INTER_NAMES.get(inters[1] or 0, ""),
        "interaction": "" if interaction is None else interaction_name(interaction),
        "civilian_targeting": CIVILIAN_TARGETING if rows.texts("targets")[k] and CIVILIANS in inters[1:] else "",
        "iso": code_of(country, "numeric"),
        "country": name_of(country),
        "admin1": rows.texts("admin1")[k],
        "location": rows.texts("place_name")[k],
        "latitude": f"{point.lat:.4f}" if point else "",
        "longitude": f"{point.lon:.4f}" if point else "",
        "geo_precision": _geo_precision(rows, k),
        "source": "; ".join(rows.told(k, "source")),
        "notes": _notes(rows, k, is_unreported=best is None and low is None),
        "fatalities": str(best if best is not None else low or 0),
    }


def _middle(rows: Rows, k: int) -> dt.date | None:
    """Return the day, and of a longer span the day in the middle, as ACLED dates weeks and months."""
    span = rows.spans[k]
    if span.starts_on is None or span.ends_on is None:
        return None
    return span.starts_on + (span.ends_on - span.starts_on) // 2


def _geo_precision(rows: Rows, k: int) -> str:
    precision = rows.texts("place_precision")[k]
    if precision in _PRECISE:
        return "1"
    if precision in (PlacePrecision.NEAR, PlacePrecision.ADMIN2):
        return "2"
    if precision in (PlacePrecision.LINE, PlacePrecision.AREA):
        return "2" if rows.radii_m[k] <= NEAR_M else "3"
    return "3" if precision in (PlacePrecision.ADMIN1, PlacePrecision.REGION) else ""


def _notes(rows: Rows, k: int, *, is_unreported: bool) -> str:
    quotes = rows.told(k, "quote") or rows.told(k, "title")
    claimed = rows.texts("claimed_by")[k]
    others = "; ".join(one.name for one in rows.sides[k].others)
    parts = [
        f"Claimed by {claimed}." if claimed else "",
        quotes[0] if quotes else "",
        f"Also named: {others}." if others else "",
        f"({_UNREPORTED})" if is_unreported else "",
    ]
    return " ".join(filter(None, parts))


def _why_not(rows: Rows, k: int) -> str:
    kind, sub = rows.texts("event_type")[k], rows.texts("sub_event_type")[k]
    if not all(acled_types(kind, sub)):
        return "talks and statements are no events of ACLED's" if kind == "Diplomacy" else "no event type of ACLED's"
    if rows.acled_time_precision(k) is None:
        return "the day is not known, or the period is longer than a month"
    if rows.points[k] is None:
        return "no place"
    if rows.texts("place_precision")[k] == PlacePrecision.COUNTRY:
        return "known to the country alone"
    if rows.texts("place_precision")[k] == PlacePrecision.SEA:
        return "at sea or in the air"
    return "" if _geo_precision(rows, k) else "how precise the place is is not stated"


ACLED: Final = DataSet("ACLED", "acled", ACLED_COLUMNS, adopted_acled, _cells, _why_not)
