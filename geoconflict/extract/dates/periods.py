"""The meaning of periods with a name: months, seasons, quarters, years, decades, centuries."""

from __future__ import annotations

import datetime as dt
import re

from geoconflict.extract.dates import calendar as cal
from geoconflict.extract.dates.calendar import Period
from geoconflict.extract.dates.days import AHEAD, BEHIND, OTHER_YEAR, DayRules
from geoconflict.extract.dates.story import DATE, RELATIVE, STATED, Meaning
from geoconflict.extract.numbers import read_number

__all__ = ["PeriodRules"]

_OPENS = re.compile(r"(?:^|[.!?]\s+|\n\s*)in\s$")
"""What before four digits opens a sentence: "In 2015 rebels attacked"."""
_DAY_BEFORE = re.compile(r"(?<!\d)(?:29|30|31)(?:st|nd|th)?\s+(?:of\s+)?$")
_DAY_AFTER = re.compile(r"\.?\s+(?:the\s+)?(?:29|30|31)(?:st|nd|th)?(?![\d.,]\d|\d)")


_HOURS = re.compile(
    r"\b(?:from|between)\s+(?P<from>(?:[01]\d|2[0-4])[0-5]\d)\s+(?:and|to|until)\s+(?P<to>(?:[01]\d|2[0-4])[0-5]\d)(?!\d)"
)
"""Two hours of the clock as armies tell them."""


