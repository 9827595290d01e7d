import pytest
from builders import day, report, source

from geoconflict.events import merge_into, merge_sources
from geoconflict.store import EventStore


@pytest.fixture
def store(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as opened:
        yield opened


def test_only_changed_events_are_written(store):
    sources = [source(), source(report("Other.", source="Two"), when=day(3))]
    with store.transaction():
        assert merge_into(store.ledger, sources) == (2, 0)
        assert merge_into(store.ledger, sources) == (0, 0)
        assert merge_into(store.ledger, [], [sources[1].mention.mention_id]) == (0, 1)
    assert store.event_records() == merge_sources(sources[:1])


def test_what_was_merged_can_be_forgotten_and_events_that_are_made_no_more_go(store):
    sources = [source(), source(report("Other.", source="Two"), when=day(3))]
    with store.transaction():
        merge_into(store.ledger, sources)
        store.ledger.forget_merged()
        assert merge_into(store.ledger, sources[:1]) == (0, 1)
    assert store.event_records() == merge_sources(sources[:1])


def test_the_versions_of_a_report_are_found_as_they_were_merged(store):
    told = report("Two things happened.")
    mine = [source(told), source(told, at=None, place=None, trigger_start=0)]
    with store.transaction():
        merge_into(store.ledger, [*mine, source(report("Other."))])
    found = store.ledger.event_sources(told.report_id)
    assert sorted(found, key=lambda one: one.mention.trigger_start) == mine[::-1]
    assert store.ledger.event_sources("no such report") == ()
