"""Verbs and nouns of news English for one deed, a whole class of them at a time, and what else the same words are said of."""

import pytest
from few_names import mentions_of

SHELLED, BOMBED = "Shelling/artillery/missile attack", "Air/drone strike"


def subs_of(text):
    """Return the sub-types that a text is read to tell of."""
    return [one.sub_event_type for one in mentions_of(text)]


@pytest.mark.parametrize("verb", ["battered", "blasted", "hammered", "peppered", "pummelled", "raked"])
def test_guns_and_jets_batter_what_others_hold(verb):
    assert subs_of(f"Rebel gunners {verb} army positions near Kidal on Monday.") == [SHELLED]
    assert subs_of(f"Warplanes {verb} the town of Gao on Monday.") == [BOMBED]


@pytest.mark.parametrize(
    "text",
    [
        "Storms battered the coast near Gao on Monday.",
        "Cement prices hammered builders in Gao on Monday.",
        "The drone maker hammered its rivals in Paris on Monday.",
        "The minister blasted the army in Gao on Monday.",
    ],
)
def test_storms_prices_and_critics_batter_as_well(text):
    assert subs_of(text) == []


@pytest.mark.parametrize(
    "deed", ["ploughed into", "ripped through", "tore apart", "smashed into", "levelled", "gutted"]
)
def test_a_rocket_does_to_a_house_what_it_does(deed):
    assert subs_of(f"A rocket {deed} a bakery in Izium on Monday.") == [SHELLED]
    assert subs_of(f"A drone {deed} a bakery in Izium on Monday.") == [BOMBED]
    assert subs_of(f"A lorry {deed} a bakery in Izium on Monday.") == []


def test_rockets_that_crash_and_kill_are_no_accident():
    assert subs_of("Rockets crashed into the market in Kidal on Monday, killing three.") == [SHELLED]
    assert subs_of("Buses crashed near the market in Kidal on Monday, killing three.") == []


@pytest.mark.parametrize("verb", ["hurled", "unleashed", "loosed"])
def test_rockets_are_launched_by_many_words(verb):
    assert subs_of(f"Militants {verb} rockets at Gao on Monday.") == [SHELLED]


@pytest.mark.parametrize(
    ("text", "subs"),
    [
        ("Rebels sent a dozen drones at the airport of Gao on Monday.", [BOMBED]),
        ("Ukraine sent a dozen drones to Gao on Monday.", []),
        ("A plane dropped grenades on Kharkiv on Monday.", [BOMBED]),
        ("A plane dropped leaflets on Kharkiv on Monday.", []),
        ("Helicopters released explosives over Kharkiv on Monday.", [BOMBED]),
        ("Police dropped the charges in Kharkiv on Monday.", []),
    ],
)
def test_what_is_sent_or_dropped_and_where_to_tells(text, subs):
    assert subs_of(text) == subs


TAKEN, REGAINED = "Non-state actor overtakes territory", "Government regains territory"
HANDED = "Non-violent transfer of territory"


@pytest.mark.parametrize("deed", ["grabbed", "reclaimed", "cleared", "fully secured", "swept into", "now hold"])
def test_towns_are_taken_in_many_words(deed):
    assert subs_of(f"Tuareg rebels {deed} the town of Gao.") == [TAKEN]


@pytest.mark.parametrize(
    ("text", "subs"),
    [
        ("The army flushed the rebels from Gao on Monday.", [REGAINED]),
        ("The army re-entered Gao on Monday and restored control over the town.", [REGAINED]),
        ("The army completed the capture of Gao on Monday.", [REGAINED]),
        ("The rebels hoisted their flag over Gao on Monday.", [TAKEN]),
        ("The police cleared the streets of Gao on Monday.", []),
        ("Soldiers secured the airport of Gao ahead of the summit on Monday.", []),
        ("Troops freed a hostage near Gao on Monday.", []),
        ("The army recovered the body of a pilot near Gao on Monday.", []),
        ("Soldiers raised the flag at a ceremony in Gao on Monday.", []),
        ("The rebels, who now hold Gao, called for talks.", []),
        ("The rebels control Gao.", []),
    ],
)
def test_clearing_flags_and_holding_are_of_towns_and_of_war(text, subs):
    assert subs_of(text) == subs


