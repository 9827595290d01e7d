"""Fetched pages are read with what their side-cars know, and only as long as they stand at their source."""

from __future__ import annotations

import datetime as dt

import pytest
from test_withdrawals import NOW, TownTools

from geoconflict import pipeline
from geoconflict.retrieval import Retrieval, side_car_of
from geoconflict.store import EventStore

PAGE = "Date: 2021-06-0{day}\n\nShells struck Riverton, {what}.\n"


@pytest.fixture(autouse=True)
def later(monkeypatch):
    monkeypatch.setattr("geoconflict.intake.time.time", lambda: NOW() + 60)


@pytest.fixture
def fetched(tmp_path):
    folder = tmp_path / "fetched"
    folder.mkdir()
    return folder


def put(folder, name, what, *, day=1, **known):
    path = folder / name
    path.write_text(PAGE.format(day=day, what=what), encoding="utf-8")
    note(path, **known)
    return path


def note(path, **known):
    values = {
        "url": "https://news.example/a",
        "final_url": "https://news.example/a?x=1",
        "retrieved_at": dt.datetime(2021, 6, 2, 12, tzinfo=dt.UTC),
        "status": 200,
        "content_type": "text/plain",
        "sha256": "0" * 64,
        "n_bytes": path.stat().st_size,
    }
    side_car_of(path).write_text(Retrieval(**{**values, **known}).to_json(), encoding="utf-8")


def build(store, folder, root):
    pipeline.ingest([folder], store, TownTools(root), is_mirror=True)
    return [stored.report for stored in store.reports()]


def test_a_page_gets_its_address_and_the_time_of_its_retrieval(fetched, tmp_path):
    put(fetched, "a-page.txt", "as first told")
    with EventStore(tmp_path / "s.sqlite") as store:
        (report,) = build(store, fetched, tmp_path)
    assert report.url == "https://news.example/a?x=1"
    assert report.retrieved_at == dt.datetime(2021, 6, 2, 12, tzinfo=dt.UTC)


def test_the_newest_version_alone_counts(fetched, tmp_path):
    first = put(fetched, "a-page.txt", "as first told")
    with EventStore(tmp_path / "s.sqlite") as store:
        build(store, fetched, tmp_path)
        put(fetched, "b-page.txt", "as corrected", version=2, replaces=first.name)
        note(first, replaced_by="b-page.txt")
        (report,) = build(store, fetched, tmp_path)
        assert "as corrected" in report.text
        assert [one.report.text.split(", ")[1] for one in store.intake.withdrawn()] == ["as first told.\n"]


def test_a_page_that_its_server_took_back_is_withdrawn_and_comes_back_with_it(fetched, tmp_path):
    page = put(fetched, "a-page.txt", "as first told")
    put(fetched, "c-page.txt", "elsewhere", day=5, url="https://news.example/c", final_url="https://news.example/c")
    with EventStore(tmp_path / "s.sqlite") as store:
        before = build(store, fetched, tmp_path)
        events = store.event_records()
        note(page, withdrawn_at=dt.datetime(2021, 6, 9, tzinfo=dt.UTC), withdrawn_status=410)
        assert len(build(store, fetched, tmp_path)) == 1
        assert len(store.event_records()) == len(events) - 1
        note(page)
        assert build(store, fetched, tmp_path) == before
        assert store.event_records() == events
