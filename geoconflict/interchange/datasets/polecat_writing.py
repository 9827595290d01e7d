"""Events with POLECAT's columns, to write."""

from __future__ import annotations

import os
import types
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from geoconflict.codes import PLOVER_MODES
from geoconflict.interchange.datasets.country_codes import name_of
from geoconflict.interchange.datasets.exporting import (
    EXPORTED_STATUSES,
    DataSet,
    ExportReport,
    credit_of,
    export_frame,
    whole_frame,
    write_rows,
)
from geoconflict.interchange.datasets.plover_codes import QUAD_CODES, score_of
from geoconflict.interchange.datasets.polecat import GEONAMES, POLECAT_COLUMNS, adopted_polecat
from geoconflict.interchange.datasets.rows import Party, Rows
from geoconflict.models import PlacePrecision

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["to_polecat"]

# What of our place goes into which column, besides the country.
_FILLED: Final[Mapping[str, str]] = types.MappingProxyType(
    {
        PlacePrecision.EXACT: "City",
        PlacePrecision.TOWN: "City",
        PlacePrecision.NEAR: "City",
        PlacePrecision.ADMIN2: "District",
        PlacePrecision.ADMIN1: "Province",
    }
)
_WITH_PROVINCE: Final = frozenset(
    {
        PlacePrecision.EXACT,
        PlacePrecision.TOWN,
        PlacePrecision.NEAR,
        PlacePrecision.ADMIN2,
        PlacePrecision.LINE,
        PlacePrecision.AREA,
    }
)


def to_polecat(
    events: gpd.GeoDataFrame,
    out: str | os.PathLike[str] | None = None,
    *,
    unlocated: pd.DataFrame | None = None,
    statuses: Sequence[str] = EXPORTED_STATUSES,
    attribution: str | Sequence[str] | None = None,
) -> ExportReport:
    """Write events with POLECAT's columns, and return what was written and what was left out and why.

    Left out are events without a PLOVER type, of other statuses and of unknown day. Of a span of days the first is written.
    Events without a place have empty place columns; POLECAT has no column for casualties. Rows that came from POLECAT go
    back cell by cell.

    Parameters
    ----------
    events
        With the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326.
    out
        A tab-separated ``.txt`` or ``.tsv`` file; None writes nothing, and the rows are in the report's ``table``.
    unlocated
        Events without a place.
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
    report = export_frame(POLECAT, frame, statuses)
    if out is not None:
        write_rows(report, out, suffixes=(".txt", ".tsv"), delimiter="\t", attribution=credit_of(events, attribution))
    return report


def _cells(rows: Rows) -> Mapping[str, Sequence[str]]:
    made = [_row(rows, k) for k in range(len(rows))]
    return {name: [row.get(name, "") for row in made] for name in POLECAT_COLUMNS}


def _row(rows: Rows, k: int) -> dict[str, str]:
    kind, mode = rows.texts("plover_type")[k], rows.texts("plover_mode")[k]
    day, sides, point = rows.best_day(k), rows.sides[k], rows.points[k]
    score = score_of(kind, mode)
    place_id, precision = rows.texts("place_id")[k], rows.texts("place_precision")[k]
    place = {_FILLED[precision]: rows.texts("place_name")[k]} if precision in _FILLED else {}
    if precision in _WITH_PROVINCE:
        place["Province"] = rows.texts("admin1")[k]
    sources = rows.sources[k]
    return {
        "Event ID": rows.own_id(k, "polecat"),
        "Event Date": day.isoformat() if day else "",
        "Event Type": kind,
        "Event Mode": mode,
        "Intensity": "" if score is None else f"{score:g}",
        "Quad Code": str(QUAD_CODES.get(kind, "")),
        "Contexts": rows.texts("plover_contexts")[k],
        **_actor("Actor", sides.first),
        **_actor("Recipient", sides.second),
        "Placename": rows.texts("place_name")[k],
        **place,
        "Country": name_of(rows.texts("country")[k]),
        "Latitude": f"{point.lat:.6f}" if point else "",
        "Longitude": f"{point.lon:.6f}" if point else "",
        "GeoNames ID": place_id.removeprefix(GEONAMES) if place_id.startswith(GEONAMES) else "",
        "Source": "; ".join(rows.told(k, "source")),
        "Publication Date": str(sources[0].get("published_on") or "") if sources else "",
    }


def _actor(role: str, side: Sequence[Party]) -> dict[str, str]:
    if not side:
        return {}
    countries = list(dict.fromkeys(one.country for one in side if one.country))
    sectors = list(dict.fromkeys(code for one in side for code in one.sectors))
    return {
        f"{role} Name": "; ".join(one.name for one in side),
        f"{role} Country": "; ".join(countries),
        f"Primary {role} Sector": sectors[0] if sectors else "",
        f"{role} Sectors": "; ".join(sectors),
    }


def _why_not(rows: Rows, k: int) -> str:
    if rows.texts("plover_type")[k] not in PLOVER_MODES:
        return "no event type of PLOVER's"
    return "" if rows.best_day(k) is not None else "the day is not known"


POLECAT: Final = DataSet("POLECAT", "polecat", POLECAT_COLUMNS, adopted_polecat, _cells, _why_not)
