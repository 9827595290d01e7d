"""What all tests share: where the shared evaluation data are, and that the machine does not shine through."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from geoconflict.own_process import choose_kernel

choose_kernel()  # tests in this process must read reports as the commands that they start
ROOT = Path(__file__).resolve().parent.parent
settings.register_profile("geoconflict", deadline=None)  # machines are shared: no test passes or fails by the clock
settings.load_profile("geoconflict")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts what runs in its background so
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of evaluation data beside the checkout; the test is skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "evaluation").is_dir():
        pytest.skip("../shared/evaluation is not here")
    return folder


@pytest.fixture(autouse=True, scope="session")
def _no_installed_places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what a developer has installed out of the tests, also out of the processes that they start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOCONFLICT_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield
