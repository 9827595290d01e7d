"""Score geoconflict on the dev sets beside the checkout and write the figures, good or bad, into docs/quality.md.

    python scripts/quality.py [--only NAME ...] [--no-write]

Runs the real commands (``geoconflict parse``, ``geoconflict geocode --batch``) and the scorer that comes with the sets.
Nothing of the sets goes into the project but these figures, and labels of our own by the id of a report.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import write_figures
from labelled_reports import LABELLED, write_labelled

ROOT = Path(__file__).resolve().parent.parent
EVALUATION = ROOT.parent / "shared" / "evaluation"
REPORT = ROOT / "docs" / "quality.md"


class DevSet(NamedTuple):
    """One run of the scorer."""

    name: str
    command: str
    gold: str
    options: tuple[str, ...]
    figures: tuple[str, ...]


_TOPONYMS = ("overlap_p", "overlap_r", "overlap_f1", "exact_f1", "acc161", "e2e_acc161", "median_km", "gold")
_EVENTS = (
    "event_f1@50km,3d",
    "event_typed_p",
    "event_typed_r",
    "event_typed_f1",
    "loc_e2e_acc25",
    "loc_e2e_acc161",
    "date_exact",
    "type_acc",
    "type_of_matched",
    "pred_events",
    "gold_events",
)
_TIMES = (
    "overlap_f1",
    "exact_f1",
    "value_acc_on_found",
    "value_acc_all_gold",
    "day_exact",
    "day_gold",
    "rel_day_exact",
    "rel_day_gold",
    "gold",
)
_ALARMS = ("false_alarm_share", "false_alarms", "docs", "pred_events")
_TOLD = ("docs", "pred_events", "docs_with_any_event")
_PLACES = ("within10", "within25", "within161", "answered", "median_km", "n")

SETS = (
    DevSet("geovirus", "toponyms", "toponyms/geovirus.jsonl", (), _TOPONYMS),
    DevSet(
        "geovirus, with coordinates, no demonyms",
        "toponyms",
        "toponyms/geovirus.jsonl",
        ("--coords-only", "--no-demonyms"),
        _TOPONYMS,
    ),
    DevSet("geowebnews_dev", "toponyms", "toponyms/geowebnews_dev.jsonl", (), _TOPONYMS),
    DevSet(
        "geowebnews_dev, with coordinates, no demonyms",
        "toponyms",
        "toponyms/geowebnews_dev.jsonl",
        ("--coords-only", "--no-demonyms"),
        _TOPONYMS,
    ),
    DevSet("nk_2020_toponyms_dev", "toponyms", "toponyms/nk_2020_toponyms_dev.jsonl", (), _TOPONYMS),
    DevSet("nk_2020_events_dev", "events", "events/nk_2020_events_dev.jsonl", (), _EVENTS),
    DevSet(
        "muc4_dev",
        "events",
        "events/muc4_dev.jsonl",
        ("--typemap", "typemaps/muc4.json"),
        (
            "event_f1@50km,3d",
            "event_typed_f1",
            "place_name_match",
            "date_exact",
            "type_acc",
            "pred_events",
            "gold_events",
        ),
    ),
    DevSet(
        "silver_wce_ucdp_dev",
        "events",
        "events/silver_wce_ucdp_dev.jsonl",
        ("--typemap", "typemaps/ucdp.json"),
        _EVENTS,
    ),
    DevSet(
        "ucdp_headlines",
        "events",
        "events/ucdp_headlines.jsonl",
        ("--typemap", "typemaps/ucdp.json"),
        (*_EVENTS[4:], "fatalities_exact_when_deaths"),
    ),
    DevSet(
        "geovirus as negatives",
        "negatives",
        "toponyms/geovirus.jsonl",
        (),
        _ALARMS,
    ),
    DevSet("negatives, first half", "negatives", "negatives_first_half", (), _ALARMS),
    DevSet("negatives, second half", "negatives", "negatives_second_half", (), _ALARMS),
    DevSet(
        "events told (these should yield one)",
        "negatives",
        "events_told",
        (),
        _TOLD,
    ),
    DevSet("second sample of negatives, tuning", "negatives", "fresh_negatives_tuning", (), _ALARMS),
    DevSet("second sample of negatives, held back", "negatives", "fresh_negatives_held_back", (), _ALARMS),
    DevSet(
        "second sample of events told, tuning",
        "negatives",
        "fresh_events_tuning",
        (),
        _TOLD,
    ),
    DevSet(
        "second sample of events told, held back",
        "negatives",
        "fresh_events_held_back",
        (),
        _TOLD,
    ),
    DevSet("third sample of negatives, tuning", "negatives", "third_negatives_tuning", (), _ALARMS),
    DevSet("third sample of negatives, held back", "negatives", "third_negatives_held_back", (), _ALARMS),
    DevSet("third sample of events told, tuning", "negatives", "third_events_tuning", (), _TOLD),
    DevSet("third sample of events told, held back", "negatives", "third_events_held_back", (), _TOLD),
    DevSet("wikiwars_dev", "times", "dates/wikiwars_dev.jsonl", (), _TIMES),
    DevSet("timebank", "times", "dates/timebank.jsonl", (), _TIMES),
    DevSet("aquaint", "times", "dates/aquaint.jsonl", (), _TIMES),
    DevSet("gum_wikinews", "times", "dates/gum_wikinews.jsonl", (), _TIMES),
    DevSet("coverage_dev", "places", "places/coverage_dev.jsonl", (), _PLACES),
    DevSet("coverage_dev_bare", "places", "places/coverage_dev_bare.jsonl", (), _PLACES),
    DevSet("geocode_ucdp_dev", "places", "places/geocode_ucdp_dev.jsonl", (), _PLACES),
)


def run(*command: str | Path) -> str:
    """Run a command and return what it printed; exit codes 0 and 3 (some reports failed) are good."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(map(str, command))}\nexit code {done.returncode}\n{done.stderr[-3000:]}")
    return done.stdout


