import io
import json
import sys
import warnings

import pytest

from geoconflict.cli.run_log import run_log
from geoconflict.models import RunFailure
from geoconflict.stage import Stage


class Terminal(io.StringIO):
    def isatty(self):
        return True


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def logged(form="auto", *, quiet=False, plain=False, check=lambda: None):
    return run_log(form, check, quiet=quiet, plain=plain, fields={"command": "build"})


def test_progress_is_told_now_and_then_and_not_at_each_batch(capsys, monkeypatch):
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    log = logged("json")
    for done in range(200):
        log("extract", done, 200)
        now[0] += 1
    assert [one["n_done"] for one in lines(capsys)] == [30, 60, 90, 120, 150, 180]


def test_between_batches_the_run_is_stopped_where_that_was_asked():
    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        logged("json", check=stop)("extract", 1, 2)


def test_python_warnings_are_events(capsys):
    log = logged("json")
    with log.shown(), warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("the cache is damaged", UserWarning, stacklevel=1)
    (told,) = lines(capsys)
    assert (told["level"], told["event"], told["message"]) == ("warning", "warning", "the cache is damaged")


def test_a_stage_that_fails_half_way_is_told_with_what_it_did(capsys):
    log = logged("json")
    stage = Stage("extract", log)
    with pytest.raises(ZeroDivisionError), stage:
        stage.done = 3
        stage.fail([RunFailure(stage="extract", where="r1", what="it is unreadable")])
        raise ZeroDivisionError
    told = lines(capsys)
    assert [one["event"] for one in told] == ["stage_started", "item_failed", "stage_broken_off"]
    assert told[-1]["n_done"] == 3
    assert log.stages == [stage]


def test_a_terminal_gets_bars_unless_json_or_quiet_is_asked_for(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    assert type(logged()).__name__ == "_Bars"
    assert type(logged("json")).__name__ == "_JsonLines"
    assert type(logged(plain=True)).__name__ == type(logged(quiet=True)).__name__ == "RunLog"
    log = logged()
    with log.shown():
        log("extract", 1, 2)
        log("extract", 2, 2)
    assert "extract" in stream.getvalue()


def test_text_tells_warnings_with_nothing_hidden(capsys):
    log = logged("text")
    log.event("info", "run_started", "not shown")
    log.event("warning", "run_waiting", "waiting for\nthe \u202eother")
    assert capsys.readouterr().err == "warning: waiting for\nthe \\u202eother\n"


def test_a_stage_that_an_error_ends_is_not_told_as_one_that_came_to_its_end(capsys):
    log = logged("json")
    with pytest.raises(ZeroDivisionError), Stage("read", log) as stage:
        stage.seen, stage.done = 1024, 1000
        raise ZeroDivisionError
    told = lines(capsys)[-1]
    assert (told["level"], told["event"], told["n_seen"]) == ("warning", "stage_broken_off", 1024)
    assert told["message"] == "read: broken off after 1024 seen, 1000 of them new or changed"
