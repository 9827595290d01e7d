"""GDELT's event tables, to read: 2.0 with 61 columns, 1.0 with 58, without a header.

They are not written: GDELT's rows are made by its own coder from codes of actors, tones and counts of articles that events
of ours do not have.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import types
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.errors import InputError
from geoconflict.interchange.datasets.actor_codes import actor_columns, inter_of_sectors
from geoconflict.interchange.datasets.adopting import days, event_frame, in_slices, points, span_columns
from geoconflict.interchange.datasets.country_codes import alpha3_of, name_of
from geoconflict.interchange.datasets.faults import Faults, Faulty
from geoconflict.interchange.datasets.rows import Party
from geoconflict.interchange.datasets.tables import Given, Table, decoded, open_table, unpacked
from geoconflict.models import EventType, PlacePrecision

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["GDELT_COLUMNS", "GDELT_COLUMNS_1", "GDELT_CREDIT", "read_gdelt_events"]


def _actor(k: int) -> tuple[str, ...]:
    names = (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
        "Type2Code", "Type3Code",
    )  # fmt: skip
    return tuple(f"Actor{k}{name}" for name in names)


def _geo(whose: str) -> tuple[str, ...]:
    names = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    return tuple(f"{whose}Geo_{name}" for name in names)


GDELT_COLUMNS: Final = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate", *_actor(1), *_actor(2), "IsRootEvent", "EventCode",
    "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *_geo("Actor1"), *_geo("Actor2"), *_geo("Action"), "DATEADDED", "SOURCEURL",
)  # fmt: skip
"""The 61 columns of GDELT 2.0, in their order."""
GDELT_COLUMNS_1: Final = tuple(name for name in GDELT_COLUMNS if not name.endswith("ADM2Code"))
"""The 58 columns of GDELT 1.0, in their order."""
GDELT_CREDIT: Final = ("Data: The GDELT Project, gdeltproject.org",)
_NEEDED: Final = ("Day", "EventCode", "ActionGeo_Type", "ActionGeo_Lat", "ActionGeo_Long")
_ALSO: Final = ("GLOBALEVENTID", "SQLDATE")

# What a point stands for, half its extent in metres, and how far its place is to be trusted. A world city (4) is often the
# middle of a country or a place of the same name elsewhere, so it is no town of ours.
_PLACES: Final[Mapping[str, tuple[str, str, float, float]]] = types.MappingProxyType(
    {
        "1": (PlacePrecision.COUNTRY, "country", 500_000.0, 0.5),
        "2": (PlacePrecision.ADMIN1, "admin1", 60_000.0, 0.5),
        "3": (PlacePrecision.TOWN, "settlement", 5_000.0, 0.5),
        "4": (PlacePrecision.NEAR, "settlement", 25_000.0, 0.3),
        "5": (PlacePrecision.ADMIN1, "admin1", 60_000.0, 0.5),
    }
)
_NOWHERE: Final = ("", "", 0.0, 0.0)

# CAMEO's codes, the longest that fits -> our types and PLOVER's type and mode.
_OTHER: Final = (EventType.STRATEGIC.value, "Other")
_CAMEO: Final[Mapping[str, tuple[str, str, str, str]]] = types.MappingProxyType(
    {
        "01": (EventType.DIPLOMACY.value, "statement", "", ""),
        "02": (EventType.DIPLOMACY.value, "statement", "", ""),
        "03": (EventType.DIPLOMACY.value, "statement", "AGREE", ""),
        "037": (EventType.DIPLOMACY.value, "agreement", "AGREE", ""),
        "04": (EventType.DIPLOMACY.value, "talks", "CONSULT", ""),
        "05": (EventType.DIPLOMACY.value, "statement", "SUPPORT", ""),
        "057": (EventType.DIPLOMACY.value, "agreement", "SUPPORT", ""),
        "06": (*_OTHER, "COOPERATE", ""),
        "07": (*_OTHER, "AID", ""),
        "08": (*_OTHER, "RETREAT", ""),
        "0871": (EventType.DIPLOMACY.value, "ceasefire", "RETREAT", "ceasefire"),
        "0874": (EventType.STRATEGIC.value, "Non-violent transfer of territory", "RETREAT", "withdraw"),
        "09": (EventType.DIPLOMACY.value, "statement", "ACCUSE", "investigate"),
        "10": (EventType.DIPLOMACY.value, "statement", "REQUEST", ""),
        "11": (EventType.DIPLOMACY.value, "statement", "ACCUSE", "disapprove"),
        "12": (EventType.DIPLOMACY.value, "statement", "REJECT", ""),
        "13": (EventType.DIPLOMACY.value, "statement", "THREATEN", ""),
        "14": (EventType.PROTESTS.value, "Peaceful protest", "PROTEST", "demo"),
        "142": (EventType.PROTESTS.value, "Peaceful protest", "PROTEST", "hunger"),
        "143": (EventType.PROTESTS.value, "Peaceful protest", "PROTEST", "strike"),
        "144": (EventType.PROTESTS.value, "Peaceful protest", "PROTEST", "obstruct"),
        "145": (EventType.RIOTS.value, "Violent demonstration", "PROTEST", "riot"),
        "15": (EventType.STRATEGIC.value, "Change to group/activity", "MOBILIZE", ""),
        "16": (*_OTHER, "SANCTION", ""),
        "17": (*_OTHER, "COERCE", ""),
        "171": (EventType.STRATEGIC.value, "Looting/property destruction", "COERCE", "seize"),
        "173": (EventType.STRATEGIC.value, "Arrests", "COERCE", "arrest"),
        "175": (EventType.PROTESTS.value, "Excessive force against protesters", "ASSAULT", "crowd-control"),
        "18": (EventType.VIOLENCE_AGAINST_CIVILIANS.value, "Attack", "ASSAULT", ""),
        "181": (EventType.VIOLENCE_AGAINST_CIVILIANS.value, "Abduction/forced disappearance", "ASSAULT", "abduct"),
        "1821": (EventType.VIOLENCE_AGAINST_CIVILIANS.value, "Sexual violence", "ASSAULT", "sexual"),
        "1822": (EventType.VIOLENCE_AGAINST_CIVILIANS.value, "Attack", "ASSAULT", "torture"),
        "183": (EventType.EXPLOSIONS.value, "Remote explosive/landmine/IED", "ASSAULT", "explosives"),
        "1831": (EventType.EXPLOSIONS.value, "Suicide bomb", "ASSAULT", "suicide-attack"),
        "185": (EventType.VIOLENCE_AGAINST_CIVILIANS.value, "Attack", "ASSAULT", "targeted"),
        "186": (EventType.VIOLENCE_AGAINST_CIVILIANS.value, "Attack", "ASSAULT", "targeted"),
        "19": (EventType.BATTLES.value, "Armed clash", "ASSAULT", ""),
        "193": (EventType.BATTLES.value, "Armed clash", "ASSAULT", "firearms"),
        "194": (EventType.EXPLOSIONS.value, "Shelling/artillery/missile attack", "ASSAULT", "heavy-weapons"),
        "195": (EventType.EXPLOSIONS.value, "Air/drone strike", "ASSAULT", "aerial"),
        "20": (EventType.VIOLENCE_AGAINST_CIVILIANS.value, "Attack", "ASSAULT", ""),
        "204": (EventType.EXPLOSIONS.value, "Chemical weapon", "ASSAULT", "unconventional"),
    }
)
_TYPE_SECTORS: Final = frozenset(
    {"COP", "GOV", "JUD", "LEG", "MIL", "PTY", "REB", "SPY", "UAF", "AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "LAB",
     "MED", "REF", "OPP", "REL"}
)  # fmt: skip
_COUNT: Final = re.compile(r"[1-9]\d{0,8}")
_DIGITS: Final = re.compile(r"\d{2,4}")


def read_gdelt_events(given: Given, *, faulty: Faulty = "refuse") -> gpd.GeoDataFrame:
    """Return events of GDELT as an event frame.

    Parameters
    ----------
    given
        A file of version 2.0 or 1.0 as GDELT publishes it (tab-separated, no header, also zipped), told by its number of
        columns; or a frame with the names of :data:`GDELT_COLUMNS`.
    faulty
        ``"refuse"``: raise with every fault named. ``"keep"``: leave open what is unusable and list it in
        ``attrs["faults"]``.

    Returns
    -------
    geopandas.GeoDataFrame
        With the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326, and after them each column of the file as text
        (``gdelt:GoldsteinScale``). The place is that of the action. ``status`` is ``unstated`` and ``place_score`` low:
        programs coded it. GDELT's FIPS codes become ISO 3166-1 alpha-3. Nobody is counted as killed.

    Raises
    ------
    InputError
        If it is no table of GDELT's, or has faulty rows and these are not to be kept.
    """
    faults = Faults("the frame" if not isinstance(given, str | os.PathLike) else str(given))
    if isinstance(given, str | os.PathLike):
        table = _headless(Path(given), faults)
    else:
        known = (*GDELT_COLUMNS, *_ALSO)
        table = open_table(given, known, _NEEDED[1:], faults=faults, encodings=("utf-8",), kind="GDELT")
        table = Table(_renamed(table.columns), table.places, table.origin, table.notes)
    frame = in_slices(_adopted, table, faults)
    frame.attrs["faults"] = faults.settle(faulty)
    frame.attrs["attribution"] = GDELT_CREDIT
    return frame


def _headless(path: Path, faults: Faults) -> Table:
    """Read a file without a header: the number of cells of the first line says which version it is."""
    _, data = unpacked(path)
    text, notes = decoded(data, path, ("utf-8", "iso-8859-1"))
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))
    first = next((line for line in lines if any(line)), [])
    names = {len(one): one for one in (GDELT_COLUMNS, GDELT_COLUMNS_1)}.get(len(first))
    if names is None:
        msg = (
            f"{path}: line 1: {len(first)} tab-separated cells; GDELT's event tables have {len(GDELT_COLUMNS)} (2.0) or "
            f"{len(GDELT_COLUMNS_1)} (1.0); check that it is an .export file, not mentions or a knowledge graph"
        )
        raise InputError(msg)
    if first[0].casefold() == "globaleventid":
        lines.remove(first)
    rows, places = [], []
    for number, line in enumerate(lines, 1):
        if len(line) == len(names):
            rows.append(line)
            places.append(f"line {number}")
        elif any(line):
            what = f"{len(line)} cells instead of {len(names)}"
            faults.add(
                what, f"line {number}", line[0], "fetch the file again; a row that cannot be told apart is left out"
            )
    columns: list[list[str | None]] = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
    return Table(dict(zip(names, columns, strict=True)), places, str(path), notes)


def _renamed(columns: Mapping[str, list[str | None]]) -> dict[str, list[str | None]]:
    other = {"GLOBALEVENTID": "GlobalEventID", "SQLDATE": "Day"}
    return {other.get(name, name): cells for name, cells in columns.items()}


def _adopted(table: Table, faults: Faults) -> gpd.GeoDataFrame:
    dates = days(table, "Day", faults)
    at = points(table, "ActionGeo_Long", "ActionGeo_Lat", faults)
    kinds = [_PLACES.get(code, _NOWHERE) for code in table.cells("ActionGeo_Type")]
    for k, (kind, code, place) in enumerate(zip(kinds, table.cells("ActionGeo_Type"), table.places, strict=True)):
        if code not in (*_PLACES, "", "0"):
            faults.add("ActionGeo_Type is none of 1 to 5", place, code, "correct it")
        if kind is _NOWHERE and at[k] is not None:
            at[k] = None  # without a type nobody knows what the point is
    coded = [_types(code, place, faults) for code, place in zip(table.cells("EventCode"), table.places, strict=True)]
    countries = [alpha3_of(code, "fips") for code in table.cells("ActionGeo_CountryCode")]
    for code, place, country in zip(table.cells("ActionGeo_CountryCode"), table.places, countries, strict=True):
        if code and not country and not code.startswith("O"):  # OC, OS: oceans
            faults.add("ActionGeo_CountryCode is no country of FIPS 10-4", place, code, "correct it, or empty it")
    sides = [
        [one for one in (_party(where, *row[:5]), _party(where, *row[5:])) if one is not None]
        for where, *row in zip(countries, *(table.cells(name) for name in _ACTOR_COLUMNS), strict=True)
    ]
    has_both = [
        bool(one and other) for one, other in zip(table.cells("Actor1Code"), table.cells("Actor2Code"), strict=True)
    ]
    names = [text.split(",")[0].strip() for text in table.cells("ActionGeo_FullName")]
    values: dict[str, Any] = {
        "event_type": [row[0] for row in coded],
        "sub_event_type": [row[1] for row in coded],
        "status": "unstated",
        **span_columns([(day, day, "day" if day else "unknown") for day in dates]),
        "place_name": names,
        "place_precision": [kind[0] for kind in kinds],
        "place_kind": [kind[1] for kind in kinds],
        "radius_m": [kind[2] for kind in kinds],
        "place_score": [kind[3] or float("nan") for kind in kinds],
        "country": countries,
        **actor_columns(sides),
        "agents": [row[0].name if both and len(row) > 1 else "" for row, both in zip(sides, has_both, strict=True)],
        "targets": [row[1].name if both and len(row) > 1 else "" for row, both in zip(sides, has_both, strict=True)],
        "plover_type": [row[2] for row in coded],
        "plover_mode": [row[3] for row in coded],
        "n_sources": [int(text) if _COUNT.fullmatch(text) else 1 for text in table.cells("NumSources")],
        "sources": [_source(*row) for row in zip(table.cells("GlobalEventID"), table.cells("SOURCEURL"), strict=True)],
    }
    return event_frame(table, "gdelt", table.cells("GlobalEventID"), values, at, faults)


_ACTOR_COLUMNS: Final = tuple(
    f"Actor{k}{name}" for k in (1, 2) for name in ("Code", "Name", "CountryCode", "Type1Code", "Type2Code")
)


def _types(code: str, place: str, faults: Faults) -> tuple[str, str, str, str]:
    if not _DIGITS.fullmatch(code) or code[:2] not in _CAMEO:
        repair = "codes are text with leading zeros, 010 to 2042: read the column as text"
        faults.add("EventCode is none of CAMEO's", place, code, repair)
        return "", "", "", ""
    return next(_CAMEO[code[:n]] for n in range(len(code), 1, -1) if code[:n] in _CAMEO)


def _party(where: str, code: str, name: str, country: str, *kinds: str) -> Party | None:
    if not code and not name:
        return None
    sectors = tuple(kind for kind in kinds if kind in _TYPE_SECTORS)
    inter = inter_of_sectors(sectors, country, where)
    return Party((name or code).replace(";", ","), inter, country if name_of(country) else "", sectors)


def _source(event_id: str, url: str) -> str:
    is_address = url.startswith(("http://", "https://"))
    told = {
        "report_id": f"gdelt:{event_id}",
        "source": (url.split("/")[2] if is_address else url) or None,
        "url": url if is_address else None,
        "title": None,
        "published_on": None,
        "quote": "",
    }
    return json.dumps([told] if url else [], ensure_ascii=False)
