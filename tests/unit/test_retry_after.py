import datetime as dt
from email.utils import format_datetime

import pytest

from geoconflict.retry_after import retry_after_seconds


@pytest.mark.parametrize(("value", "seconds"), [("30", 30.0), ("0", 0.0), ("-5", 0.0), (" 7 ", 7.0)])
def test_seconds_are_read(value, seconds):
    assert retry_after_seconds(value) == seconds


def test_a_date_is_read():
    at = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    assert 3500 < retry_after_seconds(format_datetime(at, usegmt=True)) <= 3600
    assert retry_after_seconds("Sun, 04 Oct 2020 12:00:00 GMT") == 0.0


@pytest.mark.parametrize("value", ["", "soon", "nan", "inf", "1e999", "Sun, 99 Oct 9999 12:00:00 GMT"])
def test_what_says_nothing_is_none(value):
    assert retry_after_seconds(value) is None
