"""What explodes, is destroyed or found dead: by whom or what it was, and where nobody did it."""

import pytest
from few_names import mentions_of


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