def gold_file(gold: str, folder: Path) -> Path:
    """Return the gold of a set: one of the dev sets, or texts gathered in `folder` for labels of our own."""
    if gold not in LABELLED:
        return EVALUATION / gold
    path = folder / f"{gold}.jsonl"
    write_labelled(gold, EVALUATION.parent, path)
    return path


def predictions(gold: Path, command: str, folder: Path) -> tuple[Path, float]:
    """Return the file of predictions for a gold file, made once, and the seconds it took."""
    name = gold.stem
    suffix = ".csv" if command == "places" else ".jsonl"
    given, found = folder / f"{name}-in{suffix}", folder / f"{name}-out{suffix}"
    if found.exists():
        return found, 0.0
    run(sys.executable, EVALUATION / "score.py", "prepare", "--gold", gold, "--out", given)
    started = time.perf_counter()
    if command == "places":
        run(sys.executable, "-m", "geoconflict", "geocode", "--batch", given, "--out", found)
    else:
        run(sys.executable, "-m", "geoconflict", "parse", given, "--out", found, "--quiet")
    return found, time.perf_counter() - started


def score(one: DevSet, folder: Path) -> dict[str, Any]:
    """Return the scorer's figures for one set."""
    gold = gold_file(one.gold, folder)
    found, seconds = predictions(gold, one.command, folder)
    options = [str(EVALUATION / part) if part.endswith(".json") else part for part in one.options]
    printed = run(sys.executable, EVALUATION / "score.py", one.command, "--gold", gold, "--pred", found, *options)
    figures: dict[str, Any] = json.loads(printed)
    if figures.get("matched") and figures.get("type_acc_n") == figures["gold_events"]:
        # The scorer's `type_acc` counts an event that was not found as of the wrong type.
        figures["type_of_matched"] = figures["type_acc"] * figures["gold_events"] / figures["matched"]
    if seconds:
        print(f"{one.name}: read in {seconds:.0f} s", file=sys.stderr)
    return figures


def as_table(rows: list[tuple[DevSet, dict[str, Any]]]) -> str:
    """Return the figures as Markdown tables, one a kind."""
    lines = []
    for command in dict.fromkeys(one.command for one, _ in rows):
        chosen = [(one, figures) for one, figures in rows if one.command == command]
        names = list(dict.fromkeys(name for one, _ in chosen for name in one.figures))
        lines += [f"### {command}", "", "| set | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
        for one, figures in chosen:
            cells = [_cell(figures.get(name)) if name in one.figures else "" for name in names]
            lines.append(f"| {one.name} | " + " | ".join(cells) + " |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def main() -> None:
    """Score, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", help="sets to score, by the beginning of their name")
    parser.add_argument("--no-write", action="store_true", help="print alone")
    parser.add_argument("--keep", type=Path, help="a folder for the predictions, to look at errors")
    options = parser.parse_args()
    if not EVALUATION.is_dir():
        sys.exit(
            "../shared/evaluation is not here: the dev sets lie beside the checkout and are not part of the project"
        )
    chosen = [one for one in SETS if not options.only or any(one.name.startswith(name) for name in options.only)]
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*-out*"):  # of an earlier version of the code
            old.unlink()
        rows = [(one, score(one, folder)) for one in chosen]
    table = as_table(rows)
    print(table)
    if options.no_write or options.only:
        return
    commit = run("git", "rev-parse", "--short", "HEAD").strip()
    head = f"Measured on {dt.datetime.now(tz=dt.UTC).date()} at commit {commit}.\n\n"
    write_figures(REPORT, "figures", head + table)


if __name__ == "__main__":
    main()
