"""The hand-curated tables, and how they win over the rest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from geoconflict.geo import distance_m
from geoconflict.places.gazetteer_format import GazetteerEntry
from geoconflict.places.gazetteer_tables import read_tables

if TYPE_CHECKING:
    from gazetteer_admin import Countries
    from gazetteer_packages import Packages

__all__ = ["merge", "read_curated"]

MERGE_WITHIN_M = 5_000.0


def read_curated(folder: Path, packages: Packages, countries: Countries) -> list[GazetteerEntry]:
    """Return the places of all tables in `folder` but that of the countries' aliases."""
    del packages, countries
    entries: list[GazetteerEntry] = []
    for path in sorted(folder.iterdir()):
        if path.suffix in {".csv", ".geojson"} and path.name != "countries.csv":
            entries += read_tables(path, "curated")
    return entries


def merge(curated: list[GazetteerEntry], others: Iterable[GazetteerEntry]) -> list[GazetteerEntry]:
    """Return all entries, each curated settlement merged with GeoNames' settlement of a like name within 5 km.

    The curated row keeps its id, point, country and dates, and takes the other's population, units and remaining names.
    """
    by_key: dict[str, list[GazetteerEntry]] = defaultdict(list)
    everything = list(others)
    for entry in everything:
        if entry.feature.startswith("PPL"):
            for name in entry.names:
                by_key[name.key].append(entry)
    gone: set[str] = set()
    for entry in curated:
        if entry.feature != "settlement":
            continue
        seen: dict[str, GazetteerEntry] = {}
        for name in entry.names:
            for other in by_key.get(name.key, ()):
                if distance_m(entry.lon, entry.lat, other.lon, other.lat) <= MERGE_WITHIN_M and other.place_id not in gone:
                    seen[other.place_id] = other
        if not seen:
            continue
        own = {name.key for name in entry.names}
        for other in sorted(seen.values(), key=lambda one: (-one.population, one.place_id)):
            gone.add(other.place_id)
            entry.aliases += (other.place_id,)
            entry.population = entry.population or other.population
            entry.admin1 = entry.admin1 or other.admin1
            entry.admin2 = entry.admin2 or other.admin2
            entry.country = entry.country or other.country
            entry.names += [name for name in other.names if name.key not in own]
            own |= {name.key for name in other.names}
    return [*curated, *(entry for entry in everything if entry.place_id not in gone)]


