"""Whether two reports print one text: how much of it they share, and whether what differs replaces facts by others.

Shared is a word that stands in a run of words (a shingle) which both have. What stands between shared runs differs: where
each text has numbers, days or names there that the other has not, facts are replaced. A cut or an added sentence replaces
none; a daily bulletin with other towns and figures replaces most. At the end an article may be cut and get a line of the
outlet, so what begins there with a sentence in both texts replaces nothing.
"""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoconflict.events.copies.facts import replaced_facts
from geoconflict.events.copies.rules import copy_rules
from geoconflict.events.copies.words import Words

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
    inner: float
    """The same for the text that has less in common, of the words before sentences that it alone has at its end."""
    n_words: int
    """Words of the shorter text."""
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

    def is_copy(self, min_share: float, most_replaced: float | None = None) -> bool:
        """Return whether the two print one text.

        Parameters
        ----------
        min_share
            The least share of the shorter text, 0 to 1.
        most_replaced
            The highest share of replaced facts in texts of one day, 0 to 1; None is that of the rules. In texts of different
            days it is that of the rules, if that is less.
        """
        rules = copy_rules()
        if self.share < min_share or self.of_longer < rules.least_of_longer:
            return False
        if self.n_words < rules.few_words and self.inner < rules.least_inner_of_few:
            return False
        most = rules.most_replaced if most_replaced is None else most_replaced
        if self.days_apart:
            most = min(most, rules.most_replaced_later)
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
    endings: tuple[list[int], list[int]] = spots.pop() if gaps and _are_endings(sides, gaps[-1]) else ([], [])
    before = [len(flags) - len(ending) for flags, ending in zip(covered, endings, strict=True)]
    return Comparison(
        share=shares[shorter],
        of_longer=shares[longer],
        inner=min(sum(flags) / n if n else 0.0 for flags, n in zip(covered, before, strict=True)),
        n_words=len((mine, other)[shorter].norms),
        n_facts=sum(kind is not None for kind in (mine, other)[shorter].kinds),
        replaced=replaced_facts(mine, other, spots),
        days_apart=abs((mine.published_on - other.published_on).days)
        if mine.published_on and other.published_on
        else 0,
        one_article=mine.origin is not None and mine.origin == other.origin,
        differences=tuple(
            Difference(mine=sides[0].said(spot[0]), other=sides[1].said(spot[1]))
            for spot in [*spots, endings]
            if any(spot)
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
    flags, run = [False] * n_words, [True] * n
    for at, shingle in enumerate(mine):
        if shingle in there:
            flags[at : at + n] = run
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
