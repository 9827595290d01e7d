"""Airports of the world by their own names, and the towns of airstrips that no other source has."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pyogrio
import shapely
from gazetteer_settlements import CONFLICT_COUNTRIES

from geoconflict.geo import distance_m
from geoconflict.places.gazetteer_format import EntryName, GazetteerEntry, NameFlag
from geoconflict.places.names import fold, is_latin
from geoconflict.places.spelling import skeleton

if TYPE_CHECKING:
    from gazetteer_admin import Countries
    from gazetteer_packages import Packages

__all__ = ["read_airports"]

SOURCE = "airportsdata (MIT)"
_RADIUS_M = 2_000
"""An airport with its runways."""
_OFF_TOWN_M = 5_000
"""How far off its town an airstrip mostly lies: the radius of a town that is known by its airstrip alone."""
_SAME_TOWN_M = 25_000.0
"""Within this, a town whose name sounds alike is the one that the airstrip serves,"""
_AT_TOWN_M = 4_000.0
"""and within this, whatever it is called."""
_AIRPORT = re.compile(
    r"\b(?:airport|aerodrome|airfield|air ?base|airstrip|air force base|naval air station)\b", re.IGNORECASE
)
_MILITARY = re.compile(r"\b(?:air ?base|air force base|naval air station)\b", re.IGNORECASE)
_LOCAL = re.compile(
    r"\b(?:municipal|regional|county|memorial|seaplane|heliport|area|state|executive|field|downtown)\b", re.IGNORECASE
)
"""Words in names of airports that the world's news seldom names."""
_TOWN = re.compile(r"[^\W\d_][^\d/()]{2,}")
_NO_TOWN = re.compile(
    r"\b(?:airport|cape|falls|oil ?field|mine|camp|island|islands|park|ranch|farm|lodge|km|base|dam|terminal|[ivx]+)\b",
    re.IGNORECASE,
)


def read_airports(
    packages: Packages, countries: Countries, others: Iterable[GazetteerEntry]
) -> tuple[list[GazetteerEntry], list[GazetteerEntry]]:
    """Return airports under their own names, and the towns that are known by their airstrips alone.

    Airports are those with an IATA code and a name that says more than their town ("X Airport" is known from X), outside countries of
    conflict the international ones. Towns are taken in countries of conflict, where no town of `others` lies there and none bears the name.
    """
    table = packages.member("airportsdata", "airportsdata/airports.csv").decode("utf-8")
    rows = [row for row in csv.DictReader(io.StringIO(table)) if row["country"] in countries.iso3]
    airports = list(_airports(rows, countries))
    columns = ["ISO_A2_EH", "ADM0_A3"]
    frame = pyogrio.read_dataframe(packages.shapefile("cultural/ne_10m_admin_0_countries"), columns=columns)
    lands = {"XK" if row.ADM0_A3 == "KOS" else row.ISO_A2_EH: row.geometry for row in frame.itertuples(index=False)}
    return airports, list(_towns(rows, countries, others, lands))


def _airports(rows: list[dict[str, str]], countries: Countries) -> Iterator[GazetteerEntry]:
    of_town = Counter((row["country"], row["city"]) for row in rows if row["iata"])
    for row in rows:
        names = _names(row["name"], row["city"])
        if of_town[row["country"], row["city"]] > 1:  # "the airport of X" may then be any of them
            names = [one for one in names if fold(one) != fold(f"{row['city']} Airport")]
        says_more = (
            row["city"] and fold(row["name"]) != fold(f"{row['city']} Airport") and not _LOCAL.search(row["name"])
        )
        is_known_afar = row["country"] in CONFLICT_COUNTRIES or "International" in row["name"]
        if names and is_known_afar and ((row["iata"] and says_more) or _MILITARY.search(row["name"])):
            yield GazetteerEntry(
                place_id=f"airportsdata:{row['icao']}",
                name=names[0],
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                feature="landmark",
                country=countries.iso3[row["country"]],
                radius_m=_RADIUS_M,
                source=SOURCE,
                names=[
                    EntryName(text, fold(text), NameFlag.PRIMARY | (NameFlag.VARIANT if number else 0))
                    for number, text in enumerate(names)
                ],
            )


def _names(name: str, city: str) -> list[str]:
    """Return the names of an airport: its own, without "International", and without the name of its town before it."""
    if not _AIRPORT.search(name) or not is_latin(name) or re.search(r"[/()\d]", name):
        return []
    names = {fold(name): name}
    plain = re.sub(r"\s+International\b", "", name)
    names.setdefault(fold(plain), plain)
    for text in tuple(names.values()):
        own = text.removeprefix(f"{city} ") if city else text
        if _AIRPORT.match(own) is None and not fold(own).startswith("international") and len(own.split()) > 1:
            names.setdefault(fold(own), own)
    return list(names.values())


def _towns(
    rows: list[dict[str, str]], countries: Countries, others: Iterable[GazetteerEntry], lands: Mapping[str, Any]
) -> Iterator[GazetteerEntry]:
    known: set[tuple[str, str]] = set()
    cells: dict[tuple[int, int], list[GazetteerEntry]] = defaultdict(list)
    for one in others:
        if one.feature.startswith("PPL") or one.feature == "settlement":
            cells[math.floor(one.lon), math.floor(one.lat)].append(one)
            known |= {(one.country, name.key) for name in one.names}
    for row in rows:
        town, country = row["city"].strip(), countries.iso3[row["country"]]
        key = fold(town)
        if row["country"] not in CONFLICT_COUNTRIES or not _TOWN.fullmatch(town) or not is_latin(town):
            continue
        if (country, key) in known or _NO_TOWN.search(town):
            continue
        lon, lat = float(row["lon"]), float(row["lat"])
        column, line = math.floor(lon), math.floor(lat)
        near = [
            (distance_m(lon, lat, one.lon, one.lat), one)
            for x in (column - 1, column, column + 1)
            for y in (line - 1, line, line + 1)
            for one in cells.get((x, y), ())
        ]
        if not lands[row["country"]].contains(shapely.Point(lon, lat)):
            continue  # the table has the country wrong, or lies about its border
        sound = skeleton(town)
        if any(
            apart <= _AT_TOWN_M or (apart <= _SAME_TOWN_M and any(skeleton(name.text) == sound for name in one.names))
            for apart, one in near
        ):
            continue
        known.add((country, key))
        yield GazetteerEntry(
            place_id=f"airportsdata:{row['icao']}-town",
            name=town,
            lon=lon,
            lat=lat,
            feature="settlement",
            country=country,
            radius_m=_OFF_TOWN_M,
            source=SOURCE,
            names=[EntryName(town, key, NameFlag.PRIMARY)],
        )
