"""``convert``, ``export --format`` and ``download``: what they print, write and refuse."""

import json

import geopandas as gpd
import pandas as pd
import pytest
from click.testing import CliRunner
from event_rows import acled_row, gdelt_row, polecat_row, rows_of, ucdp_row

from geoconflict.cli import main
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.interchange.datasets.acled import ACLED_COLUMNS
from geoconflict.store import EventStore


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call


@pytest.fixture
def acled(tmp_path):
    pd.DataFrame(rows_of(acled_row, 40)).to_csv(tmp_path / "acled.csv", index=False)
    return tmp_path / "acled.csv"


def test_one_data_set_becomes_another_with_an_account(run, acled):
    done = run("convert", acled, "ucdp.csv", "--from", "acled", "--to", "ucdp", "--left-out", "left.json")
    assert done.exit_code == 0, done.output
    assert "rows of UCDP GED" in done.stdout
    assert "left out: nobody is said to have died" in done.stdout
    account = json.loads(acled.with_name("left.json").read_text())
    assert account["n_rows"] + account["n_left_out"] == 40
    assert account["n_rows"] == len(pd.read_csv(acled.with_name("ucdp.csv")))
    assert "ACLED" in acled.with_name("ucdp.csv-metadata.json").read_text()


def test_what_a_file_is_is_found_and_said_unless_it_is_told(run, acled):
    done = run("convert", acled, "told.csv", "--from", "acled", "--to", "acled")
    assert "acled.csv: read as ACLED" in done.stdout
    assert run("convert", acled, "found.csv", "--to", "acled", "--quiet").stdout == ""
    assert acled.with_name("found.csv").read_bytes() == acled.with_name("told.csv").read_bytes()
    assert run("convert", acled, "table.csv", "--to", "events", "--column", "date=event_date").exit_code == 0
    assert "table:event_date" in pd.read_csv(acled.with_name("table.csv")).columns


def test_a_store_is_for_export(run, tmp_path):
    with EventStore(tmp_path / "war.sqlite"):
        pass
    done = run("convert", "war.sqlite", "out.csv", "--to", "acled")
    assert done.exit_code == 1
    assert "geoconflict export --store war.sqlite --out out.csv --format acled" in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_there_and_back_through_a_file_of_ours_changes_nothing(run, acled):
    # The second file is the reference: what would run in a spreadsheet has its apostrophe there.
    assert run("convert", acled, "same.csv", "--from", "acled", "--to", "acled").exit_code == 0
    for name in ("events.parquet", "events.geojson", "events.csv", "events.gpkg"):
        assert run("convert", acled, name, "--from", "acled", "--to", "events").exit_code == 0, name
        done = run("convert", name, f"{name}.back.csv", "--from", "table", "--to", "acled")
        assert done.exit_code == 0, done.output
        assert acled.with_name(f"{name}.back.csv").read_bytes() == acled.with_name("same.csv").read_bytes(), name


@pytest.mark.parametrize(
    ("kind", "make", "name"),
    [("ucdp", ucdp_row, "x.csv"), ("polecat", polecat_row, "x.txt"), ("gdelt", gdelt_row, "x.tsv")],
)
def test_every_data_set_becomes_events_of_ours(run, tmp_path, kind, make, name):
    rows = rows_of(make, 20)
    if kind == "ucdp":
        pd.DataFrame(rows).to_csv(tmp_path / name, index=False)
    else:
        lines = [] if kind == "gdelt" else ["\t".join(rows[0])]
        (tmp_path / name).write_text(
            "\n".join([*lines, *("\t".join(row.values()) for row in rows)]) + "\n", encoding="utf-8"
        )
    done = run("convert", name, "out.parquet", "--from", kind, "--to", "events")
    assert done.exit_code == 0, done.output
    assert "20 events" in done.stdout
    frame = gpd.read_parquet(tmp_path / "out.parquet")
    assert set(EVENT_COLUMNS) <= set(frame.columns)


