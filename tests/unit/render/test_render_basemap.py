import csv
import gzip
import hashlib
import itertools
import json
import math
import os
import subprocess
import sys
from importlib import resources

import pytest

from geoconflict.errors import InputError, MapError
from geoconflict.geo import Bounds
from geoconflict.render.basemap import LAYERS, Label, basemap_bytes, clip_basemap
from geoconflict.render.outlines import read_outlines

CAUCASUS = Bounds(45.9, 38.9, 47.5, 40.4)
CRIMEA = Bounds(32.5, 44.4, 36.6, 46.2)
PACIFIC = Bounds(-140.0, -45.0, -138.0, -43.0)
WORLD = Bounds(-180.0, -90.0, 180.0, 90.0)
RESOURCES = resources.files("geoconflict.resources") / "basemap"


def decoded(path, scale=0.001):
    x = y = 0
    points = []
    for dx, dy in zip(path[::2], path[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x * scale, y * scale))
    return points


def is_filled(basemap, layers, lon, lat):
    """Even-odd rule over all rings of each layer, as the page fills them."""
    for layer in layers:
        crossings = 0
        for ring in basemap["layers"][layer]["rings"]:
            points = decoded(ring, basemap["scale"])
            for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
                if (ay > lat) != (by > lat) and lon < ax + (lat - ay) / (by - ay) * (bx - ax):
                    crossings += 1
        if crossings % 2:
            return True
    return False


def names(basemap, kind):
    return {label[0] for label in basemap["labels"] if label[4] == kind}


def gz_size(basemap):
    return len(gzip.compress(basemap_bytes(basemap), 9, mtime=0))


def test_a_clip_has_every_layer_in_the_described_form():
    basemap = clip_basemap(CAUCASUS)
    assert set(basemap["layers"]) == set(LAYERS)
    for layer in basemap["layers"].values():
        paths = layer["rings"] if layer["type"] == "polygon" else layer["lines"]
        least = 6 if layer["type"] == "polygon" else 4
        assert all(len(path) >= least and len(path) % 2 == 0 for path in paths)
        assert all(type(number) is int for path in paths for number in path)
    assert json.loads(basemap_bytes(basemap)) == basemap


def test_disputed_lines_have_a_name_each():
    disputed = clip_basemap(CAUCASUS)["layers"]["disputed"]
    assert len(disputed["names"]) == len(disputed["lines"]) > 0
    assert any("Ceasefire Line 1994" in name for name in disputed["names"])
    assert all(disputed["names"])


def test_detail_stays_inside_the_box():
    basemap = clip_basemap(CAUCASUS)
    west, south, east, north = basemap["box"]
    for name in LAYERS:
        layer = basemap["layers"][name]
        if name.startswith(("world_", "around_")):
            continue
        for path in layer.get("rings") or layer.get("lines") or []:
            for lon, lat in decoded(path):
                assert west - 1e-9 <= lon <= east + 1e-9
                assert south - 1e-9 <= lat <= north + 1e-9


def test_the_world_behind_leaves_the_box_to_the_detail():
    basemap = clip_basemap(CRIMEA)
    west, south, east, north = basemap["box"]
    assert not is_filled(basemap, ["world_land"], (west + east) / 2, (south + north) / 2)
    assert is_filled(basemap, ["world_land"], 44.0, 33.0)  # Iraq
    assert is_filled(basemap, ["world_land"], -55.0, -10.0)  # Brazil
    assert not is_filled(basemap, ["world_land"], -30.0, 0.0)  # mid Atlantic
    assert not is_filled(basemap, ["world_land"], 51.0, 40.0)  # Caspian Sea, a hole in the land


@pytest.mark.parametrize(
    ("lon", "lat", "is_land"),
    [(34.1, 45.0, True), (35.0, 44.0, False), (36.5, 45.9, False), (33.0, 46.6, True), (31.5, 45.5, False)],
)
def test_land_and_sea_are_told_apart(lon, lat, is_land):
    assert is_filled(clip_basemap(CRIMEA), ["land"], lon, lat) is is_land


