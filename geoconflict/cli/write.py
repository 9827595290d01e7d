"""``map`` and ``export``."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geoconflict.cli.merged import check_merged
from geoconflict.cli.output import (
    config_option,
    counted,
    fail,
    printed_errors,
    quiet_option,
    settings_from,
    store_option,
    store_path,
)
from geoconflict.cli.overwriting import check_writes

if TYPE_CHECKING:
    import pandas as pd

    from geoconflict.store import EventStore

NAMED_FORMATS = ("kepler", "timemap")
"""The names of the writers in :data:`geoconflict.interchange.files.NAMED_FORMATS`, which takes long to import."""
DATASETS = ("acled", "ucdp", "polecat", "plover")
"""The data sets whose columns :mod:`geoconflict.interchange.datasets` writes."""
_MEASURES = ("killed", "wounded", "captured", "missing", "displaced")
"""Those of :data:`geoconflict.frame_checks.TOLL_MEASURES`."""
_day = click.DateTime(formats=["%Y-%m-%d"])
_out = click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")


@click.command("map")
@_out
@store_option
@config_option
@click.option("--title", default=None, help="The title shown on the map.")
@click.option("--since", type=_day, help="First day shown.")
@click.option("--until", type=_day, help="Last day shown.")
@click.option(
    "--line", "lines", multiple=True, help="place_id of a gazetteer line or area to draw as context; may be repeated."
)
@quiet_option
@printed_errors
def map_command(
    out: Path,
    store: Path | None,
    config: Path | None,
    title: str | None,
    since: dt.datetime | None,
    until: dt.datetime | None,
    lines: tuple[str, ...],
    *,
    quiet: bool,
) -> None:
    """Write one self-contained HTML map of an event store.

    \b
    Example:
      geoconflict map --store war.sqlite --out war.html --title "The war, autumn 2020"
    """
    _check_days(since, until)
    if out.suffix.lower() not in (".html", ".htm"):
        fail(
            f"{out}: a map is an HTML file; give --out a name that ends in .html, or use `geoconflict export` for data"
        )
    from geoconflict.map_stage import make_map
    from geoconflict.settings import MapSettings
    from geoconflict.store import EventStore
    from geoconflict.tools import Tools

    settings = settings_from(config)
    check_writes({"--out": out}, settings=settings, store=store_path(settings, store))
    first = settings.maps[0] if settings.maps else MapSettings()
    spec = dataclasses.replace(
        first,
        name=out.stem,
        title=title or first.title,
        starts_on=since.date().isoformat() if since else first.starts_on,
        ends_on=until.date().isoformat() if until else first.ends_on,
        lines=lines or first.lines,
    )
    with EventStore(store_path(settings, store), read_only=True) as opened, opened.snapshot():
        check_merged(opened, quiet=quiet)
        drawn = make_map(opened, Tools(settings), spec)
    drawn.save(out)
    if not quiet:
        click.echo(f"{out} written; open it in a browser, it needs no network")


@click.command("export")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The file to write; with --partitioned the folder."
)
@store_option
@config_option
@click.option(
    "--what",
    type=click.Choice(["events", "tolls", "equipment"]),
    default="events",
    show_default=True,
    help="The events, the cumulative figures, or the equipment lost.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice([*NAMED_FORMATS, *DATASETS]),
    help="A format that the name of the file does not tell, or the columns of another data set, with what it has no room for.",
)
@click.option(
    "--measure",
    type=click.Choice(_MEASURES),
    default="killed",
    show_default=True,
    help="What a plot of tolls shows.",
)
@click.option(
    "--partitioned",
    is_flag=True,
    help="Write all events as a folder of GeoParquet files, one a month; only those that changed are replaced.",
)
@click.option("--since", type=_day, help="First day.")
@click.option("--until", type=_day, help="Last day.")
@quiet_option
@printed_errors
def export_command(
    out: Path,
    store: Path | None,
    config: Path | None,
    what: str,
    file_format: str | None,
    measure: str,
    since: dt.datetime | None,
    until: dt.datetime | None,
    *,
    partitioned: bool,
    quiet: bool,
) -> None:
    """Write the events of a store: .geojson, .parquet (GeoParquet), .gpkg (GeoPackage), .kml or .csv by suffix.

    A GeoPackage opens in QGIS as a map, and holds tolls and equipment too. With --format kepler the file is a map of
    kepler.gl, with --format timemap a folder that TimeMap reads.

    Events without a place are written too, without a geometry. Tolls and equipment are tables: .csv or .parquet; tolls
    named .svg become a plot over time.

    \b
    Example:
      geoconflict export --store war.sqlite --out war.parquet
      geoconflict export --store war.sqlite --out war.gpkg
      geoconflict export --store war.sqlite --out war.json --format kepler
      geoconflict export --store war.sqlite --what tolls --out tolls.svg
      geoconflict export --store war.sqlite --partitioned --out events
      geoconflict export --store war.sqlite --format acled --out war-acled.csv
    """
    _check_days(since, until)
    from geoconflict.interchange.files import TABLE_SUFFIXES, check_suffix, export_events, export_table
    from geoconflict.interchange.partitions import export_partitions
    from geoconflict.map_stage import credit
    from geoconflict.store import EventStore
    from geoconflict.tools import Tools

    if what != "events" and (partitioned or file_format):
        fail(f"{'--partitioned' if partitioned else '--format'} is for events; write {what} without it")
    if partitioned and file_format:
        fail("--partitioned writes GeoParquet; leave out --format")
    if partitioned and (since or until):
        fail(
            "--partitioned makes a folder hold all events of the store, and would remove the months outside --since and --until; "
            "leave these out and read the days you want with geoconflict.read_partitions, or write one file: --out events.parquet"
        )
    if file_format in DATASETS:
        from geoconflict.cli.convert import export_store

        settings = settings_from(config)
        check_writes({"--out": out}, settings=settings, store=store_path(settings, store))
        days = (since.date() if since else None, until.date() if until else None)
        export_store(store_path(settings, store), Tools(settings), out, file_format, days, quiet=quiet)
        return
    if not partitioned and file_format != "timemap" and out.is_dir():
        fail(f"{out} is a folder; name a file, or say --partitioned")
    if not partitioned and not file_format:
        check_suffix(out, {"tolls": (*TABLE_SUFFIXES, ".svg"), "equipment": TABLE_SUFFIXES}.get(what))
    settings = settings_from(config)
    check_writes({"--out": out}, settings=settings, store=store_path(settings, store))
    first, last = since.date() if since else None, until.date() if until else None
    more = ""
    with EventStore(store_path(settings, store), read_only=True) as opened, opened.snapshot():
        if what == "events":
            check_merged(opened, quiet=quiet)
        if partitioned:
            done = export_partitions(
                opened.events(), opened.unlocated(), out, attribution=credit(opened, Tools(settings))
            )
            n_rows = done.n_rows
            more = f"; {len(done.written)} months written, {len(done.unchanged)} unchanged, {len(done.removed)} removed"
        elif what == "events":
            events = opened.events(since=first, until=last)
            unlocated = opened.unlocated(since=first, until=last)
            tables = None
            if file_format is None and out.suffix.lower() == ".gpkg":
                tables = {"tolls": _tolls(opened, first, last), "equipment": _equipment(opened, first, last)}
            n_rows = export_events(
                events,
                unlocated,
                out,
                attribution=credit(opened, Tools(settings)),
                file_format=file_format,
                tables=tables,
            )
            if n_left := len(events) + len(unlocated) - n_rows:
                more = f"; {n_left} left out, for {file_format} cannot show them (docs/formats.md)"
        else:
            table = (_tolls if what == "tolls" else _equipment)(opened, first, last)
            if out.suffix.lower() == ".svg":
                from geoconflict.render.toll_plot import plot_tolls

                plot = plot_tolls(table, measure=measure)
                plot.save(out)
                n_rows = plot.n_figures
                more = f" drawn ({measure}, of the war as a whole, with a day); --out with .csv has all of them"
            else:
                n_rows = export_table(table, out, attribution=credit(opened, Tools(settings)))
    if not quiet:
        rows = f"{n_rows} equipment" if what == "equipment" else counted(n_rows, what.removesuffix("s"))
        click.echo(f"{out}: {rows}{more}")


def _tolls(store: EventStore, first: dt.date | None, last: dt.date | None) -> pd.DataFrame:
    return _between(store.tolls(), "as_of", first, last)


def _equipment(store: EventStore, first: dt.date | None, last: dt.date | None) -> pd.DataFrame:
    return _between(store.equipment(), "ends_on", first, last)


def _check_days(since: dt.datetime | None, until: dt.datetime | None) -> None:
    """Refuse a span of days that ends before it begins."""
    if since is not None and until is not None and until < since:
        fail(f"--until {until:%Y-%m-%d} is before --since {since:%Y-%m-%d}; turn them round")


def _between(table: pd.DataFrame, column: str, first: dt.date | None, last: dt.date | None) -> pd.DataFrame:
    """Return the rows whose day may lie between two days, inclusive; None is open, and so is an unknown day."""
    days = table[column]
    outside = days.isna() & False
    if first is not None:
        outside |= days < dt.datetime.combine(first, dt.time())
    if last is not None:
        outside |= days > dt.datetime.combine(last, dt.time())
    return table[~outside].reset_index(drop=True)
