import datetime as dt

import numpy as np
import pandas as pd
import pytest

from geoconflict.analysis.periods import day_number, periods_between
from geoconflict.errors import InputError
from geoconflict.event_extents import Days


def starts(name, first, last):
    return [str(day)[:10] for day in periods_between(name, day_number(first, "first"), day_number(last, "last")).starts]


def test_periods_follow_the_calendar():
    assert starts("month", "2020-11-15", "2021-01-01") == ["2020-11-01", "2020-12-01", "2021-01-01"]
    assert starts("week", "2020-10-01", "2020-10-05") == ["2020-09-28", "2020-10-05"]  # Mondays
    assert starts("quarter", "2020-11-15", "2021-04-01") == ["2020-10-01", "2021-01-01", "2021-04-01"]
    assert starts("year", "1969-12-31", "1970-01-01") == ["1969-01-01", "1970-01-01"]
    assert starts("day", "2020-02-28", "2020-03-01") == ["2020-02-28", "2020-02-29", "2020-03-01"]


def test_days_are_shared_out_by_how_many_lie_in_each():
    periods = periods_between("month", day_number("2020-10-01", ""), day_number("2020-11-30", ""))
    first = np.array([day_number(day, "") for day in ("2020-10-31", "2020-10-05", "2020-09-30")])
    event, period, share = periods.shares(Days(first, first + np.array([3, 0, 3])))
    assert list(zip(event.tolist(), period.tolist(), share.tolist(), strict=True)) == [
        (0, 0, 0.25),
        (0, 1, 0.75),
        (1, 0, 1.0),
        (2, 0, 0.75),
    ]


def test_days_may_be_dates_times_or_texts():
    assert (
        day_number(dt.date(1970, 1, 2), "")
        == day_number(pd.Timestamp("1970-01-02 13:00"), "")
        == day_number("1970-01-02", "")
        == 1
    )
    for odd in ("2 January", 5, None):
        with pytest.raises(InputError, match="since: .* is no day; write it like"):
            day_number(odd, "since")


def test_unknown_and_endless_periods_are_refused():
    with pytest.raises(InputError, match="period is 'fortnight'; it is day, week, month, quarter, year"):
        periods_between("fortnight", 0, 1)
    with pytest.raises(InputError, match="are more than"):
        periods_between("day", 0, 10**6)


END, BEGIN = (dt.date.max - dt.date(1970, 1, 1)).days, (dt.date.min - dt.date(1970, 1, 1)).days


@pytest.mark.parametrize("name", ["day", "week", "month", "quarter", "year"])
def test_periods_beyond_the_calendar_are_refused_in_a_line(name):
    assert len(periods_between(name, BEGIN, BEGIN)) == 1
    for day in (END + 1, BEGIN - 1, 10**7, -(10**12)):
        with pytest.raises(InputError, match="reach beyond the years 1 to 9999; give since= and until="):
            periods_between(name, day, day)


@pytest.mark.parametrize("name", ["month", "quarter", "year"])
def test_a_period_that_ends_beyond_the_calendar_is_refused(name):
    with pytest.raises(InputError, match="reach beyond the years 1 to 9999"):
        periods_between(name, END, END)
