"""The user's own tables: added, replaced, removed, refused."""

import json
import math

import pytest
from data_folders import NOW, DataFolder, ids, small_embedded
from gazetteer_files import li_files, site
from shapely import Point, from_wkt, hausdorff_distance

from geoconflict.errors import GazetteerError, InputError
from geoconflict.places.gazetteer_shapes import MOST_VERTICES
from geoconflict.places.gazetteer_tables import read_tables, repeated_ids
from geoconflict.places.installed import Installed, installed_key, open_gazetteer
from geoconflict.places.installing.added import add_table, remove_table


@pytest.fixture(autouse=True, scope="module")
def _small_embedded(tmp_path_factory):
    with small_embedded(tmp_path_factory.mktemp("embedded")):
        yield


@pytest.fixture
def place(tmp_path):
    return DataFolder(tmp_path)


@pytest.fixture
def write(tmp_path):
    def call(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return call


def add(place, path, **options):
    return add_table(place.folder, path, now=NOW, **options)


LINE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"name": "Ridge line", "kind": "line"},
            "geometry": {"type": "LineString", "coordinates": [[9.0, 47.0], [9.5, 47.2]]},
        },
        {
            "type": "Feature",
            "properties": {"name": "Exclusion zone", "kind": "area", "names": "Зона"},
            "geometry": {"type": "Polygon", "coordinates": [[[9, 47], [9.5, 47], [9.5, 47.5], [9, 47]]]},
        },
    ],
}


def test_points_lines_and_areas_are_used_by_every_later_run(place, write):
    before = place.open()
    add(place, write("posts.csv", "name,names,lon,lat\nPost 7,Checkpoint Seven,9.5,47.1\n"), credit="Survey, CC BY 4.0")
    after = add(place, write("lines.geojson", json.dumps(LINE)))
    assert [(one.name, one.n_places) for one in after.added] == [("lines.geojson", 2), ("posts.csv", 1)]
    opened = place.open()
    assert ids(opened.lookup("Checkpoint Seven")) == ["user:post-7"]
    assert opened.lookup("Ridge line")[0].place.precision == "line"
    assert ids(opened.lookup("зона")) == ["user:exclusion-zone"]
    assert opened.attribution == (*before.attribution, "Survey, CC BY 4.0")
    assert opened.fingerprint != before.fingerprint
    assert installed_key(after) != ""


def test_the_copy_counts_not_the_file_it_came_from(place, write):
    path = write("posts.csv", "name,lon,lat\nPost 7,9.5,47.1\n")
    add(place, path)
    path.unlink()
    assert place.open().lookup("Post 7")


def test_a_file_of_the_same_name_replaces_the_one_before(place, write):
    add(place, write("posts.csv", "name,lon,lat\nPost 7,9.5,47.1\n"))
    add(place, write("posts.csv", "name,lon,lat\nPost 8,9.5,47.1\n"))
    opened = place.open()
    assert (bool(opened.lookup("Post 7")), bool(opened.lookup("Post 8"))) == (False, True)


def test_every_bad_row_is_named_and_nothing_is_added(place, write):
    path = write(
        "posts.csv", "name,lon,lat,country\nGood,9.5,47.1,\nBad,95,470,\nWorse,x,47,\n,9,47,\nOdd,9,47,Austria\n"
    )
    with pytest.raises(InputError) as caught:
        add(place, path)
    said = str(caught.value).splitlines()
    assert said[0].startswith("nothing was added")
    assert [line.partition("posts.csv:")[2].partition(":")[0] for line in said[1:]] == ["3", "4", "5", "6"]
    assert Installed.load(place.folder).added == ()


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("x.csv", "name,lon,lat\n", "holds no place"),
        ("x.csv", "nom,lon,lat\nA,1,2\n", "unknown columns nom"),
        (
            "x.csv",
            'name,lon,lat,note\nPost,1,2,"two\nlines"\nOther,1,2,\nPost,3,4,\n',
            r"x\.csv:5: the place_id 'post' is that of \S*x\.csv:2 too",
        ),
        ("x.csv", "name,lon,lat\nA,1,2\n\n\nB,1,x\n", r"x\.csv:5: column 'lat'"),
        (
            "x.csv",
            'name,lon,lat,note\nA,1,2,\nB,1,2,"never\nclosed\n',
            r"x\.csv:3: the row that begins here is not CSV",
        ),
        ("x.csv", "place_id,name,lon,lat\ngeonames:587124,A,1,2\n", r"x\.csv:2: column 'place_id' must be a short key"),
        ("x.txt", "name\n", "not .txt"),
        ("x.geojson", "{", "not a GeoJSON"),
        (
            "x.geojson",
            json.dumps(LINE).replace("9.5", "1" + "0" * 400),
            "feature 1: the geometry of 'Ridge line' is none",
        ),
        (
            "x.geojson",
            json.dumps(LINE).replace("[9.0, 47.0], [9.5, 47.2]", ""),
            "feature 1: the geometry of 'Ridge line'",
        ),
        (
            "x.geojson",
            json.dumps({"features": [{"geometry": None, "properties": {"name": "A"}}]}),
            "feature 1: 'A' has no",
        ),
        ("x.geojson", json.dumps({"features": [*LINE["features"], None]}), "feature 3: not a GeoJSON Feature"),
        (
            "x.geojson",
            json.dumps(LINE).replace("[9.5, 47.5], [9, 47]", "[9, 47.5], [9.5, 47.5], [9, 47]"),
            r"feature 2: the geometry of 'Exclusion zone' is no area: self-intersection at longitude, latitude 9\.25, 47\.25; repair",
        ),
        (
            "x.csv",
            'name,geometry\nA,"POLYGON ((1 1, 2 1, 2 2))"\n',
            "x.csv:2: the geometry of 'A' is no area: Points of",
        ),
        ("x.geojson", json.dumps(LINE).replace("Ridge", "Rid\\ud800ge"), "feature 1: column 'name' must be whole"),
    ],
)
def test_files_that_cannot_be_used(place, write, name, text, what):
    with pytest.raises(InputError, match=what):
        add(place, write(name, text))


