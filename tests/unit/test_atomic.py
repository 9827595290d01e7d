import subprocess
import sys

import pytest

from geoconflict.atomic import locked, replacing
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
