"""``convert``, and the formats of others for ``export``."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoconflict.cli.event_file import keep_faulty_option, kind_option, open_events
from geoconflict.cli.output import counted, fail, former_option, printed_errors, quiet_option
from geoconflict.cli.overwriting import check_writes
from geoconflict.visible import visible

if TYPE_CHECKING:
    import geopandas as gpd

    from geoconflict.interchange.datasets.exporting import ExportReport
    from geoconflict.tools import Tools

_STATUSES = ("occurred", "claimed", "unstated", "scheduled", "hypothetical", "denied")


@click.command("convert")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path, dir_okay=False))
@kind_option(
    "--from",
    "kind",
    help="What IN is; auto finds it by its columns, table is anything else: CSV, GeoJSON, GeoPackage, GeoParquet ...",
)
@click.option(
    "--to",
    "dataset",
    required=True,
    type=click.Choice(["acled", "ucdp", "polecat", "plover", "events"]),
    help="What OUT shall be; events is geoconflict's own, in the format of OUT's suffix.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="ROLE=NAME",
    help="What a column of a table is called: date=when, lon=x, lat=y; several actors with commas. May be repeated.",
)
@click.option("--encoding", help="The encoding of IN, where it is not UTF-8.")
@keep_faulty_option
@click.option(
    "--status",
    "statuses",
    multiple=True,
    type=click.Choice(_STATUSES),
    help="Write events of this status; may be repeated. Default: occurred, claimed and unstated; of plover all.",
)
@click.option("--inter", type=click.Choice(["text", "number"]), help="How ACLED's inter codes are written.")
@click.option(
    "--left-out",
    "left_out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what was left out, by reason with the ids, to this JSON file.",
)
@former_option("--report", "--left-out")
@quiet_option
@printed_errors
def convert_command(
    source: Path,
    out: Path,
    kind: str,
    dataset: str,
    columns: tuple[str, ...],
    encoding: str | None,
    statuses: tuple[str, ...],
    inter: str | None,
    left_out: Path | None,
    *,
    keep_faulty: bool,
    quiet: bool,
) -> None:
    """Turn event data of others into another form: IN is read as what it is, OUT written as what --to says.

    What the other form has no room for is left out, counted and named. OUT has a side-car with the credit.

    \b
    Examples:
      geoconflict convert GEDEvent_v26_1.csv ged.geojson --to events
      geoconflict convert acled.csv ged.csv --from acled --to ucdp --left-out left-out.json
      geoconflict convert mine.csv mine-acled.csv --from table --to acled --column date=when --column lon=x --column lat=y
    """
    check_writes({"OUT": out, "--left-out": left_out}, inputs=[source])
    if columns and kind not in ("auto", "table"):
        fail("--column is for --from table; other data sets have names of their own")
    if inter and dataset != "acled":
        fail("--inter is for --to acled")
    read = open_events(source, kind, columns=_roles(columns), encoding=encoding, keep_faulty=keep_faulty, quiet=quiet)
    if read.kind == "store":
        named = "" if dataset == "events" else f" --format {dataset}"
        fail(f"{source} is an event store; write it with: geoconflict export --store {source} --out {out}{named}")
    frame = read.frame
    if dataset == "events":
        if statuses:
            frame = frame[frame["status"].isin(statuses)].reset_index(drop=True)
        n_rows = _write_events(frame, out)
        if not quiet:
            click.echo(f"{out}: {counted(n_rows, 'event')}")
        return
    report = export_frame_as(frame, out, dataset, statuses, inter, attribution=None)
    print_export(report, out, quiet=quiet)
    if left_out is not None:
        from geoconflict.atomic import replacing

        with replacing(left_out) as temporary:
            text = json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n"
            temporary.write_bytes(text.encode("utf-8", "backslashreplace"))


def _roles(columns: Sequence[str]) -> dict[str, str | list[str]]:
    roles: dict[str, str | list[str]] = {}
    for one in columns:
        role, sign, name = one.partition("=")
        if not sign or not name:
            fail(f"--column {one}: write ROLE=NAME, such as date=when")
        roles[role] = name.split(",") if role == "actors" else name
    return roles


def _write_events(frame: gpd.GeoDataFrame, out: Path) -> int:
    import pandas as pd

    from geoconflict.interchange.files import export_events

    nowhere = (frame.geometry.isna() | frame.geometry.is_empty).to_numpy()
    return export_events(
        frame[~nowhere].reset_index(drop=True),
        pd.DataFrame(frame[nowhere].drop(columns="geometry")).reset_index(drop=True),
        out,
        attribution=frame.attrs.get("attribution", ()),
    )


def export_frame_as(
    frame: gpd.GeoDataFrame,
    out: Path,
    dataset: str,
    statuses: Sequence[str] = (),
    inter: str | None = None,
    *,
    attribution: Sequence[str] | None,
    **more: Any,
) -> ExportReport:
    """Write events with the columns of a data set, and return the account."""
    import geoconflict as gc

    options: dict[str, Any] = {"attribution": attribution, **more}
    if statuses:
        options["statuses"] = statuses
    if inter:
        options["inter"] = inter
    writers = {"acled": gc.to_acled, "ucdp": gc.to_ucdp, "polecat": gc.to_polecat, "plover": gc.to_plover}
    return writers[dataset](frame, out, **options)


def export_store(
    store: Path, tools: Tools, out: Path, dataset: str, days: tuple[dt.date | None, dt.date | None], *, quiet: bool
) -> None:
    """Write the events of a store with the columns of a data set, and print the account."""
    from geoconflict.cli.merged import check_merged
    from geoconflict.map_stage import credit
    from geoconflict.store import EventStore

    first, last = days
    with EventStore(store, read_only=True) as opened, opened.snapshot():
        check_merged(opened, quiet=quiet)
        report = export_frame_as(
            opened.events(since=first, until=last),
            out,
            dataset,
            attribution=credit(opened, tools),
            unlocated=opened.unlocated(since=first, until=last),
        )
    print_export(report, out, quiet=quiet)


def print_export(report: ExportReport, out: Path, *, quiet: bool) -> None:
    """Print what an export wrote and left out."""
    if not quiet:
        first, *rest = report.lines()
        click.echo(visible(f"{out}: {first}"))
        for line in rest:
            click.echo(visible(line))
