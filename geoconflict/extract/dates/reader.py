"""Time expressions of a report as periods of days, always against its publication date.

Rules over the whole text, no language model and no clock. The grammar stands in :mod:`~geoconflict.extract.dates.grammar`,
what each form means in :mod:`~geoconflict.extract.dates.story` and its rules, calendar arithmetic in
:mod:`~geoconflict.extract.dates.calendar`.

Conventions, tested phrase by phrase:

- A weekday is the last such day on or before publication; where the sentence looks ahead ("will", "is scheduled"), the next
  one, the day of publication included. "Last Thursday" and "next Thursday" never are the day of publication.
- A day and month without a year is the latest not after publication; ahead, the next. Where the tense is unclear, a day
  that lies shortly ahead is preferred to one that lies nearly a year back.
- A night runs into the next day: "overnight" is the day before publication and the day of publication.
- "This week" begins on Monday and ends with publication. "Last month" is that calendar month.
- "Since Sunday" runs to publication, "until Friday" has no first day.
- Without a publication date years come from the story; what cannot be said is written XXXX, with no span.
"""

from __future__ import annotations

import datetime as dt
import re

from geoconflict.extract.dates.calendar import Period
from geoconflict.extract.dates.counts import StoryReader
from geoconflict.extract.dates.grammar import grammar
from geoconflict.extract.dates.impossible import impossible_date
from geoconflict.extract.dates.story import ONE_DAY, TIME, Meaning, Story
from geoconflict.extract.layout.casing import lowered
from geoconflict.models import DateBasis, DatePrecision, DateSpan, TimeExpression

__all__ = ["find_times", "published_span"]

_REACH = 56
"""How many characters before the word that calls for a rule an expression may begin."""
_LONGEST_OPENER = 24
"""How many characters from that word on an expression's first words may reach."""
_MOVES = frozenset({"since", "until", "before", "after"})
"""What before an expression moves its first or last day."""
_DAYS_OF_MONTHS = frozenset({"dm", "md"})
_DASH = re.compile(r"\s?[-–—]\s?")
_JOINS = re.compile(r"\s*(?:to|until|till|through|and|[-–—])\s+(?:the\s+)?|\s?[-–—]\s?")


def find_times(text: str, *, published_on: dt.date | None, start: int = 0) -> tuple[TimeExpression, ...]:
    """Return the time expressions of `text` from offset `start` on, in document order, without overlaps.

    Parameters
    ----------
    text
        The report; offsets in the result are code points into it, end exclusive.
    published_on
        The civil date of publication. None: years come from the story; relative expressions count from what was said last.
    start
        Where the report begins, after a header.

    Returns
    -------
    tuple of TimeExpression
        `span` holds the earliest and the latest possible day, both inclusive; None for durations, sets and what cannot be
        anchored. Signal words count: "since Sunday" covers Sunday to publication, though its value is the Sunday. The two
        ends of a range are two expressions, as TIMEX3 wants it; the span of each is the whole range.
    """
    rules = grammar()
    low = lowered(text)
    story = StoryReader(low, text, rules, published_on)
    found: list[TimeExpression] = []
    first_of_range: dt.date | None = None
    is_day_before = False
    position = start
    for word in rules.word.finditer(low, start):
        family = word.lastgroup or rules.family_of.get(word[0])
        if family is None or (at := word.start()) < position:
            continue
        begin, reach = max(position, at - _REACH), at + _LONGEST_OPENER
        while (opener := rules.opener.search(low, begin, reach)) is not None and (first := opener.start()) <= at:
            begin = first + 1
            match = rules.families[family].match(low, first)
            if match is None:
                continue
            rule = match.lastgroup or ""
            whole = rules.rules[rule].match(low, first)
            if whole is None:
                continue
            meaning, end = story.read(rule, whole), whole.end()
            if meaning is None:
                if rule in _DAYS_OF_MONTHS and impossible_date(text, first, end, published_on) is not None:
                    position = max(position, end)  # the year of "31 February 2024" is none either
                    break
                continue
            if end <= at:
                continue
            position = end
            expression, opens = _expression(text, whole, meaning, story, published_on)
            is_day = rule in _DAYS_OF_MONTHS and expression.span is not None
            if is_day and is_day_before and _DASH.fullmatch(low, found[-1].end, expression.start) is not None:
                first_of_range = found[-1].span.starts_on if found[-1].span is not None else None
            is_day_before = is_day
            found.append(expression)
            if first_of_range is not None:
                found[-2:] = _close_range(found[-2], expression, low, first_of_range)
            first_of_range = opens
            if meaning.second is not None:
                first_of_range = None
                found[-1:] = _two_parts(text, expression, meaning)
            break
    return tuple(found)


