"""The hand-curated tables, and how they win over the rest."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer_geometry import NaturalEarth
from gazetteer_packages import fail
from shapely import Point

from geoconflict.geo import distance_m
from geoconflict.places.gazetteer_format import GazetteerEntry
from geoconflict.places.gazetteer_tables import read_tables
from geoconflict.places.installing.merge_finish import SAME_MAIN_NAME_WITHIN_M, UNIT_OF_PRECISION

if TYPE_CHECKING:
    from gazetteer_admin import Countries
    from gazetteer_packages import Packages

__all__ = ["merge", "read_curated", "take_units"]

_NAMES_ONLY = {"countries.csv", "unit_names.csv"}
_UNIT_WITHIN_M = 10_000.0
"""A village no farther off lies, but for a few at the edges, in the same first-level unit."""
_OUTLINES_OFF_DEG = 0.03
"""How far the outlines may be off: some three kilometres."""


def read_curated(folder: Path, packages: Packages, countries: Countries) -> list[GazetteerEntry]:
    """Return the places of all tables in `folder` but those of other names of countries and units."""
    earth = NaturalEarth(packages)
    entries: list[GazetteerEntry] = []
    for path in sorted(folder.iterdir()):
        if path.suffix in {".csv", ".geojson"} and path.name not in _NAMES_ONLY:
            rows = read_tables(
                path, "curated", geometry=lambda text: earth.wkt(text) if text.startswith("ne ") else text
            )
            entries += (row.entry for row in rows)
    known = set(countries.iso3.values())
    for entry in entries:
        if entry.country and entry.country not in known:
            fail(f"{entry.place_id}: no country has the code {entry.country!r}")
    return entries


def merge(curated: list[GazetteerEntry], others: Iterable[GazetteerEntry]) -> list[GazetteerEntry]:
    """Return all entries, each curated one merged with the same place of the other sources.

    The same place is a settlement that shares a name within 5 km (``SAME_MAIN_NAME_WITHIN_M``, which tells why an installed
    country is merged more strictly), and for a curated administrative area the unit of its
    level and country that shares a name. The curated row keeps its id, point, country and dates, and takes the other's
    population, codes and remaining names, and that it is a capital.
    """
    by_key: dict[str, list[GazetteerEntry]] = defaultdict(list)
    everything = list(others)
    for entry in everything:
        for name in entry.names:
            by_key[name.key].append(entry)
    gone: set[str] = set()
    for entry in curated:
        same: dict[str, GazetteerEntry] = {}
        for name in entry.names:
            for other in by_key.get(name.key, ()):
                if other.place_id not in gone and _same_place(entry, other):
                    same[other.place_id] = other
        for other in sorted(same.values(), key=lambda one: (-one.population, one.place_id)):
            gone.add(other.place_id)
            _absorb(entry, other)
    return [*curated, *(entry for entry in everything if entry.place_id not in gone)]


def take_units(
    curated: Iterable[GazetteerEntry], everything: Iterable[GazetteerEntry], outlines: Mapping[str, Any]
) -> None:
    """Count the curated settlements without a first-level unit to one of their country.

    That is the unit of the nearest settlement, up to 10 km off, or else the one whose outline (by its code) holds them
    well inside. Where neither says it, the unit stays unknown.
    """
    cells: dict[tuple[int, int], list[GazetteerEntry]] = defaultdict(list)
    countries: dict[str, str] = {}
    for other in everything:
        if other.admin1 and other.feature.startswith("PPL"):
            cells[math.floor(other.lon), math.floor(other.lat)].append(other)
        if other.unit in outlines:
            countries[other.unit] = other.country
    for entry in curated:
        if entry.feature != "settlement" or entry.admin1 or not entry.country or entry.detail.get("admin1"):
            continue
        column, row = math.floor(entry.lon), math.floor(entry.lat)
        near = [
            (distance_m(entry.lon, entry.lat, other.lon, other.lat), other.place_id, other.admin1)
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in cells.get((x, y), ())
            if other.country == entry.country
        ]
        apart, _, unit = min(near, default=(math.inf, "", ""))
        if apart > _UNIT_WITHIN_M:
            spot = Point(entry.lon, entry.lat).buffer(_OUTLINES_OFF_DEG)
            around = [code for code in countries if countries[code] == entry.country and outlines[code].covers(spot)]
            unit = min(around, default="")
        entry.admin1 = unit


def _same_place(entry: GazetteerEntry, other: GazetteerEntry) -> bool:
    if entry.feature == "settlement":
        near = distance_m(entry.lon, entry.lat, other.lon, other.lat) <= SAME_MAIN_NAME_WITHIN_M
        return near and other.feature.startswith("PPL")
    if entry.feature == "area":
        unit = UNIT_OF_PRECISION.get(entry.detail["precision"])
        return unit is not None and other.feature == unit and other.country == entry.country
    return False


def _absorb(entry: GazetteerEntry, other: GazetteerEntry) -> None:
    own = {name.key for name in entry.names}
    entry.aliases += (other.place_id,)
    entry.population = entry.population or other.population
    entry.admin1 = entry.admin1 or other.admin1
    entry.admin2 = entry.admin2 or other.admin2
    entry.country = entry.country or other.country
    entry.unit = entry.unit or other.unit
    if entry.feature == "settlement" and other.feature == "PPLC":
        entry.feature = other.feature
    entry.names += [name for name in other.names if name.key not in own]
