import dataclasses

from builders import place, report, source

from geoconflict.events import merge_sources
from geoconflict.interchange.parse_json import failure_to_json, parsed_to_json
from geoconflict.models import Actor, ActorKind, Reading, RunFailure


def event_of(**fields):
    told = report("Drones struck Riverton.")
    (event,) = merge_sources([source(told, **fields)])
    (written,) = parsed_to_json(told, Reading(report_id=told.report_id), [], [event])["events"]
    return written


def test_a_record_names_the_file_of_its_report_read_or_not():
    told = dataclasses.replace(report("Drones struck Riverton."), origin="wire/monday.jsonl:3")
    assert parsed_to_json(told, Reading(report_id=told.report_id), [], [])["origin"] == "wire/monday.jsonl:3"
    failed = failure_to_json(RunFailure(stage="extract", where="r9", what="too long"), origin="wire/monday.jsonl:4")
    assert (failed["origin"], failed["doc_id"], failed["events"]) == ("wire/monday.jsonl:4", "r9", [])


def test_an_event_carries_the_codes_of_its_actors_and_its_act():
    army = Actor(name="Army A", kind=ActorKind.STATE_FORCES, country="RUS", part="agent", surface="the army")
    written = event_of(at=place(country="UKR"), actors=(army,), plover="ASSAULT:drone")
    assert written["actors"] == ["Army A"]
    assert written["actor_codes"] == [
        {
            "name": "Army A",
            "phrase": "the army",
            "part": "agent",
            "kind": "state forces",
            "country": "RUS",
            "acled_inter": 8,
            "plover_country": "RUS",
            "plover_sectors": ["MIL"],
        }
    ]
    assert (written["plover_type"], written["plover_mode"], written["plover_contexts"]) == ("ASSAULT", "drone", [])


def test_what_has_no_code_is_null():
    written = event_of(at=None, place=None)
    assert (written["plover_type"], written["plover_mode"], written["actor_codes"]) == (None, None, [])
