"""What an explanation says in words, the same on a terminal and in a notebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geoconflict.explaining.explanation import Explanation
from geoconflict.extract.toponyms.recognition import role_reasons
from geoconflict.models import Place, Role, Toponym
from geoconflict.places.countries import country_table
from geoconflict.places.explanation import Contribution, ExplainedCandidate, ExplainedMention, Outcome
from geoconflict.visible import visible

__all__ = [
    "clip",
    "coordinates",
    "demonym_line",
    "doubtful_event_lines",
    "evidence_line",
    "outcome_words",
    "passed_over_lines",
    "place_line",
    "repair_rows",
    "role_line",
    "shown_candidates",
    "summary_line",
    "title_of",
    "told_evidence",
    "unlikely_event_lines",
    "why_detected",
]

_LONGEST_SHOWN = 80
_LONGEST_TITLE = 100
N_CANDIDATES = 4
"""How many spots are shown where not all are asked for."""
_N_PASSED_OVER = 8
_LEAST_TOLD = 0.05
_ROLES = {
    Role.EVENT_PLACE: "event place",
    Role.REGION_CONTEXT: "context: says where something lies",
    Role.TALKS_VENUE: "venue of talks",
    Role.ACTOR_METONYM: "stands for a government or a force",
    Role.DATELINE: "dateline",
    Role.ORIGIN: "origin: somebody or something comes from there",
    Role.OTHER: "no place in the sentence: part of a title, an outlet's name and the like",
}
_OUTCOMES = {
    Outcome.PLACED: "placed",
    Outcome.STAND_IN: "placed by what it lies in or by",
    Outcome.OVERRIDE: "placed by your override",
    Outcome.NOT_A_PLACE: "no place by your override",
    Outcome.OVERRIDE_LOST: "override without a place",
    Outcome.UNSURE: "not placed: not sure enough",
    Outcome.UNKNOWN: "not placed: no such name is known",
    Outcome.NO_LINE: "not placed: no line lies by",
}
_KINDS = {"admin1": "first-level region", "admin2": "district", "water": "sea, lake or river"}


def clip(text: str, longest: int = _LONGEST_SHOWN) -> str:
    """Return `text` made visible and no longer than `longest` characters."""
    if len(text) > longest:
        return f"{visible(text[: longest - 1])}\u2026 ({len(text):,} characters)"
    return visible(text)


def title_of(told: Explanation) -> str:
    """Return the title of the report, or its first words."""
    report = told.report
    title = visible(report.title or report.text[report.body_start :][:2_000].strip() or report.report_id)
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}\u2026"


def summary_line(told: Explanation) -> str:
    """Return how many names there are and how many were placed."""
    if not told.n_mentions:
        return "No place name was found in this report."
    placed = sum(one.resolution.place is not None for one in told.mentions)
    shown = len(told.mentions)
    some = "" if shown == told.n_mentions else f"{shown} of "
    names = f"{some}{told.n_mentions} place name{'s' * (told.n_mentions != 1)}"
    return f"{names}: {placed} placed, {shown - placed} not. Below a score of {told.min_score:.2f} a name is left unplaced."


def outcome_words(mention: ExplainedMention) -> str:
    """Return what became of a mention."""
    return _OUTCOMES[mention.outcome]


def role_line(toponym: Toponym) -> str:
    """Return the role of a mention and why."""
    why = visible("; ".join(dict.fromkeys(role_reasons(toponym))))
    return f"{_ROLES[toponym.role]}{f' ({why})' if why else ''}"


def why_detected(toponym: Toponym) -> str:
    """Return why a span was taken for a place name."""
    of_role = role_reasons(toponym)
    return visible("; ".join(reason for reason in toponym.reasons if reason not in of_role))


def place_line(place: Place) -> str:
    """Return what a place is and where it lies: "settlement in Donetsk, Ukraine"."""
    country = country_table().get(place.country) if place.country else None
    parts = [place.admin1, country.name if country else place.country]
    where = ", ".join(part for part in parts if part and part != place.name)
    return visible(_KINDS.get(place.kind, place.kind) + (f" in {where}" if where else ""))


def coordinates(place: Place) -> str:
    """Return longitude and latitude, and what the point stands for."""
    radius = f"{place.radius_m / 1000:.0f} km" if place.radius_m >= 1000 else f"{place.radius_m:.0f} m"
    return f"lon {place.lon:.4f}, lat {place.lat:.4f}, {place.precision} within {radius}"


def shown_candidates(mention: ExplainedMention, *, everything: bool) -> tuple[ExplainedCandidate, ...]:
    """Return the candidates to show: all, or those that stand for the best spots, the chosen one among them."""
    if everything:
        return mention.candidates
    return tuple(
        one for one in mention.candidates if one.chosen or (one.counted_with is None and one.rank <= N_CANDIDATES)
    )


def told_evidence(candidate: ExplainedCandidate) -> tuple[Contribution, ...]:
    """Return the evidence that is worth a line: all that shows with one decimal."""
    return tuple(one for one in candidate.contributions if abs(one.added) >= _LEAST_TOLD)


def evidence_line(contributions: Sequence[Contribution]) -> str:
    """Return what each piece of evidence added, in one line."""
    return "; ".join(f"{one.added:+.1f} {one.words}" for one in contributions)


def demonym_line(told: Explanation) -> str:
    """Return the words for peoples in the report, each with its country and how often it stands there."""
    counts = Counter((one.surface, one.country) for one in told.demonyms)
    return ", ".join(
        f"{visible(surface)}{f' ({country})' if country else ''}{f' x{count}' if count > 1 else ''}"
        for (surface, country), count in counts.items()
    )


def passed_over_lines(told: Explanation) -> Sequence[str]:
    """Return what was not taken for a place name, the likeliest first, with a count of the rest."""
    order = sorted(told.passed_over, key=lambda one: (one.score is not None, -(one.score or 0.0), one.start))
    lines = [
        f"{clip(one.surface, 60)}: {one.why}{'' if one.score is None else f' ({one.score:.2f})'}"
        for one in order[:_N_PASSED_OVER]
    ]
    if len(order) > _N_PASSED_OVER:
        lines.append(f"and {len(order) - _N_PASSED_OVER} more; --json lists them")
    return lines


def unlikely_event_lines(told: Explanation) -> Sequence[str]:
    """Return what reads like a conflict event and is too unlikely to be one, in text order, with what speaks against it."""
    return [
        f"{clip(one.surface, 60)} ({one.event_type}): no event, {one.likelihood:.2f} likely: {'; '.join(one.reasons)}"
        for one in told.unlikely_events
    ]


def doubtful_event_lines(told: Explanation) -> Sequence[str]:
    """Return the events that may be none, in text order, with what speaks against each."""
    text = told.report.text
    return [
        f"{clip(text[one.trigger_start : one.trigger_end], 60)} ({one.sub_event_type}): kept for review, "
        f"{one.likelihood or 0:.2f} likely: {'; '.join(one.doubts)}"
        for one in told.doubtful_events
    ]


def repair_rows(told: Explanation) -> list[tuple[str, str]]:
    """Return the rows for overrides.csv, once for each name, each with a comment line that the file may hold too."""
    rows: dict[str, tuple[int, str]] = {}
    for mention in told.mentions:
        for repair in mention.repairs:
            rows.setdefault(repair.line, (mention.number, repair.effect))
    return [(f"# {number} {clip(effect, 160)}".replace('"', "'"), line) for line, (number, effect) in rows.items()]
