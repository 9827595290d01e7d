import datetime as dt
import re
import stat
from pathlib import Path

import pytest

from geoconflict.interchange.metrics import metrics_text, write_metrics
from geoconflict.interchange.run_account import RunAccount
from geoconflict.models import RunReport, StageCount

AT = dt.datetime(2021, 6, 10, 12, 30, tzinfo=dt.UTC)
COUNTS = {"reports": 5, "readings": 4, "resolutions": 4, "failures": 1, "events": 9, "unlocated": 2}


def account(**fields):
    values = {
        "command": "build",
        "store": Path("/war.sqlite"),
        "config": None,
        "pid": 7,
        "host": "h",
        "started_at": AT,
        "ended_at": AT,
        "seconds": 2.5,
        "outcome": "finished",
        "exit_code": 0,
        "report": RunReport(
            stages=(StageCount(stage="extract", n_seen=5, n_done=4, n_failed=1, seconds=1.25),), n_failures=1
        ),
        "counts": COUNTS,
    }
    return RunAccount(**{**values, **fields})


def series(text):
    """Return the values of a text file of Prometheus by metric and labels; every line must be well formed."""
    values, families = {}, {}
    for line in text.splitlines():
        if line.startswith("# "):
            kind, name, rest = line[2:].split(" ", 2)
            assert kind in ("HELP", "TYPE")
            assert rest
            families.setdefault(name, []).append(kind)
            continue
        name, labels, value = re.fullmatch(
            r'([a-z_]+)\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*)\} ([0-9.e+-]+)', line
        ).groups()
        assert families[name] == ["HELP", "TYPE"]  # before its values, once
        values[name, labels] = float(value)
    return values


OWN = 'command="build",store="/war.sqlite"'


def test_a_run_is_told_in_seconds_and_counts_with_names_that_say_so():
    values = series(metrics_text(account()))
    assert values["geoconflict_run_last_success_timestamp_seconds", OWN] == AT.timestamp()
    assert values["geoconflict_run_duration_seconds", OWN] == 2.5
    assert values["geoconflict_run_failures", OWN] == 1
    assert values["geoconflict_stage_items", f'{OWN},stage="extract",result="done"'] == 4
    assert values["geoconflict_stage_items", f'{OWN},stage="extract",result="failed"'] == 1
    assert values["geoconflict_stage_duration_seconds", f'{OWN},stage="extract"'] == 1.25
    assert values["geoconflict_store_events", OWN] == 9
    assert values["geoconflict_store_unlocated_events", OWN] == 2
    assert values["geoconflict_store_failed_reports", OWN] == 1


def test_names_follow_the_conventions():
    for name, _ in series(metrics_text(account())):
        assert name.startswith("geoconflict_")
        assert not name.endswith(("_total", "_count", "_sum", "_bucket"))  # these are of counters and histograms
        assert name.endswith("_seconds") == any(word in name for word in ("duration", "timestamp"))


@pytest.mark.parametrize(("outcome", "code"), [("failed", 1), ("stopped", 143), ("locked", 4)])
def test_a_run_that_did_not_finish_keeps_the_time_of_the_last_success(outcome, code):
    later = AT + dt.timedelta(days=1)
    first = metrics_text(account())
    second = metrics_text(account(outcome=outcome, exit_code=code, ended_at=later, counts=None), first)
    values = series(second)
    assert values["geoconflict_run_last_success_timestamp_seconds", OWN] == AT.timestamp()
    assert values["geoconflict_run_last_timestamp_seconds", OWN] == later.timestamp()
    assert values["geoconflict_run_exit_code", OWN] == code
    third = metrics_text(account(outcome=outcome, exit_code=code, ended_at=later), second)
    assert series(third)["geoconflict_run_last_success_timestamp_seconds", OWN] == AT.timestamp()
    assert ("geoconflict_store_events", OWN) not in values


def test_without_any_success_none_is_told():
    values = series(metrics_text(account(outcome="failed", exit_code=1), "junk\n"))
    assert ("geoconflict_run_last_success_timestamp_seconds", OWN) not in values


def test_a_success_of_another_store_is_not_taken():
    before = metrics_text(account(store=Path("/other.sqlite")))
    values = series(metrics_text(account(outcome="failed", exit_code=1), before))
    assert ("geoconflict_run_last_success_timestamp_seconds", OWN) not in values


def test_odd_paths_are_escaped_in_labels():
    values = series(metrics_text(account(store=Path('/a "b"\\c\nd.sqlite'))))
    assert ("geoconflict_run_exit_code", r'command="build",store="/a \"b\"\\c\nd.sqlite"') in values


def test_the_file_is_replaced_whole_and_others_may_read_it(tmp_path):
    path = tmp_path / "run.prom"
    write_metrics(path, account())
    write_metrics(path, account(outcome="failed", exit_code=1, ended_at=AT + dt.timedelta(hours=1)))
    values = series(path.read_text())
    assert values["geoconflict_run_last_success_timestamp_seconds", OWN] == AT.timestamp()
    assert [one.name for one in tmp_path.iterdir()] == ["run.prom"]
    assert stat.S_IMODE(path.stat().st_mode) & 0o044 == 0o044
