"""What the benchmarks share: CPU seconds of child processes and of work in this one, and tables between the marks of a document."""

from __future__ import annotations

import argparse
import gc
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
"""Texts that are not part of the project, where they lie beside the checkout."""
REPORT = ROOT / "docs" / "performance.md"

sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]  # the package of this checkout is measured, whatever is installed

from figures import write_figures  # noqa: E402  # what the scripts write their figures with

from geoconflict.own_process import ONE_THREAD, choose_kernel  # noqa: E402


class Row(NamedTuple):
    """Two things that ran in turn in one call."""

    a: str
    a_seconds: float
    b: str
    b_seconds: float
    digits: int = 3
    """Of the seconds that are shown."""

    def cells(self) -> str:
        ratio = self.a_seconds / self.b_seconds
        shown = f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.1f}" if ratio >= 3 else f"{ratio:.2f}"
        return (
            f"| {self.a} | {self.a_seconds:.{self.digits}f} | {self.b} | {self.b_seconds:.{self.digits}f} | {shown} |"
        )


def cpu_seconds(*command: str | Path) -> float:
    """Run a command and return the CPU seconds it used."""
    return run(*command)[0]


def run(*command: str | Path) -> tuple[float, str]:
    """Run a command and return the CPU seconds it used, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # As pip installs it: with compiled bytecode, which some containers forbid Python to keep.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    paths = [str(ROOT), *filter(None, [environment.get("PYTHONPATH")])]
    environment["PYTHONPATH"] = os.pathsep.join(paths)
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, check=True, capture_output=True, text=True, env=environment
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime), done.stdout


def single_thread() -> None:
    """Keep the numeric libraries of this process to one thread, and let them add up as the command does; before numpy is imported."""
    os.environ.update(ONE_THREAD)
    choose_kernel()


def in_turn(sides: Mapping[str, Callable[[], Any]], rounds: int) -> dict[str, list[float]]:
    """Run every side once to warm it up, then all of them in turn, `rounds` times.

    Returns
    -------
    seconds
        CPU seconds of this process, user and system, for each side and round. Garbage of one side is collected before
        the next begins.
    """
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for work in sides.values():
        work()
    for _ in range(rounds):
        for name, work in sides.items():
            gc.collect()
            started = time.process_time()
            work()
            seconds[name].append(time.process_time() - started)
    return seconds


class Best:
    """The least seconds of each thing that was measured several times."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def note(self, name: str, seconds: float) -> None:
        self.seconds[name] = min(seconds, self.seconds.get(name, seconds))

    def __getitem__(self, name: str) -> float:
        return self.seconds[name]


def wants_to_write(doc: str | None) -> bool:
    """Read the command line, which knows ``--write`` alone."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    return bool(parser.parse_args().write)


def publish(rows: list[Row], rounds: int, load: float, *, marks: str, write: bool) -> None:
    """Print a table of ratios, and write it between the marks ``<!-- MARKS: begin -->`` and ``<!-- MARKS: end -->``."""
    lines = ["| A | CPU s | B | CPU s | A / B |", "|---|---:|---|---:|---:|", *(row.cells() for row in rows), ""]
    lines.append(f"{conditions(load)}, best of {rounds}.")
    publish_lines(lines, marks=marks, write=write)


def conditions(load: float) -> str:
    """Return what is said under a table; `load` is the load average before it was measured."""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the start"


def publish_lines(lines: Sequence[str], *, marks: str, write: bool) -> None:
    """Print lines, and write them between the marks of the document."""
    text = "\n".join(lines)
    print(text)
    if write:
        write_figures(REPORT, marks, text + "\n")
