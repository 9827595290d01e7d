"""Abbreviations that a report explains by the body that they stand for: "the Ruritanian Liberation Army ... two RLA men"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.toponyms.text_words import Word

__all__ = ["glossed_bodies", "initials_of_bodies"]

_LINKS = frozenset({"and", "for", "in", "of", "the"})
_FEWEST, _MOST = 2, 7
"""Words of a body's name; a name of one word has no initials, and longer runs are headlines."""
_LONGEST = 2 * _MOST
"""The same with the links between them."""


def initials_of_bodies(words: Sequence[Word]) -> frozenset[str]:
    """Return the initials, in capitals, of the bodies that a report names in full: parties, armies, ministries, institutes."""
    heads = lexicon_words("organisations", "organisation_heads") | lexicon_words("organisations", "state_bodies")
    found: set[str] = set()
    for run in _capitalised_runs(words):
        named = [word for word in run if word.lower != "the"]
        # "President X of the Y Front" begins before the name; a headline in capitals goes on for ever.
        for first in range(max(0, len(named) - _LONGEST), len(named)):
            content = [word for word in named[first:] if word.capitalised]
            if _FEWEST <= len(content) <= _MOST and any(word.lower in heads for word in content):
                found.add("".join(word.text[0] for word in content).upper())
                found.add("".join(word.text[0] for word in named[first:]).upper())
    return frozenset(found)


def glossed_bodies(words: Sequence[Word]) -> frozenset[str]:
    """Return the names, in small letters, that brackets explain by a body, or a body by them, whatever their letters are.

    "Solidar (Ruritanian Workers' Union)", "the Ruritanian Workers' Federation [SOLIDAR]".
    """
    heads = lexicon_words("organisations", "organisation_heads") | lexicon_words("organisations", "state_bodies")
    found: set[str] = set()
    for at, word in enumerate(words[1:], 1):
        if word.gap[-1:] not in ("(", "["):
            continue
        end = at + 1
        while end < min(len(words), at + _LONGEST) and words[end].gap[:1] not in (")", "]"):
            end += 1
        inside = words[at:end]
        if (
            len(inside) > 1
            and all(one.capitalised or one.lower in _LINKS for one in inside)
            and inside[-1].lower in heads
        ):
            found.add(words[at - 1].lower)
        elif len(inside) == 1 and word.capitalised and words[at - 1].capitalised and words[at - 1].lower in heads:
            found.add(word.lower)
    return frozenset(found)


def _capitalised_runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the runs of capitalised words that nothing but spaces and links stand between."""
    run: list[Word] = []
    for word in words:
        if run and word.gap not in (" ", "\n"):
            yield _without_links(run)
            run = []
        if word.capitalised or (run and word.lower in _LINKS):
            run.append(word)
        elif run:
            yield _without_links(run)
            run = []
    if run:
        yield _without_links(run)


def _without_links(run: list[Word]) -> list[Word]:
    while run and not run[-1].capitalised:
        run.pop()
    return run
