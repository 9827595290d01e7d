"""Ordinary capitals for ALL CAPITALS, as agency wires were until the 1990s, and for Headlines In Title Case.

A tagger trained on ordinary news reads both badly: every word looks like a name. So they are read in a copy of the same
length: lower case, with capitals at sentence starts and on what must be a name. Words of the dictionary are made small;
names of the gazetteer, demonyms, given names, days and months, and words that no dictionary knows are capitalised.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection
from enum import Enum

from geoconflict.extract.lexicon import lexicon_words, read_demonyms
from geoconflict.extract.name_index import NameIndex
from geoconflict.models import NameMatch

__all__ = ["WordClass", "lowered", "recase"]


class WordClass(Enum):
    """What a dictionary of common words says of a word."""

    WORD = "a verb, adjective, function word or inflected form"
    NOUN = "known as a noun only; dictionaries hold names of places among these"
    UNKNOWN = "not in the dictionary"


_PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_HEADLINE = re.compile(r"[^\n;|]+")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+)*")
# What stands before a sentence's first word; marks in brackets ("[text]") and opening quotes are looked through. A hyphen
# inside a word begins none.
_SENTENCE_END = re.compile(r"(?:[.!?][\"'”’)\]]*\s+|^\s*|--\s*|\s-\s+|[\u2012-\u2015]\s*)(?:\[\w+\]\s*)*[\"“‘]?$")
_DAY_OR_YEAR = re.compile(r"\d{1,4}\s+$")
_MIN_WORDS = 4
_MIN_HEADLINE = 3
_WEIGHTY = 4
_MIN_ORDINARY = 2
_MIN_SHARE = 0.9
_MIN_POPULATION = 50_000
_MONTHS = frozenset(
    {"jan", "feb", "mar", "march", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)
_TITLES = frozenset(
    {"capt", "col", "dr", "gen", "gov", "lt", "maj", "mr", "mrs", "ms", "msgr", "prof", "rep", "rev", "sen", "sgt"}
)
_SMALL_WORDS = frozenset(
    {"of", "the", "and", "de", "del", "la", "las", "los", "el", "al", "y", "du", "des", "da", "dos"}
)


def recase(text: str, word_class: Callable[[str], WordClass], names: NameIndex | None = None) -> str | None:
    """Return a copy of `text` with ordinary capitals, or None if it has them already.

    Paragraphs of nothing but capitals and headlines in title case are changed; everything else stays.

    Parameters
    ----------
    text
        The report.
    word_class
        What the dictionary says of a word in lower case.
    names
        Gazetteer names, for those that look like words ("SAN SALVADOR", "LA PAZ").

    Returns
    -------
    copy
        Of the same length, so offsets hold.
    """
    pieces: list[str] = []
    done = 0
    surnames: set[str] = set()
    for paragraph in _PARAGRAPH.finditer(text):
        if _is_all_capitals(paragraph.group()):
            spans = [paragraph.span()]
            surnames |= _surnames(paragraph.group(), word_class)
        else:
            spans = [
                line.span()
                for line in _HEADLINE.finditer(text, *paragraph.span())
                if _is_title_case(line.group(), word_class)
            ]
        for start, end in spans:
            pieces += (text[done:start], _recased(text, start, end, word_class, names, surnames))
            done = end
    return "".join((*pieces, text[done:])) if pieces else None


def _is_all_capitals(paragraph: str) -> bool:
    upper = sum(map(str.isupper, paragraph))
    if not upper or upper < _MIN_SHARE * (upper + sum(map(str.islower, paragraph))):
        return False
    return sum(1 for _ in _WORD.finditer(paragraph)) >= _MIN_WORDS


def _is_title_case(line: str, word_class: Callable[[str], WordClass]) -> bool:
    """Whether every word of weight has a capital, and some that are no names: a headline, not a list of names."""
    n_words = n_ordinary = 0
    for match in _WORD.finditer(line):  # most lines are seen to be none by their first words
        word = match.group()
        n_words += 1
        if n_words == 1 or len(word) < _WEIGHTY:
            continue
        low = word.lower()
        if word[0].islower():
            if low not in lexicon_words("places", "sentence_openers"):
                return False
        elif low != word and not word.isupper() and low not in _known_names() and word_class(low) is WordClass.WORD:
            n_ordinary += 1
    return n_words >= _MIN_HEADLINE and n_ordinary >= _MIN_ORDINARY


def lowered(text: str) -> str:
    """Return `text` in lower case and of the same length, so that offsets hold: a Turkish dotted I, which grows, stays."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def _surnames(text: str, word_class: Callable[[str], WordClass]) -> set[str]:
    """Return the nouns of a paragraph in capitals that stand behind a given name which is no word: "OSVALDO DIAZ"."""
    found: set[str] = set()
    given = ""
    for match in _WORD.finditer(text):
        word = lowered(match.group())
        is_close = text[match.start() - 1 : match.start()] in (" ", "\n")
        if given and is_close and len(word) > 3 and word_class(word) is WordClass.NOUN:
            found.add(word)
        is_given = word in lexicon_words("persons", "given_names") and word_class(word) is WordClass.UNKNOWN
        given = word if is_given else ""
    return found


