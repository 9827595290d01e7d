"""Sentences that only say something of the event before: where it was, the how manieth, in spite of what."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report, Status
from geoconflict.places import Gazetteer

PUBLISHED = dt.date(2020, 10, 17)


@pytest.fixture(scope="module")
def mentions():
    reader = Reader(Gazetteer.open())

    def run(text):
        return reader.read(Report(report_id="r1", text=text, published_on=PUBLISHED)).mentions

    return run


def test_where_it_took_place_is_told_afterwards(mentions):
    found = mentions("Gunmen killed five soldiers on Friday. The attack took place in Sake.")
    assert [one.place.surface for one in found] == ["Sake"]


@pytest.mark.parametrize(
    "echo",
    [
        "It was the third such attack on the city this month.",
        "This was the deadliest attack on the city so far.",
        "It was the second attack within two days.",
    ],
)
def test_the_how_manieth_attack_it_was_is_no_event_of_its_own(mentions, echo):
    found = mentions(f"A missile hit houses in Ganja on Saturday; at least 13 people were killed. {echo}")
    assert [one.when.starts_on for one in found] == [PUBLISHED]


def test_what_is_denied_after_it_is_the_event_itself(mentions):
    found = mentions(
        "Rockets hit the centre of Barda on Saturday, Azerbaijan said. It was the second attack on the town. "
        "Armenia denied having carried out the strike."
    )
    assert [(one.status, one.denied_by) for one in found] == [(Status.CLAIMED, "Armenia")]


def test_an_attack_that_is_news_itself_stays_one(mentions):
    found = mentions("Gunmen killed five soldiers near Sake on Friday. On Saturday there was another attack in Goma.")
    assert [one.place.surface for one in found] == ["Sake", "Goma"]


@pytest.mark.parametrize("concession", ["in spite of the truce", "despite the ceasefire"])
def test_what_something_happens_in_spite_of_does_not_happen_on_that_day(mentions, concession):
    found = mentions(f"Fighting over Hadrut continued on Saturday {concession}.")
    assert [(one.sub_event_type, one.when.starts_on) for one in found] == [("Armed clash", PUBLISHED)]


def test_the_month_of_a_count_is_not_the_day_of_the_last_one(mentions):
    (found,) = mentions("The third air strike on Ganja this month wounded six civilians.")
    assert found.when.starts_on != dt.date(2020, 10, 1)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Dozens of people are missing one day after a deadly attack on a hotel in Nairobi.", (15, 16)),
        ("Two days after the shelling of Goma, shops were still closed.", (14, 15)),
        ("On Friday, a week after the bombing of Goma, shops were still closed.", (9, 9)),
        ("On Friday, two weeks after the bombing of Goma, shops were still closed.", (29, 5)),
        ("On Friday, less than a week after the bombing of Goma, shops were still closed.", (9, 16)),
        ("On Friday, nearly three days after the bombing of Goma, shops were still closed.", (12, 14)),
    ],
)
def test_an_event_that_something_comes_days_after_is_so_many_days_back(mentions, text, days):
    (found,) = mentions(text)
    assert (found.when.starts_on.day, found.when.ends_on.day) == days


def test_what_something_comes_more_than_a_week_after_has_no_first_day(mentions):
    (found,) = mentions("On Friday, more than a week after the bombing of Goma, shops were still closed.")
    assert (found.when.starts_on, found.when.ends_on) == (None, dt.date(2020, 10, 9))


def test_the_year_of_a_name_is_no_date(mentions):
    text = "Gunmen killed five people on a bus that carried a team to the 2010 Africa Cup of Nations in Angola."
    assert [one.when.ends_on for one in mentions(text)] == [PUBLISHED]


@pytest.mark.parametrize("name", ["2020 attack on Goma: rebels", "The 2020 Goma attack: rebels"])
def test_the_year_in_the_name_of_an_event_says_no_day_of_it(mentions, name):
    found = mentions(f"{name} reach the outskirts of the town.")
    assert {one.when.ends_on for one in found} == {PUBLISHED}
    earlier = mentions("2019 attack on Goma: a court sentences two rebels.")
    assert [(one.place.surface, one.when.ends_on) for one in earlier] == [("Goma", dt.date(2019, 12, 31))]


def test_the_date_of_another_incident_is_not_the_event_s(mentions):
    text = "Soldiers killed the pilot responsible for the helicopter incident on 27 June 2017 near Caracas."
    assert [one.when.ends_on for one in mentions(text)] == [PUBLISHED]


def test_two_days_in_a_row_are_a_span(mentions):
    (found,) = mentions("Shelling hit Caracas on Monday and Tuesday, killing two.")
    assert (found.when.ends_on - found.when.starts_on).days == 1
    assert found.when.surface == "Monday and Tuesday"
    (apart,) = mentions("Shelling hit Caracas on Monday and Thursday, killing two.")
    assert apart.when.starts_on == apart.when.ends_on


def test_what_lies_in_a_since_clause_is_no_place_of_the_event(mentions):
    found = mentions("Shells hit Goma on Sunday. The attack was the worst since the town on Lake Kivu fell.")
    assert [one.place.surface for one in found if one.place is not None] == ["Goma"]


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers killed six farmers in Goma on Tuesday. The killings came after an ambush by gunmen in which two soldiers were wounded.",
        "Police shot dead four villagers in Goma on Monday. The killing followed an attack by rebels in which three officers were wounded.",
        "Nine people were killed in Goma on Monday. The deaths came after an attack in which 12 people were wounded.",
    ],
)
def test_what_the_event_before_came_after_is_another_event_with_its_own_wounded(mentions, text):
    first, other = (one for one in mentions(text) if one.casualties is not None)
    assert first.casualties.wounded is None
    assert other.casualties.killed is None
    assert (first.sub_event_type, first.place.surface, other.place) == ("Attack", "Goma", None)


def test_the_attack_told_before_stays_one_with_its_wounded(mentions):
    (told,) = mentions("Rebels ambushed a convoy in Goma on Tuesday. Two soldiers were wounded in the attack.")
    assert told.casualties.wounded.best == 2


def test_who_died_is_told_behind_a_semicolon(mentions):
    (found,) = mentions("A roadside bomb struck a lorry near Sake on Friday; two soldiers were killed.")
    assert found.casualties.killed.best == 2
    assert [one.name for one in found.actors if one.part == "target"] == ["Military Forces"]


def test_the_largest_massacre_since_is_the_one_told_before(mentions):
    (found,) = mentions("Gunmen killed four men in Sake on Friday. It is the largest massacre in Congo since 1988.")
    assert found.casualties.killed.best == 4


@pytest.mark.parametrize(
    "count",
    [
        "Hamdi is the second mayor to be murdered in the country this week.",
        "He is the third mayor that has been murdered in Congo in the past three days.",
        "This is the first time that a mayor has been murdered in the country.",
        "Nobody else was hurt. His wife was away. It is the fifth attack on a mayor by the rebels in the past six months.",
    ],
)
def test_the_how_manieth_who_was_killed_is_killed_once(mentions, count):
    (found,) = mentions(f"Gunmen murdered Yusuf Hamdi, the mayor of Sake, on Friday. {count}")
    assert found.place.surface == "Sake"
    assert found.when.starts_on == dt.date(2020, 10, 16)


def test_somebody_else_who_is_counted_is_an_event_of_its_own(mentions):
    found = mentions(
        "Rebels shelled Goma on Friday. Yusuf Hamdi became the third mayor to be murdered in Congo this week."
    )
    assert [one.sub_event_type for one in found] == ["Shelling/artillery/missile attack", "Attack"]


def test_an_attack_that_is_only_ranked_is_the_one_told_before(mentions):
    text = "A car bomb killed nine policemen in Goma on Friday. "
    (found,) = mentions(text + "Friday's attack was the second on the police of Congo in two weeks.")
    assert found.place.surface == "Goma"
    other = mentions(text + "Friday's attack on Sake was the second in two weeks.")
    assert {one.place.surface for one in other} == {"Goma", "Sake"}


def test_the_years_of_which_something_is_the_worst_are_not_when_it_was(mentions):
    (found,) = mentions("On Friday the rebels launched their largest offensive in the past eight years in Goma.")
    assert found.when.starts_on == dt.date(2020, 10, 16)


def test_whose_building_it_was_is_not_where_it_took_place(mentions):
    text = "Two bombs went off on Friday. The explosions took place at"
    assert [one.place for one in mentions(f"{text} an Iran embassy building.")] == [None]
    assert [one.place.surface for one in mentions(f"{text} an Iran embassy building in Goma.")] == ["Goma"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Gunmen killed 30 people in Borno state on Friday. Two teachers were among those killed in Bama and Gwoza.", ["Bama", "Gwoza"]),
        ("Raids killed 30 people in Borno state on Friday. Two teachers were among those killed in Bama.", ["Borno", "Bama"]),
        ("Gunmen killed 30 people in Maiduguri on Friday. Two teachers were among those killed in Bama.", ["Maiduguri", "Bama"]),
    ],
)  # fmt: skip
def test_where_those_were_killed_who_died_in_a_province_is_where_it_was(mentions, text, places):
    assert sorted(one.place.surface for one in mentions(text)) == sorted(places)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rebels captured Sake on Thursday. Nine soldiers were killed.", [9]),
        ("Rebels captured Sake on Thursday. The rebels killed nine soldiers, an officer said.", [9]),
        ("The army retook Sake on Thursday. Two soldiers and seven rebels were killed in the operation.", [9]),
        # who died elsewhere, on another day, of something else or of another, and civilians
        ("Rebels captured Sake on Thursday. In the north, nine soldiers were killed.", [None, 9]),
        ("Rebels captured Sake on Thursday. Nine soldiers were killed on Friday.", [None, 9]),
        ("Rebels captured Sake on Thursday. Nine soldiers were killed in Goma.", [None, 9]),
        ("Rebels captured Sake on Thursday. Nine soldiers were killed by a mine.", [None, 9]),
        ("Rebels captured Sake on Thursday. Nine villagers were killed.", [None, 9]),
        ("Rebels withdrew from Sake on Thursday. Nine soldiers were killed.", [None, 9]),
    ],
)
def test_fighters_who_died_told_right_behind_a_capture_died_in_it(mentions, text, told):
    killed = [
        one.casualties.killed.best if one.casualties and one.casualties.killed else None for one in mentions(text)
    ]
    assert killed == told
