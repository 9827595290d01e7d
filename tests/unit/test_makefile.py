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
