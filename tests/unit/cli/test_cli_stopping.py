"""Commands that keep no books exit with 128 and the signal's number too."""

import os
import signal
import subprocess
import sys

import pytest
from runs import environment

PROGRAM = """
import os, signal, sys
from geoconflict.cli import main
{spoil}
main(sys.argv[1:])
"""
INTERRUPT = "lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)"


@pytest.mark.parametrize(
    ("spoil", "arguments"),
    [
        (f"import geoconflict.pipeline; geoconflict.pipeline.parse = {INTERRUPT}", ("parse", "a.txt", "--out", "-")),
        (f"import geoconflict.cli.setup; geoconflict.cli.setup._state = {INTERRUPT}", ("status",)),
        (f"import geoconflict.cli.run; geoconflict.cli.run.settings_from = {INTERRUPT}", ("build",)),
        (f"import geoconflict.cli as cli; cli.importlib.import_module = {INTERRUPT}", ("geocode", "Baku")),
    ],
)
def test_an_interrupt_ends_any_command_with_130(tmp_path, spoil, arguments):
    """The signal is sent by the command to itself, at a place of which the test knows."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(spoil=spoil), *arguments],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 128 + signal.SIGINT
    assert "stopped by SIGINT" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a pipe whose reader goes away")
def test_a_reader_that_has_seen_enough_is_no_error(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "geoconflict", "status"],
        cwd=tmp_path, env=environment(), stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writing)
    assert "error" not in done.stderr
