"""`geoconflict review`: the list, the sheet that goes out and comes back, agreement; nothing is half-applied."""

import csv
import dataclasses
import io
import json

import pytest
from builders import day, place, report, source, toponym
from click.testing import CliRunner

from geoconflict.cli import main
from geoconflict.correction_stage import find_rulings
from geoconflict.corrections import load_corrections
from geoconflict.corrections.applying import corrected
from geoconflict.events import merge_into
from geoconflict.models import Reading, Resolution, ScoredPlace, Status
from geoconflict.store import EventStore

HILL = place("Hilltown", 31.0, 11.0, place_id="near:hilltown")


@pytest.fixture
def project(tmp_path):
    """A store of three events; the place of the first is doubtful and has an alternative."""
    (tmp_path / "geoconflict.toml").write_text('[places]\noverrides = "overrides.csv"\n')
    texts = [
        "Artillery struck Riverton on Thursday.",
        "=1+1 shells struck Riverton again.",
        "Mortars struck Riverton at dawn.",
    ]
    told = [report(text, source=f"Agency {n}") for n, text in enumerate(texts)]
    sources = [source(one, when=day(9 * n)) for n, one in enumerate(told)]
    sources[0] = dataclasses.replace(sources[0], place_score=0.2)
    sources[1] = source(told[1], when=day(9), status=Status.SCHEDULED)
    extra = source(report("Later, artillery struck Riverton.", source="Agency 9"), when=day(18))
    with EventStore(tmp_path / "geoconflict.sqlite") as store, store.transaction():
        for one, of in zip(told, sources, strict=True):
            store.put_report(one)
            store.put_reading(Reading(report_id=one.report_id, toponyms=(toponym(),), mentions=(of.mention,)), "r")
            found = Resolution(
                toponym=of.mention.place, place=place(), score=0.2, alternatives=(ScoredPlace(place=HILL, score=0.15),)
            )
            store.put_resolutions(one.report_id, [found], "k")
        merge_into(store.ledger, [*sources, extra])
    return tmp_path


def run(project, *arguments, code=0):
    done = CliRunner().invoke(
        main, ["review", *arguments, "--config", str(project / "geoconflict.toml"), "--who", "anna"]
    )
    assert done.exit_code == code, done.output
    return done


