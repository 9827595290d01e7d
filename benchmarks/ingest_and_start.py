"""Ratios of whole processes: ingest again against ingest, and light commands against ``python -c pass``.

    python benchmarks/ingest_and_start.py [--write]

Both sides of a ratio run in turn in one call, best of five, in CPU seconds of the child process (user and system), which
neighbours on a shared machine disturb less than elapsed time. ``--write`` puts the table into docs/performance.md.

What ingesting again costs beside the start of a process is measured in this process, with a thousand items
(:mod:`scaling`), model and gazetteer loaded before, a store made anew each round.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from harness import ROOT, Best, Row, cpu_seconds, publish, wants_to_write
from scaling import items

from geoconflict.pipeline import ingest
from geoconflict.store import EventStore
from geoconflict.tools import Tools

ROUNDS = 5
N_ITEMS = 1_000
ROUNDS_INSIDE = 3


def measure_inside(best: Best) -> None:
    """Note what ingesting items costs in a process that has everything loaded: at first, again, and with files read anew."""
    tools = Tools()
    _ = tools.reader, tools.geocoder

    def note(name: str, *, reread: bool = False) -> None:
        started = time.process_time()
        with EventStore(folder / "s.sqlite") as store:
            ingest([folder / "items.jsonl"], store, tools, reread=reread)
        best.note(name, time.process_time() - started)

    for _ in range(ROUNDS_INSIDE):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            with (folder / "items.jsonl").open("w", encoding="utf-8") as out:
                for text, on in items(N_ITEMS):
                    out.write(json.dumps({"text": text, "published_on": on.isoformat()}) + "\n")
            note("items")
            for _ in range(3):
                note("items again")
                note("items reread", reread=True)
            for _ in range(3):
                os.utime(folder / "items.jsonl")  # as after a checkout: its times tell nothing
                note("items touched")


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
    measure_inside(best)
    first = f"first `ingest` of {N_ITEMS:,} items, without start-up"
    return [
        Row("first `ingest data/reports`", best["first"], "the same again, nothing new", best["again"]),
        Row(first, best["items"], "the same again, the file as it was", best["items again"]),
        Row(first, best["items"], "the same again, a file with the same bytes and new times", best["items touched"]),
        Row(first, best["items"], "the same again, the file read anew", best["items reread"]),
        Row("`geoconflict --help`", best["help"], "`python -c pass`", best["python"]),
        Row("`geoconflict status`", best["status"], "`python -c pass`", best["python"]),
    ]


if __name__ == "__main__":
    write = wants_to_write(__doc__)
    load = os.getloadavg()[0]
    publish(measure(), ROUNDS, load, marks="figures", write=write)
