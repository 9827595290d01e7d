"""The story so far: what the meaning of a time expression depends on besides its own words.

:class:`Story` goes through one text from its first to its last expression. It knows the publication date and remembers
what was said last (the narrative anchor), so that "the following day" and "that month" can be counted, and it tells the
tense around an expression. The rules themselves stand in :mod:`~geoconflict.extract.dates.days`,
:mod:`~geoconflict.extract.dates.periods` and :mod:`~geoconflict.extract.dates.counts`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from geoconflict.extract.dates import calendar as cal
from geoconflict.extract.dates.calendar import Period
from geoconflict.extract.dates.tense import Tenses
from geoconflict.models import DateBasis, TimexType

__all__ = ["DATE", "DURATION", "ONE_DAY", "RELATIVE", "SET", "STATED", "TIME", "Meaning", "Story"]


@dataclass(slots=True)  # as Period
class Meaning:
    """What an expression says."""

    timex_type: TimexType
    period: Period
    basis: DateBasis
    anchors: bool = True
    """Whether later expressions may count from it."""
    extent: Period | None = None
    """The days it covers where they are not those of `period`: a night runs into the next day."""
    second: tuple[int, int, Period] | None = None
    """For a range, "27-30 September": where its first part ends, where its second begins, and what the second says.
    TIMEX3 marks the two as two expressions; `extent` is the whole."""


_FOUR_FIGURES = re.compile(r"\d{4}")
_ORDINAL_LETTERS = "dhnrst"
"""The letters of "1st", "2nd", "3rd" and "4th"."""
_QUOTE_OPENS = re.compile(r"[^.!?;\"“”]*[\"“][^\"“”]*\Z")
_QUOTE_CLOSES = re.compile(r"[\"”]")
_LONGEST_DOCUMENT = 60
_STOP = re.compile(r"[.!?;][\"”’)]*(?:\s|$)")
_EARLY = re.compile(r"early|beginning|start|onset|first|turn")
_LATE = re.compile(r"late|end|close|second|last|final|rest|remainder")
_ASIDE_AHEAD = 2
"""How many years ahead a bare year may move the story."""
_FRESH = 14
"""Up to so many days before publication a day without a year is news, whatever story was told before it."""
_FAR_AHEAD, _LATELY = 200, 90
"""A day without a year that comes again only in so many days, and was less than so many ago, is the one that was, whatever the
tense: so far ahead nobody names a day without its year."""
_LONG_AGO = 270
"""Of a day that is farther back than so many days, the coming one may be meant: the one that was would be told with its year."""
_SOON, _SOON_IN_PAST_TENSE = 60, 14
"""How many days ahead that one may be: two months, as announcements are made; a sentence of the past plans less far."""
_STORY_REACH = 200
"""So many code points after a year was said, its story may still go on: two or three sentences."""
_BACK = 1.2
"""How much farther a step back in the story counts than a step forward."""

DaysOfYear = Callable[[int], tuple[dt.date, dt.date]]
ONE_DAY = dt.timedelta(days=1)
DATE, TIME, DURATION, SET = TimexType.DATE, TimexType.TIME, TimexType.DURATION, TimexType.SET
STATED, RELATIVE = DateBasis.STATED, DateBasis.RELATIVE


class Story(Tenses):
    """What one text has said up to an expression; its parameters are those of :class:`~geoconflict.extract.dates.tense.Tenses`."""

    _latest: tuple[Period, re.Match[str]] | None = None
    """What was said last, until the next expression asks for it: most texts have no second one."""
    _day: dt.date | None = None
    _said: Period | None = None
    _plot: Period | None = None
    """What the narrative last dated: unlike `_said`, without asides to other years."""
    _aside: int | None = None
    _last_quarter: Period | None = None
    _year_said_at = -1
    _said_from = _said_at = -1
    _written: dt.date | None = None
    """On which day the document was written that is quoted here."""
    _quoted_until = -1

    # ------------------------------------------------------------ the story so far
    def _recall(self, match: re.Match[str]) -> None:
        """Bring the story up to the expression that is read now."""
        if self._latest is not None:
            self._remember(*self._latest)
            self._latest = None
        if self._said is not None:
            self._hear_quote(match)

    def _remember(self, period: Period, match: re.Match[str]) -> None:
        self._said, self._said_from, self._said_at = period, match.start(), match.end()
        self._follow(period)
        grain = period.grain
        if grain == "day":
            self._day = period.first
        elif grain == "range":
            self._day = period.last
        elif grain == "quarter":
            self._last_quarter = period
        if _FOUR_FIGURES.search(self._low, match.start(), self._said_at):
            self._year_said_at = self._said_at

    def _follow(self, period: Period) -> None:
        """Move the narrative on; a year named by itself moves it only forward by little, or when the next one agrees."""
        if period.first is None or period.grain in {"century", "decade"}:
            return
        plot, number = self._plot, period.first.year
        if period.grain != "year" or plot is None or plot.first is None:
            self._plot, self._aside = period, None
            return
        agreed = self._aside is not None and abs(self._aside - number) <= 1
        if 0 < number - plot.first.year <= _ASIDE_AHEAD or agreed:
            self._plot, self._aside = period, None
        elif number != plot.first.year:
            self._aside = number

    @property
    def _anchor(self) -> dt.date | None:
        """The day from which deictic expressions count: that of the document quoted, publication, else what the story said last."""
        return self._written or self._published or self._narrative

    def _hear_quote(self, match: re.Match[str]) -> None:
        """Notice whether an expression stands in what is quoted of a document with a day of its own.

        'In a report published on 4 March 1999 the agency wrote: "... on Tuesday"' tells of a Tuesday before that day.
        """
        if match.start() < self._quoted_until:
            return
        self._written = None
        said = self._said
        if said is None or said.grain != "day" or self._said_at < 0:
            return
        opened = _QUOTE_OPENS.match(self._low, self._said_at, match.start())
        is_document = opened is not None and self._grammar.document.search(
            self._low, max(0, self._said_from - _LONGEST_DOCUMENT), self._said_from
        )
        closed = _QUOTE_CLOSES.search(self._low, match.end()) if is_document else None
        if closed is not None:
            self._written, self._quoted_until = said.first, closed.start()

    @property
    def _narrative(self) -> dt.date | None:
        """The day from which "later" and "the following day" count: the last said, else publication."""
        if self._said is not None and self._said.first is not None:
            if (
                self._day is not None
                and self._said.last is not None
                and self._said.first <= self._day <= self._said.last
            ):
                return self._day
            return self._said.first
        return self._published

    @property
    def _narrative_day(self) -> dt.date | None:
        """The day from which "the next day" counts: never the first of a month or year only said as such."""
        if self._said is not None and self._said.grain in {"day", "range", "week", "weekend"}:
            return self._narrative
        return self._day or self._published or self._narrative

    def _day_of_sentence_before(self, match: re.Match[str]) -> dt.date | None:
        """Return the day that the sentence before says last; None where it or the sentence of `match` itself says otherwise."""
        said = self._said
        if said is None or said.grain != "day" or not 0 <= self._said_at <= match.start():
            return None
        between = self._text[self._said_at : match.start()]
        return said.first if len(_STOP.findall(between)) == 1 else None

    def _nearest_year(self, days_of: DaysOfYear, match: re.Match[str]) -> int | None:
        """Return a year not said: by tense around publication, or nearest to the story; None where there is neither.

        Parameters
        ----------
        days_of
            Gives the first and last day that the expression means in a year.
        match
            The expression.
        """
        later = self._grammar.later_year.match(self._low, match.end())
        if later:
            return int(later["y"] or later["apart"])
        published, plot = self._published, self._plot
        if published is None:
            return None if plot is None or plot.first is None else self._nearest_to_story(days_of, plot)
        before, after, ahead, behind = published.year - 1, None, 0, 0
        for year in (published.year - 1, published.year, published.year + 1):
            first, last = days_of(year)
            if first <= published:
                before, behind = year, (published - last).days
            if after is None and last >= published:
                after, ahead = year, (first - published).days
        past_story = behind > _FRESH and self._tells_of_past(match)
        is_one = after is None or after == before
        if not past_story and (is_one or (ahead > _FAR_AHEAD and behind < _LATELY)):
            return before
        tense = self.tense(match)
        if past_story and plot is not None and tense != "future":
            return self._nearest_to_story(days_of, plot)
        if is_one:
            return before
        if tense == "future":
            return before if ahead > _FAR_AHEAD and behind < _LATELY else after
        # A writer leaves out the year where the nearest such day is meant; in a long sentence a past verb proves little.
        bound = self.signal(match) == "until" or self._grammar.ahead.match(self._low, match.end()) is not None
        if tense == "past" and not bound and self._follows_past_verb(match):
            return before
        is_told = tense == "past" and not bound and not self._plans(match)
        return after if behind > _LONG_AGO and ahead <= (_SOON_IN_PAST_TENSE if is_told else _SOON) else before

    def _tells_of_past(self, match: re.Match[str]) -> bool:
        """Whether the sentences before tell a dated story of years ago, which goes on here."""
        said, published = self._plot, self._published
        return (
            said is not None
            and said.first is not None
            and published is not None
            and said.first.year < published.year - 1
            and said.grain in {"day", "month"}
            and 0 <= match.start() - self._year_said_at < _STORY_REACH
        )

    @staticmethod
    def _nearest_to_story(days_of: DaysOfYear, said: Period) -> int:
        """Return the year nearest to what was said last; a story goes forward, so half a year back is the limit."""
        day = said.first
        if day is None:
            raise ValueError("the story has no day yet")
        if said.grain in {"year", "decade", "century"}:
            return day.year

        def distance(year: int) -> float:
            n_days = (days_of(year)[0] - day).days
            return n_days if n_days >= 0 else -n_days * _BACK

        return min((day.year - 1, day.year, day.year + 1), key=distance)

    def _year(self, words: str | None) -> int | None:
        if not words:
            return None
        if words[0] in "'’":
            short = int(words[1:])
            horizon = self._published.year if self._published else 2030
            number = horizon - horizon % 100 + short
            return number if number <= horizon + 1 else number - 100
        return int(words)

    def _month_number(self, words: str) -> int:
        return self._grammar.months[words.rstrip(".")]

    def _day_number(self, words: str) -> int:
        return self._grammar.lexicon["ordinals"].get(words) or int(words.rstrip(_ORDINAL_LETTERS))

    def _capital(self, match: re.Match[str]) -> bool:
        """Whether the word is written as a name: may and march are verbs otherwise."""
        return self._text[match.start("mon")].isupper()

    @staticmethod
    def _modified(period: Period, modifier: str | None) -> Period:
        if not modifier or modifier in {"earlier", "later"}:
            return period
        part = "early" if _EARLY.search(modifier) else "late" if _LATE.search(modifier) else "mid"
        return cal.part_of(period, part)

    def _said_as(self, period: Period, basis: DateBasis, modifier: str | None = None) -> Meaning:
        extent = self._modified(period, modifier)
        return Meaning(DATE, period, basis, extent=None if extent is period else extent)

    def _on_day(self, period: Period, part: str | None, basis: DateBasis) -> Meaning:
        """Return the meaning of a day with a part of it: "27 September at dawn"; a night runs into the next day."""
        if not part:
            return Meaning(DATE, period, basis)
        codes = self._grammar.lexicon["parts_of_day"]
        code = "NI" if "overnight" in part else next((codes[word] for word in part.split() if word in codes), None)
        if code is None:
            return Meaning(DATE, period, basis)
        timed = period.called(f"{period.value}T{code}")
        return Meaning(TIME, timed, basis, extent=self._night(period) if code == "NI" else None)

    @staticmethod
    def _night(period: Period) -> Period | None:
        if period.first is None or period.grain != "day":
            return None
        return Period(period.value, period.first, period.first + ONE_DAY, "range")
