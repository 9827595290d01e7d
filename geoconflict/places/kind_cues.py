"""What kind of place the words beside a name say that it is: "the town of X", "X province", "Lake X"."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from geoconflict.models import Toponym
from geoconflict.places.countries import capital_called, land_called
from geoconflict.places.names import TokenisedText
from geoconflict.places.words import before_on_an_island, island_kinds, kind_words, part_words

__all__ = ["FOREMOST", "apposed_village", "kind_cue"]

_APPOSED_VILLAGE = re.compile(
    r",\s+(?:a|an)\s+(?:[a-z-]+\s+){0,2}(?P<kind>village|hamlet)(?:\s+(?:in|of|near|outside|on|close|just|about|some|north|south|east|west|[a-z]*\d)\b|,)"
)

FOREMOST = frozenset({"main", "principal", "chief", "largest", "biggest", "second"})
"""Words that set a town apart from others of its land."""


def _longest_kind(words: Sequence[str], at: int) -> str:
    """Return the longest word of kind that begins at word number `at`, up to three words; empty where none does."""
    known = kind_words()
    return next((word for n in (3, 2, 1) if (word := " ".join(words[at : at + n])) in known), "")


_SEVERAL = frozenset({"districts", "provinces", "regions"})
_BEFORE_ONLY = frozenset({"lake", "lac", "lago", "mount", "mont", "cerro", "camp", "wadi", "rio", "port"})
"""Words of kind that stand before the name without "of": "Lake X"."""


def kind_cue(tokens: TokenisedText, toponym: Toponym) -> tuple[frozenset[str], str, int]:
    """Return the kinds that the words beside a mention, or at its ends, allow, and the word that says so.

    The last value is where the word begins if it stands before the name, else -1.
    """
    words = kind_words()
    first = tokens.at(toponym.start)
    if first is None:
        return frozenset(), "", -1
    last = bisect.bisect_left(tokens.starts, toponym.end) - 1
    if capital_called(toponym.surface) is not None or land_called(toponym.surface) is not None:
        return frozenset(), "", -1  # "the capital of the Ruritanian Republic", "Ruritanian territory"
    if last > first and tokens.words[last] in words:  # "Bakhmut district" as one mention
        word = next(
            at for n in (3, 2, 1) if (at := " ".join(tokens.words[max(first + 1, last - n + 1) : last + 1])) in words
        )
        return words[word], word, -1
    after = last + 1
    if after < len(tokens.words) and tokens.joined[after] and _longest_kind(tokens.words, after):
        word = _longest_kind(tokens.words, after)
        # "in X city officials said" is rare; "X camp", "X province" are what stands there.
        return words[word], word, -1
    back = first - 1
    while back >= 0 and tokens.joined[back + 1] and tokens.words[back] in part_words():
        back -= 1
    if back >= 0 and tokens.joined[back + 1]:
        if tokens.words[back] in ("of", "de", "du", "named", "called") and back >= 1 and tokens.joined[back]:
            pair = " ".join(tokens.words[max(0, back - 2) : back])
            word = pair if pair in words else tokens.words[back - 1]
            before = back - 1 - len(word.split())
            if before >= 0 and tokens.joined[before + 1] and tokens.words[before] in ("a", "an"):
                return frozenset(), "", -1  # "X, a district of Y": what Y holds
            if before >= 0 and tokens.words[before] in FOREMOST:
                return frozenset(), "", -1  # "X, the main town of Y"
            is_listed = after < len(tokens.words) and tokens.words[after] == "and"
            if word in _SEVERAL and before >= 0 and tokens.words[before] in part_words() and not is_listed:
                return frozenset(), "", -1  # "the eastern districts of X": parts of it
            if word in words:
                return words[word], word, tokens.starts[back - len(word.split())]
        elif tokens.words[back] in _BEFORE_ONLY:
            return words[tokens.words[back]], tokens.words[back], tokens.starts[back]
        elif (
            back == first - 1 and tokens.words[back] == "on" and tokens.words[max(0, back - 1)] in before_on_an_island()
        ):
            return island_kinds(), "", -1
    return frozenset(), "", -1


def apposed_village(text: str, end: int) -> str:
    """Return what tells, behind a comma, of the name that ends at `end` that it is no town: "X, a small village in Y"; "" if nothing."""
    found = _APPOSED_VILLAGE.match(text, end)
    return found["kind"] if found is not None else ""
