import dataclasses
import datetime as dt
import sqlite3
import subprocess
import sys
import textwrap

import pandas as pd
import pytest
from builders import DAY, day, days, mention, report, resolution, source, toll, toponym

from geoconflict.errors import InputError, StoreError
from geoconflict.events import merge_into
from geoconflict.models import DateBasis, DatePrecision, DateSpan, Reading, RunFailure
from geoconflict.store import EventStore


@pytest.fixture
def store(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as opened:
        yield opened


def put(store, *reports):
    with store.transaction():
        for one in reports:
            store.put_report(one)


def reading_of(told):
    return Reading(report_id=told.report_id, toponyms=(toponym(),), mentions=(mention(told),))


def test_a_report_is_kept_once(store):
    told = report()
    with store.transaction():
        assert store.put_report(told)
        assert not store.put_report(told)
    assert store.counts()["reports"] == 1
    assert next(store.reports()).report == told


def test_what_the_stages_made_comes_back_under_its_key(store):
    told = report()
    put(store, told)
    with store.transaction():
        store.put_reading(reading_of(told), "k1")
        store.put_resolutions(told.report_id, [resolution()], "k2")
    (state,) = store.states.all()
    assert state == (told.report_id, "k1", True, "k2")
    (stored,) = store.reports([told.report_id])
    assert stored.reading == reading_of(told)
    assert stored.resolutions == (resolution(),)


def test_merging_gets_the_reports_that_tell_of_events_with_mentions_and_their_places(store):
    told, silent, unread = report(), report('Nothing happened, "mentions":[] or not.'), report("Not read yet.")
    at, elsewhere, country = resolution(), toponym("no", start=1), toponym("", start=0)
    put(store, told, silent, unread)
    with store.transaction():
        store.put_reading(dataclasses.replace(reading_of(told), toponyms=(toponym(), elsewhere)), "k1")
        store.put_resolutions(told.report_id, [at, resolution(elsewhere), resolution(country)], "k2")
        store.put_reading(Reading(report_id=silent.report_id, toponyms=(toponym(),)), "k1")
    ids = [unread.report_id, silent.report_id, told.report_id]
    (found,) = store.telling_reports(ids)
    assert (found.report, found.reading.mentions) == (told, reading_of(told).mentions)
    assert found.resolutions == (at, resolution(country))
    assert list(store.plain_reports(ids)) == [unread, silent, told]
    also = list(store.telling_reports(ids, {silent.report_id, unread.report_id}))
    assert [(one.report, one.reading is None) for one in also] == [(unread, True), (silent, False), (told, False)]


def test_words_of_a_report_that_look_like_a_field_hide_no_event(store):
    told = report('Shells hit "mentions":[] Riverton.')
    put(store, told)
    one = dataclasses.replace(mention(told), claimed_by='"mentions":[]')
    with store.transaction():
        store.put_reading(Reading(report_id=told.report_id, mentions=(one,)), "k1")
    (found,) = store.telling_reports([told.report_id])
    assert found.reading.mentions == (one,)
    assert found.resolutions is None


def test_a_damaged_reading_is_told_also_to_merging(store):
    told = report()
    put(store, told)
    with store.transaction():
        store.put_reading(reading_of(told), "k1")
        store._db.execute("UPDATE reading SET record = '{}'")
    with pytest.raises(StoreError, match="Reading"):
        list(store.telling_reports([told.report_id]))


def test_a_failure_is_remembered_and_drops_what_was_known(store):
    told = report()
    put(store, told)
    with store.transaction():
        store.put_reading(reading_of(told), "k1")
        store.put_failure(told.report_id, RunFailure(stage="extract", where="x", what="y"), "k2")
    assert tuple(store.states.all()) == ((told.report_id, "k2", False, None),)
    assert store.counts()["readings"] == 0
    with store.transaction():
        store.put_reading(reading_of(told), "k3")
    assert store.failures() == ()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_closed_store_says_so(tmp_path, read_only):
    path = tmp_path / "s.sqlite"
    EventStore(path).close()
    store = EventStore(path, read_only=read_only)
    store.close()
    store.close()
    for use in (store.counts, store.events, store.failures, lambda: list(store.reports()), lambda: store.shelf):
        with pytest.raises(StoreError, match="this store was closed; open it again"):
            use()


def test_a_transaction_is_all_or_nothing(store):
    with pytest.raises(KeyError), store.transaction():
        store.put_report(report())
        raise KeyError
    assert store.counts()["reports"] == 0


def test_events_are_chosen_by_the_days_on_which_they_may_have_happened(store):
    undated = DateSpan(starts_on=None, ends_on=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
    spans = {"a": day(0), "b": days(-3, -1), "c": day(5), "d": undated}
    with store.transaction():
        merge_into(store.ledger, [source(report(name), when=span) for name, span in spans.items()])

    def texts(**chosen):
        return "".join(event.sources[0].quote for event in store.event_records(**chosen))

    assert texts() == "dbac"
    assert texts(since=DAY) == "dac"
    assert texts(until=DAY) == "dba"
    assert texts(since=DAY, until=DAY) == "da"
    assert texts(since=DAY.isoformat(), until=dt.datetime.combine(DAY, dt.time(23))) == "da"
    assert texts(statuses=["denied"]) == ""
    assert texts(event_types=["Explosions/Remote violence"]) == "dbac"


def test_words_that_choose_nothing_are_refused_and_a_lone_text_is_one_word(store):
    with store.transaction():
        merge_into(store.ledger, [source()])
    for read in (store.event_records, store.events):
        assert len(read(event_types="Explosions/Remote violence", statuses="occurred")) == 1
        with pytest.raises(InputError, match="event_types: 'Explosion' is none of Battles, .*"):
            read(event_types=["Explosion"])
        with pytest.raises(InputError, match="statuses: 'claimd' is none of .*; did you mean 'claimed'"):
            read(statuses=["occurred", "claimd"])
    for box in ((50, 0, 40, 10), (40, 0, 50)):
        with pytest.raises(InputError, match="bounds: .* is no box"):
            store.events(bounds=box)


@pytest.mark.parametrize("read", ["event_records", "events", "unlocated", "event_frames"])
def test_days_between_which_nothing_can_be_are_no_empty_answer(store, read):
    with store.transaction():
        merge_into(store.ledger, [source()])
    getattr(store, read)(since=DAY.isoformat())
    for since in (pd.NaT, "October"):
        with pytest.raises(InputError, match="since: .* is no day"):
            getattr(store, read)(since=since)
    with pytest.raises(InputError, match="exchange them"):
        getattr(store, read)(since="2021-01-02", until="2021-01-01")


def test_events_come_as_a_geodataframe_and_the_unlocated_apart(store):
    with store.transaction():
        merge_into(store.ledger, [source(), source(report("Elsewhere."), at=None, place=None)])
    frame = store.events()
    assert len(frame) == 1
    assert frame.crs.to_epsg() == 4326
    assert frame.attrs == {"n_unlocated": 1, "n_undated": 0}
    assert len(store.unlocated()) == 1


def test_a_store_that_is_not_there_names_the_command_that_makes_it(tmp_path):
    with pytest.raises(StoreError, match="geoconflict ingest"):
        EventStore(tmp_path / "none.sqlite", read_only=True)
    with pytest.raises(StoreError, match="no such folder"):
        EventStore(tmp_path / "none" / "s.sqlite")


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path):
    junk = tmp_path / "junk.sqlite"
    junk.write_bytes(b"this is not a database" * 100)
    with pytest.raises(StoreError, match="not an event store, or damaged"):
        EventStore(junk)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE songs (title TEXT)")
    db.close()
    with pytest.raises(StoreError, match="another program"):
        EventStore(other)
    newer = tmp_path / "newer.sqlite"
    with sqlite3.connect(newer) as db:
        db.execute("PRAGMA user_version=999")
    db.close()
    with pytest.raises(StoreError, match="newer geoconflict"):
        EventStore(newer)


def test_a_read_only_store_is_not_written(store):
    put(store, report())
    with EventStore(store.path, read_only=True) as reading, pytest.raises(StoreError), reading.transaction():
        reading.put_report(report("x"))


KILLED = """
import os, sys
sys.path[:0] = [{tests!r}]
from builders import report
from geoconflict.store import EventStore
store = EventStore({path!r})
n = 0
while True:
    with store.transaction():
        store.put_report(report(f"first of {{n}}"))
        if n == {at}:
            os.kill(os.getpid(), 9)
        store.put_report(report(f"second of {{n}}"))
    n += 1
"""


@pytest.mark.parametrize("at", [0, 3])
def test_a_kill_in_the_middle_of_a_transaction_leaves_whole_ones(tmp_path, project_root, at):
    path = tmp_path / "s.sqlite"
    program = textwrap.dedent(KILLED).format(tests=str(project_root / "tests"), path=str(path), at=at)
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    with EventStore(path) as store:
        assert store.counts()["reports"] == 2 * at


def test_a_store_of_an_earlier_version_opens_with_figures_it_did_not_have(tmp_path):
    """Before captured, displaced, equipment and the scope of tolls were read, records lacked them."""
    path = tmp_path / "old.sqlite"
    told = report()
    found = Reading(report_id=told.report_id, mentions=(mention(told),), tolls=(toll(told),))
    with EventStore(path) as store, store.transaction():
        store.put_report(told)
        store.put_reading(found, "key")
        merge_into(store.ledger, [source(told)])
    with sqlite3.connect(path) as db:
        for table, gone in (
            ("reading", "'$.equipment', '$.tolls[0].scope'"),
            ("event", "'$.captured', '$.displaced'"),
        ):
            db.execute(f"UPDATE {table} SET record = json_remove(record, {gone})")  # our own words
    db.close()
    with EventStore(path, read_only=True) as store:
        (event,) = store.event_records()
        assert (event.captured, event.displaced) == (None, None)
        assert store.tolls()["scope"].tolist() == ["war"]
        assert store.equipment().empty
