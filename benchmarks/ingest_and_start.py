"""Ratios of whole processes: ingest again against ingest, and light commands against ``python -c pass``.

    python benchmarks/ingest_and_start.py [--write]

Both sides of a ratio run in turn in one call, best of five, in CPU seconds of the child process (user and system), which
neighbours on a shared machine disturb less than elapsed time. ``--write`` puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
ROUNDS = 5


def cpu_seconds(*command: str | Path) -> float:
    """Run a command and return the CPU seconds it used."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # As pip installs it: with compiled bytecode, which some containers forbid Python to keep.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


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
    rows = measure()
    lines = ["| A | CPU s | B | CPU s | A / B |", "|---|---:|---|---:|---:|"]
    lines += [f"| {a} | {x:.3f} | {b} | {y:.3f} | {x / y:.1f} |" for a, x, b, y in rows]
    lines += [
        "",
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the start, best of {ROUNDS}.",
    ]
    table = "\n".join(lines)
    print(table)
    if write:
        text = REPORT.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN)
        REPORT.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
