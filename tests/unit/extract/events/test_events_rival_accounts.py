"""What somebody else says of the dead of the event before: a second version with his figure, never in place of the first."""

import datetime as dt

import pytest
from builders import place, resolution
from few_names import mentions_of, reading_of

from geoconflict.events import merge_sources
from geoconflict.events.assemble import event_sources
from geoconflict.models import Report


def events_of(text):
    report = Report(report_id="r1", text=text, published_on=dt.date(2023, 5, 12))
    reading = reading_of(text)
    places = [resolution(one, place(one.surface)) for one in reading.toponyms]
    return merge_sources(event_sources(report, reading, places))


def bounds(count):
    return (count.low, count.best, count.high) if count else None


@pytest.mark.parametrize(
    ("text", "killed", "rival"),
    [
        (
            "An air strike killed 40 people in Nyala on Friday, medics said. The Sudanese army said that three fighters were killed.",
            (3, 40, 40),
            "3 according to Sudanese army",
        ),
        (
            "A missile strike on a school in Kharkiv killed 60 people, rescuers said. The Russian military said 19 militants were killed.",
            (19, 60, 60),
            "19 according to Russian military",
        ),
        (
            "A drone strike killed 15 villagers in Gao on Friday, elders said. The army said six jihadists were killed.",
            (6, 15, 15),
            "6 according to army",
        ),
        (
            "Shelling killed nine people in Izium on Thursday. Russia said that 14 people had been killed.",
            (9, 9, 14),
            "14 according to Russia",
        ),
    ],
)
def test_anothers_toll_stands_beside_the_first_which_stays_the_best(text, killed, rival):
    (event,) = events_of(text)
    first, version = mentions_of(text)
    assert bounds(event.killed) == killed
    assert any(rival in said for said in event.disagreements)
    assert version.sub_event_type == first.sub_event_type
    assert bounds(first.casualties.killed) == (killed[1],) * 3


@pytest.mark.parametrize("only", ["only fighters had been killed", "only rebels were killed"])
def test_whom_alone_it_killed_is_no_figure(only):
    (event,) = events_of(f"An air strike killed dozens in Gao on Tuesday. The army said that {only}.")
    assert bounds(event.killed) == (24, None, None)
    assert event.sub_event_type == "Air/drone strike"


@pytest.mark.parametrize(
    ("text", "best"),
    [
        (
            "A bomb killed 20 people in Gao on Friday, medics said. The army said a soldier was also killed.",
            {"Gao": 21},
        ),
        (
            "A drone strike killed 15 villagers in Gao on Friday, elders said. The army said six rebels were killed in Kidal.",
            {"Gao": 15, "Kidal": 6},
        ),
    ],
)
def test_more_dead_and_the_dead_of_another_town_are_no_rivals(text, best):
    assert {event.place.name: event.killed.best for event in events_of(text)} == best
    assert all(not event.disagreements for event in events_of(text))


def test_the_fighters_of_a_battle_are_others_than_its_civilians():
    _, clash = mentions_of(
        "Fighting in Gao killed 20 civilians on Friday, medics said. The army said 12 rebels were killed."
    )
    assert [actor.name for actor in clash.actors] == ["Rebels"]


@pytest.mark.parametrize(
    ("teller", "names"),
    [
        ("Islamic State said it had killed 300 soldiers.", {"Islamic State"}),
        ("The army said it had killed 300 fighters.", {"Rebels"}),
    ],
)
def test_who_tells_that_he_did_it_is_who_did(teller, names):
    told = mentions_of(
        f"Jihadists opened fire on villagers in Gao on Saturday, killing more than 130 people, residents said. {teller}"
    )
    assert {actor.name for one in told[:1] for actor in one.actors if actor.part == "agent"} == names
