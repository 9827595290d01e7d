import datetime as dt
import json
import sqlite3

import pytest
from builders import place, report, source
from click.testing import CliRunner

from geoconflict.cli import main
from geoconflict.events import merge_into
from geoconflict.store import EventStore, run_lock
from geoconflict.store.schema import MIGRATIONS


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        return CliRunner().invoke(main, ["store", *(str(argument) for argument in arguments)])

    return call


@pytest.fixture
def war(tmp_path):
    path = tmp_path / "war.sqlite"
    with EventStore(path) as store, store.transaction():
        tales = [report(), report("Later.")]
        for told in tales:
            store.put_report(told)
        merge_into(store.ledger, [source(tales[0]), source(tales[1], at=place("Hilltown", 31.0, 11.0))])
        store.ledger.set_merged({told.report_id: "k" for told in tales})
    return path


def test_a_whole_store_is_said_to_be(run, war):
    done = run("check", "--store", war)
    assert (done.exit_code, done.stdout) == (0, f"{war}: whole\n")
    assert json.loads(run("check", "--store", war, "--json").stdout) == {
        "store": str(war),
        "whole": True,
        "faults": [],
        "repair": None,
    }


def test_faults_are_told_with_keys_and_what_to_do(run, war):
    with sqlite3.connect(war) as db:
        db.executemany("INSERT INTO reading VALUES (?, 'k', '{}')", [(f"nobody{n}",) for n in range(7)])
    db.close()
    done = run("check", "--store", war)
    assert done.exit_code == 1
    assert "reading without its report: nobody0, nobody1, nobody2, nobody3, nobody4 and 2 more" in done.stdout
    assert "-> --repair removes them" in done.stdout
    (fault,) = [
        one for one in json.loads(run("check", "--store", war, "--json").stdout)["faults"] if "without" in one["what"]
    ]
    assert (fault["n"], fault["mend"]) == (7, "remove")
    repaired = run("check", "--store", war, "--repair")
    assert repaired.exit_code == 0
    assert "repaired: 7 rows removed" in repaired.stdout
    assert run("check", "--store", war).exit_code == 0


def test_a_repair_waits_for_runs_and_exits_with_4(run, war):
    with run_lock(war, "build", wait_seconds=0, now=lambda: dt.datetime.now(dt.UTC)):
        for command in (("check", "--repair"), ("vacuum",), ("migrate",)):
            done = run(*command, "--store", war, "--wait", 0)
            assert done.exit_code == 4, command
            assert "`geoconflict build`, process" in done.stderr
        assert run("check", "--store", war).exit_code == 0
        assert "`geoconflict build`, process" in run("info", "--store", war).stdout
    assert run("info", "--store", war).stdout.endswith("run: none\n")


def test_a_backup_names_the_copy_and_counts_what_it_removed(run, war, tmp_path):
    (tmp_path / "kept" / "war-20200101T000000Z.sqlite").parent.mkdir()
    (tmp_path / "kept" / "war-20200101T000000Z.sqlite").write_bytes(war.read_bytes())
    done = run("backup", "kept", "--store", war, "--keep", 1)
    assert done.exit_code == 0
    assert "bytes; 1 older removed" in done.stdout
    (copy,) = (tmp_path / "kept").iterdir()
    assert run("check", "--store", copy).exit_code == 0


def test_vacuum_gives_room_back_and_changes_no_row(run, war, monkeypatch):
    with EventStore(war) as store:
        before = store.event_records()
        with store.transaction():
            store.set_meta("large", "x" * 400_000)
        with store.transaction():
            store.set_meta("large", "")
    size = war.stat().st_size
    assert run("vacuum", "--store", war).exit_code == 0
    assert war.stat().st_size < size - 300_000
    with EventStore(war, read_only=True) as store:
        assert store.event_records() == before
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 10}))
    refused = run("vacuum", "--store", war)
    assert refused.exit_code == 1
    assert "bytes of free room, there are 10" in refused.stderr


def test_migrate_copies_first_and_says_where(run, tmp_path):
    path = tmp_path / "war.sqlite"
    with sqlite3.connect(path) as db:
        db.executescript(MIGRATIONS[0])
        db.execute("PRAGMA user_version=1")
    db.close()
    info = json.loads(run("info", "--store", path, "--json").stdout)
    assert (info["format"], info["newest_format"], info["rows"]["report"]) == (1, len(MIGRATIONS), 0)
    assert run("check", "--store", path).exit_code == 0
    done = run("migrate", "--store", path)
    assert done.stdout == f"{path}: migrated; a copy of the older one is {tmp_path / 'war-format1.sqlite'}\n"
    assert run("migrate", "--store", path).stdout == f"{path}: nothing to migrate\n"


