"""Armed groups and the countries that they fight in: a report that names one speaks for its country, if for no place there."""

from __future__ import annotations

import functools
import importlib.resources
import tomllib
from collections.abc import Mapping
from typing import NamedTuple

from geoconflict.places.names import tokenise

__all__ = ["GroupName", "groups_by_first_word", "is_of_capitals"]

_KINDS = frozenset({"rebel group", "political militia", "identity militia"})
"""Kinds of groups that fight at home; armies, alliances and mercenaries are sent abroad."""
_SHORTEST = 3
"""Letters of a name of one word."""


def is_of_capitals(name: str) -> bool:
    """Return whether a name of one word is initials: "FARC", "LeT"."""
    return " " not in name and sum(map(str.isupper, name)) > 1


class GroupName(NamedTuple):
    """A name of an armed group."""

    words: tuple[str, ...]
    """Folded."""
    country: str
    """ISO 3166-1 alpha-3."""
    is_capitals: bool
    """Whether it is initials, which "Let" is not."""


@functools.cache
def groups_by_first_word() -> Mapping[str, tuple[GroupName, ...]]:
    """Return folded first word -> the names that begin with it, the longest first.

    A name that groups of two countries bear is left out.
    """
    text = (importlib.resources.files("geoconflict") / "resources/lexicons/actors.toml").read_text("utf-8")
    countries: dict[tuple[str, ...], set[str]] = {}
    capitals: set[tuple[str, ...]] = set()
    for group in tomllib.loads(text)["group"]:
        if group["kind"] in _KINDS:
            # A name that means the group only at home ("ADF") says nothing of where a report is.
            aliases = (
                one if isinstance(one, str) else one["name"]
                for one in group.get("aliases", ())
                if isinstance(one, str) or not (one.get("at_home") or one.get("homes"))
            )
            for name in (group["name"], *aliases):
                words = tokenise(name).words
                countries.setdefault(words, set()).add(group.get("country", ""))
                if is_of_capitals(name):
                    capitals.add(words)
    found: dict[str, list[GroupName]] = {}
    for words, lands in countries.items():
        if len(lands) == 1 and "" not in lands and len("".join(words)) >= _SHORTEST:
            found.setdefault(words[0], []).append(GroupName(words, min(lands), words in capitals))
    return {first: tuple(sorted(names, key=lambda one: -len(one.words))) for first, names in found.items()}
