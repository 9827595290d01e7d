import datetime as dt

import numpy as np
import pandas as pd
import pytest

from geoconflict.civil_day import civil_day, civil_span
from geoconflict.errors import InputError

DAY = dt.date(2021, 3, 9)


@pytest.mark.parametrize(
    "given",
    [
        DAY,
        "2021-03-09",
        " 2021-03-09\n",
        dt.datetime(2021, 3, 9, 23, 59, tzinfo=dt.UTC),
        dt.datetime(2021, 3, 9, 1, tzinfo=dt.timezone(dt.timedelta(hours=9))),
        pd.Timestamp("2021-03-09 13:00"),
        np.datetime64("2021-03-09T13:00:00.000000000"),
    ],
)
def test_every_way_to_write_a_day_is_the_same_day(given):
    day = civil_day(given, "since")
    assert day == DAY
    assert type(day) is dt.date


@pytest.mark.parametrize(
    "odd", ["9 March", "2021-02-30", "", 20210309, None, pd.NaT, np.datetime64("NaT"), float("nan"), [DAY]]
)
def test_what_is_no_day_is_named(odd):
    with pytest.raises(InputError, match="since: .* is no day; write it like '2020-09-27'"):
        civil_day(odd, "since")


def test_a_span_is_open_where_nothing_is_given_and_never_turned_round():
    assert civil_span("2021-03-09", None) == (DAY, None)
    assert civil_span(DAY, "2021-03-09") == (DAY, DAY)
    with pytest.raises(InputError, match="start is 2021-03-10, after end 2021-03-09; exchange them"):
        civil_span("2021-03-10", DAY, ("start", "end"))
