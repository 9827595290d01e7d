"""Whatever is wrong with a setting, the message names the key, the file and the line."""

import pytest
from click.testing import CliRunner

from geoconflict.cli import main

SERVICE = 'services = ["nominatim"]\nuser_agent = "tests (a@example.org)"\n'


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('# x\n[places]\noverrides = "none.csv"\n', 3, "places.overrides"),
        ('[places]\nextra = ["none.csv"]\n', 2, "places.extra"),
        ('[places]\nservices = ["nope"]\n', 2, "places.services"),
        ('[places]\nservices = ["nominatim"]\n', 1, "places.user_agent"),  # a key that is not there: its table
        (f'[places]\n{SERVICE}nominatim_url = "ftp://x"\n', 4, "places.nominatim_url"),
        ('[extract]\nlexicons = ["none.toml"]\n', 2, "extract.lexicons"),
        ('[extract]\nmodel = "nope"\n', 2, "extract.model"),
        ('[reports]\ncolumns = { texts = "x" }\n', 2, "reports.columns"),
        ('[reports]\npaths = ["reports", "nowhere"]\n', 2, "reports.paths"),
        ('[store]\npath = "no/such/war.sqlite"\n', 2, "store.path"),
        ('maps_dir = "geoconflict.toml"\n', 1, "maps_dir"),
        ('[[maps]]\n[[maps]]\nname = "b"\nlines = ["curated:zzz"]\n', 4, "maps.lines"),
        ('[[maps]]\nregion = "geonames:1"\n', 2, "maps.region"),
        ('[[maps]]\nlines_files = ["none.geojson"]\n', 2, "maps.lines_files"),
        ('[[maps]]\ndistricts_file = "none.geojson"\n', 2, "maps.districts_file"),
        ('[[maps]]\ntiles = "nope"\n', 2, "maps.tiles"),
        ('[[maps]]\nlanguage = "en"\n[[maps]]\nname = "b"\nlanguage = "xx"\n', 5, "maps.language"),
        ("[[maps]]\nname = 7\n", 2, "maps.name"),
        ("[plces]\n", 1, "plces"),
    ],
)
def test_the_key_the_file_and_the_line_are_named(tmp_path, monkeypatch, text, line, key):
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "geoconflict.toml"
    config.write_text(text, encoding="utf-8")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "2020-10-02-x.txt").write_text("Artillery shelled Stepanakert on Thursday.\n")
    done = CliRunner().invoke(main, ["build", "--config", str(config), "--log-format", "text"])
    assert done.exit_code == 1
    assert f"error: {config}, line {line}: " in done.stderr
    assert key in done.stderr


@pytest.mark.parametrize(
    ("text", "said"), [("a = = b\n", "line 1, column 5"), ('maps_dir = "a"\n\xff', "line 2: not UTF-8")]
)
def test_a_file_that_cannot_be_read_names_the_line(tmp_path, text, said):
    config = tmp_path / "geoconflict.toml"
    config.write_bytes(text.encode("latin-1"))
    done = CliRunner().invoke(main, ["build", "--config", str(config)])
    assert done.exit_code == 1
    assert str(config) in done.stderr
    assert said in done.stderr


def test_an_error_about_no_setting_is_left_as_it_is(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "geoconflict.toml").write_text('[places]\ncountries = ["AZE"]\n')
    done = CliRunner().invoke(main, ["ingest", "nowhere", "--log-format", "text"])
    assert done.stderr == "error: nowhere: there is no such file or folder\n"


def test_all_files_that_are_not_there_are_told_at_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "geoconflict.toml"
    config.write_text('[places]\ncountries = ["AZE", "XXX"]\noverrides = "none.csv"\nextra = ["a.csv", "b.csv"]\n')
    (tmp_path / "reports").mkdir()
    done = CliRunner().invoke(main, ["build", "--config", str(config), "--log-format", "text"])
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert [line.removeprefix("error: ").split(":")[0] for line in lines] == [
        f"{config}, line {n}" for n in (2, 4, 4, 3)
    ]
