"""Words of a closed list as arguments: one that is on no list is refused, for it would choose nothing without a word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

from geoconflict.errors import InputError

__all__ = ["checked_word", "checked_words", "not_among"]

_MOST_LISTED: Final = 20


def checked_words(given: str | Iterable[str], known: Iterable[str], what: str) -> tuple[str, ...]:
    """Return words as text, each of which is `known`; a lone text is one word, not as many as it has letters.

    Raises
    ------
    InputError
        With the first word that is not known, and the one that it may stand for.
    """
    words = (given,) if isinstance(given, str) else tuple(given)
    return tuple(checked_word(word, known, what) for word in words)


def checked_word(given: str, known: Iterable[str], what: str) -> str:
    """Return a word as text that is `known`.

    Raises
    ------
    InputError
        If it is not.
    """
    allowed = [str(word) for word in known]
    word = str(given)
    if word not in allowed:
        msg = f"{what}: {not_among(given, allowed)}"
        raise InputError(msg)
    return word


def not_among(given: str, known: Iterable[str]) -> str:
    """Return the words that say that `given` is not known, and what is: the nearest, and all where they are few."""
    allowed = [str(word) for word in known]
    near = difflib.get_close_matches(str(given), allowed, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    listed = "" if near and len(allowed) > _MOST_LISTED else f" of {', '.join(filter(None, allowed))}"
    return f"{given!r} is none{listed}{hint}"
