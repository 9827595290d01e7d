import csv
import json
import time

import duckdb
import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
import shapely
from builders import loss, place, report, source, toll, unlocated_to_frame
from geopandas.testing import assert_geodataframe_equal
from varied_events import as_told, varied_frames

from geoconflict import to_csv, to_geojson, to_geoparquet, to_gpkg, to_kepler, to_kml, to_timemap
from geoconflict.errors import InputError
from geoconflict.events import merge_sources
from geoconflict.frames import EVENT_COLUMNS, equipment_to_frame, events_to_frame, tolls_to_frame
from geoconflict.interchange.cells import plain
from geoconflict.interchange.files import EXPORT_SUFFIXES, NAMED_FORMATS, TABLE_SUFFIXES, export_events, export_table
from geoconflict.interchange.geopackage import LAYERS, UNLOCATED_LAYER
from geoconflict.interchange.partitions import export_partitions
from geoconflict.interchange.writing import with_unlocated
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


def test_csv_cells_never_run_in_a_spreadsheet(tmp_path):
    out = tmp_path / "x.csv"
    assert export(out) == 3
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())
    assert {row["lon"] for row in rows} == {"30.0", "1.0", ""}
    assert json.loads((tmp_path / "x.csv-metadata.json").read_text())["dc:rights"] == list(CREDIT)


