"""How ingest grows: with a second worker, with the number of reports, and against bare spaCy over the same texts.

    python benchmarks/scaling.py [--sizes 1000 10000] [--rounds N] [--write]

- Two workers against one, in elapsed time, workers ready and warm, beside a spin calibrator in the same rounds: what two
  busy processes reach on this machine at this moment, with its neighbours.
- Whole ``ingest`` processes at several sizes, in CPU seconds of the command and all its children, start-up included; the
  peak of memory of the command and of its workers; the disk that a report takes.
- The same texts through bare spaCy's ``ner`` and ``parser``, a process of its own, start-up included.

Items are those of ``../shared/reports/wiki_current_events.jsonl`` where that lies beside the checkout, else the sample
reports; where more are asked for than there are, they come again on later days with a sentence more.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from harness import ROOT, SHARED, conditions, publish_lines, run, single_thread

single_thread()

from geoconflict.models import Report  # noqa: E402
from geoconflict.parallel.limits import Limits  # noqa: E402
from geoconflict.parallel.processes import Processes  # noqa: E402
from geoconflict.per_report import _in_worker, _read_and_resolve  # noqa: E402
from geoconflict.reports import read_documents  # noqa: E402
from geoconflict.settings import Settings  # noqa: E402
from geoconflict.tools import Tools  # noqa: E402

ITEMS = SHARED / "reports" / "wiki_current_events.jsonl"
N_ITEMS_OF_A_CHUNK = 50
N_CHUNKS_OF_A_ROUND = 16
SPIN = 25_000_000
BARE = """
import json, sys, spacy
nlp = spacy.load(sys.argv[2], exclude=["tagger", "attribute_ruler", "lemmatizer", "senter"])
texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
for _ in nlp.pipe(texts, batch_size=64):
    pass
"""


def items(number: int) -> Iterator[tuple[str, dt.date]]:
    """Yield so many texts with the day of each."""
    if ITEMS.is_file():
        rows = [json.loads(line) for line in ITEMS.read_text(encoding="utf-8").splitlines()]
        known = [(row["text"], dt.date.fromisoformat(row["published"][:10])) for row in rows]
    else:
        samples = (one for one in read_documents(ROOT / "data" / "reports") if isinstance(one, Report))
        known = [(one.text[one.body_start :], one.published_on or dt.date(2020, 10, 1)) for one in samples]
    step = max(1, len(known) // number)  # evenly spaced, so that each size holds items of all years
    for at in range(number):
        lap, place = divmod(at * step, len(known))
        text, on = known[(place + lap) % len(known)]
        yield (f"{text} It was told again, {lap}.", on + dt.timedelta(days=3 * lap)) if lap else (text, on)


def spin_seconds(n_processes: int) -> float:
    """Return how long so many processes take, at once, to count to the same number each."""
    code = f"n = {SPIN}\nwhile n: n -= 1"
    with ThreadPoolExecutor(n_processes) as threads:
        started = time.perf_counter()
        list(threads.map(lambda _: run(sys.executable, "-c", code), range(n_processes)))
        return time.perf_counter() - started


class Pool:
    """Worker processes, ready and warm."""

    def __init__(self, n_workers: int) -> None:
        tools = Tools()
        work = partial(_in_worker, _read_and_resolve, Settings(), (tools.reading_key, tools.resolution_key))
        self._workers = Processes(work, n_workers, Limits())
        self._threads = ThreadPoolExecutor(n_workers)
        together = threading.Barrier(n_workers)

        def ready(chunk: list[Report]) -> None:
            together.wait()  # or one worker would be asked twice and the other never be started
            self._workers.run(chunk)

        list(self._threads.map(ready, [chunks()[0]] * n_workers))

    def seconds(self) -> float:
        started = time.perf_counter()
        list(self._threads.map(self._workers.run, chunks()))
        return time.perf_counter() - started

    def close(self) -> None:
        self._workers.close()
        self._threads.shutdown()


def chunks() -> list[list[Report]]:
    told = [
        Report(report_id=f"r{at}", text=text, published_on=on)
        for at, (text, on) in enumerate(items(N_ITEMS_OF_A_CHUNK * N_CHUNKS_OF_A_ROUND))
    ]
    return [told[at : at + N_ITEMS_OF_A_CHUNK] for at in range(0, len(told), N_ITEMS_OF_A_CHUNK)]


def measure_workers(rounds: int) -> list[str]:
    """Return the table of two workers against one."""
    one, two = Pool(1), Pool(2)
    sides = {
        "spin 1": lambda: spin_seconds(1),
        "one": one.seconds,
        "spin 2": lambda: spin_seconds(2),
        "two": two.seconds,
    }
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    try:
        for _ in range(rounds):
            for name, measured in sides.items():
                seconds[name].append(measured())
    finally:
        one.close()
        two.close()
    spun = [2 * a / b for a, b in zip(seconds["spin 1"], seconds["spin 2"], strict=True)]
    worked = [a / b for a, b in zip(seconds["one"], seconds["two"], strict=True)]
    ratios = [a / b for a, b in zip(worked, spun, strict=True)]
    rows = (("spin calibrator, two processes / one", spun), ("ingest, two workers / one", worked), ("ratio", ratios))
    return [
        "| speed-up, elapsed | best seconds of one / two | median of rounds | rounds |",
        "|---|---:|---:|---|",
        *(
            f"| {name} | {_best(seconds, name)} | {statistics.median(values):.2f} | {', '.join(f'{one:.2f}' for one in values)} |"
            for name, values in rows
        ),
        "",
        f"{N_ITEMS_OF_A_CHUNK * N_CHUNKS_OF_A_ROUND:,} items a round in {N_CHUNKS_OF_A_ROUND} chunks, extraction and resolution.",
    ]


def _best(seconds: dict[str, list[float]], name: str) -> str:
    if name == "ratio":
        return ""
    one, two = ("spin 1", "spin 2") if name.startswith("spin") else ("one", "two")
    return f"{min(seconds[one]):.2f} / {min(seconds[two]):.2f}"


class Ingest(NamedTuple):
    """What one ingest of a file took."""

    cpu_seconds: float
    stages: dict[str, float]
    peak_mb: float
    worker_mb: float
    store_bytes: int
    n_events: int


def ingest(file: Path, workers: int) -> Ingest:
    """Ingest a file by a command of its own."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "s.sqlite"
        code = (
            "import resource, sys\nfrom geoconflict.__main__ import main\ntry:\n    main()\nfinally:\n"
            "    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
            "    print('\\n' + ' '.join(map(str, peaks)))\n"
        )
        command = [sys.executable, "-c", code, "ingest", file, "--store", store, "--json", "--workers", str(workers)]
        seconds, told = run(*command)
        report, _, peaks = told.strip().partition("\n")
        account = json.loads(report)
        own, child = (int(one) / 1024 for one in peaks.split())
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    stages = {stage["stage"]: stage["seconds"] for stage in account["stages"]}
    return Ingest(seconds, stages, own, child if workers else 0.0, size, account["counts"]["events"])


