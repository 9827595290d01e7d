"""No command writes over what the user wrote: inputs, settings, decisions, reports, stores; nor two files into one name."""

import pandas as pd
import pytest
from click.testing import CliRunner
from event_rows import acled_row, rows_of

from geoconflict.cli import main
from geoconflict.store import EventStore

_SETTINGS = '[places]\noverrides = "overrides.csv"\nextra = ["places.csv"]\n'


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "geoconflict.toml").write_text(_SETTINGS)
    for name in ("corrections.jsonl", "overrides.csv", "places.csv", "names.csv"):
        (tmp_path / name).write_text("by hand\n")
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.csv").write_text("a report\n")
    pd.DataFrame(rows_of(acled_row, 5)).to_csv(tmp_path / "acled.csv", index=False)
    (tmp_path / "o3.csv-metadata.json").write_bytes((tmp_path / "acled.csv").read_bytes())
    (tmp_path / "link.csv").symlink_to("overrides.csv")
    with EventStore(tmp_path / "geoconflict.sqlite"):
        pass
    return tmp_path


def held(project):
    return {path: path.read_bytes() for path in project.rglob("*") if path.is_file() and "sqlite-" not in path.name}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("review --out corrections.jsonl", "the list is a CSV"),
        ("review --out geoconflict.toml", "the list is a CSV"),
        ("review --out reports/evil.md", "the list is a CSV"),
        ("review --out overrides.csv", "is a file of places.overrides"),
        ("review --out link.csv", "is a file of places.overrides"),
        ("review --out places.csv", "is a file of places.extra"),
        ("review --out reports/one.csv", "lies in a folder of reports (reports.paths)"),
        ("review --out reports/new.csv", "lies in a folder of reports (reports.paths)"),
        ("export --out overrides.csv", "is a file of places.overrides"),
        ("export --out reports --partitioned", "lies in a folder of reports"),
        ("export --out overrides.csv --format acled", "is a file of places.overrides"),
        ("map --out reports/map.html", "lies in a folder of reports"),
        ("parse names.csv --out names.csv", "is the file that is read"),
        ("parse names.csv --out corrections.jsonl", "is a file of review.corrections"),
        ("parse names.csv --out geoconflict.sqlite", "is the event store itself"),
        ("geocode --batch names.csv --out names.csv", "is the file that is read"),
        ("geocode --batch names.csv --out overrides.csv", "is a file of places.overrides"),
        ("convert acled.csv o.csv --to ucdp --left-out acled.csv", "is the file that is read"),
        ("convert acled.csv o.csv --to ucdp --left-out o.csv", "is OUT o.csv too"),
        ("convert acled.csv o.csv --to ucdp --left-out o.csv-metadata.json", "is the side-car"),
        ("convert acled.csv o.csv --to ucdp --left-out geoconflict.toml", "is the settings file itself"),
        ("convert acled.csv overrides.csv --to ucdp", "is a file of places.overrides"),
        ("convert o3.csv-metadata.json o3.csv --to ucdp", "is the file that is read"),
        ("compare acled.csv acled.csv --pairs acled.csv", "is the file that is read"),
        ("compare acled.csv acled.csv --pairs overrides.csv", "is a file of places.overrides"),
        ("build --report reports/run.json", "lies in a folder of reports"),
        ("build --metrics corrections.jsonl", "was not written by --metrics before"),
        ("ingest acled.csv --metrics reports/new.prom", "lies in a folder of reports"),
        ("download ucdp --release 26.1 --out corrections.jsonl", "is a file of review.corrections"),
    ],
)
def test_what_the_user_wrote_is_never_written_over(project, arguments, said):
    before = held(project)
    done = CliRunner().invoke(main, arguments.split())
    assert done.exit_code == 1, done.output
    assert said in done.output
    assert held(project) == before


def test_broken_settings_are_kept_too(project):
    (project / "geoconflict.toml").write_text("[places\n")
    done = CliRunner().invoke(main, ["convert", "acled.csv", "o.csv", "--to", "ucdp", "--left-out", "geoconflict.toml"])
    assert done.exit_code == 1
    assert "is the settings file itself" in done.output
    assert (project / "geoconflict.toml").read_text() == "[places\n"


def test_an_older_output_is_replaced_and_a_project_that_is_its_own_folder_of_reports_can_be_written_to(project):
    (project / "geoconflict.toml").write_text('[reports]\npaths = ["."]\n')
    for _ in range(2):
        done = CliRunner().invoke(main, ["convert", "acled.csv", "o.csv", "--to", "ucdp", "--left-out", "left.json"])
        assert done.exit_code == 0, done.output
