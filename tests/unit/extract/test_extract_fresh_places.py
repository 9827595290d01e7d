"""What reports say of places besides: who came through them, what was spared, what an apposition adds, and streets of their names."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places import Gazetteer

ON = dt.date(2024, 3, 13)  # a Wednesday


@pytest.fixture(scope="module")
def reader():
    return Reader(Gazetteer.open())


@pytest.fixture
def read(reader):
    return lambda text, on=ON: reader.read(Report(report_id="r1", text=text, published_on=on))


def places(reading):
    return [one.place.surface if one.place else None for one in reading.mentions]


@pytest.mark.parametrize(
    "text",
    [
        "Residents who reached Mandalay by road described heavy air strikes on Wednesday.",
        "Witnesses who fled to Port Sudan described air strikes on Monday.",
    ],
)
def test_where_those_came_who_tell_of_it_is_no_place_of_it(read, text):
    assert places(read(text)) == [None]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Soldiers killed 45 civilians in Merawi, a town in the Amhara region, on 29 January.", ["Merawi"]),
        ("Fighters looted shops in Rufaa, a town north-east of Wad Madani, on Tuesday.", ["Rufaa"]),
        ("Rebels captured Lashio, the largest town in northern Shan State, on Monday.", ["Lashio"]),
    ],
)
def test_an_apposition_says_where_a_town_lies_and_tells_no_second_event(read, text, names):
    assert places(read(text)) == names


def test_what_was_spared_is_no_place_of_the_event(read):
    assert sorted(places(read("Missiles hit Kyiv and Odesa, but not Lviv, on Monday."))) == ["Kyiv", "Odesa"]
    assert sorted(places(read("Blasts shook Kyiv and Odesa but not Lviv on Monday."))) == ["Kyiv", "Odesa"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("Kabul fell to the Taliban on Monday.", "Kabul"), ("Mosul fell to Islamic State in June.", "Mosul")],
)
def test_a_town_that_fell_to_somebody_was_taken_there(read, text, name):
    (mention,) = read(text).mentions
    assert mention.place.surface == name
    assert mention.sub_event_type.endswith("territory")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The M23 captured Kazibyengwa on Sunday.", ["Kazibyengwa"]),
        ("The rebels said they had taken Sinlumkaw, on the Chinese border, on Sunday.", ["Sinlumkaw"]),
        ("The RSF seized Malha, north of El Fasher, on Sunday.", ["Malha"]),
    ],
)
def test_what_fighters_captured_is_a_town_though_no_gazetteer_knows_it(read, text, names):
    reading = read(text)
    assert places(reading) == names
    assert [one.sub_event_type for one in reading.mentions] == ["Non-state actor overtakes territory"]


def test_what_is_listed_behind_the_villages_of_is_a_village(read):
    text = "Nine people were killed in the villages of Zuq al-Bayt and Hilat Salim in South Kordofan on Sunday."
    assert sorted(places(read(text))) == ["Hilat Salim", "Zuq al-Bayt"]
    text = "Nine people were killed in the village of Zuq al-Bayt and Hassan Salim was wounded on Sunday."
    assert set(places(read(text))) == {"Zuq al-Bayt"}


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers seized Dragunovs in Goma on Monday.",
        "The troops captured Kazimbo on Monday. Joseph Kazimbo leads the rebels.",
        "The rebels captured Kazimbo fighters on Monday.",
    ],
)
def test_what_else_fighters_capture_is_none(read, text):
    assert all(not one.sub_event_type.endswith("territory") for one in read(text).mentions)


def test_the_fallen_of_a_place_are_no_fall_of_it(read):
    (mention,) = read("Another 26 soldiers of Donetsk had fallen in the fighting near Horlivka on Monday.").mentions
    assert mention.place.surface == "Horlivka"
    assert mention.sub_event_type == "Armed clash"
    assert read("Another 26 soldiers of Donetsk had fallen in the fighting, its authorities reported.").mentions == ()


def test_a_road_named_after_a_town_elsewhere_is_not_in_that_town(read):
    assert places(read("A gunman opened fire on Moscow Road in Bristol on Monday, killing one person.")) == ["Bristol"]


@pytest.mark.parametrize("hour", ["14:30", "2 p.m.", "noon", "about 22:10 local time"])
def test_an_hour_is_of_the_day_named_beside_it(read, hour):
    (mention,) = read(f"A drone killed a man at {hour} in Sumy on 8 March.").mentions
    assert mention.when.starts_on == mention.when.ends_on == dt.date(2024, 3, 8)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Two boys aged 5 and 12 were killed by a shell in Nikopol on Monday.", 2),
        ("Girls aged 3, 9 and 15 were killed by a shell in Nikopol on Monday.", 2),
        ("A couple aged 70 and 72 were killed by a shell in Nikopol on Monday.", 2),
    ],
)
def test_ages_count_nobody(read, text, low):
    (mention,) = read(text).mentions
    assert mention.casualties.killed.low == low


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("War began in November 2020, when Tigrayan fighters attacked bases in Mekelle. Thousands have died.", []),
        (
            "The war began in July 2014 when rebels attacked Sloviansk. More than 6,000 people have been killed.",
            [("Sloviansk", None)],
        ),
    ],
)
def test_the_dead_of_a_war_whose_beginning_was_told_are_its_toll(read, text, begun):
    found = read(text)
    assert [(one.scope, one.measure) for one in found.tolls] == [("war", "killed")]
    assert [(one.place.surface, one.casualties) for one in found.mentions] == begun


def test_shelling_that_people_brace_for_has_not_happened(read):
    (mention,) = read("Residents brace for shelling in Nikopol.").mentions
    assert mention.status.value == "hypothetical"


@pytest.mark.parametrize("force", ["artillery", "gunners", "troops", "soldiers"])
def test_the_forces_of_bosnian_serbs_are_not_those_of_the_state(read, force):
    (mention,) = read(f"Bosnian Serb {force} shelled Sarajevo on Monday.", dt.date(1993, 4, 14)).mentions
    assert [one.name for one in mention.actors] == ["Bosnian Serb forces"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shelling killed five people in Aleppo's Azaz on Monday.", ["Azaz"]),
        ("Rebels shelled Aleppo's Azaz on Monday.", ["Azaz"]),
        ("Gunmen killed five people near Kandahar's Spin Boldak on Monday.", ["Spin Boldak"]),
        ("Rockets hit Israel's Iron Dome batteries near Sderot on Monday.", ["Sderot"]),
        ("The army shelled Aleppo's suburbs on Monday.", ["Aleppo"]),
    ],
)
def test_a_town_behind_the_name_of_its_region_is_the_place(read, text, names):
    assert places(read(text)) == names
