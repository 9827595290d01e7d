"""What the words of a report say that its places lie in.

"X in Y", "X, Y", "the X province of Y", "Y's X", "X (Y)", "the Ruritanian town of X"; and "In X, ..." before the places of a sentence.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.models import Role, Toponym
from geoconflict.places.countries import country_code, demonyms
from geoconflict.places.kind_cues import FOREMOST
from geoconflict.places.names import TokenisedText, fold
from geoconflict.places.peoples import BESIDE, DEEDS
from geoconflict.places.words import (
    envoy_words,
    institution_words,
    is_building,
    kind_words,
    part_words,
    quarter_words,
    town_part_words,
    unit_reach,
)

__all__ = ["Containment", "adjectives", "containments"]

_LONGEST_GAP = 70
"""Characters between two names that a containment phrase may take."""
_LONGEST_OPENING = 60
_LONGEST_FRONTED = 200
"""Characters between "In X," that opens a sentence and a village that the sentence names."""
_OF_LAND = 0.6
"""How surely what a sentence that opens with "In X," tells of happened in the country X."""
_OF_UNIT = 0.7
"""The same where X is called a province or a district."""
_CALLED_WITHIN = 30
"""Characters before a name in which the word for what it is stands: "the district of X"."""
_LISTED_FOR_SURE = 8
"""Names in a row that are listed and do not lie in each other."""
_LISTED = 0.25
"""The strength of "X, Y" where the row goes on with a conjunction: mostly an enumeration, sometimes a place and its land."""
_OF_PART = 1.5
"""The binding of "X district of Y", which no namesake elsewhere is, however well known."""
_SPEAKS = 0.55
"""The binding of "X, Y" where Y acts: "in X, Y said" tells nothing of where X lies."""


_SENTENCE_BREAK = re.compile(r"[.!?;:]\s|\n\s*\n|[\u201c\u201d\"]")
_IN = re.compile(
    r"^(?:,?\s+(?:which\s+|that\s+)?(?:is\s+|was\s+|lies\s+|located\s+|situated\s+|[\w\u2019'-]+\s+){0,5}?)?"
    r"\s*(?P<preposition>in|of|within|inside|dans|en)\s+(?:the\s+)?(?P<between>(?:[\w\u2019'-]+\s+){0,4}(?:capital\s*,\s+)?)$",
)
_PART_OF = re.compile(r"\s+(?:district|neighbou?rhood|quarter|suburb)\s+of\s", re.IGNORECASE)
_NEXT_THING = re.compile(
    r"\s*,\s+(?:and\s+)?(?:an?|another|one|two|three|four|five|six|several)\s+(?:[\w’'-]+\s+){0,3}?(?P<thing>[\w-]+)\s+(?:in|at)\s"
)
"""Behind a name, what goes on with another thing, which lies elsewhere: "a church in X, a school in Y"."""
_AT_SOMETHING = re.compile(r"\s+at\s+(?:the|an?)\s", re.IGNORECASE)
_COMMA = re.compile(
    r"^(?P<kind>(?:\s+[\w-]+){0,2})\s*,\s*(?:in\s+)?(?:the\s+)?(?P<between>(?:[a-z\u2019'-]+\s+){0,3})$"
)
_POSSESSIVE = re.compile(r"^(?P<kind>\s+[\w-]+)?(?:['\u2019]s?|s['\u2019])\s+(?P<between>(?:[\w\u2019'-]+\s+){0,4})$")
_BRACKET = re.compile(r"^(?P<kind>(?:\s+[\w-]+){0,2})\s*\(\s*$")
_LIST_GOES_ON = re.compile(
    r"^(?:\s+[\w-]+){0,2}?(?:\s*,\s*[^\W\d_a-z][\w\u2019'-]*(?:\s+[\w\u2019'-]+){0,2}?){0,8}\s*+,?\s*+(?:and|or|&)\s"
)
_APPOSED = re.compile(r"\s*,.*\sof\s+(?:the\s+)?(?:[a-z-]+\s+)?$")
_OPENS = re.compile(r"\W*In\s+(?:the\s+)?(?:[A-Z][\w-]+['’]s?\s+)?(?:[a-z-]+\s+){0,3}(?:of\s+)?")
_SET_OFF = re.compile(r"[^,.;\n]{0,39},")
_NAMED_KIND = re.compile(
    r"\b(?:(?:village|town|city|hamlet|settlement)\s+of\s+(?:the\s+)?"
    r"|(?:villages|towns|cities|hamlets|settlements)\s+of\s+(?:[\w'’-]+(?:\s+[A-Z][\w'’-]*)*(?:,\s+|,?\s+and\s+)){0,8})$"
)
_NAMED_SEVERAL = re.compile(r"\b(?:villages|towns|cities|hamlets|settlements)\s+of\s+$")
_PREPOSITION = re.compile(r"\b(?:in|at|on|near|around)\s+(?:the\s+)?$")
_WORD_BEHIND = re.compile(r"\s(\w+)\b")
_COMES_FROM = re.compile(r"\b(?:from|de|depuis|desde)\s+(?:the\s+)?$", re.IGNORECASE)
_ACTS = re.compile(
    r"(?:['’]s?(?:\s+[a-z-]+){1,3})?\s+(?:also\s+|has\s+|had\s+)?(?:said|says|told|gave|sent|put|held|[a-z]+ed)\b"
)
_LYING = frozenset(
    [
        *("in", "of", "within", "inside", "dans", "en", "the", "a", "an", "which", "that", "is", "was", "also"),
        *("lies", "lying", "located", "situated", "just", "deep"),
    ]
)
"""Words that, with those of kind and of parts, tell nothing but where a place lies."""
_SEATS = FOREMOST | {
    *("headquarters", "seat", "centre", "center", "hub"),
    *("administrative", "provincial", "regional", "local", "commercial", "former", "old", "historic"),
}
"""Words that tell of a town, behind a comma, what it is to the land that it lies in: "X, the headquarters of Y district"."""
_UNIT_CAPITAL = re.compile(
    r"^[\s-]+(?P<between>(?:[\w-]+\s+){0,2}(?:capital|town|city|village)(?:\s+of)?\s+)$", re.IGNORECASE
)


@functools.cache
def _called() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, quarter_words() | town_part_words())))
    return re.compile(rf"\w\s+(?:{words})\s+of\s+$")


_OWNED = re.compile(r"\w['’]s?\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Containment:
    """The text says that one place lies in another."""

    inner: int
    """Index of the mention inside."""
    outer: int | None
    """Index of the mention around it; None when a country's adjective says it."""
    country: str | None
    """ISO 3166-1 alpha-3, where an adjective says it."""
    strength: float
    """1 for an explicit phrase; less for a form that also has other meanings, such as a list."""
    phrase: str
    """The words, for a person."""
    binding: float = 0.0
    """How much it speaks against places elsewhere: 1 for words that tell only where a place lies, more for those that call it a
    part, less where they may also tell who came from where, 0 for what may be a list or a deed."""

    @property
    def is_owned(self) -> bool:
        """Whether the outer place owns the inner one: "Mogadishu's X district"."""
        return _OWNED.search(self.phrase) is not None


