"""Any table of events as an event frame: files of every kind, frames, columns of any name."""

import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from builders import place, report, source, unlocated_to_frame
from geopandas.testing import assert_geodataframe_equal

from geoconflict.errors import InputError
from geoconflict.event_tables import TABLE_ROLES, read_events
from geoconflict.events import merge_sources
from geoconflict.frame_checks import check_frames
from geoconflict.frames import EVENT_COLUMNS, events_to_frame
from geoconflict.interchange.files import export_events

ROWS = pd.DataFrame(
    {
        "date": ["2020-10-02", "2020-10-03"],
        "type": ["Battles", "Riots"],
        "lon": [47.1, 46.7],
        "lat": [39.8, 39.9],
        "note": ["a", "=b"],
    }
)
EVENTS = merge_sources(
    [
        source(report("=HYPERLINK(1) shells hit Riverton", source="One")),
        source(report("Line fire.", source="Two"), at=place("Line", geometry="LINESTRING (0 0, 2 2)")),
        source(report("Nowhere.", source="Three"), at=None, place=None),
    ]
)


def spatial(rows=ROWS):
    points = gpd.points_from_xy(rows["lon"], rows["lat"])
    return gpd.GeoDataFrame(rows.drop(columns=["lon", "lat"]), geometry=points, crs="EPSG:4326")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_with_any_delimiter_is_read(tmp_path, delimiter):
    ROWS.to_csv(tmp_path / "x.csv", index=False, sep=delimiter)
    frame = read_events(tmp_path / "x.csv")
    assert frame["event_type"].tolist() == ["Battles", "Riots"]
    assert shapely.get_coordinates(frame.geometry).tolist() == [[47.1, 39.8], [46.7, 39.9]]
    check_frames(frame)


@pytest.mark.parametrize("name", ["x.geojson", "x.json", "x.gpkg", "x.parquet", "x.shp"])
def test_files_with_a_geometry_are_read(tmp_path, name):
    made = spatial()
    if name.endswith("json"):
        (tmp_path / name).write_text(made.to_json())
    elif name == "x.parquet":
        made.to_parquet(tmp_path / name)
    else:
        made.to_file(tmp_path / name)
    frame = read_events(tmp_path / name)
    assert frame["table:note"].tolist() == ["a", "=b"]
    assert shapely.get_coordinates(frame.geometry).round(6).tolist() == [[47.1, 39.8], [46.7, 39.9]]


def test_rows_in_json_are_read(tmp_path):
    (tmp_path / "x.json").write_text(json.dumps(ROWS.to_dict("records")))
    assert read_events(tmp_path / "x.json")["table:note"].tolist() == ["a", "=b"]


def test_frames_are_read_and_moved_to_our_crs():
    assert len(read_events(ROWS)) == 2
    moved = read_events(spatial().to_crs("EPSG:3857"))
    assert moved.crs.to_epsg() == 4326
    assert shapely.get_coordinates(moved.geometry).round(6).tolist() == [[47.1, 39.8], [46.7, 39.9]]
    with pytest.raises(InputError, match="no CRS"):
        read_events(spatial().set_crs(None, allow_override=True))


def test_lines_and_areas_of_wkt_stay_what_they_are():
    rows = ROWS.drop(columns=["lon", "lat"]).assign(wkt=["LINESTRING (0 0, 1 1)", ""])
    frame = read_events(rows)
    assert frame["place_precision"].tolist() == ["line", ""]
    assert frame.geometry.isna().tolist() == [False, True]
    with pytest.raises(InputError, match="not on the globe"):
        read_events(rows.assign(wkt="POINT (10 100)"))


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg", ".parquet"])
def test_files_of_ours_come_back_as_they_were(tmp_path, suffix):
    located, unlocated = events_to_frame(EVENTS), unlocated_to_frame(EVENTS)
    export_events(located, unlocated, tmp_path / f"x{suffix}", attribution=())
    frame = read_events(tmp_path / f"x{suffix}")
    back = frame[frame.geometry.notna()][list(EVENT_COLUMNS)]
    assert_geodataframe_equal(back, located, check_less_precise=True)
    rest = pd.DataFrame(frame[frame.geometry.isna()][list(unlocated.columns)]).reset_index(drop=True)
    pd.testing.assert_frame_equal(rest, unlocated)
    assert frame.attrs["n_unlocated"] == 1


