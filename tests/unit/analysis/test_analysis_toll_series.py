import pandas as pd
import pytest

from geoconflict.analysis import tolls_over_time
from geoconflict.errors import InputError
from geoconflict.frames import TOLL_COLUMNS


def tolls(*rows):
    base = {
        "scope": "war",
        "measure": "killed",
        "who": "soldiers",
        "claimed_by": "Ministry",
        "source": "Wire",
        "report_id": "r",
    }
    filled = [base | {"published_on": row.get("as_of")} | row for row in rows]
    frame = pd.DataFrame(
        [
            {name: row.get(name, "" if kind == "str" else None) for name, (kind, _) in TOLL_COLUMNS.items()}
            for row in filled
        ],
        columns=list(TOLL_COLUMNS),
    )
    return frame.astype({name: kind for name, (kind, _) in TOLL_COLUMNS.items()})


def test_the_latest_figure_of_each_speaker_stands_for_a_period():
    table = tolls_over_time(
        tolls(
            {"as_of": "2020-10-05", "best": 100}, {"as_of": "2020-10-07", "best": 120}, {"as_of": "2020-10-20", "best": 90},
            {"as_of": "2020-10-06", "low": 50, "claimed_by": ""},
        )
    )  # fmt: skip
    rows = [(str(row.period)[:10], row.speaker, row.best, row.falls) for row in table.itertuples()]
    assert rows[0] == ("2020-10-05", "Ministry", 120, False)
    assert rows[1][1] == "Wire"  # nobody named, so the outlet says it
    assert rows[2] == ("2020-10-19", "Ministry", 90, True)
    assert pd.isna(table["best"][1])
    assert table["low"][1] == 50


def test_what_is_no_total_or_has_no_day_is_left_out_and_counted():
    table = tolls_over_time(
        tolls(
            {"as_of": "2020-10-05", "best": 1, "scope": "addition"},
            {"best": 2},
            {"as_of": "2020-10-05", "measure": "wounded", "best": 3},
        )
    )
    assert len(table) == 0
    assert table.attrs["left_out"] == {"no totals": 1, "without a day or a figure": 1}


def test_frames_that_are_no_tolls_are_refused():
    with pytest.raises(InputError, match=r"take them from EventStore\.tolls"):
        tolls_over_time(pd.DataFrame({"as_of": []}))
    with pytest.raises(InputError, match="measure: 'woundd' is none of .*; did you mean 'wounded'"):
        tolls_over_time(tolls({"as_of": "2020-10-05", "best": 1}), measure="woundd")
    for odd in (None, 7):
        with pytest.raises(InputError, match=r"take them from EventStore\.tolls"):
            tolls_over_time(odd)
    with pytest.raises(InputError, match="period is 'moon'"):
        tolls_over_time(tolls({"as_of": "2020-10-05", "best": 1}), period="moon")
