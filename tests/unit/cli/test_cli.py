import csv
import io
import json

import click
import pytest
from builders import day, loss, place, report, source, toll
from click.testing import CliRunner

from geoconflict.cli import main
from geoconflict.events import merge_into
from geoconflict.interchange.cells import plain
from geoconflict.models import Reading
from geoconflict.store import EventStore


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call


@pytest.fixture
def war(tmp_path):
    path = tmp_path / "war.sqlite"
    with EventStore(path) as store, store.transaction():
        merge_into(
            store.ledger,
            [
                source(),
                source(report("Later."), at=place("Hilltown", 31.0, 11.0), when=day(9)),
                source(report("Where?"), at=None, place=None),
            ],
        )
    return path


def test_help_names_all_commands_and_exit_codes(run):
    done = run("--help")
    assert done.exit_code == 0
    for name in ("init", "ingest", "build", "map", "export", "parse", "geocode", "gazetteer", "status", "doctor"):
        assert f"\n  {name} " in done.output
        assert run(name, "--help").exit_code == 0
    assert "3 finished with failed reports" in done.output


def test_an_unknown_command_is_a_usage_error(run):
    assert run("mpa").exit_code == 2
    for words, meant in ((["bulid"], "build"), (["store", "vacum"], "vacuum"), (["gazetteer", "inof"], "info")):
        done = run(*words)
        assert done.exit_code == 2
        assert f"No such command '{words[-1]}'; did you mean '{meant}'?" in done.stderr
    assert "did you mean" not in run("xyz").stderr


def test_init_writes_settings_that_load_and_overwrites_only_by_force(run, tmp_path):
    from geoconflict.settings import load_settings

    assert run("init", "mine").exit_code == 0
    assert load_settings(tmp_path / "mine").maps[0].title == "Conflict map"
    again = run("init", "mine")
    assert again.exit_code == 1
    assert "--force" in again.output
    assert run("init", "mine", "--force").exit_code == 0


def test_status_without_a_store_says_how_to_make_one(run):
    done = run("status")
    assert done.exit_code == 0
    assert "geoconflict ingest" in done.output
    assert json.loads(run("status", "--json").output)["exists"] is False


def test_status_counts_what_is_there(run, war):
    done = run("status", "--store", war)
    assert done.exit_code == 0
    assert "3 events, 1 of them unlocated" in done.output
    assert "map.html" not in done.output  # no settings ask for one
    assert json.loads(run("status", "--store", war, "--json").output)["counts"]["events"] == 3


def test_a_bad_config_is_one_line_with_the_key(run, tmp_path):
    (tmp_path / "geoconflict.toml").write_text("[place]\n")
    done = run("status")
    assert done.exit_code == 1
    assert "unknown key 'place'" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize("suffix", ["csv", "geojson", "gpkg", "kml", "parquet"])
def test_export_writes_all_events_and_obeys_days(run, war, tmp_path, suffix):
    done = run("export", "--store", war, "--out", f"x.{suffix}")
    assert done.exit_code == 0, done.output
    assert "3 events" in done.output
    assert (tmp_path / f"x.{suffix}").stat().st_size > 0
    assert "1 event\n" in run("export", "--store", war, "--out", f"y.{suffix}", "--since", "2021-06-15").output


def test_a_geopackage_of_a_store_holds_its_tolls_and_equipment(run, tmp_path):
    import pyogrio

    told = report("Twenty dead; five tanks lost.")
    with EventStore(tmp_path / "war.sqlite") as store, store.transaction():
        store.put_report(told)
        store.put_reading(Reading(report_id=told.report_id, tolls=(toll(told),), equipment=(loss(told),)), "key")
        store.set_meta("merge_key", "merged")
    assert run("export", "--store", "war.sqlite", "--out", "x.gpkg").exit_code == 0
    n_rows = {name: pyogrio.read_info(tmp_path / "x.gpkg", layer=name)["features"] for name in ("tolls", "equipment")}
    assert n_rows == {"tolls": 1, "equipment": 1}


