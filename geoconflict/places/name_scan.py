"""Finds known names in running text: at one word, or at every capitalised word of a text.

What a name is, :mod:`geoconflict.places.names` says. Most words of news stand in plain runs, ASCII words with single
spaces or hyphens between them; there the raw text in small letters is what the tokeniser would make of it, and looking a
run up costs little more than finding it. Wherever anything else stands that could matter, the tokeniser reads the run.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from sys import intern
from typing import Any, NamedTuple

from geoconflict.places.names import (
    MAX_ABBREVIATION,
    TokenisedText,
    changing_forms,
    is_shouted,
    tokenise,
    tokenise_run,
)

__all__ = ["MAX_WORDS", "NameScanner"]

MAX_WORDS = 8
"""Longer names are not looked for in running text."""

# A word that begins with what may be a capital and is not inside a word; a second word tied to it; the next character.
_CAPITALISED = re.compile(
    r"([A-Z](?<![^\W_].)[A-Za-z]*|[\u00c0-\u1fff\u2070-\U0010ffff](?<![^\W_].))(?=(?:[ \n-]([A-Za-z]+))?(.?))",
    re.DOTALL,
)
_RUN = re.compile(r"([A-Za-z]+)((?:[ \n-]([A-Za-z]+))?(?:[ \n-][A-Za-z]+){0,6})")
"""A plain run of words: the first, the rest, and of these the second."""
_SURE_BEFORE = frozenset(' \n\t("\u201c\u2014\u2013-/,;:_')
"""After these a letter begins a word."""
_SURE_AFTER = frozenset([*',;:!?)"\u201d]/(\u2026._', ""])
"""These end a word and every name; a full stop does so only after a word of two letters that is not written with one."""
_MAY_JOIN = frozenset(" -\n\u2010\u2011\u2012\u2013")
"""These end a word; a name may go on."""
_SURE_PAIRS = frozenset([" (", ' "', " \u201c", " [", "\n\n"])
"""These end every name, though their first character need not."""
_ENDS_WORD = _SURE_AFTER | _MAY_JOIN
_APOSTROPHES = ("'", "\u2019")
_CHANGING = changing_forms()
"""Words, as written, whose form or border depends on a word that follows after a space or a full stop."""
_CHANGING_TIED = changing_forms(tied=True)
"""Words, in small letters, whose form depends on a word that follows after a hyphen."""
_N_SECONDS = 2_000
_N_KEPT = 4_096
"""Words whose part in the names is remembered: a thousand short reports have half as many."""


class _Word(NamedTuple):
    """What the names have of a word as it is written."""

    keys: tuple[str, ...]
    """The names that it is by itself."""
    seconds: frozenset[str] | None
    """The second words of the longer names that begin with it; None where they are too many to keep."""
    special: bool
    """It must be read by the tokeniser."""
    abbreviation: bool
    """It is a name as an abbreviation, unless the text is in capitals."""


class NameScanner:
    """Looks names up in running text.

    Parameters
    ----------
    trie
        A marisa trie of all keys.
    extra
        More keys.
    """

    def __init__(self, trie: Any, extra: Mapping[str, object]) -> None:
        self._trie = trie
        self._extra = extra
        self._extra_begin = frozenset(key.partition(" ")[0] for key in extra)
        self._words: dict[str, _Word] = {}
        self._simple: dict[str, tuple[bool, frozenset[str]]] = {}
        """Of these, the plain ones: whether each is a name by itself, and the second words of longer names."""
        self._tokenised: tuple[str, TokenisedText] = ("", tokenise(""))

    def at(self, text: str, start: int) -> Sequence[tuple[int, str]]:
        """Return (end offset, key) of the names that begin at offset `start`, the longest first."""
        if not 0 <= start < len(text):
            return ()
        if not start or text[start - 1] in _SURE_BEFORE:
            found = self._in_plain(text, start)
            if found is not None:
                return found
        return self._in_tokens(text, start)

    def scan(self, text: str) -> list[tuple[int, int]]:
        """Return (start, end) of every name that begins at a capitalised word, by start and the longest first."""
        spans: list[tuple[int, int]] = []
        simple = self._simple
        for match in _CAPITALISED.finditer(text):
            first, second, after = match.groups()
            word = simple.get(first)
            # Nine words in ten stand by themselves, or with a word that no name has after them; what is known of them is
            # enough. This says again, for speed, what _in_plain says of them.
            if word is not None:
                is_name, seconds = word
                if (
                    after in _SURE_AFTER
                    if second is None
                    else not seconds
                    or (
                        (folded := second.lower()) not in seconds
                        and folded not in _CHANGING_TIED
                        and after in _ENDS_WORD
                    )
                ):
                    if is_name:
                        start = match.start()
                        if not start or text[start - 1] in _SURE_BEFORE:
                            spans.append((start, start + len(first)))
                        else:
                            spans += [(start, end) for end, _ in self._in_tokens(text, start)]
                    continue
            start = match.start()
            if first < "[":
                spans += [(start, end) for end, _ in self.at(text, start)]
            elif first[0].isupper():
                spans += [(start, end) for end, _ in self._in_tokens(text, start)]
        return spans

    def known(self, key: str) -> bool:
        """Return whether a name has this key."""
        return key in self._trie or key in self._extra

    # ------------------------------------------------------------ in a plain run
    def _in_plain(self, text: str, start: int) -> Sequence[tuple[int, str]] | None:
        """Return what begins with a plain run of words, or None where the tokeniser must tell."""
        run = _RUN.match(text, start)
        if run is None:
            return None
        first, rest, second = run.groups()
        keys, seconds, special, abbreviation = self._words.get(first) or self._learn(first)
        if special or (abbreviation and is_shouted(text)):
            return None
        if second is None:
            if not self._ends_plainly(text, start + len(first), first, longer=seconds is None or bool(seconds)):
                return None
        elif seconds is None or seconds:
            if "-" in rest or "\n" in rest:
                tied = "-" in rest
                rest = rest.replace("-", " ").replace("\n", " ")
                if tied and not _CHANGING_TIED.isdisjoint(rest.lower().split(" ")):
                    return None
            if seconds is None or second.lower() in seconds:
                return None if abbreviation else self._in_long(text, start, first + rest)
            end = start + len(first) + len(rest)
            if second in _CHANGING or (len(second) + 1 == len(rest) and text[end : end + 1] not in _ENDS_WORD):
                return None
        return [(start + len(first), keys[0])] if keys else ()

    def _ends_plainly(self, text: str, end: int, word: str, *, longer: bool) -> bool:
        """Return whether what follows a word leaves no doubt that it stands by itself.

        `longer` says whether longer names begin with it.
        """
        after = text[end : end + 1]
        if after in _SURE_AFTER:
            return after != "." or len(word) > 1
        if after in _APOSTROPHES:
            return self._is_possessive(text, end, word)
        return after in _MAY_JOIN and (not longer or text[end : end + 2] in _SURE_PAIRS)

    def _is_possessive(self, text: str, end: int, word: str) -> bool:
        """Return whether a word is followed by an apostrophe and an s, and together they are no name and begin none."""
        ending, after = text[end + 1 : end + 2], text[end + 2 : end + 3]
        if ending not in ("s", "S") or after not in _ENDS_WORD:
            return False
        keys, seconds, special, _ = self._words.get(word + ending) or self._learn(word + ending)
        if keys or special or seconds is None:
            return False
        if not seconds or after in _SURE_AFTER:
            return True
        next_word = _RUN.match(text, end + 3) if after == " " else None
        if next_word is None:
            return False
        following = next_word[1]
        return (
            following.lower() not in seconds
            and following not in _CHANGING
            and text[next_word.end(1) : next_word.end(1) + 1] in _ENDS_WORD
        )

    def _in_long(self, text: str, start: int, run: str) -> Sequence[tuple[int, str]] | None:
        """Return what begins with a plain run of several words, or None where the tokeniser must tell."""
        end = start + len(run)
        after = text[end : end + 1]
        if after not in _ENDS_WORD or (after == "." and run[-2] == " ") or not _CHANGING.isdisjoint(run.split(" ")):
            return None
        run = run.lower()
        if (
            after in _MAY_JOIN
            and text[end : end + 2] not in _SURE_PAIRS
            and next(self._trie.iterkeys(run), None) is not None
        ):
            return None
        found = [
            (start + len(key), key) for key in self._trie.prefixes(run) if len(key) == len(run) or run[len(key)] == " "
        ]
        found.reverse()
        return found

    def _learn(self, surface: str) -> _Word:
        if len(self._words) >= _N_KEPT:
            self._words.clear()
            self._simple.clear()
        folded = surface.lower()
        longer = list(itertools.islice(self._trie.iterkeys(f"{folded} "), _N_SECONDS + 1))
        abbreviation = surface.isupper() and 1 < len(surface) <= MAX_ABBREVIATION and surface in self._trie
        key = surface if abbreviation else folded
        word = _Word(
            keys=(key,) if key in self._trie else (),
            seconds=None if len(longer) > _N_SECONDS else frozenset(intern(name.split(" ", 2)[1]) for name in longer),
            special=folded in _CHANGING_TIED or folded in self._extra_begin or surface in self._extra,
            abbreviation=abbreviation,
        )
        self._words[surface] = word
        if word.seconds is not None and not word.special and not abbreviation and len(surface) > 1:
            self._simple[surface] = (bool(word.keys), word.seconds)
        return word

    # ------------------------------------------------------------ by the tokeniser
    def _in_tokens(self, text: str, start: int) -> Sequence[tuple[int, str]]:
        tokens = tokenise_run(text, start, MAX_WORDS)
        if tokens is None:
            tokens = self._tokens_of(text)
        first = bisect.bisect_left(tokens.starts, start)
        if tokens.starts[first : first + 1] != (start,):
            return ()
        found: dict[int, str] = {}
        for end, key in self._keys_from(tokens, first):
            found.setdefault(end, key)
        return sorted(found.items(), reverse=True)

    def _tokens_of(self, text: str) -> TokenisedText:
        last_text, tokens = self._tokenised
        if last_text is not text and last_text != text:
            tokens = tokenise(text)
            self._tokenised = (text, tokens)
        return tokens

    def _keys_from(self, tokens: TokenisedText, first: int) -> Iterator[tuple[int, str]]:
        """Yield (end offset, key) of every known key that begins with word number `first`."""
        abbreviation = tokens.abbreviations.get(first)
        if abbreviation is not None and self.known(abbreviation):
            possessive = tokens.possessives.get(first)
            yield (possessive[1] if possessive else tokens.ends[first]), abbreviation
        words = tokens.words
        joined = words[first]
        lengths = {len(joined): tokens.ends[first]}
        possessive = tokens.possessives.get(first)
        if possessive is not None and self.known(possessive[0]):
            yield possessive[1], possessive[0]
        for index in range(first + 1, min(first + MAX_WORDS, len(words))):
            if not tokens.joined[index]:
                break
            possessive = tokens.possessives.get(index)
            if possessive is not None and self.known(f"{joined} {possessive[0]}"):
                yield possessive[1], f"{joined} {possessive[0]}"
            joined = f"{joined} {words[index]}"
            lengths[len(joined)] = tokens.ends[index]
        for key in self._trie.prefixes(joined):
            end = lengths.get(len(key))
            if end is not None:
                yield end, key
        if self._extra:
            for length, end in lengths.items():
                if joined[:length] in self._extra:
                    yield end, joined[:length]
