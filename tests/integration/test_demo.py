"""The sample reports through the whole flow, as `make demo` runs it."""

import shutil

import pytest

from geoconflict.pipeline import build, ingest
from geoconflict.settings import load_settings
from geoconflict.store import EventStore
from geoconflict.tools import Tools


@pytest.fixture(scope="module")
def tools(project_root, tmp_path_factory):
    root = tmp_path_factory.mktemp("demo")
    shutil.copy(project_root / "geoconflict.toml", root)
    shutil.copytree(project_root / "data" / "reports", root / "data" / "reports")
    return Tools(load_settings(root))


@pytest.fixture(scope="module")
def demo(tools):
    store = EventStore(tools.settings.root / "maps.sqlite")
    report, maps = build(store, tools)
    yield store, report, maps
    store.close()


def test_every_sample_is_read_and_at_least_60_events_are_on_the_map_of_the_war(demo):
    store, report, maps = demo
    assert report.n_failures == 0
    events = store.events()
    inside = events[
        (events["ends_on"] >= "2020-09-27") & (events["starts_on"].fillna(events["ends_on"]) <= "2020-11-10")
    ]
    drawn = inside[~inside["place_precision"].isin(["country"])]
    assert len(drawn) >= 60
    assert {"point", "line", "polygon"} <= {
        kind.removeprefix("Multi").removesuffix("String").lower() for kind in events.geom_type
    }
    assert set(events["status"]) >= {"occurred", "claimed", "denied"}
    assert [path.name for path in maps] == ["index.html", "nagorno-karabakh-2020.html"]


def test_building_again_changes_nothing(demo, tools):
    store, _, maps = demo
    before = [path.read_bytes() for path in maps]
    times = [path.stat().st_mtime_ns for path in maps]
    report, _ = build(store, Tools(tools.settings))
    assert all(stage.n_done == 0 for stage in report.stages)
    assert [path.read_bytes() for path in maps] == before
    assert [path.stat().st_mtime_ns for path in maps] == times


def test_the_reverse_order_gives_the_same_events_and_the_same_map_byte_for_byte(demo, tools, tmp_path):
    from geoconflict.map_stage import make_map

    store, _, maps = demo
    files = sorted((tools.settings.root / "data" / "reports").glob("*.md"), reverse=True)
    with EventStore(tmp_path / "reverse.sqlite") as other:
        for start in range(0, len(files), 20):
            ingest(files[start : start + 20], other, tools)
        assert other.event_records() == store.event_records()
        make_map(other, tools, tools.settings.maps[0]).save(tmp_path / "reverse.html")
    assert (tmp_path / "reverse.html").read_bytes() == maps[1].read_bytes()


def test_every_event_leads_to_its_evidence(demo):
    store, _, _ = demo
    texts = {stored.report.report_id: stored.report.text for stored in store.reports()}
    for event in store.event_records():
        assert event.sources
        for source in event.sources:
            mention = source.mention
            text = texts[mention.report_id]
            assert text[source.quote_start : source.quote_start + len(source.quote)] == source.quote
            assert source.quote_start <= mention.start <= mention.trigger_start < mention.trigger_end <= mention.end
            assert mention.end <= source.quote_start + len(source.quote)
        if event.when.starts_on:
            assert event.when.starts_on <= event.when.ends_on
