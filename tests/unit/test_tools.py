"""The keys under which the stages keep their work: all that decides is in them, and nothing that does not."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geoconflict import tools
from geoconflict.errors import InputError
from geoconflict.settings import PlacesSettings, Settings

PACKAGE = Path(tools.__file__).parent


def test_code_that_decides_a_place_is_in_the_key_of_resolution_and_the_installer_is_not(tmp_path, monkeypatch):
    shutil.copytree(PACKAGE / "places", tmp_path / "places", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(tools, "_PACKAGE", tmp_path)

    def keys():
        opened = tools.Tools(Settings(places=PlacesSettings(data_dir=str(tmp_path / "data"))))
        return opened.reading_key, opened.resolution_key

    def keys_after_a_change_of(path):
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}# changed\n", encoding="utf-8")
        changed = keys()
        path.write_text(text, encoding="utf-8")
        return changed

    before = keys()
    code = sorted((tmp_path / "places").rglob("*.py"))
    rooms = {path.parent.name for path in code}
    assert rooms == {"places", "installing", "online", "relative"}
    for path in code:
        changed = keys_after_a_change_of(path)
        if path.parent.name == "installing":
            assert changed == before, path
        else:
            assert changed[1] != before[1], path


@pytest.mark.parametrize(
    ("key", "modules", "room", "known"),
    [
        (
            "resolution_key",
            "geoconflict.places.geocode, geoconflict.places.installed",
            "geoconflict.places",
            {"places/online/chain.py", "places/relative/placing.py"},
        ),
        (
            "reading_key",
            "geoconflict.extract.reader",
            "geoconflict.extract",
            {"extract/reader.py", "extract/events/mentions.py", "extract/language/misread.py"},
        ),
        (
            "reading_key",
            "geoconflict.places.gazetteer",
            "geoconflict.places.",
            {"places/gazetteer_rows.py", "places/name_scan.py", "places/spelling.py"},
        ),
    ],
)
def test_all_that_a_stage_imports_of_its_room_is_in_its_key(monkeypatch, key, modules, room, known):
    keyed = set()
    fingerprint = tools.files_fingerprint

    def noting(files):
        noted = list(files)
        keyed.update(noted)
        return fingerprint(noted)

    monkeypatch.setattr(tools, "files_fingerprint", noting)
    assert getattr(tools.Tools(Settings()), key)
    program = (
        f"import sys, {modules}\n"
        "for name, module in sys.modules.items():\n"
        f"    if name.startswith({room!r}):\n"
        "        print(module.__file__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, cwd=PACKAGE.parent
    )
    loaded = {Path(line) for line in done.stdout.splitlines()}
    assert {PACKAGE / path for path in known} <= loaded
    assert loaded <= keyed


def test_corrections_are_read_anew_each_time(tmp_path):
    """One that is written while `watch` goes on is applied by its next round."""
    opened = tools.Tools(Settings(root=tmp_path))
    assert len(opened.corrections) == 0
    entry = {"who": "anna", "when": "2021-07-01T12:00:00+00:00", "what": "withdraw", "value": {"correction": "x"}}
    (tmp_path / "corrections.jsonl").write_text(json.dumps(entry))
    assert len(opened.corrections) == 1


@pytest.mark.parametrize("odd", ["geoconflict.toml", {}, Settings])
def test_tools_are_made_of_settings_alone(odd):
    with pytest.raises(InputError, match=r"settings: what load_settings\(PATH\) returns is needed, not"):
        tools.Tools(odd)
