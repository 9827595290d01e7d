"""Say what the score of an event is worth: how often events of a score are in the labels, by band.

    python scripts/event_scores.py [--write]

Runs ``geoconflict parse`` on the event sets beside the checkout and matches its events with the labels by the scorer that
comes with them: right is a place within 50 km (or the same name, where the labels have no coordinates) and a day within 3.
With ``--write`` the table goes into docs/quality.md.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from figures import write_figures
from quality import EVALUATION, REPORT, predictions

SETS = (
    ("nk_2020_events_dev", "events/nk_2020_events_dev.jsonl", None),
    ("muc4_dev", "events/muc4_dev.jsonl", "typemaps/muc4.json"),
)
BANDS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
MATCH_KM, MATCH_DAYS = 50, 3


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


def rated(gold: Path, predicted: Path, typemap: Path | None) -> list[tuple[float, bool]]:
    """Return (score, whether it is in the labels) of each predicted event."""
    score = scorer()
    types = json.loads(typemap.read_text("utf-8")) if typemap else None
    labels: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in gold.read_text("utf-8").splitlines():
        row = json.loads(line)
        if not row.get("no_event"):
            labels[row.get("doc_id") or row["id"]].append(row)
    found = []
    for line in predicted.read_text("utf-8").splitlines():
        report = json.loads(line)
        told = report["events"]
        for event in told:  # alone with the labels: one is right where any label is like it
            right = score.ev_doc(labels[report["doc_id"]], [event], types, MATCH_KM, MATCH_DAYS)["ok"]
            found.append((event["score"], right > 0))
    return found


def main() -> None:
    """Measure, print, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help=f"write the table into {REPORT.name}")
    write = parser.parse_args().write
    lines = ["| score | " + " | ".join(f"{name}: events | right" for name, _, _ in SETS) + " |"]
    lines.append("|---|" + "---:|---:|" * len(SETS))
    with tempfile.TemporaryDirectory() as folder:
        sets = [
            rated(
                EVALUATION / gold,
                predictions(EVALUATION / gold, "events", Path(folder))[0],
                EVALUATION / typemap if typemap else None,
            )
            for _, gold, typemap in SETS
        ]
    for low, high in zip((0.0, *BANDS), BANDS, strict=False):
        cells = []
        for rows in sets:
            band = [right for value, right in rows if low <= value < high]
            cells += [str(len(band)), f"{sum(band) / len(band):.2f}" if band else "-"]
        lines.append(f"| {low:.2f} to {min(high, 1):.2f} | " + " | ".join(cells) + " |")
    table = "\n".join(lines) + "\n"
    print(table)
    if write:
        write_figures(REPORT, "event scores", table)


if __name__ == "__main__":
    main()
