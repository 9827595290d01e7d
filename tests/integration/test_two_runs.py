"""Several processes on one store: none fails, nothing is lost, and the result is that of one after the other."""

import subprocess

import pytest
from runs import command, environment, events_of, make_war, pages, rows, run, running, wait_for

from geoconflict.store import EventStore
from geoconflict.store.check import check_store

N_REPORTS = 12


@pytest.fixture(scope="module")
def serial(tmp_path_factory):
    """A folder that one run after the other has built."""
    folder = make_war(tmp_path_factory.mktemp("serial") / "war", N_REPORTS)
    assert run(folder, "build", "--config", "geoconflict.toml").returncode == 0
    return folder


def test_two_ingests_and_a_build_at_once_beside_a_reader_end_as_one_after_the_other(serial, tmp_path):
    folder = make_war(tmp_path / "war", N_REPORTS)
    files = sorted(str(file) for file in (folder / "reports").iterdir())
    commands = [
        command("ingest", *files[::2], "--store", "war.sqlite"),
        command("ingest", *files[1::2], "--store", "war.sqlite"),
        command("build", "--config", "geoconflict.toml"),
    ]
    started = [
        subprocess.Popen(
            one, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for one in commands
    ]
    n_seen, n_reads = 0, 0
    store = folder / "war.sqlite"
    while any(process.poll() is None for process in started):  # a notebook reads meanwhile
        if store.is_file() and store.stat().st_size:
            with EventStore(store, read_only=True) as reading, reading.snapshot():
                counts, events = reading.counts(), reading.event_records()
            assert len(events) == counts["events"]
            assert counts["reports"] >= n_seen  # nothing that was there goes
            n_seen, n_reads = counts["reports"], n_reads + 1
        try:
            started[-1].wait(timeout=0.05)
        except subprocess.TimeoutExpired:
            continue
    said = [process.stderr.read() for process in started]
    for process in started:
        process.stderr.close()
    assert [process.returncode for process in started] == [0, 0, 0], said
    assert n_reads > 0
    assert any(event["event"] == "run_waiting" for one in said for event in events_of(one))
    assert check_store(store) == []
    assert rows(store) == rows(serial / "war.sqlite")
    assert pages(folder) == pages(serial)


def test_a_run_that_may_not_wait_says_who_is_at_work_and_exits_with_4(tmp_path):
    folder = make_war(tmp_path / "war", 2)
    with running(folder, "build", "--config", "geoconflict.toml") as first:
        wait_for(first, "stage_started")
        second = run(folder, "ingest", "reports", "--wait", "0", "--report", "second.json")
        assert second.returncode == 4
        (told,) = [event for event in events_of(second.stderr) if event["event"] == "run_locked"]
        assert f"`geoconflict build`, process {first.pid} on " in told["message"]
        status = run(folder, "status")  # readers are never kept out
        assert status.returncode == 0, status.stderr
        first.communicate()
        assert first.returncode == 0
    assert run(folder, "ingest", "reports", "--wait", "0").returncode == 0