def containments(text: str, toponyms: Sequence[Toponym], rows: Sequence[Sequence[int]]) -> list[Containment]:
    """Return what names beside each other, and a name that opens a sentence, say; `rows` are the lists that the names stand in."""
    in_long_row = {index for row in rows if len(row) >= _LISTED_FOR_SURE for index in row}
    order = sorted(range(len(toponyms)), key=lambda index: (toponyms[index].start, -toponyms[index].end))
    found: list[Containment] = []
    for first, second in itertools.pairwise(order):
        a, b = toponyms[first], toponyms[second]
        gap = text[a.end : b.start] if a.end <= b.start <= a.end + _LONGEST_GAP else None
        if gap is None or _SENTENCE_BREAK.search(gap):
            continue
        if gap.isupper():  # a report in capitals
            gap = gap.lower()
        inner, outer, strength, binding = first, second, 0.0, 0.0
        plain = _tells_only_where(gap, also=_SEATS if _APPOSED.match(gap) else frozenset())
        if (match := _POSSESSIVE.match(gap)) and _is_kind(match["kind"] or ""):
            inner, outer = second, first
            strength = 1.0 if _is_description(match["between"]) else 0.0
            binding = strength if plain else 0.0
        elif match := _IN.match(gap):
            words = set(gap.casefold().split())
            if is_building(a.surface) and _AT_SOMETHING.match(gap):
                words.discard("at")  # "the X Hotel at the crossroads in Y": nobody fires at it
            strength = 0.0 if DEEDS.intersection(words) or _names_next_thing(text, a, gap) else 1.0
            comes = _COMES_FROM.search(text[max(0, a.start - 20) : a.start]) is not None
            binding = 0.0 if not plain else 0.5 if comes else strength
            if binding == 1.0 and _PART_OF.match(gap):
                binding = _OF_PART
        elif (match := _COMMA.match(gap)) and _is_kind(match["kind"]):
            listed = in_long_row >= {first, second} or _LIST_GOES_ON.match(text[b.end : b.end + 120])
            strength = (
                0.0 if not _is_description(match["between"]) else _LISTED if listed and not match["kind"] else 0.7
            )
            closed = text[b.end : b.end + 1] in ("", ".", ",", ";", ")", "\n")  # not "in X, Y said"
            binding = 0.0 if not strength or not plain or listed else 1.0 if match["kind"] or closed else strength
            if not closed and b.role is Role.ACTOR_METONYM:
                acts = _ACTS.match(text, b.end) is not None  # "fought in X, Y said": that Y speaks
                strength, binding = (0.0, 0.0) if acts else (strength, min(binding, _SPEAKS))
            if (behind := _WORD_BEHIND.match(text, b.end)) and fold(behind[1]) in envoy_words():
                strength = binding = 0.0  # "Shells fall on X, Y embassy hit": the embassy of Y is abroad
        elif (match := _BRACKET.match(gap)) and _is_kind(match["kind"]) and text[b.end : b.end + 1] in (")", ","):
            strength = binding = 0.7
        elif _UNIT_CAPITAL.match(gap):
            inner, outer, strength = second, first, 0.7
        if strength:
            # "The district of X in Y": what X is called stands before it.
            called = _called().search(text, max(0, a.start - _CALLED_WITHIN), a.start)
            # "Aleppo's X neighbourhood": what X is called stands behind it.
            after = _WORD_BEHIND.match(text, b.end) if inner == second else None
            end = after.end(1) if after is not None and fold(after[1]) in quarter_words() else b.end
            phrase = " ".join(text[called.start() if called else a.start : end].split())
            found.append(
                Containment(inner=inner, outer=outer, country=None, strength=strength, phrase=phrase, binding=binding)
            )
    found += _of_lists(text, toponyms, found, rows)
    return found + _through_possessives(text, toponyms, found) + _fronted(text, toponyms, order)