def test_a_box_without_any_coast_is_land_all_over():
    basemap = clip_basemap(CAUCASUS)
    assert basemap["layers"]["coast"]["lines"] == []
    assert all(is_filled(basemap, ["land"], lon, lat) for lon in (45.1, 46.7, 48.3) for lat in (38.1, 39.7, 41.2))


def test_a_box_in_the_ocean_is_a_valid_map_without_land():
    basemap = clip_basemap(PACIFIC)
    detail = [name for name in LAYERS if not name.startswith("world_")]
    assert all(not basemap["layers"][name].get("rings") and not basemap["layers"][name].get("lines") for name in detail)
    assert basemap["layers"]["world_land"]["rings"]
    assert names(basemap, "country")
    assert basemap["attribution"]


def test_the_whole_world_has_no_backdrop_and_stays_small():
    basemap = clip_basemap(WORLD)
    assert basemap["layers"]["world_land"]["rings"] == []
    assert basemap["layers"]["world_borders"]["lines"] == []
    assert basemap["layers"]["admin1_borders"]["lines"] == []
    assert len(basemap["layers"]["country_borders"]["lines"]) > 200
    assert gz_size(basemap) < 100_000


@pytest.mark.parametrize(
    ("bounds", "limit"),
    [
        (CAUCASUS, 35_000),
        (Bounds(34.2, 31.2, 34.6, 31.6), 30_000),
        (Bounds(22.5, 44.5, 40, 52.2), 90_000),
        (Bounds(25, 12, 63, 42), 130_000),
        (Bounds(-17, -34, 51, 37), 60_000),
    ],
)
def test_a_clip_costs_the_page_little(bounds, limit):
    assert gz_size(clip_basemap(bounds)) < limit


@pytest.mark.parametrize(
    "bounds",
    [
        Bounds(46.75, 39.8, 46.75, 39.8),
        Bounds(177.0, -19.0, 180.0, -16.0),
        Bounds(-180.0, 51.0, -179.0, 52.0),
        Bounds(-10.0, -90.0, 10.0, -88.0),
        Bounds(0.0, 90.0, 0.0, 90.0),
    ],
)
def test_points_poles_and_the_antimeridian_are_boxes_like_others(bounds):
    basemap = clip_basemap(bounds)
    west, south, east, north = basemap["box"]
    assert -180 <= west < east <= 180
    assert -90 <= south < north <= 90
    assert east - west >= 1.0


def test_cuts_of_the_globe_are_no_coast():
    for bounds in (Bounds(170.0, 60.0, 180.0, 70.0), Bounds(-10.0, -90.0, 10.0, -80.0)):
        for line in clip_basemap(bounds)["layers"]["coast"]["lines"]:
            points = decoded(line)
            for (ax, ay), (bx, by) in itertools.pairwise(points):
                assert not (ax == bx and abs(ax) > 179.99)
                assert not (ay == by and ay < -89.99)


@pytest.mark.parametrize(
    "bounds",
    [
        Bounds(math.nan, 0, 1, 1),
        Bounds(10, 0, 5, 1),
        Bounds(0, 5, 1, 4),
        Bounds(0, 0, 1, 95),
        Bounds(-181, 0, 1, 1),
        Bounds(0, 0, math.inf, 1),
    ],
)
def test_what_is_no_box_is_refused_with_a_reason(bounds):
    with pytest.raises(InputError, match="no basemap for the box"):
        clip_basemap(bounds)


def test_countries_are_named_even_where_their_usual_label_is_far_away():
    basemap = clip_basemap(CAUCASUS)
    west, south, east, north = basemap["box"]
    inside = {label[0] for label in basemap["labels"] if west <= label[1] <= east and south <= label[2] <= north}
    assert {"Azerbaijan", "Armenia", "Iran"} <= inside
    assert {"Lachin", "Syunik"} <= names(basemap, "admin1")


