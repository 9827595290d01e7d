import datetime as dt

import pytest
from builders import report

from geoconflict.errors import StoreError
from geoconflict.store import EventStore
from geoconflict.store.backup import backup, backups_of, has_same_content

NOW = dt.datetime(2021, 6, 10, 12, 30, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path):
    with EventStore(tmp_path / "war.sqlite") as store, store.transaction():
        store.put_report(report())
    (tmp_path / "kept").mkdir()
    return tmp_path / "war.sqlite"


def test_a_copy_is_one_file_with_the_same_rows(path, tmp_path):
    target, gone = backup(path, tmp_path / "kept", keep=None, now=NOW)
    assert target == tmp_path / "kept" / "war-20210610T123000Z.sqlite"
    assert gone == ()
    assert [one.name for one in (tmp_path / "kept").iterdir()] == [target.name]
    assert has_same_content(path, target)


def test_a_copy_can_be_used_as_a_store(path, tmp_path):
    target, _ = backup(path, tmp_path / "kept", keep=None, now=NOW)
    with EventStore(target, read_only=True) as store:
        assert store.counts()["reports"] == 1
    with EventStore(target) as store, store.transaction():
        assert not store.put_report(report())


def test_what_is_not_yet_committed_is_not_in_the_copy_and_the_writer_goes_on(path, tmp_path):
    with EventStore(path) as store, store.transaction():
        store.put_report(report("Half way."))
        target, _ = backup(path, tmp_path / "kept", keep=None, now=NOW)
        store.put_report(report("The other half."))
    with EventStore(target, read_only=True) as kept, EventStore(path, read_only=True) as store:
        assert (kept.counts()["reports"], store.counts()["reports"]) == (1, 3)


def test_the_oldest_copies_of_this_store_go_and_the_new_one_never(path, tmp_path):
    folder = tmp_path / "kept"
    for name in ("war-notes.sqlite", "other-20200101T000000Z.sqlite", "war-20200101T000000Z.txt"):
        (folder / name).write_text("not ours")
    days = [backup(path, folder, keep=2, now=NOW + dt.timedelta(days=n))[0] for n in range(4)]
    assert backups_of(path, folder) == days[2:]
    past, gone = backup(path, folder, keep=1, now=NOW - dt.timedelta(days=9000))  # the clock was set back
    assert gone == (days[2], days[3])
    assert backups_of(path, folder) == [past]
    assert len(list(folder.iterdir())) == 4


def test_of_a_damaged_store_no_copy_is_kept_and_no_older_one_removed(path, tmp_path):
    folder = tmp_path / "kept"
    before, _ = backup(path, folder, keep=1, now=NOW)
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\xaa" * 4096
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        backup(path, folder, keep=1, now=NOW + dt.timedelta(days=1))
    assert [one.name for one in folder.iterdir()] == [before.name]


def test_a_folder_that_is_not_there_is_named(path, tmp_path):
    with pytest.raises(StoreError, match="no such folder"):
        backup(path, tmp_path / "none", keep=None, now=NOW)
