"""An exported GeoPackage in QGIS itself: what it takes for style, timeline and credit, and what it draws.

The pictures are left in ``build/qgis`` for people to look at.
"""

import datetime as dt
import json
import os
import subprocess
from pathlib import Path

import pytest
from builders import report, toll
from varied_events import CREDIT, HOSTILE, varied_frames

from geoconflict.frames import tolls_to_frame
from geoconflict.geo import distance_m
from geoconflict.interchange.geopackage import LAYERS, to_gpkg
from geoconflict.type_styles import style_table

pytestmark = pytest.mark.qgis
SCRIPT = Path(__file__).with_name("look_into.py")


@pytest.fixture(scope="session")
def pictures(project_root):
    folder = project_root / "build" / "qgis"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def look(qgis_python, pictures):
    def look(file, name, *days):
        done = subprocess.run(
            [qgis_python, str(SCRIPT), str(file), str(pictures / f"{name}.png"), *days],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.stdout, done.stderr[-3000:]
        return json.loads(done.stdout)

    return look


@pytest.fixture(scope="session")
def file(tmp_path_factory):
    out = tmp_path_factory.mktemp("qgis") / "war.gpkg"
    told = report("20 dead.", source="One")
    to_gpkg(*varied_frames(), out, attribution=CREDIT, tables={"tolls": tolls_to_frame([(toll(told), told)])})
    return out


@pytest.fixture(scope="session")
def seen(look, file):
    return look(file, "all")


def test_every_layer_opens_with_its_rows(seen):
    assert seen["valid"] == [True, True, True]
    assert {name: layer["n"] for name, layer in seen["layers"].items()} == {
        "events": 8, "event_lines": 1, "event_areas": 2,
    }  # fmt: skip
    assert [layer["geometry"] for layer in seen["layers"].values()] == [0, 1, 2]
    assert seen["tables"] == {"events_unlocated": 1, "tolls": 1}


@pytest.mark.parametrize("layer", LAYERS)
def test_types_are_categories_in_the_colours_of_the_maps(seen, layer):
    told = seen["layers"][layer]
    assert told["renderer"] == "categorizedSymbol"
    for kind, style in style_table()["types"].items():
        assert style["colour"] in told["categories"][kind]["colours"]
        assert told["categories"][kind]["drawn"]
    hidden = [value for value, one in told["categories"].items() if not one["drawn"]]
    assert hidden == ["Only the country is known", "To be reviewed"]
    assert told["labels"]


def test_the_timeline_is_active_over_the_days_of_the_events(seen):
    for layer in seen["layers"].values():
        assert layer["temporal"]["active"]
        assert layer["temporal"]["by_expressions"]
        assert layer["temporal"]["fields"] == ["starts_on", "ends_on"]
    located, _ = varied_frames()
    last = located["ends_on"].max().date() + dt.timedelta(days=1)
    assert [moment[:10] for moment in seen["span"]] == ["2021-06-13", last.isoformat()]


def test_the_credit_is_metadata_and_notes(seen):
    for layer in seen["layers"].values():
        assert layer["rights"] == list(CREDIT)
        assert all(line in layer["notes"] for line in CREDIT)
        assert layer["title"].startswith("Events ")


def test_each_frame_of_the_timeline_shows_the_events_of_its_days_alone(look, file, seen):
    def shown(*days):
        return look(file, f"days-{days[0]}", *days)["shown"]

    assert seen["shown"]["events"] == [
        "Before",
        "East Island",
        "Hill",
        "Province <&>",
        "Riverton",
        "Riverton",
        "Undated",
    ]
    assert shown("2021-07-20", "2021-07-21")["events"] == ["Riverton"]
    assert shown("2021-07-21", "2021-07-22")["events"] == []
    assert shown("2021-10-14", "2021-10-15")["events"] == ["Hill"], "the last day counts"
    assert shown("2021-10-15", "2021-10-16")["events"] == []
    assert shown("2021-10-07", "2021-10-08")["events"] == [], "and not the day before the first"
    assert shown("2022-04-26", "2022-04-27")["event_areas"] == ["Area"]


def test_a_sign_is_full_where_it_happened_hollow_where_claimed_dotted_where_planned_grey_where_denied(look, tmp_path):
    located, unlocated = varied_frames()
    spot = located[located["place_name"] == "Riverton"].head(1)
    statuses = ["occurred", "unstated", "claimed", "scheduled", "hypothetical", "denied"]
    each = spot.loc[spot.index.repeat(len(statuses))].reset_index(drop=True)
    each["status"] = statuses
    each["event_id"] = [f"e{at}" for at in range(len(statuses))]
    to_gpkg(each, unlocated, tmp_path / "x.gpkg", attribution=CREDIT)
    colour, white, grey = style_table()["types"][each["event_type"][0]]["colour"], "#ffffff", "#7d8590"
    signs = {status: looks for _, status, *looks in look(tmp_path / "x.gpkg", "signs")["signs"]}
    assert signs == {
        "occurred": [colour, colour, "solid"],
        "unstated": [colour, colour, "solid"],
        "claimed": [white, colour, "solid"],
        "scheduled": [white, colour, "dot"],
        "hypothetical": [white, colour, "dot"],
        "denied": [white, grey, "solid"],
    }


def test_points_that_stand_for_more_have_rings_of_their_size_within_the_world(seen):
    rings = seen["rings"]
    assert set(rings) == {"Hill", "Province <&>", "East Island", "Land"}
    west, south, east, north = rings["Province <&>"]
    assert abs(distance_m(west, 12.0, east, 12.0) - 120_000) < 600
    assert abs(distance_m(35.0, south, 35.0, north) - 120_000) < 600
    west, _, east, _ = rings["East Island"]
    assert -180 <= west < -179.5, "the part beyond the date line is drawn there"
    assert east <= 180


def test_a_picture_is_drawn_and_a_country_is_not_on_it(look, seen, tmp_path):
    assert seen["n_pixels"] > 500
    located, unlocated = varied_frames()
    land = located[located["place_name"] == "Land"].reset_index(drop=True)
    to_gpkg(land, unlocated, tmp_path / "land.gpkg", attribution=CREDIT)
    nothing = look(tmp_path / "land.gpkg", "country")
    assert nothing["layers"]["events"]["n"] == 1
    assert nothing["n_pixels"] == 0


def test_events_are_told_apart_where_qgis_lists_them(seen):
    assert "2021-08-29 Armed clash, Riverton (claimed)" in seen["layers"]["events"]["lines"]
    assert "2022-03-17 Shelling/artillery/missile attack, Line (hypothetical)" in seen["layers"]["event_lines"]["lines"]


def test_what_reports_say_is_text_in_tips(seen):
    tips = seen["tips"]
    assert any("&lt;script&gt;" in tip for tip in tips)
    assert not any("<script" in tip for tip in tips)
    assert any("[% 1 %]" in tip for tip in tips), HOSTILE
