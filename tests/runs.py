"""A folder with settings and sample reports, and runs of the program on it in processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CONFIG = """\
maps_dir = "maps"
[reports]
paths = ["reports"]
[places]
countries = ["AZE", "ARM"]
[store]
path = "war.sqlite"
[[maps]]
name = "war"
"""


def make_war(folder: Path, n_reports: int, *, config: str = CONFIG) -> Path:
    """Write settings and the first sample reports into `folder`, and return it."""
    (folder / "reports").mkdir(parents=True)
    for report in sorted((ROOT / "data" / "reports").glob("*.md"))[:n_reports]:
        shutil.copy(report, folder / "reports")
    (folder / "geoconflict.toml").write_text(config, encoding="utf-8")
    return folder


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "geoconflict", *arguments]


def run(folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command of the program in `folder` to its end."""
    return subprocess.run(
        command(*arguments), cwd=folder, env=environment(), capture_output=True, text=True, check=False, **options
    )


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Start a command of the program; it is killed at the end of the block if it still runs."""
    with subprocess.Popen(
        command(*arguments),
        cwd=folder,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def events_of(stderr: str) -> list[dict[str, Any]]:
    """Return the events of a JSON log; every line must be one."""
    return [json.loads(line) for line in stderr.splitlines()]


def wait_for(process: subprocess.Popen[str], event: str, **fields: Any) -> list[dict[str, Any]]:
    """Read the JSON log of a running process up to an event, and return what it told so far."""
    seen: list[dict[str, Any]] = []
    assert process.stderr is not None
    for line in process.stderr:
        seen.append(json.loads(line))
        if seen[-1]["event"] == event and all(seen[-1].get(name) == value for name, value in fields.items()):
            return seen
    msg = f"the process ended without {event}: {seen}"
    raise AssertionError(msg)


def rows(store: Path) -> dict[str, list[Any]]:
    """Return every row of every table of a store, in an order of their own, but for times and paths of the machine."""
    told = {"source_file": "is_mirrored, report_ids", "history": "what, report_id, event_id, note, record"}
    db = sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)
    try:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(db.execute(f"SELECT {told.get(table, '*')} FROM {table}"), key=repr) for table in tables}
    finally:
        db.close()


def pages(folder: Path) -> dict[str, bytes]:
    """Return the maps of a folder."""
    return {file.name: file.read_bytes() for file in sorted((folder / "maps").iterdir())}
