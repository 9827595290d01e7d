"""What is removed or corrected at the source takes its events with it, comes back when it is there again, and is on record."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time
from pathlib import Path

import pytest
from builders import DAY, day, mention
from test_pipeline_stages import CountingTools, counts

from geoconflict import intake, pipeline
from geoconflict.errors import InputError
from geoconflict.models import Report
from geoconflict.plan import plan_build
from geoconflict.retrieval import side_car_of
from geoconflict.settings import ReportsSettings, Settings
from geoconflict.store import EventStore

NOW = time.time


class TownTools(CountingTools):
    """Finds one event of its own in each report: its day is that of publication."""

    def read_many(self, reports):
        for reading in super().read_many(reports := list(reports)):
            told = next(one for one in reports if one.report_id == reading.report_id)
            own = mention(told, when=day((told.published_on - DAY).days))
            yield type(reading)(report_id=reading.report_id, toponyms=reading.toponyms, mentions=(own,))


@pytest.fixture
def folder(tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    for n in range(1, 6):
        write(reports, n, f"Shells struck Riverton, report {n}.")
    return reports


@pytest.fixture
def store(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as opened:
        yield opened


def write(folder, n, text):
    path = folder / f"2021-06-{n:02d}-x.txt"
    path.write_text(text, encoding="utf-8")
    age(path)
    return path


def age(path, seconds=100):
    """Make a file look as if it had been left alone for a while; its entry's time cannot be set, so the clock is."""
    os.utime(path, (time.time() - seconds,) * 2)


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """Let a minute pass at every look at the clock, so that no file is fresh."""
    monkeypatch.setattr("geoconflict.intake.time.time", lambda: NOW() + 60)


def mirror(store, folder, root, **choices):
    tools = TownTools(root)
    return pipeline.ingest([folder], store, tools, is_mirror=True, **choices), tools


def events(store):
    return {event.event_id: event for event in store.event_records()}


def content(store):
    return list(store.states.all()), store.event_records(), dict(store.counts())


def test_a_removed_report_takes_its_event_with_it_and_brings_it_back(folder, store, tmp_path):
    mirror(store, folder, tmp_path)
    before = events(store)
    assert len(before) == 5
    path = folder / "2021-06-03-x.txt"
    kept = path.read_text()
    path.unlink()
    done, _ = mirror(store, folder, tmp_path)
    gone = before.keys() - events(store).keys()
    assert len(gone) == 1
    assert counts(done)["read"] == (0, 4, 0)
    (entry,) = (one for one in store.intake.history() if one.what == "event withdrawn")
    assert {entry.event_id} == gone
    assert json.loads(entry.record) == before[entry.event_id].to_dict()
    assert [one.why for one in store.intake.withdrawn()] == ["no longer in the files"]
    write(folder, 3, kept)
    mirror(store, folder, tmp_path)
    assert events(store) == before
    assert [one.what for one in store.intake.history(entry.report_id)] == [
        "report withdrawn",
        "event withdrawn",
        "report restored",
    ]
    assert store.counts()["withdrawn"] == 0


def test_a_corrected_report_replaces_what_it_said(folder, store, tmp_path):
    mirror(store, folder, tmp_path)
    write(folder, 2, "Shells struck Riverton. Correction: nobody was hurt.")
    mirror(store, folder, tmp_path)
    (was,) = store.intake.withdrawn()
    assert was.why == "replaced in its file"
    assert was.report.text.endswith("report 2.")
    now = [stored.report for stored in store.reports([was.replaced_by])]
    assert [one.text for one in now] == ["Shells struck Riverton. Correction: nobody was hurt."]
    assert store.counts()["reports"] == 5


def test_the_result_does_not_depend_on_the_way_to_it(folder, tmp_path):
    with EventStore(tmp_path / "one.sqlite") as one, EventStore(tmp_path / "other.sqlite") as other:
        mirror(one, folder, tmp_path)
        (folder / "2021-06-01-x.txt").unlink()
        write(folder, 2, "Shells struck Riverton, as corrected.")
        mirror(one, folder, tmp_path)
        mirror(other, folder, tmp_path)
        assert list(one.states.all()) == list(other.states.all())
        assert one.event_records() == other.event_records()