def test_two_files_may_not_share_an_id(place, write):
    add(place, write("one.csv", "name,lon,lat\nPost,1,2\n"))
    with pytest.raises(InputError, match=r"one\.csv, added before, has the place_id 'post' too"):
        add(place, write("two.csv", "name,lon,lat\nPost,1,2\n"))


def test_repeated_ids():
    told = repeated_ids([("1", "user:b"), ("2", "user:a"), ("3", "user:b"), ("4", "user:b"), ("5", "user:a")])
    assert [line[:36] for line in told] == [
        "3: the place_id 'b' is that of 1 too",
        "4: the place_id 'b' is that of 1 too",
        "5: the place_id 'a' is that of 2 too",
    ]
    assert repeated_ids((str(number), str(number)) for number in range(200_000)) == []


def test_a_cell_may_be_as_long_as_an_outline_needs(place, write):
    ring = [f"{9 + at / 20_000:.5f} 47" for at in range(12_000)]
    outline = f"POLYGON (({', '.join([*ring, '9.3 48', ring[0]])}))"
    assert len(outline) > 131_072
    add(place, write("zones.csv", f'name,geometry,kind\nZone,"{outline}",area\nPost,POINT (9 47),\n'))
    assert place.open().lookup("Zone")[0].place.precision == "area"


def test_a_feature_without_a_geometry_may_have_a_position(place, write):
    features = [{"geometry": None, "properties": {"name": "Null Island", "lon": 0, "lat": 0.0}}]
    add(place, write("x.geojson", json.dumps({"type": "FeatureCollection", "features": features})))
    found = place.open().lookup("Null Island")[0].place
    assert (found.lon, found.lat) == (0.0, 0.0)


