"""The gazetteer: names with dates of validity, points, lines and areas. No network, nothing parsed at start.

>>> gazetteer = Gazetteer.open()
>>> gazetteer.lookup("Stepanakert")[0].place.country
'AZE'

The ranking of candidates follows what was measured on news: settlements before the areas named after them, the main
name before alternates, current names before those that the date rules out, hand-curated rows before the rest.
"""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from geoconflict.errors import GazetteerError
from geoconflict.geo import EARTH_RADIUS_M, Bounds, distance_m
from geoconflict.ids import canonical_json, fingerprint
from geoconflict.models import NameMatch, Place
from geoconflict.places.gazetteer_format import (
    REINSTALL,
    GazetteerEntry,
    GazetteerFile,
    NameFlag,
    Row,
)
from geoconflict.places.gazetteer_rank import (
    ALSO_CALLED,
    CITY,
    CURATED,
    LEAST_TOWN,
    OWN_ROWS,
    counts_as_namesake,
    prior,
    weight,
)
from geoconflict.places.gazetteer_rows import N_KEPT, Found, GazetteerRows
from geoconflict.places.gazetteer_tables import read_tables, repeated_ids
from geoconflict.places.gazetteer_variants import article_variants, exact_keys, without_admin_word
from geoconflict.places.name_scan import NameScanner
from geoconflict.places.names import fold
from geoconflict.places.spelling import bucket, is_longer_spelling, is_spelling, likeness, skeleton, skeleton_of_key

__all__ = ["Candidate", "Gazetteer", "embedded_folder"]


class Candidate(NamedTuple):
    """One place that bears a name."""

    place: Place
    matched_name: str
    """The spelling that matched: as curated where a curated row has it, else as asked for."""
    is_primary: bool
    """Whether it is the place's main name (or was, in an older snapshot or by a curated row)."""
    name_valid: bool
    """Whether the name, and the place, were valid on the date asked for; True when no date was given or none is known."""
    feature: str
    """GeoNames feature code (PPLC, ADM1 ...), or the kind of a curated row."""
    historical: bool
    """Only an older snapshot of the source has the place."""
    curated: bool
    prior: float
    """How probable the place is before any context, 0 to 1 (see :meth:`Gazetteer.lookup`)."""


_SEATS = frozenset({"PPLA", "PPLC"})
_BOX_OF_UNIT = 1.5
"""Of its radius: a unit of an odd shape reaches farther than the circle of its size around its middle."""
_NO_TOWNS = frozenset({"PPLX", "PPLH"})
"""GeoNames' codes of settlements that a map names no town by: parts of towns, and those that exist no more."""

_CLOSE_M = 50_000.0
"""How far towns around a point are looked for at first."""


