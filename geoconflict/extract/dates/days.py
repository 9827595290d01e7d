"""The meaning of days: dates, ranges of days, weekdays, today and yesterday, nights, clock times."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from geoconflict.extract.dates import calendar as cal
from geoconflict.extract.dates.calendar import Period
from geoconflict.extract.dates.story import DATE, ONE_DAY, RELATIVE, SET, STATED, TIME, Meaning, Story

__all__ = ["AHEAD", "BEHIND", "OTHER_YEAR", "DayRules"]

AHEAD = frozenset({"next", "coming", "upcoming", "following"})
BEHIND = frozenset({"last", "previous", "preceding", "past"})
"""Words that count one ahead or back: "next Monday", "the previous month"."""
OTHER_YEAR = re.compile(
    r",?\s+(?:(?:0\d|[2-9]\d)\d\d(?=\s*(?:[.,;:)!?]|$))|0\d{3}(?!\d)|\d{5,}(?=\s*(?:[.,;:)!?]|$))|\d{1,4}\s+b\.?\s?c\b)"
)
"""What stands after a day in the place of a year, and is none of ours: "1 January 0000", "12 May 44 BC"."""
_WORDS_TOO = frozenset({"may", "march", "mar", "sep", "dec"})
"""Names of months that are words, too, where they are not capitalised."""
_GENITIVES = ("'s", "’s")
_FIGURATIVE = re.compile(r"['’]s\s+(?:world|society|standards|generation|youth|technology|prices|dollars)")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?:\s?(a|p)\.?m)?")
_BEHIND_CLOCK = re.compile(r",?\s+(?:on\s+)?")
_STEPS = {"the day before yesterday": -2, "yesterday": -1, "tomorrow": 1, "the day after tomorrow": 2}


class DayRules(Story):
    """The rules for days; each method is named after its rule in the grammar."""

    def _iso(self, match: re.Match[str]) -> Meaning | None:
        if match["y"] < "1000":
            return None
        period = cal.day(dt.date(int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"])))
        if match["clock"]:
            timed = period.called(period.value + match["clock"].upper())
            return Meaning(TIME, timed, STATED)
        return Meaning(DATE, period, STATED)

    def _numeric(self, match: re.Match[str]) -> Meaning | None:
        if match["sep1"] != match["sep2"]:
            return None
        first, second = int(match["a"]), int(match["b"])
        number = self._year("'" + match["y"]) if len(match["y"]) == 2 else int(match["y"])
        if number is None or not (first and second and 1000 <= number < 2200):
            return None
        if len(match["y"]) == 2 and match["sep1"] == ".":
            return None
        if first > 12 >= second or (match["sep1"] == "." and second <= 12):
            # With full stops the day comes first everywhere.
            return Meaning(DATE, cal.day(dt.date(number, second, first)), STATED)
        if second > 12 >= first or first == second:
            return Meaning(DATE, cal.day(dt.date(number, first, second)), STATED)
        if first > 12:
            return None
        return Meaning(DATE, cal.reference(""), STATED, anchors=False)

    def _dated(self, match: re.Match[str], number: int, day: int, year: int | None) -> Period | None:
        if year is not None:
            return cal.day(dt.date(year, number, day))

        def days_of(candidate: int) -> tuple[dt.date, dt.date]:
            on = dt.date(candidate, number, min(day, cal.length_of_month(candidate, number)))
            return on, on

        year = self._nearest_year(days_of, match)
        if year is None:
            return None
        if day > cal.length_of_month(year, number):
            # 29 February: the nearest leap year before.
            leap = next((n for n in range(year, year - 9, -1) if n > 0 and calendar.isleap(n)), None)
            return cal.day(dt.date(leap, 2, 29)) if leap and (number, day) == (2, 29) else None
        return cal.day(dt.date(year, number, day))

    def _day_and_month(self, match: re.Match[str]) -> Meaning | None:
        period = self._day_of_month(match)
        if period is None:
            return None
        if period.first is None:
            return Meaning(DATE, period, STATED, anchors=False)
        return self._on_day(period, match["part"] or match["tod"], STATED)

    _dm = _day_and_month
    _md = _day_and_month

    def _day_of_month(self, match: re.Match[str]) -> Period | None:
        """Return "27 September" without a part of the day; without days where the year cannot be said, None where it is none."""
        month, year = match["mon"], match["y"]
        if month in _WORDS_TOO and not self._capital(match):
            return None
        if not year and OTHER_YEAR.match(self._low, match.end()):
            return None
        number, day = self._month_number(month), self._day_number(match["d"])
        period = self._dated(match, number, day, self._year(year))
        if period is None and self._published is None and day <= 31:
            return cal.reference(f"XXXX-{number:02d}-{day:02d}")
        return period

    def _range_of_days(self, match: re.Match[str], part: str | None) -> Meaning | None:
        if match["mon"] in {"may", "march"} and not self._capital(match):
            return None
        number = self._month_number(match["mon"])
        first, last = self._day_number(match["d"]), self._day_number(match["d2"])
        end = self._dated(match, number, last, self._year(match["y"]))
        if end is None or end.last is None:
            return None
        # "30 to 2 October" begins in the month before.
        month_of_first = end.last if first < last else end.last.replace(day=1) - ONE_DAY
        begin = month_of_first.replace(day=first)
        if (end.last - begin).days > 31:
            return None
        period = cal.between(begin, end.last)
        if part and "night" in part:
            timed = period.called(f"{begin.isoformat()}TNI")
            return Meaning(TIME, timed, STATED)
        second = (match.end("d"), match.start("d2"), cal.day(end.last))
        return Meaning(DATE, cal.day(begin), STATED, extent=period, second=second)

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
        return Meaning(DATE, period, RELATIVE)

    def _named_day(self, match: re.Match[str]) -> Meaning | None:
        name = " ".join(match["name"].split()).replace("’", "'")
        if name in self._grammar.lexicon["floating_days"]:
            return self._floating_day(match, *self._grammar.lexicon["floating_days"][name])
        parts = self._grammar.lexicon["named_days"][name]
        if len(parts) == 3:
            return Meaning(DATE, cal.day(dt.date(*parts)), STATED)
        number, day = parts
        period = self._dated(match, number, day, self._year(match["y"]))
        if period is None:
            return Meaning(DATE, cal.reference(f"XXXX-{number:02d}-{day:02d}"), STATED, anchors=False)
        return self._on_day(period, match["tod"], STATED)

    def _floating_day(self, match: re.Match[str], number: int, weekday: int, which: int) -> Meaning | None:
        def days_of(year: int) -> tuple[dt.date, dt.date]:
            on = cal.nth_weekday(year, number, weekday, which)
            return on, on

        said = self._year(match["y"])
        year = said if said is not None else self._nearest_year(days_of, match)
        return self._on_day(cal.day(days_of(year)[0]), match["tod"], STATED) if year is not None else None

    # ------------------------------------------------------------ weekdays, today
    def _weekday_near(self, number: int, match: re.Match[str], rel: str | None) -> Period | None:
        anchor = self._anchor
        if anchor is None:
            return None
        back = (anchor.weekday() - number) % 7
        ahead = -back % 7
        if self._published is None:
            # A story without a publication date goes forward: the first such day after what was said.
            return cal.day(anchor + (ahead or 7) * ONE_DAY)
        said = self._weekday_beside(number, rel, anchor) if rel else None
        if said is not None:
            return cal.day(said)
        genitive = self._low.startswith(_GENITIVES, match.end())
        if genitive and not self._grammar.ahead.match(self._low, match.end()):
            return cal.day(anchor - back * ONE_DAY)
        if self.tense(match) == "future":
            return cal.day(anchor + ahead * ONE_DAY)
        return cal.day(anchor - back * ONE_DAY)

    def _weekday_beside(self, number: int, rel: str, anchor: dt.date) -> dt.date | None:
        """Return "last Thursday", "the following Thursday"; None where `rel` does not tell which one ("this")."""
        words, day = set(rel.split()), self._day
        back = (anchor.weekday() - number) % 7
        if words & AHEAD:
            if "following" in words and day is not None:
                return day + ((number - day.weekday()) % 7 or 7) * ONE_DAY
            return anchor + (-back % 7 or 7) * ONE_DAY
        if words & {"previous", "preceding"} and day is not None:
            return day - ((day.weekday() - number) % 7 or 7) * ONE_DAY
        if words & BEHIND:
            return anchor - (back or 7) * ONE_DAY
        if words & {"that", "same"}:
            if day is None:
                return anchor - back * ONE_DAY
            # The nearest such day, three days away at most.
            return day + ((number - day.weekday() + 3) % 7 - 3) * ONE_DAY
        return None

    def _weekday(self, match: re.Match[str]) -> Meaning | None:
        number = self._grammar.weekdays[match["wd"]]
        rel = match["rel"]
        if match["plural"] or rel in {"every", "each"}:
            value = f"XXXX-WXX-{number + 1}"
            return Meaning(SET, cal.reference(value), RELATIVE, anchors=False)
        if not self._text[match.start("wd")].isupper():
            return None
        week = match["week"]
        anchor = self._anchor
        period: Period | None
        if week and week.startswith("before") and anchor is not None:
            period = cal.day(anchor - (((anchor.weekday() - number) % 7 or 7) + 7) * ONE_DAY)
        elif week and anchor is not None and week != "last":
            holder = cal.shifted("week", anchor, {"last": -1, "this": 0, "next": 1}[week.split()[0]])
            period = cal.day(holder.first + number * ONE_DAY) if holder.first else None
        else:
            period = self._weekday_near(number, match, rel or week)
        if period is None:
            period = cal.reference(f"XXXX-WXX-{number + 1}")
            return Meaning(DATE, period, RELATIVE, anchors=False)
        if match["eve"] and period.first is not None:
            period = cal.day(period.first - ONE_DAY)
        return self._on_day(period, match["tod"] or match["night"] or match["eve"], RELATIVE)

    def _deictic(self, match: re.Match[str]) -> Meaning | None:
        said = match["deictic"].split()
        words = " ".join(said)
        anchor = self._anchor
        if anchor is None:
            return Meaning(DATE, cal.reference("XXXX-XX-XX"), RELATIVE, anchors=False)
        part = match["tod"] or (words if said[-1] in self._grammar.lexicon["parts_of_day"] else None)
        if words == "today" and self._figurative_today(match):
            return Meaning(DATE, cal.reference("PRESENT_REF"), RELATIVE, anchors=False)
        if match["wd"]:
            return self._night_beside(match, words)
        if words in {"overnight", "last night"}:
            before = cal.day(anchor - ONE_DAY)
            if words == "overnight" and self.tense(match) == "future":
                before = cal.day(anchor)
            return self._on_day(before, "night", RELATIVE)
        if words == "tonight":
            return Meaning(TIME, cal.day(anchor).called(f"{anchor.isoformat()}TNI"), RELATIVE)
        n = _STEPS.get(words) or _STEPS.get(said[0], 0)
        return self._on_day(cal.day(anchor + n * ONE_DAY), part, RELATIVE)

    def _night_beside(self, match: re.Match[str], words: str) -> Meaning | None:
        """Return "overnight on Wednesday", and "overnight into Thursday", which is the night before that day."""
        period = self._weekday_near(self._grammar.weekdays[match["wd"]], match, None)
        if period is None or period.first is None:
            return None
        if match["until"]:
            period = cal.day(period.first - ONE_DAY)
        return self._on_day(period, words, RELATIVE)

    def _figurative_today(self, match: re.Match[str]) -> bool:
        """Whether "today's" stands for the present age: "today's world"; that is never the day of an event."""
        return _FIGURATIVE.match(self._low, match.end(), match.end() + 20) is not None

    def _rel_part(self, match: re.Match[str]) -> Meaning | None:
        anchor = self._narrative_day if match["rel"] not in {"last", "next"} else self._anchor
        if anchor is None:
            return Meaning(TIME, cal.reference("XXXX-XX-XX"), RELATIVE, anchors=False)
        words = set(match["rel"].split())
        n = 1 if words & AHEAD else -1 if words & BEHIND else 0
        return self._on_day(cal.day(anchor + n * ONE_DAY), match["tod"], RELATIVE)

    def _clock_day(self, match: re.Match[str]) -> Meaning | None:
        anchor = self._anchor
        if anchor is None:
            return None
        if match["wd"]:
            period = self._weekday_near(self._grammar.weekdays[match["wd"]], match, None)
        else:
            period = cal.day(anchor + _STEPS.get(match["deictic"], 0) * ONE_DAY)
        return self._at_clock(period, match["clock"])

    def _clock(self, match: re.Match[str]) -> Meaning | None:
        if match["wd"]:
            period = self._weekday_near(self._grammar.weekdays[match["wd"]], match, None)
        else:
            period = self._day_after(match)
            if period is None:
                narrative = self._day or self._published
                period = cal.day(narrative) if narrative else None
        if period is None:
            period = cal.reference("XXXX-XX-XX")
        return self._at_clock(period, match["clock"], anchors=False)

    def _day_after(self, match: re.Match[str]) -> Period | None:
        """Return the day that follows a clock time: "06:30 on 27 September"."""
        gap = _BEHIND_CLOCK.match(self._low, match.end())
        for rule in ("dm", "md") if gap else ():
            date = self._grammar.rules[rule].match(self._low, gap.end()) if gap else None
            period = self._day_of_month(date) if date else None
            if period is not None:
                return period
        return None

    def _at_clock(self, period: Period | None, words: str, *, anchors: bool = True) -> Meaning:
        period = period or cal.reference("XXXX-XX-XX")
        clock = _CLOCK.match(words)
        if clock:
            hour = int(clock[1]) % 12 + 12 if clock[3] == "p" else int(clock[1]) % 12 if clock[3] else int(clock[1])
            value = f"{hour:02d}:{clock[2] or '00'}"
        else:
            value = {"noon": "12:00", "midday": "12:00", "midnight": "24:00"}[words.split(maxsplit=1)[0]]
        return Meaning(TIME, period.called(f"{period.value}T{value}"), RELATIVE, anchors=anchors)
