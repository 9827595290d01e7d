"""Attacks on camps, convoys and other places that soldiers have and civilians too."""

import pytest
from few_names import mentions_of

CIVILIAN = ("Violence against civilians", "Attack")
ARMED = ("Battles", "Armed clash")
SHELLED = ("Explosions/Remote violence", "Shelling/artillery/missile attack")
BOMBED = ("Explosions/Remote violence", "Air/drone strike")


def types(text):
    return [(one.event_type.value, one.sub_event_type) for one in mentions_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Fighters attacked the camp for displaced people in Nyala on Monday, killing 17 civilians.",
        "Rebels attacked a refugee camp near Gao on Monday, killing at least 20 people.",
        "Rebels attacked a camp in Gao on Monday, killing a woman and her two children.",
        "The army attacked a camp for displaced families in Gao on Monday.",
        "Militiamen attacked a displaced persons' camp in Kharkiv on Sunday, leaving 15 civilians dead.",
        "Rebels killed 12 villagers in an attack on a camp in Kidal on Sunday.",
        "Soldiers raided a camp in El Fasher on Tuesday. Dozens of displaced people died.",
        "Rebels attacked a convoy of aid workers near Nyala on Sunday.",
        "The army attacked a shelter in Gao on Sunday.",
        "Soldiers attacked a clinic in Gao on Sunday.",
        "Rebels attacked the market in Gao on Sunday, killing 12 traders.",
        "Troops attacked the village of Menaka on Thursday. Forty villagers were killed.",
    ],
)
def test_an_attack_on_where_civilians_are_is_one_on_civilians(text):
    assert types(text) == [CIVILIAN]


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked an army camp near Gao on Sunday, killing 13 soldiers.",
        "Rebels attacked an army camp near Gao on Sunday, killing 13 people.",
        "The army attacked rebel camps near Kidal on Sunday, killing 20 fighters.",
        "Rebels attacked a camp near Kidal on Sunday. Twenty soldiers died.",
        "Rebels attacked a camp near Kidal on Sunday.",
        "Rebels attacked a military convoy near Gao on Sunday, killing two soldiers and three civilians.",
        "Clashes between soldiers and rebels in Nyala on Friday killed 11 civilians.",
    ],
)
def test_an_attack_on_where_fighters_are_is_a_clash_whoever_else_died_there(text):
    assert types(text) == [ARMED]


def test_a_camp_that_is_shelled_or_bombed_is_told_by_the_weapon():
    assert types("The army shelled a camp for displaced people in Nyala on Sunday, killing 13 civilians.") == [SHELLED]
    assert types("Jets bombed a refugee camp in Nyala on Sunday, killing 30 people.") == [BOMBED]


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Gunmen entered Pibor on Tuesday, shot dead five traders and left.", "Attack"),
        ("Militiamen entered the village of Kaga on Tuesday and killed 20 villagers.", "Attack"),
        ("Rebels entered Kaga on Tuesday, killing nine soldiers.", "Non-state actor overtakes territory"),
        ("Troops opened fire on herders protesting over land in Loikaw on Monday, killing six.", "Excessive force against protesters"),
        ("Insurgents killed six herders near Loikaw on Monday.", "Attack"),
        ("Demonstrators broke into the embassy in Tripoli on Monday and smashed windows.", "Violent demonstration"),
        ("A mob torched ten shops in Multan on Monday.", "Violent demonstration"),
        ("Insurgents torched ten shops in Multan on Monday.", "Looting/property destruction"),
        ("Two helicopters destroyed a fuel truck near Sirte on Monday.", "Air/drone strike"),
        ("Chadian jets flattened a school near Sirte on Monday.", "Air/drone strike"),
        ("An Ilyushin bombed a clinic in Malakal on Monday.", "Air/drone strike"),
    ],
)  # fmt: skip
def test_what_was_done_to_whom_says_what_it_was(text, sub):
    assert [found for _, found in types(text)] == [sub]


@pytest.mark.parametrize(
    "text",
    [
        "Troops opened fire in Gao on Monday, leaving six dead.",
        "Police opened fire on a crowd in Kidal on Monday.",
    ],
)
def test_forces_who_fire_where_no_opponent_is_named_attack_civilians(text):
    assert types(text) == [CIVILIAN]


@pytest.mark.parametrize(
    "text",
    [
        "Troops opened fire in Gao on Monday, killing six jihadists.",
        "Troops opened fire on militants in Gao on Monday, leaving six dead.",
        "Troops clashed with militants in Gao on Monday. The troops opened fire, killing six.",
        "Troops opened fire in Kidal on Monday.",
    ],
)
def test_forces_who_fire_at_an_opponent_or_at_what_is_not_said_clash(text):
    assert set(types(text)) == {ARMED}


@pytest.mark.parametrize(
    "text",
    [
        "The regime bombed Gao on Monday.",
        "Gao was bombed by the junta on Monday.",
        "The junta's bombing of Gao on Monday killed six.",
        "Troops dropped three bombs on Gao on Monday.",
        "A bomb dropped by the army on Gao on Monday killed six.",
    ],
)
def test_what_states_bomb_or_drop_comes_from_the_air(text):
    assert types(text) == [BOMBED]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb planted by the army exploded in Gao on Monday.",
        "Militants bombed a school in Gao on Monday.",
        "A government office was bombed in Gao on Monday.",
        "Militants dropped a bomb at the door of a cafe in Gao on Monday.",
    ],
)
def test_what_others_bomb_or_troops_lay_is_a_bomb_on_the_ground(text):
    assert types(text) == [("Explosions/Remote violence", "Remote explosive/landmine/IED")]


def test_burglars_are_no_crowd():
    assert types("Thieves broke into a shop in Multan on Monday and smashed windows.") == []


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Police fired rubber bullets at pensioners rallying in Gao on Monday.", "Protest with intervention"),
        ("Officers used tear gas to disperse pensioners who were rallying in Gao on Monday.", "Protest with intervention"),
        ("Police detained nine teachers protesting in Gao on Monday.", "Protest with intervention"),
        ("Troops beat students marching in Gao on Monday.", "Excessive force against protesters"),
        ("Militants attacked students marching in Gao on Monday.", "Attack"),
        ("Police detained nine activists in Gao on Monday.", "Arrests"),
    ],
)  # fmt: skip
def test_what_is_done_to_people_who_are_protesting_is_one_event(text, sub):
    (told,) = mentions_of(text)
    assert told.sub_event_type == sub
    assert told.place is not None
    assert told.place.surface == "Gao"
