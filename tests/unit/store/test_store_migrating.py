import sqlite3

import pytest
from builders import report, source

from geoconflict.errors import StoreError
from geoconflict.events import merge_into
from geoconflict.store import EventStore
from geoconflict.store.backup import has_same_content
from geoconflict.store.schema import MIGRATIONS


@pytest.fixture
def older(tmp_path):
    """A store of the first format, with a report."""
    path = tmp_path / "war.sqlite"
    with sqlite3.connect(path) as db:
        db.executescript(MIGRATIONS[0])
        told = report()
        db.execute("INSERT INTO report VALUES (?, ?, ?, '{}')", (told.report_id, "2021-06-10", None))
        db.execute("PRAGMA user_version=1")
    db.close()
    return path


def version(path):
    with sqlite3.connect(path) as db:
        found = db.execute("PRAGMA user_version").fetchone()[0]
    db.close()
    return found


def test_an_older_store_is_copied_before_it_is_migrated(older, tmp_path):
    with EventStore(older) as store:
        assert store.backup_path == tmp_path / "war-format1.sqlite"
        assert store.counts()["reports"] == 1
    assert (version(older), version(tmp_path / "war-format1.sqlite")) == (len(MIGRATIONS), 1)
    with EventStore(older) as store:
        assert store.backup_path is None


def test_a_new_store_needs_no_copy(tmp_path):
    with EventStore(tmp_path / "war.sqlite") as store:
        assert store.backup_path is None
    assert list(tmp_path.glob("*format*")) == []


def test_a_copy_of_the_same_store_is_enough_and_one_of_another_stays(older, tmp_path):
    same = tmp_path / "war-format1.sqlite"
    same.write_bytes(older.read_bytes())
    with EventStore(older) as store:
        assert store.backup_path == same
    other = tmp_path / "later.sqlite"
    other.write_bytes(same.read_bytes())
    with sqlite3.connect(other) as db:
        db.execute("DELETE FROM report")
    db.close()
    other.replace(older)
    before = same.read_bytes()
    with EventStore(older) as store:
        assert store.backup_path == tmp_path / "war-format1-2.sqlite"
    assert same.read_bytes() == before


def test_a_migration_that_fails_leaves_the_store_as_it_was(older, monkeypatch):
    broken = (*MIGRATIONS[:-1], "CREATE TABLE half (x); CREATE TABLE report (y)")
    monkeypatch.setattr("geoconflict.store.migrating.MIGRATIONS", broken)
    with pytest.raises(StoreError, match="already exists"):
        EventStore(older)
    assert version(older) == 1
    with sqlite3.connect(older) as db:
        assert ("half",) not in db.execute("SELECT name FROM sqlite_master").fetchall()
    db.close()


def test_a_store_that_cannot_be_copied_is_not_migrated(older, tmp_path, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geoconflict.store.backup.replacing", full)
    with pytest.raises(OSError, match="No space"):
        EventStore(older)
    assert version(older) == 1


def test_an_older_store_opened_for_reading_names_the_command_that_migrates(older):
    with pytest.raises(StoreError, match="geoconflict store migrate"):
        EventStore(older, read_only=True)
    assert version(older) == 1


def test_stores_with_the_same_rows_are_the_same_whatever_their_files(tmp_path):
    paths = [tmp_path / "a.sqlite", tmp_path / "b.sqlite"]
    sources = [source(), source(report("Other.", source="Two"))]
    for path, told in zip(paths, (sources, sources[::-1]), strict=True):
        with EventStore(path) as store:
            for one in told:
                with store.transaction():
                    merge_into(store.ledger, [one])
                    store.shelf.refresh()
    assert has_same_content(*paths)
    with EventStore(paths[1]) as store, store.transaction():
        store.set_meta("x", "y")
    assert not has_same_content(*paths)
    paths[1].write_bytes(b"junk" * 1000)
    assert not has_same_content(*paths)
