"""A gazetteer of a few invented places in real countries, with the methods that resolution and geocoding use."""

from __future__ import annotations

import datetime as dt
import math

from geoconflict.geo import distance_m
from geoconflict.models import Place, PlacePrecision
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.names import fold
from geoconflict.places.spelling import likeness, skeleton

_PRECISION = {
    "settlement": PlacePrecision.TOWN,
    "admin1": PlacePrecision.ADMIN1,
    "area": PlacePrecision.AREA,
    "line": PlacePrecision.LINE,
    "country": PlacePrecision.COUNTRY,
}
_RADIUS_M = {"settlement": 2_000.0, "admin1": 60_000.0, "area": 50_000.0, "line": 60_000.0, "country": 400_000.0}


def tiny_place(
    key: str,
    name: str,
    lon: float,
    lat: float,
    kind: str = "settlement",
    country: str | None = None,
    admin1: str | None = None,
    population: int = 0,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    radius_m: float | None = None,
) -> Place:
    return Place(
        place_id=f"tiny:{key}",
        name=name,
        lon=lon,
        lat=lat,
        geometry=f"POINT ({lon} {lat})",
        kind=kind,
        precision=_PRECISION[kind],
        radius_m=radius_m or _RADIUS_M[kind],
        country=country,
        admin1=admin1,
        population=population,
        valid_from=valid_from,
        valid_to=valid_to,
        source="test",
    )


_PLACES: tuple[tuple[Place, tuple[str, ...], str], ...] = (
    (tiny_place("mali", "Mali", -2.0, 17.0, "country", "MLI"), (), "PCL"),
    (tiny_place("niger", "Niger", 8.0, 16.0, "country", "NER"), (), "PCL"),
    (tiny_place("georgia", "Georgia", 43.5, 42.0, "country", "GEO"), (), "PCL"),
    (tiny_place("georgia-us", "Georgia", -83.5, 32.7, "admin1", "USA", population=5_000_000), (), "ADM1"),
    (tiny_place("usa", "United States", -98.5, 39.8, "country", "USA"), ("U.S.",), "PCL"),
    (tiny_place("kidore", "Kidore Region", 1.4, 18.4, "admin1", "MLI", population=60_000), ("Kidore",), "ADM1"),
    (tiny_place("tassiga", "Tassiga Region", 8.5, 14.0, "admin1", "NER", population=90_000), ("Tassiga",), "ADM1"),
    (tiny_place("gourma", "Gourma", -3.0, 15.0, country="MLI", admin1="Gourma Region", population=30_000), (), "PPLA"),
    (tiny_place("gourma-region", "Gourma Region", -3.2, 15.3, "admin1", "MLI", population=200_000), ("Gourma",), "ADM1"),
    # Two towns of one name: the larger one in Niger.
    (tiny_place("anderam-ml", "Anderam", 1.5, 18.5, country="MLI", admin1="Kidore Region", population=2_000), (), "PPL"),
    (tiny_place("anderam-ne", "Anderam", 8.6, 14.1, country="NER", admin1="Tassiga Region", population=40_000), (), "PPL"),
    (tiny_place("tessal", "Tessal", 1.2, 18.7, country="MLI", admin1="Kidore Region", population=9_000), (), "PPLA"),
    (tiny_place("bamadou", "Bamadou", -8.0, 12.6, country="MLI", population=2_000_000), (), "PPLC"),
    (tiny_place("bamadou-us", "Bamadou", -90.0, 35.0, country="USA", population=2_500_000), (), "PPL"),
    (tiny_place("iferas", "Iferas", 1.6, 19.0, "area", None), ("Iferas highlands",), "area"),
    (tiny_place("oldname", "Nouveau Gourel", -4.0, 14.0, country="MLI", population=5_000), (), "PPL"),
    # A name that any town may have, and an area as large as a continent.
    (tiny_place("townhall-ml", "Town Hall", 1.3, 18.6, country="MLI", admin1="Kidore Region", population=3_000), (), "PPL"),
    (tiny_place("newworld", "New World", -92.0, 38.0, "area", None, radius_m=2_000_000.0), (), "area"),
    # Two villages of one name and size, far apart.
    (tiny_place("murad-a", "Muradabad", 0.5, 18.0, country="MLI", population=3_000), (), "PPL"),
    (tiny_place("murad-b", "Murad Abad", -9.0, 13.0, country="MLI", population=3_000), (), "PPL"),
    (tiny_place("twin-a", "Twinby", 20.0, 50.0, country="POL", population=800), (), "PPL"),
    (tiny_place("twin-b", "Twinby", 120.0, -30.0, country="AUS", population=800), (), "PPL"),
    (tiny_place("front-ml", "Kidore line", 1.5, 18.6, "line", None, valid_to=dt.date(2020, 1, 1)), ("front line", "line of contact"), "line"),
    (tiny_place("front-ge", "Valley line", 43.0, 42.2, "line", None), ("front line", "contact line"), "line"),
    (tiny_place("atlanta", "Atlanta", -84.4, 33.7, country="USA", admin1="Georgia", population=400_000), (), "PPLA"),
)  # fmt: skip


class TinyGazetteer:
    """Counts its lookups, so that a test can say that none happened."""

    def __init__(self) -> None:
        self.n_lookups = 0

    def lookup(self, name: str, *, on: dt.date | None = None) -> tuple[Candidate, ...]:
        self.n_lookups += 1
        key = fold(name)
        found = []
        for place, others, feature in _PLACES:
            if key not in {fold(place.name), *map(fold, others)}:
                continue
            valid = on is None or (
                (place.valid_from is None or place.valid_from <= on)
                and (place.valid_to is None or on <= place.valid_to)
            )
            weight = 1e9 if place.kind == "country" else max(500, place.population)
            if place.kind.startswith("admin"):
                weight /= 10  # the real one, too, ranks a settlement before the region that bears its name
            found.append(
                Candidate(
                    place=place,
                    matched_name=name,
                    is_primary=key == fold(place.name),
                    name_valid=valid,
                    feature=feature,
                    historical=False,
                    curated=place.kind in ("area", "line"),
                    prior=math.log10(1 + weight) / 10,
                )
            )
        return tuple(sorted(found, key=lambda one: (-one.prior, one.place.place_id)))

    def spelled_like(self, name: str) -> list[tuple[str, float]]:
        wanted, own = skeleton(name), fold(name)
        keys = {fold(one) for place, others, _ in _PLACES for one in (place.name, *others)} - {own}
        found = [(key, likeness(own, key)) for key in keys if wanted and skeleton(key) == wanted]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def place(self, place_id: str) -> Place | None:
        return next((place for place, _, _ in _PLACES if place.place_id == place_id), None)

    def seat_of(self, unit: Place) -> Place | None:
        return None

    def is_within(self, inner: Place, outer: Place) -> bool:
        if outer.kind == "country":
            return inner.country == outer.country
        if outer.kind == "admin1":
            return inner.admin1 == outer.name and inner.country == outer.country
        if outer.kind == "area":
            return distance_m(inner.lon, inner.lat, outer.lon, outer.lat) <= outer.radius_m + 10_000
        return False