def test_precision_is_taken_in_our_words_or_in_the_codes_of_others():
    words = read_events(ROWS.assign(how=["town", "admin1"]), {"precision": "how"})
    assert words["place_precision"].tolist() == ["town", "admin1"]
    assert words["radius_m"].tolist() == [3_000.0, 60_000.0]
    codes = read_events(ROWS.assign(geo_precision=["1", "3"]))
    assert codes["place_precision"].tolist() == ["town", "admin1"]
    assert read_events(ROWS)["place_precision"].tolist() == ["unstated", "unstated"]


def test_a_status_is_one_of_ours():
    frame = read_events(ROWS.assign(said=["claimed", ""]), {"status": "said"})
    assert frame["status"].tolist() == ["claimed", "unstated"]
    with pytest.raises(InputError, match="said is none of claimed, denied"):
        read_events(ROWS.assign(said=["rumoured", ""]), {"status": "said"})
    assert (
        read_events(ROWS.assign(said="rumoured"), {"status": "said"}, faulty="keep")["status"].tolist()
        == ["unstated"] * 2
    )


def test_a_day_that_is_none_names_the_file(tmp_path):
    ROWS.assign(date="soon").to_csv(tmp_path / "x.csv", index=False)
    with pytest.raises(
        InputError, match=r"x\.csv: line 2: column 'date': 2 of 2 values are no dates.*; write all days like 2025-01-26"
    ):
        read_events(tmp_path / "x.csv")


def test_of_days_written_in_two_ways_the_one_that_may_be_misread_is_named(tmp_path):
    rows = "date,type,lon,lat\n2025-03-04,Battles,47,39\n26.01.2025,Battles,47,39\n"
    (tmp_path / "x.csv").write_text(rows)
    assert read_events(tmp_path / "x.csv")["starts_on"].astype(str).tolist() == ["2025-03-04", "2025-01-26"]
    (tmp_path / "x.csv").write_text(rows + "05.02.2025,Battles,47,39\n")
    with pytest.raises(InputError) as refused:
        read_events(tmp_path / "x.csv")
    said = str(refused.value)
    assert "x.csv: line 4: column 'date': '05.02.2025' may be read with the day or the month first" in said
    assert said.endswith("write all days like 2025-01-26, year first")


def test_a_very_long_cell_is_read(tmp_path):
    ROWS.assign(note="x" * 300_000).to_csv(tmp_path / "x.csv", index=False)
    assert read_events(tmp_path / "x.csv")["table:note"].str.len().tolist() == [300_000] * 2


def test_roles_are_named_in_the_documentation(project_root):
    page = (project_root / "docs" / "interchange.md").read_text(encoding="utf-8")
    assert [role for role in TABLE_ROLES if f"`{role}`" not in page] == []


# ---------------------------------------------------------------- what is not on the globe
@pytest.mark.parametrize("name", ["x.geojson", "x.gpkg", "x.parquet", "frame"])
@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(200, 10),
        shapely.Point(10, 91),
        shapely.LineString([(0, 0), (0, 95)]),
        shapely.Point(float("inf"), 1),
    ],
)
def test_no_file_holds_a_place_off_the_globe(tmp_path, name, shape):
    made = spatial().set_geometry([shapely.Point(47.1, 39.8), shape], crs="EPSG:4326")
    given = made if name == "frame" else tmp_path / name
    if name == "x.geojson":
        given.write_text(made.to_json())
    elif name == "x.parquet":
        made.to_parquet(given)
    elif name == "x.gpkg":
        made.to_file(given)
    with pytest.raises(InputError, match=r"the geometry is not on the globe in 1 row \(row 1\)"):
        read_events(given)
    kept = read_events(given, faulty="keep")
    assert kept.geometry.isna().tolist() == [False, True]
    assert len(kept.attrs["faults"]) == 1
    assert kept.attrs["n_unlocated"] == 1


