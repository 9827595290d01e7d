"""What stands in a GeoPackage beside the data; how QGIS takes it is asked in tests/qgis."""

import sqlite3
import xml.etree.ElementTree as ET
from contextlib import closing

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from builders import loss, report, toll, unlocated_to_frame
from geopandas.testing import assert_geodataframe_equal
from varied_events import CREDIT, varied_frames

from geoconflict.errors import InputError
from geoconflict.event_tables import read_events
from geoconflict.frames import EVENT_COLUMNS, equipment_to_frame, tolls_to_frame
from geoconflict.interchange.geopackage import LAYERS, UNLOCATED_LAYER, is_exported_gpkg, to_gpkg
from geoconflict.type_styles import style_table


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    out = tmp_path_factory.mktemp("gpkg") / "war.gpkg"
    told = report("20 dead.", source="One")
    tables = {"tolls": tolls_to_frame([(toll(told), told)]), "equipment": equipment_to_frame([(loss(told), told)])}
    assert to_gpkg(*varied_frames(), out, attribution=CREDIT, tables=tables) == 12
    return out


def rows(file, query):
    with closing(sqlite3.connect(file)) as db:
        return db.execute(query).fetchall()


def styles(file):
    return {
        layer: ET.fromstring(qml)
        for layer, qml in rows(file, "SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault = 1")
    }


def test_each_kind_of_geometry_is_a_layer_and_what_has_no_place_a_table(file):
    assert pyogrio.list_layers(file).tolist() == [
        ["events", "Point"],
        ["event_lines", "MultiLineString"],
        ["event_areas", "MultiPolygon"],
        ["events_unlocated", None],
        ["tolls", None],
        ["equipment", None],
        ["layer_styles", None],
    ]
    n_rows = {layer: len(gpd.read_file(file, layer=layer)) for layer in [*LAYERS, UNLOCATED_LAYER]}
    assert n_rows == {"events": 8, "event_lines": 1, "event_areas": 2, "events_unlocated": 1}
    assert gpd.read_file(file, layer="events").crs.to_epsg() == 4326


def test_days_are_dates_and_not_instants(file):
    types = dict(rows(file, "SELECT name, type FROM pragma_table_info('events')"))
    assert types["starts_on"] == types["ends_on"] == "DATE"
    assert set(types) == {"fid", "geom", *EVENT_COLUMNS} - {"geometry"}
    assert ("2021-07-20",) in rows(file, "SELECT starts_on FROM events")


def test_the_credit_stands_in_the_metadata_for_gdal_and_for_qgis(file):
    for layer in [*LAYERS, UNLOCATED_LAYER]:
        assert pyogrio.read_info(file, layer=layer)["layer_metadata"]["ATTRIBUTION"] == "\n".join(CREDIT)
    told = rows(
        file,
        "SELECT table_name, metadata FROM gpkg_metadata JOIN gpkg_metadata_reference ON md_file_id = id "
        "WHERE md_standard_uri = 'http://mrcc.com/qgis.dtd'",
    )
    assert {layer for layer, _ in told} == {*LAYERS, UNLOCATED_LAYER}
    for _, document in told:
        assert [one.text for one in ET.fromstring(document).iter("rights")] == list(CREDIT)


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_has_a_style_with_the_colours_of_the_maps(file, layer):
    style = styles(file)[layer]
    renderer = style.find("renderer-v2")
    assert renderer.get("type") == "categorizedSymbol"
    assert '"event_type"' in renderer.get("attr")
    symbols = {one.get("name"): ET.tostring(one, encoding="unicode") for one in renderer.find("symbols")}
    categories = {one.get("value"): one for one in renderer.iter("category")}
    for kind, look in style_table()["types"].items():
        rgb = ",".join(str(int(look["colour"][at : at + 2], 16)) for at in (1, 3, 5))
        assert f'"{rgb},255"' in symbols[categories[kind].get("symbol")], kind
        assert categories[kind].get("render") == "true"
    hidden = [value for value, one in categories.items() if one.get("render") == "false"]
    assert hidden == ["Only the country is known", "To be reviewed"]


def test_types_differ_in_shape_too(file):
    renderer = styles(file)["events"].find("renderer-v2")
    shapes = {}
    for category in renderer.iter("category"):
        symbol = renderer.find(f"symbols/symbol[@name='{category.get('symbol')}']")
        marks = [
            (
                layer.find("Option/Option[@name='name']").get("value"),
                layer.find("Option/Option[@name='size']").get("value"),
            )
            for layer in symbol.findall("layer[@class='SimpleMarker']")
        ]
        (shapes[category.get("value")],) = {name for name, size in marks if size != "0"}
    ours = {kind: shape for kind, shape in shapes.items() if kind in style_table()["types"]}
    assert len(set(ours.values())) == len(ours) == 7


