"""Days that no calendar has, years that are none, the ends of the calendar: abstain, never a wrong day."""

import datetime as dt

import pytest

from geoconflict.extract.dates.reader import find_times

FRIDAY = dt.date(2020, 10, 30)


@pytest.mark.parametrize(
    "text",
    [
        "It fell in the year 0.",
        "It fell on 1 January 0000.",
        "On 1 January 0001 it fell.",
        "It fell on January 1, 0999 again.",
        "It fell on 1 January 99999.",
        "It fell on 12 May 44 BC.",
        "It fell 10^9 years ago.",
        "It fell -3 days ago.",
        "It fell on 0000-01-01.",
        "It fell on 31 December 9999.",
        "It fell in May 9999.",
        "It fell in 9999.",
        "It fell on 31 February.",
        "It fell on February 30.",
        "It fell on 30.02.2020.",
        "It fell on 2020-02-30.",
        "It fell on 31 February 2020.",
        "On 31 February 2020 it fell.",
        "It fell on 2020-13-45.",
        "It fell 3000 years ago.",
        "It fell 90000 years ago.",
        "It fell 3,000 years earlier.",
    ],
)
def test_what_is_no_day_gives_none(text):
    assert [time.span for time in find_times(text, published_on=FRIDAY) if time.span is not None] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It fell on 4 July 1066.", "1066-07-04"),
        ("It fell on 14 July 1789.", "1789-07-14"),
        ("It fell in 1066.", "1066"),
        ("It fell in the 10th century.", "09"),
        ("On 5 October 3000 soldiers came.", "2020-10-05"),
        ("In May 20 soldiers came.", "2020-05-20"),
    ],
)
def test_long_ago_is_read_like_any_day(text, value):
    assert [time.value for time in find_times(text, published_on=FRIDAY)] == [value]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It fell many years ago.", None, "2018-12-31"),
        ("It fell years ago.", None, "2018-12-31"),
        ("It fell several years ago.", "2010-01-01", "2018-12-31"),
        ("It fell minutes ago.", "2020-10-30", "2020-10-30"),
    ],
)
def test_a_vague_past_has_no_first_day_unless_it_is_near(text, first, last):
    (found,) = find_times(text, published_on=FRIDAY)
    assert tuple(day and day.isoformat() for day in (found.span.starts_on, found.span.ends_on)) == (first, last)


@pytest.mark.parametrize("published_on", [dt.date.min, dt.date(1, 12, 31), dt.date(9999, 1, 1), dt.date.max])
@pytest.mark.parametrize(
    "text",
    [
        "It fell last week, on Thursday, overnight and yesterday.",
        "It will fall next week, tomorrow, in ten years' time and on Friday.",
        "It fell on 29 February, in December, on Thanksgiving and last winter.",
        "It fell in the past month, about two years ago, two or three weeks ago, and the century before.",
        "It fell on 1 January 2020. Two days earlier and a decade later it stood.",
    ],
)
def test_the_ends_of_the_calendar_raise_nothing(text, published_on):
    for time in find_times(text, published_on=published_on):
        if time.span is not None and time.span.starts_on is not None and time.span.ends_on is not None:
            assert time.span.starts_on <= time.span.ends_on
