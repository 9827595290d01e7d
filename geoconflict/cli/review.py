"""``review``: what people should look at, and what they decided."""

from __future__ import annotations

import functools
import getpass
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoconflict.cli.output import (
    config_option,
    correction_lines,
    fail,
    json_option,
    printed_errors,
    quiet_option,
    settings_from,
    store_option,
    store_path,
)
from geoconflict.cli.overwriting import check_writes
from geoconflict.clock import utc_now
from geoconflict.settings import Settings
from geoconflict.visible import visible, visible_json

if TYPE_CHECKING:
    from geoconflict.corrections import Correction
    from geoconflict.reviewing import Agreement, ReviewItem
    from geoconflict.store import EventStore


@click.command("review")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the list as CSV, to be filled in.")
@click.option(
    "--apply",
    "sheet",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write down the decisions of a CSV that --out wrote and somebody filled in.",
)
@click.option("--serve", is_flag=True, help="Review in a browser, on a page that this machine alone can open.")
@click.option(
    "--agreement",
    nargs=2,
    metavar="A B",
    help="How far two reviewers agree: names in the corrections file, or corrections files.",
)
@click.option(
    "--within-km", type=click.FloatRange(min=0), default=10.0, show_default=True, help="With --agreement: one place."
)
@click.option("--who", help="Who reviews.  [default: review.reviewer of the settings, else the user]")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many are listed; --out and --serve have all.",
)
@click.option("--all", "include_reviewed", is_flag=True, help="Also what is decided, and what nothing is doubtful of.")
@store_option
@config_option
@json_option
@quiet_option
@printed_errors
def review_command(
    out: Path | None,
    sheet: Path | None,
    agreement: tuple[str, str] | None,
    within_km: float,
    who: str | None,
    limit: int,
    store: Path | None,
    config: Path | None,
    *,
    serve: bool,
    include_reviewed: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """List the events whose place, type, day or merging is uncertain, the worst first, and take decisions on them.

    Decisions are kept in corrections.jsonl beside the settings (review.corrections), and every later build applies them.
    docs/review.md tells the loop.

    \b
    Examples:
      geoconflict review
      geoconflict review --out review.csv        fill in decision, value and comment, then
      geoconflict review --apply review.csv && geoconflict build
      geoconflict review --serve
      geoconflict review --agreement anna ben
    """
    if sum((out is not None, sheet is not None, serve, agreement is not None)) > 1:
        msg = "--out, --apply, --serve and --agreement are four things to do; choose one"
        raise click.UsageError(msg)
    if quiet and out is None and sheet is None:
        raise click.UsageError("--quiet goes with --out and --apply; what else there is to do is to be seen")
    settings = settings_from(config)
    if agreement is not None:
        _show_agreement(settings, agreement, within_km, as_json=as_json)
        return
    from geoconflict.store import EventStore

    path = store_path(settings, store)
    if serve:
        _serve(settings, path, _reviewer(settings, who), include_reviewed=include_reviewed)
        return
    with EventStore(path, read_only=True) as opened:
        if sheet is not None:
            _apply(settings, opened, sheet, _reviewer(settings, who), as_json=as_json, quiet=quiet)
            return
        from geoconflict.reviewing import review_items

        items = review_items(opened, include_reviewed=include_reviewed, countries=settings.places.countries)
        if out is not None:
            if out.suffix.lower() != ".csv":
                fail(f"--out {out}: the list is a CSV; give a name that ends in .csv")
            check_writes({"--out": out}, settings=settings, store=path)
            _write(out, opened, items, quiet=quiet)
            return
        _list(opened, items, limit, as_json=as_json)


def _reviewer(settings: Settings, who: str | None) -> str:
    if who or settings.review.reviewer:
        return who or settings.review.reviewer
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        fail("who reviews is not known; give --who NAME, or set review.reviewer")


# ---------------------------------------------------------------- the list
def _list(opened: EventStore, items: Sequence[ReviewItem], limit: int, *, as_json: bool) -> None:
    from geoconflict.correction_stage import corrections_state

    state = corrections_state(opened)
    if as_json:
        told = {"n": len(items), "items": [_as_dict(item) for item in items[:limit]]}
        told |= {"conflicts": list(state.conflicts), "orphans": list(state.orphans)}
        click.echo(visible_json(json.dumps(told, ensure_ascii=False)))
        return
    for line in correction_lines(state.conflicts, state.orphans):
        click.echo(line)
    if not items:
        click.echo("Nothing is waiting for review.")
        return
    click.echo("doubt  event     day         place                 type                          why")
    for item in items[:limit]:
        event = item.event
        where = visible(event.place.name) if event.place else "no place"
        day = str(event.when.best_day or "no day")
        why = "; ".join(f"{one.aspect}: {one.words}" for one in item.doubts[:2]) or "reviewed"
        cells = (
            f"{item.weight:5.2f}",
            event.event_id[:8],
            f"{day:<10}",
            f"{where[:20]:<20}",
            f"{event.sub_event_type[:28]:<28}",
        )
        click.echo(f"{'  '.join(cells)}  {visible(why)[:100]}")
    if len(items) > limit:
        click.echo(f"and {len(items) - limit} more; --limit shows more, --out and --serve show all")


def _as_dict(item: ReviewItem) -> dict[str, Any]:
    event = item.event
    return {
        "event_id": event.event_id,
        "doubt": item.weight,
        "doubts": [{"aspect": one.aspect, "weight": one.weight, "words": one.words} for one in item.doubts],
        "sub_event_type": event.sub_event_type,
        "day": str(event.when.best_day) if event.when.best_day else None,
        "place_name": event.place.name if event.place else None,
        "is_reviewed": item.is_reviewed,
        "n_sources": len(event.sources),
    }


# ---------------------------------------------------------------- the sheet
def _write(out: Path, opened: EventStore, items: Sequence[ReviewItem], *, quiet: bool) -> None:
    from geoconflict.reviewing.alternatives import alternatives_of
    from geoconflict.reviewing.sheet import sheet_text, write_sheet

    others = {item.event.event_id: alternatives_of(opened, item.event) for item in items}
    write_sheet(out, sheet_text(items, others))
    if not quiet:
        click.echo(
            f"{out}: {len(items)} events; fill in decision, value and comment, then `geoconflict review --apply {out}`"
        )


def _apply(settings: Settings, opened: EventStore, sheet: Path, who: str, *, as_json: bool, quiet: bool) -> None:
    from geoconflict.reviewing import apply_decisions
    from geoconflict.reviewing.deciding import Desk
    from geoconflict.reviewing.points import TOWN_REACH_M
    from geoconflict.reviewing.sheet import Offers, read_sheet
    from geoconflict.reviewing.typed import actor_named
    from geoconflict.tools import Tools

    tools = Tools(settings)
    gazetteer = tools.gazetteer
    desk = Desk(
        store=opened,
        place=gazetteer.place,
        who=who,
        when=utc_now().replace(microsecond=0),
        towns_near=functools.partial(gazetteer.towns_near, within_m=TOWN_REACH_M),
        countries=settings.places.countries,
        actor=functools.partial(actor_named, tools.actor_lexicon),
    )
    decisions = read_sheet(sheet.read_bytes(), str(sheet), desk, Offers(opened))
    n_corrections, n_names = apply_decisions(settings, decisions)
    if as_json:
        click.echo(json.dumps({"decisions": len(decisions), "corrections": n_corrections, "names": n_names}))
        return
    if quiet:
        return
    click.echo(
        f"{sheet}: {len(decisions)} decisions by {visible(who)}; {n_corrections} new corrections, {n_names} decisions on names. "
        "`geoconflict build` applies them."
    )


def _serve(settings: Settings, path: Path, who: str, *, include_reviewed: bool) -> None:
    from geoconflict.reviewing.serving import serve

    def ready(url: str) -> None:
        click.echo(f"Review on {url}\nOnly this machine can open it. Ctrl-C ends it.")

    n = serve(settings, path, who=who, now=utc_now, ready=ready, include_reviewed=include_reviewed)
    click.echo(f"{n} decisions were written down; `geoconflict build` applies them.")


# ---------------------------------------------------------------- agreement
def _show_agreement(settings: Settings, pair: tuple[str, str], within_km: float, *, as_json: bool) -> None:
    from dataclasses import asdict

    from geoconflict.reviewing import agreement

    first, second = (_entries_of(settings, one) for one in pair)
    found = agreement(first, second, within_km=within_km)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found]))
        return
    click.echo(
        f"{visible(pair[0])} and {visible(pair[1])}; 95% intervals by the bootstrap; one place is within {within_km:g} km"
    )
    for one in found:
        click.echo(f"  {one.aspect:<10}  {_told(one)}")


def _told(one: Agreement) -> str:
    if not one.n:
        return "nothing that both decided on"
    of_all = f" of {one.n_both}, the others are too many to compare each with each" if one.n < one.n_both else ""
    said = f"n = {one.n}{of_all}, the same {one.observed:.2f}, {one.measure} "
    if one.value is None:
        return said + "not defined: all say one thing"
    interval = f"{one.low:.2f} to {one.high:.2f}" if one.low is not None else "-"
    return f"{said}{one.value:.2f} ({interval})"


def _entries_of(settings: Settings, reviewer: str) -> list[Correction]:
    """Return the entries that stand of a reviewer in the corrections file, or of a file of one."""
    from geoconflict.corrections import by_reviewer, load_corrections, reviewer_key

    if Path(reviewer).is_file():
        return list(load_corrections(reviewer))
    file = settings.resolve(settings.review.corrections)
    entries = list(load_corrections(file))
    found = by_reviewer(entries).get(reviewer_key(reviewer))
    if found is None:
        known = ", ".join(_names(entries)) or "nobody"
        fail(f"{file}: has no entry by {reviewer!r}, and there is no such file; it has entries by {known}")
    return found


def _names(entries: Iterable[Correction]) -> list[str]:
    return sorted({one.who for one in entries})
