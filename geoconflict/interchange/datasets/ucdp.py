"""UCDP's Georeferenced Event Dataset, to read: yearly releases, candidate releases, what its service answers."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from geoconflict.interchange.datasets.actor_codes import (
    CIVILIANS,
    EXTERNAL,
    REBELS,
    STATE,
    actor_columns,
    sector_of_inter,
)
from geoconflict.interchange.datasets.adopting import (
    Point,
    coded_places,
    counts,
    days,
    event_frame,
    in_slices,
    is_calendar_month,
    is_calendar_year,
    points,
    span_columns,
)
from geoconflict.interchange.datasets.country_codes import alpha3_of, alpha3_of_name
from geoconflict.interchange.datasets.faults import Faults, Faulty
from geoconflict.interchange.datasets.plover_codes import plover_columns
from geoconflict.interchange.datasets.rows import Party
from geoconflict.interchange.datasets.tables import Given, Table, open_table
from geoconflict.interchange.datasets.type_codes import ucdp_types

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["UCDP_COLUMNS", "UCDP_CREDIT", "UCDP_NEEDED", "adopted_ucdp", "read_ucdp_ged"]

UCDP_COLUMNS: Final = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa",
    "gwnob",
)  # fmt: skip
"""The columns of UCDP GED 23.1 and later, in their order."""
UCDP_CREDIT: Final = ("Data: Uppsala Conflict Data Program, UCDP GED, CC BY 4.0, ucdp.uu.se",)
UCDP_NEEDED: Final = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "latitude", "longitude", "date_prec", "date_start",
    "date_end", "best", "high", "low",
)  # fmt: skip
"""Those without which nothing can be read."""
_DEGREES: Final = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
_WKT: Final = re.compile(rf"POINT\s*\(\s*{_DEGREES}\s+{_DEGREES}\s*\)", re.IGNORECASE)
_COUNT: Final = re.compile(r"[1-9]\d{0,8}")
_HARDLY_DEG: Final = 1e-4


def read_ucdp_ged(given: Given, *, encoding: str = "utf-8", faulty: Faulty = "refuse") -> gpd.GeoDataFrame:
    """Return events of UCDP GED or of its candidate releases as an event frame.

    Parameters
    ----------
    given
        A CSV or JSON file of UCDP's, as released or as its service answers, also packed; or a frame with its columns.
    encoding
        Of a CSV file.
    faulty
        ``"refuse"``: raise with every fault named. ``"keep"``: leave open what is unusable and list it in
        ``attrs["faults"]``.

    Returns
    -------
    geopandas.GeoDataFrame
        With the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326, and after them each column of the file as text
        (``ucdp:relid``). A point of ``where_prec`` 3 to 7 stands in for a larger place, as ``place_precision`` says;
        its radius is of that kind of place, for the data do not tell. UCDP does not say how people were killed, so
        ``sub_event_type`` is its own type of violence.

    Raises
    ------
    InputError
        If it is no table of UCDP's, or has faulty rows and these are not to be kept.
    """
    faults = Faults("the frame" if not isinstance(given, str | os.PathLike) else str(given))
    table = open_table(given, UCDP_COLUMNS, UCDP_NEEDED, faults=faults, encodings=(encoding,), kind="UCDP GED")
    frame = in_slices(adopted_ucdp, table, faults)
    frame.attrs["faults"] = faults.settle(faulty)
    frame.attrs["attribution"] = UCDP_CREDIT
    return frame


def adopted_ucdp(table: Table, faults: Faults) -> gpd.GeoDataFrame:
    """Return rows of UCDP GED as an event frame; what is wrong with them goes into `faults`."""
    starts, ends = (days(table, name, faults) for name in ("date_start", "date_end"))
    spans = [_span(*row, faults) for row in zip(starts, ends, table.cells("date_prec"), table.places, strict=True)]
    at = points(table, "longitude", "latitude", faults)
    for point, text, place in zip(at, table.cells("geom_wkt"), table.places, strict=True):
        _check_wkt(point, text, place, faults)
    kinds = coded_places(table, "where_prec", faults)
    violence = [code.removesuffix(".0") for code in table.cells("type_of_violence")]
    types_ = [ucdp_types(code) for code in violence]
    for (kind, _), code, place in zip(types_, violence, table.places, strict=True):
        if not kind:
            faults.add("type_of_violence is none of 1, 2, 3", place, code, "correct it")
    countries = [
        alpha3_of(code.removesuffix(".0"), "gleditsch_ward") or alpha3_of_name(name)
        for code, name in zip(table.cells("country_id"), table.cells("country"), strict=True)
    ]
    parties = [
        _parties(*row)
        for row in zip(
            violence, countries, *(table.cells(name) for name in ("side_a", "gwnoa", "side_b", "gwnob")), strict=True
        )
    ]
    is_one_sided = [code == "3" for code in violence]
    told = [_sources(*row) for row in zip(*(table.cells(name) for name in _SOURCE_COLUMNS), strict=True)]
    values: dict[str, Any] = {
        "event_type": [kind for kind, _ in types_],
        "sub_event_type": [sub for _, sub in types_],
        "status": "occurred",
        **span_columns(spans),
        "place_name": table.cells("where_coordinates"),
        "place_kind": [kind for _, kind, _ in kinds],
        "place_precision": [precision for precision, _, _ in kinds],
        "radius_m": [radius for _, _, radius in kinds],
        "country": countries,
        "admin1": table.cells("adm_1"),
        **actor_columns(parties),
        "agents": [
            row[0].name if row and one_sided else "" for row, one_sided in zip(parties, is_one_sided, strict=True)
        ],
        "targets": [
            row[1].name if len(row) > 1 and one_sided else ""
            for row, one_sided in zip(parties, is_one_sided, strict=True)
        ],
        **plover_columns([kind for kind, _ in types_], [sub for _, sub in types_]),
        "killed_low": counts(table, "low", faults),
        "killed_best": counts(table, "best", faults),
        "killed_high": counts(table, "high", faults),
        "n_sources": [
            int(number) if _COUNT.fullmatch(number) else max(1, len(sources))
            for number, sources in zip(table.cells("number_of_sources"), told, strict=True)
        ],
        "sources": [json.dumps(sources, ensure_ascii=False) for sources in told],
    }
    return event_frame(table, "ucdp", table.cells("id"), values, at, faults)


_SOURCE_COLUMNS: Final = ("id", "source_article", "source_office", "source_date", "source_headline")


def _span(
    first: dt.date | None, last: dt.date | None, code: str, place: str, faults: Faults
) -> tuple[dt.date | None, dt.date | None, str]:
    """Return first and last day and precision, in the words that the two days bear out."""
    code = code.removesuffix(".0")
    if first is None or last is None:
        return first, last or first, "unknown"
    if last < first:
        faults.add("date_end lies before date_start", place, f"{first} to {last}", "correct one of them")
        return last, first, "range"
    if code not in ("1", "2", "3", "4", "5"):
        faults.add("date_prec is none of 1, 2, 3, 4, 5", place, code, "correct it")
        return first, last, "unknown"
    if code == "1":
        return first, last, "day" if first == last else "range"
    if code == "3":
        return first, last, "week"
    if code == "4" and is_calendar_month(first, last):
        return first, last, "month"
    return first, last, "year" if code == "5" and is_calendar_year(first, last) else "range"


def _check_wkt(point: Point | None, text: str, place: str, faults: Faults) -> None:
    match = _WKT.fullmatch(text)
    if point is None or match is None:
        return
    lon, lat = float(match[1]), float(match[2])
    if abs(lon - point.lon) > _HARDLY_DEG or abs(lat - point.lat) > _HARDLY_DEG:
        what = "geom_wkt is another point than latitude and longitude"
        faults.add(what, place, text, "correct the one that is wrong: WKT has longitude first")


def _parties(violence: str, country: str, side_a: str, gwnoa: str, side_b: str, gwnob: str) -> list[Party]:
    found = []
    for k, (name, number) in enumerate(((side_a, gwnoa), (side_b, gwnob))):
        # What acts for several states has several numbers.
        state = alpha3_of(number.removesuffix(".0"), "gleditsch_ward")
        inter: int | None = None
        if number and number.removesuffix(".0") != "0":
            inter = EXTERNAL if state and country and state != country else STATE
        elif violence == "3" and k == 1:
            inter = CIVILIANS
        elif violence == "1":
            inter = REBELS
        if name:
            found.append(Party(name.replace(";", ","), inter, state, sector_of_inter(inter)))
    return found


def _sources(event_id: str, article: str, offices: str, dates: str, headlines: str) -> list[dict[str, Any]]:
    """Return one object a source; where the parallel lists are not parallel, the article list as one."""
    lists = [[one.strip() for one in text.split(";")] if text else [] for text in (offices, dates, headlines)]
    if not any(lists):
        lists = [[], [], [article]] if article else lists
    elif len({len(one) for one in lists if one}) > 1:
        lists = [["; ".join(one)] if one else [] for one in lists]
    return [
        {
            "report_id": f"ucdp:{event_id}:{k}",
            "source": office or None,
            "url": None,
            "title": headline or None,
            "published_on": date[:10] or None,
            "quote": headline,
        }
        for k, (office, date, headline) in enumerate(zip_longest(*lists, fillvalue=""))
    ]
