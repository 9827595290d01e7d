"""The same ingest on a real Dask cluster of two worker processes, one of them killed half-way."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import deque
from contextlib import ExitStack, suppress

import psutil
import pytest
from stored import as_text, written_reports
from worker_functions import told

from geoconflict.errors import ServiceUnavailableError
from geoconflict.parallel import Engine, Limits, Lost, map_chunks
from geoconflict.pipeline import ingest
from geoconflict.settings import RunSettings, Settings
from geoconflict.store import EventStore
from geoconflict.tools import Tools

pytestmark = [pytest.mark.dask, pytest.mark.filterwarnings("ignore::ResourceWarning")]  # sockets that Dask leaves open


class _Starter:
    """Starts commands of Dask as processes and ends them with the stack."""

    def __init__(self, stack, folder):
        self._stack, self._folder = stack, folder
        self._environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._environment["DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"] = "1"
        self.file = folder / "scheduler.json"
        local = ("--host", "127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0")
        self.scheduler = self("scheduler", *local, "--scheduler-file", self.file)
        waiting = deque(range(600))
        while not self.file.is_file() or not self.file.stat().st_size:
            waiting.popleft()
            time.sleep(0.1)
        self.address = json.loads(self.file.read_text(encoding="utf-8"))["address"]

    def __call__(self, *command):
        process = self._stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "dask", *map(str, command)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=self._environment,
                cwd=self._folder,
            )
        )
        self._stack.callback(_end, process)
        return process

    def worker(self):
        self("worker", "--scheduler-file", self.file, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The address of a scheduler with two workers of one thread each, all of them processes."""
    with ExitStack() as stack:
        dask = _Starter(stack, tmp_path_factory.mktemp("dask"))
        dask.worker()
        dask.worker()
        yield dask.address


def _end(process):
    everyone = [process, *psutil.Process(process.pid).children(recursive=True)] if process.poll() is None else []
    for one in everyone:
        with suppress(psutil.NoSuchProcess):
            one.kill()


def _workers(address):
    """Return the processes that do the work, as they say themselves."""
    chunks = [["pid"] for _ in range(8)]
    engine = Engine(dask=True, scheduler=address)
    return {results[0] for _, results in map_chunks(told, chunks, engine=engine)}


def test_a_worker_is_killed_half_way_and_the_store_is_that_of_one_process(cluster, project_root, tmp_path):
    reports = written_reports(project_root, tmp_path / "many.jsonl", copies=2)

    def ingested(name, run, progress=lambda *_: None):
        with EventStore(tmp_path / name) as store:
            report = ingest([reports], store, Tools(Settings(root=tmp_path, run=run)), progress=progress)
        return [{**stage.to_dict(), "seconds": 0} for stage in report.stages], report.failures, as_text(tmp_path / name)

    killed = []
    workers = _workers(cluster)

    def kill_one(stage, done, total):
        if stage == "extract" and 0 < done < total and not killed:
            victim = min(workers)
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

    on_dask = ingested("dask.sqlite", RunSettings(engine="dask", scheduler=cluster), kill_one)
    assert killed
    assert on_dask == ingested("serial.sqlite", RunSettings())


def test_an_item_that_kills_or_holds_workers_is_named_and_its_neighbours_are_done(cluster):
    engine = Engine(dask=True, scheduler=cluster, limits=Limits(seconds=1.0))
    chunks = [["a"], ["b", "die", "c"], ["d", "hold", "e"], ["f"]]
    first, dead, held, last = (results for _, results in map_chunks(told, chunks, engine=engine))
    assert (first, last) == (["a"], ["f"])
    for results in (dead, held):
        assert [isinstance(one, Lost) for one in results] == [False, True, False]


def test_the_client_of_the_caller_is_used_and_left_open(cluster):
    from distributed import Client

    with Client(cluster) as client:
        results = [one for _, one in map_chunks(told, [["a"], ["b"]], engine=Engine(dask=True))]
        assert results == [["a"], ["b"]]
        assert client.status == "running"
        left_early = map_chunks(told, [["a"], ["sleep 2"], ["sleep 2"]], engine=Engine(dask=True))
        next(left_early)
        left_early.close()
        assert client.submit(told, ["b"]).result(timeout=60) == ["b"]


def test_a_scheduler_that_is_lost_is_said(tmp_path):
    with ExitStack() as stack:
        dask = _Starter(stack, tmp_path)
        dask.worker()
        engine = Engine(dask=True, scheduler=dask.address)
        results = map_chunks(told, [["a"], *[["sleep 1"]] * 20], engine=engine)
        next(results)
        dask.scheduler.kill()
        with pytest.raises(ServiceUnavailableError, match="is gone"):
            list(results)


def test_a_scheduler_that_is_not_there_is_said(monkeypatch):
    from geoconflict.parallel import cluster as module

    monkeypatch.setattr(module, "_CONNECT_SECONDS", 1)
    engine = Engine(dask=True, scheduler="tcp://127.0.0.1:9")
    with pytest.raises(ServiceUnavailableError, match="no Dask scheduler answers"):
        list(map_chunks(told, [["a"]], engine=engine))


def test_a_cluster_of_this_machine_is_started_and_ended_with_the_call():
    before = set(psutil.Process().children(recursive=True))
    results = [one for _, one in map_chunks(told, [["a"], ["b"], ["c"]], engine=Engine(n_workers=1, dask=True))]
    assert results == [["a"], ["b"], ["c"]]
    new = [one for one in psutil.Process().children(recursive=True) if one not in before]
    _, alive = psutil.wait_procs([one for one in new if not _is_pythons_own(one)], timeout=30)
    assert alive == []


def _is_pythons_own(process):
    """Return whether it is the tracker of shared resources, which Python starts and ends with itself."""
    try:
        return "resource_tracker" in " ".join(process.cmdline())
    except psutil.NoSuchProcess:  # it has ended meanwhile
        return True
