"""Installing countries: over the loopback and from copies, again and again, and when things go wrong."""

import datetime as dt
import shutil

import pytest
from data_folders import MIROV, NOW, DataFolder, ids, small_embedded
from gazetteer_files import COMMON, LI_PLACES, country_zip, li_files, name_line, names_zip, place_line, site, zipped
from loopback import serving

from geoconflict.errors import GazetteerError, InputError, ServiceUnavailableError
from geoconflict.places.gazetteer import Gazetteer
from geoconflict.places.installed import Installed, data_folder, installed_key, open_gazetteer
from geoconflict.places.installing.installer import alpha2_of
from geoconflict.places.installing.one_writer import one_writer
from geoconflict.settings import PlacesSettings, Settings


@pytest.fixture(autouse=True, scope="module")
def _small_embedded(tmp_path_factory):
    with small_embedded(tmp_path_factory.mktemp("embedded")):
        yield


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    return site(tmp_path_factory.mktemp("copies"), li_files())


@pytest.fixture(scope="module")
def done(tmp_path_factory, copies):
    """An installation of LI that tests only look at."""
    place = DataFolder(tmp_path_factory.mktemp("done"))
    place.report = place.install("LI", source=copies)
    return place


@pytest.fixture
def fresh(tmp_path, done):
    """A copy of the installation that a test may spoil."""
    place = DataFolder(tmp_path)
    shutil.copytree(done.folder, place.folder)
    return place


@pytest.fixture
def web():
    with serving() as site:
        for name, content in li_files().items():
            site.put(f"/dump/{name}", content)
        yield site


# ---------------------------------------------------------------- the network
def test_a_first_installation_over_the_network(web, tmp_path):
    place = DataFolder(tmp_path, web.url + "/dump")
    report = place.install("LI")
    assert report.rebuilt
    assert sorted(path for path, _ in web.requests) == sorted(f"/dump/{name}" for name in li_files())
    kept = report.installed.file("LI.zip")
    assert (kept.source, kept.n_bytes) == (f"{web.url}/dump/LI.zip", len(web.files["/dump/LI.zip"]))
    assert kept.fetched_at == "2026-05-02T12:00:00Z"
    assert kept.etag == web.etags["/dump/LI.zip"]
    assert ids(place.open().lookup("Krasnomirsk")) == [MIROV]
    assert list(report.installed.verify()) == []


def test_the_same_again_asks_nothing_and_later_only_whether_it_changed(web, tmp_path):
    place = DataFolder(tmp_path, web.url + "/dump")
    first = place.install("LI")
    before = place.files()
    web.requests.clear()
    again = place.install("LI")
    assert (web.requests, again.rebuilt, again.n_fetched) == ([], False, 0)
    assert place.files() == before
    later = place.install("LI", now=NOW + dt.timedelta(days=3))
    assert {headers["if-none-match"] for _, headers in web.requests} == set(web.etags.values())
    assert (later.rebuilt, later.n_fetched) == (False, 0)
    assert installed_key(later.installed) == installed_key(first.installed)


def test_a_newer_dump_adds_and_updates_and_never_deletes(web, tmp_path):
    place = DataFolder(tmp_path, web.url + "/dump")
    first = place.install("LI")
    rows = [LI_PLACES[0], LI_PLACES[1], place_line(9000100, "Mirograd", 9.54, 47.14, units="01.07", population=4300),
            place_line(9000300, "Neudorf am Bach", 9.55, 47.13, units="01.07")]  # fmt: skip
    for days, name in ((2, "Mirograd"), (4, "Mirograd Stadt")):
        rows[2] = rows[2].replace("Mirograd", name)
        web.put("/dump/LI.zip", country_zip("LI", rows), f'"v{days}"')
        report = place.install("LI", now=NOW + dt.timedelta(days=days))
    assert (report.rebuilt, report.n_fetched) == (True, 1)  # the rows of the earlier dump are kept here, not fetched
    opened = place.open()
    assert opened.place(MIROV).name == "Mirograd Stadt"
    for name in ("Mirograd Stadt", "Mirograd", "Mirov"):
        assert MIROV in ids(opened.lookup(name))
    (gone,) = [one for one in opened.lookup("Tornau") if one.place.country == "LIE"]
    assert (gone.place.place_id, gone.historical) == ("geonames:9000101", True)
    assert "earlier download" in gone.place.source
    assert opened.lookup("Neudorf am Bach")
    assert installed_key(report.installed) != installed_key(first.installed)
    assert place.install(now=NOW + dt.timedelta(days=4)).rebuilt is False


