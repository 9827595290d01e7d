"""How likely an event is real, at its place and on its day: a fitted sum of features that a person can read.

The features are of the event alone, so a full merge and an incremental one give the same score. Weights and words are
data, ``resources/events/score.toml``; ``scripts/fit_event_score.py`` fits the weights. docs/events.md tells on what.
"""

from __future__ import annotations

import functools
import importlib.resources
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geoconflict.codes import FIGHTERS
from geoconflict.events.versions import leaves_kind_open
from geoconflict.events.voices import corrected_outlets, independent
from geoconflict.models import ActorKind, Casualties, DateBasis, Event, EventSource, EventType, PlacePrecision, Status

__all__ = ["Part", "features", "likelihood", "score_parts"]

_ARMED = FIGHTERS | {ActorKind.EXTERNAL}
_TYPES = {
    EventType.BATTLES: "battle",
    EventType.EXPLOSIONS: "explosion",
    EventType.VIOLENCE_AGAINST_CIVILIANS: "against_civilians",
    EventType.RIOTS: "crowd",
    EventType.PROTESTS: "crowd",
}
_PLACES = {
    PlacePrecision.NEAR: "near_or_district",
    PlacePrecision.AREA: "near_or_district",
    PlacePrecision.ADMIN2: "near_or_district",
    PlacePrecision.ADMIN1: "province",
    PlacePrecision.REGION: "province",
    PlacePrecision.LINE: "province",
    PlacePrecision.SEA: "province",
    PlacePrecision.COUNTRY: "country",
}
_TOLD = frozenset({Status.OCCURRED, Status.CLAIMED})
_USUAL_SUM = 0.8
_STEP_OF_SUM = 0.1
_PARAGRAPH_CHARS = 300
_DEEP_CHARS = 600
_LONG_DAYS = 3
_OLD_NEWS_DAYS = 14
_LEAST, _MOST = 0.01, 0.99


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One feature of an event and what it adds to its score."""

    name: str
    """Its name in ``resources/events/score.toml``."""
    added: float
    """Logarithm of odds: 0.7 more doubles the odds that the event is right."""
    words: str


@dataclass(frozen=True, slots=True)
class _Model:
    weights: Mapping[str, float]
    words: Mapping[str, str]


@functools.cache
def _model() -> _Model:
    text = (importlib.resources.files("geoconflict") / "resources/events/score.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return _Model(weights={name: float(value) for name, value in table["weights"].items()}, words=table["words"])


def features(event: Event) -> dict[str, float]:
    """Return the features of an event that are not 0; the names are those of the weights. The score is none of them.

    Of the copies of one text one counts: an article is not surer for being printed twice. What denies or only supposes an
    event that others tell adds nothing to its score.
    """
    telling = _telling(event)
    # The report that others copy speaks before its copies, whichever was published first by the hour.
    ordered = sorted(telling, key=lambda source: source.copy_of is not None)
    own = list(independent(ordered, lambda source: source, corrected_outlets(telling)))
    mentions = [source.mention for source in own]
    names = {actor.name for source in telling for actor in source.mention.actors}
    actors = [actor for actor in event.actors if actor.name in names]
    found: dict[str, float] = {
        "sum": (max(mention.score for mention in mentions) - _USUAL_SUM) / _STEP_OF_SUM,
        "position": math.log1p(min(_DEEP_CHARS, *(mention.start for mention in mentions)) / _PARAGRAPH_CHARS),
        "reports": math.log(len({mention.report_id for mention in mentions})),
        _TYPES.get(event.event_type, "other_type"): 1.0,
        **_of_place(event, own),
    }
    said = {
        "kind_left_open": all(map(leaves_kind_open, own)),
        "no_day": event.when.basis is DateBasis.PUBLISHED,
        "long_span": _days(event) > _LONG_DAYS,
        "old_news": _age(event) > _OLD_NEWS_DAYS,
        "figures": any(one.mention.casualties and _counts_harm(one.mention.casualties) for one in telling),
        "armed": any(actor.kind in _ARMED for actor in actors),
        "agent": any(actor.part == "agent" for actor in actors),
        "target": any(actor.part == "target" for actor in actors),
        "attributed": any(mention.claimed_by for mention in mentions),
        "not_done": event.status in (Status.HYPOTHETICAL, Status.SCHEDULED),
        "denied": event.status is Status.DENIED,
        "doubtful": all(mention.doubts for mention in mentions),
    }
    found |= {name: 1.0 for name, holds in said.items() if holds}
    return {name: value for name, value in found.items() if value}


def _telling(event: Event) -> Sequence[EventSource]:
    """Return the sources that tell an event to have happened, where it is told so; else all of them."""
    told = [source for source in event.sources if source.mention.status in _TOLD]
    return told if told and event.status in _TOLD else event.sources


def _counts_harm(casualties: Casualties) -> bool:
    return casualties.killed is not None or casualties.wounded is not None


def _of_place(event: Event, own: Sequence[EventSource]) -> dict[str, float]:
    if event.place is None:
        return {"no_place": 1.0}
    found = {"place_unsure": 1 - event.place_score}
    if event.place.precision in _PLACES:
        found[_PLACES[event.place.precision]] = 1.0
    placed = [source.mention for source in own if source.place is not None]
    if not any(one.place is not None and one.start <= one.place.start < one.end for one in placed):
        found["place_from_context"] = 1.0
    return found


def _days(event: Event) -> int:
    """Return how many days the span of an event has beyond the first; 0 where it has no first day."""
    when = event.when
    return (when.ends_on - when.starts_on).days if when.starts_on and when.ends_on else 0


def _age(event: Event) -> int:
    """Return how many days before the first report of it an event was over; 0 where that is not known."""
    published = min((source.published_on for source in event.sources if source.published_on), default=None)
    return (published - event.when.ends_on).days if published and event.when.ends_on else 0


def score_parts(event: Event) -> tuple[Part, ...]:
    """Return what the score of an event is the sum of, where every event starts from first, then the heaviest first."""
    model = _model()
    parts = [
        Part(name=name, added=round(model.weights[name] * value, 2), words=model.words[name])
        for name, value in features(event).items()
    ]
    start = Part(name="start", added=model.weights["start"], words=model.words["start"])
    return (start, *sorted((part for part in parts if part.added), key=lambda part: -abs(part.added)))


def likelihood(event: Event) -> float:
    """Return how likely an event is right, from 0.01 to 0.99, two decimals."""
    weights = _model().weights
    total = weights["start"] + sum(weights[name] * value for name, value in features(event).items())
    return round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-total)))), 2)
