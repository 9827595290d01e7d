"""Precision, recall and shares over all reports, with 95% intervals over resampled reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geoconflict.evaluating.label_checks import number
from geoconflict.evaluating.labels import Labels
from geoconflict.evaluating.matching import Answer, Rules, answers, day_of, label_of, point_of

__all__ = ["Evaluation", "Figure", "evaluate"]

Row = Mapping[str, Any]
_DISTANCES_KM = (10, 25, 50, 161)
_N_RESAMPLES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A share with its interval."""

    value: float | None
    """None where nothing states it."""
    low: float | None = None
    high: float | None = None
    """The 95% interval over resampled reports; None where it was not asked for."""
    n: float = 0
    """Over how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How right predictions are."""

    n_reports: int
    n_labels: int
    n_predictions: int
    n_matched: int
    """Labels that some prediction answers, rightly or not."""
    n_unknown: int
    """Reports with predictions and without labels: left out."""
    n_without_text: int
    figures: Mapping[str, Figure]
    """What was measured; docs/review.md says what each is."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        counts = {
            name: getattr(self, name)
            for name in ("n_reports", "n_labels", "n_predictions", "n_matched", "n_unknown", "n_without_text")
        }
        figures = {
            name: {"value": one.value, "low": one.low, "high": one.high, "n": one.n}
            for name, one in self.figures.items()
        }
        return {**counts, "figures": figures}


@dataclass(slots=True)
class _Report:
    """What is counted of one report: for each figure how many are right, and of how many."""

    right: dict[str, float] = field(default_factory=dict)
    of: dict[str, float] = field(default_factory=dict)
    n_matched: int = 0

    def count(self, name: str, right: float, of: float = 1) -> None:
        self.right[name] = self.right.get(name, 0) + right
        self.of[name] = self.of.get(name, 0) + of


def evaluate(
    labels: Labels,
    predictions: Mapping[str, Sequence[Row]],
    rules: Rules | None = None,
    *,
    n_resamples: int = _N_RESAMPLES,
    seed: int = 0,
) -> Evaluation:
    """Return how right predictions are.

    Parameters
    ----------
    labels
        What is true.
    predictions
        The events of each report, as ``geoconflict parse`` writes them; a report that is not there has none.
    rules
        When a prediction is right; None is within 50 km and 3 days, with types as they are named.
    n_resamples
        For the intervals; 0 makes none.
    seed
        Of the resampling: the same seed gives the same intervals.
    """
    known = rules or Rules()
    reports = [_report(told, predictions.get(key, ()), known) for key, told in labels.events.items()]
    names = list(dict.fromkeys(name for report in reports for name in report.of))
    return Evaluation(
        n_reports=len(reports),
        n_labels=sum(map(len, labels.events.values())),
        n_predictions=sum(len(predictions.get(key, ())) for key in labels.events),
        n_matched=sum(report.n_matched for report in reports),
        n_unknown=len(predictions.keys() - labels.events.keys()),
        n_without_text=labels.n_without_text,
        figures={name: _figure(reports, name, n_resamples, seed) for name in names},
    )


def _report(labels: Sequence[Row], predictions: Sequence[Row], rules: Rules) -> _Report:
    found = answers(labels, predictions, rules)
    report = _Report(n_matched=len(found))
    right = [n for n, answer in found.items() if answer.is_right(labels[n], rules)]
    typed = [n for n in right if found[n].same_type is not False]
    for name, hits in (("event", right), ("event_typed", typed)):
        report.count(f"{name}_precision", len(hits), len(predictions))
        report.count(f"{name}_recall", len(hits), len(labels))
        report.count(f"{name}_f1", 2 * len(hits), len(labels) + len(predictions))
    for n, label in enumerate(labels):
        _count_label(report, label, found.get(n), rules)
    return report


def _count_label(report: _Report, label: Row, answer: Answer | None, rules: Rules) -> None:
    """Count one label: what is not answered is wrong."""
    if point_of(label) is not None:
        for km in _DISTANCES_KM:
            report.count(f"place_within_{km}km", answer is not None and answer.km is not None and answer.km <= km)
    if label.get("place_name"):
        report.count("place_name", answer is not None and bool(answer.same_name))
    days = answer.days if answer else None
    if day_of(label.get("date")) is not None:
        if label.get("date_prec") in (None, 0, 1):
            report.count("date_exact", days == 0)
            report.count("date_within_1_day", days is not None and days <= 1)
        else:
            report.count("date_in_range", days == 0)
    if label_of(label, rules.gold_types) is not None:
        report.count("type", answer is not None and bool(answer.same_type))
    has_exact = number(label.get("fatalities")) is not None
    has_range = has_exact or number(label.get("fatalities_low")) is not None
    deaths = max(number(label.get("fatalities")) or 0, number(label.get("fatalities_low")) or 0) > 0
    for name, states, is_right in (
        ("fatalities_exact", has_exact, bool(answer and answer.deaths_exact)),
        ("fatalities_in_range", has_range, bool(answer and answer.deaths_in_range)),
    ):
        if states:
            report.count(name, is_right)
            if deaths:
                report.count(f"{name}_when_deaths", is_right)


def _figure(reports: Sequence[_Report], name: str, n_resamples: int, seed: int) -> Figure:
    right = [report.right.get(name, 0.0) for report in reports]
    of = [report.of.get(name, 0.0) for report in reports]
    total = sum(of)
    value = sum(right) / total if total else None
    low, high = _interval(right, of, n_resamples, seed)
    return Figure(value=value, low=low, high=high, n=total)


def _interval(
    right: Sequence[float], of: Sequence[float], n_resamples: int, seed: int
) -> tuple[float | None, float | None]:
    if not n_resamples:
        return None, None
    import numpy as np

    n = len(right)
    drawn = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=n_resamples)
    hits, totals = drawn @ np.asarray(right), drawn @ np.asarray(of)
    shares = np.sort(hits[totals > 0] / totals[totals > 0])
    if not len(shares):
        return None, None
    return float(shares[int(0.025 * len(shares))]), float(shares[min(len(shares) - 1, int(0.975 * len(shares)))])
