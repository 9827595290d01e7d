"""The grammar of phrases that put an event beside a named place: word lists with distances, and the patterns over them.

The word lists are data, ``resources/places/relative.toml``.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geoconflict.number_words import number_words
from geoconflict.places.words import kind_words

__all__ = ["CLAUSE_END", "Patterns", "Telling", "direction_of", "number_values", "patterns", "tables"]


@functools.cache
def tables() -> Mapping[str, Any]:
    """Return the word lists and distances."""
    text = (importlib.resources.files("geoconflict") / "resources/places/relative.toml").read_text("utf-8")
    return tomllib.loads(text)


@functools.cache
def number_values() -> Mapping[str, tuple[float, float]]:
    """Return the number words with the lowest and the highest figure that each covers: "thirty-five", "two hundred", "a few"."""
    small, tens = number_words()
    digits = {word: value for word, value in small.items() if 0 < value < 10}
    exact = {word: value for word, value in {**small, **tens}.items() if value}
    joined = {f"{ten}-{word}": tens[ten] + value for ten in tens for word, value in digits.items()}
    hundreds = {f"{word} hundred": 100 * value for word, value in digits.items()}
    of_tables = {word: (float(low), float(high)) for word, (low, high) in tables()["numbers"].items()}
    return {word: (float(value), float(value)) for word, value in (exact | joined | hundreds).items()} | of_tables


def direction_of(word: str) -> tuple[float, float] | None:
    """Return the bearing (degrees clockwise from north) and half sector of a word: "north", "south-eastern"."""
    key = re.sub(r"(?<=north|south)[\s-]+(?=east|west)", "", word.casefold().strip())
    key = re.sub(r"\s+", "-", key).removesuffix("most").removesuffix("ern")
    found = tables()["directions"].get(key)
    return (float(found[0]), float(found[1])) if found else None


def _any(words: Iterable[str]) -> str:
    """Return a pattern of alternatives, the longest first, with any white space and apostrophe."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") for word in longest_first) + ")"


_WIND = r"(?:north|south)(?:[\s-]?(?:east|west))?|east|west"
_DIRECTION = rf"(?:(?:north|south|east|west)-(?:{_WIND})|{_WIND})"
CLAUSE_END = re.compile(r"[.;:!?]\s|\n\s*\n|[\"“”]|\s[-–—]\s|—")


@dataclass(frozen=True, slots=True)
class Patterns:
    """What may stand before a name (ending at it) or behind one (beginning there)."""

    offset: re.Pattern[str]
    side: re.Pattern[str]
    edge: re.Pattern[str]
    edge_after: re.Pattern[str]
    near: re.Pattern[str]
    near_after: re.Pattern[str]
    part: re.Pattern[str]
    between: re.Pattern[str]
    road: re.Pattern[str]
    road_after: re.Pattern[str]
    front_before: re.Pattern[str]
    front_after: re.Pattern[str]
    line_near: re.Pattern[str]
    describing: re.Pattern[str]
    unnamed: re.Pattern[str]
    close_to_people: re.Pattern[str]
    joined: re.Pattern[str]
    """Between the two names of "between X and Y"; the next two are of roads and of lists."""
    road_joined: re.Pattern[str]
    listed: re.Pattern[str]


def _tail() -> str:
    """Return a pattern of what may stand between the phrase and the name: "the besieged town of", "central"."""
    tail = tables()["tail"]
    stop = rf"{_any(tail['stop'])}\b"
    described = rf"{_any(tail['articles'])}\s+(?:(?!{stop})[\w'’-]+,?\s+){{0,5}}?(?:of\s+)?"
    return rf"(?:{described}|(?:(?!{stop})[a-z][a-z-]*\s+){{0,2}}?)"