@pytest.mark.parametrize("deed", ["abandoned", "fell back from", "fled", "left", "quit", "vacated"])
def test_who_leaves_posts_gives_them_up(deed):
    assert subs_of(f"Government soldiers {deed} their positions at Izium on Monday.") == [HANDED]


@pytest.mark.parametrize(
    "text",
    [
        "Thousands of people fled Izium on Monday.",
        "The robbers fled the village of Izium on Monday.",
        "Government soldiers left Izium on Monday.",
        "Soldiers quit the army in Izium on Monday.",
        "The army abandoned its plans for Izium on Monday.",
    ],
)
def test_who_flees_or_leaves_otherwise_held_nothing(text):
    assert subs_of(text) == []


CLASH, ATTACK = "Armed clash", "Attack"


@pytest.mark.parametrize("deed", ["assailed", "charged", "descended on", "hit back at", "infiltrated", "rushed"])
def test_raiders_come_upon_posts_in_many_words(deed):
    assert subs_of(f"Tuareg rebels {deed} an army camp near Menaka on Monday.") == [CLASH]


@pytest.mark.parametrize(
    ("text", "subs"),
    [
        ("Gunmen descended on the village of Menaka on Monday, killing four.", [ATTACK]),
        ("Gunmen descended on Menaka on Monday.", [ATTACK]),
        ("Tourists descended on Menaka on Monday.", []),
        ("Soldiers rushed the wounded to a hospital in Menaka on Monday.", []),
        ("The army charged two officers with murder in Menaka on Monday.", []),
        ("Police infiltrated a gang in Menaka on Monday.", []),
        ("Troops fought off the rebels near Menaka on Monday.", [CLASH]),
        ("Nurses fought off a fever near Menaka on Monday.", []),
        ("Soldiers engaged the militants near Menaka on Monday.", [CLASH]),
        ("Soldiers were engaged in fighting with the rebels near Menaka on Monday.", [CLASH]),
        ("Soldiers engaged in talks with elders near Menaka on Monday.", []),
        ("The two sides traded volleys across the river at Menaka on Monday.", [SHELLED]),
        ("The two sides traded insults across the river at Menaka on Monday.", []),
    ],
)
def test_words_of_fights_need_fighters_and_what_is_fought_for(text, subs):
    assert subs_of(text) == subs


@pytest.mark.parametrize("deed", ["beat off", "drove back", "rebuffed", "staved off", "threw back", "warded off"])
def test_an_attack_that_soldiers_beat_off_was_a_fight(deed):
    assert subs_of(f"Soldiers {deed} a rebel attack on Menaka on Monday.") == [CLASH]


@pytest.mark.parametrize("deed", ["opened up on", "sniped at", "took potshots at"])
def test_people_fire_in_many_words(deed):
    assert subs_of(f"Rebels {deed} an army patrol near Menaka on Monday.") == [CLASH]


def test_a_verb_that_is_said_of_flags_and_towns_adds_nothing_to_an_attack():
    assert subs_of("Clashes in Gao on Monday raised fears of famine.") == [CLASH]


DOWNED, BOMBER, MINE, GRENADE = "Disrupted weapons use", "Suicide bomb", "Remote explosive/landmine/IED", "Grenade"
MOVED, BURNT = "Change to group/activity", "Looting/property destruction"


