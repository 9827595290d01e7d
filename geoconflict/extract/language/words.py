"""Parts of speech and lemmas, asked of spaCy's rules once for each distinct word, tag and dependency.

spaCy's attribute ruler and lemmatiser look at one word at a time but for a few patterns over neighbours ("there is",
"gonna"); where such a pattern may hold, the neighbours are part of what is asked and remembered. The ruler's patterns name
few words; what it says of all others depends on tag and dependency alone and is asked once for them together. So the
answers are spaCy's own, and a test holds the two together.

Nothing here imports spaCy: :mod:`geoconflict.extract.language.model` hands in the components.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from sys import intern
from typing import Any

__all__ = ["WordForms"]

_FILLER = "\ue000"
"""A word of no pattern, which parts the words that are asked together."""
_FILLER_TAG = "NN"
_KNOWN = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
_N_REMEMBERED = 16_000
"""Words in their uses, a third of a kB each; two thousand short reports have as many."""

Form = tuple[str, str, str, str]
"""Lemma, part of speech, tag, dependency."""
_Key = tuple[int, int, int]
"""Hashes of the word, its tag and its dependency, before the rules."""
_Asked = _Key | tuple[_Key, ...]
"""A word by itself, or with its neighbours where they matter."""
_Ruled = tuple[int, int, int, Any, int]
"""Tag, part of speech, dependency, morphology and lemma after the ruler."""


class WordForms:
    """Answers of the attribute ruler and the lemmatiser, remembered.

    Parameters
    ----------
    ruler, lemmatizer
        The trained components.
    make
        Words -> a spaCy document of them.

    Raises
    ------
    ValueError
        If the rules look at more than is known here; spaCy's own components must then be run.
    """

    def __init__(self, ruler: Any, lemmatizer: Any, make: Callable[[list[str]], Any]) -> None:
        patterns = [pattern for rule in ruler.patterns for pattern in rule["patterns"]]
        if lemmatizer.mode not in ("rule", "lookup") or any(
            set(one) - _KNOWN for pattern in patterns for one in pattern
        ):
            msg = "the attribute ruler or the lemmatiser has rules of a kind that is not known"
            raise ValueError(msg)
        self._ruler, self._lemmatizer, self._make = ruler, lemmatizer, make
        self._strings = ruler.vocab.strings
        _index_by_set(lemmatizer)
        named = [one["LOWER"] for pattern in patterns for one in pattern if "LOWER" in one]
        # A word of a pattern that is no list of words ("n't", "nt") is known by nothing but the pattern.
        self._named = {word for one in named for word in _literals({"LOWER": one})}
        self._spelled = [one for one in named if not _literals({"LOWER": one})]
        self._of_unnamed: dict[tuple[int, int], _Ruled] = {}
        # word -> the patterns over two words that it may stand in, and whether as their first
        self._pairs: dict[str, list[tuple[int, Sequence[dict[str, Any]]]]] = {}
        for pattern in patterns:
            if len(pattern) == 1:
                continue
            at = next((at for at, one in enumerate(pattern) if _literals(one)), None)
            if len(pattern) > 2 or at is None:
                msg = "the attribute ruler has a pattern over words that is not known"
                raise ValueError(msg)
            for word in _literals(pattern[at]):
                self._pairs.setdefault(word, []).append((at, pattern))
        self._remembered: dict[_Asked, Form] = {}
        self._shared: dict[int, int] = {}
        """Hashes of tags and dependencies, for what is remembered to hold one number of each."""
        self._lower: dict[int, str] = {}
        """The words that are in a pattern over two, in small letters; empty for all others."""

    def of(self, words: Sequence[int], tags: Sequence[int], deps: Sequence[int]) -> list[Form]:
        """Return the forms of the words of a document, given by the hashes that spaCy has for strings."""
        keys = list(zip(words, tags, deps, strict=True))
        asked: list[_Asked] = [*keys]
        for first in self._pairs_in(keys):
            for at in (first, first + 1):
                asked[at] = (*(() if at else (_NOBODY,)), *keys[max(0, at - 1) : at + 2])
        remembered = self._remembered
        missing = [one for one in dict.fromkeys(asked) if one not in remembered]
        if missing:
            if len(remembered) + len(missing) > _N_REMEMBERED:
                remembered.clear()
                missing = list(dict.fromkeys(asked))
            self._ask(missing)
        return [remembered[one] for one in asked]

    def _pairs_in(self, keys: Sequence[_Key]) -> list[int]:
        """Return where two words stand to which a pattern over two words may apply."""
        found = []
        for at, key in enumerate(keys):
            lower = self._lower.get(key[0])
            if lower is None:
                if len(self._lower) >= _N_REMEMBERED:
                    self._lower.clear()
                lower = self._strings[key[0]].lower()
                lower = self._lower[key[0]] = lower if lower in self._pairs else ""
            for place, pattern in self._pairs.get(lower, ()):
                first = at - place
                if 0 <= first < len(keys) - 1 and all(
                    self._may_match(one, keys[first + step]) for step, one in enumerate(pattern)
                ):
                    found.append(first)
        return found

    def _may_match(self, wanted: dict[str, Any], key: _Key) -> bool:
        values = {"LOWER": self._strings[key[0]].lower(), "TAG": self._strings[key[1]], "DEP": self._strings[key[2]]}
        return all(_allows(wanted[name], value) for name, value in values.items() if name in wanted)

    def _ask(self, missing: Sequence[_Asked]) -> None:
        """Ask the rules about words, each with its neighbours where they matter, and remember the answers."""
        known: list[tuple[_Key, ...]] = []
        others: list[tuple[_Key, ...]] = []
        for one in missing:
            words = _words_asked(one)
            (known if len(words) == 1 and self._is_unnamed(words[0]) else others).append(words)
        pairs = [
            pair for pair in dict.fromkeys((tag, dep) for ((_, tag, dep),) in known) if pair not in self._of_unnamed
        ]
        fillers = [((self._strings.add(_FILLER), *pair),) for pair in pairs]
        ruled, places = self._ruled([*fillers, *others])
        for pair, place in zip(pairs, places, strict=False):
            token = ruled[place]
            self._of_unnamed[pair] = token.tag, token.pos, token.dep, token.morph, token.lemma
        self._remember(others, self._lemmatizer(ruled), places[len(pairs) :])
        if known:
            doc = self._make([self._strings[word] for ((word, _, _),) in known])
            for token, ((_, tag, dep),) in zip(doc, known, strict=True):
                token.tag, token.pos, token.dep, morph, token.lemma = self._of_unnamed[tag, dep]
                token.set_morph(morph)
            self._remember(known, self._lemmatizer(doc), range(len(known)))

    def _is_unnamed(self, key: _Key) -> bool:
        """Whether the ruler looks at the tag and the dependency of a word alone."""
        word = self._strings[key[0]]
        lower = word.lower()
        return (
            not word.isspace()
            and lower not in self._named
            and not any(_allows(pattern, lower) for pattern in self._spelled)
        )

    def _ruled(self, asked: Sequence[tuple[_Key, ...]]) -> tuple[Any, list[int]]:
        """Return a document of what is asked as the ruler leaves it, fillers between, and where in it each answer stands."""
        words: list[str] = []
        places = []
        for one in asked:
            places.append(len(words) + min(1, len(one) - 1))
            words += [*(self._strings[key[0]] or _FILLER for key in one), _FILLER]
        doc = self._make(words)
        at = 0
        for one in asked:
            for key in one:
                if key == _NOBODY:
                    doc[at].tag_ = _FILLER_TAG
                else:
                    doc[at].tag, doc[at].dep = key[1], key[2]
                at += 1
            doc[at].tag_ = _FILLER_TAG
            at += 1
        return self._ruler(doc), places

    def _remember(self, asked: Sequence[tuple[_Key, ...]], doc: Any, places: Sequence[int]) -> None:
        for one, place in zip(asked, places, strict=True):
            token = doc[place]
            share = self._shared.setdefault
            words = tuple((word, share(tag, tag), share(dep, dep)) for word, tag, dep in one)
            # spaCy makes each string anew, and there are few of these.
            self._remembered[words if len(words) > 1 else words[0]] = (
                token.lemma_,
                intern(token.pos_),
                intern(token.tag_),
                intern(token.dep_),
            )


def _index_by_set(lemmatizer: Any) -> None:
    """Let a lemmatiser look up in sets whether a form is a word: its lists of many thousand words are searched from the start."""
    if lemmatizer.lookups.has_table("lemma_index"):
        table = lemmatizer.lookups.get_table("lemma_index")
        for kind, words in table.items():
            table[kind] = frozenset(words)


def _words_asked(asked: _Asked) -> tuple[_Key, ...]:
    """Return what is asked as words beside each other, also where it is one."""
    return (asked,) if isinstance(asked[0], int) else asked


_NOBODY: _Key = (0, 0, 0)


def _literals(wanted: dict[str, Any]) -> list[str]:
    """Return the words that a pattern names outright, in lower case."""
    lower = wanted.get("LOWER")
    if isinstance(lower, str):
        return [lower]
    return list(lower["IN"]) if isinstance(lower, dict) and set(lower) == {"IN"} else []


def _allows(wanted: Any, value: str) -> bool:
    """Whether a pattern may accept a value; yes where it asks in a way that is not known."""
    if isinstance(wanted, str):
        return wanted == value
    if not isinstance(wanted, dict):
        return True
    return (
        value in wanted.get("IN", (value,))
        and value not in wanted.get("NOT_IN", ())
        and ("REGEX" not in wanted or re.search(wanted["REGEX"], value) is not None)
    )
