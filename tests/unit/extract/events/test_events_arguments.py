import datetime as dt

import pytest
from few_names import mentions_of, reading_of

from geoconflict.models import Relation, Role

SHELLING = "Shelling/artillery/missile attack"

PLACES = [
    # one mention for each place, the sharpest name of several
    ("Russian forces shelled Izium and Kharkiv.", {("Izium", "at"), ("Kharkiv", "at")}),
    ("Russian forces shelled Izium, Bakhmut and Kharkiv.", {("Izium", "at"), ("Bakhmut", "at"), ("Kharkiv", "at")}),
    ("Russian forces shelled the town of Izium in Ukraine.", {("Izium", "at")}),
    ("Rebels attacked an army base near Menaka in Mali.", {("Menaka", "near")}),
    ("Gunmen ambushed a patrol near Menaka, in the Kidal Region, on Monday.", {("Menaka", "near")}),
    ("Gunmen attacked Menaka village, Mali, on Monday.", {("Menaka", "at")}),
    ("Shelling by Russian forces hit Bakhmut.", {("Bakhmut", "at")}),
    ("Missiles fired from Russia struck Kharkiv.", {("Kharkiv", "at")}),
    ("In Khartoum, the government said rebels had shelled Nyala on Monday.", {("Nyala", "at")}),
    ("Speaking in Paris, the minister said rebels shelled Nyala.", {("Nyala", "at")}),
]


@pytest.mark.parametrize(("text", "expected"), PLACES, ids=[text for text, _ in PLACES])
def test_the_places_of_the_predicate(text, expected):
    assert {(mention.place.surface, mention.place.relation.value) for mention in mentions_of(text)} == expected


def test_each_predicate_keeps_its_own_place_and_day():
    mentions = mentions_of("Rebels shelled Nyala on Monday, and gunmen killed two traders in El Fasher on Wednesday.")
    found = {(m.sub_event_type, m.place.surface, m.when.starts_on) for m in mentions}
    assert found == {(SHELLING, "Nyala", dt.date(2023, 5, 8)), ("Attack", "El Fasher", dt.date(2023, 5, 10))}


def test_background_keeps_its_own_day():
    mentions = mentions_of(
        "Rebels shelled Nyala on Tuesday. Fighting that broke out in Khartoum on April 15 has spread."
    )
    days = {mention.place.surface: mention.when.starts_on for mention in mentions}
    assert days == {"Nyala": dt.date(2023, 5, 9), "Khartoum": dt.date(2023, 4, 15)}


def test_no_day_in_the_text_is_not_given_one():
    (mention,) = mentions_of("Rebels shelled Nyala.")
    assert mention.when.starts_on is None
    assert mention.when.ends_on == dt.date(2023, 5, 12)
    assert mention.when.basis.value == "published"


def test_a_caption_without_a_day_lies_between_the_first_day_of_the_war_and_publication():
    text = (
        "Fighting that broke out in Khartoum on April 15 has spread to Darfur.\n\n"
        "Men sweep up near a school, which was damaged in the conflict, in El Fasher [Agency] "
        "The president met aid workers in Cairo."
    )
    (damage,) = [mention for mention in mentions_of(text) if mention.place and mention.place.surface == "El Fasher"]
    assert damage.sub_event_type == SHELLING
    assert (damage.when.starts_on, damage.when.ends_on, damage.when.precision.value) == (
        dt.date(2023, 4, 15),
        dt.date(2023, 5, 12),
        "range",
    )


def test_there_is_no_event_in_a_venue_or_a_speakers_capital():
    mentions = mentions_of(
        "Talks between Sudan and Chad opened in Geneva on Thursday as rebels shelled Nyala. Moscow condemned the attack."
    )
    assert {(m.event_type.value, m.place.surface) for m in mentions if m.place} == {
        ("Diplomacy", "Geneva"),
        ("Explosions/Remote violence", "Nyala"),
    }


def test_figures_of_the_event_and_not_the_totals_are_its_casualties():
    (mention,) = mentions_of("Rebels shelled Nyala on Monday, killing at least six civilians and wounding 14.")
    assert mention.casualties.killed.low == 6
    assert mention.casualties.wounded.best == 14


def test_a_figure_of_two_places_together_belongs_to_neither():
    mentions = mentions_of("Rebels shelled Nyala and El Fasher, killing 20 people.")
    assert {mention.place.surface for mention in mentions} == {"Nyala", "El Fasher"}
    assert all(mention.casualties is None for mention in mentions)


def test_roles_agree_with_the_events():
    reading = reading_of("Russian forces shelled Izium. The mayor of Kharkiv said residents were leaving.")
    roles = {toponym.surface: toponym.role for toponym in reading.toponyms}
    assert roles["Izium"] is Role.EVENT_PLACE
    assert roles["Kharkiv"] is not Role.EVENT_PLACE
    (mention,) = reading.mentions
    assert mention.place in reading.toponyms
    assert mention.place.relation is Relation.AT


def test_a_settlement_within_its_region_is_one_event_with_its_casualties():
    (mention,) = mentions_of("Gunmen ambushed a convoy near Menaka, in the Kidal Region, killing 13 soldiers.")
    assert mention.place.surface == "Menaka"
    assert mention.casualties.killed.best == 13


def test_the_death_toll_in_the_next_sentence_is_the_events():
    reading = reading_of("Gunmen raided Menaka on Monday. Officials put the death toll at 31.")
    (mention,) = reading.mentions
    assert mention.casualties.killed.best == 31
    assert reading.tolls == ()


def test_what_the_raid_did_is_the_events_told_before():
    (mention,) = mentions_of("Rebels attacked Menaka on Monday. The raid left 12 people dead.")
    assert mention.casualties.killed.best == 12


def test_the_death_toll_of_a_war_stays_a_total():
    reading = reading_of("Gunmen raided Menaka on Monday. The death toll in the war has reached 4,100.")
    (mention,) = reading.mentions
    assert mention.casualties is None
    assert [toll.count.best for toll in reading.tolls] == [4100]


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Two traders were shot aboard a plane in Gao on Monday.", "Attack"),
        ("Two traders were killed inside the helicopter in Gao on Monday.", "Attack"),
        ("Two traders were killed by a helicopter in Gao on Monday.", "Air/drone strike"),
    ],
)
def test_what_people_are_aboard_is_no_weapon(text, sub):
    (mention,) = mentions_of(text)
    assert mention.sub_event_type == sub


@pytest.mark.parametrize(
    ("text", "n_events", "agents"),
    [
        ("The group said it had killed 20 soldiers in Gao.", 1, set()),
        ("The army said it had killed 20 rebels in Gao.", 1, {"Military Forces"}),
        ("The storm hit Gao. Officials said it had killed 20 people in the town.", 0, set()),
    ],
)
def test_who_says_what_it_did_is_the_doer_and_officials_are_none_of_a_storm(text, n_events, agents):
    found = mentions_of(text)
    assert len(found) == n_events
    assert {actor.name for one in found for actor in one.actors if actor.part == "agent"} == agents
