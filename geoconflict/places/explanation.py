"""Why a mention got its place or none: what resolution weighed, kept as records. Nothing is computed a second time.

Resolution hands over the names as it settled them (``on_settled`` of :func:`geoconflict.places.resolution.resolve`); what
each piece of evidence added, the ranking and the scores are read off them with resolution's own functions.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geoconflict.models import Place, Resolution
from geoconflict.places.groups import NameGroup
from geoconflict.places.override_rows import override_line
from geoconflict.places.overrides import NOT_A_PLACE
from geoconflict.places.resolution import candidate_reasons, ranked_spots
from geoconflict.places.scoring import NONE_OF_THEM, Lookup, contributions, weights

__all__ = [
    "Contribution",
    "ExplainedCandidate",
    "ExplainedMention",
    "Outcome",
    "Repair",
    "evidence_words",
    "explain_mentions",
]

READING = "reading"
"""What a candidate loses because its name is only a reading of the words in the text."""


_N_REPAIRS = 2
"""How many of the other candidates get a row ready to paste."""


class Outcome(StrEnum):
    """What became of a mention."""

    PLACED = "placed"
    """One of the candidates was sure enough."""
    STAND_IN = "stand_in"
    """Another place stands for it: the one that the text says it lies in, or that it is told by."""
    OVERRIDE = "override"
    """A row of the user's overrides gave the place."""
    NOT_A_PLACE = "not_a_place"
    """A row of the user's overrides says that it is none."""
    OVERRIDE_LOST = "override_lost"
    """A row of the user's overrides names a place that the gazetteer lacks."""
    UNSURE = "unsure"
    """No candidate reached the score that is asked for."""
    UNKNOWN = "unknown"
    """No place of this name is known."""
    NO_LINE = "no_line"
    """A "front line" where no line of that day lies by the places of the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one piece of evidence added to a candidate."""

    feature: str
    value: float
    weight: float
    added: float
    """Weight times value: to the logarithm of the odds, so that 0.7 more doubles them."""
    words: str
    """What the evidence is, whatever its sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedCandidate:
    """One place that the name may mean."""

    rank: int
    """Of its spot, from 1. Places at one spot tell a reader the same and share a rank."""
    place: Place
    matched_name: str
    feature: str
    """GeoNames feature code, or the kind."""
    name_valid: bool
    score: float
    """The probability that a place at its spot is meant, 0 to 1: what resolution reports."""
    share: float
    """Its own part of that, before the ceiling on scores."""
    counted_with: str | None
    """place_id of the candidate that stands for the spot, where it is another one."""
    chosen: bool
    reasons: tuple[str, ...]
    total: float
    """The sum of what was added."""
    contributions: tuple[Contribution, ...]
    """The heaviest first; what added nothing is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A row for overrides.csv that would change the answer."""

    effect: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedMention:
    """One mention with all that was weighed for it."""

    number: int
    """In text order, from 1."""
    resolution: Resolution
    outcome: Outcome
    candidates: tuple[ExplainedCandidate, ...]
    """All of them, best first."""
    same_name: tuple[int, ...]
    """The numbers of all mentions that were decided together with it, itself among them."""
    decisive: tuple[Contribution, ...]
    """What set the best candidate apart from the one that ranks next: `added` is the difference, the heaviest first."""
    none_total: float
    """What "none of them" weighs against the candidates' totals."""
    min_score: float
    repairs: tuple[Repair, ...]


@functools.cache
def evidence_words() -> Mapping[str, str]:
    """Return what each piece of evidence means, in words."""
    text = (importlib.resources.files("geoconflict") / "resources/places/evidence.toml").read_text("utf-8")
    return {name: str(words) for name, words in tomllib.loads(text)["words"].items()}


def explain_mentions(
    groups: Sequence[NameGroup], resolutions: Sequence[Resolution], *, gazetteer: Lookup, min_score: float
) -> tuple[ExplainedMention, ...]:
    """Return each mention with what resolution weighed for it, in text order.

    Parameters
    ----------
    groups
        The names as resolution settled them.
    resolutions
        Its answers, one for each mention that the groups count.
    gazetteer
        Asked which places a row of overrides can name by their id.
    min_score
        The score below which a mention was left without a place.
    """
    order = sorted(
        range(len(resolutions)), key=lambda index: (resolutions[index].toponym.start, resolutions[index].toponym.end)
    )
    number = {index: at for at, index in enumerate(order, 1)}
    by_mention = {index: group for group in groups for index in group.mentions}
    ranked = {id(group): _candidates(group) for group in groups}
    return tuple(
        ExplainedMention(
            number=number[index],
            resolution=resolutions[index],
            outcome=outcome,
            candidates=candidates,
            same_name=tuple(sorted(number[other] for other in by_mention[index].mentions)),
            decisive=_decisive(candidates),
            none_total=weights()[NONE_OF_THEM],
            min_score=min_score,
            repairs=_repairs(resolutions[index], outcome, candidates, gazetteer),
        )
        for index, outcome, candidates in (
            (index, *_told(resolutions[index], by_mention[index], ranked[id(by_mention[index])])) for index in order
        )
    )


