import datetime as dt

import pytest

from geoconflict.extract.dates.grammar import grammar
from geoconflict.extract.dates.reader import find_times, published_span
from geoconflict.models import DateBasis, DatePrecision, DateSpan, TimexType

FRIDAY = dt.date(2020, 10, 23)


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


# Each phrase in a report of Friday 23 October 2020: what is found, its value, the first and the last possible day.
PHRASES = [
    # dates in the usual orders
    ("The war began on 27 September 2020.", "27 September 2020", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("It began on September 27.", "September 27", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("It began on Sept. 27, 2020.", "Sept. 27, 2020", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("It began on the 27th of September.", "the 27th of September", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("It began on 2020-09-27.", "2020-09-27", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("It began on 27/09/2020.", "27/09/2020", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("It began on 09/27/2020.", "09/27/2020", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("It began on 27.09.2020.", "27.09.2020", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("On Sunday, 27 September, it began.", "Sunday, 27 September", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("On Sunday, September 27, it began.", "Sunday, September 27", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("ON 27 SEPTEMBER IT BEGAN.", "27 SEPTEMBER", "2020-09-27", "2020-09-27", "2020-09-27", "day"),
    ("Clashes in April 2016 killed many.", "April 2016", "2016-04", "2016-04-01", "2016-04-30", "month"),
    ("The truce of 1994 held.", "1994", "1994", "1994-01-01", "1994-12-31", "year"),
    ("In the 1990s they fought.", "the 1990s", "199", "1990-01-01", "1999-12-31", "range"),
    ("In the 19th century it was Russian.", "the 19th century", "18", "1801-01-01", "1900-12-31", "range"),
    # a year left out
    ("It was signed on 10 November.", "10 November", "2019-11-10", "2019-11-10", "2019-11-10", "day"),
    ("It was signed on 30 October.", "30 October", "2019-10-30", "2019-10-30", "2019-10-30", "day"),
    ("All eyes are on 3 November.", "3 November", "2020-11-03", "2020-11-03", "2020-11-03", "day"),
    ("A vote will be held on 3 November.", "3 November", "2020-11-03", "2020-11-03", "2020-11-03", "day"),
    ("In July they clashed.", "July", "2020-07", "2020-07-01", "2020-07-31", "month"),
    ("In December they clashed.", "December", "2019-12", "2019-12-01", "2019-12-31", "month"),
    ("A vote will be held in November.", "November", "2020-11", "2020-11-01", "2020-11-30", "month"),
    ("Ballots are to be counted on Monday.", "Monday", "2020-10-26", "2020-10-26", "2020-10-26", "day"),
    ("They may have shelled it on Monday.", "Monday", "2020-10-19", "2020-10-19", "2020-10-19", "day"),
    ("They may shell it on Monday.", "Monday", "2020-10-26", "2020-10-26", "2020-10-26", "day"),
    ("They will meet in November.", "November", "2020-11", "2020-11-01", "2020-11-30", "month"),
    # nothing that happened lies after publication
    ("In October they shelled it.", "October", "2020-10", "2020-10-01", "2020-10-23", "month"),
    # parts
    ("In late October 2019 it rained.", "late October 2019", "2019-10", "2019-10-16", "2019-10-31", "range"),
    ("In early 2019 it rained.", "early 2019", "2019", "2019-01-01", "2019-07-02", "range"),
    ("In mid-July it rained.", "mid-July", "2020-07", "2020-07-08", "2020-07-24", "range"),
    ("In spring 1992 it fell.", "spring 1992", "1992-SP", "1992-03-01", "1992-05-31", "range"),
    ("In the autumn of 2016 it fell.", "the autumn of 2016", "2016-FA", "2016-09-01", "2016-11-30", "range"),
    ("In the winter of 1993 it fell.", "the winter of 1993", "1993-WI", "1992-12-01", "1994-02-28", "range"),
    ("In the third quarter of 2019 it fell.", "the third quarter of 2019", "2019-Q3", "2019-07-01", "2019-09-30", "range"),
    # weekdays
    ("Two men were killed on Thursday.", "Thursday", "2020-10-22", "2020-10-22", "2020-10-22", "day"),
    ("Two men were killed on Friday.", "Friday", "2020-10-23", "2020-10-23", "2020-10-23", "day"),
    ("Two men were killed on Saturday.", "Saturday", "2020-10-17", "2020-10-17", "2020-10-17", "day"),
    ("The ministers will meet on Monday.", "Monday", "2020-10-26", "2020-10-26", "2020-10-26", "day"),
    ("He is scheduled to arrive on Friday.", "Friday", "2020-10-23", "2020-10-23", "2020-10-23", "day"),
    ("Last Thursday a shell fell.", "Last Thursday", "2020-10-22", "2020-10-22", "2020-10-22", "day"),
    ("Last Friday a shell fell.", "Last Friday", "2020-10-16", "2020-10-16", "2020-10-16", "day"),
    ("They return next Monday.", "next Monday", "2020-10-26", "2020-10-26", "2020-10-26", "day"),
    ("They return next Friday.", "next Friday", "2020-10-30", "2020-10-30", "2020-10-30", "day"),
    ("Thursday's attack will not be forgotten.", "Thursday", "2020-10-22", "2020-10-22", "2020-10-22", "day"),
    ("Early on Friday a rocket fell.", "Early on Friday", "2020-10-23", "2020-10-23", "2020-10-23", "day"),
    ("It fell on Wednesday evening.", "Wednesday evening", "2020-10-21TEV", "2020-10-21", "2020-10-21", "day"),
    ("It fell on Wednesday night.", "Wednesday night", "2020-10-21TNI", "2020-10-21", "2020-10-22", "range"),
    ("He spoke on Monday of last week.", "Monday of last week", "2020-10-12", "2020-10-12", "2020-10-12", "day"),
    # days that count from publication
    ("It fell today.", "today", "2020-10-23", "2020-10-23", "2020-10-23", "day"),
    ("It fell yesterday.", "yesterday", "2020-10-22", "2020-10-22", "2020-10-22", "day"),
    ("They leave tomorrow.", "tomorrow", "2020-10-24", "2020-10-24", "2020-10-24", "day"),
    ("It fell the day before yesterday.", "the day before yesterday", "2020-10-21", "2020-10-21", "2020-10-21", "day"),
    ("Shells killed two the day before in another raid.", "the day before", "2020-10-22", "2020-10-22", "2020-10-22", "day"),
    ("The town was shelled overnight.", "overnight", "2020-10-22TNI", "2020-10-22", "2020-10-23", "range"),
    ("The town was shelled last night.", "last night", "2020-10-22TNI", "2020-10-22", "2020-10-23", "range"),
    ("It fell yesterday evening.", "yesterday evening", "2020-10-22TEV", "2020-10-22", "2020-10-22", "day"),
    ("It fell two days ago.", "two days ago", "2020-10-21", "2020-10-21", "2020-10-21", "day"),
    ("It fell three weeks ago.", "three weeks ago", "2020-W40", "2020-09-28", "2020-10-04", "week"),
    ("It fell a week ago on Tuesday.", "a week ago on Tuesday", "2020-10-13", "2020-10-13", "2020-10-13", "day"),
    ("It fell 26 years ago.", "26 years ago", "1994", "1994-01-01", "1994-12-31", "year"),
    # weeks, months, years around publication
    ("He said this week that it fell.", "this week", "2020-W43", "2020-10-19", "2020-10-23", "week"),
    ("It fell last week.", "last week", "2020-W42", "2020-10-12", "2020-10-18", "week"),
    ("It fell last month.", "last month", "2020-09", "2020-09-01", "2020-09-30", "month"),
    ("It fell last year.", "last year", "2019", "2019-01-01", "2019-12-31", "year"),
    ("They will meet next week.", "next week", "2020-W44", "2020-10-26", "2020-11-01", "week"),
    ("They will meet later this week.", "later this week", "2020-W43", "2020-10-23", "2020-10-25", "week"),
    ("It fell over the weekend.", "the weekend", "2020-W42-WE", "2020-10-17", "2020-10-18", "range"),
    # stretches up to publication, and signal words
    ("In the past 24 hours ten died.", "the past 24 hours", "2020-10-22/2020-10-23", "2020-10-22", "2020-10-23", "range"),
    ("Over the last month ten died.", "the last month", "2020-09-23/2020-10-23", "2020-09-23", "2020-10-23", "range"),
    ("It was the worst of the last month.", "the last month", "2020-09", "2020-09-01", "2020-09-30", "month"),
    ("In recent days ten died.", "recent days", "PAST_REF", "2020-10-11", "2020-10-23", "range"),
    ("Fighting has gone on since Sunday.", "Sunday", "2020-10-18", "2020-10-18", "2020-10-23", "range"),
    ("Fighting has gone on since 27 September.", "27 September", "2020-09-27", "2020-09-27", "2020-10-23", "range"),
    ("It was quiet until Wednesday.", "Wednesday", "2020-10-21", "", "2020-10-21", "unknown"),
    ("It was quiet before 27 September.", "27 September", "2020-09-27", "", "2020-09-26", "unknown"),
    ("After 27 September nothing was quiet.", "27 September", "2020-09-27", "2020-09-27", "2020-10-23", "range"),
    # nights
    ("On the night of 21-22 October it fell.", "the night of 21-22 October", "2020-10-21TNI", "2020-10-21", "2020-10-22", "range"),
    ("On the night of 21 October it fell.", "the night of 21 October", "2020-10-21TNI", "2020-10-21", "2020-10-22", "range"),
    ("At 6 a.m. on Thursday it fell.", "6 a.m. on Thursday", "2020-10-22T06:00", "2020-10-22", "2020-10-22", "day"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "surface", "value", "first", "last", "precision"), PHRASES)
def test_a_phrase_covers_its_days(text, surface, value, first, last, precision):
    (found,) = find_times(text, published_on=FRIDAY)
    assert (found.surface, found.value) == (surface, value)
    assert text[found.start : found.end] == surface
    assert found.span is not None
    assert (found.span.starts_on, found.span.ends_on) == (day(first), day(last))
    assert found.span.precision == precision


# In order: the values of all expressions of a text, each counted from the one before.
STORIES = [
    ("On 5 October they attacked. The following day they withdrew.", ["2020-10-05", "2020-10-06"]),
    ("On 5 October they attacked. Two days later they withdrew.", ["2020-10-05", "2020-10-07"]),
    ("On 5 October a shell fell; the previous night had been calm.", ["2020-10-05", "2020-10-04TNI"]),
    ("On 5 October a shell fell. The same day a second one fell.", ["2020-10-05", "2020-10-05"]),
    ("On 5 October a shell fell. A second fell on the 12th.", ["2020-10-05", "2020-10-12"]),
    ("In April 2016 they clashed. Later that month they stopped.", ["2016-04", "2016-04"]),
    ("On 12 May 1994 it was signed. Two days later, on 14 May, it held.", ["1994-05-12", "1994-05-14", "1994-05-14"]),
    ("In 1992 it fell. It was retaken in May of the following year.", ["1992", "1993-05"]),
]


@pytest.mark.parametrize(("text", "values"), STORIES)
def test_later_expressions_count_from_what_was_said(text, values):
    assert [found.value for found in find_times(text, published_on=FRIDAY)] == values


RANGES = [
    ("Fighting lasted 27-30 September.", "2020-09-27", "2020-09-30", "27-30 September"),
    ("Shells fell on 3, 10 and 14 September.", "2020-09-03", "2020-09-14", "3, 10 and 14 September"),
    ("From 2 to 5 October they fought.", "2020-10-02", "2020-10-05", "2 to 5 October"),
    ("Between 3 and 7 May 1994 they fought.", "1994-05-03", "1994-05-07", "3 and 7 May 1994"),
    ("From 28 September to 3 October they fought.", "2020-09-28", "2020-10-03", "28 September to 3 October"),
    ("Between 28 September and 3 October they fought.", "2020-09-28", "2020-10-03", "28 September and 3 October"),
    ("They fought from 30 September to 2 October 2019.", "2019-09-30", "2019-10-02", "30 September to 2 October 2019"),
    ("The war of 1988-94 ended.", "1988-01-01", "1994-12-31", "1988-94"),
    ("Fighting on October 5-9 ended.", "2020-10-05", "2020-10-09", "October 5-9"),
]


@pytest.mark.parametrize(("text", "first", "last", "surface"), RANGES)
def test_both_parts_of_a_range_have_the_span_of_the_whole(text, first, last, surface):
    opening, closing = find_times(text, published_on=FRIDAY)
    assert opening.span is not None
    assert (opening.span.starts_on, opening.span.ends_on) == (day(first), day(last))
    assert opening.span.precision is DatePrecision.RANGE
    assert opening.span.surface == surface
    assert closing.span == opening.span
    assert closing.value == day(last).isoformat()[: len(closing.value)]


@pytest.mark.parametrize(
    ("text", "surface", "kind", "value"),
    [
        ("It lasted nearly a month.", "nearly a month", "DURATION", "P1M"),
        ("It lasted for three days.", "three days", "DURATION", "P3D"),
        ("The 44-day war ended.", "44-day", "DURATION", "P44D"),
        ("A two-hour battle raged.", "two-hour", "DURATION", "PT2H"),
        ("It lasted for years.", "years", "DURATION", "PXY"),
        ("Shelling came hours before talks.", "hours", "DURATION", "PTXH"),
        ("They shell it every day.", "every day", "SET", "P1D"),
        ("They meet on Mondays.", "Mondays", "SET", "XXXX-WXX-1"),
    ],
)
def test_durations_and_sets_have_no_days(text, surface, kind, value):
    (found,) = find_times(text, published_on=FRIDAY)
    assert (found.surface, found.timex_type, found.value) == (surface, TimexType(kind), value)
    assert found.span is None


@pytest.mark.parametrize(
    "text",
    [
        "2000 soldiers marched against 1500 men.",
        "Resolution number 1994 was read.",
        "They may go, and they march on.",
        "A 12-year-old boy and a man aged 45 fled.",
        "The Daily Courier wrote of it.",
        "The Summer Olympics were held.",
        "He paid $1990 for it.",
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(text):
    assert find_times(text, published_on=FRIDAY) == ()


def test_an_ambiguous_numeric_date_is_found_but_not_guessed():
    (found,) = find_times("It is dated 05/06/2020.", published_on=FRIDAY)
    assert (found.value, found.span) == ("", None)


def test_without_a_publication_date_years_come_from_the_story():
    text = "On 8 May 1992 the town fell. In September they advanced. In January the front moved again."
    assert [found.value for found in find_times(text, published_on=None)] == ["1992-05-08", "1992-09", "1993-01"]


def test_an_aside_to_another_year_does_not_move_the_story():
    text = "In March 1918 they attacked. A treaty of 1839 was quoted. On 9 April they attacked again."
    assert [found.value for found in find_times(text, published_on=None)] == ["1918-03", "1839", "1918-04-09"]


def test_without_publication_or_story_the_year_is_unknown_and_there_is_no_span():
    found = find_times("On 8 May the town fell, and on Thursday another.", published_on=None)
    assert [(time.value, time.span) for time in found] == [("XXXX-05-08", None), ("XXXX-WXX-4", None)]


def test_the_tense_is_decided_for_each_expression():
    text = "He said on Thursday that talks will resume on Monday."
    assert [time.value for time in find_times(text, published_on=FRIDAY)] == ["2020-10-22", "2020-10-26"]


def test_a_capitalised_name_in_ed_is_no_past_tense():
    (found,) = find_times("On Monday, Mohamed and his father are to leave.", published_on=FRIDAY)
    assert found.value == "2020-10-26"


def test_the_header_is_not_read():
    text = "date 2020-10-23 It fell on Thursday."
    (found,) = find_times(text, published_on=FRIDAY, start=16)
    assert found.surface == "Thursday"


def test_offsets_hold_beside_letters_that_grow_when_lowered():
    text = "İİİ fell on Thursday in İstanbul."
    (found,) = find_times(text, published_on=FRIDAY)
    assert text[found.start : found.end] == "Thursday"


def test_leap_days_fall_on_leap_years():
    found = find_times("It fell on 29 February.", published_on=dt.date(2021, 3, 1))
    assert [time.value for time in found] == ["2020-02-29"]


# ---------------------------------------------------------------- dates of events
def test_fresh_news_is_of_the_day_or_the_day_before():
    span = published_span(FRIDAY, present_tense=True)
    assert (span.starts_on, span.ends_on) == (dt.date(2020, 10, 22), FRIDAY)
    assert span.best_day == FRIDAY


def test_other_undated_news_only_lies_before():
    span = published_span(FRIDAY, present_tense=False)
    assert (span.starts_on, span.ends_on) == (None, FRIDAY)
    assert span.best_day == FRIDAY
    assert published_span(None, present_tense=True).best_day is None


def test_the_best_day_of_a_range_is_its_first():
    span = DateSpan(
        starts_on=dt.date(2020, 10, 22), ends_on=FRIDAY, precision=DatePrecision.RANGE, basis=DateBasis.RELATIVE
    )
    assert span.best_day == dt.date(2020, 10, 22)


@pytest.mark.parametrize(
    "text", ["It began at 2000 and ended.", "It was heard after 0615 (1315 GMT).", "AT 2000 LOCAL TIME IT BEGAN."]
)
def test_a_time_of_day_of_four_figures_is_no_year(text):
    assert find_times(text, published_on=FRIDAY) == ()


def test_every_pattern_that_waits_to_be_compiled_can_be():
    """A family names rules, and each rule of it can be asked for by that name."""
    rules = grammar()
    for family in rules.families.sources:
        names = rules.families[family].groupindex
        assert names
        assert all(rules.rules[name].pattern for name in names)
    assert {*rules.family_of.values()} <= rules.families.sources.keys()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            'In a letter dated 6 June 2001 the mayor wrote: "Shells hit us on Monday and on Tuesday."',
            dt.date(2001, 6, 5),
        ),
        ('In a statement issued on 6 June 2001 the union said: "We were shelled on Monday." It was Tuesday.', None),
        ('On 6 June 2001 the mayor said: "Shells hit us on Tuesday."', None),
    ],
)
def test_what_is_quoted_of_a_document_counts_from_its_day(text, day):
    published = dt.date(2024, 5, 2)  # a Thursday
    last = find_times(text, published_on=published)[-1]
    assert last.surface == "Tuesday"
    assert last.span.starts_on == (day or dt.date(2024, 4, 30))
