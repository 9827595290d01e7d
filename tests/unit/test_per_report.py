"""What a worker could not finish is a failure with a name, tried again when the limits are others and not before."""

from types import SimpleNamespace

import pytest
from builders import day, mention, place, report, resolution, toponym

from geoconflict import per_report
from geoconflict.errors import InputError
from geoconflict.models import Reading
from geoconflict.parallel import Lost
from geoconflict.settings import PlacesSettings, RunSettings, Settings
from geoconflict.stage import Stage
from geoconflict.store import EventStore


class Stub:
    """Stands for tools; resolution fails on the reports of `faulty`."""

    reading_key, resolution_key = "read-1", "resolve-1"

    def __init__(self, root, faulty=(), **run):
        self.settings = Settings(root=root, run=RunSettings(**run))
        self.reader = self.geocoder = self
        self.faulty = faulty

    def read_many(self, reports):
        for told in reports:
            yield Reading(report_id=told.report_id, toponyms=(toponym(),), mentions=(mention(told, when=day()),))

    def resolve_report(self, told, reading):
        if told.report_id in self.faulty:
            raise ZeroDivisionError("by hand")
        answers = tuple(resolution(one, place()) for one in reading.toponyms)
        return SimpleNamespace(resolutions=answers, all=answers, complete=True, failures=())


@pytest.fixture
def store(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as opened:
        with opened.transaction():
            for number in range(3):
                opened.put_report(report(f"Shells struck Riverton, report {number}."))
        yield opened


def ids(store):
    return [state.report_id for state in store.states.all()]


def run(store, tools):
    extract, resolve = Stage("extract", lambda *_: None), Stage("resolve", lambda *_: None)
    per_report.resolve(store, tools, resolve, per_report.extract(store, tools, extract))
    return extract, resolve


def losing(lost_id, tried):
    """Return a stand-in for `map_chunks` in which no worker survives one report."""

    def map_chunks(work, chunks, *, engine, stopping):
        (tools,) = work.args
        for chunk in chunks:
            tried.extend(one.report_id for one in chunk)
            results = work.func(tools, chunk)
            yield (
                chunk,
                [Lost("took too long") if a.report_id == lost_id else b for a, b in zip(chunk, results, strict=True)],
            )

    return map_chunks


def test_a_lost_report_is_a_failure_and_the_others_are_kept(store, tmp_path, monkeypatch):
    lost, *others = ids(store)
    tried = []
    monkeypatch.setattr(per_report, "map_chunks", losing(lost, tried))
    extract, resolve = run(store, Stub(tmp_path))
    assert (extract.seen, extract.done, extract.failed) == (3, 2, 1)
    assert (resolve.seen, resolve.done, resolve.skipped) == (2, 2, 0)
    (failure,) = store.failures()
    assert (failure.where, failure.what) == (lost, "took too long")
    assert "run.report_seconds" in failure.repair
    assert {state.report_id for state in store.states.all() if state.has_reading} == set(others)


def test_a_lost_report_is_tried_again_under_other_limits_alone(store, tmp_path, monkeypatch):
    lost = ids(store)[0]
    tried = []
    monkeypatch.setattr(per_report, "map_chunks", losing(lost, tried))
    run(store, Stub(tmp_path))
    tried.clear()
    run(store, Stub(tmp_path))
    assert tried == []
    monkeypatch.setattr(per_report, "map_chunks", losing(None, tried))
    run(store, Stub(tmp_path, report_seconds=900.0))
    assert tried == [lost]
    assert store.counts()["failures"] == 0


def test_a_fault_of_resolution_is_told_with_the_report_and_stops_nothing(store, tmp_path):
    faulty = ids(store)[1]
    extract, resolve = run(store, Stub(tmp_path, faulty=(faulty,)))
    assert (extract.done, extract.failed) == (3, 0)
    assert (resolve.seen, resolve.done, resolve.skipped, resolve.failed) == (3, 2, 0, 1)
    assert (resolve.failures[0].where, resolve.failures[0].what) == (faulty, "ZeroDivisionError: by hand")
    _, again = run(store, Stub(tmp_path))
    assert (again.done, again.skipped, again.failed) == (1, 2, 0)


def test_with_services_names_are_asked_after_all_is_read(store, tmp_path):
    tools = Stub(tmp_path)
    tools.settings = Settings(root=tmp_path, places=PlacesSettings(services=("nominatim",)))
    extract = Stage("extract", lambda *_: None)
    resolved = per_report.extract(store, tools, extract)
    assert (extract.done, resolved.done, store.counts()["resolutions"]) == (3, 0, 0)
    resolve = Stage("resolve", lambda *_: None)
    per_report.resolve(store, tools, resolve, resolved)
    assert (resolve.done, store.counts()["resolutions"]) == (3, 3)


@pytest.mark.parametrize(
    ("lengths", "sizes"), [([3, 3, 3], [2, 1]), ([20, 1, 1], [1, 2]), ([1] * 9, [4, 4, 1]), ([], [])]
)
def test_chunks_are_cut_by_number_and_by_length(lengths, sizes):
    size = per_report._Size(reports=4, characters=6)
    chunks = list(per_report._sized(lengths, size, lambda length: length))
    assert [len(chunk) for chunk in chunks] == sizes
    assert [one for chunk in chunks for one in chunk] == lengths


def test_a_worker_that_lives_on_reads_with_what_the_caller_has_by_now(tmp_path, monkeypatch):
    """The workers of a cluster outlive a run: files that the settings name may have been edited since."""
    settings, keys = Settings(root=tmp_path), ("read-1", "resolve-1")
    monkeypatch.setattr(per_report, "_tools_here", [])
    opened = []

    def open_tools(settings):
        opened.append(SimpleNamespace(reading_key=keys[0], resolution_key=keys[1], geocoder=None, reader=None))
        return opened[-1]

    monkeypatch.setattr(per_report, "Tools", open_tools)
    assert per_report._in_worker(lambda tools, items: [tools], settings, keys, []) == [opened[0]]
    assert per_report._in_worker(lambda tools, items: [tools], settings, keys, []) == [opened[0]]
    before, keys = keys, ("read-2", "resolve-1")
    assert per_report._in_worker(lambda tools, items: [tools], settings, keys, []) == [opened[1]]
    with pytest.raises(InputError, match="another geoconflict"):
        per_report._in_worker(lambda tools, items: [tools], settings, before, [])
