"""The corrections file: every fault by its line, appended to whole, merged in git, changed by nobody."""

import dataclasses
import datetime as dt
import json
import random
import threading

import pytest
from builders import place, report, source

from geoconflict.corrections import Deed, append_corrections, correction, load_corrections
from geoconflict.corrections.entry import checked, place_value, ref_to
from geoconflict.corrections.saying import place_of
from geoconflict.errors import InputError
from geoconflict.models import PlacePrecision

NOON = dt.datetime(2021, 7, 1, 12, tzinfo=dt.UTC)
ADDED = {"place": None, "sub_event_type": "Attack", "starts_on": "2021-02-03"}
TOLD = source(report("Shells fell on Riverton. \u2028 A second line, and \u202eturned."))


def entry(n=0, **fields):
    values = {
        "what": Deed.ACCEPT, "who": "anna", "when": NOON + dt.timedelta(hours=n), "event": f"e{n}", "tellings": [ref_to(TOLD)],
        "why": "read\nagain", "value": {"place": "test:riverton"},
    }  # fmt: skip
    return correction(**{**values, **fields})


def test_what_is_appended_is_read_again_and_stands_in_one_line(tmp_path):
    file = tmp_path / "c.jsonl"
    entries = [
        entry(0),
        entry(1, what=Deed.MOVE, value={"place": place_value(place())}),
        entry(2, what=Deed.REJECT, value={}),
    ]
    assert append_corrections(file, entries) == 3
    assert append_corrections(file, entries[:2]) == 0
    assert file.read_text().count("\n") == 3
    assert "\u202e" not in file.read_text()
    assert list(load_corrections(file)) == entries
    assert entries[0].why == "read again"


def test_an_absent_file_holds_nothing_and_a_blank_line_is_passed_over(tmp_path):
    assert len(load_corrections(tmp_path / "none.jsonl")) == 0
    assert load_corrections(tmp_path / "none.jsonl").key == ""
    (tmp_path / "c.jsonl").write_bytes(b"\xef\xbb\xbf\r\n" + json.dumps(entry().to_dict()).encode() + b"\r\n")
    assert len(load_corrections(tmp_path / "c.jsonl")) == 1


def test_lines_that_were_merged_in_any_order_and_twice_are_one_file(tmp_path):
    entries = [entry(n, who=who) for n in range(4) for who in ("anna", "ben")]
    append_corrections(tmp_path / "a.jsonl", entries)
    lines = (tmp_path / "a.jsonl").read_text().splitlines(keepends=True) * 2
    random.Random(1).shuffle(lines)
    (tmp_path / "b.jsonl").write_text("".join(lines))
    one, other = load_corrections(tmp_path / "a.jsonl"), load_corrections(tmp_path / "b.jsonl")
    assert (list(one), one.key) == (list(other), other.key)


