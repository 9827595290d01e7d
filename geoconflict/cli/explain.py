"""``explain``: why each name of a report is where it is, and why reports were taken for one event."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geoconflict.cli.output import (
    EXIT_FAILED_REPORTS,
    config_option,
    fail,
    json_option,
    printed_errors,
    settings_from,
    store_option,
    store_path,
)
from geoconflict.settings import Settings

if TYPE_CHECKING:
    from geoconflict.explaining import EventExplanation, Explanation
    from geoconflict.models import Report


@click.command("explain")
@click.argument("report")
@store_option
@click.option("--id", "report_id", help="In a file of many reports: the id of one, or the beginning of its report_id.")
@click.option("--number", type=click.IntRange(min=1), help="In a file of many reports: which one, counted from 1.")
@click.option(
    "--published", type=click.DateTime(formats=["%Y-%m-%d"]), help="The day of publication, where the text gives none."
)
@click.option("--mention", type=click.IntRange(min=1), help="Only this mention, counted from 1 in text order.")
@click.option("--name", help="Only the mentions of this name.")
@click.option("--all-candidates", is_flag=True, help="Show every candidate, not only the best.")
@config_option
@json_option
@printed_errors
def explain_command(
    report: str,
    store: Path | None,
    report_id: str | None,
    number: int | None,
    published: dt.datetime | None,
    mention: int | None,
    name: str | None,
    config: Path | None,
    *,
    all_candidates: bool,
    as_json: bool,
) -> None:
    """Explain which place each name of REPORT was taken for, and why; or why reports were taken for one event.

    REPORT is a file, or - for standard input, or the id of a report in the event store (its beginning is enough). Each
    mention is shown with its sentence, its role, the candidates and what each piece of evidence added, and with the
    row for overrides.csv that would change the answer.

    REPORT may be the id of an event of the store, too (its beginning is enough): its sources are shown, why each two of
    them were joined, and the nearest events that were not.

    \b
    Examples:
      geoconflict explain article.txt
      geoconflict explain reports.jsonl --number 3 --name Martuni
      geoconflict explain 684ea6c9 --store war.sqlite
      geoconflict explain - --published 2020-10-01 < text
      geoconflict explain 0f3ac2d1 --store war.sqlite
    """
    settings = settings_from(config)
    on = published.date() if published else None
    if report_id is not None and number is not None:
        raise click.UsageError("give either --id or --number")
    # A store that is named is meant; without one, a file that is there is.
    if store is not None or (report != "-" and not os.path.lexists(report)):
        if report_id is not None or number is not None or on is not None:
            fail(_unknown(report, settings) if store is None else "--id, --number and --published are for files")
        if (event := _event_from_store(report, settings, store)) is not None:
            if mention is not None or name is not None:
                fail("--mention and --name are for reports")
            _show_event(event, as_json=as_json)
            return
        told = _from_store(report, settings, store)
    else:
        told = _from_text(report, settings, report_id, number, on)
    if mention is not None or name is not None:
        told = told.only(mention=mention, name=name)
    if as_json:
        from geoconflict.visible import visible_json

        click.echo(visible_json(json.dumps(told.to_dict(), ensure_ascii=False)))
    else:
        _print(told, all_candidates=all_candidates)
    if told.unavailable:
        raise SystemExit(EXIT_FAILED_REPORTS)


def _from_store(key: str, settings: Settings, store: Path | None) -> Explanation:
    path = store_path(settings, store)
    if store is None and not path.is_file():
        fail(_unknown(key, settings))
    from geoconflict.errors import StoreError
    from geoconflict.explaining import explain_stored
    from geoconflict.store import EventStore
    from geoconflict.tools import Tools

    with EventStore(path, read_only=True) as opened:
        try:
            return explain_stored(opened, key, tools=Tools(settings))
        except StoreError as error:
            if store is not None or opened.finder.reports(key):
                raise
            # More often than an id, the path of a file is mistyped.
            msg = f"there is no file {key!r}, and {error}"
            raise StoreError(msg) from error


def _event_from_store(key: str, settings: Settings, store: Path | None) -> EventExplanation | None:
    """Return the explanation of an event, where the key is that of an event alone."""
    path = store_path(settings, store)
    if not path.is_file():
        return None
    from geoconflict.store import EventStore

    with EventStore(path, read_only=True) as opened:
        events = opened.finder.events(key)
        if not events:
            return None
        if reports := opened.finder.reports(key):
            fail(
                f"{path}: reports and events have ids that begin with {key!r}: {reports[0]}, {events[0]}; give more of it"
            )
        from geoconflict.explaining import explain_event

        return explain_event(opened, key)


def _show_event(told: EventExplanation, *, as_json: bool) -> None:
    if as_json:
        from geoconflict.visible import visible_json

        click.echo(visible_json(json.dumps(told.to_dict(), ensure_ascii=False)))
    else:
        click.echo(str(told), nl=False)


def _unknown(key: str, settings: Settings) -> str:
    path = settings.resolve(settings.store.path)
    there = (
        f"and {path} is asked only without --id, --number and --published" if path.is_file() else "and no event store"
    )
    return f"{key}: there is no such file, {there}; give a file, or the id of a report or event with --store FILE"


def _from_text(
    report: str, settings: Settings, report_id: str | None, number: int | None, on: dt.date | None
) -> Explanation:
    from geoconflict.explaining import explain
    from geoconflict.tools import Tools

    if report == "-":
        if report_id is not None or number is not None:
            raise click.UsageError("--id and --number are for files of many reports")
        from geoconflict.reports import report_from_text

        found = report_from_text(
            sys.stdin.buffer.read(settings.reports.max_bytes + 1),
            published_on=on,
            settings=settings.reports,
            origin="standard input",
        )
    else:
        found = _one_of(Path(report), settings, report_id, number, on)
    return explain(found, tools=Tools(settings))


def _one_of(path: Path, settings: Settings, report_id: str | None, number: int | None, on: dt.date | None) -> Report:
    """Return the report of a file that is asked for; where there are several, one must be."""
    import dataclasses

    from geoconflict.models import RunFailure
    from geoconflict.reports import read_documents

    if path.is_dir():
        fail(f"{path}: a folder; give one of its files")
    chosen = None
    n_seen = 0
    for n_seen, item in enumerate(read_documents(path, settings=settings.reports), 1):
        known = item.external_id if isinstance(item, RunFailure) else (item.external_id, item.report_id)
        if report_id is not None and not _is_called(report_id, known):
            continue
        if number is not None and n_seen != number:
            continue
        if chosen is not None:
            how = f"several are called {report_id!r}" if report_id else "it holds several reports"
            fail(f"{path}: {how}; choose one with --number N, counted from 1, or --id")
        chosen = item
        if number is not None:
            break
    if chosen is None:
        asked = f"is called {report_id!r}" if report_id is not None else f"has number {number}"
        fail(f"{path}: none of its {n_seen} reports {asked}")
    if isinstance(chosen, RunFailure):
        fail(f"{chosen.where}: {chosen.what}; {chosen.repair}")
    if on is None or chosen.published_on == on:
        return chosen
    if chosen.published_on is not None:
        fail(f"{path}: the report gives {chosen.published_on} as its day of publication; leave --published out")
    return dataclasses.replace(chosen, published_on=on)


def _is_called(wanted: str, known: str | tuple[str | None, str] | None) -> bool:
    if isinstance(known, tuple):
        return wanted == known[0] or (wanted != "" and known[1].startswith(wanted.lower()))
    return wanted == known


def _print(told: Explanation, *, all_candidates: bool) -> None:
    from geoconflict.explaining.as_text import explanation_to_text, print_explanation

    if not sys.stdout.isatty():
        click.echo(explanation_to_text(told, all_candidates=all_candidates), nl=False)
        return
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    print_explanation(told, console, all_candidates=all_candidates)