def test_formats_that_no_suffix_tells_are_named(run, war, tmp_path):
    from geoconflict import frame_checks
    from geoconflict.cli import write
    from geoconflict.interchange import files

    assert set(write.NAMED_FORMATS) == set(files.NAMED_FORMATS)
    assert frame_checks.TOLL_MEASURES == write._MEASURES
    done = run("export", "--store", war, "--what", "tolls", "--measure", "dead", "--out", "tolls.svg")
    assert done.exit_code == 2
    assert "'dead' is not one of 'killed', 'wounded'" in done.stderr
    done = run("export", "--store", war, "--out", "map.json", "--format", "kepler")
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "map.json").read_text())["info"]["app"] == "kepler.gl"
    for _ in range(2):  # the second time the folder is there
        done = run("export", "--store", war, "--out", "data", "--format", "timemap")
        assert done.exit_code == 0, done.output
    assert (tmp_path / "data" / "events.json").is_file()
    assert run("export", "--store", war, "--out", "x.json").exit_code == 1
    assert run("export", "--store", war, "--out", "x.json", "--format", "shp").exit_code == 2
    for refused in (["--what", "tolls"], ["--partitioned"]):
        assert run("export", "--store", war, "--out", "x", "--format", "kepler", *refused).exit_code == 1


def test_what_a_format_cannot_show_is_counted(run, war, monkeypatch):
    from geoconflict.interchange import files, timemap

    def one_less(events, unlocated, out, *, attribution):
        return timemap.to_timemap(events, unlocated, out, attribution=attribution) - 1

    monkeypatch.setattr(files, "NAMED_FORMATS", {"timemap": one_less})
    done = run("export", "--store", war, "--out", "data", "--format", "timemap")
    assert "2 events; 1 left out, for timemap cannot show them (docs/formats.md)" in done.output


def test_export_writes_tolls_as_a_table_and_as_a_plot_and_equipment_as_a_table(run, tmp_path):
    told = report("Twenty dead; five tanks lost.")
    with EventStore(tmp_path / "war.sqlite") as store, store.transaction():
        store.put_report(told)
        found = Reading(
            report_id=told.report_id, tolls=(toll(told), toll(told, 30, as_of=day(9))), equipment=(loss(told),)
        )
        store.put_reading(found, "key")
    for out, n in (("tolls.csv", 2), ("tolls.svg", 2), ("tolls.parquet", 2)):
        done = run("export", "--store", "war.sqlite", "--what", "tolls", "--out", out)
        assert done.exit_code == 0, done.output
        assert f"{n} tolls" in done.output
        assert (tmp_path / out).stat().st_size > 0
    assert "1 equipment" in run("export", "--store", "war.sqlite", "--what", "equipment", "--out", "e.csv").output
    later = run("export", "--store", "war.sqlite", "--what", "tolls", "--out", "t.csv", "--since", "2021-06-15")
    assert "1 toll\n" in later.output
    earlier = run("export", "--store", "war.sqlite", "--what", "tolls", "--out", "t.csv", "--until", "2021-06-10")
    assert "1 toll\n" in earlier.output
    assert run("export", "--store", "war.sqlite", "--what", "equipment", "--out", "e.svg").exit_code == 1


def test_export_writes_the_columns_of_other_data_sets_and_says_what_has_no_room(run, war, tmp_path):
    for name, out in (("acled", "a.csv"), ("ucdp", "u.csv"), ("polecat", "p.txt"), ("plover", "p.jsonl")):
        done = run("export", "--store", war, "--format", name, "--out", tmp_path / out)
        assert done.exit_code == 0, done.output
        assert " left out" in done.stdout
        assert (tmp_path / f"{out}-metadata.json").is_file()
    done = run("export", "--store", war, "--format", "acled", "--partitioned", "--out", tmp_path / "folder")
    assert done.exit_code == 1


def test_export_refuses_a_suffix_before_any_work(run):
    done = run("export", "--store", "none.sqlite", "--out", "x.shp")
    assert done.exit_code == 1
    assert ".geojson" in done.output


