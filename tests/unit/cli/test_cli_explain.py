import json
import os
import re

import pytest
from click.testing import CliRunner

import geoconflict as gc
from geoconflict.cli import main

TEXT = "Shells fell on Martuni and Stepanakert on Monday."


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, stdin=None):
        return CliRunner().invoke(main, ["explain", *map(str, arguments)], input=stdin)

    return call


@pytest.fixture
def many(tmp_path):
    path = tmp_path / "many.jsonl"
    records = [
        {"id": "one", "published": "2020-10-01", "text": TEXT},
        {"id": "two", "published": "2020-99-01", "text": "Shells fell on Hadrut."},
        {"id": "three", "published": "2020-10-03", "text": "Shells fell on Shusha."},
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_a_file_is_explained_in_plain_text_when_piped(run, tmp_path):
    (tmp_path / "2020-10-01-day.txt").write_text(TEXT, encoding="utf-8")
    done = run("2020-10-01-day.txt")
    assert done.exit_code == 0, done.output
    assert "2 place names" in done.output
    assert "[[Martuni]]" in done.output
    assert "\x1b" not in done.output


def test_standard_input_takes_its_day_from_published(run):
    done = run("-", "--published", "2020-10-01", "--json", stdin=TEXT)
    assert done.exit_code == 0, done.output
    record = json.loads(done.output)
    assert record["report"]["published"] == "2020-10-01"
    assert [one["phrase"] for one in record["mentions"]] == ["Martuni", "Stepanakert"]


def test_one_name_and_one_mention(run):
    for narrow in (["--name", "stepanakert"], ["--mention", "2"]):
        record = json.loads(run("-", "--json", *narrow, stdin=TEXT).output)
        assert [one["number"] for one in record["mentions"]] == [2]
        assert record["n_mentions"] == 2


@pytest.mark.parametrize("choice", [["--number", "3"], ["--id", "three"]])
def test_one_report_of_many_is_chosen(run, many, choice):
    done = run(many, "--json", *choice)
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["report"]["doc_id"] == "three"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["many.jsonl"], 1, "choose one with --number"),
        (["many.jsonl", "--number", "2"], 1, "many.jsonl:2: "),
        (["many.jsonl", "--number", "4"], 1, "none of its 3 reports has number 4"),
        (["many.jsonl", "--id", "four"], 1, "none of its 3 reports is called 'four'"),
        (["many.jsonl", "--id", "one", "--number", "1"], 2, "either --id or --number"),
        (["many.jsonl", "--number", "1", "--published", "2020-10-02"], 1, "gives 2020-10-01 as its day"),
        (["."], 1, "a folder; give one of its files"),
        (["none.txt"], 1, "there is no such file"),
        (["none.txt", "--published", "2020-10-01"], 1, "there is no such file"),
        (["x" * 10_000], 1, "there is no such file"),
        (["abc", "--store", "none.sqlite"], 1, "there is no event store"),
        (["many.jsonl", "--store", "none.sqlite", "--number", "1"], 1, "are for files"),
        (["-", "--number", "1"], 2, "for files of many reports"),
        (["-"], 1, "standard input: "),
        (["many.jsonl", "--number", "0"], 2, "0"),
        ([], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_explained_is_one_plain_message(run, many, arguments, code, said):
    done = run(*arguments, stdin="")
    assert done.exit_code == code
    assert said in done.output
    assert "Traceback" not in done.output


def test_a_name_that_is_not_there_is_an_error_that_lists_names(run):
    done = run("-", "--name", "Mar\u202ds", stdin=TEXT)
    assert done.exit_code == 1
    assert "there are: 1 Martuni, 2 Stepanakert" in done.output
    assert "\u202d" not in done.output
    assert "Mar\\u202ds" in done.output


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_control_character_reaches_the_terminal(run, form):
    done = run("-", *form, stdin="Shells hit Mar\u200btuni, \u202eStepanakert\u202c and \x1b[31mHadrut.")
    assert done.exit_code == 0, done.output
    assert not re.search("[\u200b\u202a-\u202e\x1b]", done.output)
    assert "Mar\\u200btuni" in done.output


def test_a_report_of_a_store_is_found_by_its_id(run, tmp_path):
    (tmp_path / "2020-10-01-day.txt").write_text(TEXT, encoding="utf-8")
    with gc.EventStore(tmp_path / "geoconflict.sqlite") as store:
        gc.ingest([tmp_path / "2020-10-01-day.txt"], store)
        (report_id,) = (state.report_id for state in store.states.all())
    for arguments in ([report_id], [report_id[:8], "--store", "geoconflict.sqlite"]):
        done = run(*arguments)
        assert done.exit_code == 0, done.output
        assert report_id in done.output
        assert "the store" not in done.output
    unknown = run("ffffffff")
    assert unknown.exit_code == 1
    assert "none of its 1 reports, and no event, has an id that begins with 'ffffffff'" in unknown.output
    assert "there is no file 'ffffffff', and " in unknown.output
    named = run("ffffffff", "--store", "geoconflict.sqlite")
    assert "none of its 1 reports" in named.output
    assert "there is no file" not in named.output


def test_help_names_the_forms_of_a_report(run):
    assert "standard input" in run("--help").output


@pytest.mark.parametrize("name", ["Mar\u200btuni", "\u202eMartuni", "nowhere\x1b[31m"])
def test_geocode_shows_what_cannot_be_seen(name):
    for form in ([], ["--json"]):
        done = CliRunner().invoke(main, ["geocode", name, *form])
        assert not re.search("[\u200b\u202e\x1b]", done.output)


def test_an_error_shows_what_cannot_be_seen(run):
    done = run(f"a{os.sep}\u202enone.txt")
    assert "\\u202enone.txt" in done.output
    assert "\u202e" not in done.output


@pytest.fixture
def war(tmp_path):
    from builders import report, source

    from geoconflict.events import merge_into
    from geoconflict.store import EventStore

    told = report("Shells hit the market.")
    with EventStore(tmp_path / "war.sqlite") as store, store.transaction():
        store.put_report(told)
        merge_into(store.ledger, [source(told), source(report("Rockets hit the market."))])
        (event,) = store.event_records()
    return tmp_path / "war.sqlite", event


def test_an_event_is_explained_by_the_beginning_of_its_id(run, war):
    path, event = war
    done = run(event.event_id[:8], "--store", path)
    assert done.exit_code == 0
    assert "  1 and 2  +" in done.output
    record = json.loads(run(event.event_id, "--store", path, "--json").output)
    assert record["event"]["event_id"] == event.event_id
    assert [(pair["first"], pair["second"]) for pair in record["joined"]] == [(1, 2)]


def test_options_of_reports_are_refused_for_an_event_and_an_id_of_both_is_unclear(run, war):
    path, event = war
    done = run(event.event_id, "--store", path, "--name", "Martuni")
    assert (done.exit_code, "are for reports" in done.output) == (1, True)
    with_both = run("", "--store", path)
    assert with_both.exit_code == 1
