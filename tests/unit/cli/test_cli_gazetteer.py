"""``geoconflict gazetteer``, and what the other commands make of what it installed."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner
from data_folders import small_embedded
from gazetteer_files import LI_PLACES, country_zip, li_files, site
from loopback import serving

from geoconflict.cli import main
from geoconflict.places.gazetteer_tables import read_tables
from geoconflict.places.installed import Installed


@pytest.fixture(autouse=True, scope="module")
def _small_embedded(tmp_path_factory):
    with small_embedded(tmp_path_factory.mktemp("embedded")):
        yield


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GEOCONFLICT_DATA_DIR", str(tmp_path / "data"))

    def call(*arguments, code=0):
        done = CliRunner().invoke(main, [str(argument) for argument in arguments])
        assert done.exit_code == code, done.output
        return done

    return call


@pytest.fixture
def copies(tmp_path):
    return site(tmp_path / "copies", li_files())


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data" / "gazetteer"


def test_install_from_copies_and_use_it(run, copies):
    done = run("gazetteer", "install", "Liechtenstein", "--from", copies)
    assert "LI  Liechtenstein: 9 places, 7 other names, 1 row of other kinds left out" in done.output
    assert "11 places with the embedded ones" in done.output
    record = json.loads(run("geocode", "Krasnomirsk", "--on", "1990-01-01", "--json").output)
    assert record["place"]["place_id"] == "geonames:9000100"
    assert json.loads(run("geocode", "Миров", "--json").output)["place"]["place_id"] == "geonames:9000100"
    assert "nothing has changed" in run("gazetteer", "install", "LI", "--from", copies).output


def test_install_over_the_network_with_addresses_from_the_settings(run, tmp_path):
    with serving() as web:
        for name, content in li_files().items():
            web.put(f"/{name}", content)
        (tmp_path / "geoconflict.toml").write_text(f'[places]\ngeonames_dump_url = "{web.url}/"\ndata_dir = "mine"\n')
        done = run("gazetteer", "install", "lie")
        assert f"downloading {web.url}/alternatenames/LI.zip" in done.output
        assert run("gazetteer", "install", "-q", "lie").output == ""
        assert "404" in run("gazetteer", "install", "AX", code=1).output
    assert Installed.load(tmp_path / "mine" / "gazetteer").countries[0].code == "LI"
    assert run("geocode", "Krasnomirsk").output.startswith("Mirov (")


def test_a_setting_leaves_it_out(run, copies, tmp_path):
    (tmp_path / "geoconflict.toml").write_text("[places]\ninstalled = false\n")
    assert "places.installed is false" in run("gazetteer", "install", "LI", "--from", copies).output
    assert "not found" in run("geocode", "Krasnomirsk", code=1).output
    assert "(not used: places.installed)" in run("gazetteer", "info").output


def test_an_unknown_country_and_no_country(run):
    assert "did you mean Azerbaijan" in run("gazetteer", "install", "Azerbajan", code=1).output
    assert "no country is installed yet" in run("gazetteer", "install", code=1).output
    assert "--offline" in run("gazetteer", "install", "AZ", "--offline", "--from", ".", code=2).output


def test_broken_rows_are_shown(run, tmp_path):
    bad = site(tmp_path / "c", {**li_files(), "LI.zip": country_zip("LI", [*LI_PLACES, "junk"])})
    done = run("gazetteer", "install", "LI", "--from", bad)
    assert "LI.txt:11: 1 columns instead of 19" in done.output
    assert "1 row could not be read" in done.output


def test_list_info_and_remove(run, copies, tmp_path):
    assert "nothing is installed" in run("gazetteer", "list").output
    run("gazetteer", "install", "LI", "--from", copies)
    (tmp_path / "posts.csv").write_text("name,lon,lat\nPost 7,9.5,47.1\n")
    done = run("gazetteer", "add", "posts.csv", "--credit", "Survey 2024")
    assert "posts.csv: 1 place added; every later run uses it" in done.output
    assert "posts.csv: 1 place of your own, added 20" in run("gazetteer", "list").output
    record = json.loads(run("gazetteer", "list", "--json").output)
    assert [one["code"] for one in record["countries"]] == ["LI"]
    info = run("gazetteer", "info").output
    for part in ("embedded: 3 places", "LI.zip: ", "SHA-256", "school (S.SCH)", "credit: Survey 2024", "places.bin"):
        assert part in info
    one = run("gazetteer", "info", "LIE").output
    assert "alternatenames/LI.zip" in one
    assert "admin1CodesASCII" not in one
    assert "posts.csv" in run("gazetteer", "info", "posts.csv").output
    assert "neither installed nor added; there are: LI, posts.csv" in run("gazetteer", "info", "AZ", code=1).output
    assert "names: Mirov; Krasnomirsk" in run("gazetteer", "info", "geonames:9000100").output
    assert json.loads(run("gazetteer", "info", "geonames:9000100", "--json").output)["names"][0] == "Mirov"
    assert "has no place 'geonames:1'" in run("gazetteer", "info", "geonames:1", code=1).output
    assert "AZ: not installed; installed are: LI" in run("gazetteer", "remove", "AZ", code=1).output
    run("gazetteer", "remove", "LI", "posts.csv")
    assert "nothing is installed" in run("gazetteer", "list").output


def test_text_of_others_cannot_write_on_the_terminal(run, tmp_path):
    hidden = "\x1b[2J\u202e\u200b"
    (tmp_path / "posts.csv").write_text(f"name,lon,lat\nPost{hidden} 7,9.5,47.1\n", encoding="utf-8")
    rows = [*LI_PLACES, f"{hidden}\tcut off"]
    bad = site(tmp_path / "c", {**li_files(), "LI.zip": country_zip("LI", rows)})
    outputs = [
        run("gazetteer", "install", "LI", "--from", bad).output,
        run("gazetteer", "add", "posts.csv", "--credit", f"Survey{hidden}").output,
    ]
    (place_id,) = [one.entry.place_id for one in read_tables(tmp_path / "posts.csv", "user")]
    for words in (["list"], ["info"], ["info", "posts.csv"], ["info", place_id]):
        outputs.append(run("gazetteer", *words).output)
        outputs.append(run("gazetteer", *words, "--json").output)
    assert "Survey\\x1b[2J\\u202e\\u200b" in outputs[4]
    assert json.loads(run("gazetteer", "info", "posts.csv", "--json").output)["added"][0]["credit"] == f"Survey{hidden}"
    for output in outputs:
        assert not {*hidden[0], *hidden[-2:]} & {*output}


def test_bad_rows_of_a_table_are_named(run, tmp_path):
    (tmp_path / "posts.csv").write_text("name,lon,lat\nPost,95,470\n")
    done = run("gazetteer", "add", "posts.csv", code=1)
    assert "posts.csv:2: lon 95.0, lat 470.0 is not on the globe" in done.output


def damage(folder):
    path = folder / Installed.load(folder).built.folder / "places.bin"
    blob = bytearray(path.read_bytes())
    blob[-40] ^= 4
    path.write_bytes(bytes(blob))
    return path


@pytest.mark.parametrize("command", [["geocode", "Mirov"], ["gazetteer", "info", "--verify"], ["doctor"]])
def test_a_damaged_file_is_named_with_the_command_that_repairs_it(run, copies, folder, command):
    run("gazetteer", "install", "LI", "--from", copies)
    assert "all files are as they were" in run("gazetteer", "info", "--verify").output
    path = damage(folder)
    done = run(*command, code=1)
    assert str(path) in done.output.replace("\n", "")
    assert f"geoconflict gazetteer install LI --force --from {copies}" in done.output.replace("\n", "")
    run("gazetteer", "install", "LI", "--force", "--from", copies)
    assert "all files are as they were" in run("gazetteer", "info", "--verify").output


def test_a_damaged_embedded_file_says_to_reinstall_the_package(run, tmp_path):
    with small_embedded(tmp_path / "embedded"):
        path = tmp_path / "embedded" / "places.bin"
        blob = bytearray(path.read_bytes())
        blob[-1] ^= 1
        path.write_bytes(bytes(blob))
        for command in (["geocode", "Altdorf"], ["doctor"], ["gazetteer", "info", "--verify"]):
            done = run(*command, code=1)
            assert str(tmp_path / "embedded") in done.output.replace("\n", "")
            assert "pip install --force-reinstall --no-deps ." in done.output


def test_status_and_doctor_tell_what_is_installed(run, copies):
    assert json.loads(run("status", "--json").output)["installed"] == []
    assert "installed" not in run("status").output
    run("gazetteer", "install", "LI", "--from", copies)
    assert "places installed beside the embedded ones: LI" in run("status").output
    assert json.loads(run("status", "--json").output)["installed"] == ["LI"]
    assert "installed places: LI, 0 added files; 11 places in all" in run("doctor").output


def test_a_manifest_of_junk_is_one_line(run, copies, folder):
    run("gazetteer", "install", "LI", "--from", copies)
    (folder / "manifest.json").write_text("{")
    for command in (["status"], ["geocode", "Mirov"], ["gazetteer", "list"]):
        done = run(*command, code=1)
        assert "manifest.json" in done.output
        assert "Traceback" not in done.output


def test_status_loads_nothing_of_the_installation():
    code = (
        "import sys; from click.testing import CliRunner; from geoconflict.cli import main;"
        "CliRunner().invoke(main, ['status']); CliRunner().invoke(main, ['--help']);"
        "print(sorted({'urllib.request', 'http.client', 'ssl', 'numpy', 'zipfile', 'marisa_trie'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_bundles_of_whos_on_first_are_configured_from_the_settings_file(run, copies, tmp_path):
    from gazetteer_files import wof_record

    site(tmp_path / "mine" / "bundles", {"li.geojsonl": json.dumps(wof_record(101, "Hinterwald", 9.5, 47.1))})
    (tmp_path / "mine" / "geoconflict.toml").write_text('[places]\nwhosonfirst_url = "bundles/{cc}.geojsonl"\n')
    done = run("gazetteer", "install", "LI", "--from", copies, "--config", tmp_path / "mine")
    assert "1 record of Who's On First" in done.output
    assert run("geocode", "Hinterwald").output.startswith("Hinterwald (LIE)")


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit on Windows")
@pytest.mark.parametrize("n_blocks", [0, 8])
def test_a_disk_without_room_is_said_and_the_old_places_stay(run, copies, project_root, n_blocks):
    # A limit on file sizes stands in for a full disk. The real embedded places are merged here: the copy is too large.
    command = f"ulimit -f {n_blocks}; exec {sys.executable} -m geoconflict gazetteer install LI --from {copies}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, cwd=project_root)
    assert done.returncode == 1, done.stderr
    assert "free disk space" in done.stderr
    assert "Traceback" not in done.stderr
    assert run("geocode", "Altdorf").output.startswith("Altdorf")
