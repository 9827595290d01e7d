"""POLECAT's event data, to read: 40 tab-separated columns in PLOVER's types."""

from __future__ import annotations

import json
import os
import re
import types
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from geoconflict.codes import PLOVER_MODES, PLOVER_SECTORS
from geoconflict.interchange.datasets.actor_codes import CIVILIANS, actor_columns, inter_of_sectors
from geoconflict.interchange.datasets.adopting import Point, days, event_frame, in_slices, points, span_columns
from geoconflict.interchange.datasets.country_codes import alpha3_of_name, name_of
from geoconflict.interchange.datasets.faults import Faults, Faulty
from geoconflict.interchange.datasets.plover_codes import our_types
from geoconflict.interchange.datasets.rows import Party
from geoconflict.interchange.datasets.tables import Given, Table, open_table
from geoconflict.models import PlacePrecision

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["GEONAMES", "POLECAT_COLUMNS", "POLECAT_CREDIT", "POLECAT_NEEDED", "adopted_polecat", "read_polecat"]

POLECAT_COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Source",
    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
"""The columns of POLECAT's weekly files, in their order."""
POLECAT_CREDIT: Final = ("Data: POLECAT (POLitical Event Classification, Attributes, and Types), Harvard Dataverse",)
POLECAT_NEEDED: Final = ("Event ID", "Event Date", "Event Type", "Latitude", "Longitude", "Country")
"""Those without which nothing can be read."""
# Names of other releases.
_ALSO: Final[Mapping[str, str]] = types.MappingProxyType({"Event Intensity": "Intensity"})
_SPLIT: Final = re.compile(r"\s*[;|]\s*|,\s*")
# The finest column that is filled says what the point is; half its extent in metres is of that kind of place.
_FINEST: Final = (
    ("City", PlacePrecision.TOWN, "settlement", 5_000.0),
    ("District", PlacePrecision.ADMIN2, "admin2", 30_000.0),
    ("Province", PlacePrecision.ADMIN1, "admin1", 60_000.0),
    ("Country", PlacePrecision.COUNTRY, "country", 500_000.0),
)
GEONAMES: Final = "geonames:"
"""Before the numbers of GeoNames, in ids of places."""


def read_polecat(given: Given, *, encoding: str | None = None, faulty: Faulty = "refuse") -> gpd.GeoDataFrame:
    """Return events of POLECAT as an event frame.

    Parameters
    ----------
    given
        A tab-separated file of any release, also packed; or a frame with its columns.
    encoding
        Of the file; None tries UTF-8 and then ISO-8859-1, which some releases are, and says so in ``attrs["notes"]``.
    faulty
        ``"refuse"``: raise with every fault named. ``"keep"``: leave open what is unusable and list it in
        ``attrs["faults"]``.

    Returns
    -------
    geopandas.GeoDataFrame
        With the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326, and after them each column of the file as text
        (``polecat:Event Mode``). ``status`` is ``unstated``: programs coded it from news. ``place_precision`` is that of the
        finest of City, District, Province and Country that is filled. Our types are the nearest to PLOVER's.

    Raises
    ------
    InputError
        If it is no table of POLECAT's, or has faulty rows and these are not to be kept.
    """
    faults = Faults("the frame" if not isinstance(given, str | os.PathLike) else str(given))
    encodings = ("utf-8", "iso-8859-1") if encoding is None else (encoding,)
    known = (*POLECAT_COLUMNS, *_ALSO, "Headline")
    table = open_table(given, known, POLECAT_NEEDED, faults=faults, encodings=encodings, kind="POLECAT")
    frame = in_slices(adopted_polecat, table, faults)
    frame.attrs["faults"] = faults.settle(faulty)
    frame.attrs["attribution"] = POLECAT_CREDIT
    return frame


def _renamed(table: Table) -> Table:
    """Return the table with this release's names for columns that others call otherwise."""
    columns = {
        _ALSO[name] if name in _ALSO and _ALSO[name] not in table.columns else name: cells
        for name, cells in table.columns.items()
    }
    return Table(columns, table.places, table.origin, table.notes)