def test_a_table_of_any_columns_is_read_by_their_roles(run, tmp_path):
    (tmp_path / "mine.csv").write_text(
        "when,x,y,what,how,who,whom,prec\n2020-10-02,47.1,39.8,Battles,Armed clash,Army,Rebels,1\n2020-10-03,,,Battles,Armed clash,A,B,1\n"
    )
    named = {"date": "when", "lon": "x", "lat": "y", "event_type": "what", "sub_type": "how", "actors": "who,whom"}
    options = [word for role, name in named.items() for word in ("--column", f"{role}={name}")]
    done = run("convert", "mine.csv", "out.csv", "--from", "table", "--to", "acled", *options)
    assert done.exit_code == 0, done.output
    assert "1 left out: no place" in done.stdout
    assert "1 left out: how precise the place is is not stated" in done.stdout
    told = pd.read_csv(tmp_path / "out.csv")
    assert list(told.columns) == list(ACLED_COLUMNS)


def test_faulty_rows_stop_it_unless_they_are_to_be_kept(run, acled):
    rows = pd.read_csv(acled, dtype=str, keep_default_na=False)
    rows.loc[4, "event_date"] = "2020-02-31"
    rows.to_csv(acled, index=False)
    done = run("convert", acled, "out.csv", "--from", "acled", "--to", "acled")
    assert done.exit_code == 1
    assert "event_date is no day in 1 row" in done.stderr
    assert not acled.with_name("out.csv").exists()
    done = run("convert", acled, "out.csv", "--from", "acled", "--to", "acled", "--keep-faulty")
    assert done.exit_code == 0
    assert "event_date is no day" in done.stderr
    assert "40 rows of ACLED, 0 left out" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["acled.csv", "acled.csv", "--from", "acled", "--to", "acled"], "is the file that is read"),
        (["acled.csv", "x.csv", "--from", "acled", "--to", "ucdp", "--inter", "text"], "--inter is for"),
        (["acled.csv", "x.csv", "--from", "acled", "--to", "ucdp", "--column", "a=b"], "--column is for"),
        (["acled.csv", "x.csv", "--from", "table", "--to", "ucdp", "--column", "date"], "write ROLE=NAME"),
        (["acled.csv", "x.csv", "--from", "ucdp", "--to", "ucdp"], "no table of UCDP GED"),
        (["acled.csv", "x.doc", "--from", "acled", "--to", "acled"], "cannot export to .doc"),
        (["acled.csv", "x.doc", "--from", "acled", "--to", "events"], "cannot export to .doc"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_line(run, acled, arguments, said):
    done = run("convert", *arguments)
    assert done.exit_code == 1
    assert said in done.stderr


def test_the_account_hides_nothing_in_the_terminal(run, acled):
    rows = pd.read_csv(acled, dtype=str, keep_default_na=False)
    rows["event_date"] = "\x1b[2J"
    rows.to_csv(acled, index=False)
    done = run("convert", acled, "out.csv", "--from", "acled", "--to", "acled")
    assert "\x1b" not in done.output


def test_inter_codes_and_statuses_are_chosen(run, acled):
    assert run("convert", acled, "n.csv", "--from", "acled", "--to", "acled", "--inter", "number", "-q").stdout == ""
    told = pd.read_csv(acled.with_name("n.csv"), dtype=str)
    assert set(told["inter1"]) <= set("12345678")
    done = run("convert", acled, "s.csv", "--from", "acled", "--to", "acled", "--status", "denied")
    assert "0 rows of ACLED, 40 left out" in done.stdout


def test_downloads_say_what_they_need(run):
    done = run("download", "ucdp", "--out", "x.json")
    assert done.exit_code == 1
    assert "needs --release" in done.stderr
    done = run("download", "acled", "--release", "26.1", "--out", "x.json")
    assert "--release is for UCDP" in done.stderr


def test_downloads_need_a_variable(run, monkeypatch):
    for name in ("ACLED_EMAIL", "ACLED_PASSWORD", "UCDP_ACCESS_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert "environment variable ACLED_EMAIL" in run("download", "acled", "--out", "x.json").stderr
    done = run("download", "ucdp", "--release", "26.1", "--out", "x.json")
    assert done.exit_code == 1
    assert "environment variable UCDP_ACCESS_TOKEN" in done.stderr
