"""``evaluate``: how right the program is, by the user's own labels."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoconflict.cli.event_file import keep_faulty_option
from geoconflict.cli.output import (
    config_option,
    fail,
    former_option,
    json_option,
    printed_errors,
    settings_from,
    store_option,
    store_path,
)

if TYPE_CHECKING:
    from geoconflict.evaluating import Evaluation, Labels


@click.command("evaluate")
@click.argument("gold", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--predictions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="What `geoconflict parse` wrote of these reports; without it they are read now.",
)
@click.option(
    "--typemap",
    type=click.Path(path_type=Path, dir_okay=False),
    help='JSON {"gold": {label: common}, "pred": {label: common}}, where your types are named otherwise.',
)
@click.option(
    "--within-km", type=click.FloatRange(min=0), default=50.0, show_default=True, help="The same place within."
)
@click.option("--within-days", type=click.IntRange(min=0), default=3, show_default=True, help="The same day within.")
@former_option("--match-km", "--within-km")
@former_option("--match-days", "--within-days")
@click.option("--resamples", type=click.IntRange(min=0), default=1000, show_default=True, help="For the intervals.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the resampling.")
@click.option("--stored", is_flag=True, help="Measure the events of the store, as reviewers corrected them.")
@keep_faulty_option
@store_option
@config_option
@json_option
@printed_errors
def evaluate_command(
    gold: Path,
    predictions: Path | None,
    typemap: Path | None,
    within_km: float,
    within_days: int,
    resamples: int,
    seed: int,
    store: Path | None,
    config: Path | None,
    *,
    stored: bool,
    keep_faulty: bool,
    as_json: bool,
) -> None:
    """Measure events against the labels of GOLD: JSON lines or CSV, one labelled event a line.

    Precision, recall and F1 of events (place and day right, and type too), shares of right places, days, types and deaths,
    each with its 95% interval over resampled reports. docs/review.md has the format and says what each figure means.

    \b
    Examples:
      geoconflict evaluate labels.jsonl
      geoconflict parse labels.jsonl --out found.jsonl && geoconflict evaluate labels.jsonl --predictions found.jsonl
    """
    from geoconflict.evaluating import Rules, evaluate, load_labels, load_predictions

    if stored and predictions is not None:
        msg = "give either --stored or --predictions"
        raise click.UsageError(msg)
    labels = load_labels(gold, faulty="keep" if keep_faulty else "refuse")
    for fault in labels.faults:
        click.echo(f"{gold}, {fault}; taken as not stated", err=True)
    maps = _typemap(typemap)
    rules = Rules(km=within_km, days=within_days, gold_types=maps.get("gold", {}), own_types=maps.get("pred", {}))
    if stored or store is not None:
        found = _of_store(labels, config, store)
    elif predictions is not None:
        found = load_predictions(predictions)
    else:
        found = _read_now(labels, config)
    done = evaluate(labels, found, rules, n_resamples=resamples, seed=seed)
    if as_json:
        click.echo(json.dumps(done.to_dict()))
    else:
        _print(done)


def _read_now(labels: Labels, config: Path | None) -> dict[str, Any]:
    from geoconflict.pipeline import parse
    from geoconflict.tools import Tools

    if len(labels.reports) < len(labels.events):
        fail("some labels have no text to be read; give what was found in them with --predictions")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "reports.jsonl"
        lines = (json.dumps(report, ensure_ascii=False) for report in labels.reports)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return {str(one["doc_id"]): one["events"] for one in parse(file, Tools(settings_from(config)))}


def _of_store(labels: Labels, config: Path | None, store: Path | None) -> dict[str, Any]:
    """Return the events of a store by the ids under which the labels know their reports."""
    from geoconflict.interchange.parse_json import event_to_json
    from geoconflict.store import EventStore

    with EventStore(store_path(settings_from(config), store), read_only=True) as opened:
        by_report: dict[str, list[Any]] = {}
        for event in opened.event_records():
            for report_id in {one.mention.report_id for one in event.sources}:
                by_report.setdefault(report_id, []).append(event_to_json(event))
        known = {key: opened.finder.reports(key) or opened.finder.reports_of_file(key) for key in labels.events}
    missing = [key for key, report_ids in known.items() if not report_ids]
    if missing:
        click.echo(
            f"{len(missing)} labelled reports are not in the store and count as without events: {', '.join(missing[:5])}; "
            "the id is that of the input, the name of the report's file, or the report id (docs/review.md)",
            err=True,
        )
    return {key: [one for report_id in ids for one in by_report.get(report_id, ())] for key, ids in known.items()}


def _typemap(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        maps = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        fail(f"{path}: not JSON: {error}")
    if not isinstance(maps, dict) or not all(isinstance(maps.get(side, {}), dict) for side in ("gold", "pred")):
        fail(f"{path}: not an object with the objects gold and pred")
    return maps


def _print(done: Evaluation) -> None:
    click.echo(
        f"{done.n_reports} reports, {done.n_labels} labelled events, {done.n_predictions} found, {done.n_matched} matched"
    )
    if done.n_unknown:
        click.echo(f"{done.n_unknown} reports were found something in and have no labels; they are left out")
    if done.n_without_text:
        click.echo(f"{done.n_without_text} labelled reports have a blank text; they are left out")
    for name, figure in done.figures.items():
        interval = (
            f"  ({figure.low:.3f} to {figure.high:.3f})" if figure.low is not None and figure.high is not None else ""
        )
        value = "-" if figure.value is None else f"{figure.value:.3f}"
        click.echo(f"  {name:<32} {value}{interval}  of {figure.n:g}")
