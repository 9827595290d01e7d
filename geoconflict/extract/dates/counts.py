"""The meaning of counted time: last week, two days later, the past 24 hours, durations, and what recurs."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable

from geoconflict.extract.dates import calendar as cal
from geoconflict.extract.dates.calendar import Period
from geoconflict.extract.dates.days import AHEAD, BEHIND
from geoconflict.extract.dates.periods import PeriodRules
from geoconflict.extract.dates.story import DATE, DURATION, ONE_DAY, RELATIVE, SET, TIME, Meaning
from geoconflict.extract.numbers import read_number
from geoconflict.models import TimexType

__all__ = ["StoryReader"]

_OF = re.compile(r"\s+of\b")
_UNIT_CODES = {
    "day": "D", "week": "W", "month": "M", "year": "Y", "quarter": "Q", "hour": "H", "minute": "M", "second": "S", "weekend": "WE",
    "night": "D", "morning": "D", "evening": "D",
}  # fmt: skip

_IN_A_FORMULA = re.compile(r"(?:\^|\*\*|\d[/:*]|\bminus\s+|(?<!\w)-)$")
"""What stands before a count that is none of units of time: "10^9 years ago", "minus three days ago"."""
_LIMIT = re.compile(r"\b(?:(?P<less>less\s+than|fewer\s+than|under)|(?P<more>more\s+than|over))\b")
"""What makes a count of units the longest or the shortest that it can be."""
_OVER = re.compile(r"\b(?:during|for|in|over|throughout|within)\s+$")
"""Right before "the last year": it takes that for a length of time."""
_LONGEST_LIMIT = len("fewer than ")
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "half a": 0.5, "half an": 0.5, "a few": None, "several": None, "many": None, "some": None, "few": None,
}  # fmt: skip
"""Numbers that :func:`~geoconflict.extract.numbers.read_number` does not read so; None where it cannot be said how many."""
_PAIRS = ("a couple", "a pair", "one couple", "one pair")
_FRACTION, _DECIMAL = re.compile(r"(\d+) (\d)/(\d)"), re.compile(r"\d+\.\d+")
_OF_THE_STORY = frozenset({"same", "previous", "following", "preceding"})
"""What counts from what the story said last."""
_A_FEW = frozenset({"few", "several", "some"})
_COUNTED = re.compile(r"(?:\d|(?:hundred|thousand|million|billion)s?(?:\s+of)?)[\s-]+$")


class StoryReader(PeriodRules):
    """Reads the expressions of one text in order, by all rules; each rule of the grammar has a method of its name."""

    def read(self, rule: str, match: re.Match[str]) -> Meaning | None:
        """Return what the match of `rule` means, or None when it is no time expression after all."""
        self._recall(match)
        try:
            meaning = _method(rule)(self, match)
        except (OverflowError, ValueError):
            return None
        if meaning is not None and meaning.anchors and meaning.period.first is not None:
            self._latest = meaning.second[2] if meaning.second else meaning.period, match
        return meaning

    def _rel_unit(self, match: re.Match[str]) -> Meaning | None:
        rel, unit = " ".join(match["rel"].split()), match["unit"]
        words = rel.removeprefix("the ").split()
        said = set(words)
        narrative = rel.startswith("that") or rel == "the next" or not said.isdisjoint(_OF_THE_STORY)
        anchor = (self._narrative_day if unit == "day" else self._narrative) if narrative else self._anchor
        if unit == "fortnight":
            return None
        if words[-1] == "current" and unit not in {"week", "month", "quarter", "year", "decade", "century"}:
            return None
        if anchor is None:
            value = "XXXX-XX-XX" if unit == "day" else "XXXX"
            return Meaning(DATE, cal.reference(value), RELATIVE, anchors=False)
        n = -1 if said & BEHIND else 1 if said & AHEAD else 0
        is_stretch = (
            rel == "the last" and _OVER.search(self._low, max(0, match.start() - 12), match.start()) is not None
        )
        if (words == ["past"] or is_stretch) and unit in {"week", "month", "year"}:
            # "The past week" and "over the last week" are the seven days up to now, "last week" is the calendar's.
            return Meaning(DATE, self._stretch(unit, 1, anchor, back=True), RELATIVE, anchors=False)
        if unit == "day" and words[0] in {"last", "past", "coming", "upcoming"}:
            return None
        if unit == "weekend" and not narrative:
            return self._near_weekend(match, anchor, n if words[0] != "past" else 0)
        if unit == "quarter" and narrative and self._last_quarter is not None and self._last_quarter.first is not None:
            return Meaning(DATE, cal.shifted("quarter", self._last_quarter.first, n), RELATIVE)
        return self._relative_unit(match, cal.shifted(unit, anchor, n))

    def _relative_unit(self, match: re.Match[str], period: Period) -> Meaning:
        if period.grain == "day":
            return self._on_day(period, match["tod"], RELATIVE)
        extent = self._modified(period, match["mod"])
        published = self._published
        if (
            published is not None
            and period.first is not None
            and period.last is not None
            and period.first <= published <= period.last
        ):
            # Within the running week, month or year "this" means up to now, unless the sentence looks ahead.
            ahead = match["mod"] == "later" or self.tense(match) == "future"
            extent = cal.clipped(extent, published, None) if ahead else cal.clipped(extent, None, published)
        return Meaning(DATE, period, RELATIVE, extent=None if extent is period else extent)

    def _near_weekend(self, match: re.Match[str], anchor: dt.date, n: int) -> Meaning:
        this = cal.weekend(anchor)
        if n:
            back = -1 if n < 0 else 1
            period = cal.weekend(anchor + dt.timedelta(weeks=back))
        else:
            upcoming = self.tense(match) == "future" or (match["unit"] and "this" in match[0] and anchor.weekday() > 1)
            period = this if anchor.weekday() >= 5 or upcoming else cal.weekend(anchor - dt.timedelta(weeks=1))
        return Meaning(DATE, period, RELATIVE)

    def _weekend(self, match: re.Match[str]) -> Meaning | None:
        anchor = self._anchor
        return None if anchor is None else self._near_weekend(match, anchor, 0)

    def _end_of_unit(self, match: re.Match[str]) -> Meaning | None:
        unit = match["unit"] or match["unit2"] or match["unit3"]
        anchor = self._narrative if self._published is None or unit == "day" else self._anchor
        if anchor is None:
            return None
        period = cal.shifted(unit, anchor, 0)
        if unit == "day":
            return Meaning(DATE, period, RELATIVE)
        if match["unit3"] == "year" and period.last is not None:
            # "Year-end" names the day.
            return Meaning(DATE, cal.day(period.last), RELATIVE, anchors=False)
        modifier = match["mod"] or ("end" if match["unit3"] else match[0].split()[0])
        return self._said_as(period, RELATIVE, modifier)

    def _number(self, words: str) -> float | None:
        words = " ".join(words.split())
        if words in _NUMBERS:
            return _NUMBERS[words]
        if words.startswith(_PAIRS):
            return 2
        if "/" in words and (fraction := _FRACTION.fullmatch(words)):
            return int(fraction[1]) + int(fraction[2]) / max(1, int(fraction[3]))
        if "." in words and _DECIMAL.fullmatch(words):
            return float(words)
        return read_number(words)

    @staticmethod
    def _unit(words: str) -> str:
        return "century" if words == "centur" else words

    def _count_ago(self, match: re.Match[str]) -> Meaning | None:
        if _IN_A_FORMULA.search(self._low[max(0, match.start() - 8) : match.start()]):
            return None
        n = self._number(match["n"])
        unit = self._unit(match["unit"])
        way = " ".join(match["way"].split())
        back = way in {"ago", "earlier", "back", "previously", "before", "beforehand"}
        deictic = way in {"ago", "hence", "from now", "back"}
        if (
            way == "earlier"
            and self._published is not None
            and unit in {"year", "month", "decade", "century", "quarter"}
        ):
            deictic = True
        if deictic:
            anchor = self._anchor
        else:
            anchor = self._narrative_day if unit in {"day", "hour", "week"} else self._narrative
        if n is None or anchor is None:
            few = match["n"].split()[-1] in _A_FEW
            return self._vaguely(unit, anchor, back=back, few=few)
        other = self._number(match["n0"]) if match["n0"] else 2 if match["more"] == "two" and n == 1 else None
        if other is not None and unit in {"day", "week", "month", "year"}:
            return self._between_counts(unit, sorted((int(n), int(other))), anchor, back=back)
        if match["half"]:
            n += 0.5
        if unit in {"hour", "minute", "second"}:
            return self._hours_away(unit, n, anchor, back=back)
        if unit == "fortnight":
            unit, n = "week", n * 2
        whole = int(n)
        if n != whole and unit == "year":
            unit, whole = "month", round(n * 12)
        step = -whole if back else whole
        if (
            unit == "year"
            and whole == 1
            and back
            and self._last_quarter is not None
            and self._last_quarter.first is not None
        ):
            return Meaning(DATE, cal.shifted("quarter", self._last_quarter.first, -4), RELATIVE, anchors=False)
        if match["wd"] and unit == "week":
            holder = cal.shifted("week", anchor, step).first
            on = holder + self._grammar.weekdays[match["wd"]] * ONE_DAY if holder else anchor
            return Meaning(DATE, cal.day(on), RELATIVE)
        if unit == "weekend":
            return None
        if unit == "decade":
            unit, step = "year", step * 10
        if unit == "week" and not deictic:
            return Meaning(DATE, cal.day(anchor + dt.timedelta(weeks=step)), RELATIVE)
        period = cal.shifted(unit, anchor, step)
        approx = match["approx"]
        if approx and back and (limit := _LIMIT.search(approx)) is not None:
            extent = self._limited(period, anchor, is_upper=limit["less"] is not None)
            return Meaning(DATE, period, RELATIVE, anchors=False, extent=extent)
        if (approx or match["more"]) and unit != "day":
            return Meaning(DATE, period, RELATIVE, anchors=not deictic, extent=self._roughly(period))
        return Meaning(DATE, period, RELATIVE, anchors=not deictic or unit == "day")

    @staticmethod
    def _between_counts(unit: str, counts: list[int], anchor: dt.date, *, back: bool) -> Meaning:
        """Return "two or three days ago"."""
        ends = [cal.shifted(unit, anchor, -n if back else n) for n in counts]
        if back:
            ends.reverse()
        if ends[0].first is None or ends[1].last is None:
            raise OverflowError("out of the calendar")
        period = cal.between(ends[0].first, ends[1].last)
        return Meaning(DATE, period, RELATIVE, anchors=False)

    @staticmethod
    def _limited(period: Period, anchor: dt.date, *, is_upper: bool) -> Period:
        """Return "less than three weeks ago", up to now, or "more than three weeks ago", up to twice as long ago."""
        if period.first is None or period.last is None:
            return period
        if is_upper:
            return Period(period.value, period.first, anchor, "range")
        return Period(period.value, period.first - (anchor - period.first), period.last, "range")

    @staticmethod
    def _roughly(period: Period) -> Period:
        """Return the period widened by its own length on both sides: "about two years ago"."""
        if period.first is None or period.last is None:
            return period
        length = period.last - period.first + ONE_DAY
        return Period(period.value, period.first - length, period.last + length, "range")

    def _hours_away(self, unit: str, n: float, anchor: dt.date, *, back: bool) -> Meaning:
        n_days = int(n * {"hour": 1 / 24, "minute": 1 / 1440, "second": 0}[unit]) + 1
        near, far = anchor, anchor + (-n_days if back else n_days) * ONE_DAY
        first, last = min(near, far), max(near, far)
        period = Period(anchor.isoformat(), first, last, "range")
        return Meaning(TIME, period, RELATIVE, anchors=False)

    def _vaguely(self, unit: str, anchor: dt.date | None, *, back: bool, few: bool) -> Meaning:
        """Return "a few days ago": up to ten units, never the present one; without a far end where they are not few."""
        value = "PAST_REF" if back else "FUTURE_REF"
        if anchor is not None and unit in {"minute", "second"}:
            return Meaning(DATE, cal.day(anchor).called(value), RELATIVE, anchors=False)
        if anchor is not None and unit == "hour":
            # Hours may reach over midnight.
            reach = cal.between(*sorted((anchor, anchor + (-ONE_DAY if back else ONE_DAY))))
            return Meaning(DATE, reach.called(value), RELATIVE, anchors=False)
        if anchor is None or unit not in {"day", "week", "month", "year"}:
            return Meaning(DATE, cal.reference(value), RELATIVE, anchors=False)
        near = cal.shifted(unit, anchor, -2 if back else 2)
        far = cal.shifted(unit, anchor, -10 if back else 10)
        first, last = (far.first, near.last) if back else (near.first, far.last)
        if not few:
            first, last = (None, last) if back else (first, None)
        return Meaning(DATE, Period(value, first, last, "range"), RELATIVE, anchors=False)

    def _beside_event(self, match: re.Match[str]) -> Meaning | None:
        """Return "two days before the attack", "hours after the capture", where the sentence before has told the day of it."""
        unit, back = match["unit"], match["way"] == "before"
        n = self._number(match["n"]) if match["n"] else None
        anchor = self._day_of_sentence_before(match)
        is_limit = _LIMIT.search(self._low, max(0, match.start() - _LONGEST_LIMIT), match.start()) is not None
        if anchor is None or is_limit:
            return self._lasting(unit, n)
        if unit in {"hour", "minute"}:
            if n is None:
                return self._vaguely(unit, anchor, back=back, few=bool(match["n"]))
            return self._hours_away(unit, n, anchor, back=back)
        if n is None:
            return self._lasting(unit, n)
        days = int(n) * (7 if unit == "week" else 1) * (-1 if back else 1)
        return Meaning(DATE, cal.day(anchor + days * ONE_DAY), RELATIVE, anchors=False)

    def _day_beside(self, match: re.Match[str]) -> Meaning | None:
        anchor = self._narrative_day if match["n"] in {"day", "night", "morning", "evening"} else self._narrative
        if anchor is None:
            return None
        n = -1 if match["way"] in {"before", "earlier"} else 1
        if match["n"] in {"night", "morning", "evening"}:
            return self._on_day(cal.day(anchor + n * ONE_DAY), match["n"], RELATIVE)
        return Meaning(DATE, cal.shifted(match["n"], anchor, n), RELATIVE)

    def _in_count(self, match: re.Match[str]) -> Meaning | None:
        if not match["way"] and (match["within"] != "in" or self.tense(match) != "future"):
            return None
        n, anchor = self._number(match["n"]), self._anchor
        unit = self._unit(match["unit"])
        if n is None or anchor is None or unit not in {"day", "week", "month", "year"}:
            return None
        return Meaning(DATE, cal.shifted(unit, anchor, int(n)), RELATIVE, anchors=False)

    # ------------------------------------------------------------ stretches, durations, sets, references
    def _stretch(self, unit: str, n: float, anchor: dt.date, *, back: bool) -> Period:
        """Return the days that `n` units up to (or from) the anchor can touch."""
        whole = max(1, int(-(-n // 1)))
        if unit in {"hour", "minute", "second"}:
            n_days = int(n * {"hour": 1, "minute": 1 / 60, "second": 0}[unit] // 24) + (1 if n % 24 else 0)
            edge = anchor + max(1, n_days) * (-ONE_DAY if back else ONE_DAY)
        elif unit in {"day", "week"}:
            edge = anchor + dt.timedelta(days=whole * (7 if unit == "week" else 1)) * (-1 if back else 1)
        else:
            months = whole * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
            holder = cal.shifted("month", anchor, -months if back else months)
            if holder.first is None or holder.last is None:
                raise OverflowError("out of the calendar")
            edge = holder.first.replace(day=min(anchor.day, holder.last.day))
        return cal.between(min(edge, anchor), max(edge, anchor))

    def _count_range(self, match: re.Match[str]) -> Meaning | None:
        unit = self._unit(match["unit"])
        rel = match["rel"]
        back = rel in {"past", "last", "previous", "preceding"}
        anchor = self._anchor if rel in {"past", "last", "next", "coming"} else self._narrative
        n = self._number(match["n"]) if match["n"] else None
        is_after = match[0].startswith("following") and _OF.match(self._low, match.end())  # "following days of clashes"
        if anchor is None or is_after or unit in {"weekend", "fortnight"}:
            return self._lasting(unit, n)
        if n is None:
            value = "PAST_REF" if back else "FUTURE_REF"
            reach = self._stretch(unit, 12, anchor, back=back)
            return Meaning(DATE, reach.called(value), RELATIVE, anchors=False)
        return Meaning(DATE, self._stretch(unit, n, anchor, back=back), RELATIVE, anchors=False)

    _count_one = _count_range

    def _recent_units(self, match: re.Match[str]) -> Meaning | None:
        anchor, unit = self._anchor, self._unit(match["unit"])
        back = match["rel"] == "recent"
        value = "PAST_REF" if back else "FUTURE_REF"
        if anchor is None or unit in {"weekend", "fortnight"}:
            return Meaning(DATE, cal.reference(value), RELATIVE, anchors=False)
        reach = self._stretch(unit, 12, anchor, back=back)
        return Meaning(DATE, reach.called(value), RELATIVE, anchors=False)

    def _lasting(self, unit: str, n: float | None, timex_type: TimexType = DURATION) -> Meaning:
        count = "X" if n is None else f"{n:g}"
        if unit == "fortnight":
            unit, count = "week", "X" if n is None else f"{n * 2:g}"
        if unit == "decade":
            unit, count = "year", "X" if n is None else f"{n * 10:g}"
        if unit == "century":
            unit, count = "year", "X" if n is None else f"{n * 100:g}"
        time = "T" if unit in {"hour", "minute", "second"} else ""
        value = f"P{time}{count}{_UNIT_CODES[unit]}"
        return Meaning(timex_type, cal.reference(value), RELATIVE, anchors=False)

    def _duration(self, match: re.Match[str]) -> Meaning | None:
        words = " ".join(match["n"].split())
        unit = self._unit(match["unit"])
        if unit == "second" and words in {"a", "an", "one"}:
            return None
        if words in {"a", "an"} and re.search(
            r"(?:\d|times|percent|once|twice|%)\s+$", self._low[max(0, match.start() - 9) : match.start()]
        ):
            return self._lasting(unit, 1, SET)
        n = self._number(words)
        if match["half"] and n is not None:
            n += 0.5
        return self._lasting(unit, n)

    def _plural(self, match: re.Match[str]) -> Meaning | None:
        unit = self._unit(match["unit"])
        if match["way"]:
            if _COUNTED.search(self._low, max(0, match.start() - 12), match.start()):
                return None  # a number that cannot be read, or one out of the calendar
            back = match["way"] not in {"later", "after"}
            anchor = self._anchor if match["way"] == "ago" else self._narrative
            return self._vaguely(unit, anchor, back=back, few=False)
        if unit in {"second", "quarter", "weekend", "minute"}:
            return None
        return self._lasting(unit, None)

    def _every(self, match: re.Match[str]) -> Meaning | None:
        unit = self._unit(match["unit"])
        if unit in {"night", "morning", "evening"}:
            code = self._grammar.lexicon["parts_of_day"][unit]
            return Meaning(SET, cal.reference(f"XXXX-XX-XXT{code}"), RELATIVE, anchors=False)
        n = self._number(match["n"]) if match["n"] else 1
        return self._lasting(unit, n, SET)

    def _set(self, match: re.Match[str]) -> Meaning | None:
        if self._text[match.start()].isupper() and match.start() > 1 and self._low[match.start() - 2] not in '.\n!?"“':
            return None  # part of a name: "the Daily Telegraph"
        value = self._grammar.lexicon["sets"][match["word"]]
        return Meaning(SET, cal.reference(value), RELATIVE, anchors=False)

    def _reference(self, match: re.Match[str]) -> Meaning | None:
        word = " ".join(match["word"].split())
        if word == "once" and not re.match(
            r"\s+(?:was|were|had|[a-z]+ed)\b", self._low[match.end() : match.end() + 16]
        ):
            return None
        value = self._grammar.lexicon["references"][word]
        return Meaning(DATE, cal.reference(value), RELATIVE, anchors=False)


@functools.cache  # a name that is put together anew is sought in every base class, each time
def _method(rule: str) -> Callable[[StoryReader, re.Match[str]], Meaning | None]:
    """Return the method that reads the matches of a rule."""
    method: Callable[[StoryReader, re.Match[str]], Meaning | None] = getattr(StoryReader, f"_{rule}")
    return method
