"""A database gets its write-ahead log also while another connection holds it."""

import sqlite3
import threading

import pytest

from geoconflict.write_ahead_log import use_write_ahead_log


def opened(path):
    return sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)


def test_the_change_waits_for_the_lock_of_another(tmp_path):
    path = tmp_path / "one.sqlite"
    other, db = opened(path), opened(path)
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(0.2, lambda: other.execute("COMMIT"))
    release.start()
    use_write_ahead_log(db, busy_seconds=60)
    release.join()
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_lock_that_is_never_given_back_is_an_error(tmp_path):
    path = tmp_path / "one.sqlite"
    other, db = opened(path), opened(path)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        use_write_ahead_log(db, busy_seconds=0.05)


def test_a_file_that_cannot_be_written_is_no_reason_to_wait(tmp_path):
    path = tmp_path / "one.sqlite"
    opened(path).execute("CREATE TABLE a (b)")
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        use_write_ahead_log(db, busy_seconds=60)