def test_what_a_run_fetched_before_it_died_is_not_fetched_again(web, tmp_path):
    place = DataFolder(tmp_path, web.url + "/dump")
    web.next_answers["/dump/alternatenames/LI.zip"] = [lambda request: request.send(500, b"")] * 5
    with pytest.raises(ServiceUnavailableError):
        place.install("LI")
    assert Installed.load(place.folder).countries == ()
    assert len(place.open()) == len(Gazetteer.open())
    web.requests.clear()
    assert place.install("LI").rebuilt
    assert [path for path, _ in web.requests] == ["/dump/alternatenames/LI.zip"]


def test_a_country_that_geonames_does_not_have_changes_nothing(web, fresh):
    place = DataFolder(fresh.folder.parent.parent, web.url + "/dump")
    before = (place.folder / "manifest.json").read_bytes()
    with pytest.raises(InputError, match=r"/dump/AX\.zip: the server answered 404"):
        place.install("AX")
    assert (place.folder / "manifest.json").read_bytes() == before
    assert ids(place.open().lookup("Krasnomirsk")) == [MIROV]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<html>Welcome to the hotel network</html>", "damaged or not an archive"),
        (zipped({"AM.txt": "x"}), "holds no LI.txt"),
        (zipped({"LI.txt": "x", "../LI.txt": "y"}), "points out"),
        (country_zip("LI", LI_PLACES)[:400], "damaged"),
        (zipped({"LI.txt": b"\0" * (40 << 20)}), "zip bomb"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_address_and_the_next_run_asks_again(web, fresh, content, what):
    place = DataFolder(fresh.folder.parent.parent, web.url + "/dump")
    web.next_answers["/dump/LI.zip"] = [lambda request: request.send(200, content)]
    before = place.folder.joinpath("manifest.json").read_bytes()
    with pytest.raises(InputError, match=rf"127\.0\.0\.1.*LI\.zip: what came.*{what}"):
        place.install("LI", force=True)
    assert place.folder.joinpath("manifest.json").read_bytes() == before
    assert ids(place.open().lookup("Krasnomirsk")) == [MIROV]
    assert place.install("LI", force=True).rebuilt


def test_a_table_of_junk_is_refused_and_asked_for_again(web, tmp_path):
    place = DataFolder(tmp_path, web.url + "/dump")
    web.next_answers["/dump/LI.zip"] = [lambda request: request.send(200, zipped({"LI.txt": "junk\n" * 9}))]
    with pytest.raises(InputError, match="none of its 9 rows can be used"):
        place.install("LI")
    assert place.install("LI").rebuilt


def test_a_broken_row_is_named_and_the_others_are_kept(tmp_path):
    rows = [*LI_PLACES, "9000400\tcut off"]
    place = DataFolder(tmp_path)
    report = place.install("LI", source=site(tmp_path / "c", {**li_files(), "LI.zip": country_zip("LI", rows)}))
    assert len(report.broken) == 1
    assert "LI.txt:11: 2 columns instead of 19" in report.broken[0]
    assert report.installed.countries[0].n_broken == 1
    assert report.installed.countries[0].n_places == 9
    assert report.installed.countries[0].left_out == {"school (S.SCH)": 1}


# ---------------------------------------------------------------- death and damage
def test_a_death_before_the_manifest_leaves_the_old_installation(web, fresh, monkeypatch):
    place = DataFolder(fresh.folder.parent.parent, web.url + "/dump")
    web.put("/dump/LI.zip", country_zip("LI", [place_line(9000500, "Neuland", 9.5, 47.1)]), '"new"')

    def dies(self):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Installed, "save", dies)
        with pytest.raises(KeyboardInterrupt):
            place.install("LI", force=True)
    assert ids(place.open().lookup("Krasnomirsk")) == [MIROV]
    assert place.open().lookup("Neuland") == ()
    assert place.install("LI").rebuilt
    assert place.open().lookup("Neuland") != ()
    assert sorted(path.name.partition("-")[0] for path in place.folder.iterdir()) == [
        ".manifest.json.lock",
        "built",
        "built",  # the one before, for runs that are about to open it
        "downloads",
        "manifest.json",
    ]


