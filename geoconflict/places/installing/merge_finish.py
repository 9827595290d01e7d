"""The last steps on the bench: extents of units, curated rows that new ones belong to, and the order of the file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from geoconflict.geo import distance_m
from geoconflict.places.gazetteer_format import ALIAS_PREFIX, GazetteerEntry, NameFlag
from geoconflict.places.installing.merge_base import FIRST_OTHER_KEY, Bench
from geoconflict.places.installing.writing import SortedPlaces, merge_flags

__all__ = ["SAME_MAIN_NAME_WITHIN_M", "UNIT_OF_PRECISION", "finish", "unit_radius_m"]

SAME_MAIN_NAME_WITHIN_M = 5_000.0
"""How near a curated settlement another whose main name is one of its names is the same place.

The embedded gazetteer is built with this distance for any shared name (``scripts/gazetteer_curated.py``): its sources name
towns and villages of some size, of which two so near rarely share a name. A country's dump has every hamlet, and what a
hamlet is also called is often the name of the village beside it: there, other names count within the shorter distance.
"""
UNIT_OF_PRECISION = {"admin1": "ADM1", "admin2": "ADM2"}
"""Precision of a curated area that is an administrative unit -> the unit's feature."""

_UNIT_EXTENT_M = {"ADM1": (10_000, 60_000), "ADM2": (5_000, 20_000), "ADM3": (3_000, 8_000), "ADM4": (2_000, 4_000)}
"""Least radius of a unit, and that of one in which no settlement is known."""
_SAME_NAME_WITHIN_M = 2_000.0
"""The same for its other names."""


def finish(bench: Bench) -> SortedPlaces:
    """Settle what depends on all rows together, and return the places in the order of the file.

    The bench must stay open as long as the result is read.
    """
    bench.flush()
    bench.keys.clear()  # no source comes any more
    base = bench.base
    base.execute("CREATE INDEX place_units ON place (units) WHERE units <> ''")
    _measure_units(bench)
    base.execute(
        "UPDATE place SET unit1 = (SELECT pk FROM wof WHERE wof_id = region_id) WHERE unit1 IS NULL AND region_id > 0"
    )
    _absorb_into_curated(bench)
    for column in ("unit1", "unit2"):
        base.execute(
            f"UPDATE place SET {column} = (SELECT COALESCE(u.target, u.pk) FROM place u WHERE u.pk = place.{column}) "  # noqa: S608
            f"WHERE {column} IS NOT NULL"
        )
    return _sorted_places(bench)


def _measure_units(bench: Bench) -> None:
    """Give each new unit the radius within which nine tenths of its settlements lie, and their people where it has none."""
    rows = bench.base.execute(
        "SELECT pk, lon, lat, units, feature, population FROM place WHERE radius_m = 0 AND feature LIKE 'ADM_'"
    ).fetchall()
    for pk, lon, lat, code, feature, population in rows:
        least, default = _UNIT_EXTENT_M[feature]
        inside = bench.base.execute(
            "SELECT lon, lat, population FROM place WHERE units = ?1 AND units <> '' AND feature LIKE 'PPL%' UNION ALL "
            "SELECT lon, lat, population FROM place "
            "WHERE units > ?1 || '.' AND units < ?1 || '/' AND units <> '' AND feature LIKE 'PPL%'",
            (code,),
        ).fetchall()
        radius_m = unit_radius_m(lon, lat, ((x, y) for x, y, _ in inside), least=least, default=default)
        people = population or min(4_000_000_000, sum(one for *_, one in inside))
        bench.base.execute("UPDATE place SET radius_m = ?, population = ? WHERE pk = ?", (radius_m, people, pk))


def unit_radius_m(
    lon: float, lat: float, points: Iterable[tuple[float, float]], *, least: float, default: float | None = None
) -> int:
    """Return the distance in metres within which 9 of 10 points (longitude, latitude) lie, at least `least`.

    `default` is for a unit without points, None for `least`.
    """
    distances = sorted(distance_m(lon, lat, *point) for point in points)
    if not distances:
        return round(least if default is None else default)
    return round(max(least, distances[int(0.9 * (len(distances) - 1))]))


class _Curated(NamedTuple):
    """What a new row is compared with."""

    pk: int
    place_id: str
    lon: float
    lat: float
    country: str
    unit: str | None
    """Feature of the administrative unit that it is; None for a settlement."""


def _absorb_into_curated(bench: Bench) -> None:
    by_key: dict[str, list[_Curated]] = defaultdict(list)
    for key, pk, place_id, lon, lat, country, feature, detail in bench.base.execute(
        "SELECT key, pk, place_id, lon, lat, country, feature, detail FROM name JOIN place USING (pk) "
        "WHERE curated AND feature IN ('settlement', 'area') ORDER BY place_id, key"
    ):
        unit = UNIT_OF_PRECISION.get(json.loads(detail or "{}").get("precision", ""))
        if feature == "settlement" or unit is not None:
            by_key[key].append(_Curated(pk, place_id, lon, lat, country, None if feature == "settlement" else unit))
    found: dict[int, tuple[float, str, int]] = {}
    for pk, key, flags in bench.base.execute("SELECT pk, key, flags FROM name"):
        for one in by_key.get(key, ()):
            distance = _distance_if_same(bench, pk, flags, one)
            if distance is not None and (pk not in found or (distance, one.place_id) < found[pk][:2]):
                found[pk] = (distance, one.place_id, one.pk)
    for pk, (_, _, target) in sorted(found.items()):
        _absorb(bench, pk, target)


