"""Attacks on bases, on roads and on what is not known: who did it, to whom, where, when and with how many dead."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Count, Report
from geoconflict.places.gazetteer import Gazetteer

ON = dt.date(2023, 6, 16)  # a Friday


@pytest.fixture(scope="module")
def read():
    reader = Reader(Gazetteer.open())
    return lambda text: reader.read(Report(report_id="r1", text=text, published_on=ON))


def names(mention, part):
    return {actor.name for actor in mention.actors if actor.part == part}


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("Militants of Al-Shabaab seized an army battalion in Afgooye on Monday.", "Al Shabaab"),
        ("Separatist forces took the last army camp in Batticaloa on Monday.", "Rebels"),
        ("Opposition forces captured Idlib on Monday.", "Rebels"),
    ],
)
def test_an_armed_group_that_takes_a_base_takes_ground_from_the_army(read, text, agent):
    (mention,) = read(text).mentions
    assert mention.sub_event_type == "Non-state actor overtakes territory"
    assert names(mention, "agent") == {agent}


def test_troops_of_the_state_are_no_rebels_for_whom_they_fight(read):
    (mention,) = read("Government forces captured the rebel base in Batticaloa on Monday.").mentions
    assert mention.sub_event_type == "Government regains territory"


def test_what_takes_a_base_where_people_are_the_object_is_no_capture_of_ground(read):
    (mention,) = read("Rebels captured nine soldiers near Afgooye on Monday.").mentions
    assert mention.casualties.captured == Count(low=9, best=9, high=9)
    assert not mention.sub_event_type.endswith("territory")


def test_the_weapons_of_a_group_are_the_group_s(read):
    (mention,) = read("People's Protection Units drones hit a police station in Afrin on Monday.").mentions
    assert names(mention, "agent") == {"People's Protection Units"}
    assert names(mention, "target") == {"Police Forces"}


def test_who_killed_in_an_attack_is_its_agent(read):
    (mention,) = read("On 12 June Al-Shabaab militants killed nine soldiers in a raid on a base in Afgooye.").mentions
    assert names(mention, "agent") == {"Al Shabaab"}
    (mention,) = read("Al-Shabaab said its fighters killed nine soldiers in Afgooye on Monday.").mentions
    assert names(mention, "agent") == {"Al Shabaab"}


@pytest.mark.parametrize("who", ["Kurdish rebels", "Tuareg separatists", "Baloch militants"])
def test_a_people_with_rebels_is_no_group_by_name(read, who):
    (mention,) = read(f"{who} attacked an army base in Hakkari on Monday.").mentions
    assert names(mention, "agent") == {"Rebels"}


def test_leaders_of_rebels_are_a_party_beside_the_state(read):
    (mention,) = read("Talks between the government and rebel leaders were held in Oslo on Monday.").mentions
    assert names(mention, "party") == {"Government", "Rebels"}


def test_the_dead_say_what_was_attacked(read):
    (mention,) = read(
        "Gunmen attacked the stadium in Afgooye on Monday. Twelve soldiers were killed and 17 captured."
    ).mentions
    assert (mention.event_type.value, mention.sub_event_type) == ("Battles", "Armed clash")
    assert mention.casualties.killed == Count(low=12, best=12, high=12)
    assert mention.casualties.captured == Count(low=17, best=17, high=17)
    found = read("Gunmen attacked the stadium in Afgooye on Monday. Twelve patients were killed.").mentions
    assert {one.event_type.value for one in found} == {"Violence against civilians"}


def test_a_number_before_what_captured_a_town_is_none_of_captives(read):
    (mention,) = read("Nine soldiers were killed and 30 captured the town of Afgooye on Monday.").mentions
    assert mention.sub_event_type.endswith("territory")
    assert (mention.casualties.killed.best, mention.casualties.captured) == (9, None)


@pytest.mark.parametrize(
    "target",
    ["an army unit", "a column of the Somali army", "a patrol of the Somali army and police"],
)
def test_forces_attacked_between_two_towns_are_attacked_on_the_way(read, target):
    (mention,) = read(f"Militants ambushed {target} between Afgooye and Baidoa on Monday.").mentions
    assert mention.place is not None
    assert mention.place.surface == "Afgooye"


def test_what_is_between_two_governments_is_no_ground(read):
    (mention,) = read("Gunmen killed two envoys to the talks between Paris and Berlin on Monday.").mentions
    assert mention.casualties.killed.best == 2
    assert mention.place is None
    assert read("The ministers attacked the deal between Paris and Berlin on Monday.").mentions == ()


def test_a_day_before_the_speaker_is_of_what_is_told(read):
    text = "Al-Shabaab fighters took the village of Bariire, 20 km south of Afgooye, on Tuesday, residents and an armed group said."
    (mention,) = read(text).mentions
    assert mention.when.starts_on == mention.when.ends_on == dt.date(2023, 6, 13)


def test_the_battle_is_that_in_which_the_base_was_taken(read):
    text = "Separatist forces took the last army camp in Batticaloa on Sunday. Four fighters and nine soldiers died in the battle."
    (mention,) = read(text).mentions
    assert mention.sub_event_type == "Non-state actor overtakes territory"
    assert mention.casualties.killed.best == 13


def test_the_dead_of_attacks_on_two_places_are_put_on_neither(read):
    reading = read(
        "Militants attacked a bus near Baidoa and an army camp in Gedo region on Monday, killing 20 civilians and four soldiers."
    )
    assert {one.place.surface for one in reading.mentions} == {"Baidoa", "Gedo"}
    assert all(one.casualties is None for one in reading.mentions)
    assert [(toll.scope, toll.count.best) for toll in reading.tolls] == [("places", 24)]


def test_what_struck_an_unknown_name_is_not_put_on_the_place_before(read):
    text = (
        "A drone struck Aleppo. Missiles hit Xqolvanka, killing six people in the town. The attack also wounded nine."
    )
    known, unknown = sorted(read(text).mentions, key=lambda one: one.start)
    assert known.place.surface == "Aleppo"
    assert known.casualties is None
    assert unknown.place is None
    assert (unknown.casualties.killed.best, unknown.casualties.wounded.best) == (6, 9)


def test_a_group_that_was_struck_is_no_unknown_place(read):
    found = read("A drone struck Aleppo. Missiles hit Hezbollah.").mentions
    assert {one.place.surface for one in found} == {"Aleppo"}


def test_who_only_goes_through_something_meanwhile_is_not_said_to_have_shot(read):
    (mention,) = read(
        "A protester was shot dead in Cali on Friday as Colombia entered its fourth week of protests."
    ).mentions
    assert names(mention, "agent") == set()
    assert names(mention, "target") == {"Protesters"}
    (mention,) = read("Two people were killed in Cali on Friday as troops entered the city.").mentions
    assert names(mention, "agent") == {"Military Forces"}


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("The post near Kismayo was overrun by insurgents on Thursday.", "Non-state actor overtakes territory"),
        ("Rebels penetrated Abeche on Tuesday and held it for two hours.", "Non-state actor overtakes territory"),
        ("Militias disputed control of Sabha on Tuesday, leaving six dead.", "Armed clash"),
        ("Ghat went over to the insurgents on Monday.", "Non-violent transfer of territory"),
    ],
)
def test_a_place_that_is_overrun_entered_or_given_up(read, text, sub):
    (mention,) = read(text).mentions
    assert mention.sub_event_type == sub


@pytest.mark.parametrize(
    "text", ["Ghat went over to winter time on Monday.", "The clubs disputed control of the stadium in Sabha."]
)
def test_clocks_and_clubs_take_no_place(read, text):
    assert read(text).mentions == ()


@pytest.mark.parametrize(
    "text",
    [
        "A bomber rammed a van full of explosives into a checkpoint in Ramadi on Thursday.",
        "An insurgent rammed an explosives-laden lorry into a convoy in Ramadi, killing nine soldiers.",
        "A bomber drove his motorcycle into a barracks in Ramadi.",
    ],
)
def test_who_rams_something_with_a_bomb_is_a_suicide_bomber(read, text):
    (mention,) = read(text).mentions
    assert mention.sub_event_type == "Suicide bomb"


@pytest.mark.parametrize(
    "text", ["A bomber crashed into a hill near Ramadi.", "Coastguards rammed a trawler near Latakia."]
)
def test_a_vehicle_that_runs_into_something_is_no_bomb(read, text):
    assert read(text).mentions == ()


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Raiders armed with machine guns shot dead 14 herders in Marsabit on Thursday.", 14),
        ("Members of a militia armed with automatic rifles shot dead at least 30 people in Djibo.", None),
        ("Two fishermen were shot dead at Uri on Monday when troops fired across the river.", 2),
    ],
)
def test_people_shot_dead_are_the_event_whatever_stands_before(read, text, killed):
    (mention,) = read(text).mentions
    assert (mention.sub_event_type, mention.casualties.killed.best) == ("Attack", killed)


def test_an_opposition_leader_who_is_arrested_is_no_rebel(read):
    (mention,) = read("An opposition leader was arrested in Kampala on Thursday.").mentions
    assert names(mention, "target") == {"Civilians"}


def test_what_is_overrun_by_nobody_named_is_an_event_with_its_dead(read):
    (mention,) = read("An army camp at Menaka was overrun on Thursday and 20 soldiers died.").mentions
    assert (mention.event_type.value, mention.casualties.killed.best) == ("Battles", 20)


@pytest.mark.parametrize(
    ("text", "sub", "dead"),
    [
        ("Seven insurgents died near Gao on Monday.", "Armed clash", 7),
        ("Seven jihadists died in an air strike near Gao on Monday.", "Air/drone strike", 7),
    ],
)
def test_that_fighters_died_somewhere_is_a_fight_unless_it_is_told_of_what(read, text, sub, dead):
    (told,) = read(text).mentions
    assert told.sub_event_type == sub
    assert told.casualties.killed.best == dead
    assert [actor.name for actor in told.actors if actor.part == "target"] == ["Rebels"]


@pytest.mark.parametrize(
    "text",
    [
        "Seven villagers died near Gao on Monday.",
        "Seven soldiers died near Gao on Monday.",
        "Seven insurgents died in a hospital in Gao on Monday.",
        "Seven insurgents died in Gao on Monday when their truck overturned.",
        "Insurgents who died in Gao were buried on Monday.",
        "Seven insurgents died on Monday.",
    ],
)
def test_who_else_died_or_of_what_else_is_no_fight(read, text):
    assert read(text).mentions == ()
