"""Which report is a copy of which: each is one of the earliest report before it that is no copy and has its text, if any.

Reports are taken in one canonical order: by day and instant of publication, the longer first, by id. So the outcome is a function of the set of
reports alone, whatever the order and number of rounds in which they came, and nothing is chained: a copy shares its text with
the very report that it is called a copy of. A new report is compared with those before it that lead and meet it in a band;
those after it are looked at again only where it leads.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable

from geoconflict.events.copies.comparing import compare
from geoconflict.events.copies.rules import copy_rules
from geoconflict.events.copies.sketch import bands_of, n_equal, sketches_of
from geoconflict.events.copies.words import Words, words_of
from geoconflict.ledger import TextIndex, TextRow
from geoconflict.models import Report

__all__ = ["group_copies"]

_MOST_KEPT = 256
"""Texts that are kept ready for the next comparison."""


def group_copies(
    index: TextIndex,
    added: Iterable[Report],
    removed: Iterable[str],
    *,
    min_share: float,
    max_days: int,
) -> None:
    """Bring an index of texts up to date with reports that came and went.

    Parameters
    ----------
    index
        What was found before; it is changed.
    added
        New reports. Those without a day of publication, or with few words, are copies of none.
    removed
        Ids of reports that are no more.
    min_share
        The share of the words of the shorter text that must stand in the other, 0 to 1.
    max_days
        Texts published further apart are no copies, days.
    """
    _Round(index, min_share, max_days).play(added, removed)


class _Round:
    def __init__(self, index: TextIndex, min_share: float, max_days: int) -> None:
        self.index = index
        self.min_share = min_share
        self.max_days = max_days
        self.words: dict[str, Words] = {}
        self.undecided: dict[str, TextRow] = {}
        """The reports that came, until it is decided what they are copies of: the index has none of them."""
        self.waiting: list[tuple[int, str, int, str]] = []
        """A heap of the reports to be decided: a decision touches later ones alone."""

    def play(self, added: Iterable[Report], removed: Iterable[str]) -> None:
        gone = self.index.texts(removed)
        for row in gone:
            self.index.remove_text(row, bands_of(row.sketch))
        for orphan in [copy for row in gone for copy in self.index.copies_of(row.report_id)]:
            self._wait(orphan)
        told = [(report, words_of(report)) for report in added]
        sketches = sketches_of([words.norms if report.published_on else () for report, words in told])
        for (report, words), sketch in zip(told, sketches, strict=True):
            day = report.published_on.toordinal() if report.published_on else 0
            row = TextRow(
                report_id=report.report_id,
                day=day,
                told_at=_instant(report),
                n_words=len(words.norms),
                sketch=sketch,
                copy_of=None if sketch else report.report_id,
            )
            if sketch:
                self.undecided[row.report_id] = row
                self._keep(words)
                self._wait(row)
            else:
                self.index.put_text(row, ())
        while self.waiting:
            order = heapq.heappop(self.waiting)
            while self.waiting and self.waiting[0] == order:
                heapq.heappop(self.waiting)
            if order[-1] in self.undecided:
                row = self.undecided.pop(order[-1])
            else:
                (row,) = self.index.texts([order[-1]])
            self._decide(row)

    def _decide(self, row: TextRow) -> None:
        bands = bands_of(row.sketch)
        first, last = row.day - self.max_days, row.day + self.max_days
        before = (
            one
            for one in sorted(self.index.alike(bands, first, row.day, leads=True), key=lambda one: one.order)
            if one.order < row.order
        )
        leader = next((one.report_id for one in before if self._are_copies(one, row)), row.report_id)
        if leader == row.copy_of:
            return
        led_before = row.leads
        # Asked before the row is there itself, which it would find in each of its bands.
        after = self.index.alike(bands, row.day, last) if leader == row.report_id else ()
        self.index.put_text(row._replace(copy_of=leader), bands)
        if led_before:
            for copy in self.index.copies_of(row.report_id):
                self._wait(copy)
        for one in after:
            # One that is a copy of an earlier leader stays so, and needs no comparison; one that waits anyway is not found.
            if (
                one.order > row.order
                and one.copy_of is not None
                and self._comes_before(row, one.copy_of)
                and self._are_copies(row, one)
            ):
                self._wait(one)

    def _comes_before(self, row: TextRow, leader_id: str) -> bool:
        return any(row.order < leader.order for leader in self.index.texts([leader_id]))

    def _are_copies(self, a: TextRow, b: TextRow) -> bool:
        if n_equal(a.sketch, b.sketch) < copy_rules().least_equal:
            return False
        mine, other = self._words_of(a.report_id), self._words_of(b.report_id)
        return mine is not None and other is not None and compare(mine, other).is_copy(self.min_share)

    def _words_of(self, report_id: str) -> Words | None:
        """Return the words of a report; None where another process has just removed it."""
        if report_id not in self.words:
            for report in self.index.reports([report_id]):
                self._keep(words_of(report))
        return self.words.get(report_id)

    def _keep(self, words: Words) -> None:
        if len(self.words) >= _MOST_KEPT:
            del self.words[next(iter(self.words))]
        self.words[words.report_id] = words

    def _wait(self, row: TextRow) -> None:
        heapq.heappush(self.waiting, row.order)


def _instant(report: Report) -> str:
    if report.published_at is None:
        return "~"
    return report.published_at.astimezone(dt.UTC).isoformat(timespec="seconds")
