"""Names of streets, buildings and bases that are those of towns elsewhere: "North State Street", "the Marine base"."""

from __future__ import annotations

from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import Word

__all__ = ["is_a_service", "is_of_a_hotel", "is_saint_of_a_building", "names_a_street"]

_LONGEST_NAME = 5
"""Words between "hotel" and the name in what it is called: "the Hotel des Mille Collines"."""


def names_a_street(one: Proposal, words: tuple[Word, ...]) -> bool:
    """Whether a street has the name, "North State Street": it lies in no place of that name. Roads lead to what they are named by."""
    # "The X Road" leads to X, "X Road" may lie anywhere.
    is_route = one.first > 0 and words[one.first - 1].lower == "the"
    if words[one.last].lower == "road" and one.last > one.first:
        return words[one.last].capitalised and not is_route
    behind = words[one.last + 1] if one.last + 1 < len(words) else None
    if behind is None or not behind.capitalised:
        return False
    return behind.lower in lexicon_words("places", "streets") or (behind.lower == "road" and not is_route)


def is_saint_of_a_building(one: Proposal, words: tuple[Word, ...]) -> bool:
    """Whether a saint has given his name to a building, "St. Anthony's Shrine": no town of his name is meant."""
    if words[one.first].lower not in lexicon_words("places", "saints") or one.last + 1 >= len(words):
        return False
    behind = words[one.last + 1]
    is_possessive = behind.gap.startswith(("'", "\u2019"))
    return is_possessive and behind.capitalised and behind.lower in lexicon_words("places", "saints_houses")


def is_of_a_hotel(one: Proposal, words: tuple[Word, ...]) -> bool:
    """Whether a hotel with other words before the name is called by it: "the Hotel des Mille Collines" lies in no "Collines"."""
    at = one.first - 1
    joined = 0
    while at >= 0 and one.first - at <= _LONGEST_NAME and not words[at + 1].gap.strip():
        word = words[at]
        if word.lower in lexicon_words("places", "hotels"):
            return joined > 1 and words[at + 1].lower in lexicon_words("places", "name_particles")
        if not word.capitalised and word.lower not in lexicon_words("places", "name_particles"):
            return False
        joined += 1
        at -= 1
    return False


def is_a_service(one: Proposal, words: tuple[Word, ...]) -> bool:
    """Whether a name is that of an armed service, whose base or men are told of: "the Marine base at X", "a Marine near X"."""
    return one.first == one.last and words[one.first].lower in lexicon_words("places", "services")
