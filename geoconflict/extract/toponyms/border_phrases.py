"""Border phrases as mentions of a place: "near the Iranian border", "on the border between A and B", "along the A-B frontier".

A border has no name of its own, so the detector of names does not look for it. Here it becomes a mention where the
phrase says whose border it is; it stays in the reading only where an event happened there. Which line it is, places
resolve. Words are data, ``resources/lexicons/borders.toml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from geoconflict.extract.language.model import Document
from geoconflict.extract.lexicon import lexicon_words, read_demonyms, read_lexicon
from geoconflict.extract.toponyms.role_cues import near_words
from geoconflict.extract.toponyms.role_reasons import StandsBefore
from geoconflict.models import EventMention, Relation, Role, Toponym

__all__ = ["with_borders", "without_idle_borders"]

_SCORE = 0.8


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    nouns = "|".join(sorted(lexicon_words("borders", "nouns")))
    never = "|".join(sorted(lexicon_words("borders", "not_before")))
    links = "|".join(sorted(lexicon_words("borders", "followers")))
    locatives = "|".join(sorted(lexicon_words("borders", "locatives")))
    noun = re.compile(rf"(?<![\w-])(?:{nouns})\b(?!['’-])(?!\s+(?:{never})\b)")
    governed = re.compile(rf"\b(?:{locatives})\s+(?:(?:the|its|their|a)\s+)?$", re.IGNORECASE)
    after = re.compile(rf"\s+(?:area\s+|areas\s+|region\s+|zone\s+)?(?:{links})\s+(?:the\s+)?(?:[a-z]+\s+)?")
    return noun, governed, after


def with_borders(document: Document, toponyms: tuple[Toponym, ...], *, start: int = 0) -> tuple[Toponym, ...]:
    """Return the toponyms and, in text order among them, the border phrases from offset `start` on.

    The phrase is taken where a preposition of place governs it and a country's adjective, or a name among `toponyms`,
    says whose border it is. Its span is the noun with the adjectives of countries before it; it overlaps no toponym.
    """
    found = list(toponyms)
    noun, governed, _ = _patterns()
    for match in noun.finditer(document.cased, start):
        begin, first, is_named = _modifiers(document.cased, match.start(), toponyms)
        if not is_named and not _named_after(document.cased, match.end(), toponyms):
            continue
        if not governed.search(document.cased[max(0, begin - 30) : begin]):
            continue
        if any(one.start < match.end() and first < one.end for one in toponyms):
            continue
        near = near_words(document.cased, begin)
        reasons = ("a border, with the countries that it parts", *((str(StandsBefore(near)),) if near else ()))
        found.append(
            Toponym(
                start=first,
                end=match.end(),
                surface=document.text[first : match.end()],
                score=_SCORE,
                role=Role.EVENT_PLACE,
                relation=Relation.NEAR if near else Relation.AT,
                reasons=reasons,
            )
        )
    return tuple(sorted(found, key=lambda one: one.start))


def without_idle_borders(
    toponyms: Iterable[Toponym], names: Iterable[Toponym], mentions: Iterable[EventMention]
) -> tuple[Toponym, ...]:
    """Return the toponyms without the border phrases, which are none of `names`, at which no event was found: alone they name nothing."""
    kept = {(one.start, one.end) for one in names}
    kept.update((one.place.start, one.place.end) for one in mentions if one.place is not None)
    return tuple(one for one in toponyms if (one.start, one.end) in kept)


_WORD = re.compile(r"([^\W\d_][\w.’']*?)(?:['’]s?)?([\s–-]+)$")


def _modifiers(text: str, at: int, toponyms: tuple[Toponym, ...]) -> tuple[int, int, bool]:
    """Return where the modifiers of a border noun begin, where its span does, and whether one of them names a country.

    The span reaches back over the adjectives of countries that stand between the noun and the nearest toponym.
    """
    ends = {one.end: one.start for one in toponyms}
    modifiers = lexicon_words("borders", "modifiers")
    combining = read_lexicon("borders")["combining"]
    first = at
    is_named = is_past_name = False
    for _ in range(6):
        gap = re.search(r"(?:['’]s?)?[\s–-]+$", text[max(0, at - 6) : at])
        if gap is not None and (beginning := ends.get(at - len(gap.group()))) is not None:
            at, is_named, is_past_name = beginning, True, True
            continue
        match = _WORD.search(text[max(0, at - 40) : at])
        if match is None:
            break
        word = match[1].lower()
        is_country = word in read_demonyms() or word in combining
        if not is_country and word not in modifiers and (not match[1][0].isupper() or not match[2].strip()):
            break
        at -= len(match.group())
        if is_country:
            is_named = True
            first = first if is_past_name else at
    return at, first, is_named


def _named_after(text: str, at: int, toponyms: tuple[Toponym, ...]) -> bool:
    match = _patterns()[2].match(text, at)
    return match is not None and any(one.start == match.end() for one in toponyms)