def test_a_newer_store_is_refused(run, tmp_path):
    path = tmp_path / "war.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=999")
    db.close()
    for command in ("check", "info", "migrate", "vacuum"):
        done = run(command, "--store", path)
        assert done.exit_code == 1
        assert "newer geoconflict" in done.stderr, command


@pytest.mark.parametrize("command", [("check",), ("info",), ("migrate",), ("vacuum",), ("backup", ".")])
def test_a_store_that_is_not_there_is_not_made(run, tmp_path, command):
    done = run(*command, "--store", "none.sqlite")
    assert done.exit_code == 1
    assert "there is no event store" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["check", "backup", "vacuum", "migrate", "info"])
def test_every_command_has_an_example(run, command):
    assert f"geoconflict store {command}" in run(command, "--help").stdout


def test_a_file_of_another_program_is_left_alone(run, tmp_path):
    junk = tmp_path / "war.sqlite"
    junk.write_bytes(b"this is not a database" * 100)
    for command in (("check",), ("check", "--repair"), ("migrate",), ("vacuum",), ("backup", "."), ("info",)):
        done = run(*command, "--store", junk)
        assert done.exit_code == 1, command
        assert isinstance(done.exception, SystemExit), command
    assert junk.read_bytes() == b"this is not a database" * 100


@pytest.mark.parametrize("content", [b"", None])
def test_a_file_in_which_no_store_was_begun_is_no_whole_store(run, tmp_path, content):
    path = tmp_path / "war.sqlite"
    path.write_bytes(content or b"")
    if content is None:  # as a run leaves it that was killed at its start
        with sqlite3.connect(path) as db:
            db.execute("PRAGMA journal_mode=WAL")
        db.close()
        assert path.stat().st_size == 4096
    (tmp_path / "backups").mkdir()
    before = path.read_bytes()
    for arguments in (("check",), ("backup", "backups", "--keep", "1"), ("migrate",), ("vacuum",), ("info",)):
        done = run(*arguments, "--store", path)
        assert done.exit_code == 1
        assert "empty, no event store yet" in done.stderr
    for arguments in (("status",), ("map", "--out", "m.html"), ("export", "--out", "e.csv"), ("history",)):
        done = CliRunner().invoke(main, [*arguments, "--store", str(path)])
        assert done.exit_code == 1, arguments
        assert f"empty, no event store yet: `geoconflict ingest PATH --store {path}`" in done.stderr, arguments
        assert "migrate" not in done.stderr
    assert path.read_bytes() == before
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_folder_for_backups_is_made(run, war, tmp_path):
    assert run("backup", tmp_path / "new" / "backups", "--store", war).exit_code == 0
    assert len(list((tmp_path / "new" / "backups").glob("war-*.sqlite"))) == 1


@pytest.mark.parametrize("given", [True, False])
def test_a_damaged_store_is_named_in_the_command_that_repairs_it(run, war, tmp_path, given):
    (tmp_path / "geoconflict.toml").write_text('[store]\npath = "war.sqlite"\n')
    content = bytearray(war.read_bytes())
    content[4096:] = b"\xab" * (len(content) - 4096)
    war.write_bytes(content)
    done = CliRunner().invoke(main, ["status", *(["--store", str(war)] if given else [])])
    assert done.exit_code == 1
    assert f"`geoconflict store check --store {war}`" in done.stderr


@pytest.mark.parametrize("command", [("vacuum",), ("check", "--repair"), ("migrate",)])
def test_it_is_said_who_is_waited_for_and_the_size_is_that_after_the_wait(run, war, monkeypatch, command):
    with run_lock(war, "ingest", wait_seconds=0, now=lambda: dt.datetime.now(dt.UTC)):
        done = run(*command, "--store", war, "--wait", "0.3")
    assert done.exit_code == 4
    (line, *_) = done.stderr.splitlines()
    assert line.startswith("waiting up to 0.3 seconds for `geoconflict ingest`, process ")
    assert done.stderr.count("waiting up to") == 1


def test_room_and_size_are_looked_at_once_the_store_is_free(run, war, monkeypatch):
    from contextlib import contextmanager

    @contextmanager
    def grown_meanwhile(*_):
        with EventStore(war) as store:
            store.set_meta("filler", "x" * 1_000_000)
        yield

    monkeypatch.setattr("geoconflict.cli.store._alone", grown_meanwhile)
    done = run("vacuum", "--store", war)
    before = int(done.stdout.split(": ")[1].split()[0].replace(",", ""))
    assert before > 1_000_000
