"""Fit the weights of the toponym evidence on labelled reports, and report cross-validated figures.

    python scripts/train_toponyms.py GOLD.jsonl [GOLD.jsonl ...] data/toponyms/war_sentences.txt [--write]

A gold file holds one report a line: ``{"doc_id", "text", "toponyms": [{"start", "end", "lat", ...}]}``. Toponyms without
coordinates, demonyms and adjectives are neither right nor wrong. A ``.txt`` holds one sentence a line, its [places] in
brackets, and what is {neither right nor wrong} in braces. The method is logistic regression with an L2 penalty,
fitted by Newton's method; folds are over reports. Only the weights are kept: no text of a gold file is.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.toponyms.recognition import score_proposals
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import split_words
from geoconflict.places.gazetteer import Gazetteer

TABLE = Path(__file__).resolve().parents[1] / "geoconflict" / "resources" / "lexicons" / "toponym_evidence.toml"
N_FOLDS = 5
PENALTY = 2.0
SMALL_SET = 300
"""A set with fewer toponyms than this counts three times: the small ones are those about wars."""
AKIN = {
    "place_only_verb_before": "locative_before",
    "place_only_verb_before_unlisted": "locative_before_unlisted",
    "place_only_verb_after": "locative_before",
    "place_only_verb_after_unlisted": "locative_before_unlisted",
    "place_verb_before_unlisted": "locative_before_unlisted",
    "cue_from_list_unlisted": "locative_before_unlisted",
    "ground_taken_unlisted": "locative_before_unlisted",
    "taking_verb_before": "place_verb_before",
    "taking_verb_before_unlisted": "locative_before_unlisted",
    "place_verb_after_unlisted": "locative_before_unlisted",
}
"""Features that the sets, of which the small ones alone are about wars, hold a few times or never: their weights are drawn towards
those of features that say as much of a name, where others are drawn towards 0."""


@dataclass
class Example:
    """One labelled report with its proposals."""

    gold_set: str
    fold: int
    proposals: list[Proposal]
    gold: set[tuple[int, int]]
    ignored: list[tuple[int, int]]
    weight: float = 1.0


def main() -> None:
    """Fit, cross-validate, and write the table when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write the weights to {TABLE.name}")
    parser.add_argument("--threshold", type=float, default=0.25)
    args = parser.parse_args()
    examples = [example for path in args.gold for example in read_examples(path)]
    names = sorted({*AKIN, *(name for example in examples for one in example.proposals for name in one.features)})
    chosen = []
    for fold in range(N_FOLDS):
        weights = fit([example for example in examples if example.fold != fold], names)
        chosen += [(example, select(example, weights, args.threshold)) for example in examples if example.fold == fold]
    for gold_set in sorted({example.gold_set for example in examples}):
        print(gold_set, scores([pair for pair in chosen if pair[0].gold_set == gold_set]))
    weights = fit(examples, names)
    if args.write:
        write_table(weights, args.threshold)


