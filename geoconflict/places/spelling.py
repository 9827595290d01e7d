"""Names written otherwise: one sound, many transliterations ("Djema", "Dzhema"; "Puli Alam", "Pol-e 'Alam").

A name's skeleton is what is left when the choices that transliterations differ in are made alike: digraphs, doubled
letters, e and i, o and u, spaces. Two names of one skeleton may be one name; whoever asks must know more (the country, the
region) before taking one for the other.
"""

from __future__ import annotations

import re
import zlib
from difflib import SequenceMatcher

from geoconflict.places.names import fold

__all__ = ["bucket", "is_longer_spelling", "is_spelling", "likeness", "skeleton", "skeleton_of_key"]

_SAME_NAME = 0.7
"""Letters in common from which two names of one place are spellings of one: "Beit Lahiya" and Bayt Lahya have 0.84."""

_SAME_WORD = 0.85
"""Letters in common from which a name is another with some left out, and no name of its own."""
_SHORTEST = 4
"""Shorter skeletons are borne by too many names."""

_LONGEST_ARTICLE = 2

_ALIKE = (
    ("tch", "s"), ("sch", "s"), ("dzh", "j"), ("zh", "j"), ("dj", "j"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("c", "k"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ey", "i"), ("ay", "ai"), ("ie", "i"), ("sh", "s"), ("kh", "h"),
    ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("bh", "b"), ("ts", "s"), ("tz", "s"), ("z", "s"), ("y", "i"),
    ("w", "v"), ("x", "ks"), ("e", "i"), ("o", "u"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_SILENT = re.compile(r"(?<=[^aiu])h")
_ENDING = re.compile(r"[aiuh]+$")


def skeleton(name: str) -> str:
    """Return the skeleton of a name; empty when too little is left to tell names apart."""
    return skeleton_of_key(fold(name))


def skeleton_of_key(key: str) -> str:
    """Return the skeleton of a folded name, as :func:`skeleton` does of any."""
    found = key.replace(" ", "")
    for spelling, one in _ALIKE:
        found = found.replace(spelling, one)
    found = _SILENT.sub("", _DOUBLED.sub(r"\1", found)).rstrip("h")
    short = _ENDING.sub("", found)
    found = short if len(short) >= _SHORTEST else found
    return found if len(found) >= _SHORTEST else ""


def bucket(of: str, n_buckets: int) -> int:
    """Return the number of the bucket, of `n_buckets`, that names of a skeleton are kept in, the same on every machine."""
    return zlib.crc32(of.encode()) % n_buckets


def likeness(key: str, other: str) -> float:
    """Return the share of letters that two folded names have in common in order, 0 to 1, spaces aside."""
    return SequenceMatcher(None, key.replace(" ", ""), other.replace(" ", ""), autojunk=False).ratio()


def is_spelling(key: str, main: str) -> bool:
    """Return whether one folded name of a place is its main one (`main`) or a spelling of that, and no other name.

    It has as many words as that, articles aside: "Oklahoma" is no spelling of Oklahoma City.
    """
    return key == main or (_n_words(key) == _n_words(main) and likeness(key, main) >= _SAME_NAME)


def is_longer_spelling(key: str, main: str) -> bool:
    """Return whether two folded names are spellings of one that differ in letters left out alone: Mykolaiv and Mykolayiv, not Qana and Qena."""
    short, long = sorted((key, main), key=len)
    letters = iter(long)
    is_part = _n_words(key) == _n_words(main) and all(letter in letters for letter in short)
    return is_part and likeness(key, main) >= _SAME_WORD


def _n_words(key: str) -> int:
    return sum(len(word) > _LONGEST_ARTICLE for word in key.split())