def _of_lists(
    text: str, toponyms: Sequence[Toponym], found: Sequence[Containment], rows: Sequence[Sequence[int]]
) -> list[Containment]:
    """Return what "the villages of X and Y in Z" says of X: Z, told of the last of a list that is opened so, holds them all."""
    row_of = {row[-1]: row for row in rows if len(row) > 1}
    shared = []
    for link in found:
        row = row_of.get(link.inner, ())
        if link.outer is None or link.outer in row or not row or link.binding < 1.0:
            continue
        start = toponyms[row[0]].start
        if _NAMED_SEVERAL.search(text, max(0, start - _CALLED_WITHIN), start) is None:
            continue
        phrase = " ".join(text[start : toponyms[link.outer].end].split())
        shared += [dataclasses.replace(link, inner=index, phrase=phrase) for index in row[:-1]]
    return shared


def _fronted(text: str, toponyms: Sequence[Toponym], order: Sequence[int]) -> list[Containment]:
    """Return what "In X, ... the villages of Y and Z", "... on Y district" says: they lie in X, which opens the sentence.

    Where X is a country or is called a province, so do, less surely, all places where the sentence says that something happened.
    """
    found = []
    for at, outer in enumerate(order):
        one = toponyms[outer]
        opening = text[max(0, one.start - _LONGEST_OPENING) : one.start]
        breaks = [match.end() for match in _SENTENCE_BREAK.finditer(opening)]
        if not breaks and one.start > _LONGEST_OPENING:
            continue
        if not _OPENS.fullmatch(opening, breaks[-1] if breaks else 0) or not _SET_OFF.match(text, one.end):
            continue
        is_unit = _is_unit(text, one.end)
        is_land = country_code(one.surface) is not None
        for inner in order[at + 1 :]:
            start = toponyms[inner].start
            gap = text[one.end : start]
            if start - one.end > _LONGEST_FRONTED or _SENTENCE_BREAK.search(gap):
                break
            if named := _NAMED_KIND.search(gap) or _kind_behind(text, gap, toponyms[inner].end):
                words = " ".join(f"{opening[breaks[-1] if breaks else 0 :]}{one.surface} ... {named.group()}".split())
                phrase = f"{words} {toponyms[inner].surface}"
                link = Containment(inner=inner, outer=outer, country=None, strength=1.0, binding=1.0, phrase=phrase)
                found.append(link)
            elif (
                (is_land or is_unit)
                and toponyms[inner].role is Role.EVENT_PLACE
                and not country_code(toponyms[inner].surface)
            ):
                phrase = " ".join(
                    f"{opening[breaks[-1] if breaks else 0 :]}{one.surface} ... {toponyms[inner].surface}".split()
                )
                sure = _OF_UNIT if is_unit else _OF_LAND
                found.append(
                    Containment(inner=inner, outer=outer, country=None, strength=sure, binding=sure, phrase=phrase)
                )
    return found


