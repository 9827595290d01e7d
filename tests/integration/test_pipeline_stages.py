"""The pipeline re-does what a change touches and nothing else. The tools are small stand-ins that count their calls."""

from types import SimpleNamespace

import pytest
from builders import day, mention, place, resolution, toponym
from runs import rows

from geoconflict import map_stage, merge_stage, pipeline
from geoconflict.corrections import Corrections
from geoconflict.errors import InputError
from geoconflict.models import EventType, Reading, RunFailure, UnlikelyEvent
from geoconflict.settings import ExtractSettings, MapSettings, PlacesSettings, Settings
from geoconflict.store import EventStore
from geoconflict.tools import Tools


class CountingTools:
    """Finds one event in each report, fails on a report that says so, and counts what it is asked."""

    def __init__(self, root, reading_key="extract-1", resolution_key="resolve-1", where=None, complete=True):
        self.settings = Settings(root=root)
        self.installed = SimpleNamespace(added_paths=list)
        self.reading_key = reading_key
        self.corrections = Corrections()
        self.resolution_key = f"{reading_key} {resolution_key}"
        self.reading_parts, self.resolution_parts = {"the lexicons": reading_key}, {"the overrides": resolution_key}
        self.where = where or place()
        self.complete = complete
        self.n_read = self.n_resolved = 0
        self.reader = self.geocoder = self

    def read_many(self, reports):
        for told in reports:
            self.n_read += 1
            if "unreadable" in told.text:
                yield RunFailure(stage="extract", where=told.report_id, what="it is unreadable")
            else:
                yield Reading(report_id=told.report_id, toponyms=(toponym(),), mentions=(mention(told, when=day()),))

    def resolve_report(self, report, reading):
        self.n_resolved += 1
        answers = tuple(resolution(one, self.where) for one in reading.toponyms)
        return SimpleNamespace(resolutions=answers, all=answers, complete=self.complete, failures=())


