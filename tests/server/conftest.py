"""A real Nominatim for the tests of this folder, which run where ``-m server`` asks for them and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_SCRIPT = _ROOT / "scripts" / "nominatim_for_tests"
_HOME = Path(os.environ.get("GEOCONFLICT_NOMINATIM_DIR") or _ROOT / "build" / "nominatim")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave these tests out unless the command line asks for the marker."""
    if "server" in (config.option.markexpr or ""):
        return
    here = [item for item in items if item.get_closest_marker("server")]
    if here:
        config.hook.pytest_deselected(items=here)
        items[:] = [item for item in items if not item.get_closest_marker("server")]


@dataclass
class Nominatim:
    """The running server."""

    url: str

    def control(self, action: str) -> str:
        """Run the script and return what it prints."""
        done = subprocess.run(
            [sys.executable, str(_SCRIPT), action], capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def n_searches(self) -> int:
        """Return how often it was asked, by its own account."""
        log = _HOME / "log" / "requests.log"
        return sum(" search " in line for line in log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0


@pytest.fixture(scope="session")
def nominatim() -> Iterator[Nominatim]:
    server = Nominatim("")
    was_running = subprocess.run([sys.executable, str(_SCRIPT), "status"], capture_output=True, check=False)
    server.url = server.control("start")
    yield server
    if was_running.returncode:
        server.control("stop")


@pytest.fixture
def project(tmp_path: Path, nominatim: Nominatim) -> Path:
    """Return a folder with a geoconflict.toml that asks the server."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "geoconflict.toml").write_text(
        "[places]\n"
        'services = ["nominatim"]\n'
        'user_agent = "border-watch-tests/1.0 (tests@example.org)"\n'
        f'nominatim_url = "{nominatim.url}"\n'
        "min_delay_seconds = 0\n\n"
        '[[maps]]\nname = "war"\n',
        encoding="utf-8",
    )
    return tmp_path
