"""ACLED's event data, to read: 31 columns, the inter codes as numbers or as text."""

from __future__ import annotations

import datetime as dt
import json
import os
from typing import TYPE_CHECKING, Any, Final

from geoconflict.interchange.datasets.actor_codes import CIVILIANS, STATE, actor_columns, inter_of_text, sector_of_inter
from geoconflict.interchange.datasets.adopting import (
    coded_places,
    counts,
    days,
    event_frame,
    in_slices,
    points,
    span_columns,
)
from geoconflict.interchange.datasets.country_codes import alpha3_of, alpha3_of_name
from geoconflict.interchange.datasets.faults import Faults, Faulty
from geoconflict.interchange.datasets.plover_codes import plover_columns
from geoconflict.interchange.datasets.rows import Party
from geoconflict.interchange.datasets.tables import Given, Table, open_table
from geoconflict.interchange.datasets.type_codes import is_acled_type

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["ACLED_COLUMNS", "ACLED_CREDIT", "ACLED_NEEDED", "CIVILIAN_TARGETING", "adopted_acled", "read_acled"]

ACLED_COLUMNS: Final = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
"""The columns of ACLED's files, in their order."""
ACLED_CREDIT: Final = (
    "Data: ACLED (Armed Conflict Location & Event Data), acleddata.com; its terms of use apply and do not allow passing rows on.",
)
ACLED_NEEDED: Final = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "latitude", "longitude",
    "geo_precision", "fatalities",
)  # fmt: skip
"""Those without which nothing can be read."""
CIVILIAN_TARGETING: Final = "Civilian targeting"
"""What a cell says where civilians were aimed at."""


def read_acled(given: Given, *, encoding: str = "utf-8", faulty: Faulty = "refuse") -> gpd.GeoDataFrame:
    """Return events of ACLED as an event frame.

    Parameters
    ----------
    given
        A CSV or JSON file of ACLED's, as exported or as its service answers, also packed; or a frame with its columns.
    encoding
        Of a CSV file.
    faulty
        ``"refuse"``: raise with every fault named. ``"keep"``: leave open what is unusable and list it in
        ``attrs["faults"]``.

    Returns
    -------
    geopandas.GeoDataFrame
        With the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326, and after them each column of the file as text
        (``acled:notes``). Rows without coordinates have no geometry; ``attrs`` counts them. Of ``fatalities`` 0, which also
        means unreported, only ``killed_low`` is 0. A week is seven days around the date, a month its calendar month.

    Raises
    ------
    InputError
        If it is no table of ACLED's, or has faulty rows and these are not to be kept.
    """
    faults = Faults("the frame" if not isinstance(given, str | os.PathLike) else str(given))
    table = open_table(given, ACLED_COLUMNS, ACLED_NEEDED, faults=faults, encodings=(encoding,), kind="ACLED")
    n_unknown = sum(
        not is_acled_type(*pair) for pair in zip(table.cells("event_type"), table.cells("sub_event_type"), strict=True)
    )
    if n_unknown:
        table.notes.append(
            f"{n_unknown} {'row has' if n_unknown == 1 else 'rows have'} an event type of an older codebook, kept as it is"
        )
    frame = in_slices(adopted_acled, table, faults)
    frame.attrs["faults"] = faults.settle(faulty)
    frame.attrs["attribution"] = ACLED_CREDIT
    return frame


def adopted_acled(table: Table, faults: Faults) -> gpd.GeoDataFrame:
    """Return rows of ACLED as an event frame; what is wrong with them goes into `faults`."""
    dates = days(table, "event_date", faults)
    spans = [
        _span(day, code, place, faults)
        for day, code, place in zip(dates, table.cells("time_precision"), table.places, strict=True)
    ]
    at = points(table, "longitude", "latitude", faults)
    kinds = coded_places(table, "geo_precision", faults)
    killed = counts(table, "fatalities", faults)
    countries = [
        alpha3_of(code.removesuffix(".0"), "numeric") or alpha3_of_name(name)
        for code, name in zip(table.cells("iso"), table.cells("country"), strict=True)
    ]
    parties = [_parties(*row) for row in zip(countries, *(table.cells(name) for name in _ACTOR_COLUMNS), strict=True)]
    is_targeting = [
        targeting == CIVILIAN_TARGETING and len(row) > 1 and row[1].inter == CIVILIANS
        for targeting, row in zip(table.cells("civilian_targeting"), parties, strict=True)
    ]
    values: dict[str, Any] = {
        "event_type": table.cells("event_type"),
        "sub_event_type": table.cells("sub_event_type"),
        "status": "occurred",
        **span_columns(spans),
        "place_name": table.cells("location"),
        "place_kind": [kind for _, kind, _ in kinds],
        "place_precision": [precision for precision, _, _ in kinds],
        "radius_m": [radius for _, _, radius in kinds],
        "country": countries,
        "admin1": table.cells("admin1"),
        **actor_columns(parties),
        "agents": [row[0].name if targeting else "" for row, targeting in zip(parties, is_targeting, strict=True)],
        "targets": [row[1].name if targeting else "" for row, targeting in zip(parties, is_targeting, strict=True)],
        **plover_columns(table.cells("event_type"), table.cells("sub_event_type")),
        "killed_low": killed,
        "killed_best": [number or None for number in killed],
        "killed_high": [number or None for number in killed],
        "n_sources": [max(1, len(_listed(text))) for text in table.cells("source")],
        "sources": [
            _sources(*row)
            for row in zip(table.cells("event_id_cnty"), table.cells("source"), table.cells("notes"), strict=True)
        ],
    }
    return event_frame(table, "acled", table.cells("event_id_cnty"), values, at, faults)


_ACTOR_COLUMNS: Final = ("actor1", "inter1", "assoc_actor_1", "actor2", "inter2", "assoc_actor_2")


def _span(day: dt.date | None, code: str, place: str, faults: Faults) -> tuple[dt.date | None, dt.date | None, str]:
    """Return first and last day and precision; ACLED dates a week and a month by a day in the middle."""
    code = code.removesuffix(".0")
    if code not in ("1", "2", "3"):
        faults.add("time_precision is none of 1, 2, 3", place, code, "correct it")
        return None, day, "unknown"
    if day is None:
        return None, None, "unknown"
    if code == "1":
        return day, day, "day"
    if code == "2":
        # Towards either end of the calendar the week is shorter, for there are no more days.
        half = dt.timedelta(days=3)
        return max(day, dt.date.min + half) - half, min(day, dt.date.max - half) + half, "week"
    last = dt.date(day.year + day.month // 12, day.month % 12 + 1, 1) if (day.year, day.month) < (9999, 12) else None
    return day.replace(day=1), last - dt.timedelta(days=1) if last else dt.date.max, "month"


def _parties(country: str, actor1: str, inter1: str, assoc1: str, actor2: str, inter2: str, assoc2: str) -> list[Party]:
    """Return the actors: the two that ACLED codes first, then those associated with them.

    State forces act in their own country: abroad ACLED calls them external.
    """
    sides = [(name, inter_of_text(code)) for name, code in ((actor1, inter1), (actor2, inter2)) if name]
    coded = [
        Party(name.replace(";", ","), inter, country if inter == STATE else "", sector_of_inter(inter))
        for name, inter in sides
    ]
    return coded + [Party(name, None, "", ()) for name in (*_listed(assoc1), *_listed(assoc2))]


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(";") if one.strip()]


def _sources(event_id: str, source: str, notes: str) -> str:
    names = _listed(source) or ([""] if notes else [])
    told = [
        {
            "report_id": f"acled:{event_id}:{k}",
            "source": name,
            "url": None,
            "title": None,
            "published_on": None,
            "quote": notes,
        }
        for k, name in enumerate(names)
    ]
    return json.dumps(told, ensure_ascii=False)