@pytest.mark.parametrize("layer", LAYERS)
def test_the_timeline_is_on_and_ends_with_the_last_day(file, layer):
    timeline = styles(file)[layer].find("temporal").attrib
    assert timeline["enabled"] == "1"
    assert (timeline["startField"], timeline["endField"]) == ("starts_on", "ends_on")
    assert "interval('1 day')" in timeline["endExpression"]


def test_the_notes_count_what_is_not_drawn(file):
    notes = styles(file)["events"].find("userNotes").get("value")
    for words in ("only the country is known (1)", "Without a place: 1", "Without a day: 1", CREDIT[1]):
        assert words in notes


def test_types_of_others_get_a_category_in_every_layer(tmp_path):
    located, _ = varied_frames()
    located.loc[0, "event_type"] = "Sabotage \x1b'&<\"'"
    to_gpkg(located, unlocated_to_frame([]), tmp_path / "x.gpkg", attribution=CREDIT)
    for style in styles(tmp_path / "x.gpkg").values():
        assert "Sabotage \\x1b'&<\"'" in [one.get("value") for one in style.iter("category")]


def test_a_clock_of_gdal_that_somebody_set_is_left_as_it_was(tmp_path):
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "1999-01-01T00:00:00.000Z"})
    try:
        to_gpkg(*varied_frames(), tmp_path / "x.gpkg", attribution=CREDIT)
        assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") == "1999-01-01T00:00:00.000Z"
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def test_no_text_ends_at_a_nul(tmp_path):
    located, unlocated = varied_frames()
    to_gpkg(located.assign(actors="a\x00b"), unlocated, tmp_path / "x.gpkg", attribution=CREDIT)
    assert set(gpd.read_file(tmp_path / "x.gpkg", layer="events")["actors"]) == {"a\ufffdb"}


def test_a_table_cannot_take_the_name_of_a_layer(tmp_path):
    located, unlocated = varied_frames()
    with pytest.raises(InputError, match="'events' is a layer of the events themselves"):
        to_gpkg(located, unlocated, tmp_path / "x.gpkg", attribution=CREDIT, tables={"events": unlocated})
    assert not (tmp_path / "x.gpkg").exists()


def test_all_columns_of_all_layers_come_back(tmp_path):
    located, unlocated = varied_frames()
    own = {"acled:notes": [f"note {k}" if k % 3 else None for k in range(len(located))], "weight": range(len(located))}
    located = located.assign(**own)
    to_gpkg(located, unlocated, tmp_path / "war.gpkg", attribution=CREDIT)
    assert is_exported_gpkg(tmp_path / "war.gpkg")
    back = read_events(tmp_path / "war.gpkg")
    assert back.attrs["is_own"]
    assert back.attrs["n_unlocated"] == len(unlocated)
    assert set(back.columns) == set(located.columns)
    back = back.set_index("event_id").loc[[*located["event_id"], *unlocated["event_id"]]].reset_index()
    assert_geodataframe_equal(
        back.iloc[: len(located)][list(located.columns)], located, check_dtype=False, normalize=True
    )
    rest = pd.DataFrame(back.iloc[len(located) :][list(unlocated.columns)]).reset_index(drop=True)
    pd.testing.assert_frame_equal(rest, unlocated)


def test_a_package_of_others_is_none_of_ours(tmp_path):
    varied_frames()[0].iloc[:1].to_file(tmp_path / "one.gpkg", layer="events")
    assert not is_exported_gpkg(tmp_path / "one.gpkg")


def test_columns_that_differ_by_case_alone_are_all_written(tmp_path):
    table = pd.DataFrame(
        {"date": ["2020-10-02"], "lon": [47.1], "lat": [39.8], "Note": ["a"], "note": ["b"], "NOTE": ["c"]}
    )
    frame = read_events(table)
    nowhere = pd.DataFrame(frame.iloc[:0].drop(columns="geometry"))
    assert to_gpkg(frame, nowhere, tmp_path / "x.gpkg", attribution=[]) == 1
    layer = gpd.read_file(tmp_path / "x.gpkg", layer="events")
    assert layer[["table:Note", "table:note_2", "table:NOTE_3"]].to_numpy().tolist() == [["a", "b", "c"]]
