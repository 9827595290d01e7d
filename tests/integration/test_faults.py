"""What machines do to a run: each fault gives a clear error or a repair, and what was committed stays."""

import contextlib
import ctypes
import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from runs import CONFIG, environment, events_of, make_war, rows, run

from geoconflict.cli import main
from geoconflict.errors import StoreError
from geoconflict.store import EventStore
from geoconflict.store.check import check_store

resource = pytest.importorskip("resource")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the faults are made with means of Linux")

N_REPORTS = 8
BUILD = ("build", "--config", "geoconflict.toml")
KEPT = ("report", "reading", "resolution")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = make_war(tmp_path_factory.mktemp("built") / "war", N_REPORTS)
    assert run(folder, *BUILD).returncode == 0
    return folder


@pytest.fixture
def war(built, tmp_path):
    """A built folder with one report more than was read."""
    folder = tmp_path / "war"
    shutil.copytree(built, folder)
    (folder / "reports" / "2020-10-30-new.md").write_text("Rockets hit Barda on Thursday, killing two people.\n")
    return folder


def kept(store, before):
    """Whether everything that was committed is still there."""
    after = rows(store)
    return all(set(map(repr, before[table])) <= set(map(repr, after[table])) for table in KEPT)


def the_error(done):
    """Return what the one error of a run says."""
    assert done.returncode == 1, done
    (told,) = [event for event in events_of(done.stderr) if event["level"] == "error"]
    return told["message"]


@contextlib.contextmanager
def tmpfs(folder, size):
    """Mount a small file system of its own on `folder`."""
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(f"no tmpfs may be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


# ---------------------------------------------------------------- disks
@pytest.mark.parametrize("free_bytes", [20_000, 60_000, 150_000])
def test_a_full_disk_is_said_and_the_run_goes_on_once_there_is_room(built, tmp_path, free_bytes):
    with tmpfs(tmp_path / "disk", "4m") as disk:
        shutil.copytree(built, disk / "war")
        folder = disk / "war"
        for report in sorted(Path(built, "reports").iterdir()):  # twice as many
            (folder / "reports" / f"2020-11-09-{report.name[11:]}").write_text(
                report.read_text() + "\nMore was said.\n"
            )
        before = rows(folder / "war.sqlite")
        free = os.statvfs(disk)
        (disk / "filler").write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - free_bytes))
        message = the_error(run(folder, *BUILD))
        assert "No space left" in message or "the disk is full" in message or "free some room" in message
        assert kept(folder / "war.sqlite", before)
        assert check_store(folder / "war.sqlite") == []
        (disk / "filler").unlink()
        assert run(folder, *BUILD).returncode == 0
        again = make_war(tmp_path / "again", 0)
        shutil.copytree(folder / "reports", again / "reports", dirs_exist_ok=True)
        assert run(again, *BUILD).returncode == 0
        assert rows(folder / "war.sqlite") == rows(again / "war.sqlite")
        assert not [file for file in folder.rglob(".*") if file.suffix != ".lock"]


