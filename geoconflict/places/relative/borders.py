"""Land borders by pair of countries, and which of them a phrase such as "the Iranian border" means.

The table, ``resources/places/borders.csv``, is Natural Earth's and shows de facto control. The words that make a border
phrase are data, ``resources/lexicons/borders.toml``.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from geoconflict.models import Resolution, Role
from geoconflict.places.countries import country_code, country_table, demonyms
from geoconflict.places.names import fold
from geoconflict.places.relative.geometry import nearest_on

__all__ = [
    "BORDER_SOURCE",
    "Border",
    "BorderSides",
    "border_between",
    "border_noun_after",
    "border_sides",
    "border_words",
    "crosses_border",
    "likely_partner",
    "names_border",
    "neighbours",
]

BORDER_SOURCE = "Natural Earth 5.1 (public domain), de facto control, generalised to about 2 km"


class Border(NamedTuple):
    """The land border of two countries."""

    a: str
    """ISO 3166-1 alpha-3; `a` comes before `b` in the alphabet."""
    b: str
    is_disputed: bool
    """Whether Natural Earth calls the larger part of it disputed, indefinite or a line of control."""
    wkt: str
    """LINESTRING or MULTILINESTRING, EPSG:4326, longitude first."""


class BorderSides(NamedTuple):
    """What a phrase says of the sides of its border."""

    countries: tuple[str, ...]
    """ISO 3166-1 alpha-3, none to two, in text order."""
    areas: tuple[int, ...]
    """Mentions that are parts of a country: "the border with Dagestan"."""


@functools.cache
def _table() -> Mapping[tuple[str, str], Border]:
    text = (importlib.resources.files("geoconflict") / "resources/places/borders.csv").read_text("utf-8")
    found = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        parts = [[int(number) / 100 for number in part.split()] for part in row["line"].split("|")]
        lines = [", ".join(f"{x} {y}" for x, y in zip(one[::2], one[1::2], strict=True)) for one in parts]
        wkt = (
            f"LINESTRING ({lines[0]})"
            if len(lines) == 1
            else f"MULTILINESTRING ({', '.join(f'({one})' for one in lines)})"
        )
        found[row["a"], row["b"]] = Border(row["a"], row["b"], row["status"] == "disputed", wkt)
    return found


@functools.cache
def _words() -> Mapping[str, Any]:
    text = (importlib.resources.files("geoconflict") / "resources/lexicons/borders.toml").read_text("utf-8")
    return tomllib.loads(text)


def border_words(key: str) -> frozenset[str]:
    """Return the words under a key of ``borders.toml``: "nouns", "not_before", "combining" ..."""
    return frozenset(_words()[key])


def border_between(a: str, b: str) -> Border | None:
    """Return the land border of two countries (ISO 3166-1 alpha-3, in any order), or None if the table has none."""
    return _table().get((min(a, b), max(a, b)))


@functools.cache
def neighbours(country: str) -> tuple[str, ...]:
    """Return the countries that have a land border with one (ISO 3166-1 alpha-3)."""
    return tuple(b if a == country else a for a, b in _table() if country in (a, b))


@functools.lru_cache(maxsize=64)
def _shape(a: str, b: str) -> Any:
    import shapely

    return shapely.from_wkt(_table()[a, b].wkt)


def crosses_border(country: str, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Return whether the straight way between two (lon, lat) points crosses a land border of a country."""
    import shapely

    way = shapely.linestrings([start, end])
    return any(
        bool(shapely.intersects(way, _shape(min(country, other), max(country, other)))) for other in neighbours(country)
    )


# ---------------------------------------------------------------- what a phrase says
@functools.cache
def _nouns() -> frozenset[str]:
    return frozenset(_words()["nouns"])


@functools.lru_cache(maxsize=4_096)
def names_border(surface: str) -> bool:
    """Return whether a mention is a border phrase: its last word is "border" or another of the nouns."""
    return re.split(r"[\s-]", surface.strip().casefold())[-1] in _nouns()


_MODIFIER = re.compile(r"([^\W\d_][\w.’']*)([\s–-]*)$")
_AFTER = re.compile(
    r"\s+(?:(?:area|areas|region|regions|zone|line)\s+)?(?P<link>with|between|of|to)\s+(?:the\s+)?(?:[a-z]+\s+)?",
    re.ASCII,
)
_AND = re.compile(r"\s+and\s+(?:the\s+)?")