def test_no_country_name_is_written_on_a_contested_part():
    basemap = clip_basemap(CRIMEA)
    west, south, east, north = 32.5, 44.4, 36.6, 46.1
    assert not [
        label
        for label in basemap["labels"]
        if label[4] == "country" and west <= label[1] <= east and south <= label[2] <= north
    ]
    assert "Crimea" in names(basemap, "admin1")


def test_a_part_without_a_country_name_has_the_name_of_its_region():
    gaza = [label for label in clip_basemap(Bounds(34.2, 31.2, 34.6, 31.6))["labels"] if label[0] == "Gaza Strip"]
    assert [(label[4], round(label[1]), round(label[2])) for label in gaza] == [("admin1", 34, 31)]


UKRAINE = Bounds(22.5, 44.5, 40, 52.2)


def test_rivers_have_a_name_or_none_and_stay_inside_the_box():
    basemap = clip_basemap(UKRAINE)
    rivers = basemap["layers"]["rivers"]
    assert len(rivers["lines"]) == len(rivers["names"])
    assert {"Dnipro", "Dniester", "Danube"} <= set(rivers["names"])
    west, south, east, north = basemap["box"]
    for line in rivers["lines"]:
        for lon, lat in decoded(line, basemap["scale"]):
            assert west - 0.001 <= lon <= east + 0.001
            assert south - 0.001 <= lat <= north + 0.001


def test_the_dnipro_flows_by_its_towns():
    basemap = clip_basemap(UKRAINE)
    rivers = basemap["layers"]["rivers"]
    points = [
        point
        for line, name in zip(rivers["lines"], rivers["names"], strict=True)
        if name == "Dnipro"
        for point in decoded(line, basemap["scale"])
    ]
    for town in [(30.55, 50.45), (35.1, 48.46), (32.6, 46.6)]:
        assert min(math.dist(town, point) for point in points) < 0.3


def test_maps_of_continents_have_only_rivers_with_names():
    rivers = clip_basemap(WORLD)["layers"]["rivers"]
    assert len(rivers["lines"]) > 100
    assert "" not in rivers["names"]


def test_waters_inside_the_box_are_named_and_far_seas_only_where_they_are_large():
    basemap = clip_basemap(UKRAINE)
    assert {"Sea of Azov", "Black Sea", "Atlantic Ocean"} <= names(basemap, "sea")
    assert "Gulf of Aqaba" not in names(basemap, "sea")
    assert "Kyiv Reservoir" in names(basemap, "lake")
    assert "Lake Victoria" not in names(basemap, "lake")


def test_around_a_small_box_the_land_is_finer_than_the_world():
    small, large = (clip_basemap(bounds)["layers"] for bounds in (CAUCASUS, Bounds(-17, 5, 25, 25)))
    assert small["around_borders"]["lines"]
    assert is_filled(clip_basemap(CAUCASUS), ["around_land"], 44.0, 33.0)
    assert not is_filled(clip_basemap(CAUCASUS), ["around_land"], 50.5, 40.0)
    assert large["around_land"]["rings"] == large["around_borders"]["lines"] == []


def test_a_country_has_several_places_for_its_name_inside_itself():
    places = [
        (lon, lat)
        for name, lon, lat, _, kind in clip_basemap(UKRAINE)["labels"]
        if (name, kind) == ("Ukraine", "country")
    ]
    assert len(places) == 9  # its best one, and four each in the middle of its widest parts and to their sides
    assert all(23 < lon < 40 and 45 < lat < 52.4 for lon, lat in places)


def test_labels_of_the_caller_are_kept_inside_the_box_and_stay_data():
    town = Label("</script><b>A`${town}", 46.75, 39.82, 7.0)
    basemap = clip_basemap(CAUCASUS, labels=[town, Label("Elsewhere", 0.0, 0.0)])
    assert list(town) in basemap["labels"]
    assert "Elsewhere" not in {label[0] for label in basemap["labels"]}


