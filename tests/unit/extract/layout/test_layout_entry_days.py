"""Timelines: what an entry tells without a day of its own happened on the day that heads it."""

import datetime as dt

import pytest

from geoconflict.extract.dates.reader import find_times
from geoconflict.extract.layout.entry_days import find_entries
from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places import Gazetteer

ON = dt.date(2022, 11, 20)


@pytest.fixture(scope="module")
def days():
    """Place -> the days of what happened there."""
    reader = Reader(Gazetteer.open())

    def read(text, on=ON):
        mentions = reader.read(Report(report_id="r", text=text, published_on=on)).mentions
        return {one.place.surface: (one.when.starts_on, one.when.ends_on) for one in mentions if one.place}

    return read


def day(month, number, year=2022):
    return (dt.date(year, month, number),) * 2


@pytest.mark.parametrize(
    "heading",
    [
        "26 August 2022: ",
        "26 August 2022. ",
        "26 August: ",
        "August 26, 2022: ",
        "Friday 26 August: ",
        "Day 3 (26 August): ",
        "August 26 | ",
        "26 August – ",
        "2022-08-26: ",
        "**26 August 2022**: ",
        "• 26 August: ",
        "26 August 2022\n",
        "## 26 August 2022\n\n",
    ],
)
def test_a_date_that_heads_an_entry_is_the_day_of_what_it_tells(days, heading):
    text = f"{heading}The army shelled Korem.\n\n{heading.replace('26', '28')}A drone hit a school in Mekelle."
    assert days(text) == {"Korem": day(8, 26), "Mekelle": day(8, 28)}


def test_an_entry_takes_nothing_from_the_heading_of_the_next(days):
    text = "25 May 2022. A shell killed nine people in Korem.\n11 July 2022. The army shelled Mekelle."
    assert days(text) == {"Korem": day(5, 25), "Mekelle": day(7, 11)}


def test_a_day_of_its_own_comes_before_the_heading(days):
    text = "26 August 2022: The army shelled Korem. A drone had hit Mekelle on 20 August.\n27 August: Talks were held."
    assert days(text) == {"Korem": day(8, 26), "Mekelle": day(8, 20)}


def test_a_heading_without_a_year_is_of_the_year_above_it(days):
    text = "August 2021\n26 August – The army shelled Korem.\n28 August – A drone hit a school in Mekelle."
    assert days(text) == {"Korem": day(8, 26, 2021), "Mekelle": day(8, 28, 2021)}


@pytest.mark.parametrize(
    "text",
    [
        "20 November 2022. The army shelled Korem.",
        "The army shelled Korem on 26 August: nobody died.",
        "On 26 August, the army shelled Korem. It was the third raid.",
        "The war began in May. In 2022: silence.",
        "3 September 2023: The army will be in Korem.",
        "30 February 2022: The army shelled Korem.",
    ],
)
def test_other_dates_head_nothing(text):
    assert find_entries(text, find_times(text, published_on=ON), ON).heads == ()


def test_a_heading_of_29_february_in_a_year_that_has_none_stays_as_it_was_read():
    text = "2023\n29 February 2020: The army shelled Korem.\n1 March: A drone hit Mekelle."
    heads = find_entries(text, find_times(text, published_on=ON), ON).heads
    assert [head.value for head in heads] == ["2023", "2020-02-29", "2020-03-01"]


def test_nothing_happened_where_the_entry_before_tells_of():
    reader = Reader(Gazetteer.open())
    text = "25 May 2022: The army shelled Korem.\n18 June 2022: A general was killed near the lagoon."
    mentions = reader.read(Report(report_id="r", text=text, published_on=ON)).mentions
    assert [one.place.surface if one.place else None for one in mentions] == ["Korem", None]


def test_the_words_of_an_event_begin_with_the_heading_that_dates_it():
    text = "Day 1 (23 April): Rebels attack Gao.\nDay 3 (25 April): The town is calm. Rebels attack Menaka."
    reader = Reader(Gazetteer.open())
    report = Report(report_id="r1", text=text, published_on=dt.date(2023, 5, 12))
    found = [text[one.start : one.end] for one in reader.read(report).mentions]
    assert found == ["Day 1 (23 April): Rebels attack Gao.", "Rebels attack Menaka."]
