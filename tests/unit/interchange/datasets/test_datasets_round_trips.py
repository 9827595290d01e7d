"""What a reader takes in, a writer gives back: a thousand made-up rows of each data set, cell by cell."""

import csv
import json

import geopandas as gpd
import pandas as pd
import pytest
from event_rows import acled_row, gdelt_row, polecat_row, rows_of, ucdp_row
from geopandas.testing import assert_geodataframe_equal

from geoconflict.event_tables import read_events
from geoconflict.frame_checks import check_frames
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.interchange.cells import plain
from geoconflict.interchange.datasets import exporting
from geoconflict.interchange.datasets.acled import ACLED_COLUMNS, read_acled
from geoconflict.interchange.datasets.acled_writing import to_acled
from geoconflict.interchange.datasets.adopting import in_slices
from geoconflict.interchange.datasets.faults import Faults
from geoconflict.interchange.datasets.gdelt import GDELT_COLUMNS, read_gdelt_events
from geoconflict.interchange.datasets.polecat import POLECAT_COLUMNS, read_polecat
from geoconflict.interchange.datasets.polecat_writing import to_polecat
from geoconflict.interchange.datasets.tables import open_table
from geoconflict.interchange.datasets.ucdp import UCDP_COLUMNS, adopted_ucdp, read_ucdp_ged
from geoconflict.interchange.datasets.ucdp_writing import to_ucdp

SETS = {
    "acled": (acled_row, {}, read_acled, to_acled, ACLED_COLUMNS, ",", ".csv"),
    "acled of numbers": (acled_row, {"as_numbers": True}, read_acled, to_acled, ACLED_COLUMNS, ",", ".csv"),
    "ucdp of a year": (ucdp_row, {}, read_ucdp_ged, to_ucdp, UCDP_COLUMNS, ",", ".csv"),
    "ucdp candidates": (ucdp_row, {"is_candidate": True}, read_ucdp_ged, to_ucdp, UCDP_COLUMNS, ",", ".csv"),
    "polecat": (polecat_row, {}, read_polecat, to_polecat, POLECAT_COLUMNS, "\t", ".txt"),
}


def write(path, rows, delimiter):
    with path.open("w", encoding="utf-8", newline="") as file:
        if delimiter == "\t":
            file.write("\t".join(rows[0]) + "\n")
            file.writelines("\t".join(row.values()) + "\n" for row in rows)
        else:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def read_cells(path, delimiter):
    with path.open(encoding="utf-8", newline="") as file:
        quoting = csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL
        return list(csv.DictReader(file, delimiter=delimiter, quoting=quoting))


@pytest.mark.parametrize("name", SETS)
def test_a_thousand_rows_come_back_cell_by_cell(tmp_path, name):
    make, how, read, to, columns, delimiter, suffix = SETS[name]
    rows = rows_of(make, **how)
    source, target = tmp_path / f"in{suffix}", tmp_path / f"out{suffix}"
    write(source, rows, delimiter)
    frame = read(source)
    check_frames(
        frame[frame.geometry.notna()],
        pd.DataFrame(frame[frame.geometry.isna()].drop(columns="geometry")) if frame.geometry.isna().any() else None,
    )
    report = to(frame, target)
    assert (report.n_rows, report.n_left_out, report.columns_left_out) == (1000, 0, ())
    assert report.table.to_dict("records") == [{key: plain(cell) for key, cell in row.items()} for row in rows]
    back = read_cells(target, delimiter)
    assert tuple(back[0]) == columns
    assert [{key: plain(cell) for key, cell in row.items()} for row in back] == report.table.to_dict("records")
    again = tmp_path / f"again{suffix}"
    to(read(target), again)
    assert again.read_bytes() == target.read_bytes()


@pytest.mark.parametrize("name", SETS)
def test_rows_come_back_through_a_file_of_ours(tmp_path, name):
    make, how, read, to, *_ = SETS[name]
    frame = read(pd.DataFrame(rows_of(make, 60, **how)))
    frame.to_parquet(tmp_path / "events.parquet")
    back = gpd.read_parquet(tmp_path / "events.parquet")
    assert to(back).table.equals(to(frame).table)