def read_examples(path: Path) -> list[Example]:
    """Return the reports of one gold file with their proposals."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    rows = (
        [_read_sentence(line) for line in lines if not line.startswith("#")]
        if path.suffix == ".txt"
        else [json.loads(line) for line in lines]
    )
    gazetteer = Gazetteer.open()
    documents = load_language_model().read_many(row["text"] for row in rows)
    examples = []
    for row, document in zip(rows, documents, strict=True):
        scored = score_proposals(document, split_words(document.cased), gazetteer)
        digest = hashlib.sha256(f"{path.stem} {row['doc_id']}".encode()).hexdigest()
        gold = [mention for mention in row["toponyms"] if not _set_aside(mention)]
        examples.append(
            Example(
                gold_set=path.stem,
                fold=int(digest, 16) % N_FOLDS,
                proposals=[one for _, one in scored],
                gold={(mention["start"], mention["end"]) for mention in gold},
                ignored=[(mention["start"], mention["end"]) for mention in row["toponyms"] if _set_aside(mention)],
            )
        )
    if sum(len(example.gold) for example in examples) < SMALL_SET:
        for example in examples:
            example.weight = 3.0
    return examples


def _read_sentence(line: str) -> dict[str, Any]:
    """Return a sentence with its places in brackets as a row of a gold file."""
    text = ""
    toponyms = []
    for part in re.split(r"(\[[^\]]*\]|\{[^}]*\})", line):
        name = part[1:-1] if part[:1] in ("[", "{") else part
        if name != part:
            lat = 0.0 if part[0] == "[" else None
            toponyms.append({"start": len(text), "end": len(text) + len(name), "lat": lat})
        text += name
    return {"doc_id": text, "text": text, "toponyms": toponyms}


def _set_aside(mention: dict[str, Any]) -> bool:
    if mention["lat"] is None:
        return True
    return mention.get("type") in ("Demonym", "Language") or mention.get("modifier") == "Adjective"


def _touches(one: Proposal, spans: list[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in spans)


def fit(examples: list[Example], names: list[str]) -> dict[str, float]:
    """Return the weight of each feature, and the bias under the empty name."""
    column = {name: at for at, name in enumerate(names)}
    rows, labels, counts = [], [], []
    for example in examples:
        for one in example.proposals:
            label = (one.start, one.end) in example.gold
            if label or not _touches(one, example.ignored):
                rows.append([column[name] for name in set(one.features)])
                labels.append(float(label))
                counts.append(example.weight)
    matrix = np.zeros((len(rows), len(names) + 1))
    matrix[:, -1] = 1.0
    for at, row in enumerate(rows):
        matrix[at, row] = 1.0
    y, w = np.array(labels), np.array(counts)
    penalty = _penalties(column)
    beta = np.zeros(len(names) + 1)
    for _ in range(15):
        p = 1.0 / (1.0 + np.exp(-np.clip(matrix @ beta, -30, 30)))
        gradient = matrix.T @ (w * (p - y)) + penalty @ beta
        hessian = (matrix * (w * p * (1 - p))[:, None]).T @ matrix + penalty
        beta -= np.linalg.solve(hessian, gradient)
    return {"": float(beta[-1]), **{name: float(value) for name, value in zip(names, beta[:-1], strict=True)}}


def _penalties(column: dict[str, int]) -> NDArray[np.float64]:
    """Return the matrix K of the penalty beta' K beta / 2: of each weight's distance from 0, or from that of its kin."""
    matrix = np.zeros((len(column) + 1, len(column) + 1))
    matrix[-1, -1] = 1e-6
    for name, at in column.items():
        distance = np.zeros(len(column) + 1)
        distance[at] = 1.0
        if name in AKIN:
            distance[column[AKIN[name]]] = -1.0
        matrix += PENALTY * np.outer(distance, distance)
    return matrix


def select(example: Example, weights: dict[str, float], threshold: float) -> list[Proposal]:
    """Return the proposals chosen with `weights`, as `find_toponyms` chooses."""
    scored = [(weights[""] + sum(weights[name] for name in set(one.features)), one) for one in example.proposals]
    taken: list[Proposal] = []
    for log_odds, one in sorted(scored, key=lambda item: (-item[0], item[1].start, -item[1].end)):
        if log_odds < math.log(threshold / (1 - threshold)):
            break
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    return taken


def scores(chosen: list[tuple[Example, list[Proposal]]]) -> str:
    """Return precision, recall and F1 of exact spans, in words."""
    hits = predicted = gold = 0
    for example, taken in chosen:
        spans = [
            (one.start, one.end)
            for one in taken
            if (one.start, one.end) in example.gold or not _touches(one, example.ignored)
        ]
        hits += len(set(spans) & example.gold)
        predicted += len(spans)
        gold += len(example.gold)
    precision, recall = hits / max(1, predicted), hits / max(1, gold)
    return f"exact spans, cross-validated: P {precision:.3f} R {recall:.3f} F {2 * precision * recall / max(1e-9, precision + recall):.3f}, {gold} toponyms"


def write_table(weights: dict[str, float], threshold: float) -> None:
    """Write the table anew: weights from `weights`, wording as it stands."""
    text = TABLE.read_text("utf-8")
    wording = {name: feature["says"] for name, feature in tomllib.loads(text)["features"].items()}
    missing = sorted(set(weights) - set(wording) - {""})
    if missing:
        msg = f"{TABLE}: give these features a wording first: {', '.join(missing)}"
        raise SystemExit(msg)
    head = text[: text.index("bias = ")]
    lines = [f"bias = {weights['']:.3f}", f"threshold = {threshold}", "", "[features]"]
    lines += [
        f"{name} = {{ weight = {weights.get(name, 0.0):.3f}, says = {json.dumps(wording[name])} }}"
        for name in sorted(wording)
    ]
    TABLE.write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
