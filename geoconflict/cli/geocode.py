"""``geocode``: one name, or a table of names."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from geoconflict.cli.output import (
    EXIT_FAILED_REPORTS,
    config_option,
    fail,
    json_option,
    printed_errors,
    quiet_option,
    settings_from,
)
from geoconflict.cli.overwriting import check_writes
from geoconflict.visible import visible, visible_json

_COLUMNS = ("id", "name", "admin1", "country")
_FOUND = ("lat", "lon", "place_id", "score", "geo_precision", "place_name", "place_admin1", "place_country")


@click.command("geocode")
@click.argument("name", required=False)
@click.option("--near", help="A place that the name is near to: a name, or LON,LAT in degrees.")
@click.option("--admin1", help="The first-level region it lies in.")
@click.option("--country", help="The country it lies in: a name or an ISO code.")
@click.option("--on", "on", type=click.DateTime(formats=["%Y-%m-%d"]), help="The day on which the name was in use.")
@click.option(
    "--batch",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A CSV with the columns id, name, admin1, country.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="With --batch: the CSV to write.")
@config_option
@json_option
@quiet_option
@printed_errors
def geocode_command(
    name: str | None,
    near: str | None,
    admin1: str | None,
    country: str | None,
    on: Any,
    batch: Path | None,
    out: Path | None,
    config: Path | None,
    *,
    as_json: bool,
    quiet: bool,
) -> None:
    """Find where NAME is; with --batch, every name of a table.

    The gazetteer in the package answers; online services are asked only when geoconflict.toml names them. In a batch a
    name that is unknown stands at its region, where the row says one (in admin1, or behind a comma in the name): with a
    score of 0.2, the precision of the region, and counted apart. Where it says none, lat and lon are blank.

    \b
    Examples:
      geoconflict geocode Martuni --near Stepanakert
      geoconflict geocode --batch names.csv --out places.csv
    """
    from geoconflict.interchange.writing import write_credit
    from geoconflict.places.online.known import credits_of
    from geoconflict.tools import Tools

    if (name is None) == (batch is None):
        raise click.UsageError("give either a NAME or --batch FILE")
    if batch is not None and out is None:
        raise click.UsageError("--batch needs --out FILE")
    _refuse_idle(click.get_current_context(), in_batch=batch is not None)
    tools = Tools(settings_from(config))
    if batch is not None:
        check_writes({"--out": out}, inputs=[batch], settings=tools.settings)
    geocoder = tools.geocoder
    if batch is not None and out is not None:
        n_rows, n_found, n_regions, sources, unanswered = _batch(geocoder, batch, out)
        write_credit(out, (*tools.gazetteer.attribution, *credits_of(sources)))
        regions = f", {n_regions} more only as the region that the row says" if n_regions else ""
        if not quiet:
            click.echo(f"{out}: {n_found} of {n_rows} names found{regions}")
        if unanswered:
            click.secho(f"{len(unanswered)} could not be asked; run again later:", fg="yellow", err=True)
            for reason in dict.fromkeys(unanswered):
                click.echo(f"  {reason}", err=True)
            raise SystemExit(EXIT_FAILED_REPORTS)
        return
    point = _point(geocoder, near) if near else None
    answer = geocoder.geocode(name or "", near=point, admin1=admin1, country=country, on=on.date() if on else None)
    _print_answer(name or "", answer, as_json=as_json)


def _refuse_idle(context: click.Context, *, in_batch: bool) -> None:
    """Refuse options that do nothing, for whoever gives them means something."""
    idle = ("near", "admin1", "country", "on", "as_json") if in_batch else ("out", "quiet")
    given = [one.opts[0] for one in context.command.params if one.name in idle and context.params[one.name]]
    if given and in_batch:
        msg = f"{', '.join(given)} does nothing with --batch, where each row of the table says its own"
        raise click.UsageError(msg)
    if given:
        msg = f"{given[0]} goes with --batch alone; a single answer is printed"
        raise click.UsageError(msg)


def _point(geocoder: Any, near: str) -> tuple[float, float]:
    from geoconflict.places import Found

    try:
        lon, lat = (float(part) for part in near.split(","))
    except ValueError:
        answer = geocoder.geocode(near)
        if not isinstance(answer, Found):
            fail(f"--near {near!r} is not in the gazetteer; give LON,LAT in degrees instead")
        return answer.place.lon, answer.place.lat
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        fail(f"--near {near!r} is not LON,LAT in degrees: longitude comes first, -180 to 180, then latitude, -90 to 90")
    return lon, lat


def _print_answer(name: str, answer: Any, *, as_json: bool) -> None:
    from geoconflict.places import Found, Unavailable

    if as_json:
        place = answer.place if isinstance(answer, Found) else None
        record = {
            "name": name,
            "answer": type(answer).__name__,
            "place": place.to_dict() if place else None,
            "score": answer.score if isinstance(answer, Found) else None,
            "alternatives": [scored.to_dict() for scored in getattr(answer, "alternatives", ())],
            "reasons": list(getattr(answer, "reasons", ())) or [getattr(answer, "reason", "")],
        }
        click.echo(visible_json(json.dumps(record, ensure_ascii=False)))
    elif isinstance(answer, Found):
        click.echo(_place_line(answer.place, answer.score))
        for reason in answer.reasons:
            click.echo(f"    {visible(reason)}")
        if answer.alternatives:
            click.echo("  also considered:")
            for scored in answer.alternatives:
                click.echo(f"    {_place_line(scored.place, scored.score)}")
    elif isinstance(answer, Unavailable):
        click.echo(visible(f"{name}: no answer: {answer.service} is unavailable ({answer.reason})"))
    else:
        click.echo(f"{visible(name)}: not found")
        for reason in answer.reasons:
            click.echo(f"    {visible(reason)}")
        for scored in answer.alternatives:
            click.echo(f"    perhaps {_place_line(scored.place, scored.score)}")
    if not isinstance(answer, Found):
        raise SystemExit(1)


def _place_line(place: Any, score: float) -> str:
    where = ", ".join(part for part in (place.admin1, place.country) if part)
    return visible(
        f"{place.name} ({where})  lat {place.lat:.4f}, lon {place.lon:.4f}  {place.precision}  score {score:.2f}  {place.place_id}"
    )


def _batch(geocoder: Any, source: Path, target: Path) -> tuple[int, int, int, set[str], list[str]]:
    from geoconflict.atomic import replacing
    from geoconflict.interchange.cells import escaped, guarded
    from geoconflict.places import Unavailable

    n_rows = n_found = n_regions = 0
    sources: set[str] = set()
    unanswered: list[str] = []
    with replacing(target) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*_COLUMNS, *_FOUND, "answer"])
        for row, answer in geocoder.geocode_many(_rows(source)):
            n_rows += 1
            place = getattr(answer, "place", None)
            stands_in = getattr(answer, "stands_in", False)
            n_found += place is not None and not stands_in
            n_regions += stands_in
            sources |= {place.source} if place else set()
            unanswered += [f"{answer.service}: {answer.reason}"] if isinstance(answer, Unavailable) else []
            found = (
                (
                    *(place.lat, place.lon, place.place_id, round(answer.score, 4), place.precision.value),
                    *(guarded(escaped(one or "")) for one in (place.name, place.admin1, place.country)),
                )
                if place
                else ("",) * len(_FOUND)
            )
            # The names are those of the user's table, which may have come from anywhere.
            asked = (guarded(escaped(row.get(name) or "")) for name in _COLUMNS)
            writer.writerow([*asked, *found, type(answer).__name__])
    return n_rows, n_found, n_regions, sources, unanswered


def _rows(source: Path) -> Iterator[dict[str, str]]:
    try:
        text = source.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fail(f"{source}: not UTF-8 at byte {error.start}; save the table as UTF-8")
    with io.StringIO(text, newline="") as file:
        head = text.split("\n", 1)[0].rstrip("\r").split
        reader = csv.DictReader(file, delimiter=max(",;\t", key=lambda one: len(set(head(one)) & set(_COLUMNS))))
        columns = reader.fieldnames or []
        missing = [name for name in ("id", "name") if name not in columns]
        if missing:
            fail(
                f"{source}: missing columns {', '.join(missing)}; it has {', '.join(columns)}; needed are id and name, "
                "and admin1 and country help"
            )
        yield from reader
