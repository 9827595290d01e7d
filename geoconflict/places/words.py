"""Words that say what kind of place a name is, and the readings of a name that holds them ("Obo town", "X and Y road")."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from geoconflict.places.countries import name_variants
from geoconflict.places.names import fold

__all__ = [
    "UNIT_KINDS",
    "NameReading",
    "arms_words",
    "assault_words",
    "backing_words",
    "common_names",
    "enumeration_words",
    "envoy_words",
    "facility_reach",
    "force_words",
    "generic_lines",
    "institution_words",
    "is_building",
    "kind_words",
    "name_readings",
    "part_words",
    "quarter_words",
    "town_part_words",
    "unit_reach",
]

UNIT_KINDS = ("admin1", "admin2", "area")
"""Kinds of what holds towns and lies within a country."""


class NameReading(NamedTuple):
    """One way to read a name."""

    name: str
    kinds: frozenset[str]
    """The kinds of place that the words left out allow; empty is any."""
    cost: float
    """How much less the reading says than the name, in the logarithm of odds."""
    note: str
    """What was done to the name, for a person; empty for the name itself."""


@functools.cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((importlib.resources.files("geoconflict") / "resources/places/words.toml").read_text("utf-8"))


@functools.cache
def kind_words() -> Mapping[str, frozenset[str]]:
    """Return folded words of kind ("town", "province") with the kinds of place that they allow."""
    found: dict[str, frozenset[str]] = {}
    for name in ("settlement", "unit", "area", "water", "landmark", "works", "offshore", "country"):
        table = _tables()[name]
        for word in table["words"]:
            found.setdefault(fold(word), frozenset(table["kinds"]))
    return found


@functools.cache
def unit_reach() -> Mapping[str, tuple[str, float]]:
    """Return folded words for administrative units with the level and the usual radius (m) of what they call a unit."""
    table, reach = _tables()["unit_reach"], {}
    for word in map(fold, _tables()["unit"]["words"]):
        reach[word] = ("admin2", 1000.0 * table["other_km"])
    reach |= {fold(word): ("admin2", 1000.0 * table["small_km"]) for word in table["small"]}
    reach |= {fold(word): ("admin1", 1000.0 * table["first_km"]) for word in table["first"]}
    return reach


@functools.cache
def facility_reach() -> Mapping[str, float]:
    """Return folded words for what stands by the town of its name ("dam") with how far off it mostly lies, in m."""
    return {fold(word): 1000.0 * float(km) for km, words in _tables()["facility_reach"].items() for word in words}


@functools.cache
def institution_words() -> frozenset[str]:
    """Return folded words for what bears the adjective of another country than the one that it lies in ("hospital")."""
    return frozenset(fold(word) for word in _tables()["institution"]["words"])


@functools.cache
def envoy_words() -> frozenset[str]:
    """Return folded words for those who speak for a state abroad ("ambassador")."""
    return frozenset(fold(word) for word in _tables()["envoys"]["words"])


@functools.cache
def force_words() -> frozenset[str]:
    """Return folded words for the armed forces of a state ("troops")."""
    return frozenset(fold(word) for word in _tables()["forces"]["troops"])


@functools.cache
def arms_words() -> frozenset[str]:
    """Return folded words for aircraft, arms and what is done with them ("jets", "shelling")."""
    return frozenset(fold(word) for word in _tables()["forces"]["arms"])


@functools.cache
def assault_words() -> frozenset[str]:
    """Return folded verbs of attack, in the past: who did that may have gone abroad for it ("shelled")."""
    return frozenset(fold(word) for word in _tables()["forces"]["assaults"])


@functools.cache
def war_words() -> frozenset[str]:
    """Return folded words of which one makes what a report tells of a matter of war ("rebels", "shelling")."""
    return frozenset(fold(word) for word in _tables()["forces"]["of_war"])


@functools.cache
def backing_words() -> frozenset[str]:
    """Return folded words that, tied to an adjective of nationality, make it one of whoever stands behind others ("backed")."""
    return frozenset(fold(word) for word in _tables()["forces"]["backing"])


@functools.cache
def quarter_words() -> frozenset[str]:
    """Return folded words for parts of a town ("neighbourhood")."""
    return frozenset(fold(word) for word in _tables()["quarter"]["words"])


@functools.cache
def town_part_words() -> frozenset[str]:
    """Return folded words for what, said right before "of" or "in" a town, is a part of it or stands in it ("district")."""
    return frozenset(fold(word) for word in _tables()["quarter"]["of_town"])


def is_building(name: str) -> bool:
    """Return whether a name is that of a house, a square or the like, which stands in a town: "the X Hotel"."""
    words = fold(name).split()
    return len(words) > 1 and not _building_words().isdisjoint((words[0], words[-1]))


@functools.cache
def _building_words() -> frozenset[str]:
    return frozenset(fold(word) for word in _tables()["building"]["words"])


@functools.cache
def part_words() -> frozenset[str]:
    """Return folded words such as "northern" and "greater" that do not change which place is meant."""
    return frozenset(fold(word) for word in _tables()["before"]["parts"])


@functools.cache
def island_kinds() -> frozenset[str]:
    """Return the kinds of place that people are "on": islands, and the units that they are."""
    return frozenset(_tables()["islands"]["kinds"])


@functools.cache
def before_on_an_island() -> frozenset[str]:
    """Return folded words for people and fights before "on X" that say that X is an island."""
    return frozenset(fold(word) for word in _tables()["islands"]["before"])


@functools.cache
def generic_lines() -> tuple[str, ...]:
    """Return folded names that many conflicts use for their own line."""
    return tuple(dict.fromkeys(fold(word) for word in _tables()["lines"]["generic"]))


@functools.cache
def common_names() -> frozenset[str]:
    """Return folded names that any town may have, such as "City Hall", or that are words before they are names: "the West"."""
    return frozenset(fold(word) for word in _tables()["common"]["names"])


@functools.cache
def enumeration_words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words that join the last names of a row, and those that may stand between a joiner and a name."""
    table = _tables()["enumerations"]
    return tuple(table["conjunctions"]), tuple(table["fillers"])


