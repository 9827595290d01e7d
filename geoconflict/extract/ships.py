"""Names of ships, which are those of towns and lands as often as not: "the cruiser X", "HMS X", "the ferry Star of X"."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.evidence_words import EvidenceWords
from geoconflict.extract.spans import HYPHENS, Word

__all__ = ["words_of_ships"]

_SPACES = (" ", "\n", "  ")
_QUOTED = tuple(f"{space}{mark}" for space in _SPACES for mark in "\"'\u2018\u201c")
_LINKS = frozenset({"of", "de", "des", "on"})
_LONGEST = 5


def words_of_ships(words: Sequence[Word], lexicon: EvidenceWords) -> frozenset[int]:
    """Return the indexes of the words that are part of a ship's name.

    Behind a noun in small letters ("cruiser"), or a prefix in capitals ("HMS"), a capitalised word names the ship, with all
    that is tied to it.
    """
    found: set[int] = set()
    known = lexicon.ships | lexicon.ship_prefixes
    for at in [number for number, word in enumerate(words[:-1]) if word.lower in known]:
        word = words[at]
        is_noun = word.lower in lexicon.ships and word.text.islower()
        if not is_noun and not (word.text.isupper() and word.lower in lexicon.ship_prefixes):
            continue
        first = at + 1
        if words[first].lower in lexicon.ship_prefixes and first + 1 < len(words):
            first += 1
        if not words[first].capitalised or words[first].gap not in (*_SPACES, *_QUOTED):
            continue
        if words[first].lower in lexicon.directions or words[first].lower in lexicon.demonyms:
            continue
        found.update(range(first, _end(words, first)))
    return frozenset(found)


def _end(words: Sequence[Word], first: int) -> int:
    """Return the index behind the last word of a name that begins with word `first`."""
    last = first
    while last + 1 < len(words) and last + 1 - first < _LONGEST:
        after = words[last + 1]
        if after.gap not in (*_SPACES, *HYPHENS):
            break
        if not after.capitalised:
            following = words[last + 2] if last + 2 < len(words) else None
            if after.lower not in _LINKS or following is None or not following.capitalised:
                break
            if following.gap not in (*_SPACES, *HYPHENS) or (after.lower == "on" and after.gap not in HYPHENS):
                break  # "shelled the ship Y on Monday"
            last += 1
        last += 1
    return last + 1
