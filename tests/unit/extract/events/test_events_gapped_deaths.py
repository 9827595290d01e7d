"""Deaths at a second place whose verb is left out are an event of their own."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Relation, Report
from geoconflict.places.gazetteer import Gazetteer

ON = dt.date(2016, 7, 20)  # a Wednesday


@pytest.fixture(scope="module")
def read():
    reader = Reader(Gazetteer.open())
    return lambda text: reader.read(Report(report_id="r1", text=text, published_on=ON)).mentions


def told(mentions):
    return sorted((one.place.surface, one.casualties.killed.low) for one in mentions)


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Shelling killed 12 people in Donetsk and three in Horlivka on Monday.", [("Donetsk", 12), ("Horlivka", 3)]),
        (
            "Gunmen killed four people in Jos, 12 in Bauchi and at least nine near Kaduna.",
            [("Bauchi", 12), ("Jos", 4), ("Kaduna", 9)],
        ),
        (
            "Rebels attacked Bria, killing 26 people near the mosque and ten others in Bambari.",
            [("Bambari", 10), ("Bria", 26)],
        ),
        # no people, no place, and a verb of its own
        ("Shelling killed 12 people in Donetsk and 20 km from Horlivka on Monday.", [("Donetsk", 12)]),
        ("Gunmen killed four people in Jos on 12 May and 13 June in Bauchi.", [("Jos", 4)]),
        ("Shelling killed 12 people in Donetsk and five of them were children.", [("Donetsk", 12)]),
        ("Shelling of Donetsk killed nine, a doctor in Horlivka said on Monday.", [("Donetsk", 9)]),
    ],
)
def test_a_number_and_a_place_are_enough(read, text, dead):
    assert told(read(text)) == dead


def test_each_has_its_own_day_and_lies_as_its_words_say(read):
    first, second = sorted(
        read("Gunmen killed four people in Jos on Monday and 12 near Bauchi on Tuesday."),
        key=lambda one: one.when.starts_on,
    )
    assert (first.when.starts_on.day, second.when.starts_on.day) == (18, 19)
    assert (first.place.relation, second.place.relation) == (Relation.AT, Relation.NEAR)
    assert first.sub_event_type == second.sub_event_type


def test_its_day_may_stand_before_its_place(read):
    found = read("A blast killed four people on Monday in Jos and another 12 on Tuesday in Bauchi.")
    assert sorted((one.place.surface, one.when.starts_on.day) for one in found) == [("Bauchi", 19), ("Jos", 18)]


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Gunmen killed nine people in Jos on Monday and two in Bauchi.", [("Bauchi", 2), ("Jos", 9)]),
        (
            "Bandits killed nine farmers in Jos on 12 May and two others in Bauchi on 13 May.",
            [("Bauchi", 2), ("Jos", 9)],
        ),
        ("Bandits killed nine people in Jos and two others in Bauchi on Monday.", [("Bauchi", 2), ("Jos", 9)]),
        # nobody died at the second place
        ("Gunmen killed nine people in Jos on Monday and two of them were arrested in Bauchi.", [("Jos", 9)]),
        ("Gunmen killed nine people in Jos on Monday and two days later.", [("Jos", 9)]),
    ],
)
def test_a_day_before_the_second_number_hides_no_place(read, text, dead):
    assert told(read(text)) == dead
