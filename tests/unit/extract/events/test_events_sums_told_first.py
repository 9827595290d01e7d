"""The dead of several attacks, told before each of them, are a toll; each attack is of the day that is told of all."""

import pytest
from few_names import reading_of


def told(reading):
    return sorted(
        (one.place.surface, one.casualties.killed.best if one.casualties else None, one.when.starts_on.day)
        for one in reading.mentions
    )


@pytest.mark.parametrize(
    "text",
    [
        (
            "Gunmen killed nine people in two separate attacks in Mali on Monday. In the first attack, they stormed a bar in Gao, "
            "killing five. In the second, four traders were shot dead in Menaka."
        ),
        (
            "Rebels killed nine people in two raids in Mali on Monday. Five died in a raid in Gao. Four were killed in a raid in "
            "Menaka. A mayor denied that five had been killed in Gao."
        ),
        (
            "Nine people were killed in bombings in Mali on Monday. In Gao, a car bomb killed five. Four others died when a mine "
            "exploded in Menaka."
        ),
    ],
)
def test_a_sum_is_a_toll_and_its_parts_are_of_its_day(text):
    reading = reading_of(text)
    assert told(reading) == [("Gao", 5, 8), ("Menaka", 4, 8)]
    assert [(one.count.best, one.scope) for one in reading.tolls] == [(9, "places")]


def test_who_did_what_the_sum_tells_and_who_says_so_is_of_its_parts():
    reading = reading_of(
        "Rebels killed nine people in two raids in the Inner Delta Valley on Monday, the army said. The first took place in Gao and "
        "left five dead. The second, in Menaka, left four dead."
    )
    assert [
        (one.place.surface, [actor.name for actor in one.actors if actor.part == "agent"], one.claimed_by)
        for one in reading.mentions
    ] == [("Gao", ["Rebels"], "army"), ("Menaka", ["Rebels"], "army")]


@pytest.mark.parametrize(
    "text",
    [
        # of other days, with more or fewer dead, or beside one attack
        "Nine people died in two attacks in Mali on Monday. On Friday, gunmen killed three in Gao. Four died in a raid in Menaka on Thursday.",
        "Nine people died in attacks in Mali on Monday. Gunmen killed three in Gao. Four died in a raid in Menaka.",
        "Nine people died in two attacks in Mali on Monday. Gunmen killed eight in Gao. Four died in a raid in Menaka.",
        "Nine people died in an attack in Mali on Monday. Gunmen killed five in Gao. Four died in a raid in Menaka.",
    ],
)
def test_what_is_no_sum_stays_an_event(text):
    assert "Mali" in {one.place.surface for one in reading_of(text).mentions}
