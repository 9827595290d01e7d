import errno
import os
import subprocess
import sys

import pytest

from geoconflict.atomic import is_running, locked, replacing
from geoconflict.errors import InputError


def test_the_file_is_replaced_whole(tmp_path):
    target = tmp_path / "x.txt"
    target.write_text("old")
    with replacing(target) as temporary:
        temporary.write_text("new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "x.txt"
    target.write_text("old")
    with pytest.raises(KeyError), replacing(target) as temporary:
        temporary.write_text("half")
        raise KeyError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_no_file_takes_the_place_of_a_pipe_or_device(tmp_path):
    target = tmp_path / "x.txt"
    os.mkfifo(target)
    with pytest.raises(InputError, match="x.txt: a pipe or device"), replacing(target):
        pass
    assert target.is_fifo()
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_to_a_file_or_to_none_is_no_device(tmp_path):
    for name in ("there.txt", "gone.txt"):
        target = tmp_path / f"link-to-{name}"
        target.symlink_to(tmp_path / name)
        (tmp_path / "there.txt").touch()
        with replacing(target) as temporary:
            temporary.write_text("new")
        assert target.read_text() == "new"


def test_a_lock_is_held_by_one_alone_and_let_go(tmp_path):
    target = tmp_path / "x.txt"
    with locked(target, wait=False):
        with pytest.raises(BlockingIOError), locked(target, wait=False):
            pass
        with locked(tmp_path / "y.txt", wait=False):
            pass
    with locked(target, wait=False), pytest.raises(BlockingIOError), locked(target, wait=False):
        pass


def test_a_process_that_dies_lets_go_of_its_lock(tmp_path):
    target = tmp_path / "x.txt"
    code = (
        "import sys; from pathlib import Path; from geoconflict.atomic import locked\n"
        "with locked(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BlockingIOError), locked(target, wait=False):
            pass
        other.kill()
        other.wait()
        with locked(target, wait=False):
            pass


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="no such folder"), replacing(tmp_path / "none" / "x.txt"):
        pass


LEAVES = (
    "import os, sys; from pathlib import Path; from geoconflict.atomic import replacing\n"
    "with replacing(Path(sys.argv[1]), family=sys.argv[2] or None) as temporary:\n"
    "    temporary.write_text('half')\n    os.kill(os.getpid(), 9)"
)


def leave(target, family=""):
    subprocess.run([sys.executable, "-c", LEAVES, str(target), family], check=False)


def test_what_a_killed_process_left_goes_with_the_next_replacing(tmp_path):
    target = tmp_path / "map.html"
    leave(target)
    leave(tmp_path / "map-2.html")
    assert len(list(tmp_path.iterdir())) == 2
    with replacing(target) as ours:
        ours.write_text("new")
        with replacing(target) as another:  # that of a process that runs stays
            another.write_text("newer")
        assert ours.exists()
    assert sorted(file.name.split("-")[0] for file in tmp_path.iterdir()) == [".map", "map.html"]
    assert target.read_text() == "new"


def test_targets_of_one_family_clean_up_after_each_other(tmp_path):
    leave(tmp_path / "war-2021.sqlite", "war-copy")
    with replacing(tmp_path / "war-2022.sqlite", family="war-copy") as temporary:
        temporary.write_text("x")
    assert [file.name for file in tmp_path.iterdir()] == ["war-2022.sqlite"]


def test_files_that_only_look_alike_stay(tmp_path):
    names = [".map-notes.html", ".map-00000000-1-x.html", ".map-12-x.html"]
    for name in names:
        (tmp_path / name).write_text("mine")
    with replacing(tmp_path / "map.html") as temporary:
        temporary.write_text("x")
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*names, "map.html"])


def test_a_process_runs_until_it_has_ended():
    assert is_running(os.getpid())
    with subprocess.Popen([sys.executable, "-c", ""]) as other:
        other.wait()
    assert not is_running(other.pid)
    assert is_running(2**70)  # no id of a process: nobody can tell


def test_a_folder_that_may_not_be_written_to_is_told_of_the_file_that_is_wanted(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / ".x-temporary"))

    monkeypatch.setattr("geoconflict.atomic.tempfile.mkstemp", refuse)
    with pytest.raises(PermissionError) as raised, replacing(tmp_path / "x.jsonl"):
        pass
    assert raised.value.filename == str(tmp_path / "x.jsonl")
