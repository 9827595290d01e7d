import filecmp
import os
import sqlite3

import pytest
from builders import day, mention, report, resolution, toponym

from geoconflict.errors import StoreError
from geoconflict.models import Reading
from geoconflict.store import EventStore, SourceFile
from geoconflict.store.check import check_store
from geoconflict.store.repair import _copy_rows, damaged_source, mend_rows, replace_damaged, salvage

N_REPORTS = 120


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "war.sqlite"
    with EventStore(path) as store, store.transaction():
        for number in range(N_REPORTS):
            told = report(f"Artillery struck Riverton on day {number}. " + "More was said. " * 20)
            name = toponym()
            reading = Reading(
                report_id=told.report_id, toponyms=(name,), mentions=(mention(told, when=day(), place=name),)
            )
            store.put_report(told)
            store.put_reading(reading, "k1")
            store.put_resolutions(told.report_id, [resolution(name)], "k2")
        store.set_meta("map_key:war.html", "k")
        store.set_meta("merging_rules", "r")
    return path


def spoil_pages(path, word, n_pages, *, first=1):
    """Overwrite pages that hold `word`, spread over the file; page 0 of them is the root of the table."""
    content = bytearray(path.read_bytes())
    pages = [at for at in range(4096, len(content), 4096) if word in content[at : at + 4096]][first:]
    for at in pages[:: max(1, len(pages) // n_pages)][:n_pages]:
        content[at : at + 4096] = b"\xaa" * 4096
    path.write_bytes(content)


def rows(path, table):
    with sqlite3.connect(path) as db:
        found = set(db.execute(f"SELECT * FROM {table}"))
    db.close()
    return found


def test_what_lies_outside_damaged_pages_is_saved(path, tmp_path):
    before = {table: rows(path, table) for table in ("report", "reading", "resolution", "meta")}
    spoil_pages(path, b"More was said", 3)
    assert check_store(path)
    new = tmp_path / "new.sqlite"
    saved = salvage(path, new)
    after = {table: rows(new, table) for table in before}
    assert after["report"] < before["report"]
    assert len(after["report"]) > N_REPORTS / 2
    assert all(after[table] <= before[table] for table in ("reading", "resolution"))
    assert after["meta"] == before["meta"] - {("merging_rules", "r")}
    assert saved.saved["report"] == len(after["report"])
    gone = {row[0] for row in before["report"] - after["report"]}
    assert set(saved.lost_reports) == gone & {row[0] for row in after["reading"] | after["resolution"]}
    mend_rows(new, check_store(new))
    assert check_store(new) == []


def test_reports_whose_table_has_lost_its_root_are_named(path, tmp_path):
    ids = {row[0] for row in rows(path, "report")}
    spoil_pages(path, b"More was said", 1, first=0)
    saved = salvage(path, tmp_path / "new.sqlite")
    assert saved.saved["report"] == 0
    assert set(saved.lost_reports) == ids


def test_a_truncated_store_gives_what_is_left(path, tmp_path):
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 3 // 4 // 4096 * 4096])
    saved = salvage(path, tmp_path / "new.sqlite")
    assert sum(saved.saved.values()) > 0
    mend_rows(tmp_path / "new.sqlite", check_store(tmp_path / "new.sqlite"))
    assert check_store(tmp_path / "new.sqlite") == []


@pytest.mark.parametrize("content", [b"\xaa" * 20_000, b"", b"SQLite format 3\0" + b"\xaa" * 20_000])
def test_a_file_of_which_nothing_can_be_read_is_refused(tmp_path, content):
    path = tmp_path / "war.sqlite"
    path.write_bytes(content)
    if content:
        with pytest.raises(StoreError, match="restore a backup"):
            salvage(path, tmp_path / "new.sqlite")
    else:
        assert salvage(path, tmp_path / "new.sqlite").saved == {}


def test_rows_that_belong_to_nothing_go_in_one_transaction(path):
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM report WHERE report_id = (SELECT min(report_id) FROM report)")
    db.close()
    faults = check_store(path)
    assert mend_rows(path, faults) == 2  # a reading and its places
    assert check_store(path) == []
    assert len(rows(path, "report")) == N_REPORTS - 1


def test_the_damaged_store_is_kept_with_its_log(path, tmp_path):
    (tmp_path / "war.sqlite-wal").write_bytes(b"log")
    damaged = path.read_bytes()
    new = tmp_path / "new.sqlite"
    with EventStore(new) as store, store.transaction():
        store.set_meta("x", "y")
    kept = replace_damaged(path, new)
    assert kept == tmp_path / "war.sqlite.damaged"
    assert kept.read_bytes() == damaged
    assert (tmp_path / "war.sqlite.damaged-wal").read_bytes() == b"log"
    assert not (tmp_path / "war.sqlite-wal").exists()
    assert rows(path, "meta") == {("x", "y")}
    with EventStore(new):
        pass
    again = replace_damaged(path, new)
    assert again == tmp_path / "war.sqlite.damaged-2"


def test_a_repair_that_was_killed_before_the_last_step_reads_the_kept_copy_with_its_log(path, tmp_path, monkeypatch):
    log = tmp_path / "war.sqlite-wal"
    log.write_bytes(b"log")
    new = tmp_path / "new.sqlite"
    with EventStore(new):
        pass

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("pathlib.Path.replace", killed)
        with pytest.raises(KeyboardInterrupt):
            replace_damaged(path, new)
    assert not log.exists()
    kept = tmp_path / "war.sqlite.damaged"
    assert damaged_source(path) == kept
    assert filecmp.cmp(path, kept, shallow=False)
    assert replace_damaged(path, new) == kept
    assert damaged_source(path) == path


def test_where_no_second_name_can_be_given_a_copy_is_kept(path, tmp_path, monkeypatch):
    def refused(*_):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    damaged = path.read_bytes()
    new = tmp_path / "new.sqlite"
    with EventStore(new):
        pass
    assert replace_damaged(path, new).read_bytes() == damaged


def test_a_disk_that_is_full_is_no_damage(path, tmp_path):
    with EventStore(tmp_path / "new.sqlite"):
        pass
    new, damaged = sqlite3.connect(tmp_path / "new.sqlite"), sqlite3.connect(path)
    new.execute(f"PRAGMA max_page_count={new.execute('PRAGMA page_count').fetchone()[0]}")
    new.execute("BEGIN")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        _copy_rows(damaged, new, "report")
    new.close()
    damaged.close()


def test_files_are_read_again_when_rows_without_their_report_were_removed(path):
    with EventStore(path) as store, store.transaction():
        lost, *_ = sorted(row[0] for row in store._db.execute("SELECT report_id FROM report"))
        store._db.execute("INSERT OR REPLACE INTO figure VALUES (?, '[]', '[{}]')", (lost,))
        store.intake.put_files([SourceFile("reports/a.jsonl", "as it was", True, (lost,), "the same bytes")])
    with sqlite3.connect(path) as db:  # without foreign keys, as the program sqlite3 has it
        db.execute("DELETE FROM report WHERE report_id = ?", (lost,))
    db.close()
    assert mend_rows(path, check_store(path)) > 0
    assert check_store(path) == []
    with EventStore(path, read_only=True) as store:
        file = store.intake.files()["reports/a.jsonl"]
    assert (file.stamp, file.digest) == ("", "")
