"""A file of events that a command is given: which options say what it is, and what is printed of reading it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from geoconflict.interchange.datasets import FILE_KINDS
from geoconflict.visible import visible

if TYPE_CHECKING:
    from geoconflict.event_files import EventFile

__all__ = ["keep_faulty_option", "kind_option", "open_events"]

_AUTO: Final = "auto"
_Command = TypeVar("_Command", bound=Callable[..., Any])
keep_faulty_option = click.option(
    "--keep-faulty", is_flag=True, help="Leave open what is unusable in a file and list it, instead of stopping."
)


def kind_option(*names: str, help: str) -> Callable[[_Command], _Command]:  # noqa: A002  # as click calls it
    """Return an option that says what a file is."""
    return click.option(*names, type=click.Choice([_AUTO, *FILE_KINDS]), default=_AUTO, show_default=True, help=help)


def open_events(
    path: Path,
    kind: str,
    *,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    encoding: str | None = None,
    keep_faulty: bool,
    quiet: bool,
) -> EventFile:
    """Read a file, and print what it was taken for; notes and faults go to standard error."""
    from geoconflict.event_files import read_event_file

    read = read_event_file(
        path,
        None if kind == _AUTO else kind,
        columns=columns,
        encoding=encoding,
        faulty="keep" if keep_faulty else "refuse",
    )
    if not quiet:
        click.echo(visible(f"{path}: read as {read.taken_for}"))
    for line in (*read.frame.attrs.get("notes", ()), *read.frame.attrs.get("faults", ())):
        click.echo(visible(f"{path}: {line}"), err=True)
    return read
