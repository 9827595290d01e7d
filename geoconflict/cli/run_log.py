"""What a run says while it works, on standard error: bars on a terminal, one line of JSON an event elsewhere."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Literal, TextIO

import click

from geoconflict.clock import utc_now
from geoconflict.interchange.run_account import utc_text
from geoconflict.models import RunFailure
from geoconflict.own_process import give_back
from geoconflict.stage import Stage, Watch
from geoconflict.visible import visible, visible_json

__all__ = ["Level", "LogFormat", "RunLog", "run_log"]

LogFormat = Literal["auto", "text", "json"]
Level = Literal["info", "warning", "error"]

_PROGRESS_SECONDS = 30.0
"""A stage tells at most so often how far it is; a million reports must not become a million lines."""


class RunLog(Watch):
    """Plain text: warnings and errors alone, for the account of the run is printed at its end.

    Parameters
    ----------
    check
        Called between two batches and two stages, and within the merge; what it raises stops the run.
    quiet
        Whether to say nothing but warnings and errors.
    """

    tells_failures = False
    """Whether failed reports and errors are told as they come, so that the end need not repeat them."""

    def __init__(self, check: Callable[[], object], *, quiet: bool) -> None:
        super().__init__()
        self._check = check
        self._quiet = quiet

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is, and stop where that was asked."""
        self.moved(stage, done, total)
        self._check()

    def pause(self) -> None:
        """Stop where that was asked."""
        self._check()

    def moved(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""

    def ended(self, stage: Stage) -> None:  # noqa: ARG002  # the JSON log tells of it
        """Give back what the stage needed for itself."""
        give_back()

    def event(self, level: Level, name: str, say: str, **fields: Any) -> None:  # noqa: ARG002  # the JSON log has them
        """Tell something: `name` and `fields` for programs, `say` for people."""
        if level != "info":
            lines = "\n".join(visible(line) for line in say.split("\n"))
            _write(sys.stderr, f"{level}: {lines}\n")

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        """Be shown until the block ends."""
        yield


class _Bars(RunLog):
    """Bars on a terminal."""

    def __init__(self, check: Callable[[], object], *, quiet: bool) -> None:
        super().__init__(check, quiet=quiet)
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}

    def moved(self, stage: str, done: int, total: int) -> None:
        if self._bars is None:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total or None)
        self._bars.update(self._tasks[stage], completed=done, total=total or None)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as self._bars:
            yield
        self._bars = None


class _JsonLines(RunLog):
    """One JSON object a line: ts, level, event, and what belongs to the event."""

    tells_failures = True

    def __init__(self, check: Callable[[], object], *, quiet: bool, fields: dict[str, Any]) -> None:
        super().__init__(check, quiet=quiet)
        self._fields = fields
        self._told_at: dict[str, float] = {}

    def event(self, level: Level, name: str, say: str, **fields: Any) -> None:
        if self._quiet and level == "info":
            return
        ts = utc_text(utc_now())
        record = {"ts": ts, "level": level, "event": name, **self._fields, **fields, "message": say}
        _write(sys.stderr, visible_json(json.dumps(record, ensure_ascii=False, default=str)) + "\n")

    def moved(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told_at.setdefault(stage, now) >= _PROGRESS_SECONDS:
            self._told_at[stage] = now
            of = f" of {total}" if total else ""
            self.event("info", "progress", f"{stage}: {done}{of}", stage=stage, n_done=done, n_total=total or None)

    def began(self, stage: Stage) -> None:
        super().began(stage)
        self.event("info", "stage_started", stage.name, stage=stage.name)

    def ended(self, stage: Stage) -> None:
        super().ended(stage)
        counts = stage.count().to_dict()
        if stage.is_broken_off:
            say = f"{stage.name}: broken off after {stage.seen} seen, {stage.done} of them new or changed"
            self.event("warning", "stage_broken_off", say, **counts)
            return
        say = f"{stage.name}: {stage.done} new or changed, {stage.skipped} unchanged, {stage.failed} failed"
        self.event("info", "stage_ended", say, **counts)

    def failed(self, stage: Stage, failure: RunFailure) -> None:
        self.event(
            "warning",
            "item_failed",
            f"{failure.where}: {failure.what}" + (f"; {failure.repair}" if failure.repair else ""),
            **{**failure.to_dict(), "stage": stage.name},
        )

    def noted(self, stage: Stage, say: str) -> None:
        self.event("warning", "note", say, stage=stage.name)

    @contextlib.contextmanager
    def shown(self) -> Iterator[None]:
        def told(message: Warning | str, category: type[Warning], *_: object) -> None:
            self.event("warning", "warning", str(message), category=category.__name__)

        with warnings.catch_warnings():
            warnings.showwarning = told  # type: ignore[assignment]  # the file and line of the code help no operator
            yield


def run_log(
    form: LogFormat, check: Callable[[], object], *, quiet: bool, plain: bool, fields: dict[str, Any]
) -> RunLog:
    """Return the log of the form asked for.

    Parameters
    ----------
    form
        auto is bars on a terminal and JSON elsewhere.
    check
        As for :class:`RunLog`.
    quiet
        Whether only warnings and errors are told.
    plain
        Whether a terminal shows no bars, for what is printed is for a program.
    fields
        What every line of JSON has: the command and the store.
    """
    is_terminal = sys.stderr.isatty()
    if form == "json" or (form == "auto" and not is_terminal):
        return _JsonLines(check, quiet=quiet, fields=fields)
    if is_terminal and not (quiet or plain):
        return _Bars(check, quiet=quiet)
    return RunLog(check, quiet=quiet)


def _write(stream: TextIO, line: str) -> None:
    """Write one whole line at once, so that lines of several processes and of a signal do not mix."""
    stream.flush()
    try:
        os.write(stream.fileno(), line.encode("utf-8", "backslashreplace"))
    except (OSError, ValueError):  # a stream without a file, as in tests
        click.echo(line, nl=False, file=stream)
