"""``ingest`` and ``build``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from geoconflict.cli.output import (
    config_option,
    fail,
    finish,
    json_option,
    printed_errors,
    progress_bars,
    quiet_option,
    settings_from,
    store_option,
    store_path,
    unused_lines,
)
from geoconflict.settings import CONFIG_NAME


@click.command("ingest")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@config_option
@json_option
@quiet_option
@printed_errors
def ingest_command(
    paths: tuple[Path, ...], store: Path | None, config: Path | None, *, as_json: bool, quiet: bool
) -> None:
    """Read reports under PATHS (files, or folders recursively; - is standard input) into an event store.

    The same reports again change nothing. A report that cannot be read is named, counted, and never stops the run.
    Standard input holds one document, or many as JSON lines, a feed or a mailbox; its content tells which.

    \b
    Example:
      geoconflict ingest reports/ --store war.sqlite
      zcat reports.jsonl.gz | geoconflict ingest - --store war.sqlite
    """
    from geoconflict.pipeline import ingest, unused_overrides
    from geoconflict.store import EventStore
    from geoconflict.tools import Tools

    settings = settings_from(config)
    check_paths(paths)
    with EventStore(store_path(settings, store)) as opened, progress_bars(show=not (quiet or as_json)) as progress:
        report = ingest(paths, opened, Tools(settings), progress=progress)
        counts = dict(opened.counts())
        unused = unused_overrides(opened)
    line = f"{opened.path}: {counts['reports']} reports, {counts['events']} events ({counts['unlocated']} unlocated)"
    finish(
        report,
        as_json=as_json,
        quiet=quiet,
        lines=(line, *_nothing_found(counts), *unused_lines(unused)),
        store=str(opened.path),
        counts=counts,
        unused_overrides=unused,
    )


@click.command("build")
@store_option
@config_option
@json_option
@quiet_option
@printed_errors
def build_command(store: Path | None, config: Path | None, *, as_json: bool, quiet: bool) -> None:
    """Ingest what is new under the paths of geoconflict.toml and rewrite the maps that are stale.

    \b
    Example:
      geoconflict build --config demo/geoconflict.toml
    """
    from geoconflict.pipeline import build, unused_overrides
    from geoconflict.store import EventStore
    from geoconflict.tools import Tools

    settings = settings_from(config)
    if config is None and not (settings.root / CONFIG_NAME).is_file():
        fail(f"there is no {CONFIG_NAME} in this folder; `geoconflict init` writes one, or name yours with --config")
    check_paths([settings.resolve(path) for path in settings.reports.paths])
    with EventStore(store_path(settings, store)) as opened, progress_bars(show=not (quiet or as_json)) as progress:
        report, maps = build(opened, Tools(settings), progress=progress)
        counts = dict(opened.counts())
        unused = unused_overrides(opened)
    line = f"{opened.path}: {counts['reports']} reports, {counts['events']} events ({counts['unlocated']} unlocated)"
    open_line = f"Open {maps[0]} in a browser; it needs no network."
    paths = [str(path) for path in maps]
    finish(
        report,
        as_json=as_json,
        quiet=quiet,
        lines=(line, *_nothing_found(counts), *unused_lines(unused), open_line),
        store=str(opened.path),
        counts=counts,
        unused_overrides=unused,
        maps=paths,
    )


def check_paths(paths: Sequence[Path]) -> None:
    """Refuse paths that are not there before a store is made for them; - is standard input."""
    missing = [str(path) for path in paths if str(path) != "-" and not path.exists()]
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