def _told(
    resolution: Resolution, group: NameGroup, ranked: Sequence[ExplainedCandidate]
) -> tuple[Outcome, tuple[ExplainedCandidate, ...]]:
    outcome = _outcome(resolution, group)
    chosen = resolution.place.place_id if resolution.place and outcome is not Outcome.STAND_IN else None
    return outcome, tuple(
        dataclasses.replace(one, chosen=True) if one.place.place_id == chosen else one for one in ranked
    )


def _outcome(resolution: Resolution, group: NameGroup) -> Outcome:
    if group.decided is not None:
        if resolution.place is not None:
            return Outcome.OVERRIDE
        return Outcome.NOT_A_PLACE if group.decided.place_id is None else Outcome.OVERRIDE_LOST
    if resolution.place is not None:
        known = {candidate.place.place_id for candidate in group.candidates}
        return Outcome.PLACED if resolution.place.place_id in known else Outcome.STAND_IN
    if group.generic:
        return Outcome.NO_LINE
    return Outcome.UNSURE if group.candidates else Outcome.UNKNOWN


def _candidates(group: NameGroup) -> list[ExplainedCandidate]:
    found = []
    for rank, spot in enumerate(ranked_spots(group), 1):
        leader = group.candidates[spot.indexes[0]].place.place_id
        for index in spot.indexes:
            candidate = group.candidates[index]
            added = _contributions(group, index)
            found.append(
                ExplainedCandidate(
                    rank=rank,
                    place=candidate.place,
                    matched_name=candidate.matched_name,
                    feature=candidate.feature,
                    name_valid=candidate.name_valid,
                    score=1.0 if group.decided else spot.score,
                    share=group.shares[index],
                    counted_with=None if index == spot.indexes[0] else leader,
                    chosen=False,
                    reasons=(group.decided.reason,) if group.decided else tuple(candidate_reasons(group, index)),
                    total=sum(one.added for one in added),
                    contributions=() if group.decided else added,
                )
            )
    return found


def _contributions(group: NameGroup, index: int) -> tuple[Contribution, ...]:
    row, weight = group.features[index], weights()
    found = [
        Contribution(feature=name, value=row[name], weight=weight.get(name, 0.0), added=added, words=_words(name))
        for name, added in contributions(row, weight).items()
    ]
    if cost := group.costs[index]:
        words = f"{_words(READING)} ({group.note})" if group.note else _words(READING)
        found.append(Contribution(feature=READING, value=1.0, weight=cost, added=cost, words=words))
    return _heaviest([one for one in found if one.added])


def _words(feature: str) -> str:
    return evidence_words().get(feature, feature.replace("_", " "))


def _heaviest(found: Sequence[Contribution]) -> tuple[Contribution, ...]:
    return tuple(sorted(found, key=lambda one: (-abs(one.added), one.feature)))


def _decisive(candidates: Sequence[ExplainedCandidate]) -> tuple[Contribution, ...]:
    """Return what the best candidate has over the best one at another spot, or lacks beside it."""
    best = candidates[0] if candidates else None
    other = next((one for one in candidates if one.rank == 2), None)
    if best is None or other is None:
        return ()
    mine = {one.feature: one for one in best.contributions}
    theirs = {one.feature: one for one in other.contributions}
    apart = []
    for name in mine.keys() | theirs.keys():
        one, two = mine.get(name), theirs.get(name)
        some = one or two
        difference = (one.added if one else 0.0) - (two.added if two else 0.0)
        if some is not None and abs(difference) > 0.005:
            value = (one.value if one else 0.0) - (two.value if two else 0.0)
            apart.append(
                Contribution(feature=name, value=value, weight=some.weight, added=difference, words=some.words)
            )
    return _heaviest(apart)


def _repairs(
    resolution: Resolution, outcome: Outcome, candidates: Sequence[ExplainedCandidate], gazetteer: Lookup
) -> tuple[Repair, ...]:
    """Return the rows that would give the best other answers, and that the name is no place."""
    if outcome in (Outcome.OVERRIDE, Outcome.NOT_A_PLACE, Outcome.OVERRIDE_LOST):
        return ()  # the row that decides is named among the reasons; another one would contradict it
    others = [one.place for one in candidates if one.counted_with is None and not one.chosen][:_N_REPAIRS]
    targets: list[tuple[str, Place | str]] = [
        (
            f"to place it at {place.name}{_where(place)}",
            place if gazetteer.place(place.place_id) is None else place.place_id,
        )
        for place in others
    ]
    targets.append(("if it is no place", NOT_A_PLACE))
    lines = [(effect, override_line(resolution.toponym.surface, target)) for effect, target in targets]
    return tuple(Repair(effect=effect, line=line) for effect, line in lines if line is not None)


def _where(place: Place) -> str:
    parts = [part for part in (place.admin1, place.country) if part]
    return f" ({', '.join(parts)})" if parts else ""