def test_an_entry_written_by_hand_needs_no_id_and_a_changed_one_is_refused(tmp_path):
    file = tmp_path / "c.jsonl"
    by_hand = entry().to_dict()
    del by_hand["id"]
    file.write_text(json.dumps(by_hand))
    assert list(load_corrections(file)) == [entry()]
    file.write_text(json.dumps(entry().to_dict() | {"who": "ben"}))
    with pytest.raises(InputError, match="line 1: its id is not that of what it says"):
        load_corrections(file)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"what": "mvoe"}, "what 'mvoe' is unknown"),
        ({"when": "2021-07-01T12:00:00"}, "has no time zone"),
        ({"when": "yesterday"}, "Invalid isoformat"),
        ({"who": " "}, "who is blank"),
        ({"who": "an\u202ena"}, "characters that cannot be seen"),
        ({"colour": "red"}, "unknown field colour"),
        ({"tellings": []}, "accept needs tellings"),
        ({"tellings": [1]}, ""),
        ({"tellings": "x"}, "tellings is no list"),
        ({"what": "merge"}, "of the sides a and b"),
        ({"what": "split"}, "of the sides out and stay"),
        ({"what": "move", "value": {}}, "move needs a place"),
        ({"what": "move", "value": {"place": {"lon": 200, "lat": 1}}}, "lon 200 is not a number from -180 to 180"),
        ({"what": "move", "value": {"place": {"lon": True, "lat": 1}}}, "lon True is not a number"),
        ({"what": "move", "value": {"place": {"lon": 1, "lat": 1, "precision": "vague"}}}, "place: "),
        ({"what": "retype", "value": {"sub_event_type": "Skirmish"}}, "'Skirmish' is unknown"),
        ({"what": "retype", "value": {"sub_event_type": "Armed clash", "event_type": "Riots"}}, "is of 'Battles'"),
        ({"what": "redate", "value": {"starts_on": "2021-02-30"}}, "is not a day"),
        ({"what": "redate", "value": {"starts_on": "2021-02-03", "ends_on": "2021-02-01"}}, "lies before"),
        ({"what": "withdraw"}, "withdraw needs the id"),
        ({"value": 3}, "value is no object"),
        ({"why": "x" * 3000}, "longer than 2000"),
        ({"who": ["anna"]}, "who ['anna'] is no text"),
        ({"why": "\ud800"}, "half a character (U+D800)"),
        ({"value": {"place": "x", "more": 10**30}}, "too large"),
        ({"value": {"place": ["x"]}}, "place ['x'] is no text"),
        ({"value": {"date": "garbage/x"}}, "date 'garbage/x' is not two days"),
        ({"value": {"date": "2020-02-30/None"}}, "is not a day"),
        ({"value": {"lon": "x"}}, "lon 'x' is not a number"),
        ({"what": "withdraw", "value": {"correction": ["a"]}}, "withdraw needs the id"),
        ({"what": "redate", "value": {"starts_on": "0001-01-01"}}, "not in the years 1000 to 2999"),
        ({"what": "redate", "value": {"starts_on": "9999-12-31"}}, "not in the years 1000 to 2999"),
        (
            {"what": "redate", "value": {"starts_on": "1800-01-01", "ends_on": "2020-01-01"}},
            "more than a century apart",
        ),
        ({"what": "redate", "value": {"starts_on": 20200101}}, "is not a day"),
        ({"what": "retype", "value": {"sub_event_type": ["Armed clash"]}}, "is no text"),
        ({"what": "add", "value": {}}, "add needs place, sub_event_type, starts_on; null is no place"),
        ({"what": "add", "value": ADDED | {"starts_on": "2021-02-30"}}, "is not a day"),
        ({"what": "add", "value": ADDED | {"killed": "many"}}, "killed 'many' is not a whole number"),
        ({"what": "add", "value": ADDED, "tellings": []}, "add needs tellings"),
        (
            {"what": "add", "value": ADDED, "tellings": [ref_to(TOLD).to_dict(), ref_to(TOLD).to_dict()]},
            "add needs one telling",
        ),
        (
            {"what": "add", "value": ADDED, "tellings": [ref_to(TOLD).to_dict() | {"quote": " "}]},
            "with the quote of the report",
        ),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path, change, said):
    file = tmp_path / "c.jsonl"
    broken = {name: value for name, value in entry().to_dict().items() if name != "id"} | change
    file.write_text(json.dumps(entry().to_dict()) + "\n\n" + json.dumps(broken) + "\n")
    with pytest.raises(InputError) as error:
        load_corrections(file)
    assert "line 3: " in str(error.value)
    assert said in str(error.value)
    before = file.read_bytes()
    with pytest.raises(InputError):
        append_corrections(file, [entry(5)])
    assert file.read_bytes() == before


