"""Ingest in worker processes: equal to ingest in one process, byte for byte, and stopped by real signals without loss."""

import os
import signal
import subprocess
import sys
import time
from collections import deque

import psutil
import pytest
from stored import as_text, written_reports

from geoconflict.pipeline import ingest
from geoconflict.settings import RunSettings, Settings
from geoconflict.store import EventStore
from geoconflict.tools import Tools


@pytest.fixture(scope="module")
def reports(project_root, tmp_path_factory):
    return written_reports(project_root, tmp_path_factory.mktemp("reports") / "many.jsonl", copies=4)


@pytest.fixture(scope="module")
def serial(reports, tmp_path_factory):
    """The account and the content of the store that one process makes."""
    path = tmp_path_factory.mktemp("serial") / "s.sqlite"
    return _ingested(reports, path, RunSettings())


def _ingested(reports, path, run):
    with EventStore(path) as store:
        report = ingest([reports], store, Tools(Settings(root=path.parent, run=run)))
    stages = [{**stage.to_dict(), "seconds": 0} for stage in report.stages]
    return (stages, report.failures), as_text(path)


def _environment(project_root):
    return {**os.environ, "PYTHONPATH": str(project_root)}


def _command(reports, store, *more):
    return [sys.executable, "-m", "geoconflict", "ingest", str(reports), "--store", str(store), "--workers", "2", *more]


def _n_readings(path):
    try:
        with EventStore(path, read_only=True) as store:
            return store.counts()["readings"]
    except Exception:  # noqa: BLE001  # not made yet
        return 0


def test_two_workers_make_the_same_store_and_give_the_same_account(reports, serial, tmp_path):
    assert _ingested(reports, tmp_path / "s.sqlite", RunSettings(workers=2)) == serial


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_stopped_run_keeps_what_was_finished_leaves_no_process_and_goes_on(
    number, reports, serial, project_root, tmp_path
):
    environment = _environment(project_root)
    store = tmp_path / "s.sqlite"
    with subprocess.Popen(
        _command(reports, store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=tmp_path
    ) as run:
        waiting = deque(range(1200))
        while not _n_readings(store) and run.poll() is None:
            waiting.popleft()
            time.sleep(0.05)
        children = psutil.Process(run.pid).children(recursive=True)
        run.send_signal(number)
        run.wait(timeout=60)
    assert children, "the run was over before it could be stopped"
    assert psutil.wait_procs(children, timeout=60)[1] == []
    assert run.returncode == (-number if number == signal.SIGKILL else 128 + number)
    kept = _n_readings(store)
    assert 0 < kept < len(reports.read_text(encoding="utf-8").splitlines())
    subprocess.run(_command(reports, store, "--quiet"), check=True, env=environment, cwd=tmp_path)
    assert as_text(store) == serial[1]


def test_workers_that_would_read_with_other_files_are_refused(tmp_path):
    from geoconflict.errors import InputError

    class Elsewhere(Tools):
        reading_key = "of another machine"

    file = tmp_path / "2020-10-02-x.txt"
    file.write_text("Shells struck Stepanakert on Thursday.", encoding="utf-8")
    with EventStore(tmp_path / "s.sqlite") as store:
        with pytest.raises(InputError, match="another geoconflict, language model, gazetteer or overrides"):
            ingest([file], store, Elsewhere(Settings(root=tmp_path, run=RunSettings(workers=1))))
        assert store.counts()["readings"] == 0
