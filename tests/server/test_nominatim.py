"""Geocoding and whole builds against a real Nominatim on this machine: ``make test-server``."""

from __future__ import annotations

import csv
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from geoconflict.cli import main

pytestmark = pytest.mark.server

NOWHERE = "Quexilotamba"
REPORTS = {
    "2024-05-02-a.txt": "Shells fell on the village of Oubelekane on Wednesday, killing two soldiers.",
    "2024-05-03-b.txt": "Drones hit the town of Tezarmuit overnight, killing three civilians.",
    "2024-05-04-c.txt": f"Shells hit the town of {NOWHERE} overnight, killing two civilians.",
    "2024-05-05-d.txt": "Shells fell on the village of Oubelekane again, killing one soldier.",
}


def geocode(project, *arguments):
    command = [sys.executable, "-m", "geoconflict", "geocode", *arguments]
    done = subprocess.run(
        [*command, "--config", str(project / "geoconflict.toml")],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def geocode_json(project, *arguments):
    return json.loads(geocode(project, *arguments, "--json")[1])


def run(project, *arguments, code=0):
    done = CliRunner().invoke(main, [*arguments, "--config", str(project / "geoconflict.toml")])
    assert done.exit_code == code, done.output
    return done.output


def stages(project):
    """Build, and return what the run says of each stage; its log goes to stderr."""
    done = CliRunner().invoke(main, ["build", "--json", "--config", str(project / "geoconflict.toml")])
    assert done.exit_code == 0, done.output
    return {one["stage"]: one for one in json.loads(done.stdout)["stages"]}


@pytest.fixture
def with_reports(project):
    for name, text in REPORTS.items():
        (project / "reports" / name).write_text(text, encoding="utf-8")
    return project


def places(project):
    run(project, "export", "--out", str(project / "events.geojson"))
    collection = json.loads((project / "events.geojson").read_text(encoding="utf-8"))
    return [
        feature["properties"]["place_name"] for feature in collection["features"] if feature["geometry"]
    ], collection["attribution"]


# ---------------------------------------------------------------- one name
def test_a_name_that_only_the_server_knows_is_found_and_asked_once(project, nominatim):
    before = nominatim.n_searches()
    answer = geocode_json(project, "Oubelekane")
    place = answer["place"]
    assert (place["place_id"], place["lon"], place["lat"]) == ("osm:node/1", 1.1, 18.9)
    assert (place["country"], place["admin1"]) == ("MLI", "Imzaden Region")
    assert "through Nominatim" in place["source"]
    code, text = geocode(project, "oubelekane")
    assert code == 0
    assert "Oubelekane (Imzaden Region, MLI)" in text
    assert "asked on" in text  # of the cache
    assert nominatim.n_searches() == before + 1


def test_a_name_that_nobody_knows_is_not_found_and_remembered(project, nominatim):
    before = nominatim.n_searches()
    for _ in range(2):
        code, text = geocode(project, NOWHERE)
        assert code == 1
        assert "not found" in text
    assert nominatim.n_searches() == before + 1


def test_country_and_region_narrow_the_question(project):
    assert geocode_json(project, "Tezarmuit", "--country", "Mali")["place"]["place_id"] == "osm:node/2"
    assert geocode_json(project, "Tezarmuit", "--country", "Azerbaijan")["answer"] == "NotFound"
    assert geocode_json(project, "Tezarmuit", "--admin1", "Imzaden Region")["place"]["place_id"] == "osm:node/2"


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Շակրավան", "osm:node/3"),
        ("Şakravan", "osm:node/3"),
        ("Чорнобілка Нова", "osm:node/4"),
        ("Chornobilka Nova", "osm:node/4"),
        ("Imzaden Region", "osm:relation/1"),
    ],
)
def test_names_in_other_scripts_and_regions_are_found(name, place_id, project):
    assert geocode_json(project, name)["place"]["place_id"] == place_id


def test_a_shop_of_the_name_is_no_place(project):
    assert geocode_json(project, "Oubelekane Bakery")["answer"] == "NotFound"


def test_a_name_of_ten_thousand_characters_breaks_nothing(project):
    assert geocode_json(project, "Oubele" + "k" * 10_000)["answer"] == "NotFound"


def test_a_table_of_names_carries_the_credit(project):
    (project / "names.csv").write_text(f"id,name,country\n1,Oubelekane,Mali\n2,{NOWHERE},\n", encoding="utf-8")
    output = run(project, "geocode", "--batch", str(project / "names.csv"), "--out", str(project / "out.csv"))
    assert "1 of 2 names found" in output
    with (project / "out.csv").open(encoding="utf-8") as file:
        assert [row["answer"] for row in csv.DictReader(file)] == ["Found", "NotFound"]
    assert "OpenStreetMap contributors" in (project / "out.csv-metadata.json").read_text(encoding="utf-8")


# ---------------------------------------------------------------- whole builds
def test_a_build_asks_each_name_once_credits_openstreetmap_and_the_next_asks_nothing(with_reports, nominatim):
    before = nominatim.n_searches()
    first = stages(with_reports)
    assert first["resolve"]["n_failed"] == 0
    assert nominatim.n_searches() == before + 3  # three names in four reports
    found, credit = places(with_reports)
    assert sorted(set(found)) == ["Oubelekane", "Tezarmuit"]
    assert any("OpenStreetMap contributors, ODbL" in line for line in credit)
    page = (with_reports / "maps" / "war.html").read_text(encoding="utf-8")
    assert "OpenStreetMap contributors, ODbL" in page
    second = stages(with_reports)
    assert [second[name]["n_done"] for name in ("read", "extract", "resolve", "map")] == [0, 0, 0, 0]
    (with_reports / "geoconflict.sqlite").unlink()  # the cache alone is left
    run(with_reports, "build", "--json")
    assert nominatim.n_searches() == before + 3
    assert places(with_reports)[0] == found


def test_a_server_that_goes_down_is_unavailable_and_what_it_owes_is_asked_when_it_is_back(with_reports, nominatim):
    later = {name: (with_reports / "reports" / name) for name in list(REPORTS)[1:]}
    for path in later.values():
        path.unlink()
    run(with_reports, "build", "--json")
    for name, path in later.items():
        path.write_text(REPORTS[name], encoding="utf-8")
    before = nominatim.n_searches()
    nominatim.control("stop-api")
    try:
        output = run(with_reports, "build", code=3)
        assert "could not be asked of nominatim" in output
        assert "connection refused" in output
        code, text = geocode(with_reports, "Tezarmuit")
        assert (code, "unavailable" in text) == (1, True)
        assert geocode_json(with_reports, "Oubelekane")["place"]["place_id"] == "osm:node/1"  # the cache knows it
    finally:
        assert nominatim.control("start") == nominatim.url
    resumed = stages(with_reports)
    assert resumed["extract"]["n_done"] == 0
    assert resumed["resolve"]["n_done"] == 2  # the two reports that name what could not be asked
    assert nominatim.n_searches() == before + 2
    assert sorted(set(places(with_reports)[0])) == ["Oubelekane", "Tezarmuit"]
    run(with_reports, "build")
    assert nominatim.n_searches() == before + 2
