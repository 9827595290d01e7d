"""Words for peoples and for what is theirs, and whether they name forces, which may fight in another country than their own.

"Ruritanian farmers" are mostly at home. Of "Ruritanian troops" it is open, and "Ruritanian jets" or "Ruritanian-backed rebels" are
called so where others have theirs too: next door more often than at home.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from geoconflict.models import Toponym
from geoconflict.places.armed_groups import GroupName, groups_by_first_word, is_of_capitals
from geoconflict.places.countries import demonyms, demonyms_of_none
from geoconflict.places.names import TokenisedText, tokenise
from geoconflict.places.words import (
    arms_words,
    assault_words,
    backing_words,
    envoy_words,
    force_words,
    institution_words,
    kind_words,
)

__all__ = ["BESIDE", "DEEDS", "Forces", "forces_of_mentions", "people_named", "peoples_in", "tokens_of"]

DEEDS = frozenset(
    [
        *(
            "said",
            "says",
            "say",
            "told",
            "killed",
            "attacked",
            "struck",
            "hit",
            "shelled",
            "bombed",
            "captured",
            "seized",
            "took",
        ),
        *(
            "met",
            "visited",
            "arrived",
            "left",
            "and",
            "or",
            "but",
            "from",
            "to",
            "against",
            "with",
            "by",
            "at",
            "on",
            "while",
            "as",
        ),
        *("after", "before", "who", "has", "have", "had", "will", "would"),
    ]
)
"""Words that make "X ... in Y" a sentence about X's deeds in Y rather than where X lies."""
BESIDE = frozenset(["in", "near", "outside", "inside", "around", "close", "within", "beside", "behind", "nearby"])
"""Behind these another place begins than the one that the words before them are of."""
_HYPHENS = ("-", "\u2010", "\u2011")
_TO_INSTITUTION = 3
"""Words from an adjective of nationality to what bears it: "the Ruritanian maternity field hospital"."""
_TO_FORCES = 4
"""The same for forces: "Ruritanian and allied special operations forces"."""
_TO_ENVOYS = 3
"""The same for envoys: "Ruritanian deputy foreign minister"."""
_TROOPS_NEXT_DOOR = 0.9
"""How strongly a word for the troops of a country speaks for each of its neighbours, where it speaks for the country with 1: in
civil wars, which are most, the name told mostly has no namesake next door, and nothing hangs on this. Set by hand, as are the others."""
_ARMS_NEXT_DOOR = 1.0
_ARMS_AT_HOME = 0.8
"""Arms and those whom a country backs are called by its adjective where others have theirs, be it next door or far off."""


class Forces(NamedTuple):
    """How often a report names a country, its people or what is theirs."""

    n: int
    """In all,"""
    troops: int
    """of these the armed forces of its state,"""
    arms: int
    """its aircraft, arms and strikes, or those whom it backs,"""
    envoys: int = 0
    """and those who speak for it abroad."""

    def and_one(self, kind: str) -> Forces:
        """Return the count with one word more, of "troops", of "arms", of "envoys" or of none of them (empty)."""
        return Forces(
            self.n + 1, self.troops + (kind == "troops"), self.arms + (kind == "arms"), self.envoys + (kind == "envoys")
        )

    @property
    def at_home(self) -> float:
        """How strongly, from 0 to 1, each of these words speaks for the country itself; what is missing speaks for none."""
        return (self.n - self.arms + _ARMS_AT_HOME * self.arms) / self.n

    @property
    def next_door(self) -> float:
        """How strongly each speaks for any one neighbour of the country."""
        return (_TROOPS_NEXT_DOOR * self.troops + _ARMS_NEXT_DOOR * self.arms) / self.n


tokens_of = functools.lru_cache(maxsize=1)(tokenise)
"""Of the report that is asked about; it is asked about more than once."""


@functools.cache
def _first_words_of_peoples() -> frozenset[str]:
    return frozenset(name.partition(" ")[0] for name in demonyms().keys() | demonyms_of_none() if " " in name)


def people_named(text: str, toponyms: Sequence[Toponym]) -> dict[str, int]:
    """Return how often `text` names the people of each country (alpha-3), or uses its adjective, outside the mentions.

    Arms, those whom a country backs, and envoys do not count: they may be anywhere.
    """
    found = peoples_in(text, frozenset(toponym.start for toponym in toponyms))
    counts = {country: one.n - one.arms - one.envoys for country, one in found.items()}
    return {country: n for country, n in counts.items() if n}


