import pandas as pd
import pytest
from click.testing import CliRunner
from event_rows import acled_row, rows_of, ucdp_row
from few_events import few_events

from geoconflict.cli import main
from geoconflict.interchange.files import export_events
from geoconflict.store import EventStore


@pytest.fixture
def files(tmp_path):
    nowhere = few_events({"id": "z"}).drop(columns="geometry")
    export_events(
        few_events({"id": "a"}, {"id": "b", "day": "2020-12-01"}), nowhere, tmp_path / "ours.geojson", attribution=[]
    )
    export_events(few_events({"id": "x"}), nowhere.iloc[:0], tmp_path / "theirs.parquet", attribution=[])
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, ["compare", *map(str, arguments)])


def test_it_prints_a_summary_and_writes_pairs_and_a_map(files):
    done = run(
        files / "ours.geojson", files / "theirs.parquet", "--pairs", files / "pairs.csv", "--map", files / "both.html"
    )
    assert done.exit_code == 0, done.output
    assert "ours       2       1           0      1" in done.output
    assert "ours: 1 without a place, which cannot be compared" in done.output
    assert "by month" in done.output
    pairs = pd.read_csv(files / "pairs.csv")
    assert pairs[["left_id", "right_id"]].to_numpy().tolist() == [["a", "x"]]
    assert "Only ours" in (files / "both.html").read_text(encoding="utf-8")


def test_a_store_and_names_and_quiet(files):
    with EventStore(files / "war.sqlite"):
        pass
    done = run(files / "war.sqlite", files / "theirs.parquet", "--names", "store", "file")
    assert done.exit_code == 0, done.output
    assert "store     0       0           0      0" in done.output
    assert run(files / "ours.geojson", files / "theirs.parquet", "-q").output == ""


def test_files_of_others_are_read_as_what_they_are_and_it_says_so(files):
    pd.DataFrame(rows_of(ucdp_row, 5)).to_csv(files / "ged.csv", index=False)
    done = run(files / "ours.geojson", files / "ged.csv")
    assert done.exit_code == 0, done.output
    assert f"{files / 'ours.geojson'}: read as events of geoconflict" in done.output
    assert f"{files / 'ged.csv'}: read as UCDP GED" in done.output
    told = run(files / "ours.geojson", files / "ged.csv", "--right-is", "acled")
    assert told.exit_code == 1
    assert "no table of ACLED" in told.output
    as_table = run(files / "ours.geojson", files / "ged.csv", "--left-is", "table", "--right-is", "table")
    assert f"{files / 'ged.csv'}: read as a table" in as_table.output


def test_the_credit_of_both_goes_with_pairs_and_map(files):
    pd.DataFrame(rows_of(ucdp_row, 5)).to_csv(files / "ged.csv", index=False)
    with EventStore(files / "war.sqlite"):
        pass
    outs = ("--pairs", files / "pairs.csv", "--map", files / "both.html")
    assert run(files / "war.sqlite", files / "ged.csv", *outs).exit_code == 0
    for made in ("pairs.csv-metadata.json", "both.html"):
        text = (files / made).read_text(encoding="utf-8")
        assert "Uppsala Conflict Data Program" in text, made
        assert "GeoNames" in text, made


def test_faulty_rows_stop_it_unless_they_are_to_be_kept(files):
    rows = rows_of(acled_row, 3)
    rows[0]["latitude"] = "99.5"
    pd.DataFrame(rows).to_csv(files / "acled.csv", index=False)
    done = run(files / "ours.geojson", files / "acled.csv")
    assert done.exit_code == 1
    assert "acled.csv" in done.output
    kept = run(files / "ours.geojson", files / "acled.csv", "--keep-faulty")
    assert kept.exit_code == 0, kept.output
    assert "acled: 1 without a place, which cannot be compared" in kept.output


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--pairs", "pairs.xlsx"], "--pairs writes .csv"),
        (["--map", "map.pdf"], "--map writes .html"),
        (["--within-km", "-3"], "within_km is -3.0"),
    ],
)
def test_arguments_that_cannot_be_used_are_told(files, options, words):
    done = run(files / "ours.geojson", files / "theirs.parquet", *options)
    assert done.exit_code == 1
    assert words in done.output


def test_it_writes_over_neither_of_the_two(files):
    few_events({"id": "x"}).drop(columns="geometry").assign(lon=46.75, lat=39.82).to_csv(files / "t.csv", index=False)
    done = run(files / "ours.geojson", files / "t.csv", "--pairs", files / "t.csv")
    assert done.exit_code == 1
    assert "is the file that is read" in done.output
    assert run(files / "none.geojson", files / "theirs.parquet").exit_code == 1
