"""Where and since when people are counted, and figures that are told of several places as one."""

import datetime as dt

import pytest
from few_names import mentions_of, reading_of


def best(count):
    return count.best if count.best is not None else count.low


@pytest.mark.parametrize(
    ("text", "places", "since"),
    [
        ("73 people have died in the besieged town of Gao since 29 April.", ("Gao",), (2023, 4, 29)),
        ("At least 73 people have died in Gao since 29 April, a doctors' union said.", ("Gao",), (2023, 4, 29)),
        ("Since 26 April, at least 73 people have been killed in Nyala.", ("Nyala",), (2023, 4, 26)),
        ("Fighting in Kharkiv has killed 73 people since Monday.", ("Kharkiv",), (2023, 5, 8)),
        ("Shelling of Izium has killed 73 people since 1 May.", ("Izium",), (2023, 5, 1)),
        ("The army has lost 73 soldiers in Kidal since 3 May, officials in Gao said.", ("Kidal",), (2023, 5, 3)),
        ("Some 73 people have been wounded in Nyala and Gao since March.", ("Nyala", "Gao"), (2023, 3, 1)),
    ],
)
def test_a_toll_of_a_town_since_a_day_says_both(text, places, since):
    (toll,) = reading_of(text).tolls
    assert (toll.scope, toll.places, toll.since_on, best(toll.count)) == ("place", places, dt.date(*since), 73)


@pytest.mark.parametrize(
    "text",
    [
        "At least 73 people have been killed in Mali since 3 May.",
        "At least 73 people have been killed since 3 May, the mayor of Gao said.",
        "At least 73 people have been killed since 3 May, officials in Gao said.",
        "At least 73 people have been killed across the country, including in Gao, since 3 May.",
        "At least 73 people have been killed in the war over Gao since 3 May.",
    ],
)
def test_a_toll_of_a_country_or_a_war_is_none_of_a_town_that_is_named_besides(text):
    (toll,) = reading_of(text).tolls
    assert (toll.scope, toll.places, toll.since_on) == ("war", (), dt.date(2023, 5, 3))


def test_a_toll_of_a_region_stays_one_of_the_war_and_names_it():
    (toll,) = reading_of("Shelling has killed 46 civilians in Donbas since 27 April.").tolls
    assert (toll.scope, toll.places, toll.since_on) == ("war", ("Donbas",), dt.date(2023, 4, 27))


@pytest.mark.parametrize(
    "text",
    [
        "At least 30 people were killed in Nyala and Gao on Friday, a doctors' union said.",
        "Shelling of Nyala and Gao killed 30 people on Friday.",
        "Gunmen attacked Nyala and Gao on Friday, killing 30 people.",
        "Bombings in Nyala and Gao on Friday left 30 people dead.",
        "A bomb exploded in Nyala on Friday. Gunmen stormed a hotel in Gao. The two attacks left 30 people dead.",
        "Rebels shelled Nyala on Friday. A missile struck Gao. Both strikes killed 30 people.",
    ],
)
def test_a_figure_of_two_towns_is_told_with_both_and_counted_for_neither(text):
    reading = reading_of(text)
    assert sorted(one.place.surface for one in reading.mentions) == ["Gao", "Nyala"]
    for mention in reading.mentions:
        assert mention.casualties is None
        assert best(mention.together.killed) == 30
        assert mention.places_together == ("Nyala", "Gao")
    (toll,) = reading.tolls
    assert (toll.scope, toll.places, toll.since_on, best(toll.count)) == ("places", ("Nyala", "Gao"), None, 30)


def test_a_figure_of_one_town_is_its_own():
    (mention,) = mentions_of("Shelling of Gao killed 30 people on Friday. The two attackers fled.")
    assert (mention.together, mention.places_together, best(mention.casualties.killed)) == (None, (), 30)
    first, second = mentions_of("Rebels shelled Nyala on Friday, killing 30 people. A missile struck Gao, killing two.")
    assert [best(one.casualties.killed) for one in (first, second)] == [30, 2]
    assert (first.together, second.together) == (None, None)


@pytest.mark.parametrize(
    "where",
    [
        "Menaka, a village 12 kilometres east of the town of Gao",
        "Menaka, a village near Gao",
        "Menaka, a hamlet some 10 km from the town of Gao",
        "Menaka, close to Gao",
    ],
)
def test_the_town_by_which_a_village_lies_is_no_second_place_of_what_happened_there(where):
    (told,) = mentions_of(f"Gunmen killed 20 villagers on Friday. The attack took place in {where}.")
    assert (told.place.surface, best(told.casualties.killed)) == ("Menaka", 20)


@pytest.mark.parametrize(
    "where", ["in Menaka and in Gao", "in Menaka and near Gao", "in Menaka, outside Kidal and in Gao"]
)
def test_places_that_are_joined_are_each_a_place_of_what_happened(where):
    found = mentions_of(f"Gunmen killed 20 villagers on Friday. The attacks took place {where}.")
    assert {one.place.surface for one in found} == {"Menaka", "Gao"}
