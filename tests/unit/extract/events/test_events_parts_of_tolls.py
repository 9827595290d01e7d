"""A part of a toll that is told of a place is the figure of that place, and the whole is of no one town."""

import pytest
from few_names import mentions_of, reading_of


def killed(mention):
    count = mention.casualties.killed if mention.casualties else None
    return (count.low, count.best, count.high) if count else None


@pytest.mark.parametrize(
    ("text", "town", "part", "whole", "wide"),
    [
        ("Strikes across Mali killed 42 people on Friday, including seven in Gao.", "Gao", (7, 7, 7), 42, ("Mali",)),
        (
            "Russian shelling killed 12 people across Ukraine on Monday, including three in Kharkiv.",
            "Kharkiv",
            (3, 3, 3),
            12,
            ("Ukraine",),
        ),
        (
            "Air strikes across Sudan killed 30 people on Sunday, among them five in Nyala.",
            "Nyala",
            (5, 5, 5),
            30,
            ("Sudan",),
        ),
        (
            "Attacks across Mali left 60 people dead on Sunday, including at least nine near Menaka.",
            "Menaka",
            (9, None, None),
            60,
            ("Mali",),
        ),
    ],
)
def test_a_part_told_of_a_town_is_its_figure_and_the_whole_is_a_toll(text, town, part, whole, wide):
    reading = reading_of(text)
    (told,) = reading.mentions
    assert (told.place.surface, killed(told)) == (town, part)
    (toll,) = reading.tolls
    assert (toll.scope, toll.places, toll.count.best) == ("places", wide, whole)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Shelling killed 12 people in Kharkiv on Monday, including three children.", (12, 12, 12)),
        ("Shelling killed 12 people in Kharkiv, including three in a market in Kharkiv.", (12, 12, 12)),
        ("Strikes in Nyala killed 20 people, including five in El Fasher.", (20, 20, 20)),
        ("An air strike killed 15 people, including two children in Nyala.", (15, 15, 15)),
        ("An air strike killed 15 people, including two in Nyala.", (15, 15, 15)),
        ("Bombing killed 25 people in Darfur on Monday, including two children in the town of Nyala.", (25, 25, 25)),
        ("An air strike killed 15 people, including two children, in Nyala.", (15, 15, 15)),
    ],
)
def test_the_dead_of_one_town_are_one_figure_whatever_part_is_told(text, figures):
    reading = reading_of(text)
    (told,) = reading.mentions
    assert killed(told) == figures
    assert not reading.tolls


@pytest.mark.parametrize(
    "text",
    [
        "Bombs exploded in Gao, in Menaka and in Kidal on Monday, killing 14 people.",
        "On Wednesday pagers blew up in Gao, in Menaka, and in Kidal, killing 14 people.",
    ],
)
def test_a_row_of_towns_each_with_its_in_is_a_list(text):
    reading = reading_of(text)
    assert {one.place.surface for one in reading.mentions} == {"Gao", "Menaka", "Kidal"}
    assert [killed(one) for one in reading.mentions] == [None] * 3
    assert [(toll.places, toll.count.best) for toll in reading.tolls] == [(("Gao", "Menaka", "Kidal"), 14)]


def test_the_region_in_which_a_town_lies_is_no_member_of_a_list():
    (told,) = mentions_of("A bomb exploded in Menaka, in Kidal Region, on Monday.")
    assert told.place.surface == "Menaka"


def test_what_several_strikes_killed_is_not_of_the_town_of_a_few_of_the_dead():
    (mention,) = mentions_of("Israeli strikes killed 42 people on Thursday, including seven in Nuseirat.")
    assert (killed(mention), mention.place) == ((42, 42, 42), None)
    (mention,) = mentions_of("An Israeli strike killed 42 people on Thursday, including seven in Nuseirat.")
    assert (killed(mention), mention.place.surface) == ((42, 42, 42), "Nuseirat")
    (mention,) = mentions_of("Israeli strikes killed nine people on Thursday, including seven in Nuseirat.")
    assert (killed(mention), mention.place.surface) == ((9, 9, 9), "Nuseirat")


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("At least 56 civilians have died, a union said, including three aid workers shot at Gao.", (3, 3, 3)),
        ("Rebels killed nine people, including two children shot in Menaka.", (2, 2, 2)),
        ("A bomb killed nine people, including two children, in Menaka.", (9, 9, 9)),
        ("Nine people were killed in Gao on Monday, including two children shot at home.", (9, 9, 9)),
    ],
)
def test_the_whole_is_not_where_a_part_of_the_dead_was_shot(text, figure):
    assert [killed(one) for one in mentions_of(text) if one.place] == [figure]


@pytest.mark.parametrize(
    ("text", "town", "day", "part", "whole"),
    [
        (
            "Eighty-one farmers have been killed in Chad this year, including six in Gao on Sunday.",
            "Gao",
            "Sunday",
            (6, 6, 6),
            81,
        ),
        (
            "The toll of the insurgency has risen to 410, including nine villagers who were shot near Menaka on Friday.",
            "Menaka",
            "Friday",
            (9, 9, 9),
            410,
        ),
        (
            "Rebels have killed 40 civilians this month, including five in Kharkiv on Monday.",
            "Kharkiv",
            "Monday",
            (5, 5, 5),
            40,
        ),
        (
            "So far this year 120 people have been killed, including 14 in Menaka on Monday.",
            "Menaka",
            "Monday",
            (14,) * 3,
            120,
        ),
    ],
)
def test_of_a_running_total_the_part_with_a_town_and_a_day_is_the_event(text, town, day, part, whole):
    reading = reading_of(text)
    (told,) = reading.mentions
    assert (told.place.surface, told.when.surface, killed(told)) == (town, day, part)
    assert [(toll.scope, toll.count.best) for toll in reading.tolls] == [("war", whole)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("An attack in Kharkiv this year killed 12 people, including three children.", (12, 12, 12)),
        ("Ten people have been killed in Kharkiv this week, including three children.", (10, 10, 10)),
    ],
)
def test_a_period_in_which_one_town_counts_its_dead_makes_no_part_of_them(text, figure):
    assert [killed(one) for one in mentions_of(text)] == [figure]


def test_a_part_that_is_counted_over_the_period_too_is_no_event():
    reading = reading_of("Some 3,000 people have been killed this year, including 1,200 in Nyala.")
    assert [killed(one) for one in reading.mentions if one.casualties] == []


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("At least 124 people were killed in a raid on Gao. The UN said 35 children were among the dead.", [124]),
        ("A bomb killed nine in Gao. Doctors said that among the dead were two teachers.", [9]),
        ("Rebels shelled Gao. Two teachers were among the dead.", [2]),
        ("A bomb killed two in Gao. In Nyala rebels shelled a school, and nine teachers were among the dead.", [2, 9]),
    ],
)
def test_whoever_counts_some_among_the_dead_makes_them_no_fewer(text, least):
    assert sorted(killed(one)[0] for one in mentions_of(text) if killed(one)) == least
