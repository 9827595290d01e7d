"""The user's own tables: added, replaced, removed, refused."""

import json

import pytest
from data_folders import NOW, DataFolder, ids, small_embedded
from gazetteer_files import li_files, site

from geoconflict.errors import GazetteerError, InputError
from geoconflict.places.added import add_table, remove_table
from geoconflict.places.installed import Installed, installed_key


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
        ("x.csv", "name,lon,lat\nPost,1,2\nPost,3,4\n", "'post' comes twice"),
        ("x.txt", "name\n", "not .txt"),
        ("x.geojson", "{", "not a GeoJSON"),
    ],
)
def test_files_that_cannot_be_used(place, write, name, text, what):
    with pytest.raises(InputError, match=what):
        add(place, write(name, text))


def test_two_files_may_not_share_an_id(place, write):
    add(place, write("one.csv", "name,lon,lat\nPost,1,2\n"))
    with pytest.raises(InputError, match=r"one\.csv, added before, has the place_id 'post' too"):
        add(place, write("two.csv", "name,lon,lat\nPost,1,2\n"))


def test_removing(place, write):
    add(place, write("one.csv", "name,lon,lat\nPost,1,2\n"))
    with pytest.raises(InputError, match=r"two\.csv: not among the added files; they are: one\.csv"):
        remove_table(place.folder, "two.csv")
    remove_table(place.folder, "one.csv")
    assert not place.open().lookup("Post")
    assert list((place.folder / "added").iterdir()) == []


def test_a_copy_that_is_gone_is_named(place, write):
    add(place, write("one.csv", "name,lon,lat\nPost,1,2\n"))
    (place.folder / "added" / "one.csv").unlink()
    with pytest.raises(
        GazetteerError, match=r"one\.csv: was added and is gone; run `geoconflict gazetteer remove one\.csv`"
    ):
        place.open()


def test_tables_and_countries_live_side_by_side(place, write, tmp_path):
    add(place, write("one.csv", "name,lon,lat\nPost,1,2\n"))
    place.install("LI", source=site(tmp_path / "c", li_files()))
    opened = place.open()
    assert opened.lookup("Post")
    assert opened.lookup("Krasnomirsk")
    place.installer().remove(["LI"])
    assert place.open().lookup("Post")
