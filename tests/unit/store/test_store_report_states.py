"""What the stages have done is told in order, and read from indexes alone."""

from __future__ import annotations

import datetime as dt
import gc
import tracemalloc

import pytest
from builders import report

from geoconflict.models import Reading, RunFailure
from geoconflict.store import EventStore


@pytest.fixture
def store(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as opened:
        yield opened


@pytest.fixture
def ids(store):
    """Reports in order of their days: read and placed, read, failed, and new."""
    reports = [report(f"Shells struck Riverton, report {n}.", published_on=dt.date(2021, 6, n)) for n in (1, 2, 3, 4)]
    placed, read, failed, _ = (one.report_id for one in reports)
    with store.transaction():
        for one in reversed(reports):
            store.put_report(one)
        for one in (placed, read):
            store.put_reading(Reading(report_id=one), "read 2" if one == placed else "read 1")
        store.put_resolutions(placed, [], "placed 1")
        store.put_failure(failed, RunFailure(stage="extract", where=failed, what="it failed"), "read 2")
    return [one.report_id for one in reports]


def test_states_are_told_by_day(store, ids):
    placed, read, failed, new = ids
    assert store.states.ids() == ids
    assert tuple(store.states.all()) == (
        (placed, "read 2", True, "placed 1"),
        (read, "read 1", True, None),
        (failed, "read 2", False, None),
        (new, None, False, None),
    )


def test_states_are_told_as_lines_too(store, ids):
    placed, read, failed, new = ids
    assert list(store.states.lines(3)) == [
        f"{placed} read 2 placed 1\n{read} read 1 \n{failed} read 2 ",
        f"{new}  ",
    ]


def test_what_was_read_under_another_key_or_never_is_to_be_read(store, ids):
    _, read, failed, new = ids
    for key, with_failed, wanted in (
        ("read 2", False, [read, new]),
        ("read 2", True, [read, failed, new]),
        ("read 3", False, ids),
    ):
        assert list(store.states.to_read(key, failed=with_failed)) == wanted
        assert store.states.n_to_read(key, failed=with_failed) == len(wanted)


def test_what_has_a_reading_and_no_places_under_the_key_is_to_be_resolved(store, ids):
    placed, read, *_ = ids
    assert store.states.to_resolve("placed 1") == [read]
    assert store.states.to_resolve("placed 2") == [placed, read]


@pytest.mark.parametrize(
    "ask",
    [
        lambda states: list(states.all()),
        lambda states: states.ids(),
        lambda states: list(states.lines(1_000)),
        lambda states: list(states.to_read("a key")),
        lambda states: states.n_to_read("a key"),
        lambda states: states.to_resolve("a key"),
    ],
)
def test_states_are_read_from_indexes_alone(store, ask):
    """The tables hold all that was read: going through them took 0.1 s a thousand reports, several times a run."""
    said: list[str] = []
    store._db.set_trace_callback(said.append)
    ask(store.states)
    store._db.set_trace_callback(None)
    assert said
    for query in said:
        plan = [row[3] for row in store._db.execute(f"EXPLAIN QUERY PLAN {query}")]
        assert all("COVERING INDEX" in step or "failure" in step for step in plan), plan


@pytest.mark.parametrize("at_once", [1, 2, 3])
def test_states_are_told_by_day_however_many_days_are_read_at_once(store, ids, monkeypatch, at_once):
    undated = report("Shells struck Riverton, on no day.", published_on=None)
    with store.transaction():
        store.put_report(undated)
    monkeypatch.setattr("geoconflict.store.report_states._OF_A_BLOCK", at_once)
    assert [state.report_id for state in store.states.all()] == [undated.report_id, *ids] == store.states.ids()
    assert list(store.states.to_read("read 3")) == [undated.report_id, *ids]


def test_reports_may_be_written_while_states_are_told(store, ids, monkeypatch):
    monkeypatch.setattr("geoconflict.store.report_states._OF_A_BLOCK", 1)
    seen = []
    with store.transaction():
        for state in store.states.all():
            seen.append(state.report_id)
            store.put_reading(Reading(report_id=state.report_id), "read 3")
        assert seen == ids
        for report_id in store.states.to_read("read 4"):
            seen.remove(report_id)
            store.put_reading(Reading(report_id=report_id), "read 4")
    assert not seen


def test_all_states_are_told_some_at_a_time_and_not_kept(store):
    with store.transaction():
        for n in range(4_000):
            one = report(
                f"Shells struck Riverton, report {n}.", published_on=dt.date(2021, 6, 1) + dt.timedelta(n % 50)
            )
            store.put_report(one)
            store.put_reading(Reading(report_id=one.report_id), "read 1")
    gc.collect()
    tracemalloc.start()
    try:
        assert sum(state.has_reading for state in store.states.all()) == 4_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 250_000, f"{peak / 4_000:.0f} bytes a report"
