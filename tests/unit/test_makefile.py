"""The targets of the Makefile that may be run anywhere: what they leave alone."""

import shutil
import subprocess

import pytest

needs_tools = pytest.mark.skipif(not (shutil.which("git") and shutil.which("make")), reason="needs git and make")


@needs_tools
def test_clean_removes_what_was_built_and_nothing_that_git_keeps(tmp_path, project_root):
    for name in ("Makefile", ".gitignore"):
        shutil.copy(project_root / name, tmp_path)
    kept = ["maps/.gitkeep", "maps/sample.html", "war.sqlite", "docs/map.html"]
    built = ["maps/map.html", "maps/war.sqlite", "maps/war.sqlite-wal", "build/x.json", ".ruff_cache/x"]
    for name in (*kept, *built):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    for command in (("git", "init", "-q"), ("git", "add", "."), ("make", "clean")):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert [name for name in kept if not (tmp_path / name).is_file()] == []
    assert [name for name in built if (tmp_path / name).exists()] == []


@pytest.fixture
def machine(tmp_path, project_root):
    """Return what looks for a Chromium on a machine of a few commands, and notes what it installs."""
    commands = tmp_path / "bin"
    commands.mkdir()
    noted = tmp_path / "noted"

    def put(name, text):
        (commands / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (commands / name).chmod(0o755)

    def look(user, *, has_chromium=False, installs=True, ci=False):
        put("id", f"echo {user}")
        put("sudo", f"echo sudo >> {noted}")
        makes = f"printf '#!/bin/sh\\n' > {commands}/chromium; chmod +x {commands}/chromium" if installs else "exit 100"
        put("apt-get", f'echo "$1" >> {noted}\n[ "$1" = update ] || {{ {makes}; }}')
        if has_chromium:
            put("chromium", "true")
        for name in ("sh", "chmod"):
            (commands / name).symlink_to(shutil.which(name))
        done = subprocess.run(
            [shutil.which("sh"), str(project_root / "scripts" / "ensure_chromium.sh")],
            env={"PATH": str(commands), **({"CI": "true"} if ci else {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        return done, noted.read_text("utf-8").split() if noted.exists() else []

    return look


def test_root_gets_a_chromium_without_being_asked(machine):
    done, noted = machine(0)
    assert (done.returncode, noted) == (0, ["update", "install"])
    assert "installing Debian's chromium" in done.stdout


@pytest.mark.parametrize("ci", [False, True])
def test_who_is_not_root_is_told_how_and_nothing_is_installed(machine, ci):
    done, noted = machine(1000, ci=ci)
    assert (done.returncode, noted) == (int(ci), [])
    assert "sudo apt-get install chromium" in done.stderr


def test_where_there_is_one_nothing_is_installed(machine):
    done, noted = machine(0, has_chromium=True)
    assert (done.returncode, noted, done.stdout, done.stderr) == (0, [], "", "")


def test_where_installing_fails_the_tests_are_left_out_but_in_ci(machine):
    done, noted = machine(0, installs=False)
    assert (done.returncode, noted) == (0, ["update", "install"])
    assert "will be skipped" in done.stderr
