"""The words of English for exact numbers below a hundred, for all that read a text: counts of people, distances, copies.

They are those of ``resources/lexicons/numbers.toml``, the one list of them.
"""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["NumberWords", "number_words"]


class NumberWords(NamedTuple):
    """Number words, in lower case, with their values."""

    small: Mapping[str, int]
    """Zero to nineteen."""
    tens: Mapping[str, int]
    """Twenty to ninety."""


@functools.cache
def number_words() -> NumberWords:
    """Return the number words."""
    text = (importlib.resources.files("geoconflict") / "resources/lexicons/numbers.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return NumberWords(table["units"], table["tens"])