@functools.cache
def _abbreviations() -> Mapping[str, str]:
    """Return abbreviations of first-level units ("Va.", "NSW") with the units' names."""
    found: Mapping[str, str] = _tables()["abbreviations"]
    return found


@functools.cache
def _affixes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(sorted((re.escape(word) for word in kind_words()), key=lambda word: (-len(word), word)))
    joiners = "|".join(sorted((re.escape(fold(w)) for w in _tables()["before"]["joiners"]), key=lambda w: (-len(w), w)))
    parts = "|".join(sorted(map(re.escape, part_words()), key=lambda word: (-len(word), word)))
    before = re.compile(rf"(?:(?P<word>{words}) (?:(?:{joiners}) )?|(?P<part>{parts}) )(?=\S)")
    after = re.compile(rf" (?:(?P<word>{words})|(?P<part>{parts}))$")
    return before, after


_NUMBER = re.compile(r" (?:\d{1,3}|i{1,3}|iv|v)$")
_SPLIT = re.compile(r"\s+(?:and|et|y|or|&)\s+|\s*/\s*|\s+[-\u2013]\s+", re.IGNORECASE)
_ELISION = re.compile(r"\b[dl]['\u2019](?=\w)", re.IGNORECASE)


_CALLED_AFTER = 5.0
"""What "Camp X" loses as the town of X: most are called after a person. "X camp" loses nothing."""


_TIED_FIRST = re.compile(r"[^\W\d_]+[-\u2010\u2011](?=\w)")
_TIED_LAST = re.compile(r"(?<=\w)[-\u2010\u2011][^\W\d_]+$")
"""A word of kind that a hyphen ties to the name is a part of it: "Nyanza-Lac" is a town, and "Mont-X" another."""


@functools.lru_cache(maxsize=1024)
def name_readings(name: str) -> tuple[NameReading, ...]:
    """Return the readings of a name as records write it, the most literal first.

    The name itself; without what stands in parentheses; without words of kind and direction, which then restrict the
    kinds; without a trailing number; the parts of a compound ("X and Y road"); last, what stood in the parentheses.
    """
    readings: dict[str, NameReading] = {}

    def add(text: str, kinds: frozenset[str], cost: float, note: str) -> None:
        key = fold(text)
        if key and (key not in readings or readings[key].cost > cost):
            readings[key] = NameReading(text.strip(), kinds, cost, note)

    unit = _abbreviations().get(name.strip())
    if unit is not None:
        add(unit, frozenset({"admin1"}), -0.1, f"{name.strip()!r} stands for {unit}")
    # French elision ties the article to the name: "province de l'X" is the province of X.
    variants = [*name_variants(name), *([_ELISION.sub("", name)] if _ELISION.search(name) else [])]
    inside = re.findall(r"[(\[]([^)\]]*)[)\]]", name)
    for text in variants:
        from_inside = text.strip() in {one.strip() for one in inside}
        cost = 0.0 if text == name else 1.5 if from_inside else 0.2
        note = "" if text == name else f"read as {text!r}"
        add(text, frozenset(), cost, note)
        _add_stripped(add, text, cost)
        if from_inside:
            continue
        # What lies between two places is neither of them.
        parts = [] if "between" in fold(text).split() else [part for part in _SPLIT.split(text) if fold(part)]
        if len(parts) > 1:
            for part in parts:
                add(part, frozenset(), cost + 1.0, f"{part!r}, a part of the name")
                _add_stripped(add, part, cost + 1.0)
    return tuple(sorted(readings.values(), key=lambda reading: reading.cost))


def _add_stripped(add: Any, text: str, cost: float) -> None:
    """Add the readings of `text` without its words of kind, from both ends, and without a trailing number."""
    before, after = _affixes()
    key = fold(text)
    kinds: frozenset[str] = frozenset()
    removed: list[str] = []
    tied_first, tied_last = _TIED_FIRST.match(text.strip()), _TIED_LAST.search(text.strip())
    for _ in range(4):
        match = (None if tied_last and not removed else after.search(key)) or (
            None if tied_first and not removed else before.match(key)
        )
        if match is None:
            break
        word = match.group("word")
        if word:
            allowed = kind_words()[word]
            kinds = (kinds & allowed or allowed) if kinds else allowed
        if match.group() == "camp ":
            cost += _CALLED_AFTER
        removed.append(match.group().strip())
        key = (key[: match.start()] + key[match.end() :]).strip()
        cost += 0.1 if word else 0.3
        add(key, kinds, cost, f"{' and '.join(map(repr, removed))} left out")
    number = _NUMBER.search(key)
    if number:
        add(key[: number.start()], kinds, cost + 0.5, f"{number.group().strip()!r} left out")
