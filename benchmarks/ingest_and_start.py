"""Ratios of whole processes: ingest again against ingest, and light commands against ``python -c pass``.

    python benchmarks/ingest_and_start.py [--write]

Both sides of a ratio run in turn in one call, best of five, in CPU seconds of the child process (user and system), which
neighbours on a shared machine disturb less than elapsed time. ``--write`` puts the table into docs/performance.md.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from harness import ROOT, Best, Row, cpu_seconds, publish, wants_to_write

ROUNDS = 5


def measure() -> list[Row]:
    """Return the rows of the table, the best of the rounds."""
    geoconflict = [sys.executable, "-m", "geoconflict"]
    best = Best()
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            ingest = [*geoconflict, "ingest", ROOT / "data" / "reports", "--store", Path(folder) / "s.sqlite"]
            best.note("first", cpu_seconds(*ingest))
            best.note("again", cpu_seconds(*ingest))
            best.note("status", cpu_seconds(*geoconflict, "status", "--store", Path(folder) / "s.sqlite"))
        best.note("help", cpu_seconds(*geoconflict, "--help"))
        best.note("python", cpu_seconds(sys.executable, "-c", "pass"))
    return [
        Row("first `ingest data/reports`", best["first"], "the same again, nothing new", best["again"]),
        Row("`geoconflict --help`", best["help"], "`python -c pass`", best["python"]),
        Row("`geoconflict status`", best["status"], "`python -c pass`", best["python"]),
    ]


if __name__ == "__main__":
    write = wants_to_write(__doc__)
    load = os.getloadavg()[0]
    publish(measure(), ROUNDS, load, marks="figures", write=write)
