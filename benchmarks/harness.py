"""What the benchmarks share: CPU seconds of a child process, and a table of ratios between the marks of a document."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "performance.md"


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
    """Print a table, and write it between the marks ``<!-- MARKS: begin -->`` and ``<!-- MARKS: end -->``."""
    lines = ["| A | CPU s | B | CPU s | A / B |", "|---|---:|---|---:|---:|", *(row.cells() for row in rows), ""]
    lines.append(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, load {load:.1f} at the start, best of {rounds}."
    )
    table = "\n".join(lines)
    print(table)
    if write:
        begin, end = f"<!-- {marks}: begin -->", f"<!-- {marks}: end -->"
        text = REPORT.read_text(encoding="utf-8")
        before, rest = text.split(begin)
        REPORT.write_text(f"{before}{begin}\n{table}\n{end}{rest.split(end)[1]}", encoding="utf-8")
