"""Phrases of news against the days they mean, written by hand before the rules were asked."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from geoconflict.extract.dates.reader import find_times

TABLE = Path(__file__).resolve().parents[3] / "golden" / "date_phrases.csv"


def _rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(said):
    return dt.date.fromisoformat(said) if said else None


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['published']} {row['text']}")
def test_the_phrase_means_these_days_and_no_others(row):
    begin = row["text"].index(row["phrase"])
    end = begin + len(row["phrase"])
    found = find_times(row["text"], published_on=_day(row["published"]))
    spans = {
        (time.span.starts_on, time.span.ends_on)
        for time in found
        if time.start < end and time.end > begin and time.span is not None
    }
    meant = (_day(row["first"]), _day(row["last"]))
    assert spans == (set() if meant == (None, None) else {meant})
