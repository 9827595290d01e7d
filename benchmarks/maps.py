"""Maps of 1e3 to 1e6 events: what they weigh, what it takes to write them, and how they feel in a browser.

    python benchmarks/maps.py [--keep FOLDER] [--largest N] [--rounds N] [--write]

Every map is written in a process of its own: best seconds and largest memory of some rounds. Pages are opened from disk in headless Chromium without a GPU
and without network; seconds to visible count to the second frame after the first drawing. Milliseconds are CPU time of the
page's main thread, of the call and of the two frames that follow it: neighbours on a shared machine disturb it less than
elapsed time. Events are made by ``map_events.py``. ``--keep`` keeps frames and
pages in a folder and takes frames from it.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import gzip
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from harness import ROOT, conditions, publish_lines

HERE = Path(__file__).parent
SIZES = (1_000, 10_000, 100_000, 1_000_000)
LEAST_QUOTE_BYTES = 43
"""Of compressed text a quote: below this the text is poorer than news, and sizes are not claimed."""
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage", "--disable-quic",
]  # fmt: skip
WORDS = (
    "shells", "killed", "ceasefire", "hospital", "Azerbaijani officials", "drone", "church", "bridge", "minister", "overnight",
    "children", "wounding 51", "cemetery", "Red Cross", "zzz", "fire", "the town of", "rockets", "captured", "a",
)  # fmt: skip
WATCH = """
new MutationObserver((_, watch) => {
    if (!document.documentElement || !document.documentElement.dataset.drawn) return;
    window.drawnAt = performance.now();
    watch.disconnect();
}).observe(document, { attributes: true, subtree: true, childList: true });
"""
RUN = """async (k) => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    await window.jobs[k]();
    await frame();
    await frame();
}"""
JOBS = {
    "steps": """() => {
        const { model } = geoconflict.app;
        const stride = (model.lastDay - model.firstDay - 30) / 50;
        return Array.from({ length: 50 }, (_, k) => () => {
            const from = Math.round(model.firstDay + k * stride);
            model.setWindow(from, from + 29);
        });
    }""",
    "all": "() => [() => geoconflict.app.model.setWindow(-1e6, 1e6)]",
    "nothing": "() => Array.from({ length: 10 }, () => () => undefined)",
    "pans": "() => Array.from({ length: 10 }, (_, k) => () => geoconflict.app.map.panBy([k % 2 ? 90 : -90, 40], { animate: false }))",
    "zooms": """() => Array.from({ length: 10 }, (_, k) => () => {
        const { map } = geoconflict.app;
        map.setZoom(map.getZoom() + (k % 2 ? -1 : 1), { animate: false });
    })""",
    "filters": """() => {
        const { model } = geoconflict.app;
        const types = model.types.map((_, type) => type).flatMap((type) => [false, true].map((on) => () => model.setType(type, on)));
        const actors = Array.from({ length: 10 }, (_, code) => code);
        return [...types, ...actors.flatMap((code) => [false, true].map((on) => () => model.setValues("actors", [code], on)))];
    }""",
}


# ---------------------------------------------------------------- writing
def write_one(frame: str, target: str, quotes: str) -> None:
    """Write one map in this process; print seconds and peak memory as JSON."""
    import geopandas as gpd

    from geoconflict.render.event_map import EventMap

    events = gpd.read_feather(frame, memory_map=True)
    before = _peak_mb()
    started, cpu = time.perf_counter(), time.process_time()
    EventMap(events, title="Benchmark", quotes=quotes == "True").save(target)
    seconds = time.perf_counter() - started
    cpu = time.process_time() - cpu
    print(json.dumps({"seconds": seconds, "cpu": cpu, "before": before, "mb": _peak_mb()}))


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _child(*command: str | Path) -> dict[str, float]:
    paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": paths},
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def frame_of(folder: Path, n: int) -> Path:
    """Return the file of a frame of `n` events, made when it is not there."""
    path = folder / f"events_{n}.feather"
    if not path.exists():
        # In a process of its own: a child's peak memory counts from what its parent had.
        _child(HERE / "maps.py", "--frame", str(n), path)
    return path


def make_frame(n: str, path: str) -> None:
    """Make events and write them to a file, in this process."""
    from map_events import events

    events(int(n)).to_feather(path, compression="uncompressed")
    print(json.dumps({"n": int(n)}))


def write_maps(folder: Path, largest: int, rounds: int) -> dict[tuple[int, bool], dict[str, float]]:
    """Write the maps; return the best seconds, largest peak memory and the size of each."""
    wanted = [(n, True) for n in SIZES if n <= largest] + [(n, False) for n in SIZES if 100_000 <= n <= largest]
    written = {}
    for n, quotes in wanted:
        page = folder / f"map_{n}_{quotes}.html"
        runs = [_child(HERE / "maps.py", "--one", frame_of(folder, n), page, str(quotes)) for _ in range(rounds)]
        best = {name: min(run[name] for run in runs) for name in runs[0]} | {"mb": max(run["mb"] for run in runs)}
        written[n, quotes] = best | {"bytes": page.stat().st_size}
        print(n, quotes, written[n, quotes], file=sys.stderr)
    return written


def quote_bytes(n: int = 100_000) -> float:
    """Return the bytes of a quote among `n`, compressed and base64-coded as text and nothing else."""
    import numpy as np
    from map_events import SEED, quotes

    text = "".join(quotes(n, np.random.default_rng(SEED)))
    return len(base64.b64encode(gzip.compress(text.encode(), 6))) / n


# ---------------------------------------------------------------- in the browser
class Browser:
    """Headless Chromium without GPU and network."""

    def __init__(self, playwright: Any) -> None:
        executable = (
            os.environ.get("GEOCONFLICT_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        )
        self._chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        self.version = self._chromium.version

    @contextlib.contextmanager
    def page(self, path: Path) -> Iterator[tuple[Any, list[str], list[str]]]:
        """Open a page; yields it, what it asked for, and its errors."""
        context = self._chromium.new_context(viewport={"width": 1280, "height": 800}, offline=True)
        page = context.new_page()
        page.set_default_timeout(120_000)
        requests: list[str] = []
        errors: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: errors.append(message.text))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script(WATCH)
        page.goto(path.as_uri())
        yield page, requests, errors
        context.close()


class Clock:
    """CPU milliseconds of a page's main thread: of all tasks, and of scripts alone."""

    def __init__(self, page: Any) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def read(self) -> tuple[float, float]:
        found = {one["name"]: one["value"] for one in self._session.send("Performance.getMetrics")["metrics"]}
        return 1000 * found["TaskDuration"], 1000 * found["ScriptDuration"]


