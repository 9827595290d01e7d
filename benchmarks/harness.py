"""What the benchmarks share: one thread, sides that run in turn, and tables in docs/performance.md."""

from __future__ import annotations

import gc
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
"""Texts that are not part of the project, where they lie beside the checkout."""
REPORT = ROOT / "docs" / "performance.md"

sys.path.insert(0, str(ROOT))  # the package of this checkout is measured, whatever is installed

_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def single_thread() -> None:
    """Keep the numeric libraries of this process to one thread; to be called before numpy is imported."""
    for name in _THREADS:
        os.environ[name] = "1"


def in_turn(sides: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, list[float]]:
    """Run every side once to warm it up, then all of them in turn, `rounds` times.

    Returns
    -------
    seconds
        CPU seconds of this process, user and system, for each side and round. Garbage of one side is collected before
        the next begins.
    """
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for run in sides.values():
        run()
    for _ in range(rounds):
        for name, run in sides.items():
            gc.collect()
            started = time.process_time()
            run()
            seconds[name].append(time.process_time() - started)
    return seconds


def cpu_seconds(*command: str | Path) -> float:
    """Run a command and return the CPU seconds it used, user and system."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # As pip installs it: with compiled bytecode, which some containers forbid Python to keep.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def as_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table; the first column is text, the others are figures."""
    return [
        "| " + " | ".join(head) + " |",
        "|---|" + "---:|" * (len(head) - 1),
        *("| " + " | ".join(row) + " |" for row in rows),
    ]


def conditions(load: float, rounds: int) -> str:
    """Return the sentence that goes under a table; `load` is the load average before it was measured."""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the start, {rounds} rounds."


def write_section(name: str, lines: Sequence[str]) -> None:
    """Put `lines` between the marks of the section `name` in docs/performance.md."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    text = REPORT.read_text(encoding="utf-8")
    before, rest = text.split(begin)
    body = "\n".join(lines)
    REPORT.write_text(f"{before}{begin}\n{body}\n{end}{rest.split(end)[1]}", encoding="utf-8")