def test_a_point_that_is_no_number_is_a_fault():
    made = spatial().set_geometry([shapely.Point(47.1, 39.8), shapely.Point(float("nan"), 3)], crs="EPSG:4326")
    kept = read_events(made, faulty="keep")
    assert kept.geometry.isna().tolist() == [False, True]
    assert len(kept.attrs["faults"]) == 1


@pytest.mark.parametrize("x", [1e12, 3e7, float("inf")])
def test_no_projection_makes_a_place_of_what_is_none(x):
    made = (
        spatial()
        .to_crs("EPSG:3857")
        .set_geometry([shapely.Point(5e6, 5e6), shapely.Point(x, 1e12 if x == 1e12 else 0)], crs="EPSG:3857")
    )
    with pytest.raises(InputError, match="not on the globe in 1 row"):
        read_events(made)
    assert read_events(made, faulty="keep").geometry.isna().tolist() == [False, True]


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32638", "EPSG:4269", "ESRI:54030"])
def test_places_in_other_systems_lead_back_to_where_they_came_from(crs):
    frame = read_events(spatial().to_crs(crs))
    assert shapely.get_coordinates(frame.geometry).round(5).tolist() == [[47.1, 39.8], [46.7, 39.9]]


@pytest.mark.parametrize("cells", [["0101000020E6", "x"], ["", ""]])
def test_a_column_that_is_no_wkt_whatever_its_name_leaves_the_coordinates(cells):
    frame = read_events(ROWS.assign(geom=cells))
    assert shapely.get_coordinates(frame.geometry).tolist() == [[47.1, 39.8], [46.7, 39.9]]
    with pytest.raises(InputError, match="geom is no WKT in 1 row"):
        read_events(ROWS.assign(geom=["POINT (1 2)", "x"]))
    if cells[0]:
        with pytest.raises(InputError, match="geom is no WKT in 2 rows"):
            read_events(ROWS.assign(geom=cells), {"wkt": "geom"})


# ---------------------------------------------------------------- files of ours that others have edited
@pytest.mark.parametrize(
    ("column", "cell", "said", "left"),
    [
        ("killed_best", "many", "killed_best is not a whole number from 0", None),
        ("killed_best", "2.5", "killed_best is not a whole number from 0", None),
        ("killed_best", "1e400", "killed_best is not a whole number from 0", None),
        ("killed_best", "-3", "killed_best is not a whole number from 0", None),
        ("n_sources", "x", "n_sources is not a whole number from 0", 0),
        ("radius_m", "nan", "radius_m is not a number from 0", None),
        ("radius_m", "-5", "radius_m is not a number from 0", None),
        ("score", "1.5", "score is not a number from 0 to 1", None),
        ("ends_on", "2020-10-02T00:00:00+03:00", "ends_on is no day", None),
        ("ends_on", "banana", "ends_on is no day", None),
        ("ends_on", "2020-02-30", "ends_on is no day", None),
        ("place_precision", "<x>", "place_precision is none of unstated, exact", ""),
        ("status", "nonsense", "status is none of unstated, occurred", "unstated"),
        ("event_id", "", "event_id is empty", ""),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".geojson"])
def test_a_cell_of_ours_that_cannot_be_used_is_named_and_can_be_left_open(tmp_path, suffix, column, cell, said, left):
    file = tmp_path / f"x{suffix}"
    export_events(events_to_frame(EVENTS), unlocated_to_frame(EVENTS), file, attribution=())
    if suffix == ".csv":
        rows = pd.read_csv(file, dtype=str, keep_default_na=False)
        rows.loc[1, column] = cell
        rows.to_csv(file, index=False)
    else:
        told = json.loads(file.read_text())
        told["features"][1]["properties"][column] = cell
        file.write_text(json.dumps(told))
    with pytest.raises(InputError, match=said + r".* in 1 row \("):
        read_events(file)
    kept = read_events(file, faulty="keep")
    assert len(kept.attrs["faults"]) == 1
    assert kept.attrs["is_own"]
    value = kept[column].iloc[1]
    assert pd.isna(value) if left is None else value == left
