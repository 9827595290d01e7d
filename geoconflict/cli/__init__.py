"""The command line: parse arguments, call the pipeline, print.

Commands are imported when they are called, and so is everything heavy in them: ``--help`` and ``status`` load neither
pandas nor spaCy nor folium.

Exit codes: 0 good, 1 error, 2 usage, 3 finished with failed reports, 4 another run held the store, 128+n stopped by signal n (130, 143).
"""

from __future__ import annotations

import contextlib
import importlib
import signal
from collections.abc import Iterator, Mapping
from typing import Any, Final

import click

from geoconflict._version import __version__
from geoconflict.cli.groups import SuggestingGroup

__all__ = ["main"]

_COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "init": ("setup", "Write a geoconflict.toml to start from."),
    "fetch": ("fetch", "Fetch feeds and web pages into a folder, for ingest to read."),
    "ingest": ("run", "Read reports into an event store."),
    "build": ("run", "Ingest what is new and rebuild the maps that are stale."),
    "watch": ("watch", "Ingest what comes into a folder, as it comes."),
    "map": ("write", "Write one map of an event store."),
    "export": ("write", "Write events for GIS, spreadsheets, kepler.gl, or as ACLED and UCDP have them."),
    "convert": ("convert", "Turn event data of others into ours and back: ACLED, UCDP, POLECAT, GDELT."),
    "download": ("download", "Download event data of ACLED or UCDP with your own account."),
    "parse": ("parse", "Read reports without a store, one JSON object a report."),
    "explain": ("explain", "Show why each name of a report is where it is."),
    "review": ("review", "List what is uncertain, and take decisions that every build applies."),
    "evaluate": ("evaluate", "Measure events against your own labels."),
    "geocode": ("geocode", "Find where a name is, or a table of names."),
    "gazetteer": ("gazetteer", "Install more places, add your own, see what is there."),
    "compare": ("compare", "Say which events two sets have in common."),
    "history": ("history", "Show which reports and events were taken back, and why."),
    "store": ("store", "Check, back up, shrink, migrate and describe an event store."),
    "status": ("setup", "Show what the store holds and what is stale."),
    "doctor": ("setup", "Check the installation and say how to repair it."),
}
"""Command -> its module in this package, and its help in one line (so that help needs no import)."""


@contextlib.contextmanager
def _told_by_its_signal() -> Iterator[None]:
    """Exit with 128 and the number of the signal where one stops a command that does not listen for it itself."""
    try:
        yield
    except KeyboardInterrupt as stopped:  # that of a second signal knows which it was
        signum = getattr(stopped, "signum", signal.SIGINT)
        click.echo(f"stopped by {signal.Signals(signum).name}", err=True)
        raise SystemExit(128 + signum) from None


class _LazyGroup(SuggestingGroup):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"geoconflict.cli.{_COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _told_by_its_signal():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with _told_by_its_signal():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in _COMMANDS.items()])


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 good, 1 error, 2 usage, 3 finished with failed reports, 4 another run held the store, 128+n stopped by signal n (130, 143).",
)
@click.version_option(__version__, prog_name="geoconflict")
def main() -> None:
    """Turn dated news reports into maps of a conflict that anyone can open and everyone can check.

    \b
    Start here:
      geoconflict init                 write geoconflict.toml and a folder for reports
      geoconflict build                read the reports and write the maps
      geoconflict parse FILE --out -   see what is found in one report
    """


if __name__ == "__main__":
    main()
