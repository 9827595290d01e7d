"""What each shape of time expression means: from a match and the story so far to a period of days.

:class:`Story` reads one text from its first to its last expression. It knows the publication date and remembers what
was said last (the narrative anchor), so that "the following day" and "that month" can be counted. Method after the
TIMEX3 guidelines, with the conventions of news: a weekday in the past is the last such day on or before publication.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from geoconflict.extract import dates_calendar as cal
from geoconflict.extract.dates_calendar import Period
from geoconflict.extract.dates_grammar import Grammar
from geoconflict.extract.numbers import read_number
from geoconflict.models import DateBasis, TimexType

__all__ = ["Meaning", "Story"]


@dataclass(frozen=True, slots=True)
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


_UNIT_CODES = {
    "day": "D", "week": "W", "month": "M", "year": "Y", "quarter": "Q", "hour": "H", "minute": "M", "second": "S", "weekend": "WE",
    "night": "D", "morning": "D", "evening": "D",
}  # fmt: skip
_EARLY = re.compile(r"early|beginning|start|onset|first|turn")
_LATE = re.compile(r"late|end|close|second|last|final|rest|remainder")
_ASIDE_AHEAD = 2
"""How many years ahead a bare year may move the story."""
_BACK = 1.2
"""How much farther a step back in the story counts than a step forward."""
_ONE_DAY = dt.timedelta(days=1)


class Story:
    """Reads the expressions of one text in order.

    Parameters
    ----------
    low
        The text in lower case, of the same length as the original.
    text
        The original, for the case of "May" and "March".
    published_on
        The publication date, or None: then years come from the story.
    """

    def __init__(self, low: str, text: str, grammar: Grammar, published_on: dt.date | None) -> None:
        self._low = low
        self._text = text
        self._grammar = grammar
        self._published = published_on
        self._day: dt.date | None = None
        self._said: Period | None = None
        self._plot: Period | None = None
        """What the narrative last dated: unlike `_said`, without asides to other years."""
        self._aside: int | None = None
        self._quarter: Period | None = None
        self._year_said_at = -1
        self._handlers: dict[str, Callable[[re.Match[str]], Meaning | None]] = {
            name: getattr(self, f"_{name}_rule" if name == "quarter" else f"_{name}") for name in grammar.rules
        }

    def read(self, rule: str, match: re.Match[str]) -> Meaning | None:
        """Return what the match of `rule` means, or None when it is no time expression after all."""
        try:
            meaning = self._handlers[rule](match)
        except (OverflowError, ValueError):
            return None
        if meaning is not None and meaning.anchors and meaning.period.first is not None:
            self._remember(meaning.second[2] if meaning.second else meaning.period, match)
        return meaning

    # ------------------------------------------------------------ the story so far
    def _remember(self, period: Period, match: re.Match[str]) -> None:
        self._said = period
        self._follow(period)
        if period.grain == "day":
            self._day = period.first
        elif period.grain == "range":
            self._day = period.last
        if period.grain == "quarter":
            self._quarter = period
        if re.search(r"\d{4}", match[0]):
            self._year_said_at = match.end()

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
        """The day from which deictic expressions count: publication, else what the story said last."""
        return self._published or self._narrative

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

    def tense(self, match: re.Match[str]) -> str:
        """Return past, future or unknown: from the nearest word before the expression in its sentence, else after it."""
        left = self._low[max(0, match.start() - 160) : match.start()]
        stop = max(left.rfind(". "), left.rfind("\n"), left.rfind("; "), left.rfind("? "), left.rfind("! "))
        cue = None
        for found in self._grammar.tense.finditer(left, stop + 1):
            if not self._is_name(found, max(0, match.start() - 160)):
                cue = found
        if cue is None:
            right = self._low[match.end() : match.end() + 120]
            ends = [at for at in (right.find(". "), right.find("\n"), right.find("; ")) if at >= 0]
            for found in self._grammar.tense.finditer(right, 0, min(ends, default=len(right))):
                if not self._is_name(found, match.end()):
                    cue = found
                    break
        if cue is None:
            return "unknown"
        return "future" if cue["future"] else "past"

    def _is_name(self, cue: re.Match[str], offset: int) -> bool:
        """Whether a word in -ed is a capitalised name, as Mohamed."""
        return cue["participle"] is not None and self._text[offset + cue.start()].isupper()

    def _nearest_year(self, first_of: Callable[[int], Period], match: re.Match[str]) -> Period | None:
        """Return the period of a year not said: by tense around publication, or nearest to the story."""
        later = self._grammar.later_year.match(self._low, match.end())
        if later:
            return first_of(int(later["y"] or later["apart"]))
        published = self._published
        plot = self._plot
        if published is None:
            if plot is None or plot.first is None:
                return None
            return self._nearest_to_story(first_of, plot)
        if self._tells_of_past(match) and plot is not None:
            return self._nearest_to_story(first_of, plot)
        candidates = [first_of(published.year + n) for n in (-1, 0, 1)]
        before = [p for p in candidates if p.first is not None and p.first <= published][-1]
        after = next((p for p in candidates if p.last is not None and p.last >= published), before)
        if after is before or after.first is None or before.last is None:
            return before
        ahead, behind = (after.first - published).days, (published - before.last).days
        tense = self.tense(match)
        if tense == "future":
            return before if ahead > 200 and behind < 90 else after
        # A writer leaves out the year where the nearest such day is meant.
        return after if behind > 270 and ahead <= (14 if tense == "past" else 60) else before

    def _tells_of_past(self, match: re.Match[str]) -> bool:
        """Whether the sentences before tell a dated story of years ago, which goes on here."""
        said, published = self._plot, self._published
        return (
            said is not None
            and said.first is not None
            and published is not None
            and said.first.year < published.year - 1
            and said.grain in {"day", "month"}
            and 0 <= match.start() - self._year_said_at < 200
        )

    @staticmethod
    def _nearest_to_story(first_of: Callable[[int], Period], said: Period) -> Period:
        """Return the candidate nearest to what was said last; a story goes forward, so half a year back is the limit."""
        if said.first is None:
            raise ValueError("the story has no day yet")
        if said.grain in {"year", "decade", "century"}:
            return first_of(said.first.year)
        candidates = [first_of(said.first.year + n) for n in (-1, 0, 1)]

        def distance(period: Period) -> int:
            if period.first is None or said.first is None:
                return 0
            n_days = (period.first - said.first).days
            return n_days if n_days >= 0 else -n_days * _BACK

        return min(candidates, key=distance)

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
        return int(self._grammar.months[words.rstrip(".")])

    def _day_number(self, words: str) -> int:
        digits = re.match(r"\d+", words)
        return int(digits[0]) if digits else int(self._grammar.lexicon["ordinals"][words])

    def _capital(self, match: re.Match[str], group: str = "mon") -> bool:
        """Whether the word is written as a name: may and march are verbs otherwise."""
        return self._text[match.start(group)].isupper()

    @staticmethod
    def _modified(period: Period, modifier: str | None) -> Period:
        if not modifier or modifier in {"earlier", "later"}:
            return period
        part = "early" if _EARLY.search(modifier) else "late" if _LATE.search(modifier) else "mid"
        return cal.part_of(period, part)

    def _said_as(self, period: Period, basis: DateBasis, modifier: str | None = None) -> Meaning:
        extent = self._modified(period, modifier)
        return Meaning(TimexType.DATE, period, basis, extent=None if extent is period else extent)

    def _on_day(self, period: Period, part: str | None, basis: DateBasis) -> Meaning:
        """Return the meaning of a day with a part of it: "27 September at dawn"; a night runs into the next day."""
        if not part:
            return Meaning(TimexType.DATE, period, basis)
        words = re.findall(r"[a-z]+", part)
        code = next(
            (
                self._grammar.lexicon["parts_of_day"][word]
                for word in words
                if word in self._grammar.lexicon["parts_of_day"]
            ),
            None,
        )
        if "overnight" in words:
            code = "NI"
        if code is None:
            return Meaning(TimexType.DATE, period, basis)
        timed = replace(period, value=f"{period.value}T{code}")
        return Meaning(TimexType.TIME, timed, basis, extent=self._night(period) if code == "NI" else None)

    @staticmethod
    def _night(period: Period) -> Period | None:
        if period.first is None or period.grain != "day":
            return None
        return cal.between(period.first, period.first + _ONE_DAY)

    # ------------------------------------------------------------ days
    def _iso(self, match: re.Match[str]) -> Meaning | None:
        period = cal.day(dt.date(int(match["y"]), int(match["m"]), int(match["d"])))
        if match["clock"]:
            timed = replace(period, value=period.value + match["clock"].upper())
            return Meaning(TimexType.TIME, timed, DateBasis.STATED)
        return Meaning(TimexType.DATE, period, DateBasis.STATED)

    def _numeric(self, match: re.Match[str]) -> Meaning | None:
        if match["sep1"] != match["sep2"]:
            return None
        first, second = int(match["a"]), int(match["b"])
        number = self._year("'" + match["y"]) if len(match["y"]) == 2 else int(match["y"])
        if number is None or not (first and second and 1000 <= number < 2200):
            return None
        if len(match["y"]) == 2 and match["sep1"] == ".":
            return None
        if first > 12 >= second:
            return Meaning(TimexType.DATE, cal.day(dt.date(number, second, first)), DateBasis.STATED)
        if second > 12 >= first or first == second:
            return Meaning(TimexType.DATE, cal.day(dt.date(number, first, second)), DateBasis.STATED)
        if first > 12:
            return None
        return Meaning(TimexType.DATE, cal.reference(""), DateBasis.STATED, anchors=False)

    def _dated(self, match: re.Match[str], number: int, day: int, year: int | None) -> Period | None:
        if year is not None:
            return cal.day(dt.date(year, number, day))

        def in_year(candidate: int) -> Period:
            return cal.day(dt.date(candidate, number, min(day, cal.month(candidate, number).last.day)))  # type: ignore[union-attr]

        period = self._nearest_year(in_year, match)
        if period is not None and period.first is not None and period.first.day != day:
            # 29 February: the nearest leap year before.
            leap = next((n for n in range(period.first.year, period.first.year - 9, -1) if n > 0 and _is_leap(n)), None)
            return cal.day(dt.date(leap, 2, 29)) if leap and (number, day) == (2, 29) else None
        return period

    def _dm(self, match: re.Match[str]) -> Meaning | None:
        return self._day_and_month(match, match["part"] or match["tod"])

    def _md(self, match: re.Match[str]) -> Meaning | None:
        return self._day_and_month(match, match["part"] or match["tod"])

    def _day_and_month(self, match: re.Match[str], part: str | None) -> Meaning | None:
        if match["mon"] in {"may", "march", "mar", "sep", "dec"} and not self._capital(match):
            return None
        number, day = self._month_number(match["mon"]), self._day_number(match["d"])
        period = self._dated(match, number, day, self._year(match["y"]))
        if period is None:
            if self._published is not None or day > 31:
                return None
            return Meaning(
                TimexType.DATE, cal.reference(f"XXXX-{number:02d}-{day:02d}"), DateBasis.STATED, anchors=False
            )
        return self._on_day(period, part, DateBasis.STATED)

    def _range_of_days(self, match: re.Match[str], part: str | None) -> Meaning | None:
        if match["mon"] in {"may", "march"} and not self._capital(match):
            return None
        number = self._month_number(match["mon"])
        first, last = self._day_number(match["d"]), self._day_number(match["d2"])
        end = self._dated(match, number, last, self._year(match["y"]))
        if end is None or end.last is None:
            return None
        if first < last:
            begin = end.last.replace(day=first)
        else:
            begin = (end.last.replace(day=1) - _ONE_DAY).replace(day=first)
        if (end.last - begin).days > 31:
            return None
        period = cal.between(begin, end.last)
        if part and re.search("night", part):
            timed = replace(period, value=f"{begin.isoformat()}TNI")
            return Meaning(TimexType.TIME, timed, DateBasis.STATED)
        second = (match.end("d"), match.start("d2"), cal.day(end.last))
        return Meaning(TimexType.DATE, cal.day(begin), DateBasis.STATED, extent=period, second=second)

    def _range_dm(self, match: re.Match[str]) -> Meaning | None:
        return self._range_of_days(match, match["part"] or match["tod"])

    def _range_md(self, match: re.Match[str]) -> Meaning | None:
        return self._range_of_days(match, match["part"])

    def _pair_md(self, match: re.Match[str]) -> Meaning | None:
        return self._range_of_days(match, None)

    def _month_day(self, match: re.Match[str]) -> Meaning | None:
        said = self._narrative
        if said is None:
            return None
        period = cal.day(said.replace(day=self._day_number(match["d"])))
        if (
            self._said is None
            and self._published is not None
            and period.first is not None
            and period.first > self._published
        ):
            last_month = cal.shifted("month", self._published, -1).first
            if last_month is not None and self.tense(match) != "future":
                period = cal.day(last_month.replace(day=self._day_number(match["d"])))
        return Meaning(TimexType.DATE, period, DateBasis.RELATIVE)

    def _named_day(self, match: re.Match[str]) -> Meaning | None:
        parts = self._grammar.lexicon["named_days"][re.sub(r"\s+", " ", match["name"]).replace("’", "'")]
        if len(parts) == 3:
            return Meaning(TimexType.DATE, cal.day(dt.date(*parts)), DateBasis.STATED)
        number, day = parts
        period = self._dated(match, number, day, self._year(match["y"]))
        if period is None:
            return Meaning(
                TimexType.DATE, cal.reference(f"XXXX-{number:02d}-{day:02d}"), DateBasis.STATED, anchors=False
            )
        return Meaning(TimexType.DATE, period, DateBasis.STATED)

    # ------------------------------------------------------------ weekdays, today
    def _weekday_near(self, number: int, match: re.Match[str], rel: str | None) -> Period | None:
        anchor = self._anchor
        if anchor is None:
            return None
        back = (anchor.weekday() - number) % 7
        ahead = (number - anchor.weekday()) % 7
        rel = rel or ""
        if self._published is None:
            # A story without a publication date goes forward: the first such day after what was said.
            return cal.day(anchor + dt.timedelta(days=ahead or 7))
        if re.search(r"next|coming|upcoming|following", rel):
            if "following" in rel and self._day is not None:
                step = (number - self._day.weekday()) % 7 or 7
                return cal.day(self._day + dt.timedelta(days=step))
            return cal.day(anchor + dt.timedelta(days=ahead or 7))
        if re.search(r"last|previous|preceding|past", rel):
            return cal.day(anchor - dt.timedelta(days=back or 7))
        if "that" in rel or "same" in rel:
            if self._day is not None:
                nearest = min(range(-3, 4), key=lambda n: (((self._day.weekday() + n - number) % 7), abs(n)))  # type: ignore[union-attr]
                return cal.day(self._day + dt.timedelta(days=nearest))
            return cal.day(anchor - dt.timedelta(days=back))
        genitive = self._low[match.end() : match.end() + 2] in {"'s", "’s"}
        if genitive and not self._grammar.ahead.match(self._low, match.end()):
            return cal.day(anchor - dt.timedelta(days=back))
        if self.tense(match) == "future":
            return cal.day(anchor + dt.timedelta(days=ahead))
        return cal.day(anchor - dt.timedelta(days=back))

    def _weekday(self, match: re.Match[str]) -> Meaning | None:
        number = int(self._grammar.weekdays[match["wd"]])
        rel = match["rel"]
        if match["plural"] or rel in {"every", "each"}:
            value = f"XXXX-WXX-{number + 1}"
            return Meaning(TimexType.SET, cal.reference(value), DateBasis.RELATIVE, anchors=False)
        if not self._text[match.start("wd")].isupper():
            return None
        week = match["week"]
        anchor = self._anchor
        period: Period | None
        if week and anchor is not None and week != "last":
            holder = cal.shifted("week", anchor, {"last": -1, "this": 0, "next": 1}[week.split()[0]])
            period = cal.day(holder.first + dt.timedelta(days=number)) if holder.first else None
        else:
            period = self._weekday_near(number, match, rel or week)
        if period is None:
            period = cal.reference(f"XXXX-WXX-{number + 1}")
            return Meaning(TimexType.DATE, period, DateBasis.RELATIVE, anchors=False)
        return self._on_day(period, match["tod"] or match["night"], DateBasis.RELATIVE)

    def _deictic(self, match: re.Match[str]) -> Meaning | None:
        words = re.sub(r"\s+", " ", match["deictic"])
        anchor = self._anchor
        if match["wd"] and anchor is not None:
            period = self._weekday_near(int(self._grammar.weekdays[match["wd"]]), match, None)
            return self._on_day(period, words, DateBasis.RELATIVE) if period else None
        if anchor is None:
            return Meaning(TimexType.DATE, cal.reference("XXXX-XX-XX"), DateBasis.RELATIVE, anchors=False)
        part = match["tod"] or (words if words.split()[-1] in self._grammar.lexicon["parts_of_day"] else None)
        if words == "today" and self._figurative_today(match):
            return Meaning(TimexType.DATE, cal.reference("PRESENT_REF"), DateBasis.RELATIVE, anchors=False)
        if words in {"overnight", "last night"}:
            before = cal.day(anchor - _ONE_DAY)
            if words == "overnight" and self.tense(match) == "future":
                before = cal.day(anchor)
            return self._on_day(before, "night", DateBasis.RELATIVE)
        if words == "tonight":
            return replace(self._on_day(cal.day(anchor), "night", DateBasis.RELATIVE), extent=None)
        steps = {"yesterday": -1, "tomorrow": 1}
        n = {"the day before yesterday": -2, "the day after tomorrow": 2}.get(words, steps.get(words.split()[0], 0))
        return self._on_day(cal.day(anchor + n * _ONE_DAY), part, DateBasis.RELATIVE)

    def _figurative_today(self, match: re.Match[str]) -> bool:
        """Whether "today's" stands for the present age: "today's world"; that is never the day of an event."""
        return bool(
            re.match(
                r"['’]s\s+(?:world|society|standards|generation|youth|technology|prices|dollars)",
                self._low[match.end() : match.end() + 20],
            )
        )

    def _rel_part(self, match: re.Match[str]) -> Meaning | None:
        anchor = self._narrative_day if match["rel"] not in {"last", "next"} else self._anchor
        if anchor is None:
            return Meaning(TimexType.TIME, cal.reference("XXXX-XX-XX"), DateBasis.RELATIVE, anchors=False)
        n = (
            1
            if re.search("next|following", match["rel"])
            else -1
            if re.search("previous|preceding|last", match["rel"])
            else 0
        )
        return self._on_day(cal.day(anchor + n * _ONE_DAY), match["tod"], DateBasis.RELATIVE)

    def _clock_day(self, match: re.Match[str]) -> Meaning | None:
        anchor = self._anchor
        if anchor is None:
            return None
        if match["wd"]:
            period = self._weekday_near(int(self._grammar.weekdays[match["wd"]]), match, None)
        else:
            period = cal.day(anchor + {"today": 0, "yesterday": -1, "tomorrow": 1}[match["deictic"]] * _ONE_DAY)
        return self._at_clock(period, match["clock"])

    def _clock(self, match: re.Match[str]) -> Meaning | None:
        if match["wd"]:
            period = self._weekday_near(int(self._grammar.weekdays[match["wd"]]), match, None)
        else:
            period = self._day_after(match)
            if period is None:
                narrative = self._day or self._published
                period = cal.day(narrative) if narrative else None
        if period is None:
            period = cal.reference("XXXX-XX-XX")
        return replace(self._at_clock(period, match["clock"]), anchors=False)

    def _day_after(self, match: re.Match[str]) -> Period | None:
        """Return the day that follows a clock time: "06:30 on 27 September"."""
        gap = re.compile(r",?\s+(?:on\s+)?").match(self._low, match.end())
        for rule in ("dm", "md") if gap else ():
            date = self._grammar.rules[rule].match(self._low, gap.end()) if gap else None
            meaning = self._day_and_month(date, None) if date else None
            if meaning is not None:
                return meaning.period
        return None

    def _at_clock(self, period: Period | None, words: str) -> Meaning:
        period = period or cal.reference("XXXX-XX-XX")
        clock = re.match(r"(\d{1,2})(?:[:.](\d\d))?(?:\s?(a|p)\.?m)?", words)
        if clock:
            hour = int(clock[1]) % 12 + 12 if clock[3] == "p" else int(clock[1]) % 12 if clock[3] else int(clock[1])
            value = f"{hour:02d}:{clock[2] or '00'}"
        else:
            value = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}[words.split()[0]]
        return Meaning(TimexType.TIME, replace(period, value=f"{period.value}T{value}"), DateBasis.RELATIVE)

    # ------------------------------------------------------------ months, seasons, quarters
    def _month_year(self, match: re.Match[str]) -> Meaning | None:
        if match["mon"] in {"may", "march"} and not self._capital(match):
            return None
        number = self._year(match["y"])
        if number is None:
            return None
        return self._said_as(cal.month(number, self._month_number(match["mon"])), DateBasis.STATED, match["mod"])

    def _bare_month(self, match: re.Match[str]) -> Meaning | None:
        word = match["mon"]
        if not self._capital(match):
            return None
        number = self._month_number(word)
        if word in {"may", "march"} and not match["mod"]:
            left = self._low[max(0, match.start() - 14) : match.start()]
            if not re.search(
                r"(?:\b(?:in|of|by|since|until|till|from|during|this|and|between|to|before|after|through|or|for|next|last|late|early)|,|[-–(])\s?$",
                left,
            ):
                return None
        period = self._nearest_year(lambda year: cal.month(year, number), match)
        if period is None:
            return Meaning(TimexType.DATE, cal.reference(f"XXXX-{number:02d}"), DateBasis.STATED, anchors=False)
        return self._said_as(period, DateBasis.STATED, match["mod"])

    _month = _bare_month
    _mod_month = _bare_month

    def _rel_month(self, match: re.Match[str]) -> Meaning | None:
        if not self._capital(match):
            return None
        number = self._month_number(match["mon"])
        rel = match["rel"]
        anchor = self._anchor
        if anchor is None or re.search("same|that", rel):
            return self._bare_month(match)
        if re.search("next|coming|following", rel):
            year = anchor.year + (number <= anchor.month)
        elif re.search("last|past|previous|preceding", rel):
            year = anchor.year - (number >= anchor.month)
        else:
            year = anchor.year
        return self._said_as(cal.month(year, number), DateBasis.RELATIVE, match["mod"])

    def _month_of(self, match: re.Match[str]) -> Meaning | None:
        year = self._relative_year(match["rel"])
        if year is None or not self._capital(match):
            return None
        return self._said_as(cal.month(year, self._month_number(match["mon"])), DateBasis.RELATIVE, match["mod"])

    def _relative_year(self, rel: str) -> int | None:
        narrative = re.search("same|that|previous|following|preceding", rel)
        anchor = self._narrative if narrative else self._anchor
        if anchor is None:
            return None
        return anchor.year + (
            1 if re.search("next|following|coming", rel) else -1 if re.search("last|previous|preceding", rel) else 0
        )

    def _season_year(self, match: re.Match[str]) -> Meaning | None:
        number = self._year(match["y"])
        if number is None:
            return None
        period = cal.season(number, self._grammar.lexicon["seasons"][match["season"]])
        if match["y2"] and match["season"] == "winter":
            period = replace(period, first=dt.date(number, 12, 1))
        return self._said_as(period, DateBasis.STATED, match["mod"])

    def _season(self, match: re.Match[str]) -> Meaning | None:
        at = match.start("season")
        if self._text[at].isupper() and re.match(r"\s+[A-Z]", self._text[match.end() : match.end() + 3]):
            return None  # a name: "Summer Olympics"
        code = self._grammar.lexicon["seasons"][match["season"]]
        period = self._nearest_year(lambda year: cal.season(year, code), match)
        if period is None:
            return Meaning(TimexType.DATE, cal.reference(f"XXXX-{code}"), DateBasis.STATED, anchors=False)
        return self._said_as(period, DateBasis.STATED, match["mod"])

    def _rel_season(self, match: re.Match[str]) -> Meaning | None:
        code = self._grammar.lexicon["seasons"][match["season"]]
        anchor = self._anchor
        rel = match["rel"]
        if anchor is None or rel == "the":
            return self._season(match)
        if match["season"] == "fall" and rel not in {"last", "this", "next"}:
            return None
        year = anchor.year
        period = cal.season(year, code)
        if re.search("next|coming", rel) and period.first is not None and period.first <= anchor:
            period = cal.season(year + 1, code)
        elif re.search("last|past|previous", rel):
            ended = [cal.season(year + n, code) for n in (-2, -1, 0)]
            if code == "WI":
                ended = [p for p in ended if p.first is not None and p.first.replace(year=p.first.year + 1) < anchor]
            else:
                ended = [p for p in ended if p.last is not None and p.last < anchor]
            period = ended[-1]
        return self._said_as(period, DateBasis.RELATIVE, match["mod"])

    def _quarter_of(self, number: int, year: int | None) -> Meaning | None:
        if year is not None:
            return Meaning(TimexType.DATE, cal.quarter(year, number), DateBasis.STATED)
        anchor = self._anchor
        if anchor is None:
            return None
        # Figures are reported for the latest such quarter that has begun.
        period = cal.quarter(anchor.year, number)
        if period.first is not None and period.first > anchor:
            period = cal.quarter(anchor.year - 1, number)
        return Meaning(TimexType.DATE, period, DateBasis.STATED)

    def _quarter_rule(self, match: re.Match[str]) -> Meaning | None:
        number = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(match["q"]) or int(match["q"][0])
        said = match["y"] or match["y0"]
        year = int(said) if said else self._relative_year(match["rel"]) if match["rel"] else None
        return self._quarter_of(number, year)

    def _quarter_short(self, match: re.Match[str]) -> Meaning | None:
        if not self._text[match.start()].isupper():
            return None
        return self._quarter_of(int(match["q"]), int(match["y"]) if match["y"] else None)

    def _half(self, match: re.Match[str]) -> Meaning | None:
        year = int(match["y"]) if match["y"] else self._relative_year(match["rel"])
        if year is None:
            return None
        return Meaning(TimexType.DATE, cal.half(year, 1 if match["h"] == "first" else 2), DateBasis.STATED)

    def _latest_quarter(self, match: re.Match[str]) -> Meaning | None:
        quarter = self._quarter
        if quarter is None or quarter.first is None:
            if match["unit"] != "quarter" or self._published is None:
                return None
            quarter = cal.shifted("quarter", self._published, -1)
        if match["rel"] in {"year-ago", "year-earlier"} and quarter.first is not None:
            quarter = cal.shifted("quarter", quarter.first, -4)
            return Meaning(TimexType.DATE, quarter, DateBasis.RELATIVE, anchors=False)
        return Meaning(TimexType.DATE, quarter, DateBasis.RELATIVE, anchors=False)

    def _year_ago(self, match: re.Match[str]) -> Meaning | None:
        anchor = self._anchor
        if anchor is None:
            return None
        if self._quarter is not None and self._quarter.first is not None:
            return Meaning(
                TimexType.DATE, cal.shifted("quarter", self._quarter.first, -4), DateBasis.RELATIVE, anchors=False
            )
        return Meaning(TimexType.DATE, cal.year(anchor.year - 1), DateBasis.RELATIVE, anchors=False)

    # ------------------------------------------------------------ years and longer
    def _mod_year(self, match: re.Match[str]) -> Meaning | None:
        number = int(match["y"])
        if not match["mod"]:
            left = self._low[max(0, match.start() - 14) : match.start()]
            if self._grammar.not_year_before.search(left) or self._grammar.not_year_after.match(self._low, match.end()):
                return None
            if number < 1500 and not re.search(
                r"(?:\b(?:in|since|of|by|until|from|before|after|circa|year|and|to|between|ad|a\.d\.)\s|\()$", left
            ):
                return None
            latest = self._published.year + 60 if self._published else 2100
            if number > latest:
                return None
        return self._said_as(cal.year(number), DateBasis.STATED, match["mod"])

    def _years_range(self, match: re.Match[str]) -> Meaning | None:
        first = int(match["y"])
        last = int(match["y2"]) if len(match["y2"]) == 4 else first - first % 100 + int(match["y2"])
        if not first < last <= first + 150:
            return None
        whole = cal.between(dt.date(first, 1, 1), dt.date(last, 12, 31))
        second = (match.end("y"), match.start("y2"), cal.year(last))
        return Meaning(TimexType.DATE, cal.year(first), DateBasis.STATED, extent=whole, second=second)

    def _fiscal(self, match: re.Match[str]) -> Meaning | None:
        return Meaning(TimexType.DATE, cal.year(int(match["y"])), DateBasis.STATED)

    def _year_words(self, match: re.Match[str]) -> Meaning | None:
        words = re.sub(r"[\s-]+", " ", match["words"])
        tail = words.removeprefix("nineteen ")
        number = 2000 if tail == words else 1900 + (read_number(tail) or 0)
        return Meaning(TimexType.DATE, cal.year(number), DateBasis.STATED)

    def _year_short(self, match: re.Match[str]) -> Meaning | None:
        left = self._low[max(0, match.start() - 12) : match.start()]
        if not re.search(r"\b(?:in|since|of|by|until|from|and|early|late|mid|to|before|after|during)\s$", left):
            return None
        number = self._year("'" + match["yy"])
        return Meaning(TimexType.DATE, cal.year(number), DateBasis.STATED) if number else None

    def _decade(self, match: re.Match[str]) -> Meaning | None:
        if match["d"]:
            number = int(match["d"])
        elif match["dd"]:
            number = 190 + int(match["dd"])
        else:
            left = self._low[max(0, match.start() - 8) : match.start()]
            if not match[0].startswith("the") or re.search(r"\b(?:his|her|their)\s(?:the\s)?$", left):
                return None
            number = int(self._grammar.lexicon["decades"][match["word"]])
        return self._said_as(cal.decade(number), DateBasis.STATED, match["mod"])

    def _century(self, match: re.Match[str]) -> Meaning | None:
        number = self._day_number(match["c"])
        if match["bc"]:
            return Meaning(TimexType.DATE, cal.reference(f"BC{number - 1:02d}"), DateBasis.STATED, anchors=False)
        return self._said_as(cal.century(number), DateBasis.STATED, match["mod"])

    def _bc(self, match: re.Match[str]) -> Meaning | None:
        return Meaning(TimexType.DATE, cal.reference(f"BC{int(match['y']):04d}"), DateBasis.STATED, anchors=False)

    # ------------------------------------------------------------ last week, that month, two days later
    @property
    def _narrative_day(self) -> dt.date | None:
        """The day from which "the next day" counts: never the first of a month or year only said as such."""
        if self._said is not None and self._said.grain in {"day", "range", "week", "weekend"}:
            return self._narrative
        return self._day or self._published or self._narrative

    def _rel_unit(self, match: re.Match[str]) -> Meaning | None:
        rel, unit = re.sub(r"\s+", " ", match["rel"]), match["unit"]
        words = rel.removeprefix("the ").split()
        narrative = rel.startswith("that") or any(
            word in {"same", "previous", "following", "preceding"} for word in words
        )
        if rel.startswith("the ") and words[0] == "next":
            narrative = True
        anchor = (self._narrative_day if unit == "day" else self._narrative) if narrative else self._anchor
        if unit == "fortnight":
            return None
        if words[-1] == "current" and unit not in {"week", "month", "quarter", "year", "decade", "century"}:
            return None
        if anchor is None:
            value = "XXXX-XX-XX" if unit == "day" else "XXXX"
            return Meaning(TimexType.DATE, cal.reference(value), DateBasis.RELATIVE, anchors=False)
        n = 1 if any(w in {"next", "coming", "following", "upcoming"} for w in words) else 0
        n = -1 if any(w in {"last", "past", "previous", "preceding"} for w in words) else n
        if unit == "day" and words[0] in {"last", "past", "coming", "upcoming"}:
            return None
        if unit == "weekend" and not narrative:
            return self._near_weekend(match, anchor, n if words[0] != "past" else 0)
        if unit == "quarter" and narrative and self._quarter is not None and self._quarter.first is not None:
            return Meaning(TimexType.DATE, cal.shifted("quarter", self._quarter.first, n), DateBasis.RELATIVE)
        return self._relative_unit(match, cal.shifted(unit, anchor, n))

    def _relative_unit(self, match: re.Match[str], period: Period) -> Meaning:
        if period.grain == "day":
            return self._on_day(period, match["tod"], DateBasis.RELATIVE)
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
        return Meaning(TimexType.DATE, period, DateBasis.RELATIVE, extent=None if extent is period else extent)

    def _near_weekend(self, match: re.Match[str], anchor: dt.date, n: int) -> Meaning:
        this = cal.weekend(anchor)
        if n:
            back = -1 if n < 0 else 1
            period = cal.weekend(anchor + dt.timedelta(weeks=back))
        else:
            upcoming = self.tense(match) == "future" or (match["unit"] and "this" in match[0] and anchor.weekday() > 1)
            period = this if anchor.weekday() >= 5 or upcoming else cal.weekend(anchor - dt.timedelta(weeks=1))
        return Meaning(TimexType.DATE, period, DateBasis.RELATIVE)

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
            return Meaning(TimexType.DATE, period, DateBasis.RELATIVE)
        if match["unit3"] == "year" and period.last is not None:
            # "Year-end" names the day.
            return Meaning(TimexType.DATE, cal.day(period.last), DateBasis.RELATIVE, anchors=False)
        modifier = match["mod"] or ("end" if match["unit3"] else match[0].split()[0])
        return self._said_as(period, DateBasis.RELATIVE, modifier)

    def _number(self, words: str) -> float | None:
        words = re.sub(r"\s+", " ", words)
        if re.fullmatch(r"an?|one", words):
            return 1
        if re.match(r"(?:a|one) (?:couple|pair)", words):
            return 2
        if words in {"a few", "several", "many", "some", "few"}:
            return None
        if re.fullmatch(r"half an?", words):
            return 0.5
        fraction = re.fullmatch(r"(\d+) (\d)/(\d)", words)
        if fraction:
            return int(fraction[1]) + int(fraction[2]) / max(1, int(fraction[3]))
        if re.fullmatch(r"\d+\.\d+", words):
            return float(words)
        return read_number(words)

    @staticmethod
    def _unit(words: str) -> str:
        return "century" if words == "centur" else words

    def _count_ago(self, match: re.Match[str]) -> Meaning | None:
        n = self._number(match["n"])
        unit = self._unit(match["unit"])
        way = re.sub(r"\s+", " ", match["way"])
        back = way in {"ago", "earlier", "back", "previously", "before", "beforehand"}
        deictic = way in {"ago", "hence", "from now", "back"}
        if (
            way == "earlier"
            and self._published is not None
            and unit in {"year", "month", "decade", "century", "quarter"}
        ):
            deictic = True
        narrative = self._narrative_day if unit in {"day", "hour", "week"} else self._narrative
        anchor = self._anchor if deictic else narrative
        if n is None or anchor is None:
            return self._vaguely(unit, anchor, back=back)
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
        if unit == "year" and whole == 1 and back and self._quarter is not None and self._quarter.first is not None:
            return Meaning(
                TimexType.DATE, cal.shifted("quarter", self._quarter.first, -4), DateBasis.RELATIVE, anchors=False
            )
        if match["wd"] and unit == "week":
            holder = cal.shifted("week", anchor, step).first
            on = holder + int(self._grammar.weekdays[match["wd"]]) * _ONE_DAY if holder else anchor
            return Meaning(TimexType.DATE, cal.day(on), DateBasis.RELATIVE)
        if unit == "weekend":
            return None
        if unit == "decade":
            unit, step = "year", step * 10
        if unit == "week" and not deictic:
            return Meaning(TimexType.DATE, cal.day(anchor + dt.timedelta(weeks=step)), DateBasis.RELATIVE)
        period = cal.shifted(unit, anchor, step)
        if match["approx"] and unit != "day":
            return Meaning(
                TimexType.DATE, period, DateBasis.RELATIVE, anchors=not deictic, extent=self._roughly(period)
            )
        return Meaning(TimexType.DATE, period, DateBasis.RELATIVE, anchors=not deictic or unit == "day")

    @staticmethod
    def _roughly(period: Period) -> Period:
        """Return the period widened by its own length on both sides: "about two years ago"."""
        if period.first is None or period.last is None:
            return period
        length = period.last - period.first + _ONE_DAY
        return replace(period, first=period.first - length, last=period.last + length, grain="range")

    def _hours_away(self, unit: str, n: float, anchor: dt.date, *, back: bool) -> Meaning:
        n_days = int(n * {"hour": 1 / 24, "minute": 1 / 1440, "second": 0}[unit]) + 1
        near, far = anchor, anchor + (-n_days if back else n_days) * _ONE_DAY
        first, last = min(near, far), max(near, far)
        period = Period(anchor.isoformat(), first, last, "range")
        return Meaning(TimexType.TIME, period, DateBasis.RELATIVE, anchors=False)

    def _vaguely(self, unit: str, anchor: dt.date | None, *, back: bool) -> Meaning:
        """Return "a few days ago": up to ten units, never the present one."""
        value = "PAST_REF" if back else "FUTURE_REF"
        if anchor is None or unit not in {"day", "week", "month", "year"}:
            return Meaning(TimexType.DATE, cal.reference(value), DateBasis.RELATIVE, anchors=False)
        near = cal.shifted(unit, anchor, -2 if back else 2)
        far = cal.shifted(unit, anchor, -10 if back else 10)
        first, last = (far.first, near.last) if back else (near.first, far.last)
        return Meaning(TimexType.DATE, Period(value, first, last, "range"), DateBasis.RELATIVE, anchors=False)

    def _day_beside(self, match: re.Match[str]) -> Meaning | None:
        anchor = self._narrative_day if match["n"] in {"day", "night", "morning", "evening"} else self._narrative
        if anchor is None:
            return None
        n = -1 if match["way"] in {"before", "earlier"} else 1
        if match["n"] in {"night", "morning", "evening"}:
            return self._on_day(cal.day(anchor + n * _ONE_DAY), match["n"], DateBasis.RELATIVE)
        return Meaning(TimexType.DATE, cal.shifted(match["n"], anchor, n), DateBasis.RELATIVE)

    def _in_count(self, match: re.Match[str]) -> Meaning | None:
        n, anchor = self._number(match["n"]), self._anchor
        unit = self._unit(match["unit"])
        if n is None or anchor is None or unit not in {"day", "week", "month", "year"}:
            return None
        return Meaning(TimexType.DATE, cal.shifted(unit, anchor, int(n)), DateBasis.RELATIVE, anchors=False)

    # ------------------------------------------------------------ stretches, durations, sets, references
    def _stretch(self, unit: str, n: float, anchor: dt.date, *, back: bool) -> Period:
        """Return the days that `n` units up to (or from) the anchor can touch."""
        whole = max(1, int(-(-n // 1)))
        if unit in {"hour", "minute", "second"}:
            n_days = int(n * {"hour": 1, "minute": 1 / 60, "second": 0}[unit] // 24) + (1 if n % 24 else 0)
            edge = anchor + max(1, n_days) * (-_ONE_DAY if back else _ONE_DAY)
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
        if anchor is None or unit in {"weekend", "fortnight"}:
            return self._lasting(unit, n)
        if n is None:
            value = "PAST_REF" if back else "FUTURE_REF"
            reach = self._stretch(unit, 12, anchor, back=back)
            return Meaning(TimexType.DATE, replace(reach, value=value), DateBasis.RELATIVE, anchors=False)
        return Meaning(TimexType.DATE, self._stretch(unit, n, anchor, back=back), DateBasis.RELATIVE, anchors=False)

    _count_one = _count_range

    def _recent_units(self, match: re.Match[str]) -> Meaning | None:
        anchor, unit = self._anchor, self._unit(match["unit"])
        back = match["rel"] == "recent"
        value = "PAST_REF" if back else "FUTURE_REF"
        if anchor is None or unit in {"weekend", "fortnight"}:
            return Meaning(TimexType.DATE, cal.reference(value), DateBasis.RELATIVE, anchors=False)
        reach = self._stretch(unit, 12, anchor, back=back)
        return Meaning(TimexType.DATE, replace(reach, value=value), DateBasis.RELATIVE, anchors=False)

    def _lasting(self, unit: str, n: float | None) -> Meaning:
        count = "X" if n is None else f"{n:g}"
        if unit == "fortnight":
            unit, count = "week", "X" if n is None else f"{n * 2:g}"
        if unit == "decade":
            unit, count = "year", "X" if n is None else f"{n * 10:g}"
        if unit == "century":
            unit, count = "year", "X" if n is None else f"{n * 100:g}"
        time = "T" if unit in {"hour", "minute", "second"} else ""
        value = f"P{time}{count}{_UNIT_CODES[unit]}"
        return Meaning(TimexType.DURATION, cal.reference(value), DateBasis.RELATIVE, anchors=False)

    def _duration(self, match: re.Match[str]) -> Meaning | None:
        words = re.sub(r"\s+", " ", match["n"])
        unit = self._unit(match["unit"])
        if unit == "second" and words in {"a", "an", "one"}:
            return None
        if words in {"a", "an"} and re.search(
            r"(?:\d|times|percent|once|twice|%)\s+$", self._low[max(0, match.start() - 9) : match.start()]
        ):
            meaning = self._lasting(unit, 1)
            return replace(meaning, timex_type=TimexType.SET)
        n = self._number(words)
        if match["half"] and n is not None:
            n += 0.5
        return self._lasting(unit, n)

    def _plural(self, match: re.Match[str]) -> Meaning | None:
        unit = self._unit(match["unit"])
        if unit in {"second", "quarter", "weekend", "minute"}:
            return None
        if match["way"]:
            back = match["way"] != "later"
            return self._vaguely(unit, self._anchor if match["way"] == "ago" else self._narrative, back=back)
        return self._lasting(unit, None)

    def _every(self, match: re.Match[str]) -> Meaning | None:
        unit = self._unit(match["unit"])
        if unit in {"night", "morning", "evening"}:
            code = self._grammar.lexicon["parts_of_day"][unit]
            return Meaning(TimexType.SET, cal.reference(f"XXXX-XX-XXT{code}"), DateBasis.RELATIVE, anchors=False)
        n = self._number(match["n"]) if match["n"] else 1
        return replace(self._lasting(unit, n), timex_type=TimexType.SET)

    def _set(self, match: re.Match[str]) -> Meaning | None:
        if self._text[match.start()].isupper() and match.start() > 1 and self._low[match.start() - 2] not in '.\n!?"“':
            return None  # part of a name: "the Daily Telegraph"
        value = self._grammar.lexicon["sets"][match["word"]]
        return Meaning(TimexType.SET, cal.reference(value), DateBasis.RELATIVE, anchors=False)

    def _reference(self, match: re.Match[str]) -> Meaning | None:
        word = re.sub(r"\s+", " ", match["word"])
        if word == "once" and not re.match(
            r"\s+(?:was|were|had|[a-z]+ed)\b", self._low[match.end() : match.end() + 16]
        ):
            return None
        value = self._grammar.lexicon["references"][word]
        return Meaning(TimexType.DATE, cal.reference(value), DateBasis.RELATIVE, anchors=False)


def _is_leap(number: int) -> bool:
    return number % 4 == 0 and (number % 100 != 0 or number % 400 == 0)
