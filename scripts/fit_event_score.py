"""Fit the score of events on labelled reports, and say by cross-validation over documents what it is worth.

    python scripts/fit_event_score.py [--write]

Reads the sets beside the checkout with the package, works out the features of each event (``geoconflict.events.scoring``)
and fits a penalised logistic model. With ``--write`` the weights go into ``resources/events/score.toml`` and the table into
docs/quality.md, which tells of each set what counts as right and why.

Sets whose keys leave out much of what is told have a constant of their own while fitting, and a quarter of the weight: what
their keys do not have need not be false. The score starts from the constant of the sets whose labels are complete, reports
of one war and news of all kinds.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import itertools
import json
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import write_figures
from labelled_reports import write_labelled
from quality import EVALUATION, REPORT, run

from geoconflict.events import event_sources, merge_sources
from geoconflict.events.scoring import features
from geoconflict.interchange.parse_json import event_to_json
from geoconflict.models import Event, EventType, Report, RunFailure
from geoconflict.reports import read_documents
from geoconflict.tools import Tools

WEIGHTS_FILE = Path(__file__).resolve().parents[1] / "geoconflict" / "resources" / "events" / "score.toml"
MATCH_KM, MATCH_DAYS = 50, 3
N_FOLDS = 5
PENALTY = 3.0
BY_HAND = {"reports": 0.7, "doubtful": -1.2}
"""What the penalty pulls towards, where not 0: the sets have one report of each event, so that they cannot tell the first, and what
is doubtful was fitted on the same reports."""
FIXED = frozenset({"denied", "doubtful"})
"""What weighs as it does by hand, or nothing, whatever the sets say: that somebody denies an event makes it no likelier."""
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
ARMED = (EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.RIOTS)
COMPLETE = "complete"

Numbers = NDArray[np.float64]


class LabelledSet(NamedTuple):
    """A set of reports, and what its labels allow to say."""

    name: str
    gold: str
    typemap: str | None
    part: str
    """Under which name it is reported, with others."""
    constant: str
    """The constant that it shares with others."""
    weight: float
    types: tuple[EventType, ...]
    """Events of other types are left out: the labels say nothing of them."""
    all_right: bool | None = None
    """Whether every event of the set is right, or wrong; None where events are labelled."""


# MUC-4's key leaves out clashes of armies and guerrillas, and what it calls optional.
SETS = (
    LabelledSet(
        "nk_2020_events_dev", "events/nk_2020_events_dev.jsonl", None, "nk_2020", COMPLETE, 1.0, tuple(EventType)
    ),
    LabelledSet(
        "silver_wce_ucdp_dev", "events/silver_wce_ucdp_dev.jsonl", "typemaps/ucdp.json", "silver", "silver", 0.25, ARMED
    ),
    LabelledSet("muc4_dev", "events/muc4_dev.jsonl", "typemaps/muc4.json", "muc4", "muc4", 0.25, ARMED[1:3]),
    LabelledSet("events_told", "events_told", None, "news", COMPLETE, 1.0, ARMED, all_right=True),
    LabelledSet("negatives_first_half", "negatives_first_half", None, "news", COMPLETE, 1.0, ARMED, all_right=False),
    LabelledSet("negatives_second_half", "negatives_second_half", None, "news", COMPLETE, 1.0, ARMED, all_right=False),
    LabelledSet("geovirus", "toponyms/geovirus.jsonl", None, "news", COMPLETE, 1.0, ARMED, all_right=False),
)
PARTS = tuple(dict.fromkeys(one.part for one in SETS))
CONSTANTS = tuple(dict.fromkeys(one.constant for one in SETS))


class Example(NamedTuple):
    """One event of a labelled report."""

    part: str
    constant: str
    fold: int
    weight: float
    features: dict[str, float]
    summed: float
    """The sum that extraction works out, the score before this one."""
    right: bool


def scorer() -> Any:
    """Return the scorer that lies with the sets, as a module."""
    spec = importlib.util.spec_from_file_location("score", EVALUATION / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(
            "../shared/evaluation is not here: the dev sets lie beside the checkout and are not part of the project"
        )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def events_of(path: Path, tools: Tools) -> Iterator[tuple[Report, tuple[Event, ...]]]:
    """Yield each report of a file with its events, merged within it."""
    reports = [one for one in read_documents(path, settings=tools.settings.reports) if isinstance(one, Report)]
    for report, reading in zip(reports, tools.reader.read_many(reports), strict=True):
        if not isinstance(reading, RunFailure):
            found = tools.geocoder.resolve_report(report, reading).resolutions
            yield report, merge_sources(event_sources(report, reading, found))


def examples(one: LabelledSet, tools: Tools, folder: Path) -> Iterator[Example]:
    """Yield the events of a set."""
    gold = EVALUATION / one.gold
    if not one.gold.endswith(".jsonl"):
        gold = folder / f"{one.name}-gold.jsonl"
        write_labelled(one.gold, EVALUATION.parent, gold)
    given = folder / f"{one.name}.jsonl"
    run(sys.executable, EVALUATION / "score.py", "prepare", "--gold", gold, "--out", given)
    labels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in gold.read_text("utf-8").splitlines():
        row = json.loads(line)
        if not row.get("no_event"):
            labels[row.get("doc_id") or row["id"]].append(row)
    types = json.loads((EVALUATION / one.typemap).read_text("utf-8")) if one.typemap else None
    score = scorer()
    for report, events in events_of(given, tools):
        name = report.external_id or report.report_id
        fold = int(hashlib.sha256(name.encode()).hexdigest(), 16) % N_FOLDS
        for event in events:
            if event.event_type not in one.types:
                continue
            right = one.all_right
            if right is None:  # alone with the labels: right where any label is like it
                alone = score.ev_doc(labels[name], [event_to_json(event)], types, MATCH_KM, MATCH_DAYS)
                right = alone["ok"] > 0
            summed = max(source.mention.score for source in event.sources)
            yield Example(one.part, one.constant, fold, one.weight, features(event), summed, right)


# ---------------------------------------------------------------- the model
def design(rows: Sequence[Example], names: Sequence[str]) -> Numbers:
    """Return one line for each event: its features, then 1 in the column of its set."""
    table = [
        [row.features.get(name, 0.0) for name in names] + [row.constant == one for one in CONSTANTS] for row in rows
    ]
    return np.array(table, dtype=np.float64)


def fit(rows: Sequence[Example], names: Sequence[str]) -> Numbers:
    """Return the weights of the features, then the constants of the sets, by penalised Newton steps."""
    table = design(rows, names)
    right = np.array([row.right for row in rows], dtype=np.float64)
    share = np.array([row.weight for row in rows])
    penalty = np.array([1e6 if name in FIXED else PENALTY for name in names] + [0.1] * len(CONSTANTS))
    prior = np.array([BY_HAND.get(name, 0.0) for name in names] + [0.0] * len(CONSTANTS))
    found = prior.copy()
    for _ in range(60):
        likely = 1 / (1 + np.exp(-table @ found))
        slope = table.T @ (share * (right - likely)) - penalty * (found - prior)
        curve = (table.T * (share * likely * (1 - likely))) @ table + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < 1e-9:
            break
    return found


def held_out(rows: Sequence[Example], names: Sequence[str]) -> Numbers:
    """Return the score of each event by a model that did not see its document, from the same start."""
    scores = np.zeros(len(rows))
    for fold in range(N_FOLDS):
        weights = fit([row for row in rows if row.fold != fold], names)
        start = weights[len(names) + CONSTANTS.index(COMPLETE)]
        at = [number for number, row in enumerate(rows) if row.fold == fold]
        table = design([rows[number] for number in at], names)[:, : len(names)]
        scores[at] = 1 / (1 + np.exp(-(table @ weights[: len(names)] + start)))
    return scores


def auc(right: NDArray[np.bool_], scores: Numbers) -> float:
    """Return how often an event that is right scores more than one that is wrong; equal scores count half."""
    good, bad = scores[right][:, None], scores[~right][None, :]
    return float(((good > bad) + 0.5 * (good == bad)).mean()) if good.size and bad.size else float("nan")


# ---------------------------------------------------------------- tables
def as_tables(rows: Sequence[Example], scores: Numbers) -> str:
    """Return the tables of docs/quality.md."""
    right = np.array([row.right for row in rows])
    summed = np.array([row.summed for row in rows])
    part = np.array([row.part for row in rows])
    lines = ["| set | events | right | AUC of the sum | AUC of the fitted score |", "|---|---:|---:|---:|---:|"]
    for name in PARTS:
        mine = part == name
        old, new = (auc(right[mine], one[mine]) for one in (summed, scores))
        lines.append(f"| {name} | {mine.sum()} | {right[mine].sum()} | {old:.3f} | {new:.3f} |")
    lines += ["", "| score | " + " | ".join(f"{name}: events | right" for name in PARTS) + " | mean score |"]
    lines.append("|---|" + "---:|" * (2 * len(PARTS) + 1))
    for low, high in itertools.pairwise(BANDS):
        band = (scores >= low) & (scores < high)
        cells = []
        for name in PARTS:
            mine = band & (part == name)
            cells += [str(mine.sum()), f"{right[mine].mean():.2f}" if mine.any() else "-"]
        mean = f"{scores[band].mean():.2f}" if band.any() else "-"
        lines.append(f"| {low:.2f} to {min(high, 1):.2f} | " + " | ".join(cells) + f" | {mean} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit, measure, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS_FILE.name} and {REPORT.name}")
    write = parser.parse_args().write
    tools = Tools()
    with tempfile.TemporaryDirectory() as folder:
        rows = [row for one in SETS for row in examples(one, tools, Path(folder))]
    head, _, _ = WEIGHTS_FILE.read_text("utf-8").partition("[weights]")
    names = [name for name in tomllib.loads(head)["words"] if name != "start"]
    tables = as_tables(rows, held_out(rows, names))
    print(tables)
    found = fit(rows, names)
    start = float(found[len(names) + CONSTANTS.index(COMPLETE)])
    weights = {"start": start, **dict(zip(names, map(float, found), strict=False))}
    lines = "".join(f"{name} = {value:.2f}\n" for name, value in weights.items())
    print(lines)
    if write:
        WEIGHTS_FILE.write_text(f"{head}[weights]\n{lines}", encoding="utf-8")
        write_figures(REPORT, "event scores", tables)


if __name__ == "__main__":
    main()
