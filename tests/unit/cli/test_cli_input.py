"""Standard input and other people's formats on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from geoconflict.cli import main
from geoconflict.store import EventStore

SAMPLES = Path(__file__).parents[1] / "reports" / "samples"
LINES = "".join(
    json.dumps({"id": str(n), "text": f"Gunners shelled Stepanakert {n} times.", "published": "2020-10-05"}) + "\n"
    for n in (2, 3)
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, stdin=None):
        return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)

    return call


def test_ingest_reads_standard_input(run, tmp_path):
    done = run("ingest", "-", "--store", "war.sqlite", "--quiet", stdin=LINES)
    assert done.exit_code == 0, done.output
    with EventStore(tmp_path / "war.sqlite", read_only=True) as store:
        stored = [one.report for one in store.reports()]
    assert {(one.external_id, one.origin) for one in stored} == {("2", "standard input:1"), ("3", "standard input:2")}
    again = run("ingest", "-", "--store", "war.sqlite", "--json", stdin=LINES)
    (read,) = [stage for stage in json.loads(again.stdout)["stages"] if stage["stage"] == "read"]
    assert (read["n_done"], read["n_skipped"]) == (0, 2)


def test_parse_reads_one_document_or_many_from_standard_input(run):
    many = run("parse", "-", "--out", "-", "--quiet", stdin=LINES)
    assert [json.loads(line)["doc_id"] for line in many.stdout.splitlines()] == ["2", "3"]
    one = run("parse", "-", "--out", "-", "--quiet", stdin="date 2020-10-05 Gunners shelled Stepanakert.\n")
    (record,) = map(json.loads, one.stdout.splitlines())
    assert [name["phrase"] for name in record["toponyms"]] == ["Stepanakert"]


def test_each_record_of_a_folder_names_its_file(run, tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "2020-10-05-a.txt").write_text("Gunners shelled Stepanakert.\n", "utf-8")
    (tmp_path / "reports" / "b.jsonl").write_text(LINES + "{\n", "utf-8")
    done = run("parse", "reports", "--out", "-", "--quiet")
    origins = [json.loads(line)["origin"] for line in done.stdout.splitlines()]
    assert origins == ["2020-10-05-a.txt", "b.jsonl:1", "b.jsonl:2", "b.jsonl:3"]


def test_what_standard_input_lacks_is_named(run):
    done = run("ingest", "-", "--store", "war.sqlite", stdin=LINES + '{"text": "a"}\n{\n')
    assert done.exit_code == 3
    assert "standard input:3: the report has no date" in done.output
    assert "standard input:4: not JSON" in done.output


def test_a_folder_of_every_form(run, tmp_path):
    done = run("ingest", SAMPLES, "--store", "war.sqlite")
    assert done.exit_code == 3
    assert f"{SAMPLES / 'tarvan.rss'}, entry 3: the entry has no text" in done.output
    assert f"{SAMPLES / 'tarvan.gkg.csv'}:2: no text" in done.output
    with EventStore(tmp_path / "war.sqlite", read_only=True) as store:
        assert store.counts()["reports"] == 10


def test_explain_says_which_entry_it_tells_of(run):
    done = run("explain", SAMPLES / "tarvan.rss", "--number", "2", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["report"]["origin"] == "tarvan.rss, entry 2"
    failed = run("explain", SAMPLES / "tarvan.rss", "--number", "3")
    assert failed.exit_code == 1
    assert "entry 3: the entry has no text" in failed.output


def test_files_whose_suffix_no_form_has_are_counted(run, tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    for name in ("report.docx", "other.docx", "foo.bin"):
        (reports / name).write_bytes(b"x")
    (reports / "2021-06-02-x.txt").write_text("Shells struck Riverton.")
    done = run("ingest", "reports", "--store", "s.sqlite", "--log-format", "text")
    assert done.exit_code == 0
    assert "3 files passed over, for no form of a report has the suffix: .bin (1), .docx (2)" in done.output


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["Shells hit Goma on Monday.", "The market of Goma was busy."], "1 of the reports tells of no event"),
        (["The market of Goma was busy.", "It rained in Goma."], "No event was found in these reports"),
        (["Shells hit Goma on Monday."], ""),
    ],
)
def test_reports_that_tell_of_no_event_are_counted(run, texts, said):
    lines = "".join(json.dumps({"text": text, "published": "2021-06-10"}) + "\n" for text in texts)
    printed = run("ingest", "-", "--store", "war.sqlite", stdin=lines).output
    assert said in printed
    assert bool(said) is ("no event" in printed.lower())
