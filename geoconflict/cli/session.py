"""One run of ``ingest`` or ``build`` from its lock to its exit code, told in a log, an account and metrics."""

from __future__ import annotations

import contextlib
import os
import platform
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from geoconflict.cli.output import EXIT_FAILED_REPORTS, EXIT_LOCKED, explain_error
from geoconflict.cli.run_log import LogFormat, RunLog, run_log
from geoconflict.cli.stopping import Stopped, Stopping
from geoconflict.cli.waiting import told_once
from geoconflict.clock import utc_now
from geoconflict.errors import GeoconflictError, StoreLockedError
from geoconflict.interchange.run_account import Outcome, RunAccount, write_account
from geoconflict.models import RunReport
from geoconflict.os_faults import told
from geoconflict.settings import Settings
from geoconflict.stage import run_report

if TYPE_CHECKING:
    from geoconflict.correction_stage import CorrectionsState
    from geoconflict.store import EventStore
    from geoconflict.store.run_lock import RunOwner
    from geoconflict.tools import Tools

__all__ = ["RunOptions", "Session", "run_options"]

_WAIT_SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What an operator asks of a run."""

    wait: float = _WAIT_SECONDS
    report: Path | None = None
    metrics: Path | None = None
    log_format: LogFormat = "auto"
    quiet: bool = False
    as_json: bool = False


_OPTIONS = (
    click.option(
        "--wait",
        type=click.FloatRange(min=0),
        default=_WAIT_SECONDS,
        show_default=True,
        metavar="SECONDS",
        help="How long to wait while another run works on the same store.",
    ),
    click.option(
        "--report",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE.json",
        help="Write the account of the run as JSON, however it ends.",
    ),
    click.option(
        "--metrics",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE.prom",
        help="Write metrics of the run for Prometheus' textfile collector.",
    ),
    click.option(
        "--log-format",
        type=click.Choice(["auto", "text", "json"]),
        default="auto",
        show_default=True,
        help="auto: bars on a terminal, one line of JSON an event elsewhere.",
    ),
)


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of operators to a command: --wait, --report, --metrics and --log-format."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


class Session:
    """A run on a store; :meth:`running` opens it, and tells and accounts for it however it ends.

    Parameters
    ----------
    command
        ``ingest`` or ``build``.
    store
        The event store.
    settings
        Those of the run.
    options
        What the operator asks for.

    Attributes
    ----------
    report, maps, counts, unused_overrides, corrections
        What was done, for the account; the command fills them in.
    """

    def __init__(self, command: str, store: Path, settings: Settings, options: RunOptions) -> None:
        self.report: RunReport | None = None
        self.maps: tuple[Path, ...] = ()
        self.counts: Mapping[str, int] | None = None
        self.unused_overrides: tuple[str, ...] = ()
        self.corrections: CorrectionsState | None = None
        self._command, self._store, self._options = command, store, options
        self._config = settings.where.file.resolve() if settings.where else None
        self._log = RunLog(lambda: None, quiet=options.quiet)
        self._left: Mapping[str, int] | None = None
        self._backup: Path | None = None
        self._before: RunOwner | None = None
        self._started_at, self._started = utc_now(), time.monotonic()

    @property
    def tells_failures(self) -> bool:
        """Whether the log has told the failed reports already."""
        return self._log.tells_failures

    @contextlib.contextmanager
    def running(self, tools: Tools) -> Iterator[tuple[EventStore, RunLog]]:
        """Lock and open the store, and give it with the progress to report to; what goes wrong exits with its code.

        Raises
        ------
        SystemExit
            If the run did not finish: 1 after an error, 4 where another run held the store, 128 + the signal's number
            where it was stopped.
        """
        with Stopping(self._asked_to_stop) as stopping:
            self._begin_log(stopping.check)
            try:
                with self._log.shown(), self._opened(stopping, tools) as opened:
                    yield opened, self._log
            except Stopped as stopped:
                name = signal.Signals(stopped.signum).name
                self._log.event("error", "run_stopped", f"stopped by {name}: {self._left_line()}")
                self._end("stopped", 128 + stopped.signum, signal=name)
            except StoreLockedError as error:
                self._log.event("error", "run_locked", str(error))
                self._end("locked", EXIT_LOCKED, error=str(error))
            except (GeoconflictError, sqlite3.Error, OSError) as error:
                say = explain_error(error, self._store)
                self._log.event("error", "run_failed", say)
                self._end("failed", 1, error=say)
            except Exception as error:  # a defect: accounted for, then shown with its traceback
                self._account("failed", 1, error=f"{type(error).__name__}: {error}")
                raise

    @property
    def store(self) -> Path:
        """The event store."""
        return self._store

    def refuse(self, error: Exception, *, config: Path | None = None, is_accounted: bool = True) -> NoReturn:
        """End a run that cannot begin: tell it as the log does, account for it, and exit with 1."""
        self._begin_log(lambda: None)
        self._config = config if config is not None and config.is_file() else self._config
        say = explain_error(error, self._store)
        self._log.event("error", "run_failed", say)
        if is_accounted:
            self._account("failed", 1, error=say)
        raise SystemExit(1)

    def _begin_log(self, check: Callable[[], object]) -> None:
        options = self._options
        fields = {"command": self._command, "store": str(self._store.resolve())}
        self._log = run_log(options.log_format, check, quiet=options.quiet, plain=options.as_json, fields=fields)

    def finished(self) -> int:
        """Account for a run that came to its end, and return its exit code."""
        has_failures = bool(self.report and self.report.n_failures)
        code = EXIT_FAILED_REPORTS if has_failures else 0
        outcome: Outcome = "finished with failures" if has_failures else "finished"
        n_failed = self.report.n_failures if self.report else 0
        if self.unused_overrides and self.tells_failures:  # text prints them with the account
            n = len(self.unused_overrides)
            say = f"overrides that matched no place name in any report: {n} (check spelling, context and dates)"
            self._log.event("warning", "unused_overrides", say, rows=list(self.unused_overrides))
        self._log.event(
            "info",
            "run_ended",
            f"{outcome}: {n_failed} failed",
            outcome=outcome,
            exit_code=code,
            seconds=round(time.monotonic() - self._started, 3),
            n_failures=n_failed,
            counts=dict(self.counts or {}),
            maps=[str(path) for path in self.maps],
        )
        return code if self._account(outcome, code) else 1

    @contextlib.contextmanager
    def _opened(self, stopping: Stopping, tools: Tools) -> Iterator[EventStore]:
        from geoconflict.store import EventStore, run_lock

        def tell(say: str, owner: RunOwner | None) -> None:
            self._log.event("warning", "run_waiting", say, pid=owner.pid if owner else None)

        telling = told_once(self._options.wait, utc_now, tell)

        def waiting(owner: RunOwner | None) -> None:
            telling(owner)
            stopping.check()

        self._log.event(
            "info", "run_started", f"{self._command} into {self._store}", pid=os.getpid(), host=platform.node()
        )
        with run_lock(
            self._store, self._command, wait_seconds=self._options.wait, now=utc_now, waiting=waiting
        ) as before:
            if before is not None:
                self._before = before
                say = f"the run before was killed: {before.told(utc_now())}; this one goes on where it stopped"
                self._log.event("warning", "run_taken_over", say, pid=before.pid, since=before.since)
                _check_log(self._store, self._log, has_written=before.wrote)
            with EventStore(self._store) as opened:
                if opened.backup_path is not None:
                    self._backup = opened.backup_path
                    say = f"the store was of an older format and was migrated; a copy is {self._backup}"
                    self._log.event("warning", "store_migrated", say, backup=str(self._backup))
                try:
                    yield opened
                except BaseException as error:
                    with contextlib.suppress(GeoconflictError, sqlite3.Error, OSError):
                        self.counts = dict(opened.counts())
                        if isinstance(error, Stopped):
                            self._left = _left(opened, tools, with_maps=self._command == "build")
                    raise

    def _asked_to_stop(self, signum: int) -> None:
        name = signal.Signals(signum).name
        say = f"{name}: stopping after the batch at hand; once more stops at once"
        self._log.event("warning", "run_stopping", say, signal=name)

    def _left_line(self) -> str:
        if self._left is None:
            return "nothing was begun"
        left = ", ".join(
            "events to merge" if what == "merges_to_make" else f"{what.replace('_', ' ')}: {n}"
            for what, n in self._left.items()
            if n
        )
        return f"{left or 'no known work'} left; what was done is committed, and the same command goes on from here"

    def _end(self, outcome: Outcome, code: int, *, signal: str | None = None, error: str | None = None) -> None:
        self._account(outcome, code, signal=signal, error=error)
        raise SystemExit(code)

    def _account(self, outcome: Outcome, code: int, *, signal: str | None = None, error: str | None = None) -> bool:
        """Write the account and the metrics that were asked for; return whether that went well."""
        account = RunAccount(
            command=self._command,
            store=self._store.resolve(),
            config=self._config,
            pid=os.getpid(),
            host=platform.node(),
            started_at=self._started_at,
            ended_at=utc_now(),
            seconds=time.monotonic() - self._started,
            outcome=outcome,
            exit_code=code,
            report=self.report or run_report(self._log.stages),
            signal=signal,
            error=error,
            counts=self.counts,
            left=self._left,
            maps=self.maps,
            unused_overrides=self.unused_overrides,
            corrections=asdict(self.corrections) if self.corrections else None,
            migration_backup=self._backup,
            took_over=asdict(self._before) if self._before else None,
        )
        good = True
        for path, write in ((self._options.report, write_account), (self._options.metrics, _write_metrics)):
            if path is not None:
                try:
                    write(path, account)
                except (GeoconflictError, OSError) as failure:
                    good = False
                    why = told(failure, where=path) if isinstance(failure, OSError) else str(failure)
                    self._log.event("error", "account_failed", f"the account cannot be written: {why}", path=str(path))
        return good


def _write_metrics(path: Path, account: RunAccount) -> None:
    from geoconflict.interchange.metrics import write_metrics

    write_metrics(path, account)


def _check_log(store: Path, log: RunLog, *, has_written: bool) -> None:
    """Warn where the log of a store is gone that a killed run must have left, also if a reader has made an empty one since."""
    wal = store.with_name(f"{store.name}-wal")
    if store.is_file() and (not wal.exists() or (has_written and not wal.stat().st_size)):
        say = (
            f"{wal}, the log that a killed run leaves, is {'empty' if wal.exists() else 'not there'}: if it was removed, what was "
            f"committed last is missing and read again from the reports; `geoconflict store check --store {store}` says whether "
            "the store is whole"
        )
        log.event("warning", "log_missing", say)


def _left(opened: EventStore, tools: Tools, *, with_maps: bool) -> Mapping[str, int]:
    """Count what a stopped run leaves of the reports that are in the store; those not yet read are not known."""
    from geoconflict.map_stage import stale_maps
    from geoconflict.merge_stage import merge_key

    return {
        "reports_to_extract": opened.states.n_to_read(tools.reading_key),
        "reports_to_resolve": len(opened.states.to_resolve(tools.resolution_key)),
        "merges_to_make": int(opened.meta("merge_key") != merge_key(opened, tools.corrections.key)),
        "maps_to_write": len(stale_maps(opened, tools)) if with_maps else 0,
    }
