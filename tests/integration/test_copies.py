"""An agency's article in several outlets, from the files to events, explanations, status and the switch that turns it off."""

import json
import random

import pytest
from click.testing import CliRunner

from geoconflict.cli import main
from geoconflict.pipeline import ingest
from geoconflict.settings import CopiesSettings, Settings
from geoconflict.store import EventStore
from geoconflict.tools import Tools

ARTICLE = (
    "Azerbaijani shells killed three people in Martuni on Thursday and wounded eleven, Armenian officials said.\n\n"
    "Two French journalists of the newspaper Le Monde were among the wounded. They were flown to Yerevan in the evening, "
    "the foreign ministry in Paris said.\n\n"
    "Rescue workers dug in the ruins of a school until dark, and people spent the night in the cellars of the hospital."
)
REPORTS = [
    ("North Wire", "2020-10-01T06:00:00Z", ARTICLE),
    (
        "Daily Post",
        "2020-10-01",
        "YEREVAN (North Wire) - " + ARTICLE.replace("three people", "3 people").replace("dug in", "searched"),
    ),
    ("Evening Echo", "2020-10-02", "Shells hit town\n\n" + "\n\n".join(ARTICLE.split("\n\n")[:2])),
    (
        "Monitor",
        "2020-10-02",
        (
            "Three civilians died in the shelling of Martuni on 1 October, and two reporters from France were hurt, "
            "according to Armenian officials."
        ),
    ),
]


@pytest.fixture(scope="module")
def tools():
    return Tools()


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "reports", REPORTS)
    return tmp_path / "reports"


def write(folder, reports, name="a.jsonl"):
    folder.mkdir(exist_ok=True)
    lines = [
        json.dumps({"source": outlet, "url": f"https://{outlet[:2]}.example/1", "date": on, "text": text})
        for outlet, on, text in reports
    ]
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")


def shelling(store):
    return max(store.event_records(), key=lambda event: len(event.sources))


def by_outlet(store):
    return {stored.report.source: stored.report.report_id for stored in store.reports()}


def everything(store):
    events = {event.event_id: event.to_dict() for event in store.event_records()}
    return events, store.text_index.copies(), store.meta("merge_key")


def test_copies_are_one_voice_from_the_files_to_the_frame(folder, tmp_path, tools):
    with EventStore(tmp_path / "s.sqlite") as store:
        done = ingest([folder], store, tools)
        ids = by_outlet(store)
        assert store.text_index.copies() == {
            ids[outlet]: ids["North Wire"] for outlet in ("Daily Post", "Evening Echo")
        }
        assert [stage.n_copies for stage in done.stages] == [0, 0, 0, 2]
        event = shelling(store)
        assert {source.source for source in event.sources} == {outlet for outlet, _, _ in REPORTS}
        assert event.n_voices == 2
        row = store.events().set_index("event_id").loc[event.event_id]
        assert row.n_sources == 2
        told = {one["source"]: one["copy_of"] for one in json.loads(row.sources)}
        assert told == {
            "North Wire": None,
            "Daily Post": ids["North Wire"],
            "Evening Echo": ids["North Wire"],
            "Monitor": None,
        }


def test_the_score_is_that_of_the_two_voices(folder, tmp_path, tools):
    with EventStore(tmp_path / "all.sqlite") as store:
        ingest([folder], store, tools)
        printed = shelling(store)
    write(tmp_path / "own", [REPORTS[0], REPORTS[3]])
    with EventStore(tmp_path / "own.sqlite") as store:
        ingest([tmp_path / "own"], store, tools)
        assert printed.score == shelling(store).score


def test_whatever_the_order_of_ingest_the_store_is_the_same(tmp_path, tools):
    stores = []
    for seed in range(4):
        order = REPORTS * 1
        random.Random(seed).shuffle(order)
        with EventStore(tmp_path / f"{seed}.sqlite") as store:
            for number, one in enumerate(order):
                write(tmp_path / f"r{seed}", [one], f"{number}.jsonl")
                ingest([tmp_path / f"r{seed}" / f"{number}.jsonl"], store, tools)
            stores.append(json.dumps(everything(store), default=str, sort_keys=True).replace(f"r{seed}", ""))
    assert len(set(stores)) == 1


def test_switched_off_each_report_is_a_voice_and_switched_on_again_all_is_as_before(folder, tmp_path, tools):
    off = Tools(Settings(copies=CopiesSettings(enabled=False)))
    with EventStore(tmp_path / "s.sqlite") as store:
        ingest([folder], store, tools)
        before = everything(store)
        done = ingest([], store, off)
        assert shelling(store).n_voices == 4
        assert all(source.copy_of is None for source in shelling(store).sources)
        assert store.counts()["copies"] == sum(stage.n_copies for stage in done.stages) == 0
        ingest([], store, tools)
        assert everything(store) == before


def test_a_higher_share_of_text_takes_fewer_for_copies(folder, tmp_path):
    strict = Tools(Settings(copies=CopiesSettings(min_share=1.0)))
    with EventStore(tmp_path / "s.sqlite") as store:
        ingest([folder], store, strict)
        ids = by_outlet(store)
        assert store.text_index.copies() == {ids["Evening Echo"]: ids["North Wire"]}


def test_texts_published_further_apart_are_none(folder, tmp_path):
    near = Tools(Settings(copies=CopiesSettings(max_days=0)))
    with EventStore(tmp_path / "s.sqlite") as store:
        ingest([folder], store, near)
        ids = by_outlet(store)
        assert store.text_index.copies() == {ids["Daily Post"]: ids["North Wire"]}


