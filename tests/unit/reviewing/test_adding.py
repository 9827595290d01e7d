"""An event that a report tells and nothing was found of: what a reviewer writes of it, each fault with what would do."""

import dataclasses
import functools

import pytest
from builders import place, report
from review_server import NOON

from geoconflict.corrections import Deed, corrections_of
from geoconflict.corrections.file import line_of
from geoconflict.extract.actors.lexicon import load_actor_lexicon
from geoconflict.reviewing.adding import NewEvent, add_event
from geoconflict.reviewing.deciding import Desk, decide
from geoconflict.reviewing.points import PointDoubtError
from geoconflict.reviewing.typed import actor_named
from geoconflict.store import EventStore

TEXT = "The market reopened.\nGuards shot two  traders\nat Hilltown on Monday. The market closed."
TOLD = dataclasses.replace(report(TEXT), origin="reports/a.txt", external_id="row-7")
HILL = place("Hilltown", 15.0, 12.0, place_id="test:hill", country="TCD")
NEW = NewEvent(
    report="row-7", quote="Guards shot two traders at Hilltown", sub_event_type="Attack", place="test:hill", starts_on="2021-06-07"
)  # fmt: skip


@pytest.fixture
def desk(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as store:
        store.put_report(TOLD)
        store.put_report(report("Another report."))
        yield Desk(
            store=store,
            place={"test:hill": HILL}.get,
            who="anna",
            when=NOON,
            countries=("TCD",),
            actor=functools.partial(actor_named, load_actor_lexicon()),
        )


def added(desk, **fields):
    (made,) = add_event(desk, dataclasses.replace(NEW, **fields), "passed over").corrections
    return made


@pytest.mark.parametrize("key", ["row-7", TOLD.report_id, TOLD.report_id[:8], "a.txt", "reports/a.txt"])
def test_a_report_is_named_by_its_id_or_its_file_and_quoted_whatever_its_line_breaks(desk, key):
    made = added(desk, report=key)
    (ref,) = made.tellings
    assert (ref.report, ref.quote) == (TOLD.report_id, "Guards shot two  traders\nat Hilltown")
    assert TEXT[ref.start : ref.end] == ref.quote
    assert (made.what, made.why, made.value["place"]["place_id"]) == (Deed.ADD, "passed over", "test:hill")
    assert (made.value["event_type"], made.value["status"], made.value["ends_on"]) == (
        "Violence against civilians", "occurred", "2021-06-07",
    )  # fmt: skip


def test_what_is_optional_is_read_as_in_other_decisions(desk):
    made = added(
        desk, ends_on="2021-06-08", status="claimed", claimed_by="a mayor", agents="Chadian police", targets="none",
        figures={"killed": "2", "wounded": "3 to 7", "captured": ""},
    ).value  # fmt: skip
    assert (made["status"], made["by"], made["ends_on"]) == ("claimed", "a mayor", "2021-06-08")
    assert [one["name"] for one in made["agents"]] == ["Police Forces of Chad"]
    assert (made["targets"], made["killed"]["best"], made["wounded"]["high"]) == ([], 2, 7)
    assert "captured" not in made
    assert "was" not in made
    assert added(desk, claimed_by="a mayor").value["status"] == "claimed"
    assert added(desk, place="none").value["place"] is None


def test_it_is_one_telling_whoever_adds_it_and_however_it_is_written(desk):
    mine = added(desk)
    theirs = added(dataclasses.replace(desk, who="ben"), report="a.txt", quote=" Guards shot two traders at\nHilltown ")
    assert (mine.event, mine.tellings) == (theirs.event, theirs.tellings)
    assert mine.entry_id != theirs.entry_id
    assert added(desk, place="none").tellings != mine.tellings
    (again,) = corrections_of(line_of(mine), "c.jsonl")
    assert again == mine


def test_a_point_that_something_speaks_against_is_asked_about(desk):
    far = dataclasses.replace(NEW, place="lon 15.0, lat 12.0")
    with pytest.raises(PointDoubtError, match="no town is known"):
        add_event(desk, far)
    (made,) = add_event(desk, far, is_confirmed=True).corrections
    assert made.value["place"]["lon"] == 15.0


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"report": " "}, "report is blank; give the id of a report, or the name of its file"),
        ({"report": "nowhere.txt"}, "report 'nowhere.txt' is that of no report of the store"),
        ({"quote": "  "}, "quote is blank; copy the words"),
        (
            {"quote": "Guards shot three traders"},
            f"does not stand in report {TOLD.report_id}; copy it from there, word for word",
        ),
        ({"quote": "The market"}, "stands 2 times in report"),
        ({"quote": "Guards " * 300}, "quote is longer than 1,000 characters"),
        ({"sub_event_type": "Skirmish"}, "sub_event_type 'Skirmish' is unknown"),
        ({"starts_on": ""}, "is not a day like 2020-09-27"),
        ({"starts_on": "2021-06-07", "ends_on": "2021-06-01"}, "lies before"),
        ({"place": ""}, "value is blank; give a place_id, or LON, LAT in degrees, or 'none'"),
        ({"place": "nowhere:1"}, "is no place_id of the gazetteer"),
        ({"status": "perhaps"}, "status 'perhaps' is unknown"),
        ({"status": "claimed"}, "claimed needs who claims it"),
        ({"agents": "Lions", "targets": "Lions"}, "'Lions' stands on both sides"),
        ({"figures": {"killed": "many"}}, "killed 'many' is no number"),
    ],
)
def test_a_fault_says_what_would_do(desk, fields, said):
    with pytest.raises(ValueError) as error:
        added(desk, **fields)
    assert said in str(error.value)


def test_an_event_that_is_there_is_not_added(desk):
    with pytest.raises(ValueError, match="write it in a row of its own"):
        decide(desk, None, "add")