class Gazetteer:
    """The embedded gazetteer and the user's own places. Make one with :meth:`open`; safe to share between threads."""

    def __init__(self, file: GazetteerFile, extra: Sequence[GazetteerEntry], fingerprint: str) -> None:
        self._file = file
        self._rows = GazetteerRows(file, extra)
        self._extra_spellings: dict[str, list[str]] | None = None
        """The user's names by their skeletons, made when first asked for."""
        self._scanner = NameScanner(file.trie, self._rows.extra_keys)
        self.fingerprint = fingerprint
        """Content hash of what is open: the embedded part's stored digest and the user's rows."""
        self.attribution: tuple[str, ...] = tuple(file.header["attribution"])
        """What maps and documents made with it must say."""
        self._matches: dict[str, NameMatch | None] = {}
        self._candidates_of: dict[tuple[str, str, tuple[bool, ...] | None], tuple[Candidate, ...]] = {}
        self._found_dated = functools.lru_cache(maxsize=N_KEPT)(self._rows.found)
        self._may_end = functools.lru_cache(maxsize=65_536)(self._has_detail)
        self._shapes: dict[str, Any] = {}

    @classmethod
    def open(
        cls,
        folder: Path | None = None,
        *,
        extra: Sequence[Path] = (),
        verify: bool = False,
        repair: str = REINSTALL,
    ) -> Gazetteer:
        """Open a gazetteer; a matter of milliseconds.

        Parameters
        ----------
        folder
            Holds ``names.marisa`` and ``places.bin``; None is the gazetteer embedded in the package.
        extra
            CSV or GeoJSON files with places, lines and areas of the user (columns:
            :mod:`geoconflict.places.gazetteer_tables`). They win over the embedded ones like curated rows.
        verify
            Compares the whole files with their checksum first; without it, damage is found where it is read.
        repair
            What an error about the files tells the user to do.

        Raises
        ------
        GazetteerError
            If the files are missing or damaged, or two rows of `extra` share an id.
        InputError
            If a row of `extra` cannot be used; the message names file and line.
        """
        file = GazetteerFile(folder if folder is not None else embedded_folder(), repair=repair)
        if verify:
            file.verify()
        rows = [row for path in extra for row in read_tables(Path(path), "user")]
        twice = repeated_ids((row.where, row.entry.place_id) for row in rows)
        if twice:
            msg = "places.extra and added files:\n" + "\n".join(twice[:5])
            raise GazetteerError(msg)
        entries = [row.entry for row in rows]
        digest: str = file.header["fingerprint"]
        if entries:
            told = [
                [e.place_id, e.name, e.lon, e.lat, e.feature, e.country, e.population, e.radius_m, e.detail]
                for e in entries
            ]
            digest = fingerprint(digest.encode(), canonical_json(told).encode())
        return cls(file, entries, digest)

    # ------------------------------------------------------------ names in running text
    def match_at(self, text: str, start: int, *, on: dt.date | None = None) -> tuple[NameMatch, ...]:
        """Return the gazetteer names that begin at offset `start` of `text` and end with a word, longest first.

        Case, diacritics, apostrophes, hyphens and the form of the Arabic article do not count; abbreviations match in
        capitals only. An English possessive is left out of the match. Where only the text before
        can tell whether a word begins there, the text is tokenised once and remembered until another text comes.

        Parameters
        ----------
        text
            The whole report.
        start
            Code points from its beginning. A position that is not the start of a word gives no match.
        on
            Leaves out places that did not exist on that date (and names too, unless all are out of date).
        """
        matches = []
        for end, key in self._scanner.at(text, start):
            summary = self._summary(key, on)
            if summary is not None:
                matches.append(
                    NameMatch(
                        end=end,
                        n_candidates=summary.n_candidates,
                        max_population=summary.max_population,
                        has_primary=summary.has_primary,
                        is_spelling=summary.is_spelling,
                        kinds=summary.kinds,
                        countries=summary.countries,
                        curated=summary.curated,
                        states=summary.states,
                    )
                )
        return tuple(matches)

    def scan(self, text: str) -> list[tuple[int, int]]:
        """Return (start, end) of every gazetteer name that begins at a capitalised word of `text`, by start, longest first.

        Offsets are code points, end exclusive. Names overlap; which of them is meant is for the reader to weigh.
        """
        return self._scanner.scan(text)

    def _summary(self, key: str, on: dt.date | None) -> NameMatch | None:
        if on is None and key in self._matches:
            return self._matches[key]
        found = self._rows.found(key)
        if on is not None:
            found = [one for one in found if self._rows.place_valid(one, on)]
            found = [one for one in found if self._rows.name_valid(one, key, on)] or found
        summary = None
        if found:
            has_primary = any(one.flags & NameFlag.PRIMARY for one in found)
            summary = NameMatch(
                end=0,
                n_candidates=len(found),
                max_population=max(one.row.population for one in found),
                has_primary=has_primary,
                is_spelling=not has_primary and any(is_spelling(key, fold(one.row.name)) for one in found),
                kinds=tuple(sorted({self._rows.kind(one.row) for one in found})),
                countries=tuple(sorted({one.row.country for one in found} - {""})[:8]),
                curated=any(one.row.curated for one in found),
                states=tuple(
                    sorted({one.row.country for one in found if self._rows.kind(one.row) == "country"} - {""})
                ),
            )
        if on is None:
            if len(self._matches) >= N_KEPT:
                self._matches.clear()
            self._matches[key] = summary
        return summary

    # ------------------------------------------------------------ names by themselves
    def lookup(self, name: str, *, on: dt.date | None = None) -> tuple[Candidate, ...]:
        """Return the places that bear `name`, the most probable first; empty when none does.

        The exact folded name is tried first. Only when nothing bears it: the Arabic article is left out, put in front or
        exchanged; then an administrative word is taken off ("Obo town", "Diyala province", "city of Homs"), which
        restricts the kinds; where no place of these kinds bears the rest, the others come with half their prior.

        `prior` comes from :mod:`geoconflict.places.gazetteer_rank`. In short: a country weighs most; a settlement weighs
        its population, ten times for a capital; an administrative unit a part of the people in its settlements, but
        never more than half the settlement it is named after; a curated row five times its population, at least 50,000.
        A match on the main name counts three times, a place gone from the newest snapshot half, and a name or place that
        is not valid on the date a hundredth.

        Parameters
        ----------
        name
            Any spelling, in any script; most names of the embedded gazetteer are in Latin letters only.
        on
            The date for which names and places should be valid; others are kept, ranked last and marked.
        """
        for key in exact_keys(name):
            if self._scanner.known(key):
                return self._candidates(key, name, on)
        folded = fold(name)
        for key in article_variants(folded):
            if self._scanner.known(key):
                return self._candidates(key, name, on)
        for rest, kinds in without_admin_word(folded):
            for key in (rest, *article_variants(rest)):
                if self._scanner.known(key):
                    candidates = self._candidates(key, name, on)
                    of_kind = tuple(one for one in candidates if one.place.kind in kinds)
                    return of_kind or tuple(one._replace(prior=one.prior / 2) for one in candidates)
        return ()

    def _has_detail(self, key: str) -> bool:
        """Whether a place of this name has more than its row, such as dates."""
        return any(one.row.has_detail for one in self._rows.found(key))

    def _candidates(self, key: str, surface: str, on: dt.date | None) -> tuple[Candidate, ...]:
        # Of a day only that matters which of the places it leaves valid: the same ones nearly always, whatever the day. Names
        # and places without dates are valid on all.
        valid: tuple[bool, ...] | None = None
        if on is not None and self._may_end(key):
            valid = tuple(
                self._rows.name_valid(one, key, on) and self._rows.place_valid(one, on)
                for one in self._found_dated(key)
            )
            valid = None if all(valid) else valid
        known = self._candidates_of.get((key, surface, valid))
        if known is None:
            if len(self._candidates_of) >= N_KEPT:
                self._candidates_of.clear()
            found = self._rows.found(key)
            known = self._ranked(found, key, surface, valid or (True,) * len(found))
            self._candidates_of[key, surface, valid] = known
        return known

    def _ranked(self, found: Sequence[Found], key: str, surface: str, valid: Sequence[bool]) -> tuple[Candidate, ...]:
        is_main = [bool(one.flags & NameFlag.PRIMARY) or self._is_city_spelt(one.row, key) for one in found]
        weights = [
            weight(one.row, self._rows.kind(one.row), primary=is_primary, valid=ok)
            for one, is_primary, ok in zip(found, is_main, valid, strict=True)
        ]
        if any(self._is_town_called(one) and ok for one, ok in zip(found, valid, strict=True)):
            for index, one in enumerate(found):
                if self._rows.kind(one.row) == "settlement" and not is_main[index] and not one.row.curated:
                    weights[index] *= ALSO_CALLED
        for index, one in enumerate(found):
            if self._is_unit(one):
                namesakes = [
                    weights[other]
                    for other, town in enumerate(found)
                    if is_main[other] and self._is_named_after(one.row, town.row)
                ]
                weights[index] = min([weights[index], *(heaviest / 2 for heaviest in namesakes)])
        heaviest = max(weights, default=0.0)
        for index, one in enumerate(found):
            if self._rows.is_own(one.number) and valid[index]:  # the user's own rows win over all others
                weights[index] = max(weights[index], OWN_ROWS * heaviest)
        candidates = [
            Candidate(
                place=self._rows.place(one.number),
                matched_name=self._rows.matched_name(one, key) or surface,
                is_primary=is_primary,
                name_valid=ok,
                feature=one.row.feature,
                historical=one.row.historical,
                curated=one.row.curated,
                prior=prior(value),
            )
            for one, is_primary, ok, value in zip(found, is_main, valid, weights, strict=True)
        ]
        return tuple(sorted(candidates, key=lambda one: (-one.prior, one.place.place_id)))

    def _is_city_spelt(self, row: Row, key: str) -> bool:
        """Whether a name is a spelling of a city's main one: Mykolaiv is no other name of Mykolayiv, whatever town is spelt so."""
        is_city = row.population >= CITY and self._rows.kind(row) == "settlement"
        return is_city and is_longer_spelling(key, fold(row.name))

    def _is_town_called(self, found: Found) -> bool:
        """Whether a name is the main one of a town that is large enough to be told of."""
        is_main = found.flags & NameFlag.PRIMARY and not found.flags & NameFlag.OLD
        return bool(is_main) and self._rows.kind(found.row) == "settlement" and found.row.population >= LEAST_TOWN

    def _is_named_after(self, unit: Row, town: Row) -> bool:
        """Whether a unit may bear the name of this place as of the settlement inside it."""
        if self._rows.kind(town) != "settlement" or unit.country != town.country:
            return False
        if unit.admin1 and town.admin1:
            inside = unit.admin1 == town.admin1
        else:
            inside = distance_m(unit.lon, unit.lat, town.lon, town.lat) <= 1.5 * unit.radius_m
        return inside and counts_as_namesake(town, unit)

    def _is_unit(self, found: Found) -> bool:
        """Whether it is an administrative unit, by kind or, for a curated area, by precision."""
        if self._rows.kind(found.row) in {"admin1", "admin2"}:
            return True
        return found.row.has_detail and self._rows.detail(found.number).get("precision") in {"admin1", "admin2"}

    # ------------------------------------------------------------ places
    def __len__(self) -> int:
        return len(self._rows)

    def place(self, place_id: str) -> Place | None:
        """Return the place with this id, or None. Ids of rows that a curated row replaced lead to the curated row."""
        number = self._rows.number_of(place_id)
        return None if number is None else self._rows.place(number)

    def names(self, place_id: str) -> tuple[str, ...]:
        """Return the names of a place, the main one first; empty when there is no such place.

        Curated names come as curated; others as they are kept, which is folded, with capitals put back at word starts.
        """
        index = self._rows.number_of(place_id)
        if index is None:
            return ()
        if self._rows.is_own(index):
            return tuple(dict.fromkeys(name.text for name in self._rows.extra[index - self._file.n_places].names))
        row = self._file.row(index)
        curated = self._file.detail(index).get("names", []) if row.has_detail else []
        keys = {key for _, key, *_ in curated} | {fold(row.name)}
        others = sorted(key for key, _ in self._file.keys_of(index) if key not in keys and not key.startswith("="))
        return tuple(dict.fromkeys([row.name, *(text for text, *_ in curated), *(key.title() for key in others)]))

    def spelled_like(self, name: str) -> tuple[tuple[str, float], ...]:
        """Return the folded names that may be `name` written otherwise, each with its likeness, the most alike first.

        A likeness is the share of letters in common, 0 to 1 (:mod:`geoconflict.places.spelling`). The name itself is not
        among them, nor are abbreviations. A fraction of a millisecond.
        """
        wanted, own = skeleton(name), fold(name)
        n_buckets = self._file.n_buckets()
        if not wanted:
            return ()
        keys = self._file.bucket(bucket(wanted, n_buckets)) if n_buckets else []
        if self._extra_spellings is None:
            self._extra_spellings = {}
            for key in self._rows.extra_keys:
                self._extra_spellings.setdefault(skeleton_of_key(key), []).append(key)
        keys += self._extra_spellings.get(wanted, [])
        others = {key for key in keys if key != own and skeleton_of_key(key) == wanted}
        return tuple(sorted(((key, likeness(own, key)) for key in others), key=lambda one: (-one[1], one[0])))

    def towns_within(self, bounds: Bounds) -> list[tuple[str, float, float, int]]:
        """Return (name, longitude, latitude, population) of the towns and villages in a box, the most important first.

        That is the most populous; curated towns count some times their people, for new districts of towns have more people
        in GeoNames than the towns. Places that exist no more and parts of towns are left out; the user's own settlements are not.
        """
        west, south, east, north = bounds
        rows: list[Row | GazetteerEntry] = [row for _, row in self._file.rows_within(*bounds) if not row.historical]
        rows += [entry for entry in self._rows.extra if west <= entry.lon <= east and south <= entry.lat <= north]
        towns = {
            (row.name, row.lon, row.lat, row.population): row.population
            * (CURATED if getattr(row, "curated", False) else 1)
            for row in rows
            if row.feature not in _NO_TOWNS and self._rows.kind(row) == "settlement"
        }
        return sorted(towns, key=lambda town: (-towns[town], town))

    def towns_near(self, lon: float, lat: float, *, within_m: float, most: int = 20) -> list[Place]:
        """Return the nearest towns and villages around a point (EPSG:4326 degrees), at most so many metres away, the nearest first.

        Places that exist no more are left out. It looks close by first, for a scan of a large box takes long.
        """
        reach = min(_CLOSE_M, within_m)
        found: list[tuple[float, int]] = []
        while True:
            high = math.degrees(reach / EARTH_RADIUS_M)
            wide = high / max(0.05, math.cos(math.radians(min(89.0, abs(lat) + high))))
            box = (lon - wide, lat - high, lon + wide, lat + high)
            rows: list[tuple[int, Row | GazetteerEntry]] = [
                (number, row) for number, row in self._file.rows_within(*box) if not row.historical
            ]
            rows += enumerate(self._rows.extra, self._file.n_places)
            found = [
                (apart, number)
                for number, row in rows
                if row.feature != "PPLH" and self._rows.kind(row) == "settlement"
                if (apart := distance_m(lon, lat, row.lon, row.lat)) <= reach
            ]
            if len(found) >= most or reach >= within_m:
                return [self._rows.place(number) for _, number in sorted(found)[:most]]
            reach = within_m

    def seat_of(self, unit: Place) -> Place | None:
        """Return the town from which a first-level unit is governed, by GeoNames' PPLA and PPLC; None where there is not one alone."""
        high = math.degrees(_BOX_OF_UNIT * unit.radius_m / EARTH_RADIUS_M)
        wide = high / max(0.05, math.cos(math.radians(min(89.0, abs(unit.lat) + high))))
        rows = self._file.rows_within(unit.lon - wide, unit.lat - high, unit.lon + wide, unit.lat + high)
        seats = [self._rows.place(number) for number, row in rows if row.feature in _SEATS and not row.historical]
        here = [one for one in seats if (one.admin1, one.country) == (unit.name, unit.country)]
        return here[0] if len(here) == 1 else None

    def contains(self, area: Place, lon: float, lat: float) -> bool:
        """Return whether a point (EPSG:4326 degrees) lies in an area.

        An area with a polygon is asked exactly; one that has only a point is taken as the disc of its `radius_m`.
        """
        if "POLYGON" not in area.geometry:
            return distance_m(area.lon, area.lat, lon, lat) <= area.radius_m
        import shapely

        shape = self._shapes.get(area.place_id)
        if shape is None:
            shape = self._shapes[area.place_id] = shapely.from_wkt(area.geometry)
            shapely.prepare(shape)
        return bool(shapely.intersects_xy(shape, lon, lat))

    def is_within(self, inner: Place, outer: Place) -> bool:
        """Return whether one place lies in another, by country, by administrative unit, or by the outer one's polygon or disc.

        A country contains the places whose `country` it is, de jure; a GeoNames unit those that GeoNames counts to it.
        """
        if inner.place_id == outer.place_id:
            return False
        if outer.kind == "country":
            return outer.country is not None and inner.country == outer.country
        if outer.kind in {"admin1", "admin2"}:
            inner_row, outer_row = self._rows.embedded_number(inner), self._rows.embedded_number(outer)
            if inner_row is not None and outer_row is not None:
                row = self._file.row(inner_row)
                level = 1 if outer.kind == "admin1" else 2
                unit = self._rows.unit_number(level, row)
                if unit is not None and "POLYGON" not in outer.geometry:
                    return unit == outer_row and inner_row != outer_row
        if outer.kind in {"line", "landmark", "settlement"}:
            return False
        return self.contains(outer, inner.lon, inner.lat)


def embedded_folder() -> Path:
    """Return the folder of the gazetteer in the package."""
    return Path(str(resources.files("geoconflict.resources") / "gazetteer"))
