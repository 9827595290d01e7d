import bisect
import itertools
import math

import geopandas as gpd
import pytest
import shapely
from few_events import few_events

from geoconflict.analysis import before_after
from geoconflict.analysis.before_after import exact_rate_ratio
from geoconflict.errors import InputError


def test_the_exact_interval_is_that_of_the_books():
    # 7 events in 30 days before, 13 in 30 days after; the shares of Clopper and Pearson for 13 of 20 are 0.40781 and 0.84609.
    ratio, low, high = exact_rate_ratio(7, 30, 13, 30)
    assert ratio == pytest.approx(13 / 7)
    assert low == pytest.approx(0.40781 / (1 - 0.40781), abs=2e-4)
    assert high == pytest.approx(0.84609 / (1 - 0.84609), abs=2e-3)


def test_exposure_counts_and_nothing_on_one_side_leaves_the_ratio_open():
    assert exact_rate_ratio(10, 10, 10, 20)[0] == 0.5
    assert exact_rate_ratio(0, 10, 5, 10)[0] == math.inf
    assert exact_rate_ratio(0, 10, 5, 10)[2] == math.inf
    # All five of five: the lower share is 0.025 ** (1 / 5).
    assert exact_rate_ratio(0, 10, 5, 10)[1] == pytest.approx(0.025**0.2 / (1 - 0.025**0.2))
    assert exact_rate_ratio(5, 10, 0, 10)[:2] == (0.0, 0.0)
    assert math.isnan(exact_rate_ratio(0, 10, 0, 10)[0])
    # Ratio and interval turn over when both sides are exchanged.
    _, low, high = exact_rate_ratio(4, 10, 9, 20)
    assert exact_rate_ratio(9, 20, 4, 10)[1:] == pytest.approx((1 / high, 1 / low))


def test_the_day_itself_comes_after_and_what_lies_on_both_sides_is_left_out():
    events = few_events(
        {"day": "2020-10-09"},
        {"day": "2020-10-10"},
        {"day": "2020-10-11"},
        {"days": ("2020-10-09", "2020-10-10")},
        {"days": (None, None)},
        {"day": "2020-10-30"},
        {"status": "denied"},
    )
    table = before_after(events, "2020-10-10", days=10)
    row = table.iloc[0]
    assert (row["area"], row["n_before"], row["n_after"], row["ratio"]) == ("all", 1, 2, 2.0)
    assert table.attrs["left_out"] == {
        "denied": 1,
        "days on both sides of the day or of the window": 1,
        "without a day": 1,
    }
    # Weeks are drawn anew with a fixed seed.
    assert before_after(events, "2020-10-10", days=10).equals(table)
    assert row["bootstrap_low"] <= row["ratio"] <= row["bootstrap_high"]


def test_sides_may_be_of_different_length_and_areas_are_compared_each():
    areas = gpd.GeoDataFrame(
        {"name": ["west", "east"]}, geometry=[shapely.box(46, 39, 47, 40), shapely.box(47, 39, 48, 40)], crs="EPSG:4326"
    )
    events = few_events(
        {"at": (46.5, 39.5), "day": "2020-10-01"},
        {"at": (46.5, 39.5), "day": "2020-10-12"},
        {"at": (60.0, 39.5), "day": "2020-10-12"},
    )
    table = before_after(events, "2020-10-10", days=(20, 5), areas=areas).set_index("area")
    assert table.loc["west", ["n_before", "n_after", "ratio"]].tolist() == [1, 1, 4.0]
    assert math.isnan(table.loc["east", "ratio"])
    assert table.attrs["left_out"] == {"in none of the areas, or too vague to say": 1}
    assert before_after(few_events(), "2020-10-10")["n_after"].tolist() == [0]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"day": "soon"}, "day: 'soon' is no day"),
        ({"day": "2020-10-10", "days": 0}, "at least 1 on each side"),
        ({"day": "2020-10-10", "confidence": 95}, "confidence is between 0 and 1"),
    ],
)
def test_arguments_that_cannot_be_used_are_refused(arguments, words):
    with pytest.raises(InputError, match=words):
        before_after(few_events(), **arguments)


@pytest.mark.parametrize("days", [4, 5, 7, 8, 30])
def test_the_bootstrap_of_short_sides_has_a_width(days):
    told = [{"day": f"2020-10-{day:02d}"} for day in (7, 7, 9, 10, 12, 12, 12)]
    row = before_after(few_events(*told), "2020-10-10", days=days).iloc[0]
    assert row["bootstrap_low"] < row["ratio"] < row["bootstrap_high"]


def test_a_side_of_few_days_has_no_bootstrap():
    told = [{"day": f"2020-10-{day:02d}"} for day in (7, 9, 10, 12)]
    row = before_after(few_events(*told), "2020-10-10", days=(30, 3)).iloc[0]
    assert math.isnan(row["bootstrap_low"])
    assert math.isnan(row["bootstrap_high"])
    assert row["exact_low"] < row["ratio"] < row["exact_high"]


def test_the_bootstrap_is_that_of_all_draws():
    # Four days on each side in blocks of a day: every one of the 256 draws of a side is as likely as another.
    before, after = (0, 1, 1, 2), (1, 3, 0, 1)
    draws = list(itertools.product(range(4), repeat=4))
    ratios = sorted(
        sum(after[k] for k in b) / sum(before[k] for k in a) if sum(before[k] for k in a) else math.inf
        for a in draws
        for b in draws
        if sum(before[k] for k in a) or sum(after[k] for k in b)
    )
    told = [{"day": f"2020-10-{6 + at:02d}"} for at, n in enumerate((*before, *after)) for _ in range(n)]
    row = before_after(few_events(*told), "2020-10-10", days=4, n_bootstrap=20_000).iloc[0]
    for name, share in (("bootstrap_low", 0.025), ("bootstrap_high", 0.975)):
        # Many draws give the same ratio: the quantile lies somewhere among them.
        below, up_to = (at(ratios, row[name]) / len(ratios) for at in (bisect.bisect_left, bisect.bisect_right))
        assert below - 0.005 <= share <= up_to + 0.005


def test_what_is_left_out_was_within_the_window_or_has_no_day():
    table = before_after(
        few_events(
            {"day": "2020-10-11"},
            {"day": "2020-10-11", "status": "denied"},
            {"day": "2019-01-01", "status": "denied"},
            {"days": (None, None), "status": "planned"},
            {"days": (None, None)},
            {"day": "2019-01-01"},
        ),
        "2020-10-10",
        days=10,
    )
    assert table.attrs["left_out"] == {"denied": 1, "planned": 1, "without a day": 1}
