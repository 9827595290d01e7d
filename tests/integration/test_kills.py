"""Runs are killed at random moments; ``scripts/kill_runs.py --rounds 200`` does the same for longer."""

import importlib.util
import os
import random
import sqlite3
import sys

import pytest

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs to be killed are forked"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),  # the children do not use the threads of the tests
]

N_REPORTS = 6


@pytest.fixture(scope="module")
def kill_runs(project_root):
    spec = importlib.util.spec_from_file_location("kill_runs", project_root / "scripts" / "kill_runs.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["kill_runs"] = module  # its dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def kills(kill_runs, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOCONFLICT_DATA_DIR", "")  # restored at the end: preparing sets it
        yield kill_runs.Kills(tmp_path_factory.mktemp("kills"), n_reports=N_REPORTS)


MOMENTS = [
    ("ingest", "time"),
    ("ingest", "statement"),
    ("build", "statement"),
    ("build", "file"),
    ("merge", "statement"),
    ("export", "file"),
    ("migrate", "time"),
    ("migrate", "statement"),
    ("backup", "file"),
    ("repair", "file"),
]


@pytest.mark.parametrize(("kind", "mode"), MOMENTS)
def test_after_a_kill_the_next_run_ends_as_if_nothing_had_been(kills, kind, mode):
    done = kills.round(f"{kind}-{mode}", random.Random(f"{kind} {mode}"), kind=kind, mode=mode)
    assert done.faults == [], done


def test_a_store_that_differs_in_one_row_and_files_that_are_left_are_seen(kill_runs, tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        with sqlite3.connect(tmp_path / name / "war.sqlite") as db:
            db.execute("CREATE TABLE meta (name TEXT, value TEXT)")
            db.execute("INSERT INTO meta VALUES ('a', ?)", (name,))
        db.close()
    (tmp_path / "one" / ".left").write_text("x")
    (tmp_path / "other" / "map.html").write_text("x")
    told = kill_runs.differences(kill_runs.result_of(tmp_path / "one"), kill_runs.result_of(tmp_path / "other"))
    assert [line.split(" differs")[0] for line in told] == [
        "in the end: .left is left over",
        "in the end: map.html is missing",
        "in the end: war.sqlite",
    ]


def test_a_run_that_is_killed_is_really_killed(kills, kill_runs):
    folder = kills.work / "killed"
    folder.mkdir()
    code = kill_runs.run_forked(("--version",), folder, prepare=lambda: os.kill(os.getpid(), 9))
    assert code == -9
