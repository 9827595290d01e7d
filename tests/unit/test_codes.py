import pytest
from builders import mention, place, report, source

from geoconflict.codes import (
    INTER_NAMES,
    PLOVER_MODES,
    check_plover,
    inter_of,
    interaction_name,
    interaction_of,
    plover_contexts,
    plover_country,
    plover_of,
    sectors_of,
)
from geoconflict.events import merge_sources
from geoconflict.models import Actor, ActorKind, EventType, Status


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        (ActorKind.STATE_FORCES, 1),
        (ActorKind.GOVERNMENT, 1),
        (ActorKind.REBEL_GROUP, 2),
        (ActorKind.POLITICAL_MILITIA, 3),
        (ActorKind.IDENTITY_MILITIA, 4),
        (ActorKind.RIOTERS, 5),
        (ActorKind.PROTESTERS, 6),
        (ActorKind.CIVILIANS, 7),
        (ActorKind.EXTERNAL, 8),
        (ActorKind.UNKNOWN, None),
    ],
)
def test_kinds_have_inter_codes(kind, number):
    assert inter_of(Actor(name="A", kind=kind), None) == number


@pytest.mark.parametrize(
    ("kind", "own", "where", "number"),
    [
        (ActorKind.STATE_FORCES, "RUS", "RUS", 1),
        (ActorKind.STATE_FORCES, "RUS", "UKR", 8),
        (ActorKind.STATE_FORCES, "RUS", None, 1),
        (ActorKind.STATE_FORCES, None, "UKR", 1),
        (ActorKind.REBEL_GROUP, "COD", "RWA", 2),
        (ActorKind.CIVILIANS, "FRA", "MLI", 7),
    ],
)
def test_the_forces_of_a_state_abroad_are_external(kind, own, where, number):
    assert inter_of(Actor(name="A", kind=kind, country=own), where) == number


@pytest.mark.parametrize(
    ("first", "second", "number", "name"),
    [
        (1, 2, 12, "State forces-Rebel group"),
        (2, 1, 12, "State forces-Rebel group"),
        (8, 8, 88, "External/Other forces-External/Other forces"),
        (8, 7, 78, "External/Other forces-Civilians"),
        (7, 3, 37, "Political militia-Civilians"),
        (6, None, 60, "Protesters only"),
        (None, 1, 10, "State forces only"),
    ],
)
def test_interactions_as_numbers_and_as_text(first, second, number, name):
    assert interaction_of(first, second) == number
    assert interaction_name(number) == name


def test_nobody_known_has_no_interaction_and_a_wrong_number_no_name():
    assert interaction_of(None, None) is None
    with pytest.raises(KeyError):
        interaction_name(99)
    assert set(INTER_NAMES) == set(range(1, 9))


def test_the_plover_vocabulary_is_that_of_the_manual():
    assert len(PLOVER_MODES) == 16
    assert sum(len(modes) for modes in PLOVER_MODES.values()) == 67
    check_plover("ASSAULT:drone")
    check_plover("AID")


@pytest.mark.parametrize("code", ["", "assault", "ASSAULT:", "ASSAULT:tank", "AID:food", "ASSAULT:drone:x"])
def test_what_is_no_plover_code_is_refused(code):
    with pytest.raises(ValueError, match="PLOVER"):
        check_plover(code)


def test_sectors_and_countries_of_actors():
    assert sectors_of(Actor(name="A", kind=ActorKind.REBEL_GROUP)) == ("REB",)
    assert sectors_of(Actor(name="A", kind=ActorKind.STATE_FORCES, sectors=("COP",))) == ("COP",)
    assert plover_country(Actor(name="A", country="XKX")) == "KOS"
    assert plover_country(Actor(name="A", country="MLI", body="UNO")) == "UNO"
    assert plover_country(Actor(name="A")) is None


def event_of(*tellings, **fields):
    told = [source(report(f"Report {n}."), **{**fields, **telling}) for n, telling in enumerate(tellings)]
    (event,) = merge_sources(told)
    return event


def test_the_sharpest_telling_gives_the_plover_code():
    event = event_of({"plover": "ASSAULT", "score": 0.9}, {"plover": "ASSAULT:heavy-weapons", "score": 0.6})
    assert plover_of(event) == ("ASSAULT", "heavy-weapons")
    assert plover_of(event_of({})) == ("", "")


@pytest.mark.parametrize(
    ("sub", "status", "code"),
    [
        ("talks", Status.SCHEDULED, ("AGREE", "")),
        ("talks", Status.OCCURRED, ("CONSULT", "visit")),
        ("ceasefire", Status.SCHEDULED, ("CONCEDE", "")),
    ],
)
def test_what_is_only_announced_has_a_code_of_its_own(sub, status, code):
    told = {"event_type": EventType.DIPLOMACY, "sub_event_type": sub, "status": status, "plover": "CONSULT:visit"}
    assert plover_of(event_of(told)) == code


def test_contexts_come_from_every_telling():
    battle = {"event_type": EventType.BATTLES, "sub_event_type": "Government regains territory", "at": place()}
    event = event_of(battle)
    assert event.sub_event_type == "Armed clash"  # nobody is named who took it
    assert plover_contexts(event) == ("territory",)
    assert plover_contexts(event_of({"sub_event_type": "Chemical weapon"})) == ("cbrn",)
    assert plover_contexts(event_of({})) == ()
    assert mention().plover == ""
