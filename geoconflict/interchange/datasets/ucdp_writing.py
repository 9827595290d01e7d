"""Events with the columns of UCDP GED, to write."""

from __future__ import annotations

import os
import types
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from geoconflict.interchange.datasets.actor_codes import (
    CIVILIANS,
    EXTERNAL,
    STATE,
)
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
from geoconflict.interchange.datasets.rows import Party, Rows
from geoconflict.interchange.datasets.type_codes import ucdp_types
from geoconflict.interchange.datasets.ucdp import UCDP_COLUMNS, adopted_ucdp
from geoconflict.models import EventType, PlacePrecision
from geoconflict.place_codes import NEAR_M
from geoconflict.prio_grid import prio_grid_id

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["to_ucdp"]

_WHERE: Final[Mapping[str, str]] = types.MappingProxyType(
    {
        PlacePrecision.EXACT: "1",
        PlacePrecision.TOWN: "1",
        PlacePrecision.LINE: "5",
        PlacePrecision.AREA: "5",
        PlacePrecision.ADMIN2: "3",
        PlacePrecision.ADMIN1: "4",
        PlacePrecision.REGION: "5",
        PlacePrecision.COUNTRY: "6",
        PlacePrecision.SEA: "7",
    }
)
_ORGANISED: Final = frozenset({2, 3, 4})
_BATTLE_LIKE: Final = frozenset({EventType.BATTLES.value, EventType.EXPLOSIONS.value})
_CIVILIANS_NAME: Final = "Civilians"


def to_ucdp(
    events: gpd.GeoDataFrame,
    out: str | os.PathLike[str] | None = None,
    *,
    unlocated: pd.DataFrame | None = None,
    statuses: Sequence[str] = EXPORTED_STATUSES,
    attribution: str | Sequence[str] | None = None,
) -> ExportReport:
    """Write events with the columns of UCDP GED, and return what was written and what was left out and why.

    Left out is what nobody is said to have died in, what has no two named sides that UCDP's types of violence know, events of
    other statuses, of unknown day or a period of more than a year, and without a place. All deaths stand in
    ``deaths_unknown``, for we do not know the side of the dead. UCDP's numbers of conflicts, dyads and sides, and its
    region, are left empty in new rows. Rows that came from UCDP go back cell by cell.

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
    attribution
        The lines that must go with the data; None takes those of the frame.

    Raises
    ------
    InputError
        If a frame has wrong columns or another CRS, or the file cannot be written.
    """
    frame = whole_frame(events, unlocated)
    report = export_frame(UCDP, frame, statuses)
    if out is not None:
        write_rows(report, out, suffixes=(".csv",), delimiter=",", attribution=credit_of(events, attribution))
    return report


def _cells(rows: Rows) -> Mapping[str, Sequence[str]]:
    made = [_row(rows, k) for k in range(len(rows))]
    return {name: [row.get(name, "") for row in made] for name in UCDP_COLUMNS}


def _row(rows: Rows, k: int) -> dict[str, str]:
    span, point, country = rows.spans[k], rows.points[k], rows.texts("country")[k]
    violence = _violence(rows, k)
    side_a, side_b = _side(rows.sides[k].first), _side(rows.sides[k].second)
    low, best, high = _deaths(rows, k)
    sources = rows.sources[k]
    return {
        "id": rows.own_id(k, "ucdp"),
        "year": str(span.starts_on.year) if span.starts_on else "",
        "type_of_violence": violence,
        "dyad_name": f"{side_a} - {side_b}" if side_a and side_b else "",
        "side_a": side_a,
        "side_b": _CIVILIANS_NAME if violence == "3" and not _came(rows, k) else side_b,
        "number_of_sources": str(rows.numbers("n_sources")[k] or -1),
        "source_article": ";".join(
            f'"{one.get("source") or ""},{one.get("published_on") or ""},{one.get("title") or ""}"' for one in sources
        ),
        "source_office": _joined(sources, "source"),
        "source_date": _joined(sources, "published_on"),
        "source_headline": _joined(sources, "title"),
        "source_original": rows.texts("claimed_by")[k],
        "where_prec": _where_prec(rows, k),
        "where_coordinates": rows.texts("place_name")[k],
        "adm_1": rows.texts("admin1")[k],
        "latitude": f"{point.lat:.6f}" if point else "",
        "longitude": f"{point.lon:.6f}" if point else "",
        "geom_wkt": f"POINT ({point.lon:.6f} {point.lat:.6f})" if point else "",
        "priogrid_gid": str(prio_grid_id(*point)) if point else "",
        "country": name_of(country),
        "country_id": code_of(country, "gleditsch_ward"),
        "event_clarity": "1",
        "date_prec": str(rows.ucdp_date_prec(k) or ""),
        "date_start": f"{span.starts_on} 00:00:00.000" if span.starts_on else "",
        "date_end": f"{span.ends_on} 00:00:00.000" if span.ends_on else "",
        "deaths_a": "0",
        "deaths_b": "0",
        "deaths_civilians": "0",
        "deaths_unknown": best,
        "best": best,
        "high": high,
        "low": low,
        "gwnoa": _state_number(rows.sides[k].first),
        "gwnob": _state_number(rows.sides[k].second),
    }