def circle(n_vertices):
    steps = [2 * math.pi * at / n_vertices for at in range(n_vertices)]
    ring = [[9.5 + 0.5 * math.cos(step), 47.0 + 0.5 * math.sin(step)] for step in steps]
    feature = {
        "properties": {"name": "Zone", "kind": "area", "names": "Area One|Зона", "source": "a test"},
        "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature, LINE["features"][0]]})


def test_runs_read_a_lighter_table_where_a_geometry_has_very_many_vertices(place, write):
    path = write("zones.geojson", circle(40_000))
    (note,) = add(place, path).added
    assert (place.folder / note.path).read_bytes() == path.read_bytes()
    ((place_id, (n_whole, n_used, moved_m)),) = note.simplified.items()
    assert (place_id, n_whole) == ("user:zone", 40_001)
    assert n_used <= MOST_VERTICES
    (read,) = Installed.load(place.folder).added_paths()
    assert read.stat().st_size < 300_000
    opened = place.open()
    used = opened.lookup("Zone")[0].place
    whole = read_tables(path, "user")
    assert [(used.lon, used.lat, used.radius_m), opened.place("user:ridge-line").geometry] == [
        (entry.lon, entry.lat, entry.radius_m) if entry.place_id == place_id else entry.detail["geometry"]
        for entry in (row.entry for row in whole)
    ]
    assert opened.names(place_id) == ("Zone", "Area One", "Зона")
    assert used.source == "a test"
    moved_degrees = hausdorff_distance(
        from_wkt(used.geometry), Point(9.5, 47).buffer(0.5, quad_segs=20_000), densify=0.5
    )
    assert moved_degrees * 111_195 <= moved_m + 1
    assert opened.contains(used, 9.5 + 0.499, 47.0)
    assert not opened.contains(used, 9.5 + 0.501, 47.0)


def test_the_lighter_table_is_checked_and_removed_like_the_copy(place, write):
    add(place, write("zones.geojson", circle(6_000)))
    (read,) = Installed.load(place.folder).added_paths()
    read.write_bytes(b"junk")
    assert [path for path, _, _ in Installed.load(place.folder).verify()] == [str(read)]
    remove_table(place.folder, "zones.geojson")
    assert list((place.folder / "added").iterdir()) == []


@pytest.mark.parametrize("n_vertices", [100, MOST_VERTICES - 1])
def test_a_table_of_lighter_geometries_is_read_as_it_is(place, write, n_vertices):
    (note,) = add(place, write("zones.geojson", circle(n_vertices))).added
    assert (note.used_path, note.simplified) == ("", {})
    assert len(list((place.folder / "added").iterdir())) == 1


def test_removing(place, write):
    add(place, write("one.csv", "name,lon,lat\nPost,1,2\n"))
    with pytest.raises(InputError, match=r"two\.csv: not among the added files; they are: one\.csv"):
        remove_table(place.folder, "two.csv")
    remove_table(place.folder, "one.csv")
    assert not place.open().lookup("Post")
    assert list((place.folder / "added").iterdir()) == []


def test_a_copy_that_is_gone_is_named(place, write):
    add(place, write("one.csv", "name,lon,lat\nPost,1,2\n"))
    copy_of(place, "one.csv").unlink()
    with pytest.raises(
        GazetteerError,
        match=r"one\.csv: was added and is gone; run `geoconflict gazetteer add FILE` again, with the one",
    ):
        place.open()


def copy_of(place, name):
    return next(place.folder / one.path for one in Installed.load(place.folder).added if one.name == name)


@pytest.mark.parametrize("how", ["gone", "junk"])
def test_damaged_copies_are_named_with_a_repair_that_works_one_after_the_other(place, write, how):
    paths = [write(f"{name}.csv", f"name,lon,lat\n{name},1,2\n") for name in ("One", "Two")]
    for path in paths:
        add(place, path)
    for path in paths:
        copy = copy_of(place, path.name)
        copy.unlink() if how == "gone" else copy.write_bytes(b"\xff")
    faults = list(Installed.load(place.folder).verify())
    assert [path for path, _, _ in faults] == [str(copy_of(place, path.name)) for path in paths]
    assert ["gazetteer add FILE` again, with the One.csv" in faults[0][2], "Two.csv" in faults[1][2]] == [True, True]
    for path in paths:
        add(place, path)
    assert list(Installed.load(place.folder).verify()) == []
    assert place.open().lookup("One")
    assert place.open().lookup("Two")


def test_a_damaged_copy_does_not_build_installed_countries_again(place, write, tmp_path):
    copies = site(tmp_path / "c", li_files())
    place.install("LI", source=copies)
    add(place, write("one.csv", "name,lon,lat\nPost,1,2\n"))
    copy_of(place, "one.csv").write_bytes(b"junk")
    assert not place.install("LI", source=copies).rebuilt


def test_a_death_before_the_manifest_leaves_the_table_before(place, write, monkeypatch):
    add(place, write("one.csv", "name,lon,lat\nPost 7,1,2\n"))

    def dies(self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Installed, "save", dies)
        with pytest.raises(KeyboardInterrupt):
            add(place, write("one.csv", "name,lon,lat\nPost 8,1,2\n"))
    assert list(Installed.load(place.folder).verify()) == []
    assert place.open().lookup("Post 7")
    before = Installed.load(place.folder)
    add(place, write("one.csv", "name,lon,lat\nPost 9,1,2\n"))
    assert open_gazetteer(place.settings, before).lookup("Post 7")  # a run that read the manifest before
    assert place.open().lookup("Post 9")
    add(place, write("two.csv", "name,lon,lat\nPost 1,1,2\n"))
    assert len(list((place.folder / "added").iterdir())) == 2


def test_tables_and_countries_live_side_by_side(place, write, tmp_path):
    add(place, write("one.csv", "name,lon,lat\nPost,1,2\n"))
    place.install("LI", source=site(tmp_path / "c", li_files()))
    opened = place.open()
    assert opened.lookup("Post")
    assert opened.lookup("Krasnomirsk")
    place.installer().remove(["LI"])
    assert place.open().lookup("Post")
