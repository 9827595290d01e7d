import json
import re

import pytest
from click.testing import CliRunner

from geoconflict.cli import main
from geoconflict.store import EventStore

REPORT = "Artillery shelled Stepanakert on Thursday, killing two people.\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "2020-10-02-x.txt").write_text(REPORT)
    (tmp_path / "reports" / "undated.txt").write_text("Nobody says when.\n")

    def call(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call


def log(done):
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_away_from_a_terminal_the_log_is_one_json_object_an_event(run, tmp_path):
    done = run("ingest", "reports", "--store", "war.sqlite")
    assert done.exit_code == 3
    events = log(done)
    assert [one["event"] for one in events] == [
        "run_started",
        *("stage_started", "item_failed", "stage_ended"),
        *("stage_started", "stage_ended") * 3,
        "run_ended",
    ]
    for one in events:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", one["ts"])
        assert one["level"] in ("info", "warning", "error")
        assert one["message"]
        assert (one["command"], one["store"]) == ("ingest", str(tmp_path / "war.sqlite"))
    failed = next(one for one in events if one["event"] == "item_failed")
    assert failed["where"].endswith("undated.txt")
    assert "date" in failed["what"]
    assert failed["repair"]
    assert events[3]["n_done"] == 1
    assert (events[-1]["exit_code"], events[-1]["n_failures"], events[-1]["counts"]["reports"]) == (3, 1, 1)


def test_quiet_leaves_warnings_and_errors(run):
    done = run("ingest", "reports", "--store", "war.sqlite", "--quiet")
    assert {one["event"] for one in log(done)} == {"item_failed"}
    assert done.stdout == ""


def test_text_tells_failures_at_the_end(run):
    done = run("ingest", "reports", "--store", "war.sqlite", "--log-format", "text")
    assert done.exit_code == 3
    assert done.stderr.startswith("1 failed:\n")
    assert "undated.txt" in done.stderr
    assert "war.sqlite: 1 report, " in done.stdout


def test_json_on_standard_output_is_the_account_alone(run):
    done = run("ingest", "reports", "--store", "war.sqlite", "--json")
    assert json.loads(done.stdout)["n_failures"] == 1
    assert log(done)[-1]["event"] == "run_ended"


def test_a_run_that_fails_is_accounted_for(run, tmp_path):
    (tmp_path / "war.sqlite").write_bytes(b"this is not a database" * 100)
    done = run("ingest", "reports", "--store", "war.sqlite", "--report", "run.json", "--metrics", "run.prom")
    assert done.exit_code == 1
    account = json.loads((tmp_path / "run.json").read_text())
    assert (account["outcome"], account["exit_code"], account["counts"]) == ("failed", 1, None)
    assert "not an event store, or damaged" in account["error"]
    assert "or move it and war.sqlite-wal and -shm away and ingest anew" in account["error"]
    assert 'geoconflict_run_exit_code{command="ingest"' in (tmp_path / "run.prom").read_text()
    assert log(done)[-1]["event"] == "run_failed"
    text = run("ingest", "reports", "--store", "war.sqlite", "--log-format", "text")
    assert text.stderr.startswith("error: ")


def test_a_defect_is_accounted_for_and_shows_its_traceback(run, tmp_path, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr("geoconflict.pipeline.ingest", broken)
    done = run("ingest", "reports", "--store", "war.sqlite", "--report", "run.json")
    assert isinstance(done.exception, ZeroDivisionError)
    assert json.loads((tmp_path / "run.json").read_text())["error"] == "ZeroDivisionError: a defect"
    assert not (tmp_path / ".war.sqlite.run.json").exists()


def test_an_account_that_cannot_be_written_is_refused_before_work_or_told_after(run, tmp_path, monkeypatch):
    done = run("ingest", "reports", "--store", "war.sqlite", "--report", "none/run.json")
    assert (done.exit_code, "no such folder" in done.stderr) == (1, True)
    assert not (tmp_path / "war.sqlite").exists()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geoconflict.cli.session.write_account", full)
    (tmp_path / "reports" / "undated.txt").unlink()
    done = run("ingest", "reports", "--store", "war.sqlite", "--report", "run.json")
    assert done.exit_code == 1  # a job that reads the account must not take the old one for this run's
    assert log(done)[-1]["event"] == "account_failed"
    assert log(done)[-1]["message"].endswith(
        "run.json: No space left on device; free some room, and run the command again"
    )
    with EventStore(tmp_path / "war.sqlite", read_only=True) as store:
        assert store.counts()["reports"] == 1


def test_a_store_of_an_older_format_is_told_with_its_copy(run, tmp_path):
    import sqlite3

    from geoconflict.store.schema import MIGRATIONS

    with sqlite3.connect(tmp_path / "war.sqlite") as db:
        db.executescript(MIGRATIONS[0])
        db.execute("PRAGMA user_version=1")
    db.close()
    done = run("ingest", "reports", "--store", "war.sqlite", "--report", "run.json")
    (told,) = [one for one in log(done) if one["event"] == "store_migrated"]
    assert told["backup"] == "war-format1.sqlite"
    assert json.loads((tmp_path / "run.json").read_text())["migration_backup"] == "war-format1.sqlite"


@pytest.mark.parametrize("command", ["ingest", "build"])
def test_help_tells_of_resuming_and_the_options_of_operators(run, command):
    said = " ".join(run(command, "--help").stdout.split())
    assert "the same command goes on where it ended" in said
    for option in ("--wait", "--report", "--metrics", "--log-format"):
        assert option in said


def test_hidden_characters_of_foreign_text_are_escaped_in_the_log(run, tmp_path):
    (tmp_path / "reports" / "a\u202eb.txt").write_text("Nobody says when.\n")
    done = run("ingest", "reports", "--store", "war.sqlite")
    assert "\u202e" not in done.stderr
    assert any("a\u202eb" in one.get("where", "") for one in log(done))


def test_overrides_that_matched_nothing_are_in_the_log(run, tmp_path):
    (tmp_path / "overrides.csv").write_text("surface,place_id\nNowhereville,not a place\n")
    (tmp_path / "geoconflict.toml").write_text('[places]\noverrides = "overrides.csv"\n')
    done = run("ingest", "reports", "--store", "war.sqlite")
    (told,) = [one for one in log(done) if one["event"] == "unused_overrides"]
    assert told["level"] == "warning"
    assert told["rows"] == ["overrides.csv line 2: Nowhereville"]
    assert "unused_overrides" not in run("ingest", "reports", "--store", "war.sqlite", "--log-format", "text").stderr


def test_status_without_settings_speaks_of_no_maps(run):
    run("ingest", "reports", "--store", "war.sqlite")
    said = run("status", "--store", "war.sqlite").stdout
    assert "map.html" not in said
    assert "its events are up to date with its reports; `geoconflict build` also looks for new reports" in said
