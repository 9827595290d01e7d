"""How precise a place is, as other event data say it: ACLED's ``geo_precision`` and UCDP's ``where_prec``, in our words.

But for a town, a point of these data is a stand-in for a larger place, whose extent they do not say: its radius is of that
kind of place.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Final, NamedTuple

from geoconflict.models import PlacePrecision

__all__ = ["NOT_STATED", "PLACE_CODES", "RADIUS_M", "PlaceCode", "place_code"]

RADIUS_M: Final[Mapping[str, float]] = types.MappingProxyType(
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
"""Half the extent, in metres, that a point of each precision stands for where the data say the precision alone."""


class PlaceCode(NamedTuple):
    """What a code of precision says of a point."""

    precision: str
    kind: str
    radius_m: float


def _meaning(precision: PlacePrecision, kind: str) -> PlaceCode:
    return PlaceCode(precision, kind, RADIUS_M[precision])


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
