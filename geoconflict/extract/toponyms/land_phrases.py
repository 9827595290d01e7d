"""Countries called by the adjective of their people: "rockets fired into Ruritanian territory", "on Ruritanian soil".

As borders they stay in the reading only where an event happened there. What is "Ruritanian-held territory" may lie
anywhere, "the Ruritanian territory of X" is X, and what comes "from Ruritanian territory" strikes elsewhere.
"""

from __future__ import annotations

import functools
import re

from geoconflict.extract.language.model import Document
from geoconflict.extract.lexicon import any_form, lexicon_words, read_demonyms
from geoconflict.models import Relation, Role, Toponym

__all__ = ["land_of", "with_lands"]

_SCORE = 0.8
_LONGEST_BEFORE = 60
"""Code points beside the noun that are looked at: an adjective of two words, an article and a preposition."""


@functools.cache
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_form(sorted(lexicon_words('places', 'land_nouns')))})\b", re.IGNORECASE)


def with_lands(document: Document, toponyms: tuple[Toponym, ...], *, start: int = 0) -> tuple[Toponym, ...]:
    """Return the toponyms and, in text order among them, the phrases from offset `start` on that mean a whole country.

    A phrase overlaps no toponym.
    """
    text = document.cased
    found = []
    for noun in _nouns().finditer(text, start):
        first = _people_before(text, noun.start())
        if first is None or not _ends_phrase(document, noun.end()):
            continue
        if any(one.start < noun.end() and first < one.end for one in toponyms):
            continue
        surface = document.text[first : noun.end()]
        reason = "the land of a country whose people are named"
        found.append(
            Toponym(
                start=first,
                end=noun.end(),
                surface=surface,
                score=_SCORE,
                role=Role.EVENT_PLACE,
                relation=Relation.AT,
                reasons=(reason,),
            )
        )
    return tuple(sorted((*toponyms, *found), key=lambda one: one.start)) if found else toponyms


def land_of(surface: str) -> str | None:
    """Return the country (ISO 3166-1 alpha-3) that a mention means as such a phrase, or None."""
    people, _, noun = " ".join(surface.lower().split()).rpartition(" ")
    return read_demonyms().get(people) if noun in lexicon_words("places", "land_nouns") else None


def _people_before(text: str, noun: int) -> int | None:
    """Return where the adjective of a country begins that stands before a noun; None where none does."""
    before = text[max(0, noun - _LONGEST_BEFORE) : noun]
    words = re.search(r"(?<![\w-])(?:[^\W\d_]+[ \n])?[^\W\d_]+[ \n]$", before)
    if words is None:
        return None
    for people in (words[0].rstrip(), words[0].split()[-1]):
        at = before.rindex(people)
        is_country = people[:1].isupper() and read_demonyms().get(" ".join(people.lower().split())) is not None
        if is_country and not re.search(r"\bfrom\s+(?:the\s+)?$", before[:at], re.IGNORECASE):
            return noun - len(before) + at
    return None


def _ends_phrase(document: Document, end: int) -> bool:
    """Whether neither a noun that it describes nor the name of the territory stands behind."""
    behind = re.match(r"[ \n](?P<word>[\w'’-]+)", document.cased[end : end + _LONGEST_BEFORE])
    if behind is None or behind["word"].lower() in lexicon_words("places", "days_behind"):
        return True
    token = document.token_at(end + behind.start("word"))
    return behind["word"].lower() != "of" and (token is None or token.pos not in ("NOUN", "PROPN"))
