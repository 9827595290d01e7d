"""From `[[maps]]` of a geoconflict.toml to files: what each asks for is on its page, and the gallery lists them all."""

import base64
import json
import re
from types import SimpleNamespace

import pytest
from builders import day, mention, place, resolution, toponym

from geoconflict import map_stage, pipeline
from geoconflict.corrections import Corrections
from geoconflict.errors import InputError
from geoconflict.models import Reading
from geoconflict.render.payload import unpack_block
from geoconflict.settings import load_settings
from geoconflict.store import EventStore

RIVERTON = place("Riverton", 30.0, 10.0)
REGION = place(
    "Delta",
    place_id="test:delta",
    kind="area",
    geometry="POLYGON ((29 9, 31 9, 31 11, 29 11, 29 9))",
    lon=30.0,
    lat=10.0,
)
TOML = """
[[maps]]
name = "all"
title = "Everything"

[[maps]]
name = "delta"
title = "The delta"
description = "Only part of it."
theme = "dark"
periods = "month"
region = "test:delta"
heat = true
districts_file = "districts.geojson"
colours = { "Explosions/Remote violence" = "#123456" }
[[maps.phases]]
from = "2021-06-01"
to = "2021-06-10"
label = "Offensive"

[[maps]]
name = "elsewhere"
bbox = [0, 50, 10, 60]
"""


class OneEvent:
    """Tools that find the same event in every report."""

    def __init__(self, root):
        self.settings = load_settings(root)
        self.reading_key, self.resolution_key, self.drawing_key = "read", "read resolve", "draw"
        self.corrections = Corrections()
        self.reading_parts, self.resolution_parts = {}, {}
        self.gazetteer = SimpleNamespace(attribution=("Places: test",), place={"test:delta": REGION}.get)
        self.town_labels = ()
        self.reader = self.geocoder = self

    def read_many(self, reports):
        for told in reports:
            yield Reading(report_id=told.report_id, toponyms=(toponym(),), mentions=(mention(told, when=day()),))

    def resolve_report(self, report, reading):
        answers = tuple(resolution(one, RIVERTON) for one in reading.toponyms)
        return SimpleNamespace(resolutions=answers, all=answers, complete=True, failures=())


@pytest.fixture
def root(tmp_path):
    (tmp_path / "geoconflict.toml").write_text(TOML, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "2021-06-02-x.txt").write_text("Shells struck Riverton.", encoding="utf-8")
    write_districts(tmp_path, "Delta")
    return tmp_path


def write_districts(root, name):
    square = {"type": "Polygon", "coordinates": [[[29, 9], [31, 9], [31, 11], [29, 11], [29, 9]]]}
    feature = {"type": "Feature", "properties": {"name": name}, "geometry": square}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]})
    (root / "districts.geojson").write_text(text, encoding="utf-8")


def block(page, name):
    return unpack_block(base64.b64decode(re.search(rf'id="{name}">([^<]*)<', page)[1]))


def test_each_map_is_what_its_table_asks_for(root):
    with EventStore(root / "s.sqlite") as store:
        _, (index, *paths) = pipeline.build(store, OneEvent(root))
    whole, delta, elsewhere = (path.read_text("utf-8") for path in paths)
    config = json.loads(re.search(r'id="gc-config">([^<]*)<', delta)[1])
    assert (config["theme"], config["periods"]) == ("dark", "month")
    assert [layer["kind"] for layer in config["layers"]] == ["areas", "heat"]
    assert config["phases"] == [{"from": 18779, "to": 18788, "label": "Offensive", "kind": "phase"}]
    assert config["style"]["types"]["Explosions/Remote violence"]["colour"] == "#123456"
    assert block(delta, "gc-areas-1")["place_area"].tolist() == [1]
    assert [len(block(page, "gc-text")["event_id"]) for page in (whole, delta, elsewhere)] == [1, 1, 0]
    gallery = index.read_text("utf-8")
    assert re.findall(r'href="([^"]+)"', gallery) == ["all.html", "delta.html", "elsewhere.html"]
    assert gallery.count("<svg") == 3
    assert "2 June 2021" in gallery
    assert "no day known" in gallery


def test_only_the_map_whose_files_changed_is_written_again(root):
    with EventStore(root / "s.sqlite") as store:
        _, paths = pipeline.build(store, OneEvent(root))
        before = [path.stat().st_mtime_ns for path in paths]
        write_districts(root, "The Delta")
        assert [one.path.name for one in map_stage.stale_maps(store, OneEvent(root))] == ["delta.html"]
        pipeline.build(store, OneEvent(root))
        after = [path.stat().st_mtime_ns for path in paths]
    assert [old == new for old, new in zip(before, after, strict=True)] == [True, True, False, True]


def test_a_region_that_the_gazetteer_lacks_is_named(root):
    text = (root / "geoconflict.toml").read_text("utf-8").replace("test:delta", "test:none")
    (root / "geoconflict.toml").write_text(text, encoding="utf-8")
    with EventStore(root / "s.sqlite") as store, pytest.raises(InputError, match="no place 'test:none'"):
        pipeline.build(store, OneEvent(root))


@pytest.mark.parametrize(
    ("limits", "n_outside"),
    [
        ('starts_on = "2021-07-01"', 1),
        ('ends_on = "2021-06-01"', 1),
        ('starts_on = "2021-06-02"', 0),
        ('ends_on = "2021-06-01"\nregion = "test:delta"', 1),
        ('ends_on = "2021-06-01"\nbbox = [0, 50, 10, 60]', 0),
        ('ends_on = "2021-06-01"\ntypes = ["Riots"]', 0),
        ("", 0),
    ],
)
def test_events_of_other_days_are_counted_and_not_in_the_file(root, limits, n_outside):
    (root / "geoconflict.toml").write_text(f'[[maps]]\nname = "days"\n{limits}\n', encoding="utf-8")
    with EventStore(root / "s.sqlite") as store:
        _, (index, path) = pipeline.build(store, OneEvent(root))
    page = path.read_text("utf-8")
    assert json.loads(re.search(r'id="gc-config">([^<]*)<', page)[1])["nOutside"] == n_outside
    if n_outside:
        assert "Shells" not in str(block(page, "gc-text"))
        assert f"0 on the map, {n_outside} listed beside it" in index.read_text("utf-8")