def test_geoparquet_says_its_version_its_box_and_its_credit(tmp_path):
    out = tmp_path / "x.parquet"
    located, unlocated = varied_frames()
    export_events(located, unlocated, out, attribution=CREDIT)
    told = json.loads(pq.read_schema(out).metadata[b"geo"])
    assert told["version"] == "1.1.0"
    assert told["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert gpd.read_parquet(out).attrs["attribution"] == list(CREDIT)
    far = gpd.read_parquet(out, bbox=(49, 9, 62, 12))
    assert far["place_name"].tolist() == ["Islands"]
    query = f"SELECT place_name FROM read_parquet('{out}') WHERE bbox.xmin > 49 AND bbox.xmax < 62"
    assert duckdb.sql(query).fetchall() == [("Islands",)]


def _read(out):
    """Return what a written file holds, as :func:`varied_events.as_told` tells it."""
    if out.suffix == ".parquet":
        return as_told(gpd.read_parquet(out))
    if out.suffix == ".csv":
        table = pd.read_csv(out, keep_default_na=False, na_values=[""])
        texts = [name for name, (dtype, _) in EVENT_COLUMNS.items() if dtype == "str"]
        table[texts] = table[texts].astype("object").map(plain)
        shapes = [None if text != text else shapely.from_wkt(text) for text in table.pop("geometry_wkt")]
        return as_told(gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326"))
    layers = [*LAYERS, UNLOCATED_LAYER] if out.suffix == ".gpkg" else [None]
    read = [gpd.read_file(out, layer=layer) for layer in layers]
    return {key: row for frame in read for key, row in as_told(frame).items()}


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg", ".parquet"])
def test_every_column_of_every_event_comes_back(tmp_path, suffix):
    out = tmp_path / f"x{suffix}"
    located, unlocated = varied_frames()
    assert export_events(located, unlocated, out, attribution=CREDIT) == 12
    assert _read(out) == as_told(with_unlocated(located, unlocated))


@pytest.mark.parametrize("suffix", [".csv", ".geojson", ".gpkg", ".parquet"])
def test_a_column_of_your_own_comes_back(tmp_path, suffix):
    located, unlocated = varied_frames()
    located["checked_by"], unlocated["checked_by"] = "me", "you"
    out = tmp_path / f"x{suffix}"
    export_events(located, unlocated, out, attribution=CREDIT)
    if suffix == ".gpkg":
        layers = [gpd.read_file(out, layer=layer) for layer in [*LAYERS, UNLOCATED_LAYER]]
        values = [value for layer in layers for value in layer["checked_by"]]
    else:
        read = {".csv": pd.read_csv, ".parquet": gpd.read_parquet}.get(suffix, gpd.read_file)
        values = read(out)["checked_by"].tolist()
    assert sorted(values) == ["me"] * 11 + ["you"]


WAYS = [*((suffix, None) for suffix in EXPORT_SUFFIXES), *(("", name) for name in NAMED_FORMATS)]


def _bytes(out):
    return {file.name.replace(out.name, ""): file.read_bytes() for file in ([out] if out.is_file() else out.iterdir())}


@pytest.mark.parametrize(("suffix", "name"), WAYS)
def test_the_same_events_give_the_same_bytes(tmp_path, suffix, name):
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    located, unlocated = varied_frames()
    for out in (one, two):
        export_events(located, unlocated, out, attribution=CREDIT, file_format=name)
        time.sleep(0.01)
    assert len(_bytes(one)) >= 1
    assert _bytes(one) == _bytes(two)


@pytest.mark.parametrize(("suffix", "name"), WAYS)
def test_an_empty_store_exports_an_empty_file_that_opens(tmp_path, suffix, name):
    out = tmp_path / f"x{suffix}"
    nothing = events_to_frame([]), unlocated_to_frame([])
    assert export_events(*nothing, out, attribution=CREDIT, file_format=name) == 0
    assert all(len(content) > 0 for content in _bytes(out).values())


@pytest.mark.parametrize("write", [to_csv, to_geojson, to_geoparquet, to_gpkg, to_kepler, to_kml, to_timemap])
def test_each_writer_can_be_called_by_itself_and_checks_its_frames(tmp_path, write):
    located, unlocated = varied_frames()
    assert write(located, unlocated, tmp_path / "x.gpkg", attribution=CREDIT) >= 11
    with pytest.raises(InputError, match="no column 'event_type'"):
        write(located.drop(columns="event_type"), unlocated, tmp_path / "y.gpkg", attribution=CREDIT)
    with pytest.raises(InputError, match="there is no such folder"):
        write(located, unlocated, tmp_path / "nowhere" / "y.gpkg", attribution=CREDIT)
    assert not (tmp_path / "y.gpkg").exists()


@pytest.mark.parametrize(
    "write", [to_csv, to_geojson, to_geoparquet, to_gpkg, to_kepler, to_kml, to_timemap, export_partitions]
)
def test_a_credit_given_as_a_string_is_one_line_and_not_as_many_as_it_has_letters(tmp_path, write):
    for name, credit in (("one", CREDIT[0]), ("lines", CREDIT)):
        (tmp_path / name).mkdir()
        write(*varied_frames(), tmp_path / name / "x.gpkg", attribution=credit)
    written = [
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "one", tmp_path / "lines")
    ]
    assert written[0] == written[1]
    assert any(CREDIT[0].encode() in content for content in written[0].values())


def test_a_format_that_is_not_there_is_told_with_those_that_are(tmp_path):
    with pytest.raises(InputError, match=r"no format 'shp'; name one of kepler, timemap, or a suffix of \.csv"):
        export_events(*varied_frames(), tmp_path / "x", attribution=CREDIT, file_format="shp")


def test_only_a_geopackage_takes_tables_and_the_others_say_so(tmp_path):
    told = report("=2 tanks", source="One")
    tables = {"tolls": tolls_to_frame([(toll(told), told)])}
    with pytest.raises(InputError, match=r"only a GeoPackage \(\.gpkg\) holds tolls"):
        export_events(*varied_frames(), tmp_path / "x.kml", attribution=CREDIT, tables=tables)
    export_events(*varied_frames(), tmp_path / "x.gpkg", attribution=CREDIT, tables=tables)
    assert gpd.read_file(tmp_path / "x.gpkg", layer="tolls")["quote"].tolist() == ["=2 tanks"]


def test_an_unknown_suffix_names_the_known_ones(tmp_path):
    with pytest.raises(InputError, match=r"\.csv, \.geojson, \.gpkg, \.kml, \.parquet"):
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


def test_no_control_character_of_a_report_reaches_a_csv(tmp_path):
    told = merge_sources([source(report("Shells hit Riverton.", source="\x1b[2JOne\x9b"))])
    located = events_to_frame(told).assign(claimed_by="\x1b[2Jmayor\x9b")
    export_events(located, unlocated_to_frame(told), tmp_path / "x.csv", attribution=CREDIT)
    text = (tmp_path / "x.csv").read_text(encoding="utf-8")
    assert not {"\x1b", "\x9b"} & set(text)
    (row,) = csv.DictReader(text.splitlines())
    assert row["claimed_by"] == "\\u001b[2Jmayor\\u009b"
    assert json.loads(row["sources"])[0]["source"] == "\x1b[2JOne\x9b"