def test_a_store_that_is_not_there_is_an_error_that_repairs(run):
    done = run("map", "--store", "none.sqlite", "--out", "x.html")
    assert done.exit_code == 1
    assert "geoconflict ingest" in done.output


def test_geocode_wants_a_name_or_a_table(run):
    assert run("geocode").exit_code == 2
    assert run("geocode", "X", "--batch", __file__).exit_code == 2
    assert run("geocode", "--batch", __file__).exit_code == 2


@pytest.mark.parametrize("idle", ["--near=Goma", "--admin1=Nord", "--country=COD", "--on=2020-01-01", "--json"])
def test_options_of_one_name_are_refused_with_a_table(run, tmp_path, idle):
    (tmp_path / "names.csv").write_text("id,name\n1,Goma\n", "utf-8")
    done = run("geocode", "--batch", "names.csv", "--out", "places.csv", idle)
    assert done.exit_code == 2
    assert f"{idle.split('=')[0]} does nothing with --batch" in done.output
    assert not (tmp_path / "places.csv").exists()


def test_a_file_to_write_is_refused_without_a_table(run, tmp_path):
    done = run("geocode", "Goma", "--out", "place.csv")
    assert done.exit_code == 2
    assert "--out goes with --batch alone" in done.output
    assert not (tmp_path / "place.csv").exists()


def test_names_that_only_their_region_is_known_of_are_counted_apart(run, tmp_path):
    (tmp_path / "names.csv").write_text(
        'id,name,admin1,country\n1,Goma,,\n2,"Qwzzyxburg, Kharkiv Oblast",,\n3,Qwzzyxburg,,\n', "utf-8"
    )
    done = run("geocode", "--batch", "names.csv", "--out", "places.csv")
    assert "1 of 3 names found, 1 more only as the region that the row says" in done.output
    with (tmp_path / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["answer"], row["geo_precision"]) for row in rows[1:]] == [("Found", "admin1"), ("NotFound", "")]
    assert run("geocode", "--batch", "names.csv", "--out", "places.csv", "--quiet").output == ""
    assert "--quiet goes with --batch alone" in run("geocode", "Goma", "--quiet").output


def test_geocode_reads_phrases_in_a_name_and_in_a_table(run, tmp_path):
    phrases = {"1": "10 km north of Goma", "2": "between Kharkiv and Izyum", "3": "10 km north of Xyzzytown"}
    single = {key: json.loads(run("geocode", name, "--json").output) for key, name in phrases.items()}
    assert [one["answer"] for one in single.values()] == ["Found", "Found", "NotFound"]
    assert single["1"]["place"]["place_id"] == "relative:geonames:216281:10km-N"
    assert "'Xyzzytown'" in single["3"]["reasons"][0]
    (tmp_path / "names.csv").write_text("id,name\n" + "".join(f"{k},{v}\n" for k, v in phrases.items()), "utf-8")
    assert "2 of 3 names found" in run("geocode", "--batch", "names.csv", "--out", "places.csv").output
    with (tmp_path / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["answer"] for row in rows] == ["Found", "Found", "NotFound"]
    assert [row["place_id"] for row in rows[:2]] == [single[key]["place"]["place_id"] for key in ("1", "2")]
    assert [row["geo_precision"] for row in rows] == ["near", "area", ""]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_of_places_says_what_was_found_and_where(run, tmp_path, delimiter):
    rows = [["id", "name", "country"], ["1", "Stepanakert", ""], ["2", "Zzyzxia", ""]]
    (tmp_path / "names.csv").write_text("\n".join(map(delimiter.join, rows)) + "\n", encoding="utf-8")
    run("geocode", "--batch", "names.csv", "--out", "places.csv")
    with (tmp_path / "places.csv").open(encoding="utf-8", newline="") as file:
        found, unknown = csv.DictReader(file)
    assert (found["name"], found["place_name"], found["place_country"]) == ("Stepanakert", "Stepanakert", "AZE")
    assert (unknown["place_name"], unknown["place_admin1"], unknown["lat"]) == ("", "", "")