def border_sides(text: str, noun_start: int, noun_end: int, answers: Sequence[Resolution]) -> BorderSides:
    """Return the countries that the words around a border noun name as its sides.

    Parameters
    ----------
    text
        The whole report.
    noun_start, noun_end
        Where the noun stands: "border" of "the Iranian border".
    answers
        The report's mentions with their places; countries among them count as resolved.
    """
    countries: list[str] = []
    areas: list[int] = []

    def add(country: str | None, area: int | None = None) -> bool:
        if country is None:
            return False
        if country not in countries:
            countries.append(country)
            if area is not None:
                areas.append(area)
        return True

    at = noun_start
    modifiers = frozenset(_words()["modifiers"])
    while len(countries) < 2:
        before = text[max(0, at - 60) : at]
        mention = _mention_ending(answers, at, text)
        if mention is not None:
            place = answers[mention].place
            if place is None or not add(place.country, None if place.kind == "country" else mention):
                break
            at = answers[mention].toponym.start
            continue
        match = _MODIFIER.search(before)
        if match is None:
            break
        word = fold(re.sub(r"['’]s?$", "", match[1]))
        two = re.search(r"([^\W\d_]+[\s–-]+[^\W\d_]+)[\s–-]*$", before)
        pair = demonyms().get(fold(two[1])) if two else None
        country = pair or demonyms().get(word) or _words()["combining"].get(word)
        if country is None and match[1][0].isupper():
            country = country_code(re.sub(r"['’]s?$", "", match[1]))
        if not add(country) and word not in modifiers:
            break
        at -= len(before) - (two.start() if pair and two else match.start())
    countries.reverse()
    areas.reverse()
    if (link := _AFTER.match(text, noun_end)) and len(countries) < 2:
        end: int | None = link.end()
        for _ in range(2 if link["link"] == "between" else 1):
            mention = _mention_starting(answers, end) if end is not None else None
            if mention is None or (place := answers[mention].place) is None:
                break
            add(place.country, None if place.kind == "country" else mention)
            joined = _AND.match(text, answers[mention].toponym.end)
            end = joined.end() if joined else None
    return BorderSides(tuple(countries[:2]), tuple(areas))


def _mention_ending(answers: Sequence[Resolution], at: int, text: str) -> int | None:
    for index, one in enumerate(answers):
        if at - 6 <= one.toponym.end <= at and re.fullmatch(r"(?:['’]s?)?[\s–-]*", text[one.toponym.end : at]):
            return index
    return None


def _mention_starting(answers: Sequence[Resolution], at: int) -> int | None:
    return next((index for index, one in enumerate(answers) if one.toponym.start == at), None)


# ---------------------------------------------------------------- which border
_LEAST_SHARE = 0.6
"""Of what speaks for any neighbour, the share that the neighbour taken must have."""
_NEAREST_KM = 150.0
_TELLING = (Role.EVENT_PLACE, Role.REGION_CONTEXT, Role.ORIGIN)


def likely_partner(
    country: str, answers: Sequence[Resolution], peoples: Mapping[str, int]
) -> tuple[Border | None, str]:
    """Return the border of a country that a report most probably means, and why; or None, and why not.

    The neighbour in which most of the report's places lie, or else the border nearest to them.
    """
    others = neighbours(country)
    votes = dict.fromkeys(others, 0.0)
    for one in answers:
        if one.place is not None and one.place.country in votes:
            votes[one.place.country] += one.score * (1.0 if one.toponym.role in _TELLING else 0.3)
    for people, count in peoples.items():
        if people in votes:
            votes[people] += 0.3 * count
    total = sum(votes.values())
    best = max(others, key=lambda one: (votes[one], one), default=None)
    table = country_table()
    name = table[country].name if country in table else country
    if best is not None and total > 0 and votes[best] / total >= _LEAST_SHARE:
        other = table[best].name if best in table else best
        return border_between(country, best), f"of the neighbours of {name} the report speaks of {other}"
    nearest = sorted(
        (apart, other) for other in others if (apart := _distance_km(country, other, answers)) < _NEAREST_KM
    )
    if nearest and (len(nearest) == 1 or nearest[0][0] * 2 < nearest[1][0]):
        other = table[nearest[0][1]].name if nearest[0][1] in table else nearest[0][1]
        why = f"of the borders of {name} that with {other} lies nearest to the places of the report"
        return border_between(country, nearest[0][1]), why
    return None, f"which border of {name} is meant cannot be told: the report's places speak for none of its neighbours"


def _distance_km(country: str, other: str, answers: Sequence[Resolution]) -> float:
    from geoconflict.geo import distance_m

    border = border_between(country, other)
    apart = float("inf")
    for one in answers:
        if border is None or one.place is None or one.toponym.role not in _TELLING:
            continue
        if one.place.kind in ("settlement", "landmark", "admin2"):
            lon, lat = nearest_on(border.wkt, one.place.lon, one.place.lat)
            apart = min(apart, distance_m(lon, lat, one.place.lon, one.place.lat) / 1000)
    return apart


_PUTS_BY_BORDER = re.compile(
    r"\s*+,?\s*+\(?(?:(?:located|situated|right|just|which\s+lies|lying)\s+)?(?:near|close\s+to|on|along|by|at|not\s+far\s+from)\s+"
    r"(?:the|its)\s+(?:[\w’'-]+\s+){0,4}?(?P<noun>borders?|frontier)\b"
)


def border_noun_after(text: str, end: int) -> tuple[int, int, str] | None:
    """Return the offsets of a border noun that says where a name ending at `end` lies, and the words: "X, near the Y border"."""
    match = _PUTS_BY_BORDER.match(text, end)
    return (*match.span("noun"), " ".join(match.group().strip(" ,(").split())) if match else None