@pytest.mark.parametrize("name", SETS)
def test_what_is_edited_is_written_and_all_else_stays(name):
    make, how, read, to, *_ = SETS[name]
    frame = read(pd.DataFrame(rows_of(make, 40, **how)))
    before = to(frame).table
    frame.loc[3, "place_name"] = "Elsewhere"
    after = to(frame).table
    changed = {(row, column) for row, column in zip(*(after != before).to_numpy().nonzero(), strict=True)}
    place = {"acled": "location", "ucdp": "where_coordinates", "polecat": "Placename"}[name.split()[0]]
    assert (3, before.columns.get_loc(place)) in changed
    assert {row for row, _ in changed} == {3}
    assert {before.columns[column] for _, column in changed} <= {place, "City", "District", "Province"}


@pytest.mark.parametrize(
    ("best", "parts"), [(15, ("0", "0", "0", "15")), (12, ("0", "0", "12", "0"))]
)  # the second is what came, with another range
def test_the_dead_of_ucdp_by_side_are_kept_or_made_together(best, parts):
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    dead = dict(zip(names, ("0", "0", "12", "0"), strict=True)) | {"best": "12", "high": "12", "low": "12"}
    frame = read_ucdp_ged(pd.DataFrame([one | dead for one in rows_of(ucdp_row, 2)]))
    frame.loc[0, ["killed_best", "killed_high", "killed_low"]] = [best, 20, 4]
    edited, kept = to_ucdp(frame).table.to_dict("records")
    assert tuple(edited[name] for name in names) == parts
    assert (edited["best"], edited["high"], edited["low"]) == (str(best), "20", "4")
    assert {name: kept[name] for name in dead} == dead


def test_a_row_that_is_denied_later_is_left_out():
    frame = read_acled(pd.DataFrame(rows_of(acled_row, 5)))
    frame.loc[2, "status"] = "denied"
    report = to_acled(frame)
    assert report.left_out == {"the event is denied": (frame["event_id"][2],)}
    assert report.n_rows == 4


def test_the_answers_of_services_are_read_as_their_files_are(tmp_path):
    rows = rows_of(ucdp_row, 30)
    numbers = [{**row, "id": int(row["id"]), "latitude": float(row["latitude"]), "gwnob": None} for row in rows]
    (tmp_path / "answer.json").write_text(json.dumps({"TotalCount": 30, "Result": numbers}))
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    frame = read_ucdp_ged(tmp_path / "answer.json")
    assert read_ucdp_ged(tmp_path / "rows.jsonl")["event_id"].equals(frame["event_id"])
    assert to_ucdp(frame).table["id"].tolist() == [row["id"] for row in rows]
    acled = [{**row, "latitude": row["latitude"]} for row in rows_of(acled_row, 5)]
    (tmp_path / "acled.json").write_text(json.dumps({"status": 200, "success": True, "data": acled}))
    assert to_acled(read_acled(tmp_path / "acled.json")).table.to_dict("records") == acled


@pytest.mark.parametrize("version", [1, 2])
def test_gdelt_is_read_by_its_number_of_columns_zipped_too(tmp_path, version):
    import zipfile

    rows = rows_of(gdelt_row, 1000, version=version)
    text = "".join("\t".join(row.values()) + "\n" for row in rows)
    with zipfile.ZipFile(tmp_path / "20200927.export.CSV.zip", "w") as packed:
        packed.writestr("20200927.export.CSV", text)
    frame = read_gdelt_events(tmp_path / "20200927.export.CSV.zip")
    assert len(frame) == 1000
    kept = {name for name in GDELT_COLUMNS if version == 2 or not name.endswith("ADM2Code")}
    assert {name.removeprefix("gdelt:") for name in frame.columns if name.startswith("gdelt:")} == kept
    assert all(frame[f"gdelt:{name}"].tolist() == [row[name] for row in rows] for name in kept)
    precision = dict(zip(frame["gdelt:ActionGeo_Type"], frame["place_precision"], strict=True))
    assert precision == {"1": "country", "2": "admin1", "3": "town", "4": "near", "5": "admin1"}
    check_frames(frame)


def test_every_reader_gives_our_columns_with_their_types():
    for make, read in (
        (acled_row, read_acled),
        (ucdp_row, read_ucdp_ged),
        (polecat_row, read_polecat),
        (gdelt_row, read_gdelt_events),
    ):
        for n in (0, 7):
            table = pd.DataFrame(rows_of(make, n) or None, columns=list(rows_of(make, 1)[0]))
            frame = read(table)
            assert len(frame) == n
            assert list(frame.columns[: len(EVENT_COLUMNS)]) == list(EVENT_COLUMNS)
            assert frame.crs.to_epsg() == 4326
            for name, (dtype, _) in EVENT_COLUMNS.items():
                assert str(frame[name].dtype) == dtype, (make, name)