@functools.cache
def patterns() -> Patterns:
    """Return the patterns, compiled once."""
    words = tables()
    tail = _tail()
    hedges = words["hedges"]
    hedge = _any([*hedges["plain"], *hedges["about"], *hedges["bounds"]])
    number = r"\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?|" + _any(number_values())
    unit = _any(words["units"])
    figure = (
        rf"\b(?P<hedge>(?:{hedge}\s+)*)(?P<low>{number})(?:\s*(?:-|–|to|or|and)\s*(?P<high>{number}))?[\s-]*(?P<unit>{unit})\b"
        r"(?:\s*[(/][^()/]{1,30}[)/])?"
    )
    directed = rf"(?:\s+or\s+so)?,?\s+(?:(?:away|further|farther|due)\s+)?(?:to\s+the\s+)?(?P<direction>{_DIRECTION})\s+(?:of|from)\s+"
    anywhere = r"(?:\s+or\s+so)?,?\s+(?:(?:away|inland|inside)\s+)?(?P<link>from|outside(?:\s+of)?|off|beyond|away\s+from|of)\s+"
    edges = _any(words["edges"]["words"])
    parts = _any(words["parts"]["nouns"])
    just = _any(words["side"]["just"])
    near = _any(words["near"])
    front = words["front"]
    road = words["road"]
    plural = r"(?:towns|villages|cities|settlements|districts)"
    flags = re.IGNORECASE
    return Patterns(
        offset=re.compile(rf"{figure}(?:{directed}|{anywhere}){tail}$", flags),
        side=re.compile(
            rf"\b(?:(?P<just>{just})\s+)?(?:to\s+the\s+)?(?P<direction>{_DIRECTION})\s+(?:of|from)\s+{tail}$", flags
        ),
        edge=re.compile(rf"\b(?P<direction>{_DIRECTION}(?:ern)?)\s+{edges}\s+(?:of|to)\s+{tail}$", flags),
        edge_after=re.compile(rf"(?:['’]s?)?\s+(?P<direction>{_DIRECTION}(?:ern)?)\s+{edges}\b", flags),
        near=re.compile(rf"\b(?P<near>{near})\s+{tail}$", flags),
        near_after=re.compile(rf"(?:['’]s?)?\s+(?P<near>{_any(words['near_after'])})\b", flags),
        part=re.compile(
            rf"\b(?:(?P<direction>{_DIRECTION}(?:ern(?:most)?)?)\s+{parts}\s+of\s+(?:the\s+)?"
            rf"|(?<!to\s)\bthe\s+(?:far\s+|extreme\s+)?(?P<noun>{_DIRECTION})\s+of\s+(?:the\s+)?"
            rf"|(?P<adjective>{_DIRECTION}ern)\s+)$",
            flags,
        ),
        between=re.compile(rf"\bbetween\s+(?:(?:the\s+)?{plural}\s+of\s+|{tail})$", flags),
        road=re.compile(rf"\b(?P<road>{_any(road['nouns'])})\s+(?P<join>{_any(road['joins'])})\s+{tail}$", flags),
        road_after=re.compile(
            rf"\s+(?:[a-z]+\s+)?(?:(?P<road>{_any(road['nouns'])})|(?P<line>{_any(road['line_nouns'])}))\b", flags
        ),
        front_before=re.compile(rf"\b{_any(front['before'])}\s+(?:[a-z-]+\s+)?$", flags),
        front_after=re.compile(rf"\s+(?P<front>{_any(front['words'])})\b(?!\s+(?:page|row|door))", flags),
        line_near=re.compile(rf"\s*,?\s+(?:{_any(words['line']['near'])})\s+{tail}$", flags),
        describing=re.compile(
            rf"(?:['’]s\s+|\s+(?:{_any(kind_words())})(?=\s*[,(]|\s*$))?\s*[,(]?\s*(?:{_any(words['describes']['words'])}\s+){{0,5}}[,(]?\s*$",
            flags,
        ),
        unnamed=re.compile(
            rf"\b(?:an?|the|another)\s+(?:[a-z-]+\s+){{0,3}}?{_any(words['describes']['named'])}\s+(?:(?:lying|located|situated|some)\s+)*$",
            flags,
        ),
        close_to_people=re.compile(rf"\b{_any(words['kept']['people'])}\s+$", flags),
        joined=re.compile(rf"\s+and\s+{tail}$", flags),
        road_joined=re.compile(rf"\s+(?:and|to|with|towards?)\s+{tail}$", flags),
        listed=re.compile(rf"\s*(?:,|,?\s+(?:and|or|&))\s+{tail}$", flags),
    )


class Telling:
    """What words stand before a name: most are of no phrase at all, which is seen sooner than a pattern fails."""

    def __init__(self, before: str) -> None:
        self._plain = before.casefold()
        if not before.isascii():  # patterns that ignore case take these two for an i
            self._plain = self._plain.replace("i\u0307", "i").replace("\u0131", "i")

    def has_direction(self) -> bool:
        """Whether a direction may be named: what :attr:`Patterns.side`, ``edge`` and ``part`` need."""
        return any(word in self._plain for word in ("north", "south", "east", "west"))

    def has_nearness(self) -> bool:
        """Whether a phrase of nearness may stand there: what :attr:`Patterns.near` needs."""
        return any(word in self._plain for word in _near_words())

    def has_distance(self) -> bool:
        """Whether a unit of length or time may stand there: what :attr:`Patterns.offset` needs."""
        units, numbers = _unit_words()
        return any(
            word in units or (word.endswith(units) and word.startswith(numbers))
            for word in _LETTERS.findall(self._plain)
        )


_LETTERS = re.compile("[a-z]+")


@functools.cache
def _near_words() -> tuple[str, ...]:
    """Return the longest word of each phrase of nearness."""
    return tuple(sorted({max(re.findall(r"\w+", phrase), key=len) for phrase in tables()["near"]}))


@functools.cache
def _unit_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the first words of units, and the words of the numbers that may run into them ("tenkm")."""
    units = {_LETTERS.findall(unit)[0] for unit in tables()["units"]}
    numbers = {word for number in number_values() for word in _LETTERS.findall(number)}
    return tuple(sorted(units)), tuple(sorted(numbers))
