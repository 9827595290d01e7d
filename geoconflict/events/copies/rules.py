"""The rules of finding copies, read from ``resources/events/copies.toml``."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    numbers: Mapping[str, int]
    """Number words that stand alone: zero, ten to nineteen."""
    tens: Mapping[str, int]


@functools.cache
def copy_rules() -> CopyRules:
    """Return the rules that come with the program."""
    text = (importlib.resources.files("geoconflict") / "resources/events/copies.toml").read_text("utf-8")
    table: Mapping[str, Any] = tomllib.loads(text)
    facts = table["facts"]
    return CopyRules(
        **table["text"],
        most_replaced=facts["most_replaced"],
        most_replaced_later=facts["most_replaced_later"],
        spelling_changes=frozenset(facts["spelling_changes"]),
        **table["candidates"],
        **table["words"],
    )
