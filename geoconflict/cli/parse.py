"""``parse``: reports in, one JSON object a report out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from geoconflict.cli.output import (
    EXIT_FAILED_REPORTS,
    config_option,
    counted,
    fail,
    printed_errors,
    quiet_option,
    settings_from,
)
from geoconflict.cli.overwriting import check_writes
from geoconflict.visible import visible_json


@click.command("parse")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, allow_dash=True), help="The .jsonl file to write; - prints."
)
@config_option
@quiet_option
@printed_errors
def parse_command(path: Path, out: Path, config: Path | None, *, quiet: bool) -> None:
    """Find places, events and dates in PATH: a file of reports in any form, a folder, or - for standard input.

    One JSON object a report is written, in the order of the input, as each is read; "origin" is its file, with the line or
    row where a file holds many. A report that fails is an object with "error" and empty lists. The credit for the place data is written beside the file. Offsets are code points into the text as given.

    \b
    Example:
      geoconflict parse article.txt --out -
      geoconflict parse - --out - < page.html
    """
    from geoconflict.interchange.writing import replacing_with_credit
    from geoconflict.pipeline import parse
    from geoconflict.tools import Tools

    tools = Tools(settings_from(config))
    if str(out) != "-":
        check_writes({"--out": out}, inputs=[path] if path.is_file() else [], settings=tools.settings)
        _refuse_input(path, out)
    records = parse(path, tools)
    n_reports = n_failed = n_events = 0

    def lines() -> Iterator[str]:
        nonlocal n_reports, n_failed, n_events
        for record in records:
            n_reports += 1
            n_failed += "error" in record or bool(record.get("unavailable"))
            n_events += len(record["events"])
            yield json.dumps(record, ensure_ascii=False) + "\n"

    if str(out) == "-":
        for line in lines():
            sys.stdout.write(visible_json(line.rstrip("\n")) + "\n")
            sys.stdout.flush()
    else:
        with (
            replacing_with_credit(out, tools.gazetteer.attribution) as temporary,
            temporary.open("w", encoding="utf-8", newline="\n") as file,
        ):
            file.writelines(lines())
    if not quiet:
        click.echo(f"{counted(n_reports, 'report')}, {counted(n_events, 'event')}, {n_failed} failed", err=True)
    if n_failed:
        raise SystemExit(EXIT_FAILED_REPORTS)


def _refuse_input(path: Path, out: Path) -> None:
    """Refuse to write over a file that is read."""
    from geoconflict.reports.reader import list_files

    if str(path) == "-" or not out.exists():
        return
    is_near = path.exists() and (path.resolve() == out.resolve() or path.resolve() in out.resolve().parents)
    if is_near and any(out.samefile(file) for file in list_files(path)):
        fail(f"--out {out} is among the files that are read; choose another name")