@pytest.fixture
def folder(tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    for n in range(1, 6):
        (reports / f"2021-06-{n:02d}-x.txt").write_text(f"Shells struck Riverton, report {n}.", encoding="utf-8")
    return reports


@pytest.fixture
def store(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as opened:
        yield opened


def counts(report):
    return {stage.stage: (stage.n_done, stage.n_skipped, stage.n_failed) for stage in report.stages}


def test_the_second_run_does_nothing(folder, store, tmp_path):
    tools = CountingTools(tmp_path)
    first = pipeline.ingest([folder], store, tools)
    assert counts(first) == {"read": (5, 0, 0), "extract": (5, 0, 0), "resolve": (5, 0, 0), "merge": (1, 0, 0)}
    again = CountingTools(tmp_path)
    second = pipeline.ingest([folder], store, again)
    assert counts(second) == {"read": (0, 5, 0), "extract": (0, 5, 0), "resolve": (0, 5, 0), "merge": (0, 1, 0)}
    assert (again.n_read, again.n_resolved) == (0, 0)


def test_a_folder_may_be_given_by_itself_and_what_is_none_is_refused(folder, store, tmp_path):
    done = pipeline.ingest(str(folder), store, CountingTools(tmp_path))
    assert counts(done)["read"] == (5, 0, 0)
    with pytest.raises(InputError, match="None is no path"):
        pipeline.ingest(None, store, CountingTools(tmp_path))
    with pytest.raises(InputError, match=r"store: an open EventStore\(PATH\) is needed, not 's.sqlite'"):
        pipeline.ingest([folder], "s.sqlite", CountingTools(tmp_path))


def test_a_new_report_alone_is_worked_on(folder, store, tmp_path):
    pipeline.ingest([folder], store, CountingTools(tmp_path))
    (folder / "2021-06-09-new.txt").write_text("Shells struck Riverton again.", encoding="utf-8")
    tools = CountingTools(tmp_path)
    pipeline.ingest([folder], store, tools)
    assert (tools.n_read, tools.n_resolved) == (1, 1)


def test_a_changed_override_resolves_without_reading(folder, store, tmp_path):
    pipeline.ingest([folder], store, CountingTools(tmp_path))
    moved = CountingTools(tmp_path, resolution_key="resolve-2", where=place("Hilltown", 31.0, 11.0))
    pipeline.ingest([], store, moved)
    assert (moved.n_read, moved.n_resolved) == (0, 5)
    assert {event.place.name for event in store.event_records()} == {"Hilltown"}


def test_a_changed_lexicon_does_both(folder, store, tmp_path):
    pipeline.ingest([folder], store, CountingTools(tmp_path))
    tools = CountingTools(tmp_path, reading_key="extract-2")
    pipeline.ingest([folder], store, tools)
    assert (tools.n_read, tools.n_resolved) == (5, 5)


class DoubtingTools(CountingTools):
    """Finds words in each report that are too unlikely to tell of an event."""

    def read_many(self, reports):
        for told in reports:
            one = UnlikelyEvent(
                start=0, end=6, surface="Shells", event_type=EventType.EXPLOSIONS, likelihood=0.3, reasons=("it is told as known",)
            )  # fmt: skip
            yield Reading(report_id=told.report_id, unlikely=(one, one))


def test_what_is_too_unlikely_to_be_an_event_is_counted_and_kept(folder, store, tmp_path):
    tools = DoubtingTools(tmp_path)
    (note,) = pipeline.ingest([folder], store, tools).notes
    assert "10 words" in note
    assert "5 of the reports" in note
    assert "explain" in note
    assert all(len(stored.reading.unlikely) == 2 for stored in store.reports())
    assert pipeline.ingest([folder], store, tools).notes == ()


def test_one_bad_report_stops_nothing_and_is_tried_again_only_when_something_changed(folder, store, tmp_path):
    (folder / "2021-06-07-bad.txt").write_text("This is unreadable.", encoding="utf-8")
    report = pipeline.ingest([folder], store, CountingTools(tmp_path))
    assert counts(report)["extract"] == (5, 0, 1)
    assert report.n_failures == 1
    assert report.failures[0].what == "it is unreadable"
    again = CountingTools(tmp_path)
    pipeline.ingest([folder], store, again)
    assert again.n_read == 0
    assert len(store.failures()) == 1


def test_what_a_service_could_not_say_is_asked_again(folder, store, tmp_path):
    pipeline.ingest([folder], store, CountingTools(tmp_path, complete=False))
    elsewhere = CountingTools(tmp_path, complete=False, where=place("Hilltown", 31.0, 11.0))
    pipeline.ingest([folder], store, elsewhere)
    assert {event.place.name for event in store.event_records()} == {"Hilltown"}
    tools = CountingTools(tmp_path)
    pipeline.ingest([folder], store, tools)
    assert (tools.n_read, tools.n_resolved) == (0, 5)
    assert {event.place.name for event in store.event_records()} == {"Riverton"}


def test_a_map_that_asks_for_an_unknown_line_is_refused(folder, store, tmp_path):
    tools = CountingTools(tmp_path)
    tools.gazetteer = SimpleNamespace(place=lambda place_id: None, attribution=())
    with pytest.raises(InputError, match="no place 'curated:zzz'"):
        map_stage.make_map(store, tools, MapSettings(lines=("curated:zzz",)))


def test_the_keys_of_the_stages_change_with_what_the_stages_read(tmp_path):
    lexicon, overrides = tmp_path / "mine.toml", tmp_path / "overrides.csv"
    lexicon.write_text("")
    overrides.write_text("surface,place_id\n")
    settings = Settings(
        root=tmp_path,
        extract=ExtractSettings(lexicons=("mine.toml",)),
        places=PlacesSettings(overrides="overrides.csv"),
    )
    first = Tools(settings)
    assert (first.reading_key, first.resolution_key) == (
        Tools(settings).reading_key,
        Tools(settings).resolution_key,
    )
    keys = (first.reading_key, first.resolution_key)
    overrides.write_text("surface,place_id\nRiverton,x:1\n")
    second = Tools(settings)
    assert second.reading_key == keys[0]
    assert second.resolution_key != keys[1]
    lexicon.write_text("[actors.nouns]\nforces = ['brigadiers']\n")
    third = Tools(settings)
    assert third.reading_key != keys[0]
    assert third.resolution_key != second.resolution_key


def test_a_run_that_stopped_half_way_is_finished_by_the_next(folder, store, tmp_path):
    class Stopped(CountingTools):
        def resolve_report(self, report, reading):
            if self.n_resolved == 2:
                raise KeyboardInterrupt
            return super().resolve_report(report, reading)

    with pytest.raises(KeyboardInterrupt):
        pipeline.ingest([folder], store, Stopped(tmp_path))
    pipeline.ingest([folder], store, CountingTools(tmp_path))
    with EventStore(tmp_path / "other.sqlite") as other:
        pipeline.ingest([folder], other, CountingTools(tmp_path))
        assert store.event_records() == other.event_records()


def test_the_order_of_ingest_does_not_matter(folder, store, tmp_path):
    files = sorted(folder.iterdir())
    pipeline.ingest(files, store, CountingTools(tmp_path))
    with EventStore(tmp_path / "other.sqlite") as other:
        for file in reversed(files):
            pipeline.ingest([file], other, CountingTools(tmp_path))
        assert store.event_records() == other.event_records()


def test_a_new_report_is_merged_without_reading_the_others_again(folder, store, tmp_path, monkeypatch):
    pipeline.ingest([folder], store, CountingTools(tmp_path))
    before = store.event_records()
    (folder / "2021-06-09-new.txt").write_text("Shells struck Riverton again.", encoding="utf-8")
    asked = []
    read = EventStore.reports

    def counted(self, report_ids=None):
        ids = None if report_ids is None else list(report_ids)
        asked.append(ids)
        return read(self, ids)

    monkeypatch.setattr(EventStore, "reports", counted)
    pipeline.ingest([folder], store, CountingTools(tmp_path))
    assert all(ids is not None and len(ids) <= 1 for ids in asked)
    (event,) = store.event_records()
    assert len(event.sources) == len(before[0].sources) + 1


def test_changed_rules_merge_all_anew_and_write_only_what_differs(folder, store, tmp_path):
    pipeline.ingest([folder], store, CountingTools(tmp_path))
    events = store.event_records()
    with store.transaction():
        store.set_meta("merging_rules", "older")
        store.set_meta("merge_key", "older")
    done = pipeline.ingest([], store, CountingTools(tmp_path))
    assert counts(done)["merge"] == (0, 1, 0)
    assert store.event_records() == events


def test_a_report_that_can_no_longer_be_read_leaves_its_event(folder, store, tmp_path):
    pipeline.ingest([folder], store, CountingTools(tmp_path))
    (event,) = store.event_records()
    gone = event.sources[0].mention.report_id
    with store.transaction():
        store.put_failure(gone, RunFailure(stage="extract", where=gone, what="it is unreadable"), "extract-1")
    pipeline.ingest([], store, CountingTools(tmp_path))
    (event,) = store.event_records()
    assert len(event.sources) == 4
    assert gone not in {one.mention.report_id for one in event.sources}


def test_merging_some_reports_at_a_time_makes_the_same_store(folder, tmp_path, monkeypatch):
    told = []
    for name, at_once in (("one.sqlite", 2_000), ("other.sqlite", 1)):
        monkeypatch.setattr(merge_stage, "_MERGED_AT_ONCE", at_once)
        with EventStore(tmp_path / name) as opened:
            pipeline.ingest([folder], opened, CountingTools(tmp_path))
            moved = CountingTools(tmp_path, resolution_key="resolve-2", where=place("Hilltown", 31.0, 11.0))
            report = pipeline.ingest([folder], opened, moved)
            assert counts(report)["merge"] == (1, 0, 0)
        told.append(rows(tmp_path / name))
    assert told[0] == told[1]


def test_a_link_or_folder_that_leads_to_nothing_counts_as_unread_until_it_is_mended(folder, store):
    def unread():
        pipeline.ingest([folder], store, CountingTools(folder))
        return store.counts()["unread"]

    (folder / "out.txt").symlink_to("/etc/hostname")
    (folder / "2021-06-08-broken.txt").symlink_to("nowhere")
    report = pipeline.ingest([folder], store, CountingTools(folder))
    assert store.counts()["unread"] == report.n_failures == 2
    assert unread() == 2
    (folder / "nowhere").write_text("Shells struck Riverton, elsewhere.")
    (folder / "nowhere").rename(folder / "2021-06-09-y.txt")
    (folder / "2021-06-08-broken.txt").unlink()
    (folder / "2021-06-08-broken.txt").symlink_to("2021-06-09-y.txt")
    assert unread() == 1
    (folder / "out.txt").unlink()
    assert unread() == 0