def measure_sizes(sizes: list[int], workers: int) -> list[str]:
    """Return the table of whole ingests."""
    from geoconflict.extract.language.model import DEFAULT_MODEL

    lines = [
        "| reports | ingest, CPU s | ms a report | bare spaCy, CPU s | bare / ingest | elapsed s: extract, merge | peak MB | of a worker | store, kB a report | events |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "items.jsonl"
            with file.open("w", encoding="utf-8") as out:
                for text, on in items(size):
                    out.write(json.dumps({"text": text, "published_on": on.isoformat()}) + "\n")
            bare = run(sys.executable, "-c", BARE, file, DEFAULT_MODEL)[0]
            done = ingest(file, workers)
        lines.append(
            f"| {size:,} | {done.cpu_seconds:.1f} | {done.cpu_seconds / size * 1000:.2f} | {bare:.1f} | {bare / done.cpu_seconds:.2f} "
            f"| {done.stages['extract']:.1f}, {done.stages['merge']:.1f} | {done.peak_mb:.0f} "
            f"| {f'{done.worker_mb:.0f}' if workers else '-'} | {done.store_bytes / size / 1000:.1f} | {done.n_events:,} |"
        )
        print(lines[-1], file=sys.stderr)
    return lines


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], help="numbers of reports to ingest")
    parser.add_argument("--workers", type=int, default=0, help="worker processes of those ingests")
    parser.add_argument("--rounds", type=int, default=5, help="of two workers against one; 0 leaves that out")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    options = parser.parse_args()
    load = os.getloadavg()[0]
    said = f"{conditions(load)}."
    if options.rounds:
        publish_lines([*measure_workers(options.rounds), said], marks="workers", write=options.write)
        load = os.getloadavg()[0]
        said = f"{conditions(load)}."
    source = "current-events items" if ITEMS.is_file() else "sample reports"
    where = f"{options.workers} workers" if options.workers else "in one process"
    lines = [*measure_sizes(options.sizes, options.workers), "", f"{source}, {where}, one run each. {said}"]
    publish_lines(lines, marks="sizes", write=options.write)


if __name__ == "__main__":
    main()