def test_files_that_are_as_they_were_are_not_read(folder, store, tmp_path, monkeypatch):
    mirror(store, folder, tmp_path)
    monkeypatch.setattr("geoconflict.reports._walking._read", lambda *_: pytest.fail("a file was read"))
    before = content(store)
    done, _ = mirror(store, folder, tmp_path)
    assert counts(done)["read"] == (0, 5, 0)
    assert content(store) == before


def test_a_file_of_the_same_size_and_time_is_read_when_its_entry_has_changed(folder, store, tmp_path):
    mirror(store, folder, tmp_path)
    path = folder / "2021-06-02-x.txt"
    state = path.stat()
    path.write_text("Shells struck Riverton, report 7.", encoding="utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert path.stat().st_size == state.st_size
    mirror(store, folder, tmp_path)
    assert any(stored.report.text.endswith("report 7.") for stored in store.reports())


def test_a_fresh_file_is_read_again(folder, store, tmp_path, monkeypatch):
    monkeypatch.setattr("geoconflict.intake.time.time", NOW)
    mirror(store, folder, tmp_path)
    assert {file.stamp for file in store.intake.files().values()} == {""}


def test_files_with_the_same_bytes_are_not_read_whatever_their_times(folder, store, tmp_path, monkeypatch):
    """As after a fresh checkout, where every file is new."""
    monkeypatch.setattr("geoconflict.intake.time.time", NOW)
    mirror(store, folder, tmp_path)
    for path in folder.iterdir():
        text = path.read_bytes()
        path.unlink()
        path.write_bytes(text)
    with monkeypatch.context() as patch:
        patch.setattr("geoconflict.reports._walking._read", lambda *_: pytest.fail("a file was read"))
        done, _ = mirror(store, folder, tmp_path)
    assert counts(done)["read"] == (0, 5, 0)
    monkeypatch.setattr("geoconflict.intake.time.time", lambda: NOW() + 60)
    mirror(store, folder, tmp_path)
    assert all(file.stamp for file in store.intake.files().values()), "now their times tell it"
    monkeypatch.setattr("geoconflict.intake.StoreMemory._digest", lambda *_: pytest.fail("a file was opened"))
    mirror(store, folder, tmp_path)


def test_a_fresh_file_with_other_bytes_is_read(folder, store, tmp_path, monkeypatch):
    monkeypatch.setattr("geoconflict.intake.time.time", NOW)
    mirror(store, folder, tmp_path)
    write(folder, 2, "Shells struck Riverton, report 7.")
    done, _ = mirror(store, folder, tmp_path)
    assert counts(done)["read"] == (1, 4, 0)
    assert any(stored.report.text.endswith("report 7.") for stored in store.reports())


def test_a_file_that_was_written_to_while_it_was_read_is_read_again(folder, store, tmp_path, monkeypatch):
    from geoconflict.reports import _walking

    read = _walking._read

    def read_and_write(file, admission):
        yield from read(file, admission)
        if file.path.name.startswith("2021-06-02"):
            write(folder, 2, "Shells struck Riverton, report 7.")

    with monkeypatch.context() as patch:
        patch.setattr(_walking, "_read", read_and_write)
        mirror(store, folder, tmp_path)
    assert [Path(name).name for name, file in store.intake.files().items() if not file.digest] == ["2021-06-02-x.txt"]
    done, _ = mirror(store, folder, tmp_path)
    assert counts(done)["read"] == (1, 4, 0)
    assert any(stored.report.text.endswith("report 7.") for stored in store.reports())


def test_other_bytes_beside_a_fetched_file_are_seen(folder, store, tmp_path):
    mirror(store, folder, tmp_path)
    memory = intake.StoreMemory(store, ReportsSettings(), is_mirror=True)
    path = folder / "2021-06-02-x.txt"
    before = memory._digest(path)
    side_car_of(path).write_text("{}", encoding="utf-8")
    with_side_car = memory._digest(path)
    side_car_of(path).write_text('{"title": "x"}', encoding="utf-8")
    assert len({before, with_side_car, memory._digest(path)}) == 3


def test_what_is_no_file_or_too_large_has_no_digest(folder, store, tmp_path):
    memory = intake.StoreMemory(store, ReportsSettings(max_file_bytes=10), is_mirror=True)
    os.mkfifo(tmp_path / "pipe.txt")
    found = [memory._digest(path) for path in (folder / "2021-06-02-x.txt", tmp_path / "pipe.txt", tmp_path / "no.txt")]
    assert found == ["", "", ""]


def test_other_settings_of_reports_read_all_files_again(folder, store, tmp_path):
    mirror(store, folder, tmp_path)
    tools = TownTools(tmp_path)
    tools.settings = Settings(root=tmp_path, reports=ReportsSettings(earliest="2021-06-03"))
    done = pipeline.ingest([folder], store, tools, is_mirror=True)
    assert counts(done)["read"][2] == 2
    assert store.counts()["reports"] == 5, "what can no longer be read is kept, and named at every run"


def test_ingest_alone_withdraws_nothing(folder, store, tmp_path):
    pipeline.ingest([folder], store, TownTools(tmp_path))
    (folder / "2021-06-03-x.txt").unlink()
    pipeline.ingest([folder], store, TownTools(tmp_path))
    mirror(store, folder, tmp_path)
    assert store.counts()["reports"] == 5


@pytest.mark.parametrize("where", ["store beside", "store inside", "store elsewhere"])
def test_ingest_tells_once_of_files_that_are_no_more(folder, tmp_path, where):
    path = {"store beside": tmp_path, "store inside": folder, "store elsewhere": tmp_path / "a" / "b"}[where]
    path.mkdir(parents=True, exist_ok=True)
    others = tmp_path / "others"
    others.mkdir()
    write(others, 9, "Shells struck Riverton, report 9.")
    with EventStore(path / "s.sqlite") as store:
        mirror(store, folder, tmp_path)
        pipeline.ingest([others], store, TownTools(tmp_path))
        for n in (3, 4):
            (folder / f"2021-06-0{n}-x.txt").unlink()
        (others / "2021-06-09-x.txt").unlink()
        write(others, 8, "Shells struck Riverton, report 8.")
        (told,) = pipeline.ingest([folder], store, TownTools(tmp_path)).notes
        assert "2021-06-03-x.txt" in told
        assert "2021-06-04-x.txt" in told
        assert "2021-06-09-x.txt" not in told
        assert told.endswith("2 reports of them still count: the next `geoconflict build` withdraws what is gone")
        (told,) = pipeline.ingest([folder, others], store, TownTools(tmp_path)).notes
        assert "2021-06-09-x.txt; 1 report of it still counts: no build has read them" in told
        assert pipeline.ingest([folder, others], store, TownTools(tmp_path)).notes == ()
        write(folder, 3, "Shells struck Riverton, report 3.")  # back again, and gone again
        assert pipeline.ingest([folder], store, TownTools(tmp_path)).notes == ()
        (folder / "2021-06-03-x.txt").unlink()
        (told,) = pipeline.ingest([folder], store, TownTools(tmp_path)).notes
        assert "2021-06-03-x.txt; 1 report of it" in told
        assert store.counts()["reports"] == 7
        mirror(store, folder, tmp_path)
        assert store.counts()["reports"] == 5


def test_ingest_tells_nothing_of_files_that_were_moved_or_may_be_gone(folder, store, tmp_path):
    mirror(store, folder, tmp_path)
    (folder / "sub").mkdir()
    (folder / "2021-06-03-x.txt").rename(folder / "sub" / "2021-06-03-x.txt")
    assert pipeline.ingest([folder], store, TownTools(tmp_path)).notes == ()
    (folder / "2021-06-04-x.txt").unlink()
    tools = TownTools(tmp_path)
    tools.settings = Settings(root=tmp_path, reports=ReportsSettings(withdraw_missing=False))
    assert pipeline.ingest([folder], store, tools).notes == ()


def test_what_a_link_led_to_is_not_gone_when_the_link_is_no_longer_followed(folder, store, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write(elsewhere, 9, "Shells struck Riverton, report 9.")
    pipeline.ingest([folder, elsewhere], store, TownTools(tmp_path), is_mirror=True)
    (folder / "other").symlink_to(elsewhere)
    done, _ = mirror(store, folder, tmp_path)
    (failure,) = done.failures
    assert failure.what.startswith("a link that leads out of the folder")
    assert store.counts()["reports"] == 6
    (folder / "other").unlink()
    mirror(store, folder, tmp_path)
    assert store.counts()["reports"] == 5


def test_what_another_file_still_holds_stays(folder, store, tmp_path):
    lines = [{"text": f"Shells struck Riverton {n} times.", "date": "2021-06-09", "id": f"a{n}"} for n in range(3)]
    first, second = folder / "a.jsonl", folder / "b.jsonl"
    first.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    second.write_text("\n".join(map(json.dumps, lines[:2])), encoding="utf-8")
    mirror(store, folder, tmp_path)
    first.unlink()
    mirror(store, folder, tmp_path)
    assert [one.report.external_id for one in store.intake.withdrawn()] == ["a2"]


def test_a_line_with_the_same_id_is_the_correction(folder, store, tmp_path):
    path = folder / "a.jsonl"
    lines = [{"text": f"Shells struck Riverton {n} times.", "date": "2021-06-09", "id": f"a{n}"} for n in range(3)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    mirror(store, folder, tmp_path)
    lines[0]["text"], lines[1]["text"] = "Shells struck Riverton once.", "Shells struck Riverton twice."
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    mirror(store, folder, tmp_path)
    replaced = {one.report.external_id: one.replaced_by for one in store.intake.withdrawn()}
    texts = {stored.report.report_id: stored.report.external_id for stored in store.reports()}
    assert {old: texts[new] for old, new in replaced.items()} == {"a0": "a0", "a1": "a1"}


def many(folder, n):
    lines = [{"text": f"Shells struck Riverton {k} times.", "date": "2021-06-09"} for k in range(n)]
    path = folder / "many.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    age(path)
    return path


def test_an_emptied_file_withdraws_nothing_before_it_is_accepted(folder, store, tmp_path):
    path = many(folder, 40)
    mirror(store, folder, tmp_path)
    before = content(store)
    path.write_text(path.read_text(encoding="utf-8").split("\n")[0], encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError, match="39 of 45 reports are no longer in the files .*--accept-withdrawals"):
            mirror(store, folder, tmp_path)
        assert content(store) == before
    mirror(store, folder, tmp_path, accept_withdrawals=True)
    assert store.counts()["reports"] == 6
    assert store.counts()["withdrawn"] == 39


def test_a_file_that_cannot_be_read_is_not_gone(folder, store, tmp_path):
    mirror(store, folder, tmp_path)
    path = folder / "2021-06-04-x.txt"
    path.unlink()
    os.mkfifo(path)
    done, _ = mirror(store, folder, tmp_path)
    assert counts(done)["read"][2] == 1
    assert store.counts()["reports"] == 5


def test_a_path_that_is_no_longer_of_the_settings_is_withdrawn(folder, store, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    write(other, 20, "Shells struck Riverton elsewhere.")
    pipeline.ingest([folder, other], store, TownTools(tmp_path), is_mirror=True)
    mirror(store, folder, tmp_path)
    assert [one.report.published_on.day for one in store.intake.withdrawn()] == [20]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_of_one_page_the_latest_text_counts_in_whatever_order_it_comes(store, tmp_path, order):
    hours = (6, 9, 12)
    reports = [
        Report(
            report_id=f"{n:020x}", text=f"Shells struck Riverton, version {n}.", published_on=dt.date(2021, 6, 9),
            url="https://news.example/1", source="Northern Wire", retrieved_at=dt.datetime(2021, 6, 9, hour, tzinfo=dt.UTC),
        )
        for n, hour in enumerate(hours)
    ]  # fmt: skip
    for n in order:
        with store.transaction():
            store.put_report(reports[n])
            intake._correct(store, reports[n])
    assert [stored.report.text for stored in store.reports()] == ["Shells struck Riverton, version 2."]
    assert len(list(store.intake.withdrawn())) == 2
    # Read again they stay so, though what corrected the first was corrected itself, and no other version tells its hour.
    withdrawn, known = store.intake.withdrawals(), store.states.ids()
    assert [intake._is_corrected(one.report_id, withdrawn, known) for one in reports] == [True, True, False]
    assert not intake._is_corrected(reports[0].report_id, withdrawn, [])


def test_corrections_that_go_round_in_a_circle_end():
    withdrawn = {"a": ("corrected at its address", "b"), "b": ("corrected at its address", "a")}
    assert not intake._is_corrected("a", withdrawn, ["c"])


def test_a_project_that_is_moved_as_a_whole_withdraws_nothing(folder, store, tmp_path):
    mirror(store, folder, tmp_path)
    home = tmp_path / "moved"
    store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(folder, home / "reports")
    shutil.copy(store.path, home / "s.sqlite")
    tools = TownTools(home)
    tools.settings = Settings(root=home, reports=ReportsSettings(earliest="2022-01-01"))  # nor is any of them readable
    with EventStore(home / "s.sqlite") as moved:
        pipeline.ingest([home / "reports"], moved, tools, is_mirror=True)
        assert moved.counts()["reports"] == 5
        assert {one.what for one in moved.intake.history()} == {"report kept"}


# ---------------------------------------------------------------- corrections in a file
def rows(path, *lines):
    """Write JSON lines; what is no dict stands there as it is."""
    told = [line if isinstance(line, str) else json.dumps({"date": "2021-06-09", **line}) for line in lines]
    path.write_text("\n".join(told), encoding="utf-8")
    age(path)
    return path


def texts(store):
    return sorted(stored.report.text for stored in store.reports())


def test_a_bad_line_keeps_what_is_gone_and_lets_corrections_of_an_id_through(folder, store, tmp_path):
    shutil.rmtree(folder)
    folder.mkdir()
    one, two, three = ({"id": f"a{n}", "text": f"Shells struck Riverton {n} times."} for n in range(3))
    path = rows(folder / "a.jsonl", one, two, three)
    mirror(store, folder, tmp_path)
    rows(path, {**one, "text": "Shells struck Riverton once."}, "no json", two)
    done, _ = mirror(store, folder, tmp_path)
    assert texts(store) == sorted([two["text"], three["text"], "Shells struck Riverton once."])
    (was,) = store.intake.withdrawn()
    assert (was.report.external_id, was.why) == ("a0", "replaced in its file")
    (note,) = done.notes
    assert "reports/a.jsonl: 1 report no longer found in it still counts" in note
    assert [one.what for one in store.intake.history()].count("report kept") == 1
    assert store.intake.unread()["reports/a.jsonl"].n_failed == 1
    assert store.counts()["unread"] == 1
    mirror(store, folder, tmp_path)
    assert [one.what for one in store.intake.history()].count("report kept") == 1, "it is noted once"
    rows(path, {**one, "text": "Shells struck Riverton once."}, two)
    done, _ = mirror(store, folder, tmp_path)
    assert (texts(store), done.notes) == (sorted([two["text"], "Shells struck Riverton once."]), ())
    assert (store.counts()["unread"], dict(store.intake.unread())) == (0, {})


def ingest_alone(store, folder, root, **choices):
    tools = TownTools(root)
    if choices:
        tools.settings = Settings(root=root, reports=ReportsSettings(**choices))
    return pipeline.ingest([folder], store, tools)


def test_a_correction_is_one_for_ingest_too_and_build_says_what_it_was(folder, store, tmp_path):
    path = rows(
        folder / "a.jsonl", {"id": "a", "text": "Shells struck Riverton, 44 hurt."}, {"id": "b", "text": "All quiet."}
    )
    mirror(store, folder, tmp_path)
    rows(path, {"id": "a", "text": "Shells struck Riverton, 45 hurt."})
    write(folder, 2, "Shells struck Riverton, as corrected.")
    ingest_alone(store, folder, tmp_path)
    assert {one.why for one in store.intake.withdrawn()} == {"replaced in its file"}
    assert len(list(store.intake.withdrawn())) == 2
    assert "All quiet." in texts(store), "what is gone, only build takes back"
    assert store.counts()["reports"] == 7
    mirror(store, folder, tmp_path)
    assert sorted(one.why for one in store.intake.withdrawn()) == ["no longer in the files"] + 2 * [
        "replaced in its file"
    ]
    assert store.counts()["reports"] == 6


def test_a_file_that_is_filled_anew_each_day_is_corrected_by_ids_alone(folder, store, tmp_path):
    path = rows(folder / "a.jsonl", {"id": "a", "text": "Shells struck Riverton, 44 hurt."})
    ingest_alone(store, folder, tmp_path, withdraw_missing=False)
    write(folder, 2, "The news of the next day.")
    rows(path, {"id": "a", "text": "Shells struck Riverton, 45 hurt."})
    ingest_alone(store, folder, tmp_path, withdraw_missing=False)
    assert [one.report.external_id for one in store.intake.withdrawn()] == ["a"]
    assert store.counts()["reports"] == 7


@pytest.mark.parametrize("ids", [("a", "b"), (None, None)])
def test_an_other_row_in_place_of_one_is_no_correction_to_ingest(folder, store, tmp_path, ids):
    lines = [{"text": text, **({"id": own} if own else {})} for own, text in zip(ids, ("One.", "Two."), strict=True)]
    path = rows(folder / "a.jsonl", {"text": "Another."}, lines[0])
    ingest_alone(store, folder, tmp_path)
    rows(path, {"text": "Another."}, lines[1])
    ingest_alone(store, folder, tmp_path)
    assert list(store.intake.withdrawn()) == []


def test_an_id_that_stands_twice_is_told_and_corrects_nothing(folder, store, tmp_path):
    path = rows(folder / "a.jsonl", *({"id": "a", "text": f"Shells struck Riverton {n} times."} for n in range(5)))
    done = ingest_alone(store, folder, tmp_path)
    assert any("a.jsonl: 4 reports with an id that another text in it has" in note for note in done.notes)
    rows(path, *({"id": "a", "text": f"Shells struck Riverton {n} times."} for n in range(1, 6)))
    ingest_alone(store, folder, tmp_path)
    assert list(store.intake.withdrawn()) == []


def test_what_another_file_holds_is_not_replaced(folder, store, tmp_path):
    line = {"id": "a", "text": "Shells struck Riverton, 44 hurt."}
    path = rows(folder / "a.jsonl", line)
    rows(folder / "b.jsonl", line)
    mirror(store, folder, tmp_path)
    rows(path, {**line, "text": "Shells struck Riverton, 45 hurt."})
    mirror(store, folder, tmp_path)
    assert list(store.intake.withdrawn()) == []
    rows(folder / "b.jsonl", {"id": "z", "text": "Something else."})
    mirror(store, folder, tmp_path)
    assert len(list(store.intake.withdrawn())) == 1


def test_a_correction_that_a_stopped_run_had_read_is_made_by_the_next(folder, store, tmp_path, monkeypatch):
    mirror(store, folder, tmp_path)
    path = rows(folder / "a.jsonl", {"id": "a", "text": "Shells struck Riverton, 44 hurt."})
    mirror(store, folder, tmp_path)
    rows(path, {"id": "a", "text": "Shells struck Riverton, 45 hurt."})
    write(folder, 2, "Shells struck Riverton, as corrected.")
    with monkeypatch.context() as patch:
        patch.setattr("geoconflict.intake.settle", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            ingest_alone(store, folder, tmp_path)
    assert store.counts()["reports"] == 8
    ingest_alone(store, folder, tmp_path)
    assert {one.why for one in store.intake.withdrawn()} == {"replaced in its file"}
    assert store.counts()["reports"] == 6


def test_corrections_do_not_count_as_gone(folder, store, tmp_path):
    lines = [{"id": f"a{n}", "text": f"Shells struck Riverton {n} times."} for n in range(40)]
    path = rows(folder / "many.jsonl", *lines)
    mirror(store, folder, tmp_path)
    rows(path, *({**line, "text": line["text"] + " Corrected."} for line in lines))
    mirror(store, folder, tmp_path)
    assert store.counts()["withdrawn"] == 40


# ---------------------------------------------------------------- what is said besides
def test_an_empty_folder_beside_another_is_told_and_is_no_failure(folder, store, tmp_path):
    empty = tmp_path / "fetched"
    empty.mkdir()
    done = pipeline.ingest([empty, folder], store, TownTools(tmp_path), is_mirror=True)
    assert counts(done)["read"] == (5, 0, 0)
    assert done.notes == (f"{empty}: the folder holds no report",)
    with EventStore(tmp_path / "other.sqlite") as other:
        done = pipeline.ingest([empty], other, TownTools(tmp_path), is_mirror=True)
    assert counts(done)["read"] == (0, 0, 1), "nothing at all is a failure"


def test_a_plan_says_that_the_build_will_ask_before_so_many_are_withdrawn(folder, store, tmp_path):
    for n in range(6, 21):
        write(folder, n, f"Shells struck Riverton, report {n}.")
    mirror(store, folder, tmp_path)
    for n in range(1, 12):
        (folder / f"2021-06-{n:02d}-x.txt").unlink()
    tools = TownTools(tmp_path)
    tools.settings = Settings(root=tmp_path, maps=())
    read = plan_build(store, tools).steps[0]
    assert (read.n_stale, read.n_all) == (11, 20)
    assert read.why[0] == "11 gone"
    assert "11 of 20 reports, more than reports.most_withdrawn: the build will stop" in read.why[1]
