from __future__ import annotations

import contextlib
import json
import warnings

import geopandas as gpd
import pyogrio
import pytest
import shapely

from geoconflict.errors import InputError
from geoconflict.frames import lines_to_frame
from geoconflict.map_choice import districts_of
from geoconflict.vector_file import layers_of, read_vector_file
from tests.loopback import serving

AREAS = gpd.GeoDataFrame(
    {"name": ["One", "Two"]}, geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], crs=4326
)
FEATURE = {
    "type": "Feature",
    "properties": {"name": "Far"},
    "geometry": {"type": "Point", "coordinates": [40.0, 45.0]},
}


@pytest.mark.parametrize("suffix", [".geojson", ".json", ".gpkg", ".parquet", ".shp"])
def test_each_format_is_read(tmp_path, suffix):
    file = tmp_path / f"areas{suffix}"
    if suffix == ".parquet":
        AREAS.to_parquet(file)
    else:
        AREAS.to_file(file, driver={".json": "GeoJSON"}.get(suffix))
    read = read_vector_file(file)
    assert read["name"].tolist() == ["One", "Two"]
    assert read.crs.to_epsg() == 4326
    assert shapely.equals(read.geometry.array, AREAS.geometry.array).all()


def test_a_virtual_dataset_in_a_file_of_any_name_fetches_and_reads_nothing(tmp_path):
    with serving() as site:
        site.put("/far.geojson", json.dumps({"type": "FeatureCollection", "features": [FEATURE]}))
        source = f"<SrcDataSource>/vsicurl/{site.url}/far.geojson</SrcDataSource>"
        virtual = f'<OGRVRTDataSource><OGRVRTLayer name="far">{source}</OGRVRTLayer></OGRVRTDataSource>'
        trap = tmp_path / "followed.geojson"
        trap.write_text(virtual)
        with warnings.catch_warnings(action="ignore"), contextlib.suppress(Exception):
            gpd.read_file(trap)
        assert site.requests, "GDAL itself follows such a file"
        site.requests.clear()
        for suffix in (".geojson", ".json", ".gpkg", ".parquet", ".shp", ".vrt", ".csv", ".zip", ""):
            file = tmp_path / f"trap{suffix}"
            file.write_text(virtual)
            for read in (read_vector_file, districts_of, lambda one: lines_to_frame([], [one])):
                with pytest.raises(InputError, match="cannot be read as a map layer"):
                    read(file)
        assert site.requests == []


@pytest.mark.parametrize(
    "form",
    ["{url}", "/vsicurl/{url}", "/vsicurl_streaming/{url}", "GeoJSON:{url}", "/vsizip/vsicurl/{url}", "zip+{url}"],
)
def test_an_address_is_no_file(form):
    with serving() as site:
        site.put("/far.geojson", json.dumps({"type": "FeatureCollection", "features": [FEATURE]}))
        with pytest.raises(InputError, match="only files on disk are|no such file"):
            read_vector_file(form.format(url=f"{site.url}/far.geojson"))
        assert site.requests == []


@pytest.mark.parametrize("name", ["a.zip!b.gpkg", "a\0.geojson", "nothing.gpkg"])
def test_a_path_that_names_no_plain_file_is_refused(tmp_path, name):
    with pytest.raises(InputError, match="cannot be read as a map layer"):
        read_vector_file(f"{tmp_path}/{name}")


def test_geojson_may_name_a_crs_but_no_file_of_one(tmp_path):
    file = tmp_path / "areas.geojson"
    told = {"type": "FeatureCollection", "features": [FEATURE]}
    for name, code in {"urn:ogc:def:crs:OGC:1.3:CRS84": "EPSG:4326", "urn:ogc:def:crs:EPSG::3857": "EPSG:3857"}.items():
        file.write_text(json.dumps({**told, "crs": {"type": "name", "properties": {"name": name}}}))
        assert read_vector_file(file).crs == code
    file.write_text(json.dumps({**told, "crs": {"type": "name", "properties": {"name": "+init=/etc/hosts:1"}}}))
    with pytest.raises(InputError, match="save it with longitude and latitude"):
        read_vector_file(file)


def test_of_several_layers_one_is_to_be_named(tmp_path):
    file = tmp_path / "two.gpkg"
    AREAS.to_file(file, layer="old")
    AREAS.iloc[:1].to_file(file, layer="new")
    assert layers_of(file) == ("old", "new")
    assert read_vector_file(file, "new")["name"].tolist() == ["One"]
    with pytest.raises(
        InputError, match=r"several layers: old, new; write the one .*read_file\('two.gpkg', layer='old'\)"
    ):
        read_vector_file(file)
    with pytest.raises(InputError, match="no layer 'newer'; there are old, new"):
        read_vector_file(file, "newer")


def test_a_table_beside_the_one_layer_is_no_second_layer(tmp_path):
    file = tmp_path / "one.gpkg"
    AREAS.to_file(file, layer="areas")
    pyogrio.write_dataframe(AREAS.drop(columns="geometry"), file, layer="notes", append=True)
    assert read_vector_file(file)["name"].tolist() == ["One", "Two"]
    table = read_vector_file(file, "notes")
    assert table["name"].tolist() == ["One", "Two"]
    assert table.geometry.isna().all()
    alone = tmp_path / "table.gpkg"
    pyogrio.write_dataframe(AREAS.drop(columns="geometry"), alone, layer="notes")
    with pytest.raises(InputError, match="no layer with a geometry"):
        read_vector_file(alone)


def test_files_of_other_kinds_have_no_layers(tmp_path):
    AREAS.to_parquet(tmp_path / "areas.parquet")
    assert layers_of(tmp_path / "areas.parquet") == ()
