"""Runs that are asked to stop: what is at hand is finished, the account is written, and the next run goes on."""

import json
import shutil
import signal
import sqlite3
import time
from contextlib import closing

import pytest
from runs import events_of, make_war, pages, rows, run, running, wait_for

from geoconflict.cli.stopping import Stopped
from geoconflict.pipeline import ingest
from geoconflict.settings import load_settings
from geoconflict.stage import Watch
from geoconflict.store import EventStore
from geoconflict.store.check import check_store
from geoconflict.tools import Tools

N_REPORTS = 81
N_LONG_REPORTS = 100  # several batches of extraction
TOWNS = ("Martuni", "Hadrut", "Shusha", "Askeran", "Jabrayil", "Fuzuli", "Agdam", "Kalbajar", "Lachin")


def wait_for_a_reading(path):
    """Wait until the first batch of extraction is committed."""
    end = time.monotonic() + 60
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db:
        while db.execute("SELECT count(*) FROM reading").fetchone() == (0,):
            assert time.monotonic() < end, "no reading after a minute"
            time.sleep(0.005)


def make_long_war(folder):
    """Write a war whose reports are read in several batches, each of a second or more."""
    make_war(folder, 0)
    for n in range(N_LONG_REPORTS):
        day, town = 1 + n % 28, TOWNS[n % len(TOWNS)]
        told = [
            f"Shells struck the town of {town} on {day} October, officials said, and {k + n % 7} soldiers were killed there. "
            f"Drones hit a column of trucks near {TOWNS[k % len(TOWNS)]}, the ministry said, and {k} fighters were wounded."
            for k in range(2, 12)
        ]
        text = f"---\ndate: 2020-11-01\nid: long-{n}\n---\n\n" + "\n\n".join(told) + "\n"
        (folder / "reports" / f"long-{n:03}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def undisturbed_long(tmp_path_factory):
    folder = make_long_war(tmp_path_factory.mktemp("undisturbed_long") / "war")
    assert run(folder, "build", "--config", "geoconflict.toml").returncode == 0
    return folder


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    folder = make_war(tmp_path_factory.mktemp("undisturbed") / "war", N_REPORTS)
    assert run(folder, "build", "--config", "geoconflict.toml").returncode == 0
    return folder


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_run_stops_after_the_batch_at_hand_and_the_next_one_goes_on(undisturbed_long, tmp_path, asked):
    folder = make_long_war(tmp_path / "war")
    with running(
        folder, "build", "--config", "geoconflict.toml", "--report", "run.json", "--metrics", "run.prom"
    ) as process:
        wait_for(process, "stage_started", stage="extract")
        wait_for_a_reading(folder / "war.sqlite")
        process.send_signal(asked)
        _, rest = process.communicate()
    assert process.returncode == 128 + asked
    told = {event["event"]: event for event in events_of(rest)}
    assert told["run_stopping"]["signal"] == asked.name
    account = json.loads((folder / "run.json").read_text())
    left = account["left"]["reports_to_extract"]
    assert 0 < left < N_LONG_REPORTS
    assert f"reports to extract: {left}" in told["run_stopped"]["message"]
    assert "the same command goes on from here" in told["run_stopped"]["message"]
    assert (account["outcome"], account["exit_code"], account["signal"]) == ("stopped", 128 + asked, asked.name)
    assert [(stage["stage"], stage["n_done"]) for stage in account["stages"]] == [
        ("read", N_LONG_REPORTS),
        ("extract", N_LONG_REPORTS - left),
    ]
    assert account["counts"]["readings"] == N_LONG_REPORTS - left
    assert (
        f'run_exit_code{{command="build",store="{folder / "war.sqlite"}"}} {128 + asked}\n'
        in (folder / "run.prom").read_text()
    )
    assert check_store(folder / "war.sqlite") == []
    assert run(folder, "build", "--config", "geoconflict.toml").returncode == 0
    assert rows(folder / "war.sqlite") == rows(undisturbed_long / "war.sqlite")
    assert pages(folder) == pages(undisturbed_long)


def test_a_second_signal_stops_at_once_and_leaves_the_store_whole(undisturbed, tmp_path):
    folder = make_war(tmp_path / "war", 0)
    long = folder / "reports" / "long.md"  # one batch of many seconds
    told = "Shells struck the town of Martuni on Sunday, officials said, and two soldiers were killed there. " * 4_000
    long.write_text(f"---\ndate: 2020-09-28\n---\n\n{told}\n", encoding="utf-8")
    with running(folder, "build", "--config", "geoconflict.toml", "--report", "run.json") as process:
        wait_for(process, "stage_started", stage="extract")
        time.sleep(1)  # into the batch
        process.send_signal(signal.SIGTERM)
        wait_for(process, "run_stopping")  # told as it comes, not when the batch has ended
        process.send_signal(signal.SIGTERM)
        process.communicate()
    assert process.returncode == 143
    account = json.loads((folder / "run.json").read_text())
    assert account["outcome"] == "stopped"
    assert account["stages"][-1]["n_done"] == 0  # the batch at hand was not waited for
    assert check_store(folder / "war.sqlite") == []
    assert not (folder / ".war.sqlite.run.json").exists()
    long.unlink()
    for report in (undisturbed / "reports").iterdir():
        shutil.copy2(report, folder / "reports")
    assert run(folder, "build", "--config", "geoconflict.toml").returncode == 0
    now, then = rows(folder / "war.sqlite"), rows(undisturbed / "war.sqlite")
    assert {name for name in now if now[name] != then[name]} == {"history", "withdrawn"}  # of the long report


class StopsInTheMerge(Watch):
    """Asks to stop at the nth look of the merge."""

    def __init__(self, at):
        super().__init__()
        self.at, self.n_looks = at, 0

    def pause(self):
        if self.stages and self.stages[-1].name == "merge":
            self.n_looks += 1
            if self.n_looks == self.at:
                raise Stopped(signal.SIGTERM)


@pytest.mark.parametrize("at", [2, 20, 40])
def test_a_merge_is_given_up_where_it_is_and_the_next_run_does_it(tmp_path, at):
    folder = make_war(tmp_path / "war", 12)
    tools = Tools(load_settings(folder))
    with EventStore(folder / "war.sqlite") as store:
        with pytest.raises(Stopped):
            ingest([folder / "reports"], store, tools, progress=StopsInTheMerge(at))
        assert store.counts()["events"] == 0
        assert store.counts()["readings"] == 12
        again = StopsInTheMerge(None)
        report = ingest([folder / "reports"], store, tools, progress=again)
        assert report.stages[-1].n_done == store.counts()["events"] > 0
    assert again.n_looks > at  # those who ask were heard while it merged
    assert check_store(folder / "war.sqlite") == []


def test_a_stage_is_not_begun_once_a_stop_was_asked_for(tmp_path):
    class StopsAfterReading(Watch):
        def pause(self):
            if self.stages:
                raise Stopped(signal.SIGTERM)

    folder = make_war(tmp_path / "war", 2)
    watch = StopsAfterReading()
    with EventStore(folder / "war.sqlite") as store, pytest.raises(Stopped):
        ingest([folder / "reports"], store, Tools(load_settings(folder)), progress=watch)
    assert [stage.name for stage in watch.stages] == ["read"]


def test_a_run_that_waits_for_another_stops_at_once(tmp_path):
    folder = make_long_war(tmp_path / "war")
    with running(folder, "ingest", "reports") as first:
        wait_for(first, "stage_started", stage="extract")
        with running(folder, "ingest", "reports", "--report", "second.json") as second:
            wait_for(second, "run_waiting")
            second.send_signal(signal.SIGTERM)
            second.communicate()
        assert second.returncode == 143
        assert first.poll() is None
    assert json.loads((folder / "second.json").read_text())["left"] is None


def test_a_run_that_was_killed_is_taken_over_and_told(undisturbed, tmp_path):
    folder = make_war(tmp_path / "war", N_REPORTS)
    with running(folder, "build", "--config", "geoconflict.toml", "--report", "run.json") as process:
        wait_for(process, "stage_started", stage="extract")
        process.kill()
        process.communicate()
    assert not (folder / "run.json").exists()
    info = run(folder, "store", "info", "--json")
    assert "it was killed" in json.loads(info.stdout)["run"]
    after = run(folder, "build", "--config", "geoconflict.toml", "--report", "run.json")
    assert after.returncode == 0
    (told,) = [event for event in events_of(after.stderr) if event["event"] == "run_taken_over"]
    assert told["pid"] == process.pid
    assert json.loads((folder / "run.json").read_text())["took_over"]["pid"] == process.pid
    assert rows(folder / "war.sqlite") == rows(undisturbed / "war.sqlite")
