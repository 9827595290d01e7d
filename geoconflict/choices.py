"""Words of a closed list as arguments: one that is on no list is refused, for it would choose nothing without a word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from geoconflict.errors import InputError

__all__ = ["checked_word", "checked_words"]


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
        near = difflib.get_close_matches(word, allowed, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        msg = f"{what}: {given!r} is none of {', '.join(filter(None, allowed))}{hint}"
        raise InputError(msg)
    return word
