"""Overrides in a whole run: the next build shows them without reading a report again, and tells of rows that match nothing."""

import json

import pytest
from click.testing import CliRunner

from geoconflict.cli import main
from geoconflict.places import Override, append_override

_REPORTS = {
    "2024-05-02-a.txt": "Shells fell on the village of Oubelekane on Wednesday, killing two soldiers.",
    "2024-05-03-b.txt": "Drones hit the town of Tezarmuit overnight, killing three civilians.",
}
_SETTINGS = '[places]\noverrides = "overrides.csv"\n\n[[maps]]\nname = "war"\n'


@pytest.fixture(scope="module")
def _language_model_loaded():
    from geoconflict.tools import Tools

    _ = Tools().reader


@pytest.fixture
def project(tmp_path, _language_model_loaded):
    (tmp_path / "reports").mkdir()
    for name, text in _REPORTS.items():
        (tmp_path / "reports" / name).write_text(text, encoding="utf-8")
    (tmp_path / "geoconflict.toml").write_text(_SETTINGS, encoding="utf-8")
    (tmp_path / "overrides.csv").write_text("surface,place_id\n", encoding="utf-8")
    return tmp_path


def run(project, *arguments, code=0):
    done = CliRunner().invoke(main, [*arguments, "--config", str(project / "geoconflict.toml")])
    assert done.exit_code == code, done.output
    return done.stdout if "--json" in arguments else done.output


def stages(project):
    return {one["stage"]: one for one in json.loads(run(project, "build", "--json"))["stages"]}


def places(project):
    run(project, "export", "--out", str(project / "events.geojson"))
    features = json.loads((project / "events.geojson").read_text(encoding="utf-8"))["features"]
    return [feature["properties"]["place_name"] for feature in features if feature["geometry"]]


def test_an_override_takes_effect_at_the_next_build_without_reading_again(project):
    first = stages(project)
    assert (first["extract"]["n_done"], first["resolve"]["n_done"]) == (2, 2)
    assert places(project) == []
    page = (project / "maps" / "war.html").read_bytes()

    append_override(project / "overrides.csv", Override(surface="Tezarmuit", place_id="geonames:587116"))
    second = stages(project)
    assert (second["read"]["n_done"], second["extract"]["n_done"]) == (0, 0)
    assert (second["resolve"]["n_done"], second["map"]["n_done"]) == (2, 1)
    assert (project / "maps" / "war.html").read_bytes() != page
    assert len(places(project)) == 1

    third = stages(project)
    assert [third[name]["n_done"] for name in ("read", "extract", "resolve", "map")] == [0, 0, 0, 0]

    (project / "overrides.csv").write_text("surface,place_id\nTezarmuit,not a place\n", encoding="utf-8")
    assert stages(project)["extract"]["n_done"] == 0
    assert places(project) == []


def test_rows_that_match_nothing_are_told_by_build_and_status(project):
    (project / "overrides.csv").write_text(
        "surface,context,place_id\nOubelekane,,geonames:587116\nTezarmiut,,geonames:587116\nTezarmuit,navy,geonames:587116\n",
        encoding="utf-8",
    )
    for output in (run(project, "build"), run(project, "build"), run(project, "status")):
        assert "overrides that matched no place name in any report: 2" in output
        assert "overrides.csv line 3: Tezarmiut" in output
        assert "overrides.csv line 4: Tezarmuit" in output
        assert "line 2" not in output
    assert len(json.loads(run(project, "status", "--json"))["unused_overrides"]) == 2
    (project / "overrides.csv").write_text("surface,context,place_id\nOubelekane,,geonames:587116\n", encoding="utf-8")
    assert "matched no place name" not in run(project, "build")


def test_a_row_for_a_word_that_is_no_name_says_so(project):
    (project / "overrides.csv").write_text(
        "surface,context,place_id\nOvernight,,geonames:587116\nTezarmuit,navy,geonames:587116\nNowhere,,geonames:587116\n",
        encoding="utf-8",
    )
    output = run(project, "build")
    assert "line 2: Overnight (it occurs in 1 report but was not taken for a place name there; `geoconflict" in output
    assert "line 3: Tezarmuit (the name was found, but the context or the dates" in output
    assert "line 4: Nowhere\n" in output


@pytest.mark.parametrize(
    ("settings", "name", "content", "says"),
    [
        ('[places]\nextra = ["own.csv"]\n', "own.csv", "name,lon\nTezarmuit,400\n", "own.csv"),
        ('[extract]\nlexicons = ["own.toml"]\n', "own.toml", "[triggers\n", "own.toml"),
        ('[places]\noverrides = "own.csv"\n', "own.csv", "surface,place_id\nA,x\n", "own.csv"),
        ('[review]\ncorrections = "own.jsonl"\n', "own.jsonl", "{\n", "own.jsonl"),
    ],
)
def test_a_faulty_file_of_the_users_is_refused_before_the_read_stage(project, settings, name, content, says):
    (project / "geoconflict.toml").write_text(settings, encoding="utf-8")
    (project / name).write_text(content, encoding="utf-8")
    assert says in run(project, "build", "--report", str(project / "run.json"), code=1)
    assert json.loads((project / "run.json").read_text())["stages"] == []
    (project / "geoconflict.toml").write_text("", encoding="utf-8")
    assert stages(project)["read"]["n_done"] == 2  # a later mistake is refused too
    (project / "geoconflict.toml").write_text(settings, encoding="utf-8")
    run(project, "build", "--report", str(project / "run.json"), code=1)
    assert json.loads((project / "run.json").read_text())["stages"] == []


def test_a_faulty_file_stops_the_build_before_any_report_is_read(project):
    (project / "overrides.csv").write_text("surface,place_id\nA,x\nB,geonames:587116\nC,\n", encoding="utf-8")
    output = run(project, "build", code=1)
    assert "2 faults" in output
    assert "line 2: place_id 'x' is not of the form" in output
    assert "line 4: give either" in output
    assert json.loads(run(project, "status", "--json"))["counts"]["reports"] == 0  # none was read yet
    (project / "overrides.csv").unlink()
    assert "no file .overrides.csv." in run(project, "build", code=1).replace("'", ".")
    (project / "overrides.csv").write_text("surface,place_id\n", encoding="utf-8")
    assert stages(project)["extract"]["n_done"] == 2
