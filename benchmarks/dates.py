"""Ratio of the date rules and dateparser on the same strings in one run, and how many each gets right.

    pip install dateparser        # into an environment of your own: no other part of the project needs it
    python benchmarks/dates.py [--write]

The strings are those of ``tests/golden/date_phrases.csv``, whose days were written by hand. Two questions: the days in a
whole sentence (`find_times` against `dateparser.search.search_dates`), and the days of the bare phrase (`find_times` against
a `DateDataParser` made once for each day of publication, the fastest way it offers). Phrases that another sentence decides
are asked in sentences alone. Both are told the language, the day of publication and that news look back
(`PREFER_DATES_FROM`). Of dateparser's answer the period is taken into account: "last month" with the period `month` counts
as that whole month. Two measures: the first and last day exactly; and, more kindly, any day between them.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib.metadata
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from harness import ROOT, Best, Row, conditions, in_turn, publish_lines, wants_to_write

from geoconflict.extract.dates import calendar
from geoconflict.extract.dates.reader import find_times

TABLE = ROOT / "tests" / "golden" / "date_phrases.csv"
ROUNDS = 5

Days = tuple[dt.date | None, dt.date | None]


class Phrase(NamedTuple):
    """One row of the table."""

    published_on: dt.date
    text: str
    phrase: str
    days: Days


def read_table() -> list[Phrase]:
    """Return the rows of the table."""

    def day(said: str) -> dt.date | None:
        return dt.date.fromisoformat(said) if said else None

    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            Phrase(
                dt.date.fromisoformat(row["published"]),
                row["text"],
                row["phrase"],
                (day(row["first"]), day(row["last"])),
            )
            for row in csv.DictReader(file)
        ]


# ---------------------------------------------------------------- the two sides: the days in a text that touch the phrase
def ours(one: Phrase, text: str) -> set[Days]:
    """Return the spans that the rules find in `text` where the phrase stands."""
    begin = text.index(one.phrase)
    return {
        (time.span.starts_on, time.span.ends_on)
        for time in find_times(text, published_on=one.published_on)
        if time.span is not None and time.start < begin + len(one.phrase) and time.end > begin
    }


class Peer:
    """dateparser, told as much as it can be told."""

    def __init__(self, days: Iterable[dt.date]) -> None:
        from dateparser.date import DateDataParser
        from dateparser.search import search_dates

        self._search = search_dates
        self._settings = {
            day: {"RELATIVE_BASE": dt.datetime.combine(day, dt.time()), "PREFER_DATES_FROM": "past"} for day in days
        }
        self._parsers = {
            day: DateDataParser(languages=["en"], settings=settings) for day, settings in self._settings.items()
        }

    def search(self, one: Phrase) -> Any:
        """Return what it finds in the sentence: pairs of words and day, or None."""
        return self._search(one.text, languages=["en"], settings=self._settings[one.published_on])

    def parse(self, one: Phrase, words: str) -> Any:
        """Return what the words alone mean: a day and a period."""
        return self._parsers[one.published_on].get_date_data(words)

    def days_of(self, one: Phrase, words: str) -> set[Days]:
        """Return the days of the words alone, by day and period."""
        data = self.parse(one, words)
        if data.date_obj is None:
            return set()
        on = data.date_obj.date()
        unit = data.period if data.period in {"week", "month", "year"} else "day"
        period = calendar.shifted(unit, on, 0)
        return {(period.first, period.last)}

    def days_in_sentence(self, one: Phrase) -> set[Days]:
        """Return the days found in the sentence where the phrase stands."""
        begin = one.text.index(one.phrase)
        found: set[Days] = set()
        position = 0
        for words, moment in self.search(one) or ():
            at = max(one.text.find(words, position), 0)
            position = at + len(words)
            if at < begin + len(one.phrase) and position > begin:
                periods = self.days_of(one, words)
                found |= periods if _holds(periods, moment.date()) else {(moment.date(), moment.date())}
        return found


def _holds(periods: set[Days], day: dt.date) -> bool:
    return any(first is not None and last is not None and first <= day <= last for first, last in periods)


# ---------------------------------------------------------------- right or wrong
def exact(found: set[Days], days: Days) -> bool:
    """Whether exactly these days were found; none, where the phrase names none."""
    return found == (set() if days == (None, None) else {days})


def within(found: set[Days], days: Days) -> bool:
    """Whether every answer gives a day that the phrase may mean."""
    first, last = days
    if days == (None, None):
        return not found
    best = [begin or end for begin, end in found]
    return bool(best) and all(
        day is not None and (first is None or day >= first) and (last is None or day <= last) for day in best
    )


def _count(phrases: list[Phrase], answer: Callable[[Phrase], set[Days]]) -> tuple[int, int]:
    answers = [(answer(one), one.days) for one in phrases]
    return sum(exact(*pair) for pair in answers), sum(within(*pair) for pair in answers)


def stands_alone(one: Phrase) -> bool:
    """Whether the phrase means the same without its sentence: no other sentence before it, and nothing that looks ahead."""
    before = one.text[: one.text.index(one.phrase)]
    ahead = any(day is not None and day > one.published_on for day in one.days)
    return ". " not in before and not ahead


def measure() -> list[str]:
    """Return the lines of the two tables."""
    load = os.getloadavg()[0]
    table = read_table()
    alone = [one for one in table if stands_alone(one)]
    peer = Peer({one.published_on for one in table})
    sides: dict[str, Callable[[], Any]] = {
        "peer sentences": lambda: [peer.search(one) for one in table],
        "our sentences": lambda: [find_times(one.text, published_on=one.published_on) for one in table],
        "peer phrases": lambda: [peer.parse(one, one.phrase) for one in alone],
        "our phrases": lambda: [find_times(one.phrase, published_on=one.published_on) for one in alone],
    }
    best = Best()
    for name, seconds in in_turn(sides, ROUNDS).items():
        best.note(name, min(seconds))
    rows = [
        Row(
            f"dateparser `search_dates`, {len(table)} sentences",
            best["peer sentences"],
            "`find_times`",
            best["our sentences"],
            4,
        ),
        Row(
            f"dateparser `DateDataParser`, {len(alone)} phrases",
            best["peer phrases"],
            "`find_times`",
            best["our phrases"],
            4,
        ),
    ]
    counts = [
        ("sentences", len(table), "dateparser", _count(table, peer.days_in_sentence)),
        ("sentences", len(table), "geoconflict", _count(table, lambda one: ours(one, one.text))),
        ("phrases", len(alone), "dateparser", _count(alone, lambda one: peer.days_of(one, one.phrase))),
        ("phrases", len(alone), "geoconflict", _count(alone, lambda one: ours(one, one.phrase))),
    ]
    return [
        "| A | CPU s | B | CPU s | A / B |",
        "|---|---:|---|---:|---:|",
        *(row.cells() for row in rows),
        "",
        "| asked | of | who | first and last day exact | a day between them |",
        "|---|---:|---|---:|---:|",
        *(f"| {what} | {n} | {who} | {right} | {near} |" for what, n, who, (right, near) in counts),
        "",
        f"dateparser {importlib.metadata.version('dateparser')}. {conditions(load)}, best of {ROUNDS}.",
    ]


if __name__ == "__main__":
    write = wants_to_write(__doc__)
    if importlib.util.find_spec("dateparser") is None:
        sys.exit("dateparser is not installed: run `pip install dateparser` in an environment of your own")
    publish_lines(measure(), marks="dates", write=write)