def test_a_death_while_building_leaves_no_half_built_folder_in_use(fresh, copies, monkeypatch):
    def dies(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("geoconflict.places.installing.build.write_sorted", dies)
        with pytest.raises(GazetteerError, match="No space left on device.*free disk space"):
            fresh.install("LI", source=copies, force=True)
    assert ids(fresh.open().lookup("Krasnomirsk")) == [MIROV]
    assert not list(fresh.folder.glob("building-*"))


def builds(place):
    return {path.name for path in place.folder.glob("built-*")}


def test_a_superseded_build_stays_for_a_day_for_runs_that_are_about_to_open_it(fresh, tmp_path):
    def install(name, days):
        rows = [place_line(9000500, name, 9.5, 47.1)]
        copies = site(tmp_path / name, {**li_files(), "LI.zip": country_zip("LI", rows)})
        return fresh.install("LI", source=copies, now=NOW + dt.timedelta(days=days)).installed.built.folder

    first = Installed.load(fresh.folder)
    second = install("Neuland", 1)
    assert builds(fresh) == {first.built.folder, second}
    about_to_open = open_gazetteer(fresh.settings, first)
    assert ids(about_to_open.lookup("Krasnomirsk")) == [MIROV]
    assert install("Neuland", 1.9) == second
    assert builds(fresh) == {first.built.folder, second}
    third = install("Neustadt", 1.95)
    assert builds(fresh) == {second, third}
    assert install("Neustadt", 3) == third
    assert builds(fresh) == {third}


def test_the_work_of_builds_that_died_is_deleted_at_once(fresh, copies):
    for act in (lambda: fresh.install("LI", source=copies), lambda: fresh.installer().remove(["LI"])):
        dead = fresh.folder / "building-x1"
        dead.mkdir()
        (dead / "bench.sqlite").write_bytes(b"x")
        act()
        assert not dead.exists()


def damaged_files(place):
    built = place.folder / Installed.load(place.folder).built.folder
    return [built / "names.marisa", built / "places.bin"]


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("how", ["flipped", "cut", "gone"])
def test_a_damaged_file_is_named_with_the_command_that_repairs_it(fresh, copies, which, how):
    path = damaged_files(fresh)[which]
    blob = bytearray(path.read_bytes())
    blob[len(blob) // 2] ^= 0x40
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(bytes(blob if how == "flipped" else blob[:-100]))
    with pytest.raises(
        GazetteerError, match=rf"{path.name}: .*run `geoconflict gazetteer install LI --force"
    ) as caught:
        fresh.open()
    assert f"--from {copies}" in str(caught.value)
    assert [name for name, _, _ in Installed.load(fresh.folder).verify()] == [str(path)]
    fresh.install("LI", source=copies, force=True)
    assert ids(fresh.open().lookup("Krasnomirsk")) == [MIROV]


def test_even_without_force_an_installation_mends_what_is_damaged(fresh, copies):
    damaged_files(fresh)[1].write_bytes(b"junk")
    kept = Installed.load(fresh.folder).file("LI.zip")
    (fresh.folder / kept.path).write_bytes(b"junk")
    assert fresh.install("LI", source=copies).rebuilt
    assert list(Installed.load(fresh.folder).verify()) == []


def test_a_copied_data_folder_is_accepted_by_its_checksums(fresh):
    for path in damaged_files(fresh):
        path.touch()
    assert ids(fresh.open().lookup("Krasnomirsk")) == [MIROV]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 1}', '{"format": 2}', '{"format": 99}', "null"])
def test_a_manifest_that_cannot_be_used_is_named(fresh, copies, text):
    (fresh.folder / "manifest.json").write_text(text)
    with pytest.raises(GazetteerError, match=r"manifest\.json: .*(delete)"):
        fresh.open()
    with pytest.raises(GazetteerError):
        fresh.install("LI", source=copies)
    fresh.install("LI", source=copies, force=True)
    assert ids(fresh.open().lookup("Krasnomirsk")) == [MIROV]


def test_another_version_of_the_embedded_places_is_merged_anew_without_the_network(fresh):
    path = fresh.folder / "manifest.json"
    path.write_text(path.read_text().replace(Gazetteer.open().fingerprint, "0" * 20))
    with pytest.raises(GazetteerError, match="gazetteer install --offline"):
        fresh.open()
    assert fresh.install(offline=True).rebuilt
    assert ids(fresh.open().lookup("Krasnomirsk")) == [MIROV]


def test_offline_says_what_is_missing(fresh):
    with pytest.raises(InputError, match=r"AM\.zip is not kept here.*without --offline"):
        fresh.install("AM", offline=True)


def test_two_do_not_write_at_once(fresh, copies):
    with one_writer(fresh.folder):
        for act in (lambda: fresh.install("LI", source=copies, force=True), lambda: fresh.installer().remove(["LI"])):
            with pytest.raises(GazetteerError, match="another `geoconflict gazetteer` is at work"):
                act()
        assert ids(fresh.open().lookup("Krasnomirsk")) == [MIROV]  # readers are not kept out
    assert fresh.install("LI", source=copies, force=True).rebuilt


def test_a_folder_that_cannot_be_made(tmp_path, copies):
    (tmp_path / "data").write_text("in the way")
    with pytest.raises(InputError, match=r"cannot be made or written .*places\.data_dir"):
        DataFolder(tmp_path).install("LI", source=copies)


# ---------------------------------------------------------------- copies, more countries, fewer countries
def test_copies_may_lack_the_names_of_a_country(tmp_path):
    files = {name: content for name, content in li_files().items() if not name.startswith("alternatenames")}
    place = DataFolder(tmp_path)
    place.install("LI", source=site(tmp_path / "c", files))
    assert any("names come without dates" in line for line in place.said)
    opened = place.open()
    assert ids(opened.lookup("Миров")) == ids(opened.lookup("Mirow")) == [MIROV]
    assert opened.lookup("MRV") == ()


def test_a_copy_that_is_absent_is_named(tmp_path, copies):
    with pytest.raises(InputError, match=r"AM\.zip: there is no such file"):
        DataFolder(tmp_path).install("AM", source=copies)


def test_a_second_country_joins_and_either_can_go(fresh, tmp_path):
    ad = {
        **dict(COMMON.items()),
        "AD.zip": country_zip("AD", [place_line(9200001, "Vallnova", 1.5, 42.5, country="AD", units="01.01")]),
        "alternatenames/AD.zip": names_zip("AD", [name_line(1, 9200001, "Villeneuve", "fr")]),
    }
    report = fresh.install("AD", source=site(tmp_path / "ad", ad))
    assert [one.code for one in report.installed.countries] == ["AD", "LI"]
    opened = fresh.open()
    assert ids(opened.lookup("Vallnova")) == ["geonames:9200001"]
    assert ids(opened.lookup("Krasnomirsk")) == [MIROV]
    with pytest.raises(InputError, match="AM: not installed; installed are: AD, LI"):
        fresh.installer().remove(["AM"])
    fresh.installer().remove(["LI"])
    opened = fresh.open()
    assert (ids(opened.lookup("Vallnova")), opened.lookup("Krasnomirsk")) == (["geonames:9200001"], ())
    assert not any("LI.zip" in path.name for path in fresh.folder.rglob("*"))
    fresh.installer().remove(["AD"])
    assert fresh.open().fingerprint == Gazetteer.open().fingerprint
    assert installed_key(Installed.load(fresh.folder)) == ""
    assert sorted(path.name for path in fresh.folder.rglob("*") if path.is_file()) == [
        ".manifest.json.lock",
        "manifest.json",
    ]


def test_nothing_to_renew_is_an_error_with_an_example(tmp_path):
    with pytest.raises(InputError, match="gazetteer install AZ AM"):
        DataFolder(tmp_path).install()


def test_the_same_files_give_the_same_bytes(done, tmp_path, copies):
    other = DataFolder(tmp_path)
    other.install("LI", source=copies, now=NOW + dt.timedelta(days=9))
    for one, two in zip(damaged_files(done), damaged_files(other), strict=True):
        assert one.read_bytes() == two.read_bytes()


# ---------------------------------------------------------------- countries by name
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("AZ", "AZ"),
        ("az", "AZ"),
        ("AZE", "AZ"),
        ("Azerbaijan", "AZ"),
        ("ukraine", "UA"),
        ("Kosovo", "XK"),
        ("Burma", "MM"),
    ],
)
def test_countries_are_understood(name, code):
    assert alpha2_of(name) == code


@pytest.mark.parametrize(("name", "hint"), [("Azerbajan", "Azerbaijan"), ("ZZ", "ISO 3166-1"), ("", "ISO 3166-1")])
def test_an_unknown_country_is_refused_with_the_nearest(name, hint):
    with pytest.raises(InputError, match=hint):
        alpha2_of(name)


def test_a_setting_leaves_everything_out(done):
    settings = Settings(places=PlacesSettings(data_dir=done.settings.places.data_dir, installed=False))
    assert open_gazetteer(settings).fingerprint == Gazetteer.open().fingerprint


def test_where_the_data_lie(tmp_path):
    assert data_folder(Settings(), {"GEOCONFLICT_DATA_DIR": str(tmp_path)}) == tmp_path / "gazetteer"
    own = Settings(root=tmp_path, places=PlacesSettings(data_dir="mine"))
    assert data_folder(own, {"GEOCONFLICT_DATA_DIR": "/elsewhere"}) == tmp_path / "mine" / "gazetteer"
    assert data_folder(Settings(), {"XDG_DATA_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}).name == "gazetteer"