def test_a_table_of_any_columns_keeps_its_order_and_its_cells(tmp_path):
    rows = [
        {"when": "2020-10-02", "x": "47.1", "y": "39.8", "what": "shelling", "dead": "3"},
        {"when": "2020-10-03", "x": "", "y": "", "what": "talks", "dead": ""},
        {"when": "2020-10-04", "x": "46.7", "y": "39.9", "what": "=cmd", "dead": "0"},
    ]
    write(tmp_path / "mine.csv", rows, ",")
    frame = read_events(tmp_path / "mine.csv", {"date": "when", "event_type": "what", "killed": "dead"})
    assert frame["event_type"].tolist() == ["shelling", "talks", "=cmd"]
    assert frame.geometry.isna().tolist() == [False, True, False]
    assert frame["table:dead"].tolist() == ["3", "", "0"]
    assert frame["killed_best"].tolist() == [3, pd.NA, 0]
    assert set(frame["status"]) == {"unstated"}
    assert set(frame["place_precision"]) == {"unstated", ""}
    assert frame.attrs["n_unlocated"] == 1


def test_rows_come_back_from_frames_that_were_sorted_chosen_from_and_joined():
    acled = read_acled(pd.DataFrame(rows_of(acled_row, 30)))
    ucdp = read_ucdp_ged(pd.DataFrame(rows_of(ucdp_row, 30)))
    whole = to_acled(acled).table.set_index("event_id_cnty")
    some = acled.sample(12, random_state=1)
    assert to_acled(some).table.set_index("event_id_cnty").equals(whole.loc[some["acled:event_id_cnty"]])
    both = pd.concat([ucdp, acled], ignore_index=True)
    report = to_acled(both)
    mine = report.table[report.table["event_id_cnty"].isin(whole.index)].set_index("event_id_cnty")
    assert mine.equals(whole)
    assert report.n_rows + report.n_left_out == 60
    back = to_ucdp(both)
    assert back.table[back.table["id"].str.isdecimal()].reset_index(drop=True).equals(to_ucdp(ucdp).table)


def test_columns_that_a_data_set_has_no_room_for_are_named():
    rows = [{**row, "population_best": "120", "iso3": "AZE"} for row in rows_of(acled_row, 3)]
    report = to_acled(read_acled(pd.DataFrame(rows)))
    assert set(report.columns_left_out) == {"population_best", "iso3"}
    assert "no room for the columns" in report.lines()[1]


def test_a_file_of_earlier_years_lacks_columns_that_are_then_made():
    gone = ("disorder_type", "civilian_targeting", "tags", "timestamp")
    rows = [{key: cell for key, cell in row.items() if key not in gone} for row in rows_of(acled_row, 20)]
    table = to_acled(read_acled(pd.DataFrame(rows))).table
    assert table.drop(columns=list(gone)).to_dict("records") == rows
    assert set(table["disorder_type"]) <= {
        "Political violence",
        "Demonstrations",
        "Political violence; Demonstrations",
        "Strategic developments",
    }
    assert (table["disorder_type"] != "").all()


def test_rows_made_a_few_at_a_time_are_those_made_at_once(monkeypatch):
    rows = pd.DataFrame([*rows_of(ucdp_row, 40), *rows_of(ucdp_row, 2)])
    frame = read_ucdp_ged(rows, faulty="keep")
    faults = Faults("the frame")
    table = open_table(rows, UCDP_COLUMNS, (), faults=faults, encodings=("utf-8",), kind="UCDP GED")
    sliced = in_slices(adopted_ucdp, table, faults, n_rows=7)
    assert_geodataframe_equal(sliced, frame)
    assert faults.lines() == frame.attrs["faults"]
    assert sliced.attrs["n_unlocated"] == frame.attrs["n_unlocated"]
    at_once = to_acled(frame)
    monkeypatch.setattr(exporting, "_SLICE", 7)
    part_by_part = to_acled(frame)
    assert part_by_part.table.equals(at_once.table)
    assert part_by_part.left_out == at_once.left_out
    assert to_ucdp(frame).table.to_dict("records") == rows.to_dict("records")