def _came(rows: Rows, k: int) -> bool:
    """Whether a row came from UCDP, which has names of its own for civilians."""
    return rows.texts("event_id")[k].startswith("ucdp:")


def _side(parties: Sequence[Party]) -> str:
    return ", ".join(one.name for one in parties)


def _state_number(parties: Sequence[Party]) -> str:
    states = [one for one in parties if one.inter in (STATE, EXTERNAL)]
    return code_of(states[0].country, "gleditsch_ward") if len(states) == 1 else ""


def _joined(sources: Sequence[Mapping[str, Any]], key: str) -> str:
    """Return one entry a source, also of those that say nothing, so that the lists stay parallel."""
    entries = [str(one.get(key) or "").replace(";", ",") for one in sources]
    return ";".join(entries) if any(entries) else ""


def _deaths(rows: Rows, k: int) -> tuple[str, str, str]:
    """Return low, best, high as UCDP has them: none is left open."""
    low, best, high = (rows.numbers(f"killed_{bound}")[k] for bound in ("low", "best", "high"))
    most_likely = best if best is not None else low if low is not None else 0
    least = low if low is not None else min(most_likely, high) if high is not None else most_likely
    most = high if high is not None else max(most_likely, least)
    return str(least), str(most_likely), str(most)


def _lost(rows: Rows, k: int) -> str:
    bounds = [rows.numbers(f"killed_{bound}")[k] for bound in ("low", "best", "high")]
    return (
        "low, best or high was not known ('at least 51'); the nearest known figure stands there"
        if None in bounds
        else ""
    )


def _violence(rows: Rows, k: int) -> str:
    """Return UCDP's type of violence by what happened and who the sides are; empty where it has none."""
    kind, sub = rows.texts("event_type")[k], rows.texts("sub_event_type")[k]
    own = next((code for code in ("1", "2", "3") if ucdp_types(code) == (kind, sub)), "")
    if own:
        return own
    first, second = ({one.inter for one in side} for side in (rows.sides[k].first, rows.sides[k].second))
    if kind == EventType.VIOLENCE_AGAINST_CIVILIANS or sub == "Excessive force against protesters":
        return "3"
    if kind not in _BATTLE_LIKE:
        return ""
    if CIVILIANS in second:
        return "3"
    states = {STATE, EXTERNAL}
    fighting = states | _ORGANISED
    if not (first & fighting and second & fighting):
        return ""
    return "1" if (first | second) & states else "2"


def _where_prec(rows: Rows, k: int) -> str:
    precision = rows.texts("place_precision")[k]
    if precision == PlacePrecision.NEAR:
        return "2" if rows.radii_m[k] <= NEAR_M else "5"
    return _WHERE.get(precision, "")


def _why_not(rows: Rows, k: int) -> str:
    if not any(rows.numbers(f"killed_{bound}")[k] for bound in ("low", "best", "high")):
        return "nobody is said to have died"
    if rows.ucdp_date_prec(k) is None:
        return "the day is not known, or the period is longer than a year"
    if rows.points[k] is None:
        return "no place"
    violence = _violence(rows, k)
    if not rows.sides[k].first or not (rows.sides[k].second or violence == "3"):
        return "the two sides are not named"
    if not violence:
        return "no violence between organised sides, or of one against civilians"
    return "" if _where_prec(rows, k) else "how precise the place is is not stated"


UCDP: Final = DataSet(
    "UCDP GED",
    "ucdp",
    UCDP_COLUMNS,
    adopted_ucdp,
    _cells,
    _why_not,
    # best is the sum of the four: where it changes, whose the dead were is no longer known.
    together=(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best"),),
    lost=_lost,
)