WRITES = {
    "x.csv": ("export",),
    "x.geojson": ("export",),
    "x.kml": ("export",),
    "x.parquet": ("export",),
    "x.gpkg": ("export",),
    "acled.csv": ("export", "--format", "acled"),
    "parts": ("export", "--partitioned"),
    "x.html": ("map",),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_full_disk_is_said_of_the_file_that_finds_no_room(built, tmp_path, name):
    with tmpfs(tmp_path / "disk", "64k") as disk:
        (disk / "filler").write_bytes(b"x" * 61_440)
        done = run(built, *WRITES[name], "--store", "war.sqlite", "--out", str(disk / name))
        assert done.returncode == 1
        assert str(disk / name) in done.stderr
        assert done.stderr.endswith(": No space left on device; free some room, and run the command again\n")
        assert "Traceback" not in done.stderr
        assert not [file for file in disk.rglob("*") if file.is_file() and file.name not in ("filler", ".parts.lock")]


def test_a_file_for_which_only_the_credit_finds_no_room_is_not_written(built, tmp_path):
    none = tmp_path / "none.sqlite"
    with EventStore(none):
        pass
    with tmpfs(tmp_path / "disk", "16k") as disk:
        (disk / "filler").write_bytes(b"x" * 12_288)  # one page is left
        done = run(built, "export", "--store", str(none), "--out", str(disk / "x.csv"))
        assert done.returncode == 1
        assert [file.name for file in disk.iterdir()] == ["filler"]


def test_a_copy_that_finds_no_room_is_the_fault_of_where_it_goes(built, tmp_path):
    with tmpfs(tmp_path / "disk", "64k") as disk:
        done = run(built, "store", "backup", str(disk), "--store", "war.sqlite")
        assert done.returncode == 1
        assert done.stderr.startswith(f"error: {disk / 'war-'}")
        assert done.stderr.endswith("No space left on device; free some room, and run the command again\n")


def test_a_folder_of_maps_that_cannot_be_made_is_told_with_its_setting(war):
    settings = war / "geoconflict.toml"
    settings.write_text(settings.read_text().replace('maps_dir = "maps"', 'maps_dir = "/proc/x"'))
    message = the_error(run(war, *BUILD))
    assert message.startswith(
        "geoconflict.toml, line 1: maps_dir: the folder for maps cannot be made: /proc/x: No such file"
    )
    assert message.endswith("make the folder first")


def test_a_limit_on_the_size_of_files_is_said_and_committed_data_stay(war):
    before = rows(war / "war.sqlite")
    limit = (war / "war.sqlite").stat().st_size

    def limited():
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, limit))

    done = run(war, *BUILD, preexec_fn=limited)
    assert "everything committed before is intact" in the_error(done)
    assert kept(war / "war.sqlite", before)
    assert check_store(war / "war.sqlite") == []
    assert run(war, *BUILD).returncode == 0


def test_a_read_only_file_system_can_be_read_and_refuses_a_run_clearly(war, tmp_path):
    with tmpfs(tmp_path / "disk", "8m") as disk:
        shutil.copytree(war, disk / "war")
        folder = disk / "war"
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        assert run(folder, "status").returncode == 0
        assert run(folder, "store", "check").returncode == 0
        assert run(folder, "export", "--out", tmp_path / "events.csv").returncode == 0
        assert run(folder, "store", "backup", tmp_path).returncode == 0
        message = the_error(run(folder, *BUILD))
        assert "cannot be written to: Read-only file system" in message
        assert "everything committed before is intact" in message


def test_a_folder_that_may_not_be_written_to_is_named(war):
    before = rows(war / "war.sqlite")
    for suffix in ("-wal", "-shm"):
        (war / f"war.sqlite{suffix}").unlink(missing_ok=True)
    if subprocess.run(["chattr", "+i", war], check=False, capture_output=True).returncode:
        pytest.skip("this file system lets no folder be made immutable")
    try:
        message = the_error(run(war, *BUILD))
        assert str(war) in message
        assert "cannot be written to" in message
        reading = run(war, "status")
        assert reading.returncode == 1
        assert "where SQLite keeps its log" in reading.stderr
    finally:
        subprocess.run(["chattr", "-i", war], check=True)
    assert rows(war / "war.sqlite") == before
    assert run(war, *BUILD).returncode == 0


