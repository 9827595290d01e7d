"""A build says what it would do and what it took back; ``history`` says why."""

import json

import pytest
from click.testing import CliRunner
from runs import make_war

from geoconflict.cli import main


@pytest.fixture
def war(tmp_path, monkeypatch):
    folder = make_war(tmp_path / "war", 3)
    monkeypatch.chdir(folder)
    return folder


def call(*arguments):
    done = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_withdrawn_report_is_planned_told_and_remembered(war):
    planned = json.loads(call("build", "--dry-run", "--json"))["steps"]
    assert planned[0] == {"stage": "read", "n_stale": 3, "n_all": 3, "why": ["3 new"], "names": planned[0]["names"]}
    assert not (war / "war.sqlite").exists(), "a plan writes nothing"
    assert "are withdrawn" not in call("build")
    assert call("history", "--config", "geoconflict.toml") == "Nothing was withdrawn.\n"
    gone = min((war / "reports").iterdir())
    gone.unlink()
    assert "1 gone" in call("build", "--dry-run")
    assert "1 report is withdrawn" in call("build", "--explain")
    told = json.loads(call("history", "--json"))
    assert told[0]["what"] == "report withdrawn"
    assert all(one["event_before"]["event_id"] == one["event_id"] for one in told if one["event_id"])
    text = call("history", told[0]["report_id"][:6])
    assert "no longer in the files" in text
    assert len(text.splitlines()) == len(told)
    assert "1 report withdrawn" in call("status")
