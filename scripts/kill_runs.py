"""Kill runs at random moments and see that nothing is lost: ``scripts/kill_runs.py --rounds 200``.

A round starts a command of the program in a process of its own, on a copy of the sample reports, and kills it with SIGKILL:
after a random part of the time that it takes, at a random SQL statement, or at a random writing, syncing or renaming of a file.
Then the store must open and be whole, no file may be there in part under its name, and the next run must end equal to one
that was never killed: all rows of the store, all maps and exports, byte for byte, and no temporary file left.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent.parent

KINDS = ("ingest", "build", "merge", "export", "migrate", "backup", "repair")
MODES = ("time", "statement", "file")
EXPORTS = ("events.geojson", "events.parquet", "events.csv")

_CONFIG = """\
maps_dir = "maps"
[reports]
paths = ["reports"]
[places]
countries = ["AZE", "ARM"]
[store]
path = "war.sqlite"
[[maps]]
name = "war"
lines = ["curated:karabakh-line-of-contact"]
[[maps]]
name = "october"
starts_on = "2020-10-01"
ends_on = "2020-10-31"
heat = true
"""

# What the program may leave beside its results: locks stay, and a reader leaves SQLite's own files.
_MAY_STAY = (".run.lock", "-wal", "-shm")


@dataclasses.dataclass(frozen=True, slots=True)
class Job:
    """A command to be killed, what it starts from, and what makes the end comparable."""

    kind: str
    start: Path
    """A folder that is copied for each round."""
    killed: tuple[str, ...]
    after: tuple[tuple[str, ...], ...]
    """Run after the kill, to the end, as after an uninterrupted `killed`."""


@dataclasses.dataclass(slots=True)
class Round:
    """What came of one round."""

    name: str
    kind: str
    mode: str
    moment: str
    was_killed: bool
    faults: list[str]


class Kills:
    """Prepares the jobs in `work`, and runs rounds of them.

    Parameters
    ----------
    work
        An empty folder.
    n_reports
        How many of the sample reports are used; None is all.
    """

    def __init__(self, work: Path, *, n_reports: int | None = None) -> None:
        os.environ["GEOCONFLICT_DATA_DIR"] = str(work / "no-installed-places")
        self.work = work
        self._preload()
        fresh = work / "start-fresh"
        reports = sorted((ROOT / "data" / "reports").glob("*.md"))
        (fresh / "reports").mkdir(parents=True)
        for report in reports[:n_reports]:
            shutil.copy(report, fresh / "reports")
        (fresh / "geoconflict.toml").write_text(_CONFIG, encoding="utf-8")
        ingested = self._made("ingested", fresh, _ingest)
        forgotten = self._made("forgotten", ingested)
        with sqlite3.connect(forgotten / "war.sqlite") as db:
            db.execute("UPDATE meta SET value = 'older' WHERE name IN ('merge_key', 'merging_rules')")
        db.close()
        older = self._made("older", ingested)
        _make_older(older / "war.sqlite")
        damaged = self._made("damaged", ingested)
        with sqlite3.connect(damaged / "war.sqlite") as db:
            db.execute("DELETE FROM event WHERE event_id IN (SELECT event_id FROM event ORDER BY event_id LIMIT 3)")
        db.close()
        _spoil_a_page(damaged / "war.sqlite")
        export = tuple(("export", "--out", name, "--quiet") for name in EXPORTS)
        self.jobs = {
            "ingest": [Job("ingest", fresh, _ingest, (_ingest,))],
            "build": [Job("build", fresh, _build, (_build,)), Job("build", ingested, _build, (_build,))],
            "merge": [Job("merge", forgotten, _ingest, (_ingest,))],
            "export": [Job("export", ingested, one, (one,)) for one in export],
            "migrate": [
                Job("migrate", older, ("store", "migrate", "--quiet"), (("store", "migrate", "--quiet"), _ingest))
            ],
            "backup": [Job("backup", ingested, _backup, (_backup, _build))],
            "repair": [
                Job("repair", damaged, ("store", "check", "--repair"), (("store", "check", "--repair"), _ingest))
            ],
        }
        self._goals: dict[Job, tuple[float, dict[str, int], dict[str, bytes]]] = {}

    @staticmethod
    def _preload() -> None:
        """Load what the forked runs need, so that kills hit their work and not their imports."""
        import geopandas  # noqa: F401

        import geoconflict.cli.run
        import geoconflict.cli.store
        import geoconflict.cli.write
        import geoconflict.pipeline
        import geoconflict.render.event_map  # noqa: F401
        from geoconflict.extract.language.model import load_language_model

        load_language_model()

    def _made(self, name: str, start: Path, *commands: tuple[str, ...]) -> Path:
        folder = self.work / f"start-{name}"
        shutil.copytree(start, folder)
        for command in commands:
            _must(run_forked(command, folder), command)
        return folder

    def goal(self, job: Job) -> tuple[float, dict[str, int], dict[str, bytes]]:
        """Return how long the command takes uninterrupted, what it does in numbers, and what there is in the end."""
        if job not in self._goals:
            folder = self.work / "goal"
            shutil.copytree(job.start, folder)
            counts = folder / "counts.json"
            began = time.monotonic()
            _must(run_forked(job.killed, folder, prepare=lambda: _count_into(counts)), job.killed)
            took = time.monotonic() - began
            n_steps = json.loads(counts.read_text())
            counts.unlink()
            for command in job.after:
                _must(run_forked(command, folder), command)
            self._goals[job] = (took, n_steps, result_of(folder))
            shutil.rmtree(folder)
        return self._goals[job]

    def round(self, name: str, rng: random.Random, *, kind: str, mode: str) -> Round:
        """Kill one run at a random moment, and return what was wrong after it."""
        job = rng.choice(self.jobs[kind])
        took, n_steps, goal = self.goal(job)
        folder = self.work / f"round-{name}"
        shutil.copytree(job.start, folder)
        if mode == "time":
            seconds = rng.uniform(0, took)
            moment, code = f"{seconds:.3f} s", run_forked(job.killed, folder, kill_after=seconds)
        else:
            at = rng.randint(1, max(1, n_steps[mode]))
            moment, code = (
                f"{mode} {at} of {n_steps[mode]}",
                run_forked(job.killed, folder, prepare=lambda: _kill_at(mode, at)),
            )
        faults = self._faults_after_kill(job, folder, goal)
        for command in job.after:
            end = run_forked(command, folder)
            if end != 0:
                faults.append(
                    f"{' '.join(command)} after the kill ended with {end}: {(folder / 'said').read_text()[-500:]}"
                )
        faults += differences(result_of(folder), goal)
        if not faults:
            shutil.rmtree(folder)
        return Round(name, kind, mode, moment, code == -signal.SIGKILL, faults)

    @staticmethod
    def _faults_after_kill(job: Job, folder: Path, goal: dict[str, bytes]) -> list[str]:
        """Return what is wrong right after a kill, before anything is run again."""
        faults = []
        store = folder / "war.sqlite"
        if store.exists() and job.kind != "repair":
            from geoconflict.errors import GeoconflictError
            from geoconflict.store.check import check_store

            try:
                faults = [f"after the kill: {fault.what}: {fault.keys[:3]}" for fault in check_store(store)]
            except GeoconflictError as error:
                # A file that has no table yet is nobody's store: the next run makes it one.
                faults = [f"after the kill: {error}"]
        before = result_of(job.start)
        for name, content in result_of(folder, with_store=False).items():
            if content not in (goal.get(name), before.get(name)) and not Path(name).name.startswith(
                (".", "war-", "war.sqlite-")
            ):
                faults.append(f"after the kill: {name} is there in part, or is another")
        return faults


_backup = ("store", "backup", ".", "--quiet")
_ingest = ("ingest", "reports", "--quiet")
_build = ("build", "--config", "geoconflict.toml", "--quiet")


# ---------------------------------------------------------------- processes
def run_forked(
    command: tuple[str, ...],
    folder: Path,
    *,
    prepare: Callable[[], object] = lambda: None,
    kill_after: float | None = None,
) -> int:
    """Run a command of the program in `folder` in a process of its own; return its exit code, or minus its signal."""
    child = os.fork()
    if child == 0:
        _run_here(command, folder, prepare)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def _run_here(command: tuple[str, ...], folder: Path, prepare: Callable[[], object]) -> NoReturn:
    code = 70
    try:
        os.chdir(folder)
        said = os.open("said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        prepare()
        from geoconflict.cli import main

        main(list(command), standalone_mode=False)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001  # told in the file; the parent sees the code
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _steps(step: Callable[[str], object]) -> None:
    """Call `step` at each SQL statement on the store, half way through each writing, and around each syncing and renaming."""
    from geoconflict.store import store_file

    connect = store_file.connect

    def traced(*args: Any, **kwargs: Any) -> sqlite3.Connection:
        db = connect(*args, **kwargs)
        db.set_trace_callback(lambda _: step("statement"))
        return db

    store_file.connect = traced  # type: ignore[attr-defined]

    def around(function: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **kwargs: Any) -> Any:
            step("file")
            result = function(*args, **kwargs)
            step("file")
            return result

        return called

    def halved(write: Callable[..., Any], opened: str) -> Callable[..., Any]:
        def called(self: Path, data: Any, *args: Any, **kwargs: Any) -> Any:
            with self.open(opened) as file:
                file.write(data[: len(data) // 2])
            step("file")
            return write(self, data, *args, **kwargs)

        return called

    Path.write_text = halved(Path.write_text, "w")  # type: ignore[method-assign]
    Path.write_bytes = halved(Path.write_bytes, "wb")  # type: ignore[method-assign]
    os.fsync = around(os.fsync)
    Path.replace = around(Path.replace)  # type: ignore[method-assign]
    Path.unlink = around(Path.unlink)  # type: ignore[method-assign]
    os.link = around(os.link)


def _count_into(file: Path) -> None:
    counts: Counter[str] = Counter()

    def step(mode: str) -> None:
        counts[mode] += 1
        with file.open("w") as out:
            json.dump({"statement": counts["statement"], "file": counts["file"]}, out)

    file.write_text('{"statement": 0, "file": 0}')
    _steps(step)


def _kill_at(mode: str, at: int) -> None:
    n = 0

    def step(which: str) -> None:
        nonlocal n
        n += which == mode
        if n == at:
            os.kill(os.getpid(), signal.SIGKILL)

    _steps(step)


def _must(code: int, command: tuple[str, ...]) -> None:
    if code != 0:
        sys.exit(f"{' '.join(command)} ended with {code} when nothing disturbed it")


# ---------------------------------------------------------------- what is compared
def result_of(folder: Path, *, with_store: bool = True) -> dict[str, bytes]:
    """Return all files of a run but its input, the store as its rows, and copies of stores as theirs."""
    files: dict[str, bytes] = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if not file.is_file() or name.startswith("reports/") or name in ("geoconflict.toml", "said"):
            continue
        if name.endswith(_MAY_STAY):
            continue
        if name == "war.sqlite":
            if with_store:
                files[name] = dump(file)
        elif not name.startswith("war-2"):  # a dated copy
            files[name] = dump(file) if file.suffix == ".sqlite" and not name.startswith(".") else file.read_bytes()
    return files


_TOLD = {"source_file": "is_mirrored, report_ids", "history": "what, report_id, event_id, note, record"}
"""Of these tables all columns but those that hold times and paths of the machine."""


def dump(store: Path) -> bytes:
    """Return every row of every table of a store as text, in the order of their keys; empty where it cannot be read."""
    lines: list[str] = []
    db = sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)
    try:
        lines.append(repr(db.execute("PRAGMA user_version").fetchone()))
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            columns = _TOLD.get(table, "*")
            rows = db.execute(f"SELECT {columns} FROM {table}").fetchall()  # noqa: S608  # the file's own names
            lines += sorted(f"{table} {json.dumps(row, ensure_ascii=False, default=bytes.hex)}" for row in rows)
    except sqlite3.DatabaseError:
        return b""
    finally:
        db.close()
    return "\n".join(lines).encode()


def differences(is_: dict[str, bytes], should: dict[str, bytes]) -> list[str]:
    """Return how two results differ, one line a file; for stores, the first rows that do."""
    told = [f"in the end: {name} is left over" for name in sorted(is_.keys() - should.keys())]
    told += [f"in the end: {name} is missing" for name in sorted(should.keys() - is_.keys())]
    for name in sorted(is_.keys() & should.keys()):
        if is_[name] != should[name]:
            ours, theirs = (set(one[name].split(b"\n")) for one in (is_, should))
            first = [line[:160].decode("utf-8", "replace") for line in sorted(ours ^ theirs)[:2]]
            told.append(f"in the end: {name} differs: {first}")
    return told


# ---------------------------------------------------------------- starts
def _make_older(store: Path) -> None:
    """Turn a store into one of the first format: its tables as they were, with the rows that they can hold."""
    from geoconflict.store.schema import MIGRATIONS

    older = store.with_name("older.sqlite")
    with sqlite3.connect(older) as db:
        db.executescript(MIGRATIONS[0])
        db.execute("ATTACH ? AS newer", (str(store),))
        for table in ("meta", "report", "reading", "resolution", "failure", "event"):
            columns = ", ".join(row[1] for row in db.execute(f"PRAGMA main.table_info({table})"))
            db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")  # noqa: S608
        db.execute("DELETE FROM meta WHERE name IN ('merge_key', 'merging_rules')")
        db.execute("PRAGMA user_version=1")
    db.close()
    older.replace(store)
    for suffix in ("-wal", "-shm"):
        store.with_name(store.name + suffix).unlink(missing_ok=True)


def _spoil_a_page(store: Path) -> None:
    """Overwrite a page that holds readings."""
    content = bytearray(store.read_bytes())
    at = content.index(b'"toponyms":[{') // 4096 * 4096
    content[at : at + 4096] = b"\xaa" * 4096
    store.write_bytes(content)


# ---------------------------------------------------------------- the command
def main() -> None:
    """Run the rounds that the command line asks for, and print a table; exit with 1 when one went wrong."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20201109)
    parser.add_argument("--reports", type=int, default=None, help="how many of the sample reports; default: all")
    parser.add_argument("--kinds", default=",".join(KINDS), help="which commands, with commas between them")
    parser.add_argument("--out", type=Path, default=None, help="write what came of each round as JSON lines")
    arguments = parser.parse_args()
    kinds = arguments.kinds.split(",")
    done: list[Round] = []
    with tempfile.TemporaryDirectory(prefix="geoconflict-kills-") as folder:
        kills = Kills(Path(folder), n_reports=arguments.reports)
        for number in range(arguments.rounds):
            rng = random.Random(f"{arguments.seed} {number}")  # noqa: S311  # moments, no secrets
            one = kills.round(
                str(number), rng, kind=kinds[number % len(kinds)], mode=MODES[number // len(kinds) % len(MODES)]
            )
            done.append(one)
            for fault in one.faults:
                print(f"round {number} ({one.kind}, {one.moment}): {fault}", flush=True)
            if arguments.out:
                with arguments.out.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(dataclasses.asdict(one)) + "\n")
    print("| command | rounds | killed before its end | wrong |\n|---|---|---|---|")
    for kind in kinds:
        rounds = [one for one in done if one.kind == kind]
        n_wrong = sum(bool(one.faults) for one in rounds)
        print(f"| {kind} | {len(rounds)} | {sum(one.was_killed for one in rounds)} | {n_wrong} |")
    sys.exit(any(one.faults for one in done))


if __name__ == "__main__":
    main()
