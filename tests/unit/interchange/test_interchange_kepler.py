import datetime as dt
import json

import pytest
from varied_events import CREDIT, varied_frames

from geoconflict.interchange.kepler import to_kepler
from geoconflict.type_styles import style_table


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    out = tmp_path_factory.mktemp("kepler") / "war.json"
    assert to_kepler(*varied_frames(), out, attribution=CREDIT) == 12
    return json.loads(out.read_text())


def rows(saved, name):
    (data,) = [one["data"] for one in saved["datasets"] if one["data"]["id"] == name]
    names = [field["name"] for field in data["fields"]]
    return [dict(zip(names, row, strict=True)) for row in data["allData"]]


def test_the_file_has_the_parts_and_versions_of_a_saved_map(saved):
    assert set(saved) == {"datasets", "config", "info"}
    assert {one["version"] for one in saved["datasets"]} == {saved["config"]["version"]} == {"v1"}
    assert saved["info"]["app"] == "kepler.gl"
    assert saved["info"]["description"] == "\n".join(CREDIT)


def test_fields_have_all_that_spares_a_guess_of_their_type(saved):
    for one in saved["datasets"]:
        for field in one["data"]["fields"]:
            assert set(field) == {"name", "type", "format", "analyzerType"}
            assert field["type"] in {"string", "integer", "real", "timestamp", "geojson"}
        assert all(len(row) == len(one["data"]["fields"]) for row in one["data"]["allData"])


def test_claims_are_a_dataset_of_their_own_and_hollow(saved):
    assert {row["status"] for row in rows(saved, "happened")} == {"occurred"}
    assert {row["status"] for row in rows(saved, "claimed")} == {"claimed", "denied", "scheduled", "hypothetical"}
    for layer in saved["config"]["config"]["visState"]["layers"]:
        assert layer["config"]["visConfig"]["filled"] == (layer["config"]["dataId"] == "happened")


def test_only_spots_have_coordinates_and_all_else_its_ground(saved):
    every = rows(saved, "happened") + rows(saved, "claimed")
    spots = {row["place_name"] for row in every if row["latitude"] is not None}
    grounds = {row["place_name"]: row["ground"]["geometry"]["type"] for row in every if row["ground"]}
    assert spots == {"Riverton", "Undated", "Before"}
    assert grounds == {
        "Hill": "Polygon", "Province <&>": "Polygon", "East Island": "MultiPolygon", "Line": "LineString",
        "Area": "Polygon", "Islands": "MultiPolygon",
    }  # fmt: skip
    assert {row["place_name"] for row in every} - spots - set(grounds) == {"Land", ""}


def test_the_time_filter_spans_the_days_of_all_datasets(saved):
    (days,) = saved["config"]["config"]["visState"]["filters"]
    assert days["type"] == "timeRange"
    assert days["dataId"] == ["happened", "claimed"]
    assert days["name"] == ["day", "day"]
    first, last = (dt.datetime.fromtimestamp(ms / 1000, dt.UTC) for ms in days["value"])
    every = [row["day"] for name in days["dataId"] for row in rows(saved, name) if row["day"]]
    assert f"{first:%Y-%m-%d %H:%M:%S}" == min(every)
    assert f"{last:%Y-%m-%d %H:%M:%S}" == max(every)


def test_colours_follow_the_types_in_the_order_that_kepler_gives_them(saved):
    for layer in saved["config"]["config"]["visState"]["layers"]:
        kinds = sorted({row["event_type"] for row in rows(saved, layer["config"]["dataId"])})
        wanted = [style_table()["types"][kind]["colour"] for kind in kinds]
        assert layer["config"]["visConfig"]["colorRange"]["colors"] == wanted
        assert layer["visualChannels"]["colorField"] == {"name": "event_type", "type": "string"}


def test_the_view_lies_over_what_is_drawn(saved):
    state = saved["config"]["config"]["mapState"]
    assert -90 < state["latitude"] < 90
    assert 0 <= state["zoom"] < 6


def test_without_claims_there_is_one_dataset(tmp_path):
    located, unlocated = varied_frames()
    told = located[located["status"] == "occurred"].reset_index(drop=True)
    to_kepler(told, unlocated, tmp_path / "x.json", attribution=CREDIT)
    assert [one["data"]["id"] for one in json.loads((tmp_path / "x.json").read_text())["datasets"]] == ["happened"]
