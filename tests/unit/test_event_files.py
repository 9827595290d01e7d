"""Files of any kind: found by their columns, read by their own readers, or taken for what is said."""

import json

import pandas as pd
import pytest
from event_rows import acled_row, gdelt_row, polecat_row, rows_of, ucdp_row
from few_events import few_events

from geoconflict.comparing import compare_events
from geoconflict.errors import InputError
from geoconflict.event_files import STORE, kind_of_file, read_event_file
from geoconflict.interchange.datasets.acled import ACLED_NEEDED
from geoconflict.interchange.files import export_events
from geoconflict.store import EventStore


def csv_of(rows, path, **how):
    pd.DataFrame(rows).to_csv(path, index=False, **how)
    return path


def tabs_of(rows, path, *, header):
    lines = (["\t".join(rows[0])] if header else []) + ["\t".join(row.values()) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path):
    rows = rows_of(acled_row, 8)
    return {
        "acled": [
            csv_of(rows, tmp_path / "a.csv"),
            csv_of(rows, tmp_path / "semicolons.csv", sep=";"),
            csv_of(rows, tmp_path / "a.csv.gz"),
            csv_of([{name.upper(): cell for name, cell in row.items()} for row in rows], tmp_path / "loud.csv"),
        ],
        "ucdp": [csv_of(rows_of(ucdp_row, 8), tmp_path / "ged.csv")],
        "polecat": [tabs_of(rows_of(polecat_row, 8), tmp_path / "polecat.txt", header=True)],
        "gdelt": [tabs_of(rows_of(gdelt_row, 8), tmp_path / "2020.export.CSV", header=False)],
        "table": [
            csv_of([{"date": "2020-10-01", "lon": 47.1, "lat": 39.8}], tmp_path / "mine.csv"),
            # What other tables have in common with POLECAT.
            csv_of(
                [{"event_id": "1", "event_date": "2020-10-01", "event_type": "Battles", "country": "AZE",
                  "latitude": 39.8, "longitude": 47.1}],
                tmp_path / "like.csv",
            ),
        ],
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["acled", "ucdp", "polecat", "gdelt", "table"])
def test_a_file_is_known_by_its_columns(files, kind):
    for path in files[kind]:
        assert kind_of_file(path) == (kind, ""), path
        read = read_event_file(path)
        assert read.kind == kind
        assert len(read.frame) == (8 if kind != "table" else 1)
        assert any(name.startswith(f"{kind}:") for name in read.frame.columns)


def test_an_answer_of_a_service_is_known_by_its_columns(tmp_path):
    path = tmp_path / "acled.json"
    path.write_text(json.dumps({"data": rows_of(acled_row, 3)}), encoding="utf-8")
    read = read_event_file(path)
    assert (read.kind, read.taken_for, len(read.frame)) == ("acled", "ACLED", 3)


def test_what_is_said_wins_over_the_columns(files):
    ged = files["ucdp"][0]
    with pytest.raises(InputError, match="no table of ACLED"):
        read_event_file(ged, "acled")
    told = read_event_file(files["acled"][0], "table")
    assert told.taken_for == "a table, by usual names of columns"
    with pytest.raises(InputError, match="'acleed' is no kind of file; there are acled, ucdp"):
        read_event_file(ged, "acleed")
    named = read_event_file(files["table"][0], columns={"lon": "lon"})
    assert (named.kind, named.taken_for) == ("table", "a table")


def test_a_table_that_lacks_columns_of_a_data_set_says_which(tmp_path):
    path = tmp_path / "cut.csv"
    path.write_text(
        "id,where_prec,latitude,longitude,date_start,date_end,best,side_a,side_b\n"
        "7,6,40.4,47.5,2020-10-01,2020-10-03,4,A,B\n8,1,,,2020-10-01,2020-10-03,4,A,B\n",
        encoding="utf-8",
    )
    read = read_event_file(path)
    assert read.taken_for == (
        "a table, by usual names of columns; it lacks type_of_violence, date_prec, high, low of UCDP GED"
    )
    located, n_unlocated = read.located()
    assert n_unlocated == 1
    assert located["place_precision"].tolist() == ["country"]
    assert located["actors"].tolist() == ["A; B"]


def test_most_of_what_a_data_set_needs_makes_it_no_data_set(tmp_path):
    rows = rows_of(acled_row, 2)
    for name in ACLED_NEEDED:
        path = csv_of([{key: cell for key, cell in row.items() if key != name} for row in rows], tmp_path / "cut.csv")
        assert kind_of_file(path) == ("table", f"it lacks {name} of ACLED")


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg", ".parquet"])
def test_what_was_exported_is_read_as_it_was(tmp_path, suffix):
    events = few_events({"id": "0017", "killed": 3}, {"id": "b", "days": (None, "2020-10-05"), "place_name": "NA"})
    nowhere = few_events({"id": "c"}).drop(columns="geometry")
    path = tmp_path / f"events{suffix}"
    export_events(events, nowhere, path, attribution=[])
    read = read_event_file(path)
    assert read.taken_for == "events of geoconflict"
    located, n_unlocated = read.located()
    assert n_unlocated == 1
    assert dict(zip(located["event_id"], located["place_name"], strict=True)) == {"0017": "Town", "b": "NA"}
    assert located["killed_best"].sum() == 3
    assert located["starts_on"].isna().tolist() == [False, True]
    assert len(compare_events(events, located, min_score=0.1).pairs) == 1


def test_a_store_is_known_whatever_its_name(tmp_path):
    for name in ("war.sqlite", "war.store"):
        with EventStore(tmp_path / name):
            pass
        read = read_event_file(tmp_path / name)
        assert (read.kind, read.taken_for, len(read.frame)) == (STORE, "an event store", 0)


def test_what_cannot_be_read_says_why(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_event_file(tmp_path / "none.csv")
    path = tmp_path / "odd.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no columns of coordinates; .*the columns are a, b"):
        read_event_file(path)
    path.write_text("lon,lat\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"odd\.csv: no column of dates was found"):
        read_event_file(path)
    path.write_text("x" * 200_000 + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="no columns of coordinates"):
        read_event_file(path)


def test_faulty_rows_stop_it_unless_they_are_to_be_kept(tmp_path):
    rows = rows_of(acled_row, 4)
    rows[1]["event_date"] = "2020-02-31"
    path = csv_of(rows, tmp_path / "a.csv")
    with pytest.raises(InputError, match="event_date is no day in 1 row"):
        read_event_file(path)
    assert len(read_event_file(path, faulty="keep").frame) == 4
