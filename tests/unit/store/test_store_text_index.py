import sqlite3

import pytest
from builders import report

from geoconflict.ledger import TextRow
from geoconflict.store import EventStore
from geoconflict.store.schema import MIGRATIONS

BANDS = (5, -7, 2**63 - 1, -(2**63))


@pytest.fixture
def store(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as opened:
        yield opened


def row(letter, *, day=100, of=None, told_at="~"):
    return TextRow(letter * 20, day, told_at, 90, b"sketch", None if of is None else of * 20)


def put(store, *rows, bands=BANDS):
    with store.transaction():
        for one in rows:
            store.text_index.put_text(one, bands)


def test_texts_meet_in_a_band_within_days(store):
    a, b, c = row("a", of="a"), row("b", of="a", day=102), row("c", of="c", day=110)
    put(store, a, b, c)
    index = store.text_index
    assert index.alike([-7], 99, 102) == [a, b]
    assert index.alike(BANDS, 99, 120) == [a, b, c]
    assert index.alike(BANDS, 99, 120, leads=True) == [a, c]
    assert index.alike(BANDS, 99, 120, leads=False) == [b]
    assert index.alike([6], 99, 120) == []
    assert index.copies_of("a" * 20) == [b]
    assert index.copies() == {"b" * 20: "a" * 20}
    assert store.counts()["copies"] == 1


def test_one_that_became_a_copy_is_found_as_such_and_no_longer_as_a_leader(store):
    put(store, row("a", of="a"), row("b", of="b"))
    put(store, row("b", of="a"))
    index = store.text_index
    assert index.alike(BANDS, 0, 200, leads=True) == [row("a", of="a")]
    assert index.alike(BANDS, 0, 200, leads=False) == [row("b", of="a")]
    assert store._db.execute("SELECT count(*) FROM text_band").fetchone() == (2 * len(BANDS),)


def test_what_is_removed_leaves_nothing(store):
    a, b = row("a", of="a"), row("b", of="a")
    put(store, a, b)
    with store.transaction():
        for one in (a, b):
            store.text_index.remove_text(one, BANDS)
    assert store.text_index.texts(["a" * 20, "b" * 20]) == []
    assert store._db.execute("SELECT count(*) FROM text_band").fetchone() == (0,)


def test_one_that_is_not_decided_is_no_copy(store):
    put(store, row("a"))
    assert store.text_index.copies() == {}
    assert store.text_index.texts(["a" * 20, "f" * 20]) == [row("a")]


def test_one_is_in_a_band_once_it_is_decided_and_as_long_as_it_is(store):
    index = store.text_index
    for state, found in ((None, []), ("a", [row("a", of="a")]), (None, []), ("b", [row("a", of="b")])):
        put(store, row("a", of=state))
        assert index.alike(BANDS, 0, 200) == found
        assert store._db.execute("SELECT count(*) FROM text_band").fetchone() == (len(found) * len(BANDS),)


def test_any_number_of_bands_may_be_asked_for(store):
    put(store, row("a", of="a"), bands=range(1_000))
    assert store.text_index.alike(range(990, 40_000), 0, 200) == [row("a", of="a")]
    assert store.text_index.alike((), 0, 200) == []


def test_a_store_of_the_format_before_is_migrated(tmp_path):
    path = tmp_path / "s.sqlite"
    db = sqlite3.connect(path)
    for number in (1, 2):
        db.executescript(MIGRATIONS[number - 1])
    db.execute("PRAGMA user_version=2")
    db.close()
    with EventStore(path) as store:
        with store.transaction():
            store.put_report(report())
        put(store, row("a", of="a"))
        assert store.counts()["reports"] == 1
        new, gone = store.text_index.changes()
        assert ([*new], gone) == ([report().report_id], ["a" * 20])
