"""Folding and tokenising of place names: the one form under which spellings of a name meet.

The same tokeniser reads dictionary names and running text, so a name and its mention always fold alike:

* case, diacritics and compatibility forms go (NFKD, combining marks dropped, casefold); schwa becomes a, dotless i becomes i;
* every script is folded so, none is turned into another: Cyrillic finds Cyrillic; Arabic vowels and stretching strokes
  vanish, and the Persian forms of yeh and kaf are the Arabic ones;
* apostrophes and their kin inside a word vanish, as do characters that cannot be seen, such as zero-width spaces:
  ``N'Djamena`` is ``ndjamena``; an English possessive is set apart;
* hyphens, spaces and a single line break join words; any other punctuation and an empty line break a name off;
* the Arabic article before a word is ``al`` in whatever assimilated or regional form it comes (``ad-``, ``el-``, ``ash-`` ...);
* ``St``, ``Mt`` and ``Ft`` before a word are written out;
* initials with full stops are one word: ``U.S.`` is ``us``, and can also match abbreviations, which are kept in capitals.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from geoconflict.scripts import MARKS

__all__ = [
    "MAX_ABBREVIATION",
    "TokenisedText",
    "abbreviation_key",
    "changing_forms",
    "fold",
    "is_latin",
    "is_shouted",
    "tokenise",
    "tokenise_run",
]

_APOSTROPHES = "'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u02c8\u02ca\u02cb\u00b4`\u2032\u05f3"
_HIDDEN = "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_WORD = rf"[^\W_]+(?:(?:[{MARKS}]+|[{_HIDDEN}]+(?=[^\W_]))[^\W_]*)*"
_TOKEN = re.compile(rf"(?:[A-Z]\.){{2,}}(?:[A-Z](?![^\W_]))?|{_WORD}(?:[{_APOSTROPHES}]{_WORD})*")
_INSIDE_WORD = re.compile(rf"(?:[^\W_]|[{MARKS}.{_APOSTROPHES}{_HIDDEN}])+")
"""What may stand inside words."""
_FARTHEST_BACK = 100
"""Characters to look back for the beginning of a word."""
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]$")
# What may stand between two words of one name: spaces with at most one line break, a hyphen or a dash used as one.
_JOINER = re.compile(r"[^\S\n]*(?:\n[^\S\n]*)?[-\u2010\u2011\u2012\u2013]?[^\S\n]*|\.[^\S\n]+")
_HYPHENS = frozenset("-\u2010\u2011\u2012\u2013")
_STOPPED = frozenset({"st", "mt", "ft", "ste"})
_SPELLED_OUT = {"st": "saint", "mt": "mount", "ft": "fort"}
_LETTERS = str.maketrans(  # letters that NFKD leaves whole
    {
        "ə": "a", "ǝ": "a", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ɖ": "d", "ł": "l", "ħ": "h", "þ": "th",  # noqa: RUF001
        "ŋ": "n", "æ": "ae", "œ": "oe", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o", "ɲ": "n", "ŧ": "t",
        "ƴ": "y", "ɣ": "g", "ʋ": "v", "ɩ": "i", "ʊ": "u",  # noqa: RUF001
        "ی": "ي", "ى": "ي", "ک": "ك", "ە": "ه", "ہ": "ه",  # one letter typed on different keyboards  # noqa: RUF001
        **dict.fromkeys(_APOSTROPHES),
        "\u0640": None,  # the Arabic stroke that only stretches a word
    }
)  # fmt: skip

_ARTICLES = frozenset({"al", "el", "ad", "ar", "ash", "az", "ez", "ul"})
# English, French or German words too: taken for the article only where capitalised or tied on with a hyphen.
_ARTICLES_IF_MARKED = frozenset({"as", "at", "an", "en", "es", "et", "er", "ed", "eth", "esh", "ath", "adh", "edh"})
_CHANGED_BEFORE_WORD = _ARTICLES | _ARTICLES_IF_MARKED | frozenset(_SPELLED_OUT)
ARTICLE = "al"
"""The form that every Arabic article takes in a key."""

MAX_ABBREVIATION = 5
_LONGEST_KEPT = 100
"""Characters of the names whose folded form is remembered."""
_SHORTEST_SHOUT = 30
"""Characters from which a text without a small letter is taken for one written in capitals."""


class TokenisedText(NamedTuple):
    """The words of a text, folded, with their offsets (code points in the original text, end exclusive)."""

    words: tuple[str, ...]
    """Folded, the article in its one form where another word follows."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    joined: tuple[bool, ...]
    """Whether the word may stand in one name with the word before it."""
    possessives: dict[int, tuple[str, int]]
    """Word index -> the folded word without its possessive ending, and where it ends then."""
    abbreviations: dict[int, str]
    """Word index -> capitals, for words that may be abbreviations."""

    def at(self, start: int) -> int | None:
        """Return the index of the first word that begins at an offset or behind it, None where there is none."""
        index = bisect.bisect_left(self.starts, start)
        return index if index < len(self.starts) else None


