"""Whether two reports print one text: how much of it they share, and whether what differs replaces facts by others.

Shared is a word that stands in a run of words (a shingle) which both have. What stands between shared runs differs: where
each text has numbers, days or names there that the other has not, facts are replaced. A cut or an added sentence replaces
none; a daily bulletin with other towns and figures replaces most. At the end an article may be cut and get a line of the
outlet, so what begins there with a sentence in both texts replaces nothing.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoconflict.events.copies.rules import copy_rules
from geoconflict.events.copies.words import Kind, Words

__all__ = ["Comparison", "Difference", "compare"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A spot where two texts differ."""

    mine: str
    """What the first has there and the second has in no shared run; empty is nothing."""
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What two texts share."""

    share: float
    """Share of the words of the shorter text that both have in runs, 0 to 1."""
    of_longer: float
    """The same for the longer text."""
    n_facts: int
    """Numbers, days and names in the shorter text."""
    replaced: tuple[tuple[str, str], ...]
    """Facts of the first that the second has not, each beside one of the second that the first has not."""
    days_apart: int
    """Days between the two publications; 0 where one is not dated."""
    one_article: bool
    """Whether both have the same outlet and address: versions of one article, whose facts may have been corrected."""
    differences: tuple[Difference, ...]

    @property
    def share_replaced(self) -> float:
        """The share of facts that are replaced by others, 0 to 1."""
        return min(1.0, len(self.replaced) / max(1, self.n_facts))

    def is_copy(self, min_share: float) -> bool:
        """Return whether the two print one text, of which the shorter has at least `min_share` from the other."""
        rules = copy_rules()
        if self.share < min_share or self.of_longer < rules.least_of_longer:
            return False
        most = rules.most_replaced_later if self.days_apart else rules.most_replaced
        return self.one_article or self.share_replaced <= most


def compare(mine: Words, other: Words) -> Comparison:
    """Return what two texts share. Of the two, the order makes no difference but to who is the first in `differences`."""
    shingles = _shingles(mine), _shingles(other)
    covered = _covered(shingles[0], shingles[1], len(mine.norms)), _covered(shingles[1], shingles[0], len(other.norms))
    shares = [sum(flags) / len(flags) if flags else 0.0 for flags in covered]
    shorter, longer = (0, 1) if _rank(mine) <= _rank(other) else (1, 0)
    sides = _Side(mine, covered[0]), _Side(other, covered[1])
    gaps = list(_gaps(shingles[0], shingles[1], len(mine.norms), len(other.norms)))
    spots = [(sides[0].within(*gap[:2]), sides[1].within(*gap[2:])) for gap in gaps]
    inner = spots[:-1] if gaps and _are_endings(sides, gaps[-1]) else spots
    facts = [_Facts(side, [at for spot in inner for at in spot[number]]) for number, side in enumerate(sides)]
    return Comparison(
        share=shares[shorter],
        of_longer=shares[longer],
        n_facts=sum(kind is not None for kind in (mine, other)[shorter].kinds),
        replaced=tuple(zip(facts[0].beside(facts[1]), facts[1].beside(facts[0]), strict=False)),
        days_apart=abs((mine.published_on - other.published_on).days)
        if mine.published_on and other.published_on
        else 0,
        one_article=mine.origin is not None and mine.origin == other.origin,
        differences=tuple(
            Difference(mine=sides[0].said(spot[0]), other=sides[1].said(spot[1])) for spot in spots if any(spot)
        ),
    )


def _rank(words: Words) -> tuple[int, str]:
    return len(words.norms), words.report_id


# ---------------------------------------------------------------- what is shared
Shingle = tuple[str, ...]


def _shingles(words: Words) -> list[Shingle]:
    n = copy_rules().shingle
    return list(zip(*(words.norms[at:] for at in range(n)), strict=False))


def _covered(mine: Sequence[Shingle], other: Sequence[Shingle], n_words: int) -> list[bool]:
    """Return for each word whether it stands in a shingle that the other text has too."""
    there = set(other)
    n = copy_rules().shingle
    flags = [False] * n_words
    end = 0
    for at, shingle in enumerate(mine):
        if shingle in there:
            flags[max(at, end) : at + n] = [True] * (at + n - max(at, end))
            end = at + n
    return flags


Gap = tuple[int, int, int, int]
"""Words [start, end) of the first text and [start, end) of the second that lie between the same shared runs."""


def _gaps(mine: Sequence[Shingle], other: Sequence[Shingle], n_mine: int, n_other: int) -> Iterator[Gap]:
    """Yield the spots where two texts differ, in order: what lies between shingles that each text has once."""
    n = copy_rules().shingle
    ends = 0, 0
    for a, b in _in_order(mine, other):
        if a > ends[0] or b > ends[1]:
            yield ends[0], max(a, ends[0]), ends[1], max(b, ends[1])
        ends = max(ends[0], a + n), max(ends[1], b + n)
    if ends[0] < n_mine or ends[1] < n_other:
        yield ends[0], n_mine, ends[1], n_other


def _in_order(mine: Sequence[Shingle], other: Sequence[Shingle]) -> list[tuple[int, int]]:
    """Return the positions of shingles that stand once in each text, as many as are in one order in both."""
    counts = Counter(other)
    where = {shingle: at for at, shingle in enumerate(other) if counts[shingle] == 1}
    mine_counts = Counter(mine)
    pairs = [(at, where[one]) for at, one in enumerate(mine) if mine_counts[one] == 1 and one in where]
    # The longest increasing run of the second positions: piles of patience, each card knowing the one before it.
    tops: list[int] = []
    of_pile: list[int] = []
    before: list[int] = []
    for number, (_, at) in enumerate(pairs):
        pile = bisect.bisect_left(tops, at)
        before.append(of_pile[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(at)
            of_pile.append(number)
        else:
            tops[pile], of_pile[pile] = at, number
    chain = []
    number = of_pile[-1] if of_pile else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


# ---------------------------------------------------------------- what differs
class _Side:
    """One of the two texts."""

    def __init__(self, words: Words, covered: Sequence[bool]) -> None:
        self.words = words
        self.covered = covered
        self.names = {
            _spelling(norm) for norm, shown in zip(words.norms, words.shown, strict=True) if shown[0].isupper()
        }

    def within(self, start: int, end: int) -> list[int]:
        """Return the words of a gap that the other text does not have in any run: not those that moved."""
        return [at for at in range(start, end) if not self.covered[at]]

    def said(self, at: Sequence[int]) -> str:
        """Return words as the text has them."""
        return " ".join(self.words.shown[one] for one in at)


def _are_endings(sides: tuple[_Side, _Side], gap: Gap) -> bool:
    """Whether both texts go on in sentences of their own to their ends: the one was cut, the other got a line of the outlet."""
    (mine, other), (start, end, other_start, other_end) = sides, gap
    if end < len(mine.words.norms) or other_end < len(other.words.norms):
        return False
    return all(
        at == len(side.words.norms) or side.words.begins[at] for side, at in ((mine, start), (other, other_start))
    )


class _Facts:
    """The numbers, days and names of one text where it differs from the other."""

    def __init__(self, side: _Side, at: Sequence[int]) -> None:
        self.side = side
        self.at = at
        self.numbers = Counter(side.words.norms[one] for one in at if side.words.kinds[one] is Kind.NUMBER)
        self.dates, self.dated = _dates(side.words, at)

    def beside(self, other: _Facts) -> list[str]:
        """Return the facts here, as the text has them, that the other text has not."""
        numbers = self.numbers - other.numbers
        found: dict[str, str] = {}
        same_days = bool(self.dates) and self.dates == other.dates
        for one in self.at:
            norm, kind = self.side.words.norms[one], self.side.words.kinds[one]
            if same_days and one in self.dated:
                continue
            if (
                (kind is Kind.NUMBER and norm in numbers)
                or (kind is Kind.NAME and _spelling(norm) not in other.side.names)
                or (kind is Kind.DAY and norm not in {other.side.words.norms[at] for at in other.at})
            ):
                found.setdefault(norm, self.side.words.shown[one])
        return list(found.values())


def _dates(words: Words, at: Sequence[int]) -> tuple[frozenset[tuple[int, int]], frozenset[int]]:
    """Return the days told by words, as (month, day), and the words that tell them: "Tuesday" is the last one."""
    rules = copy_rules()
    days: set[tuple[int, int]] = set()
    told: set[int] = set()
    for one in at:
        norm = words.norms[one]
        if words.kinds[one] is not Kind.DAY:
            continue
        if norm in rules.months:
            near = [next_to for next_to in (one - 1, one + 1) if 0 <= next_to < len(words.norms)]
            numbers = [
                beside for beside in near if words.kinds[beside] is Kind.NUMBER and len(words.norms[beside]) <= 2
            ]
            if numbers:
                days.add((rules.months[norm], int(words.norms[numbers[0]])))
                told |= {one, numbers[0]}
        elif words.published_on is not None:
            back = rules.days_before.get(norm)
            if back is None:
                back = (words.published_on.weekday() - rules.weekdays[norm]) % 7
            on = words.published_on - dt.timedelta(days=back)
            days.add((on.month, on.day))
            told.add(one)
    return frozenset(days), frozenset(told)


def _spelling(norm: str) -> str:
    """Return a name without what another transliteration of it may change: Kiev and Kyiv are one."""
    rules = copy_rules()
    bones: list[str] = []
    for letter in norm:
        if letter not in rules.spelling_changes and (not bones or bones[-1] != letter):
            bones.append(letter)
    return "".join(bones) or norm
