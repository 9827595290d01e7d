"""Benchmarks refuse at once what they cannot measure."""

import subprocess
import sys
from pathlib import Path

MAPS = Path(__file__).parents[2] / "benchmarks" / "maps.py"


def test_maps_too_small_to_be_measured_are_refused_before_any_is_written():
    done = subprocess.run(
        [sys.executable, MAPS, "--largest", "10000"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "choose from 100000, 1000000" in done.stderr