def obey_rights():
    """Take from this process, where root runs it, the right to read and write what the rights of files forbid."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        if os.getuid() == 0 and libc.prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
            raise OSError(ctypes.get_errno(), "the right cannot be given up")


def test_a_user_without_rights_is_told_which_are_missing(war):
    before = rows(war / "war.sqlite")
    store = war / "war.sqlite"
    store.chmod(0o000)
    assert "may not read it" in the_error(run(war, *BUILD, preexec_fn=obey_rights))
    assert "may not read it" in run(war, "status", preexec_fn=obey_rights).stderr
    store.chmod(0o444)
    assert "may not write it" in the_error(run(war, *BUILD, preexec_fn=obey_rights))
    store.chmod(0o644)
    for suffix in ("-wal", "-shm"):  # with them there, the folder need not be written to for reading
        (war / f"war.sqlite{suffix}").unlink(missing_ok=True)
    war.chmod(0o555)
    message = the_error(run(war, *BUILD, preexec_fn=obey_rights))
    assert f"{war}: the folder of the event store cannot be written to: Permission denied" in message
    assert "where SQLite keeps its log" in run(war, "status", preexec_fn=obey_rights).stderr
    war.chmod(0o755)
    (war / "maps").chmod(0o555)
    message = the_error(run(war, *BUILD, preexec_fn=obey_rights))
    assert f"cannot write the map: {war / 'maps' / 'war.html'}: Permission denied; give this user" in message
    (war / "maps").chmod(0o755)
    assert kept(store, before)
    assert run(war, *BUILD, preexec_fn=obey_rights).returncode == 0


# ---------------------------------------------------------------- files
def test_a_damaged_page_is_told_and_repaired_and_the_next_run_makes_it_equal(war, built):
    store = war / "war.sqlite"
    content = bytearray(store.read_bytes())
    at = content.index(b'"toponyms":[{') // 4096 * 4096
    content[at : at + 4096] = b"\xaa" * 4096
    store.write_bytes(content)
    check = run(war, "store", "check")
    assert check.returncode == 1
    assert "damaged pages" in check.stdout
    assert "--repair" in check.stdout
    stopped = run(war, *BUILD)
    assert "geoconflict store check" in the_error(stopped)
    repaired = run(war, "store", "check", "--repair")
    assert repaired.returncode == 0, repaired
    assert "the damaged store is kept as" in repaired.stdout
    aside = (war / "war.sqlite.damaged").read_bytes()
    assert aside[at : at + 4096] == content[at : at + 4096], "as it was found"
    assert len(aside) >= len(content)
    (war / "reports" / "2020-10-30-new.md").unlink()
    assert run(war, *BUILD).returncode == 0
    # The new report was committed before the damage was met, and is withdrawn with its file.
    after, expected = rows(store), rows(built / "war.sqlite")
    assert [one[0] for one in after.pop("history")] == ["report withdrawn"]
    assert len(after.pop("withdrawn")) == 1
    assert after == {name: rows for name, rows in expected.items() if name not in ("history", "withdrawn")}


def test_rows_that_belong_to_nothing_are_repaired_from_the_readings(war):
    store = war / "war.sqlite"
    before = rows(store)
    with sqlite3.connect(store) as db:
        db.execute("DELETE FROM event WHERE event_id = (SELECT min(event_id) FROM event)")
        db.execute("INSERT INTO resolution VALUES ('nobody', 'k', '[]')")
    db.close()
    repaired = run(war, "store", "check", "--repair", "--json")
    assert json.loads(repaired.stdout)["repair"]["kept"] is None
    after = rows(store)
    for table in ("event", "version", "core", *KEPT):
        assert after[table] == before[table]


@pytest.mark.parametrize("reader", [(), ("status",)])
def test_a_store_whose_log_was_deleted_after_a_kill_opens_and_is_made_good(war, built, reader):
    code = (
        "import os, sys; sys.path[:0] = [sys.argv[2]]\nfrom builders import report\n"
        "from geoconflict.store import EventStore, run_lock; from pathlib import Path; import datetime as dt\n"
        "path = Path(sys.argv[1])\n"
        "held = run_lock(path, 'ingest', wait_seconds=0, now=lambda: dt.datetime.now(dt.UTC))\nheld.__enter__()\n"
        "store = EventStore(path)\n"
        "with store.transaction():\n    store.put_report(report())\n"
        "os.kill(os.getpid(), 9)"
    )
    tests = str(Path(__file__).resolve().parent.parent)
    store = war / "war.sqlite"
    killed = subprocess.run([sys.executable, "-c", code, store, tests], env=environment(), check=False)
    assert killed.returncode == -9
    assert (war / "war.sqlite-wal").stat().st_size > 0
    (war / "war.sqlite-wal").unlink()
    if reader:  # it makes an empty one
        assert run(war, *reader).returncode == 0
        assert (war / "war.sqlite-wal").stat().st_size == 0
    (war / "reports" / "2020-10-30-new.md").unlink()
    after = run(war, *BUILD)
    assert after.returncode == 0, after.stderr
    told = {event["event"]: event for event in events_of(after.stderr)}
    assert "geoconflict store check" in told["log_missing"]["message"]
    assert check_store(store) == []
    assert rows(store) == rows(built / "war.sqlite")


def test_a_run_that_was_killed_before_it_wrote_is_not_said_to_have_lost_its_log(war):
    code = (
        "import os, sys; from geoconflict.store import EventStore, run_lock; from pathlib import Path; import datetime as dt\n"
        "path = Path(sys.argv[1])\n"
        "held = run_lock(path, 'ingest', wait_seconds=0, now=lambda: dt.datetime.now(dt.UTC))\nheld.__enter__()\n"
        "store = EventStore(path)\nwith store.transaction():\n    pass\nos.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, war / "war.sqlite"], env=environment(), check=False)
    events = [event["event"] for event in events_of(run(war, *BUILD).stderr)]
    assert "run_taken_over" in events
    assert "log_missing" not in events


def test_a_store_cut_short_is_damaged_and_can_be_repaired(war, built):
    store = war / "war.sqlite"
    content = store.read_bytes()
    store.write_bytes(content[: len(content) // 2])
    assert "damaged" in the_error(run(war, *BUILD))
    with pytest.raises(StoreError, match="damaged"):
        EventStore(store, read_only=True)
    repaired = run(war, "store", "check", "--repair")
    assert repaired.returncode == 0, repaired
    (war / "reports" / "2020-10-30-new.md").unlink()
    assert run(war, *BUILD).returncode == 0
    after = rows(store)
    for table in ("event", "version", "core", *KEPT):
        assert after[table] == rows(built / "war.sqlite")[table]


def test_a_damaged_cache_is_set_aside_with_a_warning(tmp_path, server):
    services = f'services = ["nominatim"]\nnominatim_url = "{server.url}"\nuser_agent = "tests (a@example.org)"\nmin_delay_seconds = 0\n'
    folder = make_war(tmp_path / "war", 0, config=CONFIG.replace("[store]", f"{services}[store]"))
    (folder / "reports" / "2020-10-30-x.md").write_text(
        "Artillery shelled the village of Oubelek on Thursday, killing two people.\n"
    )
    (folder / "geocode-cache.sqlite").write_bytes(b"junk" * 5000)
    done = run(folder, *BUILD)
    assert done.returncode == 0, done.stderr
    (told,) = [event for event in events_of(done.stderr) if event["event"] == "warning"]
    assert "damaged" in told["message"]
    assert (folder / "geocode-cache.sqlite.damaged").read_bytes() == b"junk" * 5000
    assert server.paths


# ---------------------------------------------------------------- the clock
def build_at(folder, monkeypatch, *moments):
    """Build in this process with a clock that shows `moments` one after the other, the last one from then on."""
    times = list(moments)

    def now():
        return times.pop(0) if len(times) > 1 else times[0]

    with monkeypatch.context() as patch:
        patch.chdir(folder)
        patch.setattr("geoconflict.cli.session.utc_now", now)
        patch.setattr("geoconflict.reports.reader._today", lambda: now().date())
        patch.setattr("time.time", lambda: now().timestamp())
        return CliRunner().invoke(main, [*BUILD, "--report", "run.json"])


def test_a_clock_that_jumps_changes_no_result(built, tmp_path, monkeypatch):
    year = {number: dt.datetime(number, 6, 1, tzinfo=dt.UTC) for number in (2021, 2038, 2099)}
    for number, moments in enumerate([(year[2021], year[2099], year[2021]), (year[2099], year[2038], year[2021])]):
        folder = make_war(tmp_path / f"war{number}", N_REPORTS)
        assert build_at(folder, monkeypatch, *moments).exit_code == 0
        assert rows(folder / "war.sqlite") == rows(built / "war.sqlite")
        account = json.loads((folder / "run.json").read_text())
        assert account["seconds"] >= 0


def test_a_clock_before_the_reports_loses_nothing_and_says_what_it_refuses(war, monkeypatch):
    before = rows(war / "war.sqlite")
    early = dt.datetime(1999, 1, 1, tzinfo=dt.UTC)
    done = build_at(war, monkeypatch, early)
    assert done.exit_code == 3
    account = json.loads((war / "run.json").read_text())
    assert account["n_failures"] == 1, "files that are as they were are not asked again"
    assert "2020-10-30-new.md" in json.dumps(account["failures"])
    assert kept(war / "war.sqlite", before)
    assert rows(war / "war.sqlite")["event"] == before["event"]
    assert run(war, *BUILD).returncode == 0
    assert len(rows(war / "war.sqlite")["report"]) == len(before["report"]) + 1
