import datetime as dt
import json
import os
import subprocess
import sys

import pytest

from geoconflict.errors import StoreError, StoreLockedError
from geoconflict.store import EventStore, owner_of, run_lock
from geoconflict.store.run_lock import RunOwner, is_gone

NOW = dt.datetime(2021, 6, 10, 12, 30, tzinfo=dt.UTC)
HOLD = (
    "import datetime as dt, sys; from pathlib import Path; from geoconflict.store import run_lock\n"
    "with run_lock(Path(sys.argv[1]), 'build', wait_seconds=0, now=lambda: dt.datetime(2021, 6, 10, 12, tzinfo=dt.UTC)):\n"
    "    print('held', flush=True)\n    sys.stdin.read()"
)


def now():
    return NOW


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the store until its input ends."""
    path = tmp_path / "war.sqlite"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        yield other, path
        if other.poll() is None:
            other.kill()


def test_a_second_run_is_told_who_holds_the_store_and_since_when(holder):
    other, path = holder
    with pytest.raises(StoreLockedError, match="--wait SECONDS more than 0") as caught:
        run_lock(path, "ingest", wait_seconds=0, now=now).__enter__()
    told = str(caught.value)
    assert f"`geoconflict build`, process {other.pid} on " in told
    assert "since 2021-06-10T12:00:00+00:00, 30 minutes ago" in told


def test_a_second_run_waits_until_the_first_is_done(holder):
    other, path = holder
    seen = []

    def waiting(owner):
        seen.append(owner)
        other.stdin.close()  # the first run ends

    with run_lock(path, "ingest", wait_seconds=60, now=now, waiting=waiting) as before:
        assert before is None
        assert owner_of(path).command == "ingest"
    assert seen[0].pid == other.pid
    assert owner_of(path) is None


def test_the_lock_of_a_killed_run_is_taken_over_and_told(holder):
    other, path = holder
    other.kill()
    other.wait()
    assert is_gone(owner_of(path))
    with run_lock(path, "ingest", wait_seconds=0, now=now) as before:
        assert (before.pid, before.command) == (other.pid, "build")
        assert owner_of(path).pid == os.getpid()
        assert not is_gone(owner_of(path))


def test_what_the_wait_calls_may_end_it(holder):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_lock(holder[1], "ingest", wait_seconds=60, now=now, waiting=stop).__enter__()


@pytest.mark.parametrize(
    "record", [b"", b"junk", b"[]", b'{"pid": 1}', b'{"pid": "x", "host": "", "command": "", "since": ""}']
)
def test_an_owner_that_cannot_be_read_is_unknown(tmp_path, record):
    path = tmp_path / "war.sqlite"
    (tmp_path / ".war.sqlite.run.json").write_bytes(record)
    assert owner_of(path) is None
    with run_lock(path, "ingest", wait_seconds=0, now=now) as before:
        assert before is None


@pytest.mark.parametrize(
    ("since", "age"),
    [
        ("2021-06-10T12:30:00+00:00", ", 0 minutes ago"),
        ("2021-06-10T02:30:00+00:00", ", 10 hours ago"),
        ("2031-06-10T12:30:00+00:00", ""),  # the clock was set back
        ("2021-06-10", ""),
        ("soon", ""),
    ],
)
def test_the_age_is_told_where_the_clock_allows_one(since, age):
    owner = RunOwner(pid=7, host="h", command="build", since=since)
    assert owner.told(NOW) == f"`geoconflict build`, process 7 on h, since {since}{age}"


def test_a_run_of_another_machine_is_never_taken_for_gone():
    assert not is_gone(RunOwner(pid=2**22 + 5, host="another", command="build", since=""))


def test_the_clock_decides_nothing(tmp_path):
    path = tmp_path / "war.sqlite"
    for year in (1990, 2090):
        moment = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
        with run_lock(path, "ingest", wait_seconds=0, now=lambda moment=moment: moment) as before:
            assert before is None


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StoreError, match="no such folder"):
        run_lock(tmp_path / "none" / "war.sqlite", "ingest", wait_seconds=0, now=now).__enter__()


def test_the_owner_is_one_whole_json_file(tmp_path):
    path = tmp_path / "war.sqlite"
    with run_lock(path, "ingest", wait_seconds=0, now=now):
        record = json.loads((tmp_path / ".war.sqlite.run.json").read_text())
        assert record["since"] == "2021-06-10T12:30:00+00:00"


def test_a_run_is_noted_to_have_written_with_its_first_change(tmp_path):
    path = tmp_path / "war.sqlite"
    with run_lock(path, "ingest", wait_seconds=0, now=now), EventStore(path) as store:
        with store.transaction():
            pass
        assert not owner_of(path).wrote
        with store.transaction():
            store.set_meta("name", "value")
        assert owner_of(path).wrote
    with EventStore(path) as store, store.transaction():  # without a run
        store.set_meta("name", "other")
    assert owner_of(path) is None
