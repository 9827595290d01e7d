"""Chunks give the same results in the same order wherever they are worked on, and whatever happens to workers."""

import contextlib
import os
import signal
import subprocess
import sys

import psutil
import pytest
from worker_functions import doubled, out_of_memory, told, unable_to_start

from geoconflict.errors import WorkerError
from geoconflict.parallel import Engine, Limits, Lost, map_chunks

TWO = Engine(n_workers=2)


def workers_of(process):
    """Return the worker processes of a process; Python and Dask start others, and some have ended meanwhile."""
    found = []
    for one in process.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # ZombieProcess is one of it
            if "geoconflict.parallel.worker" in one.cmdline():
                found.append(one)
    return found


def run(function, chunks, engine=TWO):
    return [results for _, results in map_chunks(function, chunks, engine=engine)]


def test_results_come_in_order_from_every_engine():
    chunks = [list(range(at, at + 3)) for at in range(0, 60, 3)]
    here = list(map_chunks(doubled, chunks))
    assert here == [(chunk, [2 * one for one in chunk]) for chunk in chunks]
    assert list(map_chunks(doubled, chunks, engine=TWO)) == here


def test_no_chunks_start_no_worker():
    assert run(unable_to_start, []) == []


def test_chunks_are_taken_no_faster_than_results():
    taken = []

    def source():
        for number in range(100):
            taken.append(number)
            yield [number]

    for at, _ in enumerate(map_chunks(doubled, source(), engine=TWO)):
        assert len(taken) <= at + 1 + 2 * 4
    assert len(taken) == 100


def test_a_worker_that_dies_once_is_replaced_and_nothing_is_lost(tmp_path):
    chunks = [["a", "b"], ["c", f"die-once {tmp_path / 'mark'}", "d"], ["e"]]
    assert run(told, chunks) == chunks


def test_an_item_that_kills_every_worker_is_named_and_its_neighbours_are_done():
    first, second, third = run(told, [["a"], ["b", "die", "c"], ["d"]])
    assert (first, third) == (["a"], ["d"])
    assert (second[0], second[2]) == ("b", "c")
    assert isinstance(second[1], Lost)
    assert "SIGKILL" in second[1].why


def test_when_everything_kills_the_machine_is_blamed():
    with pytest.raises(WorkerError, match="each of 5 items"):
        run(told, [["die"] * 5])


@pytest.mark.parametrize("endless", ["hold", "sleep 1000"])
def test_what_takes_too_long_is_ended_and_named(endless):
    engine = Engine(n_workers=2, limits=Limits(seconds=1.0))
    (results,) = run(told, [["a", endless, "b"]], engine)
    assert results == ["a", Lost("took more than 1 seconds"), "b"]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_what_needs_too_much_memory_is_named():
    engine = Engine(n_workers=1, limits=Limits(megabytes=100))
    (results,) = run(told, [["fill 20", "fill 400", "fill 30"]], engine)
    assert (results[0], results[2]) == (20_000_000, 30_000_000)
    assert "more than 100 MB" in results[1].why


def test_a_lack_of_memory_in_this_process_spoils_one_item():
    (results,) = run(out_of_memory, [["a", "large", "b"]], Engine())
    assert results == ["a", Lost("needed more memory than there is"), "b"]


def test_an_error_of_the_function_is_raised_here():
    with pytest.raises(ValueError, match="told so"):
        run(told, [["a"], ["raise told so"]])


def test_workers_that_end_as_they_start_are_an_error():
    with pytest.raises(WorkerError, match="exit code 7.*fewer workers"):
        run(unable_to_start, [["a"]])


def test_numeric_libraries_have_one_thread_before_they_load():
    (results,) = run(told, [["environment OMP_NUM_THREADS", "environment OPENBLAS_NUM_THREADS"]])
    assert results == [("1", False), ("1", False)]


def test_what_is_printed_in_a_worker_does_not_fall_among_the_results(capfd):
    assert run(told, [["print", "a"]]) == [["print", "a"]]
    assert "a library talks" in capfd.readouterr().err


def test_workers_are_gone_when_the_results_are_left_early():
    results = map_chunks(told, [["pid"], ["sleep 1000"], ["sleep 1000"]], engine=TWO)
    _, (process,) = next(results)
    children = workers_of(psutil.Process())
    assert process in {child.pid for child in children}
    results.close()
    assert not any(child.is_running() for child in children)


def test_stopping_keeps_what_is_finished_and_begins_no_more():
    begun = []

    def source():
        for number in range(100):
            begun.append(number)
            yield [number]

    done = []
    enough = map_chunks(doubled, source(), engine=TWO, stopping=lambda: len(done) >= 3)
    for chunk, results in enough:
        assert results == [2 * chunk[0]]
        done += chunk
    assert done[:3] == [0, 1, 2]
    assert set(done) <= set(begun)
    assert len(begun) <= 3 + 2 * 4


def test_workers_end_with_a_caller_that_is_killed(tmp_path):
    script = tmp_path / "caller.py"
    script.write_text(
        "from geoconflict.parallel import Engine, map_chunks\n"
        "from worker_functions import told\n"
        "for _, results in map_chunks(told, [['pid'], ['sleep 1000'], ['sleep 1000']], engine=Engine(n_workers=2)):\n"
        "    print(results[0], flush=True)\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=environment) as caller:
        assert caller.stdout is not None
        caller.stdout.readline()
        children = workers_of(psutil.Process(caller.pid))
        caller.send_signal(signal.SIGKILL)
        caller.wait(timeout=60)
    assert children
    assert psutil.wait_procs(children, timeout=60)[1] == []
