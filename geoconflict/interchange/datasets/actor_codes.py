"""ACLED's inter codes and PLOVER's sectors of the actors of other data sets, and the columns that hold them."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from typing import Any, Final

from geoconflict.codes import INTER_NAMES, interaction_of
from geoconflict.interchange.datasets.rows import Party

__all__ = [
    "CIVILIANS",
    "EXTERNAL",
    "REBELS",
    "STATE",
    "actor_columns",
    "inter_of_sectors",
    "inter_of_text",
    "sector_of_inter",
]

STATE, REBELS, CIVILIANS, EXTERNAL = 1, 2, 7, 8
_INTERS: Final = {name.casefold(): code for code, name in INTER_NAMES.items()}
# ACLED's files of earlier years call some kinds otherwise.
_OLD_NAMES: Final[Mapping[str, int]] = types.MappingProxyType(
    {
        "rebel groups": 2,
        "rebel forces": 2,
        "political militias": 3,
        "identity militias": 4,
        "external forces": 8,
        "other forces": 8,
        "external/other": 8,
    }
)
_SECTOR_OF_INTER: Final = {1: "MIL", 2: "REB", 3: "PRM", 4: "PRM", 5: "CVL", 6: "CVL", 7: "CVL", 8: "MIL"}
_INTER_OF_SECTOR: Final[Mapping[str, int]] = types.MappingProxyType(
    {"MIL": 1, "COP": 1, "GOV": 1, "SPY": 1, "REB": 2, "PRM": 3, "UAF": 3, "CVL": 7}
)


def inter_of_text(text: str) -> int | None:
    """Return the inter code that ACLED writes as a number or, since September 2024, as text; None for none or another text."""
    number = text.removesuffix(".0")
    if number.isdecimal():
        return int(number) if len(number) == 1 and int(number) in INTER_NAMES else None
    return _INTERS.get(text.casefold(), _OLD_NAMES.get(text.casefold()))


def sector_of_inter(inter: int | None) -> tuple[str, ...]:
    """Return PLOVER's sectors of an inter code."""
    return () if inter is None else (_SECTOR_OF_INTER[inter],)


def inter_of_sectors(sectors: Sequence[str], country: str, where: str) -> int | None:
    """Return the inter code of an actor by its sectors, its country and the country where it acted; None if they do not say."""
    inter = next((_INTER_OF_SECTOR[one] for one in sectors if one in _INTER_OF_SECTOR), None)
    return EXTERNAL if inter == STATE and country and where and country != where else inter


def actor_columns(rows: Sequence[Sequence[Party]]) -> dict[str, list[Any]]:
    """Return our columns of actors; of each row the first two actors are the two sides."""
    return {
        "actors": ["; ".join(one.name for one in row) for row in rows],
        "actor_inters": ["; ".join("" if one.inter is None else str(one.inter) for one in row) for row in rows],
        "actor_countries": ["; ".join(one.country for one in row) for row in rows],
        "actor_sectors": ["; ".join(",".join(one.sectors) for one in row) for row in rows],
        "interaction": [interaction_of(*([one.inter for one in row[:2]] + [None, None])[:2]) for row in rows],
    }
