import datetime as dt
import json
from pathlib import Path

import pytest

from geoconflict.errors import InputError
from geoconflict.interchange.run_account import RunAccount, utc_text, write_account
from geoconflict.models import RunFailure, RunReport, StageCount

jsonschema = pytest.importorskip("jsonschema")

AT = dt.datetime(2021, 6, 10, 12, 30, tzinfo=dt.timezone(dt.timedelta(hours=4)))


def account(**fields):
    values = {
        "command": "build",
        "store": Path("/war.sqlite"),
        "config": None,
        "pid": 7,
        "host": "h",
        "started_at": AT,
        "ended_at": AT + dt.timedelta(seconds=2),
        "seconds": 2.0,
        "outcome": "finished",
        "exit_code": 0,
        "report": RunReport(stages=(StageCount(stage="read", n_seen=3, n_done=3, seconds=0.5),)),
    }
    return RunAccount(**{**values, **fields})


FULL = {
    "config": Path("/geoconflict.toml"),
    "report": RunReport(
        stages=(StageCount(stage="read", n_failed=1),),
        failures=(RunFailure(stage="read", where="x.txt", what="no date", repair="give one", external_id="7"),),
        n_failures=1,
    ),
    "outcome": "stopped",
    "exit_code": 143,
    "signal": "SIGTERM",
    "error": "x",
    "counts": dict.fromkeys(("reports", "readings", "resolutions", "failures", "events", "unlocated"), 1),
    "left": dict.fromkeys(("reports_to_extract", "reports_to_resolve", "merges_to_make", "maps_to_write"), 1),
    "maps": (Path("/maps/index.html"),),
    "unused_overrides": ("a.csv line 2: x",),
    "corrections": {"n_entries": 3, "n_applied": 1, "n_rejected": 0, "conflicts": ["x"], "orphans": ["y"]},
    "migration_backup": Path("/war-format1.sqlite"),
    "took_over": {"pid": 1, "host": "h", "command": "build", "since": "2021-06-10T12:00:00+00:00"},
}


@pytest.fixture(scope="module")
def schema(project_root):
    return json.loads((project_root / "docs" / "run-report.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("fields", [{}, FULL])
def test_what_is_written_is_as_the_schema_says(tmp_path, schema, fields):
    write_account(tmp_path / "run.json", account(**fields))
    written = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(written, schema, cls=jsonschema.Draft202012Validator)
    assert set(written) == set(schema["required"]) == set(schema["properties"])


def test_the_schema_refuses_what_is_not_as_it_says(schema):
    for broken in ({"format_version": 2}, {"started_at": "yesterday"}, {"counts": {}}, {"outcome": "good"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**account(**FULL).to_dict(), **broken}, schema, cls=jsonschema.Draft202012Validator)


def test_times_are_utc_whatever_zone_they_came_in():
    assert utc_text(AT) == "2021-06-10T08:30:00.000Z"


def test_half_a_character_of_a_foreign_name_is_written_as_an_escape(tmp_path):
    failure = RunFailure(stage="read", where="x\udcff.txt", what="no date")
    write_account(tmp_path / "run.json", account(report=RunReport(failures=(failure,), n_failures=1)))
    assert json.loads((tmp_path / "run.json").read_bytes())["failures"][0]["where"].startswith("x")


def test_the_file_is_replaced_whole_and_its_folder_must_be_there(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        write_account(tmp_path / "none" / "run.json", account())
    write_account(tmp_path / "run.json", account())
    write_account(tmp_path / "run.json", account(exit_code=3))
    assert json.loads((tmp_path / "run.json").read_text())["exit_code"] == 3
    assert [one.name for one in tmp_path.iterdir()] == ["run.json"]
