"""What all commands share: options, errors and the printed account of a run."""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from geoconflict.errors import ConfigError, GeoconflictError, StoreLockedError
from geoconflict.models import RunReport
from geoconflict.os_faults import told
from geoconflict.settings import Settings, StoreSettings, load_settings
from geoconflict.visible import visible

__all__ = [
    "EXIT_FAILED_REPORTS",
    "EXIT_LOCKED",
    "config_option",
    "correction_lines",
    "counted",
    "explain_error",
    "fail",
    "former_option",
    "json_option",
    "own_files",
    "print_account",
    "printed_errors",
    "quiet_option",
    "settings_from",
    "store_option",
    "store_path",
    "unused_lines",
]

EXIT_FAILED_REPORTS = 3
EXIT_LOCKED = 4

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


def former_option(name: str, now: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that refuses the former name of an option, naming the one that it has now."""

    def refuse(_context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
        if value is not None:
            msg = f"{name} is called {now} now"
            raise click.UsageError(msg)

    return click.option(name, hidden=True, expose_value=False, callback=refuse)


def settings_from(config: Path | None) -> Settings:
    """Return the settings of `config`, of the folder's geoconflict.toml, or the defaults."""
    settings = load_settings(config)
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[_SETTINGS] = settings  # so that an error can name the line of the setting that it is about
    return settings


_SETTINGS, _STORE = "geoconflict.settings", "geoconflict.store"


def store_path(settings: Settings, store: Path | None) -> Path:
    """Return the event store that a command works on."""
    path = settings.resolve(settings.store.path) if store is None else store
    context = click.get_current_context(silent=True)
    if context is not None:
        context.meta[_STORE] = path  # so that what SQLite says of it can be told with its name
    if store is None and not path.parent.is_dir():
        msg = f"{path.parent}: there is no such folder for the event store of store.path; make it first"
        raise ConfigError(settings.located(msg))
    return path


def own_files(settings: Settings, *, with_maps: bool) -> Iterator[tuple[str, Path, str]]:
    """Yield the files of the user's that settings name: the setting, the path, and how it is written there."""
    named = [("extract.lexicons", settings.extract.lexicons), ("places.extra", settings.places.extra)]
    named.append(("places.overrides", (settings.places.overrides,)))
    for spec in settings.maps if with_maps else ():
        named += [("maps.lines_files", spec.lines_files), ("maps.districts_file", (spec.districts_file,))]
    for setting, names in named:
        for name in names:
            if name:
                yield setting, settings.resolve(name), name


def printed_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Print an error of ours as one plain message and exit with 1; a traceback means a defect."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except StoreLockedError as error:
            fail(str(error), EXIT_LOCKED)
        except BrokenPipeError:
            raise  # who reads has seen enough, as `head` does; click ends the program in silence
        except (GeoconflictError, sqlite3.Error, OSError) as error:
            store = click.get_current_context().meta.get(_STORE, kwargs.get("store"))
            fail(explain_error(error, store if isinstance(store, Path) else Path(StoreSettings().path)))

    return wrapped


def explain_error(error: Exception, store: Path) -> str:
    """Return what to say of an error of ours, of SQLite or of the system; `store` is the event store that was at work."""
    if isinstance(error, sqlite3.Error):
        from geoconflict.store import explained

        return str(explained(error, store))
    if isinstance(error, OSError) and not isinstance(error, GeoconflictError):
        return told(error)
    context = click.get_current_context(silent=True)
    settings = context.meta.get(_SETTINGS) if context is not None else None
    return settings.located(str(error)) if settings is not None else str(error)


def counted(n: int, noun: str, *, width: int = 0) -> str:
    """Return a number, of at least `width` characters, with its noun, in the plural unless it is one."""
    return f"{n:>{width}} {noun}{'' if n == 1 else 's'}"


def fail(message: str, code: int = 1) -> NoReturn:
    """Print `message` as an error and exit with `code`."""
    click.secho("error: ", fg="red", bold=True, nl=False, err=True)
    click.echo("\n".join(visible(line) for line in message.split("\n")), err=True)
    raise SystemExit(code)


def print_account(
    report: RunReport, *, as_json: bool, quiet: bool, tells_failures: bool, lines: tuple[str, ...] = (), **extra: Any
) -> None:
    """Print what a run did, and unless the log tells failures, what failed."""
    if as_json:
        click.echo(json.dumps({**report.to_dict(), **extra}, ensure_ascii=False))
    elif not quiet:
        for stage in report.stages:
            click.echo(_stage_line(stage.to_dict()))
        for note in () if tells_failures else report.notes:
            click.echo(visible(f"note: {note}"))
        for line in lines:
            click.echo(line)
    if report.n_failures and not as_json and not tells_failures:
        click.secho(f"{report.n_failures} failed:", fg="yellow", err=True)
        for failure in report.failures:
            repair = f" -> {failure.repair}" if failure.repair else ""
            click.echo(visible(f"  {failure.where}: {failure.what}{repair}"), err=True)
        if report.n_failures > len(report.failures):
            click.echo(
                f"  ... and {report.n_failures - len(report.failures)} more; --log-format json names each", err=True
            )


def unused_lines(unused: Sequence[str]) -> tuple[str, ...]:
    """Return what to say of rows of the overrides file that decided on no name."""
    if not unused:
        return ()
    shown = [f"  {row}" for row in unused[:_N_UNUSED_SHOWN]]
    more = [f"  ... and {len(unused) - _N_UNUSED_SHOWN} more"] if len(unused) > _N_UNUSED_SHOWN else []
    head = f"overrides that matched no place name in any report: {len(unused)} (check spelling, context and dates)"
    return (head, *shown, *more)


def correction_lines(conflicts: Sequence[str], orphans: Sequence[str]) -> tuple[str, ...]:
    """Return what to say of corrections that are contested, or that refer to what is not there."""
    lines: list[str] = []
    for head, found in (
        ("corrections on which reviewers differ, so that neither is applied", conflicts),
        ("corrections of which something is not in the store", orphans),
    ):
        if found:
            lines.append(f"{head}: {len(found)} (`geoconflict review` lists them)")
            lines += [visible(f"  {one}") for one in found[:_N_UNUSED_SHOWN]]
            lines += [f"  ... and {len(found) - _N_UNUSED_SHOWN} more"] if len(found) > _N_UNUSED_SHOWN else []
    return tuple(lines)


_N_UNUSED_SHOWN = 20
_NOUNS = {"merge": "event", "map": "map"}
"""What stages work on; the others on reports."""


def _stage_line(stage: dict[str, Any]) -> str:
    name = stage["stage"]
    parts = [f"{stage['n_done']} new or changed", f"{stage['n_skipped']} unchanged"]
    if stage["n_not_found"]:
        n = stage["n_not_found"]
        parts.append(f"{counted(n, 'name')} unplaced" if name == "resolve" else f"{n} unlocated")
    if stage["n_copies"]:
        parts.append("1 report is a copy" if stage["n_copies"] == 1 else f"{stage['n_copies']} reports are copies")
    if stage["n_failed"]:
        parts.append(f"{stage['n_failed']} failed")
    n_seen = counted(stage["n_seen"], _NOUNS.get(name, "report"), width=6)
    return f"{name:>8}  {n_seen}: {', '.join(parts)}  ({stage['seconds']:.1f} s)"
