"""How likely the words of a predicate tell of a conflict event: the weighed sum of its features.

What is too unlikely becomes no event, and is told beside the events with its likelihood and what speaks against it; what is
doubtful stays one and says so. Weights and thresholds are data, ``resources/lexicons/event_evidence.toml``, fitted by
``scripts/train_events.py``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache

from geoconflict.extract.dates.impossible import impossible_date
from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.events.features import WEIGHED, FeatureReader
from geoconflict.extract.lexicon import read_lexicon
from geoconflict.extract.telling.fact_checks import has_false_verdict
from geoconflict.models import UnlikelyEvent

__all__ = ["doubt", "least_likelihood", "likelihood", "reasons_against", "sift"]

_MOST_REASONS = 4
_TOLD_OF_NEWS = frozenset({"day", "denied", "figures", "outcome", "stands_main", "stands_subject", "stands_title"})
_OF_A_FALSE_CLAIM = "its report checks a claim and finds it false"


@dataclass(frozen=True, slots=True)
class _Model:
    bias: float
    drop_below: float
    drop_bare_below: float
    doubt_below: float
    weights: Mapping[str, float]
    says: Mapping[str, str]


@cache
def _model() -> _Model:
    table = read_lexicon("event_evidence")
    return _Model(
        bias=float(table["bias"]),
        drop_below=float(table["drop_below"]),
        drop_bare_below=float(table["drop_bare_below"]),
        doubt_below=float(table["doubt_below"]),
        weights={name: float(row["weight"]) for name, row in table["features"].items()},
        says={name: str(row["says"]) for name, row in table["features"].items()},
    )


def sift(scene: Scene, drafts: Sequence[Draft]) -> tuple[list[Draft], tuple[UnlikelyEvent, ...]]:
    """Return the drafts that may tell of a conflict event, each marked how likely it does, and those that are too unlikely to.

    Parameters
    ----------
    drafts
        All of the report, in text order.
    """
    doubt_below = _model().doubt_below
    reader = FeatureReader(scene, drafts)
    kept: list[Draft] = []
    unlikely: list[UnlikelyEvent] = []
    for draft in drafts:
        if draft.verdict.event_type not in WEIGHED:
            kept.append(draft)
            continue
        features = reader.features(draft)
        draft.likelihood = likelihood(features)
        if draft.likelihood >= least_likelihood(features):
            if draft.likelihood < doubt_below:
                draft.doubts = reasons_against(features)
            kept.append(draft)
            continue
        one = draft.predicate
        unlikely.append(
            UnlikelyEvent(
                start=one.start,
                end=one.end,
                surface=scene.clauses.document.text[one.start : one.end],
                event_type=draft.verdict.event_type,
                likelihood=draft.likelihood,
                reasons=reasons_against(features),
            )
        )
    return kept, tuple(unlikely)


def doubt(scene: Scene, drafts: Sequence[Draft], published_on: dt.date | None) -> None:
    """Mark the drafts of a report that finds a claim false, and those whose sentence gives a date that cannot be.

    Parameters
    ----------
    drafts
        Those that :func:`sift` kept.
    published_on
        The day of the report.
    """
    of_report = (_OF_A_FALSE_CLAIM,) if has_false_verdict(scene.clauses) else ()
    for draft in drafts:
        draft.doubts = (*of_report, *_of_its_date(scene, draft, published_on), *draft.doubts)


def _of_its_date(scene: Scene, draft: Draft, published_on: dt.date | None) -> tuple[str, ...]:
    """Return what is doubtful about the date that the sentence of a draft gives; nothing where it can be."""
    passage = scene.clauses.passage_of(draft.predicate.token)
    date = impossible_date(scene.clauses.document.text, passage.start, passage.end, published_on)
    if date is None:
        return ()
    ahead = " lies years ahead of its report" if date.isdecimal() else " is no day of the calendar"
    return (f"the date in its sentence, {date!r},{ahead}",)


def likelihood(features: Iterable[str]) -> float:
    """Return how likely a predicate with these features tells of a conflict event, 0 to 1, two decimals.

    A feature that is not listed weighs nothing.
    """
    model = _model()
    total = model.bias + sum(model.weights.get(name, 0.0) for name in features)
    return round(1 / (1 + math.exp(-total)), 2)


def least_likelihood(features: AbstractSet[str]) -> float:
    """Return how likely a predicate with these features must be to become an event.

    An aside that tells neither of harm nor of a day, and that nobody denies, must be likelier: little is lost with one.
    """
    return _model().drop_bare_below if _TOLD_OF_NEWS.isdisjoint(features) else _model().drop_below


def reasons_against(features: Iterable[str]) -> tuple[str, ...]:
    """Return in words what weighs most against a predicate, the heaviest first, each with the logarithm of odds it adds."""
    model = _model()
    against = sorted((model.weights.get(name, 0.0), name) for name in features)
    told = tuple(f"{model.says[name]} ({weight:+.1f})" for weight, name in against[:_MOST_REASONS] if weight < 0)
    return told or ("little speaks for it",)
