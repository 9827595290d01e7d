"""What a report names and dates around a telling that gives no sharp place or no day of its own.

"The pope condemned the attack. ... It blew up in Koronadal": the town that another report tells of stands in the next sentence,
whatever place the telling itself was given. Names are read by their capitals, since a village need not stand in any source.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from geoconflict.events.people import plain
from geoconflict.events.rules import family_of, rules
from geoconflict.models import (
    DateBasis,
    DateSpan,
    EventMention,
    PlacePrecision,
    Reading,
    Report,
    Resolution,
    Role,
    Status,
)

__all__ = ["as_spoken", "day_around", "is_rare", "is_vague", "names_around", "one_name"]

_NAME = re.compile(
    r"(?<![\w’'-])[^\W\d_a-z][\w’'-]*(?:(?:\s|-)(?:(?:al|el|bin|de|del|da|do|dos|la)(?:\s|-))?[^\W\d_a-z][\w’'-]*)*"
)
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_BEGINS = re.compile(r"(?:^|[.!?:]['\"”’»)\]]*\s+|\n\s*)['\"“‘«(\[]*$")
"""What ends in front of a word that has its capital from where it stands."""
_NOT_THERE = frozenset({Role.ACTOR_METONYM, Role.ORIGIN, Role.DATELINE, Role.TALKS_VENUE})
"""Roles of names of which nothing is told."""
_WIDE = frozenset({PlacePrecision.ADMIN1, PlacePrecision.REGION, PlacePrecision.COUNTRY, PlacePrecision.SEA})
_SHARP = frozenset({PlacePrecision.EXACT, PlacePrecision.TOWN})
_LEAST_LETTERS = 4
_NOT_DONE = (Status.HYPOTHETICAL, Status.SCHEDULED)
_ALIKE = 0.7


def names_around(
    report: Report, reading: Reading, resolutions: Iterable[Resolution], first: int, last: int
) -> tuple[str, ...]:
    """Return the names around [first, last), folded: no states and provinces, nobody who acts, nothing only spoken of.

    They are the names of towns, villages, spots and people; which of them is which, merging need not know.
    """
    reach = rules().names_reach
    first, last = max(report.body_start, first - reach), last + reach
    silent = [
        (one.toponym.start, one.toponym.end)
        for one in resolutions
        if one.toponym.role in _NOT_THERE or (one.place is not None and one.place.precision in _WIDE)
    ]
    actors = {plain(actor.name) for told in reading.mentions for actor in told.actors}
    found = {
        name
        for start, end, name in _names(report.text, first, last)
        if name not in actors and not any(a < end and start < b for a, b in silent)
    }
    return tuple(sorted(found))


def is_vague(resolution: Resolution | None) -> bool:
    """Return whether a telling needs the names around it: it has no place, or none as sharp as a town."""
    return resolution is None or resolution.place is None or resolution.place.precision not in _SHARP


def _names(text: str, first: int, last: int) -> Iterator[tuple[int, int, str]]:
    known = rules()
    nobody = _no_spots()
    for found in _NAME.finditer(text, first, min(last, len(text))):
        words = [plain(word) for word in _WORD.findall(_POSSESSIVE.sub("", found.group()))]
        if words and _BEGINS.search(text, max(0, found.start() - 4), found.start()):
            begins_alone = len(words) == 1
            if begins_alone and not _is_name_elsewhere(text, found.group()):
                continue
        while words and (words[-1] in nobody or words[-1] in known.venues):
            del words[-1]
        if not words or any(word in nobody for word in words) or not any(len(word) >= _LEAST_LETTERS for word in words):
            continue
        yield found.start(), found.end(), " ".join(words)


def _is_name_elsewhere(text: str, word: str) -> bool:
    """Return whether a word at the beginning of a sentence has its capital within one too."""
    return any(
        not _BEGINS.search(text, max(0, one.start() - 4), one.start())
        for one in re.finditer(rf"\b{re.escape(word)}\b", text)
    )


@functools.cache
def _no_spots() -> frozenset[str]:
    """Return the words that are in the name of no spot."""
    known = rules()
    return known.no_people | known.titles | known.number_words | known.groups | _peoples()


def _peoples() -> frozenset[str]:
    """Return the words for peoples, folded: "Kurdish" names no spot."""
    text = (importlib.resources.files("geoconflict") / "resources/lexicons/demonyms.csv").read_text("utf-8")
    return frozenset(plain(row["demonym"]) for row in csv.DictReader(io.StringIO(text)))


def is_rare(name: str) -> bool:
    """Return whether few reports have a folded name, so that two that do tell of the same."""
    known = rules()
    return name not in known.seats and known.usual_names.isdisjoint(name.split())


# ---------------------------------------------------------------- names in other spelling
_VOWELS = re.compile(r"[aeiouyj]+")
_BREATH = re.compile(r"(?<=[bcdfgkpqrstvwxz])h")
_SAME = str.maketrans({"q": "k", "c": "k", "w": "v", "z": "s", "-": " ", "'": "", "’": "", "`": "", "ʿ": ""})


@functools.lru_cache(maxsize=65536)
def as_spoken(name: str) -> str:
    """Return a folded name by its consonants alone, so that "Abu Usher" and "Abu Ushar", "Sopore" and "Sopur" are the same.

    Empty where too few are left to tell names apart.
    """
    words = []
    for word in _BREATH.sub("", plain(name)).translate(_SAME).split():
        bare = word[:1].translate(str.maketrans("eiouyj", "aaaaaa")) + _VOWELS.sub("", word[1:])
        words.append(re.sub(r"(.)\1+", r"\1", bare))
    key = " ".join(words)
    return key if len(key.replace(" ", "")) >= rules().least_consonants else ""


@functools.lru_cache(maxsize=65536)
def one_name(a: str, b: str) -> bool:
    """Return whether two folded names may be spellings of one."""
    if a == b:
        return True
    key = as_spoken(a)
    return bool(key) and key == as_spoken(b) and SequenceMatcher(None, a, b).ratio() >= _ALIKE


# ---------------------------------------------------------------- the day around
def day_around(mention: EventMention, mentions: Sequence[EventMention], sentence_start: int) -> DateSpan | None:
    """Return the days of what the report tells before a mention that gives none, in an earlier sentence.

    "Rebels ambushed a convoy on Tuesday. Two drivers were killed.": it may be of that day, and need not.
    """
    if mention.when.basis is not DateBasis.PUBLISHED or mention.when.ends_on is None:
        return None
    kin = family_of(mention.event_type, mention.sub_event_type).kin
    dated = [
        one
        for one in mentions
        if one.when.basis is not DateBasis.PUBLISHED
        and one.status not in _NOT_DONE
        and family_of(one.event_type, one.sub_event_type).kin == kin
        and _is_short(one.when)
        and sentence_start - rules().names_reach <= one.trigger_start < sentence_start
    ]
    nearest = max(dated, key=lambda one: one.trigger_start, default=None)
    return nearest.when if nearest is not None else None


def _is_short(when: DateSpan) -> bool:
    return (
        when.starts_on is not None
        and when.ends_on is not None
        and (when.ends_on - when.starts_on).days < rules().longest_days
    )
