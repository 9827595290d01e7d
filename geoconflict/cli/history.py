"""``history``: what was taken back."""

from __future__ import annotations

import json
from pathlib import Path

import click

from geoconflict.cli.output import config_option, json_option, printed_errors, settings_from, store_option, store_path
from geoconflict.visible import visible


@click.command("history")
@click.argument("key", default="", metavar="[ID]")
@store_option
@config_option
@json_option
@printed_errors
def history_command(key: str, store: Path | None, config: Path | None, *, as_json: bool) -> None:
    """Show which reports and events were withdrawn, restored or changed, the oldest first: all, or those of an ID.

    ID is the beginning of the id of a report or an event. With --json each event comes with its record as it was before.

    \b
    Example:
      geoconflict history 3f2a
    """
    from geoconflict.store import EventStore

    with EventStore(store_path(settings_from(config), store), read_only=True) as opened:
        entries = opened.intake.history(key.lower())
    if as_json:
        told = [
            {
                "noted_at": entry.noted_at.isoformat(),
                "what": entry.what,
                "report_id": entry.report_id,
                "event_id": entry.event_id,
                "note": entry.note,
                "event_before": json.loads(entry.record) if entry.record else None,
            }
            for entry in entries
        ]
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for entry in entries:
        what = (
            f"{entry.what} {entry.event_id} (report {entry.report_id})"
            if entry.event_id
            else f"{entry.what} {entry.report_id}"
        )
        click.echo(visible(f"{entry.noted_at:%Y-%m-%d %H:%M} UTC  {what}: {entry.note}"))
    if not entries:
        click.echo(f"Nothing was withdrawn{' of ' + visible(key) if key else ''}.")
