"""Publication dates as they are written."""

from __future__ import annotations

import datetime as dt

import pytest

from geoconflict.reports._publication import Publication, date_in_name, parse_publication
from geoconflict.reports._rejection import Rejection

DAY = dt.date(2020, 10, 4)


@pytest.mark.parametrize(
    "written",
    [
        "2020-10-04", "2020-10-4", " 2020-10-04 ", "2020/10/04", "2020.10.04", "2020_10_04", "20201004", 20201004, "20201004123000",
        "4 October 2020", "4 Oct 2020", "04-Oct-2020", "4th of October, 2020", "October 4, 2020", "Oct. 4, 2020",
        "october 4th 2020", "Sunday, 4 October 2020", "Sun, October 4, 2020", "4 October 2020, 12:30", "2020-10-04T12:30",
        "2020-10-04 12:30:00", "2020-10-04 00:00:00.000", "Oct 4, 2020 at 9:15",
    ],
)  # fmt: skip
def test_day_without_zone(written: object) -> None:
    assert parse_publication(written) == Publication(DAY)


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("2020-10-04T12:30:00Z", 12),
        ("2020-10-04T12:30:00+04:00", 8),
        ("2020-10-04 12:30:00 +0400", 8),
        ("2020-10-04 12:30 UTC", 12),
        ("2020-10-04 12:30:00.000 GMT", 12),
        ("Sun, 04 Oct 2020 12:30:00 +0000", 12),
        ("04 Oct 2020 12:30:00 GMT", 12),
        ("Sun, 04 Oct 2020 12:30 EST", 17),
    ],
)
def test_instant_with_zone(written: str, hour: int) -> None:
    assert parse_publication(written) == Publication(DAY, dt.datetime(2020, 10, 4, hour, 30, tzinfo=dt.UTC))


def test_zone_without_a_known_offset_gives_the_day_and_no_instant() -> None:
    assert parse_publication("Sun, 04 Oct 2020 12:30:00 CEST") == Publication(DAY)


def test_civil_day_is_the_one_written() -> None:
    publication = parse_publication("2020-10-04T00:30:00+04:00")
    assert publication is not None
    assert publication.on == DAY
    assert publication.at == dt.datetime(2020, 10, 3, 20, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("written", [None, "", "  ", "null", "None", "NaN", "NaT", "N/A"])
def test_nothing_named(written: object) -> None:
    assert parse_publication(written) is None


@pytest.mark.parametrize("written", ["04/10/2020", "4.10.2020", "04-10-20", "13/10/2020", "10/13/2020"])
def test_day_not_said(written: str) -> None:
    with pytest.raises(Rejection, match="does not say which number is the day"):
        parse_publication(written)


@pytest.mark.parametrize(
    "written",
    [
        "2020-02-30", "2021-02-29", "2020-13-01", "2020-00-10", "20201332", "31 June 2020", "Feb 30, 2020", "2020-10-04T25:00",
        "0000-01-01", "2020-10", "2020", "October 2020", "4 Octember 2020", "yesterday", "2020-10-04 oops", "1601812800",
        "1601812800000", 17, True, 20201004.0, ["2020-10-04"], "２０２０-10-04", "x" * 10_000, "2020-W99-1",
        "20201004993000", "Sun, 99 Oct 2020 12:30:00 +0000", "99/99/2020",
    ],
)  # fmt: skip
def test_unusable(written: object) -> None:
    with pytest.raises(Rejection) as caught:
        parse_publication(written)
    assert len(caught.value.what) < 200
    assert "YYYY-MM-DD" in caught.value.repair


@pytest.mark.parametrize(
    "name",
    [
        "2020-10-04",
        "2020-10-04-ganja",
        "report_20201004",
        "report.2020_10_04.final",
        "20201004T1200",
        "2020-10-04_2020-10-04",
    ],
)
def test_date_in_a_name(name: str) -> None:
    assert date_in_name(name) == DAY


@pytest.mark.parametrize(
    "name",
    [
        "ganja",
        "000_a8b8612acb1e7ba6",
        "a20201004b",
        "12345678",
        "120201004",
        "20201304",
        "99990101",
        "2020-10",
        "2020-1004",
    ],
)
def test_no_date_in_a_name(name: str) -> None:
    assert date_in_name(name) is None
