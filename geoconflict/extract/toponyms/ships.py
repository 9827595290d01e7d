"""Names of ships, which are those of towns and lands as often as not: "the cruiser X", "HMS X", "the ferry Star of X".

Without a noun or a prefix, an article before the name of a town tells a ship where the report speaks of ships: "X lost the Y".
"""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.language.model import Document
from geoconflict.extract.toponyms.evidence_words import EvidenceWords
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import HYPHENS, Word

__all__ = ["is_ship_by_article", "words_of_ships"]

_SPACES = (" ", "\n", "  ")
_QUOTED = tuple(f"{space}{mark}" for space in _SPACES for mark in "\"'\u2018\u201c")
_LINKS = frozenset({"of", "de", "des", "on"})
_LONGEST = 5
_NEAR = 25
"""Words to either side within which a ship must be spoken of."""
_TOWNS = frozenset({"settlement", "admin1", "admin2"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})


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


def is_ship_by_article(one: Proposal, document: Document, words: Sequence[Word], lexicon: EvidenceWords) -> bool:
    """Whether "the" stands before a town's name, no noun behind it, and the words around speak of a ship.

    Names that bear an article of their own, "The Hague" and lands like "the Donbas", are none: the gazetteer has them so.
    """
    if one.first == 0 or words[one.first - 1].lower != "the" or words[one.first].gap not in _SPACES:
        return False
    if one.match is not None and not _TOWNS.issuperset(one.match.kinds):
        return False
    if words[one.last].lower in lexicon.nouns_after or (one.entity is not None and one.entity.label == "LOC"):
        return False  # "the Southern Ocean"
    after = words[one.last + 1] if one.last + 1 < len(words) else None
    if after is not None and after.gap in (*_SPACES, *HYPHENS):
        token = document.token_at(after.start)
        if after.capitalised or token is None or token.pos in _NOUNS:
            return False
    elif one.followed_by in ("'", "\u2019"):
        return False
    around = {word.lower for word in words[max(0, one.first - _NEAR) : one.last + _NEAR]}
    return not around.isdisjoint(lexicon.of_ships)
