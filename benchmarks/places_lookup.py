"""Ratios of the gazetteer: a scan of running text against regex tokenising, opening it against ``json.load`` of its rows.

    python benchmarks/places_lookup.py [--write]

Both sides run in turn in one process, in CPU seconds of that process, best of many short rounds: on a shared machine few
rounds are undisturbed. The text is that of the sample reports. The scan is measured on words met before, as in any run of
more than a few reports; what the first pass costs is a row of its own.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from harness import ROOT, Best, Row, publish, wants_to_write

from geoconflict.places.gazetteer import Gazetteer
from geoconflict.places.gazetteer_format import GazetteerFile
from geoconflict.reports import read_reports

ROUNDS = 60
_WORD = re.compile(r"\w+")


def cpu(work: Callable[[], object]) -> float:
    """Return the CPU seconds that `work` takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


def tokenise(texts: list[str]) -> None:
    for text in texts:
        for _ in _WORD.finditer(text):
            pass


def scan(gazetteer: Gazetteer, texts: list[str]) -> None:
    for text in texts:
        for _ in gazetteer.scan(text):
            pass


def rows_as_json(path: Path) -> None:
    """Write the gazetteer's rows as the JSON that a program without a format of its own would keep them in."""
    file = GazetteerFile(ROOT / "geoconflict" / "resources" / "gazetteer")
    path.write_text(json.dumps([file.row(index) for index in range(file.n_places)]), encoding="utf-8")
    file.close()


def load_json(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        json.load(file)


def measure() -> list[Row]:
    """Return the rows of the table, the best of the rounds."""
    texts = [report.text for report in read_reports(ROOT / "data" / "reports")]
    warm = Gazetteer.open()
    scan(warm, texts)
    best = Best()
    for _ in range(ROUNDS):
        best.note("tokenise", cpu(lambda: tokenise(texts)))
        best.note("scan", cpu(lambda: scan(warm, texts)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.json"
        rows_as_json(path)
        for _ in range(ROUNDS // 6):
            cold = Gazetteer.open()
            best.note("cold", cpu(lambda gazetteer=cold: scan(gazetteer, texts)))
            best.note("open", cpu(Gazetteer.open))
            best.note("json", cpu(lambda: load_json(path)))
    size = sum(map(len, texts))
    tokens = "`re.finditer(r'\\w+', text)`"
    return [
        Row(f"{tokens} over {size:,} characters", best["tokenise"], "`Gazetteer.scan`", best["scan"], 5),
        Row("the same", best["tokenise"], "`Gazetteer.scan`, the first pass of a process", best["cold"], 5),
        Row(f"`json.load` of the {len(warm):,} rows", best["json"], "`Gazetteer.open()`", best["open"], 5),
    ]


if __name__ == "__main__":
    write = wants_to_write(__doc__)
    load = os.getloadavg()[0]
    publish(measure(), ROUNDS, load, marks="places", write=write)