def test_when_the_original_goes_the_first_copy_takes_its_place(folder, tmp_path, tools):
    with EventStore(tmp_path / "s.sqlite") as store:
        ingest([folder], store, tools)
        ids = by_outlet(store)
        with store.transaction():
            store._db.execute("DELETE FROM report WHERE report_id = ?", (ids["North Wire"],))
        ingest([], store, tools)
        assert store.text_index.copies() == {ids["Evening Echo"]: ids["Daily Post"]}
        assert shelling(store).n_voices == 2
        write(tmp_path / "left", REPORTS[1:])
        with EventStore(tmp_path / "t.sqlite") as other:
            ingest([tmp_path / "left"], other, tools)
            assert store.text_index.copies() == other.text_index.copies()
            assert {e.event_id for e in store.event_records()} == {e.event_id for e in other.event_records()}


def test_a_run_with_nothing_new_looks_at_no_text(folder, tmp_path, tools, monkeypatch):
    with EventStore(tmp_path / "s.sqlite") as store:
        ingest([folder], store, tools)
        monkeypatch.setattr("geoconflict.events.copies.grouping.words_of", None)
        done = ingest([folder], store, tools)
        assert done.stages[-1].n_copies == 2
        assert done.stages[-1].n_done == 0


def test_commands_say_how_many_copies_there_are_and_why(folder, tmp_path, tools):
    store = str(tmp_path / "s.sqlite")
    runner = CliRunner()
    ingested = runner.invoke(main, ["ingest", str(folder), "--store", store])
    assert ingested.exit_code == 0, ingested.output
    assert "2 reports are copies" in ingested.stdout
    assert "2 of the reports are copies" in runner.invoke(main, ["status", "--store", store]).stdout
    state = json.loads(runner.invoke(main, ["status", "--store", store, "--json"]).stdout)
    assert state["counts"]["copies"] == 2
    assert not state["merge_is_stale"]
    with EventStore(store, read_only=True) as opened:
        ids, event = by_outlet(opened), shelling(opened)
    copy = " ".join(runner.invoke(main, ["explain", ids["Daily Post"], "--store", store]).stdout.split())
    assert f"it prints the text of {ids['North Wire']} (North Wire, 2020-10-01)" in copy
    assert "no number, day or name is replaced by another" in copy
    cut = " ".join(runner.invoke(main, ["explain", ids["Evening Echo"], "--store", store]).stdout.split())
    assert "differs: nothing here, “Rescue workers dug in the ruins" in cut
    original = " ".join(runner.invoke(main, ["explain", ids["North Wire"], "--store", store]).stdout.split())
    assert "2 reports print this text and count as one with it" in original
    assert "text of" not in runner.invoke(main, ["explain", ids["Monitor"], "--store", store]).stdout
    told = runner.invoke(main, ["explain", event.event_id, "--store", store]).stdout
    assert "4 reports, 2 voices: copies of one text count as one." in told
    assert f"prints the text of {ids['North Wire']}" in told


def test_status_says_that_a_changed_setting_makes_events_anew(folder, tmp_path, tools):
    with EventStore(tmp_path / "s.sqlite") as store:
        ingest([folder], store, tools)
    config = tmp_path / "geoconflict.toml"
    config.write_text('[store]\npath = "s.sqlite"\n[copies]\nenabled = false\n', "utf-8")
    state = json.loads(CliRunner().invoke(main, ["status", "--config", str(config), "--json"]).stdout)
    assert state["merge_is_stale"]


@pytest.mark.parametrize(("key", "value"), [("min_share", "1.5"), ("max_days", "-1"), ("max_days", "400")])
def test_a_setting_that_cannot_be_meant_is_refused(tmp_path, key, value):
    config = tmp_path / "geoconflict.toml"
    config.write_text(f"[copies]\n{key} = {value}\n", "utf-8")
    done = CliRunner().invoke(main, ["status", "--config", str(config)])
    assert done.exit_code == 1
    assert f"copies.{key}" in done.stderr


def test_nothing_of_the_sample_reports_is_taken_for_a_copy(project_root, tmp_path):
    from geoconflict.copy_stage import find_copies
    from geoconflict.reports import read_reports

    with EventStore(tmp_path / "s.sqlite") as store:
        with store.transaction():
            for report in read_reports([project_root / "data" / "reports"]):
                store.put_report(report)
        assert store.counts()["reports"] == 81
        assert find_copies(store, CopiesSettings()) == 0


def test_a_report_that_another_process_removes_meanwhile_is_no_copy_and_stops_no_run(folder, tmp_path, tools):
    from geoconflict.events.copies import group_copies
    from geoconflict.events.copies.sketch import bands_of
    from geoconflict.reports import read_reports

    with EventStore(tmp_path / "s.sqlite") as store:
        told = list(read_reports([folder]))
        ingest([folder], store, tools)
        ids = by_outlet(store)
        with store.transaction():
            store._db.execute("DELETE FROM report WHERE report_id = ?", (ids["North Wire"],))
            copy = store.text_index.texts([ids["Daily Post"]])[0]
            store.text_index.remove_text(copy, bands_of(copy.sketch))
            daily = [report for report in told if report.report_id == ids["Daily Post"]]
            group_copies(store.text_index, daily, [], min_share=0.75, max_days=3)
        assert store.text_index.texts([ids["Daily Post"]])[0].leads
