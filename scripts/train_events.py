"""Fit the weights of the event evidence on labelled reports, and say by cross-validation over reports what it is worth.

    python scripts/train_events.py [--write]

The method is logistic regression with an L2 penalty, fitted by Newton's method; folds are over reports, and drawn three times.
Only weights are kept: no text of a set is. With ``--write`` they go into ``resources/lexicons/event_evidence.toml`` and the
tables into docs/quality.md.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parent))

from event_examples import N_FOLDS, SETS, Example, examples
from figures import write_figures
from quality import REPORT

from geoconflict.extract.events.evidence import least_likelihood
from geoconflict.extract.reader import Reader
from geoconflict.places.gazetteer import Gazetteer

TABLE = Path(__file__).resolve().parents[1] / "geoconflict" / "resources" / "lexicons" / "event_evidence.toml"
PENALTY = 8.0
MIN_REPORTS = 3
"""A feature of fewer labelled reports weighs nothing."""
SALTS = ("", "second", "third")
THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.78)

Numbers = NDArray[np.float64]


def design(rows: Sequence[Example], names: Sequence[str]) -> Numbers:
    """Return one line for each example: its features, then 1."""
    at = {name: place for place, name in enumerate(names)}
    table = np.zeros((len(rows), len(names) + 1))
    table[:, -1] = 1
    for line, row in enumerate(rows):
        table[line, [at[name] for name in row.features if name in at]] = 1
    return table


def fit(table: Numbers, rows: Sequence[Example]) -> Numbers:
    """Return the weights of the features, then the bias, by penalised Newton steps."""
    right = np.array([row.tells for row in rows], dtype=np.float64)
    share = np.array([row.weight for row in rows])
    penalty = np.full(table.shape[1], PENALTY)
    penalty[-1] = 0.01
    found = np.zeros(table.shape[1])
    for _ in range(60):
        likely = 1 / (1 + np.exp(-table @ found))
        slope = table.T @ (share * (right - likely)) - penalty * found
        curve = (table.T * (share * likely * (1 - likely))) @ table + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < 1e-6:
            break
    return found


def held_out(table: Numbers, rows: Sequence[Example], salt: str) -> Numbers:
    """Return the likelihood of each example by a model that did not see its report."""
    folds = np.array([row.fold(salt) for row in rows])
    scores = np.zeros(len(rows))
    for fold in range(N_FOLDS):
        others = folds != fold
        weights = fit(table[others], [row for row, other in zip(rows, others, strict=True) if other])
        scores[~others] = 1 / (1 + np.exp(-table[~others] @ weights))
    return scores


def as_table(rows: Sequence[Example], scores: Sequence[Numbers]) -> str:
    """Return how many reports keep a predicate at each threshold, by likelihoods of held-out folds, the mean of all draws."""
    head = " | ".join(f"{one:.2f}" for one in THRESHOLDS)
    lines = [f"| set | with the rules alone | {head} | with the thresholds that ship |"]
    lines.append("|---|" + "---:|" * (len(THRESHOLDS) + 2))
    for part in dict.fromkeys(row.part for row in rows):
        mine = [number for number, row in enumerate(rows) if row.part == part and not row.is_ruled_out]
        shipped = [least_likelihood(row.features) for row in rows]
        kept = [
            sum(len({rows[number].report_id for number in mine if one[number] >= least[number]}) for one in scores)
            / len(scores)
            for least in (*([least] * len(rows) for least in THRESHOLDS), shipped)
        ]
        cells = [str(len({rows[number].report_id for number in mine})), *(f"{one:.1f}" for one in kept)]
        lines.append(f"| {part} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def written(text: str, weights: dict[str, float], bias: float) -> str:
    """Return the table of weights with those found; what is not among them weighs 0."""
    for name in tomllib.loads(text)["features"]:
        value = weights.get(name, 0.0) + 0.0
        text = re.sub(rf"(?m)^({re.escape(name)} = {{ weight = )[-\d.]+", rf"\g<1>{value:.2f}", text)
    return re.sub(r"(?m)^bias = .*$", f"bias = {bias:.2f}", text)


def main() -> None:
    """Fit, measure, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.name} and {REPORT.name}")
    write = parser.parse_args().write
    reader = Reader(Gazetteer.open())
    rows = [row for one in SETS for row in examples(one, reader)]
    reports: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in row.features:
            reports[name].add(row.report_id)
    text = TABLE.read_text("utf-8")
    listed = tomllib.loads(text)["features"]
    if unlisted := sorted(reports.keys() - listed.keys()):
        print("no words for, so of no weight:", ", ".join(unlisted))
    names = sorted(name for name in listed if len(reports[name]) >= MIN_REPORTS)
    table = design(rows, names)
    told = as_table(rows, [held_out(table, rows, salt) for salt in SALTS])
    print(told)
    *found, bias = map(float, fit(table, rows))
    if write:
        TABLE.write_text(written(text, dict(zip(names, found, strict=True)), bias), encoding="utf-8")
        write_figures(REPORT, "event evidence", told)


if __name__ == "__main__":
    main()
