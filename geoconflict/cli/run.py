"""``ingest`` and ``build``."""

from __future__ import annotations

import dataclasses
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from geoconflict.cli.output import (
    config_option,
    correction_lines,
    counted,
    json_option,
    print_account,
    printed_errors,
    quiet_option,
    settings_from,
    store_option,
    store_path,
    unused_lines,
)
from geoconflict.cli.preparing import check_maps, check_named_files, prepared
from geoconflict.cli.session import RunOptions, Session, run_options
from geoconflict.errors import ConfigError, InputError
from geoconflict.models import RunReport
from geoconflict.settings import CONFIG_NAME, Settings
from geoconflict.visible import visible

if TYPE_CHECKING:
    from geoconflict.render.gallery import MapCard

reread_option = click.option(
    "--reread", is_flag=True, help="Read every file, also those whose times or bytes say that they are as they were."
)


def _engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say where reports are read."""
    for option in (
        click.option(
            "--scheduler", metavar="ADDRESS", help="With --engine dask: the running Dask scheduler, tcp://HOST:PORT."
        ),
        click.option(
            "--engine",
            type=click.Choice(["local", "dask"]),
            help="Where workers run: on this machine, or on a Dask cluster (needs geoconflict[dask]).",
        ),
        click.option(
            "--workers",
            type=click.IntRange(min=0),
            metavar="N",
            help="Read reports in N worker processes; 0 reads them in this one.  [default: run.workers of the settings, 0]",
        ),
    ):
        command = option(command)
    return command


def _with_engine(settings: Settings, workers: int | None, engine: str | None, scheduler: str | None) -> Settings:
    given: dict[str, Any] = {"workers": workers, "engine": engine, "scheduler": scheduler}
    run = dataclasses.replace(settings.run, **{name: value for name, value in given.items() if value is not None})
    if scheduler and run.engine != "dask":
        msg = "--scheduler is the address of a Dask scheduler; say --engine dask too"
        raise InputError(msg)
    return dataclasses.replace(settings, run=run)


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@reread_option
@store_option
@config_option
@_engine_options
@json_option
@quiet_option
@run_options
@printed_errors
def ingest_command(
    paths: tuple[Path, ...],
    store: Path | None,
    config: Path | None,
    workers: int | None,
    engine: str | None,
    scheduler: str | None,
    *,
    reread: bool,
    as_json: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Read reports under PATHS (files, or folders recursively; - is standard input) into an event store.

    The same reports again change nothing. A report that cannot be read is named, counted, and never stops the run. A run
    that was stopped or killed lost nothing: the same command goes on where it ended.
    Standard input holds one document, or many as JSON lines, a feed or a mailbox; its content tells which.

    \b
    Example:
      geoconflict ingest reports/ --store war.sqlite
      geoconflict ingest archive/ --store war.sqlite --workers 4
      geoconflict ingest reports/ --store war.sqlite --report run.json --wait 60
      zcat reports.jsonl.gz | geoconflict ingest - --store war.sqlite
    """
    from geoconflict.correction_stage import corrections_state
    from geoconflict.pipeline import ingest, unused_overrides
    from geoconflict.tools import Tools

    options = RunOptions(quiet=quiet, as_json=as_json, **asked)
    with prepared("ingest", store, config, options):
        settings = _with_engine(settings_from(config), workers, engine, scheduler)
        check_paths(paths)
        check_named_files(settings, with_maps=False)
        tools = Tools(settings)
        session = Session("ingest", store_path(settings, store), settings, options)
    with session.running(tools) as (opened, progress):
        session.report = ingest(paths, opened, tools, progress=progress, reread=reread)
        session.corrections = corrections_state(opened)
        session.counts = dict(opened.counts())
        session.unused_overrides = unused_overrides(opened)
    _end(session, opened.path, as_json=as_json, quiet=quiet)


