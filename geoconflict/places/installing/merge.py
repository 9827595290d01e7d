"""Merging installed sources with the embedded gazetteer: by GeoNames id, adding and updating, never deleting.

* A settlement takes the columns of the newest source and keeps the names of all.
* Curated rows, countries and the units that the embedded gazetteer has keep their columns, and gain names.
* A new settlement that shares its name with a curated one nearby is that one; so is a unit of a curated one's level.
* What only the embedded or an earlier download has is kept and flagged historical.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from geoconflict.places.gazetteer_format import NameFlag
from geoconflict.places.installing.dump_names import alternate_key, bare_unit_keys, is_language, primary_keys, validity
from geoconflict.places.installing.geonames import DumpName, DumpPlace, dump_features
from geoconflict.places.installing.merge_base import Bench
from geoconflict.places.installing.whosonfirst import WofRecord
from geoconflict.places.names import is_latin

__all__ = ["Merge"]

GEONAMES: Final = "GeoNames (CC BY 4.0)"
EARLIER: Final = "GeoNames, an earlier download (CC BY 4.0)"
WHOS_ON_FIRST: Final = "Who's On First"
_KEPT_COLUMNS = frozenset({"ADM1", "ADM2", "PCL"})
_FEATURES = {one.code: one for one in dump_features().values()}
_WITHOUT_EMBEDDED_ROW = _FEATURES["RGN"]
"""What a country's own row is taken for where the embedded gazetteer does not have the country."""


