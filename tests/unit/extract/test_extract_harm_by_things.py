"""What explodes, is destroyed or found dead: by whom or what it was, and where nobody did it."""

import pytest
from few_names import mentions_of

BOMB, RUINED = "Remote explosive/landmine/IED", "Looting/property destruction"


def armed(text):
    return [one.sub_event_type for one in mentions_of(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Walkie-talkies exploded in Gao on Tuesday, killing seven people.",
        "Six people were killed when laptops detonated across Nyala.",
        "A handbag blew up in Izium on Monday, wounding two policemen.",
        "A vehicle exploded near Kidal on Monday, killing three soldiers.",
    ],
)
def test_what_explodes_and_harms_people_is_a_bomb(text):
    assert armed(text) == ["Remote explosive/landmine/IED"]


@pytest.mark.parametrize(
    "text",
    [
        "A boiler exploded in Gao on Tuesday, killing seven people.",
        "Gas cylinders exploded in Nyala on Monday, wounding nine people.",
        "Fireworks exploded in Paris on Monday, wounding nine people.",
        "A volcano exploded near Kidal on Monday, killing nine people.",
        "A stove exploded in Paris on Monday, killing a man.",
        "Prices exploded in Cairo on Monday.",
        "A lorry exploded in Paris on Monday.",
    ],
)
def test_what_explodes_by_itself_or_hurts_nobody_is_none(text):
    assert armed(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Insurgents destroyed a school near Menaka on Monday.", ["Looting/property destruction"]),
        ("The army demolished nine houses in Nyala on Monday.", ["Looting/property destruction"]),
        ("A flood destroyed a bridge near Gao on Monday.", []),
        ("Developers demolished nine houses in Paris on Monday.", []),
        ("Two reporters were found dead in Gao on Monday.", ["Attack"]),
        ("Four refugees were found dead near Menaka.", ["Attack"]),
        ("Two skiers were found dead near Paris.", []),
        ("Two fishermen, missing since Monday, were found dead near Gao.", []),
        (
            "A miner, kidnapped by gunmen, was found dead in Gao on Monday.",
            ["Abduction/forced disappearance", "Attack"],
        ),
        ("Troops found the bodies of 12 insurgents in Gao on Monday.", ["Armed clash"]),
        ("Nine insurgent bodies were found in Gao on Monday after the battle.", ["Armed clash"]),
        ("The blindfolded bodies of three soldiers were found in Gao on Monday.", ["Attack"]),
    ],
)
def test_houses_and_people_are_destroyed_by_somebody(text, found):
    assert armed(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Insurgents hurled sticks of dynamite at a bank in Gao on Monday.", [BOMB]),
        ("Masked men threw a Molotov cocktail at a newspaper office in Nyala on Monday.", [BOMB]),
        ("A dynamite charge wrecked a party office in Gao on Monday.", [BOMB]),
        ("Insurgents placed explosives at a union hall in Nyala on Monday, wounding nine people.", [BOMB]),
        ("Protesters hurled Molotov cocktails at police in Cairo on Monday.", ["Violent demonstration"]),
        ("Fans threw bottles at the referee in Cairo on Monday.", []),
        ("The mayor placed the explosive matter of land before the council in Gao on Monday.", []),
        ("Workers placed explosives in a quarry near Gao on Monday before the demolition.", []),
    ],
)
def test_explosives_are_thrown_and_laid(text, found):
    assert armed(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A prosecutor's house was machine-gunned in Gao on Monday.", ["Attack"]),
        ("A senator was machinegunned in Nyala on Monday.", ["Attack"]),
        ("A prosecutor was riddled with bullets in Nyala on Monday.", ["Attack"]),
        ("Army helicopters machinegunned two villages near Gao on Monday.", ["Air/drone strike"]),
        ("Jeeps of the rebels machine-gunned a column of soldiers near Gao on Monday.", ["Armed clash"]),
        ("The report was riddled with errors, the mayor of Gao said on Monday.", []),
        ("He gunned the engine in Gao on Monday.", []),
    ],
)
def test_guns_are_turned_on_whatever_they_hit(text, found):
    assert armed(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Insurgents carried out sabotage actions against the power grid in Gao on Monday.", [RUINED]),
        ("The sabotage of a pipeline near Nyala on Monday cut supplies.", [RUINED]),
        ("Insurgents sabotaged two power lines near Gao on Monday.", [RUINED]),
        ("The sabotage of the budget angered ministers in Paris on Monday.", []),
        ("Insurgents seized nine farmers in Nyala on Monday.", ["Abduction/forced disappearance"]),
        ("The court seized nine farms in Nyala on Monday.", []),
    ],
)
def test_works_are_sabotaged_and_people_are_seized(text, found):
    assert armed(text) == found
