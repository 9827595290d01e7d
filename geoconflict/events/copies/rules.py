"""The rules of finding copies, read from ``resources/events/copies.toml``."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geoconflict.number_words import number_words

__all__ = ["CopyRules", "copy_rules"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRules:
    """All numbers and words of finding copies; their reasons stand in the file."""

    shingle: int
    least_words: int
    least_of_longer: float
    few_words: int
    least_inner_of_few: float
    most_replaced: float
    most_replaced_later: float
    spelling_changes: frozenset[str]
    hashes: int
    rows: int
    least_equal: int
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    days_before: Mapping[str, int]
    units: Mapping[str, int]
    """Number words that may stand behind tens: one to nine."""
    numbers: Mapping[str, int]
    """Number words that stand alone: zero, ten to nineteen."""
    tens: Mapping[str, int]


@functools.cache
def copy_rules() -> CopyRules:
    """Return the rules that come with the program."""
    text = (importlib.resources.files("geoconflict") / "resources/events/copies.toml").read_text("utf-8")
    table: Mapping[str, Any] = tomllib.loads(text)
    facts = table["facts"]
    small, tens = number_words()
    return CopyRules(
        **table["text"],
        most_replaced=facts["most_replaced"],
        most_replaced_later=facts["most_replaced_later"],
        spelling_changes=frozenset(facts["spelling_changes"]),
        **table["candidates"],
        **table["words"],
        units={word: value for word, value in small.items() if 0 < value < 10},
        numbers={word: value for word, value in small.items() if not 0 < value < 10},
        tens=tens,
    )