def _expression(
    text: str, match: re.Match[str], meaning: Meaning, story: Story, published_on: dt.date | None
) -> tuple[TimeExpression, dt.date | None]:
    """Return the record, and the first day of a range that the expression opens ("from 2 October")."""
    start = match.start()
    surface = text[start : match.end()].rstrip(" ,")
    span = opens = None
    extent = meaning.extent or meaning.period
    if extent.first is not None or extent.last is not None:
        signal = story.signal(match)
        if signal == "open":
            opens = extent.first
        span = _span(extent, meaning, signal, story, match, surface, published_on)
    return (
        TimeExpression(
            start=start,
            end=start + len(surface),
            surface=surface,
            timex_type=meaning.timex_type,
            value=meaning.period.value,
            span=span,
        ),
        opens,
    )


def _two_parts(text: str, expression: TimeExpression, meaning: Meaning) -> list[TimeExpression]:
    """Return "27-30 September" as its two parts, each with its own value; both stand for the whole range."""
    if meaning.second is None:
        return [expression]
    first_end, second_start, second = meaning.second

    def part(start: int, end: int, value: str) -> TimeExpression:
        kind, span = expression.timex_type, expression.span
        return TimeExpression(start=start, end=end, surface=text[start:end], timex_type=kind, value=value, span=span)

    return [part(expression.start, first_end, expression.value), part(second_start, expression.end, second.value)]


def _span(
    extent: Period,
    meaning: Meaning,
    signal: str | None,
    story: Story,
    match: re.Match[str],
    surface: str,
    published_on: dt.date | None,
) -> DateSpan:
    if signal in {"before", "after"} and meaning.timex_type is TIME and extent.grain == "day":
        signal = None  # "before dawn on Tuesday" is on Tuesday
    if signal in _MOVES:
        first, last = _moved(extent, signal, published_on)
        precision = (
            DatePrecision.UNKNOWN
            if first is None or last is None
            else DatePrecision.DAY
            if first == last
            else DatePrecision.RANGE
        )
    else:
        first, last, precision = extent.first, extent.last, extent.precision
        if (
            published_on is not None
            and first is not None
            and first <= published_on < (last or published_on)
            and story.tense(match) == "past"
        ):
            # Nothing that happened lies after publication.
            last = published_on
            if first == last:
                precision = DatePrecision.DAY
    return DateSpan(starts_on=first, ends_on=last, precision=precision, basis=meaning.basis, surface=surface)


def _moved(extent: Period, signal: str, published_on: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of "since Sunday", "until Friday", "before the 5th", "after 2014"."""
    first, last = extent.first, extent.last
    if signal == "since":
        return first, published_on if published_on is not None and (first is None or published_on >= first) else None
    if signal == "until":
        return None, last
    if signal == "before" and first is not None:
        # "Before Friday's talks" on that Friday: the day itself is possible.
        return None, first if first == published_on else first - ONE_DAY
    if signal == "after" and last is not None:
        return last, published_on if published_on is not None and published_on >= last else None
    return first, last


def _close_range(opening: TimeExpression, closing: TimeExpression, low: str, first: dt.date) -> list[TimeExpression]:
    """Return both ends of "from 2 October to 5 November" with the span of the whole range, or unchanged if it is none."""
    gap = low[opening.end : closing.start]
    last = closing.span.ends_on if closing.span is not None else None
    if opening.span is None or last is None or last < first or not _JOINS.fullmatch(gap):
        return [opening, closing]
    span = DateSpan(
        starts_on=first,
        ends_on=last,
        precision=DatePrecision.DAY if first == last else DatePrecision.RANGE,
        basis=opening.span.basis,
        surface=f"{opening.surface}{gap}{closing.surface}",
    )
    return [_with_span(opening, span), _with_span(closing, span)]


def _with_span(one: TimeExpression, span: DateSpan) -> TimeExpression:
    return TimeExpression(
        start=one.start, end=one.end, surface=one.surface, timex_type=one.timex_type, value=one.value, span=span
    )


# ---------------------------------------------------------------- dates of events
def published_span(published_on: dt.date | None, *, present_tense: bool) -> DateSpan:
    """Return the date of an event that the text itself does not date.

    Fresh news in the present tense ("forces shell the town") tells of the day of publication or the day before: a range
    of two days. Anything else is only known to lie before: no first day. Basis PUBLISHED in both cases.
    """
    if published_on is None:
        return DateSpan(starts_on=None, ends_on=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
    if present_tense:
        return DateSpan(
            starts_on=published_on - dt.timedelta(days=1),
            ends_on=published_on,
            precision=DatePrecision.RANGE,
            basis=DateBasis.PUBLISHED,
        )
    return DateSpan(starts_on=None, ends_on=published_on, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