@pytest.mark.parametrize(
    ("text", "subs"),
    [
        ("Rebels knocked down an army helicopter near Kidal on Monday.", [DOWNED]),
        ("Vandals knocked down a statue of a plane near Kidal on Monday.", []),
        ("Air defences took out nine Shaheds over Kharkiv on Monday.", [DOWNED]),
        ("A student detonated a vest at a mosque in Kidal on Monday.", [BOMBER]),
        ("A lorry was parked near a mosque in Kidal on Monday.", []),
        ("A truck laden with explosives rammed a hotel in Kidal on Monday.", [BOMBER]),
        ("A truck laden with melons rammed a hotel in Kidal on Monday.", []),
        ("A bus ran over a landmine near Kidal on Monday.", [MINE]),
        ("A bus ran over a dog near Kidal on Monday.", []),
        ("Masked men flung a grenade into a bar in Kidal on Monday.", [GRENADE]),
        ("Masked men flung a chair into a bar in Kidal on Monday.", []),
        ("Rebels trapped the garrison at Kidal on Monday.", [CLASH]),
        ("Rain trapped the garrison at Kidal on Monday.", []),
        ("The army launched an operation against militants near Kidal on Monday.", [CLASH]),
        ("The army launched an operation against locusts near Kidal on Monday.", []),
        ("Rebel columns reached the outskirts of Kidal on Monday.", [MOVED]),
        ("Delegates reached the outskirts of Kidal on Monday.", []),
        ("Militiamen incinerated homes in Kidal on Monday.", [BURNT]),
        ("Lightning incinerated homes in Kidal on Monday.", []),
    ],
)
def test_rarer_words_of_weapons_sieges_and_operations(text, subs):
    assert subs_of(text) == subs


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Kharkiv shelled overnight", SHELLED),
        ("Kharkiv under fire", CLASH),
        ("Kharkiv was under heavy fire on Monday.", CLASH),
        ("Kharkiv endured its worst shelling in weeks on Monday.", SHELLED),
        ("Kharkiv woke to shelling on Monday.", SHELLED),
        ("Villages near Kharkiv came under heavy fire on Monday.", CLASH),
    ],
)
def test_a_town_is_where_it_is_told_to_suffer(text, sub):
    (one,) = mentions_of(text)
    assert (one.sub_event_type, one.place.surface) == (sub, "Kharkiv")


@pytest.mark.parametrize(
    "text",
    [
        "Minister under fire in Kharkiv over pay",
        "The mayor of Kharkiv came under fire on Monday for his budget.",
        "The hospital in Kharkiv came under fire for its fees on Monday.",
        "Kharkiv endured a cold winter.",
        "The president lost Kharkiv on Monday.",
    ],
)
def test_who_is_blamed_or_voted_out_suffers_otherwise(text):
    assert subs_of(text) == []


def test_from_whom_fire_comes_is_who_fires():
    (one,) = mentions_of("Villages near Kharkiv came under fire from Russian troops on Monday.")
    assert [(actor.part, actor.country) for actor in one.actors] == [("agent", "RUS")]
    (one,) = mentions_of("Villages near Kharkiv came under fire from across the river on Monday.")
    assert one.actors == ()


def test_a_country_before_a_verb_alone_may_have_done_it():
    assert mentions_of("Russia bombed again on Monday.")[0].place is None


@pytest.mark.parametrize(
    ("text", "subs"),
    [
        ("Drone downed over Izium", [DOWNED]),
        ("Border post ambushed near Izium", [CLASH]),
        ("Homes torched in Izium", [BURNT]),
        ("Rocket lands in Izium", [SHELLED]),
        ("Strikes pound Izium overnight", [SHELLED]),
        ("Tenants evicted in Izium", []),
        ("Mars probe lands in Izium", []),
        ("Pass intercepted in Izium", []),
    ],
)
def test_headlines_leave_out_the_auxiliary(text, subs):
    assert subs_of(text) == subs


def test_who_drives_towards_forces_approaches_no_town():
    text = "One Malian civilian is killed when his truck drives towards French forces in Gao."
    assert subs_of(text) == [ATTACK]
    assert subs_of("French forces pressed towards Gao on Monday.") == [MOVED]
