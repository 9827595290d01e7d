"""A store that several users of one machine read: nobody who reads it keeps its owner from writing."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from runs import environment

OWNER, READER = 41001, 41002

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can act as two users"
)

PROLOGUE = """
import os, sys
sys.path.insert(0, {tests!r})
from builders import report
from geoconflict.store import EventStore
from geoconflict.store.connecting import connect
path, user = sys.argv[1], int(sys.argv[2])
os.umask(0o022); os.setgroups([]); os.setgid(user); os.setuid(user)
def write(text):
    with EventStore(path) as store, store.transaction():
        store.put_report(report(text))
def count():
    with EventStore(path, read_only=True) as store:
        return store.counts()["reports"]
"""


def act(folder, user, code):
    """Run `code` as a user: its modules are read before the rights of root are given up."""
    prologue = PROLOGUE.format(tests=str(Path(__file__).resolve().parent.parent))
    done = subprocess.run(
        [sys.executable, "-c", prologue + code, str(folder / "war.sqlite"), str(user)],
        env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout.strip() if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


@pytest.fixture
def folder():
    """A folder of the owner's, outside those of the tests, which only root may enter."""
    made = Path(tempfile.mkdtemp())
    os.chown(made, OWNER, OWNER)
    made.chmod(0o777)
    yield made
    shutil.rmtree(made)


@pytest.mark.parametrize("mode", [0o777, 0o755])
def test_who_may_read_alone_reads_and_the_owner_goes_on_writing(folder, mode):
    folder.chmod(mode)
    assert act(folder, OWNER, "write('One.')") == ""
    assert act(folder, READER, "print(count())") == "1"
    assert act(folder, OWNER, "write('Two.')") == ""
    assert act(folder, READER, "print(count())") == "2"
    assert {file.stat().st_uid for file in folder.iterdir()} == {OWNER}


def test_a_reader_of_another_user_sees_one_state_while_the_owner_writes(folder):
    assert act(folder, OWNER, "write('One.')") == ""
    code = """
with EventStore(path, read_only=True) as store, store.snapshot():
    before = store.counts()["reports"]
    print("reading", flush=True); sys.stdin.readline()
    print(before, store.counts()["reports"], flush=True)
print(count())
"""
    prologue = PROLOGUE.format(tests=str(Path(__file__).resolve().parent.parent))
    with subprocess.Popen(
        [sys.executable, "-c", prologue + code, str(folder / "war.sqlite"), str(READER)],
        env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as reader:  # fmt: skip
        assert reader.stdout.readline() == "reading\n"
        assert act(folder, OWNER, "for n in range(300): write(f'Report {n}. ' + 'x' * 5000)") == ""
        out, _ = reader.communicate("go on\n")
    assert out.split() == ["1", "1", "301"]
    assert act(folder, OWNER, "print(connect(__import__('pathlib').Path(path), read_only=True).execute('PRAGMA integrity_check').fetchone())") == "('ok',)"  # fmt: skip


def test_a_reader_who_would_make_the_log_is_refused_and_told_who_can(folder):
    act(folder, OWNER, "write('One.')")
    (folder / "war.sqlite-wal").unlink()
    (folder / "war.sqlite-shm").unlink()
    said = act(folder, READER, "print(count())")
    assert f"would keep user {OWNER}, who owns the store, from writing it" in said
    assert not (folder / "war.sqlite-shm").exists()
    assert act(folder, OWNER, "print(count())") == "1"
    assert act(folder, READER, "print(count())") == "1"


def test_a_writer_who_meets_the_log_of_another_user_is_told_whose_it_is(folder):
    act(folder, OWNER, "write('One.')")
    os.chown(folder / "war.sqlite-shm", READER, READER)
    said = act(folder, OWNER, "write('Two.')")
    assert f"war.sqlite-shm belongs to user {READER}" in said
    assert f"rm {folder / 'war.sqlite-shm'}" in said
