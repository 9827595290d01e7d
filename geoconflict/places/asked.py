"""What a name that somebody asks for may mean, given what else is said of the place: region, country, a point nearby."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import math
from collections.abc import Sequence

from geoconflict.models import Place, PlacePrecision
from geoconflict.places.countries import name_variants
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.groups import NameGroup
from geoconflict.places.names import fold
from geoconflict.places.online.chain import similarity
from geoconflict.places.other_spellings import LEAST_LIKENESS, PLAIN_COST, spelled_otherwise
from geoconflict.places.relative.grammar import tables
from geoconflict.places.relative.places import near_ring
from geoconflict.places.scoring import (
    NONE_OF_THEM_ASKED,
    Lookup,
    effective_distance_km,
    name_features,
    probabilities,
    weights,
)
from geoconflict.places.units import unit_around, unit_word_in
from geoconflict.places.words import UNIT_KINDS, name_readings

__all__ = ["AskedNames", "asked_point", "somewhere_on_its_road"]

_OTHER_SPELLING_COST = -5.0
"""What a candidate of another spelling loses, in the logarithm of odds."""


_BY_THE_REGION_KM = 60.0
"""Beyond the reach of a region by so much a place may still be counted to it."""


class AskedNames:
    """Weighs the candidates of names that are asked for one by one.

    Parameters
    ----------
    gazetteer
        Where names are looked up.
    countries
        ISO 3166-1 alpha-3 codes of the countries under study.
    """

    def __init__(self, gazetteer: Lookup, countries: Sequence[str]) -> None:
        self.gazetteer = gazetteer
        self.countries = tuple(countries)

    def candidates(
        self,
        name: str,
        near: tuple[float, float] | None,
        admin1: str | None,
        region: Sequence[Candidate],
        codes: Sequence[str],
        on: dt.date | None,
    ) -> NameGroup:
        """Return the places that a name may mean with their probabilities.

        Parameters
        ----------
        name
            As records write it.
        near
            (lon, lat) in degrees, EPSG:4326.
        admin1, region
            The first-level region as said, and the places that may mean (see :meth:`region`).
        codes
            ISO 3166-1 alpha-3 codes of the countries it may lie in, the one meant first; empty is any.
        on
            The day for which names should be valid.
        """
        group = NameGroup(surface=name, mentions=[], candidates=[])
        for reading in name_readings(name):
            found = self.gazetteer.lookup(reading.name, on=on)
            if codes:  # a country that contradicts excludes; a land of disputed status stays
                found = tuple(one for one in found if one.place.country in codes or one.place.country is None)
            fitting = tuple(one for one in found if one.place.kind in reading.kinds) if reading.kinds else found
            for candidate in fitting or found:
                if all(candidate.place.place_id != one.place.place_id for one in group.candidates):
                    group.candidates.append(candidate)
                    group.costs.append(-2.0 * reading.cost)
            if fitting:
                group.note = reading.note
                break
        if not group.candidates and codes:
            # A name alone proves little then, so where the region is said the place must lie in it.
            group.candidates, group.note = spelled_otherwise(
                name,
                codes[0],
                self.gazetteer,
                on,
                fits=lambda place: not admin1 or _region_agreement(place, admin1, region, self.gazetteer) > 0.5,
            )
            group.costs = [_OTHER_SPELLING_COST] * len(group.candidates)
            group.respelled = bool(group.candidates)
        for candidate in group.candidates:
            features, reasons = self._evidence(candidate, near, admin1, region, codes)
            group.features.append(features)
            group.reasons.append(reasons)
        _let_the_inside_win(group.features)
        group.shares = probabilities(group.features, weights(), group.costs, NONE_OF_THEM_ASKED)
        return group

    def _evidence(
        self,
        candidate: Candidate,
        near: tuple[float, float] | None,
        admin1: str | None,
        region: Sequence[Candidate],
        codes: Sequence[str],
    ) -> tuple[dict[str, float], list[str]]:
        features = name_features(candidate)
        reasons: list[str] = []
        place = candidate.place
        if codes:
            # The country itself is certain; a land that some count to it, half as good.
            features["country_votes"] = 1.0 if place.country == codes[0] else 0.5
        elif place.country in self.countries:
            features["study_country"] = 1.0
        if near is not None:
            point = asked_point(*near)
            apart = effective_distance_km(place, point)
            features["near_asked"] = math.exp(-apart / 100)
            reasons.append(f"{apart:.0f} km from the point given")
        if admin1:
            agreement = _region_agreement(place, admin1, region, self.gazetteer)
            features["contained"] = max(0.0, agreement)
            features["region_differs"] = max(0.0, -agreement)
            if agreement > 0.5:
                reasons.append(f"in or by {admin1}")
            elif agreement < 0:
                reasons.append(f"not in {admin1}")
        return features, reasons

    def region(self, admin1: str | None, codes: Sequence[str], on: dt.date | None) -> list[Candidate]:
        """Return the places that the name of a first-level region may mean in a country, the best first."""
        if not admin1:
            return []
        for reading in name_readings(admin1):
            found = [
                one
                for one in self.gazetteer.lookup(reading.name, on=on)
                if one.place.kind in UNIT_KINDS and (not codes or one.place.country in codes)
            ]
            if found:
                return sorted(found, key=_by_level)
        return self._unit_spelled_otherwise(admin1, codes, on) or self._around_its_town(admin1, codes, on)

    def _unit_spelled_otherwise(self, admin1: str, codes: Sequence[str], on: dt.date | None) -> list[Candidate]:
        """Return the units of a country whose names may be this one transliterated otherwise: those of the best spelling."""
        for reading in name_readings(admin1) if codes else ():
            if reading.kinds and reading.kinds.isdisjoint(UNIT_KINDS):
                continue
            for key, likeness in self.gazetteer.spelled_like(reading.name):
                found = [one for one in self.gazetteer.lookup(key, on=on) if one.place.country in codes]
                found = [one for one in found if one.place.kind in UNIT_KINDS]
                if found and likeness >= LEAST_LIKENESS:
                    return sorted(found, key=_by_level)
        return []

    def _around_its_town(self, admin1: str, codes: Sequence[str], on: dt.date | None) -> list[Candidate]:
        """Return the ground around the town that a unit bears the name of, as wide as such units are, where only that is known."""
        word = unit_word_in(admin1)
        if not word or not codes:
            return []
        for reading in name_readings(admin1):
            towns = [one for one in self.gazetteer.lookup(reading.name, on=on) if one.place.country in codes]
            towns = [one for one in towns if one.place.kind == "settlement" and one.is_primary]
            if towns and reading.cost <= PLAIN_COST:
                return [towns[0]._replace(place=unit_around(towns[0].place, word))]
        return []


_LARGEST_FIRST = ("admin1", "area", "admin2")


def _by_level(one: Candidate) -> tuple[int, float, str]:
    return (_LARGEST_FIRST.index(one.place.kind), -one.prior, one.place.place_id)


def _let_the_inside_win(rows: Sequence[dict[str, float]]) -> None:
    """Where a place lies in the region that is said, take from those that only lie near it what they have for that."""
    if any(row.get("contained", 0.0) >= 1.0 for row in rows):
        for row in rows:
            if row.get("contained", 0.0) < 1.0:
                row["contained"] = 0.0


def somewhere_on_its_road(place: Place, name: str) -> tuple[Place, str]:
    """Return a town as the ground around it where the name asked for is a road's with more to it, and why; else itself and ""."""
    words = fold(name).split()
    if place.kind != "settlement" or _roads().isdisjoint(words) or not _roads().isdisjoint(fold(place.name).split()):
        return place, ""
    radius_m = max(place.radius_m, _ALONG_A_ROAD_M)
    around = dataclasses.replace(place, radius_m=radius_m, precision=near_ring(radius_m, place.precision))
    return around, f"{name!r} is a road: within {radius_m / 1000:.0f} km of {place.name}, which it leads to"