def visible(browser: Browser, path: Path, rounds: int) -> tuple[float, int, int]:
    """Return the median of the seconds to visible, the number of requests beyond the page itself, and of console messages."""
    seconds, n_requests, n_errors = [], 0, 0
    for _ in range(rounds):
        with browser.page(path) as (page, requests, errors):
            page.wait_for_selector("html[data-ready]", state="attached")
            seconds.append(page.evaluate("window.drawnAt") / 1000)
            n_requests += len([url for url in requests if url.startswith(("http", "ws"))])
            n_errors += len(errors)
    return statistics.median(seconds), n_requests, n_errors


def interact(browser: Browser, path: Path) -> dict[str, list[tuple[float, float]]]:
    """Return milliseconds of the main thread, and of its scripts, for each kind of thing that a person does."""
    with browser.page(path) as (page, _, errors):
        page.wait_for_selector("html[data-ready]", state="attached")
        clock = Clock(page)

        def run(jobs: str) -> list[tuple[float, float]]:
            n = page.evaluate(f"() => (window.jobs = ({jobs})()).length")
            times = []
            for k in range(n):
                before = clock.read()
                page.evaluate(RUN, k)
                after = clock.read()
                times.append((after[0] - before[0], after[1] - before[1]))
            return times

        found = {name: run(jobs) for name, jobs in JOBS.items()}
        found["play"] = [(_frames_of_play(page), 0.0)]
        page.evaluate("geoconflict.app.model.setWindow(-1e6, 1e6)")
        run("() => [() => geoconflict.app.panel.search.set('warm up')]")
        page.wait_for_timeout(1000)
        searches = ", ".join(f"() => geoconflict.app.panel.search.set({json.dumps(word)})" for word in WORDS)
        found["search"] = run(f"() => [{searches}]")
        if errors:
            print(errors[:3], file=sys.stderr)
    return found


def _frames_of_play(page: Any) -> float:
    page.evaluate(
        "geoconflict.app.model.setWindow(geoconflict.app.model.firstDay, geoconflict.app.model.firstDay + 29)"
    )
    page.click(".gc-play")
    frames: float = page.evaluate(
        """() => new Promise((done) => {
            const started = performance.now();
            let n = 0;
            const count = () => {
                n += 1;
                const spent = performance.now() - started;
                if (spent < 3000) requestAnimationFrame(count);
                else done(1000 * n / spent);
            };
            requestAnimationFrame(count);
        })"""
    )
    page.click(".gc-play")
    return frames


def peer_rows(browser: Browser, folder: Path, frame: Path) -> list[str]:
    """Return table rows of what others write of the same events, and of what becomes of it offline."""
    from map_peers import PEERS

    rows = []
    for k, (peer, (n, why)) in enumerate(PEERS.items()):
        target = folder / f"peer_{k}.html"
        try:
            cost = _child(HERE / "map_peers.py", frame, peer, target)
        except subprocess.CalledProcessError as error:
            rows.append(
                f"| {peer} | {n:.0e} | - | - | - | - | - | left out: {error.stderr.splitlines()[-1][:60]} ... |"
            )
            continue
        with browser.page(target) as (page, requests, errors):
            page.wait_for_timeout(2000)
            asked = {url for url in requests if url.startswith("http")}
            broken = len(errors)
        rows.append(
            f"| {peer} | {n:.0e} | {target.stat().st_size / 1e6:.1f} | {cost['seconds']:.1f} | {cost['mb']:.0f} | {len(asked)} | {broken} | {why} |"
        )
    return rows


