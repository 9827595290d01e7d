"""Ready tables give the frames that the records give, whatever was written, changed and taken away."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest
from builders import DAY, day, days, place, report, source, unlocated_to_frame
from geopandas.testing import assert_geodataframe_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from geoconflict.events import merge_into
from geoconflict.frames import events_to_frame
from geoconflict.geo import Bounds
from geoconflict.models import DateBasis, DatePrecision, DateSpan
from geoconflict.store import EventStore
from geoconflict.store.encoding import json_text

OPEN = DateSpan(starts_on=DAY, ends_on=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.RELATIVE)
UNKNOWN = DateSpan(starts_on=None, ends_on=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.RELATIVE)
SPANS = [day(), day(25), day(-40), days(-30, 10), days(-3, 40), OPEN, UNKNOWN]
PLACES = [place(), place("Lakeside", 31.0, 11.0), None]


def told(n, when=0, where=0):
    """Return one version of an event, in a report of its own."""
    return source(
        report(f"Artillery struck on that day, {n}.", source=f"Agency {n}"), at=PLACES[where], when=SPANS[when]
    )


@pytest.fixture
def store(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as opened:
        yield opened


def write(store, added, gone=()):
    with store.transaction():
        merge_into(store.ledger, added, [one.mention.mention_id for one in gone])
        store.shelf.refresh()
    assert store.shelf.is_current()
    assert store.shelf.holds() is not None


def assert_same(store, **choices):
    records = store.event_records(**choices)
    assert_geodataframe_equal(store.events(**choices), events_to_frame(records))
    if set(choices) <= {"since", "until"}:
        assert_frame_equal(store.unlocated(**choices), unlocated_to_frame(records))
    assert store.events(**choices).attrs == events_to_frame(records).attrs
    if not choices:
        assert store.counts()["unlocated"] == sum(event.place is None for event in records)
        assert store.place_sources() == tuple(sorted({event.place.source for event in records if event.place}))


def test_an_empty_store_gives_empty_frames_with_all_columns(store):
    assert_same(store)
    write(store, [])
    assert_same(store)


def test_all_spans_places_and_choices(store):
    write(store, [told(n, n % len(SPANS), n % len(PLACES)) for n in range(42)])
    assert_same(store)
    for since in (None, DAY, DAY + dt.timedelta(days=5), DAY + dt.timedelta(days=60)):
        for until in (None, DAY, DAY + dt.timedelta(days=5), DAY - dt.timedelta(days=20), DAY + dt.timedelta(days=30)):
            if since is None or until is None or since <= until:
                assert_same(store, since=since, until=until)
    assert_same(store, event_types=["Battles"])
    assert_same(store, event_types=["Explosions/Remote violence"], statuses=["claimed", "occurred"])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 7), st.integers(0, len(SPANS) - 1), st.integers(0, len(PLACES) - 1)),
        max_size=6,
    )
)
def test_after_any_writes_the_tables_hold_what_the_records_hold(tmp_path_factory, steps):
    with EventStore(tmp_path_factory.mktemp("shelf") / "s.sqlite") as store:
        held = {}
        for is_gone, n, when, where in steps:
            gone = [held.pop(n)] if n in held else []
            if not is_gone:
                held[n] = told(n, when, where)
            write(store, [] if is_gone else [held[n]], gone)
            assert_same(store)


def test_a_block_that_is_behind_is_not_read(store):
    write(store, [told(1), told(2, 1)])
    with store.transaction():
        merge_into(store.ledger, [told(3, 2)])
    assert not store.shelf.is_current()
    assert store.shelf.holds() is None
    assert_same(store)
    assert len(store.events()) == 3


def test_only_blocks_of_changed_events_are_written(store):
    write(store, [told(1), told(2, 1), told(3, 2)])
    with store.transaction():
        merge_into(store.ledger, [told(4, 2)])
        assert store.shelf.refresh() == 1
        assert store.shelf.refresh() == 0


def test_tables_of_another_version_are_made_anew(store, monkeypatch):
    write(store, [told(1), told(2, 1)])
    monkeypatch.setattr("geoconflict.frame_blocks.blocks_key", lambda: "another")
    assert not store.shelf.is_current()
    assert_same(store)
    with store.transaction():
        assert store.shelf.refresh() == 2
    assert store.shelf.is_current()
    assert_same(store)


def test_what_the_tables_hold_is_not_taken_from_those_of_a_program_that_does_not_keep_it(store):
    """Such a program writes its own tables and their key, and leaves what is kept beside them as it was."""
    write(store, [told(1), told(2, 1, 2)])
    store.set_meta("frame_blocks", "of another program")
    store._db.execute("DELETE FROM event WHERE place_id IS NULL")
    assert store.shelf.holds() is None
    assert_same(store)
    with store.transaction():
        assert store.shelf.refresh() == 1
    assert store.shelf.holds() is not None
    assert_same(store)


def test_tables_without_what_they_hold_are_made_anew(store):
    write(store, [told(1), told(2, 1, 2)])
    store._db.execute("DELETE FROM meta WHERE name = 'frame_blocks_hold'")
    assert store.shelf.holds() is None
    assert_same(store)
    write(store, [told(3, 1, 2)])
    assert_same(store)


def test_a_box_leaves_events_whose_shape_meets_it(store):
    area = place("Plain", geometry="POLYGON ((29 9, 32 9, 32 12, 29 12, 29 9))")
    sources = [told(1), told(2, 1, 1), told(3, 2, 2)]
    sources.append(dataclasses.replace(told(4, 3), place=area))
    write(store, sources)
    names = lambda *box: sorted(store.events(bounds=Bounds(*box))["place_name"])  # noqa: E731
    assert names(29.5, 9.5, 30.5, 10.5) == ["Plain", "Riverton"]
    assert names(30.9, 10.9, 33, 13) == ["Lakeside", "Plain"]
    assert names(-10, -10, 0, 0) == []


def test_where_places_come_from(store):
    write(store, [told(1), dataclasses.replace(told(2, 1), place=place("Hill", source="survey")), told(3, 2, 2)])
    assert store.place_sources() == ("survey", "test")


def test_a_store_of_the_format_before_gets_its_tables(store, tmp_path):
    """The migration notes every event as changed."""
    write(store, [told(1), told(2, 1)])
    store._db.execute("DELETE FROM frame_block")
    store._db.execute("INSERT INTO changed_event SELECT event_id, substr(starts_on, 1, 7) FROM event")
    with store.transaction():
        assert store.shelf.refresh() == 2
    assert_same(store)


def test_a_reader_of_a_read_only_store_needs_no_refresh(store):
    with store.transaction():
        merge_into(store.ledger, [told(1)])
    with EventStore(store.path, read_only=True) as reader:
        assert_same(reader)


def test_streams_are_the_same_bytes_whatever_the_order_of_writing(tmp_path):
    sources = [told(n, n % len(SPANS), n % len(PLACES)) for n in range(12)]
    streams = []
    for name, order in (("one", sources), ("other", sources[::-1])):
        with EventStore(tmp_path / name) as store:
            for one in order:
                write(store, [one])
            streams.append([json_text([block, last]) + stream.hex() for block, last, stream in store._db.execute("SELECT * FROM frame_block ORDER BY block")])  # fmt: skip
    assert streams[0] == streams[1]


def told_of(rows):
    names = ("report_id", "quote", "mark_start", "killed")
    return [[{name: one[name] for name in names} for one in row] for row in rows]


def test_frames_for_maps_are_those_of_readers_with_their_sources_parsed(store):
    write(store, [told(n, n % len(SPANS), n % len(PLACES)) for n in range(14)])
    for since in (None, DAY):
        frames = store.event_frames(since=since)
        pairs = [(frames.located, store.events(since=since)), (frames.unlocated, store.unlocated(since=since))]
        for found, wanted in pairs:
            assert_frame_equal(found.drop(columns="sources"), wanted.drop(columns="sources"))
            assert told_of(found["sources"]) == told_of(map(json.loads, wanted["sources"]))


def test_a_row_has_a_new_digest_where_anything_of_it_changed(store):
    def digests():
        frames = store.event_frames()
        rows = [frames.located["event_id"], frames.unlocated["event_id"]]
        return dict(zip([*rows[0], *rows[1]], [*frames.located_digests, *frames.unlocated_digests], strict=True))

    sources = [told(1), told(2, 1, 1), told(3, 2, 2)]
    write(store, sources)
    before = digests()
    assert len(set(before.values())) == 3
    write(store, [dataclasses.replace(sources[0], quote="Another sentence."), told(4, 4)])
    after = digests()
    assert sum(after.get(event_id) == digest for event_id, digest in before.items()) == 2
    write(store, [dataclasses.replace(sources[1], place=place("Lakeside", 31.5, 11.0))])
    assert sum(after.get(event_id) == digest for event_id, digest in digests().items()) == 3


def test_events_that_lost_their_last_source_go_from_a_store_with_others(store):
    """With reports merged before, only events that a merge touched are looked at."""
    sources = [told(1), told(2, 1), told(3, 2)]
    write(store, sources)
    with store.transaction():
        store.put_report(report("Something else.", source="Agency"))
        store.ledger.set_merged({report("Something else.", source="Agency").report_id: "key"})
    write(store, [], sources[:1])
    assert_same(store)
    assert len(store.events()) == 2


@pytest.mark.parametrize("limit", [0, 10**9], ids=["columns", "whole"])
def test_a_table_is_read_as_it_was_written_however_it_was_compressed(store, monkeypatch, limit):
    """Those of a size that is read column by column are made of some hundred events."""
    monkeypatch.setattr("geoconflict.frame_blocks._SMALL_BYTES", limit)
    write(store, [told(n, n % len(SPANS), n % len(PLACES)) for n in range(14)])
    assert_same(store)
    assert store.place_sources() == ("test",)


@pytest.mark.parametrize("events_at_once", [1, 2, 500])
def test_blocks_are_written_some_at_a_time(store, monkeypatch, events_at_once):
    monkeypatch.setattr("geoconflict.store.frame_shelf._ENCODED_AT_ONCE", 3)
    monkeypatch.setattr("geoconflict.frame_blocks._AT_ONCE", events_at_once)
    write(store, [told(n, n % len(SPANS), n % len(PLACES)) for n in range(28)])
    assert_same(store)
