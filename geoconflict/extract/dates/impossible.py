"""Dates that no calendar has and years that lie ahead of what is told: "30 February", "32 March", "in 2087 troops attacked".

They date nothing; who reads the report should look at what happened, and when.
"""

from __future__ import annotations

import datetime as dt
import functools
import re

from geoconflict.extract.lexicon import any_form, read_lexicon

__all__ = ["impossible_date"]

_LONGEST_MONTHS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_LONGEST = 31


@functools.cache
def _dates() -> re.Pattern[str]:
    lexicon = read_lexicon("dates")
    month = any_form([*lexicon["months"], *lexicon["month_abbreviations"]])
    ordinal = r"(?:st|nd|rd|th)?"
    year = r"(?:,?\s+(?P<{}>(?:19|20)\d\d)(?!\d))?"
    return re.compile(
        rf"(?<![\w.,:/$€£-])(?P<day>\d{{1,2}}){ordinal}\s+(?:of\s+)?(?P<month>{month})\b(?!\s+day){year.format('year')}"
        # "In May 45 rebels": behind a month a number is a day where the sentence says so.
        rf"|(?<!\d )(?P<on>\b(?:on|since|until|dated|by)\s+)?(?P<month_2>{month})\.?\s+(?P<day_2>\d{{1,2}}){ordinal}"
        rf"(?P<closed>(?=\s*[,.;)]|\s*$))?(?![\d:]|[,.]\d){year.format('year_2')}",
        re.IGNORECASE,
    )


_FIGURES = re.compile(r"\d")
_YEARS = re.compile(
    r"(?:(?:^\W*in|,\s+in|\bin(?=\s+\d{4}\s*[,.;]))\s+(?P<year>2\d{3})|\bin\s+the\s+year\s+(?P<called>[2-9]\d{3}))"
    r"(?![\d,-])(?!\s+of\b)",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=4)  # asked by each event of a sentence
def impossible_date(text: str, start: int, end: int, published_on: dt.date | None) -> str | None:
    """Return the first date between two offsets that no calendar has, or a year after that of publication; None where none is.

    Parameters
    ----------
    published_on
        The civil date of publication. None: no year lies ahead.
    """
    if not _FIGURES.search(text, start, end):
        return None
    for match in _dates().finditer(text, start, end):
        day, month = int(match["day"] or match["day_2"]), str(match["month"] or match["month_2"]).lower()
        is_day = match["day"] or match["on"] or match["closed"] is not None or match["year_2"]
        year = match["year"] or match["year_2"]
        if is_day and not _is_in_calendar(day, month, int(year) if year else None):
            opens = match.start("day") if match["day"] else match.start("month_2")
            return text[opens : match.end()].strip()
    for match in _YEARS.finditer(text[start:end]):
        year = match["year"] or match["called"]
        if published_on is not None and int(year) > published_on.year + 1:
            return year
    return None


def _is_in_calendar(day: int, month: str, year: int | None) -> bool:
    lexicon = read_lexicon("dates")
    number = int({**lexicon["months"], **lexicon["month_abbreviations"]}[month])
    if year is not None and number == 2 and day == 29:
        return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= day <= _LONGEST_MONTHS.get(number, _LONGEST)
