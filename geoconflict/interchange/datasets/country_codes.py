"""The codes by which other event data name countries, to ISO 3166-1 alpha-3 and back."""

from __future__ import annotations

import csv
import functools
import importlib.resources
import types
from collections.abc import Mapping
from typing import Literal, TypeAlias

__all__ = ["CodeList", "alpha3_of", "alpha3_of_name", "code_of", "name_of"]

CodeList: TypeAlias = Literal["numeric", "fips", "gleditsch_ward"]
"""ISO 3166-1 numeric (ACLED), FIPS 10-4 (GDELT), Gleditsch-Ward numbers (UCDP)."""

# GDELT parts Palestine in two; both are one country of ISO 3166-1.
_ALSO: Mapping[str, Mapping[str, str]] = types.MappingProxyType(
    {"numeric": {}, "fips": {"GZ": "PSE"}, "gleditsch_ward": {}}
)


def _rows(*path: str) -> list[dict[str, str]]:
    text = importlib.resources.files("geoconflict.resources").joinpath(*path).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@functools.cache
def _codes(which: CodeList) -> Mapping[str, str]:
    return {row["alpha3"]: row[which] for row in _rows("interchange", "country_codes.csv") if row[which]}


@functools.cache
def _countries(which: CodeList) -> Mapping[str, str]:
    return {**{code: alpha3 for alpha3, code in _codes(which).items()}, **_ALSO[which]}


@functools.cache
def _names() -> Mapping[str, str]:
    return {row["alpha3"]: row["name"] for row in _rows("places", "countries.csv")}


@functools.cache
def _by_name() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in _rows("places", "countries.csv"):
        for name in (row["name"], *row["other_names"].split("|")):
            found.setdefault(name.casefold(), row["alpha3"])
    return found


def alpha3_of(code: str, which: CodeList) -> str:
    """Return the country (ISO 3166-1 alpha-3) of a code; empty where there is none. Numbers may have leading zeros."""
    return _countries(which).get(code.strip().lstrip("0") if which != "fips" else code.strip().upper(), "")


def code_of(alpha3: str, which: CodeList) -> str:
    """Return the code of a country (ISO 3166-1 alpha-3); empty where the list has none."""
    return _codes(which).get(alpha3, "")


def name_of(alpha3: str) -> str:
    """Return the English short name of a country (ISO 3166-1 alpha-3); empty where it is unknown."""
    return _names().get(alpha3, "")


def alpha3_of_name(name: str) -> str:
    """Return the country (ISO 3166-1 alpha-3) of an English name; UCDP's former name in brackets is left aside."""
    plain = name.strip().casefold()
    return _by_name().get(plain) or _by_name().get(plain.partition(" (")[0], "") if plain else ""
