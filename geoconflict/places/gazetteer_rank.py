"""How much a place weighs among others of its name, before any context.

Weights are in people. The rules were measured on news of recent wars: by population alone the first place is the right one
in 41 of 60 cases, because counties and regions bear a town's name and have more people; with these rules in 57 of 60.
"""

from __future__ import annotations

import math

from geoconflict.places.gazetteer_format import Row

__all__ = ["ALSO_CALLED", "CITY", "CURATED", "LEAST_TOWN", "OWN_ROWS", "counts_as_namesake", "prior", "weight"]

COUNTRY = 1e9
PRIMARY = 3.0
CAPITAL = 10.0
CURATED = 5.0
"""A curated place counts so many times its people: the wars that news tells of are about it."""
LEAST_CURATED = 50_000.0
LEAST_SETTLEMENT = 500.0
LEAST_OTHER = 20_000.0
FEATURE = 300.0
"""A hill, a stream or a lake of any size, as GeoNames has them: it often bears the name of the village beside it."""
HISTORICAL = 0.5
OUT_OF_DATE = 0.01
OWN_ROWS = 100.0
"""A row of the user's weighs so many times the heaviest other place of its name."""
CITY = 100_000
"""People from which on a spelling of a city's main name counts as that name."""
ALSO_CALLED = 0.3
"""A town that is only also called so weighs so many times its people where another town's main name it is."""
LEAST_TOWN = 5_000
"""People of that other town: of hamlets there are some of nearly every city's name in another language."""
UNIT_SHARE = {"admin1": 1 / 3, "admin2": 1 / 10}
NAMESAKE_SHARE = 0.05
"""A unit is named after a settlement inside it if at least this share of its people live there."""


def weight(row: Row, kind: str, *, primary: bool, valid: bool = True) -> float:
    """Return the weight of a place of `kind` whose name matched, as its main name or not, in date or not."""
    if kind == "country":
        value = COUNTRY
    elif row.curated:
        value = max(LEAST_CURATED, CURATED * row.population)
    elif kind == "settlement":
        value = max(LEAST_SETTLEMENT, row.population * (CAPITAL if row.feature == "PPLC" else 1.0))
    elif kind in UNIT_SHARE:
        value = max(LEAST_SETTLEMENT, UNIT_SHARE[kind] * row.population)
    elif kind in {"landmark", "water"} and row.source.startswith("GeoNames"):
        value = FEATURE
    else:
        value = max(LEAST_OTHER, float(row.population))
    return (
        value * (PRIMARY if primary else 1.0) * (HISTORICAL if row.historical else 1.0) * (1 if valid else OUT_OF_DATE)
    )


def counts_as_namesake(town: Row, unit: Row) -> bool:
    """Return whether a settlement is big enough for an administrative unit of the same name to stand behind it."""
    return town.population >= NAMESAKE_SHARE * unit.population


def prior(weight: float) -> float:
    """Return a weight as a number from 0 to 1: ``log10(1 + weight) / 10``."""
    return round(min(1.0, math.log10(1 + weight) / 10), 6)
