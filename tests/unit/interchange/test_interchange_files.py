import csv
import json
import time

import geopandas as gpd
import pandas as pd
import pytest
from builders import loss, place, report, source, toll
from geopandas.testing import assert_geodataframe_equal

from geoconflict.errors import InputError
from geoconflict.events import merge_sources
from geoconflict.frames import equipment_to_frame, events_to_frame, tolls_to_frame, unlocated_to_frame
from geoconflict.interchange.files import EXPORT_SUFFIXES, TABLE_SUFFIXES, export_events, export_table
from geoconflict.models import PlacePrecision

CREDIT = ("Place data: someone, CC BY",)
EVENTS = merge_sources(
    [
        source(report("=HYPERLINK(1) shells hit Riverton", source="One")),
        source(
            report("Line fire.", source="Two"),
            at=place("Line", geometry="LINESTRING (0 0, 2 2)", precision=PlacePrecision.LINE),
        ),
        source(report("Nowhere.", source="Three"), at=None, place=None),
    ]
)


def export(path):
    return export_events(events_to_frame(EVENTS), unlocated_to_frame(EVENTS), path, attribution=CREDIT)


def test_geojson_holds_all_events_with_iso_days_and_credit(tmp_path):
    out = tmp_path / "x.geojson"
    assert export(out) == 3
    data = json.loads(out.read_text())
    assert data["attribution"] == list(CREDIT)
    kinds = [feature["geometry"] and feature["geometry"]["type"] for feature in data["features"]]
    assert sorted(kinds, key=str) == ["LineString", None, "Point"]
    assert all(feature["properties"]["starts_on"] == "2021-06-10" for feature in data["features"])
    assert all(feature["properties"]["killed_low"] is None for feature in data["features"])


def test_geoparquet_keeps_every_type(tmp_path):
    out = tmp_path / "x.parquet"
    export_events(events_to_frame(EVENTS), unlocated_to_frame([]), out, attribution=CREDIT)
    back = gpd.read_parquet(out)
    assert_geodataframe_equal(back[list(events_to_frame(EVENTS).columns)], events_to_frame(EVENTS), check_dtype=False)
    assert str(back["killed_low"].dtype) == "Int64"
    assert back["starts_on"].dtype.kind == "M"


def test_geopackage_is_read_back_with_all_rows(tmp_path):
    out = tmp_path / "x.gpkg"
    assert export(out) == 3
    back = gpd.read_file(out)
    assert len(back) == 3
    assert back.crs.to_epsg() == 4326
    assert back.geometry.isna().sum() == 1


def test_csv_cells_never_run_in_a_spreadsheet(tmp_path):
    out = tmp_path / "x.csv"
    assert export(out) == 3
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
    assert {row["lon"] for row in rows} == {"30.0", "1.0", ""}
    assert json.loads((tmp_path / "x.csv-metadata.json").read_text())["dc:rights"] == list(CREDIT)


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_the_same_events_give_the_same_bytes(tmp_path, suffix):
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    export(one)
    time.sleep(0.01)
    export(two)
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_an_empty_store_exports_an_empty_file_that_opens(tmp_path, suffix):
    out = tmp_path / f"x{suffix}"
    assert export_events(events_to_frame([]), unlocated_to_frame([]), out, attribution=CREDIT) == 0
    assert out.stat().st_size > 0


def test_an_unknown_suffix_names_the_known_ones(tmp_path):
    with pytest.raises(InputError, match=r"\.csv, \.geojson, \.gpkg, \.parquet"):
        export(tmp_path / "x.shp")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1", "'=1"),
        (";=1+1;", ";'=1+1;"),
        ('a; "=1', "a; \"'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("'=1", "''=1"),
        ("-2\n-3", "'-2\n'-3"),
        ("x=1; y", "x=1; y"),
    ],
)
def test_no_cell_of_a_table_is_a_formula_whatever_parts_cells(tmp_path, text, cell):
    told = report(text, source="One")
    export_table(tolls_to_frame([(toll(told), told)]), tmp_path / "tolls.csv", attribution=CREDIT)
    assert pd.read_csv(tmp_path / "tolls.csv")["quote"].tolist() == [cell]


@pytest.mark.parametrize("suffix", TABLE_SUFFIXES)
def test_tolls_and_equipment_are_written_as_tables_with_their_credit(tmp_path, suffix):
    told = report("=2 tanks", source="One")
    for name, table in (
        ("tolls", tolls_to_frame([(toll(told), told)])),
        ("equipment", equipment_to_frame([(loss(told), told)])),
    ):
        out = tmp_path / f"{name}{suffix}"
        assert export_table(table, out, attribution=CREDIT) == 1
        back = pd.read_csv(out) if suffix == ".csv" else pd.read_parquet(out)
        assert list(back.columns) == list(table.columns)
        assert back["quote"].tolist() == ["'=2 tanks" if suffix == ".csv" else "=2 tanks"]
        assert json.loads((tmp_path / f"{name}{suffix}-metadata.json").read_text())["dc:rights"] == list(CREDIT)
    with pytest.raises(InputError, match=r"\.csv, \.parquet"):
        export_table(table, tmp_path / "x.gpkg", attribution=CREDIT)
