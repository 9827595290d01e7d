"""Fit the weights of resolution on labelled place names, and say what they are worth by cross-validation over documents.

    python scripts/fit_resolution.py FOLDER [--write] [--report]

FOLDER holds JSONL files, one report a line: ``text``, ``published`` (ISO date or null) and ``toponyms`` with ``start``,
``end``, ``lat``, ``lon`` and, where known, ``role``. A name is right within 161 km of its label, as is usual for
geoparsing; for a country or region also where the label lies inside it, since representative points differ by source.

The model is a conditional logit over the candidates of a name and "none of them". The features of a name depend on
what the other names of its report probably mean, so fitting alternates: settle all reports with the newest weights, then
move the weights up the penalised likelihood of the labels. The penalty pulls towards weights set by hand, which decide where
labels are silent. Only names whose place is among the candidates are fitted on: how often a place is missing altogether is a matter of the corpus. Fitting
`none` on world news was tried: it abstained from villages that a report names alone, and gained half a point of precision.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import write_figures

from geoconflict.geo import distance_m
from geoconflict.models import Place, Role, Toponym
from geoconflict.places.context import read_context
from geoconflict.places.gazetteer import Gazetteer
from geoconflict.places.groups import NameGroup, name_groups, split_by_containment
from geoconflict.places.names import fold
from geoconflict.places.resolution import ranked_places, settle
from geoconflict.places.scoring import NONE_OF_THEM, weights

QUALITY = Path(__file__).resolve().parents[1] / "docs" / "quality.md"
WEIGHTS_FILE = Path(__file__).resolve().parents[1] / "geoconflict" / "resources" / "places" / "weights.toml"
PENALTY = 2.0
N_FOLDS = 3
N_PASSES = 3
_AREA_KINDS = ("country", "admin1", "area", "water")

# What each weight would be without any label, from reasoning alone.
BY_HAND = {
    "none": 5.5, "none_asked": 3.0, "near_asked": 12.0, "region_differs": -25.0, "prior": 1.0, "is_country": 0.5, "is_admin1": 0.0, "is_admin2": 0.0, "is_settlement": 0.0, "is_area": 0.5,
    "is_line": 0.5, "is_water": 0.0, "is_landmark": 0.0, "primary": 0.3, "curated": 0.5, "historical": -0.3,
    "name_invalid": -2.0, "capital": 0.3, "contained": 3.0, "not_contained": -1.0, "elsewhere": -12.0, "holds": 1.5, "country_votes": 2.5,
    "near_50_km": 1.5, "near_300_km": 1.5, "kind_fits": 2.5, "kind_differs": -2.5, "metonym_capital": 1.5,
    "study_country": 3.0, "at_peace": -2.5, "admin1_named": 1.0, "line_reached": 6.0, "enumerated_kin": 1.5, "common_name": -6.0, "abroad": -8.0, "abroad_common": -4.0, "unit_of_town": -1.0,
}  # fmt: skip


FIXED = (
    "none",
    "none_asked",
    "near_asked",
    "elsewhere",
    "region_differs",
    "is_country",
    "study_country",
    "at_peace",
    "line_reached",
    "common_name",
    "unit_of_town",
    "kind_fits",
    "kind_differs",
)
"""Kept as set by hand: about questions that no label asks, about countries, whose labels lie anywhere in
them, or about town against province, which the labels seldom tell apart."""


class Document(NamedTuple):
    """One labelled report."""

    source: str
    text: str
    published_on: dt.date | None
    toponyms: list[Toponym]
    points: list[tuple[float, float]]


def read(folder: Path) -> Iterator[Document]:
    """Yield the labelled reports; adjectives and names without a point are left out."""
    with (WEIGHTS_FILE.parents[1] / "lexicons" / "demonyms.csv").open(encoding="utf-8", newline="") as stream:
        adjectives = {fold(row["demonym"]) for row in csv.DictReader(stream)}
    for file in sorted(folder.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            row = json.loads(line)
            toponyms, points = [], []
            for one in row["toponyms"]:
                kind = str(one.get("type") or "")
                if one.get("lat") is None or one.get("span_bad") or re.search("emonym|Adjectiv|Language", kind):
                    continue
                role = (
                    Role(one["role"]) if one.get("role") else Role.ACTOR_METONYM if kind == "Metonymic" else Role.OTHER
                )
                surface = row["text"][one["start"] : one["end"]]
                if fold(surface) in adjectives:
                    continue
                toponyms.append(Toponym(start=one["start"], end=one["end"], surface=surface, score=1.0, role=role))
                points.append((one["lon"], one["lat"]))
            day = row.get("published")
            published_on = dt.date.fromisoformat(day[:10]) if day else None
            yield Document(file.stem, row["text"], published_on, toponyms, points)


def is_right(place: Place, point: tuple[float, float], *, lenient: bool) -> bool:
    """Return whether a place is the labelled one."""
    apart = distance_m(place.lon, place.lat, *point)
    if apart <= 161_000:
        return True
    return lenient and place.kind in _AREA_KINDS and apart <= (2.5 if place.kind == "country" else 1.3) * place.radius_m


def settled(document: Document, gazetteer: Gazetteer, weight: Mapping[str, float]) -> list[NameGroup]:
    """Return the names of a report with the features and probabilities that `weight` gives them."""
    context = read_context(document.text, document.toponyms)
    groups = name_groups(
        document.toponyms, gazetteer=gazetteer, text=document.text, context=context, published_on=document.published_on
    )
    groups = split_by_containment(groups, context, gazetteer)
    settle(groups, document.toponyms, context, gazetteer, (), weight=weight)
    return groups


def fit(documents: Sequence[Document], gazetteer: Gazetteer) -> dict[str, float]:
    """Return the weights fitted on `documents`."""
    names = list(BY_HAND)
    hand = np.array([BY_HAND[name] for name in names])
    theta = hand.copy()
    fixed = [names.index(name) for name in FIXED]
    for _ in range(N_PASSES):
        weight = dict(zip(names, theta.tolist(), strict=True))
        examples = list(_examples(documents, gazetteer, weight, names))
        mean, square = np.zeros_like(theta), np.zeros_like(theta)
        for step in range(1, 121):
            gradient = PENALTY * (theta - hand)
            for matrix, offsets, right, mass in examples:
                totals = matrix @ theta + offsets
                shares = np.exp(totals - totals.max())
                shares /= shares.sum()
                target = shares * right
                target /= max(target.sum(), 1e-300)
                gradient += matrix.T @ (mass * (shares - target))
            gradient[fixed] = 0.0
            mean = 0.9 * mean + 0.1 * gradient
            square = 0.99 * square + 0.01 * gradient**2
            rate = 0.05 / (1 + step / 100)
            theta = theta - rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(value), 2) for name, value in zip(names, theta, strict=True)}


def _examples(
    documents: Iterable[Document], gazetteer: Gazetteer, weight: Mapping[str, float], names: Sequence[str]
) -> Iterator[tuple[Any, Any, Any, float]]:
    for document in documents:
        for group in settled(document, gazetteer, weight):
            if not group.candidates or group.generic:
                continue
            point = document.points[group.mentions[0]]
            right = _targets(group, point)
            if not any(right):
                continue
            none = {NONE_OF_THEM: 1.0}
            matrix = np.array([[row.get(name, 0.0) for name in names] for row in [*group.features, none]])
            # A name said ten times is not ten proofs.
            yield (
                matrix,
                np.array([*group.costs, 0.0]),
                np.array([*right, 0.0]),
                len(group.mentions) ** 0.5,
            )


def _targets(group: NameGroup, point: tuple[float, float]) -> list[float]:
    """Return 1 for the candidates nearest to the label, 0 for others: a town and its province are both within 161 km."""
    apart = [
        distance_m(one.place.lon, one.place.lat, *point) if is_right(one.place, point, lenient=True) else math.inf
        for one in group.candidates
    ]
    return [float(one < math.inf and one <= 1.5 * min(apart) + 5_000) for one in apart]


def accuracy(
    documents: Iterable[Document], gazetteer: Gazetteer, weight: Mapping[str, float]
) -> dict[str, list[tuple[bool, bool, float]]]:
    """Return for each source one (right, right to the lenient eye, score) for each mention; a name without place has score 0."""
    found: dict[str, list[tuple[bool, bool, float]]] = {}
    for document in documents:
        rows = found.setdefault(document.source, [])
        for group in settled(document, gazetteer, weight):
            best = next(iter(ranked_places(group)), None)
            for index in group.mentions:
                if best is None:
                    rows.append((False, False, 0.0))
                else:
                    point = document.points[index]
                    rows.append(
                        (
                            is_right(best.place, point, lenient=False),
                            is_right(best.place, point, lenient=True),
                            best.score,
                        )
                    )
    return found


def _report(title: str, found: Mapping[str, Sequence[tuple[bool, bool, float]]]) -> None:
    print(title)
    everything = [row for rows in found.values() for row in rows]
    for name, rows in [*sorted(found.items()), ("all", everything)]:
        kept = [row for row in rows if row[2] >= 0.5]
        print(
            f"  {name:28} n {len(rows):5}  Acc@161 {sum(r[0] for r in rows) / len(rows):.3f}  in the area {sum(r[1] for r in rows) / len(rows):.3f}"
            f"  score >= 0.5: {len(kept) / len(rows):.3f} kept, {sum(r[1] for r in kept) / max(1, len(kept)):.3f} right"
        )
    bands: dict[int, list[bool]] = {}
    for _, right, score in everything:
        if score:
            bands.setdefault(min(9, int(score * 10)), []).append(right)
    print(
        "  score band: names, right  "
        + "  ".join(
            f"{band / 10:.1f}: {len(rows)}, {sum(rows) / len(rows):.2f}" for band, rows in sorted(bands.items())
        )
    )


def reliability(found: Mapping[str, Sequence[tuple[bool, bool, float]]]) -> str:
    """Return what a score is worth, as Markdown: by band, and above the thresholds that matter."""
    rows = [row for one in found.values() for row in one if row[2] > 0]
    n_all = sum(map(len, found.values()))
    lines = ["| score | names | mean score | right | within 161 km |", "|---|---:|---:|---:|---:|"]
    gap = 0.0
    for low in (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        high = {0.0: 0.3, 0.3: 0.5, 0.9: 0.95, 0.95: 1.01}.get(low, low + 0.1)
        band = [row for row in rows if low <= row[2] < high]
        if band:
            mean, right = _shares(band)[0], _shares(band)[1]
            gap += len(band) * abs(mean - right) / len(rows)
            lines.append(f"| {low:.2f} to {min(1.0, high):.2f} | {_cells(band)} |")
    lines += [f"| **{low} and more** | {_cells([row for row in rows if row[2] >= low])} |" for low in (0.5, 0.7, 0.9)]
    lines.append("")
    kept = sum(row[2] >= 0.7 for row in rows)
    lines.append(
        f"{n_all} labelled names; {kept / n_all:.1%} of them score 0.7 or more; expected calibration error {gap:.3f}."
    )
    return "\n".join(lines) + "\n"


def _shares(rows: Sequence[tuple[bool, bool, float]]) -> tuple[float, float, float]:
    """Return the mean score, the share that is right, and the share within 161 km."""
    n = len(rows)
    return sum(row[2] for row in rows) / n, sum(row[1] for row in rows) / n, sum(row[0] for row in rows) / n


def _cells(rows: Sequence[tuple[bool, bool, float]]) -> str:
    return " | ".join([str(len(rows)), *(f"{share:.3f}" for share in _shares(rows))])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help=f"write {WEIGHTS_FILE.name}")
    parser.add_argument("--report", action="store_true", help=f"write the table of reliability into {QUALITY.name}")
    arguments = parser.parse_args()
    gazetteer = Gazetteer.open()
    documents = list(read(arguments.folder))
    _report("by hand", accuracy(documents, gazetteer, BY_HAND))
    _report("in the package", accuracy(documents, gazetteer, weights()))
    held_out: dict[str, list[tuple[bool, bool, float]]] = {}
    for number_of_fold in range(N_FOLDS):
        seen = [one for number, one in enumerate(documents) if number % N_FOLDS != number_of_fold]
        unseen = [one for number, one in enumerate(documents) if number % N_FOLDS == number_of_fold]
        for source, rows in accuracy(unseen, gazetteer, fit(seen, gazetteer)).items():
            held_out.setdefault(source, []).extend(rows)
    _report(f"fitted, {N_FOLDS}-fold over documents", held_out)
    if arguments.report:
        write_figures(QUALITY, "reliability", reliability(held_out))
    if arguments.write:
        fitted = fit(documents, gazetteer)
        head, _, _ = WEIGHTS_FILE.read_text("utf-8").partition("[weights]")
        lines = "".join(f"{name} = {value}\n" for name, value in fitted.items())
        WEIGHTS_FILE.write_text(f"{head}[weights]\n{lines}", encoding="utf-8")
        print("".join(f"  {name:18} {BY_HAND[name]:6.2f} -> {value:6.2f}\n" for name, value in fitted.items()))


if __name__ == "__main__":
    main()