def _is_unit(text: str, end: int) -> bool:
    """Return whether the word behind a name that ends at `end` calls it a unit: "X province"."""
    behind = _WORD_BEHIND.match(text, end)
    return behind is not None and fold(behind[1]) in unit_reach()


def _kind_behind(text: str, gap: str, end: int) -> re.Match[str] | None:
    """Return the preposition before "Y district", where `end` is the end of Y: that it is told of the thing itself."""
    following = _WORD_BEHIND.match(text, end)
    return _PREPOSITION.search(gap) if following is not None and fold(following[1]) in kind_words() else None


def _through_possessives(text: str, toponyms: Sequence[Toponym], found: Sequence[Containment]) -> list[Containment]:
    """Return what "X in Y's Z" says besides "X in Y" and "Y's Z": that X lies in Z."""
    owned = {  # what the possessive of a name, or an earlier name, is said to hold
        link.outer: link
        for link in found
        if link.outer is not None and toponyms[link.outer].end <= toponyms[link.inner].start
    }
    more = []
    for link in found:
        owner = link.outer
        possessive = owned.get(owner) if owner is not None else None
        if owner is None or possessive is None or toponyms[possessive.inner].start <= toponyms[link.inner].start:
            continue
        if _POSSESSIVE.match(text[toponyms[owner].end : toponyms[possessive.inner].start]):
            phrase = " ".join(text[toponyms[link.inner].start : toponyms[possessive.inner].end].split())
            more.append(dataclasses.replace(link, outer=possessive.inner, phrase=phrase))
    return more


def _names_next_thing(text: str, name: Toponym, gap: str) -> bool:
    """Whether a building of another place stands behind a name, and no description of it: "a church in X, a school in Y"."""
    match = _NEXT_THING.match(gap)
    if match is None or not _PREPOSITION.search(text[max(0, name.start - 12) : name.start]):
        return False
    forms = {fold(match["thing"]), fold(match["thing"]).removesuffix("s")}
    return not forms.isdisjoint(institution_words()) and forms.isdisjoint(kind_words())


def _is_kind(words: str) -> bool:
    """Whether the words between a name and a comma or bracket are none, or are of a kind of place: "X village, Y"."""
    return not words.strip() or fold(words) in kind_words()


@functools.cache
def _words_of_place() -> frozenset[str]:
    return frozenset(kind_words().keys() | part_words() | town_part_words())


def _tells_only_where(gap: str, *, also: frozenset[str] = frozenset()) -> bool:
    words = fold(gap).split()
    joined = _words_of_place()
    pairs = {number for number in range(len(words) - 1) if f"{words[number]} {words[number + 1]}" in joined}
    return all(
        word in _LYING or word in also or word in joined or number in pairs or number - 1 in pairs
        for number, word in enumerate(words)
        if word not in ("s", "'s")
    )


def _is_description(words: str) -> bool:
    """Whether what stands between is nothing, or ends in an adjective, a direction or a word of kind."""
    return not DEEDS.intersection(words.casefold().split())


def adjectives(text: str, tokens: TokenisedText, toponyms: Sequence[Toponym]) -> list[Containment]:
    """Find "the Ruritanian town of X": an adjective of a country, then a word of kind, then the name."""
    people = demonyms()
    found = []
    for index, toponym in enumerate(toponyms):
        at = tokens.at(toponym.start)
        if at is None:
            continue
        kind_seen = False
        for back in range(at - 1, max(-1, at - 6), -1):
            word = tokens.words[back]
            if not tokens.joined[back + 1] or word in DEEDS or word in BESIDE:
                break  # "the Ruritanian hospital in X": it is the hospital that is Ruritanian
            if not kind_seen and word in institution_words():
                break
            if word in kind_words() or word in ("capital", "border", "coastal", "enclave"):
                kind_seen = True
            if kind_seen and (country := people.get(word)) and text[tokens.starts[back]].isupper():
                phrase = " ".join(text[tokens.starts[back] : toponym.end].split())
                found.append(
                    Containment(inner=index, outer=None, country=country, strength=1.0, phrase=phrase, binding=1.0)
                )
                break
    return found
