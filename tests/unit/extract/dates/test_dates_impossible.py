"""Dates that no calendar has make an event doubtful; those that it has, and numbers beside months, do not."""

import datetime as dt

import pytest
from few_names import mentions_of
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.extract.dates.impossible import impossible_date
from geoconflict.extract.dates.reader import find_times

ON = dt.date(2024, 5, 14)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Rebels shelled Gao on 30 February 2024.", "30 February 2024"),
        ("On 32 March rebels shelled Gao.", "32 March"),
        ("Rebels shelled Gao on the 31st of April.", "31st of April"),
        ("On June 31, rebels shelled Gao.", "June 31"),
        ("Rebels shelled Gao (Feb. 30).", "Feb. 30"),
        ("On 29 February 2023 rebels shelled Gao.", "29 February 2023"),
        ("On November 0, rebels shelled Gao.", "November 0"),
        ("In 2087 troops shelled Gao.", "2087"),
        ("Rebels shelled Gao in 2065.", "2065"),
        ("In the year 8888 rebels shelled Gao.", "8888"),
    ],
)
def test_an_event_with_an_impossible_date_is_doubtful(text, date):
    assert impossible_date(text, 0, len(text), ON) == date
    (mention,) = mentions_of(text)
    assert f"{date!r}" in mention.doubts[0]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled Gao on 29 February 2024.",
        "On 9 May 32 rebels attacked Gao.",
        "In May 45 rebels attacked Gao.",
        "In March, 50 rebels attacked Gao.",
        "On 31 March rebels shelled Gao.",
        "Rebels killed 45 May Day marchers in Gao.",
        "At 18:45 May 3 rebels shelled Gao.",
        "Rebels shelled Gao in 2023.",
        "In the year 2023 rebels shelled Gao.",
        "Rebels shelled Gao, where 2087 people live.",
        "Rebels may 40 times have shelled Gao.",
    ],
)
def test_real_dates_and_numbers_beside_months_are_not_doubted(text):
    assert impossible_date(text, 0, len(text), ON) is None


@pytest.mark.parametrize(
    "text",
    [
        "On 31 April 2023 rebels shelled Gao.",
        "Rebels shelled Gao on 31 April 2023.",
        "Rebels shelled Gao on Feb. 30, 2023.",
    ],
)
def test_an_impossible_day_dates_nothing_wherever_it_stands(text):
    assert find_times(text, published_on=ON) == ()
    (mention,) = mentions_of(text)
    assert mention.when.surface is None


def test_without_a_day_of_publication_no_year_lies_ahead():
    text = "In 2087 troops shelled Gao."
    assert impossible_date(text, 0, len(text), None) is None


@given(
    st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%d %b %Y"]),
)
def test_no_day_of_the_calendar_is_impossible(day, form):
    text = f"On {day.strftime(form)} rebels shelled Gao."
    assert impossible_date(text, 0, len(text), day) is None