def test_countries_come_before_the_callers_labels_and_those_before_regions():
    basemap = clip_basemap(CAUCASUS, labels=[Label("Town", 46.75, 39.82)])
    kinds = [label[4] for label in basemap["labels"]]
    order = ["country", "town", "waters", "admin1"]
    groups = ["waters" if kind in {"sea", "lake"} else kind for kind in kinds]
    assert groups == sorted(groups, key=order.index)
    assert set(groups) == set(order)


def test_the_attribution_names_the_source_and_whose_borders_are_drawn():
    text = " ".join(clip_basemap(CAUCASUS)["attribution"])
    assert "Natural Earth" in text
    assert "de facto" in text


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_equal_arguments_give_equal_bytes_in_every_process(seed):
    code = (
        "import hashlib; from geoconflict.geo import Bounds; from geoconflict.render.basemap import *;"
        "print(hashlib.sha256(basemap_bytes(clip_basemap(Bounds(45.9, 38.9, 47.5, 40.4)))).hexdigest())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert run.stdout.strip() == hashlib.sha256(basemap_bytes(clip_basemap(CAUCASUS))).hexdigest()


@pytest.mark.parametrize(
    "damage", [lambda raw: raw[:1000], lambda raw: b"not gzip", lambda raw: gzip.compress(b"\x02\0\0\0{}")]
)
def test_a_damaged_file_is_reported_with_the_repair(damage):
    raw = (RESOURCES / "outlines.bin.gz").read_bytes()
    with pytest.raises(MapError, match="reinstall the package"):
        read_outlines(damage(raw))


def test_a_file_of_another_format_is_reported():
    header = b'{"format":99}'
    with pytest.raises(MapError, match="format 99"):
        read_outlines(gzip.compress(len(header).to_bytes(4, "little") + header))


def test_the_readme_describes_the_very_files_in_the_package():
    readme = (RESOURCES / "README.md").read_text("utf-8")
    for name in ("outlines.bin.gz", "labels.csv"):
        content = (RESOURCES / name).read_bytes()
        row = f"| `{name}` | {len(content)} | {hashlib.sha256(content).hexdigest()} |"
        assert row in readme, f"rebuild changed {name}: write {row!r} into geoconflict/resources/basemap/README.md"
    inflated = gzip.decompress((RESOURCES / "outlines.bin.gz").read_bytes())
    assert hashlib.sha256(inflated).hexdigest() in readme


def test_every_label_stands_on_the_globe_and_has_a_name():
    rows = list(csv.DictReader((RESOURCES / "labels.csv").read_text("utf-8").splitlines()))
    assert {row["kind"] for row in rows} == {"country", "admin1", "lake", "sea"}
    for row in rows:
        assert row["name"].strip() == row["name"] != ""
        assert row["name"] != "None"
        assert -180 <= float(row["lon"]) <= 180
        assert -90 <= float(row["lat"]) <= 90
        assert 0 <= float(row["min_zoom"]) <= 10


def test_seas_have_their_names_on_water():
    rows = csv.DictReader((RESOURCES / "labels.csv").read_text("utf-8").splitlines())
    outlines = read_outlines((RESOURCES / "outlines.bin.gz").read_bytes())
    seas = [(row["name"], float(row["lon"]), float(row["lat"])) for row in rows if row["kind"] == "sea"]
    assert len({name for name, _, _ in seas}) > 50
    ashore = [
        (name, code)
        for name, lon, lat in seas
        for code, west, east in outlines.spans(lat + 0.0005)
        if west <= lon <= east
    ]
    assert ashore == []


def test_outdated_names_are_replaced():
    rows = list(csv.DictReader((RESOURCES / "labels.csv").read_text("utf-8").splitlines()))
    ukraine = {row["name"] for row in rows if row["country"] == "UKR"}
    assert {"Kyiv", "Odesa", "Lviv"} <= ukraine
    assert not {"Kiev", "Odessa", "L'viv"} & ukraine