@functools.lru_cache(maxsize=8_192)
def _fold_word(word: str) -> str:
    if word.isascii():
        return word.lower().replace("'", "").replace("`", "").replace(".", "")
    folded = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    return "".join(char for char in folded.casefold().translate(_LETTERS) if char.isalnum())


def _reading(surface: str) -> tuple[str, tuple[str, int] | None, tuple[str, bool] | None]:
    """Return what a word is by itself: folded; folded without a possessive ending, and the length of that; an abbreviation.

    With the abbreviation comes whether it is one in a text in capitals too.
    """
    word = surface.lower() if surface.isascii() and surface.isalnum() else _fold_word(surface)
    possessive = None
    stem = surface
    if not surface.isalnum() and len(surface) > 2 and (ending := _POSSESSIVE.search(surface)):
        stem = surface[: ending.start()]
        possessive = (_fold_word(stem), len(stem))
    key = abbreviation_key(stem) if stem.isupper() else None
    return word, possessive, None if key is None else (key, len(key) > 3 or "." in stem)


_read_word = functools.lru_cache(maxsize=8_192)(_reading)


def _may_join(gap: str, last_word: str) -> bool:
    return _JOINER.fullmatch(gap) is not None and ("." not in gap or last_word in _STOPPED)


def _before_word(word: str, surface: str, gap: str, next_surface: str) -> str:
    """Return the form that a folded word takes when another word of the name follows."""
    if word in _ARTICLES:
        return ARTICLE
    if word in _SPELLED_OUT:
        return _SPELLED_OUT[word] if surface[0].isupper() else word
    capitalised = surface[0].isupper() and next_surface[0].isupper() and not (len(surface) > 1 and surface.isupper())
    return ARTICLE if capitalised or gap in _HYPHENS else word


def changing_forms(*, tied: bool = False) -> frozenset[str]:
    """Return the words, as written, whose form or border depends on a word that follows.

    Parameters
    ----------
    tied
        Those before a hyphen, in small letters; else those before a space, in every case in which it holds.
    """
    if tied:
        return _CHANGED_BEFORE_WORD | _STOPPED

    def cases(word: str) -> Iterator[str]:
        return map("".join, itertools.product(*((letter, letter.upper()) for letter in word)))

    always = (form for word in (*_ARTICLES, *_STOPPED) for form in cases(word))
    capitalised = (form for word in _ARTICLES_IF_MARKED for form in cases(word) if form[0].isupper())
    return frozenset((*always, *capitalised))


def tokenise(text: str) -> TokenisedText:
    """Return the words of `text`, folded, with their offsets in `text`. A cost of about 0.1 ms for 2,000 characters."""
    return _tokens(text, 0, 0, None)


