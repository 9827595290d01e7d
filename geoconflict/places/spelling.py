"""Names written otherwise: one sound, many transliterations ("Djema", "Dzhema"; "Puli Alam", "Pol-e 'Alam").

A name's skeleton is what is left when the choices that transliterations differ in are made alike: digraphs, doubled
letters, e and i, o and u, spaces. Two names of one skeleton may be one name; whoever asks must know more (the country, the
region) before taking one for the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Protocol

from geoconflict.places.names import fold

__all__ = ["Keys", "SpellingIndex", "skeleton"]

_LEAST_RATIO = 0.7
"""Names of one skeleton that share fewer letters in order than this are too far apart."""
_SHORTEST = 4
"""Shorter skeletons are borne by too many names."""

_ALIKE = (
    ("tch", "s"), ("sch", "s"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("c", "k"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ey", "i"), ("ay", "ai"), ("ie", "i"), ("sh", "s"), ("kh", "h"),
    ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("ts", "s"), ("tz", "s"), ("z", "s"), ("y", "i"),
    ("w", "v"), ("x", "ks"), ("e", "i"), ("o", "u"),
)  # fmt: skip
_FIRST_LETTERS = {
    "k": "kcq",
    "s": "sztxc",
    "i": "ieay",
    "u": "ou",
    "v": "vw",
    "j": "jdz",
    "h": "hk",
    "f": "fp",
    "a": "a",
}
"""First letters of names whose skeleton begins with a letter, where it is not that letter alone."""
_DOUBLED = re.compile(r"(.)\1+")
_SILENT = re.compile(r"(?<=[^aiu])h")
_ENDING = re.compile(r"[aiuh]+$")


class Keys(Protocol):
    """A dictionary of folded names."""

    def keys(self, prefix: str = "") -> Iterable[str]:
        """Return the folded names that begin with `prefix`."""
        ...


def skeleton(name: str) -> str:
    """Return the skeleton of a name; empty when too little is left to tell names apart."""
    found = fold(name).replace(" ", "")
    for spelling, one in _ALIKE:
        found = found.replace(spelling, one)
    found = _SILENT.sub("", _DOUBLED.sub(r"\1", found)).rstrip("h")
    short = _ENDING.sub("", found)
    found = short if len(short) >= _SHORTEST else found
    return found if len(found) >= _SHORTEST else ""


class SpellingIndex:
    """Finds the names of a dictionary that are a name written otherwise.

    Parameters
    ----------
    names
        The dictionary. It is read by first letters, when first asked for: a few tenths of a second each.
    """

    def __init__(self, names: Keys) -> None:
        self._names = names
        self._by_letter: dict[str, dict[str, list[str]]] = {}

    def like(self, name: str) -> tuple[str, ...]:
        """Return the folded names that may be `name` written otherwise, the most alike first; not the name itself."""
        wanted, key = skeleton(name), fold(name)
        if not wanted:
            return ()
        rated = []
        for other in self._index(wanted[0]).get(wanted, ()):
            ratio = SequenceMatcher(None, key.replace(" ", ""), other.replace(" ", ""), autojunk=False).ratio()
            if other != key and ratio >= _LEAST_RATIO:
                rated.append((-ratio, other))
        return tuple(other for _, other in sorted(rated))

    def _index(self, letter: str) -> dict[str, list[str]]:
        index = self._by_letter.get(letter)
        if index is None:
            index = {}
            for first in _FIRST_LETTERS.get(letter, letter):
                for key in self._names.keys(first):  # no mapping: a dictionary asked by prefix
                    found = skeleton(key)
                    if found and found[0] == letter:
                        index.setdefault(found, []).append(key)
            self._by_letter[letter] = index
        return index
