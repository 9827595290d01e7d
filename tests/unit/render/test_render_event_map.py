"""EventMap as a folium map: one file, the same bytes, nothing from the network."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import folium
import folium.plugins
import pytest
from branca.element import Element, Figure
from event_frames import PLACES, event, events_frame, war

from geoconflict.errors import InputError, MapError
from geoconflict.render.event_map import EventMap
from geoconflict.render.payload import unpack_block
from geoconflict.render.tiles import Tiles

ROOT = Path(__file__).parents[3]


def small(**options):
    return EventMap(events_frame([event(1), event(2)]), basemap=False, **options)


def html(event_map) -> str:
    buffer = io.BytesIO()
    event_map.save(buffer, close_file=False)
    return buffer.getvalue().decode("utf-8")


def block(text: str, name: str):
    return unpack_block(base64.b64decode(re.search(rf'id="{name}">([^<]*)<', text)[1]))


def test_it_is_a_folium_map_and_holds_the_events():
    event_map = small(title="Two events")
    assert isinstance(event_map, folium.Map)
    text = html(event_map)
    assert block(text, "gc-events")["place_name"] == [event(1)["place_name"], event(2)["place_name"]]
    assert block(text, "gc-text")["event_id"] == [event(1)["event_id"], event(2)["event_id"]]


def test_the_file_names_no_address_that_a_browser_would_load():
    text = html(small())
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", text)
    assert "url(" not in text.split("<body>")[0].replace("url(#", "")
    assert "@import" not in text


def test_report_text_never_stands_in_the_page_source():
    rows = [event(1, place_name="Unmistakable-Place", disagreements="Unmistakable-Words", actors="Unmistakable-Actor")]
    assert "Unmistakable" not in html(EventMap(events_frame(rows), basemap=False))


def test_saving_twice_gives_the_same_bytes(tmp_path):
    event_map = EventMap(war()["events"], basemap=False)
    folium.GeoJson({"type": "Point", "coordinates": [46, 40]}, name="dots", marker=folium.CircleMarker()).add_to(
        event_map
    )
    folium.LayerControl().add_to(event_map)
    first = html(event_map)
    event_map._repr_html_()
    event_map.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_bytes().decode() == first == html(event_map)


def test_elements_made_outside_get_the_same_ids_each_time():
    def built():
        event_map = small()
        group = folium.FeatureGroup(name="mine").add_to(event_map)
        folium.CircleMarker(PLACES["Goris"][::-1], tooltip="deadbeefdeadbeefdeadbeefdeadbeef").add_to(group)
        folium.LayerControl().add_to(event_map)
        return html(event_map)

    assert built() == built()
    assert "deadbeefdeadbeefdeadbeefdeadbeef" in built(), "text that looks like an id is left alone"


def test_other_processes_write_the_same_bytes(tmp_path):
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from event_frames import war; from geoconflict.render.event_map import EventMap; "
        "w = war(); EventMap(w.pop('events'), **(w | {'basemap': False})).save(sys.argv[2])"
    )
    made = []
    for seed in ("0", "4242"):
        path = tmp_path / f"{seed}.html"
        subprocess.run(
            [sys.executable, "-c", script, str(ROOT / "tests"), str(path)],
            check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        made.append(path.read_bytes())
    assert made[0] == made[1]


def test_folium_is_left_as_it_was():
    before = (Element._generate_id, [*folium.Map.default_js], [*folium.Map.default_css])
    html(small())
    assert Element.__dict__["_generate_id"].__func__ is before[0].__func__
    assert (folium.Map.default_js, folium.Map.default_css) == before[1:]
    plain = folium.Map(tiles=None)
    assert len(plain._id) == 32
    assert plain._id != folium.Map(tiles=None)._id
    assert "bootstrap" in plain.get_root().render()
    assert type(plain.get_root()) is Figure


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: folium.TileLayer("OpenStreetMap"), "TileLayer 'openstreetmap' needs https://tile.openstreetmap.org"),
        (folium.plugins.Fullscreen, "Fullscreen needs https://cdn"),
        (lambda: folium.Marker([40, 46], popup="hello"), "Popup needs jQuery"),
        (lambda: folium.Marker([40, 46], icon=folium.Icon()), "Icon needs bootstrap"),
        (
            lambda: folium.raster_layers.ImageOverlay("https://pictures.example/a.png", [[0, 0], [1, 1]]),
            "ImageOverlay needs https://pictures",
        ),
        (lambda: folium.WmsTileLayer("https://wms.example/", layers="a"), "WmsTileLayer .*needs https://wms.example"),
    ],
)
def test_an_element_that_needs_the_network_is_named(tmp_path, make, message):
    event_map = small()
    make().add_to(event_map)
    with pytest.raises(MapError, match=message):
        event_map.save(tmp_path / "map.html")
    assert not (tmp_path / "map.html").exists()


def test_keep_in_front_and_own_links_are_refused():
    event_map = small()
    group = folium.FeatureGroup().add_to(event_map)
    event_map.keep_in_front(group)
    event_map.get_root().header.add_child(folium.JavascriptLink("https://cdn.example/x.js"))
    with pytest.raises(
        MapError, match=r"JavascriptLink needs https://cdn.example/x.js(.|\n)*keep_in_front needs jQuery"
    ):
        html(event_map)


def test_raw_html_with_a_remote_file_is_refused():
    event_map = small()
    event_map.get_root().html.add_child(Element('<img src="https://pictures.example/logo.png">'))
    with pytest.raises(MapError, match=r"https://pictures.example/logo.png"):
        html(event_map)


def test_own_html_and_scripts_are_let_in_by_their_digest():
    event_map = small()
    event_map.get_root().html.add_child(Element("<p>mine</p><script>window.mine = 1;</script>"))
    text = html(event_map)
    assert "<p>mine</p>" in text
    assert text.split("default-src")[1].split(">")[0].count("sha256-") >= 3


def test_links_added_to_one_map_do_not_leak_into_the_next():
    event_map = small()
    event_map.add_js_link("x", "https://cdn.example/x.js")
    with pytest.raises(MapError, match="EventMap needs https://cdn.example/x.js"):
        html(event_map)
    html(small())


def test_location_of_the_caller_wins_over_the_events():
    assert '"focus":null' in html(small(location=[10.0, 20.0], zoom_start=7))
    assert '"focus":[[' in html(small())


def test_zoom_is_limited_to_what_the_basemap_shows():
    text = html(small())
    assert '"maxZoom": 13' in text
    assert '"minZoom": 2' in text
    assert '"maxZoom": 16' in html(small(max_zoom=16))


def test_a_frame_that_is_none_is_refused():
    with pytest.raises(InputError, match="no column 'event_id'"):
        EventMap(events_frame([event(1)]).drop(columns="event_id"), basemap=False)


def test_language_and_periods_are_checked():
    with pytest.raises(MapError, match="speaks ar, az, en, fr, hy, ru, uk"):
        small(language="tlh")
    with pytest.raises(MapError, match="periods is 'decade'; it is auto, week, month, year or none"):
        small(periods="decade")


def test_an_empty_frame_makes_a_page():
    assert "There are no events" in html(EventMap(events_frame([]), basemap=False))


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(MapError, match="cannot write the map"):
        small().save(tmp_path / "nowhere" / "map.html")


def test_the_credit_that_a_reader_gives_a_frame_stands_on_its_map():
    frame = events_frame([event(1)])
    frame.attrs["attribution"] = ("Data: A reader's", "Events: somebody else")
    text = html(EventMap(frame, basemap=False, attribution=["Events: somebody else"]))
    assert json.dumps(["Events: somebody else", "Data: A reader's"], separators=(",", ":")) in text.replace(", ", ",")


def test_credits_of_data_and_basemap_are_in_the_page():
    basemap = {"scale": 0.001, "layers": {}, "labels": [], "attribution": ["Outlines: somebody"]}
    text = html(EventMap(events_frame([event(1)]), basemap=basemap, attribution=["Events: somebody else"]))
    assert "Events: somebody else" in text
    assert "Outlines: somebody" in text


def test_the_embedded_basemap_is_clipped_to_the_war():
    text = html(EventMap(war()["events"]))
    assert 'id="gc-basemap"' in text
    assert len(text) < 700_000


def basemap_of(event_map):
    packed = re.search(r'id="gc-basemap">([^<]*)<', html(event_map))[1]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_a_function_gives_names_for_the_box_of_the_basemap():
    asked = []

    def labels(bounds):
        asked.append(bounds)
        middle = ((bounds.west + bounds.east) / 2, (bounds.south + bounds.north) / 2)
        return [("Midtown", *middle, 7.0, "town"), ("Elsewhere", middle[0] + 90, 0.0, 4.0, "town")]

    basemap = basemap_of(EventMap(events_frame([event(1), event(2)]), labels=labels))
    towns = [label[0] for label in basemap["labels"] if label[4] == "town"]
    assert towns == ["Midtown"]
    assert list(asked[0]) == pytest.approx(basemap["box"], abs=0.001)


def test_tiles_open_the_policy_for_their_host_and_are_told_to_the_page():
    tiles = Tiles(url="https://tiles.example.org/{z}/{x}/{y}.png", attribution="(c) A <Provider>")
    text = html(small(tiles=tiles))
    assert "img-src data: blob: https://tiles.example.org;" in text
    config = json.loads(re.search(r'id="gc-config">([^<]*)<', text)[1])
    assert config["tiles"] == tiles.for_page()
    assert "tiles.example.org" not in html(small())


def test_miles_are_for_who_asks():
    configs = [
        json.loads(re.search(r'id="gc-config">([^<]*)<', html(small(**options)))[1])
        for options in ({}, {"miles": True})
    ]
    assert [config["miles"] for config in configs] == [False, True]


def test_notebook_shows_the_page_in_a_frame():
    text = small(title='A "map"')._repr_html_()
    assert text.startswith("<iframe srcdoc=")
    assert 'title="A &quot;map&quot;"' in text
    assert "<script" not in text


def cluster_files(tmp_path, css=".a { color: red }"):
    (tmp_path / "c.js").write_text("window.cluster = '</script>';\n//# sourceMappingURL=c.map\n", "utf-8")
    (tmp_path / "c.css").write_text(css, "utf-8")
    cluster = folium.plugins.MarkerCluster()
    return cluster, {
        url: tmp_path / ("c.js" if url.endswith(".js") else "c.css")
        for _, url in (*cluster.default_js, *cluster.default_css)
    }


def test_local_copies_stand_in_for_the_files_of_a_plugin(tmp_path):
    cluster, files = cluster_files(tmp_path)
    event_map = small().use_local_copies(files)
    cluster.add_to(event_map)
    text = html(event_map)
    assert ".a { color: red }" in text
    assert "window.cluster = '<\\/script>'" in text
    assert "sourceMappingURL" not in text
    assert not re.search(r"<(script|link)[^>]+(src|href)=", text)
    assert html(event_map) == text


def test_what_has_no_local_copy_is_still_refused(tmp_path):
    cluster, files = cluster_files(tmp_path)
    event_map = small().use_local_copies(dict(list(files.items())[:1]))
    cluster.add_to(event_map)
    with pytest.raises(MapError, match="MarkerCluster needs https://"):
        html(event_map)


@pytest.mark.parametrize(
    "css", ["a { background: url(pin.png) }", "@import 'x.css';", "a { background: url( 'https://x.example/a' ) }"]
)
def test_a_style_sheet_that_would_load_something_is_refused(tmp_path, css):
    _, files = cluster_files(tmp_path, css)
    with pytest.raises(MapError, match=r"c\.css: would load"):
        small().use_local_copies(files)


def test_a_local_copy_must_be_there_and_of_a_known_kind(tmp_path):
    with pytest.raises(MapError, match="cannot be read"):
        small().use_local_copies({"https://x.example/a.js": tmp_path / "none.js"})
    with pytest.raises(MapError, match="neither a script"):
        small().use_local_copies({"https://x.example/a.png": tmp_path / "a.png"})


def test_a_file_without_what_the_reports_say_says_so():
    assert '"leftOut":"reports"' in html(EventMap(events_frame([event(1)]), quotes=False, basemap=False))
    assert '"leftOut":""' in html(EventMap(events_frame([event(1)]), basemap=False))


def test_a_notebook_leaves_out_the_sentences_of_a_large_map_and_the_file_keeps_them(monkeypatch):
    event_map = small()
    whole = html(event_map)
    assert "&quot;leftOut&quot;:&quot;&quot;" in event_map._repr_html_()
    monkeypatch.setattr("geoconflict.render.event_map.NOTEBOOK_TEXT_BYTES", 100)
    before = dict(event_map._blocks)
    assert "&quot;leftOut&quot;:&quot;sentences&quot;" in event_map._repr_html_()
    assert event_map._blocks == before
    assert html(event_map) == whole


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"min_score": float("nan")}, "min_score is nan; it is 0 to 1"),
        ({"starts_on": dt.date(2021, 1, 1), "ends_on": dt.date(2019, 1, 1)}, "after ends_on 2019-01-01; exchange them"),
    ],
)
def test_options_that_leave_nothing_are_refused(wrong, told):
    with pytest.raises((InputError, MapError), match=told):
        EventMap(events_frame([event(1)]), basemap=False, **wrong)


def test_the_timeline_may_begin_and_end_on_days_written_as_text():
    day = dt.date(2020, 10, 1)
    as_text, as_day = (html(small(starts_on=one, ends_on=one)) for one in (day.isoformat(), day))
    assert as_text == as_day


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("labls", "labels"),
        ("unlocatd", "unlocated"),
        ("zoom_strat", "zoom_start"),
        ("scrollWheelZom", "scroll_wheel_zoom"),
    ],
)
def test_a_misspelt_keyword_is_refused_and_the_nearest_named(name, near):
    with pytest.raises(MapError, match=f"a map takes no '{name}' \\(did you mean '{near}'"):
        small(**{name: None})


def test_a_title_is_text():
    for name in ("title", "description"):
        with pytest.raises(InputError, match=f"{name}: text, empty for none, is needed, not None"):
            small(**{name: None})


def test_options_of_folium_and_of_leaflet_reach_the_page():
    text = html(small(control_scale=True, zoom_delta=0.5, scrollWheelZoom=False, transform3DLimit=8000))
    assert '"zoomDelta": 0.5' in text
    assert '"scrollWheelZoom": false' in text
    assert '"transform3DLimit": 8000' in text


def test_a_path_with_a_nul_is_refused(tmp_path):
    with pytest.raises(MapError, match="cannot write the map: .*without NUL"):
        EventMap(events_frame([event(1)]), basemap=False).save(f"{tmp_path}/a\0b.html")
