"""The keys under which the stages keep their work: all that decides is in them, and nothing that does not."""

import ast
import json
import shutil
from pathlib import Path

import pytest

from geoconflict import copy_stage, frame_blocks, intake, tools
from geoconflict.errors import InputError
from geoconflict.settings import CopiesSettings, ExtractSettings, PlacesSettings, ReportsSettings, Settings
from geoconflict.store import EventStore

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


MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in PACKAGE.rglob("*.py")
}


def imports_of(path):
    """Return the modules of ours that a file imports, wherever in it, but for the types that checkers alone read."""
    found = set()

    def look(node):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
                continue
            if isinstance(child, ast.Import):
                found.update(alias.name for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                submodules = {f"{child.module}.{alias.name}" for alias in child.names} & MODULES.keys()
                found.update(submodules or {child.module})
            look(child)

    look(ast.parse(path.read_text(encoding="utf-8")))
    return found & MODULES.keys()


def all_imported(first, ends):
    """Return the modules that are imported from `first` on, by way of whatever of ours but `ends`, and the ends reached."""
    waiting, seen = set(first), set()
    while waiting:
        module = waiting.pop()
        seen.add(module)
        if module not in ends:
            waiting |= imports_of(MODULES[module]) - seen
    return seen - ends, seen & ends


def reading_and_resolution(_):
    """The key of places holds that of reading."""
    opened = tools.Tools(Settings())
    return opened.reading_key, opened.resolution_key


ANYWHERE = {"errors"}
"""What a run says that ends: nothing is kept of it."""
TIME = {"clock"}
"""No code changes what time it is."""
WRITING = {"atomic"}
"""How a file is replaced whole: what stands in it is another's."""
OPENING = {"stage", "store", "tools"}
"""What hands over, counts and keeps."""
SETTINGS = {"settings"}
"""Each key has the values of those that it depends on."""
STAGES = {
    "read": (
        lambda folder: intake.StoreMemory(folder, ReportsSettings(), is_mirror=False),
        {"reports"},
        {*ANYWHERE, *SETTINGS, *TIME},
    ),
    "extract": (lambda _: tools.Tools(Settings()).reading_key, {"extract.reader", "places.gazetteer"}, ANYWHERE),
    "resolve": (
        reading_and_resolution,
        {"places.geocode", "places.installed"},
        # what is secret stays out of every key; how the cache of answers is kept is no answer
        {*ANYWHERE, *WRITING, *SETTINGS, *TIME, "secret", "write_ahead_log"},
    ),
    "copies": (
        lambda _: copy_stage._key(CopiesSettings()),
        {"events.copies.grouping"},
        # a text, its day and its id are all that is asked of a report
        {"ledger", "models"},
    ),
    "merge": (
        lambda _: tools.merging_key(),
        {"merge_stage"},
        # a correction that would be shown otherwise than it is written is refused, and merged as it is written
        {*ANYWHERE, *WRITING, *OPENING, "visible"},
    ),
    "map": (
        lambda _: tools.Tools(Settings()).drawing_key,
        {"map_stage", "frame_blocks"},
        # the version stands beside this key; the accessor is a method of frames for users; faults of disks are told; the choices
        # that settings may make are known by their values
        {*ANYWHERE, *WRITING, *OPENING, *SETTINGS, "_version", "frame_accessor", "os_faults", "settings_checks"},
    ),
    "frames that are kept ready": (
        lambda _: frame_blocks.blocks_key.__wrapped__(),
        {"frame_blocks"},
        # of a user's file come lines and no events; ids make the key itself
        {*ANYWHERE, "frame_accessor", "ids", "vector_file"},
    ),
}
"""Stage -> how its key is made, where its code begins, and what of all that this imports decides nothing."""


@pytest.mark.parametrize("stage", STAGES)
def test_all_code_that_a_stage_runs_is_in_its_key(monkeypatch, tmp_path, stage):
    key, first, harmless = STAGES[stage]
    keyed = set()
    fingerprint = tools.files_fingerprint

    def noting(files):
        noted = list(files)
        keyed.update(noted)
        return fingerprint(noted)

    for module in (tools, intake, copy_stage, frame_blocks):
        monkeypatch.setattr(module, "files_fingerprint", noting)
    with EventStore(tmp_path / "s.sqlite") as store:
        assert key(store)
    own = {f"geoconflict.{name}" for name in harmless}
    run, ends = all_imported({f"geoconflict.{name}" for name in first}, own)
    assert ends == own, "what is no more imported needs no exception"
    assert {str(MODULES[name].relative_to(PACKAGE)) for name in run if MODULES[name] not in keyed} == set()


def test_code_is_followed_through_imports_within_functions_and_not_through_those_of_types():
    run, _ = all_imported({"geoconflict.map_stage"}, {"geoconflict.store"})
    assert {"geoconflict.map_choice", "geoconflict.render.event_map", "geoconflict.vector_file"} <= run
    assert "geoconflict.store.event_store" not in run
    assert "geoconflict.extract.reader" in imports_of(PACKAGE / "tools.py")
    assert "geoconflict.geo" not in imports_of(PACKAGE / "tools.py")


def test_the_order_of_the_users_lexicons_is_in_the_key_of_reading_for_a_later_one_wins(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(f"# {name}", "utf-8")

    def key(*names):
        return tools.Tools(Settings(root=tmp_path, extract=ExtractSettings(lexicons=names))).reading_key

    assert key("a.toml", "b.toml") == key("a.toml", "b.toml")
    assert len({key("a.toml", "b.toml"), key("b.toml", "a.toml"), key("a.toml"), key()}) == 4


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
