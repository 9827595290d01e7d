"""``ingest`` and ``build``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from geoconflict.cli.output import (
    config_option,
    fail,
    json_option,
    print_account,
    printed_errors,
    quiet_option,
    settings_from,
    store_option,
    store_path,
    unused_lines,
)
from geoconflict.cli.session import RunOptions, Session, run_options
from geoconflict.models import RunReport
from geoconflict.settings import CONFIG_NAME


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@config_option
@json_option
@quiet_option
@run_options
@printed_errors
def ingest_command(
    paths: tuple[Path, ...], store: Path | None, config: Path | None, *, as_json: bool, quiet: bool, **asked: Any
) -> None:
    """Read reports under PATHS (files, or folders recursively) into an event store.

    The same reports again change nothing. A report that cannot be read is named, counted, and never stops the run. A run
    that was stopped or killed lost nothing: the same command goes on where it ended.

    \b
    Example:
      geoconflict ingest reports/ --store war.sqlite
      geoconflict ingest reports/ --store war.sqlite --report run.json --wait 60
    """
    from geoconflict.pipeline import ingest, unused_overrides
    from geoconflict.tools import Tools

    settings = settings_from(config)
    check_paths(paths)
    tools = Tools(settings)
    session = Session(
        "ingest", store_path(settings, store), settings, RunOptions(quiet=quiet, as_json=as_json, **asked)
    )
    with session.running(tools) as (opened, progress):
        session.report = ingest(paths, opened, tools, progress=progress)
        session.counts = dict(opened.counts())
        session.unused_overrides = unused_overrides(opened)
    _end(session, opened.path, as_json=as_json, quiet=quiet)


@click.command("build")
@store_option
@config_option
@json_option
@quiet_option
@run_options
@printed_errors
def build_command(store: Path | None, config: Path | None, *, as_json: bool, quiet: bool, **asked: Any) -> None:
    """Ingest what is new under the paths of geoconflict.toml and rewrite the maps that are stale.

    A run that was stopped or killed lost nothing: the same command goes on where it ended.

    \b
    Example:
      geoconflict build --config demo/geoconflict.toml
      geoconflict build --config demo/geoconflict.toml --report run.json --metrics /var/lib/node_exporter/geoconflict.prom
    """
    from geoconflict.pipeline import build, unused_overrides
    from geoconflict.tools import Tools

    settings = settings_from(config)
    if config is None and not (settings.root / CONFIG_NAME).is_file():
        fail(f"there is no {CONFIG_NAME} in this folder; `geoconflict init` writes one, or name yours with --config")
    for name in settings.reports.paths:
        if not settings.resolve(name).exists():
            fail(settings.located(f"reports.paths: there is no file or folder {name!r} ({settings.resolve(name)})"))
    maps_dir = settings.resolve(settings.maps_dir)
    if maps_dir.exists() and not maps_dir.is_dir():
        fail(settings.located(f"maps_dir: {maps_dir} is no folder; choose another name"))
    tools = Tools(settings)
    session = Session("build", store_path(settings, store), settings, RunOptions(quiet=quiet, as_json=as_json, **asked))
    with session.running(tools) as (opened, progress):
        session.report, session.maps = build(opened, tools, progress=progress)
        session.counts = dict(opened.counts())
        session.unused_overrides = unused_overrides(opened)
    _end(session, opened.path, as_json=as_json, quiet=quiet)


def _end(session: Session, store: Path, *, as_json: bool, quiet: bool) -> NoReturn:
    """Print what a finished run did, and exit with its code."""
    code = session.finished()
    counts, unused = dict(session.counts or {}), session.unused_overrides
    line = f"{store}: {counts['reports']} reports, {counts['events']} events ({counts['unlocated']} unlocated)"
    open_line = (f"Open {session.maps[0]} in a browser; it needs no network.",) if session.maps else ()
    print_account(
        session.report or RunReport(),
        as_json=as_json,
        quiet=quiet,
        tells_failures=session.tells_failures,
        lines=(line, *_nothing_found(counts), *unused_lines(unused), *open_line),
        store=str(store),
        counts=counts,
        unused_overrides=unused,
        **({"maps": [str(path) for path in session.maps]} if session.maps else {}),
    )
    raise SystemExit(code)


def check_paths(paths: Sequence[Path]) -> None:
    """Refuse paths that are not there before a store is made for them."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        fail(f"{', '.join(missing)}: there is no such file or folder")


def _nothing_found(counts: dict[str, int]) -> tuple[str, ...]:
    """Return what to say when there is no event: an empty result never passes in silence."""
    if counts["events"]:
        return ()
    if not counts["reports"]:
        return ("No report is in the store: none was found, or none could be read. See the README for their forms.",)
    return (
        "No event was found in these reports; `geoconflict parse FILE --out -` shows what was seen in one of them.",
    )
