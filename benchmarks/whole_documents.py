"""geoconflict's reading of whole documents against bare spaCy's ``ner`` and ``parser`` over the same texts.

    python benchmarks/whole_documents.py [--rounds N] [--write]

Bare spaCy is the same installed model with ``tok2vec``, ``parser`` and ``ner`` and nothing else, run by ``nlp.pipe`` at
the batch size that it is fastest with; its documents are thrown away. geoconflict's side ends with toponyms and their
roles, dates, figures and events, and a place or none for each toponym, as ``geoconflict parse`` and ``ingest`` make them;
reading files and writing results are outside on both sides. One thread, one process, sides in turn, CPU seconds, warmed up.

Texts are the sample reports, and the texts in ``../shared`` where that lies beside the checkout.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import json
import os
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from harness import ROOT, SHARED, conditions, in_turn, publish_lines, single_thread

single_thread()

import spacy  # noqa: E402  # after the number of threads is set

from geoconflict.extract.language.model import DEFAULT_MODEL, load_language_model  # noqa: E402
from geoconflict.extract.toponyms.recognition import find_toponyms  # noqa: E402
from geoconflict.models import Reading, Report  # noqa: E402
from geoconflict.reports import read_documents  # noqa: E402
from geoconflict.tools import Tools  # noqa: E402

BATCH_SIZES = (16, 64, 256)
"""Of bare spaCy: the fastest over a third of the texts is used."""
OWN_BATCH_SIZE = 32
"""As ``parse`` and ``ingest`` read."""
N_CHARACTERS = 30_000
"""Of each set about as many are read, in whole documents that lie evenly spaced, so that none outweighs the others."""


def gather_reports() -> list[tuple[str, Report]]:
    """Return reports with the name of the set they are of."""
    found = [("sample reports", report) for report in _reports(ROOT / "data" / "reports")]
    if not SHARED.is_dir():
        print("../shared is not here: the sample reports alone are read", file=sys.stderr)
        return found
    found += [("first article", report) for report in _reports(SHARED / "reports" / "000_a8b8612acb1e7ba6.txt")]
    files = [*(SHARED / "evaluation" / "toponyms").glob("*.jsonl"), *(SHARED / "reports").glob("*.jsonl")]
    for path in sorted(files, key=lambda path: path.name):
        reports = list(_from_lines(path))
        step = max(1, sum(len(report.text) for report in reports) // N_CHARACTERS)
        found += [(path.stem, report) for report in reports[::step]]
    return found


def _reports(path: Path) -> Iterator[Report]:
    return (item for item in read_documents(path) if isinstance(item, Report))


def _from_lines(path: Path) -> Iterator[Report]:
    for at, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        published_on = dt.date.fromisoformat(row["published"][:10]) if row.get("published") else None
        yield Report(report_id=f"{path.stem}-{at}", text=row["text"], published_on=published_on)


def load_bare() -> spacy.Language:
    """Return the model with what ``ner`` and ``parser`` need and nothing else."""
    bare = spacy.load(DEFAULT_MODEL, exclude=["tagger", "attribute_ruler", "lemmatizer", "senter"])
    if bare.pipe_names != ["tok2vec", "parser", "ner"]:
        sys.exit(f"bare spaCy should be tok2vec, parser and ner, but is {bare.pipe_names}")
    return bare


def fastest_batch_size(bare: spacy.Language, texts: list[str]) -> int:
    """Return the batch size at which bare spaCy is fastest, each tried twice in turn."""
    seconds = in_turn({str(size): (lambda size=size: _exhaust(bare, texts, size)) for size in BATCH_SIZES}, 2)
    return int(min(seconds, key=lambda name: min(seconds[name])))


def _exhaust(bare: spacy.Language, texts: list[str], batch_size: int) -> None:
    for _ in bare.pipe(texts, batch_size=batch_size):
        pass


def own_sides(reports: list[Report]) -> dict[str, Callable[[], Any]]:
    """Return geoconflict's reading whole, and its part for places alone."""
    tools = Tools()
    names, reader, geocoder = tools.gazetteer, tools.reader, tools.geocoder
    model = load_language_model()
    batches = [reports[at : at + OWN_BATCH_SIZE] for at in range(0, len(reports), OWN_BATCH_SIZE)]

    def whole() -> None:
        for batch in batches:
            for report, reading in zip(batch, reader.read_many(batch), strict=True):
                if not isinstance(reading, Reading):
                    sys.exit(f"{report.report_id} could not be read: {reading.what}")
                geocoder.resolve_report(report, reading)

    def places() -> None:
        for batch in batches:
            documents = model.read_many((report.text for report in batch), OWN_BATCH_SIZE, names=names)
            for report, document in zip(batch, documents, strict=True):
                toponyms = find_toponyms(document, names, report=report)
                found = Reading(report_id=report.report_id, toponyms=toponyms, times=(), mentions=(), tolls=())
                geocoder.resolve_report(report, found)

    return {"whole": whole, "places": places}


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    gathered = gather_reports()
    reports = [dataclasses.replace(report, report_id=f"r{at}") for at, (_, report) in enumerate(gathered)]
    texts = [report.text for report in reports]
    bare = load_bare()
    size = fastest_batch_size(bare, texts[::3])
    seconds = in_turn({"bare": lambda: _exhaust(bare, texts, size), **own_sides(reports)}, options.rounds)
    named = {
        "bare": f"bare spaCy, `ner` and `parser`, batches of {size}",
        "whole": "geoconflict: places, roles, dates, figures and events, resolved",
        "places": "geoconflict: places and roles, resolved",
    }
    rows = []
    for name, says in named.items():
        best, median = min(seconds[name]), statistics.median(seconds[name])
        ratios = sorted(a / b for a, b in zip(seconds["bare"], seconds[name], strict=True))
        rows.append(
            (
                says,
                f"{best:.2f}",
                f"{median:.2f}",
                f"{len(reports) / best:.0f}",
                f"{min(seconds['bare']) / best:.2f}",
                f"{statistics.median(ratios):.2f}",
            )
        )
    counts = {name: sum(one == name for one, _ in gathered) for name in dict.fromkeys(name for name, _ in gathered)}
    lines = [
        "| side | CPU s, best | median | documents/s | bare / side, best | median of rounds |",
        "|---|---:|---:|---:|---:|---:|",
        *("| " + " | ".join(row) + " |" for row in rows),
        "",
        f"{len(reports)} documents, {sum(len(report.text) for report in reports):,} characters: "
        + ", ".join(f"{name} {count}" for name, count in counts.items())
        + f". One thread. {conditions(load)}, {options.rounds} rounds.",
    ]
    publish_lines(lines, marks="documents", write=options.write)


if __name__ == "__main__":
    main()