def _distance_if_same(bench: Bench, pk: int, flags: int, one: _Curated) -> float | None:
    """Return how far a new row is from a curated one, if it is the same place."""
    row = bench.base.execute(
        "SELECT lon, lat, country, feature FROM place WHERE pk = ? AND NOT embedded AND NOT curated", (pk,)
    ).fetchone()
    if row is None:
        return None
    lon, lat, country, feature = row
    distance = distance_m(lon, lat, one.lon, one.lat)
    if one.unit is not None:
        return distance if feature == one.unit and country == one.country else None
    is_main = flags & NameFlag.PRIMARY and not flags & NameFlag.VARIANT
    within = SAME_MAIN_NAME_WITHIN_M if is_main else _SAME_NAME_WITHIN_M
    return distance if feature.startswith("PPL") and distance <= within else None


def _absorb(bench: Bench, pk: int, target: int) -> None:
    place_id, population, country, unit1, unit2 = bench.base.execute(
        "SELECT place_id, population, country, unit1, unit2 FROM place WHERE pk = ?", (pk,)
    ).fetchone()
    bench.base.execute(
        "UPDATE place SET population = CASE population WHEN 0 THEN ? ELSE population END, "
        "country = CASE country WHEN '' THEN ? ELSE country END, unit1 = COALESCE(unit1, ?), "
        "unit2 = COALESCE(unit2, ?) WHERE pk = ?",
        (population, country, unit1, unit2, target),
    )
    bench.base.execute("UPDATE place SET target = ? WHERE pk = ?", (target, pk))
    bench.add_alias(place_id, target)


# ---------------------------------------------------------------- the order of the file
def _sorted_places(bench: Bench) -> SortedPlaces:
    base = bench.base
    base.execute("CREATE TABLE place_row (pk INTEGER PRIMARY KEY, row INTEGER NOT NULL)")
    base.execute(
        "INSERT INTO place_row SELECT pk, ROW_NUMBER() OVER (ORDER BY MIN(pk, ?), place_id) - 1 FROM place "
        "WHERE target IS NULL",
        (FIRST_OTHER_KEY,),
    )
    (n_places,) = base.execute("SELECT COUNT(*) FROM place_row").fetchone()
    base.execute("CREATE TABLE posting (key TEXT NOT NULL, row INTEGER NOT NULL, flags INTEGER NOT NULL)")
    base.execute(
        "INSERT INTO posting SELECT key, row, flags FROM ("
        "  SELECT key, pk, flags FROM name UNION ALL SELECT ? || alias, pk, 0 FROM alias"
        ") AS found JOIN place ON place.pk = found.pk JOIN place_row ON place_row.pk = COALESCE(target, place.pk) "
        "ORDER BY key, row, flags",
        (ALIAS_PREFIX,),
    )
    base.execute("CREATE INDEX dated_pk ON dated (pk)")
    base.execute("UPDATE dated SET pk = (SELECT COALESCE(target, pk) FROM place WHERE place.pk = dated.pk)")

    def values(sql: str) -> list[Any]:
        return [one for (one,) in base.execute(sql)]

    unit1, unit2 = (
        {str(pk): row for pk, row in base.execute(
            f"SELECT pk, row FROM place_row WHERE pk IN (SELECT {column} FROM place WHERE target IS NULL) ORDER BY row"  # noqa: S608
        )}
        for column in ("unit1", "unit2")
    )  # fmt: skip
    return SortedPlaces(
        n_places=n_places,
        rows=lambda: _entries(bench),
        keys=lambda: (
            key for key, _ in groupby(one for (one,) in base.execute("SELECT key FROM posting ORDER BY rowid"))
        ),
        postings=lambda: _postings(bench),
        countries=values("SELECT DISTINCT country FROM place WHERE target IS NULL AND country <> '' ORDER BY country"),
        sources=values("SELECT DISTINCT source FROM place WHERE target IS NULL ORDER BY source"),
        units=(unit1, unit2),
    )


def _postings(bench: Bench) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    rows = bench.base.execute("SELECT key, row, flags FROM posting ORDER BY rowid")
    for key, same_key in groupby(rows, key=itemgetter(0)):
        found = [(row, flags) for _, row, flags in same_key]
        if len(found) == 1:
            yield key, found
            continue
        flags_of: dict[int, int] = {}
        for row, flags in found:
            flags_of[row] = merge_flags(flags_of.get(row), flags)
        yield key, list(flags_of.items())


def _entries(bench: Bench) -> Iterator[GazetteerEntry]:
    dated = {pk for (pk,) in bench.base.execute("SELECT DISTINCT pk FROM dated")}
    rows = bench.base.execute(
        "SELECT place.pk, place_id, name, lon, lat, feature, country, unit1, unit2, population, radius_m, source, "
        "historical, curated, detail FROM place JOIN place_row USING (pk) ORDER BY row"
    )
    for (
        pk,
        place_id,
        name,
        lon,
        lat,
        feature,
        country,
        unit1,
        unit2,
        population,
        radius,
        source,
        old,
        own,
        text,
    ) in rows:
        detail: dict[str, Any] = json.loads(text) if text else {}
        if pk in dated:
            names = detail.get("names", [])
            known = {one[1] for one in names}
            more = bench.base.execute(
                "SELECT DISTINCT text, key, since, until FROM dated WHERE pk = ? ORDER BY key, since, until, text",
                (pk,),
            )
            detail["names"] = names + [list(one) for one in more if one[1] not in known]
        yield GazetteerEntry(
            place_id=place_id,
            name=name,
            lon=lon,
            lat=lat,
            feature=feature,
            country=country,
            admin1=str(unit1 or ""),
            admin2=str(unit2 or ""),
            population=population,
            radius_m=radius,
            source=source,
            historical=bool(old),
            curated=bool(own),
            detail=detail,
        )
