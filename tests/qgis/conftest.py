"""QGIS for the tests of this folder, which run where ``-m qgis`` asks for them and nowhere else."""

from __future__ import annotations

import os
import subprocess

import pytest

PYTHON = os.environ.get("QGIS_PYTHON") or "/usr/bin/python3"
"""The Python that knows PyQGIS: on Debian that of the system."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave these tests out unless the command line asks for the marker."""
    if "qgis" in (config.option.markexpr or ""):
        return
    here = [item for item in items if item.get_closest_marker("qgis")]
    if here:
        config.hook.pytest_deselected(items=here)
        items[:] = [item for item in items if not item.get_closest_marker("qgis")]


@pytest.fixture(scope="session")
def qgis_python() -> str:
    asked = subprocess.run(
        [PYTHON, "-c", "import qgis.core"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode:
        pytest.fail(
            f"{PYTHON} does not know QGIS: apt-get install --no-install-recommends python3-qgis, or set QGIS_PYTHON"
        )
    return PYTHON
