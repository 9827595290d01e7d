"""Ratios of whole processes: ingest again against ingest, and light commands against ``python -c pass``.

    python benchmarks/ingest_and_start.py [--write]

Both sides of a ratio run in turn in one call, best of five, in CPU seconds of the child process (user and system), which
neighbours on a shared machine disturb less than elapsed time. ``--write`` puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from harness import ROOT, as_table, conditions, cpu_seconds, write_section

ROUNDS = 5


def measure() -> list[tuple[str, float, str, float]]:
    """Return rows of (what, its seconds, against what, its seconds), the best of the rounds."""
    geoconflict = [sys.executable, "-m", "geoconflict"]
    best: dict[str, float] = {}

    def note(name: str, seconds: float) -> None:
        best[name] = min(seconds, best.get(name, seconds))

    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            ingest = [*geoconflict, "ingest", ROOT / "data" / "reports", "--store", Path(folder) / "s.sqlite"]
            note("first", cpu_seconds(*ingest))
            note("again", cpu_seconds(*ingest))
            note("status", cpu_seconds(*geoconflict, "status", "--store", Path(folder) / "s.sqlite"))
        note("help", cpu_seconds(*geoconflict, "--help"))
        note("python", cpu_seconds(sys.executable, "-c", "pass"))
    return [
        ("first `ingest data/reports`", best["first"], "the same again, nothing new", best["again"]),
        ("`geoconflict --help`", best["help"], "`python -c pass`", best["python"]),
        ("`geoconflict status`", best["status"], "`python -c pass`", best["python"]),
    ]


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    load = os.getloadavg()[0]
    rows = [(a, f"{x:.3f}", b, f"{y:.3f}", f"{x / y:.1f}") for a, x, b, y in measure()]
    lines = [
        *as_table(("A", "CPU s", "B", "CPU s", "A / B"), rows),
        "",
        f"Best of the rounds. {conditions(load, ROUNDS)}",
    ]
    print("\n".join(lines))
    if write:
        write_section("start", lines)


if __name__ == "__main__":
    main()
