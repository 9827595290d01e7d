"""``compare``."""

from __future__ import annotations

from pathlib import Path

import click

from geoconflict.cli.event_file import keep_faulty_option, kind_option, open_events
from geoconflict.cli.output import fail, printed_errors, quiet_option
from geoconflict.cli.overwriting import check_writes
from geoconflict.visible import visible


@click.command("compare")
@click.argument("left", type=click.Path(path_type=Path))
@click.argument("right", type=click.Path(path_type=Path))
@kind_option("--left-is", help="What LEFT is; auto finds it by its columns.")
@kind_option("--right-is", help="What RIGHT is, likewise.")
@keep_faulty_option
@click.option(
    "--names", nargs=2, default=None, metavar="LEFT RIGHT", help="What to call the two; default: their file names."
)
@click.option(
    "--within-km",
    type=float,
    default=5.0,
    show_default=True,
    help="How far apart two sources may put one spot, besides their precision.",
)
@click.option(
    "--within-days", type=int, default=1, show_default=True, help="How many days apart two sources may date one event."
)
@click.option(
    "--kinds",
    type=click.Choice(["same", "kin", "any"]),
    default="kin",
    show_default=True,
    help="Only the same sub-type, kinds that reports confuse too, or any.",
)
@click.option(
    "--pairs",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A .csv to write the pairs to, with scores and reasons.",
)
@click.option(
    "--map", "map_", type=click.Path(path_type=Path, dir_okay=False), help="An .html to write a map of both to."
)
@quiet_option
@printed_errors
def compare_command(
    left: Path,
    right: Path,
    left_is: str,
    right_is: str,
    names: tuple[str, str] | None,
    within_km: float,
    within_days: int,
    kinds: str,
    pairs: Path | None,
    map_: Path | None,
    *,
    keep_faulty: bool,
    quiet: bool,
) -> None:
    """Say which events two sets have in common, and what only one of them has.

    LEFT and RIGHT are event stores (.sqlite), files that geoconflict exported, files of ACLED, UCDP GED, POLECAT or GDELT, or
    other tables and layers with dates and coordinates. What each is, is found by its columns and printed.

    \b
    Example:
      geoconflict compare war.sqlite ged.csv --names ours UCDP --pairs pairs.csv --map both.html
    """
    for given, suffix, what in ((pairs, ".csv", "--pairs"), (map_, ".html", "--map")):
        if given is not None and given.suffix.lower() != suffix:
            fail(f"{given}: {what} writes {suffix}; give a name that ends in {suffix}")
    check_writes({"--pairs": pairs, "--map": map_}, inputs=[left, right])
    from geoconflict.comparing import compare_events
    from geoconflict.interchange.files import export_table

    called = names or ((left.stem, right.stem) if left.stem != right.stem else (str(left), str(right)))
    (one, n_one), (other, n_other) = (
        open_events(path, kind, keep_faulty=keep_faulty, quiet=quiet).located()
        for path, kind in ((left, left_is), (right, right_is))
    )
    found = compare_events(one, other, names=called, within_km=within_km, within_days=within_days, kinds=kinds)  # type: ignore[arg-type]  # click has checked it
    if pairs is not None:
        export_table(found.pairs, pairs, attribution=found.attribution)
    if map_ is not None:
        found.map().save(map_)
    if quiet:
        return
    for line in str(found).split("\n"):
        click.echo(visible(line))
    for name, n in zip(called, (n_one, n_other), strict=True):
        if n:
            click.echo(visible(f"{name}: {n} without a place, which cannot be compared"))
    click.echo("\nby month\n" + visible_table(found.counts("month").to_string()))
    click.echo("\npeople killed, in the pairs that agree\n" + visible_table(found.deaths().to_string()))
    if pairs is not None:
        click.echo(f"{pairs}: {len(found.pairs)} pairs")
    if map_ is not None:
        click.echo(f"{map_} written; open it in a browser, it needs no network")


def visible_table(text: str) -> str:
    """Return a printed table with hidden characters of foreign text shown."""
    return "\n".join(visible(line) for line in text.split("\n"))
