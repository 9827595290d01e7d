"""Country names, codes and the words for their people, read from ``resources`` when first needed."""

from __future__ import annotations

import csv
import functools
import importlib.resources
import re
from collections.abc import Mapping
from typing import NamedTuple

from geoconflict.places.names import abbreviation_key, fold

__all__ = [
    "Country",
    "capital_called",
    "country_code",
    "country_of_alpha2",
    "country_table",
    "demonyms",
    "demonyms_of_none",
    "land_called",
    "name_variants",
]


class Country(NamedTuple):
    """One country or territory."""

    alpha2: str
    """ISO 3166-1 alpha-2."""
    alpha3: str
    """ISO 3166-1 alpha-3; XKX for Kosovo."""
    name: str
    """English short name."""
    also: tuple[str, ...]
    """Alpha-3 codes of countries and territories that sources may count to this one."""
    capital: str
    """The city that "the capital" means there; empty where that is disputed, shared or moved of late."""


_CAPITAL_OF = re.compile(
    r"capital (?:city )?of (?:the )?(?P<behind>.+)|(?P<before>.+?)(?:['’]s|(?<=s)['’]) (?:[\w-]+ )?capital(?: city)?",
    re.IGNORECASE,
)
_LAND_NOUNS = frozenset({"airspace", "soil", "territory"})
_PARENTHESIS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")


def _csv_rows(name: str) -> list[dict[str, str]]:
    text = (importlib.resources.files("geoconflict") / "resources" / name).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


@functools.cache
def _rows() -> tuple[tuple[Country, tuple[str, ...]], ...]:
    return tuple(
        (
            Country(
                row["alpha2"], row["alpha3"], row["name"], tuple(filter(None, row["also"].split("|"))), row["capital"]
            ),
            tuple(filter(None, row["other_names"].split("|"))),
        )
        for row in _csv_rows("places/countries.csv")
    )


@functools.cache
def country_table() -> Mapping[str, Country]:
    """Return all countries by ISO 3166-1 alpha-3."""
    return {country.alpha3: country for country, _ in _rows()}


@functools.cache
def _by_name() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for country, others in _rows():
        for name in (country.name, *others):
            found.setdefault(fold(name), country.alpha3)
    return found


@functools.cache
def _by_alpha2() -> Mapping[str, str]:
    return {country.alpha2: country.alpha3 for country, _ in _rows()}


@functools.cache
def demonyms() -> Mapping[str, str]:
    """Return folded words for the people of a country ("malian", "malians") with the country's alpha-3 code."""
    return {fold(row["demonym"]): row["country"] for row in _csv_rows("lexicons/demonyms.csv") if row["country"]}


@functools.cache
def demonyms_of_none() -> frozenset[str]:
    """Return folded words for peoples that have no one country ("latin american")."""
    return frozenset(fold(row["demonym"]) for row in _csv_rows("lexicons/demonyms.csv") if not row["country"])


@functools.cache
def _capitals_of_peoples() -> Mapping[str, tuple[str, str]]:
    return {
        fold(row["people"]): (row["country"], row["capital"].partition("|")[0])
        for row in _csv_rows("lexicons/capitals_of_peoples.csv")
    }


def capital_called(phrase: str) -> tuple[str, str] | None:
    """Return the country (alpha-3) and the name of the city that "Ruritanian capital" means; None where it means none.

    "Ruritania's besieged capital" and "capital of Ruritania" mean it, too. The people may be one that has no country of its
    own, "Chechen": the country is that in which the city lies.
    """
    words = fold(phrase).removesuffix(" city").split()
    of_land = _CAPITAL_OF.fullmatch(" ".join(phrase.split()))
    if of_land is None and (len(words) < 2 or words[-1] != "capital"):
        return None
    people = " ".join(words[:-1])
    if people in _capitals_of_peoples():
        return _capitals_of_peoples()[people]
    code = demonyms().get(people) if of_land is None else country_code(of_land["behind"] or of_land["before"])
    country = country_table().get(code) if code is not None else None
    return (country.alpha3, country.capital) if country is not None and country.capital else None


def land_called(phrase: str) -> str | None:
    """Return the country (alpha-3) that "Ruritanian territory", "Ruritanian soil" and "Ruritanian airspace" mean, or None."""
    people, _, noun = fold(phrase).rpartition(" ")
    return demonyms().get(people) if noun in _LAND_NOUNS else None


def country_of_alpha2(code: str) -> str | None:
    """Return the alpha-3 code of an alpha-2 code in any case, or None."""
    return _by_alpha2().get(code.upper())


def name_variants(name: str) -> tuple[str, ...]:
    """Return the readings of a country's or region's name, most literal first.

    A former name in parentheses is set apart ("A (B)": A, then B), an inverted one turned round ("A, Republic of":
    "Republic of A", then A).
    """
    readings = [name]
    outside = _PARENTHESIS.sub(" ", name).strip()
    readings.append(outside)
    head, comma, tail = outside.partition(",")
    if comma:
        readings += [f"{tail.strip()} {head.strip()}", head.strip()]
    readings += [inside.strip() for inside in _PARENTHESIS.findall(name)]
    return tuple(dict.fromkeys(reading for reading in readings if fold(reading)))


def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of a country given by code or name, or None.

    Alpha-2 and alpha-3 codes count in capitals. Names may be former ones, inverted ones, or have another in parentheses:
    "DR Congo (Zaire)", "Macedonia, FYR".
    """
    code = abbreviation_key(name.strip())
    if code and len(code) == 2 and (found := country_of_alpha2(code)):
        return found
    if code and code in country_table():
        return code
    for reading in name_variants(name):
        if found := _by_name().get(fold(reading)):
            return found
    return None