def tokenise_run(text: str, start: int, most: int) -> TokenisedText | None:
    """Return the words from offset `start` on that may stand in one name, at most `most`, as :func:`tokenise` sees them.

    Empty where no word begins there; None where that takes more than a look around.
    """
    before = text[max(0, start - _FARTHEST_BACK - 1) : start][::-1]
    inside = _INSIDE_WORD.match(before)
    n_inside = inside.end() if inside else 0
    if n_inside > _FARTHEST_BACK:
        return None
    begin = start - n_inside
    return _tokens(text, begin, start, most)


def _tokens(text: str, begin: int, first: int, most: int | None) -> TokenisedText:
    """Return the words from offset `first` on, read from `begin` on: all, or where `most` is given one run of joined words."""
    one_run = most is not None
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    joined: list[bool] = []
    possessives: dict[int, tuple[str, int]] = {}
    abbreviations: dict[int, str] = {}
    last_end = -1
    last_word = ""
    last_surface = ""
    for match in _TOKEN.finditer(text, begin):
        start, end = match.span()
        if start < first:
            continue
        if one_run and not words and start > first:
            break
        surface = match.group()
        word, possessive, abbreviation = _read_word(surface) if end - start <= _LONGEST_KEPT else _reading(surface)
        if not word:
            continue
        gap = text[last_end:start] if words else ""
        may_join = gap == " " or (bool(words) and _may_join(gap, last_word))
        if may_join and last_word in _CHANGED_BEFORE_WORD:
            words[-1] = _before_word(last_word, last_surface, gap, surface)
        if one_run and words and (not may_join or len(words) == most):
            break
        if possessive is not None:
            possessives[len(words)] = (possessive[0], start + possessive[1])
        if abbreviation is not None:
            key, is_sure = abbreviation
            if is_sure or not is_shouted(text):
                abbreviations[len(words)] = key
        words.append(word)
        starts.append(start)
        ends.append(end)
        joined.append(may_join)
        last_end, last_word, last_surface = end, word, surface
    return TokenisedText(
        tuple(words),
        tuple(starts),
        tuple(ends),
        tuple(joined),
        possessives,
        abbreviations,
    )


@functools.lru_cache(maxsize=4)  # asked for each abbreviation of a text
def is_shouted(text: str) -> bool:
    """Return whether a text is written in capitals: there "CAR" is a car and "US" may be a pronoun."""
    return len(text) >= _SHORTEST_SHOUT and text.isupper()


def fold(name: str) -> str:
    """Return the key under which `name` is kept and found; empty when it holds no letter or digit."""
    return _fold_short(name) if len(name) <= _LONGEST_KEPT else _key(tokenise(name).words)


@functools.lru_cache(maxsize=8_192)
def _fold_short(name: str) -> str:
    return _key(tokenise(name).words)


def _key(words: Sequence[str]) -> str:
    """Return words as one key; there all stand side by side, so an article is one also where a bracket parted them."""
    return " ".join([*(ARTICLE if word in _ARTICLES else word for word in words[:-1]), *words[-1:]])


def abbreviation_key(name: str) -> str | None:
    """Return the key of an abbreviation, in capitals without full stops (``U.S.`` is ``US``), or None if `name` is none.

    Keys of abbreviations are the only ones with capitals, so the pronoun "us" never meets the country.
    """
    key = name.replace(".", "").replace(" ", "") if "." in name else name
    if 2 <= len(key) <= MAX_ABBREVIATION and key.isascii() and key.isalpha() and key.isupper():
        return key
    return None


def is_latin(name: str) -> bool:
    """Return whether every letter of `name` belongs to the Latin script (and there is one)."""
    letters = [char for char in name if char.isalpha()]
    return bool(letters) and all(_is_latin_letter(char) for char in letters)


@functools.lru_cache(maxsize=4096)
def _is_latin_letter(char: str) -> bool:
    return char.isascii() or char in _APOSTROPHES or unicodedata.name(char, "").startswith(("LATIN", "MODIFIER"))
