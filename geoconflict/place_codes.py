"""How far a place of each precision reaches; and how precise it is as other event data say it, in our words.

The codes are ACLED's ``geo_precision`` and UCDP's ``where_prec``. But for a town, a point of these data is a stand-in for a larger place, whose extent they do not say: its radius is of that
kind of place.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Final, NamedTuple

from geoconflict.models import PlacePrecision

__all__ = ["NEAR_M", "NOT_STATED", "PLACE_CODES", "USUAL_RADIUS_M", "PlaceCode", "place_code"]

USUAL_RADIUS_M: Final[Mapping[str, float]] = types.MappingProxyType(
    {
        PlacePrecision.EXACT: 500.0,  # a bridge, a barracks, a block of houses
        PlacePrecision.TOWN: 3_000.0,
        PlacePrecision.NEAR: 10_000.0,
        PlacePrecision.ADMIN2: 20_000.0,
        PlacePrecision.ADMIN1: 60_000.0,
        PlacePrecision.LINE: 25_000.0,
        PlacePrecision.AREA: 30_000.0,
        PlacePrecision.REGION: 100_000.0,
        PlacePrecision.SEA: 300_000.0,
        PlacePrecision.COUNTRY: 300_000.0,
    }
)
"""Half the extent, in metres, of a place of each precision of which nothing more is said: in a table of events, a row of
overrides, the answer of a service. Rather too wide than too narrow: a point that looks sharper than it is misleads."""

_CODED_RADIUS_M: Final[Mapping[str, float]] = types.MappingProxyType(
    {
        PlacePrecision.EXACT: 0.0,
        PlacePrecision.TOWN: 5_000.0,
        PlacePrecision.NEAR: 25_000.0,
        PlacePrecision.ADMIN2: 30_000.0,
        PlacePrecision.ADMIN1: 60_000.0,
        PlacePrecision.LINE: 100_000.0,
        PlacePrecision.AREA: 100_000.0,
        PlacePrecision.REGION: 100_000.0,
        PlacePrecision.SEA: 100_000.0,
        PlacePrecision.COUNTRY: 500_000.0,
    }
)
"""The same where a code of ACLED or UCDP says it. They put more under one code: UCDP's "near" is within about 25 km, and a
line or an area is whatever is larger than a district."""
NEAR_M: Final = _CODED_RADIUS_M[PlacePrecision.NEAR]
"""How far from a place their "near" reaches, in metres."""


class PlaceCode(NamedTuple):
    """What a code of precision says of a point."""

    precision: str
    kind: str
    radius_m: float


def _meaning(precision: PlacePrecision, kind: str) -> PlaceCode:
    return PlaceCode(precision, kind, _CODED_RADIUS_M[precision])


NOT_STATED: Final = PlaceCode("unstated", "", 0.0)
_ACLED: Final[Mapping[str, PlaceCode]] = types.MappingProxyType(
    {
        "1": _meaning(PlacePrecision.TOWN, "settlement"),
        "2": _meaning(PlacePrecision.NEAR, "settlement"),  # near it, or a part of a region
        "3": _meaning(PlacePrecision.ADMIN1, "admin1"),  # a larger region, shown by one town
    }
)
_UCDP: Final[Mapping[str, PlaceCode]] = types.MappingProxyType(
    {
        "1": _meaning(PlacePrecision.TOWN, "settlement"),
        "2": _meaning(PlacePrecision.NEAR, "settlement"),
        "3": _meaning(PlacePrecision.ADMIN2, "admin2"),
        "4": _meaning(PlacePrecision.ADMIN1, "admin1"),
        "5": _meaning(PlacePrecision.AREA, "area"),
        "6": _meaning(PlacePrecision.COUNTRY, "country"),
        "7": _meaning(PlacePrecision.SEA, "water"),
    }
)
PLACE_CODES: Final[Mapping[str, Mapping[str, PlaceCode]]] = types.MappingProxyType(
    {"geo_precision": _ACLED, "where_prec": _UCDP}
)
"""The codes by the name of the column that holds them."""


def place_code(codes: Mapping[str, PlaceCode], cell: str) -> PlaceCode:
    """Return what the cell of a code says; a precision of ``unstated`` where it is none of `codes`."""
    return codes.get(cell.removesuffix(".0"), NOT_STATED)
