import os

import pytest

from geoconflict.errors import InputError
from geoconflict.watching import FolderWatch


class Clock:
    def __init__(self):
        self.now = 1_700_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watch(tmp_path, clock):
    return FolderWatch(tmp_path, {".txt", ".csv"}, settle_seconds=2.0, clock=clock)


def put(folder, clock, name, text="x", age=60.0):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    os.utime(file, (clock.now - age, clock.now - age))
    return file


def due(watch, folder):
    return [one.relative_to(folder).as_posix() for one in watch.look()]


def test_a_file_is_due_when_two_looks_saw_it_the_same(watch, tmp_path, clock):
    put(tmp_path, clock, "a.txt")
    put(tmp_path, clock, "deep/er/b.CSV")
    assert due(watch, tmp_path) == []
    assert due(watch, tmp_path) == ["a.txt", "deep/er/b.CSV"]


def test_a_file_that_is_being_written_is_left_until_it_is_whole(watch, tmp_path, clock):
    for number in range(5):
        put(tmp_path, clock, "a.txt", "x" * number, age=0.0)
        assert due(watch, tmp_path) == []
        clock.now += 1
    clock.now += 0.9
    assert due(watch, tmp_path) == []  # it has stood still for 1.9 seconds
    clock.now += 0.2
    assert due(watch, tmp_path) == ["a.txt"]


def test_a_file_that_grows_while_its_time_stands_still_is_left(watch, tmp_path, clock):
    put(tmp_path, clock, "a.txt", "x")
    watch.look()
    put(tmp_path, clock, "a.txt", "xx")
    assert due(watch, tmp_path) == []
    assert due(watch, tmp_path) == ["a.txt"]


def test_what_was_taken_is_due_again_only_when_it_changed(watch, tmp_path, clock):
    file = put(tmp_path, clock, "a.txt")
    watch.look()
    watch.took(watch.look())
    assert due(watch, tmp_path) == []
    assert watch.n_waiting == 0
    put(tmp_path, clock, "a.txt", "changed")
    assert due(watch, tmp_path) == []
    assert watch.n_waiting == 1
    assert due(watch, tmp_path) == ["a.txt"]
    watch.took([file])
    file.unlink()
    assert due(watch, tmp_path) == []
    put(tmp_path, clock, "a.txt", "changed")
    watch.look()
    assert due(watch, tmp_path) == ["a.txt"]


def test_what_was_not_taken_is_due_again(watch, tmp_path, clock):
    put(tmp_path, clock, "a.txt")
    watch.look()
    assert due(watch, tmp_path) == due(watch, tmp_path) == ["a.txt"]


def test_a_file_from_the_future_settles_too(watch, tmp_path, clock):
    put(tmp_path, clock, "a.txt", age=-3600)
    watch.look()
    assert due(watch, tmp_path) == ["a.txt"]


def test_hidden_files_read_me_files_and_other_suffixes_do_not_count(watch, tmp_path, clock):
    for name in (".a.txt", ".hidden/a.txt", "README.txt", "a.html", "a"):
        put(tmp_path, clock, name)
    watch.look()
    assert due(watch, tmp_path) == []


def test_links_lead_nowhere_and_pipes_are_not_opened(watch, tmp_path, clock, tmp_path_factory):
    outside = put(tmp_path_factory.mktemp("outside"), clock, "secret.txt")
    put(tmp_path, clock, "in/a.txt")
    (tmp_path / "in" / "again").symlink_to(tmp_path)
    (tmp_path / "out").symlink_to(outside.parent)
    (tmp_path / "out.txt").symlink_to(outside)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe.txt")
    watch.look()
    assert due(watch, tmp_path) == ["in/a.txt"]


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(InputError, match="no such folder"):
        FolderWatch(tmp_path / "none", {".txt"}).look()
