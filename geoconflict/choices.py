"""Words as arguments, one or several; of a closed list one that is not on it is refused, for it would choose nothing without a word."""

from __future__ import annotations

import difflib
import reprlib
from collections.abc import Iterable
from typing import Any, Final

from geoconflict.errors import InputError

__all__ = ["checked_word", "checked_words", "not_among", "one_or_several"]

_MOST_LISTED: Final = 20


def checked_words(given: str | Iterable[str], known: Iterable[str], what: str) -> tuple[str, ...]:
    """Return words as text, each of which is `known`; a lone text is one word.

    Raises
    ------
    InputError
        With the first word that is not known, and the one that it may stand for; or if there is something else than texts.
    """
    return tuple(checked_word(word, known, what) for word in one_or_several(given, what))


def one_or_several(given: Any, what: str) -> tuple[str, ...]:
    """Return one text, or several, as several: a lone text is one, not as many as it has letters.

    Raises
    ------
    InputError
        If there is something else than texts.
    """
    several = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (given,)
    for one in several:
        if not isinstance(one, str):
            msg = f"{what}: {reprlib.repr(one)} is no text; give one or several"
            raise InputError(msg)
    return several


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
