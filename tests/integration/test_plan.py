"""A plan says what a build would do and why, writes nothing, and the build then does that."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from test_maps_of_settings import OneEvent
from test_pipeline_stages import CountingTools as StageTools
from test_pipeline_stages import counts

from geoconflict import map_stage, pipeline
from geoconflict.plan import plan_build
from geoconflict.settings import MapSettings, Settings
from geoconflict.store import EventStore

NOW = time.time


class CountingTools(StageTools):
    """Without maps."""

    def __init__(self, root, **keys):
        super().__init__(root, **keys)
        self.settings = Settings(root=root, maps=())


@pytest.fixture(autouse=True)
def later(monkeypatch):
    monkeypatch.setattr("geoconflict.intake.time.time", lambda: NOW() + 60)


@pytest.fixture
def root(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "geoconflict.toml").write_text("")
    for n in range(1, 6):
        (tmp_path / "reports" / f"2021-06-{n:02d}-x.txt").write_text(f"Shells struck Riverton, report {n}.")
    return tmp_path


@pytest.fixture
def store(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as opened:
        yield opened


def run(store, tools):
    return pipeline.ingest([tools.settings.root / "reports"], store, tools, is_mirror=True)


def told(plan):
    return {step.stage: (step.n_stale, step.why) for step in plan.steps}


def test_an_empty_store_has_all_before_it(store, root):
    steps = told(plan_build(store, CountingTools(root)))
    assert steps["read"] == (5, ("5 new",))
    assert steps["extract"] == steps["resolve"] == steps["merge"] == (0, ())


def test_nothing_is_stale_after_a_run(store, root):
    run(store, CountingTools(root))
    plan = plan_build(store, CountingTools(root))
    assert plan.is_empty
    assert [step.n_all for step in plan.steps] == [5, 5, 5, 1, 0]


def test_what_is_placed_anew_is_merged_and_its_maps_are_looked_at(store, root):
    tools = OneEvent(root)
    tools.settings = Settings(root=root, maps=(MapSettings(name="one"), MapSettings(name="two")))
    pipeline.build(store, tools)
    assert plan_build(store, tools).is_empty
    tools.resolution_key = "read resolve-2"
    steps = told(plan_build(store, tools))
    assert steps["merge"] == (1, ("reports are read or placed before it",))
    why = "events are merged before it, and it is written if it shows others then"
    assert steps["map"] == (2, (f"one.html: {why}", f"two.html: {why}"))


def test_a_report_that_is_yet_to_be_read_is_yet_to_be_placed(store, root):
    run(store, CountingTools(root))
    with store.transaction():  # as a run leaves it that was stopped after it had taken them in
        store._db.execute("DELETE FROM resolution")
        store._db.execute("DELETE FROM reading")
    steps = told(plan_build(store, CountingTools(root)))
    assert steps["extract"][0] == steps["resolve"][0] == 5


def test_files_are_new_changed_or_gone(store, root):
    run(store, CountingTools(root))
    (root / "reports" / "2021-06-01-x.txt").unlink()
    (root / "reports" / "2021-06-02-x.txt").write_text("Shells struck Riverton, corrected.")
    (root / "reports" / "2021-06-09-x.txt").write_text("Shells struck Riverton, report 9.")
    (step, *_) = plan_build(store, CountingTools(root)).steps
    assert (step.n_stale, step.n_all) == (3, 6)
    assert sorted(step.why) == ["1 changed, or to be looked at again", "1 gone", "1 new"]
    assert {Path(name).name[8:10] for name in step.names} == {"01", "02", "09"}


def test_what_changed_is_named(store, root):
    run(store, CountingTools(root))
    steps = told(plan_build(store, CountingTools(root, reading_key="extract-2")))
    assert steps["extract"] == (5, ("5 read before the lexicons changed",))
    assert steps["resolve"] == (5, ("5 placed before the lexicons changed",))
    steps = told(plan_build(store, CountingTools(root, resolution_key="resolve-2")))
    assert steps["extract"] == (0, ())
    assert steps["resolve"] == (5, ("5 placed before the overrides changed",))


def test_the_plan_of_a_change_is_what_the_run_then_does(store, root):
    run(store, CountingTools(root))
    for change in ({"reading_key": "extract-2"}, {"reading_key": "extract-2", "resolution_key": "resolve-2"}):
        steps = told(plan_build(store, CountingTools(root, **change)))
        done = counts(run(store, CountingTools(root, **change)))
        assert (done["extract"][0], done["resolve"][0]) == (steps["extract"][0], steps["resolve"][0])


def test_a_plan_writes_nothing(store, root):
    run(store, CountingTools(root))
    before = list(store._db.iterdump())
    plan_build(store, CountingTools(root, reading_key="extract-2"))
    assert list(store._db.iterdump()) == before


def test_a_map_whose_events_are_as_they_were_is_not_written_again(store, root):
    """Another war's news change the store, but not the map of a box around this one's."""
    tools = OneEvent(root)
    tools.settings = Settings(
        root=root, maps=(MapSettings(name="here", bbox=(29.0, 9.0, 31.0, 11.0)), MapSettings(name="all"))
    )
    pipeline.build(store, tools)
    written = {one: (root / "maps" / f"{one}.html").stat().st_mtime_ns for one in ("here", "all")}
    with store.transaction():
        store.set_meta("merge_key", "as if a report had come")
    assert {one.why for one in map_stage.stale_maps(store, tools)} == {"events of the store changed"}
    stage = map_stage.Stage("map", lambda *_: None)
    map_stage.write_maps(store, tools, stage)
    assert (stage.done, stage.skipped) == (0, 2)
    assert map_stage.stale_maps(store, tools) == ()
    assert {one: (root / "maps" / f"{one}.html").stat().st_mtime_ns for one in written} == written


def test_a_map_with_other_settings_is_written_again_and_the_others_are_not(store, root):
    tools = OneEvent(root)
    tools.settings = Settings(root=root, maps=(MapSettings(name="one"), MapSettings(name="two")))
    pipeline.build(store, tools)
    tools.settings = Settings(root=root, maps=(MapSettings(name="one"), MapSettings(name="two", heat=True)))
    assert [(one.path.name, one.why) for one in map_stage.stale_maps(store, tools)] == [
        ("two.html", "its settings changed")
    ]
    report, _ = pipeline.build(store, tools)
    assert counts(report)["map"] == (1, 1, 0)