class Merge:
    """Adds sources to a bench that holds the embedded gazetteer.

    Parameters
    ----------
    bench
        The tables.
    alpha3
        ISO 3166-1 alpha-2 -> alpha-3.
    """

    def __init__(self, bench: Bench, alpha3: Mapping[str, str]) -> None:
        self._bench = bench
        self._alpha3 = alpha3

    # ------------------------------------------------------------ GeoNames
    def add_units(self, ids: Mapping[str, int]) -> None:
        """Let the GeoNames ids of second-level units (by code) lead to the rows that the embedded gazetteer has of them."""
        for code, number in ids.items():
            if code.count(".") == 2:
                pk = self._bench.aliased(f"geonames-admin2:{code}")
                if pk is not None and self._bench.key_of_geonames(number) is None:
                    self._bench.add_alias(f"geonames:{number}", pk)

    def add_dump(self, places: Iterable[DumpPlace], units: Mapping[str, int], *, alternates_follow: bool) -> None:
        """Add the rows of a country dump.

        Parameters
        ----------
        places
            The rows.
        units
            Code -> GeoNames id of first-level and second-level units.
        alternates_follow
            Whether :meth:`add_alternates` brings the other names; else they are taken from the rows themselves, where they
            have neither language nor dates.
        """
        for place in places:
            pk = self._put(place, units, historical=place.feature is not None and place.feature.is_past)
            self._add_main_names(pk, place, 0)
            if not alternates_follow:
                self._add_plain_alternates(pk, place, 0)

    def add_earlier(self, places: Iterable[DumpPlace], units: Mapping[str, int]) -> None:
        """Add rows of earlier downloads that the newest one lacks or names otherwise; after :meth:`add_dump`."""
        for place in places:
            known = self._bench.key_of_geonames(place.geonames_id)
            if known is None:
                known = self._put(place, units, historical=True, source=EARLIER)
            self._add_main_names(known, place, NameFlag.OLD)
            self._add_plain_alternates(known, place, NameFlag.OLD)

    def _put(self, place: DumpPlace, units: Mapping[str, int], *, historical: bool, source: str = GEONAMES) -> int:
        bench = self._bench
        feature = place.feature or _WITHOUT_EMBEDDED_ROW
        codes = place.units.split(".")
        unit1, unit2 = (
            bench.aliases.get(number, number)
            if len(codes) >= depth and (number := units.get(".".join(codes[:depth])))
            else None
            for depth in (2, 3)
        )
        pk = bench.aliases.get(place.geonames_id, place.geonames_id)
        if pk not in bench.keys:
            bench.add_places(
                [
                    (
                        pk, f"geonames:{place.geonames_id}", place.name, place.lon, place.lat, feature.code,
                        self._alpha3.get(place.country, ""), unit1, unit2, place.units, place.population,
                        feature.radius_m, source, historical, 0, "", 0, 1, 0,
                    )
                ]
            )  # fmt: skip
            return pk
        bench.flush()
        known = bench.base.execute("SELECT feature, curated FROM place WHERE pk = ?", (pk,)).fetchone()
        if known[1] or known[0] in _KEPT_COLUMNS:
            bench.base.execute(
                "UPDATE place SET population = CASE population WHEN 0 THEN ? ELSE population END, "
                "unit1 = COALESCE(unit1, ?), unit2 = COALESCE(unit2, ?) WHERE pk = ?",
                (place.population, unit1, unit2, pk),
            )
        else:
            bench.base.execute(
                "UPDATE place SET name = ?, lon = ?, lat = ?, feature = ?, country = ?, unit1 = COALESCE(?, unit1), "
                "unit2 = COALESCE(?, unit2), units = ?, population = CASE ? WHEN 0 THEN population ELSE ? END, "
                "radius_m = ?, source = ?, historical = ? WHERE pk = ?",
                (
                    place.name, place.lon, place.lat, feature.code, self._alpha3.get(place.country, ""), unit1, unit2,
                    place.units, place.population, place.population, feature.radius_m, source, historical, pk,
                ),
            )  # fmt: skip
        bench.base.execute("UPDATE place SET seen = 1 WHERE pk = ?", (pk,))
        return pk

    def _add_main_names(self, pk: int, place: DumpPlace, flags: int) -> None:
        kind = (place.feature or _WITHOUT_EMBEDDED_ROW).kind
        found: dict[str, int] = {}
        for text in (place.name, place.ascii_name):
            for key, own in primary_keys(text, population=place.population):
                found.setdefault(key, own | flags)
                if kind.startswith("admin"):
                    for bare in bare_unit_keys(key, kind):
                        found.setdefault(bare, NameFlag.PRIMARY | NameFlag.VARIANT | flags)
        self._bench.add_names((pk, key, own) for key, own in found.items())

    def _add_plain_alternates(self, pk: int, place: DumpPlace, flags: int) -> None:
        keys = {key for text in place.alternates if (key := alternate_key(text)) is not None}
        self._bench.add_names((pk, key, flags) for key in sorted(keys))

    def add_alternates(self, names: Iterable[DumpName]) -> int:
        """Add names with language and dates; return how many were kept.

        The preferred English name, and preferred ones in other scripts, count as main names; historic ones are marked.
        Codes, links and other pseudo-languages are left out.
        """
        n_kept = 0
        for name in names:
            key = alternate_key(name.text) if is_language(name.language) else None
            pk = self._bench.key_of_geonames(name.geonames_id) if key is not None else None
            if key is None or pk is None:
                continue
            is_main = name.is_preferred and not (name.is_historic or name.is_colloquial)
            is_main = is_main and (name.language == "en" or not is_latin(name.text))
            flags = NameFlag.PRIMARY * is_main | NameFlag.OLD * name.is_historic
            self._bench.add_dated_name(pk, name.text, key, flags, *validity(name.since, name.until))
            n_kept += 1
        return n_kept

    def mark_gone(self, country: str) -> None:
        """Flag embedded settlements of a country (alpha-2) that its newest dump no longer has."""
        self._bench.flush()
        self._bench.base.execute(
            "UPDATE place SET historical = 1 WHERE embedded AND NOT curated AND NOT seen AND country = ? "
            "AND feature LIKE 'PPL%' AND place_id LIKE 'geonames:%'",
            (self._alpha3.get(country, ""),),
        )

    # ------------------------------------------------------------ Who's On First
    def add_whosonfirst(self, records: Iterable[WofRecord]) -> None:
        """Add records: names to the GeoNames row of the same id, else new places."""
        bench = self._bench
        for record in records:
            pk = bench.key_of_geonames(record.geonames_id) if record.geonames_id else None
            main = 0
            if pk is None:
                if bench.aliased(f"whosonfirst:{record.wof_id}") is not None:
                    continue  # two bundles hold it
                main = int(NameFlag.PRIMARY)
                pk = self._append(record)
            bench.base.execute("INSERT OR IGNORE INTO wof VALUES (?, ?)", (record.wof_id, pk))
            found = dict(primary_keys(record.name, population=record.population)) if main else {}
            for language, text, preferred in (("", record.name, False), *record.names):
                key = alternate_key(text)
                if key is not None:
                    found.setdefault(key, main if preferred and language == "eng" else 0)
            kind = _FEATURES[record.feature].kind
            for key in list(found) if main and kind.startswith("admin") else ():
                for bare in bare_unit_keys(key, kind):
                    found.setdefault(bare, main | NameFlag.VARIANT)
            bench.add_names((pk, key, flags) for key, flags in found.items())

    def _append(self, record: WofRecord) -> int:
        feature = _FEATURES[record.feature]
        detail: dict[str, Any] = {"valid_from": record.valid_from, "valid_to": record.valid_to}
        pk = self._bench.new_key()
        place_id = f"whosonfirst:{record.wof_id}"
        self._bench.add_places(
            [
                (
                    pk, place_id, record.name, record.lon, record.lat, feature.code,
                    self._alpha3.get(record.country, ""), None, None, "", record.population, feature.radius_m,
                    WHOS_ON_FIRST, not record.is_current, 0, self._bench.detail_text(detail), 0, 1, record.region_id,
                )
            ]
        )  # fmt: skip
        if record.geonames_id:
            self._bench.add_alias(f"geonames:{record.geonames_id}", pk)
        return pk
