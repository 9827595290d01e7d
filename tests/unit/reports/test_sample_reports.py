"""The sample reports in data/reports."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from geoconflict.models import Report
from geoconflict.reports import read_reports

FOLDER = Path(__file__).resolve().parents[3] / "data" / "reports"


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return list(read_reports(FOLDER, strict=True))


def test_all_are_read_and_there_are_enough(reports: list[Report]) -> None:
    assert len(reports) == len(list(FOLDER.glob("2020-*.md"))) >= 50


def test_every_day_of_the_war_is_covered(reports: list[Report]) -> None:
    first, last = dt.date(2020, 9, 27), dt.date(2020, 11, 10)
    days = {first + dt.timedelta(days=n) for n in range((last - first).days + 1)}
    assert {report.published_on for report in reports} == days


def test_each_names_its_source(reports: list[Report]) -> None:
    for report in reports:
        assert report.title, report.origin
        assert report.source, report.origin
        assert "retold" in report.source, report.origin
    assert sum(report.url is not None for report in reports) >= len(reports) - 2


def test_dates_of_name_and_front_matter_agree(reports: list[Report]) -> None:
    for report in reports:
        assert report.origin is not None
        assert report.origin.startswith(str(report.published_on))


def test_weekdays_named_lie_within_the_days_before(reports: list[Report]) -> None:
    """A report that says "on Thursday" of the day itself must be of a Thursday: the commonest slip in writing them."""
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    for report in reports:
        assert report.published_on is not None
        body = report.text[report.body_start :]
        named = set(re.findall(rf"\b({'|'.join(names)})\b", body))
        if named:
            near = {names[(report.published_on + dt.timedelta(days=n)).weekday()] for n in (-1, 0)}
            assert named & near, f"{report.origin} names {named}"


def test_each_is_short(reports: list[Report]) -> None:
    for report in reports:
        sentences = re.findall(r"[.!?](?=\s|$)", report.text[report.body_start :])
        assert 2 <= len(sentences) <= 8, report.origin
