import sys
import tomllib

import pytest

from geoconflict import extras


def test_extras_are_those_of_the_package(project_root):
    optional = tomllib.loads((project_root / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    names = {name: {one.split(">")[0].replace("-", "_") for one in optional[name]} for name in extras.LIBRARIES}
    assert names == {name: set(modules) for name, (modules, _) in extras.LIBRARIES.items()}


def test_the_command_is_of_the_checkout_that_the_program_lies_in(project_root):
    assert extras.how_to_install("pdf", "html") == f"`{sys.executable} -m pip install '{project_root}[pdf,html]'`"


def test_elsewhere_it_is_said_that_no_index_has_the_package(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extras, "__file__", str(tmp_path / "geoconflict" / "extras.py"))
    assert extras.how_to_install("pdf").endswith(
        "'.[pdf]'` in a checkout of geoconflict, which is in no package index yet"
    )
