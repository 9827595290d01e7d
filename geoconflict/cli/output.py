"""What all commands share: options, errors, progress and the printed account of a run."""

from __future__ import annotations

import contextlib
import functools
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from geoconflict.errors import GeoconflictError
from geoconflict.models import RunReport
from geoconflict.settings import Settings, load_settings
from geoconflict.visible import visible

__all__ = [
    "EXIT_FAILED_REPORTS",
    "check_out",
    "config_option",
    "fail",
    "finish",
    "json_option",
    "printed_errors",
    "progress_bars",
    "quiet_option",
    "settings_from",
    "store_option",
    "store_path",
    "unused_lines",
]

EXIT_FAILED_REPORTS = 3

P = ParamSpec("P")
R = TypeVar("R")

config_option = click.option(
    "--config",
    "config",
    type=click.Path(path_type=Path),
    help="The geoconflict.toml to use; default: the one in this folder, if any.",
)
store_option = click.option(
    "--store",
    "store",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The event store; default: the one in the settings.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")


def settings_from(config: Path | None) -> Settings:
    """Return the settings of `config`, of the folder's geoconflict.toml, or the defaults."""
    return load_settings(config)


def store_path(settings: Settings, store: Path | None) -> Path:
    """Return the event store that a command works on."""
    return store if store is not None else settings.resolve(settings.store.path)


def check_out(out: Path, store: Path) -> None:
    """Refuse to write over the store that is read."""
    if out.exists() and store.exists() and out.samefile(store):
        fail(f"--out {out} is the event store itself; choose another name")


def printed_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Print an error of ours as one plain message and exit with 1; a traceback means a defect."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except GeoconflictError as error:
            fail(str(error))
        except sqlite3.Error as error:
            fail(f"the event store failed: {error}; check free disk space and whether another process writes to it")
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            fail(f"{where}{error.strerror or error}")

    return wrapped


def fail(message: str) -> NoReturn:
    """Print `message` as an error and exit with 1."""
    click.secho("error: ", fg="red", bold=True, nl=False, err=True)
    click.echo("\n".join(visible(line) for line in message.split("\n")), err=True)
    raise SystemExit(1)


@contextlib.contextmanager
def progress_bars(*, show: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a progress callback: bars on a terminal, nothing elsewhere."""
    if not show or not sys.stderr.isatty():
        yield lambda stage, done, total: None  # noqa: ARG005
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:>8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def moved(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total or None)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield moved


def finish(report: RunReport, *, as_json: bool, quiet: bool, lines: tuple[str, ...] = (), **extra: Any) -> NoReturn:
    """Print the account of a run and exit: 0, or 3 when something failed."""
    if as_json:
        click.echo(json.dumps({**report.to_dict(), **extra}, ensure_ascii=False))
    elif not quiet:
        for stage in report.stages:
            click.echo(_stage_line(stage.to_dict()))
        for line in lines:
            click.echo(line)
    if report.n_failures and not as_json:
        click.secho(f"{report.n_failures} failed:", fg="yellow", err=True)
        for failure in report.failures:
            repair = f" -> {failure.repair}" if failure.repair else ""
            click.echo(visible(f"  {failure.where}: {failure.what}{repair}"), err=True)
        if report.n_failures > len(report.failures):
            click.echo(f"  ... and {report.n_failures - len(report.failures)} more", err=True)
    raise SystemExit(EXIT_FAILED_REPORTS if report.n_failures else 0)


def unused_lines(unused: Sequence[str]) -> tuple[str, ...]:
    """Return what to say of rows of the overrides file that decided on no name."""
    if not unused:
        return ()
    shown = [f"  {row}" for row in unused[:_N_UNUSED_SHOWN]]
    more = [f"  ... and {len(unused) - _N_UNUSED_SHOWN} more"] if len(unused) > _N_UNUSED_SHOWN else []
    head = f"overrides that matched no place name in any report: {len(unused)} (check spelling, context and dates)"
    return (head, *shown, *more)


_N_UNUSED_SHOWN = 20
_NOUNS = {"read": "reports", "extract": "reports", "resolve": "reports", "merge": "events", "map": "maps"}
_NOT_FOUND = {"resolve": "names unplaced", "merge": "unlocated"}


def _stage_line(stage: dict[str, Any]) -> str:
    name = stage["stage"]
    parts = [f"{stage['n_done']} new or changed", f"{stage['n_skipped']} unchanged"]
    if stage["n_not_found"]:
        parts.append(f"{stage['n_not_found']} {_NOT_FOUND.get(name, 'not found')}")
    if stage["n_copies"]:
        parts.append(f"{stage['n_copies']} reports are copies")
    if stage["n_failed"]:
        parts.append(f"{stage['n_failed']} failed")
    return f"{name:>8}  {stage['n_seen']:>6} {_NOUNS.get(name, '')}: {', '.join(parts)}  ({stage['seconds']:.1f} s)"
