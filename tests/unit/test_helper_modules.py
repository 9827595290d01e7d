"""Helpers of tests lie where every test that imports them finds them, also a test module that is run alone."""

import re

_IMPORTED = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)


def test_no_test_imports_a_helper_that_lies_in_the_folder_of_others(project_root):
    modules = [one for one in (project_root / "tests").rglob("*.py") if "__pycache__" not in one.parts]
    helpers = {
        one.stem: one.parent
        for one in modules
        if not one.stem.startswith("test_") and one.stem != "conftest" and one.parent != project_root / "tests"
    }
    imports = [(one, name) for one in modules for name in _IMPORTED.findall(one.read_text("utf-8"))]
    assert any(name in helpers for _, name in imports)
    strayed = [
        f"{one.relative_to(project_root)} imports {name}, which lies in {helpers[name].relative_to(project_root)}"
        for one, name in imports
        if name in helpers and one.parent != helpers[name]
    ]
    assert not strayed