class PeriodRules(DayRules):
    """The rules for named periods; each method is named after its rule in the grammar."""

    def _month_year(self, match: re.Match[str]) -> Meaning | None:
        if match["mon"] in {"may", "march"} and not self._capital(match):
            return None
        number = self._year(match["y"])
        if number is None or self._has_no_such_day(match):
            return None
        return self._said_as(cal.month(number, self._month_number(match["mon"])), STATED, match["mod"])

    def _has_no_such_day(self, match: re.Match[str]) -> bool:
        """Whether a day stands beside the month that it does not have: "31 February" is no day and no month."""
        before = self._low[max(0, match.start() - 8) : match.start()]
        after = match.end("mon")
        return bool(_DAY_BEFORE.search(before)) or bool(_DAY_AFTER.match(self._low, after))

    def _bare_month(self, match: re.Match[str]) -> Meaning | None:
        word = match["mon"]
        if not self._capital(match) or self._has_no_such_day(match) or OTHER_YEAR.match(self._low, match.end()):
            return None
        number = self._month_number(word)
        if word in {"may", "march"} and not match["mod"]:
            left = self._low[max(0, match.start() - 14) : match.start()]
            if not re.search(
                r"(?:\b(?:in|of|by|since|until|till|from|during|this|and|between|to|before|after|through|or|for|next|last|late|early)|,|[-–(])\s?$",
                left,
            ):
                return None
        period = self._nearest_month(number, match)
        if period is None:
            return Meaning(DATE, cal.reference(f"XXXX-{number:02d}"), STATED, anchors=False)
        return self._said_as(period, STATED, match["mod"])

    _month = _bare_month

    def _nearest_month(self, number: int, match: re.Match[str]) -> Period | None:
        year = self._nearest_year(lambda year: cal.days_of_month(year, number), match)
        return cal.month(year, number) if year is not None else None

    def _week_of_month(self, match: re.Match[str]) -> Meaning | None:
        """Return "the first week of October" as seven days, and the month as its value."""
        if not self._capital(match):
            return None
        number, year = self._month_number(match["mon"]), self._year(match["y"])
        period = cal.month(year, number) if year else self._nearest_month(number, match)
        if period is None or period.first is None or period.last is None:
            return None
        nth = {"first": 0, "second": 1, "third": 2, "fourth": 3}.get(match["which"])
        first = period.last - dt.timedelta(days=6) if nth is None else period.first + dt.timedelta(weeks=nth)
        extent = cal.between(first, first + dt.timedelta(days=6))
        return Meaning(DATE, period, STATED, extent=extent)

    def _rel_month(self, match: re.Match[str]) -> Meaning | None:
        if not self._capital(match):
            return None
        number = self._month_number(match["mon"])
        words = set(match["rel"].split())
        anchor = self._anchor
        if anchor is None or words & {"same", "that"}:
            return self._bare_month(match)
        if words & AHEAD:
            year = anchor.year + (number <= anchor.month)
        elif words & BEHIND:
            year = anchor.year - (number >= anchor.month)
        else:
            year = anchor.year
        return self._said_as(cal.month(year, number), RELATIVE, match["mod"])

    def _month_of(self, match: re.Match[str]) -> Meaning | None:
        year = self._relative_year(match["rel"])
        if year is None or not self._capital(match):
            return None
        return self._said_as(cal.month(year, self._month_number(match["mon"])), RELATIVE, match["mod"])

    def _relative_year(self, rel: str) -> int | None:
        words = set(rel.split())
        anchor = self._narrative if words & {"same", "that", "previous", "following", "preceding"} else self._anchor
        if anchor is None:
            return None
        return anchor.year + (1 if words & AHEAD else -1 if words & BEHIND else 0)

    def _season_year(self, match: re.Match[str]) -> Meaning | None:
        number = self._year(match["y"])
        if number is None:
            return None
        period = cal.season(number, self._grammar.lexicon["seasons"][match["season"]])
        if match["y2"] and match["season"] == "winter":
            period = Period(period.value, dt.date(number, 12, 1), period.last, period.grain)
        return self._said_as(period, STATED, match["mod"])

    def _season(self, match: re.Match[str]) -> Meaning | None:
        at = match.start("season")
        if self._text[at].isupper() and re.match(r"\s+[A-Z]", self._text[match.end() : match.end() + 3]):
            return None  # a name: "Summer Olympics"
        code = self._grammar.lexicon["seasons"][match["season"]]
        year = self._nearest_year(lambda year: cal.season_days(year, code), match)
        if year is None:
            return Meaning(DATE, cal.reference(f"XXXX-{code}"), STATED, anchors=False)
        return self._said_as(cal.season(year, code), STATED, match["mod"])

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
        return self._said_as(period, RELATIVE, match["mod"])

    def _quarter_of(self, number: int, year: int | None) -> Meaning | None:
        if year is not None:
            return Meaning(DATE, cal.quarter(year, number), STATED)
        anchor = self._anchor
        if anchor is None:
            return None
        # Figures are reported for the latest such quarter that has begun.
        period = cal.quarter(anchor.year, number)
        if period.first is not None and period.first > anchor:
            period = cal.quarter(anchor.year - 1, number)
        return Meaning(DATE, period, STATED)

    def _quarter(self, match: re.Match[str]) -> Meaning | None:
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
        return Meaning(DATE, cal.half(year, 1 if match["h"] == "first" else 2), STATED)

    def _latest_quarter(self, match: re.Match[str]) -> Meaning | None:
        quarter = self._last_quarter
        if quarter is None or quarter.first is None:
            if match["unit"] != "quarter" or self._published is None:
                return None
            quarter = cal.shifted("quarter", self._published, -1)
        if match["rel"] in {"year-ago", "year-earlier"} and quarter.first is not None:
            quarter = cal.shifted("quarter", quarter.first, -4)
            return Meaning(DATE, quarter, RELATIVE, anchors=False)
        return Meaning(DATE, quarter, RELATIVE, anchors=False)

    def _year_ago(self, _match: re.Match[str]) -> Meaning | None:
        anchor = self._anchor
        if anchor is None:
            return None
        if self._last_quarter is not None and self._last_quarter.first is not None:
            return Meaning(DATE, cal.shifted("quarter", self._last_quarter.first, -4), RELATIVE, anchors=False)
        return Meaning(DATE, cal.year(anchor.year - 1), RELATIVE, anchors=False)

    # ------------------------------------------------------------ years and longer
    def _mod_year(self, match: re.Match[str]) -> Meaning | None:
        number = int(match["y"])
        if not match["mod"]:
            left = self._low[max(0, match.start() - 14) : match.start()]
            if self._grammar.not_year_before.search(left):
                return None
            if self._grammar.not_year_after.match(self._low, match.end()) and not (
                _OPENS.search(left) and self._grammar.year_behind_in.match(self._low, match.end())
            ):
                return None
            if self._is_hour(match):
                return None
            if number < 1500 and not re.search(
                r"(?:\b(?:in|since|of|by|until|from|before|after|circa|year|and|to|between|ad|a\.d\.)\s|\()$", left
            ):
                return None
            latest = self._published.year + 60 if self._published else 2100
            if number > latest:
                return None
        return self._said_as(cal.year(number), STATED, match["mod"])

    def _is_hour(self, match: re.Match[str]) -> bool:
        """Whether four digits are an hour of a span that can be none of years: "between 0600 and 1400", "from 1710 to 2250"."""
        latest = self._published.year + 60 if self._published else 2100
        for span in _HOURS.finditer(self._low, max(0, match.start("y") - 20), match.end("y") + 20):
            if match.start("y") in (span.start("from"), span.start("to")):
                first, last = int(span["from"]), int(span["to"])
                return last < first or last > latest or first < 1000
        return False

    def _years_range(self, match: re.Match[str]) -> Meaning | None:
        first = int(match["y"])
        last = int(match["y2"]) if len(match["y2"]) == 4 else first - first % 100 + int(match["y2"])
        if not first < last <= first + 150:
            return None
        whole = cal.between(dt.date(first, 1, 1), dt.date(last, 12, 31))
        second = (match.end("y"), match.start("y2"), cal.year(last))
        return Meaning(DATE, cal.year(first), STATED, extent=whole, second=second)

    def _fiscal(self, match: re.Match[str]) -> Meaning | None:
        return Meaning(DATE, cal.year(int(match["y"])), STATED)

    def _year_words(self, match: re.Match[str]) -> Meaning | None:
        words = re.sub(r"[\s-]+", " ", match["words"])
        tail = words.removeprefix("nineteen ")
        number = 2000 if tail == words else 1900 + (read_number(tail) or 0)
        return Meaning(DATE, cal.year(number), STATED)

    def _year_short(self, match: re.Match[str]) -> Meaning | None:
        left = self._low[max(0, match.start() - 12) : match.start()]
        if not re.search(r"\b(?:in|since|of|by|until|from|and|early|late|mid|to|before|after|during)\s$", left):
            return None
        number = self._year("'" + match["yy"])
        return Meaning(DATE, cal.year(number), STATED) if number else None

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
        return self._said_as(cal.decade(number), STATED, match["mod"])

    def _century(self, match: re.Match[str]) -> Meaning | None:
        number = self._day_number(match["c"])
        if match["bc"]:
            return Meaning(DATE, cal.reference(f"BC{number - 1:02d}"), STATED, anchors=False)
        return self._said_as(cal.century(number), STATED, match["mod"])

    def _bc(self, match: re.Match[str]) -> Meaning | None:
        return Meaning(DATE, cal.reference(f"BC{int(match['y']):04d}"), STATED, anchors=False)