HERE = {"lon": 30.0, "lat": 10.0}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"geometry": "../../etc/passwd"}, "is no point, line or area in WKT"),
        ({"geometry": ""}, "is no point, line or area"),
        ({"geometry": "GEOMETRYCOLLECTION EMPTY"}, "is no point, line or area"),
        ({"geometry": "POLYGON EMPTY"}, "is no point, line or area"),
        ({"geometry": "POINT (nan inf)"}, "geometry 'POINT (nan inf)' is"),
        ({"geometry": "LINESTRING (30 10, 30 inf)"}, "is not on the globe"),
        ({"geometry": "LINESTRING (30 10, 30 100)"}, "is not on the globe"),
        ({"geometry": "POINT (179 89)"}, "degrees from lon 30, lat 10"),
        ({"geometry": "POINT (10 30)"}, "degrees from lon 30, lat 10"),
        ({"geometry": 3}, "geometry 3 is no text"),
        ({"lon": 10**400}, "hexadecimal digits is too large"),
        ({"radius_m": 10**310}, "hexadecimal digits is too large"),
        ({"radius_m": 1e300}, "radius_m 1e+300 is not a number"),
        ({"radius_m": float("nan")}, "nan is not a number"),
        ({"place_id": ["x"]}, "place_id ['x'] is no text"),
        ({"name": None}, "name None is no text"),
        ({"country": 3}, "country 3 is no text"),
        ({"population": "many"}, "population 'many' is not a whole number"),
        ({"valid_from": "soon"}, "place: "),
        ({"colour": "red"}, "place: "),
    ],
)
def test_a_place_that_is_none_is_named_with_its_line(tmp_path, change, said):
    move = {"what": "move", "value": {"place": HERE | change}}
    broken = {name: value for name, value in entry().to_dict().items() if name != "id"} | move
    (tmp_path / "c.jsonl").write_text(json.dumps(entry().to_dict()) + "\n" + json.dumps(broken) + "\n")
    with pytest.raises(InputError) as error:
        load_corrections(tmp_path / "c.jsonl")
    assert "line 2: " in str(error.value)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"mention": ["a"]}, "mention ['a'] is no text"),
        ({"report": None}, "report None is no text"),
        ({"start": "1"}, "start '1' is not a whole number"),
        ({"start": 1.0}, "start 1.0 is not a whole number"),
        ({"end": -1}, "end -1 is not a whole number"),
        ({"quote_start": True}, "quote_start True is not a whole number"),
        ({"published": 2020}, "published 2020 is no text"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_telling_that_is_none_is_named_with_its_line(tmp_path, change, said):
    broken = {name: value for name, value in entry().to_dict().items() if name != "id"}
    broken["tellings"] = [broken["tellings"][0] | change]
    (tmp_path / "c.jsonl").write_text("\n" + json.dumps(broken) + "\n")
    with pytest.raises(InputError) as error:
        load_corrections(tmp_path / "c.jsonl")
    assert "line 2: " in str(error.value)
    assert said in str(error.value)


@pytest.mark.parametrize("line", ["[" * 100_000, '{"value": ' + "[" * 30 + "]" * 30 + "}", "9" * 5000, "1e999"])
def test_nesting_and_numbers_without_end_are_faults_like_others(tmp_path, line):
    (tmp_path / "c.jsonl").write_text(line)
    with pytest.raises(InputError, match="line 1: "):
        load_corrections(tmp_path / "c.jsonl")


def test_all_faults_are_named_and_marks_of_a_merge_are_told(tmp_path):
    (tmp_path / "c.jsonl").write_text("<<<<<<< mine\n[]\n>>>>>>> theirs\n")
    with pytest.raises(InputError) as error:
        load_corrections(tmp_path / "c.jsonl")
    assert [f"line {n}" in str(error.value) for n in (1, 2, 3)] == [True] * 3
    assert "a merge may have left its marks" in str(error.value)


def test_what_stands_there_stays_byte_for_byte_and_a_line_without_an_end_gets_one(tmp_path):
    file = tmp_path / "c.jsonl"
    before = json.dumps(entry().to_dict(), indent=None, separators=(" ,", " : ")).encode()
    file.write_bytes(before)
    append_corrections(file, [entry(1)])
    assert file.read_bytes().startswith(before + b"\n{")
    assert len(load_corrections(file)) == 2


def test_who_append_at_once_lose_nothing(tmp_path):
    file = tmp_path / "c.jsonl"
    threads = [threading.Thread(target=append_corrections, args=(file, [entry(n)])) for n in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=120)
    assert len(load_corrections(file)) == 12


def test_a_place_stands_in_an_entry_whole_but_for_a_long_outline():
    line = dataclasses.replace(
        place(),
        geometry="LINESTRING (30 10, 31 11)",
        precision=PlacePrecision.LINE,
        kind="line",
        country=None,
        source="",
    )
    long = dataclasses.replace(line, geometry=f"LINESTRING ({', '.join(f'30 {n / 100}' for n in range(2000))})")
    for one, same in (
        (place(), place()),
        (line, line),
        (long, dataclasses.replace(line, geometry="POINT (30.0 10.0)")),
    ):
        made = entry(what=Deed.MOVE, value={"place": place_value(one)})
        got = place_of(made)
        assert dataclasses.replace(got, source="") == dataclasses.replace(same, source="")
    assert checked(Deed.MOVE, {"place": {"lon": 1.5, "lat": 2}})["place"]["place_id"] == "review:1.5000,2.0000"