@click.command("build")
@click.option("--dry-run", is_flag=True, help="Only say what would be done and why; write nothing.")
@click.option("--explain", is_flag=True, help="Say what is done and why before doing it.")
@click.option("--accept-withdrawals", is_flag=True, help="Withdraw reports that are gone, however many they are.")
@reread_option
@store_option
@config_option
@_engine_options
@json_option
@quiet_option
@run_options
@printed_errors
def build_command(
    store: Path | None,
    config: Path | None,
    workers: int | None,
    engine: str | None,
    scheduler: str | None,
    *,
    dry_run: bool,
    explain: bool,
    accept_withdrawals: bool,
    reread: bool,
    as_json: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Ingest what is new under the paths of geoconflict.toml and rewrite the maps that are stale.

    Reports that the files held before and no longer hold are withdrawn with their events, and come back when they are
    there again; `geoconflict history` shows both. A run that was stopped or killed lost nothing: the same command goes on where it ended.

    \b
    Example:
      geoconflict build --config demo/geoconflict.toml
      geoconflict build --config demo/geoconflict.toml --report run.json --metrics /var/lib/node_exporter/geoconflict.prom
    """
    from geoconflict.correction_stage import corrections_state
    from geoconflict.map_stage import map_cards
    from geoconflict.pipeline import build, unused_overrides
    from geoconflict.tools import Tools

    options = RunOptions(quiet=quiet, as_json=as_json, **asked)
    if dry_run:  # no run, and nothing to be accounted for
        settings = _build_settings(config, workers, engine, scheduler)
        check_maps(settings)
        print_plan(settings, store_path(settings, store), as_json=as_json)
        return
    with prepared("build", store, config, options):
        settings = _build_settings(config, workers, engine, scheduler)
        tools = Tools(settings)
        session = Session("build", store_path(settings, store), settings, options)
        if explain:
            check_maps(settings)
            print_plan(settings, session.store, as_json=False)
    with session.running(tools) as (opened, progress):
        session.report, session.maps = build(
            opened, tools, progress=progress, accept_withdrawals=accept_withdrawals, reread=reread
        )
        session.corrections = corrections_state(opened)
        session.counts = dict(opened.counts())
        session.unused_overrides = unused_overrides(opened)
        cards = map_cards(opened, tools)
    _end(session, opened.path, as_json=as_json, quiet=quiet, map_lines=_on_maps(cards))


def _build_settings(config: Path | None, workers: int | None, engine: str | None, scheduler: str | None) -> Settings:
    """Return the settings of a build, once what they name is there."""
    settings = _with_engine(settings_from(config), workers, engine, scheduler)
    if config is None and not (settings.root / CONFIG_NAME).is_file():
        msg = f"there is no {CONFIG_NAME} in this folder; `geoconflict init` writes one, or name yours with --config"
        raise InputError(msg)
    for name in settings.reports.paths:
        if not settings.resolve(name).exists():
            msg = settings.located(f"reports.paths: there is no file or folder {name!r} ({settings.resolve(name)})")
            raise ConfigError(msg)
    maps_dir = settings.resolve(settings.maps_dir)
    if maps_dir.exists() and not maps_dir.is_dir():
        raise ConfigError(settings.located(f"maps_dir: {maps_dir} is no folder; choose another name"))
    check_named_files(settings, with_maps=True)
    return settings


def _end(session: Session, store: Path, *, as_json: bool, quiet: bool, map_lines: Sequence[str] = ()) -> NoReturn:
    """Print what a finished run did, and exit with its code."""
    code = session.finished()
    counts, unused = dict(session.counts or {}), session.unused_overrides
    line = f"{store}: {counted(counts['reports'], 'report')}, {counted(counts['events'], 'event')} ({counts['unlocated']} unlocated)"
    open_line = (f"Open {session.maps[0]} in a browser; it needs no network.",) if session.maps else ()
    print_account(
        session.report or RunReport(),
        as_json=as_json,
        quiet=quiet,
        tells_failures=session.tells_failures,
        lines=(
            line,
            *map_lines,
            *_withdrawn(counts),
            *_nothing_found(counts),
            *unused_lines(unused),
            *_reviewed(session),
            *open_line,
        ),
        store=str(store),
        counts=counts,
        unused_overrides=unused,
        **({"corrections": asdict(session.corrections)} if session.corrections else {}),
        **({"maps": [str(path) for path in session.maps]} if session.maps else {}),
    )
    raise SystemExit(code)


_OFF = {
    "country": "only the country is known",
    "unlocated": "no place",
    "undated": "no day",
    "unsure": "to be reviewed",
    "outside": "of other days",
}
_N_MAPS_SHOWN = 10


def _on_maps(cards: Sequence[MapCard]) -> tuple[str, ...]:
    """Return of each map how many events are on it, and why others are not."""
    lines = []
    for card in cards[:_N_MAPS_SHOWN]:
        off = ", ".join(f"{_OFF[reason]}: {n}" for reason, n in card.n_off.items())
        beside = f", {card.n_events - card.n_on_map} beside it" + (f" ({off})" if off else "")
        say = f"{card.file}: {counted(card.n_on_map, 'event')} on the map"
        lines.append(visible(say + beside * (card.n_events > card.n_on_map)))
    if len(cards) > _N_MAPS_SHOWN:
        lines.append(f"and {counted(len(cards) - _N_MAPS_SHOWN, 'map')} more; index.html says as much of each")
    return tuple(lines)


def _reviewed(session: Session) -> tuple[str, ...]:
    """Return what to say of corrections."""
    state = session.corrections
    if state is None or not state.n_entries:
        return ()
    applied = f"corrections: {state.n_applied} of {state.n_entries} entries are applied"
    if state.n_withdrawn:
        applied += f", {state.n_withdrawn} are decisions taken back with their withdrawals"
    if state.n_comments:
        applied += f", {state.n_comments} comment{'s change' if state.n_comments > 1 else ' changes'} nothing"
    if state.n_rejected:
        one = state.n_rejected == 1
        left_out = "1 telling is left out" if one else f"{state.n_rejected} tellings are left out"
        applied += f"; {left_out}, for reviewers say that {'it tells' if one else 'they tell'} no event"
    return (applied, *correction_lines(state.conflicts, state.orphans))


def print_plan(settings: Settings, path: Path, *, as_json: bool) -> None:
    """Print what a build would do with the store at `path`, which need not be there."""
    from geoconflict.plan import plan_build
    from geoconflict.store import EventStore
    from geoconflict.tools import Tools

    with tempfile.TemporaryDirectory() as folder:  # for a store that is not there yet, an empty one
        there = path.is_file()
        with EventStore(path if there else Path(folder) / "empty.sqlite", read_only=there) as opened:
            plan = plan_build(opened, Tools(settings))
    if as_json:
        click.echo(json.dumps(plan.to_dict(), ensure_ascii=False))
        return
    for step in plan.steps:
        all_of = counted(step.n_all, {"read": "file", "merge": "event", "map": "map"}.get(step.stage, "report"))
        if not step.n_stale:
            say = f"{all_of}, nothing to do"
        elif step.stage == "merge":
            say = f"{all_of}: {'; '.join(step.why)}"
        else:
            say = f"{step.n_stale} of {all_of}: {'; '.join(step.why)}"
        click.echo(visible(f"{step.stage:>8}  {say}"))
        if step.stage == "read":
            for name in step.names:
                click.echo(visible(f"{'':>10}{name}"))
            if step.n_stale > len(step.names):
                click.echo(f"{'':>10}and {step.n_stale - len(step.names)} more")
    if plan.steps[0].n_stale:
        click.echo("          What is in these files decides what the later stages do besides.")


def check_paths(paths: Sequence[Path]) -> None:
    """Refuse paths that are not there before a store is made for them; - is standard input."""
    missing = [str(path) for path in paths if str(path) != "-" and not path.exists()]
    if missing:
        msg = f"{', '.join(missing)}: there is no such file or folder"
        raise InputError(msg)


def _withdrawn(counts: dict[str, int]) -> tuple[str, ...]:
    """Return what to say of reports that no longer count: what leaves a map never does so in silence."""
    n = counts["withdrawn"]
    if not n:
        return ()
    verb, they = ("is", "it") if n == 1 else ("are", "they")
    say = f"{counted(n, 'report')} {verb} withdrawn, with what {they} alone told; `geoconflict history` says which and why."
    return (say,)


def _nothing_found(counts: dict[str, int]) -> tuple[str, ...]:
    """Return what to say of reports without an event: an empty result never passes in silence."""
    if counts["events"]:
        n = counts["eventless"]
        verb = "tells" if n == 1 else "tell"
        return (f"{n} of the reports {verb} of no event; `geoconflict explain FILE` shows what one says.",) if n else ()
    if not counts["reports"]:
        return ("No report is in the store: none was found, or none could be read. See the README for their forms.",)
    return (
        "No event was found in these reports; `geoconflict parse FILE --out -` shows what was seen in one of them.",
    )
