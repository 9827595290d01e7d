"""`geoconflict watch`: what comes into a folder is ingested as it comes, whole files only, until it is told to stop."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from click.testing import CliRunner

from geoconflict.cli import main
from geoconflict.store import EventStore

REPORT = "Baku, 4 October 2020. Armenian forces shelled the city of Ganja on Sunday, killing one civilian.\n"


def put(folder, name, text=REPORT, age=60.0):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    at = time.time() - age
    os.utime(file, (at, at))
    return file


@pytest.fixture
def incoming(tmp_path):
    folder = tmp_path / "incoming"
    folder.mkdir()
    return folder


def once(incoming, *options):
    arguments = [
        "watch",
        str(incoming),
        "--once",
        "--settle",
        "0.1",
        "--store",
        str(incoming.parent / "war.sqlite"),
        *options,
    ]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def counts(incoming):
    with EventStore(incoming.parent / "war.sqlite", read_only=True) as store:
        return dict(store.counts())


def test_one_look_takes_what_is_there_and_a_second_one_nothing(incoming):
    put(incoming, "2020-10-04-a.txt")
    first = once(incoming)
    assert first.exit_code == 0
    assert "1 file: 1 new report, 0 failed; 1 report, " in first.stdout
    assert counts(incoming)["events"] >= 1
    assert "1 file: 0 new reports" in once(incoming).stdout


def test_a_bad_report_is_named_and_the_others_are_read(incoming):
    put(incoming, "2020-10-04-a.txt")
    put(incoming, "b.txt", "no date at all")
    done = once(incoming)
    assert done.exit_code == 3
    assert "b.txt" in done.stderr
    assert counts(incoming)["reports"] == 1


def test_maps_are_built_from_what_was_taken_and_nothing_else(incoming, tmp_path):
    """The reports folder of the settings is the watched one: a build must not read what is half written there."""
    config = tmp_path / "geoconflict.toml"
    config.write_text('[reports]\npaths = ["incoming"]\n[store]\npath = "war.sqlite"\n', encoding="utf-8")
    put(incoming, "2020-10-04-a.txt")
    (incoming / "2020-10-05-half.txt").write_text(REPORT.replace("4 October", "5 October"), encoding="utf-8")
    arguments = ["watch", str(incoming), "--once", "--build", "--settle", "0.2", "--config", str(config), "--json"]
    from geoconflict import watching

    original = watching.FolderWatch.look

    def look(self):
        """The second file grows between any two looks."""
        found = original(self)
        with (incoming / "2020-10-05-half.txt").open("a", encoding="utf-8") as file:
            file.write("More of it. ")
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watching.FolderWatch, "look", look)
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["maps_written"] for record in records if "maps_written" in record] == [1]
    assert [record["waiting"] for record in records if "waiting" in record] == [1]
    assert counts(incoming)["reports"] == 1
    assert (tmp_path / "maps" / "map.html").is_file()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_takes_what_comes_until_a_signal_ends_it(incoming, number):
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "geoconflict", "watch", str(incoming), "--interval", "0.2", "--settle", "0.2"),
            *("--store", str(incoming.parent / "war.sqlite"), "--json"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert "watching" in json.loads(process.stdout.readline())
        for name in ("2020-10-04-a.txt", "2020-10-05-b.txt"):
            put(incoming, name, REPORT + name)
            taken = json.loads(process.stdout.readline())
            assert taken["stages"][0]["n_done"] == 1
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 128 + number, err
    assert json.loads(out.splitlines()[-1])["stopped"] is True
    assert counts(incoming)["reports"] == 2


def test_a_stop_ends_a_round_between_two_transactions_and_the_next_run_goes_on(incoming):
    from geoconflict import per_report

    for number in range(3):
        put(incoming, f"2020-10-0{number + 1}-a.txt", REPORT + str(number))
    original = per_report.extract

    def extract(*arguments):
        """The signal comes when the reports have been read and nothing has been made of them."""
        os.kill(os.getpid(), signal.SIGTERM)
        return original(*arguments)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(per_report, "extract", extract)
        done = once(incoming)
    assert done.exit_code == 143, done.output
    assert "stopped" in done.stdout
    assert counts(incoming)["reports"] == 3
    assert counts(incoming)["events"] == 0
    once(incoming)
    assert counts(incoming)["events"] >= 1


def test_a_build_that_failed_is_made_up_for_by_the_next_round_without_new_files(incoming, monkeypatch, capsys):
    from geoconflict import pipeline
    from geoconflict.cli.watch import _Rounds
    from geoconflict.settings import Settings

    original, n_tried = pipeline.build, []

    def build(*arguments, **options):
        """The disk is full when the maps of the files are to be written."""
        n_tried.append(1)
        if len(n_tried) == 2:
            raise OSError(errno.ENOSPC, "no space left")
        return original(*arguments, **options)

    monkeypatch.setattr(pipeline, "build", build)
    rounds = _Rounds(
        Settings(root=incoming.parent),
        incoming.parent / "war.sqlite",
        threading.Event(),
        is_building=True,
        as_json=False,
        quiet=False,
    )
    taken = []
    rounds.take([], taken.extend)  # what an earlier run left
    file = put(incoming, "2020-10-04-a.txt")
    with pytest.raises(OSError, match="no space left"):
        rounds.take([file], taken.extend)
    assert taken == [file]
    (incoming.parent / "maps" / "map.html").unlink(missing_ok=True)
    rounds.take([], taken.extend)
    assert len(n_tried) == 3
    assert "1 of 1 maps written" in capsys.readouterr().out.splitlines()[-1]
    assert (incoming.parent / "maps" / "map.html").is_file()
    rounds.take([], taken.extend)
    assert len(n_tried) == 3  # nothing is owed any more


def test_rounds_that_fail_are_tried_again_and_then_ended(incoming):
    (incoming.parent / "war.sqlite").write_text("no store at all, but long enough to look like one" * 100)
    put(incoming, "2020-10-04-a.txt")
    arguments = ["watch", str(incoming), "--interval", "0.1", "--settle", "0"]
    done = CliRunner().invoke(
        main, [*arguments, "--store", str(incoming.parent / "war.sqlite")], catch_exceptions=False
    )
    assert done.exit_code == 1
    assert done.stdout.count("failed, to be tried again") == 4
    assert "5 rounds in a row failed" in done.stderr
