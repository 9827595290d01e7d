"""A strike is no walk-out where it does what only weapons do, and a car is no bomb where it is only hit."""

import pytest
from few_names import mentions_of

AIR, SHELLING, IED = "Air/drone strike", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED"


@pytest.mark.parametrize(
    "text",
    [
        "A strike hit a building in Nyala.",
        "In Nyala, a strike flattened a three-storey building; rescuers pulled out six bodies.",
        "A strike on the southern suburbs of Nyala targeted a senior commander.",
        "A strike on a car in Nyala killed two people.",
        "Overnight strikes destroyed two bridges in Nyala.",
    ],
)
def test_a_strike_that_wrecks_or_kills_is_an_event(text):
    assert [one.sub_event_type for one in mentions_of(text)] == [SHELLING]


@pytest.mark.parametrize(
    "text",
    [
        "A strike hit airports across the country on Monday.",
        "A strike by dockers hit the port of Nyala.",
        "A strike hit a school in Nyala as staff demanded pay.",
        "The strike damaged the economy of Sudan.",
        "Nurses began a strike in Nyala on Monday.",
    ],
)
def test_a_walk_out_is_none(text):
    assert mentions_of(text) == ()


def test_a_strike_in_a_report_of_air_strikes_comes_from_the_air():
    text = "Air strikes on Monday killed 40 people in Sudan.\n\nIn Nyala, a strike hit a house."
    assert [one.sub_event_type for one in mentions_of(text)] == [AIR, AIR]
    text = "Air strikes and artillery hit Sudan on Monday.\n\nIn Nyala, a strike hit a house."
    assert mentions_of(text)[-1].sub_event_type == SHELLING


@pytest.mark.parametrize(
    ("text", "sub_type"),
    [
        ("Troops fired at a car near Nyala on Monday, killing a woman.", "Attack"),
        ("Gunmen attacked a truck near Nyala.", "Attack"),
        ("A car bomb exploded in Nyala, killing three.", IED),
        ("A car bombing in Nyala killed four.", IED),
        ("Militants attacked a base in Nyala with a truck packed with explosives.", IED),
    ],
)
def test_a_car_is_a_weapon_only_where_it_carries_a_bomb(text, sub_type):
    assert mentions_of(text)[0].sub_event_type == sub_type


def test_who_attacks_a_tank_attacks_a_force():
    (mention,) = mentions_of("Rebels attacked two tanks near Nyala on Monday.")
    assert (mention.event_type.value, mention.sub_event_type) == ("Battles", "Armed clash")


def test_a_truck_that_hits_a_bus_is_no_event():
    assert mentions_of("A truck hit a bus near Nyala.") == ()


@pytest.mark.parametrize("how_many", ["at least 12 people", "more than 12 people", "up to 12 others", "some 12 pupils", "a total of 12 men"])  # fmt: skip
@pytest.mark.parametrize("told", [", the army said", " overnight, medics said", ""])
def test_a_strike_is_where_those_it_killed_were(how_many, told):
    (mention,) = mentions_of(f"A missile strike killed {how_many} in Nyala{told}.")
    assert mention.place.surface == "Nyala"
    assert mention.sub_event_type == SHELLING


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A strike by the Saudi-led coalition on a bus in Nyala killed four people on Monday.", AIR),
        ("NATO strikes hit Nyala on Monday, killing five.", AIR),
        ("Strikes by the army hit Nyala on Monday, killing five.", SHELLING),
        ("NATO artillery strikes hit Nyala on Monday, killing five.", SHELLING),
    ],
)
def test_an_alliance_of_states_strikes_from_the_air(text, kind):
    assert [one.sub_event_type for one in mentions_of(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Strikes hit Izium overnight",
        "A strike hit Izium before dawn, the military administration said.",
        "Rescuers were digging after a strike hit Izium on Monday.",
        "A strike on a clinic in Izium on Monday.",
        "Strikes target apartment blocks in Izium",
    ],
)
def test_strikes_of_the_night_that_hit_a_town_are_of_arms(text):
    assert {one.sub_event_type for one in mentions_of(text)} == {SHELLING}


@pytest.mark.parametrize(
    "text",
    [
        "Strikes hit Paris on Thursday",
        "Strikes hit France overnight",
        "A strike hit Paris overnight over pay.",
        "A strike hit Paris before dawn, leaving commuters stranded.",
        "Rail strike hits Paris overnight",
        "The dockers' strike hit the port of Izium overnight.",
    ],
)
def test_strikes_over_pay_and_of_whole_countries_are_not(text):
    assert mentions_of(text) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gunfire in the air killed a man in Gao on Monday.", "Attack"),
        ("An attack from the air killed a man in Gao on Monday.", "Air/drone strike"),
    ],
)
def test_shots_in_the_air_are_no_air_strike(text, kind):
    assert [one.sub_event_type for one in mentions_of(text)] == [kind]
