"""``watch``."""

from __future__ import annotations

import dataclasses
import json
import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from geoconflict.cli.output import (
    EXIT_FAILED_REPORTS,
    config_option,
    counted,
    fail,
    json_option,
    printed_errors,
    quiet_option,
    settings_from,
    store_option,
    store_path,
)
from geoconflict.clock import utc_now
from geoconflict.errors import GeoconflictError
from geoconflict.models import RunReport
from geoconflict.settings import Settings
from geoconflict.visible import visible, visible_json

_MOST_FAILURES = 5
"""So often in a row a round may fail before watching ends."""


class _Stopped(Exception):  # noqa: N818  # asked for, no error
    """Ends a run between two transactions."""


@click.command("watch")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--build", "is_building", is_flag=True, help="Also rewrite the maps of geoconflict.toml that are stale.")
@click.option("--once", is_flag=True, help="Take what is there and whole, then end.")
@click.option(
    "--interval", default=5.0, show_default=True, type=click.FloatRange(0.1, 3600), help="Seconds between two looks."
)
@click.option(
    "--settle",
    default=2.0,
    show_default=True,
    type=click.FloatRange(0, 3600),
    help="Seconds that a file must stand still to count as whole.",
)
@store_option
@config_option
@json_option
@quiet_option
@printed_errors
def watch_command(
    folder: Path,
    store: Path | None,
    config: Path | None,
    interval: float,
    settle: float,
    *,
    is_building: bool,
    once: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Ingest the reports that come into FOLDER, as they come, until SIGINT (Ctrl-C) or SIGTERM.

    A file is taken when its size and time have stood still, so one that is being written is left until it is whole. Write
    big files under a hidden name and rename them. What was taken is known by the store: after a stop nothing is done twice.
    The exit code is then 128 and the number of the signal: 130, 143.

    \b
    Examples:
      geoconflict watch incoming --store war.sqlite
      geoconflict watch incoming --build --config geoconflict.toml
    """
    from geoconflict.cli.stopping import stopped_by_signals
    from geoconflict.reports import known_suffixes
    from geoconflict.watching import FolderWatch

    settings = settings_from(config)
    watch = FolderWatch(folder, known_suffixes(), settle_seconds=settle)
    with stopped_by_signals() as stop:
        rounds = _Rounds(
            settings, store_path(settings, store), stop, is_building=is_building, as_json=as_json, quiet=quiet
        )
        if once:
            watch.look()
            stop.wait(settle)
            rounds.take(watch.look(), watch.took)
            if stop.is_set():
                rounds.say("stopped", stopped=True)
                raise SystemExit(stop.exit_code)
            if watch.n_waiting:
                rounds.say(f"{counted(watch.n_waiting, 'file')} not whole yet; run again", waiting=watch.n_waiting)
            raise SystemExit(EXIT_FAILED_REPORTS if rounds.n_failures else 0)
        rounds.say(f"watching {folder} every {interval:g} seconds; Ctrl-C ends it", watching=str(folder))
        while not stop.is_set():
            try:
                rounds.take(watch.look(), watch.took)
            except (GeoconflictError, sqlite3.Error, OSError) as error:
                rounds.failed(error)
            stop.wait(interval)
        rounds.say("stopped", stopped=True)
        raise SystemExit(stop.exit_code)


class _Rounds:
    """What is done with the files of each look, and told of it."""

    def __init__(
        self, settings: Settings, store: Path, stop: threading.Event, *, is_building: bool, as_json: bool, quiet: bool
    ) -> None:
        from geoconflict.tools import Tools

        # The folder is read here, whole files only: a build must not read it again, with what is half written.
        reports = dataclasses.replace(settings.reports, paths=())
        self._tools = Tools(dataclasses.replace(settings, reports=reports))
        self._store = store
        self._stop = stop
        self._is_building = is_building
        self._as_json = as_json
        self._quiet = quiet
        self._in_a_row = 0
        self._owes_build = is_building
        """Whether the maps may be older than the store: at first, for an earlier run may have ended before its build."""
        self.n_failures = 0

    def say(self, line: str, **record: Any) -> None:
        """Print a line, or a record as one."""
        if self._as_json:
            click.echo(visible_json(json.dumps({"at": _now(), **record}, ensure_ascii=False)))
        elif not self._quiet:
            click.echo(visible(f"{_now()} {line}"))

    def take(self, paths: Sequence[Path], took: Callable[[Sequence[Path]], None]) -> None:
        """Ingest files, and build; a build that an earlier round or run left undone is made up for without new files."""
        if self._stop.is_set() or not (paths or self._owes_build):
            return
        from geoconflict.pipeline import build, ingest
        from geoconflict.store import EventStore

        there = [path for path in paths if path.exists()]  # what vanishes is no fault of the others
        try:
            with EventStore(self._store) as opened:
                report = ingest(there, opened, self._tools, progress=self._moved)
                took(there)
                self._owes_build = self._is_building
                self._tell(counted(len(there), "file"), report, dict(opened.counts()))
                if self._owes_build:
                    built, maps = build(opened, self._tools, progress=self._moved)
                    self._owes_build = False
                    n_maps = next(stage.n_done for stage in built.stages if stage.stage == "map")
                    self.say(
                        f"{n_maps} of {len(maps) - 1} maps written",
                        maps_written=n_maps,
                        maps=[str(one) for one in maps],
                    )
        except _Stopped:
            return
        self._in_a_row = 0

    def failed(self, error: Exception) -> None:
        """Tell that a round failed; its files are taken up by the next. Watching ends when that happens again and again."""
        self._in_a_row += 1
        if self._in_a_row >= _MOST_FAILURES:
            fail(f"{_MOST_FAILURES} rounds in a row failed, the last with: {error}")
        self.say(f"failed, to be tried again: {error}", failed=str(error))

    def _moved(self, _stage: str, _done: int, _total: int) -> None:
        if self._stop.is_set():
            raise _Stopped

    def _tell(self, what: str, report: RunReport, counts: dict[str, int]) -> None:
        read = next((stage for stage in report.stages if stage.stage == "read"), None)
        n_new = read.n_done if read is not None else 0
        self.n_failures += report.n_failures
        self.say(
            f"{what}: {counted(n_new, 'new report')}, {report.n_failures} failed; {counted(counts['reports'], 'report')}, "
            f"{counted(counts['events'], 'event')}",
            **report.to_dict(),
            counts=counts,
        )
        for note in () if self._as_json else report.notes:
            self.say(f"note: {note}")
        if not self._as_json:
            for failure in report.failures:
                repair = f" -> {failure.repair}" if failure.repair else ""
                click.echo(visible(f"  {failure.where}: {failure.what}{repair}"), err=True)


def _now() -> str:
    return utc_now().isoformat(timespec="seconds").replace("+00:00", "Z")