_ALONG_A_ROAD_M = 30_000.0
"""How far from the one town of it that is known something on a road may well be."""


@functools.cache
def _roads() -> frozenset[str]:
    return frozenset(word for word in tables()["road"]["nouns"] if " " not in word)


def asked_point(lon: float, lat: float) -> Place:
    """Return a point that a question names, EPSG:4326, as a place."""
    return Place(
        place_id="point", name="point", lon=lon, lat=lat, geometry=f"POINT ({lon} {lat})",
        kind="settlement", precision=PlacePrecision.EXACT, radius_m=0.0,
    )  # fmt: skip


def _region_agreement(place: Place, admin1: str, region: Sequence[Candidate], gazetteer: Lookup) -> float:
    """Return how well a place agrees with a first-level region: 1 in it, -1 far from it, 0 where nothing can be said."""
    names = [reading.name for reading in name_readings(admin1)] or list(name_variants(admin1))
    known = [name for name in (place.admin1, place.name if place.kind in ("admin1", "area") else None) if name]
    likeness = max((similarity(one, name) for one in known for name in names), default=0.0)
    if likeness >= 0.8:
        return 1.0
    for candidate in region:
        if place.place_id == candidate.place.place_id or gazetteer.is_within(place, candidate.place):
            return 1.0
    if not region:
        return -0.3 if known else 0.0
    apart = min(effective_distance_km(place, candidate.place) for candidate in region)
    # Units are split, merged and moved: by the region is nearly in it; hundreds of kilometres off is another place, and what
    # is known to be of another unit is so sooner.
    least = _BY_THE_REGION_KM / 3 if place.admin1 and region[0].place.kind == "admin1" else _BY_THE_REGION_KM
    return 0.8 * math.exp(-apart / 40) if apart < least else -min(1.0, (apart - least) / 100)
