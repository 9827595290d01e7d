"""Accidents, fires and blasts that nobody meant, each beside one that somebody did."""

import pytest
from few_names import reading_of

VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots")


def violent(text):
    reading = reading_of(text)
    return [one for one in (*reading.mentions, *reading.unlikely) if one.event_type.value in VIOLENT]


PAIRS = [
    (
        "Four people are killed and 21 others are injured in a fire at a nursing home in Gao.",
        "Four people are killed and 21 others are injured in heavy fire at a nursing home in Gao.",
    ),
    (
        "Seven farmers are killed when a fire breaks out in a barn in Gao.",
        "Seven farmers are killed when rebels attack a barn in Gao.",
    ),
    (
        "Four tourists are killed when a helicopter crashes and falls into a gorge near Gao.",
        "Four tourists are killed when a helicopter falls into a gorge near Gao after rebels fired a missile at it.",
    ),
    (
        "A rig capsizes off Izium. Of the 30 people on board, four are killed.",
        "A rig capsizes off Izium after a rocket attack. Of the 30 people on board, four are killed.",
    ),
    (
        "A pilot was killed when his jet hit a hillside near Gao on Monday.",
        "A pilot was killed when his jet hit a rebel column near Gao on Monday.",
    ),
    (
        "A motorist who had fallen asleep drove his van into a crowd in Gao on Monday, killing four people.",
        "A man drove his van into a crowd in Gao on Monday, killing four people.",
    ),
    (
        "A man ploughed into shoppers in Gao on Monday, killing four people. The driver was drunk, police said.",
        "A man ploughed into shoppers in Gao on Monday, killing four people. The driver did so deliberately, police said.",
    ),
    (
        "A speeding driver rammed his car into a bus stop in Gao on Monday, killing four people.",
        "Drunk soldiers shot dead four people at a bus stop in Gao on Monday.",
    ),
    (
        "Eleven people are killed after a fuel truck explosion near Gao.",
        "Eleven people are killed after a fuel truck explosion near Gao, set off by rebels with a grenade.",
    ),
    (
        "An explosion caused by explosives stored for a quarry killed three people in Gao.",
        "An explosion caused by explosives in a car killed three people in Gao.",
    ),
    (
        "At least 19 people are killed in an explosion at a fireworks factory in Gao.",
        "At least 19 people are killed in an explosion at a police station in Gao.",
    ),
    (
        "A boiler blew up in a laundry in Gao on Monday, killing two.",
        "A bomb blew up in a laundry in Gao on Monday, killing two.",
    ),
    (
        "A tank exploded at a brewery in Gao on Monday, injuring two.",
        "A tank exploded on a mine in Gao on Monday, injuring two.",
    ),
    (
        "A storehouse of fireworks went up in Gao: a blast among the rockets left seven dead.",
        "A storehouse went up in Gao: a blast among the rockets of rebels left seven dead.",
    ),
    (
        "A cement mill blew up in Gao on Monday, killing nine.",
        "A cement mill blew up in Gao on Monday, killing nine. The governor blamed saboteurs.",
    ),
    (
        "Explosions at an arms depot in Gao killed 40 people on Monday. A short circuit had started a fire, an officer said.",
        "Explosions at an arms depot in Gao killed 40 people on Monday. An officer ruled out a short circuit.",
    ),
    (
        "Lightning struck a tank farm in Gao on Monday, setting off blasts that injured six people.",
        "Drones struck a tank farm in Gao on Monday, setting off blasts that injured six people.",
    ),
    (
        "Three gunners were killed when a shell went off in its barrel during an exercise near Gao.",
        "Three gunners were killed when a roadside bomb went off during an exercise near Gao.",
    ),
    (
        "Blasts shook an industrial estate in Gao on Monday, killing six people.",
        "Blasts shook a market in Gao on Monday, killing six people.",
    ),
    (
        "A clash of two lorries near Gao left four people dead.",
        "A clash of two militias near Gao left four people dead.",
    ),
    ("Thieves blew up a cash machine in Gao on Monday.", "Militants blew up a bank in Gao on Monday."),
    ("Builders blew up the old cinema in Gao on Monday.", "Rebels blew up the old cinema in Gao on Monday."),
    (
        "A boiler burst in Gao on Monday, its blast injuring nine workers.",
        "A grenade burst in Gao on Monday, its blast injuring nine workers.",
    ),
    ("In Gao a clinic treats people wounded by mines.", "In Gao three people were wounded by mines on Monday."),
    (
        "A shed full of fertiliser blew up in Gao on Monday, killing nine people.",
        "A shed full of rebels blew up in Gao on Monday, killing nine people.",
    ),
    (
        "A twister flattened a school in Gao on Monday; nine people were killed.",
        "A tank flattened a school in Gao on Monday; nine people were killed.",
    ),
    (
        "A private plane went down near Gao on Monday; all nine aboard were killed.",
        "Rebels bombed a private plane near Gao on Monday; all nine aboard were killed.",
    ),
    (
        "Gusts of 90 kph bombarded Gao with sand on Monday.",
        "Gunners of the army bombarded Gao with shells on Monday.",
    ),
    (
        "Mount Kanda erupted near Gao on Monday, killing nine farmers.",
        "Mount Kanda was shelled near Gao on Monday, killing nine farmers.",
    ),
    (
        "Soldiers marched into Gao on Monday, which the flood had cut off.",
        "Soldiers marched into Gao on Monday, which rebels had held.",
    ),
]


@pytest.mark.parametrize(("mishap", "deed"), PAIRS)
def test_a_mishap_is_no_event_and_the_like_that_is_meant_is_one(mishap, deed):
    assert violent(mishap) == []
    assert violent(deed)
