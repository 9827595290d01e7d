"""Capitals called by their country or its people alone: "in the Ruritanian capital", "Ruritania's capital", "the capital of Ruritania".

What stands right behind, "the Ruritanian capital, Strelsau", or elsewhere in the report, is the name itself, and meant by
the phrase. Of a people that has a capital and no country, "the Chechen capital", only what stands right beside it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from geoconflict.extract.language.model import Document
from geoconflict.extract.lexicon import lexicon_words, read_capitals_of_peoples, read_demonyms
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import Word

__all__ = ["find_capital_phrases", "is_capital_phrase"]

_CAPITAL = "capital"
_CITY = "city"
_THE = "the"
_POSSESSIVE = ("'s ", "\u2019s ", "' ", "\u2019 ")
_NAMED_BEHIND = (", ", " (", "-", " - ", " \u2013 ")
"""What stands between "capital" and the name of the city."""


def find_capital_phrases(
    document: Document, words: Sequence[Word], chosen: Iterable[Proposal], *, start: int = 0
) -> list[tuple[int, int, bool]]:
    """Return the offsets of "Ruritanian capital", from offset `start` on, and whether the report names that city, too.

    "Ruritania's capital" and "capital of Ruritania" are there only where it does not: they hold a name that tells of the report.

    Parameters
    ----------
    document, words
        The report as the language model reads it, and its words.
    chosen
        The names that were found in it.
    """
    found: list[tuple[int, int, bool]] = []
    named: set[str] | None = None
    chosen = tuple(chosen)
    lands = _lands(chosen)
    for index, word in enumerate(words):
        if word.lower != _CAPITAL or word.start < start or index == 0:
            continue
        if (of_land := _of_a_land(document, words, index, lands)) is not None:
            first, last, country = of_land
            named = _capitals_named(chosen) if named is None else named
            if country not in named:
                found.append((words[first].start, words[last].end, False))
            continue
        people, first = _people_before(words, index) if word.gap == " " else (None, index)
        last = index + (_follows(words, index) == _CITY)
        is_named = _is_named_behind(words, last)
        if people is None or not (is_named or _ends_phrase(document, words, last)):
            continue
        if people in read_capitals_of_peoples():
            is_named = is_named or _is_named_before(words, first, read_capitals_of_peoples()[people])
        elif not is_named:
            named = _capitals_named(chosen) if named is None else named
            is_named = read_demonyms()[people] in named
        found.append((words[first].start, words[last].end, is_named))
    return found


def is_capital_phrase(surface: str) -> bool:
    """Return whether a mention is such a phrase."""
    words = surface.lower().split()
    return len(words) > 1 and (words[-1 - (words[-1] == _CITY)] == _CAPITAL or words[0] == _CAPITAL)


def _lands(chosen: Iterable[Proposal]) -> dict[int, tuple[int, str]]:
    """Return, by the first and by the last word of each country's name, its other end and the country."""
    ends: dict[int, tuple[int, str]] = {}
    for one in chosen:
        if one.match is not None and len(one.match.states) == 1:
            (country,) = one.match.states
            ends[one.last] = (one.first, country)
            ends[one.first] = (one.last, country)
    return ends


def _of_a_land(
    document: Document, words: Sequence[Word], index: int, lands: Mapping[int, tuple[int, str]]
) -> tuple[int, int, str] | None:
    """Return the ends of "the capital of Ruritania", "Ruritania's besieged capital", and the country; None where it is neither."""
    last = index + (_follows(words, index) == _CITY)
    owner = index - 1 - _describes(document, words[index - 1])
    if owner in lands and words[owner + 1].gap in _POSSESSIVE:
        first, country = lands[owner]
        opens = first
    else:
        article = owner
        first = last + 2 + (last + 2 < len(words) and words[last + 2].lower == _THE)
        if _follows(words, last) != "of" or words[article].lower != _THE or first not in lands:
            return None
        last, country = lands[first]
        opens, first = article, index
    is_apposed = (
        opens > 0 and words[opens].gap == ", " and words[opens - 1].capitalised
    )  # "Strelsau, the capital of ..."
    if is_apposed or last < first or _is_named_behind(words, last) or not _ends_phrase(document, words, last):
        return None
    return first, last, country


def _describes(document: Document, word: Word) -> bool:
    """Whether a word may stand before the capital of a country, and not that of culture or of a province: "besieged"."""
    token = document.token_at(word.start)
    is_quality = token is not None and token.pos in ("ADJ", "VERB") and not word.capitalised
    return is_quality and word.lower not in lexicon_words("places", "of_other_capitals")


def _people_before(words: Sequence[Word], index: int) -> tuple[str | None, int]:
    """Return the people with a capital whose adjective stands before a word, and where it begins."""
    known, with_capital = read_demonyms(), read_capitals_of_peoples()
    for n_words in (2, 1):
        first = index - n_words
        if first < 0 or not words[first].capitalised:
            continue
        name = " ".join(word.lower for word in words[first:index])
        is_whole = all(word.gap == " " for word in words[first + 1 : index])
        if is_whole and name in with_capital:
            return name, first
        if is_whole and name in known:
            has_none = known[name] is None or name in lexicon_words("places", "peoples_of_no_capital")
            return (None if has_none else name), first
    return None, index


def _is_named_before(words: Sequence[Word], first: int, capitals: Iterable[str]) -> bool:
    """Whether the name of the city stands right before: "Grozny, the Chechen capital"."""
    at = first - 1 if first and words[first - 1].lower == "the" else first
    return at > 0 and words[at].gap == ", " and any(words[at - 1].lower == name.split()[-1] for name in capitals)


def _follows(words: Sequence[Word], index: int) -> str:
    return words[index + 1].lower if index + 1 < len(words) and words[index + 1].gap == " " else ""


def _is_named_behind(words: Sequence[Word], last: int) -> bool:
    """Whether the name of the city stands right behind: "the Ruritanian capital, Strelsau", "the Ruritanian capital Strelsau"."""
    if last + 1 >= len(words):
        return False
    after = words[last + 1]
    is_day = after.lower in lexicon_words("places", "days_behind")
    return after.capitalised and not is_day and after.gap in (" ", *_NAMED_BEHIND)


def _ends_phrase(document: Document, words: Sequence[Word], last: int) -> bool:
    """Whether no noun that it describes stands behind: "the Ruritanian capital market"."""
    if last + 1 >= len(words) or words[last + 1].gap != " ":
        return True
    after = words[last + 1]
    token = document.token_at(after.start)
    is_noun = token is not None and token.pos in ("NOUN", "PROPN", "ADJ")
    return after.lower in lexicon_words("places", "days_behind") or not (is_noun or after.lower == "of")


def _capitals_named(chosen: Iterable[Proposal]) -> set[str]:
    """Return the countries of which the report may name the capital."""
    capitals = {name.replace("-", " ") for name in lexicon_words("places", "capital_cities")}
    return {
        country
        for one in chosen
        if one.match is not None and one.key.replace("-", " ") in capitals
        for country in one.match.countries
    }