def test_no_name_of_a_table_becomes_a_formula_in_the_table_of_places(run, tmp_path):
    names = {"=1+1": "Goma", "2": "=HYPERLINK(1)", "3": "@Goma"}
    (tmp_path / "names.csv").write_text("id,name\n" + "".join(f"{k},{v}\n" for k, v in names.items()), "utf-8")
    run("geocode", "--batch", "names.csv", "--out", "places.csv")
    with (tmp_path / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ["'=1+1", "2", "3"]
    assert [row["name"] for row in rows] == ["Goma", "'=HYPERLINK(1)", "'@Goma"]
    assert {plain(row["id"]): plain(row["name"]) for row in rows} == names


def test_a_store_is_never_written_over_by_what_is_made_of_it(run, war):
    before = war.read_bytes()
    renamed = war.rename(war.with_suffix(".csv"))
    done = run("export", "--store", renamed, "--out", renamed)
    assert done.exit_code == 1
    assert "is the event store itself" in done.output
    assert renamed.read_bytes() == before


def test_a_map_is_an_html_file(run, war):
    done = run("map", "--store", war, "--out", "x.png")
    assert done.exit_code == 1
    assert "ends in .html" in done.output


def test_nothing_is_made_for_paths_that_are_not_there(run, tmp_path):
    for arguments in (["ingest", "none.txt"], ["build"]):
        assert run(*arguments).exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_record_is_one_line(run, war):
    import sqlite3

    with sqlite3.connect(war) as db:
        db.execute("UPDATE event SET record = '[]'")
    db.close()
    done = run("export", "--store", war, "--out", "x.csv")
    assert done.exit_code == 1
    assert "a stored Event cannot be read" in done.output


# ---------------------------------------------------------------- where work is done, and what it leaves
def test_a_scheduler_without_dask_is_refused(run, tmp_path):
    done = run("ingest", tmp_path, "--scheduler", "tcp://127.0.0.1:8786")
    assert done.exit_code == 1
    assert "--engine dask" in done.stderr


def test_workers_of_the_command_line_win_over_the_settings(run, tmp_path, monkeypatch):
    from geoconflict import per_report

    engines = []

    def map_chunks(work, chunks, *, engine, stopping):
        engines.append(engine)
        yield from ()

    monkeypatch.setattr(per_report, "map_chunks", map_chunks)
    (tmp_path / "geoconflict.toml").write_text("[run]\nworkers = 3\nreport_seconds = 7\n")
    (tmp_path / "2021-06-10-x.txt").write_text("Shells struck Riverton.")
    run("ingest", "2021-06-10-x.txt", "--store", "s.sqlite")
    run("ingest", "2021-06-10-x.txt", "--store", "s.sqlite", "--workers", "0")
    assert [(engine.n_workers, engine.limits.seconds) for engine in engines[::2]] == [(3, 7.0), (0, 7.0)]


def test_export_by_month_writes_a_folder_and_then_only_what_changed(run, war, tmp_path):
    first = run("export", "--store", war, "--partitioned", "--out", "months")
    assert first.exit_code == 0, first.output
    assert "1 months written, 0 unchanged" in first.output
    assert "0 months written, 1 unchanged" in run("export", "--store", war, "--partitioned", "--out", "months").output
    assert "is a folder" in run("export", "--store", war, "--out", "months").stderr
    assert "is for events" in run("export", "--store", war, "--partitioned", "--what", "tolls", "--out", "t").stderr


@pytest.mark.parametrize("span", [("--since", "2030-01-01"), ("--until", "1990-01-31")])
def test_export_by_month_takes_no_span_for_it_would_remove_the_other_months(run, war, tmp_path, span):
    assert run("export", "--store", war, "--partitioned", "--out", "months").exit_code == 0
    written = sorted(tmp_path.glob("months/*/*.parquet"))
    assert written
    refused = run("export", "--store", war, "--partitioned", "--out", "months", *span)
    assert refused.exit_code == 1
    assert "read_partitions" in refused.stderr
    assert sorted(tmp_path.glob("months/*/*.parquet")) == written
    assert run("export", "--store", war, "--out", "part.parquet", *span).exit_code == 0  # a file of some days may be


EXPORTS = [("export", "--out", "x.csv"), ("export", "--out", "x.csv", "--format", "acled"), ("map", "--out", "x.html")]


@pytest.mark.parametrize("command", EXPORTS)
def test_reports_that_were_never_merged_are_not_written_as_no_events(run, tmp_path, command):
    with EventStore(tmp_path / "war.sqlite") as store, store.transaction():
        store.put_report(report())
    done = run(*command, "--store", "war.sqlite", "--quiet")
    assert done.exit_code == 1
    assert "war.sqlite: 1 report and no events yet, for they were never merged; let the run end" in done.stderr
    assert not (tmp_path / command[2]).exists()


@pytest.mark.parametrize("command", EXPORTS)
def test_events_that_lag_behind_the_reports_are_written_with_a_word(run, war, command):
    from geoconflict.merge_stage import merge_key

    with EventStore(war) as store:
        store.set_meta("merge_key", merge_key(store))
    assert "as of then" not in run(*command, "--store", war).stderr
    with EventStore(war) as store, store.transaction():
        store.put_report(report("New."))
    done = run(*command, "--store", war)
    assert done.exit_code == 0
    assert f"note: {war}: reports came, changed or went since its events were merged" in done.stderr
    assert run(*command, "--store", war, "--quiet").stderr == ""


def test_doctor_tells_what_is_optional_and_missing_and_that_is_no_failure(run, monkeypatch):
    import importlib.util

    there = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "pypdf" else there(name))
    done = run("doctor")
    assert done.exit_code == 0
    assert "none extra pdf: optional, not installed (pypdf): with it PDF (.pdf) is read; run `" in done.output
    assert "ok   extra feeds: installed" in done.output
    told = {one["check"]: one["good"] for one in json.loads(run("doctor", "--json").output)}
    assert (told["extra pdf"], told["extra feeds"]) == (None, True)