def adopted_polecat(table: Table, faults: Faults) -> gpd.GeoDataFrame:
    """Return rows of POLECAT as an event frame; what is wrong with them goes into `faults`."""
    table = _renamed(table)
    dates = days(table, "Event Date", faults)
    at = points(table, "Longitude", "Latitude", faults)
    kinds = [kind.upper() for kind in table.cells("Event Type")]
    for kind, place in zip(kinds, table.places, strict=True):
        if kind not in PLOVER_MODES:
            faults.add("Event Type is none of PLOVER's", place, kind, "correct it")
    modes = [_mode(kind, text) for kind, text in zip(kinds, table.cells("Event Mode"), strict=True)]
    countries = [_country(text) for text in table.cells("Country")]
    parties = [_parties(*row) for row in zip(countries, *(table.cells(name) for name in _ACTOR_COLUMNS), strict=True)]
    at_civilians = [any(one.inter == CIVILIANS for one in second) for _, second in parties]
    ours = [
        our_types(kind, mode, at_civilians=civilians)
        for kind, mode, civilians in zip(kinds, modes, at_civilians, strict=True)
    ]
    fine = [_finest(*row) for row in zip(*(table.cells(name) for name, *_ in _FINEST), strict=True)]
    ordered = [
        [*first, *second] if not second else [*first[:1], *second[:1], *first[1:], *second[1:]]
        for first, second in parties
    ]
    values: dict[str, Any] = {
        "event_type": [kind for kind, _ in ours],
        "sub_event_type": [sub for _, sub in ours],
        "status": "unstated",
        **span_columns([(day, day, "day" if day else "unknown") for day in dates]),
        "place_name": [name or finest for name, (finest, *_) in zip(table.cells("Placename"), fine, strict=True)],
        "place_kind": [kind for _, _, kind, _ in fine],
        "place_precision": [precision for _, precision, _, _ in fine],
        "radius_m": [radius for *_, radius in fine],
        "country": countries,
        "admin1": table.cells("Province"),
        **actor_columns(ordered),
        "agents": ["; ".join(one.name for one in first) if second else "" for first, second in parties],
        "targets": ["; ".join(one.name for one in second) for _, second in parties],
        "plover_type": [kind if kind in PLOVER_MODES else "" for kind in kinds],
        "plover_mode": modes,
        "plover_contexts": ["; ".join(filter(None, _SPLIT.split(text))) for text in table.cells("Contexts")],
        "sources": [
            _source(*row)
            for row in zip(
                *(table.cells(name) for name in ("Event ID", "Source", "Publication Date", "Headline")), strict=True
            )
        ],
    }
    for name, number in zip(table.cells("GeoNames ID"), range(len(table)), strict=True):
        if name and at[number] is not None:
            values.setdefault("place_id", _spots(at))[number] = f"{GEONAMES}{name.removesuffix('.0')}"
    return event_frame(table, "polecat", table.cells("Event ID"), values, at, faults)


_ACTOR_COLUMNS: Final = (
    "Actor Name", "Actor Country", "Primary Actor Sector", "Actor Sectors",
    "Recipient Name", "Recipient Country", "Primary Recipient Sector", "Recipient Sectors",
)  # fmt: skip


def _spots(at: Sequence[Point | None]) -> list[str]:
    return ["" if point is None else f"xy:{point.lat:.4f},{point.lon:.4f}" for point in at]


def _mode(kind: str, text: str) -> str:
    """Return the first mode that PLOVER has for the type, however its words are joined."""
    told = [re.sub(r"[\s_]+", "-", one.lower()) for one in _SPLIT.split(text)]
    return next((one for one in told if one in PLOVER_MODES.get(kind, ())), "")


def _country(text: str) -> str:
    """Return ISO 3166-1 alpha-3 of a country by code or name; PLOVER writes KOS for Kosovo."""
    if text == "KOS":
        return "XKX"
    return text if len(text) == 3 and name_of(text) else alpha3_of_name(text)


def _finest(city: str, district: str, province: str, country: str) -> tuple[str, str, str, float]:
    for text, (_, precision, kind, radius) in zip((city, district, province, country), _FINEST, strict=True):
        if text and text.casefold() not in ("none", "nan"):
            return text, precision.value, kind, radius
    return "", "unstated", "", 0.0


def _parties(
    where: str, actor: str, country: str, primary: str, sectors: str, other: str, other_country: str, other_primary: str,
    other_sectors: str,
) -> tuple[list[Party], list[Party]]:  # fmt: skip
    """Return those who did it and those who suffered it; several of a side stand in one cell, as their codes do."""
    return (
        _side(where, actor, country, primary, sectors),
        _side(where, other, other_country, other_primary, other_sectors),
    )


def _side(where: str, names: str, country: str, primary: str, sectors: str) -> list[Party]:
    found = [name.strip() for name in names.split(";") if name.strip() and name.strip().casefold() != "none"]
    if not found:
        return []
    codes = tuple(dict.fromkeys(one for one in (primary, *_SPLIT.split(sectors)) if one in PLOVER_SECTORS))
    if len(found) > 1:  # whose codes they are cannot be told
        return [Party(name, None, "", ()) for name in found]
    return [Party(found[0], inter_of_sectors(codes, country, where), country if len(country) == 3 else "", codes)]


def _source(event_id: str, source: str, published: str, headline: str) -> str:
    told = {
        "report_id": f"polecat:{event_id}",
        "source": source or None,
        "url": None,
        "title": headline or None,
        "published_on": published[:10] or None,
        "quote": headline,
    }
    return json.dumps([told] if source or headline else [], ensure_ascii=False)
