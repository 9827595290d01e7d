import pytest
from few_events import few_events

from geoconflict.comparing import compare_events
from geoconflict.comparing.reading import read_events
from geoconflict.errors import InputError
from geoconflict.interchange.files import export_events


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg", ".parquet"])
def test_what_was_exported_is_read_as_it_was(tmp_path, suffix):
    events = few_events({"id": "0017", "killed": 3}, {"id": "b", "days": (None, "2020-10-05"), "place_name": "NA"})
    nowhere = few_events({"id": "c"}).drop(columns="geometry")
    path = tmp_path / f"events{suffix}"
    export_events(events, nowhere, path, attribution=[])
    read, n_unlocated = read_events(path)
    assert n_unlocated == 1
    assert dict(zip(read["event_id"], read["place_name"], strict=True)) == {"0017": "Town", "b": "NA"}
    assert read["killed_best"].sum() == 3
    assert read["starts_on"].isna().tolist() == [False, True]
    assert len(compare_events(events, read, min_score=0.1).pairs) == 1


def test_a_table_of_other_data_is_read_by_its_usual_names(tmp_path):
    path = tmp_path / "ged.csv"
    path.write_text(
        "id,where_prec,latitude,longitude,date_start,date_end,best,side_a,side_b\n"
        "7,6,40.4,47.5,2020-10-01,2020-10-03,4,A,B\n8,1,,,2020-10-01,2020-10-03,4,A,B\n",
        encoding="utf-8",
    )
    read, n_unlocated = read_events(path)
    assert n_unlocated == 1
    assert read["place_precision"].tolist() == ["country"]
    assert read["actors"].tolist() == ["A; B"]


def test_what_cannot_be_read_says_why(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read_events(tmp_path / "none.csv")
    path = tmp_path / "odd.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no columns longitude and latitude; the columns are a, b"):
        read_events(path)
    path.write_text("lon,lat\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"odd\.csv: events: no column of dates was found"):
        read_events(path)