# ---------------------------------------------------------------- the table
def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


def lines_of(written: Mapping[tuple[int, bool], Mapping[str, float]], seen: Mapping[int, tuple[float, int, int]],
             acted: Mapping[str, list[tuple[float, float]]], per_quote: float) -> list[str]:  # fmt: skip
    """Return the table of ours."""

    def size(n: int, quotes: bool) -> str:
        return f"{written[n, quotes]['bytes'] / 1e6:.2f}" if (n, quotes) in written else "-"

    def all_of(values: Any) -> str:
        return " / ".join(values)

    large = [n for n in (100_000, 1_000_000) if (n, True) in written]
    # What asking itself costs is not the page's.
    idle = [statistics.median(times) for times in zip(*acted["nothing"], strict=True)]
    task = {name: [max(0.0, one[0] - idle[0]) for one in times] for name, times in acted.items()}
    script = {name: [max(0.0, one[1] - idle[1]) for one in times] for name, times in acted.items()}
    steps, moves = script["steps"], task["pans"] + task["zooms"]
    rows = [
        ("requests; console messages", "0; 0", f"{sum(one[1] for one in seen.values())}; {sum(one[2] for one in seen.values())}"),
        ("MB at 1e3 / 1e5 with quotes / 1e5 without", "0.9 / 8 / 2", all_of([size(1000, True), size(100_000, True), size(100_000, False)])),
        ("s to write 1e5 / 1e6, CPU (elapsed)", "2 / 20", all_of(f"{written[n, True]['cpu']:.1f} ({written[n, True]['seconds']:.1f})" for n in large)),
        ("peak MB of the process at 1e5 (before the map)", "600", f"{written[100_000, True]['mb']:.0f} ({written[100_000, True]['before']:.0f})"),
        ("s to events visible, " + all_of(f"{n:.0e}" for n in seen), "0.4 / 1.0 / 3.5", all_of(f"{one[0]:.2f}" for one in seen.values())),
        ("ms of script of a time step of 30 days at 1e5, median / p95", "3 / 8", f"{statistics.median(steps):.1f} / {_p95(steps):.1f}"),
        ("the same with layout and painting", "-", f"{statistics.median(task['steps']):.1f} / {_p95(task['steps']):.1f}"),
        ("frames/s of play at 1e5", "55", f"{acted['play'][0][0]:.0f}"),
        ("ms of a pan or zoom at 1e5, median / worst", "50", f"{statistics.median(moves):.0f} / {max(moves):.0f}"),
        ("ms of script of a filter with all counts at 1e5, median / worst", "16", f"{statistics.median(script['filters']):.1f} / {max(script['filters']):.1f}"),
        ("ms of script of a search in quotes at 1e5, median / worst", "100", f"{statistics.median(script['search']):.0f} / {max(script['search']):.0f}"),
    ]  # fmt: skip
    claim = "" if per_quote >= LEAST_QUOTE_BYTES else ": the text is too poor, sizes are not claimed"
    return [
        "| measure | must reach | measured |",
        "|---|---:|---:|",
        *(f"| {name} | {goal} | {value} |" for name, goal, value in rows),
        "",
        f"A quote takes {per_quote:.1f} bytes when all are compressed as text and base64-coded{claim}.",
    ]


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="folder for frames and pages")
    parser.add_argument("--largest", type=int, default=SIZES[-1], choices=SIZES[2:], help="leave out larger maps")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    parser.add_argument("--one", nargs=3, metavar=("FRAME", "PAGE", "QUOTES"), help="write one map in this process")
    parser.add_argument("--frame", nargs=2, metavar=("N", "FILE"), help="make events in this process")
    options = parser.parse_args()
    if options.frame:
        make_frame(*options.frame)
        return
    if options.one:
        write_one(*options.one)
        return
    from playwright.sync_api import sync_playwright

    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = options.keep or Path(temporary)
        written = write_maps(folder, options.largest, options.rounds)
        browser = Browser(playwright)
        pages = {n: folder / f"map_{n}_True.html" for n, quotes in written if quotes and n > SIZES[0]}
        seen = {n: visible(browser, path, options.rounds) for n, path in pages.items()}
        acted = interact(browser, pages[100_000])
        peers = peer_rows(browser, folder, frame_of(folder, 100_000))
        lines = [
            *lines_of(written, seen, acted, quote_bytes()),
            f"Chromium {browser.version}. {conditions(load)}, best of {options.rounds} to write, median of as many to open.",
            "",
            "| peer | events | MB | s to write | peak MB | files asked from the network | console messages | why not more |",
            "|---|---:|---:|---:|---:|---:|---:|---|",
            *peers,
        ]
    publish_lines(lines, marks="maps", write=options.write)


if __name__ == "__main__":
    main()
