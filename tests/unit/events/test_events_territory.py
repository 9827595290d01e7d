import dataclasses
import datetime as dt

import pytest
from builders import day, place, report, source

from geoconflict.events import merge_sources
from geoconflict.models import Actor, ActorKind, EventType

REGAINED, OVERTAKEN, NEUTRAL = "Government regains territory", "Non-state actor overtakes territory", "Armed clash"


def actor(kind, country=None, part="agent"):
    return Actor(name=f"{kind.value} {country}", kind=kind, country=country, part=part)


STATE, REBELS, OUTSIDERS = ActorKind.STATE_FORCES, ActorKind.REBEL_GROUP, ActorKind.EXTERNAL


@pytest.mark.parametrize(
    ("actors", "country", "expected"),
    [
        # whose it is took it
        ([actor(STATE, "UKR")], "UKR", REGAINED),
        ([actor(STATE, None)], "UKR", REGAINED),
        ([actor(STATE, "SYR"), actor(STATE, "RUS")], "SYR", REGAINED),
        ([actor(STATE, "SYR"), actor(REBELS, "LBN")], "SYR", REGAINED),
        ([actor(ActorKind.GOVERNMENT, "UKR")], "UKR", REGAINED),
        # somebody else took it, and ACLED counts a foreign state there
        ([actor(STATE, "RUS")], "UKR", OVERTAKEN),
        ([actor(REBELS, "COD")], "COD", OVERTAKEN),
        ([actor(REBELS)], None, OVERTAKEN),
        ([actor(OUTSIDERS)], "UKR", OVERTAKEN),
        ([actor(REBELS, "MLI"), actor(STATE, "MLI", "target")], "MLI", OVERTAKEN),
        ([actor(REBELS, "MLI", "party")], "MLI", OVERTAKEN),
        # neither is known
        ([actor(STATE, "LKA"), actor(REBELS, "LKA")], "LKA", NEUTRAL),
        ([], "UKR", NEUTRAL),
        ([actor(STATE, "IND")], None, NEUTRAL),
        ([actor(ActorKind.CIVILIANS, "UKR")], "UKR", NEUTRAL),
        ([actor(STATE, "UKR", "target")], "UKR", NEUTRAL),
        ([actor(STATE, "UKR", "party"), actor(STATE, "RUS", "party")], "UKR", NEUTRAL),
    ],
)
@pytest.mark.parametrize("told", [REGAINED, OVERTAKEN])
def test_who_regained_or_overtook_follows_from_the_captor_and_the_country(told, actors, country, expected):
    where = place(country=country)
    telling = source(report(), at=where, event_type=EventType.BATTLES, sub_event_type=told, actors=tuple(actors))
    (event,) = merge_sources([telling])
    assert event.sub_event_type == expected
    assert event.event_type is EventType.BATTLES
    assert event.sources[0].mention.sub_event_type == told


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ([actor(STATE)], REGAINED),
        ([actor(REBELS)], OVERTAKEN),
        ([actor(STATE, "SDN")], NEUTRAL),
        ([actor(STATE), actor(REBELS, "SDN")], NEUTRAL),
    ],
)
def test_of_a_place_that_nobody_knows_the_army_of_no_named_country_is_that_of_the_place(actors, expected):
    telling = source(report(), at=None, event_type=EventType.BATTLES, sub_event_type=REGAINED, actors=tuple(actors))
    (event,) = merge_sources([telling])
    assert event.place is None
    assert event.sub_event_type == expected


@pytest.mark.parametrize(
    ("state", "country", "told_of", "expected"),
    [
        ("SDN", "SSD", "2008-05-20", REGAINED),
        ("SDN", "SSD", "2012-05-20", OVERTAKEN),
        ("IDN", "TLS", "1999-09-08", REGAINED),
        ("UGA", "SSD", "2008-05-20", OVERTAKEN),
        ("SSD", "SDN", "2008-05-20", OVERTAKEN),
    ],
)
def test_what_was_part_of_a_state_then_was_regained_by_it(state, country, told_of, expected):
    on = dt.date.fromisoformat(told_of)
    telling = source(
        report(on=on),
        at=place(country=country),
        event_type=EventType.BATTLES,
        sub_event_type=OVERTAKEN,
        actors=(actor(STATE, state),),
        when=dataclasses.replace(day(), starts_on=on, ends_on=on),
    )
    (event,) = merge_sources([telling])
    assert event.sub_event_type == expected


def test_without_a_place_a_state_regains_nothing():
    telling = source(
        report(),
        at=None,
        place=None,
        event_type=EventType.BATTLES,
        sub_event_type=REGAINED,
        actors=(actor(STATE, "UKR"),),
    )
    (event,) = merge_sources([telling])
    assert event.sub_event_type == NEUTRAL


def test_other_events_are_left_as_they_are():
    told = source(report(), event_type=EventType.STRATEGIC, sub_event_type="Non-violent transfer of territory")
    (event,) = merge_sources([told])
    assert event.sub_event_type == "Non-violent transfer of territory"


def test_who_withdrew_did_not_take_the_place():
    where = place(country="UKR")
    took = source(
        report(),
        at=where,
        event_type=EventType.BATTLES,
        sub_event_type=REGAINED,
        actors=(actor(STATE, "RUS"),),
        score=0.9,
    )
    left = source(
        report(),
        at=where,
        event_type=EventType.STRATEGIC,
        sub_event_type="Non-violent transfer of territory",
        actors=(actor(STATE, "UKR"),),
        score=0.5,
    )
    (event,) = merge_sources([took, left])
    assert event.sub_event_type == OVERTAKEN
    assert {one.country: one.part for one in event.actors} == {"RUS": "agent", "UKR": "target"}