def test_doctor_keeps_to_the_width_of_a_terminal_and_writes_one_line_a_check_elsewhere(run, monkeypatch):
    assert all(line[:5] in {"ok   ", "none ", "FAIL "} for line in run("doctor").output.splitlines())
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr("sys.stdout", terminal)
    main(["doctor"], standalone_mode=False)
    lines = click.unstyle(terminal.getvalue()).splitlines()
    assert any(line.startswith("     ") for line in lines)
    assert all(len(line) <= 60 or " " not in line.strip() for line in lines)


def test_doctor_opens_the_store_and_tells_what_is_none(run, war, tmp_path):
    (tmp_path / "geoconflict.toml").write_text('[store]\npath = "mine.sqlite"\n', "utf-8")

    def told(*arguments):
        done = run("doctor", *arguments)
        (line,) = [line for line in done.output.splitlines() if "event store:" in line]
        return done.exit_code, line

    code, line = told()
    assert (code, line.startswith("ok  ")) == (0, True)
    assert "not there yet" in line
    (tmp_path / "mine.sqlite").write_text("the notes of a meeting\n" * 100, "utf-8")
    code, line = told()
    assert (code, line.startswith("FAIL")) == (1, True)
    assert "not an event store" in line
    (tmp_path / "geoconflict.toml").write_text(f'[store]\npath = "{war.name}"\n', "utf-8")
    code, line = told()
    assert (code, line.startswith("ok  ")) == (0, True)
    assert line.endswith("3 events")


@pytest.mark.parametrize(
    ("command", "now"),
    [
        (("evaluate", "gold.jsonl", "--match-km", "20"), "--within-km"),
        (("evaluate", "gold.jsonl", "--match-days", "2"), "--within-days"),
        (("convert", __file__, "out.csv", "--to", "ucdp", "--report", "left.json"), "--left-out"),
    ],
)
def test_the_former_name_of_an_option_is_refused_with_the_one_it_has_now(run, command, now):
    done = run(*command)
    assert done.exit_code == 2
    assert f"{command[-2]} is called {now} now" in done.output
    assert f"  {command[-2]} " not in run(command[0], "--help").output