@functools.lru_cache(maxsize=1)  # of one report it is asked twice
def peoples_in(text: str, taken: frozenset[int]) -> Mapping[str, Forces]:
    """Return how often `text` names the people of each country (alpha-3), its forces and its armed groups, but where the mentions begin."""
    tokens = tokens_of(text)
    people = demonyms()
    firsts = _first_words_of_peoples()
    counts: dict[str, Forces] = {}
    last = -1
    groups = groups_by_first_word()
    for index, word in enumerate(tokens.words):
        if index <= last:  # "Central American": no American
            continue
        if (group := _group_at(tokens, index, groups.get(word, ()), text)) is not None:
            n_words, home = group
            last = index + n_words - 1
            counts[home] = counts.get(home, Forces(0, 0, 0)).and_one("")
            continue
        last = index
        if word in firsts:
            pair = f"{word} {tokens.words[index + 1]}" if index + 1 < len(tokens.words) else word
            last += pair in people or pair in demonyms_of_none()
            country = people.get(pair if last > index else word)
        else:
            country = people.get(word)
        if country and tokens.starts[index] not in taken and not _is_of_institution(tokens, index, text):
            counts[country] = counts.get(country, Forces(0, 0, 0)).and_one(_of_forces(text, tokens, index, last))
    return dict(sorted(counts.items()))


def _group_at(tokens: TokenisedText, index: int, names: Sequence[GroupName], text: str) -> tuple[int, str] | None:
    """Return the number of words of the armed group that is named at a word, and its country (alpha-3); None where none is."""
    if not names or not text[tokens.starts[index]].isupper():
        return None
    for one in names:
        end = index + len(one.words)
        if (
            tokens.words[index:end] == one.words
            and all(tokens.joined[index + 1 : end])
            and (not one.is_capitals or is_of_capitals(text[tokens.starts[index] : tokens.ends[index]]))
        ):
            return len(one.words), one.country
    return None


def forces_of_mentions(text: str, spans: Sequence[tuple[int, int]]) -> dict[int, str]:
    """Return which mentions, by number, the words behind them make "troops" or "arms" of: "X's army", "X-backed rebels"."""
    tokens = tokens_of(text)
    found = {}
    for number, (start, end) in enumerate(spans):
        first, last = bisect.bisect_left(tokens.starts, start), bisect.bisect_left(tokens.starts, end) - 1
        if first <= last and (kind := _of_forces(text, tokens, first, last)):
            found[number] = kind
    return found


def _of_forces(text: str, tokens: TokenisedText, first: int, last: int) -> str:
    """Return whether the words beside an adjective or a name, `first` to `last`, make "troops", "arms" or "envoys" of it, or none."""
    words = tokens.words
    for at in range(last + 1, min(last + 1 + _TO_FORCES, len(words))):
        if not tokens.joined[at] or words[at] in DEEDS or words[at] in BESIDE:
            break
        tied = at == last + 1 and text[tokens.ends[last] : tokens.starts[at]] in _HYPHENS
        if at <= last + _TO_ENVOYS and (words[at] in envoy_words() or " ".join(words[at : at + 2]) in envoy_words()):
            return "envoys"
        if words[at] in arms_words() or (tied and words[at] in backing_words()):
            return "arms"
        if words[at] in force_words():
            follows = words[at + 1] if at + 1 < len(words) and tokens.joined[at + 1] else ""
            return "arms" if follows in arms_words() else "troops"
    if last + 1 < len(words) and tokens.joined[last + 1] and words[last + 1] in assault_words():
        return "troops"  # "the Ruritanians shelled"
    before = words[max(0, first - 3) : first]
    by_whom = before[-2:] if before[-1:] != ("the",) else before[:2]
    return "troops" if by_whom[1:] == ("by",) and by_whom[0] in assault_words() else ""


def _is_of_institution(tokens: TokenisedText, index: int, text: str) -> bool:
    """Whether an adjective of nationality is part of an institution's name: "the Ruritanian hospital", "Ruritanian School".

    Such a body mostly stands abroad; "a Ruritanian hospital" is one of that country's.
    """
    words, known = tokens.words, institution_words()
    for at in range(index + 1, min(index + 1 + _TO_INSTITUTION, len(words))):
        if not tokens.joined[at] or words[at] in DEEDS or words[at] in BESIDE:
            return False
        if words[at] in known or " ".join(words[at : at + 2]) in known:
            if " ".join(words[at + 1 : at + 2]) in kind_words().keys() - known:
                return False  # "the Ruritanian market town"
            is_named = text[tokens.starts[at]].isupper() and not text.isupper()
            return is_named or (index > 0 and tokens.joined[index] and words[index - 1] == "the")
    return False
