"""Before a run begins: nothing of the user's is written over, and what refuses the run is accounted for."""

import json

import pytest
from click.testing import CliRunner

from geoconflict.cli import main

CONFIG = '[reports]\npaths = ["reports"]\n[store]\npath = "war.sqlite"\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "2020-10-02-x.txt").write_text("All is quiet in Stepanakert.\n")
    (tmp_path / "geoconflict.toml").write_text(CONFIG)
    (tmp_path / "war.sqlite").write_bytes(b"a store")
    (tmp_path / "overrides.csv").write_text("surface\n")
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--metrics", "war.sqlite"),
        ("build", "--report", "geoconflict.toml"),
        ("build", "--report", "reports/2020-10-02-x.txt"),
        ("build", "--store", "new.sqlite", "--report", "new.sqlite"),
        ("build", "--report", "one.json", "--metrics", "one.json"),
        ("build", "--report", "-"),
        ("ingest", "reports", "--metrics", "overrides.csv"),
        ("ingest", "reports", "--report", "/dev/null"),
        ("parse", "reports/2020-10-02-x.txt", "--out", "reports/2020-10-02-x.txt"),
        ("parse", "reports", "--out", "reports/2020-10-02-x.txt"),
        ("parse", "reports", "--out", "geoconflict.toml"),
        ("parse", "reports", "--out", "war.sqlite"),
    ],
)
def test_nothing_of_the_users_is_written_over(folder, arguments):
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    done = run(*arguments)
    assert done.exit_code == 1
    assert any(word in done.stderr for word in ("choose another name", "give each its own", "--json"))
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_what_an_earlier_run_wrote_is_replaced(folder):
    (folder / "war.sqlite").unlink()
    arguments = ("ingest", "reports", "--store", "war.sqlite", "--report", "run.json", "--metrics", "run.prom")
    assert run(*arguments).exit_code == 0
    first = json.loads((folder / "run.json").read_text())
    assert run(*arguments).exit_code == 0
    assert json.loads((folder / "run.json").read_text())["started_at"] != first["started_at"]


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda folder: (folder / "reports").rename(folder / "elsewhere"), "there is no file or folder 'reports'"),
        (lambda folder: (folder / "geoconflict.toml").write_text(CONFIG + "maps = ["), "not TOML"),
        (lambda folder: (folder / "geoconflict.toml").write_text(CONFIG + "pathh = 3"), "pathh"),
        (lambda folder: (folder / "geoconflict.toml").write_text(CONFIG + '[extract]\nlexicons = ["no.toml"]'), "extract.lexicons: there is no file 'no.toml'"),
        (lambda folder: (folder / "geoconflict.toml").write_text(CONFIG + '[places]\nextra = ["no.csv"]'), "places.extra: there is no file 'no.csv'"),
    ],
)  # fmt: skip
def test_a_run_that_cannot_begin_is_accounted_for_as_failed(folder, spoil, says):
    (folder / "war.sqlite").unlink()
    outputs = ("--report", "run.json", "--metrics", "run.prom")
    assert run("build", *outputs).exit_code == 0
    success = next(
        line
        for line in (folder / "run.prom").read_text().splitlines()
        if line.startswith("geoconflict_run_last_success")
    )
    spoil(folder)
    done = run("build", *outputs)
    assert done.exit_code == 1
    (line,) = [json.loads(line) for line in done.stderr.splitlines()]
    assert (line["event"], line["level"]) == ("run_failed", "error")
    assert says in line["message"]
    account = json.loads((folder / "run.json").read_text())
    assert (account["outcome"], account["exit_code"]) == ("failed", 1)
    assert says in account["error"]
    assert account["store"] == str(folder / "war.sqlite")
    assert account["config"] == str(folder / "geoconflict.toml")
    metrics = (folder / "run.prom").read_text()
    assert f'geoconflict_run_exit_code{{command="build",store="{folder / "war.sqlite"}"}} 1\n' in metrics
    assert success in metrics


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[[maps]]\nname = "a"\ntiles = "http://t.example/{z}/{x}/{y}.png"\n', "maps.tiles"),
        ('[[maps]]\nname = "a"\nregion = "nope"\n', "maps.region"),
        ('[[maps]]\nname = "a"\nlines = ["nope"]\n', "maps.lines"),
        ('[[maps]]\nname = "a"\ndistricts_file = "no.geojson"\n', "maps.districts_file"),
        ('[places]\ncountries = ["XXX"]\n', "places.countries"),
        ('[places]\noverrides = "no.csv"\n', "places.overrides"),
    ],
)  # fmt: skip
def test_a_dry_run_says_what_the_build_would_fail_at(folder, more, says):
    (folder / "war.sqlite").unlink()
    (folder / "geoconflict.toml").write_text(CONFIG + more)
    done = run("build", "--dry-run", "--report", "run.json")
    assert done.exit_code == 1
    assert says in done.stderr
    assert not (folder / "run.json").exists(), "it is no run"


def test_a_store_that_is_a_folder_is_refused_by_a_dry_run(folder):
    (folder / "war.sqlite").unlink()
    (folder / "war.sqlite").mkdir()
    done = run("build", "--dry-run")
    assert done.exit_code == 1
    assert "store.path: 'war.sqlite' is a folder" in done.stderr


def test_days_the_wrong_way_round_are_refused(folder):
    for arguments in (("export", "--out", "e.csv"), ("map", "--out", "m.html")):
        done = run(*arguments, "--store", "war.sqlite", "--since", "2025-01-01", "--until", "2024-01-01")
        assert done.exit_code == 1
        assert "--until 2024-01-01 is before --since 2025-01-01" in done.stderr


def test_settings_may_begin_with_the_mark_of_an_editor(folder):
    (folder / "geoconflict.toml").write_text("\ufeff" + CONFIG, encoding="utf-8")
    (folder / "war.sqlite").unlink()
    assert run("status").exit_code == 0


def test_a_map_that_no_setting_makes_any_more_is_named(folder):
    (folder / "war.sqlite").unlink()
    (folder / "geoconflict.toml").write_text(CONFIG + '[[maps]]\nname = "old"\n')
    assert run("build").exit_code == 0
    (folder / "geoconflict.toml").write_text(CONFIG + '[[maps]]\nname = "new"\n')
    done = run("build", "--report", "run.json")
    assert done.exit_code == 0
    (note,) = json.loads((folder / "run.json").read_text())["notes"]
    assert note.startswith(f"{folder / 'maps' / 'old.html'}: no [[maps]] of the settings makes it any more")
    assert note in [json.loads(line)["message"] for line in done.stderr.splitlines()]
    assert (folder / "maps" / "old.html").is_file()


def test_what_files_could_not_give_is_counted_in_status_and_metrics(folder):
    (folder / "war.sqlite").unlink()
    (folder / "reports" / "a.jsonl").write_text('{"id": "a", "date": "2020-10-02", "text": "All is quiet."}\nno json\n')
    assert run("build", "--metrics", "run.prom").exit_code == 3
    assert "geoconflict_store_failed_reports" in (folder / "run.prom").read_text()
    (line,) = [
        one
        for one in (folder / "run.prom").read_text().splitlines()
        if one.startswith("geoconflict_store_failed_reports")
    ]
    assert line.endswith(" 1")
    said = run("status").stdout
    assert "2 reports, 1 that could not be read" in said
    assert "1 of them in the files, which name them at each run: reports/a.jsonl" in said