def rows_of(project):
    run(project, "--out", str(project / "review.csv"), "--all")
    text = (project / "review.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def apply(project, rows, code=0, delimiter=","):
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    (project / "filled.csv").write_text(file.getvalue(), encoding="utf-8-sig", newline="")
    return run(project, "--apply", str(project / "filled.csv"), code=code)


def entries(project):
    return list(load_corrections(project / "corrections.jsonl"))


def test_the_worst_comes_first_and_says_why(project):
    done = run(project)
    lines = done.output.splitlines()
    assert lines[0].startswith("doubt  event")
    assert "place: the place scores 0.20" in lines[1]
    told = json.loads(run(project, "--json").stdout)
    weights = [one["doubt"] for one in told["items"]]
    assert weights == sorted(weights, reverse=True)
    assert told["items"][0]["doubts"][0]["aspect"] == "place"


def test_a_sheet_goes_out_and_its_decisions_come_back(project):
    rows = rows_of(project)
    assert "near:hilltown Hilltown" in rows[0]["alternatives"]
    rows[0] |= {"decision": "move", "value": "near:hilltown", "comment": "=cmd was not meant"}
    rows[1] |= {"decision": "Retype", "value": "Armed clash"}
    rows[2] |= {"decision": "redate", "value": "2021-06-27/2021-06-28"}
    for delimiter in ",;":  # the second time the same entries, but for the second in which they were written
        done = apply(project, rows, delimiter=delimiter)
        assert "3 decisions by anna" in done.output
    by_what = {one.what: one for one in entries(project)}
    assert by_what["move"].value["place"]["place_id"] == "near:hilltown"
    assert (by_what["move"].why, by_what["move"].event) == ("=cmd was not meant", rows[0]["event_id"])
    assert by_what["retype"].value["event_type"] == "Battles"
    assert (by_what["redate"].value["starts_on"], by_what["redate"].value["ends_on"]) == ("2021-06-27", "2021-06-28")
    assert {one.who for one in entries(project)} == {"anna"}


def test_status_sides_and_figures_go_out_and_come_back_and_are_applied(project):
    rows = rows_of(project)
    first = rows[0]
    assert (first["status"], first["agents"], first["killed"], first["captured"]) == (
        "occurred", "", "not stated", "not stated",
    )  # fmt: skip
    rows[0] |= {"decision": "restatus", "value": "claimed: a mayor"}
    rows[1] |= {"decision": "actors", "value": "by: Chadian troops; Lions of the Valley | on: none"}
    rows[2] |= {"decision": "figures", "value": "killed 1,200; wounded 3 to 7"}
    apply(project, rows)
    by_what = {one.what: one.value for one in entries(project)}
    assert (by_what["restatus"]["by"], by_what["restatus"]["was"]) == ("a mayor", "occurred")
    army = {"name": "Military Forces of Chad", "kind": "state forces", "country": "TCD"}
    assert by_what["actors"]["agents"] == [{"name": "Lions of the Valley", "kind": "unknown"}, army]
    assert by_what["actors"]["targets"] == []
    assert by_what["figures"]["killed"] == {"low": 1200, "best": 1200, "high": 1200}
    merged(project)
    after = {row["event_id"]: row for row in rows_of(project)}
    assert after[first["event_id"]]["claimed_by"] == "a mayor"
    assert after[rows[1]["event_id"]]["agents"] == "Lions of the Valley; Military Forces of Chad"
    assert (after[rows[2]["event_id"]]["killed"], after[rows[2]["event_id"]]["wounded"]) == ("1200", "3 to 7")


def test_an_event_that_is_missing_is_added_in_a_row_of_its_own(project):
    rows = rows_of(project)
    blank = dict.fromkeys(rows[0], "")
    new = blank | {
        "decision": "add", "value": "31.6, 9.85, near", "comment": "passed over", "report": rows[0]["report"],
        "quote": "Artillery struck Riverton", "sub_event_type": "Attack", "starts_on": "2021-06-07", "killed": "3-7", "agents": "none",
    }  # fmt: skip
    apply(project, [rows[0] | {"decision": "accept"}, new])
    made = next(one for one in entries(project) if one.what == "add")
    assert (made.value["killed"], made.value["agents"]) == ({"low": 3, "best": None, "high": 7}, [])
    assert (made.value["place"]["country"], made.why) == ("SSD", "passed over")
    before = (project / "corrections.jsonl").read_bytes()
    for change, said in (
        ({"quote": "Artillery shook Riverton"}, "does not stand in report"),
        ({"value": "-20, -40"}, "write yes in the column confirm"),
        ({"event_id": rows[0]["event_id"], "state": rows[0]["state"]}, "write it in a row of its own"),
    ):
        assert said in apply(project, [new | change], code=1).output
    assert (project / "corrections.jsonl").read_bytes() == before


def test_a_row_is_refused_where_what_it_says_has_changed_since(project):
    rows = rows_of(project)
    apply(project, [rows[0] | {"decision": "figures", "value": "killed 5"}, *rows[1:]])
    merged(project)
    again = [rows[0] | {"decision": "accept"}, *rows[1:]]
    assert "has changed since the sheet was written" in apply(project, again, code=1).output


def merged(project):
    """Merge the store with its corrections, as a build does."""
    with EventStore(project / "geoconflict.sqlite") as store:
        corrections = load_corrections(project / "corrections.jsonl")
        rulings = find_rulings(store, corrections)
        told = [of for event in store.event_records() for of in event.sources]
        with store.transaction():
            merge_into(store.ledger, corrected(told, rulings.by_mention), (), rulings.together)


def test_a_point_is_written_and_typed_in_one_way_and_has_its_country(project):
    rows = rows_of(project)
    rows[0] |= {"decision": "move", "value": "lat 9.85, lon 31.6, near"}
    rows[1] |= {"decision": "move", "value": "10, 30", "confirm": "yes"}
    apply(project, rows)
    near, far = (one.value for one in entries(project))
    if near["place"]["lon"] == 10:
        near, far = far, near
    assert (near["place"]["lon"], near["place"]["lat"], near["place"]["precision"]) == (31.6, 9.85, "near")
    assert near["place"]["name"] == "lon 31.6000, lat 9.8500"
    assert (near["place"]["country"], near["place"]["admin1"]) == ("SSD", "Upper Nile")
    assert near["known_by"].startswith("country and province as of ")
    assert far["place"]["country"] == "LBY"
    rows[0]["confirm"] = "perhaps"
    assert "confirm is 'perhaps'; write yes" in apply(project, rows, code=1).output


def test_negative_numbers_stay_numbers(project):
    with EventStore(project / "geoconflict.sqlite") as store, store.transaction():
        told = report("Artillery struck Southtown.", source="Agency S")
        store.put_report(told)
        merge_into(store.ledger, [source(told, when=day(80), at=place("Southtown", -60.0, -2.5))])
    row = next(one for one in rows_of(project) if one["place_name"] == "Southtown")
    assert (row["lon"], row["lat"]) == ("-60.00000", "-2.50000")


def test_no_cell_is_a_formula(project):
    run(project, "--out", str(project / "review.csv"), "--all")
    text = (project / "review.csv").read_text(encoding="utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert any(cell.startswith("'=1+1") for cell in cells)
    assert [cell for cell in cells if cell[:1] in set("=+@-\t")] == []  # nor is there a negative number among these


@pytest.mark.parametrize(
    ("decision", "value", "said"),
    [
        ("mvoe", "", "decision 'mvoe' is unknown"),
        ("move", "", "value is blank"),
        ("move", "nowhere:1", "is no place_id of the gazetteer"),
        ("move", "10.5, 200", "longitude comes first"),
        ("move", "30, 10, line", "precision 'line' is unknown for a point"),
        ("move", "30, 10, near, town", "is said to be near and town; give one of them"),
        ("move", "lon 30, lon 10", "has lon twice"),
        ("move", "10, 30", "were the numbers swapped? lon 30.0000, lat 10.0000 would fit. Confirm it if it is meant"),
        ("name", "10, 30", "km from Riverton, where the event is now"),
        ("retype", "Skirmish", "sub_event_type 'Skirmish' is unknown"),
        ("redate", "last week", "is not a day"),
        ("redate", "2021-06-27/2021-06-20", "lies before"),
        ("restatus", "perhaps", "status 'perhaps' is unknown; there are occurred, claimed"),
        ("restatus", "claimed", "claimed needs who claims it, such as 'claimed: the defence ministry'"),
        ("restatus", "occurred: a mayor", "only what is claimed or denied is on somebody's word"),
        ("actors", "Army", "does not begin with 'by:' or 'on:'"),
        ("actors", "by: Lions | on: Lions", "'Lions' stands on both sides; leave it on one"),
        ("figures", "killed many", "is no number; write 5, 3-7, at least 5, about 30 or not stated"),
        ("figures", "killed 7-5", "killed 7 to 5 does not rise; give the lowest number first"),
        ("merge", "ffffffffffff", "is not the id of one event"),
        ("split", "7", "from 1 to"),
        ("split", "1, 2", "not all sources can be of another event"),
        ("accept", "yes", "takes no value"),
        ("comment", "", "a comment says nothing"),
        ("withdraw", "", "withdrawn in the corrections file"),
        ("", "Armed clash", "a value or a comment without a decision"),
    ],
)
def test_a_fault_is_named_by_its_row_and_nothing_is_applied(project, decision, value, said):
    rows = rows_of(project)
    rows[1] |= {"decision": "accept"}
    rows[0] |= {"decision": decision, "value": value}
    two = next(row for row in rows if row["sources"].count("|") == 1)
    if decision == "split":
        rows[0]["decision"] = rows[0]["value"] = ""
        two |= {"decision": decision, "value": value}
    done = apply(project, rows, code=1)
    assert f"row {rows.index(two) + 2 if decision == 'split' else 2}: " in done.output
    assert said in done.output
    assert "nothing was applied" in done.output
    assert not (project / "corrections.jsonl").exists()


def test_all_faults_are_named_at_once(project):
    rows = rows_of(project)
    for row in rows:
        row["decision"] = "nonsense"
    done = apply(project, rows, code=1)
    assert [f"row {n}:" in done.output for n in range(2, len(rows) + 2)] == [True] * len(rows)


def test_a_row_of_an_event_that_has_changed_since_is_refused(project):
    rows = rows_of(project)
    rows[0] |= {"decision": "accept", "state": "00000000"}
    assert "has changed since the sheet was written" in apply(project, rows, code=1).output
    rows[0] |= {"event_id": "gone"}
    assert "there is no event 'gone' any more" in apply(project, rows, code=1).output


def test_a_decision_on_a_name_is_a_row_of_the_overrides_file(project):
    rows = rows_of(project)
    rows[0] |= {"decision": "name", "value": "30.5, 10.5, near, 4000, Riverton ford", "comment": "the ford"}
    rows[1] |= {"decision": "accept"}
    assert "1 new corrections, 1 decisions on names" in apply(project, rows).output
    (row,) = list(csv.DictReader(io.StringIO((project / "overrides.csv").read_text())))
    assert (row["surface"], row["lon"], row["name"], row["radius_m"]) == ("Riverton", "30.5", "Riverton ford", "4000.0")


def test_names_that_contradict_each_other_leave_both_files_alone(project):
    rows = rows_of(project)
    rows[0] |= {"decision": "name", "value": "30.5, 10.5"}
    rows[1] |= {"decision": "name", "value": "31.5, 10.5"}
    rows[2] |= {"decision": "accept"}
    assert "contradicts line" in apply(project, rows, code=1).output
    assert not (project / "corrections.jsonl").exists()
    assert not (project / "overrides.csv").exists()


def test_two_events_are_put_together_and_a_source_is_parted(project):
    rows = rows_of(project)
    two = next(row for row in rows if row["sources"].count("|") == 1)
    other = next(row for row in rows if row is not two)
    other |= {"decision": "merge", "value": two["event_id"][:12]}
    two |= {"decision": "split", "value": "2"}
    apply(project, rows)
    by_what = {one.what: one for one in entries(project)}
    assert sorted(one.side for one in by_what["merge"].tellings) == ["a", "b", "b"]
    assert [one.side for one in by_what["split"].tellings] == ["stay", "out"]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a,b\n1,2\n", b'event_id,state,decision\n"x,1,accept\n', b""])
def test_a_file_that_is_no_sheet_is_refused(project, content):
    (project / "filled.csv").write_bytes(content)
    done = run(project, "--apply", str(project / "filled.csv"), code=1)
    assert "error: " in done.output


def test_agreement_of_two_reviewers_of_one_file(project):
    rows = rows_of(project)
    for row in rows:
        row["decision"] = "accept"
    apply(project, rows)
    lines = (project / "corrections.jsonl").read_text().splitlines()
    ben = [json.loads(line) | {"who": "ben"} for line in lines]
    for one in ben:
        del one["id"]
    (project / "corrections.jsonl").write_text("\n".join([*lines, *map(json.dumps, ben)]))
    done = run(project, "--agreement", "anna", "ben")
    assert f"place       n = {len(rows)}, the same 1.00" in done.output
    assert run(project, "--agreement", " ANNA", "ben").output.splitlines()[1:] == done.output.splitlines()[1:]
    assert "has no entry by 'carl'" in run(project, "--agreement", "anna", "carl", code=1).output
    # What ben withdraws of anna's, both did not decide on.
    taken = [one["id"] for one in map(json.loads, lines)]
    back = [
        {
            "when": "2031-07-02T09:00:00+00:00",
            "who": "ben",
            "what": "withdraw",
            "value": {"correction": one},
            "why": "no",
        }
        for one in taken
    ]
    with (project / "corrections.jsonl").open("a") as file:
        file.write("\n" + "\n".join(map(json.dumps, back)))
    assert "event       nothing that both decided on" in run(project, "--agreement", "anna", "ben").output


def test_only_one_thing_at_a_time(project):
    assert "choose one" in run(project, "--out", "x.csv", "--apply", "y.csv", code=2).output


def test_quiet_writes_and_applies_without_a_word_and_leaves_nothing_to_be_seen_alone(project):
    rows = rows_of(project)
    assert run(project, "--out", str(project / "review.csv"), "--all", "-q").output == ""
    rows[0] |= {"decision": "accept"}
    apply(project, rows)
    written = (project / "corrections.jsonl").read_bytes()
    (project / "corrections.jsonl").unlink()
    assert run(project, "--apply", str(project / "filled.csv"), "-q").output == ""
    assert len((project / "corrections.jsonl").read_bytes()) == len(written)
    assert "--quiet goes with --out and --apply" in run(project, "-q", code=2).output