def _recased(
    text: str,
    start: int,
    end: int,
    word_class: Callable[[str], WordClass],
    names: NameIndex | None,
    surnames: Collection[str],
) -> str:
    letters = list(lowered(text[start:end]))
    keeps_capitals = not text[start:end].isupper() and not _is_all_capitals(text[start:end])
    capitalised_until = start
    for match in _WORD.finditer(text, start, end):
        begin, word = match.start(), lowered(match.group())
        at = begin - start
        if "." in word or (keeps_capitals and len(word) > 1 and not match.group()[1:].islower()):
            letters[at : at + len(word)] = text[begin : match.end()]
            continue
        if begin < capitalised_until:
            if word not in _SMALL_WORDS:
                letters[at] = text[begin]
            continue
        name_end = _name_end(names.match_at(text, begin), text, begin, word_class) if names is not None else 0
        if name_end:
            capitalised_until = name_end
            if _is_abbreviation(text[begin:name_end]):
                letters[at : name_end - start] = text[begin:name_end]
            letters[at] = text[begin]
        elif (
            word in _TITLES
            or (len(word) == 1 and text.startswith(".", match.end()))
            or (word in _MONTHS and _DAY_OR_YEAR.search(text, max(start, begin - 6), begin))
            or (
                word_class(word) is WordClass.NOUN
                and (
                    word.removesuffix("'s") in surnames
                    or _follows_given_name(text, begin)
                    or _is_given_before_name(text, word, match.end(), word_class)
                )
            )
            or _SENTENCE_END.search(text[max(start, begin - 40) : begin])
            or _is_name(word, word_class)
        ):
            letters[at] = text[begin]
        elif _is_abbreviation(match.group()) and word_class(word) is WordClass.UNKNOWN:
            letters[at : at + len(word)] = match.group()
    return "".join(letters)


def _follows_given_name(text: str, begin: int) -> bool:
    """Whether the word before is a given name: "OSVALDO DIAZ"."""
    before = lowered(text[max(0, begin - 20) : begin])
    return (
        before.endswith((" ", "\n"))
        and not before.isspace()
        and before.split()[-1] in _known_names() & lexicon_words("persons", "given_names")
    )


def _is_given_before_name(text: str, word: str, end: int, word_class: Callable[[str], WordClass]) -> bool:
    """Whether a given name that is a noun, too, stands before a name: "VICTOR AZURDIA"."""
    after = _WORD.match(text, end + 1)
    return (
        word in lexicon_words("persons", "given_names") - lexicon_words("persons", "titles")
        and after is not None
        and text[end : end + 1] in (" ", "\n")
        and _is_name(lowered(after.group()), word_class)
    )


def _is_name(word: str, word_class: Callable[[str], WordClass]) -> bool:
    stem = word.split("'", maxsplit=1)[0].split("’", maxsplit=1)[0]
    if stem in _known_names():
        return True
    is_unknown = word_class(stem) is WordClass.UNKNOWN and stem not in lexicon_words("places", "unlisted_words")
    return len(stem) > 2 and is_unknown and not _is_abbreviation(stem.upper())


@functools.lru_cache(maxsize=1)
def _known_names() -> frozenset[str]:
    """Names that are capitalised wherever they stand: of persons, peoples, days and months."""
    given = lexicon_words("persons", "given_names") - lexicon_words("persons", "titles")
    names = (given | frozenset(read_demonyms())) - lexicon_words("places", "common_words")
    return (names | lexicon_words("places", "calendar_words")) - lexicon_words("places", "also_words")


def _is_abbreviation(word: str) -> bool:
    """Whether a word of capitals cannot be spoken: "FMLN", "ELN"."""
    return (
        2 <= len(word) <= 6
        and not re.search(r"[AEIOUYÁÉÍÓÚ].*[^AEIOUYÁÉÍÓÚ]|[^AEIOUYÁÉÍÓÚ].*[AEIOUYÁÉÍÓÚ]", word)
        and word.isalpha()
    )


def _name_end(matches: tuple[NameMatch, ...], text: str, begin: int, word_class: Callable[[str], WordClass]) -> int:
    """Return where the longest credible gazetteer name at `begin` ends, or 0."""
    common = lexicon_words("places", "common_words")
    for match in matches:
        words = [lowered(word) for word in _WORD.findall(text, begin, match.end)]
        populous = "admin1" in match.kinds or match.max_population >= _MIN_POPULATION
        large = "country" in match.kinds or match.curated or (populous and match.has_primary)
        if not words or (len(words) == 1 and words[0] in _SMALL_WORDS):
            continue
        if all(word in common or word in _SMALL_WORDS for word in words):
            if len(words) > 1 and large and "country" in match.kinds:
                return match.end
            continue
        if len(words) > 1 and (large or any(word_class(word) is not WordClass.WORD for word in words)):
            return match.end
        if len(words) == 1 and large and ("country" in match.kinds or word_class(words[0]) is not WordClass.WORD):
            return match.end
    return 0
