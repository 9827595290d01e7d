"""``fetch``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geoconflict.cli.output import (
    EXIT_FAILED_REPORTS,
    config_option,
    json_option,
    printed_errors,
    quiet_option,
    settings_from,
)
from geoconflict.visible import visible, visible_json

if TYPE_CHECKING:
    from geoconflict.fetching.report import FetchReport


@click.command("fetch")
@click.argument("urls", nargs=-1)
@click.option(
    "--list",
    "lists",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of addresses: one a line, or GDELT's (article list as JSON or CSV, tables).",
)
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="The folder; default: fetching.folder.")
@config_option
@json_option
@quiet_option
@printed_errors
def fetch_command(
    urls: tuple[str, ...],
    lists: tuple[Path, ...],
    into: Path | None,
    config: Path | None,
    *,
    as_json: bool,
    quiet: bool,
) -> None:
    """Fetch the feeds of geoconflict.toml and the pages that they lead to, or URLS, into a folder as they are.

    Each file has a side-car that says where it comes from and when. What has not changed is not written again; what has
    is kept beside the version before; what is gone is marked. Sites are asked slowly and only as their robots.txt allows.
    A signal lets the page at hand be finished; a second one stops at once. The exit code is then 130 or 143.

    \b
    Examples:
      geoconflict fetch
      geoconflict fetch https://news.example/front-line --into fetched
      geoconflict fetch --list articles.json
    """
    import dataclasses

    from geoconflict.cli.stopping import stopped_by_signals
    from geoconflict.fetching.run import Fetch

    settings = settings_from(config)
    if into is not None:
        settings = dataclasses.replace(
            settings, fetching=dataclasses.replace(settings.fetching, folder=str(into.absolute()))
        )
    with stopped_by_signals() as stop:
        say = (lambda _: None) if quiet or as_json else (lambda line: click.echo(visible(line)))
        fetch = Fetch(settings, stop=stop, say=say)
        report = fetch.given(urls, lists) if urls or lists else fetch.feeds()
        is_stopped = stop.is_set()
    folder = str(fetch.folder.root)
    if as_json:
        record = {**report.to_dict(), "folder": folder, "stopped": is_stopped}
        click.echo(visible_json(json.dumps(record, ensure_ascii=False)))
    else:
        _print(report, folder, quiet=quiet, is_stopped=is_stopped)
    if is_stopped:
        raise SystemExit(stop.exit_code)
    if report.n_failures:
        raise SystemExit(EXIT_FAILED_REPORTS)


def _print(report: FetchReport, folder: str, *, quiet: bool, is_stopped: bool) -> None:
    from geoconflict.fetching.report import OUTCOMES

    if not quiet:
        told = [f"{report.counts[one]} {words}" for one, words in OUTCOMES.items() if report.counts[one]]
        click.echo(visible(f"{folder}: {'; '.join(told) or 'nothing was asked for'}"))
        for note in report.notes:
            click.echo(visible(f"  {note.where}: {note.what}"))
        if is_stopped:
            click.echo("stopped before the end; the next run goes on")
    for failure in report.failures:
        repair = f" -> {failure.repair}" if failure.repair else ""
        click.echo(visible(f"  {failure.where}: {failure.what}{repair}"), err=True)
    if report.n_failures > len(report.failures):
        click.echo(f"  ... and {report.n_failures - len(report.failures)} more", err=True)
