"""What is to be said before events of a store are written that lag behind its reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geoconflict.cli.output import counted
from geoconflict.errors import InputError
from geoconflict.visible import visible

if TYPE_CHECKING:
    from geoconflict.store import EventStore

__all__ = ["check_merged"]


def check_merged(store: EventStore, *, quiet: bool) -> None:
    """Refuse a store whose reports were never merged into events, and tell of one whose events lag behind its reports.

    Raises
    ------
    InputError
        If there are reports and no merge yet: a file without events would read as if nothing had happened.
    """
    from geoconflict.merge_stage import merge_key

    merged = store.meta("merge_key")
    if merged is None and not store.count("events") and (n := store.count("reports")):
        msg = (
            f"{store.path}: {counted(n, 'report')} and no events yet, for they were never merged; let the run end that reads "
            "them, or go on with `geoconflict ingest` or `geoconflict build`"
        )
        raise InputError(msg)
    if merged is not None and merged != merge_key(store) and not quiet:
        say = (
            f"note: {store.path}: reports came, changed or went since its events were merged, so what is written is as of then; "
            "write it again when `geoconflict ingest` or `geoconflict build` has ended"
        )
        click.echo(visible(say), err=True)
